"""The faces text is drawn with: our Inter, then the system's Chinese, else the Noto that comes with the studio.

In a Chinese interface the Inter in use lacks the punctuation Chinese sets at full width, so Qt takes those characters
from the Chinese face. The bundled Noto (about 11 MB) is only loaded when this computer has no Chinese face at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase

if TYPE_CHECKING:
    from studio.ui.resources import Resources

WEIGHTS = ("Regular", "Medium", "SemiBold")
LATIN = "Inter Yigao"
LATIN_IN_CJK = "Inter Yigao CJK"
SIMPLIFIED = ("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
              "Noto Sans SC", "WenQuanYi Micro Hei")  # fmt: skip
TRADITIONAL = ("PingFang TC", "Microsoft JhengHei UI", "Microsoft JhengHei", "Noto Sans CJK TC", "Source Han Sans TC",
               "Noto Sans TC", "WenQuanYi Micro Hei")  # fmt: skip
BUNDLED = {"zh_CN": "Noto Sans SC Yigao", "zh_TW": "Noto Sans TC Yigao"}
MONO = ("SF Mono", "Cascadia Mono", "Consolas", "JetBrains Mono", "DejaVu Sans Mono", "Liberation Mono")


class Fonts:
    """Loads faces at most once and gives the fallback order per language."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._loaded: set[str] = set()
        self._orders: dict[tuple[str, bool], list[str]] = {}

    def families(self, language: str, mono: bool = False) -> list[str]:
        """Family names, best first, for `QFont.setFamilies`; loads what they need."""
        key = (language, mono)
        if key not in self._orders:
            self._orders[key] = self._order(language, mono)
        return self._orders[key]

    def load_bundled(self, language: str) -> str:
        """Load the bundled Chinese face of `zh_CN` or `zh_TW` and give its family name."""
        face = "SC" if language == "zh_CN" else "TC"
        for weight in ("Regular", "Bold"):
            self._load(f"NotoSans{face}Yigao-{weight}.otf")
        return BUNDLED[language]

    def _order(self, language: str, mono: bool) -> list[str]:
        chinese = language.startswith("zh")
        for weight in WEIGHTS:
            self._load(f"InterYigao{'CJK' if chinese else ''}-{weight}.ttf")
        installed = set(QFontDatabase.families())
        head = [name for name in MONO if name in installed][:1] if mono else []
        return [*head, LATIN_IN_CJK if chinese else LATIN, *self._chinese(language, installed)]

    def _chinese(self, language: str, installed: set[str]) -> list[str]:
        """Both scripts, the language's own first; the other one still draws what a person pastes."""
        ours, other = (TRADITIONAL, SIMPLIFIED) if language == "zh_TW" else (SIMPLIFIED, TRADITIONAL)
        found = [name for name in (*ours, *other) if name in installed]
        if found:
            return list(dict.fromkeys(found))
        return [self.load_bundled("zh_TW" if language == "zh_TW" else "zh_CN")]

    def _load(self, file: str) -> None:
        if file not in self._loaded:
            self._loaded.add(file)
            if QFontDatabase.addApplicationFont(self._resources.path(f"fonts/{file}")) < 0:
                raise FileNotFoundError(file)
