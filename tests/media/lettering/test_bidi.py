"""Right-to-left text beside left-to-right."""

from __future__ import annotations

import pytest

from studio.media.lettering.bidi import levels, order


@pytest.mark.parametrize(("text", "wanted"), [
    ("abc", [0, 0, 0]), ("", []), ("אבג", [1, 1, 1]), ("a אב b", [0, 0, 1, 1, 0, 0]), ("אב 12", [1, 1, 1, 2, 2]),
    ("אב ab", [1, 1, 1, 2, 2]), ("a 12", [0, 0, 0, 0]), ("(אב)", [1, 1, 1, 1]), ("12", [0, 0]),
])  # fmt: skip
def test_levels(text, wanted):
    assert levels(list(text)) == wanted


@pytest.mark.parametrize(("given", "wanted"), [
    ([0, 0], [0, 1]), ([1, 1], [1, 0]), ([0, 1, 1, 0], [0, 2, 1, 3]), ([1, 2, 1], [2, 1, 0]),
    ([1, 2, 2, 1], [3, 1, 2, 0]), ([], []),
])  # fmt: skip
def test_order_on_the_line(given, wanted):
    assert order(given) == wanted
