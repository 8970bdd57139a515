from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.card import Font
from studio.ui.preview.metrics import QtMetrics

FONT = Font(16, 24)


@pytest.fixture(scope="module")
def metrics(qapp, resources):
    from studio.ui.fonts import Fonts

    return QtMetrics(Fonts(resources).families("zh_CN"))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("ab 周末，🎈\n#", max_size=80), st.floats(40, 400))
def test_lines_cover_the_text_in_order_and_fit(metrics, words, width):
    lines = metrics.lines(words, FONT, width)
    assert lines
    covered = "".join(words[line.start : line.end] for line in lines)
    assert covered == words.replace("\n", "")
    assert all(a.end <= b.start for a, b in pairwise(lines))
    for line in lines:
        shown = words[line.start : line.end]
        assert line.width <= width + 1 or len(shown.strip()) <= 1


def test_a_line_feed_always_breaks_and_nothing_is_one_line(metrics):
    assert [(x.start, x.end) for x in metrics.lines("", FONT, 100)] == [(0, 0)]
    assert [(x.start, x.end) for x in metrics.lines("a\n\nb", FONT, 100)] == [(0, 1), (2, 2), (3, 4)]


def test_bigger_and_bolder_is_wider(metrics):
    small, big = metrics.advance("Walk", FONT), metrics.advance("Walk", Font(24, 30))
    assert 0 < small < big
    assert metrics.advance("Walk", Font(16, 24, 600)) > small


def test_no_line_starts_with_closing_punctuation(metrics):
    words = "老城南的梧桐黄透了。周六上午骑车转了一圈，挑出三家值得坐下来的小店：“拐角咖啡”。" * 4
    for width in range(90, 300, 7):
        starts = {words[line.start] for line in metrics.lines(words, FONT, width)[1:]}
        assert not starts & set("，。：”")


def test_the_same_paragraph_is_measured_once(metrics):
    first = metrics.lines("one paragraph\nand another", FONT, 120)
    assert metrics.lines("one paragraph\nand another", FONT, 120)[0] is first[0]
