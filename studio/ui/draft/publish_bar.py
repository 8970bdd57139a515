"""The bar at the foot: where it goes, whether it may, and the one button that sends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from studio.core.finding import blocking
from studio.ui.draft.open_post import AccountView, Snapshot
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, dress, ground, hairline, row
from studio.ui.widgets.button import Button, Link, ToolButton
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import paint_verdict

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HEIGHT, DISC = 60, 28
KIT_FROM: Final = 1040  # px of bar from which the kit's button has its words
MOST: Final = 8  # discs shown; the rest is counted


class VerdictDisc(QAbstractButton):
    """A platform's disc with what the checks say of it; a click opens its tab."""

    def __init__(self, theme: Theme, view: AccountView) -> None:
        super().__init__()
        self._theme = theme
        self._look: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", 16)
        self.show_view(view)

    def show_view(self, view: AccountView) -> None:
        """Another verdict; the same one changes nothing that is seen."""
        self.view = view
        look = (view.verdict, view.account, self._theme.language.code)
        if look == self._look:
            return
        self._look = look
        words = {
            "good": tr("draft", "ready"), "warn": tr("draft", "ready, with hints"),
            "bad": tr("draft", "something must be changed first"), "waiting": tr("draft", "ready for your hand"),
        }[view.verdict]  # fmt: skip
        name = view.account.name or view.info.name.say(self._theme.language.code)
        self.setAccessibleName(f"{name}, {words}")
        self.setToolTip(f"{name}: {words}")
        self.update()

    def sizeHint(self) -> QSize:
        """A 28 px disc and its verdict."""
        side = self._theme.icon_size(DISC)
        return QSize(side + 8, side + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and verdict."""
        painter = QPainter(self)
        side = self._theme.icon_size(DISC)
        disc = QRectF(0, 4, side, side)
        info, language = self.view.info, self._theme.language.code
        initial = info.initial.get(language) or info.initial.get("en", "?")
        self._theme.draw_disc(painter, disc, initial, info.colour)
        paint_verdict(painter, self._theme, disc, self.view.verdict)


class IconLine(QWidget):
    """An icon before words, in one tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon, self._tone = theme, "", "text-2"
        self._said = ("", "", "")
        self.words = ElidedLabel("", "small", "text-2", weight=600)
        self.setLayout(row(self.words, margins=(theme.icon_size(14) + 6, 0, 0, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, icon: str, tone: str, text: str) -> None:
        """Shows this."""
        if (icon, tone, text) == self._said:
            return
        self._said = (icon, tone, text)
        self._icon, self._tone = icon, tone
        self.words.set_text(text)
        dress(self.words, tone=tone)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon."""
        if self._icon:
            painter = QPainter(self)
            self._theme.draw_icon(painter, QRectF(0, 0, 14, self.height()), self._icon, 14, self._tone)


class PublishBar(Live, QWidget):
    """tab_wanted(account id), accounts_wanted, schedule_wanted, publish_wanted, stop_wanted, kit_wanted."""

    tab_wanted = Signal(str)
    accounts_wanted = Signal()
    schedule_wanted = Signal()
    publish_wanted = Signal()
    stop_wanted = Signal()
    kit_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._views: tuple[AccountView, ...] = ()
        self._discs: list[VerdictDisc] = []
        self._sending = ""
        self._locked = ""
        self._stands: tuple[str, str, bool, bool] | None = None
        self.more = Label("", "caption", "text-2")
        self.add = ToolButton(theme, "plus")
        self.line = IconLine(theme)
        self.stop = Link(theme, "", tall=True)
        self.kit = Button(theme, "", "quiet", "package", "bar")
        self.schedule = Button(theme, "", "secondary", "calendar-clock", "bar")
        self.publish = Button(theme, "", "primary", "send", "bar", key="Ctrl ↵")
        self._row = QHBoxLayout()
        self._build()
        self.retranslate()

    @property
    def ready(self) -> tuple[AccountView, ...]:
        """The accounts that nothing blocks: where Publish goes."""
        return tuple(v for v in self._views if not blocking(v.findings))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Discs, sentence and number of what is now."""
        self._views = snapshot.views
        self._show_discs()
        self._say()

    def lock(self, reason: str) -> None:
        """Nothing can be sent, and why; "" unlocks."""
        self._locked = reason
        self._say()

    def show_sending(self, step: str) -> None:
        """What is being sent now, in words; "" when nothing is."""
        self._sending = step
        self._say()

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ground(self, "surface")
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._row.setSpacing(10)
        divider = hairline(vertical=True)
        divider.setFixedHeight(24)
        line = row(
            self._row, self.more, self.add, divider, 2, self.line, self.stop, self.kit, self.schedule, self.publish,
            gap=10, margins=(24, 0, 16, 0),
        )  # fmt: skip
        line.setStretch(line.indexOf(self.line), 1)
        self.setLayout(line)
        self.stop.hide()
        self.add.clicked.connect(self.accounts_wanted)
        self.kit.clicked.connect(self.kit_wanted)
        self.schedule.clicked.connect(self.schedule_wanted)
        self.publish.clicked.connect(self.publish_wanted)
        self.stop.clicked.connect(self.stop_wanted)

    def _show_discs(self) -> None:
        shown = self._views[:MOST]
        if [d.view.account.id for d in self._discs] == [v.account.id for v in shown]:
            for disc, view in zip(self._discs, shown, strict=True):
                if disc.view != view:
                    disc.show_view(view)
        else:
            self._rebuild(shown)
        rest = len(self._views) - len(shown)
        self.more.setText(f"+{rest}" if rest else "")
        self.more.setVisible(bool(rest))

    def _rebuild(self, shown: Sequence[AccountView]) -> None:
        for old in self._discs:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._discs = []
        for view in shown:
            disc = VerdictDisc(self._theme, view)
            disc.clicked.connect(lambda _=False, d=disc: self.tab_wanted.emit(d.view.account.id))
            self._row.addWidget(disc)
            self._discs.append(disc)

    def _say(self) -> None:
        number, reason = len(self.ready), self._reason()
        self.line.say(*self._sentence())
        text = tr("draft", "Publish to %n", n=number) if number else tr("draft", "Publish")
        state = (text, reason, bool(self._sending), bool(self._views))
        if state == self._stands:
            return
        self._stands = state
        self.stop.setVisible(bool(self._sending))
        self.publish.set_busy(bool(self._sending))
        self.publish.setText(text)
        self.publish.updateGeometry()
        self.publish.why_not(reason)
        self.schedule.why_not(self._locked or ("" if self._views else reason))
        self.kit.why_not("" if self._views else tr("draft", "Choose an account first: the plus at the left"))
        self._say_kit()
        for button, keys in ((self.publish, "Ctrl+Return"), (self.schedule, "Ctrl+Shift+Return")):
            if button.isEnabled():
                words = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
                button.setToolTip(f"{button.text()}  {words}")

    def _reason(self) -> str:
        """Why nothing can be published now, "" when it can."""
        if self._locked:
            return self._locked
        if self._sending:
            return tr("draft", "It is being sent right now")
        if not self._views:
            return tr("draft", "Choose an account first: the plus at the left")
        if not self.ready:
            return tr("draft", "Every account has something that must be changed first; see the notes beside the text")
        return ""

    def _sentence(self) -> tuple[str, str, str]:
        """(icon, tone, words) of the one thing to know."""
        if self._sending:
            return "circle-arrow-up", "info", self._sending
        if self._locked:
            return "lock", "text-2", self._locked
        if not self._views:
            return "circle-dashed", "text-2", tr("draft", "No account chosen yet")
        blocked = [v for v in self._views if blocking(v.findings)]
        if blocked:
            return "circle-alert", "bad", self._blocked(blocked)
        hints = sum(1 for v in self._views for f in v.findings if f.severity == "warning")
        ready = tr("draft", "Ready for %n accounts", n=len(self._views))
        if hints:
            left = tr("draft", "%n hints left", n=hints)
            return "circle-check", "good", tr("draft", "{one}, {other}", one=ready, other=left)
        return "circle-check", "good", ready

    def _blocked(self, views: list[AccountView]) -> str:
        language = self._theme.language.code
        name = views[0].info.name.say(language)
        count = len(blocking(views[0].findings))
        first = tr("draft", "{platform}: %n things to change first", n=count, platform=name)
        others = len(self._views) - len(views)
        return first + (tr("draft", "; the other %n can go", n=others) if others else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence has the room first: where it is short, the kit is an icon with its name as tool tip."""
        super().resizeEvent(event)
        self._say_kit()

    def _say_kit(self) -> None:
        words = tr("draft", "Export kit")
        self.kit.setText(words if self.width() >= self._theme.px(KIT_FROM) else "")
        self.kit.setAccessibleName(words)
        if self.kit.isEnabled():
            self.kit.setToolTip("" if self.kit.text() else words)
        self.kit.updateGeometry()

    def restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def retranslate(self) -> None:
        self.add.set_tip(tr("draft", "Choose accounts"))
        self._say_kit()
        self.schedule.setText(tr("draft", "Schedule…"))
        self.schedule.updateGeometry()
        self.stop.setText(tr("draft", "Stop"))
        self.stop.updateGeometry()
        for disc in self._discs:
            disc.show_view(disc.view)
        self._say()
