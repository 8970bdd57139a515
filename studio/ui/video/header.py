"""The row above the work: which video this is and whether it is saved, proxies on their way, its post, Export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import Label
from studio.ui.widgets.progress import Arc

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HIGH = 40
MOST = 240  # px of a name


class Quiet(QAbstractButton):
    """Words with an icon, boxed only under the mouse."""

    def __init__(self, theme: Theme, before: str = "", after: str = "", weight: int = 500) -> None:
        super().__init__()
        self._theme, self._before, self._after, self._weight = theme, before, after, weight
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 6)

    def set_words(self, words: str) -> None:
        self.setText(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icons = (bool(self._before) + bool(self._after)) * self._theme.icon_size(20)
        wide = min(MOST, self._theme.width("small", self.text(), self._weight) + 2)
        return QSize(wide + icons + 16, self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, theme = QPainter(self), QRectF(self.rect()), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("press" if self.isDown() else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        side, left = theme.icon_size(14), 8.0
        if self._before:
            theme.draw_icon(painter, QRectF(left, 0, side, rect.height()), self._before, 14, "text-2")
            left += theme.icon_size(20)
        right = rect.right() - 8 - (theme.icon_size(20) if self._after else 0)
        place = QRectF(left, 0, right - left, rect.height())
        paint_line(painter, theme, place, self.text(), "small", "text", self._weight)
        if self._after:
            theme.draw_icon(painter, QRectF(rect.right() - 8 - side, 0, side, rect.height()), self._after, 14, "text-2")


class Header(Live, QWidget):
    """menu_asked(): at the name. post_asked(), attach_asked(): the post, or to choose one. export_asked()."""

    menu_asked = Signal()
    post_asked = Signal()
    attach_asked = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._post, self._saved = "", True
        self.project, self.saved = Quiet(theme, after="chevrons-up-down", weight=600), Label("", "small", "text-3")
        self.arc, self.proxy = Arc(theme), Label("", "small", "text-2")
        self.post = Quiet(theme, before="paperclip")
        self.export = Button(theme, "", "primary", "file-output", "small")
        self.setLayout(row(
            self.project, self.saved, None, self.arc, self.proxy, self.post, self.export, gap=8, margins=(8, 0, 12, 0),
        ))  # fmt: skip
        self.project.clicked.connect(self.menu_asked)
        self.post.clicked.connect(self._post_pressed)
        self.export.clicked.connect(self.export_asked)
        self.show_proxy(None, 0)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Set every text."""
        self.export.setText(tr("video", "Export"))
        self.export.updateGeometry()
        self.show_saved(self._saved)
        self.show_post(self._post)

    def restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HIGH))

    def show_name(self, words: str) -> None:
        self.project.set_words(words or tr("video", "Untitled video"))
        name(self.project, tr("video", "Video: {name}", name=self.project.text()))

    def show_saved(self, saved: bool) -> None:
        self._saved = saved
        done, going = tr("video", "Saved"), tr("video", "Saving…")
        self.saved.setText(done if saved else going)
        self.saved.setMinimumWidth(max(self._theme.width("small", words) for words in (done, going)) + 2)

    def show_post(self, heading: str) -> None:
        """The post this video is for; "" for none."""
        self._post = heading
        self.post.set_words(heading or tr("video", "Attach to post…"))

    def show_proxy(self, fraction: float | None, left: int, _source: str = "") -> None:
        """left: how many films still get one; fraction: of the one being made."""
        for part in (self.arc, self.proxy):
            part.setVisible(left > 0)
        per_cent = round((fraction or 0.0) * 100)
        self.proxy.setText(tr("video", "Proxy {percent} %", percent=per_cent))

    def _post_pressed(self) -> None:
        asked = self.post_asked if self._post else self.attach_asked
        asked.emit()
