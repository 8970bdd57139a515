"""The words under a full-screen video: flat while they are folded, and with their line breaks when they are not."""

from __future__ import annotations

from studio.core.card import Font, Metrics
from studio.platforms.boxes import Cut
from studio.platforms.folding import Fold, fold_lines


def fold_flat(
    text: str, font: Font, width: float, most: int, more: str, less: str, metrics: Metrics, *, unfolded: bool = False
) -> Fold:
    """`text` in `width` px; more than `most` lines of it lose their line breaks and end with "… " and `more`.

    unfolded   all of it, and what was folded ends with `less` ("" where the platform has no such word)
    """
    lines = metrics.lines(text, font, width)
    if len(lines) <= most:
        return Fold(Cut(text, lines), len(text))
    if unfolded:
        whole = f"{text} {less}" if less else text
        label = (len(text) + 1, len(whole)) if less else None
        return Fold(Cut(whole, metrics.lines(whole, font, width)), len(text), label)
    flat = " ".join(text.split())
    fold = fold_lines(flat, font, width, most, more, metrics)
    if fold.label is None:  # the line breaks alone made it long
        return Fold(Cut(flat, fold.cut.lines, folded=True), len(flat))
    return fold
