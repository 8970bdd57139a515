"""A real workspace for tests of panes: the practice account, a recording keychain, a window with one pane in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.core.delivery import Delivery, State
from studio.core.post import Post
from studio.services.desk import Desk
from studio.ui.i18n import Language
from studio.ui.jobs import JobsBridge
from studio.ui.resources import Resources, prepare
from studio.ui.theme import Theme
from studio.ui.toast import Toaster
from studio.ui.widgets.base import column


class RecordingKeyring(KeyringBackend):
    """Keeps secrets in memory and writes down every call."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.calls: list[tuple[str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.calls.append(("get", username))
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.calls.append(("set", username))
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.calls.append(("delete", username))
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@contextmanager
def recording_keyring() -> Iterator[RecordingKeyring]:
    """Puts a recording keychain in the place of the computer's."""
    before, mine = keyring.get_keyring(), RecordingKeyring()
    keyring.set_keyring(mine)
    try:
        yield mine
    finally:
        keyring.set_keyring(before)


class Stage:
    """A desk and the kit a pane is given; `show(pane)` puts it into a window."""

    def __init__(self, folder: Path, language: str = "en", mode: str = "light", desk: Desk | None = None) -> None:
        self.desk = desk or Desk.open(folder)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.app = app
        prepare()
        resources = Resources()
        self.language = Language(resources)
        self.theme = Theme(resources, self.language)
        self.theme.motion = False
        self.theme.apply(app, mode)  # type: ignore[arg-type]
        self.language.set(language)
        self.bridge = JobsBridge(self.desk.jobs)
        self.window = QWidget()
        self.toaster = Toaster(self.theme, self.window)

    def show(self, pane: QWidget, width: int = 1280, height: int = 800) -> QWidget:
        self.window.setLayout(column(pane, gap=0))
        self.window.resize(width, height)
        self.window.show()
        QTest.qWait(1)
        return pane

    def settle(self, pane: QWidget | None = None) -> None:
        """Waits until every job is over and its end was told."""
        for _ in range(6000):
            QTest.qWait(5)
            if not self.desk.jobs.running() and not self.bridge.running():
                break
        QTest.qWait(5)

    def speak(self, code: str) -> None:
        """Another language, and the time widgets need to take it up."""
        self.language.set(code)
        QTest.qWait(5)

    def close(self) -> None:
        self.window.close()
        self.bridge.close()
        self.desk.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        self.language.set("en")

    @property
    def practice(self) -> str:
        return self.desk.accounts.list()[0].id

    def post(self, title: str, text: str = "A walk through the old town.") -> Post:
        return self.desk.posts.create(title=title, text=text, accounts=(self.practice,))

    def scheduled(self, post: Post, at: datetime, zone: str = "Asia/Shanghai") -> Delivery:
        return self.desk.calendar.schedule(post.id, self.practice, at, zone)

    def stored(self, post: Post, at: datetime, state: State, **more: object) -> Delivery:
        """A delivery as it may lie in a workspace, in any state and at any time."""
        return self.desk.workspace.deliveries.add(Delivery(
            post=post.id, account=self.practice, platform=self.desk.accounts.get(self.practice).platform,
            state=state, at=at.astimezone(UTC), zone="Asia/Shanghai", **more,  # type: ignore[arg-type]
        ))


def soon(days: int = 3, hour: int = 4) -> datetime:
    """A full hour some days ahead, UTC."""
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def mouse(widget: QWidget, kind: QEvent.Type, at: QPoint, down: bool = True) -> None:
    """One mouse event as the window system sends it; `down`: the left button is held."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    moving = kind == QEvent.Type.MouseMove
    event = QMouseEvent(
        kind, QPointF(at), QPointF(widget.mapToGlobal(at)), none if moving else left, left if down else none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def carry(widget: QWidget, *points: QPoint) -> None:
    """Press at the first point and move over the others, without letting go."""
    mouse(widget, QEvent.Type.MouseButtonPress, points[0])
    for point in points[1:]:
        mouse(widget, QEvent.Type.MouseMove, point)


def let_go(widget: QWidget, at: QPoint) -> None:
    mouse(widget, QEvent.Type.MouseButtonRelease, at, down=False)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)
