"""HDR to SDR as one table of colours: PQ or HLG in BT.2020 to BT.709 as a usual screen shows it.

The curve is the one of ITU-R BT.2390-11 (5.4.1): what is darker than about 90 cd/m² stays, what is brighter bends
towards the screen's white, which stands for HDR's reference white of 203 cd/m² (BT.2408). It is applied to the largest
of red, green and blue, so hues stay.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from studio.media.whole import whole

Values = np.ndarray[Any, np.dtype[np.float64]]
Kind = Literal["pq", "hlg", "wide"]
NODES = 33
WHITE, HLG_PEAK = 203.0, 1000.0  # cd/m²
M1, M2, C1, C2, C3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128  # SMPTE ST 2084
A, B, C = 0.17883277, 0.28466892, 0.55991073  # ARIB STD-B67
TO_709 = np.array([  # ITU-R BT.2087-0
    [1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187],
])
LUMA_2020 = np.array([0.2627, 0.6780, 0.0593])
DISPLAY = 2.4  # BT.1886


def sdr(colours: Values, kind: Kind, peak: float) -> Values:
    """Coded BT.2020 RGB (0 to 1, last axis) as coded BT.709 RGB. peak: brightest source light in cd/m²."""
    light = np.maximum(_light(colours, kind) @ TO_709.T, 0.0)
    brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-9)
    bent = brightest if kind == "wide" else bend(brightest, peak)
    return np.asarray(np.clip(light * (bent / brightest) / WHITE, 0.0, 1.0) ** (1 / DISPLAY))


def _light(colours: Values, kind: Kind) -> Values:
    """Display light in cd/m²."""
    if kind == "pq":
        return from_pq(colours)
    if kind == "wide":
        return np.asarray(WHITE * colours**DISPLAY)
    scene = np.where(colours <= 0.5, colours**2 / 3, (np.exp((colours - C) / A) + B) / 12)
    return np.asarray(HLG_PEAK * scene * np.maximum(scene @ LUMA_2020, 1e-9)[..., None] ** 0.2)


def bend(light: Values, peak: float) -> Values:
    """cd/m² up to `peak` as cd/m² up to WHITE."""
    top = to_pq(np.array(max(peak, WHITE)))
    level, most = np.minimum(to_pq(light) / top, 1.0), float(to_pq(np.array(WHITE)) / top)
    knee = 1.5 * most - 0.5
    if most >= 1.0:
        return np.minimum(light, WHITE)
    t = np.clip((level - knee) / (1 - knee), 0.0, 1.0)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * most
    return from_pq(np.where(level < knee, level, spline) * top)


def from_pq(code: Values) -> Values:
    """PQ's code (0 to 1) as cd/m²."""
    root = np.maximum(code, 0.0) ** (1 / M2)
    return np.asarray(10_000 * (np.maximum(root - C1, 0.0) / (C2 - C3 * root)) ** (1 / M1))


def to_pq(light: Values) -> Values:
    """cd/m² as PQ's code (0 to 1)."""
    power = (np.maximum(light, 0.0) / 10_000) ** M1
    return np.asarray(((C1 + C2 * power) / (1 + C3 * power)) ** M2)


def table(kind: Kind, peak: int) -> Path:
    """A .cube file of `sdr` for libavfilter's lut3d; made once for this run of the program, and again when somebody
    cleaned the temporary folder meanwhile."""
    path = _folder() / f"{kind}-{peak}.cube"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as file:
            file.write(_cube(kind, peak).encode("ascii"))
    return path


def _cube(kind: Kind, peak: int) -> str:
    steps = np.linspace(0.0, 1.0, NODES)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    colours = sdr(np.stack([red, green, blue], axis=-1).reshape(-1, 3), kind, peak)
    lines = "\n".join(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in colours)
    return f"LUT_3D_SIZE {NODES}\n{lines}\n"


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="yigao-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
