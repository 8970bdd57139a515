"""What of a card answers to a hand."""

from PySide6.QtCore import QPointF, QRectF

from studio.core.card import Box
from studio.ui.preview.spots import dot_at, element_at, elements, fold_spot, number_of, stage, stem, turns
from tests.ui.preview.cards import RULE, Ten, card, folded, pages, words


def test_names_have_a_stem_and_perhaps_a_number():
    assert (stem("image:3"), number_of("image:3")) == ("image", 3)
    assert (stem("action:like"), number_of("action:like")) == ("action", 0)
    assert (stem("body"), number_of("body")) == ("body", 0)


def test_elements_stand_once_and_the_ground_last():
    twice = words("b", y=40, name="name")
    silent = Box("fill", "veil", 0, 0, 9, 9)
    flat = Box("line", "line", 0, 50, 0, 0, rule=RULE)
    found = elements(card(words("a", name="name"), twice, silent, flat, words("text")))
    assert [box.name for box in found] == ["name", "body", "card"]


def test_the_smallest_thing_under_the_mouse_is_meant():
    big = Box("image", "image:1", 0, 0, 200, 100, media="m", rule=RULE)
    badge = Box("badge", "alt:1", 150, 70, 30, 18, rule=RULE)
    thin = Box("line", "line", 0, 110, 200, 1, rule=RULE)
    shown = card(badge, big, thin)
    assert element_at(shown, QPointF(160, 80)).name == "alt:1"
    assert element_at(shown, QPointF(20, 80)).name == "image:1"
    assert element_at(shown, QPointF(20, 112)).name == "line", "a line of one px can be met"
    assert element_at(shown, QPointF(500, 500)) is None


def test_the_word_that_unfolds_is_found_at_the_end_of_its_line():
    spot = fold_spot(card(folded()), Ten(), unfolded=False)
    assert spot == QRectF(10 + 80 - 6, 10 - 2, 40 + 12, 24)
    assert fold_spot(card(words("hello")), Ten(), unfolded=False) is None


def test_a_box_of_its_own_unfolds_too():
    more = words("Show more", y=40, name="more")
    assert fold_spot(card(words("hello"), more), Ten(), unfolded=False).contains(QPointF(20, 50))


def test_a_tag_at_the_end_of_an_unfolded_text_is_no_word_that_folds():
    from studio.core.card import Run

    text = words("see #walk", runs=(Run(4, 9, "link"),))
    assert fold_spot(card(text), Ten(), unfolded=True) is None
    assert fold_spot(card(words("all less", runs=(Run(4, 8, "muted"),))), Ten(), unfolded=True) is not None


def test_dots_are_pages():
    shown = pages(3)
    assert dot_at(shown, QPointF(95, 103)) == 1 and dot_at(shown, QPointF(20, 20)) is None


def test_a_carousel_turns_as_far_as_it_goes():
    assert set(turns(pages(3, 0))) == {1} and set(turns(pages(3, 1))) == {-1, 1} and set(turns(pages(3, 2))) == {-1}
    assert turns(pages(1)) == {} and stage(pages(1)) is None and stage(pages(3)) == QRectF(0, 0, 200, 90)
    for place in turns(pages(3, 1)).values():
        assert QRectF(0, 0, 200, 90).contains(place)
