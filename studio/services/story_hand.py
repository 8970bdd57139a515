"""How posting by hand is told: what was handed over, put off, and the link that came back."""

from __future__ import annotations

from studio.core.words import N
from studio.services.redacted import safe
from studio.services.story import Book, Read
from studio.services.story_line import line, moment_of


def hand_over(book: Book, step: Read) -> None:
    """Everything is ready, and a person does the rest."""
    files = step.data.get("files")
    number = files if isinstance(files, int) else 0
    head = N("story", "Handed over to you. Files ready: {files}", files=number)
    if not number:
        head = N("story", "Handed over to you: the texts are ready")
    if step.data.get("draft"):
        head = N("story", "Handed over to you: it lies there as a draft")
    nobody = N("story", "Nothing of it is live until you press the button there.")
    book.add(line(step, "hand", head, "warn", (nobody,)))


def paste(book: Book, step: Read) -> None:
    """The link of the post, and how far it could be believed."""
    check = step.data.get("check")
    url = safe(str(step.data.get("url") or ""))
    if check == "read":
        book.add(line(step, "circle-check", N("story", "You pasted the link, and the post was read there"), "good",
                      code=(url,)))  # fmt: skip
    elif check == "form":
        unread = N("story", "What is there cannot be read from here.")
        head = N("story", "You pasted the link; it has the form of a post there")
        book.add(line(step, "link", head, "good", (unread,), (url,)))
    else:
        word = N("story", "On your word: nothing proves that the post is there.")
        head = N("story", "You kept a link that was not recognised")
        book.add(line(step, "link", head, "warn", (word,), (url,)))


def remind(book: Book, step: Read) -> None:
    """It was put off."""
    at = moment_of(step.data.get("at"))
    head = N("story", "Put off by you")
    if at is not None:
        head = N("story", "Put off by you; told again at {at}", at=at)
    book.add(line(step, "alarm-clock", head))
