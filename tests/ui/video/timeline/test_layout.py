"""Boxes never lie upon one another, and what is under a place is what was laid there."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from studio.core.edits.join import join
from studio.core.edits.looks import set_curve, toggle_key
from studio.core.timeline import Clip, Gap, Timeline, Track
from studio.ui.video.timeline.layout import Measures, Plan, cut_near, lay_out, moments, shown_tracks
from studio.ui.video.timeline.scale import Scale
from tests.ui.video.timeline.films import long_film, reel, video

ROLES = ("main", "overlay", "titles", "captions", "voice", "music", "sound")


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    tracks = []
    for number in range(draw(st.integers(1, 5))):
        items: list[Clip | Gap] = []
        for nth in range(draw(st.integers(0, 8))):
            long = F(draw(st.integers(1, 900)), 30)
            gap = draw(st.integers(0, 60))
            items += [Gap(F(gap, 30))] if gap else []
            items.append(Clip(f"{number}.{nth}", long, source="a"))
        tracks.append(Track(f"t{number}", draw(st.sampled_from(ROLES)), tuple(items)))
    return Timeline("x", tracks=tuple(tracks), sources={"a": video("a", 9000)})


def plan_of(timeline: Timeline, per_second: float = 35.0, left: float = 0.0, down: float = 0.0) -> Plan:
    measures = Measures()
    return lay_out(timeline, Scale(per_second, left, measures.head), measures, 960, 420, down)


@given(timelines(), st.floats(0.5, 800), st.floats(0, 60), st.floats(0, 200))
def test_clips_never_lie_upon_one_another(timeline: Timeline, zoom: float, left: float, down: float) -> None:
    plan = plan_of(timeline, zoom, left, down)
    for one, two in zip(plan.lanes, plan.lanes[1:], strict=False):
        assert one.bottom == two.top
    boxes = [box.rect for box in plan.boxes]
    for number, rect in enumerate(boxes):
        assert rect.width() > 0 and rect.height() > 0
        assert not any(rect.intersects(other) for other in boxes[number + 1 :])


@given(timelines(), st.floats(0.5, 800), st.floats(0, 60))
def test_what_is_hit_is_what_was_laid_there(timeline, zoom, left):
    plan = plan_of(timeline, zoom, left)
    for box in plan.boxes:
        x = (max(box.rect.left(), plan.origin) + min(box.rect.right(), plan.width)) / 2
        at = QPointF(x, box.rect.center().y() + 5)
        if not plan.body.contains(at) or not box.rect.contains(at):
            continue
        hit = plan.hit(at)
        assert hit is not None
        assert (hit.id.partition(":")[0], hit.track) == (box.clip.id, box.track.id)
    seen = {box.clip.id for box in plan.boxes}
    low = {lane.track.id for lane in plan.lanes if lane.top < plan.height}
    x = plan.scale.x
    there = [p for track, p in timeline.clips() if track.id in low]
    assert {p.clip.id for p in there if x(p.end) > plan.origin and x(p.begin) < plan.width} == seen


@given(timelines(), st.floats(2, 800), st.floats(0, 60))
def test_every_area_of_a_plan_is_found_under_its_name(timeline: Timeline, zoom: float, left: float) -> None:
    plan = plan_of(timeline, zoom, left)
    names = [hit.name for hit, _ in plan.areas()]
    assert len(names) == len(set(names))
    for name in names[:20]:
        assert not plan.area(name).isNull()


def test_pictures_are_listed_from_the_front_and_sounds_below() -> None:
    assert [track.role for track in shown_tracks(reel())] == ["captions", "titles", "overlay", "main", "voice", "music"]


def test_edges_badges_and_key_frames_have_places() -> None:
    plan = plan_of(reel())
    assert plan.area("start:m1").right() < plan.area("end:m1").left()
    assert plan.hit(plan.area("end:m1").center()).name == "end:m1"  # type: ignore[union-attr]
    join_id = plan.badges[0].transition.id
    assert plan.hit(plan.area(f"join:{join_id}").center()).kind == "join"  # type: ignore[union-attr]
    assert plan.hit(plan.area("key:m1:0").center()).name == "key:m1:0"  # type: ignore[union-attr]
    assert plan.hit(plan.area("point:s0:1").center()).kind == "point"  # type: ignore[union-attr]


def test_a_clip_of_a_few_pixels_has_no_edges_to_hit() -> None:
    plan = plan_of(long_film(), 1.4)
    assert plan.area("start:m3").isNull()
    assert plan.hit(plan.area("clip:m3").center()).name == "clip:m3"  # type: ignore[union-attr]


def test_the_line_of_the_volume_is_hit_where_it_is_drawn() -> None:
    timeline = set_curve(reel(), "v0", "sound", "gain", 6.0, F(0))
    plan = plan_of(timeline)
    box = plan.by_clip["v0"]
    at = QPointF(box.rect.center().x(), plan.level(box, 6.0))
    assert plan.hit(at).name == "gain:v0"  # type: ignore[union-attr]
    assert plan.hit(at + QPointF(0, 12)).name == "clip:v0"  # type: ignore[union-attr]
    assert plan.decibels(box, plan.level(box, 0.0) - plan.level(box, 6.0)) == pytest.approx(6.0)


def test_what_lies_under_the_ruler_and_the_headers_is_not_hit() -> None:
    plan = plan_of(reel(), 35, left=3, down=20)
    assert plan.hit(QPointF(300, 10)).kind == "ruler"  # type: ignore[union-attr]
    assert plan.hit(QPointF(40, 100)).kind in ("head", "eye", "lock")  # type: ignore[union-attr]


def test_the_header_has_its_buttons() -> None:
    plan = plan_of(reel())
    for name in ("eye:main", "lock:main", "add"):
        assert plan.hit(plan.area(name).center()).name == name  # type: ignore[union-attr]


def test_a_cut_without_a_transition_is_found_and_one_with_it_is_not() -> None:
    plan = plan_of(reel())
    at = plan.by_clip["m1"].rect
    assert cut_near(plan, QPointF(at.right(), at.center().y()))[1] == "m1"  # type: ignore[index]
    assert cut_near(plan, QPointF(plan.by_clip["m0"].rect.right(), at.center().y())) is None
    joined = plan_of(join(reel(), "m1", "crossfade", F(1, 2)))
    end = joined.by_clip["m1"].rect
    assert cut_near(joined, QPointF(end.right(), end.center().y())) is None


def test_moments_are_those_of_the_picture_not_of_the_volume() -> None:
    timeline = toggle_key(reel(), "m0", "sound", "gain", F(1))
    assert moments(timeline.find("m0")[1].clip) == ()  # type: ignore[index]
    clip = Clip("a", F(3))
    assert moments(clip) == ()
    keyed = reel().find("m1")[1].clip  # type: ignore[index]
    assert len(moments(keyed)) == 2
