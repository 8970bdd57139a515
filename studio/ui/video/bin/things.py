"""What lies in the bin: files, styles, effects, transitions; each with what it is when it is carried away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.asset import Asset
from studio.core.effects import EFFECTS
from studio.core.timeline import Source, Timeline
from studio.core.title_styles import STYLES
from studio.core.transitions import TRANSITIONS
from studio.ui.i18n import tr
from studio.ui.video.carried import Carried

Look = Literal["tile", "sound", "style", "card"]
Tab = Literal["media", "text", "audio", "effects", "transitions"]
TABS: tuple[Tab, ...] = ("media", "text", "audio", "effects", "transitions")
TITLE_SECONDS = "3"


@dataclass(frozen=True, slots=True)
class Thing:
    """source: the file it shows, None for styles and the like. used: how many clips are cut from it."""

    carried: Carried
    title: str
    look: Look
    source: Source | None = None
    used: int = 0
    icon: str = ""

    @property
    def key(self) -> str:
        return f"{self.carried.kind}:{self.carried.id}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Things under a heading ("" for none)."""

    heading: str
    things: tuple[Thing, ...]


def source_of(asset: Asset) -> Source:
    """A file of the library as far as it is known without reading it: enough to show it."""
    probe = asset.probe
    return Source(
        asset.id[:16], "", probe.kind, asset.name, asset.id, asset.id, probe.width, probe.height, probe.duration,
        sound=probe.kind == "audio", alpha=probe.has_alpha,
    )  # fmt: skip


def uses(timeline: Timeline) -> dict[str, int]:
    """How many clips are cut from each source."""
    found: dict[str, int] = {}
    for _, placed in timeline.clips():
        if placed.clip.source:
            found[placed.clip.source] = found.get(placed.clip.source, 0) + 1
    return found


def shelves(tab: Tab, timeline: Timeline, assets: Sequence[Asset], language: str) -> list[Shelf]:
    """What a tab holds, in order; empty shelves are left out."""
    makers = {
        "media": lambda: _files(timeline, assets, ("video", "image", "audio")),
        "audio": lambda: _files(timeline, assets, ("audio",)),
        "text": lambda: _styles(language), "effects": lambda: _effects(language),
        "transitions": lambda: _transitions(language),
    }  # fmt: skip
    return [shelf for shelf in makers[tab]() if shelf.things]


def found_in(all_of: Iterable[Shelf], words: str) -> list[Shelf]:
    """Only what is called so."""
    wanted = words.casefold().strip()
    kept = [Shelf(s.heading, tuple(t for t in s.things if wanted in t.title.casefold())) for s in all_of]
    return [shelf for shelf in kept if shelf.things]


def _files(timeline: Timeline, assets: Sequence[Asset], kinds: tuple[str, ...]) -> list[Shelf]:
    used, sources = uses(timeline), timeline.sources
    mine = [_file(source, used.get(source.id, 0), "source") for source in sources.values() if source.kind in kinds]
    known = {source.media for source in sources.values() if source.media}
    others = [
        _file(source_of(asset), 0, "asset", asset.id) for asset in assets
        if asset.probe.kind in kinds and asset.id not in known
    ]  # fmt: skip
    seen, heard = _apart(mine)
    more, sounds = _apart(others)
    return [
        Shelf("", seen), Shelf(tr("video", "Audio") if seen else "", heard),
        Shelf(tr("video", "From the library"), (*more, *sounds)),
    ]  # fmt: skip


def _apart(things: Iterable[Thing]) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """(those that are seen, those that are only heard)."""
    every = tuple(things)
    return tuple(t for t in every if t.look == "tile"), tuple(t for t in every if t.look == "sound")


def _file(source: Source, used: int, kind: str, id: str = "") -> Thing:
    seconds = "" if source.duration is None else str(source.duration)
    heard = source.kind == "audio"
    carried = Carried(kind, id or source.id, seconds, heard, source.name)
    return Thing(carried, source.name or source.path, "sound" if heard else "tile", source, used)


def _styles(language: str) -> list[Shelf]:
    heads = {"title": tr("video", "Titles"), "caption": tr("video", "Captions")}
    return [
        Shelf(heads[use], tuple(
            Thing(Carried("title", name, TITLE_SECONDS, label=p.label.say(language)), p.label.say(language), "style")
            for name, p in STYLES.items() if p.use == use))
        for use in ("title", "caption")
    ]  # fmt: skip


def group_words() -> Mapping[str, str]:
    """The groups of effects as headings, in their order."""
    return {
        "colour": tr("video", "Colour"), "blur": tr("video", "Blur and sharpness"), "shape": tr("video", "Shape"),
        "key": tr("video", "Keying and masks"), "motion": tr("video", "Motion"), "time": tr("video", "Time"),
        "sound": tr("video", "Sound"), "moviepy": "MoviePy",
    }  # fmt: skip


ICONS = {
    "colour": "palette", "blur": "circle-dashed", "shape": "scaling", "key": "pipette", "motion": "activity",
    "time": "gauge", "sound": "audio-waveform", "moviepy": "wand-sparkles",
}  # fmt: skip


def _effects(language: str) -> list[Shelf]:
    words = group_words()
    groups = {group: list[Thing]() for group in words}
    for name, spec in EFFECTS.items():
        label = spec.label.say(language)
        group = spec.group if spec.group in groups else "moviepy"
        groups[group].append(Thing(Carried("effect", name, label=label), label, "card", icon=ICONS[group]))
    return [Shelf(words[group], tuple(sorted(things, key=lambda t: t.title))) for group, things in groups.items()]


def _transitions(language: str) -> list[Shelf]:
    things = [
        Thing(Carried("transition", name, label=spec.label.say(language)), spec.label.say(language), "card",
              icon="blend")
        for name, spec in TRANSITIONS.items()
    ]  # fmt: skip
    return [Shelf("", tuple(things))]
