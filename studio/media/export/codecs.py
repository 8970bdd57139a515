"""Which encoder writes what a preset asks for, and with which settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from av.codec import codecs_available

from studio.core.errors import Refused
from studio.core.export import QUALITY, Pace, Preset, VideoCodec
from studio.core.finding import error

MUXERS = {"m4a": "ipod", "mkv": "matroska"}
SOFTWARE: Mapping[VideoCodec, str] = {
    "h264": "libx264", "hevc": "libx265", "vp9": "libvpx-vp9", "av1": "libsvtav1", "prores": "prores_ks",
}
# In the order they are tried: the graphics card's own first, the system's shared doors after it.
HARDWARE: Mapping[VideoCodec, tuple[str, ...]] = {
    codec: tuple(f"{codec}_{kind}" for kind in ("nvenc", "videotoolbox", "qsv", "vaapi", "amf", "mf"))
    for codec in ("h264", "hevc", "av1")
}
SOUND = {"aac": "aac", "opus": "libopus", "mp3": "libmp3lame", "pcm": "pcm_s16le", "flac": "flac"}
LOSSLESS = ("pcm", "flac")
KEY_EVERY = 2  # seconds between key frames: players and platforms seek by them


@dataclass(frozen=True, slots=True)
class Encoder:
    """One encoder with its settings. bitrate: bits a second, 0 when it goes by quality; tag: the codec's name in MP4,
    "" for the usual one."""

    name: str
    pixel_format: str = "yuv420p"
    options: Mapping[str, str] = field(default_factory=dict)
    bitrate: int = 0
    hardware: bool = False
    tag: str = ""


def picture_encoder(preset: Preset) -> Encoder:
    """The processor's encoder for the preset's picture. Refused: this build cannot write it."""
    name = SOFTWARE.get(preset.video, "")
    if name not in codecs_available:
        raise Refused(error("video.no_encoder", "preset", codec=preset.video))
    options = {**_SETTINGS[preset.video](preset), **_amount(preset)}
    format_name = preset.pixel_format or ("yuv422p10le" if preset.video == "prores" else "yuv420p")
    return Encoder(name, format_name, options, preset.bitrate or 0, tag=_tag(preset))


def hardware_encoders(preset: Preset) -> Iterator[Encoder]:
    """Those of graphics cards that this build has, whether or not such a card is here; `hardware.works` tells."""
    for name in HARDWARE.get(preset.video, ()):
        if name in codecs_available and preset.pixel_format in ("", "yuv420p"):
            kind = name.split("_")[1]
            options = {} if preset.bitrate else _HARD[kind](quality(preset))
            yield Encoder(name, _FEED.get(kind, "yuv420p"), options, preset.bitrate or 0, True, _tag(preset))


def quality(preset: Preset) -> int:
    """The codec's own number."""
    return preset.quality or QUALITY[preset.video][1]


def _tag(preset: Preset) -> str:
    """Apple's players show HEVC only by this name."""
    return "hvc1" if preset.video == "hevc" and preset.container in ("mp4", "mov") else ""


def _amount(preset: Preset) -> dict[str, str]:
    """How many bits: so good, or so many."""
    if preset.video == "prores":
        return {}
    found = {} if preset.bitrate else {"crf": str(quality(preset))}
    if preset.peak:
        found |= {"maxrate": str(preset.peak), "bufsize": str(preset.peak * 2)}
    return found


_X26: Mapping[Pace, str] = {"fast": "veryfast", "balanced": "medium", "small": "slow"}


def _x264(preset: Preset) -> dict[str, str]:
    profile = {} if preset.pixel_format else {"profile": "high"}
    return {"preset": _X26[preset.pace], **profile}


def _x265(preset: Preset) -> dict[str, str]:
    return {"preset": _X26[preset.pace], "x265-params": "log-level=error"}


def _vp9(preset: Preset) -> dict[str, str]:
    effort = {"fast": "5", "balanced": "3", "small": "1"}[preset.pace]
    return {"deadline": "good", "cpu-used": effort, "row-mt": "1", "tile-columns": "2"}


def _av1(preset: Preset) -> dict[str, str]:
    return {"preset": {"fast": "10", "balanced": "8", "small": "5"}[preset.pace]}


def _prores(preset: Preset) -> dict[str, str]:
    return {"profile": str(quality(preset)), "vendor": "apl0"}


_SETTINGS = {"h264": _x264, "hevc": _x265, "vp9": _vp9, "av1": _av1, "prores": _prores}
_FEED = {"qsv": "nv12", "mf": "nv12", "vaapi": "yuv420p"}
_HARD = {
    "nvenc": lambda q: {"rc": "vbr", "cq": str(q), "preset": "p4"},
    "videotoolbox": lambda q: {"q:v": str(max(1, 100 - 2 * q))},
    "qsv": lambda q: {"global_quality": str(q)},
    "vaapi": lambda q: {"rc_mode": "CQP", "qp": str(q)},
    "amf": lambda q: {"rc": "cqp", "qp_i": str(q), "qp_p": str(q)},
    "mf": lambda q: {"rate_control": "quality", "quality": str(max(1, 100 - 2 * q))},
}


def key_distance(rate: Fraction) -> int:
    """Frames from one key frame to the next."""
    return max(1, round(rate * KEY_EVERY))
