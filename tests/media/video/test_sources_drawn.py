"""What comes in: colours of every kind of film, stills with and without transparency, turned and odd ones."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from PIL import Image

from studio.core.curve import Curve, Key
from studio.core.errors import Refused
from studio.core.finding import Finding
from studio.core.timeline import Clip, Effect, Source, Transform
from studio.core.title import TextStyle, Title
from studio.media.video.photos import Photos
from studio.media.video.picture import yuv_of
from studio.media.video.sources import described
from tests.media import make
from tests.media.video.films import clip, drawn, film, luma, overlay, plain, solid, timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

ORANGE = (230, 120, 40)
WANTED = yuv_of("#e67828")


def middle(planes: tuple[NDArray[np.uint8], ...]) -> list[int]:
    return [int(plane[plane.shape[0] // 2, plane.shape[1] // 2]) for plane in planes]


@pytest.mark.parametrize(("fmt", "space"), [("yuv420p", 1), ("yuv444p", 1), ("yuv420p10le", 1), ("yuv420p", 6)])
def test_colours_come_out_alike_whatever_the_film_keeps_them_as(tmp_path: Path, fmt: str, space: int) -> None:
    source = film(tmp_path / "a.mkv", [plain(ORANGE)], fmt=fmt, colorspace=space)
    for one in (clip(source), clip(source, transform=Transform(scale=Curve(1.5))), clip(source, fit="blur")):
        assert middle(drawn(timeline(one, sources=[source], size=(96, 96)))) == pytest.approx(WANTED, abs=2)


def test_a_full_range_film_is_brought_to_limited(tmp_path: Path) -> None:
    path = tmp_path / "full.mkv"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", 10, options={"qp": "0"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.colorspace, stream.codec_context.color_range = 1, 2
        rgb = av.VideoFrame.from_ndarray(plain(ORANGE), format="rgb24")
        file.mux(stream.encode(rgb.reformat(format="yuv420p", dst_colorspace=1, src_color_range=2, dst_color_range=2)))
        file.mux(stream.encode(None))
    source = described(path, id="full")
    assert middle(drawn(timeline(clip(source), sources=[source]))) == pytest.approx(WANTED, abs=2)


def test_a_turned_film_stands_upright(tmp_path: Path) -> None:
    source = described(make.turned(make.clip(tmp_path / "turned.mp4")), id="t")
    line = timeline(clip(source, 0.3, fit="fill"), sources=[source], size=(source.width, source.height))
    assert source.height > source.width and drawn(line)[0].shape == (source.height, source.width)


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (3, 2), (101, 57), (640, 2), (2, 480)])
def test_pictures_of_any_shape_are_laid(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "p.png"
    Image.new("RGB", size, ORANGE).save(path)
    source = described(path, id="p")
    for fit in ("cover", "contain", "fill", "blur"):
        for scale in (1.0, 0.01, 40.0):
            one = clip(source, fit=fit, transform=Transform(scale=Curve(scale)))
            found = middle(drawn(timeline(one, sources=[source], background="#e67828")))
            dark = 16 + (WANTED[0] - 16) * 0.8, *WANTED[1:]  # what is blurred behind is darker
            assert found == pytest.approx(WANTED, abs=12) or (fit == "blur" and found == pytest.approx(dark, abs=3))


WILD = [float("nan"), float("inf"), -float("inf"), 1e300, -1e300, 1e-300]


@pytest.mark.parametrize("value", WILD)
def test_numbers_that_mean_nothing_harm_nobody(tmp_path: Path, value: float) -> None:
    source = film(tmp_path / "a.mkv", [plain(ORANGE)])
    blur = Effect("e", "blur", {"radius": Curve(value)})
    words = Clip("t", Fraction(1), "title", title=Title("Hi"), transform=Transform(*(Curve(value),) * 5))
    key = Curve(0, (Key(Fraction(0), value), Key(Fraction(1), 1.0)))
    for field in ("x", "y", "scale", "rotation", "opacity"):
        for curve in (Curve(value), key):
            for effects in ((), (blur,)):
                one = clip(source, effects=effects, transform=Transform(**{field: curve}))
                above = [overlay(words, role="titles")]
                told: list[Finding] = []
                drawn(timeline(one, sources=[source], above=above), 0.5, troubled=told.append)
                assert told == []


def test_a_picture_grown_to_no_end_takes_no_memory_to_no_end(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mkv", [plain(ORANGE)])
    blur = Effect("e", "blur", {"radius": Curve(20.0)})
    for scale in (40.0, 5000.0):
        one = clip(source, effects=(blur,), transform=Transform(scale=Curve(scale)))
        assert middle(drawn(timeline(one, sources=[source]))) == pytest.approx(WANTED, abs=2)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_stands_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "photo.jpg"
    picture = Image.new("RGB", (64, 48), "black")
    picture.paste((255, 255, 255), (0, 0, 32, 24))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(path, quality=95, exif=exif)
    source = described(path, id="p")
    y = drawn(timeline(clip(source, fit="fill"), sources=[source]))[0]
    corners = {1: (8, 8), 3: (40, 56), 6: (8, 56), 8: (40, 8)}
    assert [number for number, place in corners.items() if y[place] > 200] == [orientation]


def test_a_logo_lets_through_what_is_clear_in_it(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    picture = Image.new("RGBA", (64, 48), (0, 255, 0, 0))  # clear green must not shine through
    picture.paste((255, 255, 255, 255), (16, 12, 48, 36))
    picture.paste((255, 255, 255, 128), (16, 12, 32, 36))
    picture.save(path)
    source = described(path, id="p")
    y, u, v = drawn(timeline(solid("#000000"), above=[overlay(clip(source))], sources=[source]))
    assert y[2, 2] == 16 and y[20, 40] == 235 and int(y[20, 24]) == pytest.approx((16 + 235) / 2, abs=1)
    assert (u == 128).all() and (v == 128).all()


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_an_animation_moves_and_goes_round(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    frames = [Image.new("RGB", (64, 48), color) for color in ("#000000", "#ffffff", "#808080")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=[100, 200, 100], loop=0)
    line = timeline(clip(described(path, id="a")), sources=[described(path, id="a")])
    shades = [drawn(line, n / 10)[0][24, 32] for n in range(9)]
    wanted = [luma(color) for color in ("#000000", "#ffffff", "#ffffff", "#808080")]
    assert [int(shade) for shade in shades] == pytest.approx((wanted * 3)[:9], abs=2)


def test_a_long_animation_is_made_smaller_and_old_photos_are_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.media.video.photos.MOVING", 20_000)
    made = make.animation(tmp_path / "a.gif", 5, (200, 100))
    photos = Photos(budget=60_000)
    photo = photos.photo(made)
    assert len(photo.frames) == 5 and photo.frames[0].width < 200
    for number in range(4):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (160, 120)).save(path)
        photos.photo(path)
    assert photos._bytes <= 60_000 and photos.photo(made) is not photo


def test_a_film_with_transparency_lets_through(tmp_path: Path) -> None:
    path = tmp_path / "clear.mov"
    pixels = np.zeros((48, 64, 4), np.uint8)
    pixels[:, 32:] = 255
    with av.open(str(path), "w") as file:
        stream = file.add_stream("qtrle", 10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "argb"
        for _ in range(3):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format="argb")))
        file.mux(stream.encode(None))
    source = described(path, id="c")
    assert source.alpha
    for one in (clip(source, 0.3), clip(source, 0.3, transform=Transform(rotation=Curve(360.0), x=Curve(
            0, (Key(Fraction(0), 0), Key(Fraction(1), 0.5)))))):
        y = drawn(timeline(solid("#ff0000", 0.3), above=[overlay(one)], sources=[source]))[0]
        assert (y[:, :30] == luma("#ff0000")).all() and (y[2:-2, 36:-2] == 235).all()


def test_what_is_blurred_behind_fills_the_canvas(tmp_path: Path) -> None:
    source = film(tmp_path / "wide.mkv", [plain((255, 255, 255), (64, 16))])
    y = drawn(timeline(clip(source, fit="blur"), sources=[source]))[0]
    assert (y[17:31] == 235).all() and y.min() > 150 and y[:12].max() < 230


def test_a_turned_picture_covers_what_it_should() -> None:
    wide = solid("#ffffff", transform=Transform(rotation=Curve(90.0), scale=Curve(0.5)))
    y = drawn(timeline(solid("#000000"), above=[overlay(wide)]))[0]
    wanted = np.full((48, 64), 16)
    wanted[8:40, 20:44] = 235  # 32 x 24, upright
    assert np.abs(y.astype(int) - wanted).max() <= 2
    slanted = solid("#ffffff", transform=Transform(rotation=Curve(45.0), scale=Curve(0.5)))
    y = drawn(timeline(solid("#000000"), above=[overlay(slanted)]))[0]
    area = (y.astype(float) - 16).sum() / 219
    assert area == pytest.approx(32 * 24, rel=0.02) and y[24, 32] == 235 and y[10, 18] == 16


def test_what_is_moved_by_key_frames_goes_between_pixels(tmp_path: Path) -> None:
    pixels = plain((0, 0, 0))
    pixels[20:28, 28:36] = 255
    source = film(tmp_path / "a.mkv", [pixels] * 10)
    path = Transform(x=Curve(0, (Key(Fraction(0), 0.0), Key(Fraction(1), 8.0))))
    line = timeline(solid("#000000"), above=[overlay(clip(source, transform=path))], sources=[source])
    weight = [drawn(line, n / 10)[0].astype(float) - 16 for n in range(10)]
    xs = [float((plane.sum(axis=0) * np.arange(64)).sum() / plane.sum()) for plane in weight]
    assert np.diff(xs) == pytest.approx([0.8] * 9, abs=0.05)


def test_words_are_scaled_and_turned_about_the_middle_of_the_canvas() -> None:
    def place(**move: float) -> tuple[float, float]:
        words = Clip("t", Fraction(1), "title", title=Title("I", TextStyle(size=10, shadow="", place="bottom")),
                     transform=Transform(**{name: Curve(value) for name, value in move.items()}))
        y = drawn(timeline(solid("#000000"),
                           above=[overlay(words, role="titles")], size=(96, 96)))[0].astype(float) - 16
        rows, columns = np.mgrid[0:96, 0:96]
        return float((rows * y).sum() / y.sum()), float((columns * y).sum() / y.sum())

    row, column = place()
    assert row > 70 and abs(column - 47.5) < 1.5
    assert place(x=10, y=-20) == pytest.approx((row - 20, column + 10), abs=0.6)
    assert place(rotation=180) == pytest.approx((95 - row, 95 - column), abs=0.6)
    assert place(scale=0.5) == pytest.approx(((row - 47.5) / 2 + 47.5, (column - 47.5) / 2 + 47.5), abs=0.6)


def test_an_adjustment_works_on_all_that_lies_below_and_nothing_above(tmp_path: Path) -> None:
    from tests.media.video.effects.test_pictures import fx

    grey = Clip("adjust", Fraction(1), "adjustment", effects=(fx("colour", saturation=-100),))
    half = Transform(scale=Curve(0.5), x=Curve(-16))
    above = [overlay(solid("#0000ff", transform=half)), overlay(grey),
             overlay(solid("#00ff00", transform=Transform(scale=Curve(0.25), x=Curve(24))))]
    _y, u, v = drawn(timeline(solid("#ff0000"), above=above))
    assert (u[:, :20] == 128).all() and (v[:, :20] == 128).all() and u[12, 28] == yuv_of("#00ff00")[1]
    halved = Clip("adjust", Fraction(1), "adjustment", effects=grey.effects, transform=Transform(opacity=Curve(0.5)))
    _y, _u, v = drawn(timeline(solid("#ff0000"), above=[overlay(halved)]))
    assert int(v[0, 0]) == pytest.approx((128 + yuv_of("#ff0000")[2]) / 2, abs=1)


def test_a_source_that_is_broken_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    source = film(path, [plain((255, 255, 255))])
    line = timeline(clip(source), sources=[source])
    assert middle(drawn(line))[0] == 235
    film(path, [plain((0, 0, 0))] * 2)
    assert middle(drawn(line))[0] == 16
    path.write_bytes(b"\0" * 400)
    with pytest.raises(Refused):
        drawn(line)
    assert middle(drawn(line, lenient=True))[0] == luma("#3a3a3a")
    text = Source("playlist", (tmp_path / "list.m3u8").as_posix(), "video")
    (tmp_path / "list.m3u8").write_text(f"#EXTM3U\n#EXTINF:1,\n{path.as_posix()}\n")
    with pytest.raises(Refused):
        drawn(timeline(clip(text), sources=[text]))
