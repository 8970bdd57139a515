"""The transitions between two clips, as data; drawn by `media.video`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.effects.spec import Field
from studio.core.words import Words


@dataclass(frozen=True, slots=True)
class TransitionSpec:
    """A transition's name and fields."""

    name: str
    label: Words
    fields: tuple[Field, ...] = ()


_ALL = (TransitionSpec("crossfade", Words("Crossfade", "叠化", "疊化")),)
TRANSITIONS: Mapping[str, TransitionSpec] = {spec.name: spec for spec in _ALL}
