"""What a file is, by its own bytes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Refused
from studio.media.probe import probe, remarks, right_name
from studio.media.thumbs import ingest
from tests.media import make


def refusal(path: Path) -> str:
    """The code of the one finding `probe` refuses `path` with."""
    with pytest.raises(Refused) as caught:
        probe(path)
    (finding,) = caught.value.findings
    assert finding.values["name"] == path.name
    return finding.code


@pytest.mark.parametrize(
    ("name", "mime"),
    [("a.jpg", "image/jpeg"), ("a.png", "image/png"), ("a.webp", "image/webp"), ("a.avif", "image/avif"),
     ("a.tif", "image/tiff"), ("a.bmp", "image/bmp"), ("a.gif", "image/gif")],
)
def test_pictures_are_known_by_their_bytes(tmp_path: Path, name: str, mime: str) -> None:
    made = make.save(make.photo(50, 40), tmp_path / name)
    bare = made.rename(tmp_path / "no ending")
    found = probe(bare)
    assert (found.kind, found.mime, found.width, found.height) == ("image", mime, 50, 40)
    assert found.suffix == Path(name).suffix
    assert (found.frames, found.duration, found.has_location) == (1, None, False)


def test_heic_with_its_place(tmp_path: Path) -> None:
    found = probe(make.heic(tmp_path / "a.heic"))
    assert (found.mime, found.suffix, found.width, found.height) == ("image/heic", ".heic", 128, 96)
    assert found.has_location
    assert not probe(make.heic(tmp_path / "b.heic", with_exif=False)).has_location


@pytest.mark.parametrize("turn", range(1, 9))
def test_size_is_as_shown(tmp_path: Path, turn: int) -> None:
    for name in ("a.jpg", "a.tif", "a.png", "a.webp"):
        found = probe(make.save(make.photo(60, 40), tmp_path / name, exif=make.exif(turn)))
        assert found.orientation == turn
        assert (found.width, found.height) == ((40, 60) if turn >= 5 else (60, 40)), name


def test_nonsense_orientation_counts_as_upright(tmp_path: Path) -> None:
    assert probe(make.save(make.photo(60, 40), tmp_path / "a.jpg", exif=make.exif(77))).orientation == 1


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_the_place_is_seen(tmp_path: Path, name: str) -> None:
    assert probe(make.save(make.photo(60, 40), tmp_path / name, exif=make.exif())).has_location
    assert not probe(make.save(make.photo(60, 40), tmp_path / f"b{name}")).has_location


def test_the_place_is_seen_in_xmp_alone(tmp_path: Path) -> None:
    assert probe(make.save(make.photo(60, 40), tmp_path / "a.jpg", xmp=make.XMP)).has_location


@pytest.mark.parametrize("ending", ["gif", "webp", "png", "avif"])
def test_animations_count_their_frames(tmp_path: Path, ending: str) -> None:
    assert probe(make.animation(tmp_path / f"a.{ending}")).frames == 4


def test_the_still_of_an_apng_is_no_frame(tmp_path: Path) -> None:
    assert probe(make.animation(tmp_path / "a.png", default_image=True)).frames == 3


def test_the_second_picture_of_an_mpo_is_no_frame(tmp_path: Path) -> None:
    first, second = make.photo(60, 40), make.photo(60, 40, seed=2)
    first.save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[second])
    found = probe(tmp_path / "a.jpg")
    assert (found.mime, found.frames) == ("image/jpeg", 1)


def test_transparency(tmp_path: Path) -> None:
    assert probe(make.save(make.cutout(), tmp_path / "a.png")).has_alpha
    assert probe(make.palette_with_transparency(tmp_path / "b.png")).has_alpha
    assert not probe(make.save(make.photo(), tmp_path / "c.png")).has_alpha


def test_refusals(tmp_path: Path) -> None:
    (tmp_path / "nothing.jpg").write_bytes(b"")
    (tmp_path / "text.jpg").write_text("a letter, not a picture\n" * 40)
    (tmp_path / "noise.mp4").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "head.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 40)
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    (tmp_path / "list.ffconcat").write_text("ffconcat version 1.0\nfile /etc/passwd\n")
    assert refusal(tmp_path / "nothing.jpg") == "media.empty"
    assert refusal(tmp_path / "text.jpg") == "media.not_media"
    assert refusal(tmp_path / "noise.mp4") == "media.not_media"
    assert refusal(tmp_path / "head.jpg") == "media.unreadable"
    assert refusal(tmp_path / "list.m3u8") == "media.not_media"
    assert refusal(tmp_path / "list.ffconcat") == "media.not_media"


def test_a_missing_file_is_no_broken_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        probe(tmp_path / "gone.jpg")


def test_huge_pictures_are_refused_unseen(tmp_path: Path) -> None:
    for path in (make.huge_png(tmp_path / "a.png"), make.huge_jpeg(tmp_path / "a.jpg"),
                 make.huge_gif(tmp_path / "a.gif"), make.huge_png(tmp_path / "b.png", 14_200)):
        assert refusal(path) == "media.too_large_pixels"


def test_a_file_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    path = make.save(make.photo(20, 20), tmp_path / "a.png")
    with path.open("r+b") as file:
        file.truncate(600 * 1024 * 1024)  # a hole: takes no disk
    assert refusal(path) == "media.too_large_bytes"


def test_a_truncated_clip_is_refused(tmp_path: Path) -> None:
    path = make.clip(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path) == "media.unreadable"


def test_clips(tmp_path: Path) -> None:
    plain = probe(make.clip(tmp_path / "a.mp4"))
    assert (plain.kind, plain.mime, plain.width, plain.height) == ("video", "video/mp4", 160, 96)
    assert (plain.duration, plain.frames, plain.orientation) == (Fraction(1), 10, 1)
    turned = probe(make.turned(tmp_path / "a.mp4"))
    assert (turned.width, turned.height, turned.orientation) == (96, 160, 6)
    assert probe(make.clip(tmp_path / "a.mov", options={"brand": "qt  "})).mime == "video/quicktime"
    assert probe(make.clip(tmp_path / "a.mkv")).mime == "video/x-matroska"


def test_a_clip_without_a_length_in_its_header(tmp_path: Path) -> None:
    path = make.clip(tmp_path / "a.webm", codec="libvpx-vp9", options={"live": "1"})
    found = probe(path)
    assert found.mime == "video/webm"
    assert found.duration == pytest.approx(1.0, abs=0.1)


def test_a_clip_of_uneven_speed(tmp_path: Path) -> None:
    found = probe(make.clip(tmp_path / "a.mp4", times=[0, 0.1, 0.15, 0.9, 1.7, 1.8], sound=False))
    assert found.frames == 6
    assert found.duration is not None and 1.8 <= found.duration <= 2.7


def test_a_clip_that_says_where(tmp_path: Path) -> None:
    path = make.clip(tmp_path / "a.mp4", metadata={"location": "+48.8583+002.2945/"})
    assert probe(path).has_location


@pytest.mark.parametrize(
    ("name", "codec", "mime"),
    [("a.mp3", "libmp3lame", "audio/mpeg"), ("a.flac", "flac", "audio/flac"), ("a.m4a", "aac", "audio/mp4"),
     ("a.wav", "pcm_s16le", "audio/wav"), ("a.ogg", "libopus", "audio/ogg")],
)
def test_sound(tmp_path: Path, name: str, codec: str, mime: str) -> None:
    found = probe(make.song(tmp_path / name, codec))
    assert (found.kind, found.mime, found.suffix, found.width) == ("audio", mime, Path(name).suffix, 0)
    assert found.duration is not None and 0.9 <= found.duration <= 1.1


def test_wrong_endings_are_remarked_and_put_right(tmp_path: Path) -> None:
    found = probe(make.save(make.photo(20, 20), tmp_path / "holiday.jpg", format="PNG"))
    (finding,) = remarks("holiday.jpg", found)
    assert (finding.code, finding.severity) == ("media.mislabelled", "warning")
    assert finding.values == {"name": "holiday.jpg", "ending": ".jpg", "real": ".png"}
    assert right_name("holiday.jpg", found) == "holiday.png"
    assert right_name("Holiday.PNG", found) == "Holiday.PNG"
    assert right_name("clipboard", found) == "clipboard.png"
    jpeg = probe(make.save(make.photo(20, 20), tmp_path / "b.jpeg"))
    assert remarks("b.JPEG", jpeg) == ()


@settings(max_examples=60, deadline=None)
@given(data=st.binary(min_size=1, max_size=400), head=st.sampled_from(
    [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBP", b"\0\0\0\x18ftypavif", b"II*\0",
     b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypmp42", b"BM\0\0\0\0\0\0\0\0", b"\x1aE\xdf\xa3", b"OggS", b"ID3\x03\0\0"]))
def test_garbage_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    path = tmp_path_factory.mktemp("garbage") / "a"
    path.write_bytes(head + data)
    read_or_refused(path)


SOURCES = ("a.jpg", "b.png", "c.gif", "d.webp", "e.avif", "f.tif", "g.bmp", "h.heic", "i.mp4", "j.webm", "k.mp3")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One small good file of each type."""
    folder = tmp_path_factory.mktemp("whole")
    make.telltale_jpeg(folder / "a.jpg", size=(64, 48))
    make.png_with_chunks(folder / "b.png")
    for name in ("c.gif", "d.webp", "e.avif"):
        make.animation(folder / name, size=(32, 24))
    for name in ("f.tif", "g.bmp"):
        make.save(make.photo(40, 30), folder / name)
    make.heic(folder / "h.heic")
    make.clip(folder / "i.mp4", seconds=0.3)
    make.clip(folder / "j.webm", seconds=0.3, codec="libvpx-vp9")
    make.song(folder / "k.mp3")
    return {name: (folder / name).read_bytes() for name in SOURCES}


@settings(max_examples=120, deadline=None)
@given(name=st.sampled_from(SOURCES), data=st.data())
def test_damaged_files_are_read_or_refused(
    whole: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    """A cut and a few flipped bytes anywhere: a probe or a refusal, never another error, and no litter."""
    good = bytearray(whole[name])
    for _ in range(data.draw(st.integers(0, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(good)))
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(good[:cut])
    read_or_refused(path)


def read_or_refused(path: Path) -> None:
    """Takes the file in; fails when anything but Refused comes of it or a part of a file stays."""
    out = path.with_name("thumb")
    try:
        taken = ingest(path, out)
        assert taken.thumbnail is None or taken.thumbnail.exists()
    except Refused as refused:
        assert refused.findings[0].code.startswith("media.")
        assert not list(path.parent.glob("thumb*"))
    assert not list(path.parent.glob("*.part"))
