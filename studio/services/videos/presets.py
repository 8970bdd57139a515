"""Presets to choose from: the studio's own, those that follow from what platforms declare, and a person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from studio.core import export
from studio.core.errors import Refused
from studio.core.export import Preset, VideoCodec
from studio.core.finding import Finding, error
from studio.core.ids import new_id
from studio.core.timeline import Timeline
from studio.core.words import Words

if TYPE_CHECKING:
    from studio.platforms.base import Platform
    from studio.platforms.parts import Fact, Frame, VideoRule
    from studio.store.settings import SettingStore

OWN = "export.presets"
CODECS: Mapping[str, VideoCodec] = {"h264": "h264", "hevc": "hevc", "vp9": "vp9", "av1": "av1"}
HEADROOM = 0.9  # of a bit rate that is the most


def for_platform(platform: Platform, identity: Mapping[str, str] | None = None) -> tuple[Preset, ...]:
    """What a film for this platform should be: one preset, and one more where short films have rules of their own.

    identity  of the account it is for, whose server may have limits of its own; () when it takes no films
    """
    found = []
    rule = platform.video_rule(identity or {})
    if rule is not None:
        found.append(from_rule(platform.id, platform.name, rule))
    if platform.shorts is not None:
        name = platform.name
        words = Words(f"{name.en}, reel", f"{name.zh_CN}，短片", f"{name.zh_TW}，短片")
        found.append(from_rule(f"{platform.id}-short", words, platform.shorts))
    return tuple(found)


def every_platform() -> tuple[Preset, ...]:
    """The presets of all platforms."""
    from studio.platforms import every

    return tuple(preset for platform in every().values() for preset in for_platform(platform))


def from_rule(id: str, name: Words, rule: VideoRule) -> Preset:
    """A platform's rule as a preset; each number keeps its source."""
    rate, bitrate = rule.rate, rule.bitrate
    return Preset(
        id, name, video=CODECS.get(rule.codecs[0], "h264"),
        peak=None if bitrate is None else int(bitrate.value * HEADROOM),
        width=rule.advised.width if rule.advised else 0, height=rule.advised.height if rule.advised else 0,
        rate=None if rate is None else Fraction(rate.value), bytes=_value(rule.bytes),
        seconds=_time(rule.seconds), shortest=_time(rule.shortest),
        narrowest=_shape(rule.narrowest), widest=_shape(rule.widest), sources=_sources(rule),
    )


def _value(fact: Fact | None) -> int | None:
    return None if fact is None else fact.value


def _time(fact: Fact | None) -> Fraction | None:
    return None if fact is None else Fraction(fact.value)


def _shape(frame: Frame | None) -> Fraction | None:
    return None if frame is None else Fraction(frame.width, frame.height)


def _sources(rule: VideoRule) -> dict[str, str]:
    told = {
        "bytes": rule.bytes, "seconds": rule.seconds, "shortest": rule.shortest, "narrowest": rule.narrowest,
        "widest": rule.widest, "width": rule.advised, "height": rule.advised, "rate": rule.rate, "peak": rule.bitrate,
    }
    return {field: f"{fact.source} ({fact.seen})" for field, fact in told.items() if fact is not None}


def fitted(preset: Preset, timeline: Timeline, rule: VideoRule | None = None) -> Preset:
    """The preset for this timeline: an advised size turns with a lying canvas, and the most pixels hold."""
    box = (preset.width, preset.height)
    if box[0] and box[1] and (box[0] < box[1]) != (timeline.width < timeline.height):
        preset = replace(preset, width=box[1], height=box[0])
    width, height = export.size(preset, timeline)
    most = rule.pixels.value if rule is not None and rule.pixels is not None else None
    if most is not None and width * height > most:
        shrink = (most / (width * height)) ** 0.5
        preset = replace(preset, width=int(width * shrink) // 2 * 2, height=int(height * shrink) // 2 * 2)
    return preset


class Presets:
    """All presets of a workspace, by id."""

    def __init__(self, kept: SettingStore) -> None:
        self._settings = kept

    def all(self) -> tuple[Preset, ...]:
        """The studio's, the platforms', then a person's own."""
        return (*export.PRESETS, *every_platform(), *self.own())

    def get(self, id: str) -> Preset:
        """Refused: there is none of that id."""
        found = next((preset for preset in self.all() if preset.id == id), None)
        if found is None:
            raise Refused(error("video.no_preset", "preset", name=id, known=", ".join(p.id for p in self.all())))
        return found

    def check(self, id: str, timeline: Timeline) -> tuple[Finding, ...]:
        """What stands against exporting this timeline with that preset; errors first."""
        return export.check(self.get(id), timeline)

    def own(self) -> tuple[Preset, ...]:
        """Those a person saved, in order of saving; what can no longer be read is left out."""
        found = []
        for plain in self._kept():
            try:
                found.append(export.from_json(plain))
            except Refused:
                continue
        return tuple(found)

    def save(self, preset: Preset, name: str) -> Preset:
        """Keeps a preset under a name: in place of the own one of that id, else as a new one."""
        mine = preset.id in {each.id for each in self.own()}
        kept = replace(preset, id=preset.id if mine else new_id(), label=Words(name, name, name))
        plain = [each for each in self._kept() if each.get("id") != kept.id]
        self._settings.set(OWN, [*plain, export.to_json(kept)])
        return kept

    def remove(self, id: str) -> None:
        """Forgets an own preset; others cannot be removed."""
        self._settings.set(OWN, [each for each in self._kept() if each.get("id") != id])

    def _kept(self) -> list[dict[str, Any]]:
        kept = self._settings.get(OWN, [])
        return [each for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []
