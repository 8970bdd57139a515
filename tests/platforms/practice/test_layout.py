from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.practice import spec
from studio.platforms.practice.layout import columns, layout
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

CSS = (Path(spec.__file__).parent / "page.css").read_text("utf-8")


def card(text: str = "hello", *, width: float = 640, theme: Any = "light", language: str = "en", **more: Any) -> Card:
    return layout(content("practice", text, **more), View("page", width, theme, language), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


def rule(selector: str) -> str:
    found = re.search(rf"(?m)^{re.escape(selector)} {{(.*?)}}", CSS, re.DOTALL)
    assert found, selector
    return found[1]


@pytest.mark.parametrize(("selector", "written"), [
    ("article", "border-radius: {radius}px"), ("article", "padding: {pad.y}px {pad.x}px"),
    ("article", "border: {border}px solid"), ("h2", "font-size: {title.size}px"), ("h2", "margin: 0 0 {title.gap}px"),
    (".media", "gap: {media.gap}px"), (".media", "margin-top: {media.top}px"), ("body", "font: {text.size}px/1.7"),
    (".link", "padding: {link.pad.y}px {link.pad.x}px"), (".link", "border-radius: {link.radius}px"),
    (".link", "font-size: {link.size}px"), ("details", "font-size: {alt.size}px"),
    ("footer", "font-size: {foot.size}px"), ("footer", "margin-top: {foot.top}px"),
    (".tags", "margin: {tags.top}px 0 0"), (".tags", "font-size: {tags.size}px"),
    (".media.n1 img, .media.n1 video", "max-height: {one.most}px"),
])
def test_the_card_has_the_numbers_of_the_page(selector: str, written: str) -> None:
    wanted = re.sub(r"{([\w.]+)}", lambda m: f"{spec.SPEC[m[1]].value:g}", written)
    assert wanted in " ".join(rule(selector).split())


@pytest.mark.parametrize(("name", "token"), [
    ("sheet", "card"), ("ink", "text"), ("soft", "muted"), ("line", "line"), ("accent", "link"),
])
def test_the_card_has_the_colours_of_the_page(name: str, token: str) -> None:
    light, dark = (re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", c) for c in re.findall(rf"--{name}: (#\w+)", CSS))
    assert (light, dark) == (spec.tokens("light")[token], spec.tokens("dark")[token])


def test_every_number_has_a_source() -> None:
    assert all(value.source.startswith("page.css") for value in spec.SPEC.values())
    assert all(box.rule for box in card(title="T", pictures=[media()], link="https://a.cn", tags=("a",)).boxes)


def test_text_can_be_read() -> None:
    for tokens in (spec.tokens("light"), spec.tokens("dark")):
        assert all(contrast(tokens[name], tokens["card"]) >= 4.5 for name in ("text", "muted", "link"))


def test_the_parts_stand_in_order() -> None:
    made = card("text https://a.cn/x", title="T", pictures=[media()], link="https://b.cn", tags=("#咖啡", "x"))
    assert [b.name for b in made.boxes] == [
        "card", "title", "body", "image:1", "alt:1", "link", "link.address", "tags", "time",
    ]
    assert one(made, "tags").text == "#咖啡  #x" and one(made, "body").runs[0].start == 5
    assert one(card(language="zh_TW", pictures=[media()]), "alt:1").text == "▸ 圖片說明"


@pytest.mark.parametrize(("number", "across"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (18, 3)])
def test_rows_of_squares(number: int, across: int) -> None:
    made = named(card(pictures=[media(str(n), alt="") for n in range(number)]), "image:")
    assert len(made) == number and columns(number) == len({b.x for b in made}) == across
    assert number == 1 or all(b.w == b.h for b in made)


def test_a_single_picture_is_whole() -> None:
    wide, tall = (named(card(pictures=[media("a", *size)]), "image:")[0] for size in ((1600, 900), (100, 1000)))
    assert wide.h == pytest.approx(wide.w * 9 / 16)
    assert wide.crop == (0.0, 0.0, 1.0, 1.0)
    assert tall.h == 720 and tall.w == pytest.approx(72)


def test_a_clip_is_a_clip() -> None:
    made = card(pictures=[media("a"), media("b", kind="video", width=0, height=0)])
    assert [b.kind for b in made.boxes if b.media] == ["image", "video"]


@given(TEXTS, pictures(9), st.sampled_from([640, 375, 320]), st.sampled_from(["", "https://a.cn/" + "x" * 90]),
       st.sampled_from(["", "很长的标题" * 40]))
def test_any_card_is_sound(text: str, shown: Any, width: int, link: str, title: str) -> None:
    given_ = {"pictures": shown, "link": link, "title": title}
    light = card(text, width=width, **given_)
    assert_sound(light)
    assert geometry(light) == geometry(card(text, width=width, theme="dark", **given_))
