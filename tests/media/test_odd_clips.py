"""Real clips, odd on purpose, from the folder named by YIGAO_ODD_MEDIA; they are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.media.thumbs import ingest

FOLDER = Path(os.environ.get("YIGAO_ODD_MEDIA", "odd-media-not-set"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="YIGAO_ODD_MEDIA names no folder of odd clips")

#: name: kind, mime, shown size, orientation, seconds
ODD = {
    "chaplin.mp4": ("video", "video/mp4", (640, 360), 1, 9.64),
    "fire2.mp4": ("video", "video/mp4", (1280, 720), 3, 2.38),
    "transparent.webm": ("video", "video/webm", (200, 200), 1, 5.0),
    "no_duration.webm": ("video", "video/webm", (1280, 720), 1, 4.94),
    "os_run.mp4": ("video", "video/mp4", (720, 400), 1, 5.0),
    "os_test.mp4": ("video", "video/mp4", (1280, 720), 1, 1.12),
    "os_test1.mp4": ("video", "video/mp4", (660, 480), 1, 0.7),
    "crunching.mp3": ("audio", "audio/mpeg", (0, 0), 1, 8.31),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_clip(tmp_path: Path, name: str) -> None:
    if not (FOLDER / name).is_file():
        pytest.skip(f"{name} is not in the folder")
    taken = ingest(FOLDER / name, tmp_path / "thumb")
    found, expected = taken.probe, ODD[name]
    assert (found.kind, found.mime, (found.width, found.height), found.orientation) == expected[:4]
    assert found.duration == pytest.approx(expected[4], abs=0.02)
    assert (taken.thumbnail is None) == (found.kind == "audio")
