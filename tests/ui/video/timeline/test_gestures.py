"""Every drag as data: what becomes of the timeline, held against the rules that always hold."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.edits.arrange import detach, link
from studio.core.edits.place import remove
from studio.core.edits.rules import broken
from studio.core.errors import Refused
from studio.core.timeline import Timeline
from studio.ui.video.timeline import gestures
from studio.ui.video.timeline.document import apart, in_step, together
from studio.ui.video.timeline.gestures import Aim, Gesture
from studio.ui.video.timeline.hand import Grip, aimed, judged, said, take
from studio.ui.video.timeline.layout import Hit, moments
from studio.ui.video.timeline.scene import Held
from tests.ui.video.timeline.films import reel

REEL = reel()
FRAME = F(1, 30)


def placed(timeline: Timeline, clip: str):
    found = timeline.find(clip)
    assert found is not None
    return found[1]


def everything() -> list[Gesture]:
    one = frozenset({"m1"})
    transition = REEL.tracks[0].items[1].id  # type: ignore[union-attr]
    return [
        gestures.Move(one, "m1"), gestures.Move(frozenset({"c1", "c2"}), "c1"), gestures.Move(frozenset({"s0"}), "s0"),
        gestures.Trim("m1", "start", one), gestures.Trim("m1", "end", one, False),
        gestures.Trim("o0", "end", one, True),
        gestures.Trim("v1", "start", one), gestures.Roll("m1", "end", one), gestures.Slip("m1", one),
        gestures.Slide("m1", one), gestures.Lengthen(transition), gestures.MoveKeys("m1", 0, one),
        gestures.Fade("v0", "in", one), gestures.Fade("s0", "out", one), gestures.Volume("s0", one),
        gestures.VolumePoint("s0", 1, one), gestures.MoveMarker(0),
    ]  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(everything()), st.integers(-900, 900), st.floats(-80, 80), st.booleans(),
       st.sampled_from(["", "overlay", "titles", "music", "main"]))  # fmt: skip
def test_whatever_is_dragged_anywhere_breaks_no_rule(
    gesture: Gesture, frames: int, up: float, copy: bool, track: str
) -> None:
    try:
        after = gesture.change(REEL, Aim(frames * FRAME, track, up, copy))
    except Refused as refused:
        assert refused.findings
        return
    assert broken(after) == ""


def test_a_caption_goes_where_it_is_put() -> None:
    after = gestures.Move(frozenset({"c7"}), "c7").change(REEL, Aim(F(1, 2)))
    assert placed(after, "c7").begin == placed(REEL, "c7").begin + F(1, 2)


def test_a_copy_leaves_the_original() -> None:
    after = gestures.Move(frozenset({"o0"}), "o0").change(REEL, Aim(F(5), copy=True))
    assert placed(after, "o0").begin == 11
    assert [p.begin for p in after.role("overlay").placed] == [11, 16]  # type: ignore[union-attr]


def test_a_linked_sound_goes_with_its_picture_on_the_main_track() -> None:
    timeline = detach(REEL, "m3", "sound")
    ids = together(timeline, ["m3"], links=True)
    sound = next(iter(ids - {"m3"}))
    after = gestures.Move(ids, sound).change(timeline, Aim(F(6)))
    assert placed(after, "m3").begin == placed(after, sound).begin > placed(timeline, "m3").begin


def test_trimming_one_of_two_linked_clips_alone() -> None:
    timeline = detach(REEL, "m3", "sound")
    other = next(iter(together(timeline, ["m3"], True) - {"m3"}))
    both = gestures.Trim("m3", "end", frozenset(), linked=True).change(timeline, Aim(F(-1)))
    alone = gestures.Trim("m3", "end", frozenset(), linked=False).change(timeline, Aim(F(-1)))
    before = placed(timeline, other).clip
    assert placed(both, other).clip.duration == before.duration - 1
    assert placed(alone, other).clip == before
    assert placed(alone, "m3").clip.link == before.link


def lip_sync(timeline: Timeline, picture: str, sound: str) -> F:
    one, two = placed(timeline, picture), placed(timeline, sound)
    return (one.begin - one.clip.start / one.clip.speed) - (two.begin - two.clip.start / two.clip.speed)


@settings(max_examples=60)
@given(st.integers(-120, 120), st.sampled_from(["move", "start", "end", "roll", "slip", "slide", "m0", "m4", "delete"]))
def test_a_detached_sound_never_leaves_its_picture(frames, how):
    timeline = detach(REEL, "m3", "sound")
    sound = next(iter(together(timeline, ["m3"], True) - {"m3"}))
    one, by = frozenset({"m3"}), Aim(frames * FRAME)
    gesture: Gesture = {
        "move": gestures.Move(one | {sound}, "m3"), "start": gestures.Trim("m3", "start", one),
        "end": gestures.Trim("m3", "end", one), "roll": gestures.Roll("m3", "start", one),
        "slip": gestures.Slip("m3", one), "slide": gestures.Slide("m3", one), "m0": gestures.Trim("m0", "end", one),
        "m4": gestures.Move(frozenset({"m4"}), "m4"), "delete": gestures.Trim("m1", "start", one),
    }[how]  # fmt: skip
    after = in_step(timeline, remove(timeline, ["m1"]) if how == "delete" else gesture.change(timeline, by))
    assert broken(after) == ""
    assert lip_sync(after, "m3", sound) == lip_sync(timeline, "m3", sound)


def test_what_follows_has_a_track_of_its_own_where_another_clip_lies() -> None:
    timeline = detach(REEL, "m4", "voice")
    sound = next(iter(together(timeline, ["m4"], True) - {"m4"}))
    after = in_step(timeline, remove(timeline, ["m1", "m2"]))
    assert broken(after) == ""
    assert lip_sync(after, "m4", sound) == lip_sync(timeline, "m4", sound)


def test_apart_leaves_links_as_they_were() -> None:
    timeline = link(REEL, ["v0", "v1"])
    assert apart(timeline, ["v0"], lambda t: t) == timeline


def test_slipping_to_the_right_shows_what_came_before() -> None:
    after = gestures.Slip("m0", frozenset({"m0"})).change(REEL, Aim(F(1)))
    assert placed(after, "m0").clip.start < placed(REEL, "m0").clip.start


def test_a_transition_grows_to_both_sides() -> None:
    transition = REEL.tracks[0].items[1]
    after = gestures.Lengthen(transition.id).change(REEL, Aim(F(1, 10)))  # type: ignore[union-attr]
    assert after.tracks[0].items[1].duration == transition.duration + F(1, 5)


def test_key_frames_at_one_moment_move_together_and_stay_on_their_clip() -> None:
    gesture = gestures.MoveKeys("m1", 1, frozenset({"m1"}))
    at = moments(placed(REEL, "m1").clip)[1]
    after = gesture.change(REEL, Aim(F(-1, 3)))
    assert moments(placed(after, "m1").clip)[1] == at - F(1, 3)
    far = gesture.change(REEL, Aim(F(100)))
    assert moments(placed(far, "m1").clip)[1] == placed(REEL, "m1").clip.duration


def test_a_volume_stays_within_what_the_line_shows() -> None:
    loud = gestures.Volume("v0", frozenset({"v0"})).change(REEL, Aim(up=99.0))
    assert placed(loud, "v0").clip.sound.gain.value == 12.0


def test_what_is_held_clings_and_says_where_it_is() -> None:
    held = Held(gestures.Move(frozenset({"o0"}), "o0"))
    near, after = aimed(REEL, held, Aim(F(-49, 100)), (F(105, 10), F(20)), F(1, 10), "en")
    assert (near.line, placed(after, "o0").begin, near.says) == (F(21, 2), F(21, 2), "0:10.15")


def test_without_anything_near_it_falls_on_a_frame() -> None:
    held = Held(gestures.Move(frozenset({"o0"}), "o0"))
    away, after = aimed(REEL, held, Aim(F(1, 47)), (), F(1, 10), "en")
    assert away.line is None
    assert (placed(after, "o0").begin * 30).denominator == 1


def test_a_place_that_is_taken_says_why_and_changes_nothing() -> None:
    held = Held(gestures.Move(frozenset({"c0"}), "c0"), Aim(F(3)))
    judged_now, after = judged(REEL, held, "en")
    assert judged_now.refused and after is REEL


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_words_of_a_trim(theme, language: str) -> None:
    held = Held(gestures.Trim("m0", "end", frozenset({"m0"})), Aim(F(-1)))
    after = held.gesture.change(REEL, held.aim)
    assert "−0:01.00" in said(REEL, after, held)


@pytest.mark.parametrize(("hit", "grip", "kind"), [
    (Hit("clip", "m1"), Grip(), gestures.Move), (Hit("start", "m1"), Grip(), gestures.Trim),
    (Hit("end", "m1"), Grip("roll"), gestures.Roll), (Hit("clip", "m1"), Grip("slip"), gestures.Slip),
    (Hit("end", "m1"), Grip("slide"), gestures.Slide), (Hit("gain", "v0"), Grip(), gestures.Volume),
    (Hit("gain", "v0"), Grip("slip"), gestures.Slip), (Hit("point", "s0:2"), Grip(), gestures.VolumePoint),
    (Hit("key", "m1:1"), Grip(), gestures.MoveKeys), (Hit("in", "v0"), Grip(), gestures.Fade),
    (Hit("marker", "0"), Grip(), gestures.MoveMarker), (Hit("lane", "main"), Grip(), type(None)),
    (Hit("clip", "gone"), Grip(), type(None)), (Hit("head", "main"), Grip(), type(None)),
])  # fmt: skip
def test_which_gesture_a_place_and_a_tool_mean(hit: Hit, grip: Grip, kind: type) -> None:
    assert isinstance(take(REEL, hit, grip), kind)


def test_the_other_way_round_ripples_where_it_would_not() -> None:
    main = take(REEL, Hit("end", "m1"), Grip(other=True))
    overlay = take(REEL, Hit("end", "o0"), Grip(other=True))
    ripple = take(REEL, Hit("end", "o0"), Grip("ripple"))
    assert isinstance(main, gestures.Trim) and main.ripple is False
    assert isinstance(overlay, gestures.Trim) and overlay.ripple is True
    assert isinstance(ripple, gestures.Trim) and ripple.ripple is True
