"""The player against a compositor that numbers its frames, a clock that one sets and a loudspeaker that records."""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from studio.core.errors import Refused
from studio.core.finding import error
from studio.services.videos.picturing import AHEAD, Picture
from studio.services.videos.player import Player
from studio.services.videos.sounding import BLOCK, HZ
from tests.services.videos.standins import Clock, Numbers, Ramp, Recorder, colours, until


class Rig:
    def __init__(self) -> None:
        self.numbers, self.ramp, self.clock, self.speaker = Numbers(), Ramp(), Clock(), Recorder()
        self.player = Player(lambda: self.numbers, lambda: self.ramp, self.speaker, self.clock)
        self.player.resize((64, 64))
        self.came: list[Picture] = []
        self.player.arrived.connect(self.came.append)

    def begin(self) -> Picture:
        """Plays until the first picture is there."""
        until(lambda: self.player._pictures.ready() != 0 and self.player._sounds.ready())
        self.clock.now += 1  # patience is over
        found = self.player.take()
        assert found is not None
        return found

    def at(self, seconds: float) -> Picture | None:
        """What is due so many seconds after the last call; the thread gets time to make it, then the clock goes on."""
        self.clock.now += seconds
        for wait in range(200):
            if (found := self.player.take()) is not None or self.player.speed == 0:
                return found
            time.sleep(0.005)
            self.clock.now += 0.005 if wait > 20 else 0.0
        return None


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = Rig()
    yield made
    made.numbers.gate.set()
    made.player.close()
    assert made.numbers.closed or not made.numbers.asked


def test_showing_a_document_brings_its_first_picture(rig: Rig) -> None:
    rig.player.show(colours())
    until(lambda: bool(rig.came))
    first = rig.came[0]
    assert (first.index, first.width, first.height) == (0, 64, 64)
    assert first.stride >= 256 and len(first.data) >= first.stride * 64


def test_the_latest_wish_wins_and_the_nearest_picture_comes_at_once(rig: Rig) -> None:
    rig.player.show(colours())
    until(lambda: len(rig.came) == 1)
    rig.numbers.gate.clear()
    for n in range(1, 20):
        near = rig.player.seek(Fraction(n, 30))
        assert near is not None and near.index == 0
    rig.numbers.gate.set()
    until(lambda: rig.came[-1].index == 19)
    assert len(rig.numbers.asked) <= 3, "wishes that were overtaken are not fulfilled"
    again = rig.player.seek(Fraction(19, 30))
    assert again is not None and again.index == 19


def test_a_seek_beyond_the_end_is_the_last_frame(rig: Rig) -> None:
    rig.player.show(colours())
    rig.player.seek(Fraction(99))
    assert rig.player.position == Fraction(59, 30)
    rig.player.seek(Fraction(-3))
    assert rig.player.position == 0


def test_playing_shows_every_frame_in_order_and_drops_none(rig: Rig) -> None:
    rig.player.show(colours())
    rig.player.play()
    shown = [rig.begin().index]
    for _ in range(20):
        picture = rig.at(1 / 30)
        assert picture is not None
        shown.append(picture.index)
    assert shown == list(range(21)) and rig.player.stats.dropped == 0
    assert rig.speaker.said == ["begin"]


def test_a_window_that_was_away_drops_frames_and_counts_them(rig: Rig) -> None:
    rig.player.show(colours())
    rig.player.play()
    assert rig.begin().index == 0
    late = rig.at(0.5)
    while late is not None and late.index < 15:  # what was made before it left
        late = rig.at(1 / 30)
    assert late is not None and rig.player.stats.dropped > 0
    assert rig.player.stats.dropped == late.index + 1 - rig.player.stats.shown


def test_pictures_are_made_only_a_little_ahead(rig: Rig) -> None:
    rig.player.show(colours(Fraction(60)))
    until(lambda: len(rig.came) == 1)
    rig.player.play()
    rig.begin()
    time.sleep(0.1)
    assert len(rig.numbers.asked) <= AHEAD + 2


def test_at_the_end_it_stands_still_on_the_last_frame(rig: Rig) -> None:
    told: list[int] = []
    rig.player.show(colours())
    rig.player.changed.connect(lambda: told.append(1))
    rig.player.seek(Fraction(58, 30))
    rig.player.play()
    assert rig.begin().index == 58
    rig.at(0.2)
    assert rig.player.speed == 0 and rig.player.position == Fraction(59, 30)
    assert rig.speaker.said == ["begin", "end"] and len(told) == 2
    rig.player.play()
    assert rig.player.position == 0, "from the end it begins again"


def test_j_k_l(rig: Rig) -> None:
    rig.player.show(colours(Fraction(60)))
    rig.player.seek(Fraction(30))
    rig.player.shuttle(1)
    rig.player.shuttle(1)
    assert rig.player.speed == 2
    assert rig.begin().index == 900
    second = rig.at(1 / 30)
    assert second is not None and second.index == 902
    rig.player.shuttle(-1)
    assert rig.player.speed == -1
    rig.player.pause()
    assert rig.player.speed == 0 and rig.player.position == Fraction(902, 30)


def test_in_out_and_loop(rig: Rig) -> None:
    rig.player.show(colours(Fraction(60)))
    rig.player.range, rig.player.loop = (Fraction(1), Fraction(2)), True
    rig.player.play()
    assert rig.begin().index == 30
    shown = [picture.index for picture in (rig.at(1 / 30) for _ in range(45)) if picture is not None]
    assert 30 in shown and max(shown) == 59


def test_an_edit_while_playing_shows_from_the_next_frame_on(rig: Rig) -> None:
    rig.player.show(colours())
    rig.player.play()
    rig.begin()
    rig.at(1 / 30)
    rig.player.show(colours(name="edited"))
    after = rig.at(1 / 30) or rig.at(1 / 30)
    assert after is not None and 2 <= after.index <= 4 and rig.player.speed == 1


def test_an_edit_that_makes_it_empty_stops_it(rig: Rig) -> None:
    from dataclasses import replace

    rig.player.show(colours())
    rig.player.play()
    rig.begin()
    rig.player.show(replace(colours(), tracks=()))
    assert rig.player.speed == 0


def test_the_sound_leads_the_picture(rig: Rig) -> None:
    rig.player.show(colours(Fraction(60)))
    rig.player.play()
    rig.speaker.position = 0.0
    rig.begin()
    rig.speaker.position = 0.5  # the device is ahead of the wall clock by half a second
    assert rig.player.position == 15 / Fraction(30), "what is due is what is heard"


def test_what_the_loudspeaker_gets_is_the_mix_without_a_gap(rig: Rig) -> None:
    rig.player.show(colours())
    rig.player.seek(Fraction(1))
    rig.player.play()
    rig.begin()
    assert rig.speaker.pull is not None
    heard = b"".join(rig.speaker.pull(1000) for _ in range(4))
    sound = np.frombuffer(heard, "<f4").reshape(-1, 2)
    assert np.allclose(sound[:, 0], np.arange(HZ, HZ + 4000) / 1e6, atol=1e-6)


def test_volume_and_what_lies_beyond_the_end(rig: Rig) -> None:
    rig.player.volume = 0.5
    rig.player.show(colours())
    rig.player.seek(Fraction(58, 30))
    rig.player.play()
    rig.begin()
    assert rig.speaker.pull is not None
    sound = np.frombuffer(rig.speaker.pull(2 * BLOCK), "<f4").reshape(-1, 2)
    assert sound[0, 0] == pytest.approx(0.5 * 92_800 / 1e6) and sound[-1, 0] == 0


def test_what_is_not_mixed_yet_is_silence_and_passed_over(rig: Rig) -> None:
    rig.player.show(colours(Fraction(60)))
    rig.player.play()
    rig.begin()
    assert rig.speaker.pull is not None
    rig.speaker.pull(HZ * 2)
    assert rig.player._sounds.missed > 0
    until(lambda: rig.player._sounds.ready())
    sound = np.frombuffer(rig.speaker.pull(10), "<f4").reshape(-1, 2)
    assert sound[0, 0] == pytest.approx(HZ * 2 / 1e6, abs=1e-6)


def test_fast_and_backwards_are_silent(rig: Rig) -> None:
    rig.player.show(colours(Fraction(60)))
    rig.player.seek(Fraction(30))
    rig.player.play(Fraction(-4))
    rig.begin()
    assert rig.speaker.pull is not None
    assert rig.speaker.pull(100) == bytes(800) and rig.ramp.asked == []


def test_a_fault_is_told_once_and_ends_when_it_works_again(rig):
    told: list[Exception | None] = []
    rig.player.troubled.connect(told.append)
    rig.numbers.fault = Refused(error("video.source_missing", "media", name="a.mov"))
    rig.player.show(colours())
    until(lambda: len(told) == 1)
    assert isinstance(told[0], Refused)
    rig.numbers.fault = None
    rig.player.seek(Fraction(1))
    until(lambda: told[-1] is None)
    assert rig.came[-1].index == 30


def test_playing_through_faults_does_not_spin(rig):
    rig.player.show(colours(Fraction(600)))
    until(lambda: len(rig.came) == 1)
    rig.numbers.fault = Refused(error("video.source_missing", "media", name="a.mov"))
    rig.player.play()
    time.sleep(0.1)
    assert len(rig.numbers.asked) <= 2 * AHEAD + 4


def test_stepping(rig: Rig) -> None:
    rig.player.show(colours())
    for by, index in ((1, 1), (5, 6), (-2, 4), (-9, 0)):
        rig.player.step(by)
        assert rig.player.position == Fraction(index, 30)
    until(lambda: bool(rig.came) and rig.came[-1].index == 0)


def test_one_picture_for_a_purpose_of_its_own(rig: Rig) -> None:
    got: list[Picture] = []
    rig.player.show(colours())
    rig.player.picture(Fraction(1), (128, 128), got.append)
    until(lambda: bool(got))
    assert (got[0].index, got[0].width) == (30, 128)


@settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(st.sampled_from(("seek", "play", "pause", "edit", "resize", "take", "pull", "loop", "step")),
                          st.integers(-8, 90)), min_size=5, max_size=60))
def test_whatever_is_done_in_any_order_nothing_hangs_and_the_playhead_stays_inside(does: list[tuple[str, int]]) -> None:
    rig = Rig()
    try:
        rig.player.show(colours())
        for what, number in does:
            _do(rig, what, number)
            assert 0 <= rig.player.position < 3 and rig.player.stats.dropped >= 0
        rig.player.pause()
        rig.player.seek(Fraction(0))
        until(lambda: bool(rig.came) and rig.came[-1].t == 0)
    finally:
        rig.player.close()
    assert rig.speaker.said.count("begin") == rig.speaker.said.count("end")


def _do(rig: Rig, what: str, number: int) -> None:
    player = rig.player
    rig.clock.now += abs(number) / 60
    if what == "seek":
        player.seek(Fraction(number, 30))
    elif what == "play":
        player.play(Fraction(number % 5 - 2) or Fraction(1))
    elif what == "edit":
        player.show(colours(Fraction(1 + number % 3), name=str(number)))
    elif what == "resize":
        player.resize((64, 64 + 2 * (number % 4)))
    elif what == "take":
        player.take()
        assert 0 <= player.wait() <= 1
    elif what == "pull" and rig.speaker.pull is not None:
        assert len(rig.speaker.pull(abs(number) * 100)) == abs(number) * 800
    elif what == "loop":
        player.loop = bool(number % 2)
        player.range = (Fraction(1, 3), Fraction(2, 3)) if number % 3 else None
    elif what in ("pause", "step"):
        player.pause() if what == "pause" else player.step(number)
