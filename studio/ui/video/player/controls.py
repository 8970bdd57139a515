"""The bars above and below the picture: safe zone and size; time, play, loop, snapshot, volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QSlider, QWidget

from studio.core.opentime import Time
from studio.core.safezone import SafeZone
from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.video.player.timecode import frame_number, timecode
from studio.ui.widgets.base import Live, dress, ground, name, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HEAD, FOOT = 42, 58
NONE = "none"


@dataclass(frozen=True, slots=True)
class Zone:
    """A choice of safe zone. key: stable; words: what it is called, in each language."""

    key: str
    words: dict[str, str]
    zone: SafeZone


class PlayButton(QAbstractButton):
    """The round one: play, or pause."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._playing = theme, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 18)

    def set_playing(self, playing: bool) -> None:
        self._playing = playing
        words = tr("video", "Pause") if playing else tr("video", "Play")
        name(self, words)
        self.setToolTip(f"{words}  Space")
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(36)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = self._theme.color("text")
        ink.setAlphaF(0.86 if self.underMouse() or self.isDown() else 1.0)
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        middle, paper = QRectF(self.rect()).center(), self._theme.color("surface")
        painter.setBrush(paper)
        if self._playing:
            for dx in (-4.5, 1.5):
                painter.drawRoundedRect(QRectF(middle.x() + dx, middle.y() - 6, 3.2, 12), 1, 1)
            return
        painter.setPen(QPen(paper, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon([middle + QPointF(-3.5, -5.5), middle + QPointF(-3.5, 5.5), middle + QPointF(5.5, 0)])


class Clockface(QWidget):
    """Time and number of the frame, in figures that do not move."""

    @property
    def words(self) -> str:
        """The time as it is shown."""
        return timecode(self._at, self._rate)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._at, self._rate = theme, Fraction(0), Fraction(30)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_time(self, at: Time, rate: Fraction) -> None:
        if (at, rate) != (self._at, self._rate):
            self._at, self._rate = at, rate
            self.setAccessibleName(tr("video", "Frame {frame}", frame=frame_number(at, rate)))
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        return QSize(theme.width("small", "00:00.00", 500) + theme.width("small", " f 00000") + 6, theme.px(28))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect())
        code, number = timecode(self._at, self._rate), str(frame_number(self._at, self._rate))
        used = paint_line(painter, self._theme, rect, code, "small", "text", 500, tabular=True)
        rect.setLeft(used + 6)
        paint_line(painter, self._theme, rect, f"f {number}", "small", "text-3", tabular=True)


class Head(Live, QWidget):
    """zone_chosen(key): another safe zone. zoomed(): fit or 100 %. full_asked(): full screen."""

    zone_chosen = Signal(str)
    zoomed = Signal()
    full_asked = Signal()

    def __init__(self, theme: Theme, zones: Sequence[Zone]) -> None:
        super().__init__()
        self._theme, self.zones = theme, zones
        self.label = Label("", "small", "text-2")
        self.zone = Combo(theme)
        dress(self.zone, kind="compact")
        self.fit = Label("", "small", "text-3")
        self.actual = ToolButton(theme, "frame", checkable=True)
        self.full = ToolButton(theme, "expand", "", "F")
        self.setLayout(row(self.label, self.zone, None, self.fit, self.actual, self.full, margins=(16, 0, 10, 0)))
        ground(self, "sunken")
        self.zone.chosen.connect(self.zone_chosen)
        self.actual.clicked.connect(self.zoomed)
        self.full.clicked.connect(self.full_asked)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Set every text."""
        code = self._theme.language.code
        self.label.setText(tr("video", "Safe zone"))
        choices = [(zone.key, zone.words.get(code, zone.words["en"])) for zone in self.zones]
        self.zone.set_choices([*choices, (NONE, tr("video", "None"))])
        name(self.zone, tr("video", "Safe zone"))
        self.actual.set_tip(tr("video", "Actual size"))
        self.full.set_tip(tr("video", "Full screen"))

    def restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HEAD))

    def set_fitting(self, fits: bool) -> None:
        """Whether the canvas fills a phone's screen, so that a zone means something."""
        self.zone.setEnabled(fits)
        why = tr("video", "Safe zones are for upright videos that fill the screen (9:16).")
        self.zone.setToolTip("" if fits else why)

    def set_room(self, width: int) -> None:
        """Words give way before buttons."""
        self.fit.setVisible(width >= self._theme.px(300))
        self.label.setVisible(width >= self._theme.px(240))

    def set_scale(self, scale: float, fitted: bool) -> None:
        """How large the picture is shown: px of the screen per px of the canvas."""
        per_cent = f"{round(scale * 100)} %"
        self.fit.setText(tr("video", "Fit {scale}", scale=per_cent) if fitted else per_cent)
        self.actual.setChecked(not fitted)


class Foot(Live, QWidget):
    """The transport. stepped(frames), toggled(): play or pause; looped(bool), snapped(), muted(bool), volume(0..1)."""

    stepped = Signal(int)
    toggled = Signal()
    looped = Signal(bool)
    snapped = Signal()
    louder = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.clock = Clockface(theme)
        self.back, self.on = ToolButton(theme, "step-back", "", "Left"), ToolButton(theme, "step-forward", "", "Right")
        self.play = PlayButton(theme)
        self.loop = ToolButton(theme, "repeat", checkable=True)
        self.camera = ToolButton(theme, "camera")
        self.sound = ToolButton(theme, "volume-2", checkable=True)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(100)
        self.volume.setFixedWidth(64)
        left, right = QWidget(), QWidget()
        left.setLayout(row(self.clock, None))
        right.setLayout(row(None, self.loop, self.camera, self.sound, self.volume, gap=2))
        line = row(left, self.back, self.play, self.on, right, gap=8, margins=(16, 0, 12, 0))
        line.setStretch(0, 1)
        line.setStretch(4, 1)
        self.setLayout(line)
        ground(self, "sunken")
        self._connect()
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Set every text."""
        self.back.set_tip(tr("video", "Frame back"))
        self.on.set_tip(tr("video", "Frame on"))
        self.loop.set_tip(tr("video", "Play again and again"))
        self.camera.set_tip(tr("video", "Keep this picture"))
        self.sound.set_tip(tr("video", "Mute"))
        name(self.volume, tr("video", "Volume"))
        self.play.set_playing(False)

    def restyle(self) -> None:
        self.setFixedHeight(self._theme.px(FOOT))

    def set_room(self, width: int) -> None:
        """The volume gives way first, then what has a command as well."""
        self.volume.setVisible(width >= self._theme.px(440))
        for extra in (self.loop, self.camera):
            extra.setVisible(width >= self._theme.px(300))

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.play.clicked.connect(self.toggled)
        self.loop.clicked.connect(lambda: self.looped.emit(self.loop.isChecked()))
        self.camera.clicked.connect(self.snapped)
        self.sound.clicked.connect(self._heard)
        self.volume.valueChanged.connect(self._heard)

    def _heard(self, *_: object) -> None:
        muted = self.sound.isChecked()
        self.sound.set_icon("volume-x" if muted or not self.volume.value() else "volume-2")
        self.louder.emit(0.0 if muted else self.volume.value() / 100)
