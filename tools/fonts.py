"""Make the fonts in assets/fonts from the originals (authoring time only; needs fonttools and brotli).

    python tools/fonts.py INTER_DIR NOTO_DIR

INTER_DIR holds Inter-Regular.woff2, Inter-Medium.woff2 and Inter-SemiBold.woff2 (npm package `inter-ui`, folder `web`);
NOTO_DIR holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (Debian package `fonts-noto-cjk`).

Two builds of Inter are made. The second leaves out the punctuation that Chinese sets at full width, so that Qt's
fallback takes it from the CJK face. The families get names of their own, so an Inter on the machine never mixes in.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found,import-untyped,unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found,import-untyped,unused-ignore]

OUT = Path(__file__).resolve().parent.parent / "assets" / "fonts"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}
LATIN = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC),
    (0x218, 0x21B), (0x2B0, 0x2DD), (0x300, 0x304), (0x306, 0x30C), (0x323, 0x323), (0x370, 0x3FF), (0x400, 0x45F),
    (0x490, 0x491), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x203A), (0x2044, 0x2044), (0x2070, 0x209C),
    (0x20A0, 0x20BF), (0x2113, 0x2116), (0x2122, 0x2122), (0x2190, 0x21FF), (0x21B5, 0x21B5), (0x2202, 0x2265),
    (0x2318, 0x2326), (0x232B, 0x232B), (0x25A0, 0x25CF), (0x2713, 0x2717), (0xFB00, 0xFB04),
]  # fmt: skip
FULL_WIDTH_IN_CHINESE = {0xB7, 0x2014, 0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D, 0x2026}
FACES = {"SC": (2, "gb2312"), "TC": (3, "big5")}
CJK_EXTRA = [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x3000, 0x3029), (0xFF01, 0xFF65), (0x2460, 0x2473)]


def main() -> None:
    """Write every font of assets/fonts."""
    inter, noto = Path(sys.argv[1]), Path(sys.argv[2])
    OUT.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        source = inter / f"Inter-{name}.woff2"
        save(TTFont(source), latin(), "Inter Yigao", name, weight, OUT / f"InterYigao-{name}.ttf")
        save(TTFont(source), latin() - FULL_WIDTH_IN_CHINESE, "Inter Yigao CJK", name, weight,
             OUT / f"InterYigaoCJK-{name}.ttf")  # fmt: skip
    for face, (number, codec) in FACES.items():
        for name, weight in (("Regular", 400), ("Bold", 700)):
            font = TTFont(noto / f"NotoSansCJK-{name}.ttc", fontNumber=number)
            save(font, han(codec), f"Noto Sans {face} Yigao", name, weight, OUT / f"NotoSans{face}Yigao-{name}.otf")


def latin() -> set[int]:
    """Code points of the Latin build."""
    return {code for first, last in LATIN for code in range(first, last + 1)}


def han(codec: str) -> set[int]:
    """Code points of GB 2312, or of Big5 level 1 with its symbols, plus punctuation."""
    codes = {code for first, last in CJK_EXTRA for code in range(first, last + 1)}
    for lead in range(0xA1, 0xC7 if codec == "big5" else 0xF8):
        for trail in range(0x40, 0xFF):
            try:
                codes.add(ord(bytes((lead, trail)).decode(codec)))
            except (UnicodeDecodeError, TypeError):
                continue
    return codes


def save(font: TTFont, codes: set[int], family: str, style: str, weight: int, path: Path) -> None:
    """Subset, rename and write one face."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "tnum", "case", "liga", "vert"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "STAT", "vhea", "vmtx"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    rename(font, family, style, weight)
    font.flavor = None
    font.save(path)
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    """Give the face its own family, grouped by weight under one typographic family."""
    names = font["name"]
    plain = style in ("Regular", "Bold")
    legacy = family if plain else f"{family} {style}"
    values = {1: legacy, 2: style if plain else "Regular", 3: f"{family} {style} subset", 4: f"{family} {style}",
              6: f"{family.replace(' ', '')}-{style}", 16: family, 17: style}  # fmt: skip
    names.names = [record for record in names.names if record.nameID not in values and record.langID == 0x409]
    for number, text in values.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    main()
