"""What the inspector can set, as declared fields: each knows where its value lies in the document. No widgets.

The fields of effects and transitions come from their declarations; those of a clip itself are declared here in the same
way, so that one kind of row draws all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from studio.core.curve import Curve
from studio.core.edits import looks
from studio.core.edits.arrange import set_track
from studio.core.edits.join import find_transition, set_transition
from studio.core.edits.trim import set_speed
from studio.core.effects import EFFECTS, Field
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Effect, Placed, Timeline
from studio.core.title import TextStyle, Title
from studio.core.title_motion import MOTIONS
from studio.core.title_styles import STYLES
from studio.core.transitions import TRANSITIONS
from studio.core.words import Words

Value = float | bool | str
FAR = 4096.0  # px a picture may be moved by hand
FITS = (
    ("cover", Words("Fill the frame", "填满画面", "填滿畫面")),
    ("contain", Words("Whole picture", "完整显示", "完整顯示")),
    ("fill", Words("Stretch", "拉伸", "拉伸")), ("blur", Words("Blurred ground", "模糊背景", "模糊背景")),
)  # fmt: skip
PLACES = (
    ("top", Words("Top", "顶部", "頂部")), ("upper", Words("Upper third", "偏上", "偏上")),
    ("center", Words("Middle", "居中", "置中")), ("lower", Words("Lower third", "偏下", "偏下")),
    ("bottom", Words("Bottom", "底部", "底部")),
)  # fmt: skip
ALIGNS = (
    ("left", Words("Left", "左对齐", "靠左")), ("center", Words("Centre", "居中", "置中")),
    ("right", Words("Right", "右对齐", "靠右")),
)  # fmt: skip
NO_MOTION = ("", Words("None", "无", "無"))
OWN_STYLE = ("", Words("Own style", "自定样式", "自訂樣式"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A field and its place. owner: "transform", "sound", "clip", "title", "style", "join", or "effect:NAME:N" for the
    nth effect of that name on a clip. factor: what is shown is the value times this."""

    owner: str
    field: Field
    factor: float = 1.0

    @property
    def key(self) -> str:
        """Names it among the rows of a section."""
        return f"{self.owner}/{self.field.name}"

    @property
    def keyed(self) -> bool:
        """Whether it may have key frames."""
        curve = self.owner == "transform" or self.owner.startswith("effect:") or self.key == "sound/gain"
        return curve and self.field.numeric and self.field.keyed


def _number(
    owner: str, name: str, label: Words, kind: Any, default: float, least: float, most: float, step: float = 1.0,
    factor: float = 1.0,
) -> Slot:
    return Slot(owner, Field(name, label, kind, default, least, most, step), factor)


def _switch(owner: str, name: str, label: Words, default: bool) -> Slot:
    return Slot(owner, Field(name, label, "switch", default))


def _choice(owner: str, name: str, label: Words, default: str, choices: Iterable[tuple[str, Words]]) -> Slot:
    return Slot(owner, Field(name, label, "choice", default, choices=tuple(choices)))


TRANSFORM = (
    _number("transform", "scale", Words("Scale", "缩放", "縮放"), "percent", 100.0, 1.0, 400.0, factor=100.0),
    _number("transform", "x", Words("Position X", "水平位置", "水平位置"), "pixels", 0.0, -FAR, FAR),
    _number("transform", "y", Words("Position Y", "垂直位置", "垂直位置"), "pixels", 0.0, -FAR, FAR),
    _number("transform", "rotation", Words("Rotation", "旋转", "旋轉"), "degrees", 0.0, -180.0, 180.0, 0.5),
    _number(
        "transform", "opacity", Words("Opacity", "不透明度", "不透明度"), "percent", 100.0, 0.0, 100.0, factor=100.0),
)
FIT = _choice("clip", "fit", Words("Fit", "适配", "符合畫面"), "cover", FITS)
SPEED = (
    _number("clip", "speed", Words("Rate", "倍速", "倍速"), "number", 1.0, 0.05, 20.0, 0.05),
    _switch("clip", "reverse", Words("Backwards", "倒放", "倒放"), False),
    _switch("sound", "keep_pitch", Words("Keep pitch", "保持音调", "保持音調"), True),
    _switch("clip", "smooth", Words("Optical flow", "光流补帧", "光流補幀"), False),
)
SOUND = (
    _number("sound", "gain", Words("Volume", "音量", "音量"), "decibels", 0.0, -60.0, 12.0, 0.5),
    _number("sound", "fade_in", Words("Fade in", "淡入", "淡入"), "seconds", 0.0, 0.0, 10.0, 0.1),
    _number("sound", "fade_out", Words("Fade out", "淡出", "淡出"), "seconds", 0.0, 0.0, 10.0, 0.1),
    _switch("sound", "muted", Words("Mute", "静音", "靜音"), False),
)
DUCK = _switch("track", "duck", Words("Quieter under speech", "说话时压低", "說話時壓低"), False)
COLOR = Slot("clip", Field("color", Words("Colour", "颜色", "顏色"), "color", "#000000"))


def title_slots() -> tuple[Slot, ...]:
    """Words, style, how they come and go."""
    styles = (OWN_STYLE, *((name, preset.label) for name, preset in STYLES.items()))
    motions = (NO_MOTION, *((name, motion.label) for name, motion in MOTIONS.items()))
    return (
        Slot("title", Field("text", Words("Words", "文字", "文字"), "text", "")),
        _choice("title", "preset", Words("Style", "样式", "樣式"), "", styles),
        _number("style", "size", Words("Size", "字号", "字級"), "pixels", 72.0, 8.0, 400.0),
        _choice("style", "weight", Words("Weight", "粗细", "粗細"), "600", WEIGHTS),
        Slot("style", Field("color", Words("Colour", "颜色", "顏色"), "color", "#ffffff")),
        _choice("style", "place", Words("Place", "位置", "位置"), "center", PLACES),
        _choice("style", "align", Words("Alignment", "对齐", "對齊"), "center", ALIGNS),
        Slot("style", Field("outline", Words("Outline", "描边", "描邊"), "color", "")),
        _number("style", "outline_width", Words("Outline width", "描边宽度", "描邊寬度"), "pixels", 0.0, 0.0, 40.0),
        Slot("style", Field("box", Words("Ground", "底色", "底色"), "color", "")),
        Slot("style", Field("highlight", Words("Spoken word", "高亮词", "標示詞"), "color", "")),
        _choice("title", "enter", Words("Comes", "入场", "進場"), "", motions),
        _choice("title", "leave", Words("Goes", "出场", "退場"), "", motions),
    )


def video_slots(timeline: Timeline) -> tuple[Slot, ...]:
    """What holds for all of the video: its shape (as it is, or one of the usual), ground, loudness."""
    usual = dict.fromkeys(((timeline.width, timeline.height), *SHAPES))
    shapes = [(f"{w}x{h}", Words(*[SHAPES.get((w, h), f"{w} × {h}")] * 3)) for w, h in usual]
    return (
        _choice("video", "shape", Words("Shape", "画幅", "畫面比例"), shapes[0][0], shapes),
        Slot("video", Field("background", Words("Background", "背景", "背景"), "color", "#000000")),
        _choice("video", "loudness", Words("Loudness", "响度", "響度"), "-14.0", LOUDNESS),
    )


SHAPES = {
    (1080, 1920): "9:16", (1920, 1080): "16:9", (1080, 1080): "1:1", (1080, 1440): "3:4", (1080, 1350): "4:5",
}  # fmt: skip
LOUDNESS = (
    ("-14.0", Words("-14 LUFS, online", "-14 LUFS，网络平台", "-14 LUFS，網路平台")),
    ("-16.0", Words("-16 LUFS, podcasts", "-16 LUFS，播客", "-16 LUFS，Podcast")),
    ("-23.0", Words("-23 LUFS, broadcast", "-23 LUFS，广播电视", "-23 LUFS，廣播電視")),
    ("None", Words("As it is mixed", "保持混音原样", "保持混音原樣")),
)
WEIGHTS = (
    ("400", Words("Regular", "常规", "標準")), ("500", Words("Medium", "中等", "中等")),
    ("600", Words("Semibold", "半粗", "半粗")), ("700", Words("Bold", "粗", "粗")),
    ("800", Words("Heavy", "特粗", "特粗")),
)  # fmt: skip


def join_slots(kind: str) -> tuple[Slot, ...]:
    """A transition's kind and length, and its own fields."""
    kinds = ((name, spec.label) for name, spec in TRANSITIONS.items())
    own = TRANSITIONS[kind].fields if kind in TRANSITIONS else ()
    return (
        _choice("join", "kind", Words("Kind", "类型", "類型"), "crossfade", kinds),
        _number("join", "duration", Words("Length", "时长", "時長"), "seconds", 0.5, 0.04, 5.0, 0.1),
        *(Slot("join", field) for field in own),
    )


def effect_slots(name: str, nth: int) -> tuple[Slot, ...]:
    """The fields of the nth effect of that name on a clip."""
    declared = EFFECTS.get(name)
    return tuple(Slot(f"effect:{name}:{nth}", field) for field in declared.fields) if declared is not None else ()


# reading ----------------------------------------------------------------------------------------------------------


def effect_of(clip: Clip, owner: str) -> Effect | None:
    """The effect a slot's owner names, on this clip."""
    _, name, nth = owner.split(":")
    mine = [effect for effect in clip.effects if effect.name == name]
    return mine[int(nth)] if int(nth) < len(mine) else None


def curve_of(clip: Clip, slot: Slot) -> Curve | None:
    """The curve behind a slot; None for what is no curve, or an effect the clip does not have."""
    if slot.owner == "transform" or slot.key == "sound/gain":
        found: Curve = getattr(getattr(clip, slot.owner), slot.field.name)
        return found
    if slot.owner.startswith("effect:") and slot.field.numeric:
        effect = effect_of(clip, slot.owner)
        return looks.curve_of(effect, slot.field.name) if effect is not None else None
    return None


def value_of(timeline: Timeline, clip: Clip, slot: Slot, at: Time) -> Value | None:
    """The value to show at `at` seconds of the clip; None where the clip does not have it."""
    if (curve := curve_of(clip, slot)) is not None:
        return curve.at(at) * slot.factor
    if slot.owner.startswith("effect:"):
        effect = effect_of(clip, slot.owner)
        param = effect.params.get(slot.field.name, slot.field.default) if effect is not None else None
        return None if isinstance(param, Curve) else param
    if slot.owner == "track":
        found = timeline.find(clip.id)
        return bool(getattr(found[0], slot.field.name)) if found is not None else None
    return _plain(_holder(clip, slot.owner), slot.field.name)


def _holder(clip: Clip, owner: str) -> object:
    if owner == "style":
        return clip.title.style if clip.title is not None else None
    return {"clip": clip, "sound": clip.sound, "title": clip.title}.get(owner)


def _plain(holder: object, name: str) -> Value | None:
    found = getattr(holder, name, None)
    if isinstance(found, Fraction):
        return float(found)
    if name == "weight":
        return str(found)
    return found if isinstance(found, float | int | str | bool) else None


def join_value(timeline: Timeline, id: str, slot: Slot) -> Value | None:
    """The value of a transition's slot."""
    found = find_transition(timeline, id)
    if found is None:
        return None
    transition = found[1]
    if slot.field.name in ("kind", "duration"):
        return _plain(transition, slot.field.name)
    param = transition.params.get(slot.field.name, slot.field.default)
    return param.value if isinstance(param, Curve) else param


def video_value(timeline: Timeline, slot: Slot) -> Value:
    """The value of a slot of the whole video."""
    if slot.field.name == "shape":
        return f"{timeline.width}x{timeline.height}"
    return str(getattr(timeline, slot.field.name))


# writing ----------------------------------------------------------------------------------------------------------


def with_value(timeline: Timeline, clips: Sequence[str], slot: Slot, value: Value, playhead: Time) -> Timeline:
    """Every clip that has the slot with that value at the playhead. Refused: it does not fit."""
    for id in clips:
        found = timeline.find(id)
        if found is not None and value_of(timeline, found[1].clip, slot, ZERO) is not None:
            timeline = _written(timeline, found[1], slot, value, playhead)
    return timeline


def _written(timeline: Timeline, placed: Placed, slot: Slot, value: Value, playhead: Time) -> Timeline:
    clip, name = placed.clip, slot.field.name
    if curve_of(clip, slot) is not None:
        owner = _owner_id(clip, slot)
        return looks.set_curve(timeline, clip.id, owner, name, float(value) / slot.factor, local(placed, playhead))
    if slot.owner.startswith("effect:"):
        return looks.set_param(timeline, clip.id, _owner_id(clip, slot), name, value)
    if slot.owner == "track":
        found = timeline.find(clip.id)
        return set_track(timeline, found[0].id, **{name: value}) if found is not None else timeline
    if slot.key == "clip/speed":
        speed = Fraction(round(float(value) * 100), 100)
        return set_speed(timeline, clip.id, speed, along=True) if speed != clip.speed else timeline
    if slot.owner == "clip":
        return looks.set_fields(timeline, [clip.id], **{name: value})
    return looks.change(timeline, [clip.id], lambda one: _with_part(one, slot, value))


def _with_part(clip: Clip, slot: Slot, value: Value) -> Clip:
    name = slot.field.name
    if slot.owner == "sound":
        fade = Fraction(round(float(value) * 1000), 1000) if slot.field.kind == "seconds" else value
        return replace(clip, sound=replace(clip.sound, **{name: fade}))  # type: ignore[arg-type]
    assert clip.title is not None
    return replace(clip, title=_title(clip.title, slot, value))


def _title(title: Title, slot: Slot, value: Value) -> Title:
    """Another style is a whole one; a change to a part of it makes the style one's own."""
    name = slot.field.name
    if slot.key == "title/preset":
        preset = STYLES.get(str(value))
        return replace(title, preset="") if preset is None else replace(
            title, preset=preset.name, style=preset.style, enter=preset.enter, leave=preset.leave)
    if slot.owner == "style":
        kept: Any = int(str(value)) if name == "weight" else value
        style: TextStyle = replace(title.style, **{name: kept})
        return replace(title, style=style, preset="")
    return replace(title, **{name: value})  # type: ignore[arg-type]


def with_join(timeline: Timeline, id: str, slot: Slot, value: Value) -> Timeline:
    """A transition's slot set."""
    name = slot.field.name
    if name == "kind":
        return set_transition(timeline, id, kind=str(value))
    if name == "duration":
        return set_transition(timeline, id, duration=Fraction(round(float(value) * 1000), 1000))
    found = find_transition(timeline, id)
    params: Mapping[str, Any] = found[1].params if found is not None else {}
    new: Any = Curve(float(value)) if slot.field.numeric else value
    return set_transition(timeline, id, params={**params, name: new})


def with_video(timeline: Timeline, slot: Slot, value: Value) -> Timeline:
    """A slot of the whole video set."""
    text = str(value)
    if slot.field.name == "shape":
        width, height = (int(side) for side in text.split("x"))
        return replace(timeline, width=width, height=height)
    if slot.field.name == "loudness":
        return replace(timeline, loudness=None if text == "None" else float(text))
    return replace(timeline, background=text)


# key frames -------------------------------------------------------------------------------------------------------


def local(placed: Placed, playhead: Time) -> Time:
    """The playhead in a clip's own seconds, within it."""
    return max(ZERO, min(playhead - placed.begin, placed.clip.duration))


def _owner_id(clip: Clip, slot: Slot) -> str:
    if not slot.owner.startswith("effect:"):
        return slot.owner
    effect = effect_of(clip, slot.owner)
    assert effect is not None
    return effect.id


def toggled(timeline: Timeline, clips: Sequence[str], slot: Slot, playhead: Time) -> Timeline:
    """A key frame at the playhead set, or taken out, on every clip that has the slot."""
    for id in clips:
        found = timeline.find(id)
        if found is not None and curve_of(found[1].clip, slot) is not None:
            clip, at = found[1].clip, local(found[1], playhead)
            timeline = looks.toggle_key(timeline, id, _owner_id(clip, slot), slot.field.name, at)
    return timeline


def key_beside(timeline: Timeline, clip: str, slot: Slot, playhead: Time, by: int) -> Time | None:
    """The moment of the timeline of the next key frame of a slot, or (by -1) the one before; None: there is none."""
    found = timeline.find(clip)
    curve = curve_of(found[1].clip, slot) if found is not None else None
    if found is None or curve is None:
        return None
    moments = sorted(found[1].begin + key.at for key in curve.keys)
    beside: Callable[[Time], bool] = (lambda t: t > playhead) if by > 0 else (lambda t: t < playhead)
    near = [moment for moment in moments if beside(moment)]
    return (near[0] if by > 0 else near[-1]) if near else None


def _always(slot: Slot) -> Callable[[Curve], Curve]:
    return lambda _curve: Curve(float(slot.field.default) / slot.factor)


def reset(timeline: Timeline, clips: Sequence[str], slots: Sequence[Slot]) -> Timeline:
    """Every slot as it was before anybody touched it, without key frames."""
    for id in clips:
        for slot in slots:
            found = timeline.find(id)
            if found is None or value_of(timeline, found[1].clip, slot, ZERO) is None:
                continue
            if curve_of(found[1].clip, slot) is not None:
                owner = _owner_id(found[1].clip, slot)
                timeline = looks.with_curve(timeline, id, owner, slot.field.name, _always(slot))
            else:
                timeline = _written(timeline, found[1], slot, slot.field.default, ZERO)
    return timeline
