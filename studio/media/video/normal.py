"""The steps that make a film's frames alike: upright, progressive, square pixels, SDR BT.709 limited, 8-bit 4:2:0."""

from __future__ import annotations

from studio.media.video.info import SD_HEIGHT, Info

Step = tuple[str, str]
BT709, UNTOLD, BT2020 = 1, 2, 9
MATRICES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}


def normal(info: Info) -> list[Step]:
    """libavfilter steps (name, arguments) for one frame of the reader's; none when it is so already.

    Every step works on one frame alone, so a frame comes out alike whatever was read before it. What is partly
    see-through comes out as yuva420p, all else as yuv420p.
    """
    return [*_progressive(info), *_colours(info), *_upright(info)]


def _progressive(info: Info) -> list[Step]:
    return [("estdif", "mode=frame:deint=interlaced")] if info.interlaced else []


def _colours(info: Info) -> list[Step]:
    target = "yuva420p" if info.alpha else "yuv420p"
    square = info.sar == 1
    matrix = matrix_of(info)
    if square and info.fmt == target and matrix == "bt709" and not info.full:
        return []
    width = info.coded_width if square else max(1, round(info.coded_width * info.sar))
    colours = f"in_color_matrix={matrix}:out_color_matrix=bt709:in_range={'full' if info.full else 'limited'}"
    return [("scale", f"{width}:{info.coded_height}:{colours}:out_range=limited"), ("format", target)]


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
