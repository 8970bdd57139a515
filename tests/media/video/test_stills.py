"""Single pictures of a timeline."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from studio.core.errors import Refused
from studio.core.timeline import Source
from studio.media.video.stills import poster, strip
from tests.media.video.films import clip, solid, timeline


def where(source: Source) -> Path:
    return Path(source.path)


def test_the_poster_is_the_cover_at_any_size(tmp_path: Path) -> None:
    line = timeline(solid("#ff0000", 1), solid("#0000ff", 1), cover=Fraction(3, 2))
    for name in ("a.png", "a.jpg", "a.webp"):
        with Image.open(poster(line, where, tmp_path / name, (32, 24))) as picture:
            red, _, blue = picture.convert("RGB").getpixel((5, 5))
            assert picture.size == (32, 24) and red < 12 and blue > 243
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jpg", "a.png", "a.webp"]


def test_a_strip_goes_through_the_whole(tmp_path: Path) -> None:
    line = timeline(solid("#000000", 1), solid("#ffffff", 1))
    found = list(strip(line, where, 4, 24))
    assert [picture.size for picture in found] == [(32, 24)] * 4
    assert [picture.getpixel((3, 3))[0] > 127 for picture in found] == [False, False, True, True]  # type: ignore[index]


def test_what_cannot_be_made_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    gone = Source("gone", "/nowhere.mp4", "video")
    for line, name in ((timeline(), "a.bmp"), (timeline(clip(gone), sources=[gone]), "a.png")):
        with pytest.raises(Refused):
            poster(line, where, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
