"""The steps that make a film's frames alike: upright, progressive, square pixels, SDR BT.709 limited, 8-bit 4:2:0."""

from __future__ import annotations

from studio.media.video.info import SD_HEIGHT, Info
from studio.media.video.tonemap import Kind, table

Step = tuple[str, str]
BT2020 = 9
MATRICES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
PEAKS = (1000, 4000, 10_000)  # a table of colours for each


def normal(info: Info, size: tuple[int, int] | None = None) -> list[Step]:
    """libavfilter steps (name, arguments) for one frame of the reader's; none when it is so already.

    size: width and height, upright, that the frame shall have at the end; None: as many pixels as it has. Scaling
    comes before the dear steps. Every step works on one frame alone, so a frame comes out alike whatever was read
    before it. What is partly see-through comes out as yuva420p, all else as yuv420p.
    """
    return [*_progressive(info), *_colours(info, _lying(info, size)), *_upright(info)]


def _progressive(info: Info) -> list[Step]:
    return [("estdif", "mode=frame:deint=interlaced")] if info.interlaced else []


def _lying(info: Info, size: tuple[int, int] | None) -> tuple[int, int]:
    """The size that pictures have after scaling and before they are turned."""
    width, height = size or (info.width, info.height)
    return (height, width) if info.rotation % 180 else (width, height)


def _colours(info: Info, size: tuple[int, int]) -> list[Step]:
    width, height = size
    target, matrix = ("yuva420p" if info.alpha else "yuv420p"), matrix_of(info)
    told = f"in_color_matrix={matrix}:in_range={'full' if info.full else 'limited'}"
    out = "out_color_matrix=bt709:out_range=limited"
    kind = _kind(info)
    if kind:
        between = "gbrap10" if info.alpha else "gbrp10"
        return [
            ("scale", f"{width}:{height}:{told}:out_range=full"), ("format", between),
            ("lut3d", f"file={_escaped(table(kind, _peak(info)).as_posix())}:interp=tetrahedral"),
            ("scale", f"in_range=full:{out}"), ("format", target), ("setparams", BT709),
        ]
    if info.fmt == target and matrix == "bt709" and not info.full:
        return [] if size == (info.coded_width, info.coded_height) else [("scale", f"{width}:{height}")]
    return [("scale", f"{width}:{height}:{told}:{out}"), ("format", target), ("setparams", BT709)]


BT709 = "colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=limited"


def _kind(info: Info) -> Kind | None:
    """Which table of colours a film needs."""
    return info.hdr or ("wide" if info.primaries == BT2020 else None)


def _peak(info: Info) -> int:
    if info.hdr != "pq":
        return PEAKS[0]
    return next((peak for peak in PEAKS if peak >= info.peak), PEAKS[-1])


def _escaped(path: str) -> str:
    """A path as libavfilter's arguments want it."""
    for special in ("\\", ":", "'", ",", "[", "]", ";"):
        path = path.replace(special, "\\" + special)
    return path


def matrix_of(info: Info) -> str:
    """The name of its colour matrix; a guess by its height where the file does not tell."""
    guess = "smpte170m" if info.coded_height <= SD_HEIGHT else "bt709"
    return MATRICES.get(info.matrix, guess)


def _upright(info: Info) -> list[Step]:
    flip: list[Step] = [("hflip", "")] if info.mirrored else []
    turns: dict[int, list[Step]] = {
        90: [("transpose", "clock")], 180: [("hflip", ""), ("vflip", "")], 270: [("transpose", "cclock")],
    }
    return flip + turns.get(info.rotation, [])
