"""Decoding a little ahead of who reads a film forwards."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.media.video.head import Head


class Ahead:
    """A thread that keeps the head last used a few pictures ahead. It lets go of `lock`, its reader's, between any two
    packets; who calls its methods holds that lock."""

    def __init__(self, lock: threading.RLock, head: Head, pictures: int) -> None:
        self._lock, self._head, self._pictures = lock, head, pictures
        self._wanted, self._stopped = threading.Event(), False
        threading.Thread(target=self._run, name="read-ahead", daemon=True).start()

    def wake(self, head: Head) -> None:
        """The reader moved on with `head`."""
        self._head = head
        self._wanted.set()

    def stop(self) -> None:
        """Ends the thread soon; it does not touch a head again."""
        self._stopped = True
        self._wanted.set()

    def _run(self) -> None:
        while not self._stopped:
            self._wanted.wait()
            self._wanted.clear()
            while self._more():
                pass

    def _more(self) -> bool:
        with self._lock:
            return not self._stopped and self._head.fill(self._pictures)
