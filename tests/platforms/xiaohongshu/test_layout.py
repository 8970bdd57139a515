from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Card, View
from studio.core.post import Content
from studio.platforms import get
from studio.platforms.xiaohongshu import spec
from studio.platforms.xiaohongshu.layout import ratio
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, named, pictures

NOTE = get("xiaohongshu")


def draw(what: Content, width: float = 375.0, theme: str = "light", language: str = "zh_CN") -> Card:
    return NOTE.layout(what, View("note", width, theme, language), Ruler())  # type: ignore[arg-type]


def note(text: str = "周末好去处", **more: Any) -> Content:
    return content("xiaohongshu", text, **{"mode": "assisted", **more})


@given(TEXTS, pictures(18), st.sampled_from(["", "标题", "x" * 60]), st.sampled_from([375.0, 390.0, 412.0, 240.0]))
def test_any_note_is_sound(text, shown, title, width) -> None:
    assert_sound(draw(note(text, title=title, pictures=shown, tags=("咖啡",)), width))


@pytest.mark.parametrize(("size", "shape"), [
    ((1200, 900), 4 / 3), ((900, 1200), 3 / 4), ((1000, 1000), 1.0), ((4000, 300), 4 / 3), ((100, 1000), 3 / 4),
    ((0, 0), 3 / 4),
])
def test_the_first_one_gives_the_shape(size: tuple[int, int], shape: float) -> None:
    first = media("a", *size)
    assert ratio(first) == pytest.approx(shape)
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


def test_every_text_can_be_read() -> None:
    for theme, tokens in {"light": spec.tokens("light"), "dark": spec.tokens("dark")}.items():
        assert set(tokens) == set(spec.tokens("light"))
        for name in ("text", "muted", "link"):
            assert contrast(tokens[name], tokens["card"]) >= 4.5, (theme, name)
        assert contrast(tokens["muted"], tokens["fill"]) >= 4.5, theme
        assert contrast(tokens["on-badge"], tokens["badge"]) >= 4.5


def test_every_number_has_its_source() -> None:
    assert all(value.source and value.confidence in ("third-party", "recalled") for value in spec.SPEC.values())
    assert draw(note()).confidence == "third-party"
    foot = [box.text for box in named(draw(note(), language="zh_TW"), "action:")]
    assert foot == ["讚", "收藏", "評論"] and [b.icon for b in named(draw(note()), "action:")] == [
        "heart", "star", "message-circle",
    ]
