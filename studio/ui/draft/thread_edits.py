"""What is done in the list of replies becomes edits of the post."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.core.post import Post
from studio.ui.draft import edits
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.core.words import Marked
    from studio.ui.draft.writing import Writing


class Replies(QObject):
    """Replies belong to the post, whichever account's tab is open."""

    def __init__(self, writing: Writing) -> None:
        super().__init__(writing)
        self._writing = writing
        thread = writing.editor.fields.replies
        thread.written.connect(self._write)
        thread.delayed.connect(self._delay)
        thread.moved.connect(self._move)
        thread.removed.connect(self._remove)

    def _write(self, number: int, text: str) -> None:
        words = edits.plain(text)
        self._edit(N("draft", "Write reply"), lambda p: edits.set_reply(p, number, words), f"reply:{number}")

    def _delay(self, number: int, minutes: int) -> None:
        self._edit(N("draft", "Change a reply’s delay"), lambda p: edits.set_reply_delay(p, number, minutes))

    def _move(self, number: int, to: int) -> None:
        self._edit(N("draft", "Move reply"), lambda p: edits.move_reply(p, number, to))

    def _remove(self, number: int) -> None:
        self._edit(N("draft", "Take reply out"), lambda p: edits.remove_reply(p, number))

    def _edit(self, name: Marked, change: Callable[[Post], Post], merge: str = "") -> None:
        if self._writing.open is not None:
            self._writing.open.edit(name, change, merge)
