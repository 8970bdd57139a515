"""The row of buttons below a post: equal parts, in each an icon with its word beside it. Pure; all in logical px."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Font, Rule
from studio.platforms.boxes import Sheet

Button = tuple[str, str, str]  # name, icon, word


def put_buttons(
    sheet: Sheet, buttons: Sequence[Button], x: float, w: float, high: float, icon: float, gap: float, font: Font, *,
    token: str, rules: tuple[Rule, Rule],
) -> None:
    """From x, `w` px wide, "action:NAME" and "label:NAME" in the middle of each part; the height moves below them.

    gap      between an icon and its word, which is cut where there is no room for it
    rules    of the icons and of the words
    """
    top, part = sheet.y, w / len(buttons)
    for number, (name, drawn, word) in enumerate(buttons):
        wide = min(max(1.0, part - icon - gap), sheet.metrics.advance(word, font))
        left = x + number * part + max(0.0, (part - icon - gap - wide) / 2)
        sheet.y = top + (high - icon) / 2
        sheet.put("icon", f"action:{name}", left, icon, icon, icon=drawn, token=token, text=word, rule=rules[0])
        sheet.y = top + (high - font.line) / 2
        sheet.label(f"label:{name}", left + icon + gap, wide, word, font, token, rules[1])
    sheet.y = top + high
