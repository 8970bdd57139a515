"""The sample video: a walk, then a photo that slowly comes nearer, with words over it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from studio.core.curve import Curve, Key
from studio.core.edits.looks import set_fields
from studio.core.timeline import PLAIN, Timeline, Transform
from studio.core.words import Words
from studio.services.videos import building, files
from studio.services.videos.building import Cut
from studio.services.videos.rendering import file_source

TITLE = Words("A walk before nine", "九点前的散步", "九點前的散步")
SIZE, RATE = (540, 960), Fraction(24)
FADE, PHOTO = Fraction(2, 5), Fraction(2)


def sample_project(samples: Path, out: Path, language: str) -> Path:
    """Writes the project's file from the bundled samples; gives it back."""
    timeline = building.new(*SIZE, RATE, out.stem)
    timeline = building.add_file(timeline, file_source(samples / "walk.mp4"), Cut(end=Fraction(2)))
    photo = Cut(end=PHOTO, transition=("crossfade", FADE))
    timeline = building.add_file(timeline, file_source(samples / "bookshop.jpg"), photo)
    timeline = _nearer(timeline)
    timeline = building.add_title(timeline, TITLE.say(language), Fraction(1, 2), Fraction(5, 2))
    files.write(out, timeline)
    return out


def _nearer(timeline: Timeline) -> Timeline:
    """The last clip grows by an eighth while it is seen."""
    main = timeline.role("main")
    assert main is not None
    clip = main.placed[-1].clip
    grows = Curve(1.0, (Key(Fraction(0), 1.0, "both"), Key(clip.duration, 1.125)))
    return set_fields(timeline, [clip.id], transform=Transform(PLAIN.x, PLAIN.y, grows))
