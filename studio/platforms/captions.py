"""The words under a full-screen video: flat while they are folded, with their line breaks when they are not; its sound,
and whose it is.

Pure; all numbers are logical px.
"""

from __future__ import annotations

from studio.core.card import Font, Metrics, Rule
from studio.platforms.boxes import Cut, Sheet, one_line
from studio.platforms.folding import Fold, fold_lines
from studio.platforms.screens import Block
from studio.platforms.text import initial


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


def person(
    x: float, w: float, name: str, font: Font, side: float, gap: float, follow: str, pad: float, stroke: float, *,
    token: str, below: float, rules: tuple[Rule, Rule, Rule],
) -> Block:
    """A round picture "avatar", the "name" and the button "follow" in its "follow.ring", `gap` px apart, in `token`.

    side, pad   of the picture; of the button, left and right of its word
    below       free space under them
    rules       of the picture, the words and the ring
    """
    high = max(side, font.line)

    def put(sheet: Sheet) -> None:
        top, left = sheet.y, x + side + gap
        sheet.y = top + (high - side) / 2
        sheet.put("avatar", "avatar", x, side, side, text=initial(name), token="avatar", radius=side / 2,
                  rule=rules[0])
        sheet.y = top + (high - font.line) / 2
        word = one_line(follow, font, w / 3, sheet.metrics)
        wide = sheet.metrics.advance(word, font)
        button = wide + 2 * pad
        length = min(max(1.0, x + w - left - gap - button), sheet.metrics.advance(name, font))
        sheet.label("name", left, length, name, font, token, rules[1])
        left = min(left + length + gap, x + w - button)
        sheet.put("ring", "follow.ring", left, button, font.line, token=token, radius=pad, stroke=stroke,
                  rule=rules[2])
        sheet.label("follow", left + pad, wide, word, font, token, rules[1])

    return Block(high, put, below)
