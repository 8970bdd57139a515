"""Styles to start from: how words on short videos usually look. Each is data; a person's own begins as a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.title import TextStyle, Title
from studio.core.words import Words

For = Literal["title", "caption"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A named style with the animations that go with it. use: what it is offered for first."""

    name: str
    label: Words
    use: For
    style: TextStyle
    enter: str = ""
    leave: str = ""

    def title(self, text: str) -> Title:
        """Words in this style."""
        return Title(text, self.style, self.name, (), self.enter, self.leave)


CLEAN = TextStyle(
    size=68, weight=700, place="lower", shadow="#000000cc", shadow_blur=10, highlight="#ffd84a", width=0.8
)
_ALL = (
    Preset("caption", Words("Caption", "字幕", "字幕"), "caption", CLEAN),
    Preset(
        "outlined", Words("Outlined caption", "描边字幕", "描邊字幕"), "caption",
        TextStyle(size=70, weight=700, place="lower", outline="#000000", outline_width=6, shadow="", width=0.82,
                  highlight="#ffd84a"),
    ),
    Preset(
        "boxed", Words("Boxed caption", "底框字幕", "底框字幕"), "caption",
        TextStyle(size=60, weight=600, place="lower", shadow="", box="#000000b3", box_padding=26, box_radius=18,
                  width=0.78, highlight="#ffd84a"),
    ),
    Preset(
        "karaoke", Words("Word highlight", "逐词高亮", "逐詞高亮"), "caption",
        TextStyle(size=84, weight=800, place="lower", outline="#111111", outline_width=7, shadow="#00000080",
                  shadow_blur=6, shadow_offset=6, width=0.8, highlight="#3dff8b", line_height=1.15),
        enter="pop",
    ),
    Preset(
        "spoken", Words("Words as spoken", "随说随现", "隨說隨現"), "caption",
        TextStyle(size=72, weight=700, place="lower", shadow="#000000cc", shadow_blur=12, width=0.8), enter="words",
    ),
    Preset(
        "subtitle", Words("Film subtitle", "影片字幕", "影片字幕"), "caption",
        TextStyle(size=50, weight=500, place="bottom", outline="#000000", outline_width=3, shadow="", width=0.9),
    ),
    Preset(
        "headline", Words("Headline", "大标题", "大標題"), "title",
        TextStyle(size=130, weight=800, place="upper", shadow="#00000099", shadow_blur=18, line_height=1.08),
        enter="rise", leave="fade",
    ),
    Preset(
        "banner", Words("Banner", "横幅标题", "橫幅標題"), "title",
        TextStyle(size=88, weight=700, place="upper", shadow="", box="#ff5a3c", box_padding=34, box_radius=20,
                  width=0.8), enter="pop", leave="shrink",
    ),
    Preset(
        "label", Words("Light label", "浅色标签", "淺色標籤"), "title",
        TextStyle(size=54, weight=600, color="#1b1d22", place="top", shadow="", box="#fffffff0", box_padding=26,
                  box_radius=40, width=0.8), enter="sink", leave="fade",
    ),
    Preset(
        "lower_third", Words("Lower third", "人名条", "人名條"), "title",
        TextStyle(size=58, weight=600, place="lower", align="left", shadow="", box="#16181dcc", box_padding=30,
                  box_radius=12, width=0.84), enter="right", leave="fade",
    ),
    Preset(
        "quote", Words("Quote", "引文", "引文"), "title",
        TextStyle(size=78, weight=500, place="center", shadow="#00000080", shadow_blur=14, line_height=1.4, width=0.76),
        enter="words", leave="fade",
    ),
    Preset(
        "typed", Words("Typewriter", "打字机", "打字機"), "title",
        TextStyle(size=64, weight=500, place="center", align="left", shadow="#000000aa", width=0.8), enter="typewriter",
        leave="fade",
    ),
    Preset(
        "neon", Words("Glow", "霓虹", "霓虹"), "title",
        TextStyle(size=110, weight=700, color="#f4feff", place="center", shadow="#18c8ffff", shadow_blur=42,
                  shadow_offset=0, width=0.86), enter="blur", leave="blur",
    ),
    Preset(
        "credit", Words("Small credit", "小字署名", "小字署名"), "title",
        TextStyle(size=34, weight=500, color="#ffffffcc", place="bottom", align="right", shadow="#00000099",
                  shadow_blur=6, shadow_offset=2, width=0.9), enter="fade", leave="fade",
    ),
)  # fmt: skip
STYLES: Mapping[str, Preset] = {preset.name: preset for preset in _ALL}
