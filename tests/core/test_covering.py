import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, Font, Line
from studio.core.covering import Part, covers, findings, frame_of, hidden, laid_over, moment, on_card, on_screen, short
from studio.core.safezone import HEIGHT, WIDTH, SafeZone, box
from studio.core.words import Words

ZONE = SafeZone(
    Words("Full", "全屏", "全螢幕"), box(60, 160, 900, 1500), ((1000, 1200, 50),), ((60, 1700, 400, 60),), "measured",
    "a test", "2026-11-30",
)
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)


def part(kind, x, y, w, h, at=0.0, text="Old town"):
    """In px of a portrait film."""
    return Part(kind, at, (x / WIDTH, y / HEIGHT, w / WIDTH, h / HEIGHT), text)


@pytest.mark.parametrize("box_, by", [
    ((960, 1100, 100, 200), "buttons"), ((40, 1690, 500, 90), "words"), ((0, 0, 300, 100), "edge"),
    ((940, 300, 100, 60), "edge"), ((940, 1160, 140, 600), "buttons"),
])
def test_what_covers_it(box_, by):
    assert covers(ZONE, box_) == by
    (found,) = hidden([part("title", *box_)], *PORTRAIT, ZONE)
    assert found.by == by


def test_what_lies_in_the_safe_area_is_not_covered():
    assert hidden([part("title", 60, 160, 840, 1340), part("caption", 100, 900, 700, 80)], *PORTRAIT, ZONE) == []


def test_of_a_face_its_middle_must_be_seen():
    assert hidden([part("face", 20, 120, 300, 300)], *PORTRAIT, ZONE) == []  # its hair is at the edge
    (found,) = hidden([part("face", 700, 1000, 350, 350)], *PORTRAIT, ZONE)
    assert found.part.kind == "face" and found.by == "buttons"


def test_a_film_of_another_shape_lies_in_the_middle_of_the_screen():
    assert on_screen((0, 0, 1, 1), *LANDSCAPE) == pytest.approx((0, 656.25, 1080, 607.5))
    assert on_screen((0, 0, 1, 1), 1080, 1080) == pytest.approx((0, 420, 1080, 1080))
    assert on_screen((0, 0, 1, 1), 1000, 4000) == pytest.approx((300, 0, 480, 1920))
    low = Part("caption", 0, (0.9, 0.9, 0.1, 0.1), "x")
    assert [one.by for one in hidden([low], *LANDSCAPE, ZONE)] == ["buttons"]


def test_one_remark_for_each_kind_and_what_covers_it():
    parts = [
        part("caption", 950, 1150, 90, 40, 3.4, "老城慢走"), part("caption", 950, 1150, 90, 40, 9, "later"),
        part("title", 0, 0, 400, 90, 61, "Up"), part("face", 950, 1150, 90, 90, 2),
        part("focus", 100, 1700, 80, 80, 0),
    ]
    said = {f.code: f for f in findings(hidden(parts, *PORTRAIT, ZONE), "douyin", "media[0]", "a source")}
    assert set(said) == {
        "covered.caption.buttons.many", "covered.title.edge", "covered.face.buttons", "covered.focus.words"}
    many = said["covered.caption.buttons.many"]
    assert dict(many.values) == {
        "platform": "douyin", "at": "0:03", "seconds": 3.4, "text": "老城慢走", "count": 2}
    assert said["covered.title.edge"].values["at"] == "1:01"
    assert {(f.field, f.severity, f.source) for f in said.values()} == {("media[0]", "warning", "a source")}


@pytest.mark.parametrize("seconds, written", [
    (0, "0:00"), (3.99, "0:03"), (59, "0:59"), (760, "12:40"), (3723, "1:02:03"), (-1, "0:00"),
])
def test_moments(seconds, written):
    assert moment(seconds) == written


def test_a_long_title_is_told_by_its_beginning():
    assert short("a\n b") == "a b" and short("") == ""
    assert len(short("word " * 50)) <= 24 and short("word " * 50).endswith("…")


def screen(*boxes, crop=(0.0, 0.0, 1.0, 1.0)):
    """A card of 540 x 960 px, half as large as the screen that zones are told in."""
    ground = Box("card", "card", 0, 0, 540, 960)
    stage = Box("fill", "stage", 0, 0, 540, 960, crop=crop)
    film = Box("video", "video:1", 0, 0, 540, 960, media="m")
    return Card("p", "s", "light", 540, 960, (ground, stage, film, *boxes), {}, "2026-11-22")


def words(x, y, w, *lines, align="left"):
    return Box("text", "body", x, y, w, 20.0 * len(lines), text="x", font=Font(14, 20), align=align,
               lines=tuple(Line(0, 1, wide) for wide in lines))


def test_what_a_card_lays_over_its_film_is_as_wide_as_its_words():
    over = laid_over(screen(words(20, 700, 400, 100, 60), words(20, 800, 400, 100, align="right"),
                            Box("icon", "action:like", 480, 500, 40, 40, icon="heart"),
                            Box("shade", "shade", 0, 500, 540, 460), words(20, 900, 400, 0)))
    assert over == [
        ("words", (40, 1400, 200, 80)), ("words", (640, 1600, 200, 40)), ("buttons", (960, 1000, 80, 80)),
        ("words", (40, 1800, 0, 40)),
    ]
    assert laid_over(Card("p", "s", "light", 9, 9, (Box("icon", "x", 0, 0, 9, 9),), {}, "")) == []


def test_a_title_under_the_words_of_the_card_is_covered_though_the_zone_lets_it_be():
    title = part("title", 100, 1380, 300, 60)
    assert hidden([title], *PORTRAIT, ZONE) == []
    card = screen(words(20, 700, 400, 100))
    assert [one.by for one in hidden([title], *PORTRAIT, ZONE, card)] == ["words"]
    assert hidden([part("title", 400, 1380, 300, 60)], *PORTRAIT, ZONE, card) == [], "beside them"
    assert [one.by for one in hidden([part("face", 0, 0, 100, 100)], *PORTRAIT, ZONE, card)] == ["edge"]
    low = screen(Box("icon", "action:like", 480, 900, 40, 40, icon="heart"))
    at_foot = part("face", 900, 1780, 150, 120)
    assert [one.by for one in hidden([at_foot], *PORTRAIT, ZONE, low)] == ["buttons"], "what is seen there is named"
    assert [one.by for one in hidden([at_foot], *PORTRAIT, ZONE)] == ["edge"]


def test_on_a_card_the_film_lies_as_it_does_there():
    """A square film that fills the screen shows its middle."""
    film = Box("video", "video:1", 0, 0, 540, 960, media="m", crop=(0.21875, 0.0, 0.5625, 1.0))
    assert on_card((0.21875, 0.0, 0.5625, 1.0), film, (0, 0, 0.5)) == pytest.approx((0, 0, 1080, 1920))
    assert on_card((0.5, 0.5, 0.1, 0.1), film, (0, 0, 0.5)) == pytest.approx((540, 960, 192, 192))
    assert on_card((0, 0, 1, 1), Box("video", "v", 0, 328, 540, 304, media="m"), (0, 0, 0.5)) == pytest.approx(
        (0, 656, 1080, 608))


def test_where_the_upright_picture_lies_on_a_card():
    assert frame_of(screen()) == (0, 0, 0.5)
    assert frame_of(screen(crop=(0.25, 0.0, 0.5, 1.0))) == (-270, 0, 1.0)
    plain = Card("p", "s", "light", 540, 480, (), {}, "2026-11-22")
    assert frame_of(plain) == (0, -240, 0.5)


shares = st.floats(0, 1, allow_nan=False)


@given(shares, shares, shares, shares, st.integers(1, 8000), st.integers(1, 8000))
def test_what_lies_in_the_picture_lies_on_the_screen(x, y, w, h, width, height):
    left, top, wide, high = on_screen((x * (1 - w), y * (1 - h), w, h), width, height)
    assert left > -0.01 and top > -0.01 and left + wide < WIDTH + 0.01 and top + high < HEIGHT + 0.01


@given(shares, shares, shares, shares)
def test_whatever_is_covered_is_not_held_and_the_other_way_round(x, y, w, h):
    one = Part("title", 0, (x, y, w, h), "t")
    covered = hidden([one], *PORTRAIT, ZONE)
    assert bool(covered) is not ZONE.holds(on_screen(one.box, *PORTRAIT))
