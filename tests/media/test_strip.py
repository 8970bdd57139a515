"""Metadata goes, pixels stay as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from studio.media.strip import clean
from tests.media import make


def cleaned(path: Path, mime: str, turned: int = 1) -> Path:
    out = path.with_name(f"clean{path.suffix}")
    out.write_bytes(b"".join(clean(path, mime, turned)))
    return out


def tells_nothing(path: Path) -> None:
    """No tell-tale bytes anywhere, whichever way they could be stored."""
    data = path.read_bytes()
    for secret in (make.SERIAL.encode(), make.MAKER.encode(), b"GPSLatitude", *make.LATITUDE_BYTES):
        assert secret not in data, secret
    with Image.open(path) as picture:
        assert set(picture.getexif()) <= {0x0112}
        assert not picture.getexif().get_ifd(0x8825)
        assert not {"xmp", "comment", "photoshop", "XML:com.adobe.xmp"} & set(picture.info)


def same_pixels(one: Path, other: Path) -> None:
    with Image.open(one) as a, Image.open(other) as b:
        frames_a, frames_b = ImageSequence.all_frames(a), ImageSequence.all_frames(b)
        assert len(frames_a) == len(frames_b)
        for left, right in zip(frames_a, frames_b, strict=True):
            assert np.array_equal(np.asarray(left.convert("RGBA")), np.asarray(right.convert("RGBA")))


def test_the_sources_do_tell(tmp_path: Path) -> None:
    """The other tests mean nothing if these were not in the files."""
    data = make.telltale_jpeg(tmp_path / "a.jpg").read_bytes()
    assert data.count(make.SERIAL.encode()) == 5
    assert any(place in data for place in make.LATITUDE_BYTES)
    assert make.png_with_chunks(tmp_path / "a.png").read_bytes().count(make.SERIAL.encode()) == 4


@pytest.mark.parametrize("turn", range(1, 9))
def test_jpeg(tmp_path: Path, turn: int) -> None:
    """Progressive, with everything a phone puts in; only the orientation is kept."""
    path = make.telltale_jpeg(tmp_path / "a.jpg", turn)
    out = cleaned(path, "image/jpeg", turn)
    tells_nothing(out)
    same_pixels(path, out)
    with Image.open(out) as picture:
        assert picture.getexif().get(0x0112, 1) == turn
    assert out.read_bytes().endswith(b"\xff\xd9")


def test_jpeg_keeps_its_colours(tmp_path: Path) -> None:
    profile = make.display_p3()
    path = make.save(make.photo(), tmp_path / "a.jpg", icc_profile=profile, exif=make.exif())
    with Image.open(cleaned(path, "image/jpeg")) as picture:
        assert picture.info["icc_profile"] == profile
    cmyk = make.save(make.photo().convert("CMYK"), tmp_path / "b.jpg", exif=make.exif())
    same_pixels(cmyk, cleaned(cmyk, "image/jpeg"))
    rgb = make.save(make.photo(), tmp_path / "c.jpg", keep_rgb=True, exif=make.exif())
    same_pixels(rgb, cleaned(rgb, "image/jpeg"))


def test_jpeg_with_restarts_and_fill_bytes(tmp_path: Path) -> None:
    path = make.save(make.photo(), tmp_path / "a.jpg", restart_marker_blocks=3, exif=make.exif())
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xff" + data[2:])
    out = cleaned(path, "image/jpeg")
    tells_nothing(out)
    same_pixels(path, out)


def test_png(tmp_path: Path) -> None:
    path = make.png_with_chunks(tmp_path / "a.png")
    out = cleaned(path, "image/png")
    tells_nothing(out)
    same_pixels(path, out)


@pytest.mark.parametrize(("name", "mime"), [("a.png", "image/png"), ("a.webp", "image/webp"), ("a.gif", "image/gif")])
def test_animations_keep_moving(tmp_path: Path, name: str, mime: str) -> None:
    extra = {"comment": make.SERIAL} if name == "a.gif" else {"exif": make.exif()}
    path = make.animation(tmp_path / name, **extra)
    assert make.SERIAL.encode() in path.read_bytes()
    out = cleaned(path, mime)
    tells_nothing(out)
    same_pixels(path, out)
    with Image.open(path) as before, Image.open(out) as after:
        assert after.info.get("loop") == before.info.get("loop") == 0
        assert after.n_frames == 4
        assert after.info.get("duration") == before.info.get("duration")


@pytest.mark.parametrize("lossless", [True, False])
def test_webp(tmp_path: Path, lossless: bool) -> None:
    path = make.save(make.cutout(), tmp_path / "a.webp", lossless=lossless, exif=make.exif(), xmp=make.XMP)
    out = cleaned(path, "image/webp")
    tells_nothing(out)
    same_pixels(path, out)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif"])
def test_broken_files_are_told(tmp_path: Path, name: str) -> None:
    path = make.save(make.photo(), tmp_path / name)
    mime = {".jpg": "image/jpeg"}.get(path.suffix, f"image/{path.suffix[1:]}")
    whole = path.read_bytes()
    for part in (0.02, 0.3, 0.7, 0.99):
        path.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(ValueError):
            list(clean(path, mime))
