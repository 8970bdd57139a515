"""What goes with an export: captions, a cover, and the loudness that was asked for; with the studio's own engine."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core import export as presets
from studio.core.errors import Refused
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.core.title import Title
from studio.media.export.exporting import export
from studio.media.export.job import Options
from studio.media.sound.loudness import Meter
from tests.media.export.counting import sound, task
from tests.media.export.showing import where
from tests.media.sound.sounds import tone, written


def captioned() -> Timeline:
    words = Clip("w", Fraction(1), "title", title=Title("你好，世界"))
    ground = Clip("g", Fraction(1), "solid", color="#204060")
    return Timeline("t", 192, 108, loudness=None, tracks=(
        Track("m", "main", (ground,)), Track("c", "captions", (words,))))


def test_captions_are_drawn_or_written_beside_and_the_cover_too(tmp_path: Path) -> None:
    drawn = export(captioned(), where, presets.USUAL, tmp_path / "drawn.mp4", task())
    options = Options(captions="file", cover=Fraction(1, 2), cover_file=True)
    beside = export(captioned(), where, presets.USUAL, tmp_path / "film.mp4", task(), options=options)
    assert drawn.beside == () and [path.name for path in beside.beside] == ["film.srt", "film-cover.jpg"]
    assert "你好，世界" in (tmp_path / "film.srt").read_text(encoding="utf-8")
    assert beside.bytes < drawn.bytes + len((tmp_path / "film-cover.jpg").read_bytes())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drawn.mp4", "film-cover.jpg", "film.mp4", "film.srt"]


def test_the_sound_has_the_loudness_of_the_timeline(tmp_path: Path) -> None:
    path = written(tmp_path / "tone.wav", tone(440), seconds=3)
    source = Source("s", str(path), "audio", duration=Fraction(3), sound=True)
    clip = Clip("c", Fraction(3), source="s")
    quiet = Timeline("t", tracks=(Track("s", "sound", (clip,)),), sources={"s": source}, loudness=-20.0)
    export(quiet, where, presets.preset("wav"), tmp_path / "out.wav", task())
    meter = Meter()
    meter.add(np.ascontiguousarray(sound(tmp_path / "out.wav")))
    assert meter.result().integrated == pytest.approx(-20, abs=0.5)


def test_a_source_that_is_gone_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    source = Source("s", str(tmp_path / "gone.mp4"), "video", duration=Fraction(3))
    line = replace(captioned(), tracks=(Track("m", "main", (Clip("c", Fraction(1), source="s"),)),),
                   sources={"s": source})
    with pytest.raises(Refused) as refused:
        export(line, where, presets.USUAL, tmp_path / "out.mp4", task())
    assert refused.value.findings[0].code == "video.source_missing" and not list(tmp_path.iterdir())
