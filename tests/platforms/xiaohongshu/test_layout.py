from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Card, View
from studio.core.post import Content
from studio.platforms import get
from studio.platforms.xiaohongshu import spec
from studio.platforms.xiaohongshu.layout_strip import ratio
from studio.platforms.xiaohongshu.times import said
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, named, pictures

NOTE = get("xiaohongshu")


def draw(
    what: Content, width: float = 375.0, theme: str = "light", language: str = "zh_CN", surface: str = "note",
    **view: Any,
) -> Card:
    return NOTE.layout(what, View(surface, width, theme, language, **view), Ruler())  # type: ignore[arg-type]


def note(text: str = "周末好去处", **more: Any) -> Content:
    return content("xiaohongshu", text, **{"mode": "assisted", **more})


@given(
    TEXTS, pictures(18), st.sampled_from(["", "标题", "x" * 60]), st.sampled_from([375.0, 412.0, 240.0, 160.0, 900.0]),
    st.sampled_from([s.id for s in NOTE.surfaces]), st.sampled_from([0.85, 1.0, 1.6]), st.integers(0, 20),
)  # fmt: skip
def test_any_note_is_sound(text, shown, title, width, surface, size, page) -> None:
    what = note(text, title=title, pictures=shown, tags=("咖啡",))
    assert_sound(draw(what, width, surface=surface, text=size, page=page, others=tuple(reversed(shown))))


@pytest.mark.parametrize(("size", "shape"), [
    ((1200, 900), 4 / 3), ((900, 1200), 3 / 4), ((1000, 1000), 1.0), ((4000, 300), 4 / 3), ((100, 1000), 3 / 4),
    ((0, 0), 3 / 4),
])
def test_the_first_one_gives_the_shape(size: tuple[int, int], shape: float) -> None:
    first = media("a", *size)
    assert ratio([first]) == pytest.approx(shape)
    card = draw(note(pictures=[first, media("b", 100, 1000)]))
    (strip,) = named(card, "image:")
    assert (strip.x, strip.w, strip.media) == (0, 375, first.media)
    assert strip.h == pytest.approx(375 / shape)


def test_the_others_are_counted() -> None:
    several = draw(note(pictures=[media(str(n)) for n in range(3)]))
    assert [b.text for b in named(several, "number")] == ["1/3"]
    assert [b.token for b in named(several, "dot:")] == ["dot.on", "dot", "dot"]
    alone = draw(note(pictures=[media()]))
    assert not named(alone, "number") and not named(alone, "dot:")
    clip = draw(note(pictures=[media("a.mp4", 1080, 1920, kind="video")]))
    assert [b.kind for b in named(clip, "video:")] == ["video"]


def test_what_stands_there_is_what_is_handed_over() -> None:
    what = note("去了 #旧书店 和 @阿梅 https://a.cn", title="周末", tags=("咖啡", "two words"), link="https://a.cn/x",
                pictures=[media()])
    card = draw(what)
    (body,), (title,) = named(card, "body"), named(card, "title")
    handed = {piece.name: piece.text for piece in NOTE.handoff(what).pieces}
    assert body.text == f"{handed['text']}\n{handed['tags']}" and title.text == handed["title"]
    assert [body.text[r.start : r.end] for r in body.runs] == ["#旧书店", "@阿梅", "#咖啡"]
    assert not body.folded and card.height == card.boxes[0].h


def test_a_face_is_drawn_and_an_address_is_plain() -> None:
    (body,) = named(draw(note("好[笑哭R] [笑哭] https://a.cn/#x #咖啡[偷笑R]")), "body")
    assert body.text == "好〓 [笑哭] https://a.cn/#x #咖啡〓"
    assert [body.text[r.start : r.end] for r in body.runs] == ["〓", "#咖啡", "〓"]
    icons = named(draw(note("好[笑哭R]")), "face.icon")
    assert [(b.icon, b.token, b.x, b.w) for b in icons] == [("smile", "face", 32, 16)]


def test_every_text_can_be_read() -> None:
    for theme, tokens in {"light": spec.tokens("light"), "dark": spec.tokens("dark")}.items():
        assert set(tokens) == set(spec.tokens("light"))
        for name in ("text", "muted", "link"):
            assert contrast(tokens[name], tokens["card"]) >= 4.5, (theme, name)
        assert contrast(tokens["muted"], tokens["fill"]) >= 4.5, theme
        assert contrast(tokens["on-badge"], tokens["badge"]) >= 4.5


def test_many_pictures_have_few_dots_around_the_one_shown() -> None:
    card = draw(note(pictures=[media(str(n)) for n in range(500)]), page=250)
    assert (card.pages, card.page) == (500, 250) and named(card, "number")[0].text == "251/500"
    assert [b.name for b in named(card, "dot:")] == [f"dot:{n}" for n in range(247, 256)]
    (on,) = [b for b in named(card, "dot:") if b.token == "dot.on"]
    assert on.name == "dot:251" and on.x + on.w / 2 == pytest.approx(375 / 2)


def test_the_others_are_shown_whole() -> None:
    card = draw(note(pictures=[media("a", 1000, 1000), media("b", 1000, 500)]), page=1)
    (second,) = named(card, "image:")
    assert (second.name, second.w, second.h, second.crop) == ("image:2", 375, 187.5, (0.0, 0.0, 1.0, 1.0))
    assert second.y == 48 + (375 - 187.5) / 2


def test_a_clip_is_dark_in_both_looks_and_its_words_lie_over_its_foot() -> None:
    film = media("a.mp4", 1080, 1920, kind="video")
    light, dark = (draw(note("去 #咖啡 吧", title="旧书店", pictures=[film]), theme=t, surface="clip")
                   for t in ("light", "dark"))
    assert light.tokens["screen"] == dark.tokens["screen"] and light.boxes[0].token == "screen"
    (body,), (stage,), (field,) = named(light, "body"), named(light, "stage"), named(light, "field")
    assert stage.y + stage.h == 728 > body.y + body.h and field.y > 728
    assert [(body.text[r.start : r.end], r.weight) for r in body.runs] == [("#咖啡", 600)]
    assert named(draw(note(pictures=[media()]), surface="clip"), "no_media") and light.confidence == "recalled"
    grown = draw(note("周末\n" * 100, pictures=[film]), surface="clip", unfolded=True)
    assert grown.height > 812 and named(grown, "body")[0].text.endswith("收起")


def test_the_feed_has_others_around_it() -> None:
    others = (media("o1", 1000, 1000), media("o2", 1080, 1920, kind="video"))
    card = draw(note(pictures=[media("mine", 900, 1200)], title="旧书店"), surface="waterfall", others=others)
    assert [b.media for b in named(card, "cell:")] == [others[0].media, others[1].media, ""]
    assert {b.name for b in named(card, "play")} == {"play:3", "play:3.ground"}
    grounds = named(card, "ground:")
    assert [b.x for b in grounds] == [5, 190, 190, 5] and {b.w for b in grounds} == {180}
    assert grounds[2].y == pytest.approx(grounds[1].y + grounds[1].h + 5) and card.height == max(
        b.y + b.h for b in grounds
    ) + 5
    assert card.pages == 1 and card.boxes[0].token == "page"


def test_a_profile_has_the_newest_first() -> None:
    others = tuple(media(f"o{n}") for n in range(9))
    card = draw(note(pictures=[media("mine")]), surface="profile", others=others)
    shown = [b.media for b in named(card, "cell:")]
    assert shown == [media("mine").media, *(each.media for each in others[:5])]
    assert NOTE.profile is not None and (NOTE.profile.columns, NOTE.profile.ratio) == (2, 0)


def test_on_the_web_the_words_are_beside_it_and_its_bar_at_the_bottom() -> None:
    short = draw(note(pictures=[media("a", 900, 1200)]), 900.0, surface="desktop")
    picture, body, like = (next(b for b in short.boxes if b.name == n) for n in ("image:1", "body", "action:like"))
    assert picture.w == 476 and body.x == 500 and short.height == pytest.approx(picture.h)
    assert like.y > body.y and like.y + like.h < short.height
    long = draw(note("周末" * 2000, pictures=[media("a", 900, 1200)]), 900.0, surface="desktop")
    picture = named(long, "image:1")[0]
    assert long.height > picture.h and picture.y == pytest.approx((long.height - picture.h) / 2)


def test_when_it_was_posted() -> None:
    now = datetime(2026, 11, 24, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    times = [timedelta(seconds=-9), timedelta(seconds=59), timedelta(minutes=2), timedelta(hours=2), timedelta(days=6),
             timedelta(days=7), timedelta(days=400)]
    assert [said((now - ago).astimezone(UTC), now, "zh_CN") for ago in times] == [
        "刚刚", "刚刚", "2分钟前", "昨天 22:30", "6天前", "11-17", "2025-10-20",
    ]
    assert said(now, now.replace(hour=23), "en") == "23 h ago" and said(None, now, "en") == "just now"


def test_every_number_has_its_source() -> None:
    ours = {name: value for name, value in spec.SPEC.items() if value.source != spec.SCREENS}
    assert all(value.confidence in ("third-party", "recalled") for value in ours.values())
    assert draw(note()).confidence == "third-party"
    foot = [box.text for box in named(draw(note(), language="zh_TW"), "action:")]
    assert foot == ["讚", "收藏", "評論"] and [b.icon for b in named(draw(note()), "action:")] == [
        "heart", "star", "message-circle",
    ]
