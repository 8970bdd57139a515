"""What each edit does, told by one small example each; what cannot be done changes nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

from studio.core.curve import Curve
from studio.core.edits import arrange, join, looks, place, trim
from studio.core.edits.rules import broken
from studio.core.errors import Refused
from studio.core.playing import Blend, Playing, heard, layer, layers
from studio.core.timeline import Clip, Effect, Gap, Timeline, Track, Transition
from tests.core.edits.lines import FILM, PHOTO, SONG, line, main_of, shot, words


def told(timeline, role="main"):
    """The track as (begin, seconds, in point) of each clip."""
    return [(p.begin, p.clip.duration, p.clip.start) for p in timeline.role(role).placed]


def ids(timeline, role="main"):
    return [p.clip.id for p in timeline.role(role).placed]


def over(timeline, clip, at, role="overlay"):
    return place.put(timeline, timeline.role(role).id, clip, F(at))


@pytest.fixture
def three():
    """2 s, 3 s and 1 s, cut from the seconds 1, 4 and 8 of the film."""
    return line(shot(2, 1), shot(3, 4), shot(1, 8))


def test_insert_cuts_what_plays_and_pushes_the_rest_on(three):
    edited = place.insert(three, main_of(three).id, shot(1, 0), F(1))
    assert told(edited) == [(0, 1, 1), (1, 1, 0), (2, 1, 2), (3, 3, 4), (6, 1, 8)]
    assert told(three) == [(0, 2, 1), (2, 3, 4), (5, 1, 8)], "the old timeline is as it was"


def test_insert_along_pushes_on_what_is_later_elsewhere(three):
    timeline = over(over(three, shot(1), 0), words(), 4, "titles")
    edited = place.insert(timeline, main_of(timeline).id, shot(2, 0), F(2), along=True)
    assert told(edited, "overlay")[0][0] == 0 and told(edited, "titles")[0][0] == 6


def test_overwrite_leaves_the_length(three):
    edited = place.overwrite(three, main_of(three).id, shot(2, 0), F(1))
    assert told(edited) == [(0, 1, 1), (1, 2, 0), (3, 2, 5), (5, 1, 8)] and edited.duration == three.duration


def test_put_needs_room(three):
    timeline = over(three, shot(2), 1)
    assert told(over(timeline, shot(1), 0), "overlay") == [(0, 1, 1), (1, 2, 1)]
    with pytest.raises(Refused, match=r"video\.no_room"):
        over(timeline, shot(1), F(5, 2))


@pytest.mark.parametrize(
    ("clip", "role"), [(words(), "music"), (shot(1, 0, SONG), "main"), (shot(1, 0, PHOTO), "voice")])
def test_a_clip_on_a_track_it_does_not_suit_is_refused(three, clip, role):
    with pytest.raises(Refused, match=r"video\.wrong_track"):
        place.append(three, three.role(role).id, clip)


def test_split_keeps_picture_key_frames_and_fades_where_they_were(three):
    one = ids(three)[1]
    scale = Curve(1.0).with_key(F(0), 1.0).with_key(F(2), 3.0)
    timeline = looks.set_fields(three, [one], transform=replace(shot().transform, scale=scale))
    timeline = looks.change(timeline, [one], lambda c: replace(c, sound=replace(
        c.sound, fade_in=F(1, 2), fade_out=F(1, 2))))
    edited = place.split_at(timeline, F(3))
    left, right = (p.clip for p in main_of(edited).placed[1:3])
    assert (left.duration, right.duration, right.start) == (1, 2, 5)
    for at in (F(2), F(5, 2), F(3), F(7, 2), F(4)):
        before, after = layers(timeline, at)[0], layers(edited, at)[0]
        assert before.source_time == after.source_time
        assert before.clip.transform.scale.at(before.local) == after.clip.transform.scale.at(after.local)
    fades = [(each.sound.fade_in, each.sound.fade_out) for each in (left, right)]
    assert fades == [(F(1, 2), 0), (0, F(1, 2))]


def test_a_reversed_clip_splits_where_it_is_seen():
    timeline = line(shot(4, 2, reverse=True))
    edited = place.split_at(timeline, F(1))
    for at in (F(0), F(1, 2), F(1), F(3)):
        assert layers(timeline, at)[0].source_time == layers(edited, at)[0].source_time


def test_splitting_linked_clips_links_the_halves_each_with_its_own(three):
    timeline = arrange.detach(three, ids(three)[0])
    edited = place.split_at(timeline, F(1), [ids(three)[0]])
    links = [[p.clip.link for p in edited.role(role).placed] for role in ("main", "sound")]
    assert links[0][:2] == links[1] and links[1][0] != links[1][1]


def test_remove_pulls_up_and_lift_leaves_a_gap(three):
    middle = ids(three)[1]
    assert told(place.remove(three, [middle])) == [(0, 2, 1), (2, 1, 8)]
    assert told(place.lift(three, [middle])) == [(0, 2, 1), (5, 1, 8)]


def test_remove_along_pulls_others_up_as_far_as_there_is_room(three):
    timeline = over(over(three, shot(1), F(1)), shot(1), F(11, 2))
    edited = place.remove(timeline, [ids(timeline)[1]], along=True)
    assert [begin for begin, _, _ in told(edited, "overlay")] == [1, F(5, 2)]


def test_moving_on_the_main_track_changes_the_order(three):
    first = ids(three)[0]
    assert ids(place.move(three, [first], F(3)))[1] == first
    assert ids(place.move(three, [first], F(30)))[-1] == first
    assert ids(place.move(three, [ids(three)[2]], F(-30))) == [ids(three)[2], *ids(three)[:2]]
    assert place.move(three, [first], F(1, 10)).duration == three.duration


def test_moving_elsewhere_keeps_the_clip_where_it_is_put(three):
    timeline = over(three, shot(1), 1)
    clip = ids(timeline, "overlay")[0]
    assert told(place.move(timeline, [clip], F(3)), "overlay") == [(4, 1, 1)]
    assert told(place.move(timeline, [clip], F(-9)), "overlay") == [(0, 1, 1)], "not before the beginning"
    lifted = place.move(timeline, [ids(timeline)[0]], F(4), timeline.role("overlay").id)
    assert len(told(lifted)) == 2 and told(lifted, "overlay")[1] == (4, 2, 1)


def test_copies_are_pasted_with_names_of_their_own(three):
    timeline = over(three, shot(1), 1)
    copied = place.copies(timeline, [ids(timeline)[0], ids(timeline, "overlay")[0]])
    edited = place.paste(timeline, copied, F(20))
    assert broken(edited) == "" and len(told(edited)) == 4
    assert [begin for begin, _, _ in told(edited, "overlay")] == [1, 21]


def test_cut_ranges_makes_jump_cuts(three):
    timeline = arrange.detach(three, ids(three)[1])
    edited = place.cut_ranges(timeline, ids(three)[1], [(F(1), F(3, 2)), (F(2), F(5, 2))])
    assert told(edited)[1:4] == [(2, 1, 4), (3, F(1, 2), F(11, 2)), (F(7, 2), F(1, 2), F(13, 2))]
    assert told(edited, "sound") == told(edited)[1:4] and edited.duration == three.duration - 1
    with pytest.raises(Refused, match=r"video\.nothing_left"):
        place.cut_ranges(timeline, ids(three)[1], [(F(0), F(9))])


# -- trim ------------------------------------------------------------------------------------------------------


def test_trim_on_the_main_track_ripples(three):
    one = ids(three)[1]
    assert told(trim.trim(three, one, "end", F(-1))) == [(0, 2, 1), (2, 2, 4), (4, 1, 8)]
    assert told(trim.trim(three, one, "start", F(1))) == [(0, 2, 1), (2, 2, 5), (4, 1, 8)]
    assert told(trim.trim(three, one, "start", F(-9)))[1] == (2, 7, 0), "no further than the file begins"


def test_trim_elsewhere_leaves_a_gap_and_stops_at_its_neighbour(three):
    timeline = over(over(three, shot(2, 3), 1), shot(1), 4)
    clip = ids(timeline, "overlay")[0]
    assert told(trim.trim(timeline, clip, "end", F(9)), "overlay")[0] == (1, 3, 3)
    assert told(trim.trim(timeline, clip, "start", F(1, 2)), "overlay") == [(F(3, 2), F(3, 2), F(7, 2)), (4, 1, 1)]
    assert told(trim.trim(timeline, clip, "start", F(-9)), "overlay")[0] == (0, 3, 2)


def test_a_clip_keeps_a_frame(three):
    assert told(trim.trim(three, ids(three)[2], "end", F(-9)))[2][1] == F(1, 30)


def test_trimming_a_picture_trims_its_sound(three):
    timeline = arrange.detach(three, ids(three)[2])
    edited = trim.trim(timeline, ids(three)[2], "end", F(2))
    assert told(edited)[2] == told(edited, "sound")[0] == (5, 3, 8)


def test_roll_moves_the_cut_only(three):
    edited = trim.roll(three, ids(three)[0], "end", F(1))
    assert told(edited) == [(0, 3, 1), (3, 2, 5), (5, 1, 8)]
    assert trim.roll(three, ids(three)[1], "start", F(1)) == edited
    with pytest.raises(Refused, match=r"video\.no_cut"):
        trim.roll(three, ids(three)[2], "end", F(1))


def test_slip_moves_the_picture_under_the_clip(three):
    assert told(trim.slip(three, ids(three)[1], F(2)))[1] == (2, 3, 6)
    assert told(trim.slip(three, ids(three)[1], F(99)))[1] == (2, 3, 9)
    assert told(trim.slip(three, ids(three)[1], F(-99)))[1] == (2, 3, 0)


def test_slide_moves_the_clip_between_its_neighbours(three):
    edited = trim.slide(three, ids(three)[1], F(1, 2))
    assert told(edited) == [(0, F(5, 2), 1), (F(5, 2), 3, 4), (F(11, 2), F(1, 2), F(17, 2))]
    with pytest.raises(Refused, match=r"video\.no_neighbours"):
        trim.slide(three, ids(three)[0], F(1))


def test_speed_keeps_the_stretch_of_the_source(three):
    one = ids(three)[1]
    timeline = looks.toggle_key(looks.toggle_key(three, one, "transform", "x", F(0)), one, "transform", "x", F(3))
    edited = trim.set_speed(timeline, one, F(2))
    clip = main_of(edited).placed[1].clip
    assert (clip.duration, clip.length, clip.start) == (F(3, 2), 3, 4) and told(edited)[2][0] == F(7, 2)
    assert [key.at for key in clip.transform.x.keys] == [0, F(3, 2)]
    for speed in (F(0), F(-1), F(1, 100), F(100)):
        with pytest.raises(Refused, match=r"video\.speed"):
            trim.set_speed(three, one, speed)
    photo = line(shot(2, 0, PHOTO))
    with pytest.raises(Refused, match=r"video\.no_speed"):
        trim.set_speed(photo, ids(photo)[0], F(2))


# -- transitions -----------------------------------------------------------------------------------------------


def test_a_transition_uses_handles_and_keeps_the_length(three):
    edited = join.join(three, ids(three)[0], "crossfade", F(1))
    assert told(edited) == told(three)
    assert [i.duration for i in main_of(edited).items if isinstance(i, Transition)] == [1]
    half = layer(main_of(edited), F(2))
    assert isinstance(half, Blend) and half.progress == F(1, 2)
    assert (half.outgoing.source_time, half.incoming.source_time) == (3, 4)
    assert isinstance(layer(main_of(edited), F(3, 2) - F(1, 100)), Playing)
    assert layer(main_of(edited), F(3, 2)).progress == 0


def test_without_handles_the_clips_give_of_their_own():
    timeline = line(shot(12, 0), shot(12, 0))
    edited = join.join(timeline, ids(timeline)[0], "crossfade", F(1))
    assert told(edited) == [(0, F(23, 2), 0), (F(23, 2), F(23, 2), F(1, 2))] and edited.duration == 23


def test_a_transition_goes_with_its_clip(three):
    edited = join.join(three, ids(three)[0], "crossfade", F(1))
    for change in (place.remove, place.lift):
        assert not any(isinstance(i, Transition) for i in main_of(change(edited, [ids(three)[1]])).items)
    assert main_of(join.unjoin(edited, ids(three)[0])).items == main_of(three).items


def test_a_transition_becomes_shorter_with_its_clips(three):
    edited = trim.trim(join.join(three, ids(three)[1], "crossfade", F(1)), ids(three)[2], "end", F(-4, 5))
    [transition] = [i for i in main_of(edited).items if isinstance(i, Transition)]
    assert transition.after == F(1, 10) and broken(edited) == ""


def test_a_transition_can_become_another(three):
    edited = join.join(three, ids(three)[0], "crossfade", F(1))
    transition = next(i for i in main_of(edited).items if isinstance(i, Transition))
    other = join.set_transition(edited, transition.id, duration=F(1, 2))
    [now] = [i for i in main_of(other).items if isinstance(i, Transition)]
    assert (now.id, now.duration) == (transition.id, F(7, 15)), "whole frames on either side"
    for clip, kind in ((ids(three)[2], "crossfade"), (ids(three)[0], "swirl")):
        with pytest.raises(Refused):
            join.join(three, clip, kind, F(1))


def test_sound_of_a_transition_overlaps(three):
    edited = join.join(three, ids(three)[0], "crossfade", F(1))
    one, two, _ = heard(edited)
    assert (one.begin, one.end, one.fade_out) == (0, F(5, 2), 1)
    assert (two.begin, two.origin, two.end, two.fade_in) == (F(3, 2), 2, 5, 1)


# -- tracks, looks ---------------------------------------------------------------------------------------------


def test_tracks_come_and_go(three):
    more = arrange.add_track(three, "overlay", "Logo")
    roles = [t.role for t in more.tracks]
    assert roles.index("overlay") < roles.index("titles") and roles.count("overlay") == 2
    with pytest.raises(Refused, match=r"video\.main_stays"):
        arrange.remove_track(three, main_of(three).id)
    moved = arrange.move_track(more, main_of(more).id, 99)
    assert [t.seen for t in moved.tracks] == [t.seen for t in more.tracks], "pictures stay before sounds"


def test_a_locked_track_is_left_alone(three):
    locked = arrange.set_track(three, main_of(three).id, locked=True)
    for change in (lambda: place.remove(locked, ids(three)[:1]), lambda: trim.trim(locked, ids(three)[0], "end", F(1)),
                   lambda: place.append(locked, main_of(three).id, shot())):
        with pytest.raises(Refused, match=r"video\.locked"):
            change()


def test_detached_sound_is_heard_once(three):
    edited = arrange.detach(three, ids(three)[1])
    assert [(h.track.role, h.begin, h.end) for h in heard(edited)] == [
        ("main", 0, 2), ("main", 5, 6), ("sound", 2, 5)]
    with pytest.raises(Refused, match=r"video\.no_sound"):
        arrange.detach(edited, ids(three)[1])


def test_effects_and_their_values(three):
    one = ids(three)[0]
    edited = looks.add_effect(three, [one], "moviepy.FadeIn", duration=Curve(1.0))
    effect = main_of(edited).placed[0].clip.effects[0]
    edited = looks.set_param(edited, one, effect.id, "duration", 0.5)
    assert looks.curve_of(main_of(edited).placed[0].clip.effects[0], "duration").value == 0.5
    edited = looks.enable_effect(edited, one, effect.id, False)
    assert not main_of(edited).placed[0].clip.effects[0].enabled
    assert main_of(looks.remove_effect(edited, one, effect.id)).placed[0].clip.effects == ()
    for bad in (lambda: looks.set_param(edited, one, effect.id, "nope", 1.0),
                lambda: looks.set_param(edited, one, effect.id, "duration", "soon"),
                lambda: looks.set_param(edited, one, effect.id, "duration", float("nan")),
                lambda: looks.add_effect(edited, [one], "nope")):
        with pytest.raises(Refused):
            bad()


def test_key_frames_by_hand(three):
    one = ids(three)[0]
    edited = looks.toggle_key(three, one, "transform", "scale", F(0))
    edited = looks.set_curve(edited, one, "transform", "scale", 2.0, F(1))
    curve = main_of(edited).placed[0].clip.transform.scale
    assert [(k.at, k.value) for k in curve.keys] == [(0, 1.0), (1, 2.0)] and curve.at(F(1, 2)) == 1.5
    for at in (F(0), F(1)):
        edited = looks.toggle_key(edited, one, "transform", "scale", at)
    assert main_of(edited).placed[0].clip.transform.scale == Curve(2.0)


# -- what is broken --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("items", [
    (Clip("a", F(0), source="film"),), (Clip("a", F(1), source="gone"),), (Gap(F(1)),), (Clip("a", F(1), "title"),),
    (Clip("a", F(1), source="film"), Gap(F(1)), Gap(F(1)), Clip("b", F(1), source="film")),
    (Clip("a", F(1), source="film"), Clip("a", F(1), source="film")),
    (Transition("t", "crossfade", F(1), F(1)), Clip("a", F(1), source="film")),
    (Clip("a", F(13), source="film"),), (Clip("a", F(1), source="film", speed=F(0)),),
    (Clip("a", F(1), source="film", transform=replace(shot().transform, x=Curve(float("nan")))),),
    (Clip("a", F(1), source="film"), Transition("t", "crossfade", F(1), F(1)), Clip("b", F(1), source="film")),
])
def test_the_rules_see_what_is_broken(items):
    assert broken(Timeline("x", tracks=(Track("m", "main", items),), sources={"film": FILM})) != ""


def test_an_effect_that_is_unknown_stays_in_the_file(three):
    """A project from a newer version, or with somebody's plug-in, is not spoilt by opening it."""
    from studio.core.timeline_json import from_json, to_json

    odd = looks.change(three, ids(three)[:1], lambda c: replace(c, effects=(Effect("e", "of.tomorrow", {"a": True}),)))
    assert from_json(to_json(odd)) == odd
