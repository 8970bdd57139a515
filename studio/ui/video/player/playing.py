"""The player's pulse in the window: takes the picture that is due, and asks for the exact one when a drag rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from studio.core.opentime import Time
from studio.services.videos.picturing import Picture
from studio.services.videos.player import Player
from studio.ui.relay import Relay

REST_MS = 120  # a playhead that did not move for so long rests


class Playing(QObject):
    """painted(Picture): show it. moved(Time): where the playhead is, while playing. changed(): began or stopped.

    troubled(Exception or None): there is no picture, and why
    """

    painted = Signal(object)
    moved = Signal(object)
    changed = Signal()
    troubled = Signal(object)

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self.player = player
        self.still = (2, 2)  # px of a picture that rests
        self._pulse = self._timer(0, self._beat)
        self._pulse.setTimerType(Qt.TimerType.PreciseTimer)
        self._rest = self._timer(REST_MS, self._rested)
        Relay(player.arrived, self._arrived, self)
        Relay(player.troubled, self.troubled.emit, self)
        self._stop = player.changed.connect(self._turned)

    def seek(self, t: Time) -> None:
        """The playhead was put there: the nearest picture at once, the exact one soon, a sharp one when it rests."""
        near = self.player.seek(t)
        if near is not None:
            self.painted.emit(near)
        if self.player.speed == 0:
            self._rest.start()

    def show_again(self) -> None:
        """The document or the size changed: a sharp picture of where it is."""
        if self.player.speed == 0:
            self._rest.start()

    def close(self) -> None:
        self._pulse.stop()
        self._rest.stop()
        self._stop()
        self.player.close()

    def _timer(self, ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(slot)
        return timer

    def _turned(self) -> None:
        self._rest.stop()
        if self.player.speed:
            self._pulse.start(0)
        else:
            self._pulse.stop()
            self.moved.emit(self.player.position)
            self._rest.start()
        self.changed.emit()

    def _beat(self) -> None:
        picture = self.player.take()
        if picture is not None:
            self.painted.emit(picture)
            self.moved.emit(self.player.position)
        if self.player.speed:
            self._pulse.start(max(1, int(self.player.wait() * 1000)))

    def _rested(self) -> None:
        if self.player.speed == 0:
            sharp = self.player.seek(self.player.position, self.still)
            if sharp is not None and sharp.t == self.player.position:
                self.painted.emit(sharp)

    def _arrived(self, picture: Picture) -> None:
        if self.player.speed == 0:
            self.painted.emit(picture)
