"""The Settings pane: rows made from the list of settings, where the data lies, the keychain, and what this is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from studio.core.errors import Problem
from studio.core.finding import Finding
from studio.core.setting import SETTINGS
from studio.services.words import say
from studio.ui.accounts.detail import clear
from studio.ui.actions import Action
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of, sentence
from studio.ui.relay import Relay
from studio.ui.settings import at_login
from studio.ui.settings.about import About
from studio.ui.settings.looks import take_up
from studio.ui.settings.rows import Group, SettingRow
from studio.ui.tray import tray_available
from studio.ui.widgets.base import Pane, column, hairline, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.note import Note
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.services.startup import Mode
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

MOST_WIDE = 720
ORDER = ("look", "general", "publishing", "running", "notices", "data")


class SettingsPane(Pane):
    """Every change acts at once and is kept at once."""

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster) -> None:
        super().__init__(theme, "surface")
        self._desk, self._bridge, self._toaster = desk, bridge, toaster
        self.rows: dict[str, SettingRow] = {}
        self.groups: dict[str, Group] = {}
        self._keychain: tuple[Finding, ...] | None = None
        self._asking = False
        self._build()
        Relay(desk.settings.changed, self._set_elsewhere, self)
        self.retranslate()

    # for the window --------------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """What can be done here."""
        words = "settings sz shezhi"
        return [
            Action("settings.folder", N("settings", "Open the data folder"), self.open_folder, "", "folder-open",
                   keywords=f"{words} data sj shuju"),
            Action("settings.backup", N("settings", "Make a backup now"), self.back_up, "", "database-backup",
                   keywords=f"{words} backup bf beifen"),
            Action("settings.keychain", N("settings", "Check the keychain"), self.ask_keychain, "", "key-round",
                   keywords=f"{words} keyring ysk yaoshichuan"),
        ]  # fmt: skip

    def regions(self) -> list[QWidget]:
        """F6 order."""
        return [self.area]

    def shown(self) -> None:
        """Ask the keychain once the pane is looked at, and the system each time: it can be changed elsewhere."""
        if self._keychain is None:
            self.ask_keychain()
        self._at_login.ask()

    # what is done ----------------------------------------------------------------------------------------------

    def set(self, id: str, value: object) -> None:
        """Keep a setting and let it act; a refusal is said in its row, which goes back."""
        row_ = self.rows[id]
        if id == at_login.ID:
            self._at_login.set(cast("Mode", str(value)))
            return
        try:
            self._desk.settings.set(id, value)
        except Problem as problem:
            row_.say(sentence(problem, self.theme.language.code))
            row_.set_value(self._desk.settings.get(id))
            return
        no_tray = id == "closing" and value == "tray" and not tray_available()
        row_.say(tr("settings", "This desktop shows no tray. Closing then warns you while posts are due.")
                 if no_tray else "", "warn")

    def open_folder(self) -> None:
        """The workspace in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.folder)))

    def back_up(self) -> None:
        """A whole copy, as a job."""
        self.backup.set_busy(True)
        self.backup.setEnabled(False)
        self._bridge.submit(
            "render", N("job", "Making a backup"), lambda _task: self._desk.backups.make(), self._backed_up,
            self._not_backed_up, self._backup_over, owner=self,
        )  # fmt: skip

    def ask_keychain(self) -> None:
        """Ask whether secrets can be kept here; the answer may take a moment."""
        if self._asking:
            return
        self._asking = True
        self._bridge.submit(
            "network", N("job", "Asking the keychain"), lambda _task: self._desk.vault.check(), self._answered,
            lambda fault: self._answered(findings_of(fault)), self._not_asked, owner=self,
        )  # fmt: skip

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("settings", "Settings"))
        self.where.setText(tr("settings", "Where your work lies"))
        self.folder.set_text(str(self._desk.folder))
        self.folder.setToolTip(str(self._desk.folder))
        self.open.setText(tr("settings", "Open folder"))
        self.backup.setText(tr("settings", "Make a backup now"))
        self.backup_words.setText(tr(
            "settings", "One file with everything, pictures too. Secrets stay in the keychain and are not in it."
        ))
        self.restore.setText(tr("settings", "To restore one, close this window and run:"))
        self.retry.setText(tr("settings", "Check again"))
        self.backup.why_not(tr("settings", "This window only reads the workspace.") if self._desk.read_only else "")
        for button in (self.open, self.backup, self.retry):
            button.updateGeometry()
        name(self, tr("settings", "Settings"))
        self.restyle()
        self._say_keychain()

    def restyle(self) -> None:
        """The column grows with the text."""
        self._inner.setMaximumWidth(self.theme.px(MOST_WIDE))

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.theme
        self.title = Label("", "title")
        self.area = ScrollColumn(theme, padding=24, gap=0)
        inner = self._inner = QWidget()
        self._column = column(self.title, 16, gap=0)
        inner.setLayout(self._column)
        for key in ORDER:
            self._add_group(key)
        self._at_login = at_login.AtLogin(theme, self._desk, self._bridge, self.rows[at_login.ID])
        self._add_data()
        self._add_keychain()
        about = Group("about")
        self.about = About(theme)
        about.rows.addWidget(self.about)
        self.groups["about"] = about
        self._column.addWidget(about)
        self.area.column.addWidget(inner)
        self.area.column.addStretch(1)
        self.setLayout(column(self.area))

    def _add_group(self, key: str) -> None:
        found = [setting for setting in SETTINGS if setting.group == key]
        if not found:
            return
        group = self.groups[key] = Group(key)
        for setting in found:
            made = SettingRow(self.theme, setting, self._desk.settings.get(setting.id))
            made.setEnabled(not self._desk.read_only)
            made.changed.connect(self.set)
            self.rows[setting.id] = made
            group.rows.addWidget(made)
            group.rows.addWidget(hairline())
        self._column.addWidget(group)

    def _add_data(self) -> None:
        theme, group = self.theme, self.groups["data"]
        self.where, self.folder = Label("", "body", weight=500), ElidedLabel("", "code", "text-2")
        self.open = Button(theme, icon="folder-open", size="small")
        self.backup = Button(theme, icon="database-backup", size="small")
        self.backup_words = Label("", "small", "text-2", wrap=True)
        self.backup_done = Label("", "small", "good", wrap=True)
        self.backup_done.hide()
        self.restore = Label("", "small", "text-2", wrap=True)
        self.command = ElidedLabel("", "code", "text")
        self.command.set_text(f'python main.py restore BACKUP --workspace "{self._desk.folder}"')
        self._backup_notes = column(gap=8)
        place = row(column(self.where, self.folder, gap=1), self.open, gap=24, margins=(0, 10, 0, 10))
        place.setStretch(0, 1)
        copy = row(self.backup_words, self.backup, gap=24, margins=(0, 10, 0, 6))
        copy.setStretch(0, 1)
        group.rows.addLayout(place)
        group.rows.addWidget(hairline())
        group.rows.addLayout(copy)
        group.rows.addWidget(self.backup_done)
        group.rows.addLayout(self._backup_notes)
        group.rows.addLayout(column(self.restore, self.command, gap=2, margins=(0, 6, 0, 10)))
        self.open.clicked.connect(self.open_folder)
        self.backup.clicked.connect(self.back_up)

    def _add_keychain(self) -> None:
        group = self.groups["keychain"] = Group("keychain")
        self.keychain = column(gap=8)
        self.retry = Button(self.theme, icon="refresh-cw", size="small")
        self.retry.clicked.connect(self.ask_keychain)
        line = row(self.keychain, self.retry, gap=24, margins=(0, 10, 0, 10))
        line.setStretch(0, 1)
        group.rows.addLayout(line)
        self._column.addWidget(group)

    def _set_elsewhere(self, id: str) -> None:
        """A setting changed here, in another pane or by a command: show it, and let looks act."""
        if id in self.rows:
            self.rows[id].set_value(self._desk.settings.get(id))
        take_up(self.theme, self._desk.settings, id)

    def _answered(self, findings: tuple[Finding, ...]) -> None:
        self._asking, self._keychain = False, findings
        self._say_keychain()

    def _not_asked(self) -> None:
        self._asking = False

    def _say_keychain(self) -> None:
        clear(self.keychain)
        if self._keychain is None:
            self.keychain.addWidget(Label(tr("settings", "Asking…"), "small", "text-2"))
        elif not self._keychain:
            words = tr("settings", "The system keychain is open. Passwords and tokens are kept there and nowhere else.")
            self.keychain.addWidget(Label(words, "small", "good", wrap=True))
        for finding in self._keychain or ():
            self.keychain.addWidget(Note(self.theme, finding.severity, say(finding, self.theme.language.code)))

    def _backed_up(self, file: Path) -> None:
        self._backup_over()
        clear(self._backup_notes)
        self.backup_done.setText(tr("settings", "Saved as {file}", file=str(file)))
        self.backup_done.show()

    def _not_backed_up(self, fault: BaseException) -> None:
        self._backup_over()
        self.backup_done.hide()
        clear(self._backup_notes)
        self._backup_notes.addWidget(Note(self.theme, "error", sentence(fault, self.theme.language.code)))

    def _backup_over(self) -> None:
        self.backup.set_busy(False)
        self.backup.setEnabled(True)
