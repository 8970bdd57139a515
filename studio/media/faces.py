"""Where faces are in a film: a few pictures of it are looked at. OpenCV's cascades find faces seen from the front.

They find fewer than a trained network does, and now and then one where there is none, so a face counts when a picture a
moment later has it too; a small one, of less than a twelfth of the shorter side, is not looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from studio.core.opentime import Time

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.media.video.info import Info
    from studio.media.video.reader import Reader

Grey = NDArray[np.uint8]
Box = tuple[float, float, float, float]
SHORT = 360  # px of the shorter side at which a picture is looked at
LEAST = 12  # a face's side is at least the picture's shorter one divided by this
STEP, MOST = Fraction(1), 24  # seconds between two looks at least, and how many there are at most
LATER = Fraction(1, 4)  # seconds after which each look is repeated
AGREE = 6  # how many windows of the search must agree on a face
SAME = 0.3  # of both areas that two boxes share when they are of one face


@dataclass(frozen=True, slots=True)
class Face:
    """at: seconds of the film; box: x, y, w, h, each 0 to 1 of the picture."""

    at: Time
    box: Box


def in_film(path: Path, length: Time | None, task: Task[Any] | None = None) -> tuple[Face, ...]:
    """The faces of a film, in order of time; each as often as it was seen.

    Refused: video.source_missing, media.unreadable, media.no_picture. Cancelled.
    """
    from studio.media.video.reader import Reader

    moments, found = sampled(length), []
    reader = Reader(path)
    try:
        for number, at in enumerate(moments):
            if task is not None:
                task.progress(number / len(moments))
            found += [Face(at, box) for box in _lasting(reader, at)]
    finally:
        reader.close()
    return tuple(found)


def sampled(length: Time | None) -> list[Time]:
    """The moments that are looked at: evenly over the film, its first picture among them."""
    if not length or length <= 0:
        return [Fraction(0)]
    count = max(1, min(MOST, int(length / STEP)))
    return [length * number / count for number in range(count)]


def _lasting(reader: Reader, at: Time) -> list[Box]:
    """The faces at a moment that are there a little later, too."""
    boxes = in_picture(_grey(reader.frame(at), reader.info))
    if not boxes:
        return []
    later = in_picture(_grey(reader.frame(at + LATER), reader.info))
    return [box for box in boxes if any(overlap(box, other) >= SAME for other in later)]


def overlap(one: Box, other: Box) -> float:
    """The share of both boxes' area that they have in common, 0 to 1."""
    w = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    h = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0.0, w) * max(0.0, h)
    return both / (one[2] * one[3] + other[2] * other[3] - both) if both else 0.0


def in_picture(grey: Grey) -> list[Box]:
    """The faces of one picture, the largest first. grey: rows of one byte a px."""
    height, width = grey.shape
    least = max(24, min(height, width) // LEAST)
    if min(height, width) < least:
        return []
    found = _cascade().detectMultiScale(grey, scaleFactor=1.1, minNeighbors=AGREE, minSize=(least, least))
    boxes = [(x / width, y / height, w / width, h / height) for x, y, w, h in (map(float, box) for box in found)]
    return sorted(boxes, key=lambda box: -box[2] * box[3])


@cache
def _cascade() -> Any:
    """Read once; used from one thread at a time (the lane that looks)."""
    import cv2
    import cv2.data

    cv2.setNumThreads(1)  # somebody is writing meanwhile
    return cv2.CascadeClassifier(str(Path(str(cv2.data.haarcascades)) / "haarcascade_frontalface_alt2.xml"))


def _grey(frame: Any, info: Info) -> Grey:
    """Small, upright, in square px."""
    scale = min(1.0, SHORT / min(info.width, info.height))
    size = max(2, round(info.width * scale)), max(2, round(info.height * scale))
    lying = size[::-1] if info.rotation % 180 else size
    plain: Grey = frame.reformat(*lying, format="gray").to_ndarray()
    flipped = plain[:, ::-1] if info.mirrored else plain
    return np.ascontiguousarray(np.rot90(flipped, -info.rotation // 90))
