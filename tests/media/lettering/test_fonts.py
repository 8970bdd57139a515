"""The chain of fonts, with the studio's own alone and with what a machine has."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media.lettering.fonts import Fonts, loaded, machine, order, script_of

OWN = Path(__file__).resolve().parents[3] / "assets" / "fonts"


@pytest.fixture(scope="module")
def bare() -> Fonts:
    """A machine without a single font."""
    return Fonts([Path("/nowhere")], OWN)


@pytest.mark.parametrize(("char", "script", "family"), [
    ("A", "", "inter yigao"), ("“", "", "inter yigao"), ("“", "SC", "noto sans sc yigao"),
    ("好", "SC", "noto sans sc yigao"),
    ("好", "TC", "noto sans tc yigao"), ("麵", "TC", "noto sans tc yigao"), ("A", "SC", "inter yigao cjk"),
    ("\U0010fffd", "", "inter yigao"), ("ж", "", "inter yigao"),
])  # fmt: skip
def test_the_studios_own_fonts_are_enough_for_chinese(bare, char, script, family):
    face = bare.pick(char, "", 600, script)
    assert face is not None and family in face.families


def test_the_weight_nearest_to_the_wanted_one_is_taken(bare):
    assert [bare.pick("A", "", weight, "").weight for weight in (100, 400, 500, 600, 900)] == [400, 400, 500, 600, 600]
    assert [bare.pick("好", "", weight, "SC").weight for weight in (400, 700)] == [400, 700]


def test_without_any_font_there_is_nothing(tmp_path):
    empty = Fonts([], tmp_path)
    assert empty.pick("A", "", 400, "") is None and empty.families() == []


def test_a_family_that_is_named_comes_first():
    assert next(order("Own Font", "SC")) == "own font"
    assert next(iter(order("Own Font", "SC", coloured=True))) == "apple color emoji"
    names = list(order("", "TC"))
    assert names.index("pingfang tc") < names.index("pingfang sc") < names.index("dejavu sans")


@pytest.mark.parametrize(("text", "script"), [
    ("Hello", ""), ("今天", "SC"), ("麵包店", "TC"), ("こんにちは世界", "JP"), ("안녕 世界", "KR"),
    ("面包 bread", "SC"),
    ("體驗", "TC"),
])  # fmt: skip
def test_whose_shapes_a_text_takes(text, script):
    assert script_of(text) == script


def test_the_fonts_of_this_machine_can_all_be_opened():
    for face in machine().every[:40]:
        if not face.strikes:
            assert loaded(face, 20.5, 600).getlength("A") >= 0
    names = machine().families()
    assert names == sorted(set(names), key=str.casefold) and not any("yigao" in name.lower() for name in names)
    assert all(name.lower() in machine().by_family for name in names)
