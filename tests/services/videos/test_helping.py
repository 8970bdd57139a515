"""Pauses, scenes and beats found in real files, and what becomes of a timeline when they are accepted."""

from __future__ import annotations

import wave
from dataclasses import replace
from fractions import Fraction as F

import av
import numpy as np
import pytest

from studio.core.captions import cues_of
from studio.core.edits.place import append
from studio.core.edits.rules import broken
from studio.core.errors import Refused
from studio.core.task import Task
from studio.core.title import Word
from studio.core.transcript import Transcript
from studio.core.words import N
from studio.services.videos import helping
from studio.services.videos.projects import clip_of, knowing
from tests.core.edits.lines import FILM, line, main_of, shot

RATE = 25


def task():
    return Task(N("job", "Preparing"), "help", lambda: 0.0)


def film(path, scenes, seconds=1.0, size=(160, 120)):
    """Scenes of flat colour with a little pattern, each so long."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number, colour in enumerate(scenes):
            for frame in range(round(seconds * RATE)):
                picture = np.full((size[1], size[0], 3), colour, np.uint8)
                picture[10 + frame % 20: 30 + frame % 20, 20 * (number + 1): 20 * (number + 1) + 15] = 255
                out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return path


def sound(path, parts, hz=48000):
    """Noise and silence: (seconds, loud)."""
    rng = np.random.default_rng(1)
    data = np.concatenate([rng.normal(0, 6000 if loud else 0, round(seconds * hz)) for seconds, loud in parts])
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(hz)
        out.writeframes(data.astype("<i2").tobytes())
    return path


def clicks(path, bpm=120, seconds=8, hz=48000):
    data = np.zeros(seconds * hz)
    click = np.random.default_rng(2).normal(0, 9000, 900) * np.linspace(1, 0, 900)
    for beat in range(int(seconds * bpm / 60)):
        at = round(beat * 60 / bpm * hz)
        data[at: at + 900] += click[: len(data) - at]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(hz)
        out.writeframes(data.astype("<i2").tobytes())
    return path


def on_line(desk, path, role="main"):
    """A timeline with all of a file on a track, and the clip's id."""
    timeline = desk.videos.create(rate=F(RATE))
    [source], _ = desk.videos.add_files([path])
    timeline = knowing(timeline, [source])
    timeline = append(timeline, timeline.role(role).id, clip_of(source, timeline))
    return timeline, timeline.role(role).placed[0].clip.id


def test_scenes_are_found_and_split(desk, tmp_path):
    timeline, clip = on_line(desk, film(tmp_path / "f.mp4", [(200, 30, 30), (20, 160, 40), (30, 40, 190)]))
    found = helping.find_scenes(desk.videos, timeline, clip, task())
    assert found == (F(1), F(2))
    edited = helping.split_scenes(timeline, clip, found)
    assert [p.begin for p in main_of(edited).placed] == [0, 1, 2] and broken(edited) == ""
    assert edited.duration == timeline.duration


def test_pauses_are_found_and_cut_out(desk, tmp_path):
    timeline, clip = on_line(desk, sound(tmp_path / "s.wav", [(1, True), (2, False), (1, True)]), "voice")
    [(begin, end)] = helping.find_pauses(desk.videos, timeline, clip, task())
    assert 1 <= begin < F(13, 10) and F(27, 10) < end <= 3
    edited = helping.cut_out(timeline, clip, [(begin, end)])
    assert broken(edited) == "" and edited.duration == timeline.duration - (end - begin)
    assert helping.cut_out(timeline, clip, []) is timeline


def test_beats_are_moments_of_the_timeline(desk, tmp_path):
    timeline, clip = on_line(desk, clicks(tmp_path / "b.wav"), "music")
    found = helping.find_beats(desk.videos, timeline, clip, task())
    assert found.bpm == pytest.approx(120, abs=1)
    apart = np.diff([float(each) for each in found.moments])
    assert len(found.moments) > 8 and np.allclose(apart, 0.5, atol=0.04)
    assert helping.with_beats(timeline, found).beats == found.moments


def test_a_subject_is_followed(desk, tmp_path):
    """A bright square that walks from left to right over grey, seen through an upright window."""
    with av.open(str(tmp_path / "walk.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for frame in range(3 * RATE):
            picture = np.full((180, 320, 3), 90, np.uint8)
            left = 20 + frame * 3
            picture[60:120, left: left + 50] = np.random.default_rng(frame % 3).integers(0, 255, (60, 50, 3))
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    timeline, clip = on_line(desk, tmp_path / "walk.mp4")
    x, y = helping.find_frame(desk.videos, timeline, clip, task())
    assert x.at(F(0)) > x.at(F(1)) > x.at(F(29, 10)), "the picture moves left while the subject walks right"
    edited = helping.with_frame(timeline, clip, (x, y))
    assert main_of(edited).placed[0].clip.fit == "cover" and broken(edited) == ""


def test_a_still_has_none_of_it(desk):
    from studio.services.places import samples

    timeline, clip = on_line(desk, samples() / "cafe.jpg")
    for find in (helping.find_scenes, helping.find_pauses, helping.find_beats, helping.steady):
        with pytest.raises(Refused, match=r"video\.not_for_this"):
            find(desk.videos, timeline, clip, task())


def test_moments_of_the_source_are_told_in_the_clips_clock():
    clip = shot(2, 3, speed=F(2))
    for local in (F(0), F(1, 3), F(2)):
        for each in (clip, replace(clip, reverse=True)):
            assert each.local_time(each.source_time(local)) == local
    assert helping.within(clip, [(F(2), F(4)), (F(6), F(9)), (F(20), F(21))]) == ((0, F(1, 2)), (F(3, 2), 2))


def words(*said):
    return Transcript(tuple(Word(text, F(start), F(end)) for text, start, end in said), "en")


def test_what_is_said_becomes_captions_and_other_captions_stay():
    timeline = line(shot(3, 1), shot(3, 5))
    one, two = (p.clip.id for p in main_of(timeline).placed)
    said = words(("Hello", 1, F(3, 2)), ("there.", F(3, 2), 2), ("Bye.", 6, 7))
    timeline = helping.with_captions(timeline, one, said)
    timeline = helping.with_captions(timeline, two, said)
    assert [(cue.text, cue.start) for cue in cues_of(timeline)] == [("Hello there.", 0), ("Bye.", 4)]
    again = helping.with_captions(timeline, two, words(("Ciao.", 6, 7)))
    assert [cue.text for cue in cues_of(again)] == ["Hello there.", "Ciao."]
    with pytest.raises(Refused, match=r"video\.nothing_said"):
        helping.with_captions(timeline, one, words(("late", 11, 12)))


def test_captions_are_as_large_as_the_canvas_asks_for():
    timeline = line(shot(3, 1))
    one = main_of(timeline).placed[0].clip.id
    sizes = []
    for width, height in ((1080, 1920), (540, 960)):
        made = helping.with_captions(replace(timeline, width=width, height=height), one, words(("Hello", 1, 2)))
        sizes.append(made.role("captions").placed[0].clip.title.style.size)
    assert sizes[1] == sizes[0] / 2


def test_words_that_go_take_their_film_with_them():
    timeline = line(shot(4, 2))
    one = main_of(timeline).placed[0].clip.id
    edited = helping.without_words(timeline, one, [(F(3), F(4)), (F(9), F(10))])
    assert [(p.clip.start, p.clip.duration) for p in main_of(edited).placed] == [(2, 1), (4, 2)]


def test_a_steady_film_keeps_the_moment_that_is_seen():
    timeline = line(shot(2, 5))
    one = main_of(timeline).placed[0].clip.id
    steady = replace(FILM, id="steady", duration=F(4))
    edited = helping.with_steady(timeline, one, helping.Steady(steady, F(4)))
    clip = main_of(edited).placed[0].clip
    assert (clip.source, clip.start, clip.duration) == ("steady", 1, 2) and broken(edited) == ""


def test_captions_are_saved_by_the_files_ending(tmp_path):
    made = line(shot(3, 1))
    timeline = helping.with_captions(made, main_of(made).placed[0].clip.id, words(("Hi", 1, 2)))
    for ending, begins in ((".srt", b"1\n"), (".vtt", b"WEBVTT"), (".ass", b"[Script Info]")):
        helping.save_captions(timeline, tmp_path / f"c{ending}")
        assert (tmp_path / f"c{ending}").read_bytes().startswith(begins)


def test_captions_over_a_cut_go_with_it():
    made = line(shot(4, 2), shot(2, 8))
    one = main_of(made).placed[0].clip.id
    timeline = helping.with_captions(made, one, words(("Good", 2, 3), ("um", 3, 4), ("morning.", 4, 5)))
    edited = helping.without_words(timeline, one, [(F(3), F(4))])
    [cue] = cues_of(edited)
    assert (cue.text, cue.start, cue.end) == ("Good morning.", 0, 2) and edited.duration == timeline.duration - 1
    assert broken(edited) == ""


def test_a_caption_that_is_split_says_each_word_once():
    from studio.core.edits.place import split_at

    made = line(shot(4, 2))
    timeline = helping.with_captions(made, main_of(made).placed[0].clip.id, words(("Good", 2, 3), ("morning.", 3, 4)))
    caption = timeline.role("captions").placed[0].clip.id
    assert [cue.text for cue in cues_of(split_at(timeline, F(1), [caption]))] == ["Good", "morning."]
