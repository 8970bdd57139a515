"""What of a card answers to a hand: its elements, the words that unfold the text, the dots of a carousel."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF

from studio.core.card import Box, Card, Line, Metrics, Run

LABELS: Final = frozenset({"more", "less"})
"""Names of boxes that are the platform's own word for the rest of the text, and for folding it again."""
SLACK: Final = 6.0  # px around words and dots that still count as a hit
TURN: Final = 28.0  # px across of a button that turns a page


def rect(box: Box) -> QRectF:
    """Its place on the card."""
    return QRectF(box.x, box.y, box.w, box.h)


def stem(name: str) -> str:
    """What kind of thing a box is: "image:3" -> "image", "action:like" -> "action"."""
    return name.partition(":")[0]


def number_of(name: str) -> int:
    """"dot:3" -> 3; 0 where there is no number."""
    last = name.rpartition(":")[2]
    return int(last) if last.isdecimal() else 0


def elements(card: Card) -> tuple[Box, ...]:
    """What can be asked for its rule, each name once, in the order it is drawn; the ground last."""
    first: dict[str, Box] = {}
    for box in card.boxes:
        if box.rule is not None and box.w > 0 and box.h > 0:
            first.setdefault(box.name, box)
    found = list(first.values())
    return tuple([b for b in found if b is not card.boxes[0]] + [b for b in found if b is card.boxes[0]])


def element_at(card: Card, at: QPointF) -> Box | None:
    """The topmost box there that says its rule: a small one before the large one it lies on."""
    under = [box for box in card.boxes if box.rule is not None and _near(box).contains(at)]
    return min(reversed(under), key=lambda box: box.w * box.h, default=None)


def _near(box: Box) -> QRectF:
    """Lines of a px can be met with a mouse, too."""
    slim = 2.0 if min(box.w, box.h) < 4 else 0.0
    return rect(box).adjusted(-slim, -slim, slim, slim)


def fold_spot(card: Card, metrics: Metrics, unfolded: bool) -> QRectF | None:
    """Where a click unfolds the text, or folds it again; None when the card has no such words."""
    for box in card.boxes:
        if stem(box.name) in LABELS:
            return rect(box).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    for box in card.boxes:
        if (box.folded or unfolded) and (run := _label(box, unfolded)) is not None:
            return _stretch(box, run, metrics)
    return None


def _label(box: Box, unfolded: bool) -> Run | None:
    """The platform's word at the end of the text."""
    last = max(box.runs, key=lambda run: run.end, default=None)
    if last is None or last.end < len(box.text) or (unfolded and last.token not in ("muted", "more", "fold", "label")):
        return None
    return last


def _stretch(box: Box, run: Run, metrics: Metrics) -> QRectF | None:
    if box.font is None or not box.lines:
        return None
    at = next((n for n in range(len(box.lines) - 1, -1, -1) if box.lines[n].start <= run.start), 0)
    line: Line = box.lines[at]
    left = metrics.advance(box.text[line.start : run.start], box.font)
    wide = metrics.advance(box.text[run.start : line.end], box.font)
    place = QRectF(box.x + left, box.y + at * box.font.line, wide, box.font.line)
    return place.adjusted(-SLACK, -2, SLACK, 2)


def dot_at(card: Card, at: QPointF) -> int | None:
    """The page whose dot or segment is there, from 0."""
    for box in card.boxes:
        number = number_of(box.name) if stem(box.name) in ("dot", "segment") else 0
        if number and rect(box).adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(at):
            return min(card.pages - 1, number - 1)
    return None


def stage(card: Card) -> QRectF | None:
    """The place of the pictures of a carousel, as far as it lies on the card."""
    shown = [rect(b) for b in card.boxes if stem(b.name) in ("image", "video", "picture", "stage", "backdrop")]
    if card.pages < 2 or not shown:
        return None
    whole = shown[0]
    for place in shown[1:]:
        whole = whole.united(place)
    return whole.intersected(QRectF(0, 0, card.width, card.height))


def turns(card: Card) -> dict[int, QRectF]:
    """The buttons that turn the page of a carousel: -1 at the left, 1 at the right; none at an end."""
    whole = stage(card)
    if whole is None or whole.width() < 3 * TURN:
        return {}
    top = whole.center().y() - TURN / 2
    found = {}
    if card.page > 0:
        found[-1] = QRectF(whole.left() + 8, top, TURN, TURN)
    if card.page < card.pages - 1:
        found[1] = QRectF(whole.right() - 8 - TURN, top, TURN, TURN)
    return found
