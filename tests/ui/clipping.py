"""Finds words that do not fit: every screenshot test asks it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from studio.ui.widgets.label import ElidedLabel


def clipped(root: QWidget) -> list[str]:
    """What a person would see cut: one sentence per label or button."""
    return [sentence for widget in root.findChildren(QWidget) if widget.isVisible() for sentence in _cut(widget)]


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, ElidedLabel):
        return
    if isinstance(widget, QLabel) and widget.text():
        yield from _cut_label(widget)
    elif isinstance(widget, QAbstractButton) and widget.text() and widget.width() < widget.minimumSizeHint().width():
        yield f"button {widget.text()!r}: {widget.width()} px, needs {widget.minimumSizeHint().width()}"


def _cut_label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() < needed:
            yield f"label {label.text()!r}: {label.height()} px high, needs {needed}"
        return
    widest = max(QFontMetrics(label.font()).horizontalAdvance(line) for line in label.text().split("\n"))
    if room.width() + 1 < widest:
        yield f"label {label.text()!r}: {room.width()} px, needs {widest}"
