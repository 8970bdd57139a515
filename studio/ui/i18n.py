"""The three languages of the window: `tr` for words, `Language` to switch while the studio runs.

Every text is written in English at the place that shows it, with an explicit context: `tr("draft", "Publish to {n}")`.
The translations are rows of `assets/i18n/words/<area>.tsv`; `tools/i18n.py` compiles them and a test reads every call.
A widget sets its texts in `retranslate()` (see `widgets/base.py`), which runs again when the language changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from studio.core.words import Marked, N, tight

if TYPE_CHECKING:
    from studio.ui.resources import Resources

__all__ = ["LANGUAGES", "Language", "Marked", "N", "language_of", "said", "system_language", "tight", "tr"]

LANGUAGES: dict[str, str] = {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}
"""Code -> its own name."""
ALIASES = {"zh_CN": "zh_Hans", "zh_TW": "zh_Hant"}


def tr(context: str, text: str, n: int | None = None, **values: object) -> str:
    """The text in the language in use.

    `n` is the count of a plural text (written `%n` in it); `values` fill `{name}` places after translation.
    """
    words = QCoreApplication.translate(context, text, None, -1 if n is None else n)
    if n is not None:
        words = words.replace("%n", str(n))
    return words.format(**values) if values else words


def said(marked: Marked, **more: object) -> str:
    """A text that was marked with `core.words.N` earlier (an action, a job's step), in the language in use.

    A value named `n` is the count of a plural text.
    """
    values = {**marked.values, **more}
    n = values.pop("n", None)
    return tr(marked.context, marked.text, n if isinstance(n, int) else None, **values)


def system_language() -> str:
    """The best of the three for this computer's user interface language."""
    for name in QLocale.system().uiLanguages():
        if (code := language_of(name)) is not None:
            return code
    return "en"


def language_of(name: str) -> str | None:
    """`en`, `zh_CN` or `zh_TW` for a BCP 47 or POSIX locale name; None when we do not speak it."""
    parts = name.replace("_", "-").split(".")[0].split("-")
    if parts[0].lower() in ("en", "c"):
        return "en"
    if parts[0].lower() not in ("zh", "yue"):
        return None
    rest = {part.lower() for part in parts[1:]}
    traditional = "hant" in rest or ("hans" not in rest and bool(rest & {"tw", "hk", "mo"}))
    return "zh_TW" if traditional else "zh_CN"


class Language(QObject):
    """The language in use; `changed(code)` fires after every widget got Qt's LanguageChange event."""

    changed = Signal(str)

    def __init__(self, resources: Resources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._resources = resources
        self._translators: list[QTranslator] = []
        self.code = "en"

    @property
    def cjk(self) -> bool:
        """Whether the interface is in Chinese (sizes, fonts and punctuation follow)."""
        return self.code.startswith("zh")

    def set(self, code: str) -> None:
        """Switch to `en`, `zh_CN`, `zh_TW` or `system`, live. ValueError for another code."""
        code = system_language() if code == "system" else code
        if code not in LANGUAGES:
            raise ValueError(code)
        for old in self._translators:
            QCoreApplication.removeTranslator(old)
        self.code = code
        self._translators = [found for found in self._load(code) if QCoreApplication.installTranslator(found)]
        self.changed.emit(code)

    def _load(self, code: str) -> list[QTranslator]:
        own = QTranslator(self)
        name = self._resources.path(f"i18n/yigao_{code}.qm")
        return [own] if own.load(name) else []
