"""Effects on sound."""

from __future__ import annotations

from studio.core.effects.spec import EffectSpec

EFFECTS: tuple[EffectSpec, ...] = ()
