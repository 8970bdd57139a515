"""Every colour pair people read or must see, computed from the token table (WCAG 2.1 contrast ratio)."""

from __future__ import annotations

import pytest

from studio.ui.tokens import COLOURS, STATES

GROUNDS = ("surface", "window", "selection")
TEXTS = ("text", "text-2", "accent-text", "good", "warn", "bad", "info")
SIDES = (pytest.param(0, id="light"), pytest.param(1, id="dark"))


def luminance(value: str) -> float:
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_ratio_of_black_on_white_is_twenty_one() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#777777") == 1


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(side: int, text: str, ground: str) -> None:
    assert ratio(COLOURS[text][side], COLOURS[ground][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ground", ["surface", "window", "sunken", "raised"])
@pytest.mark.parametrize("text", ["text", "text-2", "text-3", "accent-text"])
def test_quiet_text_is_readable_where_it_is_used(side: int, text: str, ground: str) -> None:
    assert ratio(COLOURS[text][side], COLOURS[ground][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("tone", ["good", "warn", "bad", "info", "accent-text"])
def test_tones_are_readable_on_their_tints(side: int, tone: str) -> None:
    tint = {"accent-text": "accent-tint"}.get(tone, f"{tone}-tint")
    assert ratio(COLOURS[tone][side], COLOURS[tint][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("tint", ["bad-tint", "warn-tint", "good-tint", "info-tint"])
def test_notes_are_readable_on_their_tints(side: int, tint: str) -> None:
    assert ratio(COLOURS["text-2"][side], COLOURS[tint][side]) >= 4.5
    assert ratio(COLOURS["accent-text"][side], COLOURS[tint][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("fill", ["accent", "accent-hover", "bad-fill"])
def test_words_on_filled_buttons_are_readable(side: int, fill: str) -> None:
    assert ratio(COLOURS["on-accent"][side], COLOURS[fill][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
def test_figures_on_the_now_mark_are_readable(side: int) -> None:
    assert ratio(COLOURS["on-now"][side], COLOURS["now"][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ground", ["surface", "window", "raised"])
@pytest.mark.parametrize("mark", ["control", "focus", "now"])
def test_controls_focus_and_the_now_line_are_seen(side: int, mark: str, ground: str) -> None:
    assert ratio(COLOURS[mark][side], COLOURS[ground][side]) >= 3.0


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("state", [name for name in STATES if name != "cancelled"])
def test_state_words_are_readable_on_their_tints_and_in_lists(side: int, state: str) -> None:
    look = STATES[state]
    assert ratio(look.text[side], look.tint[side]) >= 4.5
    assert ratio(look.text[side], COLOURS["surface"][side]) >= 4.5
    assert ratio(look.text[side], COLOURS["selection"][side]) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("mark", ["good", "warn", "bad"])
def test_marks_on_verdicts_and_badges_are_seen(side: int, mark: str) -> None:
    assert ratio(COLOURS["on-mark"][side], COLOURS[mark][side]) >= 4.5
