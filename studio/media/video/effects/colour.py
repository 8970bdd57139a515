"""Colour: light, contrast and hue, looks, tables of colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.media.video.effects.native import Moment, Native, Params, Step
from studio.media.video.effects.toning import Tint, toned

if TYPE_CHECKING:
    from studio.media.video.effects.native import Pixels

FIELDS = ("exposure", "brightness", "contrast", "highlights", "shadows", "saturation")


def colour(params: Params, moment: Moment) -> list[Step]:
    """All of light in one table per plane: each value of a plane goes to another one, whatever lies around it."""
    light = 2 ** (params.number("exposure") * 0.5)  # values are gamma-coded: half a stop of them is about one of light
    lift, contrast = params.number("brightness") / 100 * 0.4, 1 + params.number("contrast") / 100 * 0.8
    high, low = params.number("highlights") / 100 * 0.3, params.number("shadows") / 100 * 0.3
    value = f"(((val-16)/219*{light:.5f}+{lift:.5f})-0.5)*{contrast:.5f}+0.5"
    luma = f"st(0,clip({value},0,1));clip(16+219*(ld(0)+{high:.5f}*ld(0)*ld(0)*(1-ld(0))*4" \
           f"+{low:.5f}*(1-ld(0))*(1-ld(0))*ld(0)*4),16,235)"
    more = 1 + params.number("saturation") / 100
    chroma = f"clip(128+(val-128)*{more:.5f},16,240)"
    if all(params.number(field) == 0 for field in FIELDS):
        return []
    return [("lutyuv", f"y='{luma}':u='{chroma}':v='{chroma}'")]


def warmth(planes: tuple[Pixels, ...], params: Params, moment: Moment) -> None:
    warm, tint = params.number("temperature") / 100 * 26, params.number("tint") / 100 * 20
    shift = -warm + tint / 2, warm * 0.7 + tint
    toned(planes, shift, shift)


def hue(params: Params, moment: Moment) -> list[Step]:
    angle = params.number("angle")
    return [("hue", f"h={angle:.4f}")] if angle else []


@dataclass(frozen=True, slots=True)
class Look:
    """luma: what a value of Y goes to; saturation: of colours; shadows, lights: tints (see `toning`)."""

    luma: str = "val"
    saturation: float = 1.0
    shadows: Tint = (0, 0)
    lights: Tint = (0, 0)


LOOKS: Mapping[str, Look] = {
    "vivid": Look("clip(125.5+(val-125.5)*1.08,16,235)", 1.35),
    "warm": Look(saturation=1.08, shadows=(-8, 6), lights=(-14, 8)),
    "cool": Look(saturation=0.95, shadows=(12, -5), lights=(8, -5)),
    "faded": Look("42+(val-16)*0.82", 0.75, (3, -2), (-4, 3)),
    "vintage": Look("30+(val-16)*0.9", 0.8, (8, -8), (-16, 8)),
    "cinema": Look("clip(125.5+(val-125.5)*1.14,16,235)", 0.85, (7, -6), (-6, 6)),
    "teal": Look("clip(125.5+(val-125.5)*1.06,16,235)", 1.1, (12, -14), (-14, 13)),
    "noir": Look("clip(125.5+(val-125.5)*1.25,16,235)", 0.0),
    "sepia": Look("24+(val-16)*0.95", 0.0, (-16, 10), (-18, 11)),
}


def look(params: Params, moment: Moment) -> list[Step]:
    found = LOOKS.get(params.text("name"), Look())
    chroma = f"128+(val-128)*{found.saturation}"
    return [("lutyuv", f"y='{found.luma}':u='{chroma}':v='{chroma}'")]


def look_tints(planes: tuple[Pixels, ...], params: Params, moment: Moment) -> None:
    found = LOOKS.get(params.text("name"), Look())
    toned(planes, found.shadows, found.lights, params.number("strength") / 100)


def lut(params: Params, moment: Moment) -> list[Step]:
    """Refused: the file is not there."""
    name = params.text("file")
    if not name:
        return []
    path = Path(name)
    if not path.is_file():
        raise Refused(error("video.lut_missing", "effect", name=path.name))
    return [("lut3d", f"file={escaped(path.absolute().as_posix())}")]


def escaped(text: str) -> str:
    """A value inside a filter's arguments: none of its signs means anything there."""
    return "".join(f"\\{sign}" if sign in "\\':[],;" else sign for sign in text)


NATIVES = {
    "colour": Native(steps=colour, planes=warmth, pointwise=True, timeless=True),
    "hue": Native(steps=hue, pointwise=True),
    "look": Native(steps=look, planes=look_tints, pointwise=True, timeless=True, strength="strength"),
    "lut": Native(steps=lut, pointwise=True, strength="strength"),
}
