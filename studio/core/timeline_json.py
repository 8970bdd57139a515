"""Timelines <-> JSON, numbered as every document is. What is at its default is left out; times are exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, get_args

from studio.core import schema
from studio.core.curve import Curve, Key
from studio.core.edits.rules import broken
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Kind
from studio.core.timeline import (
    Clip,
    ClipKind,
    Effect,
    Fit,
    Gap,
    Item,
    Marker,
    Param,
    Role,
    Sound,
    Source,
    Timeline,
    Track,
    Transform,
    Transition,
)
from studio.core.title import Align, Place, TextStyle, Title, Word

T = TypeVar("T")
Plain = dict[str, Any]
KIND = "timeline"
TIMES = {"duration", "start", "speed", "fade_in", "fade_out", "rate", "before", "after", "at", "end", "enter_for",
         "leave_for", "cover"}
TYPES: Mapping[str, Any] = {"str": str, "int": int, "bool": bool, "float": int | float}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "Role": get_args(Role), "Fit": get_args(Fit), "ClipKind": get_args(ClipKind), "Kind": get_args(Kind),
    "Align": get_args(Align), "Place": get_args(Place),
}
CURVES = {"x", "y", "scale", "rotation", "opacity"}


def to_json(timeline: Timeline) -> Plain:
    """Plain data; `from_json` gives an equal timeline back."""
    return schema.stamp(KIND, {
        "id": timeline.id, **_plain(timeline, "tracks", "sources", "markers", "beats"),
        "tracks": [_track_to_json(track) for track in timeline.tracks],
        "sources": [_plain(source) for source in timeline.sources.values()],
        "markers": [_plain(marker) for marker in timeline.markers],
        "beats": [str(beat) for beat in timeline.beats],
    })


def from_json(data: Mapping[str, Any]) -> Timeline:
    """Refused when it is not a timeline this version can read, or one that breaks the rules of a timeline."""
    plain = schema.lift(KIND, data)
    try:
        timeline = _timeline(plain)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as fault:
        raise Refused(error("document.unreadable", KIND, kind=KIND)) from fault
    if why := broken(timeline):
        raise Refused(error("video.broken", KIND, reason=why))
    return timeline


def clip_to_json(clip: Clip) -> Plain:
    """One clip, as in a track; for the clipboard, too."""
    plain = _plain(clip, "title", "transform", "effects", "sound", "gain")
    if clip.title is not None:
        plain["title"] = _title_to_json(clip.title)
    if not clip.transform.plain:
        plain["transform"] = _plain(clip.transform)
    if clip.effects:
        plain["effects"] = [_effect_to_json(effect) for effect in clip.effects]
    if sound := _sound_to_json(clip.sound):
        plain["sound"] = sound
    return plain


def clip_from_json(data: Mapping[str, Any]) -> Clip:
    more: Plain = {"effects": tuple(_effect(each) for each in data.get("effects", ()))}
    if "title" in data:
        more["title"] = _title(data["title"])
    if "transform" in data:
        more["transform"] = _made(Transform, data["transform"])
    if "sound" in data:
        more["sound"] = _made(Sound, {**data["sound"], "gain": data["sound"].get("gain", 0.0)}, curves={"gain"})
    return _made(Clip, data, **more)


def _timeline(plain: Plain) -> Timeline:
    if not isinstance(plain["tracks"], list) or not isinstance(plain["sources"], list):
        raise TypeError("tracks")
    return _made(
        Timeline, plain,
        tracks=tuple(_track(track) for track in plain["tracks"]),
        sources={source["id"]: _made(Source, source) for source in plain["sources"]},
        markers=tuple(_made(Marker, marker) for marker in plain.get("markers", ())),
        beats=tuple(Fraction(beat) for beat in plain.get("beats", ())),
    )


def _track_to_json(track: Track) -> Plain:
    return {**_plain(track, "items"), "items": [_item_to_json(item) for item in track.items]}


def _track(data: Mapping[str, Any]) -> Track:
    return _made(Track, data, items=tuple(_item(item) for item in data["items"]))


def _item_to_json(item: Item) -> Plain:
    if isinstance(item, Gap):
        return {"gap": str(item.duration)}
    if isinstance(item, Transition):
        return {"transition": transition_to_json(item)}
    return {"clip": clip_to_json(item)}


def _item(data: Mapping[str, Any]) -> Item:
    if "gap" in data:
        return Gap(Fraction(data["gap"]))
    if "transition" in data:
        return transition_from_json(data["transition"])
    return clip_from_json(data["clip"])


def transition_to_json(item: Transition) -> Plain:
    """One transition, as in a track."""
    return {**_plain(item, "params"), "params": _params_to_json(item.params)}


def transition_from_json(data: Mapping[str, Any]) -> Transition:
    return _made(Transition, data, params=_params(data.get("params", {})))


def _effect_to_json(effect: Effect) -> Plain:
    return {**_plain(effect, "params"), "params": _params_to_json(effect.params)}


def _effect(data: Mapping[str, Any]) -> Effect:
    return _made(Effect, data, params=_params(data.get("params", {})))


def _title_to_json(title: Title) -> Plain:
    plain = _plain(title, "style", "words")
    plain["style"] = _plain(title.style)
    if title.words:
        plain["words"] = [[word.text, str(word.start), str(word.end)] for word in title.words]
    return plain


def _title(data: Mapping[str, Any]) -> Title:
    words = tuple(Word(text, Fraction(start), Fraction(end)) for text, start, end in data.get("words", ()))
    return _made(Title, data, style=_made(TextStyle, data.get("style", {})), words=words)


def _sound_to_json(sound: Sound) -> Plain:
    plain = _plain(sound, "gain")
    if sound.gain != Curve(0.0):
        plain["gain"] = _curve_to_json(sound.gain)
    return plain


def _params_to_json(params: Mapping[str, Param]) -> Plain:
    return {name: _curve_to_json(param) if isinstance(param, Curve) else param for name, param in params.items()}


def _params(data: Mapping[str, Any]) -> dict[str, Param]:
    return {name: param if isinstance(param, bool | str) else _curve(param) for name, param in data.items()}


def _curve_to_json(curve: Curve) -> Any:
    if not curve.keys:
        return curve.value
    return {"value": curve.value, "keys": [[str(key.at), key.value, key.ease] for key in curve.keys]}


def _curve(data: Any) -> Curve:
    if isinstance(data, int | float):
        return Curve(float(data))
    keys = tuple(Key(Fraction(at), float(value), ease) for at, value, ease in data["keys"])
    return Curve(float(data["value"]), tuple(sorted(keys, key=lambda key: key.at)))


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


def _plain(thing: Any, *without: str) -> Plain:
    """The fields of a record that are not at their default."""
    found: Plain = {}
    for one in _fields(thing.__class__):
        value = getattr(thing, one.name)
        if one.name not in without and (one.default is MISSING or value != one.default):
            found[one.name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, Curve):
        return _curve_to_json(value)
    return str(value) if isinstance(value, Fraction) else value


def _made(kind: type[T], data: Mapping[str, Any], *, curves: set[str] = CURVES, **more: Any) -> T:
    """A record of `kind` from plain data; fields of a later version are passed over."""
    made: Any = kind
    curved = curves if kind in (Transform, Sound) else set()
    known = [one for one in _fields(made) if one.name in data and one.name not in more]
    return kind(**{one.name: _read(one, data[one.name], curved) for one in known}, **more)


def _read(one: Field[Any], value: Any, curves: set[str]) -> Any:
    if one.name in curves:
        return _curve(value)
    if one.name in TIMES and isinstance(value, str | int):
        return Fraction(value)
    wanted = TYPES.get(str(one.type))
    if wanted is not None and (not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool)):
        raise TypeError(one.name)
    if value not in CHOICES.get(str(one.type), (value,)):
        raise ValueError(one.name)
    return value
