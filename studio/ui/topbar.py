"""The bar at the top: workspace, the Ctrl+K field, what goes out next, running jobs, the bell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.jobs import step_words, time_left
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, ground, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.label import Label, paint_key
from studio.ui.widgets.progress import Arc, ProgressBar

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

HEIGHT, FIELD_WIDTH, FIELD_HEIGHT = 48, 400, 30
NOTHING_MS, BAR_AFTER_S = 300, 2.0


class _Plain(QAbstractButton):
    """A painted button without a box until the mouse is on it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 6)

    def paint_hover(self, painter: QPainter) -> None:
        """The ground under the mouse."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("press"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)


class WorkspaceButton(_Plain):
    """The workspace's name; click to switch."""

    def sizeHint(self) -> QSize:
        """Name, gap, two small arrows."""
        wide = min(260, self._theme.width("body", self.text(), 600))
        return QSize(wide + self._theme.icon_size(14) + 22, self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name and arrows."""
        painter = QPainter(self)
        self.paint_hover(painter)
        side = self._theme.icon_size(14)
        rect = QRectF(8, 0, self.width() - side - 20, self.height())
        used = paint_line(painter, self._theme, rect, self.text(), "body", "text", 600)
        arrows = QRectF(8 + used + 6, 0, side, self.height())
        self._theme.draw_icon(painter, arrows, "chevrons-up-down", 14, "text-2")


class PaletteField(_Plain):
    """Looks like a field, opens the palette."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 7)

    def sizeHint(self) -> QSize:
        """400x30 at 100 %."""
        return QSize(self._theme.icon_size(FIELD_WIDTH), self._theme.px(FIELD_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, magnifier, hint and key."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line-2" if self.underMouse() else "line"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        side = theme.icon_size(14)
        theme.draw_icon(painter, QRectF(10, 0, side, self.height()), "search", 14, "text-2")
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        key_width, key_height = theme.width("caption", keys, 500) + 12, theme.px(17)
        left = 10 + side + 8
        room = QRectF(left, 0, self.width() - left - key_width - 12, self.height())
        paint_line(painter, theme, room, self.text(), "small", "text-2")
        place = QRectF(self.width() - key_width - 6, (self.height() - key_height) / 2, key_width, key_height)
        paint_key(painter, theme, place, keys)


class NextDelivery(_Plain):
    """The trust line: what goes out next ("Next 18:30 · Winter road book"), or what must be known before that."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._tone, self._icon = "text-3", "circle-dashed"

    def say(self, text: str, tone: str, icon: str) -> None:
        """Show `text` with a dot in `tone` before it, or the icon where there is one."""
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark and words, at most 320 px."""
        words = QFontMetrics(self._theme.font("small", None, True)).horizontalAdvance(self.text())
        room = round(320 * max(1.0, self._theme.scale))
        return QSize(min(room, words + self._theme.icon_size(14) + 20), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """May shrink to its first words."""
        return QSize(60, self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and words."""
        painter = QPainter(self)
        self.paint_hover(painter)
        side = self._theme.icon_size(14)
        if self._icon:
            self._theme.draw_icon(painter, QRectF(4, 0, side, self.height()), self._icon, 14, self._tone)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(self._tone))
            painter.drawEllipse(QPointF(4 + side / 2, self.height() / 2), 3.5, 3.5)
        left = 4 + side + 6
        rect = QRectF(left, 0, self.width() - left - 6, self.height())
        paint_line(painter, self._theme, rect, self.text(), "small", "text-2", tabular=True)


class _Words(QWidget):
    """One line, at most 260 px, that ends in an ellipsis when it does not fit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._text = theme, ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        self._text = text
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(min(260, self._theme.width("small", self._text) + 2), self._theme.line("small"))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._theme.line("small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_line(QPainter(self), self._theme, QRectF(self.rect()), self._text, "small", "text-2")


class JobStrip(Live, QWidget):
    """The oldest running job: step in words, bar, fraction, time left, cancel. Hidden for the first 300 ms."""

    def __init__(self, theme: Theme, bridge: JobsBridge) -> None:
        super().__init__()
        self._theme, self._bridge = theme, bridge
        self._task: Task[Any] | None = None
        self._arc, self._bar = Arc(theme), ProgressBar()
        self._bar.setFixedWidth(72)
        self._words, self._more = _Words(theme), Label("", "caption", "text-3")
        self._cancel = ToolButton(theme, "x")
        self._cancel.clicked.connect(self.cancel)
        self.setLayout(row(self._arc, self._words, self._bar, self._more, self._cancel, gap=8))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(NOTHING_MS)
        self._wait.timeout.connect(self.refresh)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self.refresh)
        self._seen = False
        self.hide()
        bridge.changed.connect(self._changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the cross; the step's words follow on refresh."""
        self._cancel.set_tip(tr("jobs", "Cancel this job"))
        self.refresh() if self.isVisible() else None

    def cancel(self) -> None:
        """Ask the shown job to stop; its words change at once."""
        if self._task is not None:
            self._task.cancel()
            self.refresh()

    def refresh(self) -> None:
        """Show the oldest running job, or hide."""
        tasks = self._bridge.running()
        self._task = tasks[0] if tasks else None
        if self._task is None:
            self._tick.stop()
            self._seen = False
            self.hide()
            return
        self._seen = True
        self._show(self._task, len(tasks) - 1)
        if not self._tick.isActive():
            self._tick.start()
        self.show()

    def _changed(self, _task: object) -> None:
        if self._seen or not self._bridge.running():
            self.refresh()
        elif not self._wait.isActive():
            self._wait.start()

    def _show(self, task: Task[Any], others: int) -> None:
        words = step_words(task)
        self._words.say(words)
        self.setAccessibleName(words)
        known = task.fraction is not None
        self._bar.setVisible(known)
        self._arc.setVisible(not known)
        self._bar.set_fraction(task.fraction)
        percent = f"{round((task.fraction or 0) * 100)} %" if known else ""
        more = tr("jobs", "+{count}", count=others) if others else ""
        self._more.setText("  ".join(part for part in (percent, time_left(task), more) if part))
        self._more.setVisible(bool(self._more.text()))
        self._cancel.setEnabled(not task.cancelled)


class TopBar(Live, QWidget):
    """Signals: `palette_asked`, `workspace_asked`, `next_asked`, `bell_asked`."""

    palette_asked = Signal()
    workspace_asked = Signal()
    next_asked = Signal()
    bell_asked = Signal()

    def __init__(self, theme: Theme, bridge: JobsBridge | None, workspace: str) -> None:
        super().__init__()
        self._theme = theme
        ground(self, "window")
        self.workspace, self.field = WorkspaceButton(theme), PaletteField(theme)
        self.workspace.setText(workspace)
        self.next, self.bell = NextDelivery(theme), ToolButton(theme, "bell")
        self.jobs = JobStrip(theme, bridge) if bridge is not None else None
        self._says_next: Callable[[], tuple[str, str, str]] | None = None
        self.field.setParent(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(self.workspace)
        layout.addStretch(1)
        for part in (self.jobs, self.next, self.bell):
            if part is not None:
                layout.addWidget(part)
        for button, signal in (
            (self.workspace, self.workspace_asked), (self.field, self.palette_asked),
            (self.next, self.next_asked), (self.bell, self.bell_asked),
        ):  # fmt: skip
            button.clicked.connect(signal)
        QWidget.setTabOrder(self.workspace, self.field)
        self.retranslate()
        self.restyle()

    def set_next(self, words: Callable[[], tuple[str, str, str]] | None) -> None:
        """How to say the trust line: gives (text, tone, icon or ""); asked again on a language change."""
        self._says_next = words
        self._say_next()

    def retranslate(self) -> None:
        """All words of the bar."""
        self.field.setText(tr("window", "Search drafts, commands, accounts…"))
        self.field.setAccessibleName(tr("window", "Search drafts, commands, accounts…"))
        self.workspace.setAccessibleName(tr("window", "Workspace: {name}", name=self.workspace.text()))
        self.bell.set_tip(tr("window", "What happened"))
        self._say_next()

    def restyle(self) -> None:
        """Take the height for the text scale."""
        self.setFixedHeight(self._theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field in the middle."""
        super().resizeEvent(event)
        self._place_field()

    def event(self, event: QEvent) -> bool:
        """Neighbours of the field grew or shrank."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_field()
        return handled

    def _say_next(self) -> None:
        nothing = (tr("window", "Nothing scheduled yet"), "text-3", "circle-dashed")
        self.next.say(*(self._says_next() if self._says_next else nothing))

    def _place_field(self) -> None:
        """In the middle; pushed left, then shortened, when jobs and the next delivery need the room."""
        hint = self.field.sizeHint()
        left_edge = self.workspace.geometry().right() + 16
        shown = [part for part in (self.jobs, self.next) if part is not None and part.isVisible()]
        right_edge = min((part.x() for part in shown), default=self.width() - 60) - 16
        width = max(160, min(hint.width(), right_edge - left_edge))
        left = min((self.width() - width) // 2, right_edge - width)
        self.field.setGeometry(max(left_edge, left), (self.height() - hint.height()) // 2, width, hint.height())
