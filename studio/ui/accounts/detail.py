"""One account up close: what it is, how it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.core.finding import Finding
from studio.core.hold import Hold
from studio.services.words import say
from studio.ui import text
from studio.ui.accounts.health import count, fix, fix_words, worst_first
from studio.ui.accounts.holding import is_own, note_of
from studio.ui.accounts.looks import Look
from studio.ui.i18n import tr
from studio.ui.problems import split
from studio.ui.widgets.base import Live, column, hairline, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.card import Facts
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc, mode_parts
from studio.ui.widgets.note import Note
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.services.accounts import Health
    from studio.ui.theme import Theme

MOST_WIDE = 880
MARKS = {
    "error": ("x", "bad"), "warning": ("triangle-alert", "warn"), "info": ("info", "info"), "good": ("check", "good"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the detail says of one account. server, checked, waiting, ends, pace, quiet: already in words.

    hold   under which it rests, or None
    """

    look: Look
    health: Health
    server: str
    checked: str
    waiting: str = ""
    ends: str = ""
    pace: str = ""
    quiet: str = ""
    hold: Hold | None = None


class _Words(QWidget):
    """A finding: a round mark, its first sentence in bold, the rest below or beside it."""

    def __init__(self, theme: Theme, severity: str, title: str, more: str, source: str) -> None:
        super().__init__()
        self._theme, self._severity = theme, severity
        self._title, self._more, self._source = title, more, source
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{title}. {more}".strip())

    def _left(self) -> float:
        """Where the words begin."""
        return self._theme.icon_size(24) + 14.0

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Mark or words, whichever is higher."""
        inner = max(60, width - self._left())
        high = text.height(self._theme, self._title, "body", inner, 600)
        high += text.height(self._theme, self._more, "small", inner) + 2 if self._more else 0
        high += self._theme.line("caption") if self._source else 0
        return max(self._theme.icon_size(24), high) + 2

    def sizeHint(self) -> QSize:
        """As high as at 400 px."""
        return QSize(400, self.heightForWidth(self.width() if self.width() > 100 else 400))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, side = self._theme, float(self._theme.icon_size(24))
        icon, token = MARKS[self._severity]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{token}-tint"))
        painter.drawEllipse(QPointF(side / 2, side / 2), side / 2, side / 2)
        theme.draw_icon(painter, QRectF(0, 0, side, side), icon, 14, token)
        left = self._left()
        inner = self.width() - left
        top = max(0.0, (side - theme.line("body")) / 2)
        y = text.paint(painter, theme, QRectF(left, top, inner, 999), self._title, "body", "text", 600)
        if self._more:
            y = text.paint(painter, theme, QRectF(left, y + 1, inner, 999), self._more, "small", "text-2")
        if self._source:
            below = QRectF(left, y, inner, theme.line("caption"))
            text.paint_line(painter, theme, below, self._source, "caption", "text-3")


class Icon(QWidget):
    """An icon that stands still beside words."""

    def __init__(self, theme: Theme, icon: str, size: int, token: str) -> None:
        super().__init__()
        self._theme, self._icon, self._size, self._token = theme, icon, size, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        side = self._theme.icon_size(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self._theme.draw_icon(QPainter(self), QRectF(self.rect()), self._icon, self._size, self._token)


class AccountDetail(Live, QWidget):
    """asked(what): "check", "rename", "pace", "hold", "unhold", "remove", "sign_in" or "page"."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._shown: Shown | None = None
        self._busy = False
        self.check = Button(theme, "", icon="refresh-cw")
        self.more = ToolButton(theme, "ellipsis")
        self.check.clicked.connect(lambda: self.asked.emit("check"))
        self.more.clicked.connect(self._menu)
        self._disc = row()
        self.name, self.sub = ElidedLabel("", "title"), ElidedLabel("", "small", "text-2")
        self.facts = Facts(theme)
        self.held = Note(theme, "warning", "")
        self.held.hide()
        self.held.fixed.connect(self.asked.emit)
        self.heading, self.when = Label("", "heading"), Label("", "small", "text-2")
        self.counts = row(gap=12)
        self.fixes: dict[str, Button] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.waiting = Label("", "small", "text-2", wrap=True)
        head = row(self._disc, column(self.name, self.sub, gap=0), 12, self.check, self.more, gap=14)
        head.setStretch(1, 1)
        title = row(self.heading, self.when, None, gap=8)
        title.addLayout(self.counts)
        inner = QWidget()
        inner.setMaximumWidth(theme.px(MOST_WIDE))
        inner.setLayout(column(head, 8, self.held, self.facts, 16, title, self._list, 12, self.waiting, None, gap=8))
        area = ScrollColumn(theme, padding=24)
        area.column.addWidget(inner)
        area.column.addStretch(1)
        self.setLayout(column(area))
        self.retranslate()

    def show_account(self, shown: Shown) -> None:
        """Show this account."""
        self._shown = shown
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """A check is under way."""
        self._busy = busy
        self.check.set_busy(busy)
        self.check.setEnabled(not busy)

    def retranslate(self) -> None:
        """Say everything again."""
        self.check.setText(tr("accounts", "Check again"))
        self.check.updateGeometry()
        self.more.set_tip(tr("accounts", "More"))
        self.heading.setText(tr("accounts", "Health"))
        if self._shown is not None:
            self._say(self._shown)

    def _say(self, shown: Shown) -> None:
        look = shown.look
        clear(self._disc)
        self._disc.addWidget(Disc(self.theme, look.initial, look.colour, 44, look.platform))
        self.name.set_text(look.title)
        self.sub.set_text(look.below)
        mode = mode_parts(self.theme, look.mode)[1]
        self.facts.set_facts([
            (tr("accounts", "Mode"), mode), (tr("accounts", "Server"), shown.server),
            *([(tr("accounts", "Signed in until"), shown.ends)] if shown.ends else []),
            (tr("accounts", "Pace"), shown.pace),
            *([(tr("accounts", "Quiet hours"), shown.quiet)] if shown.quiet else []),
        ])  # fmt: skip
        self.held.setVisible(shown.hold is not None)
        if shown.hold is not None:
            self.held.set_note(note_of(shown.hold, look.id))
        self.waiting.setText(shown.waiting)
        self.waiting.setVisible(bool(shown.waiting))
        self._say_findings(shown)

    def _say_findings(self, shown: Shown) -> None:
        findings = worst_first(shown.health.findings)
        clear(self._list)
        clear(self.counts)
        self.fixes = {}
        for finding in findings:
            self._add(finding)
        if not findings:
            self._list.addWidget(hairline())
            self._list.addLayout(row(self._fine(shown), margins=(0, 12, 0, 12)))
        self._list.addWidget(hairline())
        for severity, tone in (("error", "bad"), ("warning", "warn")):
            if number := count(findings, severity):
                words = (tr("accounts", "%n to fix", n=number) if severity == "error"
                         else tr("accounts", "%n hints", n=number))  # fmt: skip
                self.counts.addWidget(Label(words, "small", tone, weight=600))
        self.when.setText(tr("accounts", "checked {when}", when=shown.checked) if shown.health.at else "")

    def _fine(self, shown: Shown) -> QWidget:
        if shown.look.embedded:
            more = tr("accounts", "It writes into a page on this computer. Nothing leaves it.")
            return _Words(self.theme, "good", tr("accounts", "Ready for practice"), more, "")
        if shown.health.at is None:
            more = tr("accounts", "Check it to see whether the sign-in still holds.")
            return _Words(self.theme, "info", tr("accounts", "Not checked yet"), more, "")
        more = tr("accounts", "The sign-in holds and posts can go out.")
        if shown.hold is not None:
            more = tr("accounts", "The sign-in holds.")
        return _Words(self.theme, "good", tr("accounts", "Nothing to fix"), more, "")

    def _add(self, finding: Finding) -> None:
        title, more = split(say(finding, self.theme.language.code))
        words = _Words(self.theme, finding.severity, title, more, finding.source)
        line = row(words, gap=16, margins=(0, 12, 0, 12))
        line.setStretch(0, 1)
        key = fix(finding)
        if key and key not in self.fixes:
            said, icon = fix_words(key)
            loud = not self.fixes and finding.blocks
            button = Button(self.theme, said, "primary" if loud else "secondary", icon, "small")
            button.clicked.connect(lambda: self.asked.emit(key))
            self.fixes[key] = button
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._list.addWidget(hairline())
        self._list.addLayout(line)

    def _menu(self) -> None:
        from studio.ui.widgets.menu import add, menu

        if self._shown is None:
            return
        found = menu(self)
        add(found, self.theme, tr("accounts", "Rename…"), "pen-line", lambda: self.asked.emit("rename"))
        add(found, self.theme, tr("accounts", "Pace…"), "timer", lambda: self.asked.emit("pace"))
        if is_own(self._shown.hold, self._shown.look.id):
            add(found, self.theme, tr("accounts", "End the hold"), "circle-play", lambda: self.asked.emit("unhold"))
        else:
            add(found, self.theme, tr("accounts", "Hold…"), "circle-pause", lambda: self.asked.emit("hold"))
        if not self._shown.look.embedded:
            add(found, self.theme, tr("accounts", "Sign in again…"), "log-in", lambda: self.asked.emit("sign_in"))
            found.addSeparator()
            add(found, self.theme, tr("accounts", "Remove…"), "trash-2", lambda: self.asked.emit("remove"), danger=True)
        found.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and away."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
