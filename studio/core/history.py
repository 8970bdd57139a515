"""Undo as a list of documents: an edit gives a new document that shares what did not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from studio.core.words import Marked

T = TypeVar("T")
LIMIT = 500


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A document and the name of the edit that made it; `merge` joins edits of one gesture."""

    document: T
    name: Marked | None = None
    merge: str = ""


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """Frozen: every operation gives a new history. `past[-1]` is the current document."""

    past: tuple[Entry[T], ...]
    future: tuple[Entry[T], ...] = ()

    @classmethod
    def of(cls, document: T) -> History[T]:
        """A history with nothing to undo."""
        return cls((Entry(document),))

    @property
    def document(self) -> T:
        return self.past[-1].document

    @property
    def undo_name(self) -> Marked | None:
        """Name of the edit that undo takes back, or None."""
        return self.past[-1].name if len(self.past) > 1 else None

    @property
    def redo_name(self) -> Marked | None:
        return self.future[-1].name if self.future else None

    def edit(self, name: Marked, document: T, merge: str = "") -> History[T]:
        """A new current document. The same one again changes nothing; equal `merge` keys join into one step."""
        if document is self.document:
            return self
        past = self.past
        if merge and len(past) > 1 and past[-1].merge == merge and not self.future:
            past = past[:-1]
        return History((*past, Entry(document, name, merge))[-LIMIT:])

    def seal(self) -> History[T]:
        """Ends merging: the next edit is its own step."""
        last = self.past[-1]
        return History((*self.past[:-1], Entry(last.document, last.name)), self.future)

    def undo(self) -> History[T]:
        """One step back; itself when there is none."""
        if len(self.past) < 2:
            return self
        return History(self.past[:-1], (*self.future, self.past[-1]))

    def redo(self) -> History[T]:
        """One step forward; itself when there is none."""
        if not self.future:
            return self
        return History((*self.past, self.future[-1]), self.future[:-1])
