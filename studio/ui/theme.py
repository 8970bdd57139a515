"""The look as one object: colours, fonts, icons and states for painting; palette and style sheet for Qt's own widgets.

One call changes everything while the studio runs:

    theme.apply(app, "dark")          # or "light", "system"
    theme.scale = 1.25; theme.refresh()

Painted widgets need no signal: Qt sends them a StyleChange, they repaint and ask the theme again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QIcon, QPainter, QPalette, QPixmap

from studio.ui.fonts import Fonts
from studio.ui.i18n import tr
from studio.ui.icons import Icons, paint_disc, paint_seal
from studio.ui.tokens import COLOURS, DURATIONS, MACHINE_STATES, ROLES, STATES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from studio.ui.i18n import Language
    from studio.ui.resources import Resources

Mode = Literal["light", "dark", "system"]


@dataclass(frozen=True, slots=True)
class State:
    """A delivery state ready to show: always icon, word and colour together."""

    name: str
    text: QColor
    tint: QColor
    icon: str
    words: str


class Theme(QObject):
    """Colours, fonts, icons and measures of the look in use.

    changed      after the mode, the scale, the density or the language's fonts changed and everything was restyled
    mode         what was asked for: light, dark or system
    dark         what is drawn now
    scale        text scale, 0.9 to 2.0; starts as the system's
    compact      closer rows
    motion       False: every duration is 0
    contrast     the computer asks for high contrast: lines become text, tints vanish, icons and words stay
    """

    changed = Signal()

    def __init__(self, resources: Resources, language: Language) -> None:
        super().__init__()
        self.resources, self.language = resources, language
        self.fonts, self.icons = Fonts(resources), Icons(resources)
        self.mode: Mode = "system"
        self.dark, self.compact, self.motion = False, False, True
        self.scale = 1.0
        self.contrast = False
        self._app: QApplication | None = None
        self._font_cache: dict[tuple[str, int | None, bool], QFont] = {}
        self._discs: dict[tuple[str, int, int, float], QPixmap] = {}
        language.changed.connect(self._language_changed)

    def apply(self, app: QApplication, mode: Mode) -> None:
        """Draw the whole application in `mode` from now on; call again to switch. No restart."""
        if self._app is None:
            self._adopt(app)
        self.mode = mode
        self._follow_frame(app)
        self.refresh()

    def refresh(self) -> None:
        """Restyle with the present mode, scale and density."""
        app = self._app
        if app is None:
            return
        from studio.ui.style import dress_application, style_sheet

        self.dark = self._wants_dark()
        self.contrast = self._wants_contrast()
        self.icons.clear()
        self._discs.clear()
        self._font_cache.clear()
        dress_application(app, self)
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(style_sheet(self))
        self.changed.emit()

    # colours ---------------------------------------------------------------------------------------------------

    def color(self, token: str) -> QColor:
        """The colour of a token of `tokens.COLOURS`. KeyError for another name."""
        return QColor(self.css(token))

    def css(self, token: str) -> str:
        """The same for a style sheet: `#rrggbb` or `#aarrggbb`."""
        if self.contrast:
            token = plain(token)
        return COLOURS[token][self.dark]

    def state(self, name: str) -> State:
        """Look and word of a delivery state, by its machine name ("preparing") or shown name ("sending")."""
        shown = MACHINE_STATES.get(name, name)
        look = STATES[shown]
        tint = self.color("surface") if self.contrast else QColor(look.tint[self.dark])
        return State(shown, QColor(look.text[self.dark]), tint, look.icon, state_word(shown))

    def palette(self) -> QPalette:
        """The palette for Qt's own painting, from the tokens."""
        palette, role = QPalette(), QPalette.ColorRole
        for where, token in _PALETTE.items():
            palette.setColor(getattr(role, where), self.color(token))
        for where in ("WindowText", "Text", "ButtonText"):
            palette.setColor(QPalette.ColorGroup.Disabled, getattr(role, where), self.color("text-3"))
        return palette

    # type ------------------------------------------------------------------------------------------------------

    def font(self, role: str, weight: int | None = None, tabular: bool = False) -> QFont:
        """The font of a role of `tokens.ROLES`, scaled; `tabular` gives figures of one width."""
        key = (role, weight, tabular)
        if key not in self._font_cache:
            self._font_cache[key] = self._make_font(role, weight, tabular)
        return QFont(self._font_cache[key])

    def line(self, role: str) -> int:
        """Line height of a role in px, for the language in use and the present scale."""
        look = ROLES[role]
        return round((look.cjk_line if self.language.cjk else look.line) * self.scale)

    def px(self, size: float) -> int:
        """A height that holds text, grown with the text scale: `px(32)` is 32 at 100 %, 64 at 200 %."""
        return round(size * max(1.0, self.scale))

    def width(self, role: str, text: str, weight: int | None = None) -> int:
        """Width of a text in px."""
        return QFontMetrics(self.font(role, weight)).horizontalAdvance(text)

    def duration(self, name: str) -> int:
        """Milliseconds of `fast`, `normal` or `slow`; 0 with reduced motion."""
        return DURATIONS[name] if self.motion else 0

    # drawings --------------------------------------------------------------------------------------------------

    def pixmap(self, name: str, size: int, token: str | QColor, ratio: float = 1.0, filled: bool = False) -> QPixmap:
        """An icon as a pixmap in a token's colour, `size` logical px at the text scale."""
        colour = self.color(token) if isinstance(token, str) else token
        return self.icons.pixmap(name, self.icon_size(size), colour, ratio, filled)

    def icon_size(self, size: int) -> int:
        """Icons grow with text, half as fast, so a row keeps its balance."""
        return round(size * (1 + (max(1.0, self.scale) - 1) * 0.5))

    def icon(self, name: str, size: int = 16, token: str = "text-2") -> QIcon:
        """An icon for Qt's own widgets, such as menus."""
        return self.icons.icon(name, self.icon_size(size), self.color(token), self.color("text-3"))

    def draw_icon(self, painter: QPainter, rect: QRectF, name: str, size: int, token: str | QColor) -> None:
        """Paint an icon centred in `rect`, on whole device pixels."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.pixmap(name, size, token, ratio)
        side = pixmap.width() / ratio
        left = round((rect.center().x() - side / 2) * ratio) / ratio
        top = round((rect.center().y() - side / 2) * ratio) / ratio
        painter.drawPixmap(QRectF(left, top, side, side), pixmap, QRectF(pixmap.rect()))

    def draw_disc(self, painter: QPainter, rect: QRectF, initial: str, colour: str | QColor) -> None:
        """Paint a platform's disc; `colour` comes from the platform's declaration."""
        ratio = painter.device().devicePixelRatioF()
        key = (initial, QColor(colour).rgba(), round(rect.width() * ratio), ratio)
        if key not in self._discs:
            self._discs[key] = self._make_disc(QSizeF(rect.size()), initial, QColor(colour), ratio)
        left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
        painter.drawPixmap(QPointF(left, top), self._discs[key])

    def _make_disc(self, size: QSizeF, initial: str, fill: QColor, ratio: float) -> QPixmap:
        """Its letter is an outline: drawn once, copied then."""
        made = QPixmap((size * ratio).toSize())
        made.fill(Qt.GlobalColor.transparent)
        made.setDevicePixelRatio(ratio)
        painter = QPainter(made)
        ring = self.color("line-2") if self.dark and fill.lightness() < 60 else None
        paint_disc(painter, QRectF(0, 0, size.width(), size.height()), initial, fill, self.font("body"), ring)
        painter.end()
        return made

    def draw_seal(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the seal mark 稿."""
        paint_seal(painter, rect, self.resources.read("theme/seal.svg"), self.color("now"), self.color("on-mark"))

    # inside ----------------------------------------------------------------------------------------------------

    def _adopt(self, app: QApplication) -> None:
        self._app = app
        self.scale = self.scale if self.scale != 1.0 else system_scale()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _follow_frame(self, app: QApplication) -> None:
        """The native frame takes the same scheme, so a dark window has no white title bar."""
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(self.mode, Qt.ColorScheme.Unknown)
        app.styleHints().setColorScheme(scheme)

    def _wants_dark(self) -> bool:
        if self.mode != "system":
            return self.mode == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _wants_contrast(self) -> bool:
        hints = QGuiApplication.styleHints()  # kept: its child's wrapper dies with it
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def _system_changed(self) -> None:
        if self.mode == "system" and self._wants_dark() != self.dark:
            self.refresh()

    def _language_changed(self) -> None:
        self.refresh()

    def _make_font(self, role: str, weight: int | None, tabular: bool) -> QFont:
        look = ROLES[role]
        font = QFont()
        font.setFamilies(self.fonts.families(self.language.code, look.mono))
        font.setPixelSize(max(8, round(look.size * self.scale)))
        font.setWeight(QFont.Weight(look.weight if weight is None else weight))
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


_PALETTE = {
    "Window": "window", "WindowText": "text", "Base": "surface", "AlternateBase": "sunken", "Text": "text",
    "PlaceholderText": "text-3", "Button": "raised", "ButtonText": "text", "BrightText": "on-accent",
    "ToolTipBase": "raised", "ToolTipText": "text", "Highlight": "selection", "HighlightedText": "text",
    "Link": "accent-text", "LinkVisited": "accent-text", "Light": "raised", "Midlight": "hover", "Mid": "line",
    "Dark": "line-2", "Shadow": "stage", "Accent": "accent",
}  # fmt: skip


def plain(token: str) -> str:
    """The token that stands for `token` in high contrast."""
    if token in ("line", "line-2", "control", "text-2", "text-3"):
        return "text"
    return "surface" if token.endswith("-tint") else token


def state_word(shown: str) -> str:
    """The word of a shown state in the language in use."""
    return {
        "draft": tr("state", "Draft"),
        "scheduled": tr("state", "Scheduled"),
        "held": tr("state", "Held"),
        "due": tr("state", "Due"),
        "sending": tr("state", "Sending"),
        "published": tr("state", "Published"),
        "unconfirmed": tr("state", "Unconfirmed"),
        "waiting": tr("state", "Needs you"),
        "failed": tr("state", "Failed"),
        "missed": tr("state", "Missed"),
        "cancelled": tr("state", "Cancelled"),
    }[shown]


def system_scale() -> float:
    """The computer's text scale where Qt reports it as a logical resolution (Linux desktops), 0.9 to 2.0."""
    screen = QGuiApplication.primaryScreen()
    if screen is None or QGuiApplication.platformName() not in ("xcb", "wayland"):
        return 1.0
    return min(2.0, max(0.9, round(screen.logicalDotsPerInch() / 96, 2)))
