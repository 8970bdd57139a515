"""The engine's own effects on pictures."""

from __future__ import annotations

from studio.core.effects.spec import EffectSpec

EFFECTS: tuple[EffectSpec, ...] = ()
