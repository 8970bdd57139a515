"""The words under a full-screen video: flat while they are folded, with their line breaks when they are not; its sound.

Pure; all numbers are logical px.
"""

from __future__ import annotations

from studio.core.card import Font, Metrics, Rule
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.folding import Fold, fold_lines
from studio.platforms.screens import Block


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


def sound(
    x: float, w: float, text: str, font: Font, icon: float, gap: float, top: float, *,
    tokens: tuple[str, str] = ("action", "text"), rules: tuple[Rule, Rule],
) -> Block:
    """The name of its sound "music" behind a note "music.icon", `top` px below what stands above it.

    tokens, rules   of the note and of the words
    """

    def put(sheet: Sheet) -> None:
        y = sheet.y + top
        sheet.y = y + (font.line - icon) / 2
        sheet.put("icon", "music.icon", x, icon, icon, icon="music", token=tokens[0], rule=rules[0])
        sheet.y = y
        sheet.label("music", x + icon + gap, max(1.0, w - icon - gap), text, font, tokens[1], rules[1])

    return Block(font.line + top, put)
