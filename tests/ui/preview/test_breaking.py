"""A long paragraph after any edit breaks exactly as if it had never been seen before."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Font
from studio.ui.fonts import Fonts
from studio.ui.preview.breaking import LONG, Breaker, shared
from studio.ui.preview.metrics import QtMetrics, _break

FONT = Font(16, 24)
WORDS = (
    "the", "quick", "brown", "fox", "老城南的梧桐", "周末，去哪儿？", "🎈", "a", "（括号）", "incomprehensibilities",
    "https://example.com/a/very/long/address", "e\u0301te\u0301", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
)  # fmt: skip


@pytest.fixture(scope="module")
def face(qapp, resources):
    return QtMetrics(Fonts(resources).families("zh_CN")).font(FONT)


def text(seed, words=220):
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 50), width=st.sampled_from([120.0, 335.0, 560.0]), edits=st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(["", "x", " ", "，", "word ", "🎈", "字" * 90])),
    min_size=1, max_size=5,
))  # fmt: skip
def test_after_edits_it_breaks_as_if_it_were_new(face, seed, width, edits):
    breaker = Breaker(lambda part: _break(part, face, width))
    now = text(seed)
    assert breaker.lines(now) == _break(now, face, width)
    for place, gone, new in edits:
        at = int(place * len(now))
        now = now[:at] + new + now[at + gone :]
        assert [(x.start, x.end) for x in breaker.lines(now)] == [
            (x.start, x.end) for x in _break(now, face, width)
        ]


def test_an_edit_lays_out_little_of_a_long_text(face):
    done = []

    def whole(part):
        done.append(len(part))
        return _break(part, face, 335.0)

    breaker, long = Breaker(whole), text(1, 1500)
    breaker.lines(long)
    for at in (0, len(long) // 2, len(long)):
        done.clear()
        long = long[:at] + "a" + long[at:]
        breaker.lines(long)
        assert sum(done) < 1200 < len(long)


def test_text_that_turns_is_laid_out_whole(face):
    done = []

    def whole(part):
        done.append(part)
        return _break(part, face, 335.0)

    turning = text(2) + " שלום עולם " + text(3)
    Breaker(whole).lines(turning)
    assert done == [turning] and len(turning) > LONG


@given(st.text("ab", max_size=20), st.text("ab", max_size=20))
def test_what_two_texts_begin_with(one, other):
    same = shared(one, other)
    assert one[:same] == other[:same]
    assert same == min(len(one), len(other)) or one[same] != other[same]
