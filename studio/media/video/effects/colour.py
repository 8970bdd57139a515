"""Colour: brightness, contrast, saturation and their kin."""

from __future__ import annotations

from studio.media.video.effects.native import Moment, Native, Params, Step


def invert(params: Params, moment: Moment) -> list[Step]:
    """The negative, within the limited range."""
    return [("lutyuv", "y=251-val:u=256-val:v=256-val")]


NATIVES = {"invert": Native(steps=invert, pointwise=True)}
