"""What follows the post as a thread or first comment: a list of replies, each with its own counter and delay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from studio.core.post import Reply
from studio.ui.draft.counter import Counter
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, dress, name, row
from studio.ui.widgets.button import Link, ToolButton
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

DELAYS: Final = (0, 1, 5, 15, 60, 24 * 60)
"""Minutes after the link before; another value that a post brings is offered too."""
MOST_LINES: Final = 5
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class ReplyText(QPlainTextEdit):
    """Grows from one line to five. Its undo is the post's. Alt+Up and Alt+Down move the reply, Backspace in an empty
    one takes it out.
    """

    written = Signal(str)
    stepped = Signal(int)
    dropped = Signal()
    undone = Signal()
    redone = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._loading = theme, False
        dress(self, kind="box")
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        overlay_bars(theme, self)
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Shows another text; the caret stays where it can."""
        if text == self.toPlainText():
            return
        self._loading = True
        place = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._loading = False
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(200, self._tall())

    minimumSizeHint = sizeHint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that are not letters."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redone.emit()
        elif step and event.modifiers() & ALT:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Backspace and not self.toPlainText() and not self.isReadOnly():
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def _tall(self) -> int:
        lines = min(MOST_LINES, max(1, int(self.document().size().height())))
        return max(self._theme.px(32), lines * self.fontMetrics().lineSpacing() + 20)

    def _grow(self) -> None:
        if self.height() != self._tall():
            self.setFixedHeight(self._tall())

    def _changed(self) -> None:
        self._grow()
        if not self._loading:
            self.written.emit(self.toPlainText())


class ReplyRow(QWidget):
    """One reply: its text, and below it when it goes, how long it is, and where it stands in the order."""

    delayed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.text = ReplyText(theme)
        self.delay = Combo(theme)
        dress(self.delay, size="small")
        self.counter = Counter(theme)
        self.up, self.down = ToolButton(theme, "chevron-up"), ToolButton(theme, "chevron-down")
        self.out = ToolButton(theme, "x")
        self._tools = QWidget()
        self._tools.setLayout(row(self.delay, None, self.counter, self.up, self.down, self.out, gap=4))
        self.setLayout(column(self.text, self._tools, gap=4))
        self.delay.chosen.connect(lambda key: self.delayed.emit(int(key)))

    def show_reply(self, reply: Reply | None, number: int, last: bool) -> None:
        """None: the empty line where the next one is written."""
        self._tools.setVisible(reply is not None)
        self.text.show_text(reply.text if reply else "")
        self.up.setEnabled(number > 0)
        self.down.setEnabled(not last)
        after = reply.after if reply else 0
        self.delay.set_choices((str(m), delay_words(m)) for m in sorted({*DELAYS, after}))
        self.delay.set_value(str(after))
        self._name(number)

    def set_locked(self, locked: bool) -> None:
        """Nothing can be changed."""
        self.text.setReadOnly(locked)
        self._tools.setEnabled(not locked)

    def _name(self, number: int) -> None:
        reply = tr("draft", "Reply {number}", number=number + 1)
        name(self.text, reply)
        name(self.delay, tr("draft", "When reply {number} goes", number=number + 1))
        self.up.set_tip(tr("draft", "Move up"))
        self.down.set_tip(tr("draft", "Move down"))
        self.out.set_tip(tr("draft", "Take out"))
        first = tr("draft", "A first comment, or the next post of a thread; optional")
        self.text.setPlaceholderText(first if number == 0 else reply)


class ThreadEditor(Live, QWidget):
    """written(number, text), delayed(number, minutes), moved(number, to), removed(number): replies count from 0, and
    writing to one more than there are makes a new one. Without replies there is one empty line to begin with.
    """

    written = Signal(int, str)
    delayed = Signal(int, int)
    moved = Signal(int, int)
    removed = Signal(int)
    undone = Signal()
    redone = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._replies: tuple[Reply, ...] = ()
        self._counts: tuple[Any, ...] = ()
        self._post = ""
        self._more = self._locked = False
        self.rows: list[ReplyRow] = []
        self.add = Link(theme, "", icon="plus", tall=True)
        self._list = column(gap=8)
        self.setLayout(column(self._list, self.add, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add.clicked.connect(self._add)
        self.retranslate()
        self._show()

    def show_replies(self, post: str, replies: Sequence[Reply]) -> None:
        """The replies of a post; what did not change is not touched."""
        if (post, tuple(replies)) == (self._post, self._replies):
            return
        self._more = self._more and post == self._post and len(replies) == len(self._replies)
        self._post, self._replies = post, tuple(replies)
        self._show()

    def show_counts(self, counts: Sequence[Any]) -> None:
        """How long each is, as the platform of the open tab counts; () on the base."""
        self._counts = tuple(counts)
        for number, (line, reply) in enumerate(zip(self.rows, self._replies, strict=False)):
            line.counter.show_length(len(reply.text), counts[number] if number < len(counts) else None)

    def set_locked(self, locked: bool) -> None:
        """Nothing can be changed."""
        self._locked = locked
        self._show()

    def go_to(self, number: int) -> None:
        """The focus to one of them."""
        if number < len(self.rows):
            self.rows[number].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        wanted = len(self._replies) + (1 if self._more or not self._replies else 0)
        while len(self.rows) < wanted:
            self._append()
        while len(self.rows) > wanted:
            self._drop(self.rows.pop())
        for number, line in enumerate(self.rows):
            reply = self._replies[number] if number < len(self._replies) else None
            line.show_reply(reply, number, number >= len(self._replies) - 1)
            line.set_locked(self._locked)
        self.add.setVisible(len(self._replies) == len(self.rows) and not self._locked)
        self.show_counts(self._counts)
        self.updateGeometry()

    def _append(self) -> None:
        line, number = ReplyRow(self._theme), len(self.rows)
        line.text.written.connect(lambda text: self.written.emit(number, text))
        line.text.stepped.connect(lambda by: self._step(number, by))
        line.text.dropped.connect(lambda: self._take_out(number))
        line.text.undone.connect(self.undone)
        line.text.redone.connect(self.redone)
        line.delayed.connect(lambda minutes: self.delayed.emit(number, minutes))
        line.up.clicked.connect(lambda: self._step(number, -1))
        line.down.clicked.connect(lambda: self._step(number, 1))
        line.out.clicked.connect(lambda: self._take_out(number))
        self.rows.append(line)
        self._list.addWidget(line)

    def _drop(self, line: ReplyRow) -> None:
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _add(self) -> None:
        self._more = True
        self._show()
        self.go_to(len(self.rows) - 1)

    def _step(self, number: int, by: int) -> None:
        to = number + by
        if number < len(self._replies) and 0 <= to < len(self._replies):
            self.moved.emit(number, to)
            self.go_to(to)

    def _take_out(self, number: int) -> None:
        if number < len(self._replies):
            self.removed.emit(number)
        else:
            self._more = False
            self._show()
        self.go_to(max(0, min(number, len(self.rows)) - 1))

    def retranslate(self) -> None:
        self.add.setText(tr("draft", "Add a reply"))
        self.add.updateGeometry()
        self._show()


def delay_words(minutes: int) -> str:
    """When a reply goes: "right after", "after 5 minutes"."""
    if minutes == 0:
        return tr("draft", "right after")
    if minutes % (24 * 60) == 0:
        return tr("draft", "after %n days", n=minutes // (24 * 60))
    return tr("draft", "after %n hours", n=minutes // 60) if minutes % 60 == 0 else tr(
        "draft", "after %n minutes", n=minutes)
