"""How an effect is declared: its name, its fields, what draws it. Inspector, commands and checks follow from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.core.words import Words

FieldKind = Literal["number", "whole", "seconds", "percent", "degrees", "pixels", "decibels", "switch", "choice",
                    "color", "file", "text"]
Domain = Literal["picture", "sound"]
# native: by the engine itself; baked: by MoviePy on that clip alone, rendered once into the cache
Engine = Literal["native", "baked"]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter. Numbers of every kind are curves; keyed: whether they may have key frames.

    least, most   what is allowed; None: no bound;  step: what an arrow key changes
    choices       for "choice": (value, its name) in order
    """

    name: str
    label: Words
    kind: FieldKind
    default: float | bool | str
    least: float | None = None
    most: float | None = None
    step: float = 1.0
    choices: tuple[tuple[str, Words], ...] = ()
    keyed: bool = True

    @property
    def numeric(self) -> bool:
        return self.kind not in ("switch", "choice", "color", "file", "text")


@dataclass(frozen=True, slots=True)
class EffectSpec:
    """moviepy: the class of moviepy.video.fx or moviepy.audio.fx it is or stands for, "" when it is our own.

    group   where the effects list shows it: "colour", "blur", "shape", "key", "motion", "time", "sound", "moviepy"
    """

    name: str
    label: Words
    domain: Domain
    group: str
    fields: tuple[Field, ...] = ()
    engine: Engine = "native"
    moviepy: str = ""

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)
