"""From the command line to a window that works: the frame is painted first, the workspace opened after it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.ground import is_dark
from studio.ui.look_file import LookFile
from studio.ui.trace import mark
from studio.ui.window import MainWindow

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.pane_spec import PaneSpec
    from studio.ui.theme import Mode

TRAY = "--tray"  # at login: no window, only the icon
SETTLED = 2000  # ms after which garbage is collected again: looking for cycles in fresh modules finds none


def run(words: Sequence[str]) -> int:
    """Opens the window on --workspace DIR (else the person's own folder) and stays until it is closed."""
    folder, wanted = _options(words)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Yigao")
    app.setDesktopFileName("yigao")
    if _came_up(folder):
        return 0
    if TRAY in words and not _there(folder):
        return 1
    studio = Studio(app, folder, wanted)
    if TRAY in words:
        studio.start_hidden()
    else:
        studio.window.show()
    gc.disable()  # for good: see `Sweeper`
    QTimer.singleShot(SETTLED, app, lambda: _collect(app))
    status = app.exec()
    studio.close()
    return status


def _collect(app: QApplication) -> None:
    """From now on; what starting made, stays, and need not be looked through each time."""
    from studio.ui.sweeper import Sweeper

    gc.freeze()
    Sweeper(app, settles=True)


def _options(words: Sequence[str]) -> tuple[Path, str]:
    """--workspace and --language, in either spelling; app.py has seen to it that there is nothing else."""
    pairs: dict[str, str] = {}
    rest = [word for word in words if word != TRAY]
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        pairs[name] = value if equals else (rest.pop(0) if rest else "")
    folder = pairs.get("--workspace") or ""
    return (Path(folder).expanduser() if folder else _own_folder()), pairs.get("--language", "")


def _came_up(folder: Path) -> bool:
    """Another window has this workspace, perhaps in the tray, and came up instead of this one."""
    from studio.services.presence import marked

    if not marked(folder / "cache", "window"):
        return False
    from studio.ui.door import knock

    return knock(folder)


def _there(folder: Path) -> bool:
    """At login no new workspace is made where a drive is missing; it is said where people see it."""
    from studio.services.places import has_workspace

    if has_workspace(folder):
        return True
    from studio.core.finding import error
    from studio.services.notifiers import Shown, own_notifier
    from studio.services.words import choose, say

    missing = error("workspace.missing", "workspace", folder=str(folder))
    notifier = own_notifier()
    notifier.show(Shown("Yigao", say(missing, choose("system"))))
    notifier.close()
    return False


def _own_folder() -> Path:
    from studio.services.places import default_workspace

    return default_workspace()


class Studio:
    """The running window: frame, then workspace, then panes; and what joins them.

    window   shown by the caller
    desk     None until the first paint, and when the workspace could not be opened
    """

    def __init__(self, app: QApplication, folder: Path, language: str = "") -> None:
        self._app, self._folder, self._spoken = app, folder, language
        self.desk: Desk | None = None
        self._look = LookFile(folder / "cache" / "look.json")
        self.window = MainWindow(settings=self._look, dark=is_dark(self._look.get("theme", "system")))
        self.window.painted.connect(self._begin)

    def start_hidden(self) -> None:
        """At login: everything but the window, which comes up when the person asks for it.

        It does come up where the workspace cannot be opened; where another window has it, there is nothing to do.
        """
        self.window.painted.disconnect(self._begin)
        QApplication.setQuitOnLastWindowClosed(False)
        self._begin()
        if self.desk is None:
            QApplication.setQuitOnLastWindowClosed(True)
            self.window.show()
        elif self.desk.read_only:
            QTimer.singleShot(0, self._app, self._app.quit)
        else:
            self._joined.start_hidden()

    def close(self) -> None:
        """Ends jobs and lets go of the workspace; called after the window was closed."""
        if not self.window.furnished:
            return
        self.bridge.close()
        if self.desk is not None:
            self._joined.close()
            self.desk.close()
        else:
            self._jobs.close()

    # -- after the first paint ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Bars first, and on the screen; then the workspace, which takes longer."""
        mark("first-paint")
        self._furnish()
        self.window.repaint()
        self._open()

    def _furnish(self) -> None:
        from studio.services.jobs import Jobs
        from studio.ui.i18n import Language
        from studio.ui.jobs import JobsBridge
        from studio.ui.resources import Resources, prepare
        from studio.ui.theme import Theme

        prepare()
        resources = Resources()
        self.language = Language(resources)
        self.theme = Theme(resources, self.language)
        self.language.set(self._spoken or str(self._look.get("language", "system")))
        self.theme.apply(self._app, _mode(self._look.get("theme", "system")))
        self._jobs = Jobs()
        self.bridge = JobsBridge(self._jobs)
        self.language.changed.connect(self._language_changed)
        self.window.furnish(self.theme, self._panes(), self.bridge, self._folder.name)

    # -- panes -------------------------------------------------------------------------------------------------

    def _panes(self) -> list[PaneSpec]:
        from studio.core.words import N
        from studio.ui.pane_spec import PaneSpec

        make = self._made
        return [
            PaneSpec("draft", N("window", "Draft"), "pen-line", partial(make, "draft"), keywords="zx zhuanxie write"),
            PaneSpec("video", N("window", "Video"), "clapperboard", partial(make, "video"),
                     keywords="sp shipin cut timeline film"),
            PaneSpec("calendar", N("window", "Calendar"), "calendar-days", partial(make, "calendar"),
                     keywords="rl rili schedule"),
            PaneSpec("outbox", N("window", "Outbox"), "send", partial(make, "outbox"),
                     keywords="fj fajian sent delivery journal"),
            PaneSpec("library", N("window", "Library"), "library", partial(make, "library"),
                     keywords="sc sucai media pictures"),
            PaneSpec("accounts", N("window", "Accounts"), "circle-user-round", partial(make, "accounts"),
                     keywords="zh zhanghao login"),
            PaneSpec("settings", N("window", "Settings"), "settings-2", partial(make, "settings"), "Ctrl+,", True,
                     "sz shezhi preferences"),
        ]  # fmt: skip

    def _made(self, pane: str) -> QWidget:
        if self.desk is None:
            return QWidget()
        return self._joined.pane(pane)

    # -- the workspace -----------------------------------------------------------------------------------------

    def _open(self) -> None:
        from studio.core.errors import Problem

        try:
            from studio.services.desk import Desk

            self.desk = Desk.open(self._folder, window=True, jobs=self._jobs)
        except Problem as problem:
            self._refused(problem)
            return
        from studio.ui.joined import Joined

        self._joined = Joined(self.theme, self.language, self.window, self.bridge, self.desk, self._look)
        self.desk.accounts.speak(self.language.code)
        self._follow_settings()
        self._joined.begin()
        if os.environ.get("YIGAO_TRACE") == "quit":
            QTimer.singleShot(0, self._quit_when_ready)

    def _follow_settings(self) -> None:
        """The workspace's own settings, where they differ from what the look file remembered."""
        assert self.desk is not None
        for id in ("language", "theme", "density", "motion"):
            self._setting(id)
        self.desk.settings.changed.connect(self._setting)

    def _setting(self, id: str) -> None:
        assert self.desk is not None
        if id == "language" and not self._spoken:
            self._speak(str(self.desk.settings.get("language")))
        elif id == "theme":
            self._dress(str(self.desk.settings.get("theme")))
        elif id in ("density", "motion"):
            compact = self.desk.settings.get("density") == "compact"
            motion = bool(self.desk.settings.get("motion"))
            if (compact, motion) != (self.theme.compact, self.theme.motion):
                self.theme.compact, self.theme.motion = compact, motion
                self.theme.refresh()

    def _speak(self, wanted: str) -> None:
        if wanted != self._look.get("language", "system"):
            self._look.set("language", wanted)
            self.language.set(wanted)

    def _dress(self, wanted: str) -> None:
        if wanted != self._look.get("theme", "system"):
            self._look.set("theme", wanted)
            self.theme.apply(self._app, _mode(wanted))

    def _language_changed(self, code: str) -> None:
        if self.desk is not None:
            self.desk.accounts.speak(code)

    def _refused(self, problem: Exception) -> None:
        """The workspace cannot be opened: say why and what to do; nothing was touched."""
        from studio.ui.problems import sentence

        self.window.banner.say("workspace", "bad", lambda: sentence(problem, self.language.code))

    def _quit_when_ready(self) -> None:
        if self._joined.ready:
            self._app.quit()
        else:
            QTimer.singleShot(5, self._quit_when_ready)


def _mode(value: object) -> Mode:
    return value if value in ("light", "dark") else "system"
