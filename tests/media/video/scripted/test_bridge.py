"""A timeline as MoviePy's clip, and MoviePy's clip as a source: both ways the same pictures and sound."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moviepy import ColorClip, CompositeVideoClip, VideoClip
from moviepy.audio.AudioClip import AudioArrayClip, AudioClip

from studio.core.curve import Curve
from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.timeline import Clip, Effect, Source, Timeline, Track, Transition
from studio.core.words import N
from studio.media.sound.mixer import Mixer
from studio.media.video.compositor import Compositor
from studio.media.video.scripted.bridge import from_moviepy, to_moviepy
from studio.media.video.sources import described
from tests.media import make
from tests.media.ssim import ssim
from tests.media.video import films
from tests.media.video.scripted.test_baking import COUNT, SIZE, picture, where


def timeline(folder: Path) -> Timeline:
    """A film, a crossfade, a picture with an effect, and a tone beside them."""
    film = films.film(folder / "moving.mkv", [picture(n) for n in range(COUNT)], fmt="yuv420p")
    photo = described(make.save(make.photo(90, 70), folder / "photo.png"))
    sound = from_moviepy(tone(2.0), folder / "made")
    one = Clip("a", Fraction(1), source=film.id, start=Fraction(1, 5))
    two = Clip("b", Fraction(1), source=photo.id, effects=(Effect("e", "moviepy.InvertColors"),))
    main = Track("main", "main", (one, Transition("x", "crossfade", Fraction(1, 5), Fraction(1, 5)), two))
    heard = Track("music", "music", (Clip("m", Fraction(2), source=sound.id),))
    sources = {source.id: source for source in (film, photo, sound)}
    return Timeline("t", *SIZE, Fraction(10), (main, heard), sources)


def tone(seconds: float) -> VideoClip:
    """A red picture with a tone of its own on either side."""
    t = np.arange(round(seconds * 48_000)) / 48_000
    samples = np.stack([0.4 * np.sin(2000 * t), 0.3 * np.sin(3000 * t + 1)], axis=1)
    return ColorClip((64, 48), (200, 30, 30), duration=seconds).with_fps(10).with_audio(AudioArrayClip(samples, 48_000))


def test_frames_and_sound_of_a_timeline_are_the_compositors_and_the_mixers(tmp_path: Path) -> None:
    line = timeline(tmp_path)
    made, compositor, mixer = to_moviepy(line, where), Compositor(where), Mixer(where)
    try:
        assert (made.duration, made.fps, tuple(made.size)) == (2.0, 10.0, SIZE)
        for n in range(20):
            assert np.array_equal(made.get_frame(n / 10), np.asarray(compositor.picture(line, Fraction(n, 10))))
        heard = made.audio.get_frame(np.arange(12_000) / 48_000 + 0.25)
        assert np.allclose(heard, mixer.block(line, 12_000, 12_000), atol=1e-6) and np.abs(heard).max() > 0.1
        assert np.allclose(made.audio.get_frame(0.25), mixer.block(line, 12_000, 1)[0], atol=1e-6)
    finally:
        made.close()
        compositor.close()
        mixer.close()


def test_moviepy_can_go_on_with_a_timeline(tmp_path: Path) -> None:
    line = timeline(tmp_path)
    made = to_moviepy(line, where, (48, 32))
    try:
        both = CompositeVideoClip([made, ColorClip((10, 10), (0, 255, 0), duration=2).with_position((5, 5))])
        frame = both.get_frame(0.5)
        assert frame.shape == (32, 48, 3) and tuple(frame[8, 8]) == (0, 255, 0)
        assert made.subclipped(0.5, 1.0).duration == 0.5
        assert made.audio.subclipped(0.2, 0.6).to_soundarray(fps=48_000).shape == (19_200, 2)
    finally:
        made.close()


def test_moments_far_apart_are_asked_for_one_by_one(tmp_path: Path) -> None:
    line = timeline(tmp_path)
    made, mixer = to_moviepy(line, where), Mixer(where)
    try:
        far = np.array([0.1, 1.9, 0.1])
        expected = np.concatenate([mixer.block(line, round(t * 48_000), 1) for t in far])
        assert np.allclose(made.audio.get_frame(far), expected, atol=1e-6)
        assert made.audio.get_frame(np.array([])).shape == (0, 2)
    finally:
        made.close()
        mixer.close()


def test_a_clip_of_moviepys_is_a_source_with_its_picture_and_sound(tmp_path: Path) -> None:
    clip = VideoClip(lambda t: picture(int(t * 10 + 1e-6)), duration=1.5).with_fps(10).with_audio(tone(1.5).audio)
    source = from_moviepy(clip, tmp_path, name="waves")
    assert (source.width, source.height, source.duration, source.rate) == (*SIZE, Fraction(3, 2), Fraction(10))
    assert source.sound and not source.alpha and source.name == "waves"
    found = described(Path(source.path))
    assert (found.width, found.height, found.rate, found.sound) == (*SIZE, Fraction(10), True)
    line = Timeline("t", *SIZE, Fraction(10), (Track("m", "main", (Clip("c", Fraction(3, 2), source=source.id),)),),
                    {source.id: source})
    made, mixer = to_moviepy(line, where), Mixer(where)
    try:
        for n in range(15):
            assert ssim(made.get_frame(n / 10), picture(n)) >= 0.97
        heard = mixer.block(line, 0, 48_000)
        assert np.abs(heard - clip.audio.to_soundarray(fps=48_000)[:48_000]).max() < 1e-3
    finally:
        made.close()
        mixer.close()


def test_a_mask_becomes_transparency(tmp_path: Path) -> None:
    mask = VideoClip(lambda t: np.tile(np.linspace(0, 1, 32), (24, 1)), is_mask=True, duration=0.3).with_fps(10)
    source = from_moviepy(ColorClip((32, 24), (255, 255, 255), duration=0.3).with_fps(10).with_mask(mask), tmp_path)
    assert source.alpha and described(Path(source.path)).alpha
    line = Timeline("t", 32, 24, Fraction(10), (Track("m", "main", (Clip("c", Fraction(3, 10), source=source.id),)),),
                    {source.id: source})
    compositor = Compositor(where)
    row = np.asarray(compositor.picture(line, Fraction(0)))[12, :, 1].astype(int)
    compositor.close()
    assert row[0] < 10 and row[-1] > 245 and (np.diff(row) >= -1).all()


def test_mono_sound_a_rate_of_ones_own_and_a_clip_without_a_rate(tmp_path: Path) -> None:
    one = AudioClip(lambda t: 0.5 * np.sin(3000 * t), duration=0.2, fps=48_000)
    clip = VideoClip(lambda t: picture(0), duration=0.5).with_audio(one)
    source = from_moviepy(clip, tmp_path, rate=Fraction(24000, 1001))
    assert source.rate == Fraction(24000, 1001) and source.duration == 12 * Fraction(1001, 24000)
    assert from_moviepy(VideoClip(lambda t: picture(0), duration=0.1), tmp_path).rate == 30


class Broken:
    """What a script may hand over by mistake."""

    duration = 1.0


@pytest.mark.parametrize(("made", "code"), [
    (lambda: ColorClip((10, 10), (0, 0, 0)), "video.scripted_empty"),
    (lambda: ColorClip((10, 10), (0, 0, 0), duration=0), "video.scripted_empty"),
    (lambda: ColorClip((10, 10), (0, 0, 0), duration=1e9), "video.scripted_empty"),
    (lambda: Broken(), "video.scripted_empty"),
    (lambda: VideoClip(lambda t: 1 / 0, duration=1), "video.clip_failed"),
    (lambda: VideoClip(lambda t: picture(0) if t < 0.3 else None, duration=1), "video.clip_failed"),
], ids=["endless", "no length", "years", "no clip", "raises", "raises later"])
def test_what_is_no_clip_is_refused_in_words_and_leaves_nothing(made: Any, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        clip = make_quietly(made)
        from_moviepy(clip, tmp_path / "out")
    assert refused.value.findings[0].code == code
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


def make_quietly(made: Any) -> Any:
    """MoviePy asks a new clip for its first frame; one that raises there is made by hand."""
    try:
        return made()
    except ZeroDivisionError:
        clip = VideoClip(duration=1)
        clip.frame_function = lambda t: 1 / 0
        return clip


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    task: Task[object] = Task(N("job", "Rendering a script"), "render", lambda: 0.0)
    clip = VideoClip(lambda t: task.cancel() or picture(0), duration=1).with_fps(10)
    with pytest.raises(Cancelled):
        from_moviepy(clip, tmp_path, task)
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_is_gone_is_refused(tmp_path: Path) -> None:
    gone = Source("gone", (tmp_path / "gone.mp4").as_posix(), "video", width=64, height=48, duration=Fraction(1))
    line = Timeline("t", 64, 48, Fraction(10), (Track("m", "main", (Clip("c", Fraction(1), source="gone"),)),),
                    {"gone": gone})
    made = None
    with pytest.raises(Refused):
        made = to_moviepy(line, where)
        made.get_frame(0)
    if made is not None:
        made.close()


def test_a_curve_is_followed_by_moviepy_where_it_can(tmp_path: Path) -> None:
    from studio.core.curve import Key
    from studio.media.video.scripted.vocabulary import Around, moviepy_effect

    growing = Curve(keys=(Key(Fraction(0), 0.5), Key(Fraction(1), 1.5)))
    around = Around(SIZE, Fraction(1))
    for name, field in (("Resize", "new_size"), ("Rotate", "angle"), ("HeadBlur", "fx")):
        made = moviepy_effect(Effect("e", f"moviepy.{name}", {field: growing}), around)
        assert getattr(made, field)(0.5) == pytest.approx(1.0)
