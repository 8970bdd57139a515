"""Takes a post along as a kit: its files in order, its texts and a README, in a folder of the person's choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from studio.core.errors import Refused
from studio.core.finding import error
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.ui.draft.pane import DraftPane

LONGEST: Final = 40  # characters of a title in a folder's name
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class KitExport(QObject):
    """open_url: who shows the folder (tests record it)."""

    def __init__(self, pane: DraftPane) -> None:
        super().__init__(pane)
        self._pane, self._desk = pane, pane.desk
        self.open_url: Callable[[QUrl], object] = QDesktopServices.openUrl

    def ask(self) -> None:
        """For which account; with only one there is nothing to ask."""
        post = self._pane.open
        accounts = post.accounts() if post is not None else ()
        if len(accounts) == 1:
            self._choose(accounts)
        elif accounts:
            made, button = menu(self._pane), self._pane.bar.kit
            every = tr("draft", "For all %n accounts", n=len(accounts))
            add(made, self._pane.theme, every, "package", partial(self._choose, accounts))
            made.addSeparator()
            for account in accounts:
                add(made, self._pane.theme, self._name(account), run=partial(self._choose, (account,)))
            made.popup(button.mapToGlobal(QPoint(0, -made.sizeHint().height() - 4)))

    def _choose(self, accounts: tuple[Account, ...]) -> None:
        """The system's dialog for a folder; each kit gets one of its own in it."""
        dialog = QFileDialog(self._pane.window(), tr("draft", "Put the kit into this folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.export(accounts, Path(name)))
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def export(self, accounts: tuple[Account, ...], folder: Path) -> None:
        """In a job; the folder is shown when it is done."""
        post = self._pane.open
        if post is None or not (post.session.flush() or self._desk.read_only):
            return
        id, heading, language = post.post.id, post.post.heading, self._pane.theme.language.code
        places = [(account, f"{_fit(heading)} - {self._name(account)}") for account in accounts]

        def work(task: Any) -> Path:
            made = [folder]
            for number, (account, name) in enumerate(places):
                task.progress(number / len(places))
                made.append(_free(folder, _fit(name, 2 * LONGEST)))
                self._write(id, account, made[-1], language)
            return made[-1] if len(places) == 1 else folder

        self._pane.bridge.submit(
            "store", N("job", "Writing the kit"), work, self._done,
            lambda fault: self._pane.tell(list(findings_of(fault))), owner=self)  # fmt: skip

    def _write(self, id: str, account: Account, place: Path, language: str) -> None:
        try:
            self._desk.by_hand.export(id, account, place, language)
        except OSError as fault:  # a folder without rights, a full disk, a stick that was pulled out
            name = place.parent.name or str(place.parent)
            raise Refused(error("out.unwritable", "out", name=name, reason=fault.strerror or "")) from None

    def _done(self, folder: Path) -> None:
        self._pane.toaster.show(tr("draft", "The kit is in “{folder}”", folder=folder.name))
        self.open_url(QUrl.fromLocalFile(str(folder)))

    def _name(self, account: Account) -> str:
        platform = self._desk.accounts.platform(account.platform).name.say(self._pane.theme.language.code)
        return platform if account.name in ("", platform) else f"{platform} · {account.name}"


def _fit(words: str, longest: int = LONGEST) -> str:
    """As a name that every file system takes."""
    return _UNFIT.sub(" ", words)[:longest].strip(" .") or "Yigao"


def _free(folder: Path, name: str) -> Path:
    """A folder that is not there yet."""
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{name} {number}", number + 1
    return place
