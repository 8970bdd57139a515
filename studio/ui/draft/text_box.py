"""The editor of a post's text: plain text at reading size, whose undo is the post's own history."""

from __future__ import annotations

import os.path
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from studio.ui.draft.edits import plain
from studio.ui.i18n import tr
from studio.ui.preview.breaking import shared
from studio.ui.preview.offsets import characters, clean, units
from studio.ui.widgets.base import Live
from studio.ui.widgets.menu import add, menu
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MARKED: Final = re.compile(r"(?:(?<=\s)|^)[#＃][^\s#＃]+[#＃]?|https?://[^\s]+|(?:(?<=\s)|^)@[\w.-]+", re.MULTILINE)
MARK_UP_TO: Final = 20_000
"""Characters of a paragraph up to which its tags, links and mentions are coloured."""
MEASURE: Final = 640


class _Links(QSyntaxHighlighter):
    """Colours tags, links and mentions; Qt asks only for the paragraphs that changed."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme, self._look = theme, QTextCharFormat()

    def recolour(self) -> None:
        """Takes the theme's colour of now."""
        ink = self._theme.color("accent-text")
        if self._look.foreground().color() != ink:
            self._look.setForeground(ink)
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if len(text) <= MARK_UP_TO:
            for found in MARKED.finditer(text):
                start, end = found.span()
                self.setFormat(units(text, start), units(text[start:end]), self._look)


class TextBox(Live, QTextEdit):
    """written(text): the person changed it. undone, redone: keys for the post's history. files(paths), picture(PNG
    bytes): pasted or dropped here. left: the focus went away. moved: a line may be somewhere else on the screen.
    """

    written = Signal(str)
    undone = Signal()
    redone = Signal()
    files = Signal(list)
    picture = Signal(bytes)
    left = Signal()
    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._over: int | None = None
        self._loading = self._marked = False
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setProperty("kind", "bare")
        overlay_bars(theme, self)
        self._links = _Links(theme, self.document())
        self.textChanged.connect(self._changed)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.moved.emit())
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.moved.emit())
        self.restyle()
        self.retranslate()

    # the text --------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """What is written, without the letters an input method is still composing."""
        return self._text

    def set_text(self, text: str) -> None:
        """Shows another text; only the part that differs is touched, so caret and scroll place stay."""
        text = clean(text)
        if text == self._text:
            return
        self._loading = True
        start, old_end, new_end = _difference(self._text, text)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self._text, start))
        cursor.setPosition(units(self._text, old_end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start:new_end])
        self._text = text
        self._loading = False
        self._mark()

    def open_text(self, text: str) -> None:
        """Shows the text of another post, from its start."""
        self._loading = True
        self._text = clean(text)
        self.setPlainText(self._text)
        self._space_lines()
        self._loading = False
        self.verticalScrollBar().setValue(0)
        self._mark()

    def set_over(self, over: int | None) -> None:
        """From which character on the text is too long; None when it is not."""
        if over != self._over:
            self._over = over
            self._mark()

    def insert(self, text: str) -> None:
        """Types `text` at the caret."""
        self.textCursor().insertText(text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def at_word_start(self) -> bool:
        """True when a tag could start at the caret without a space before it."""
        before = self._text[: self.caret()]
        return not before or before[-1].isspace()

    def caret(self) -> int:
        """Where the caret is, in characters."""
        return characters(self._text, self.textCursor().position())

    def set_caret(self, place: int) -> None:
        """Puts the caret before character `place` and shows it."""
        cursor = self.textCursor()
        cursor.setPosition(units(self._text, min(place, len(self._text))))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def line_top(self, place: int) -> int:
        """The top of the line that holds character `place`, in px of this widget; may be outside what is visible."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self._text, min(place, len(self._text))))
        spot: QRect = self.cursorRect(cursor)
        return spot.top() - max(0, (self._theme.line("editor") - spot.height()) // 2)

    def sizeHint(self) -> QSize:
        """Two lines; it takes whatever room there is."""
        return QSize(400, 2 * self._theme.line("editor"))

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(120, 2 * self._theme.line("editor"))

    # inside ----------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self._loading:
            return
        text = plain(self.toPlainText())
        if text == self._text:
            return  # an input method is composing: nothing is written yet
        self._text = text
        self.written.emit(self._text)
        self._mark()

    def _mark(self) -> None:
        """The colour of what is over the limit; painting only, so nothing is laid out again."""
        over = self._over if self._over is not None and self._over < len(self._text) else None
        if over is not None:
            self.setExtraSelections([self._stretch(over, len(self._text), "bad", "bad-tint")])
        elif self._marked:
            self.setExtraSelections([])
        self._marked = over is not None

    def _stretch(self, start: int, end: int, ink: str, tint: str = "") -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setForeground(self._theme.color(ink))
        if tint:
            look.setBackground(self._theme.color(tint))
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self._text, start))
        cursor.setPosition(units(self._text, end), QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, look
        return mark

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
        spacing.setLineHeight(self._theme.line("editor"), fixed.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)

    def restyle(self) -> None:
        self._loading = True
        self.setFont(self._theme.font("editor"))
        self.document().setDefaultFont(self._theme.font("editor"))
        self._space_lines()
        self._links.recolour()
        self._loading = False
        self._mark()

    def retranslate(self) -> None:
        self.setPlaceholderText(tr("draft", "Write here. Pictures can be dropped or pasted."))
        self.setAccessibleName(tr("draft", "Text of the post"))
        self.restyle()

    # keys, clipboard, menus ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo are the post's; everything else is typing."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redone.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A run of typing ends."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, pictures and files."""
        return source.hasText() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Files and pictures go to the media strip, text comes in plain."""
        paths = local_files(source)
        if paths:
            self.files.emit(paths)
        elif source.hasImage() and not source.hasText():
            self.picture.emit(png_of(source))
        else:
            self.textCursor().insertText(plain(source.text()))
            self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual entries, in our language."""
        self._menu(event.globalPos())

    def _menu(self, at: QPoint) -> None:
        entries, write = menu(self), not self.isReadOnly()
        chosen = self.textCursor().hasSelection()
        for text, icon, run, key, usable in (
            (tr("draft", "Undo"), "undo-2", self.undone.emit, "Ctrl+Z", write),
            (tr("draft", "Redo"), "redo-2", self.redone.emit, "Ctrl+Shift+Z", write),
            (tr("draft", "Cut"), "", self.cut, "Ctrl+X", write and chosen),
            (tr("draft", "Copy"), "copy", self.copy, "Ctrl+C", chosen),
            (tr("draft", "Paste"), "", self.paste, "Ctrl+V", write and self.canPaste()),
            (tr("draft", "Select all"), "", self.selectAll, "Ctrl+A", True),
        ):
            add(entries, self._theme, text, icon, run, key).setEnabled(usable)
        entries.popup(at)


def local_files(source: QMimeData) -> list[Path]:
    """The files of this computer among what is pasted or dropped."""
    urls: list[QUrl] = source.urls() if source.hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if os.path.exists(path)]


def png_of(source: QMimeData) -> bytes:
    """A pasted picture as PNG bytes; b"" when it cannot be read."""
    image = source.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return b""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs say bytes, the binding takes str
    return bytes(data.data())


def _difference(old: str, new: str) -> tuple[int, int, int]:
    """(start, end in old, end in new) of the one stretch that differs."""
    start = shared(old, new)
    most = min(len(old), len(new)) - start
    tail = shared(old[len(old) - most :][::-1], new[len(new) - most :][::-1])
    return start, len(old) - tail, len(new) - tail
