"""The transitions between two clips, as data; drawn by `media.video`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.effects.spec import Field
from studio.core.words import Words


@dataclass(frozen=True, slots=True)
class TransitionSpec:
    """A transition's name and fields."""

    name: str
    label: Words
    fields: tuple[Field, ...] = ()

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


LEFT, RIGHT = Words("Left", "向左", "向左"), Words("Right", "向右", "向右")
UP, DOWN = Words("Up", "向上", "向上"), Words("Down", "向下", "向下")
WAY = Field("direction", Words("Direction", "方向", "方向"), "choice", "left",
            choices=(("left", LEFT), ("right", RIGHT), ("up", UP), ("down", DOWN)), keyed=False)
ACROSS = Field("axis", Words("Along", "沿", "沿"), "choice", "x", keyed=False,
               choices=(("x", Words("Width", "宽度", "寬度")), ("y", Words("Height", "高度", "高度"))))
CORNER = Field(
    "from", Words("From", "起点", "起點"), "choice", "top_left", keyed=False, choices=(
        ("top_left", Words("Top left", "左上", "左上")), ("top_right", Words("Top right", "右上", "右上")),
        ("bottom_left", Words("Bottom left", "左下", "左下")), ("bottom_right", Words("Bottom right", "右下", "右下")),
    ),
)
SOFT = Field("softness", Words("Soft edge", "边缘柔和", "邊緣柔和"), "percent", 4.0, 0.0, 100.0, keyed=False)
IN_OUT = Field("way", Words("Way", "方式", "方式"), "choice", "open", keyed=False, choices=(
    ("open", Words("Opening", "打开", "打開")), ("close", Words("Closing", "合拢", "合攏"))))
COUNT = Field("count", Words("Number", "数量", "數量"), "whole", 8.0, 2.0, 40.0, keyed=False)
SIZE = Field("size", Words("Size", "大小", "大小"), "percent", 4.0, 0.5, 20.0, keyed=False)
AMOUNT = Field("amount", Words("Strength", "强度", "強度"), "percent", 50.0, 1.0, 100.0, keyed=False)
COLOR = Field("color", Words("Colour", "颜色", "顏色"), "color", "#000000", keyed=False)

_ALL = (
    TransitionSpec("crossfade", Words("Crossfade", "叠化", "疊化")),
    TransitionSpec("dip_black", Words("Dip to black", "闪黑", "閃黑")),
    TransitionSpec("dip_white", Words("Dip to white", "闪白", "閃白")),
    TransitionSpec("dip_colour", Words("Dip to a colour", "闪色", "閃色"), (COLOR,)),
    TransitionSpec("wipe", Words("Wipe", "擦除", "擦除"), (WAY, SOFT)),
    TransitionSpec("diagonal", Words("Diagonal wipe", "对角擦除", "對角擦除"), (CORNER, SOFT)),
    TransitionSpec("slide", Words("Slide over", "滑入", "滑入"), (WAY,)),
    TransitionSpec("reveal", Words("Slide away", "滑出", "滑出"), (WAY,)),
    TransitionSpec("push", Words("Push", "推移", "推移"), (WAY,)),
    TransitionSpec("zoom", Words("Zoom in", "推近", "推近"), (AMOUNT,)),
    TransitionSpec("zoom_out", Words("Zoom out", "拉远", "拉遠"), (AMOUNT,)),
    TransitionSpec("circle", Words("Circle", "圆形", "圓形"), (IN_OUT, SOFT)),
    TransitionSpec("clock", Words("Clock", "时钟", "時鐘"), (SOFT,)),
    TransitionSpec("barn", Words("Doors", "开门", "開門"), (ACROSS, IN_OUT, SOFT)),
    TransitionSpec("blinds", Words("Blinds", "百叶窗", "百葉窗"), (ACROSS, COUNT)),
    TransitionSpec("dissolve", Words("Grain dissolve", "颗粒溶解", "顆粒溶解"), (SIZE,)),
    TransitionSpec("blur", Words("Blur", "模糊", "模糊"), (AMOUNT,)),
    TransitionSpec("mosaic", Words("Mosaic", "马赛克", "馬賽克"), (SIZE,)),
)
TRANSITIONS: Mapping[str, TransitionSpec] = {spec.name: spec for spec in _ALL}
