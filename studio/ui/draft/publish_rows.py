"""The rows of the publish sheet: check, disc, names, mode, what is sent and one remark, whose clock, its own time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, QTime, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from studio.ui.draft.publish_plan import Line, Said, summary
from studio.ui.draft.row_painter import middle_part
from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.widgets.base import column, ground, hairline, name, row
from studio.ui.widgets.button import Link, ToolButton
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc, ModeBadge
from studio.ui.widgets.stepper import TimeField

if TYPE_CHECKING:
    from studio.ui.draft.open_post import AccountView
    from studio.ui.draft.publish_plan import Group
    from studio.ui.preview.pictures import Pictures
    from studio.ui.theme import Theme

ROW: Final = 58
COVER: Final = 48
GAP: Final = 12


class Cover(QWidget):
    """The post's first picture, 48 px."""

    def __init__(self, theme: Theme, pictures: Pictures, media: str) -> None:
        super().__init__()
        self._theme, self._pictures, self._media = theme, pictures, media
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pictures.changed.connect(lambda _: self.update())

    def sizeHint(self) -> QSize:
        return QSize(COVER + 6, COVER)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, place, clip = QPainter(self), QRectF(0, 0, COVER, COVER), QPainterPath()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        clip.addRoundedRect(place, 6, 6)
        painter.setClipPath(clip)
        painter.fillRect(place, self._theme.color("press"))
        if (image := self._pictures.get(self._media, 120)) is not None:
            painter.drawImage(place, image, middle_part(image))


class Sum(QWidget):
    """What one account gets, and below it one remark with its fix. fixed(key): the fix was chosen."""

    fixed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._first = theme, ""
        self.said = Said("", "text-2", "")
        self.link = Link(theme, "")
        self.link.setParent(self)
        self.link.clicked.connect(lambda: self.fixed.emit(self.said.fix[0]) if self.said.fix else None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_said(self, first: str, said: Said) -> None:
        """Say this; nothing moves."""
        self._first, self.said = first, said
        self.link.setText(said.fix[1] if said.fix else "")
        self.link.setVisible(said.fix is not None)
        self.setAccessibleName(f"{first}. {said.text}")
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, 2 * self._theme.line("small"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _left(self) -> int:
        return self._theme.icon_size(14) + 6

    def _room(self) -> int:
        """Width left for the remark's words; the link is never cut."""
        taken = self.link.sizeHint().width() + 10 if self.said.fix else 0
        return max(0, self.width() - self._left() - taken)

    def _place(self) -> None:
        line, hint = self._theme.line("small"), self.link.sizeHint()
        used = min(self._room(), self._theme.width("small", self.said.text) + 1)
        left = min(self._left() + used + 10, max(0, self.width() - hint.width()))
        self.link.setGeometry(left, self.height() // 2, hint.width(), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = QPainter(self), self._theme.line("small")
        middle, side = self.height() / 2, self._theme.icon_size(14)
        paint_line(painter, self._theme, QRectF(0, middle - line, self.width(), line), self._first, "small", "text-2")
        if self.said.icon and self._room() > 0:
            self._theme.draw_icon(painter, QRectF(0, middle, side, line), self.said.icon, 14, self.said.tone)
            place = QRectF(self._left(), middle, self._room(), line)
            paint_line(painter, self._theme, place, self.said.text, "small", self.said.tone)


class OwnTime(QWidget):
    """An account's own time of day; the sheet's until the person changes it. changed: it was changed here."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.own = False
        self.field = TimeField(theme)
        self.field.setFixedHeight(theme.px(32))
        self.back = ToolButton(theme, "rotate-ccw", tr("draft", "Back to the sheet’s time"))
        keep = self.back.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(keep)
        self.back.hide()
        self.setLayout(row(self.back, self.field, gap=4))
        self._sheet = self.field.time()
        self.field.timeChanged.connect(self._changed)
        self.back.clicked.connect(self.reset)

    def follow(self, time: QTime) -> None:
        """The sheet has another time."""
        self._sheet = time
        if not self.own:
            self._put(time)

    def set_own(self, time: QTime) -> None:
        """As the person would."""
        self.field.setTime(time)

    def reset(self) -> None:
        """The sheet's time again."""
        self._keep(False)
        self._put(self._sheet)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _put(self, time: QTime) -> None:
        self.field.blockSignals(True)
        self.field.setTime(time)
        self.field.blockSignals(False)

    def _changed(self, time: QTime) -> None:
        self._keep(time != self._sheet)
        self.changed.emit()

    def _keep(self, own: bool) -> None:
        self.own = own
        self.back.setVisible(own)


class AccountRow(QWidget):
    """changed: its check, clock or time changed. fixed(key): the link of its remark.

    wanted   what the person ticked; None while they did not touch it
    hurry    now, without waiting for the account's pace
    divided  a line above it
    ahead    the platform's own timer sends it
    """

    changed = Signal()
    fixed = Signal(str)

    def __init__(self, theme: Theme, view: AccountView) -> None:
        super().__init__()
        self._theme, self.view = theme, view
        self.line = Line(view)
        self.wanted: bool | None = None
        self.hurry = False
        self.check = QCheckBox()
        self.sum, self.time = Sum(theme), OwnTime(theme)
        self.clock = ToolButton(theme, "server", checkable=True)
        keep = self.clock.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.clock.setSizePolicy(keep)
        self.divided = False
        self._build(view)
        self.check.clicked.connect(self._ticked)
        self.clock.clicked.connect(self.changed)
        self.time.changed.connect(self.changed)
        self.sum.fixed.connect(self.fixed)

    @property
    def ticked(self) -> bool:
        """Whether it goes."""
        return self.check.isChecked()

    @property
    def ahead(self) -> bool:
        """Whether the platform's own timer sends it."""
        return self.clock.isChecked() and self.can_ahead

    @property
    def can_ahead(self) -> bool:
        """Whether the platform's timer takes it at this time."""
        return not self.clock.isHidden() and self.clock.isEnabled()

    def set_ahead(self, on: bool) -> None:
        """As the person would."""
        if self.can_ahead and on != self.clock.isChecked():
            self.clock.click()

    def show_line(self, line: Line) -> Group:
        """What is known of the account now; gives the group where the row stands."""
        self.line, self.view = line, line.view
        self.mode.set_mode(line.view.content.mode)
        on = not line.blocked and (self.wanted if self.wanted is not None else not line.live)
        self.check.setChecked(on)
        self.check.setEnabled(not line.blocked)
        self.time.setVisible(line.at is not None)
        self.time.setEnabled(on)
        return line.group(on)

    def offer_clock(self, there: bool, why_not: str) -> None:
        """there: the platform has a timer. why_not: why it cannot take this one, "" when it can."""
        self.clock.setVisible(there)
        self.clock.setEnabled(not why_not)
        self.clock.set_tip(why_not or tr("draft", "Let the platform’s own clock send it"))

    def say(self, said: Said, everything: str) -> None:
        """The remark; `everything` that was found is its tool tip."""
        first = summary(self.view)
        if self.ahead and said.fix != ("here", tr("draft", "Use this computer’s")):
            first = tr("draft", "{one}, {other}", one=first, other=tr("draft", "the platform’s clock"))
        self.sum.show_said(first, said)
        self.sum.setToolTip(everything or said.text)
        self.check.setToolTip("" if self.check.isEnabled() else said.text)
        self.check.setAccessibleDescription(said.text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line above, between two rows of a group."""
        if self.divided:
            QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.color("line"))

    def _ticked(self, on: bool) -> None:
        self.wanted = on
        self.changed.emit()

    def _build(self, view: AccountView) -> None:
        theme, language = self._theme, self._theme.language.code
        platform = view.info.name.say(language)
        name(self.check, view.account.name or platform)
        name(self.time.field, tr("draft", "Time for {name}", name=view.account.name or platform))
        initial = view.info.initial.get(language) or view.info.initial.get("en", "?")
        holder = QWidget()
        holder.setLayout(column(None, *_names(view, platform), None, gap=0))
        holder.setFixedWidth(round(150 * min(1.5, theme.scale)))
        self.badge, self.mode = QWidget(), ModeBadge(theme, view.content.mode)
        self.badge.setLayout(row(self.mode, None, gap=0))
        line = row(
            self.check, Disc(theme, initial, view.info.colour, 24), holder, self.badge, self.sum, self.clock,
            self.time, gap=GAP, margins=(24, 0, 24, 0),
        )  # fmt: skip
        line.setStretch(4, 1)
        self.setLayout(line)
        self.setFixedHeight(theme.px(ROW))


def align(rows: Sequence[AccountRow]) -> None:
    """What stands after the badges begins at the same place in each row."""
    widest = max((line.mode.sizeHint().width() for line in rows), default=0)
    for line in rows:
        line.badge.setFixedWidth(widest)


def _names(view: AccountView, platform: str) -> list[QWidget]:
    under = view.account.handle or (view.account.name if view.account.name != platform else "")
    if view.info.embedded:
        under = tr("draft", "Page on this computer")
    first = ElidedLabel(platform, "body", weight=500)
    return [first, ElidedLabel(under, "small", "text-2")] if under else [first]


class GroupHead(QWidget):
    """A line above a group: its name, how many, a note at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        ground(self, "sunken")
        self.title = Label("", "small", weight=600)
        self.count = Label("", "small", "text-2")
        self.note = ElidedLabel("", "small", "text-2")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        inner = QWidget()
        line = row(self.title, self.count, self.note, margins=(24, 0, 24, 0))
        line.setStretch(2, 1)
        inner.setLayout(line)
        inner.setFixedHeight(theme.px(34))
        self.setLayout(column(hairline(), inner, hairline(), gap=0))

    def say(self, title: str, count: str, note: str) -> None:
        """Its words."""
        self.title.setText(title)
        self.count.setText(count)
        self.note.set_text(note)
