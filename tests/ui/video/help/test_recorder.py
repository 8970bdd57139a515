"""A voice-over: recorded while the video plays, kept through a crash, laid on the timeline where it was begun."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from fractions import Fraction as F

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from studio.services.videos.speaking import VoiceOvers, with_voice
from studio.ui.video.help.recorder import LATENCY, RecordBar, show_over
from tests.core.edits.lines import line, shot
from tests.ui.desks import Stage
from tests.ui.video.help.test_help import Host


class Speaker:
    """A microphone that hears what the test says."""

    name, rate, channels, sample = "Desk", 48000, 1, "s16"

    def __init__(self, works=True):
        self.works, self.take, self.log = works, None, []

    def start(self, take):
        self.take = take
        self.log.append("start")
        return self.works

    def stop(self):
        self.log.append("stop")

    def say(self, seconds, loud=8000):
        samples = np.full(round(seconds * self.rate), loud, "<i2")
        for begin in range(0, len(samples), 4096):
            self.take(samples[begin: begin + 4096].tobytes())


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture
def recording(stage):
    """(bar, microphone, host, what was said, plays)"""
    timeline = stage.desk.videos.create(rate=F(25))
    session = stage.desk.videos.open(timeline.id)
    host, microphone, said, plays = Host(session, ""), Speaker(), [], []
    voices = VoiceOvers(stage.desk.videos, stage.desk.folder / "recordings")
    bar = RecordBar(stage.theme, stage.bridge, host, voices, [microphone], plays.append, F(3), 1)
    bar.refused.connect(said.append)
    show_over(bar, stage.show(QWidget()))
    yield bar, microphone, host, said, plays
    session.close()


def test_what_is_said_lies_where_it_was_begun(stage, recording, tmp_path):
    bar, microphone, host, said, plays = recording
    bar.button.click()
    microphone.say(2)
    bar._tick()
    assert bar.running and bar.words.text() == "Recording, 0:02.0" and bar.meter.level > -13
    bar.button.click()
    stage.settle()
    [placed] = host.session.timeline.role("voice").placed
    assert (placed.begin, placed.clip.start, placed.clip.name) == (3, LATENCY, "Take 1")
    assert placed.clip.duration == F(48, 25), "two seconds less the latency, on whole frames"
    assert said == [] and plays == [True, False] and microphone.log == ["start", "stop"]
    assert list((stage.desk.folder / "recordings").iterdir()) == [] and len(stage.desk.library.list()) == 1


def test_cancelled_is_as_if_it_never_was(stage, recording):
    bar, microphone, host, _, plays = recording
    bar.toggle()
    microphone.say(1)
    bar.cancel()
    stage.settle()
    assert list((stage.desk.folder / "recordings").iterdir()) == [] and stage.desk.library.list() == []
    assert host.session.timeline.role("voice").placed == () and plays == [True, False]


def test_a_microphone_that_does_not_work_is_said(stage, recording):
    bar, microphone, _, said, plays = recording
    microphone.works = False
    bar.toggle()
    assert said == ["No microphone was found. Connect one, then try again."] and not bar.running
    bar._microphones.clear()
    bar.toggle()
    assert len(said) == 2 and True not in plays


def test_one_word_too_short_is_not_kept(stage, recording):
    bar, microphone, host, _, _ = recording
    bar.toggle()
    microphone.say(0.1)
    bar.toggle()
    stage.settle()
    assert host.session.timeline.role("voice").placed == () and stage.desk.library.list() == []


TALKER = """
import sys, time
from pathlib import Path
from studio.services.videos.speaking import VoiceOvers
recording = VoiceOvers(None, Path(sys.argv[1])).begin(48000, 1)
while True:
    recording.feed(bytes(9600))
    print(float(recording.seconds), flush=True)
"""


def test_a_kill_in_the_middle_keeps_what_was_said(stage, tmp_path):
    folder = tmp_path / "recordings"
    run = subprocess.Popen([sys.executable, "-c", TALKER, str(folder)], stdout=subprocess.PIPE, text=True,
                           env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    said = [float(run.stdout.readline()) for _ in range(60)][-1]
    run.send_signal(signal.SIGKILL)
    run.stdout.close()
    run.wait()
    voices = VoiceOvers(stage.desk.videos, folder)
    [(path, seconds)] = voices.left()
    assert seconds >= said - 1
    source = voices.keep(path, "Take 1")
    assert source.duration == seconds and source.name == "Take 1.wav" and list(folder.iterdir()) == []


def test_two_takes_at_once_lie_on_two_tracks():
    from studio.core.timeline import Source

    take = Source("take", "/take.wav", "audio", "take.wav", duration=F(2), sound=True)
    timeline = with_voice(line(shot(4)), take, F(1), F(0), "Take 1")
    timeline = with_voice(timeline, take, F(2), F(0), "Take 2")
    assert [len(track.placed) for track in timeline.tracks if track.role == "voice"] == [1, 1]
    assert with_voice(timeline, take, F(0), F(9), "nothing") is timeline
