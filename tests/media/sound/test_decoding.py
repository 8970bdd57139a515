"""Sound of files: on their own clock to the sample, at any rate, in any container, from anywhere in it."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from studio.media.sound.decoding import Decoder
from studio.media.sound.places import origin
from studio.media.sound.reading import RATE, Sounds
from studio.media.video.reader import Reader
from tests.media.sound.sounds import sweep, tone, written


def lag(heard: np.ndarray, first: int, count: int = RATE) -> int:
    """Samples by which a piece of the sweep comes late."""
    size = 1 << (2 * count).bit_length()
    whole = np.fft.rfft(heard[first : first + count, 0], size)
    found = np.fft.irfft(whole * np.conj(np.fft.rfft(sweep(np.arange(first, first + count) / RATE), size)))
    return int((np.argmax(np.roll(found, 2400)[:4801])) - 2400)


@pytest.mark.parametrize(("name", "codec", "rate", "layout"), [
    ("a.wav", "pcm_s16le", 44_100, "stereo"), ("b.m4a", "aac", 44_100, "stereo"), ("c.webm", "libopus", 48_000, "mono"),
    ("d.mp3", "libmp3lame", 22_050, "stereo"), ("e.flac", "flac", 96_000, "mono"), ("f.mkv", "aac", 48_000, "stereo"),
    ("g.wav", "pcm_u8", 44_056, "mono"), ("h.mkv", "ac3", 48_000, "5.1"),
])
def test_sound_lies_where_the_file_says(tmp_path: Path, name: str, codec: str, rate: int, layout: str) -> None:
    path = written(tmp_path / name, codec=codec, rate=rate, layout="mono" if layout == "5.1" else layout)
    sounds = Sounds()
    heard = sounds.read(path, 0, 4 * RATE)
    assert lag(heard, RATE) == 0
    assert np.abs(heard[RATE:-RATE, 0] - sweep(np.arange(RATE, 3 * RATE) / RATE)).max() < 0.05
    assert not sounds.broken and not sounds.read(path, 5 * RATE, RATE).any()
    assert not sounds.read(path, -RATE, RATE - 100).any()  # just before 0 the resampling filter rings
    sounds.close()


@pytest.mark.parametrize(("name", "codec"), [
    ("a.mp4", ["-c:a", "aac"]), ("b.mkv", ["-c:a", "aac"]), ("c.webm", ["-c:a", "libvorbis"]),
    ("d.flv", ["-c:a", "aac"]), ("e.mp3", ["-q:a", "5"]), ("f.ts", ["-c:a", "aac"]),
    ("g.ogg", ["-c:a", "libopus"]), ("h.wma", ["-c:a", "wmav2"]),
])
def test_reading_anywhere_gives_what_reading_through_gives(tmp_path: Path, name: str, codec: list[str]) -> None:
    plain, path = written(tmp_path / "plain.wav", seconds=6, rate=44_100), tmp_path / name
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-i", str(plain), *codec, str(path)], check=True)
    whole = Sounds().read(path, 0, 6 * RATE)
    assert np.abs(whole).max() > 0.3
    for first in (5 * RATE + 7, 3 * RATE + 11_111, RATE // 3, 0):
        part = Sounds().read(path, first, 6000)
        assert np.abs(part - whole[first : first + 6000]).max() < 2e-3


@pytest.mark.parametrize("begin", [0.0, 0.25, 1.37])
@pytest.mark.parametrize("name", ["a.mp4", "b.mkv", "c.ts"])
def test_sound_that_begins_later_than_the_picture(tmp_path: Path, name: str, begin: float) -> None:
    path = written(tmp_path / name, codec="aac", picture=True, begin=begin, seconds=3)
    sounds, late = Sounds(), round(begin * RATE)
    heard = sounds.read(path, 0, 4 * RATE)
    found = lag(np.roll(heard, -late, axis=0), RATE)
    assert abs(found) <= 1024 + RATE // 1000  # MPEG-TS and FLV do not tell what an encoder put before the sound
    assert name == "c.ts" or abs(found) <= RATE // 1000
    assert begin < 1 or np.abs(heard[: round((begin - 0.1) * RATE)]).max() < 1e-3
    assert origin(path) == Reader(path).info.zero


def test_a_picture_that_begins_late_takes_its_sound_with_it(tmp_path: Path) -> None:
    """A cut by packets: what was before the first picture is before moment 0."""
    whole, cut = written(tmp_path / "w.mkv", codec="pcm_s16le", picture=True), tmp_path / "cut.mkv"
    with av.open(str(whole)) as file, av.open(str(cut), "w") as out:
        streams = {one.index: out.add_stream_from_template(one) for one in file.streams}
        for packet in file.demux():
            if packet.dts is not None and packet.pts is not None:
                if packet.stream.type == "video":
                    packet.pts, packet.dts = packet.pts + 646, packet.dts + 646  # milliseconds
                packet.stream = streams[packet.stream_index]
                out.mux(packet)
    late = origin(cut)
    assert late == Fraction(646, 1000) == Reader(cut).info.zero
    assert abs(lag(np.roll(Sounds().read(cut, 0, 3 * RATE), round(late * RATE), axis=0), RATE)) <= RATE // 500


def test_one_channel_is_as_loud_on_both_sides(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", lambda t: np.full_like(t, 0.5), layout="mono", rate=44_100)
    assert np.abs(Sounds().read(path, RATE, RATE) - 0.5).max() < 1e-4


def test_a_file_that_is_replaced_is_read_anew(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", seconds=2)
    sounds = Sounds(look=0)
    before = sounds.read(path, 0, RATE)
    written(path, tone(700, 0.2), seconds=3)
    after = sounds.read(path, 0, RATE)
    assert np.abs(before).max() > 0.39 and np.abs(after).max() == pytest.approx(0.2, abs=1e-3)
    path.unlink()
    with pytest.raises(OSError):
        sounds.read(path, 0, RATE)


def test_damage_in_the_middle_is_silence_there_only(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp3", codec="libmp3lame", seconds=6)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 6000] = bytes(6000)
    path.write_bytes(data)
    heard = Sounds().read(path, 0, 6 * RATE)
    assert lag(heard, RATE) == 0 and np.isfinite(heard).all()
    cut = tmp_path / "cut.m4a"
    whole = written(tmp_path / "whole.mov", codec="aac", seconds=6).read_bytes()
    at = whole.index(b"mdat") + len(whole) // 3
    cut.write_bytes(whole[:at] + np.random.default_rng(1).bytes(4000) + whole[at + 4000 :])
    sounds = Sounds()
    heard = sounds.read(cut, 0, 6 * RATE)
    assert cut in sounds.broken and lag(heard, 0) == 0 and lag(heard, 5 * RATE, RATE // 2) == 0


@pytest.mark.parametrize("seed", range(40))
def test_files_of_any_damage_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    name, codec = [("a.m4a", "aac"), ("b.mp3", "libmp3lame"), ("c.webm", "libopus"), ("d.wav", "pcm_s16le"),
                   ("e.flac", "flac")][seed % 5]
    path = written(tmp_path / name, codec=codec, seconds=1)
    data = bytearray(path.read_bytes())
    for at in random.integers(0, len(data), 1 + seed):
        data[at] = random.integers(0, 256)
    path.write_bytes(data[: random.integers(1, len(data))] if seed % 3 == 0 else data)
    try:
        heard = Sounds().read(path, RATE // 3, RATE)
    except (av.error.FFmpegError, LookupError):
        return
    assert heard.shape == (RATE, 2)


def test_an_unknown_codec_and_a_rate_that_cannot_be_are_no_sound(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.mp4", codec="libopus", seconds=1, picture=True).read_bytes()
    (tmp_path / "codec.mp4").write_bytes(whole.replace(b"Opus", b"zz9a"))
    plain = bytearray(written(tmp_path / "a.wav", codec="pcm_s16le", seconds=1).read_bytes())
    plain[24:28] = (2_000_000_000).to_bytes(4, "little")
    (tmp_path / "rate.wav").write_bytes(plain)
    for name in ("codec.mp4", "rate.wav"):
        with pytest.raises(LookupError):
            Sounds().read(tmp_path / name, 0, 10)


def test_sound_that_ends_early_is_silence_from_there_on(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", codec="aac", seconds=2)
    decoder = Decoder(path)
    assert not decoder.read(500 * RATE, RATE).any() and decoder.ended
    assert not decoder.read(100 * RATE, RATE).any() and decoder.read(RATE, 100).any()


def test_the_stream_that_players_take(tmp_path: Path) -> None:
    one, two = written(tmp_path / "1.wav", tone(300)), written(tmp_path / "2.wav", tone(700, 0.1))
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", str(one), "-i", str(two), "-map", "0", "-map", "1", "-c", "flac",
         "-disposition:a:0", "0", "-disposition:a:1", "default", str(tmp_path / "b.mkv")], check=True,
    )
    assert np.abs(Sounds().read(tmp_path / "b.mkv", RATE, RATE)).max() == pytest.approx(0.1, abs=0.01)


def test_films_without_sound_and_playlists_have_none(tmp_path: Path) -> None:
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nsong.mp3\n")
    with pytest.raises(av.error.FFmpegError):
        Decoder(tmp_path / "list.m3u8")
    with av.open(str(tmp_path / "mute.mp4"), "w") as file:
        stream = file.add_stream("libx264", 10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((96, 64), np.uint8), "yuv420p")
        frame.pts, frame.time_base = 0, Fraction(1, 10)
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    for _ in range(2):
        with pytest.raises(LookupError):
            Sounds().read(tmp_path / "mute.mp4", 0, 10)
