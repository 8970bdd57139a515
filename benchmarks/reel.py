"""The reference reel, exported by Yigao and by others: 20 s of 1080x1920, three clips (two upright, one lying
and cropped), two crossfades, a title, a logo, music.

Every program has the same films, the same title as a picture (drawn by Yigao), and x264 "veryfast" with CRF 20 on as
many threads as it likes. Each is a command of its own: starting up is part of its time. `python -m benchmarks.reel
NAME TARGET` runs one of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import footage
from benchmarks.measure import Result, in_turn, python, seconds
from benchmarks.workspace import FOLDER
from studio.core.curve import Curve
from studio.core.timeline import Clip, Gap, Source, Timeline, Track, Transform, Transition
from studio.core.title import Title

GROUP = "export the reference reel (20 s, 1080x1920)"
SIZE, RATE, CRF, SPEED = (1080, 1920), 30, 20, "veryfast"
STARTS = (Fraction(1), Fraction(2), Fraction(3, 2))  # where each clip begins in its film
LENGTHS = (7, 7, 6)
HALF = Fraction(1, 2)  # of a crossfade
TITLE_AT, TITLE_FOR = 1, 5
LOGO_AT = (820, 60)
TITLE = "雨后的街\nAfter the rain"


def measure(runs: int = 3) -> list[Result]:
    """At most 1.0x ffmpeg's time, at least 1.3x faster than melt, at least 4x faster than MoviePy."""
    with tempfile.TemporaryDirectory(dir=prepared()) as folder:
        targets = {name: Path(folder) / f"{name}.mp4" for name in COMMANDS}
        found = in_turn(runs, **{name: _timed(name, target) for name, target in targets.items() if _there(name)})
        likeness, offset = alike(targets["yigao"], targets["ffmpeg"]), shift(targets["yigao"], targets["ffmpeg"])
    ours = found["yigao"]
    notes = {"ssim": likeness, "sound off by, s": offset}
    results = [Result(GROUP, name, values) for name, values in found.items() if name != "yigao"]
    results.append(Result(GROUP, "yigao", ours, against="ffmpeg", most=1.0, notes=notes))
    results += [Result(GROUP, f"yigao beside {name}", ours, against=name, most=1 / times)
                for name, times in (("melt", 1.3), ("moviepy", 4.0)) if name in found]
    return [
        *results,
        Result(GROUP, "unlike ffmpeg's picture (1 - SSIM)", (1 - likeness,), "", most=0.02),
        Result(GROUP, "sound off by", (abs(offset) * 1000,), "ms", most=1000 / RATE),
    ]


def _there(name: str) -> bool:
    import shutil

    return name != "melt" or shutil.which("melt") is not None


def _timed(name: str, target: Path) -> Callable[[], float]:
    return lambda: seconds(python("-m", "benchmarks.reel", name, target))


def prepared() -> Path:
    """Makes whatever is missing; gives the folder."""
    for n in range(3):
        film(n)
    footage.music()
    footage.logo()
    title()
    return FOLDER


def film(n: int) -> Path:
    """The n-th film; the second one lies."""
    return footage.film(f"reel-{n}", 10, (1920, 1080) if n == 1 else SIZE, seed=n + 1)


def timeline() -> Timeline:
    """The reel as a timeline of ours."""
    sources = {
        f"f{n}": Source(f"f{n}", str(film(n)), "video", width=1920 if n == 1 else 1080,
                        height=1080 if n == 1 else 1920, duration=Fraction(10), rate=Fraction(RATE))
        for n in range(3)
    }
    sources["music"] = Source("music", str(footage.music()), "audio", duration=Fraction(24), sound=True)
    sources["logo"] = Source("logo", str(footage.logo()), "image", width=220, height=220, alpha=True)
    clips = [Clip(f"c{n}", Fraction(LENGTHS[n]), source=f"f{n}", start=STARTS[n]) for n in range(3)]
    fades = [Transition(f"x{n}", "crossfade", HALF, HALF) for n in range(2)]
    x, y = LOGO_AT[0] + 110 - SIZE[0] // 2, LOGO_AT[1] + 110 - SIZE[1] // 2
    scale = 220 / SIZE[0]  # "contain" lays it as wide as the canvas
    mark = Clip("l", Fraction(20), source="logo", fit="contain",
                transform=Transform(x=Curve(float(x)), y=Curve(float(y)), scale=Curve(scale)))
    return Timeline(
        "reel", *SIZE, rate=Fraction(RATE), sources=sources, loudness=None, tracks=(
            Track("main", "main", (clips[0], fades[0], clips[1], fades[1], clips[2])),
            Track("logo", "overlay", (mark,)),
            Track("titles", "titles", (Gap(Fraction(TITLE_AT)), title_clip())),
            Track("music", "music", (Clip("m", Fraction(20), source="music"),)),
        ))


def title_clip() -> Clip:
    return Clip("t", Fraction(TITLE_FOR), "title", title=Title(TITLE))


def title() -> Path:
    """The title as a picture of the whole canvas, for the others."""
    path = FOLDER / "footage" / "title.png"
    if not path.exists():
        from PIL import Image

        from studio.media.lettering import drawn

        found = drawn(Title(TITLE), SIZE, SIZE, Fraction(1), Fraction(TITLE_FOR))
        assert found is not None
        canvas = Image.new("RGBA", SIZE)
        canvas.paste(Image.fromarray(found.rgba), (found.left, found.top))
        canvas.save(path)
    return path


# --- the commands ----------------------------------------------------------------------------------------------------


def yigao(target: Path) -> None:
    """This studio."""
    import time
    from dataclasses import replace

    from studio.core.export import USUAL
    from studio.core.task import Task
    from studio.core.words import N
    from studio.media.export.exporting import export

    preset = replace(USUAL, quality=CRF, hardware=False, smart=False)
    export(timeline(), lambda source: Path(source.path), preset, target, Task(N("", ""), "render", time.monotonic))


def ffmpeg(target: Path) -> None:
    """One command of the bundled program, with its own filter graph."""
    cover = f"crop=608:1080,scale={SIZE[0]}:{SIZE[1]}"  # cut first: less is scaled
    parts = []
    for n in range(3):
        crop = f",{cover}" if n == 1 else ""
        parts.append(f"[{n}:v]setpts=PTS-STARTPTS{crop},settb=1/{RATE},fps={RATE}[v{n}]")
    first, second = LENGTHS[0] - HALF, LENGTHS[0] + LENGTHS[1] - HALF
    graph = ";".join([
        *parts,
        f"[v0][v1]xfade=transition=fade:duration=1:offset={float(first)}[a]",
        f"[a][v2]xfade=transition=fade:duration=1:offset={float(second)}[b]",
        f"[b][3:v]overlay={LOGO_AT[0]}:{LOGO_AT[1]}:format=yuv420[c]",
        f"[c][4:v]overlay=0:0:format=yuv420:enable='between(t,{TITLE_AT},{TITLE_AT + TITLE_FOR - 1 / 60})'[v]",
    ])
    inputs: list[str] = []
    for n in range(3):
        before, after = (HALF if n else 0), (HALF if n < 2 else 0)
        inputs += ["-ss", str(float(STARTS[n] - before)), "-t", str(float(LENGTHS[n] + before + after)),
                   "-i", str(film(n))]
    subprocess.run([
        footage.ffmpeg(), "-y", "-v", "error", *inputs, "-i", str(footage.logo()), "-i", str(title()),
        "-t", "20", "-i", str(footage.music()), "-filter_complex", graph, "-map", "[v]", "-map", "5:a",
        "-c:v", "libx264", "-preset", SPEED, "-crf", str(CRF), "-profile:v", "high", "-g", "60", "-r", str(RATE),
        "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", "-t", "20", str(target),
    ], check=True, stdin=subprocess.DEVNULL)


def melt(target: Path) -> None:
    """MLT's command."""
    profile = target.with_suffix(".profile")
    profile.write_text(
        f"description=reel\nframe_rate_num={RATE}\nframe_rate_den=1\nwidth={SIZE[0]}\nheight={SIZE[1]}\n"
        "progressive=1\nsample_aspect_num=1\nsample_aspect_den=1\ndisplay_aspect_num=9\ndisplay_aspect_den=16\n"
        "colorspace=709\n", encoding="utf-8")
    clips: list[str] = []
    for n in range(3):
        before, after = (HALF if n else 0), (HALF if n < 2 else 0)
        begin = (STARTS[n] - before) * RATE
        end = begin + (LENGTHS[n] + before + after) * RATE - 1
        clips += [str(film(n)), f"in={begin}", f"out={end}"]
        clips += ["-attach-cut", "crop", "center=1"] if n == 1 else []
        clips += ["-mix", str(RATE), "-mixer", "luma"] if n else []
    subprocess.run([
        "melt", "-quiet", "-profile", str(profile), *clips,
        "-track", str(footage.logo()), "in=0", f"out={20 * RATE - 1}",
        "-track", "-blank", str(TITLE_AT * RATE - 1), str(title()), "in=0", f"out={TITLE_FOR * RATE - 1}",
        "-track", str(footage.music()), "in=0", f"out={20 * RATE - 1}",
        "-transition", "composite", "a_track=0", "b_track=1", f"geometry={LOGO_AT[0]}/{LOGO_AT[1]}:220x220:100",
        "in=0", f"out={20 * RATE - 1}", "progressive=1",
        "-transition", "composite", "a_track=0", "b_track=2", f"in={TITLE_AT * RATE}",
        f"out={(TITLE_AT + TITLE_FOR) * RATE - 1}", f"geometry=0/0:{SIZE[0]}x{SIZE[1]}:100", "progressive=1",
        "-transition", "mix", "a_track=0", "b_track=3", "always_active=1", "sum=1",
        "-consumer", f"avformat:{target}", "vcodec=libx264", f"preset={SPEED}", f"crf={CRF}", "g=60",
        "vprofile=high", "acodec=aac", "ab=192k", "ar=48000", "movflags=+faststart", "real_time=-2", "rescale=bilinear",
        "terminate_on_pause=1",
    ], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def moviepy(target: Path) -> None:
    """MoviePy's own compositor and writer."""
    import moviepy as mp

    clips, at = [], Fraction(0)
    for n in range(3):
        before, after = (HALF if n else 0), (HALF if n < 2 else 0)
        begin = STARTS[n] - before
        clip = mp.VideoFileClip(str(film(n)), audio=False).subclipped(
            float(begin), float(begin + LENGTHS[n] + before + after))
        if n == 1:
            clip = clip.resized(height=SIZE[1]).cropped(x_center=round(1920 * SIZE[1] / 1080) // 2, width=SIZE[0])
        clip = clip.with_start(float(at - before))
        clips.append(clip.with_effects([mp.vfx.CrossFadeIn(1)]) if n else clip)
        at += LENGTHS[n]
    mark = mp.ImageClip(str(footage.logo())).with_duration(20).with_position(LOGO_AT)
    words = mp.ImageClip(str(title())).with_duration(TITLE_FOR).with_start(TITLE_AT)
    film_ = mp.CompositeVideoClip([*clips, mark, words], size=SIZE).with_duration(20)
    film_ = film_.with_audio(mp.AudioFileClip(str(footage.music())).subclipped(0, 20))
    film_.write_videofile(
        str(target), fps=RATE, codec="libx264", preset=SPEED, audio_codec="aac", audio_bitrate="192k", logger=None,
        ffmpeg_params=["-crf", str(CRF), "-profile:v", "high", "-g", "60", "-pix_fmt", "yuv420p",
                       "-movflags", "+faststart"], temp_audiofile_path=str(target.parent))


COMMANDS = {"ffmpeg": ffmpeg, "melt": melt, "moviepy": moviepy, "yigao": yigao}


# --- what came out ---------------------------------------------------------------------------------------------------


def alike(one: Path, two: Path) -> float:
    """The mean SSIM of two films over all frames, by ffmpeg's filter."""
    found = subprocess.run(
        [footage.ffmpeg(), "-i", str(one), "-i", str(two), "-lavfi", "ssim", "-f", "null", "-"],
        check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return float(found.stderr.rsplit("All:", 1)[1].split()[0])


def shift(one: Path, two: Path) -> float:
    """By how many seconds the sound of one film comes later than that of the other, by their cross-correlation."""
    a, b = _sound(one), _sound(two)
    length = 1 << (len(a) + len(b)).bit_length()
    both = np.fft.irfft(np.fft.rfft(a, length) * np.conj(np.fft.rfft(b, length)), length)
    at = int(np.argmax(both))
    return (at if at < length // 2 else at - length) / 8000


def _sound(path: Path) -> NDArray[np.float32]:
    raw = subprocess.run(
        [footage.ffmpeg(), "-v", "error", "-i", str(path), "-ac", "1", "-ar", "8000", "-f", "f32le", "-"],
        check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    return np.frombuffer(raw, np.float32)


if __name__ == "__main__":
    COMMANDS[sys.argv[1]](Path(sys.argv[2]))
