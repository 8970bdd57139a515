"""The preview column: every account's card, live, under a caption that says what it shows and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from studio.core.post import Account, Post
from studio.ui.i18n import tr
from studio.ui.preview.frame import Frame, Look
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.pictures import Pictures
from studio.ui.widgets.base import Live, column, ground, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.core.card import Theme as CardTheme
    from studio.services.accounts import Accounts
    from studio.services.previews import Previews
    from studio.ui.theme import Theme

EDGE: Final = 20
GAP: Final = 16
TWO_FROM: Final = 640  # px of column from which cards stand two abreast


class PreviewView(Live, QWidget):
    """`show_post(post, accounts, chosen)` after each edit; only cards on the screen are laid out.

    picked   the account whose card was clicked
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, previews: Previews, accounts: Accounts, pictures: Pictures) -> None:
        super().__init__()
        self._theme, self._previews, self._accounts, self._pictures = theme, previews, accounts, pictures
        self._post: Post | None = None
        self._shown: tuple[Account, ...] = ()
        self._chosen = ""
        self._dark: bool | None = None
        self._frames: dict[str, Frame] = {}
        self._look: Look | None = None
        self.title = Label("", "heading")
        self.scope = Segments(theme, [("all", ""), ("one", "")])
        self.shade = ToolButton(theme, "sun")
        self.area = QScrollArea()
        self.inner = QWidget()
        self.grid = QGridLayout(self.inner)
        self.empty = Label("", "small", "text-2", wrap=True)
        self._build()
        self.retranslate()

    # what is shown ---------------------------------------------------------------------------------------------

    def show_post(self, post: Post | None, accounts: Sequence[Account], chosen: str = "") -> None:
        """Shows `post` as each of `accounts` gets it. chosen: the account of "One", "" for the first."""
        same = tuple(accounts) == self._shown and chosen == self._chosen
        self._post, self._shown, self._chosen = post, tuple(accounts), chosen
        if not same:
            self._arrange()
        self.refresh()

    def refresh(self) -> None:
        """Lays out again what changed and is visible."""
        if self._post is None or not self.isVisible():
            return
        start = self.area.verticalScrollBar().value()
        end, y = start + self.area.viewport().height(), 0
        frames, (columns, _) = self._standing(), self._columns()
        for first in range(0, len(frames), columns):
            line = frames[first : first + columns]
            tall = max(frame.tall() for frame in line)
            if y + tall >= start and y <= end:
                for frame in line:
                    frame.show_post(self._post)
            y += max(frame.tall() for frame in line) + GAP

    def reveal(self, account_id: str) -> None:
        """Scrolls to the card of an account."""
        if frame := self._frames.get(account_id):
            QTimer.singleShot(0, frame, lambda: self.area.verticalScrollBar().setValue(frame.y()))

    @property
    def card_theme(self) -> CardTheme:
        """The theme of the cards: the window's until the person chose."""
        dark = self._theme.dark if self._dark is None else self._dark
        return "dark" if dark else "light"

    def frames(self) -> list[Frame]:
        """The cards in order, for tests and for scrolling to one."""
        return self._standing()

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ground(self, "window")
        ground(self.inner, "none")
        ground(self.area.viewport(), "none")
        self.area.setWidget(self.inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        overlay_bars(self._theme, self.area)
        self.grid.setContentsMargins(EDGE, 0, EDGE, EDGE)
        self.grid.setHorizontalSpacing(GAP)
        self.grid.setVerticalSpacing(GAP)
        self.empty.setContentsMargins(EDGE, 8, EDGE, 8)
        head = row(self.title, None, self.scope, self.shade, gap=8, margins=(EDGE, 0, EDGE - 6, 0))
        self._head = QWidget()
        self._head.setLayout(head)
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head.setFixedHeight(self._theme.px(52))
        self.setLayout(column(self._head, self.empty, self.area, gap=0))
        self.scope.chosen.connect(self._arrange)
        self.shade.clicked.connect(self._turn)
        self.area.verticalScrollBar().valueChanged.connect(self.refresh)
        self._pictures.changed.connect(self._picture_came)
        self._theme.changed.connect(self._relook)

    def _standing(self) -> list[Frame]:
        return [self._frames[a.id] for a in self._wanted() if a.id in self._frames]

    def _wanted(self) -> tuple[Account, ...]:
        if self.scope.value == "all" or not self._shown:
            return self._shown
        chosen = [a for a in self._shown if a.id == self._chosen]
        return tuple(chosen or self._shown[:1])

    def _arrange(self, _: str = "") -> None:
        """Frames for the accounts that are shown now; others wait, hidden, with what they know."""
        wanted = self._wanted()
        keep = {a.id for a in self._shown}
        for id in [id for id in self._frames if id not in keep]:
            self._frames.pop(id).deleteLater()
        for frame in self._frames.values():
            self.grid.removeWidget(frame)
            frame.hide()
        columns, width = self._columns()
        for number, account in enumerate(wanted):
            frame = self._frame(account)
            frame.fit(width)
            top = Qt.AlignmentFlag.AlignTop
            self.grid.addWidget(frame, number // columns, number % columns, top)
            frame.show()
        for line in range(self.grid.rowCount()):
            self.grid.setRowStretch(line, 0)
        self.grid.setRowStretch(self.grid.rowCount(), 1)
        self.empty.setVisible(not wanted)
        QTimer.singleShot(0, self, self.refresh)

    def _columns(self) -> tuple[int, int]:
        room = max(120, self.area.viewport().width() - 2 * EDGE)
        columns = 2 if room >= TWO_FROM - 2 * EDGE and len(self._wanted()) > 1 else 1
        return columns, (room - (columns - 1) * GAP) // columns

    def _frame(self, account: Account) -> Frame:
        frame = self._frames.get(account.id)
        if frame is None or frame.account != account:
            if frame is not None:
                frame.deleteLater()
            info = self._accounts.platform(account.platform)
            frame = Frame(self._theme, self._previews, account, info, self._now_look(), self._pictures)
            frame.picked.connect(self.picked)
            frame.relaid.connect(self.refresh)
            self._frames[account.id] = frame
        return frame

    def _now_look(self) -> Look:
        if self._look is None:
            metrics = QtMetrics(self._theme.fonts.families(self._theme.language.code))
            self._look = Look(metrics, self.card_theme, self._theme.language.code, date.today())
        return self._look

    def _relook(self) -> None:
        self._look = None
        self.shade.set_icon("moon" if self.card_theme == "dark" else "sun")
        for frame in self._frames.values():
            frame.set_look(self._now_look())
        self.refresh()

    def _turn(self) -> None:
        self._dark = self.card_theme != "dark"
        self._relook()

    def _picture_came(self, media: str) -> None:
        for frame in self._standing():
            frame.picture_came(media)

    def retranslate(self) -> None:
        self.title.setText(tr("preview", "Preview"))
        self.scope.set_texts({"all": tr("preview", "All"), "one": tr("preview", "One")})
        self.shade.set_tip(tr("preview", "Light or dark cards"))
        self.empty.setText(tr("preview", "Choose an account to see how the post will look there."))
        self.area.setAccessibleName(tr("preview", "Preview"))
        self._look = None
        for frame in self._frames.values():
            frame.set_look(self._now_look())
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards follow the column's width."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden."""
        super().showEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        """A phone and its margins."""
        return QSize(416, 600)

