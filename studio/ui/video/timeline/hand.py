"""Taking something in hand: which gesture a place and a tool mean, where it clings, what it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from studio.core.edits.join import find_transition
from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Timeline
from studio.ui.i18n import tr
from studio.ui.video.timeline import gestures
from studio.ui.video.timeline.document import in_step, together
from studio.ui.video.timeline.gestures import Aim, Gesture
from studio.ui.video.timeline.layout import Hit
from studio.ui.video.timeline.scale import clock, signed
from studio.ui.video.timeline.scene import Held
from studio.ui.video.timeline.snap import beyond, snap, to_frame
from studio.ui.video.timeline.words import why

Tool = Literal["select", "blade", "ripple", "roll", "slip", "slide"]
TOOLS: tuple[Tool, ...] = ("select", "blade", "ripple", "roll", "slip", "slide")


@dataclass(frozen=True, slots=True)
class Grip:
    """What the hand knows when it takes something. chosen: the selected clips; other: against the track's habit;
    along: what begins later on other tracks follows."""

    tool: Tool = "select"
    links: bool = True
    chosen: frozenset[str] = frozenset()
    other: bool = False
    along: bool = False


def take(timeline: Timeline, hit: Hit, grip: Grip, late: bool = False) -> Gesture | None:
    """The gesture that begins at a hit; None where nothing can be dragged. late: in the later half of a clip."""
    id, _, nth = hit.id.partition(":")
    if hit.kind == "marker":
        return gestures.MoveMarker(int(hit.id))
    if hit.kind == "join":
        return gestures.Lengthen(hit.id)
    clips = together(timeline, [id], grip.links) if timeline.find(id) is not None else frozenset()
    if not clips:
        return None
    if hit.kind == "key":
        return gestures.MoveKeys(id, int(nth), frozenset({id}))
    if hit.kind == "point":
        return gestures.VolumePoint(id, int(nth), frozenset({id}))
    if hit.kind == "gain" and grip.tool == "select":
        return gestures.Volume(id, frozenset({id}))
    if hit.kind in ("in", "out"):
        return gestures.Fade(id, hit.kind, frozenset({id}))
    if hit.kind in ("start", "end"):
        return _edge(timeline, id, "start" if hit.kind == "start" else "end", clips, grip)
    return _whole(id, clips, grip, late) if hit.kind in ("clip", "gain") else None


def _edge(
    timeline: Timeline, id: str, edge: Literal["start", "end"], clips: frozenset[str], grip: Grip
) -> Gesture | None:
    if grip.tool in ("slip", "slide"):
        return _whole(id, clips, grip, edge == "end")
    if grip.tool == "roll":
        return gestures.Roll(id, edge, _both_sides(timeline, id, edge))
    found = timeline.find(id)
    main = found is not None and found[0].role == "main"
    ripple = True if grip.tool == "ripple" else (not main if grip.other else None)
    return gestures.Trim(id, edge, clips, ripple, grip.links, grip.along)


def _whole(id: str, clips: frozenset[str], grip: Grip, late: bool) -> Gesture:
    if grip.tool == "slip":
        return gestures.Slip(id, clips, grip.links)
    if grip.tool == "slide":
        return gestures.Slide(id, frozenset({id}))
    if grip.tool == "roll":
        return gestures.Roll(id, "end" if late else "start", frozenset({id}))
    return gestures.Move(grip.chosen if id in grip.chosen else clips, id)


def _both_sides(timeline: Timeline, id: str, edge: str) -> frozenset[str]:
    """The two clips of a cut: neither is something to snap to."""
    found = timeline.find(id)
    if found is None:
        return frozenset({id})
    track, placed = found
    at = placed.begin if edge == "start" else placed.end
    return frozenset(each.clip.id for each in track.placed if at in (each.begin, each.end))


def aimed(
    timeline: Timeline, held: Held, aim: Aim, moments: Sequence[Time], reach: Time, language: str
) -> tuple[Held, Timeline]:
    """The thing in hand held there, and the timeline as it would be; where it may not be, as it was.

    moments  what it clings to, in order; none when snapping is off     reach  seconds
    """
    edges = held.gesture.edges(timeline)
    line = None
    if moments and edges:
        met = snap(edges, aim.by, moments, reach)
        line, aim = met.line, replace(aim, by=met.by)
    if line is None:
        first = edges[0] if edges else ZERO
        aim = replace(aim, by=to_frame(timeline, first, aim.by))
    return judged(timeline, replace(held, aim=aim, line=line), language)


def judged(timeline: Timeline, held: Held, language: str) -> tuple[Held, Timeline]:
    """What letting go would do now: the same in hand with its words, and the timeline."""
    try:
        after = held.gesture.change(timeline, held.aim)
        after = in_step(timeline, after) if held.links else after
    except Problem as problem:
        return replace(held, refused=why(problem, language), says=""), timeline
    return replace(held, refused="", says=said(timeline, after, held)), after


def said(before: Timeline, after: Timeline, held: Held) -> str:
    """How far it was moved, in short."""
    gesture, rate = held.gesture, before.rate
    if isinstance(gesture, gestures.Volume | gestures.VolumePoint):
        return _decibels(after, gesture)
    if isinstance(gesture, gestures.Lengthen):
        found = find_transition(after, gesture.transition)
        return clock(found[1].duration, rate) if found is not None else ""
    if isinstance(gesture, gestures.Trim):
        one, two = before.find(gesture.clip), after.find(gesture.clip)
        assert one is not None and two is not None
        grown = two[1].clip.duration - one[1].clip.duration
        return tr("timeline", "{change} · {length} long", change=signed(grown, rate),
                  length=clock(two[1].clip.duration, rate))  # fmt: skip
    if isinstance(gesture, gestures.Move) and (there := after.find(gesture.clip)) is not None and not held.aim.copy:
        return clock(there[1].begin, rate)
    return signed(held.aim.by, rate)


def _decibels(after: Timeline, gesture: gestures.Volume | gestures.VolumePoint) -> str:
    found = after.find(gesture.clip)
    assert found is not None
    gain = found[1].clip.sound.gain
    nth = gesture.nth if isinstance(gesture, gestures.VolumePoint) else 0
    value = gain.keys[min(nth, len(gain.keys) - 1)].value if gain.keys else gain.value
    return f"{value:+.1f} dB".replace("-", "−")


def stepped(timeline: Timeline, held: Held, forward: bool, moments: Sequence[Time]) -> Time:
    """The shift that brings the first edge to the next moment it could cling to."""
    edges = held.gesture.edges(timeline)
    if not edges:
        return held.aim.by
    to = beyond(moments, edges[0] + held.aim.by, forward)
    return held.aim.by if to is None else to - edges[0]
