"""A face, drawn: nobody's, and yet one that a detector takes for a face."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

GROUND, SKIN, HAIR, DARK = (120, 140, 160), (224, 182, 152), (60, 42, 32), (40, 28, 22)


def face(side: int = 400) -> Image.Image:
    """Seen from the front, side x side px."""
    picture = Image.new("RGB", (side, side), GROUND)
    draw, s = ImageDraw.Draw(picture), side / 400

    def oval(x: float, y: float, rx: float, ry: float, colour: tuple[int, int, int]) -> None:
        draw.ellipse([(x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s], fill=colour)

    oval(200, 170, 125, 150, HAIR)
    oval(200, 215, 105, 140, SKIN)
    for x in (155, 245):
        draw.rounded_rectangle([(x - 30) * s, 160 * s, (x + 30) * s, 172 * s], 6 * s, fill=(70, 48, 38))
        oval(x, 192, 28, 20, (150, 110, 92))
        oval(x, 194, 20, 10, (235, 235, 235))
        oval(x, 194, 9, 10, DARK)
    draw.polygon([(200 * s, 190 * s), (182 * s, 258 * s), (218 * s, 258 * s)], fill=(238, 200, 172))
    for x in (188, 212):
        oval(x, 260, 9, 5, (150, 100, 85))
    oval(200, 300, 40, 11, (150, 70, 70))
    draw.line([160 * s, 300 * s, 240 * s, 300 * s], fill=(90, 40, 40), width=max(1, int(4 * s)))
    return picture.filter(ImageFilter.GaussianBlur(3 * s))


def still(size: tuple[int, int], at: tuple[int, int] | None, side: int = 160) -> Image.Image:
    """A plain picture with the face's top left at `at`, or without one."""
    picture = Image.new("RGB", size, GROUND)
    if at is not None:
        picture.paste(face(side), at)
    return picture


def film(
    path: Path, at: tuple[int, int] | None, *, size: tuple[int, int] = (360, 640), seconds: int = 2, side: int = 160,
    until: float | None = None, rate: int = 8,
) -> Path:
    """The face stands still at `at`; `until`: seconds after which it is gone."""
    with_face, without = (np.asarray(still(size, place, side)) for place in (at, None))
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        for n in range(seconds * rate):
            pixels = without if until is not None and n / rate >= until else with_face
            file.mux(video.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        file.mux(video.encode(None))
    return path
