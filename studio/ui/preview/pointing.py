"""What is pointed at on any card says its rule: in a note beside it, and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from studio.core.card import Box
from studio.ui.preview.rule_note import RuleNote
from studio.ui.preview.rules import words_of
from studio.ui.preview.spots import rect

if TYPE_CHECKING:
    from studio.ui.preview.frame import Frame
    from studio.ui.theme import Theme

REST_MS: Final = 350
"""How long a mouse rests before the first note comes; the next ones follow at once."""


class Pointing(QObject):
    """Of the cards in `area`, which lies in `over`."""

    def __init__(self, theme: Theme, over: QWidget, area: QScrollArea) -> None:
        super().__init__(over)
        self._theme, self._over, self._area = theme, over, area
        self._frame: Frame | None = None
        self._box: Box | None = None
        self.note = RuleNote(theme, over)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show)

    def watch(self, frame: Frame) -> None:
        """A new card."""
        frame.canvas.pointed.connect(lambda box: self._pointed(frame, box))
        frame.canvas.shown.connect(lambda: self._relaid(frame))

    def forget(self) -> None:
        """Nothing is pointed at: the cards moved."""
        self._rest.stop()
        self.note.hide()

    def let_go(self) -> None:
        """The cards are others: the one that was pointed at may be gone."""
        self._frame = self._box = None
        self.forget()

    # inside ----------------------------------------------------------------------------------------------------

    def _pointed(self, frame: Frame, box: Box | None) -> None:
        self._frame, self._box = frame, box
        canvas = frame.canvas
        if box is None:
            self.forget()
            canvas.setAccessibleName(frame.accessibleName())
            return
        canvas.setAccessibleName(words_of(box, self._theme.language.code).spoken)
        QAccessible.updateAccessibility(QAccessibleEvent(canvas, QAccessible.Event.NameChanged))
        if canvas.by_keys:
            self._bring(frame, box)
        if canvas.by_keys or self.note.isVisible():
            self._show()
        else:
            self._rest.start()

    def _relaid(self, frame: Frame) -> None:
        """What is pointed at moved with the words before it, or is gone."""
        if frame is not self._frame or not self.note.isVisible():
            return
        self._box = frame.canvas.element
        self._show() if self._box is not None else self.forget()

    def _show(self) -> None:
        if self._frame is None or self._box is None or not self._frame.isVisible():
            return
        place = self._place(self._frame, self._box)
        seen = QRect(self._area.mapTo(self._over, QPoint(0, 0)), self._area.size())
        self.note.say(words_of(self._box, self._theme.language.code), place.intersected(seen))

    def _bring(self, frame: Frame, box: Box) -> None:
        """Scrolls what the keys walked to onto the screen."""
        place = frame.canvas.on_widget(rect(box)).toAlignedRect()
        middle = frame.canvas.mapTo(self._area.widget() or frame, place.center())
        self._area.ensureVisible(middle.x(), middle.y(), 0, min(120, place.height() // 2 + 20))

    def _place(self, frame: Frame, box: Box) -> QRect:
        """In px of what the note lies over."""
        place = frame.canvas.on_widget(rect(box)).toAlignedRect()
        place.moveTopLeft(frame.canvas.mapTo(self._over, place.topLeft()))
        return place
