"""How each kind of journal line is told: one small function per kind, and one table that finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studio.core.words import N
from studio.services.redacted import safe, short_hash, size
from studio.services.story import Book, Read, Said, StoryLine, Teller, Tone
from studio.services.story_hand import hand_over, paste, remind
from studio.services.story_line import exchange, line, moment_of, once_each, rest, tone_of
from studio.services.story_moves import created, move

FILES = 12  # of a delivery that are listed one by one


def teller(step: Read) -> Teller:
    """Who tells this line."""
    return move if step.phase == "move" else _KINDS.get(step.kind, _unknown)


# -- getting ready ---------------------------------------------------------------------------------------------


def _prepare(book: Book, step: Read) -> None:
    if step.phase == "failed":
        book.end(step, line(step, "x", N("story", "Checked: it cannot go out like this"), "bad"))
        return
    if step.phase == "begun":
        book.begin(step, line(step, "stethoscope", N("story", "Checking and preparing"), "info"))
        return
    files = step.rows("files")
    head = N("story", "Checked and prepared. Text: {characters} characters; files: {files}",
             characters=step.data.get("text_characters", 0), files=len(files))  # fmt: skip
    book.end(step, line(step, "check", head, "good", step.findings_in("changes"), map(_file, files[:FILES])))


def _file(data: Mapping[str, Any]) -> str:
    parts = [safe(str(data.get("name") or "")), safe(str(data.get("mime") or "")), _bytes(data)]
    if data.get("sha256"):
        parts.append(f"sha256 {short_hash(str(data['sha256']))}")
    return " · ".join(part for part in parts if part)


def _bytes(data: Mapping[str, Any]) -> str:
    amount = data.get("bytes")
    return size(amount) if isinstance(amount, int) else ""


def _stage(book: Book, step: Read) -> None:
    number = step.number or 1
    if step.phase == "begun":
        head = N("story", "Uploading file {number}", number=number)
        book.begin(step, line(step, "circle-arrow-up", head, "info", code=(_file(step.data),)))
    elif step.phase == "failed":
        head = N("story", "File {number} could not be uploaded", number=number)
        book.end(step, line(step, "x", head, "warn", code=(rest(step),)))
    elif step.phase == "done":
        head = N("story", "File {number} is uploaded, not yet to be seen", number=number)
        book.end(step, line(step, "check", head, "good", code=(rest(step),)))
    else:
        head = N("story", "File {number}: a part is over there", number=number)
        _note(book, step, line(step, "circle-arrow-up", head, "info", code=(rest(step),)))


def _note(book: Book, step: Read, told: StoryLine) -> None:
    """Many notes of one kind in a row (the parts of an upload) are one line: the latest."""
    last = book.last
    if last is not None and last.kind == told.kind and last.head == told.head:
        book.again(replace(told, times=(*(last.times or (last.at,)), told.at)))
    else:
        book.add(told)


def _contain(book: Book, step: Read) -> None:
    heads = {
        "begun": ("circle-arrow-up", N("story", "Laying an invisible draft down on the platform")),
        "failed": ("x", N("story", "No invisible draft could be laid down")),
    }
    icon, head = heads.get(step.phase, ("check", N("story", "An invisible draft lies on the platform")))
    told = line(step, icon, head, "warn" if step.phase == "failed" else tone_of(step), code=(rest(step),))
    (book.begin if step.phase == "begun" else book.end)(step, told)


def _ready(book: Book, step: Read) -> None:
    if step.phase == "done":
        book.end(step, line(step, "check", N("story", "The platform has finished working on the files"), "good"))
        return
    head = N("story", "The platform still works on the files")
    _note(book, step, line(step, "timer", head, code=(rest(step),)))


# -- the one visible request -----------------------------------------------------------------------------------


def _commit(book: Book, step: Read) -> None:
    told = {"begun": _commit_begun, "done": _commit_done, "failed": _commit_failed}.get(step.phase, _commit_lost)
    told(book, step)


def _commit_begun(book: Book, step: Read) -> None:
    first = N("story", "One request follows. It is never repeated by itself.")
    head = N("story", "“Begun” written to disk")
    book.add(line(step, "pen-line", head, "info", (first,), (rest(step),)))


def _commit_done(book: Book, step: Read) -> None:
    if book.last is not None and book.last.kind in ("look", "repeat") and book.last.tone == "good":
        return  # found, and taken as the answer that got lost
    head = N("story", "Sent, and the platform took it")
    if step.data.get("held"):
        head = N("story", "Sent; the platform keeps it until its time")
    book.add(line(step, "circle-arrow-up", head, "good", code=(rest(step),)))


def _commit_failed(book: Book, step: Read) -> None:
    nothing = N("story", "Nothing of it is live.")
    book.add(line(step, "circle-x", N("story", "The platform did not take it"), "bad", (nothing,)))


def _commit_lost(book: Book, step: Read) -> None:
    last = book.last
    if last is not None and last.kind == step.kind and last.unsure:
        book.again(replace(last, details=once_each((*last.details, *step.findings))))
        return
    only = N("story", "From here on we only look; nothing is sent.")
    head = N("story", "Sent, and the answer got lost")
    told = line(step, "circle-question-mark", head, "unsure", (only,), (rest(step),), unsure=True)
    book.add(told)


def _repeat(book: Book, step: Read) -> None:
    if step.phase == "begun":
        why = N("story", "The platform knows the key, so no second post can appear.")
        head = N("story", "The same request once more, with the same key")
        book.begin(step, line(step, "repeat-2", head, "info", (why,), (rest(step, "same_key"),)))
    elif step.phase == "done":
        book.end(step, line(step, "check", N("story", "The platform took the repeat"), "good", code=(rest(step),)))
    elif step.phase == "failed":
        book.end(step, line(step, "circle-x", N("story", "The platform did not take the repeat"), "bad"))
    else:
        head = N("story", "The answer to the repeat got lost, too")
        book.end(step, line(step, "circle-question-mark", head, "unsure", unsure=True))


# -- looking and proof -----------------------------------------------------------------------------------------


def _look(book: Book, step: Read) -> None:
    if step.phase == "begun":
        return
    if step.phase == "done" and step.data.get("found"):
        found = N("story", "Looked, and found it on the platform")
        book.add(line(step, "search", found, "good", code=(rest(step, "look"),)))
        return
    last = book.last
    same = last is not None and last.kind == "look" and last.icon == "search" and last.tone == "unsure"
    times = (*last.times, step.at) if same and last is not None else (step.at,)
    if step.phase == "done":
        head = N("story", "Looked on the platform: not found")
        if len(times) > 1:
            head = N("story", "Looked {count} times on the platform: not found", count=len(times))
    else:
        head = N("story", "Looked, and the platform gave no answer")
    told = replace(line(step, "search", head, "unsure", code=(rest(step, "url", "look"),), unsure=True), times=times)
    if same:
        assert last is not None
        book.again(replace(told, details=once_each((*last.details, *told.details))))
    else:
        book.add(told)


def _check(book: Book, step: Read) -> None:
    if step.phase == "failed":
        told = line(step, "timer", N("story", "Asked the platform, and it gave no answer"), "warn")
    else:
        told = line(step, "timer", N("story", "The platform still works on it"), code=(rest(step),))
    _note(book, step, told)


def _proof(book: Book, step: Read) -> None:
    url = safe(str(step.data.get("url") or ""))
    if step.phase == "begun":
        return
    if step.phase != "done":
        head = N("story", "It could not be read back yet")
        _note(book, step, line(step, "eye", head, "warn", code=(url,)))
        return
    lines = step.rows("lines")
    differ = dict.fromkeys(str(one.get("what")) for one in lines if one.get("sent") != one.get("found"))
    if not lines:
        head = N("story", "Read back: it is there")
    elif differ:
        head = N("story", "Read back: it is there, and differs in {count} of {all} points",
                 count=len(differ), all=len(dict.fromkeys(str(one.get("what")) for one in lines)))  # fmt: skip
    else:
        head = N("story", "Read back and compared: all the same")
    tone: Tone = "warn" if differ else "good"
    book.add(line(step, "circle-check", head, tone, code=(url, " · ".join(differ))))


# -- what people said ------------------------------------------------------------------------------------------


def _confirm(book: Book, step: Read) -> None:
    word = N("story", "On your word: it was not read back.")
    url = safe(str(step.data.get("url") or ""))
    head = N("story", "You said that it is there")
    book.add(line(step, "circle-user-round", head, "good", (word,), (url,)))


def _send_again(book: Book, step: Read) -> None:
    head = N("story", "You asked to send it again")
    details: tuple[Said, ...] = ()
    if step.data.get("over"):
        head = N("story", "You asked to start over")
    elif step.data.get("same_key"):
        details = (N("story", "The platform knows the key, so no second post can appear."),)
    book.add(line(step, "circle-user-round", head, "plain", details))


def _take_over(book: Book, step: Read) -> None:
    why = N("story", "The run before it ended in the middle. Nothing is sent before the journal was read.")
    from_ = safe(str(step.data.get("from") or ""))
    if book.last is not None and book.last.kind == "commit" and book.last.tone == "info":
        book.again(replace(book.last, unsure=True))  # begun, and nobody knows how it ended
    book.add(line(step, "laptop", N("story", "Taken over"), details=(why,), code=(from_,)))


def _hold(book: Book, step: Read) -> None:
    reason = str(step.data.get("reason") or "")
    details: tuple[Said, ...] = (N("story", "Reason: {reason}", reason=safe(reason)),) if reason else ()
    head = N("story", "Held: it does not go out until you let it go")
    told = line(step, "circle-pause", head, "plain", details, (rest(step, "reason"),))
    last = book.last
    if last is not None and last.icon == told.icon and not last.details:
        book.again(told)
    else:
        book.add(told)


def _wait(book: Book, step: Read) -> None:
    until = moment_of(step.data.get("until") or step.data.get("wake") or step.data.get("at"))
    if until is None:
        head = N("story", "Waits before the next try")
    else:
        head = N("story", "Waits until {until}", until=until)
    code = (rest(step, "until", "wake", "at"),)
    _note(book, step, line(step, "timer", head, code=code))


def _withdraw(book: Book, step: Read) -> None:
    heads = {
        "begun": ("ban", N("story", "Taking it back from the platform’s timer")),
        "failed": ("x", N("story", "The platform did not give it back")),
    }
    icon, head = heads.get(step.phase, ("check", N("story", "Taken back from the platform’s timer")))
    told = line(step, icon, head, tone_of(step), code=(rest(step),))
    (book.begin if step.phase == "begun" else book.end)(step, told)


def _reschedule(book: Book, step: Read) -> None:
    at = moment_of(step.data.get("at"))
    heads = {
        "begun": ("clock", N("story", "Changing the time on the platform’s timer")),
        "failed": ("x", N("story", "The platform did not take the new time")),
    }
    icon, head = heads.get(step.phase, ("check", N("story", "The platform’s timer has the new time")))
    details = (N("story", "Planned for {at}, {zone}.", at=at, zone=book.delivery.zone),) if at else ()
    told = line(step, icon, head, tone_of(step), details, (rest(step, "at"),))
    (book.begin if step.phase == "begun" else book.end)(step, told)


def _exchange(book: Book, step: Read) -> None:
    tone: Tone = "warn" if step.phase == "failed" else "plain"
    data = {name: value for name, value in step.data.items() if name != "findings"}
    book.add(line(step, "arrow-down-up", N("story", "Asked the platform"), tone, code=(exchange(data),)))


def _unknown(book: Book, step: Read) -> None:
    phases = {
        "begun": N("story", "Step “{step}” begun", step=step.kind),
        "done": N("story", "Step “{step}” done", step=step.kind),
        "failed": N("story", "Step “{step}” failed", step=step.kind),
    }
    head = phases.get(step.phase, N("story", "Step “{step}”", step=step.kind))
    told = line(step, "circle-dashed", head, tone_of(step), code=(rest(step),))
    if step.phase == "begun":
        book.begin(step, told)
    elif step.phase in ("done", "failed"):
        book.end(step, told)
    else:
        book.add(told)


_KINDS: Mapping[str, Teller] = {
    "created": created, "prepare": _prepare, "stage": _stage, "contain": _contain, "ready": _ready,
    "commit": _commit, "repeat": _repeat, "look": _look, "check": _check, "proof": _proof, "confirm": _confirm,
    "send again": _send_again, "take over": _take_over, "hold": _hold, "wait": _wait, "pace": _wait, "later": _wait,
    "withdraw": _withdraw, "reschedule": _reschedule, "exchange": _exchange,
    "hand over": hand_over, "paste": paste, "remind": remind,
}
