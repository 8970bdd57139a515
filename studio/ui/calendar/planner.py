"""The profile-grid planner: the next nine posts of an account as its page will show them, to be put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from studio.core.errors import Problem
from studio.core.post import Account
from studio.services.planner import Cell, Grid, moves, with_trial
from studio.ui.accounts.looks import Look
from studio.ui.calendar.grid_view import GridView
from studio.ui.calendar.minis import Minis
from studio.ui.calendar.tray import Tray, Waiting
from studio.ui.i18n import N, tr
from studio.ui.problems import sentence
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import Label
from studio.ui.widgets.menu import add, menu
from studio.ui.widgets.note import Note, NoteText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.library.thumbs import Thumbs
    from studio.ui.theme import Theme

WIDTH = 760
Moves = Sequence[tuple[str, datetime]]


class PlannerSheet(Sheet):
    """moved(what the times were before): the new order holds."""

    moved = Signal(object)

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, minis: Minis, thumbs: Thumbs, zone: tzinfo,
        known: Mapping[str, Look], drafts: Sequence[Waiting],
    ) -> None:
        super().__init__(theme, "", width=WIDTH)
        self._desk, self._bridge, self._minis, self._known = desk, bridge, minis, known
        self._accounts = desk.planner.accounts()
        self._account = self._first()
        self._times: tuple[Cell, ...] = ()
        self._grid: Grid | None = None
        self.chooser = Link(theme, "")
        self.view = GridView(theme, zone, self._picture)
        self.tray = Tray(theme, thumbs)
        self.tray.rows.show(list(drafts))
        self.try_words = Label("", "body", weight=600)
        self.hint = Label("", "caption", "text-3", wrap=True)
        self.none = Label("", "body", "text-2", wrap=True)
        self.said = Label("", "small", "text-2", wrap=True)
        self.reset = Button(theme, "")
        self.apply = Button(theme, "", "primary")
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self._drafts = bool(drafts)
        self._lay_out()
        self.chooser.clicked.connect(self._choose)
        self.view.changed.connect(self._tell)
        self.tray.picked.connect(self.try_draft)
        self.reset.clicked.connect(self.reload)
        self.apply.clicked.connect(self._apply)
        minis.changed.connect(self.view.update)
        self.retranslate()
        self.reload()

    # what is shown ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        if not hasattr(self, "try_words"):
            return
        about = tr("planner", "The next nine posts as the account’s page shows them")
        self.set_title(tr("planner", "Profile grid"), about)
        self.try_words.setText(tr("planner", "Try a draft"))
        self.hint.setText(tr("planner", "Double-click a draft, or press Enter, to see it among them. "
                             "Nothing is scheduled by that."))  # fmt: skip
        name(self.tray, self.try_words.text(), self.hint.text())
        self.none.setText(tr("planner", "None of your accounts shows its posts in a grid."))
        self.reset.setText(tr("planner", "Reset"))
        self._name_account()
        self._tell()

    def reload(self) -> None:
        """Reads the grid again; what was only tried here is gone."""
        if self._account is None:
            return
        self._grid = self._desk.planner.grid(self._account)
        self._times = self._grid.cells
        self.view.show_grid(self._grid, self._grid.cells)
        self.problem.hide()
        self._tell()

    def try_draft(self, post: str) -> None:
        """Shows a draft in front of the others."""
        if self._grid is None:
            return
        try:
            cell = self._desk.planner.tried(post)
        except Problem as problem:
            self._complain(problem)
            return
        self.view.show_grid(self._grid, with_trial(self.view.cells, cell))
        self._tell()

    def changes(self) -> Moves:
        """What the order as it is now would change."""
        return moves(self._times, self.view.cells)

    # inside ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        has = self._account is not None
        side = QWidget()
        side.setLayout(column(self.try_words, self.tray, self.hint, gap=8))
        side.setFixedWidth(264)
        side.setVisible(has and self._drafts)
        top = Qt.AlignmentFlag.AlignTop
        self.header.addWidget(self.chooser)
        body = row(self.view, side, gap=24)
        body.setAlignment(self.view, top | Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.none)
        self.body.addLayout(body)
        self.none.setVisible(not has)
        self.view.setVisible(has)
        self.chooser.setVisible(has)
        foot = QWidget()
        line = row(self.said, None, self.reset, self.apply, gap=8)
        line.setStretch(0, 1)
        foot.setLayout(line)
        foot.setVisible(has)
        self.set_footer(foot)

    def _first(self) -> Account | None:
        """The first account of which something is to be seen, else the first."""
        shown = (account for account in self._accounts if self._desk.planner.grid(account, 1).cells)
        return next(shown, self._accounts[0] if self._accounts else None)

    def _picture(self, cell: Cell, width: int, height: int) -> QPixmap | None:
        assert self._account is not None
        return self._minis.get(cell.post, self._account.id, width, height, "grid")

    def _name_account(self) -> None:
        if self._account is not None:
            self.chooser.setText(self._called(self._account))
            self.chooser.setAccessibleName(tr("planner", "Account: {name}", name=self._called(self._account)))

    def _called(self, account: Account) -> str:
        look = self._known.get(account.id)
        return f"{look.platform} · {look.title}" if look is not None else account.name

    def _choose(self) -> None:
        chooser = menu(self)
        chooser.aboutToHide.connect(chooser.deleteLater)
        for account in self._accounts:
            add(chooser, self.theme, self._called(account), run=partial(self._show_account, account))
        chooser.popup(self.chooser.mapToGlobal(QPoint(0, self.chooser.height())))

    def _show_account(self, account: Account) -> None:
        self._account = account
        self._name_account()
        self.reload()

    def _tell(self) -> None:
        count = len(self.changes())
        self.reset.setEnabled(self.view.cells != self._times)
        self.apply.setEnabled(bool(count) and not self._desk.read_only)
        self.apply.setText(tr("planner", "Change %n times", n=count) if count else tr("planner", "Change times"))
        if self._desk.read_only:
            self.said.setText(tr("calendar", "This window only reads the workspace."))
        elif count:
            self.said.setText(tr("planner", "%n posts get another time.", n=count))
        elif not self.view.cells:
            self.said.setText(tr("planner", "Nothing of this account is scheduled or published yet."))
        else:
            self.said.setText(tr("planner", "Drag a post to another place: it takes the time of that place."))

    def _apply(self) -> None:
        asked = tuple(self.changes())
        self.apply.setEnabled(False)
        done: Callable[[Moves], None] = self._applied
        self._bridge.submit(
            "store", N("job", "Moving"), lambda _task: self._desk.planner.apply(asked), done, self._complain, owner=self
        )

    def _applied(self, before: Moves) -> None:
        self.moved.emit(before)
        self.close_with("moved")

    def _complain(self, fault: BaseException) -> None:
        self.problem.set_note(NoteText("error", sentence(fault, self.theme.language.code)))
        self.problem.show()
        self._tell()
