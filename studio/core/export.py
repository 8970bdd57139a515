"""How a timeline becomes a file: presets as data. The file is written by `media.export`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, Literal

from studio.core.errors import Refused
from studio.core.finding import Finding, error, warning
from studio.core.opentime import Time
from studio.core.timeline import Timeline
from studio.core.words import Words

Container = Literal["mp4", "mov", "webm", "mkv", "gif", "m4a", "mp3", "wav", "flac", "frames"]
VideoCodec = Literal["", "h264", "hevc", "vp9", "av1", "prores", "gif", "png", "jpeg"]
AudioCodec = Literal["", "aac", "opus", "mp3", "pcm", "flac"]
Pace = Literal["fast", "balanced", "small"]

PICTURES: Mapping[Container, tuple[VideoCodec, ...]] = {
    "mp4": ("h264", "hevc", "av1"), "mov": ("h264", "hevc", "prores"), "webm": ("vp9", "av1"),
    "mkv": ("h264", "hevc", "vp9", "av1", "prores"), "gif": ("gif",), "m4a": ("",), "mp3": ("",), "wav": ("",),
    "flac": ("",), "frames": ("png", "jpeg"),
}
SOUNDS: Mapping[Container, tuple[AudioCodec, ...]] = {
    "mp4": ("aac", ""), "mov": ("aac", "pcm", ""), "webm": ("opus", ""), "mkv": ("aac", "opus", "flac", "pcm", ""),
    "gif": ("",), "m4a": ("aac",), "mp3": ("mp3",), "wav": ("pcm",), "flac": ("flac",), "frames": ("",),
}
QUALITY: Mapping[VideoCodec, tuple[int, int, int]] = {  # best, usual, worst
    "h264": (10, 20, 40), "hevc": (12, 24, 42), "vp9": (15, 31, 55), "av1": (15, 32, 55), "prores": (1, 3, 4),
    "jpeg": (100, 92, 40),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """One way to export.

    quality   the codec's own constant-quality number (x264's CRF, ProRes' profile, JPEG's quality); 0: its usual one
    pace      how long the encoder may think: "small" gives smaller files for the same quality
    bitrate   bits a second on average, in place of quality; None: by quality. peak: most bits a second
    width, height  the largest picture, in px; the timeline's shape is kept; 0: as the timeline
    rate      most frames a second; None: the timeline's. exact_rate: that rate even where the timeline has fewer
    bytes     the file may have at most so many: two passes, and the size is held
    seconds, shortest  the film may last at most, and should last at least, so long
    narrowest, widest  shapes (width / height) that are taken
    hardware  an encoder of the graphics card is used where one works
    smart     packets of the source are kept where nothing changes them
    sources   field -> where the rule was read and when
    """

    id: str
    label: Words
    container: Container = "mp4"
    video: VideoCodec = "h264"
    audio: AudioCodec = "aac"
    quality: int = 0
    pace: Pace = "fast"
    bitrate: int | None = None
    peak: int | None = None
    pixel_format: str = ""
    width: int = 0
    height: int = 0
    rate: Fraction | None = None
    exact_rate: bool = False
    audio_bitrate: int = 192_000
    bytes: int | None = None
    seconds: Fraction | None = None
    shortest: Fraction | None = None
    narrowest: Fraction | None = None
    widest: Fraction | None = None
    hardware: bool = True
    smart: bool = True
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """The file's ending, with its dot; "" for a folder of frames."""
        return "" if self.container == "frames" else f".{self.container}"


def _preset(id: str, words: tuple[str, str, str], **more: Any) -> Preset:
    return Preset(id, Words(*words), **more)


PRESETS: tuple[Preset, ...] = (
    _preset("mp4", ("MP4 (H.264)", "MP4（H.264）", "MP4（H.264）")),
    _preset("mp4-small", ("MP4, small file", "MP4，小文件", "MP4，小檔案"), quality=25, pace="balanced",
            audio_bitrate=128_000),
    _preset("mp4-hevc", ("MP4 (HEVC)", "MP4（HEVC）", "MP4（HEVC）"), video="hevc"),
    _preset("webm-vp9", ("WebM (VP9)", "WebM（VP9）", "WebM（VP9）"), container="webm", video="vp9", audio="opus",
            audio_bitrate=128_000),
    _preset("webm-av1", ("WebM (AV1)", "WebM（AV1）", "WebM（AV1）"), container="webm", video="av1", audio="opus",
            audio_bitrate=128_000),
    _preset("prores", ("ProRes 422 HQ, for editing on", "ProRes 422 HQ，供继续剪辑", "ProRes 422 HQ，供繼續剪輯"),
            container="mov", video="prores", audio="pcm"),
    _preset("gif", ("GIF", "GIF 动图", "GIF 動圖"), container="gif", video="gif", audio="", width=480, height=480,
            rate=Fraction(15)),
    _preset("m4a", ("Sound only (AAC)", "仅声音（AAC）", "僅聲音（AAC）"), container="m4a", video=""),
    _preset("mp3", ("Sound only (MP3)", "仅声音（MP3）", "僅聲音（MP3）"), container="mp3", video="", audio="mp3"),
    _preset("wav", ("Sound only (WAV)", "仅声音（WAV）", "僅聲音（WAV）"), container="wav", video="", audio="pcm"),
    _preset("flac", ("Sound only (FLAC)", "仅声音（FLAC）", "僅聲音（FLAC）"), container="flac", video="",
            audio="flac"),
    _preset("png", ("Frames as PNG", "逐帧 PNG", "逐格 PNG"), container="frames", video="png", audio=""),
    _preset("jpeg", ("Frames as JPEG", "逐帧 JPEG", "逐格 JPEG"), container="frames", video="jpeg", audio=""),
)
BY_ID: Mapping[str, Preset] = {preset.id: preset for preset in PRESETS}
USUAL = PRESETS[0]


def preset(id: str) -> Preset:
    """The built-in one of that id. Refused: there is none."""
    if id not in BY_ID:
        raise Refused(error("video.no_preset", "preset", name=id, known=", ".join(BY_ID)))
    return BY_ID[id]


def size(preset: Preset, timeline: Timeline) -> tuple[int, int]:
    """Width and height of the file in px: the timeline's shape inside the preset's box, both even."""
    width, height = timeline.width, timeline.height
    box = (preset.width or width, preset.height or height)
    shrink = min(Fraction(1), Fraction(box[0], width), Fraction(box[1], height))
    return _even(width * shrink), _even(height * shrink)


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)


def rate(preset: Preset, timeline: Timeline) -> Fraction:
    """Frames a second of the file."""
    if preset.rate is None:
        return timeline.rate
    return preset.rate if preset.exact_rate else min(preset.rate, timeline.rate)


def frames(preset: Preset, timeline: Timeline) -> int:
    """How many frames the file has."""
    return int(-(-timeline.duration * rate(preset, timeline) // 1))


def moment(preset: Preset, timeline: Timeline, n: int) -> Time:
    """The timeline's moment that the file's frame `n` (from 0) shows."""
    return Fraction(n) / rate(preset, timeline)


def check(preset: Preset, timeline: Timeline) -> tuple[Finding, ...]:
    """What stands against exporting this timeline so; errors first."""
    return (*_faults(preset), *_unfit(preset, timeline))


def _faults(preset: Preset) -> list[Finding]:
    found = []
    if preset.video not in PICTURES[preset.container] or preset.audio not in SOUNDS[preset.container]:
        found.append(error("video.preset_mix", "preset", container=preset.container, video=preset.video or "-",
                           audio=preset.audio or "-"))
    best, _usual, worst = QUALITY.get(preset.video, (0, 0, 0))
    if preset.quality and not min(best, worst) <= preset.quality <= max(best, worst):
        found.append(error("video.preset_quality", "preset", quality=preset.quality, least=min(best, worst),
                           most=max(best, worst)))
    return found


def _unfit(preset: Preset, timeline: Timeline) -> list[Finding]:
    found, length = [], timeline.duration
    if not length:
        found.append(error("video.export_empty", "timeline"))
    if preset.seconds is not None and length > preset.seconds:
        found.append(error("video.export_long", "duration", preset.sources.get("seconds", ""),
                           seconds=round(float(length), 1), limit=float(preset.seconds)))
    if preset.shortest is not None and 0 < length < preset.shortest:
        found.append(error("video.export_short", "duration", preset.sources.get("shortest", ""),
                           seconds=round(float(length), 1), limit=float(preset.shortest)))
    return found + _misshapen(preset, timeline)


def _misshapen(preset: Preset, timeline: Timeline) -> list[Finding]:
    shape = Fraction(timeline.width, timeline.height)
    narrow = preset.narrowest is not None and shape < preset.narrowest * Fraction(99, 100)
    wide = preset.widest is not None and shape > preset.widest * Fraction(101, 100)
    if not narrow and not wide:
        return []
    wanted = (preset.narrowest if narrow else preset.widest) or Fraction(1)
    source = preset.sources.get("narrowest" if narrow else "widest", "")
    return [warning("video.export_shape", "size", source, width=timeline.width, height=timeline.height,
                    wanted=f"{wanted.numerator}:{wanted.denominator}")]


def to_json(preset: Preset) -> dict[str, Any]:
    """Plain data; `from_json` gives an equal preset back."""
    plain = {each.name: getattr(preset, each.name) for each in fields(preset)}
    for name, value in plain.items():
        plain[name] = str(value) if isinstance(value, Fraction) else value
    words = preset.label
    return {"kind": "export", "schema": 1, **plain, "label": [words.en, words.zh_CN, words.zh_TW],
            "sources": dict(preset.sources)}


_TIMES = ("rate", "seconds", "shortest", "narrowest", "widest")


def from_json(data: Mapping[str, Any]) -> Preset:
    """Refused: not a preset, from a newer version, or of a mix that no file has."""
    if data.get("kind") != "export" or not isinstance(data.get("schema"), int):
        raise Refused(error("document.unreadable", "preset", kind="export"))
    if data["schema"] > 1:
        raise Refused(error("document.newer", "preset", kind="export", number=data["schema"], known=1))
    try:
        made = _built({key: value for key, value in data.items() if key not in ("kind", "schema")})
    except (TypeError, ValueError, KeyError, ZeroDivisionError):
        raise Refused(error("document.unreadable", "preset", kind="export")) from None
    if faults := _faults(made):
        raise Refused(*faults)
    return made


def _built(plain: dict[str, Any]) -> Preset:
    times = {name: None if plain.get(name) is None else Fraction(plain[name]) for name in _TIMES}
    made = replace(Preset(str(plain.pop("id")), Words(*plain.pop("label"))), **{**plain, **times})
    if made.container not in PICTURES:
        raise ValueError(made.container)
    whole = (made.quality, made.width, made.height, made.audio_bitrate, made.bytes or 0, made.bitrate or 0)
    if not all(isinstance(number, int) and number >= 0 for number in whole):
        raise ValueError
    return made
