"""Cards stand one under the other; none lies over another, whatever their heights."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Account, Post
from studio.ui.preview.columns import EDGE, GAP, placed
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from tests.ui.desks import Stage

CARDS = st.lists(st.tuples(st.booleans(), st.integers(40, 900)), max_size=12)


@given(CARDS, st.integers(1, 2))
def test_no_card_lies_over_another(cards, columns):
    places, tall = placed(cards, columns, GAP)
    spans = [
        (0 if wide else column, columns if wide else column + 1, y, y + high)
        for (wide, high), (column, y) in zip(cards, places, strict=True)
    ]
    for (a, b, top, end), (c, d, other, last) in combinations(spans, 2):
        assert b <= c or d <= a or end + GAP <= other or last + GAP <= top
    assert tall == max((span[3] for span in spans), default=0)


def test_a_wide_card_stands_below_both_columns():
    places, tall = placed([(False, 100), (False, 300), (True, 50), (False, 10)], 2, 10)
    assert places == [(0, 0), (1, 0), (0, 310), (0, 370)] and tall == 380


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


def test_a_surface_for_a_computer_takes_both_columns(stage, qtbot):
    pictures = Pictures(stage.desk.library.thumbnail)
    view = PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, pictures)
    stage.show(view, 700, 900)
    names = ("weibo", "youtube", "bluesky")
    view.show_post(Post(title="T", text="hello"), [Account(n, n, "kit", name="Mill") for n in names])
    weibo, youtube, bluesky = view.frames()
    youtube._set(next(s for s in youtube.surfaces() if s.widths[0] < 500))
    desktop = next(s for s in youtube.surfaces() if min(s.widths) > 600)
    youtube._set(desktop)
    qtbot.waitUntil(lambda: youtube.canvas.card.surface == desktop.id, timeout=20_000)
    assert youtube.width() == 700 - 2 * EDGE and youtube.x() == EDGE
    assert youtube.y() == weibo.y() + weibo.height() + GAP and bluesky.y() == youtube.y() + youtube.height() + GAP
    assert view.area.horizontalScrollBar().maximum() == 0
    pictures.close()
