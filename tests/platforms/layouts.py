"""What must hold for any card, and cards for Hypothesis to try."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from studio.core.card import Box, Card
from studio.core.post import Media
from tests.platforms.fakes import media

WORDS = st.sampled_from([
    "hello ", "周末好去处", " #咖啡 ", " https://example.com/a/very/long/path?x=1 ", " @mei.test ", "\n", "👨‍👩‍👧",
    "é", "مرحبا ", "x" * 60, "，",
])
TEXTS = st.lists(WORDS, max_size=60).map("".join)
SIZES = st.sampled_from([(0, 0), (1200, 900), (900, 1200), (100, 1000), (4000, 300), (1, 1), (1080, 1920)])


@st.composite
def pictures(draw: st.DrawFn, most: int = 4) -> tuple[Media, ...]:
    """Pictures of odd sizes, some with a focal point, some described."""
    made = []
    for number in range(draw(st.integers(0, most))):
        width, height = draw(SIZES)
        focus = draw(st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)))
        alt = draw(st.sampled_from(["", "A cup"]))
        made.append(media(f"{number}.jpg", width, height, alt, focus=focus))
    return tuple(made)


def named(card: Card, start: str) -> list[Box]:
    return [box for box in card.boxes if box.name.startswith(start)]


def overlap(a: Box, b: Box) -> bool:
    return min(a.x + a.w, b.x + b.w) - max(a.x, b.x) > 1e-6 and min(a.y + a.h, b.y + b.h) - max(a.y, b.y) > 1e-6


def geometry(card: Card) -> list[tuple[object, ...]]:
    return [(b.kind, b.name, b.x, b.y, b.w, b.h, b.crop, b.lines, b.folded) for b in card.boxes]


def assert_sound(card: Card) -> None:
    """Everything inside the card, pictures apart from one another, lines within their text, tokens known."""
    assert card.boxes[0].kind == "card" and card.height > 0
    for box in card.boxes:
        assert box.x >= -1e-6 and box.y >= -1e-6 and box.w >= 0 and box.h >= 0, box
        assert box.x + box.w <= card.width + 1e-6 and box.y + box.h <= card.height + 1e-6, box
        assert box.token in card.tokens or box.kind in ("image", "video"), box
        _assert_text(box, card)
    shown = [b for b in card.boxes if b.kind in ("image", "video")]
    assert not any(overlap(a, b) for n, a in enumerate(shown) for b in shown[n + 1 :])
    texts = [b for b in card.boxes if b.kind == "text"]
    assert not any(overlap(a, b) for n, a in enumerate(texts) for b in texts[n + 1 :])


def _assert_text(box: Box, card: Card) -> None:
    assert (not box.text) or box.font is not None or box.kind in ("icon", "avatar"), box
    for line in box.lines:
        assert 0 <= line.start <= line.end <= len(box.text)
    for before, after in pairwise(box.lines):
        assert before.end <= after.start
    for run in box.runs:
        assert 0 <= run.start < run.end <= len(box.text) and run.token in card.tokens
    if box.lines and box.font:
        assert abs(box.h - len(box.lines) * box.font.line) < 1e-6


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio of two "#rrggbb"."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
