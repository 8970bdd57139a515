"""The timeline's own words: roles, tools, clips in a line for tool tips and screen readers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.core.timeline import Clip, Placed, Role, Source, Timeline, Track
from studio.core.transitions import TRANSITIONS
from studio.services.words import say
from studio.ui.i18n import said, tight, tr
from studio.ui.problems import findings_of
from studio.ui.video.timeline.scale import clock

if TYPE_CHECKING:
    from studio.ui.video.timeline.layout import Hit, Plan
    from studio.ui.video.timeline.scene import Held
    from studio.ui.video.timeline.state import State

ICONS: dict[Role, str] = {
    "captions": "captions", "titles": "type", "main": "film", "overlay": "picture-in-picture-2", "voice": "mic",
    "music": "music", "sound": "audio-lines",
}


def role_name(role: Role) -> str:
    """A kind of track."""
    names: dict[Role, str] = {
        "captions": tr("timeline", "Captions"), "titles": tr("timeline", "Titles"), "main": tr("timeline", "Main"),
        "overlay": tr("timeline", "Overlay"), "voice": tr("timeline", "Voice"), "music": tr("timeline", "Music"),
        "sound": tr("timeline", "Sound"),
    }
    return names[role]


def track_name(timeline: Timeline, track: Track) -> str:
    """Its own name, or its role's, with a number when there are several."""
    if track.name:
        return track.name
    same = [each.id for each in timeline.tracks if each.role == track.role]
    number = same.index(track.id) + 1 if track.id in same else 1
    return f"{role_name(track.role)} {number}" if len(same) > 1 else role_name(track.role)


def clip_name(clip: Clip, source: Source | None) -> str:
    """What a clip is called: its own name, its words, or its file's name without the ending."""
    if clip.name:
        return clip.name
    if clip.title is not None:
        return " ".join(clip.title.text.split())
    if clip.kind == "adjustment":
        return tr("timeline", "Adjustment")
    if clip.kind == "solid":
        return tr("timeline", "Colour")
    name = source.name or source.path.rsplit("/", 1)[-1] if source is not None else ""
    return name.rsplit(".", 1)[0] if "." in name[1:] else name


def why(fault: BaseException, language: str) -> str:
    """Why an edit was not done; a track without a name of its own is called by its kind."""
    finding = findings_of(fault)[0]
    track = finding.values.get("track")
    if isinstance(track, str) and track in ICONS:
        finding = replace(finding, values={**finding.values, "track": role_name(track)})
    return tight(say(finding, language))


def describe(timeline: Timeline, track: Track, placed: Placed) -> str:
    """A clip in one line."""
    rate = timeline.rate
    return tr(
        "timeline", "{name}, on {track}, {begin} to {end}",
        name=clip_name(placed.clip, timeline.source_of(placed.clip)) or tr("timeline", "Clip"),
        track=track_name(timeline, track), begin=clock(placed.begin, rate), end=clock(placed.end, rate),
    )  # fmt: skip


def canvas_words(timeline: Timeline) -> str:
    """The canvas in short: "9:16 · 30 fps"."""
    ratio = Fraction(timeline.width, timeline.height)
    across, down = ratio.numerator, ratio.denominator
    if max(across, down) > 32:
        across, down = timeline.width, timeline.height
    rate = f"{float(timeline.rate):.2f}".rstrip("0").rstrip(".")
    return tr("timeline", "{across}:{down} · {rate} fps", across=across, down=down, rate=rate)


def announce(timeline: Timeline, controller: State, held: Held | None) -> str:
    """Where one is, for screen readers: what is in hand, what is chosen, where the playhead stands."""
    at = tr("timeline", "Timeline, at {time}", time=clock(controller.playhead, timeline.rate))
    if held is not None:
        words = held.refused or held.says
        return tr("timeline", "In hand: {action}. {words}", action=said(held.gesture.name), words=words)
    chosen = [(track, p) for track, p in timeline.clips() if p.clip.id in controller.selection.clips]
    if len(chosen) == 1:
        return f"{describe(timeline, *chosen[0])}. {at}"
    return f"{tr('timeline', '%n clips chosen', n=len(chosen))}. {at}" if chosen else at


def tip(plan: Plan, hit: Hit | None, language: str = "en") -> str:
    """What lies under the pointer, in words."""
    if hit is None:
        return ""
    found = plan.timeline.find(hit.id.partition(":")[0])
    if found is not None:
        return describe(plan.timeline, *found)
    track = plan.timeline.track(hit.id)
    if hit.kind == "eye" and track is not None:
        if track.seen:
            return tr("timeline", "Show track") if track.hidden else tr("timeline", "Hide track")
        return tr("timeline", "Unmute track") if track.hidden else tr("timeline", "Mute track")
    if hit.kind == "lock" and track is not None:
        return tr("timeline", "Unlock track") if track.locked else tr("timeline", "Lock track")
    if hit.kind == "join":
        return _transition(plan, hit.id, language)
    if hit.kind == "marker":
        return plan.timeline.markers[int(hit.id)].text or tr("timeline", "Marker")
    return tr("timeline", "Add track") if hit.kind == "add" else ""


def _transition(plan: Plan, id: str, language: str) -> str:
    badge = next((badge for badge in plan.badges if badge.transition.id == id), None)
    spec = TRANSITIONS.get(badge.transition.kind) if badge is not None else None
    name = spec.label.say(language) if spec is not None else ""
    return f"{name} {clock(badge.transition.duration, plan.timeline.rate)}" if badge is not None else ""
