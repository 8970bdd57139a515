"""Which font draws which character: the studio's Inter, the machine's Chinese, emoji, and then whatever has it.

The chain is chosen once per style and script; a machine's font folders are read once, when the first word is drawn.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.lettering.clusters import EMOJI_STYLE, TAGS, TEXT_STYLE, ZWJ, emoji
from studio.media.lettering.sfnt import Coverage, Face, coverage, faces

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

HERE = Path(__file__).resolve().parents[2]
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
# With full-width punctuation beside Chinese, the Inter in use lacks the quotes and dashes Chinese sets wider.
LATIN, LATIN_BESIDE_CHINESE = "inter yigao", "inter yigao cjk"
CHINESE = {
    "SC": ("pingfang sc", "microsoft yahei ui", "microsoft yahei", "noto sans cjk sc", "source han sans sc",
           "noto sans sc", "wenquanyi micro hei"),
    "TC": ("pingfang tc", "microsoft jhenghei ui", "microsoft jhenghei", "noto sans cjk tc", "source han sans tc",
           "noto sans tc", "wenquanyi micro hei"),
    "JP": ("hiragino sans", "yu gothic ui", "yu gothic", "noto sans cjk jp", "source han sans", "noto sans jp"),
    "KR": ("apple sd gothic neo", "malgun gothic", "noto sans cjk kr", "source han sans k", "noto sans kr"),
}  # fmt: skip
BUNDLED = {"TC": ("noto sans tc yigao", "noto sans sc yigao")}
BUNDLED_ELSE = ("noto sans sc yigao", "noto sans tc yigao")
EMOJI = ("apple color emoji", "segoe ui emoji", "noto color emoji", "twemoji", "twitter color emoji")
OTHERS = ("segoe ui", "helvetica neue", "arial", "noto sans", "noto sans arabic", "noto sans hebrew",
          "noto sans devanagari", "noto sans thai", "segoe ui symbol", "apple symbols", "noto sans symbols2",
          "noto sans symbols", "dejavu sans")  # fmt: skip
UNSEEN = {ZWJ, EMOJI_STYLE, TEXT_STYLE, "\u20e3", "\u200b", "\u200c", "\u2060", "\u00ad"}
SHAPES = range(0xFE00, 0xFE10)


class Fonts:
    """The fonts of some folders. own: the studio's, found before a font of the same family elsewhere."""

    def __init__(self, folders: Iterable[Path], own: Path) -> None:
        self._folders, self._own = tuple(folders), own
        self._picked: dict[tuple[str, str, int, str], Face] = {}
        self._covers: dict[tuple[str, int], Coverage] = {}

    @cached_property
    def every(self) -> tuple[Face, ...]:
        """Every face that was found, the studio's own first."""
        files = chain(_files(self._own), *(_files(folder) for folder in self._folders))
        return tuple(face for path in dict.fromkeys(files) for face in faces(path))

    @cached_property
    def by_family(self) -> dict[str, list[Face]]:
        found: dict[str, list[Face]] = {}
        for face in self.every:
            for family in face.families:
                found.setdefault(family, []).append(face)
        return found

    def families(self) -> list[str]:
        """The families of the machine that words can be set in, by name; the studio's own are left out."""
        shown = {face.name for face in self.every if face.name and not face.coloured}
        return sorted((name for name in shown if name[0] != "." and "Yigao" not in name), key=str.casefold)

    def pick(self, cluster: str, family: str, weight: int, script: str) -> Face | None:
        """The face that draws a cluster; the first of the chain when none has it, None on a machine without fonts."""
        key = (cluster, family, weight, script)
        if key not in self._picked:
            found = self._pick(cluster, family, weight, script)
            if found is None:
                return None
            self._picked[key] = found
        return self._picked[key]

    def _pick(self, cluster: str, family: str, weight: int, script: str) -> Face | None:
        needed = [ord(char) for char in cluster if char not in UNSEEN and ord(char) not in SHAPES]
        needed = [code for code in needed if code not in TAGS] or [0x20]
        wanted = [face for name in order(family, script, emoji(cluster)) if (face := self._weighed(name, weight))]
        return next((face for face in chain(wanted, self.every) if self._has(face, needed)), next(iter(wanted), None))

    def _weighed(self, family: str, weight: int) -> Face | None:
        """Of a family the upright face nearest to a weight."""
        def far(face: Face) -> tuple[bool, int]:
            return face.italic, max(face.lightest - weight, weight - face.heaviest, 0)

        return min(self.by_family.get(family, ()), key=far, default=None)

    def _has(self, face: Face, codes: list[int]) -> bool:
        key = (face.path, face.index)
        if key not in self._covers:
            self._covers[key] = coverage(face)
        return all(self._covers[key].has(code) for code in codes)


def order(family: str, script: str, coloured: bool = False) -> Iterator[str]:
    """Names of families in the order they are asked. script: "" or a key of CHINESE."""
    pictures = EMOJI if coloured else ()
    latin = LATIN_BESIDE_CHINESE if script in ("SC", "TC") else LATIN
    first = script or "SC"
    chinese = (*CHINESE[first], *(name for each in CHINESE for name in CHINESE[each]))
    yield from pictures
    yield from (name for name in (family.lower(), latin) if name)
    yield from (*chinese, *BUNDLED.get(first, BUNDLED_ELSE), LATIN, *OTHERS, *EMOJI)


def script_of(text: str) -> str:
    """Whose shapes Chinese characters take in a text: "SC", "TC", "JP", "KR", or "" when it has none."""
    if any("\u3041" <= char <= "\u30ff" for char in text):
        return "JP"
    if any("\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff" for char in text):
        return "KR"
    han = [char for char in text if "\u3400" <= char <= "\u9fff" or ord(char) > 0x20000]
    if not han:
        return ""
    return "TC" if any(_only_traditional(char) for char in han) else "SC"


@cache
def _only_traditional(char: str) -> bool:
    return _in(char, "big5") and not _in(char, "gb2312")


def _in(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES) if folder.is_dir() else []


def _own_folder() -> Path:
    beside = HERE.parent / "assets" / "fonts"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / "yigao" / "fonts"


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        windows = os.environ.get("WINDIR", r"C:\Windows")
        return [Path(windows) / "Fonts", Path(local) / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        # PingFang has moved out of the font folders in macOS 10.15 and later, into what the system downloads
        extra = Path("/System/Library/AssetsV2/com_apple_MobileAsset_Font7")
        return [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"), extra]
    data = os.environ.get("XDG_DATA_HOME", str(home / ".local" / "share"))
    return [Path(data) / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


@cache
def machine() -> Fonts:
    """The fonts of this machine, read once."""
    return Fonts(_system_folders(), _own_folder())


@lru_cache(maxsize=64)
def loaded(face: Face, size: float, weight: int) -> FreeTypeFont:
    """A face at `size` px per em, ready to draw. OSError when FreeType cannot take it (at that size)."""
    from PIL import ImageFont

    font = ImageFont.truetype(face.path, size, face.index)
    if face.variable and face.lightest < face.heaviest:
        values = [_axis(axis, weight) for axis in font.get_variation_axes()]
        font.set_variation_by_axes(values)
    return font


def _axis(axis: object, weight: int) -> float:
    """The value of a variable font's axis: our weight, its own default for the others."""
    least, default, most, name = (axis[key] for key in ("minimum", "default", "maximum", "name"))  # type: ignore[index]
    return float(min(max(weight, least), most) if name == b"Weight" else default)
