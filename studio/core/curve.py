"""A number that may change over time: one value, or key frames with the way from each to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from studio.core.opentime import Time

Ease = Literal["linear", "hold", "in", "out", "both"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key frame. at: seconds from the clip's first frame, in the timeline's clock; ease: the way to the next key."""

    at: Time
    value: float
    ease: Ease = "linear"


@dataclass(frozen=True, slots=True)
class Curve:
    """keys: in order of time, no two at once; without any the value is `value` throughout."""

    value: float = 0.0
    keys: tuple[Key, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether the value can differ between two moments."""
        return len({key.value for key in self.keys}) > 1

    def at(self, local: Time) -> float:
        """The value at `local`; before the first key that key's value, after the last that one's."""
        if not self.keys:
            return self.value
        index = bisect_right(self.keys, local, key=lambda key: key.at) - 1
        if index < 0 or index == len(self.keys) - 1:
            return self.keys[max(index, 0)].value
        one, two = self.keys[index], self.keys[index + 1]
        part = float((local - one.at) / (two.at - one.at))
        return one.value + (two.value - one.value) * EASINGS[one.ease](part)

    def with_key(self, at: Time, value: float, ease: Ease = "linear") -> Curve:
        """A key frame set at `at`, in place of one that is there."""
        others = [key for key in self.keys if key.at != at]
        return replace(self, keys=tuple(sorted([*others, Key(at, value, ease)], key=lambda key: key.at)))

    def without_key(self, at: Time) -> Curve:
        """The key frame at `at` taken out; what is left when it was the last is its value."""
        left = tuple(key for key in self.keys if key.at != at)
        return Curve(self.at(at), ()) if self.keys and not left else replace(self, keys=left)

    def with_value(self, value: float, at: Time) -> Curve:
        """What a person means who sets a value with the playhead at `at`: a key where there are keys."""
        return self.with_key(at, value, self._ease(at)) if self.keys else Curve(value)

    def shifted(self, by: Time) -> Curve:
        """The same curve for a clip whose first frame came `by` seconds later."""
        return replace(self, keys=tuple(replace(key, at=key.at - by) for key in self.keys)) if self.keys else self

    def stretched(self, by: Time) -> Curve:
        """The same curve for a clip that is `by` times as long."""
        return replace(self, keys=tuple(replace(key, at=key.at * by) for key in self.keys)) if self.keys else self

    def _ease(self, at: Time) -> Ease:
        return next((key.ease for key in self.keys if key.at == at), "linear")


def _both(part: float) -> float:
    return 2 * part * part if part < 0.5 else 1 - (2 - 2 * part) ** 2 / 2


EASINGS: Mapping[str, Callable[[float], float]] = {
    "linear": lambda part: part, "hold": lambda part: 0.0, "in": lambda part: part * part,
    "out": lambda part: 1 - (1 - part) ** 2, "both": _both,
}
