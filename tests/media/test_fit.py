"""Fitting a picture to what a place takes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import Refused
from studio.media.fit import Fitted, Limits, fit, kept, size_within
from studio.media.probe import probe
from tests.media import make
from tests.media.test_strip import same_pixels, tells_nothing

BOTH = ("image/jpeg", "image/png")


def fitted(path: Path, limits: Limits, *, keep_metadata: bool = False) -> Fitted:
    """Fits and checks what must always hold."""
    found = probe(path)
    done = fit(path, found, limits, path.parent / "out", keep_metadata=keep_metadata)
    data = done.path.read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (done.bytes, done.sha256)
    seen = probe(done.path)
    assert (seen.mime, seen.width, seen.height) == (done.mime, done.width, done.height)
    assert done.mime in limits.formats
    assert limits.bytes is None or done.bytes <= limits.bytes
    assert limits.edge is None or max(done.width, done.height) <= limits.edge
    assert limits.pixels is None or done.width * done.height <= limits.pixels
    assert done.width <= found.width and done.height <= found.height
    assert limits.animated or seen.frames == 1
    assert not list((path.parent / "out").glob("*.part"))
    if not keep_metadata:
        tells_nothing(done.path)
    return done


def codes(done: Fitted) -> list[str]:
    return [finding.code for finding in done.changes]


def test_what_fits_is_sent_as_it_is(tmp_path: Path) -> None:
    path = make.save(make.photo(), tmp_path / "a.png")
    done = fitted(path, Limits(bytes=1_000_000, edge=2000))
    assert (done.path, done.changes) == (path, ())
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("turn", [1, 6])
def test_metadata_goes_without_touching_the_pixels(tmp_path: Path, turn: int) -> None:
    path = make.telltale_jpeg(tmp_path / "a.jpg", turn)
    done = fitted(path, Limits())
    assert codes(done) == ["media.metadata_removed"]
    assert done.changes[0].values["location"] is True
    same_pixels(path, done.path)


def test_metadata_stays_when_the_person_wants_it(tmp_path: Path) -> None:
    path = make.telltale_jpeg(tmp_path / "a.jpg", 6)
    assert fitted(path, Limits(), keep_metadata=True).path == path
    smaller = fitted(path, Limits(edge=200), keep_metadata=True)
    with Image.open(smaller.path) as picture:
        exif = picture.getexif()
        assert exif.get(0x0112, 1) == 1
        assert exif.get_ifd(0x8825)[2] == make.LATITUDE
        assert exif.get_ifd(0x8769)[0xA431] == make.SERIAL
    assert "media.metadata_removed" not in codes(smaller)


@pytest.mark.parametrize("name", ["a.tif", "a.bmp", "a.avif"])
def test_other_formats_become_jpeg(tmp_path: Path, name: str) -> None:
    extra = {} if name == "a.bmp" else {"exif": make.exif()}
    done = fitted(make.save(make.photo(), tmp_path / name, **extra), Limits())
    assert done.mime == "image/jpeg"
    assert codes(done) == ["media.converted"] + ["media.metadata_removed"] * bool(extra)
    assert (done.width, done.height) == (640, 480)


def test_heic_becomes_jpeg(tmp_path: Path) -> None:
    done = fitted(make.heic(tmp_path / "a.heic"), Limits())
    assert (done.mime, done.width, done.height) == ("image/jpeg", 128, 96)
    assert codes(done) == ["media.converted", "media.metadata_removed"]
    assert done.changes[0].values == {"name": "a.heic", "before": "HEIC", "after": "JPG"}


def test_cmyk_is_converted_though_it_is_a_jpeg(tmp_path: Path) -> None:
    done = fitted(make.save(make.photo().convert("CMYK"), tmp_path / "a.jpg"), Limits())
    assert codes(done) == ["media.converted"]
    with Image.open(done.path) as picture:
        assert picture.mode == "RGB"
        assert picture.getpixel((50, 50))[0] > 180


def test_transparency_is_kept_where_it_can_be(tmp_path: Path) -> None:
    path = make.save(make.cutout(), tmp_path / "a.tif")
    assert fitted(path, Limits()).mime == "image/png"
    assert fitted(path, Limits(formats=("image/jpeg", "image/webp"))).mime == "image/webp"
    flat = fitted(path, Limits(formats=("image/jpeg",)))
    assert codes(flat) == ["media.transparency_flattened", "media.converted"]
    with Image.open(flat.path) as picture:
        assert min(picture.getpixel((150, 180))) > 245


def test_turned_pngs_are_put_upright(tmp_path: Path) -> None:
    """Few viewers heed EXIF in a PNG."""
    done = fitted(make.save(make.photo(60, 40), tmp_path / "a.png", exif=make.exif(6)), Limits())
    assert (done.width, done.height) == (40, 60)
    assert probe(done.path).orientation == 1


def test_animations(tmp_path: Path) -> None:
    limits = Limits(formats=(*BOTH, "image/gif"), animated=True)
    path = make.animation(tmp_path / "a.gif")
    assert fitted(path, limits).path == path
    smaller = Limits(formats=(*BOTH, "image/gif"), edge=60, animated=True)
    for still in (Limits(formats=(*BOTH, "image/gif")), Limits(), smaller):
        done = fitted(path, still)
        assert codes(done)[0] == "media.animation_flattened"
        assert done.mime == "image/png"
        with Image.open(done.path) as picture:
            assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0) or still.edge


@pytest.mark.parametrize("most", [100_000, 30_000, 8_000])
def test_bytes_are_kept_by_quality_then_by_size(tmp_path: Path, most: int) -> None:
    path = make.save(make.photo(1200, 900), tmp_path / "a.jpg", quality=97)
    done = fitted(path, Limits(bytes=most))
    assert done.bytes > most * 0.5, "much smaller than it needs to be"
    assert codes(done) == (["media.compressed"] if done.width == 1200 else ["media.shrunk"])


def test_a_drawing_stays_a_png_when_shrunk(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (900, 900), "white")
    drawing.paste("navy", (100, 100, 500, 500))
    done = fitted(make.save(drawing, tmp_path / "a.png"), Limits(edge=400))
    assert (done.mime, done.width) == ("image/png", 400)


def test_what_cannot_fit_is_refused(tmp_path: Path) -> None:
    path = make.save(make.photo(), tmp_path / "a.jpg")
    with pytest.raises(Refused) as caught:
        fit(path, probe(path), Limits(bytes=50), tmp_path / "out")
    assert caught.value.findings[0].code == "media.cannot_fit"
    assert list((tmp_path / "out").iterdir()) == []


def test_broken_pictures_are_refused(tmp_path: Path) -> None:
    for name in ("a.png", "b.jpg"):
        path = make.save(make.photo(), tmp_path / name)
        found = probe(path)
        path.write_bytes(path.read_bytes()[:20_000])
        with pytest.raises(Refused) as caught:
            fit(path, found, Limits(), tmp_path / "out")
        assert caught.value.findings[0].code == "media.unreadable"


def test_the_same_again_is_the_same_file(tmp_path: Path) -> None:
    path = make.telltale_jpeg(tmp_path / "a.jpg")
    for limits in (Limits(), Limits(edge=300), Limits(bytes=20_000), Limits(formats=("image/webp",))):
        one, other = fitted(path, limits), fitted(path, limits)
        assert (one.sha256, one.path, one.changes) == (other.sha256, other.path, other.changes)


def test_wide_colours_are_converted_when_written_again(tmp_path: Path) -> None:
    wide = make.save(Image.new("RGB", (200, 200), (234, 51, 35)), tmp_path / "a.png", icc_profile=make.display_p3())
    done = fitted(wide, Limits(edge=100))
    with Image.open(done.path) as picture:
        red, green, blue = picture.getpixel((50, 50))
    assert red >= 250 and green <= 25 and blue <= 25


def test_clips_are_sent_as_they_are(tmp_path: Path) -> None:
    path = make.clip(tmp_path / "a.mp4")
    done = kept(path, probe(path))
    assert (done.path, done.mime, done.bytes) == (path, "video/mp4", path.stat().st_size)
    assert done.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@given(width=st.integers(1, 70_000), height=st.integers(1, 70_000),
       edge=st.none() | st.integers(1, 9000), pixels=st.none() | st.integers(1, 40_000_000))
@example(width=70_000, height=1, edge=None, pixels=5)
def test_size_within(width: int, height: int, edge: int | None, pixels: int | None) -> None:
    w, h = size_within(width, height, Limits(edge=edge, pixels=pixels))
    assert 1 <= w <= width and 1 <= h <= height
    assert edge is None or max(w, h) <= edge
    assert pixels is None or w * h <= pixels


SOURCES = ("a.jpg", "b.png", "c.png", "d.webp", "e.gif", "f.tif", "g.avif", "h.heic", "i.webp", "j.png")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a picture of each kind."""
    folder = tmp_path_factory.mktemp("sources")
    make.telltale_jpeg(folder / "a.jpg", 8, (320, 200))
    make.save(make.cutout(), folder / "b.png", exif=make.exif())
    make.palette_with_transparency(folder / "c.png")
    make.save(make.cutout(), folder / "d.webp", exif=make.exif(), xmp=make.XMP)
    make.animation(folder / "e.gif", comment=make.SERIAL)
    make.save(make.photo(260, 190).convert("CMYK"), folder / "f.tif", exif=make.exif(3))
    make.save(make.photo(260, 190), folder / "g.avif", exif=make.exif(5))
    make.heic(folder / "h.heic")
    make.animation(folder / "i.webp", exif=make.exif())
    make.deep_grey(folder / "j.png")
    return folder


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(SOURCES),
    formats=st.sampled_from([BOTH, ("image/jpeg",), ("image/png",), ("image/webp",), (*BOTH, "image/webp", "image/gif"),
                             ("image/jpeg", "image/gif"), ("image/png", "image/jpeg", "image/avif")]),
    most=st.none() | st.integers(2_000, 60_000),
    edge=st.none() | st.integers(8, 500),
    pixels=st.none() | st.integers(64, 90_000),
    animated=st.booleans(),
)
def test_fit_keeps_every_limit(
    sources: Path, name: str, formats: tuple[str, ...], most: int | None, edge: int | None, pixels: int | None,
    animated: bool,
) -> None:
    """Whatever the picture and the limits; `fitted` checks format, bytes, size, frames, hash and metadata."""
    fitted(sources / name, Limits(formats, most, edge, pixels, animated))
