"""Effects on sound that libavfilter does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from studio.media.sound.decoding import Samples
from studio.media.sound.graph import Steps, filtered
from studio.media.sound.reading import RATE
from studio.media.sound.stages import Params, Stage

SETTLES = RATE  # what a filter with a memory has heard before the samples that count
DENOISE_LATE = 1200  # samples that `afftdn` answers late, for which its time stamps do not account


def _stage(steps: Callable[[Params], Steps]) -> Stage:
    """A stage of filters."""

    def run(samples: Samples, params: Params) -> Samples:
        moving = (lambda at: steps(params.at(at))) if params.moves else None
        return filtered(samples, steps(params), moving)

    return Stage(run, SETTLES)


def _level(decibels: float) -> str:
    return f"{10 ** (decibels / 20):.6f}"


def _denoise(samples: Samples, params: Params) -> Samples:
    floor = quiet(samples) if params.on("follow") else params.number("floor")
    # measured: white noise goes most, and a voice stays itself, with the filter's floor 8 dB over the noise
    steps = [("afftdn", {"noise_reduction": f"{params.number('reduction'):.3f}",
                         "noise_floor": f"{min(-20.0, max(-80.0, floor + 8)):.3f}"})]
    return _early(filtered(samples, steps), DENOISE_LATE)


def quiet(samples: Samples) -> float:
    """The level in dB of what is there when nobody speaks: that of the quietest tenth, digital silence left out.

    At most -36: what is never quieter than that has no pause.
    """
    window = RATE // 20
    power = np.square(samples[: len(samples) // window * window]).reshape(-1, window * 2).mean(axis=1)
    power = power[power > 1e-10]
    return min(-36.0, float(10 * np.log10(np.percentile(power, 10)))) if len(power) else -80.0


def _early(samples: Samples, late: int) -> Samples:
    """What came too late, in its place."""
    return np.concatenate([samples[late:], np.zeros((late, 2), np.float32)])


def _equalizer(p: Params) -> Steps:
    return [
        ("bass", {"frequency": "120", "gain": f"{p.number('bass'):.3f}"}),
        ("equalizer", {"frequency": f"{p.number('hertz'):.1f}", "width_type": "o", "width": "1.5",
                       "gain": f"{p.number('middle'):.3f}"}),
        ("treble", {"frequency": "7000", "gain": f"{p.number('treble'):.3f}"}),
    ]


def _highpass(p: Params) -> Steps:
    step = ("highpass", {"frequency": f"{p.number('hertz'):.2f}"})
    return [step, step] if p.on("steep") else [step]


def _lowpass(p: Params) -> Steps:
    step = ("lowpass", {"frequency": f"{p.number('hertz'):.2f}"})
    return [step, step] if p.on("steep") else [step]


def _compressor(p: Params) -> Steps:
    return [("acompressor", {
        "threshold": _level(p.number("threshold")), "ratio": f"{p.number('ratio'):.3f}",
        "attack": f"{p.number('attack'):.2f}", "release": f"{p.number('release'):.2f}",
        "makeup": _level(p.number("makeup")), "knee": "4", "detection": "rms",
    })]


def _gate(p: Params) -> Steps:
    return [("agate", {
        "threshold": _level(p.number("threshold")), "range": _level(-p.number("reduction")), "ratio": "4",
        "attack": "5", "release": f"{p.number('release'):.2f}", "detection": "rms",
    })]


def _deesser(p: Params) -> Steps:
    return [("deesser", {"i": f"{p.number('amount') / 100:.4f}", "m": "0.5", "f": "0.5"})]


def _clear_voice(p: Params) -> Steps:
    """Rumble out, boxiness down, presence up, and what is loud and soft nearer to each other."""
    amount = p.number("amount") / 100
    return [
        ("highpass", {"frequency": "85"}),
        ("equalizer", {"frequency": "300", "width_type": "o", "width": "1", "gain": f"{-3 * amount:.3f}"}),
        ("equalizer", {"frequency": "3500", "width_type": "o", "width": "1.5", "gain": f"{5 * amount:.3f}"}),
        ("acompressor", {"threshold": _level(-22), "ratio": f"{1 + 3 * amount:.3f}", "attack": "8", "release": "180",
                         "makeup": _level(5 * amount), "knee": "5", "detection": "rms"}),
    ]


def _telephone(p: Params) -> Steps:
    low, high = ("highpass", {"frequency": "400"}), ("lowpass", {"frequency": "3000"})
    return [low, low, high, high, ("volume", {"volume": "1.6"}), ("asoftclip", {"type": "tanh"})]


STAGES = {
    "denoise": Stage(_denoise, 2 * RATE, DENOISE_LATE), "equalizer": _stage(_equalizer), "highpass": _stage(_highpass),
    "lowpass": _stage(_lowpass), "compressor": _stage(_compressor), "gate": _stage(_gate),
    "deesser": _stage(_deesser), "clear_voice": _stage(_clear_voice), "telephone": _stage(_telephone),
}
