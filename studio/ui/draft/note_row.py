"""A note below its field: one row, its links at the end, so that notes take little of the editor's height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio.ui import text as words
from studio.ui.widgets.note import (
    FIX_GAP,
    ICON_GAP,
    LOOKS,
    PAD,
    NoteLayout,
    NoteText,
    paint_fixes,
    paint_tint,
)

if TYPE_CHECKING:
    from studio.ui.theme import Theme

ABOVE = 5


def lay_out_row(theme: Theme, note: NoteText, width: int) -> NoteLayout:
    """Sentence at the left (wrapped when it must), links at the right of its first line."""
    left = PAD + theme.icon_size(14) + ICON_GAP
    line = theme.line("small")
    sizes = [(key, theme.width("small", text, 500)) for key, text in note.fixes]
    links = sum(size + FIX_GAP for _, size in sizes)
    inner = max(40, width - left - PAD - links)
    sentence = QRectF(left, ABOVE, inner, words.height(theme, spoken(note), "small", inner, 600))
    fixes, x = [], width - PAD - links + FIX_GAP
    for key, size in sizes:
        fixes.append((key, QRectF(x, ABOVE, size, line)))
        x += size + FIX_GAP
    none = QRectF(left, sentence.bottom(), 0, 0)
    return NoteLayout(round(sentence.height()) + 2 * ABOVE, left, sentence, none, tuple(fixes), none)


def spoken(note: NoteText) -> str:
    """The sentence with whose it is."""
    return f"{note.owner}: {note.sentence}" if note.owner and len(note.owner) < 40 else note.sentence


def paint_row(
    painter: QPainter, theme: Theme, rect: QRectF, note: NoteText, hovered: str = "", focused: str = ""
) -> None:
    """Paints it into `rect` (its height from `lay_out_row`)."""
    plan = lay_out_row(theme, note, int(rect.width()))
    icon, token = LOOKS[note.severity]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    paint_tint(painter, theme, rect, note.severity)
    mark = QRectF(PAD, ABOVE, theme.icon_size(14), theme.line("small"))
    theme.draw_icon(painter, mark, icon, 14, token)
    weight = 400 if note.severity == "info" else 600
    words.paint(painter, theme, plan.sentence, spoken(note), "small", token, weight)
    paint_fixes(painter, theme, note, plan.fixes, hovered, focused)
    painter.restore()
