"""The inspector's fields: where each lies in the document, for one clip and for several."""

from __future__ import annotations

from fractions import Fraction

import pytest

from studio.core.curve import Curve
from studio.core.edits import looks
from studio.core.edits.arrange import empty
from studio.core.edits.join import find_transition, join
from studio.core.edits.place import append, with_source
from studio.core.effects import EFFECTS
from studio.core.errors import Refused
from studio.core.timeline import Clip, Source, Timeline
from studio.core.title import Title
from studio.core.title_styles import STYLES
from studio.core.transitions import TRANSITIONS
from studio.ui.video.inspector import slots
from studio.ui.video.inspector.slots import Slot

ONE, TWO = Fraction(1), Fraction(2)
BY_KEY = {slot.key: slot for slot in (*slots.TRANSFORM, *slots.SPEED, *slots.SOUND, slots.FIT, slots.DUCK,
                                      slots.COLOR, *slots.title_slots())}


@pytest.fixture
def timeline() -> Timeline:
    """Two clips of two seconds, and a title."""
    made = with_source(empty("t"), Source("s", "a.mov", "video", width=64, height=64, duration=Fraction(10),
                                          rate=Fraction(30), sound=True))
    main, titles = made.role("main"), made.role("titles")
    assert main is not None and titles is not None
    for id in "ab":
        made = append(made, main.id, Clip(id, TWO, source="s", start=ONE))
    return append(made, titles.id, Clip("t", TWO, "title", title=STYLES["headline"].title("Hello")
                                        if "headline" in STYLES else Title("Hello")))


def value(timeline: Timeline, clip: str, key: str, at: Fraction = Fraction(0)) -> object:
    found = timeline.find(clip)
    assert found is not None
    return slots.value_of(timeline, found[1].clip, BY_KEY[key], at)


def test_a_scale_is_shown_in_per_cent(timeline: Timeline) -> None:
    assert value(timeline, "a", "transform/scale") == 100
    edited = slots.with_value(timeline, ["a", "b"], BY_KEY["transform/scale"], 112.0, Fraction(1))
    assert [value(edited, clip, "transform/scale") for clip in "ab"] == pytest.approx([112, 112])
    found = edited.find("a")
    assert found is not None and found[1].clip.transform.scale == Curve(1.12)


def test_with_key_frames_a_value_is_one_at_the_playhead_of_its_clip(timeline: Timeline) -> None:
    x = BY_KEY["transform/x"]
    edited = slots.toggled(timeline, ["b"], x, Fraction(2))
    edited = slots.with_value(edited, ["b"], x, 100.0, Fraction(3))
    assert value(edited, "b", "transform/x", Fraction(1, 2)) == 50
    assert slots.key_beside(edited, "b", x, Fraction(5, 2), -1) == 2
    assert slots.key_beside(edited, "b", x, Fraction(5, 2), 1) == 3
    assert slots.key_beside(edited, "b", x, Fraction(3), 1) is None
    away = slots.toggled(slots.toggled(edited, ["b"], x, Fraction(2)), ["b"], x, Fraction(3))
    found = away.find("b")
    assert found is not None and not found[1].clip.transform.x.keys


def test_speed_changes_the_length_and_what_follows_moves(timeline: Timeline) -> None:
    edited = slots.with_value(timeline, ["a"], BY_KEY["clip/speed"], 2.0, Fraction(0))
    found = edited.find("b")
    assert found is not None and found[1].begin == 1
    assert slots.with_value(edited, ["a"], BY_KEY["clip/speed"], 2.0, Fraction(0)) is edited


def test_switches_choices_and_fades(timeline: Timeline) -> None:
    edited = timeline
    for key, new in (("clip/fit", "blur"), ("clip/reverse", True), ("sound/keep_pitch", False),
                     ("sound/fade_in", 0.5), ("sound/muted", True), ("clip/smooth", True), ("sound/gain", -6.0)):
        edited = slots.with_value(edited, ["a"], BY_KEY[key], new, Fraction(0))
        assert value(edited, "a", key) == new
    assert value(edited, "b", "clip/fit") == "cover"


def test_a_style_is_a_whole_one_and_a_part_of_it_makes_it_ones_own(timeline: Timeline) -> None:
    name = next(iter(STYLES))
    edited = slots.with_value(timeline, ["t"], BY_KEY["title/preset"], name, Fraction(0))
    found = edited.find("t")
    assert found is not None and found[1].clip.title is not None
    assert found[1].clip.title.style == STYLES[name].style and value(edited, "t", "title/preset") == name
    own = slots.with_value(edited, ["t"], BY_KEY["style/weight"], "800", Fraction(0))
    assert value(own, "t", "style/weight") == "800" and value(own, "t", "title/preset") == ""
    worded = slots.with_value(own, ["a", "t"], BY_KEY["title/text"], "Rye", Fraction(0))
    assert value(worded, "t", "title/text") == "Rye" and value(worded, "a", "title/text") is None


@pytest.mark.parametrize("name", sorted(EFFECTS))
def test_every_effect_of_every_kind_can_be_read_and_set(timeline: Timeline, name: str) -> None:
    edited = looks.add_effect(looks.add_effect(timeline, ["a"], name), ["a", "b"], name)
    for slot in slots.effect_slots(name, 1):
        found = edited.find("a")
        assert found is not None
        shown = slots.value_of(edited, found[1].clip, slot, Fraction(0))
        assert shown == slot.field.default
        assert slots.with_value(edited, ["a", "b"], slot, shown, Fraction(0)) is not None


def test_of_two_effects_of_a_kind_the_meant_one_is_set(timeline: Timeline) -> None:
    name, field = next((name, field) for name, spec in EFFECTS.items() for field in spec.fields
                       if field.numeric and field.most is not None and field.keyed)
    edited = looks.add_effect(looks.add_effect(timeline, ["a"], name), ["a"], name)
    slot = Slot(f"effect:{name}:1", field)
    assert field.most is not None and slot.keyed
    edited = slots.with_value(edited, ["a"], slot, field.most, Fraction(0))
    found = edited.find("a")
    assert found is not None
    one, two = found[1].clip.effects
    assert field.name not in one.params and two.params[field.name] == Curve(field.most)
    with pytest.raises(Refused):
        slots.with_value(edited, ["a"], slot, field.most + 1, Fraction(0))


def test_the_track_of_a_clip_is_ducked(timeline: Timeline) -> None:
    edited = slots.with_value(timeline, ["a"], slots.DUCK, True, Fraction(0))
    main = edited.role("main")
    assert main is not None and main.duck


def test_back_to_the_beginning(timeline: Timeline) -> None:
    edited = slots.toggled(timeline, ["a"], BY_KEY["transform/x"], Fraction(1))
    edited = slots.with_value(edited, ["a"], BY_KEY["transform/scale"], 50.0, Fraction(0))
    edited = slots.with_value(edited, ["a"], slots.FIT, "fill", Fraction(0))
    edited = slots.reset(edited, ["a"], [*slots.TRANSFORM, slots.FIT])
    found, before = edited.find("a"), timeline.find("a")
    assert found is not None and before is not None and found[1].clip == before[1].clip


def test_a_transition_has_kind_length_and_its_own_fields(timeline):
    joined = join(timeline, "a", "crossfade", Fraction(1, 2))
    main = joined.role("main")
    assert main is not None
    id = next(item.id for item in main.items if not hasattr(item, "clip") and hasattr(item, "kind")
              and item.id not in "abt")
    for kind in TRANSITIONS:
        kinds, length, *own = slots.join_slots(kind)
        joined = slots.with_join(joined, id, kinds, kind)
        joined = slots.with_join(joined, id, length, 0.4)
        assert slots.join_value(joined, id, kinds) == kind
        assert slots.join_value(joined, id, length) == pytest.approx(0.4, abs=0.04)
        for slot in own:
            shown = slots.join_value(joined, id, slot)
            assert shown == slot.field.default
            joined = slots.with_join(joined, id, slot, shown)
    assert find_transition(joined, id) is not None
