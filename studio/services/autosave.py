"""An open document: its history, and autosave. An edit is on disk within half a second; a crash loses at most that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from studio.core.errors import Problem
from studio.core.event import Event
from studio.core.finding import Finding, error
from studio.core.history import History
from studio.core.words import Marked

T = TypeVar("T")
DELAY = 0.4  # seconds from the first unsaved edit to the disk
RETRY = 5.0  # seconds until a failed save is tried again


class Autosaved(Generic[T]):
    """Holds one document's History and keeps it saved.

    keep       writes a document, in the saver's thread; a Problem or OSError of its is told by `troubled`
    stamped    what an edit leaves on the document (a time)
    changed    (before, after) after each edit, undo and redo, in the editing thread
    saved      False when an edit waits to be saved, True when all is on disk (from the saver's thread)
    troubled   the finding while saving does not work (full disk, read-only), None when it works again;
               the document stays in memory and saving is tried again every few seconds
    """

    def __init__(
        self, document: T, keep: Callable[[T], object], stamped: Callable[[T], T] = lambda document: document,
        delay: float = DELAY,
    ) -> None:
        self.history = History.of(document)
        self.changed: Event[[T, T]] = Event()
        self.saved: Event[[bool]] = Event()
        self.troubled: Event[[Finding | None]] = Event()
        self.problem: Finding | None = None
        self._keep, self._stamped, self._delay = keep, stamped, delay
        self._saving, self._wake = threading.Lock(), threading.Condition()
        self._stored, self._open = document, True
        self._thread: threading.Thread | None = None

    @property
    def document(self) -> T:
        return self.history.document

    @property
    def dirty(self) -> bool:
        """True while the newest edit is not on disk."""
        return self.document is not self._stored

    def edit(self, name: Marked, change: Callable[[T], T], merge: str = "") -> None:
        """One undoable edit; equal `merge` keys in a row (typing) are one step for undo."""
        before = self.document
        after = change(before)
        if after == before:
            return
        self._become(self.history.edit(name, self._stamped(after), merge))

    def undo(self) -> None:
        self._become(self.history.undo())

    def redo(self) -> None:
        self._become(self.history.redo())

    def seal(self) -> None:
        """Ends a run of merged edits (focus left, pause in typing)."""
        self.history = self.history.seal()

    def flush(self) -> bool:
        """Saves now, in this thread; False when that did not work (see `problem`)."""
        with self._saving:
            document = self.document
            if document is self._stored:
                return True
            try:
                self._keep(document)
            except Problem as refused:
                self._trouble((*refused.findings, error("save.failed", "workspace", reason="?"))[0])
                return False
            except OSError as fault:
                self._trouble(error("save.failed", "workspace", reason=fault.strerror or type(fault).__name__))
                return False
            self._stored = document
        self._trouble(None)
        self.saved.emit(not self.dirty)
        return True

    def close(self) -> bool:
        """Saves and ends the saver; False when the last edits could not be saved."""
        self._open = False
        with self._wake:
            self._wake.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        return self.flush()

    def _become(self, history: History[T]) -> None:
        before = self.document
        self.history = history
        if self.document is before:
            return
        self.changed.emit(before, self.document)
        self.saved.emit(not self.dirty)
        with self._wake:
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep_saved, name="autosave", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def _keep_saved(self) -> None:
        while self._open:
            with self._wake:
                self._wake.wait_for(lambda: self.dirty or not self._open)
                if self._open:
                    self._wake.wait_for(lambda: not self._open, timeout=self._delay)
            if self._open and not self.flush():
                with self._wake:
                    self._wake.wait_for(lambda: not self._open, timeout=RETRY)

    def _trouble(self, finding: Finding | None) -> None:
        if finding != self.problem:
            self.problem = finding
            self.troubled.emit(finding)
