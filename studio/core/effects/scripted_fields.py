"""Short ways to declare the fields of MoviePy's effects.

A field is called as the parameter of the class it sets; a parameter that is a tuple has one field for each of its
parts, "region.x1". Where MoviePy takes None for "not given", our number is 0 and the label says what that means.
"""

from __future__ import annotations

from studio.core.effects.spec import Field
from studio.core.words import Words

LONGEST, LARGEST = 36_000.0, 16_384.0  # seconds, px: beyond what a clip or a picture here can be
ALONG_MASK = (
    ("mask", Words("Picture and transparency", "画面和透明度", "畫面和透明度")),
    ("none", Words("Picture only", "仅画面", "僅畫面")),
)


def seconds(name: str, label: Words, default: float = 0.0, least: float = 0.0) -> Field:
    return Field(name, label, "seconds", default, least, LONGEST, 0.1, keyed=False)


def pixels(
    name: str, label: Words, default: float = 0.0, least: float = 0.0, most: float = LARGEST, keyed: bool = False
) -> Field:
    return Field(name, label, "pixels", default, least, most, 1.0, keyed=keyed)


def number(
    name: str, label: Words, default: float, least: float, most: float, step: float = 0.05, keyed: bool = False
) -> Field:
    return Field(name, label, "number", default, least, most, step, keyed=keyed)


def whole(name: str, label: Words, default: int, least: int, most: int) -> Field:
    return Field(name, label, "whole", default, least, most, 1.0, keyed=False)


def switch(name: str, label: Words, default: bool) -> Field:
    return Field(name, label, "switch", default, keyed=False)


def color(name: str, label: Words, default: str = "#000000") -> Field:
    return Field(name, label, "color", default, keyed=False)


def choice(name: str, label: Words, default: str, *choices: tuple[str, Words]) -> Field:
    return Field(name, label, "choice", default, choices=choices, keyed=False)


def file(name: str, label: Words) -> Field:
    return Field(name, label, "file", "", keyed=False)


def box(name: str) -> tuple[Field, ...]:
    """A rectangle: left, top, right, bottom in px of the clip's picture; all 0: none."""
    sides = (("x1", EDGES["left"]), ("y1", EDGES["top"]), ("x2", EDGES["right"]), ("y2", EDGES["bottom"]))
    return tuple(pixels(f"{name}.{side}", label) for side, label in sides)


EDGES = {
    "left": Words("Left", "左", "左"), "right": Words("Right", "右", "右"),
    "top": Words("Top", "上", "上"), "bottom": Words("Bottom", "下", "下"),
}
SIDES = tuple(EDGES.items())
APPLY_TO = choice("apply_to", Words("Applies to", "作用于", "作用於"), "mask", *ALONG_MASK)
LASTS = seconds("duration", Words("Duration", "时长", "時長"), 1.0, 0.01)
