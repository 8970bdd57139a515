"""Feed and detail, held to numbers derived from the sources in the table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.mastodon import spec
from studio.platforms.mastodon.layout import layout
from studio.platforms.mastodon.shown import parted, short_address, shown_text
from studio.platforms.mastodon.when import moment, stamp
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

SQUARE = (1000, 1000)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def card(
    text: str = "hello", *, width: float = 600, theme: Any = "light", language: str = "en", surface: str = "feed",
    view: Any = None, **more: Any,
) -> Card:
    return layout(content("mastodon", text, **more), View(surface, width, theme, language, **(view or {})), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


def images(*sizes: tuple[int, int], width: float = 600, surface: str = "feed") -> list[Any]:
    made = card(pictures=[media(str(n), w, h) for n, (w, h) in enumerate(sizes)], width=width, surface=surface)
    boxes = named(made, "image:")
    left, top = boxes[0].x, boxes[0].y
    assert left == 16
    return [(b.x - left, b.y - top, pytest.approx(b.w), pytest.approx(b.h)) for b in boxes]


def test_every_number_has_a_source_and_a_day() -> None:
    for name, value in spec.SPEC.items():
        assert value.source and value.seen == "2026-11-22", name
        assert (spec.WEB in value.source) == (value.confidence == "seen"), name


def test_every_box_says_where_its_geometry_was_read() -> None:
    poll = {"poll": {"options": ["a", "b"]}}
    cards = [card("x\n" * 40 + "#a", pictures=[media()]), card("https://a.cn", surface="detail"), card(options=poll)]
    cards.append(card(options={"spoiler_text": "CW"}))
    assert not [b.name for made in cards for b in made.boxes if not b.rule]


def test_the_column_is_568_of_600() -> None:
    made = card()
    assert (one(made, "avatar").x, one(made, "avatar").w, one(made, "avatar").radius) == (16, 46, 8)
    assert (one(made, "body").x, one(made, "body").w) == (16, 568)
    assert one(made, "body").y == 16 + 46 + 10 + 2
    assert one(made, "name").x == 16 + 46 + 10 and one(made, "handle").text == "@mei.test"


@pytest.mark.parametrize(("size", "box"), [
    ((1600, 900), (568, 319.5)), ((900, 1200), (424.5, 566)), ((1080, 1920), (318.375, 566)), (SQUARE, (566, 566)),
    ((100, 1000), (120, 566)), ((5000, 100), (568, 64)), ((0, 0), (568, 319.5)),
])
def test_one_picture_keeps_its_shape_up_to_566(size: tuple[int, int], box: tuple[float, float]) -> None:
    assert images(size) == [(0, 0, box[0], box[1])]


def test_one_picture_on_a_small_screen_and_on_its_own_page() -> None:
    assert images((900, 1200), width=390)[0][2:] == (345, 460)
    assert images((900, 1200), surface="detail")[0][2:] == (568, pytest.approx(568 * 4 / 3))
    assert images((100, 1000), surface="detail")[0][2:] == (120, 1132)


def test_more_are_three_to_two_together() -> None:
    high, half, low = 568 / 1.5, 283, (568 / 1.5 - 2) / 2
    assert images(SQUARE, (300, 900)) == [(0, 0, half, high), (half + 2, 0, half, high)]
    assert images(SQUARE, SQUARE, SQUARE) == [
        (0, 0, half, high), (half + 2, 0, half, low), (half + 2, pytest.approx(low + 2), half, low),
    ]
    assert [m[2:] for m in images(*[SQUARE] * 4)] == [(half, low)] * 4


def test_sixteen_pictures_show_four_and_how_many_more() -> None:
    made = card(pictures=[media(str(n)) for n in range(16)])
    assert len(named(made, "image:")) == 4 and one(made, "others:4").text == "+12"


def test_badges_stand_in_the_corner_from_right_to_left() -> None:
    made = card(pictures=[media("v.mp4", kind="video", duration=Fraction(65))])
    clip, alt, time = one(made, "video:1"), one(made, "alt:1"), one(made, "duration:1")
    assert (alt.text, time.text) == ("ALT", "1:05")
    assert time.x + time.w == clip.x + clip.w - 8 and time.y + time.h == clip.y + clip.h - 8
    assert alt.x + alt.w == time.x - 4


def test_a_warning_hides_everything_but_itself() -> None:
    made = card("secret", pictures=[media()], options={"spoiler_text": "剧透"}, language="zh_CN")
    assert one(made, "warning").text == "剧透" and one(made, "show").text == "显示更多"
    assert not named(made, "body") and not named(made, "image:")


def test_sensitive_media_are_veiled() -> None:
    made = card("x", pictures=[media("a"), media("b")], options={"sensitive": True}, language="zh_TW")
    assert one(made, "sensitive").text == "敏感內容" and not named(made, "image:")
    assert one(made, "veil").w == 568 and one(made, "veil").h == pytest.approx(568 / 1.5)


def test_more_than_thirty_two_lines_fold_to_fifteen() -> None:
    open_, folded = card("x\n" * 31 + "x"), card("x\n" * 32 + "x")
    assert not one(open_, "body").folded and not named(open_, "more")
    assert one(folded, "body").folded and len(one(folded, "body").lines) == 15
    assert one(folded, "more").text == "Read more"
    assert not one(card("x\n" * 99, surface="detail"), "body").folded


@pytest.mark.parametrize(("address", "shown"), [
    ("https://example.com", "example.com"), ("https://www.example.com/a", "example.com/a"),
    ("http://example.com/" + "a" * 18, "example.com/" + "a" * 18),
    ("https://example.com/" + "a" * 19, "example.com/" + "a" * 18 + "…"),
])
def test_addresses_are_shown_short(address: str, shown: str) -> None:
    assert short_address(address) == shown


def test_what_is_shown_is_marked() -> None:
    text, runs = shown_text("看 https://www.example.com/ 和 @mei@social.test #咖啡\n\n\n\nend")
    assert text == "看 example.com/ 和 @mei #咖啡\n\nend"
    assert [text[r.start : r.end] for r in runs] == ["example.com/", "@mei", "#咖啡"]


@pytest.mark.parametrize(("text", "media", "body", "chips"), [
    ("hello\n#a #b", False, "hello", ("a", "b")), ("hello\n\n#a #A #b", False, "hello", ("a", "b")),
    ("hello #b\n#a #b", False, "hello #b", ("a",)), ("#a #b", False, "#a #b", ()), ("#a #b", True, "", ("a", "b")),
    ("hello\n#a and", False, "hello\n#a and", ()), ("hello #a", False, "hello #a", ()),
])
def test_the_last_line_of_tags_becomes_chips(text: str, media: bool, body: str, chips: tuple[str, ...]) -> None:
    found = parted(text, media)
    assert (found.text, found.chips) == (body, chips)


def test_three_chips_and_how_many_more() -> None:
    made = named(card("x", tags=("a", "b", "c", "d", "e")), "chip:")
    assert [b.text for b in made] == ["#a", "#b", "#c", "…and 2 more"]
    assert all(b.h == 24 for b in made) and made[1].x == made[0].x + made[0].w + 6


def test_a_link_makes_a_card_where_there_is_no_media() -> None:
    made = card("x", link="https://www.a.cn/x")
    frame = one(made, "link")
    assert (frame.x, frame.w, frame.h, frame.radius) == (16, 568, 120, 8)
    assert [one(made, f"link.{n}").text for n in ("host", "title")] == ["a.cn", "a.cn/x"]
    assert not named(card("x https://a.cn", pictures=[media()]), "link")


def test_a_poll_shows_its_options() -> None:
    made = card("茶还是咖啡", options={"poll": {"options": ["茶", "咖啡"], "multiple": True}}, language="zh_CN")
    assert [one(made, f"poll:{n}").text for n in (1, 2)] == ["茶", "咖啡"] and one(made, "poll.votes").text == "0 票"
    assert one(made, "poll.mark:1").radius == 3


@pytest.mark.parametrize(("visibility", "icon"), [
    ("", "globe"), ("unlisted", "moon"), ("private", "lock"), ("direct", "at-sign"), ("odd", "globe"),
])
def test_who_sees_it_is_shown(visibility: str, icon: str) -> None:
    for surface in ("feed", "detail"):
        assert one(card(options={"visibility": visibility}, surface=surface), "visibility").icon == icon


def test_the_actions_stand_in_order() -> None:
    made = named(card(language="zh_CN"), "action:")
    assert [b.text for b in made] == ["回复", "转嘟", "喜欢", "添加到书签", "更多"]
    assert made[0].x == 16 and made[-1].x + made[-1].w == pytest.approx(584) and len({b.y for b in made}) == 1


def test_every_icon_is_there() -> None:
    from studio.ui.icons import NAMES

    drawn = {b.icon for surface in ("feed", "detail") for b in card("https://a.cn", surface=surface).boxes if b.icon}
    assert drawn | set(spec.SEEN_BY.values()) <= NAMES


def test_a_long_name_leaves_the_time_in_place() -> None:
    made = card(name="很长的名字" * 30)
    assert one(made, "name").text.endswith("…") and one(made, "time").x + one(made, "time").w <= 584 + 1e-6


def test_labels_are_in_three_languages() -> None:
    assert all(label.en and label.zh_CN and label.zh_TW for label in spec.LABELS.values())


def test_text_can_be_read() -> None:
    for tokens in (spec.tokens("light"), spec.tokens("dark")):
        for ink, ground in (("text", "card"), ("muted", "card"), ("link", "card"), ("brand", "card"), ("faint", "card"),
                            ("on-badge", "badge"), ("on-chip", "chip"), ("text", "fill"), ("muted", "fill")):
            assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    assert set(spec.tokens("light")) == set(spec.tokens("dark"))


OPTIONS = st.sampled_from([
    {}, {"spoiler_text": "很长的警告" * 20}, {"sensitive": True}, {"poll": {"options": ["a" * 50, "选项" * 25, "c"]}},
    {"visibility": "direct"},
])


@given(TEXTS, pictures(6), st.sampled_from([600, 390, 375, 320]), st.sampled_from(["feed", "detail"]), OPTIONS,
       st.sampled_from([(), ("a", "很长的标签" * 12, "c", "d")]), st.sampled_from(["", "Mei", "名" * 60]))
def test_any_card_is_sound(
    text: str, shown: Any, width: int, surface: str, options: Any, tags: tuple[str, ...], name: str
) -> None:
    more = {"pictures": shown, "options": options, "tags": tags, "name": name, "surface": surface, "width": width}
    light = card(text, **more)
    assert_sound(light)
    dark = card(text, theme="dark", **more)
    assert geometry(light) == geometry(dark) and light.tokens != dark.tokens


@given(TEXTS)
def test_a_wider_card_has_no_more_lines(text: str) -> None:
    wide, narrow = (named(card(text, width=w, surface="detail"), "body") for w in (600, 375))
    assert [len(b.lines) for b in wide] <= [len(b.lines) for b in narrow]


def test_the_fold_is_a_height() -> None:
    """32 lines of 22 px are whole; where the reader has text twice as large, 16 are, and 7 stay."""
    large = {"text": 2.0}
    assert not one(card("x\n" * 15 + "x", view=large), "body").folded
    assert len(one(card("x\n" * 16 + "x", view=large), "body").lines) == 7


def test_unfolded_shows_what_was_hidden() -> None:
    view = {"unfolded": True}
    assert not one(card("x\n" * 99, view=view), "body").folded
    opened = card("secret", pictures=[media()], options={"spoiler_text": "剧透"}, view=view)
    assert one(opened, "show").text == "Hide post" and one(opened, "body").text == "secret" and one(opened, "image:1")


def test_pictures_can_be_hidden_and_only_outer_corners_are_round() -> None:
    made = card(pictures=[media(str(n)) for n in range(4)])
    pill = one(made, "hide")
    assert (pill.x + pill.w, pill.y) == (16 + 568 - 6, one(made, "image:1").y + 6)
    assert [sum(b.corners or ()) for b in named(made, "image:")] == [1, 1, 1, 1]
    assert not named(card(pictures=[media("v.mp4", kind="video")]), "hide")
    assert one(card(pictures=[media("a.gif")]), "gif:1").text == "GIF"


@pytest.mark.parametrize(("ago", "says"), [
    (timedelta(seconds=9), "now"), (timedelta(seconds=59), "59s"), (timedelta(minutes=59), "59m"),
    (timedelta(hours=23), "23h"), (timedelta(days=6), "6d"), (timedelta(days=7), "Nov 17"),
    (timedelta(days=365), "Nov 24, 2025"),
])
def test_times(ago: timedelta, says: str) -> None:
    assert stamp(NOW - ago, NOW, "en") == says
    assert one(card(view={"posted": NOW - ago, "now": NOW}), "time").text == says


def test_the_moment_on_its_own_page() -> None:
    assert moment(NOW, "en") == "Nov 24, 2026, 9:30 AM" and moment(NOW, "zh_CN") == "2026年11月24日 09:30"
    assert moment(NOW.replace(hour=0), "en").endswith("12:30 AM") and moment(None, "zh_TW") == "剛剛"
    assert one(card(surface="detail", view={"posted": NOW}), "time").text == "Nov 24, 2026, 9:30 AM"
