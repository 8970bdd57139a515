"""The sample material of the first run."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from studio.media.probe import probe

SAMPLES = Path(__file__).parents[2] / "assets" / "samples"


@pytest.mark.parametrize("name", ["avenue.jpg", "cafe.jpg", "bookshop.jpg"])
def test_pictures(name: str) -> None:
    found = probe(SAMPLES / name)
    assert (found.mime, found.width, found.height, found.has_location) == ("image/jpeg", 1200, 1200, False)
    assert (SAMPLES / name).stat().st_size < 150_000


def test_clip() -> None:
    found = probe(SAMPLES / "walk.mp4")
    assert (found.mime, found.width, found.height, found.duration) == ("video/mp4", 720, 1280, Fraction(3))
    assert (SAMPLES / "walk.mp4").stat().st_size < 400_000


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_posts(language: str) -> None:
    """Each is whole: front matter, text, and pictures that are there and described."""
    _, matter, text = (SAMPLES / f"weekend.{language}.md").read_text(encoding="utf-8").split("---\n", 2)
    said = yaml.safe_load(matter)
    assert said["title"] and said["tags"] and text.strip()
    assert [m["file"] for m in said["media"]] == ["avenue.jpg", "cafe.jpg", "bookshop.jpg"]
    assert all((SAMPLES / m["file"]).is_file() and m["alt"] for m in said["media"])
