"""The other picture or film that an effect asks for, as a clip of MoviePy's.

Opened by our own reader, never by MoviePy, whose ffmpeg would follow play lists and addresses.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from studio.core.opentime import Time
from studio.core.timeline import Clip, Source, Timeline
from studio.media.probe import kind_of


def other(path: Path, size: tuple[int, int], duration: Time, *, mask: bool = False) -> Any:
    """The file, brought to `size` and playing for `duration`. mask: its light as opacity.

    OSError, Refused when it cannot be read.
    """
    from moviepy import VideoClip
    from PIL import Image

    from studio.media.video.scripted.footage import Footage

    kind = "image" if kind_of(path) == "image" else "video"
    source = Source("other", str(path), "image" if kind == "image" else "video", width=size[0], height=size[1])
    timeline = Timeline("other", *size, Fraction(30), sources={"other": source})
    footage = Footage(timeline, Clip("other", duration, source="other"), (), lambda one: Path(one.path))

    def picture(t: float) -> Any:
        rgba = footage.rgba(Fraction(t).limit_denominator(1_000_000))
        fitted = np.asarray(Image.fromarray(rgba).resize(size, Image.Resampling.LANCZOS))
        return fitted[..., :3].mean(axis=2) / 255.0 if mask else fitted[..., :3]

    picture(0.0)
    return VideoClip(picture, is_mask=mask, duration=float(duration)).with_fps(30)
