"""MoviePy's effects: those with a native twin, and those that are baked."""

from __future__ import annotations

from studio.core.effects.spec import EffectSpec

EFFECTS: tuple[EffectSpec, ...] = ()
