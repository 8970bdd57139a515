"""An effect of a clip as the object of MoviePy that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.core.curve import Curve
from studio.core.effects import spec, value
from studio.core.effects.timing import bounded
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Effect
from studio.media.video.scripted import plugins

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What an effect may need to know. size: px of the picture it gets; duration: seconds of the clip."""

    size: tuple[int, int]
    duration: Time


def moviepy_effect(effect: Effect, around: Around, local: Time = ZERO) -> Any:
    """The `moviepy.Effect` with these parameters.

    Curves that MoviePy can follow are handed over as functions of time; others are taken at `local`.
    ValueError (from MoviePy or Pillow) when they make no sense; OSError when a file it needs is not there.
    """
    declared = spec(effect.name)
    values = {
        field.name: bounded(effect, field.name, local) if field.numeric else value(effect, field.name, local)
        for field in declared.fields
    }
    own = plugins.factory(effect.name)
    if own is not None:
        return own(values)
    import moviepy.audio.fx
    import moviepy.video.fx

    module = moviepy.video.fx if declared.domain == "picture" else moviepy.audio.fx
    made = _MAKE.get(declared.moviepy, _as_they_are)(values, effect, around)
    return getattr(module, declared.moviepy)(**made)


def moving(effect: Effect, field: str) -> Callable[[float], float] | None:
    """A parameter as a function of seconds, when it has key frames."""
    param = effect.params.get(field)
    if not isinstance(param, Curve) or not param.moves:
        return None
    return lambda t: param.at(Fraction(t).limit_denominator(1_000_000))


def rgb(color: str) -> list[int]:
    """ "#ff8000" -> [255, 128, 0]."""
    return list(bytes.fromhex(color.lstrip("#")[:6]))


def _as_they_are(values: Values, effect: Effect, around: Around) -> Values:
    return values


def _unset(*names: str) -> Callable[[Values, Effect, Around], Values]:
    """0 of these is MoviePy's None."""
    def make(values: Values, effect: Effect, around: Around) -> Values:
        return {**values, **{name: values[name] or None for name in names}}
    return make


def _black_and_white(values: Values, effect: Effect, around: Around) -> Values:
    own = [values[f"RGB.{channel}"] for channel in ("red", "green", "blue")]
    if not sum(own):
        own = [1.0, 1.0, 1.0]
    weights = {"equal": None, "CRT_phosphor": "CRT_phosphor"}.get(values["RGB"], own)
    return {"RGB": weights, "preserve_luminosity": values["preserve_luminosity"]}


def _crop(values: Values, effect: Effect, around: Around) -> Values:
    """Left and top of 0 are not given where the other side is: MoviePy would measure the width from them.

    A middle without a width is not given either: MoviePy cannot take it.
    """
    given = {name: values[name] or None for name in values}
    for near, far, extent, middle in (("x1", "x2", "width", "x_center"), ("y1", "y2", "height", "y_center")):
        if given[near] is None and given[far] is None and given[extent]:
            given[near] = 0
        if given[extent] is None:
            given[middle] = None
    return given


def _colored(name: str) -> Callable[[Values, Effect, Around], Values]:
    def make(values: Values, effect: Effect, around: Around) -> Values:
        return {**values, name: rgb(values[name])}
    return make


def _freeze(values: Values, effect: Effect, around: Around) -> Values:
    made = {key: part for key, part in values.items() if key != "t.end"}
    frozen, total = values["freeze_duration"], values["total_duration"]
    made["t"] = "end" if values["t.end"] else min(values["t"], float(around.duration))
    made["freeze_duration"] = frozen or (max(0.0, total - float(around.duration)) if total else None)
    if made["freeze_duration"] is None:
        made["freeze_duration"] = float(around.duration)
    return {**made, "total_duration": None}


def _freeze_region(values: Values, effect: Effect, around: Around) -> Values:
    boxes = {name: _box(values, name, around.size) for name in ("region", "outside_region")}
    mask = _picture(values["mask"], around, mask=True) if values["mask"] else None
    if not any((*boxes.values(), mask)):
        boxes["region"] = (0, 0, *around.size)
    return {"t": values["t"], **boxes, "mask": mask}


def _box(values: Values, name: str, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    x1, y1, x2, y2 = (int(values[f"{name}.{side}"]) for side in ("x1", "y1", "x2", "y2"))
    if not any((x1, y1, x2, y2)):
        return None
    x2, y2 = min(x2 or size[0], size[0]), min(y2 or size[1], size[1])
    return min(x1, x2 - 1), min(y1, y2 - 1), x2, y2


def _head_blur(values: Values, effect: Effect, around: Around) -> Values:
    x, y = values["fx"], values["fy"]
    return {
        "fx": moving(effect, "fx") or (lambda t: x), "fy": moving(effect, "fy") or (lambda t: y),
        "radius": values["radius"], "intensity": values["intensity"] or None,
    }


def _margin(values: Values, effect: Effect, around: Around) -> Values:
    sides = {name: int(values[name]) for name in ("margin_size", "left", "right", "top", "bottom")}
    return {**sides, "margin_size": sides["margin_size"] or None, "color": tuple(rgb(values["color"])),
            "opacity": values["opacity"]}


def _other(values: Values, effect: Effect, around: Around) -> Values:
    if not values["other_clip"]:
        raise FileNotFoundError
    return {"other_clip": _picture(values["other_clip"], around)}


def _picture(path: str, around: Around, mask: bool = False) -> Any:
    """The file as a clip of MoviePy's, as large and as long as the effect's own."""
    from studio.media.video.scripted.others import other

    return other(Path(path), around.size, around.duration, mask=mask)


def _mirror(values: Values, effect: Effect, around: Around) -> Values:
    return {**values, "apply_to": ["mask"] if values["apply_to"] == "mask" else []}


def _resize(values: Values, effect: Effect, around: Around) -> Values:
    width, height = int(values["width"]), int(values["height"])
    size: Any = (width, height) if width and height else None
    if not width and not height:
        size = moving(effect, "new_size") or values["new_size"]
    one = {"width": width or None, "height": height or None} if size is None else {}
    return {"new_size": size, **one, "apply_to_mask": values["apply_to_mask"]}


def _rotate(values: Values, effect: Effect, around: Around) -> Values:
    center, moved = (values["center.x"], values["center.y"]), (values["translate.x"], values["translate.y"])
    made = {name: values[name] for name in ("unit", "resample", "expand")}
    made["angle"] = moving(effect, "angle") or values["angle"]
    made["bg_color"] = tuple(rgb(values["bg_color"])) if values["bg_color"] else None
    return {**made, "center": center if any(center) else None, "translate": moved if any(moved) else None}


def _scroll(values: Values, effect: Effect, around: Around) -> Values:
    starts = {name: int(values[name]) for name in ("x_start", "y_start")}
    window = {name: int(values[name]) or None for name in ("w", "h")}
    return {**values, **starts, **window, "apply_to": ["mask"] if values["apply_to"] == "mask" else []}


def _counted(*names: str, unset: tuple[str, ...] = ()) -> Callable[[Values, Effect, Around], Values]:
    def make(values: Values, effect: Effect, around: Around) -> Values:
        whole = {name: max(1, round(values[name])) for name in names}
        return {**values, **whole, **{name: values[name] or None for name in unset}}
    return make


def _repeats(values: Values, effect: Effect, around: Around) -> Values:
    return {**values, "n_repeats": round(values["n_repeats"])}


def _mask_color(values: Values, effect: Effect, around: Around) -> Values:
    return {**values, "color": tuple(rgb(values["color"]))}


_MAKE: Mapping[str, Callable[[Values, Effect, Around], Values]] = {
    "AccelDecel": _unset("new_duration"), "AudioDelay": _repeats,
    "AudioLoop": _counted("n_loops", unset=("duration",)), "BlackAndWhite": _black_and_white, "Crop": _crop,
    "FadeIn": _colored("initial_color"), "FadeOut": _colored("final_color"), "Freeze": _freeze,
    "FreezeRegion": _freeze_region, "HeadBlur": _head_blur, "Loop": _counted("n", unset=("duration",)),
    "Margin": _margin, "MaskColor": _mask_color, "MasksAnd": _other, "MasksOr": _other, "MirrorX": _mirror,
    "MirrorY": _mirror, "MultiplySpeed": _unset("final_duration"), "MultiplyVolume": _unset("start_time", "end_time"),
    "Resize": _resize, "Rotate": _rotate, "Scroll": _scroll, "SuperSample": _counted("n_frames"),
}
