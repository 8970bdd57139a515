"""The row of tools above the timeline, and the readout of where the playhead is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from studio.ui.i18n import said, tr
from studio.ui.text import put
from studio.ui.video.timeline.commands import TOOL_KEYS, TOOL_NAMES
from studio.ui.video.timeline.hand import Tool
from studio.ui.video.timeline.scale import at_position, clock, closest, position
from studio.ui.widgets.base import Live, ground, hairline, row
from studio.ui.widgets.button import ToolButton

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.video.timeline.view import TimelineView

FINE = 1000  # steps of the zoom slider
READOUT_FROM, SLIDER_FROM = 620, 760  # px of width from which they are shown


class Readout(Live, QWidget):
    """Where the playhead is, of how much: "0:09.14 / 0:24.12". A click copies it."""

    def __init__(self, theme: Theme, view: TimelineView) -> None:
        super().__init__()
        self._theme, self._view = theme, view
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        view.controller.playhead_moved.connect(self._told)
        view.controller.changed.connect(self._told)
        self.retranslate()

    @property
    def words(self) -> tuple[str, str]:
        """(now, whole)."""
        c = self._view.controller
        return clock(c.playhead, c.timeline.rate), clock(c.timeline.duration, c.timeline.rate)

    def retranslate(self) -> None:
        """Its name, with where the playhead is."""
        now, whole = self.words
        self.setAccessibleName(tr("timeline", "Playhead at {now} of {whole}", now=now, whole=whole))
        self.setToolTip(tr("timeline", "Minutes, seconds, frames"))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the longest it will say."""
        now, whole = self.words
        longest = "0" * max(len(now), len(whole))
        wide = self._theme.width("body", longest, 600) + self._theme.width("small", f"/ {longest}") + 22
        return QSize(wide, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Now in bold, the whole beside it."""
        painter, theme = QPainter(self), self._theme
        now, whole = self.words
        painter.setFont(theme.font("body", 600, tabular=True))
        painter.setPen(theme.color("text"))
        half = self.width() * 0.5
        put(painter, QRectF(0, 0, half - 2, self.height()), now, Qt.AlignmentFlag.AlignRight)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("text-3"))
        put(painter, QRectF(half + 4, 0, half, self.height()), f"/ {whole}")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Copy where the playhead is."""
        QGuiApplication.clipboard().setText(self.words[0])

    def _told(self, *_: object) -> None:
        self.updateGeometry()
        self.retranslate()


class ToolRow(Live, QWidget):
    """record_asked, captions_asked: things that others do."""

    record_asked = Signal()
    captions_asked = Signal()

    def __init__(self, theme: Theme, view: TimelineView) -> None:
        super().__init__()
        self._theme, self._view = theme, view
        ground(self, "surface")
        c = view.controller
        self.tools = {tool: self._tool(icon, keys, True) for tool, (keys, icon) in TOOL_KEYS.items()}
        for tool, button in self.tools.items():
            button.clicked.connect(partial(self._use, tool))
        self.snap, self.link = self._tool("magnet", "Shift+N", True), self._tool("link-2", "Shift+L", True)
        self.snap.clicked.connect(lambda: c.set_snapping(not c.snapping))
        self.link.clicked.connect(lambda: c.set_linking(not c.linking))
        self.follow = self._tool("rows-3", "Shift+F", True)
        self.follow.clicked.connect(lambda: c.set_following(not c.following))
        self.marker, self.record = self._tool("bookmark", "Ctrl+M"), self._tool("mic", "")
        self.captions, self.fit = self._tool("captions", ""), self._tool("expand", "Shift+Z")
        self.marker.clicked.connect(c.toggle_marker)
        self.record.clicked.connect(self.record_asked)
        self.captions.clicked.connect(self.captions_asked)
        self.out, self.into = self._tool("zoom-out", "-"), self._tool("zoom-in", "=")
        self.out.clicked.connect(lambda: view.zoom(-2))
        self.into.clicked.connect(lambda: view.zoom(2))
        self.fit.clicked.connect(view.fit)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, FINE)
        self.slider.setFixedWidth(88)
        self.slider.valueChanged.connect(self._slid)
        self.readout = Readout(theme, view)
        self._rule = hairline(vertical=True)
        self._rule.setFixedHeight(20)
        self._lay()
        view.moved.connect(self._zoomed)
        c.tool_changed.connect(self._tools_changed)
        self.retranslate()
        self._tools_changed()

    def retranslate(self) -> None:
        """The names of the buttons."""
        for tool, button in self.tools.items():
            button.set_tip(said(TOOL_NAMES[tool]))
        self.snap.set_tip(tr("timeline", "Snapping"))
        self.link.set_tip(tr("timeline", "Linked selection"))
        self.follow.set_tip(tr("timeline", "Other tracks follow"))
        self.marker.set_tip(tr("timeline", "Marker"))
        self.record.set_tip(tr("timeline", "Record voice"))
        self.captions.set_tip(tr("timeline", "Captions"))
        self.out.set_tip(tr("timeline", "Zoom out"))
        self.into.set_tip(tr("timeline", "Zoom in"))
        self.fit.set_tip(tr("timeline", "Fit timeline"))
        self.slider.setAccessibleName(tr("timeline", "Zoom of the timeline"))

    def sizeHint(self) -> QSize:
        """40 px high."""
        return QSize(800, self._theme.px(40))

    def minimumSizeHint(self) -> QSize:
        """Narrow ones leave out the readout and the slider."""
        return QSize(320, self._theme.px(40))

    def resizeEvent(self, event: object) -> None:
        """What has no room is not shown."""
        wide = self.width() / max(1.0, self._theme.scale)
        self.readout.setVisible(wide >= READOUT_FROM)
        self.slider.setVisible(wide >= SLIDER_FROM)

    def _lay(self) -> None:
        others = (self.snap, self.link, self.follow, self.marker, self.record, self.captions)
        left = row(*self.tools.values(), 6, self._rule, 6, *others, gap=2)
        right = row(self.out, self.slider, self.into, 4, self.fit, gap=4)
        self.setLayout(row(left, None, self.readout, None, right, gap=4, margins=(10, 0, 10, 0)))

    def _tool(self, icon: str, keys: str, checkable: bool = False) -> ToolButton:
        return ToolButton(self._theme, icon, "", keys, checkable=checkable)

    def _use(self, tool: Tool) -> None:
        self._view.controller.use(tool)
        self._tools_changed()  # a click on the tool in use would turn its button off

    def _tools_changed(self) -> None:
        c = self._view.controller
        for tool, button in self.tools.items():
            button.setChecked(tool == c.tool)
        self.snap.setChecked(c.snapping)
        self.link.setChecked(c.linking)
        self.follow.setChecked(c.following)

    def _slid(self, value: int) -> None:
        self._view.set_zoom(at_position(value / FINE, closest(self._view.controller.timeline)))

    def _zoomed(self) -> None:
        part = position(self._view.scale_now.per_second, closest(self._view.controller.timeline))
        self.slider.blockSignals(True)
        self.slider.setValue(round(part * FINE))
        self.slider.blockSignals(False)
