"""What was chosen for all cards, and how a card fits the room there is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Surface
from studio.ui.preview.look import Chosen, Look, measure
from tests.ui.preview.cards import Ten

PHONE = Surface("feed", (375, 390, 412))
DESK = Surface("desktop", (680,), desktop=True)


def look(**more):
    return Look(Ten(), "light", "en", "en", date(2026, 11, 30), **more)


def test_true_size_where_it_fits_and_shrunk_to_three_fifths_at_most():
    assert measure(PHONE, 500, look()) == (375, 1.0)
    assert measure(PHONE, 300, look()) == (375, 0.8)
    assert measure(DESK, 300, look()) == (680, 0.6), "then it scrolls"


def test_the_nearest_width_a_surface_has():
    assert measure(PHONE, 500, look(width=393)) == (390, 1.0)
    assert measure(DESK, 700, look(width=375)) == (680, 1.0)


def test_one_card_alone_is_larger():
    assert measure(PHONE, 618, look(large=True)) == (412, 1.5)
    assert measure(DESK, 816, look(large=True)) == (680, 1.2)


@given(st.integers(120, 3000), st.integers(0, 1200), st.booleans())
def test_it_never_gets_smaller_than_can_be_read(room, width, large):
    wide, zoom = measure(PHONE, room, look(width=width, large=large))
    assert wide in PHONE.widths and 0.6 <= zoom <= 1.5 and (zoom == 0.6 or wide * zoom <= room + 1e-6)


class Store:
    def __init__(self):
        self.kept = {}

    def get(self, key, default):
        return self.kept.get(key, default)

    def set(self, key, value):
        self.kept[key] = value


def test_what_is_chosen_is_kept():
    store, chosen = Store(), Chosen("one", "dark", "zh_TW", 390, 130, True, 3)
    chosen.keep(store)
    assert Chosen.read(store.get("preview/look", {})) == chosen


@pytest.mark.parametrize("kept", [
    None, [], "x", {"theme": "purple"}, {"width": 7}, {"width": True}, {"text": 99}, {"text": "100"}, {"scale": 4},
    {"language": "de"}, {"unfolded": 1}, {"scope": None}, {"nobody": "knows"},
])
def test_what_no_longer_fits_is_as_at_first(kept):
    assert Chosen.read(kept) == Chosen()
