"""How all cards are shown, as the person chose it; and when a layout was last checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QDate, QLocale

from studio.core.card import Surface
from studio.core.card import Theme as CardTheme
from studio.ui.i18n import tr

if TYPE_CHECKING:
    from studio.ui.preview.metrics import QtMetrics
    from studio.ui.widgets.splitter import SettingsStore

LEAST_SCALE: Final = 0.6
LARGE_SCALE: Final = 1.5
SIZES: Final = (85, 100, 115, 130, 145, 160)  # percent of the platform's own text size
SCALES: Final = (1, 2, 3)  # device px per logical px of a saved picture
WARN_AFTER, GREY_AFTER = 90, 180  # days since a layout was checked
AUTO: Final = "window"
Age = Literal["fresh", "old", "stale"]
KEY: Final = "preview/look"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person chose for all previews.

    scope      "all" accounts, or "one" large
    theme      "window", "light", "dark"             language   of the platform's own words: "window", or a code
    width      px of the device; 0: what fits        text       percent of the platform's text size
    unfolded   the whole text                        scale      device px per logical px of a saved picture
    """

    scope: str = "all"
    theme: str = AUTO
    language: str = AUTO
    width: int = 0
    text: int = 100
    unfolded: bool = False
    scale: int = 2

    @classmethod
    def read(cls, kept: object) -> Chosen:
        """As it was kept; what no longer fits is as at first."""
        made = cls()
        for name, value in (kept.items() if isinstance(kept, dict) else ()):
            if name in _FITS and type(value) is type(getattr(made, name)) and _FITS[name](value):
                made = replace(made, **{name: value})
        return made

    def keep(self, store: SettingsStore | None) -> None:
        """For the next time, in this workspace."""
        if store is not None:
            store.set(KEY, asdict(self))


_FITS: Final[dict[str, Any]] = {
    "scope": ("all", "one").__contains__,
    "theme": (AUTO, "light", "dark").__contains__,
    "language": (AUTO, "en", "zh_CN", "zh_TW").__contains__,
    "width": lambda value: value == 0 or 160 <= value <= 2000,
    "text": SIZES.__contains__,
    "unfolded": lambda value: True,
    "scale": SCALES.__contains__,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What all cards share.

    language   of the platform's words    spoken     of the window: captions and notes
    text       size of text, 1.0 as the platform has it
    width      px of the device; 0: what fits best
    large      one card alone, larger than it is on the device where there is room
    """

    metrics: QtMetrics
    theme: CardTheme
    language: str
    spoken: str
    today: date
    text: float = 1.0
    width: int = 0
    large: bool = False


def measure(surface: Surface, room: int, look: Look) -> tuple[float, float]:
    """Layout width and scale of a card in `room` px: true size where it fits, shrunk to 0.6 at most."""
    widths = surface.widths
    if look.width:
        wide = min(widths, key=lambda w: abs(w - look.width))
    else:
        fitting = [w for w in widths if w <= room]
        wide = (max(fitting) if look.large else fitting[0]) if fitting else min(widths)
    most = LARGE_SCALE if look.large else 1.0
    return float(wide), max(LEAST_SCALE, min(most, room / wide))


def age(checked: str, today: date) -> Age:
    """How old the check of a layout is; one whose day cannot be read is stale."""
    try:
        days = (today - date.fromisoformat(checked)).days
    except ValueError:
        return "stale"
    return "stale" if days > GREY_AFTER else "old" if days > WARN_AFTER else "fresh"


def day_text(day: str, language: str, year: bool = False) -> str:
    """An ISO day as people of that language write it: "12 Oct", "10 月 12 日"; with its year where that matters."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    if language.startswith("zh"):
        return f"{found.year} 年 {found.month} 月 {found.day} 日" if year else f"{found.month} 月 {found.day} 日"
    return QLocale("en").toString(QDate(found.year, found.month, found.day), "d MMM yyyy" if year else "d MMM")


def sureness(confidence: str) -> str:
    """One or two words for how sure a layout is."""
    return {
        "seen": tr("preview", "read at the source"),
        "third-party": tr("preview", "second-hand"),
        "recalled": tr("preview", "from memory"),
    }.get(confidence, "")


def sureness_told(confidence: str) -> str:
    """The same as a sentence."""
    return {
        "seen": tr("preview", "Its measures were read in the platform’s own pages, code or help."),
        "third-party": tr("preview", "Its measures were read in what others published about the platform."),
        "recalled": tr("preview", "Its measures are known from use and not measured yet; they may be some px off."),
    }.get(confidence, "")
