"""How the moves from state to state are told, those that nothing beside them tells better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from studio.core.delivery import State
from studio.core.words import Marked, N
from studio.services.story import Book, Read, StoryLine, Tone
from studio.services.story_line import line, moment_of, rest

EARLY = timedelta(minutes=2)  # this long before its time nothing is due by itself


def created(book: Book, step: Read) -> None:
    at, late = moment_of(step.data.get("at")), book.delivery.late
    if step.data.get("state") != "scheduled" or at is None:
        book.add(line(step, "send", N("story", "Publishing was asked for")))
        return
    policy = {
        "ask": N("story", "When late: it asks first."), "skip": N("story", "When late: it is not sent."),
    }.get(late.rule, N("story", "When late: still sent up to {minutes} min.", minutes=late.minutes))
    book.planned = at
    planned = N("story", "Planned for {at}, {zone}.", at=at, zone=book.delivery.zone)
    book.add(line(step, "calendar-clock", N("story", "Written into the calendar"), details=(planned, policy)))


def move(book: Book, step: Read) -> None:
    before, _, after = step.kind.partition(">")
    told = _moved(book, step, before, after)
    if told is not None:
        book.add(told)


def _moved(book: Book, step: Read, before: str, after: str) -> StoryLine | None:
    """None for moves that the step beside them tells better."""
    if after in _SILENT or _just_told(book, before, after):
        return None
    if (special := _special(book, step, before, after)) is not None:
        return special
    icon, head, tone = _MOVES.get((before, after)) or _AFTER.get(after) or _plain_move(before, after)
    code = (step.who,) if (before, after) == ("due", "preparing") else (rest(step, "at", "planned", "clock", "links"),)
    why = book.delivery.error if after == book.delivery.state == State.HELD else ()
    return line(step, icon, head, tone, why, code)


def _special(book: Book, step: Read, before: str, after: str) -> StoryLine | None:
    """Moves whose data, or whose time, say more than their states."""
    at = moment_of(step.data.get("at"))
    if after == "scheduled" and step.data.get("clock") == "here":
        here = N("story", "The platform’s timer cannot take it: this computer sends it at its time")
        return line(step, "laptop", here)
    if after == "scheduled" and at is not None:
        book.planned = at
        return line(step, "calendar-clock", N("story", "Moved to {at}", at=at))
    if after == "published" and step.data.get("links"):
        return line(step, "circle-check", N("story", "Ended here by you: what is live stays"), "good")
    if (before, after) == ("waiting_for_user", "failed"):
        why = book.delivery.error if book.delivery.state == State.FAILED else ()
        return line(step, "circle-x", N("story", "You said that it did not work"), "bad", why)
    if after == "cancelled" and before == "unconfirmed":
        doubt = N("story", "It was sent once and may be live. Nobody knows.")
        return line(step, "ban", N("story", "Given up"), "warn", (doubt,))
    return _early(book, step) if (before, after) == ("scheduled", "due") else None


def _early(book: Book, step: Read) -> StoryLine | None:
    """Due before its time: the person said so, or it goes to the platform's timer."""
    if step.data.get("by") == "person":
        return line(step, "circle-user-round", N("story", "You asked to send it now, before its time"))
    if book.planned is not None and book.planned - step.at > EARLY:
        return line(step, "clock", N("story", "To be left with the platform’s timer"))
    return None


def _just_told(book: Book, before: str, after: str) -> bool:
    last = book.last
    if last is None:
        return False
    if after == "failed":
        return last.tone == "bad"
    if after == "scheduled":
        return last.kind == "commit" and before in ("committing", "unconfirmed")
    return last.kind in _DOUBLED.get(after, ())


_Told = tuple[str, Marked, Tone]


def _plain_move(before: str, after: str) -> _Told:
    return "arrow-right", N("story", "From {before} to {after}", before=_state(before), after=_state(after)), "plain"


def _state(name: str) -> Marked | str:
    return Marked("state", name) if name in _STATES else name


_DOUBLED = {
    "published": ("proof", "confirm", "paste"), "unconfirmed": ("commit", "repeat", "take over"), "held": ("hold",),
    "due": ("send again",), "handed_over": ("paste",), "waiting_for_user": ("hand over",),
}  # fmt: skip
_STATES = frozenset(state.value for state in State)
_SILENT = frozenset({"staging", "committing", "processing"})
_MOVES: Mapping[tuple[str, str], _Told] = {
    ("scheduled", "due"): ("alarm-clock", N("story", "Its time has come"), "plain"),
    ("held", "due"): ("play", N("story", "Let go by you: it goes out now"), "plain"),
    ("held", "scheduled"): ("play", N("story", "Let go by you: back in the calendar"), "plain"),
    ("failed", "due"): ("repeat-2", N("story", "To be tried again"), "plain"),
    ("missed", "due"): ("play", N("story", "To be sent now, late"), "plain"),
    ("due", "preparing"): ("laptop", N("story", "Taken up by this computer"), "plain"),
    ("preparing", "due"): ("timer", N("story", "Put back, to be tried again"), "plain"),
    ("staging", "due"): ("timer", N("story", "Put back, to be tried again"), "plain"),
    ("committing", "due"): ("timer", N("story", "Put back, to be tried again"), "plain"),
    ("processing", "due"): ("list-tree", N("story", "The next part of the thread follows"), "plain"),
    ("unconfirmed", "scheduled"): ("clock", N("story", "It lies with the platform, whose own clock shows it"), "good"),
    ("committing", "scheduled"): ("clock", N("story", "It lies with the platform, whose own clock shows it"), "good"),
}
_AFTER: Mapping[str, _Told] = {
    "due": ("alarm-clock", N("story", "To be sent now"), "plain"),
    "scheduled": ("calendar-clock", N("story", "Back in the calendar"), "plain"),
    "held": ("circle-pause", N("story", "Held: it does not go out until you let it go"), "plain"),
    "missed": ("alarm-clock-off", N("story", "Its time passed, and it was not sent"), "warn"),
    "cancelled": ("ban", N("story", "Taken off: nothing more is sent"), "plain"),
    "failed": ("circle-x", N("story", "Stopped"), "bad"),
    "published": ("circle-check", N("story", "Published"), "good"),
    "unconfirmed": ("circle-question-mark", N("story", "Not known whether it is live"), "unsure"),
    "waiting_for_user": ("hand", N("story", "Everything is prepared; now it needs your hand"), "warn"),
    "handed_over": ("hand", N("story", "Handed over to you"), "warn"),
}
