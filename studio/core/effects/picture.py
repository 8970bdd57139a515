"""The engine's own effects on pictures."""

from __future__ import annotations

from studio.core.effects.spec import EffectSpec
from studio.core.words import Words

EFFECTS: tuple[EffectSpec, ...] = (EffectSpec("invert", Words("Invert", "反色", "反相"), "picture", "colour"),)
