"""One window per workspace: a second start knocks at the first one's door, which comes up from the tray."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

SHOW, SEEN = b"show\n", b"ok\n"
GUEST_MS = 100  # for somebody who came in and says nothing
PATIENCE_MS = 2000  # for a window that is busy; then this start goes on by itself


def door_name(folder: Path) -> str:
    """Where the door of this workspace is: a pipe's name on Windows, a socket's path elsewhere."""
    real = os.path.realpath(folder)
    name = "yigao-" + hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if sys.platform == "win32":
        return name
    home = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return str(Path(home) / f"{name}.socket")


def knock(folder: Path) -> bool:
    """Ask the window that has the workspace to come up. True when it said that it does; waits two seconds at most."""
    name = door_name(folder)
    if not _ours(name):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(SHOW)
    socket.flush()
    answered = socket.waitForReadyRead(PATIENCE_MS) and bytes(socket.readAll().data()) == SEEN
    socket.disconnectFromServer()
    return answered


def _ours(name: str) -> bool:
    """Nobody else's socket is talked to. Windows keeps a pipe to its own user by itself."""
    if sys.platform == "win32":
        return True
    try:
        return os.stat(name).st_uid == os.getuid()
    except OSError:
        return False


class Door(QObject):
    """knocked: somebody started this workspace a second time. Only the same user can knock."""

    knocked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = door_name(folder)
        self._server: QLocalServer | None = None

    def open(self) -> bool:
        """Listen. Call this only while the workspace's window lock is held: what lies there is then left over."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._greet)
        self._server = server if server.listen(self._name) else None
        return self._server is not None

    def close(self) -> None:
        """Hear nobody any more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _greet(self) -> None:
        while self._server is not None and (guest := self._server.nextPendingConnection()) is not None:
            self._hear(guest)
            guest.deleteLater()

    def _hear(self, guest: QLocalSocket) -> None:
        """A start of ours speaks at once; who does not is not waited for."""
        if guest.bytesAvailable() or guest.waitForReadyRead(GUEST_MS):
            if bytes(guest.read(len(SHOW)).data()) != SHOW:
                return
            guest.write(SEEN)
            guest.waitForBytesWritten(GUEST_MS)
            self.knocked.emit()
