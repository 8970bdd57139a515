"""Films, music and a logo that the video benchmarks use: made here once, and kept under build/bench/footage.

A picture of 1/f noise, as natural scenes have it, in three colours; over it a camera drifts and zooms by fractions of a
pixel, two smaller textures move on their own in front, and each frame has grain of its own. So motion search, residuals
and noise cost what they cost with real material. Encoded with x264 as phones and screen cameras do it: 12 Mbit/s, two
seconds between key frames, B-frames.
"""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.workspace import FOLDER

RATE = 30
Array = NDArray[np.float32]


def ffmpeg() -> str:
    """The bundled program."""
    from imageio_ffmpeg import get_ffmpeg_exe

    return str(get_ffmpeg_exe())


def film(name: str, seconds: int, size: tuple[int, int] = (1080, 1920), *, seed: int = 1, more: tuple[str, ...] = (),
         sound: bool = False) -> Path:
    """A film of `seconds` at 30 frames a second. more: further options of the encoder."""
    folder = FOLDER / "footage"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.mp4"
    if path.exists():
        return path
    part = path.with_suffix(".part.mp4")
    tone = ("-f", "lavfi", "-i", f"anoisesrc=c=pink:r=48000:a=0.1:d={seconds}:s={seed}") if sound else ()
    command = [
        ffmpeg(), "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{size[0]}x{size[1]}",
        "-r", str(RATE), "-i", "-", *tone, "-c:v", "libx264", "-preset", "veryfast", "-b:v", "12M", "-g", "60",
        "-bf", "2", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
        "-c:a", "aac", "-b:a", "128k", "-shortest", "-movflags", "+faststart", *more, str(part),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for planes in scene(size, seconds * RATE, seed):
            for plane in planes:
                encoder.stdin.write(plane.tobytes())
    if encoder.returncode:
        raise RuntimeError(f"{name} was not made")
    part.replace(path)
    return path


def texture(width: int, height: int, dice: np.random.Generator) -> Array:
    """1/f noise, -1 to 1."""
    across, down = np.fft.rfftfreq(width)[None, :], np.fft.fftfreq(height)[:, None]
    strength = 1 / np.maximum(np.hypot(across, down), 1 / max(width, height)) ** 1.25
    wave_ = strength * np.exp(2j * np.pi * dice.random(strength.shape))
    picture = np.fft.irfft2(wave_, (height, width)).astype(np.float32)
    picture -= picture.mean()
    return np.asarray(np.clip(picture / (2.5 * picture.std()), -1, 1), np.float32)


def scene(size: tuple[int, int], frames: int, seed: int) -> Any:
    """The planes of each frame: luma, then the two chroma planes of half the size."""
    dice, (width, height) = np.random.default_rng(seed), size
    room = 256
    ground = [128 + 90 * texture(width + room, height + room, dice)]
    ground += [128 + 40 * texture((width + room) // 2, (height + room) // 2, dice) for _ in range(2)]
    things = [120 + 80 * texture(width // 4 * 2, height // 6 * 2, dice) for _ in range(2)]
    grains = [dice.normal(0, 2.5, (height + 64, width + 64)).astype(np.float32) for _ in range(3)]
    for n in range(frames):
        x, y = 100 + 90 * np.sin(n / 97 + seed), 100 + 80 * np.sin(n / 71)
        planes = [_window(ground[0], x, y, width, height)]
        for nth, thing in enumerate(things):
            _put(planes[0], thing, n, nth)
        a, b = dice.integers(0, 64, 2)
        planes[0] += grains[n % 3][a : a + height, b : b + width]
        planes += [_window(plane, x / 2, y / 2, width // 2, height // 2) for plane in ground[1:]]
        yield [np.clip(plane, 16, 235).astype(np.uint8) for plane in planes]


def _window(picture: Array, x: float, y: float, width: int, height: int) -> Array:
    """A part of a picture at a place between its pixels."""
    left, top = int(x), int(y)
    a, b = np.float32(x - left), np.float32(y - top)
    rows = picture[top : top + height + 1, left : left + width + 1]
    across = rows[:, :-1] * (1 - a) + rows[:, 1:] * a
    return np.asarray(across[:-1] * (1 - b) + across[1:] * b, np.float32)


def _put(plane: Array, thing: Array, n: int, nth: int) -> None:
    height, width = thing.shape
    left = int((plane.shape[1] - width) * (0.5 + 0.5 * np.sin(n / (31 + 9 * nth))))
    top = int((plane.shape[0] - height) * (0.5 + 0.5 * np.cos(n / (43 - 7 * nth))))
    plane[top : top + height, left : left + width] = thing


def music(seconds: int = 24) -> Path:
    """Chords with a click every half second, 48 kHz stereo, as AAC: clicks show where the sound lies."""
    folder = FOLDER / "footage"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"music-{seconds}.m4a"
    if path.exists():
        return path
    plain = path.with_suffix(".wav")
    at = np.arange(seconds * 48_000) / 48_000
    chord = sum(np.sin(2 * np.pi * tone * at) for tone in (220.0, 277.18, 329.63)) * 0.06
    dice = np.random.default_rng(5)
    click = np.zeros_like(at)
    for beat in range(seconds * 2):
        begin = beat * 24_000 + int(dice.integers(0, 4000))
        click[begin : begin + 600] += dice.normal(0, 0.3, 600) * np.linspace(1, 0, 600)
    samples = np.clip((chord + click) * 32767, -32768, 32767).astype("<i2")
    with wave.open(str(plain), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.repeat(samples, 2).tobytes())
    subprocess.run([ffmpeg(), "-y", "-v", "error", "-i", str(plain), "-c:a", "aac", "-b:a", "192k", str(path)],
                   check=True)
    plain.unlink()
    return path


def logo() -> Path:
    """A round logo with soft edges, 220 x 220 px."""
    from PIL import Image, ImageDraw

    path = FOLDER / "footage" / "logo.png"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        big = Image.new("RGBA", (880, 880))
        pen = ImageDraw.Draw(big)
        pen.ellipse((8, 8, 872, 872), (240, 90, 60, 220))
        pen.rectangle((300, 240, 580, 640), (255, 255, 255, 255))
        big.resize((220, 220), Image.Resampling.LANCZOS).save(path)
    return path
