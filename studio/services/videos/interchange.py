"""OpenTimelineIO, both ways: what other editors read, and what they wrote.

What `.otio` has words for is said in them (tracks, ranges, gaps, transitions with their offsets, linear speed,
markers, media by file address); all of ours is kept beside it under the metadata key "yigao", so that a timeline comes
back as it was. Where another editor changed a range, the range counts, and the rest of the clip is as we knew it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from studio.core.edits.items import tidied
from studio.core.errors import Refused
from studio.core.finding import Finding, error, warning
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.rates import exact_rate
from studio.core.timeline import ZERO, Clip, Gap, Item, Marker, Source, Timeline, Track, Transition
from studio.core.timeline_json import clip_from_json, clip_to_json, from_json, to_json
from studio.core.transitions import TRANSITIONS

if TYPE_CHECKING:
    from studio.media.video.where import Where

KEY = "yigao"
KINDS = {"crossfade": "SMPTE_Dissolve"}  # the one name that OTIO itself gives; all others are "Custom_Transition"
Describe = Callable[[Path], Source]


def write_otio(timeline: Timeline, out: Path, where: Where) -> Path:
    """The timeline as `.otio`, whole or not at all. Media that is gone is written by the path it had."""
    import opentimelineio as otio

    from studio.media.whole import whole

    made = otio.schema.Timeline(timeline.name, metadata={KEY: _plain(timeline)})
    made.global_start_time = _moment(timeline, ZERO)
    made.tracks.extend([_Track(timeline, track, where).made() for track in timeline.tracks])
    made.tracks.markers.extend([_marker(timeline, marker) for marker in timeline.markers])
    text = otio.adapters.write_to_string(made, "otio_json")
    with whole(out) as file:
        file.write(text.encode())
    return out


def _plain(timeline: Timeline) -> dict[str, Any]:
    """All but the items, which stand in the tracks."""
    bare = replace(timeline, tracks=tuple(replace(track, items=()) for track in timeline.tracks), sources={})
    return to_json(bare)


def _moment(timeline: Timeline, seconds: Time) -> Any:
    import opentimelineio as otio

    return otio.opentime.RationalTime(float(seconds * timeline.rate), float(timeline.rate))


def _span(timeline: Timeline, start: Time, duration: Time) -> Any:
    import opentimelineio as otio

    return otio.opentime.TimeRange(_moment(timeline, start), _moment(timeline, duration))


def _marker(timeline: Timeline, marker: Marker) -> Any:
    import opentimelineio as otio

    return otio.schema.Marker(marker.text, _span(timeline, marker.at, ZERO), metadata={KEY: {"color": marker.color}})


@dataclass
class _Track:
    """One of our tracks on its way out."""

    timeline: Timeline
    track: Track
    where: Where

    def made(self) -> Any:
        import opentimelineio as otio

        kind = otio.schema.TrackKind.Video if self.track.seen else otio.schema.TrackKind.Audio
        made = otio.schema.Track(self.track.name or self.track.role, kind=kind, metadata={KEY: {"id": self.track.id}})
        made.enabled = not self.track.hidden
        made.extend([self._item(item) for item in self.track.items])
        return made

    def _item(self, item: Item) -> Any:
        import opentimelineio as otio

        if isinstance(item, Gap):
            exact = {KEY: {"duration": str(item.duration)}}
            return otio.schema.Gap(source_range=_span(self.timeline, ZERO, item.duration), metadata=exact)
        if isinstance(item, Transition):
            return otio.schema.Transition(
                item.kind, KINDS.get(item.kind, "Custom_Transition"), _moment(self.timeline, item.before),
                _moment(self.timeline, item.after), metadata={KEY: _transition_plain(item)})
        return self._clip(item)

    def _clip(self, clip: Clip) -> Any:
        import opentimelineio as otio

        made = otio.schema.Clip(
            clip.name or clip.kind, self._media(clip), _span(self.timeline, clip.start, clip.duration),
            metadata={KEY: clip_to_json(clip)})
        if clip.speed != 1 or clip.reverse:
            made.effects.append(otio.schema.LinearTimeWarp(
                "speed", float(-clip.speed if clip.reverse else clip.speed)))
        return made

    def _media(self, clip: Clip) -> Any:
        import opentimelineio as otio

        source = self.timeline.source_of(clip)
        if source is None:
            return otio.schema.GeneratorReference(clip.name or clip.kind, clip.kind, parameters={
                "text": clip.title.text if clip.title else "", "color": clip.color})
        plain = ("id", "kind", "name", "hash", "width", "height", "sound", "alpha")
        known = {one: getattr(source, one) for one in plain}
        known["duration"] = None if source.duration is None else str(source.duration)
        known["rate"] = None if source.rate is None else str(source.rate)
        range_ = None if source.duration is None else _span(self.timeline, ZERO, source.duration)
        return otio.schema.ExternalReference(self._address(source), range_, metadata={KEY: known})

    def _address(self, source: Source) -> str:
        try:
            return self.where(source).absolute().as_uri()
        except Refused:
            return source.path


def _transition_plain(item: Transition) -> dict[str, Any]:
    from studio.core.timeline_json import transition_to_json

    return transition_to_json(item)


def read_otio(path: Path, describe: Describe | None = None) -> tuple[Timeline, tuple[Finding, ...]]:
    """A timeline from `.otio`, and what of it could not be taken over.

    describe  tells what a media file is; by default it is looked at itself
    Refused: not there, or not a file that OpenTimelineIO can read.
    """
    import opentimelineio as otio

    if not path.is_file():
        raise Refused(error("media.no_file", "project", name=path.name))
    try:
        read = otio.adapters.read_from_string(path.read_text(encoding="utf-8-sig"), "otio_json")
    except Exception as fault:  # its own errors, JSON's, and those of text that is none: all mean the same to a person
        raise Refused(error("video.otio_unreadable", "project", name=path.name)) from fault
    if not isinstance(read, otio.schema.Timeline):
        raise Refused(error("video.otio_unreadable", "project", name=path.name))
    return _Reading(read, path.absolute().parent, describe or _described).timeline()


def _described(path: Path) -> Source:
    from studio.media.video.sources import described

    return described(path)


@dataclass
class _Reading:
    """A timeline of others on its way in."""

    read: Any
    folder: Path
    describe: Describe
    said: list[Finding] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    by_path: dict[str, Source] = field(default_factory=dict)

    def timeline(self) -> tuple[Timeline, tuple[Finding, ...]]:
        base = self._base()
        kept = {track.id: track for track in base.tracks}
        tracks: list[tuple[Track, list[Item]]] = []
        for number, track in enumerate(self.read.tracks):
            tracks.append((self._track(track, number, kept), list(self._items(track, base.rate))))
        timeline = replace(base, sources=self.sources, tracks=tuple(track for track, _ in tracks))
        timeline = self._sized(timeline)
        for track, items in tracks:
            timeline = timeline.with_track(tidied(timeline, track, self._whole(timeline, items)))
        return timeline, tuple(self.said)

    def _base(self) -> Timeline:
        """All but the items: ours where it was written by us, else what can be told."""
        plain = _ours(self.read)
        if plain:
            try:
                return replace(from_json(plain), markers=self._markers(from_json(plain).rate))
            except Refused:
                self.said.append(warning("video.otio_partly", "project"))
        rate = self._rate()
        return Timeline(new_id(), 1080, 1920, rate, name=str(self.read.name or ""), markers=self._markers(rate))

    def _rate(self) -> Fraction:
        if self.read.global_start_time is not None:
            return exact_rate(self.read.global_start_time.rate)
        for clip in self.read.find_clips():
            if clip.source_range is not None:
                return exact_rate(clip.source_range.start_time.rate)
        return Fraction(30)

    def _markers(self, rate: Fraction) -> tuple[Marker, ...]:
        found = [Marker(seconds(m.marked_range.start_time, rate), str(m.name or ""), _ours(m).get("color", "warn"))
                 for m in self.read.tracks.markers]
        return tuple(sorted(found, key=lambda marker: marker.at))

    def _track(self, track: Any, number: int, kept: dict[str, Track]) -> Track:
        mine = kept.get(str(_ours(track).get("id", "")))
        if mine is not None:
            return replace(mine, hidden=not track.enabled)
        seen = str(track.kind) == "Video"
        others = sum(1 for each in self.read.tracks[:number] if (str(each.kind) == "Video") == seen)
        role: Any = "sound" if not seen else "overlay" if others else "main"
        return Track(new_id(), role, name=str(track.name or ""), hidden=not track.enabled)

    def _items(self, track: Any, rate: Fraction) -> Iterator[Item]:
        import opentimelineio as otio

        for item in track:
            if isinstance(item, otio.schema.Transition):
                yield self._transition(item, rate)
            elif isinstance(item, otio.schema.Clip):
                yield self._clip(item, rate)
            else:
                told = seconds(item.duration(), rate)
                duration = _same(Fraction(_ours(item).get("duration", told)), told)
                if not isinstance(item, otio.schema.Gap):
                    self.said.append(warning("video.otio_nested", "project", name=str(item.name or "")))
                yield Gap(duration)

    def _transition(self, item: Any, rate: Fraction) -> Transition:
        from studio.core.timeline_json import transition_from_json

        before, after = seconds(item.in_offset, rate), seconds(item.out_offset, rate)
        plain = _ours(item)
        if plain:
            known = transition_from_json(plain)
            return replace(known, before=_same(known.before, before), after=_same(known.after, after))
        kind = str(item.name) if item.name in TRANSITIONS else "crossfade"
        return Transition(new_id(), kind, before, after)

    def _clip(self, item: Any, rate: Fraction) -> Clip:
        range_ = item.trimmed_range()
        start, duration = seconds(range_.start_time, rate), seconds(range_.duration, rate)
        plain = _ours(item)
        known = clip_from_json(plain) if plain else Clip(new_id(), duration, name=str(item.name or ""))
        speed, reverse = self._speed(item, known)
        source = self._source(item, rate)
        if source is None and known.kind == "media":
            known = replace(known, kind="solid")
        return replace(
            known, source=source.id if source else "", start=_same(known.start, start),
            duration=_same(known.duration, duration), speed=speed, reverse=reverse)

    def _speed(self, item: Any, known: Clip) -> tuple[Fraction, bool]:
        import opentimelineio as otio

        speed, reverse = Fraction(1), False
        for effect in item.effects:
            if isinstance(effect, otio.schema.LinearTimeWarp) and effect.time_scalar:
                scalar = float(effect.time_scalar)
                speed, reverse = _same(known.speed, Fraction(abs(scalar)).limit_denominator(10_000)), scalar < 0
            else:
                self.said.append(warning("video.otio_effect", "project", name=str(effect.effect_name or effect.name)))
        return speed, reverse

    def _source(self, item: Any, rate: Fraction) -> Source | None:
        import opentimelineio as otio

        media = item.media_reference
        if isinstance(media, otio.schema.GeneratorReference):
            return None
        address = str(media.target_url) if isinstance(media, otio.schema.ExternalReference) else ""
        path = local_path(address, self.folder) if address else ""
        if not path:
            self.said.append(warning("video.otio_no_media", "project", name=str(item.name or "")))
        if path in self.by_path:
            return self.by_path[path]
        source = self._known(media, path) or self._looked(path, item, rate)
        self.by_path[path] = self.sources[source.id] = source
        return source

    def _known(self, media: Any, path: str) -> Source | None:
        plain = _ours(media)
        if not plain or not all(isinstance(plain.get(one), str) for one in ("id", "kind", "name", "hash")):
            return None
        duration, rate = plain.get("duration"), plain.get("rate")
        return Source(
            plain["id"], path, plain["kind"], plain["name"], "", plain["hash"], int(plain["width"]),
            int(plain["height"]), Fraction(duration) if duration else None, Fraction(rate) if rate else None,
            bool(plain["sound"]), bool(plain["alpha"]))

    def _looked(self, path: str, item: Any, rate: Fraction) -> Source:
        try:
            if path and Path(path).is_file():
                return self.describe(Path(path))
        except Refused as refused:
            self.said += refused.findings
        available = getattr(item.media_reference, "available_range", None)
        end = seconds(available.duration, rate) if available is not None else None
        if path:
            self.said.append(warning("video.source_missing", "media", name=Path(path).name))
        return Source(new_id(), path, "video", Path(path).name or str(item.name or ""), duration=end)

    def _sized(self, timeline: Timeline) -> Timeline:
        if _ours(self.read):
            return timeline
        film = next((s for s in timeline.sources.values() if s.width and s.kind == "video"), None)
        return replace(timeline, width=film.width, height=film.height) if film else timeline

    def _whole(self, timeline: Timeline, items: list[Item]) -> Iterator[Item]:
        """Items that keep the rules: nothing without duration, nothing beyond its source."""
        for item in items:
            if isinstance(item, Clip):
                item = _fitted(timeline, item)
            if item is not None and item.duration > 0:
                yield item


def _fitted(timeline: Timeline, clip: Clip) -> Clip:
    """A clip that lies within its source; where the source is shorter than was told, it is believed less."""
    source = timeline.source_of(clip)
    if source is None or source.duration is None:
        return replace(clip, start=max(ZERO, clip.start))
    start = min(max(ZERO, clip.start), source.duration)
    return replace(clip, start=start, duration=min(clip.duration, (source.duration - start) / clip.speed))


def _ours(thing: Any) -> dict[str, Any]:
    """What we kept in its metadata, as plain data."""
    kept = thing.metadata.get(KEY)
    return _unboxed(kept) if kept is not None else {}


def _unboxed(value: Any) -> Any:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if hasattr(value, "items"):
        return {str(key): _unboxed(each) for key, each in value.items()}
    return [_unboxed(each) for each in value]


def _same(known: Fraction, told: Fraction) -> Fraction:
    """Our exact number where theirs is the same but for rounding."""
    return known if abs(known - told) < Fraction(1, 100_000) else told


def seconds(moment: Any, rate: Fraction) -> Fraction:
    """A RationalTime in exact seconds; what is nearly a whole frame is one."""
    own = exact_rate(moment.rate) if moment.rate > 0 else rate
    frames = Fraction(moment.value)
    nearest = round(frames)
    return (Fraction(nearest) if abs(frames - nearest) < Fraction(1, 1000) else frames.limit_denominator(10**6)) / own


def local_path(address: str, folder: Path) -> str:
    """The path that a file address or a relative path means; "" for anything elsewhere (never followed)."""
    parts = urlsplit(address)
    if len(parts.scheme) > 1:
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            return ""
        return url2pathname(parts.path)
    path = Path(unquote(address) if "%" in address else address)
    return (path if path.is_absolute() else folder / path).as_posix()
