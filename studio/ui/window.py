"""The main window: rail, top bar, banners, and the sheet the panes lie on.

First the bare grounds are painted, then the window is furnished with its bars, then the first pane is made: each step
is on the screen before the next one costs time. A pane is made when it is first shown. The window knows no document
and no service; what it needs is handed to it. What is imported here stands before the first paint, so it is little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from studio.ui.ground import NARROW_BELOW, paint_ground
from studio.ui.widgets.live import Live

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QMenu

    from studio.ui.actions import Action, Bound
    from studio.ui.jobs import JobsBridge
    from studio.ui.palette import Finder, Palette
    from studio.ui.pane_spec import PaneSpec
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster
    from studio.ui.widgets.splitter import SettingsStore

SMALLEST, FIRST_SIZE = QSize(1024, 680), QSize(1280, 800)


class MainWindow(Live, QMainWindow):
    """The studio's window.

        window = MainWindow(theme, panes, settings=store, bridge=bridge, workspace="Mill Street")
        window.show()

    theme      already applied                    panes    in rail order
    settings   keeps geometry and the last pane   bridge   jobs; None shows no job strip
    finders    what Ctrl+K finds besides actions  extra    more actions of the whole window

    A start that must be quick makes `MainWindow(settings=store, dark=True)`, shows it, and calls `furnish` with the
    rest when `painted` fires.

    keeper       asked when the window is closed and no pane objects: True keeps the program running

    painted      once, after the first paint: furnish, load data
    pane_shown   id of the pane that became current
    """

    painted = Signal()
    pane_shown = Signal(str)
    theme: Theme

    def __init__(
        self,
        theme: Theme | None = None,
        panes: Sequence[PaneSpec] = (),
        settings: SettingsStore | None = None,
        bridge: JobsBridge | None = None,
        workspace: str = "",
        finders: Sequence[Finder] = (),
        extra: Sequence[Action] = (),
        dark: bool = False,
    ) -> None:
        super().__init__()
        self._settings, self._dark = settings, dark
        self._made: dict[str, QWidget] = {}
        self._pane_keys: Bound | None = None
        self._palette: Palette | None = None
        self._toaster: Toaster | None = None
        self._current = ""
        self.keeper: Callable[[], bool] | None = None
        self._painted = self.furnished = False
        self._place()
        if theme is not None:
            self.furnish(theme, panes, bridge, workspace, finders, extra)

    def furnish(
        self,
        theme: Theme,
        panes: Sequence[PaneSpec],
        bridge: JobsBridge | None = None,
        workspace: str = "",
        finders: Sequence[Finder] = (),
        extra: Sequence[Action] = (),
    ) -> None:
        """Put the bars in, and what they need; once."""
        from studio.ui.actions import Bound
        from studio.ui.banner import Banner
        from studio.ui.focus import FocusRing, Regions
        from studio.ui.host import PaneHost
        from studio.ui.rail import Rail
        from studio.ui.topbar import TopBar

        self.theme, self._panes = theme, {pane.id: pane for pane in panes}
        self._finders, self._extra = list(finders), list(extra)
        self._shortcuts = _shortcuts(panes)
        self.rail = Rail(theme, list(panes), self._shortcuts)
        self.topbar = TopBar(theme, bridge, workspace)
        self.banner = Banner(theme)
        self.host = PaneHost(theme)
        self._build()
        self.ring = FocusRing(self)
        self._regions = Regions(self.regions)
        self._keys = Bound(self, [action for action in self._own() if action.shortcut], whole_window=True)
        self.furnished = True
        self._restore()
        self.rail.set_narrow(self.width() < NARROW_BELOW)
        self.ring.watch()
        self.retranslate()

    # panes -----------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """Id of the pane that is shown."""
        return self._current

    @property
    def panes(self) -> tuple[str, ...]:
        """Ids of all panes, in rail order."""
        return tuple(self._panes)

    def pane(self, pane: str) -> QWidget:
        """The pane's widget; made now if it was never shown. KeyError for another id."""
        if pane not in self._made:
            widget = self._panes[pane].make()
            self._made[pane] = widget
            self.host.stack.addWidget(widget)
        return self._made[pane]

    def show_pane(self, pane: str) -> None:
        """Make a pane current. Before the first paint it is only remembered."""
        if pane not in self._panes:
            raise KeyError(pane)
        self._current = pane
        self.rail.set_current(pane)
        if self._painted:
            self._enter(pane)

    def regions(self) -> list[QWidget]:
        """What F6 walks: the rail, the pane's own regions, the top bar."""
        pane = self._made.get(self._current)
        inner = list(getattr(pane, "regions", list)()) or ([pane] if pane is not None else [])
        return [self.rail, *inner, self.topbar]

    # parts -----------------------------------------------------------------------------------------------------

    @property
    def toaster(self) -> Toaster:
        """Where panes say what is done; made at first use."""
        if self._toaster is None:
            from studio.ui.toast import Toaster

            self._toaster = Toaster(self.theme, self)
        return self._toaster

    def open_palette(self, typed: str = "") -> None:
        """Ctrl+K."""
        if self._palette is None:
            from studio.ui.palette import Palette

            self._palette = Palette(self.theme, self.all_actions, self._finders)
        self._palette.open_over(self, typed)

    def menu(self) -> QMenu:
        """Everything there is to do now, in one menu: this pane, then where to go, then the window."""
        from studio.ui.actions import fill
        from studio.ui.widgets.menu import menu

        result = menu(self)
        here, go = self.pane_actions(), self._places()
        rest = [*self._extra, *(action for action in self._navigation() if action.icon and action.id != "window.menu")]
        for group in (here, go, rest):
            if group and not result.isEmpty():
                result.addSeparator()
            fill(result, self.theme, group)
        return result

    def open_menu(self) -> None:
        """F10, or a click on the seal."""
        opened = self.menu()
        from PySide6.QtCore import Qt

        opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opened.popup(self.rail.seal.mapToGlobal(QPoint(0, self.rail.seal.height() + 4)))

    def all_actions(self) -> list[Action]:
        """Actions of this pane, then of the window, then "go to" each pane."""
        return [*self.pane_actions(), *self._own()]

    def pane_actions(self) -> list[Action]:
        """Actions of the pane that is shown."""
        return commands_of(self._made.get(self._current))

    def add_finder(self, finder: Finder) -> None:
        """Let Ctrl+K find more, once the data is there."""
        self._finders.append(finder)

    def show_keys(self) -> None:
        """F1: the keys of this pane and of the window."""
        from studio.ui.keys import keys_sheet

        keys_sheet(self.theme, self.pane_actions(), self._own()).open_over(self)

    # Qt --------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """The window's own words."""
        if self.furnished:
            from studio.ui.i18n import tr

            self.setWindowTitle(tr("window", "Yigao"))
            self.banner.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grounds alone, until the bars are in."""
        if self.furnished:
            super().paintEvent(event)
        else:
            paint_ground(self, self._dark)

    def showEvent(self, event: QShowEvent) -> None:
        """The native window exists: watch its keys."""
        super().showEvent(event)
        if self.furnished:
            self.ring.watch()

    def event(self, event: QEvent) -> bool:
        """After the first paint the panes may come."""
        handled = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._first_pane)
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The smallest window has a narrow rail."""
        super().resizeEvent(event)
        if self.furnished:
            self.rail.set_narrow(self.width() < NARROW_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Panes may object (`may_close() -> bool`); then the window remembers how it stood."""
        if not all(getattr(pane, "may_close", lambda: True)() for pane in self._made.values()):
            event.ignore()
            return
        if self.furnished and self.keeper is not None and self.keeper():
            event.ignore()
            return
        if self._settings is not None and self.furnished:
            geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
            self._settings.set("window/geometry", geometry)
            self._settings.set("window/pane", self._current)
        super().closeEvent(event)

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        from PySide6.QtWidgets import QVBoxLayout

        from studio.ui.widgets.base import ground, row

        frame = ground(QWidget(), "window")
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.topbar)
        right.addWidget(self.banner)
        right.addWidget(self.host, 1)
        layout = row(self.rail, right, gap=0)
        layout.setStretch(1, 1)
        frame.setLayout(layout)
        self.setCentralWidget(frame)
        self.setMinimumSize(SMALLEST)
        self.rail.chosen.connect(self.show_pane)
        self.rail.menu_asked.connect(self.open_menu)
        self.topbar.palette_asked.connect(self.open_palette)
        QWidget.setTabOrder(self.rail, self.topbar)

    def _own(self) -> list[Action]:
        return [*self._extra, *self._places(), *self._navigation()]

    def _places(self) -> list[Action]:
        from studio.core.words import N
        from studio.ui.actions import Action

        return [
            Action(f"go.{pane.id}", pane.title, partial(self._go, pane.id), self._shortcuts[pane.id], pane.icon,
                   self._free, f"{pane.keywords} go to open", N("window", "Go to"))
            for pane in self._panes.values()
        ]  # fmt: skip

    def _navigation(self) -> list[Action]:
        from studio.core.words import N
        from studio.ui.actions import Action

        free = self._free
        return [
            Action("window.palette", N("window", "Find and do…"), self.open_palette, "Ctrl+K", "search", free),
            Action("window.menu", N("window", "Menu"), self.open_menu, "F10", "ellipsis", free, "cd caidan"),
            Action("window.keys", N("window", "Keys of this pane"), self.show_keys, "F1", "keyboard", free,
                   "help shortcuts kjj kuaijiejian"),
            Action("window.region", N("window", "Next part of the window"), lambda: self._regions.step(1), "F6",
                   "", free),
            Action("window.region.back", N("window", "Previous part of the window"), lambda: self._regions.step(-1),
                   "Shift+F6", "", free),
        ]  # fmt: skip

    def _free(self) -> bool:
        """Whether keys of the window may act: not under a sheet or the palette."""
        from studio.ui.sheet import open_sheets

        return not open_sheets(self) and not (self._palette is not None and self._palette.isVisible())

    def _go(self, pane: str) -> None:
        from PySide6.QtCore import Qt

        self.show_pane(pane)
        if self._painted:
            self._made[pane].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _first_pane(self) -> None:
        self.painted.emit()
        if self.furnished:
            from studio.ui.host import seal_icon

            self._enter(self._current)
            self.setWindowIcon(seal_icon(self.theme))

    def _enter(self, pane: str) -> None:
        widget = self.pane(pane)
        self.host.stack.setCurrentWidget(widget)
        self.bind_pane()
        shown = getattr(widget, "shown", None)
        if callable(shown):
            shown()
        self.pane_shown.emit(pane)

    def bind_pane(self) -> None:
        """Takes up the keys of the pane that is shown; again when its commands have changed."""
        if self._pane_keys is not None:
            self._pane_keys.release()
        from studio.ui.actions import Bound

        self._pane_keys = Bound(self, _guarded(self.pane_actions(), self._free), whole_window=True)

    def _place(self) -> None:
        """Size and place as they were left."""
        self.resize(FIRST_SIZE)
        geometry = str(self._settings.get("window/geometry", "")) if self._settings is not None else ""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))

    def _restore(self) -> None:
        """The pane that was current; it is made after the first paint."""
        first = next(iter(self._panes))
        kept = str(self._settings.get("window/pane", first)) if self._settings is not None else first
        self._current = kept if kept in self._panes else first
        self.rail.set_current(self._current)


def commands_of(pane: QWidget | None) -> list[Action]:
    """What a pane offers to do: its `commands()`, if it has one."""
    from studio.ui.actions import Action

    offered: list[object] = getattr(pane, "commands", list)()
    return [action for action in offered if isinstance(action, Action)]


def _shortcuts(panes: Iterable[PaneSpec]) -> dict[str, str]:
    """Ctrl+1 to Ctrl+8 in order for panes without a key of their own."""
    result: dict[str, str] = {}
    number = 1
    for pane in panes:
        if pane.shortcut:
            result[pane.id] = pane.shortcut
        elif number <= 8:
            result[pane.id] = f"Ctrl+{number}"
            number += 1
        else:
            result[pane.id] = ""
    return result


def _guarded(actions: Iterable[Action], free: Callable[[], bool]) -> list[Action]:
    """Pane actions whose keys rest while something lies over the window."""
    from studio.ui.actions import Action

    def both(first: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: free() and first()

    return [
        Action(one.id, one.text, one.run, one.shortcut, one.icon, both(one.enabled_when), one.keywords, one.context)
        for one in actions
    ]
