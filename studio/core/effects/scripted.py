"""MoviePy's effects: those with a native twin, and those that are baked.

Every class of `moviepy.video.fx` and `moviepy.audio.fx` is one; a test compares its parameters with these fields.
"""

from __future__ import annotations

from studio.core.effects import scripted_picture, scripted_sound, scripted_time
from studio.core.effects.spec import EffectSpec

EFFECTS: tuple[EffectSpec, ...] = (*scripted_picture.EFFECTS, *scripted_time.EFFECTS, *scripted_sound.EFFECTS)
