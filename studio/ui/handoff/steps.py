"""What the hand-off window says: its rows out of the sheet's steps, the next one, how far it is, and when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from studio.ui.i18n import tight, tr
from studio.ui.moments import clock, local, moment

if TYPE_CHECKING:
    from studio.core.handoff import Piece
    from studio.services.byhand import HandSheet

Kind = Literal["scan", "open", "files", "copy", "tick", "press", "paste"]
RIGHT_ON_TIME: Final = timedelta(minutes=5)
KINDS: Final[dict[str, Kind]] = {
    "scan": "scan", "open": "open", "files": "files", "copy": "copy", "tick": "tick", "press": "press",
    "paste": "paste",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. Steps of one kind that follow each other are one line.

    parts   the steps it stands for, in order
    note    at its right end, "" for nothing
    done    how many of the parts are done
    """

    kind: Kind
    parts: tuple[str, ...]
    title: str
    note: str = ""
    done: int = 0

    @property
    def over(self) -> bool:
        """All of it is done."""
        return self.done == len(self.parts)


@dataclass(frozen=True, slots=True)
class Deed:
    """The one thing that does a step: the step, the words and the icon of its button, and what the small bar says."""

    step: str
    words: str
    icon: str
    next: str


def kind_of(step: str) -> Kind:
    """The kind of a step: "copy" of "copy:title"."""
    return KINDS[step.partition(":")[0]]


def rows(sheet: HandSheet, done: Iterable[str], language: str) -> tuple[Row, ...]:
    """The lines of a sheet, with what is done by now."""
    ticked = frozenset(done)
    found = []
    for kind, steps in groupby(sheet.steps, kind_of):
        parts = tuple(steps)
        number = sum(part in ticked for part in parts)
        note = _note(sheet, kind, number == len(parts))
        found.append(Row(kind, parts, _title(sheet, kind, parts, language), note, number))
    return tuple(found)


def next_row(shown: Iterable[Row]) -> int:
    """The line to do next: the first that is not over; the last one when all are."""
    every = tuple(shown)
    return next((n for n, row in enumerate(every) if not row.over), len(every) - 1)


def fraction(shown: Iterable[Row]) -> float:
    """How much is done, 0 to 1; half of a line counts as half."""
    every = tuple(shown)
    return sum(row.done / len(row.parts) for row in every) / max(1, len(every))


def piece_of(sheet: HandSheet, step: str) -> Piece:
    """The text of a step "copy:title". KeyError when there is none of that name."""
    by_name: dict[str, Piece] = {piece.name: piece for piece in sheet.handoff.pieces}
    return by_name[step.partition(":")[2]]


def tick_of(sheet: HandSheet, step: str, language: str) -> str:
    """What to choose over there in a step "tick:0"."""
    return sheet.handoff.ticks[int(step.partition(":")[2])].say(language)


# -- words -----------------------------------------------------------------------------------------------------


def _title(sheet: HandSheet, kind: Kind, parts: tuple[str, ...], language: str) -> str:
    platform = sheet.platform.name.say(language)
    if kind == "tick" and len(parts) == 1:
        return tick_of(sheet, parts[0], language)
    if kind == "tick":
        return tr("handoff", "Choose %n things", n=len(parts))
    if kind == "press" and sheet.handoff.draft:
        return tight(tr("handoff", "Publish the draft on {platform}", platform=platform))
    if kind == "copy":
        return _copy_title([part.partition(":")[2] for part in parts])
    return {
        "scan": tr("handoff", "Scan it with your phone"), "open": tr("handoff", "Open the creator page"),
        "files": _files_title(sheet),
        "press": tight(tr("handoff", "Press Publish on {platform}", platform=platform)),
        "paste": tr("handoff", "Paste the link"),
    }[kind]  # fmt: skip


def _files_title(sheet: HandSheet) -> str:
    kinds = {media.kind for media in sheet.content.media}
    more = len(sheet.files) > len(sheet.content.media)
    if kinds == {"video"}:
        return tr("handoff", "Drop in video and cover") if more else tr("handoff", "Drop in the video")
    if kinds == {"image"} and not more:
        return tr("handoff", "Drop in the pictures")
    return tr("handoff", "Drop in the files")


def piece_word(name: str) -> str:
    """What a text is called inside a sentence."""
    return {
        "title": tr("piece", "title"), "text": tr("piece", "text"), "digest": tr("piece", "summary"),
        "author": tr("piece", "author"), "tags": tr("piece", "tags"), "link": tr("piece", "web address"),
        "comment": tr("piece", "first comment"),
    }[name]  # fmt: skip


def _copy_title(names: list[str]) -> str:
    if len(names) == 1:
        return tr("handoff", "Paste the {piece}", piece=piece_word(names[0]))
    if len(names) == 2:
        return tr("handoff", "Paste {one} and {other}", one=piece_word(names[0]), other=piece_word(names[1]))
    return tr("handoff", "Paste %n texts", n=len(names))


def _note(sheet: HandSheet, kind: Kind, over: bool) -> str:
    if kind == "files":
        return tr("handoff", "%n files", n=len(sheet.files))
    if kind == "open":
        return tr("handoff", "Opened") if over else ""
    if kind == "press":
        return tr("handoff", "Pressed") if over else tr("handoff", "Yours to press")
    if kind == "scan":
        return tr("handoff", "Scanned") if over else ""
    return ""


def deed(sheet: HandSheet, row: Row, done: Iterable[str]) -> Deed:
    """What does the next step of a line."""
    ticked = frozenset(done)
    step = next((part for part in row.parts if part not in ticked), row.parts[-1])
    if row.kind == "copy":
        word = piece_word(step.partition(":")[2])
        words, after = tr("handoff", "Copy {piece}", piece=word), tr("handoff", "paste the {piece}", piece=word)
        return Deed(step, words, "copy", _next(after))
    words, icon, after = {
        "scan": (tr("handoff", "Scanned"), "check", tr("handoff", "scan the code")),
        "open": (tr("handoff", "Open the page"), "external-link", tr("handoff", "open the creator page")),
        "files": (tr("handoff", "Open folder"), "folder-open", tr("handoff", "drop in the files")),
        "tick": (tr("handoff", "It is chosen"), "check", tr("handoff", "choose what is asked there")),
        "press": (tr("handoff", "I pressed it"), "check", tr("handoff", "press Publish there")),
        "paste": (tr("handoff", "Paste link"), "link", tr("handoff", "paste the link")),
    }[row.kind]
    return Deed(step, words, icon, _next(after))


def _next(what: str) -> str:
    return tr("handoff", "Next: {what}", what=what)


def kind_line(sheet: HandSheet) -> str:
    """Whose it is and what is posted: "Old Town Walks · video 0:24 · 1080×1920"."""
    media = sheet.content.media
    name = sheet.account.name or sheet.account.handle
    parts = [name, tr("handoff", "text only")]
    if len(media) == 1 and media[0].kind == "video":
        seconds = round(float(media[0].duration)) if media[0].duration is not None else 0
        parts = [name, tr("handoff", "video {length}", length=f"{seconds // 60}:{seconds % 60:02d}")]
        parts += [f"{media[0].width}×{media[0].height}"] if media[0].width else []
    elif media:
        mixed = any(one.kind != "image" for one in media)
        files, pictures = tr("handoff", "%n files", n=len(media)), tr("handoff", "%n pictures", n=len(media))
        parts = [name, files if mixed else pictures]
    return " · ".join(part for part in parts if part)


def planned(at: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """"Planned for 20:00, right on time"."""
    same = local(at, zone).date() == local(now, zone).date()
    when = clock(at, zone) if same else moment(at, zone, language)
    return tr("handoff", "Planned for {when}, {how}", when=when, how=_how(at - now))


def _how(left: timedelta) -> str:
    if abs(left) <= RIGHT_ON_TIME:
        return tr("handoff", "right on time")
    minutes = round(abs(left).total_seconds() / 60)
    if left > timedelta(0):
        return tr("handoff", "in %n min", n=minutes) if minutes < 90 else tr("handoff", "not yet due")
    if minutes < 90:
        return tr("handoff", "%n min late", n=minutes)
    hours = round(minutes / 60)
    return tr("handoff", "%n h late", n=hours) if hours < 48 else tr("handoff", "%n days late", n=round(hours / 24))
