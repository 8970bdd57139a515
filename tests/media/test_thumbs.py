"""Thumbnails."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.errors import Refused
from studio.media.images import opened
from studio.media.probe import probe_image
from studio.media.thumbs import ingest, shrunk, thumbnail
from tests.media import make


def small(path: Path, size: int = 120) -> Image.Image:
    """The thumbnail of `path` as a picture; checks that it is bare."""
    made = thumbnail(path, path.with_name("thumb"), size)
    assert made is not None
    with Image.open(made) as picture:
        assert max(picture.size) <= size
        assert not picture.getexif() and "icc_profile" not in picture.info and "comment" not in picture.info
        picture.load()
        return picture


def is_red(picture: Image.Image, x: float, y: float) -> bool:
    pixel = picture.convert("RGB").getpixel((int(x * (picture.width - 1)), int(y * (picture.height - 1))))
    assert isinstance(pixel, tuple)
    return pixel[0] > 170 and pixel[1] < 90 and pixel[2] < 90


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.tif", "a.webp", "a.avif"])
def test_thumbnails_are_upright(tmp_path: Path, name: str, turn: int) -> None:
    """The photo's top left is red; stored so that it is only there after turning by `turn`."""
    back = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270}
    shown = make.photo(600, 400)
    stored = shown.transpose(back[turn]) if turn in back else shown
    picture = small(make.save(stored, tmp_path / name, exif=make.exif(turn)))
    assert picture.size == (120, 80)
    assert is_red(picture, 0.1, 0.1)
    assert not any(is_red(picture, x, y) for x, y in ((0.9, 0.1), (0.1, 0.9), (0.9, 0.9)))


def test_wide_colours_become_srgb(tmp_path: Path) -> None:
    """sRGB's pure red is (234, 51, 35) in Display P3 (to within the difference of gamma 2.2 and sRGB's curve)."""
    wide = Image.new("RGB", (200, 200), (234, 51, 35))
    picture = small(make.save(wide, tmp_path / "a.png", icc_profile=make.display_p3()))
    red, green, blue = picture.convert("RGB").getpixel((50, 50))
    assert red >= 250 and green <= 25 and blue <= 25


def test_a_broken_profile_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert small(make.save(make.photo(), tmp_path / "a.jpg", icc_profile=b"not a profile" * 20)).size == (120, 90)


def test_cmyk(tmp_path: Path) -> None:
    """Pillow writes CMYK the way Adobe does: inverted, with its marker."""
    path = make.save(make.photo().convert("CMYK"), tmp_path / "a.jpg")
    assert b"Adobe" in path.read_bytes()[:200]
    assert is_red(small(path), 0.1, 0.1)
    assert is_red(small(make.save(make.photo().convert("CMYK"), tmp_path / "a.tif")), 0.1, 0.1)


def test_sixteen_bits(tmp_path: Path) -> None:
    picture = small(make.deep_grey(tmp_path / "a.png")).convert("L")
    values = [picture.getpixel((x, 10)) for x in range(0, picture.width, 10)]
    assert values == sorted(values)  # type: ignore[type-var]
    assert values[0] < 12 and picture.getpixel((picture.width - 1, 10)) > 243  # type: ignore[operator]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I", "F", "I;16", "CMYK", "LAB"])
def test_every_mode(tmp_path: Path, mode: str) -> None:
    grey = make.photo(90, 60).convert("L")
    picture = grey.convert(mode) if mode in ("I", "F", "I;16", "LA") else make.photo(90, 60).convert(mode)
    assert small(make.save(picture, tmp_path / "a.tif")).size == (90, 60)


def test_transparency_is_kept(tmp_path: Path) -> None:
    made = thumbnail(make.save(make.cutout(), tmp_path / "a.png"), tmp_path / "thumb")
    assert made is not None and made.suffix == ".png"
    with Image.open(made) as picture:
        alpha = picture.convert("RGBA").getchannel("A")
        assert (alpha.getpixel((5, 5)), alpha.getpixel((5, picture.height - 5))) == (255, 0)
    clear = thumbnail(make.palette_with_transparency(tmp_path / "b.png"), tmp_path / "clear")
    assert clear is not None
    with Image.open(clear) as picture:
        assert picture.convert("RGBA").getpixel((5, 5))[3] == 0


def test_an_opaque_alpha_channel_needs_no_png(tmp_path: Path) -> None:
    made = thumbnail(make.save(make.photo().convert("RGBA"), tmp_path / "a.png"), tmp_path / "thumb")
    assert made == tmp_path / "thumb.jpg"


@pytest.mark.parametrize("ending", ["gif", "webp", "png", "avif"])
def test_an_animation_shows_its_first_frame(tmp_path: Path, ending: str) -> None:
    assert is_red(small(make.animation(tmp_path / f"a.{ending}")), 0.5, 0.5)


def test_heic(tmp_path: Path) -> None:
    assert is_red(small(make.heic(tmp_path / "a.heic")), 0.1, 0.1)


def test_extreme_shapes(tmp_path: Path) -> None:
    assert small(make.save(make.photo(12_000, 3), tmp_path / "a.png")).size == (120, 1)
    assert small(make.save(make.photo(1, 900), tmp_path / "b.png")).size == (1, 120)
    assert small(make.save(make.photo(12_000, 2), tmp_path / "c.jpg")).size == (120, 1)
    assert small(make.save(make.photo(1, 1), tmp_path / "d.png")).size == (1, 1)


def test_small_pictures_are_not_enlarged(tmp_path: Path) -> None:
    assert small(make.save(make.photo(33, 21), tmp_path / "a.jpg")).size == (33, 21)


def test_quick_decoding_loses_no_sharpness(tmp_path: Path) -> None:
    """The short way (JPEG decoded at 1/8) looks like the long one."""
    path = make.save(make.photo(2400, 1600), tmp_path / "a.jpg", quality=95)
    with opened(path) as image:
        quick = shrunk(image, probe_image(image), 120)
    with Image.open(path) as whole:
        slow = whole.convert("RGB").resize(quick.size, Image.Resampling.LANCZOS)
    differences = np.abs(np.asarray(quick, np.int16) - np.asarray(slow, np.int16))
    assert differences.mean() < 1
    assert np.percentile(differences, 99) <= 3


def test_a_film_shows_a_frame_a_second_in(tmp_path: Path) -> None:
    picture = small(make.clip(tmp_path / "a.mp4", seconds=2.0))
    red = picture.convert("RGB").getpixel((picture.width - 5, picture.height - 5))
    assert isinstance(red, tuple)
    assert 110 < red[0] < 160  # half way from black to red
    assert picture.convert("L").getpixel((3, 3)) > 230  # type: ignore[operator]


def test_a_turned_film_is_upright(tmp_path: Path) -> None:
    """Turned by 90 degrees clockwise, what is stored top left is shown top right."""
    picture = small(make.turned(make.clip(tmp_path / "a.mp4"))).convert("L")
    assert picture.size == (72, 120)
    assert picture.getpixel((picture.width - 4, 4)) > 200 > picture.getpixel((4, 4))  # type: ignore[operator]


def test_sound_has_no_thumbnail(tmp_path: Path) -> None:
    taken = ingest(make.song(tmp_path / "a.mp3"), tmp_path / "thumb")
    assert (taken.probe.kind, taken.thumbnail) == ("audio", None)
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp3"]


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.gif", "a.bmp", "a.avif"])
def test_truncated_pictures_are_refused(tmp_path: Path, name: str) -> None:
    path = make.save(make.photo(), tmp_path / name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    with pytest.raises(Refused) as caught:
        ingest(path, tmp_path / "thumb")
    assert [f.code for f in caught.value.findings] == ["media.unreadable"]
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_full_disk_is_not_the_pictures_fault(tmp_path: Path) -> None:
    """Errors of the system come through as they are: the folder for the thumbnail is not there."""
    path = make.save(make.photo(), tmp_path / "a.jpg")
    with pytest.raises(FileNotFoundError):
        ingest(path, tmp_path / "gone" / "thumb")


def test_several_threads_at_once(tmp_path: Path) -> None:
    photos = [make.photo(300, 200, seed=n) for n in range(24)]
    made = [make.save(p, tmp_path / f"{n}.jpg", exif=make.exif(n % 8 + 1)) for n, p in enumerate(photos)]
    alone = [ingest(path, tmp_path / f"alone{n}") for n, path in enumerate(made)]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda n: ingest(made[n], tmp_path / f"pool{n}"), range(24)))
    for one, other in zip(alone, together, strict=True):
        assert one.probe == other.probe
        assert one.thumbnail and other.thumbnail
        assert one.thumbnail.read_bytes() == other.thumbnail.read_bytes()


MEASURE = """
import resource, sys
from pathlib import Path
from studio.media.thumbs import ingest
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = ingest(Path(sys.argv[1]), Path(sys.argv[2])).probe
print(found.width, found.height, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux only")
@pytest.mark.parametrize(("name", "options"), [("a.tif", {}), ("a.bmp", {}), ("a.png", {"compress_level": 0})])
def test_a_picture_of_200_megabytes_takes_bounded_memory(tmp_path: Path, name: str, options: dict[str, int]) -> None:
    """67 megapixels, 201 MB: no more than the pixels (4 bytes each) and a little."""
    path = make.save(Image.new("RGB", (8200, 8200), "teal"), tmp_path / name, **options)
    assert path.stat().st_size > 200_000_000
    run = [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "thumb")]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    width, height, grown = map(int, done.stdout.split())
    assert (width, height) == (8200, 8200)
    assert grown < 8200 * 8200 * 4 / 1e6 * 1.25


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("exif", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\0\0\xff\xff", b"Exif\0\0" + make.exif(6)[6:60]])
def test_broken_exif_is_no_reason_to_refuse(tmp_path: Path, exif: bytes) -> None:
    plain = make.save(make.photo(), tmp_path / "a.jpg").read_bytes()
    path = tmp_path / "b.jpg"
    path.write_bytes(plain[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + plain[2:])
    assert max(small(path).size) == 120
