"""The preview column: every account's card, live, under a caption that says what it shows and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QSizePolicy, QWidget

from studio.core.card import Box
from studio.core.post import Account, Post
from studio.ui.actions import Action
from studio.ui.i18n import tr
from studio.ui.preview.columns import EDGE, Columns
from studio.ui.preview.commands import commands, looks
from studio.ui.preview.frame import Frame, Others, Wish
from studio.ui.preview.look import AUTO, KEY, SIZES, Chosen, Look
from studio.ui.preview.menus import card_menu, device_menu, theme_menu
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.pointing import Pointing
from studio.ui.preview.saving import Saver
from studio.ui.preview.scaled import Scaled
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
    from studio.ui.widgets.splitter import SettingsStore


class PreviewView(Live, QWidget):
    """`show_post(post, accounts, chosen)` after each edit; only cards on the screen are laid out.

    picked   the account whose card was clicked     more   actions that others add to a card's menu
    framed   (Frame) a card that is new here
    """

    picked = Signal(str)
    framed = Signal(object)

    def __init__(
        self, theme: Theme, previews: Previews, accounts: Accounts, pictures: Pictures,
        state: SettingsStore | None = None, others: Others | None = None,
    ) -> None:
        super().__init__()
        self.theme, self._previews, self._accounts, self._pictures = theme, previews, accounts, pictures
        self._state, self._others = state, others
        self.chosen = Chosen.read(state.get(KEY, {}) if state else {})
        self.more: list[Action] = []
        self.post: Post | None = None
        self._shown: tuple[Account, ...] = ()
        self._account = ""
        self._frames: dict[str, Frame] = {}
        self._current = ""
        self._laying = False
        self._look: Look | None = None
        self._scaled = Scaled()
        self.saver = Saver(self, theme, previews, pictures, state)
        self.title = Label("", "heading")
        self.scope = Segments(theme, [("all", ""), ("one", "")])
        self.device = ToolButton(theme, "smartphone")
        self.shade = ToolButton(theme, "sun")
        self.keep = ToolButton(theme, "image-down")
        self.area = QScrollArea()
        self.inner = Columns()
        self.empty = Label("", "small", "text-2", wrap=True)
        self.pointing = Pointing(theme, self, self.area)
        self._build()
        self._wire()
        self.retranslate()

    # what is shown ---------------------------------------------------------------------------------------------

    def show_post(self, post: Post | None, accounts: Sequence[Account], chosen: str = "") -> None:
        """Shows `post` as each of `accounts` gets it. chosen: the account of "One", "" for the first."""
        same = tuple(accounts) == self._shown and chosen == self._account
        self.post, self._shown, self._account = post, tuple(accounts), chosen
        if not same:
            self._arrange()
        self.refresh()

    def refresh(self) -> None:
        """Lays out again what changed and is visible."""
        if self.post is None or not self.isVisible() or self._laying:
            return
        self._laying = True
        try:
            self._lay_out(self.post)
        finally:
            self._laying = False

    def reveal(self, account_id: str) -> None:
        """Scrolls to the card of an account."""
        if frame := self._frames.get(account_id):
            self._current = account_id
            QTimer.singleShot(0, frame, lambda: self.area.verticalScrollBar().setValue(frame.y()))

    @property
    def card_theme(self) -> CardTheme:
        """The theme of the cards: the window's until the person chose."""
        dark = self.theme.dark if self.chosen.theme == AUTO else self.chosen.theme == "dark"
        return "dark" if dark else "light"

    def frames(self) -> list[Frame]:
        """The cards in order, for tests and for scrolling to one."""
        return [self._frames[a.id] for a in self._wanted() if a.id in self._frames]

    def current(self) -> Frame | None:
        """The card that commands act on: the one used last, else the first that is seen."""
        every = self.frames()
        used = [frame for frame in every if frame.account.id == self._current]
        return next(iter(used or self._seen() or every), None)

    def widths(self) -> list[int]:
        """The device widths of the surfaces that are shown, px."""
        return sorted({width for frame in self.frames() for width in frame.surface.widths})

    # what is chosen --------------------------------------------------------------------------------------------

    def choose(self, **changes: Any) -> None:
        """Another theme, language, width, text size, scale, or fold, for all cards; remembered."""
        before, self.chosen = self.chosen, replace(self.chosen, **changes)
        self.chosen.keep(self._state)
        if before.scope != self.chosen.scope:
            self.scope.set_value(self.chosen.scope)
            self._arrange()
        if before.unfolded != self.chosen.unfolded:
            for frame in self._frames.values():
                frame.set_wish(replace(frame.wish, unfolded=self.chosen.unfolded))
        self._relook()

    def other_scope(self) -> None:
        """All cards, or one large."""
        self.choose(scope="one" if self.chosen.scope == "all" else "all")

    def other_fold(self) -> None:
        """The whole text of every card, or as the platform folds it."""
        self.choose(unfolded=not self.chosen.unfolded)

    def other_theme(self) -> None:
        """Dark cards for light ones."""
        self.choose(theme="light" if self.card_theme == "dark" else "dark")

    def step_text(self, step: int) -> None:
        """The next larger or smaller text."""
        here = SIZES.index(self.chosen.text) + step
        self.choose(text=SIZES[min(len(SIZES) - 1, max(0, here))])

    def next_surface(self) -> None:
        """The next surface of the current card's platform."""
        if (frame := self.current()) is not None:
            every = frame.surfaces()
            after = every[(every.index(frame.surface) + 1) % len(every)]
            frame.set_wish(Wish(after, frame.wish.unfolded))

    def commands(self) -> list[Action]:
        """For the window's keys and palette."""
        return [*commands(self), *looks(self), *self.more]

    # inside: the frame of it -----------------------------------------------------------------------------------

    def _build(self) -> None:
        ground(self, "window")
        ground(self.inner, "none")
        ground(self.area.viewport(), "none")
        self.area.setWidget(self.inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        overlay_bars(self.theme, self.area)
        self.empty.setContentsMargins(EDGE, 8, EDGE, 8)
        self.scope.set_value(self.chosen.scope)
        tools = row(self.device, self.shade, self.keep, gap=4)
        head = row(self.title, None, self.scope, tools, gap=8, margins=(EDGE, 0, EDGE - 6, 0))
        self._head = QWidget()
        self._head.setLayout(head)
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head.setFixedHeight(self.theme.px(52))
        self.setLayout(column(self._head, self.empty, self.area, gap=0))

    def _wire(self) -> None:
        self.scope.chosen.connect(lambda scope: self.choose(scope=scope))
        self.device.clicked.connect(lambda: self._open(device_menu, self.device))
        self.shade.clicked.connect(lambda: self._open(theme_menu, self.shade))
        self.keep.clicked.connect(lambda: self._open(_card_menu_of_current, self.keep))
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._pictures.changed.connect(self._picture_came)
        self.theme.changed.connect(self._relook)

    def _open(self, make: Callable[[PreviewView, QWidget], QMenu], button: QWidget) -> None:
        """A menu below its button, its right edges in line."""
        made = make(self, self)
        made.aboutToHide.connect(made.deleteLater)
        left = button.width() - made.sizeHint().width()
        made.popup(button.mapToGlobal(QPoint(left, button.height() + 2)))

    # inside: the cards -----------------------------------------------------------------------------------------

    def _wanted(self) -> tuple[Account, ...]:
        if self.chosen.scope == "all" or not self._shown:
            return self._shown
        chosen = [a for a in self._shown if a.id == (self._account or self._current)]
        return tuple(chosen or self._shown[:1])

    def _seen(self) -> list[Frame]:
        """Those that are on the screen, as far as their heights are known."""
        start = self.area.verticalScrollBar().value()
        return self.inner.between(start, start + self.area.viewport().height())

    def _lay_out(self, post: Post) -> None:
        """Until no card that was laid out brought another one onto the screen."""
        done: set[str] = set()
        while wanted := [frame for frame in self._seen() if frame.account.id not in done]:
            for frame in wanted:
                done.add(frame.account.id)
                frame.show_post(post)
        for frame in self.frames():
            if frame.account.id not in done:
                frame.canvas.rest()

    def _arrange(self) -> None:
        """Frames for the accounts that are shown now; others wait, hidden, with what they know."""
        self.pointing.let_go()
        wanted, keep = self._wanted(), {a.id for a in self._shown}
        for id in [id for id in self._frames if id not in keep]:
            self._frames.pop(id).deleteLater()
        self.inner.show_frames([self._frame(account) for account in wanted], self.area.viewport().width())
        for id, frame in self._frames.items():
            frame.setVisible(id in [account.id for account in wanted])
        self.empty.setVisible(not wanted)
        QTimer.singleShot(0, self, self.refresh)

    def _relaid(self) -> None:
        """A card became higher or lower."""
        self.inner.place()
        self.refresh()

    def _frame(self, account: Account) -> Frame:
        frame = self._frames.get(account.id)
        if frame is None or frame.account != account:
            if frame is not None:
                frame.deleteLater()
            frame = self._frames[account.id] = self._new_frame(account)
        return frame

    def _new_frame(self, account: Account) -> Frame:
        kept = self._state.get(f"preview/surface/{account.id}", "") if self._state else ""
        frame = Frame(
            self.theme, self._previews, account, self._accounts.platform(account.platform), self._now_look(),
            self._pictures, str(kept), self._scaled, self._others)  # fmt: skip
        frame.wish = replace(frame.wish, unfolded=self.chosen.unfolded)
        frame.picked.connect(self._picked)
        frame.relaid.connect(self._relaid)
        frame.moved.connect(self._moved)
        frame.menu_asked.connect(self._menu_asked)
        frame.canvas.pointed.connect(lambda box: self._used(frame, box))
        self.pointing.watch(frame)
        self.framed.emit(frame)
        return frame

    def _picked(self, account: str) -> None:
        self._current = account
        self.picked.emit(account)

    def _moved(self, account: str, surface: str) -> None:
        self._current = account
        if self._state is not None:
            self._state.set(f"preview/surface/{account}", surface)
        self.inner.fit()  # it may need another width
        QTimer.singleShot(0, self, self.refresh)

    def _menu_asked(self, frame: Frame, at: QPoint) -> None:
        self._current = frame.account.id
        made = card_menu(self, frame, self)
        made.aboutToHide.connect(made.deleteLater)
        made.popup(at)

    def _used(self, frame: Frame, box: Box | None) -> None:
        if box is not None:
            self._current = frame.account.id

    def _scrolled(self) -> None:
        self.pointing.forget()
        self.refresh()

    # inside: looks ---------------------------------------------------------------------------------------------

    def _now_look(self) -> Look:
        if self._look is None:
            chosen, spoken = self.chosen, self.theme.language.code
            language = spoken if chosen.language == AUTO else chosen.language
            metrics = QtMetrics(self.theme.fonts.families(language))
            self._look = Look(metrics, self.card_theme, language, spoken, date.today(), chosen.text / 100,
                              chosen.width, chosen.scope == "one")  # fmt: skip
        return self._look

    def _relook(self) -> None:
        """Lays out again what looks different now."""
        before, self._look = self._look, None
        look = self._now_look()
        if before is not None and before.metrics.families == look.metrics.families:
            look = self._look = replace(look, metrics=before.metrics)  # what it measured still holds
        self.shade.set_icon("moon" if look.theme == "dark" else "sun")
        self._head.setFixedHeight(self.theme.px(52))
        if look == before:
            return
        for frame in self._frames.values():
            frame.set_look(look)
        self.refresh()

    def _picture_came(self, media: str) -> None:
        for frame in self.frames():
            frame.picture_came(media)

    def retranslate(self) -> None:
        """Every word of the pane and its cards."""
        self.title.setText(tr("preview", "Preview"))
        self.scope.set_texts({"all": tr("preview", "All"), "one": tr("preview", "One")})
        self.device.set_tip(tr("preview", "Device, text size, language"))
        self.shade.set_tip(tr("preview", "Light or dark cards"))
        self.keep.set_tip(tr("preview", "Copy, save, check on a phone"))
        self.empty.setText(tr("preview", "Choose an account to see how the post will look there."))
        self.area.setAccessibleName(tr("preview", "Preview"))
        self._relook()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards follow the column's width."""
        super().resizeEvent(event)
        self.pointing.forget()
        self.title.setVisible(self.width() >= self._head_wide())
        self._arrange()

    def _head_wide(self) -> int:
        """Px that all of the head needs; without them its tools stay and its title goes."""
        tools = (self.scope, self.device, self.shade, self.keep)
        return self.title.sizeHint().width() + sum(tool.sizeHint().width() for tool in tools) + 2 * EDGE + 24

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden."""
        super().showEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing painted is kept while it is not seen."""
        super().hideEvent(event)
        self.pointing.forget()
        for frame in self._frames.values():
            frame.canvas.rest()

    def sizeHint(self) -> QSize:
        """A phone and its margins."""
        return QSize(416, 600)


def _card_menu_of_current(view: PreviewView, parent: QWidget) -> QMenu:
    return card_menu(view, view.current(), parent)
