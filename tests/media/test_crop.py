"""Covers are cut where they should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.media.crop import cover, crop_box
from studio.media.probe import probe


def _stripes(path: Path, size: tuple[int, int] = (900, 300)) -> Path:
    """Red, green and blue thirds, left to right."""
    picture = Image.new("RGB", size)
    third = size[0] // 3
    for n, colour in enumerate(("red", "lime", "blue")):
        picture.paste(colour, (n * third, 0, (n + 1) * third, size[1]))
    picture.save(path, quality=95, subsampling=0)
    return path


@pytest.mark.parametrize(("focus", "middle"), [
    (None, (0, 255, 0)), ((0.0, 0.5), (255, 0, 0)), ((1.0, 0.5), (0, 0, 255)), ((0.5, 0.0), (0, 255, 0)),
])
def test_the_focal_point_decides(tmp_path: Path, focus: tuple[float, float] | None, middle: tuple[int, ...]) -> None:
    source = _stripes(tmp_path / "a.jpg")
    made = cover(source, probe(source), 200, 200, tmp_path / "cover.jpg", focus)
    with Image.open(made) as found:
        pixel = found.convert("RGB").getpixel((100, 100))
        assert found.size == (200, 200) and found.format == "JPEG"
    assert isinstance(pixel, tuple) and all(abs(a - b) < 30 for a, b in zip(pixel, middle, strict=True))
    assert not list(tmp_path.glob("*.part"))


def test_a_small_one_with_transparency_is_enlarged_on_white(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    Image.new("RGBA", (10, 40), (0, 0, 0, 0)).save(source)
    with Image.open(cover(source, probe(source), 900, 383, tmp_path / "c.jpg")) as found:
        assert found.size == (900, 383) and found.getpixel((450, 190)) == (255, 255, 255)


@given(*[st.integers(1, 5000)] * 4, st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_the_part_lies_inside_and_has_the_shape(
    width: int, height: int, wide: int, high: int, focus: tuple[float, float] | None
) -> None:
    left, top, right, bottom = crop_box(width, height, wide, high, focus)
    assert -1e-6 <= left < right <= width + 1e-6 and -1e-6 <= top < bottom <= height + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(wide / high, rel=1e-6)
    assert right - left == pytest.approx(width) or bottom - top == pytest.approx(height)


@given(st.integers(1, 6000), st.integers(1, 6000), st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_no_rounding_leads_out_of_the_picture(width: int, height: int, focus: tuple[float, float] | None) -> None:
    left, top, right, bottom = crop_box(width, height, 900, 383, focus)
    assert 0 <= left < right <= width and 0 <= top < bottom <= height
