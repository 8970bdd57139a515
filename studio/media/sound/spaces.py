"""Effects on sound that are sums of what was heard before, and those that only move it between the sides."""

from __future__ import annotations

from functools import cache

import numpy as np

from studio.media.sound.decoding import Samples
from studio.media.sound.reading import RATE
from studio.media.sound.stages import Params, Stage

LONGEST = 4 * RATE  # samples after which an echo or a room is silent


def _echo(samples: Samples, p: Params) -> Samples:
    """Repeats, each quieter than the one before, until nobody hears them."""
    delay, again = round(p.number("delay") * RATE), min(0.95, p.number("feedback") / 100)
    out, level, at = samples.copy(), p.number("level") / 100, delay
    while level > 1e-3 and at < min(len(samples), LONGEST):
        out[at:] += samples[:-at] * np.float32(level)
        level, at = level * again, at + delay
    return out


def _reverb(samples: Samples, p: Params) -> Samples:
    """A room: what is heard, with noise that dies away where each sound was."""
    room = _room(round(p.number("seconds") * 100), round(p.number("dull")))
    wet = (p.over("mix", len(samples)) / 100).astype(np.float32)[:, None]
    out: Samples = samples * (1 - wet * 0.5) + convolved(samples, room) * wet
    return out


@cache
def _room(hundredths: int, dull: int) -> Samples:
    """The answer of a room to a click: noise that falls by 60 dB in the time given. Always the same noise."""
    count = min(LONGEST, max(RATE // 20, hundredths * RATE // 100))
    noise = np.random.default_rng(1).standard_normal((count, 2))
    wide = 1 + dull // 8
    if wide > 1:
        sums = np.cumsum(np.pad(noise, ((wide, 0), (0, 0))), axis=0)
        noise = (sums[wide:] - sums[:-wide]) / np.sqrt(wide)
    noise *= np.exp(-np.arange(count) / count * np.log(1000))[:, None]
    noise[: RATE // 80] *= np.linspace(0, 1, RATE // 80)[:, None]
    room: Samples = (noise / np.sqrt((noise**2).sum(axis=0))).astype(np.float32)
    return room


def convolved(samples: Samples, answer: Samples) -> Samples:
    """Each side of `samples` with that side of `answer`, as long as it came in."""
    size = _quick(len(samples) + len(answer))
    spectrum = np.fft.rfft(samples, size, axis=0) * np.fft.rfft(answer, size, axis=0)
    return np.fft.irfft(spectrum, size, axis=0)[: len(samples)].astype(np.float32)


def _quick(count: int) -> int:
    """A length of at least `count` that a Fourier transform is quick with: few small factors."""
    return min(odd << max(0, -(-count // odd) - 1).bit_length() for odd in (1, 3, 5, 9, 15))


def _width(samples: Samples, p: Params) -> Samples:
    """The difference of the sides, larger or smaller."""
    middle = samples.mean(axis=1, keepdims=True)
    part = (p.over("width", len(samples)) / 100).astype(np.float32)[:, None]
    out: Samples = middle + (samples - middle) * part
    return out


def _balance(samples: Samples, p: Params) -> Samples:
    """Towards one side; a single voice is as loud everywhere between them."""
    angle = (p.over("side", len(samples)) / 100 + 1) * np.pi / 4
    sides = (np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(2)).astype(np.float32)
    out: Samples = samples * sides
    return out


def _channels(samples: Samples, p: Params) -> Samples:
    if (take := p.text("take")) == "mono":
        return np.repeat(samples.mean(axis=1, keepdims=True), 2, axis=1)
    return samples[:, {"left": [0, 0], "right": [1, 1], "swap": [1, 0]}.get(take, [0, 1])]


STAGES = {
    "echo": Stage(_echo, LONGEST), "reverb": Stage(_reverb, LONGEST), "width": Stage(_width),
    "balance": Stage(_balance), "channels": Stage(_channels),
}
