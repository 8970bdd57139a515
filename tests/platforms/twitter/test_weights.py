"""Weighing: the same as character by character, in as many steps as a text has stretches of one weight."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from studio.platforms.twitter.weights import fits, pieces, weight

LIGHT = [*range(0, 4352), *range(8192, 8206), *range(8208, 8224), *range(8242, 8248)]
EDGES = st.sampled_from([4351, 4352, 8191, 8192, 8205, 8206, 8207, 8208, 8223, 8224, 8241, 8242, 8247, 8248, 0x5468])
PLAIN = st.text(st.sampled_from("ab éß周末 —“”") | EDGES.map(chr), max_size=40).filter(
    lambda text: unicodedata.is_normalized("NFC", text))
ANY = st.lists(
    st.sampled_from(["周", "a", "👨‍👩‍👧", "🇨🇳", "https://t.co/abc ", " ", "e\u0301", "1⃣"]), max_size=30,
).map("".join)


@given(PLAIN)
def test_each_character_has_the_weight_of_its_range(text: str) -> None:
    assert weight(text) == sum(1 if ord(char) in LIGHT else 2 for char in text)


@given(ANY, st.integers(0, 60))
def test_what_fits_weighs_no_more_and_one_more_piece_would(text: str, limit: int) -> None:
    kept = fits(text, limit)
    if kept is None:
        assert weight(text) <= limit
        return
    assert weight(text[:kept]) <= limit < weight(text)
    assert unicodedata.is_normalized("NFC", text) is False or any(
        weight(text[:end]) > limit for end in range(kept + 1, len(text) + 1))


def test_a_long_text_is_weighed_in_few_steps() -> None:
    text = "周末" * 5000 + "weekend " * 5000 + "老城" * 5000
    assert len(list(pieces(text))) == 3
    assert (weight(text), fits(text, 20_001), fits(text, 20_000 + 40_000 + 3)) == (80_000, 10_001, 50_001)
