"""A drawing moved, faded, scaled, blurred; several drawings as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.core.title_motion import Pose
from studio.media.lettering.painting import Drawn

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 2.0  # canvases: nothing drawn grows beyond this


@dataclass(frozen=True, slots=True)
class Placing:
    """What a pose is measured by. size: of the letters in px; middle: of the block, about which it scales."""

    size: float
    middle: tuple[float, float]
    canvas: tuple[int, int]


def posed(still: Drawn, pose: Pose, placing: Placing) -> Drawn | None:
    """The drawing in a pose; the same object when only its place differs is not promised. None: nothing is left."""
    found: Drawn | None = still
    if abs(pose.scale - 1) > 1e-3:
        found = _scaled(still, pose.scale, placing)
    if found is not None and pose.blur > 0:
        found = _blurred(found, pose.blur * placing.size)
    if found is not None and pose.opacity < 1:
        found = _faded(found, pose.opacity)
    if found is None or not (pose.dx or pose.dy):
        return found
    return Drawn(found.rgba, found.left + round(pose.dx * placing.size), found.top + round(pose.dy * placing.size))


def _scaled(drawn: Drawn, scale: float, placing: Placing) -> Drawn | None:
    high, wide = drawn.rgba.shape[:2]
    target = round(wide * scale), round(high * scale)
    most = placing.canvas[0] * LARGEST, placing.canvas[1] * LARGEST
    if min(target) < 1 or target[0] > max(most[0], wide) or target[1] > max(most[1], high):
        return None
    from PIL import Image

    # premultiplied while it is resized, or the colour of what is transparent bleeds into the edges
    small = Image.fromarray(drawn.rgba).convert("RGBa").resize(target, Image.Resampling.BILINEAR)
    left = placing.middle[0] + (drawn.left - placing.middle[0]) * scale
    top = placing.middle[1] + (drawn.top - placing.middle[1]) * scale
    return _drawn(small.convert("RGBA"), round(left), round(top))


def _blurred(drawn: Drawn, radius: float) -> Drawn:
    from PIL import Image, ImageFilter

    edge = int(radius * 2) + 1
    high, wide = drawn.rgba.shape[:2]
    sheet = Image.new("RGBa", (wide + 2 * edge, high + 2 * edge))
    sheet.paste(Image.fromarray(drawn.rgba).convert("RGBa"), (edge, edge))
    soft = sheet.filter(ImageFilter.BoxBlur(radius / 2)).filter(ImageFilter.BoxBlur(radius / 2))
    return _drawn(soft.convert("RGBA"), drawn.left - edge, drawn.top - edge)


def _faded(drawn: Drawn, opacity: float) -> Drawn | None:
    import numpy as np

    alpha = (drawn.rgba[..., 3] * np.float32(max(opacity, 0.0)) + np.float32(0.5)).astype(np.uint8)
    if not alpha.any():
        return None
    return Drawn(np.dstack((drawn.rgba[..., :3], alpha)), drawn.left, drawn.top)


def reduced(drawn: Drawn | None, times: int) -> Drawn | None:
    """A drawing in a canvas that is `times` as small; every pixel is the mean of those it stands for."""
    if drawn is None or times == 1:
        return drawn
    from PIL import Image

    high, wide = drawn.rgba.shape[:2]
    left, top = drawn.left % times, drawn.top % times
    sheet = Image.new("RGBa", (-(-(wide + left) // times) * times, -(-(high + top) // times) * times))
    sheet.paste(Image.fromarray(drawn.rgba).convert("RGBa"), (left, top))
    small = sheet.reduce(times).convert("RGBA")
    return _drawn(small, (drawn.left - left) // times, (drawn.top - top) // times)


def joined(parts: Sequence[Drawn]) -> Drawn | None:
    """Several drawings as one, the later over the earlier; one alone stays itself."""
    if len(parts) < 2:
        return parts[0] if parts else None
    from PIL import Image

    left, top = min(part.left for part in parts), min(part.top for part in parts)
    right = max(part.left + part.rgba.shape[1] for part in parts)
    bottom = max(part.top + part.rgba.shape[0] for part in parts)
    sheet = Image.new("RGBA", (right - left, bottom - top))
    for part in parts:
        sheet.alpha_composite(Image.fromarray(part.rgba), (part.left - left, part.top - top))
    return _drawn(sheet, left, top)


def _drawn(picture: Image, left: int, top: int) -> Drawn:
    import numpy as np

    return Drawn(np.asarray(picture), left, top)
