"""The project that is open: its session, its player's pictures, proxies made beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.core.errors import Problem
from studio.core.timeline import Source, Timeline
from studio.ui.i18n import N
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.videos.session import VideoSession
    from studio.services.videos.watching import StandIns
    from studio.ui.jobs import JobsBridge

LOOK_MS = 1500  # after the last change of sources until proxies are thought of


class OpenVideo(QObject):
    """edited(before, after), in the edit; saved(bool); troubled(finding or None).

    proxied(fraction or None, films left, id of the source whose proxy is being made or "")
    """

    edited = Signal(object, object)
    saved = Signal(bool)
    troubled = Signal(object)
    proxied = Signal(object, int, str)

    def __init__(self, session: VideoSession, stand_ins: StandIns, bridge: JobsBridge, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._stand_ins, self._bridge = stand_ins, bridge
        self._stops = [session.changed.connect(self.edited.emit), session.changed.connect(self._changed)]
        Relay(session.saved, self.saved.emit, self)
        Relay(session.troubled, self.troubled.emit, self)
        self._wanted: list[Source] = []
        self._task: Task[Any] | None = None
        self._failed: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)
        self._soon.start()
        self._stops.append(self._listen(bridge))

    @property
    def timeline(self) -> Timeline:
        return self.session.timeline

    def close(self) -> bool:
        """Saves and lets go; False when it could not be saved."""
        self._soon.stop()
        for stop in self._stops:
            stop()
        if self._task is not None:
            self._task.cancel()
        return self.session.close()

    # proxies ---------------------------------------------------------------------------------------------------

    def _listen(self, bridge: JobsBridge) -> Any:
        bridge.changed.connect(self._progress)
        return lambda: bridge.changed.disconnect(self._progress)

    def _changed(self, before: Timeline, after: Timeline) -> None:
        if before.sources is not after.sources:
            self._soon.start()

    def _look(self) -> None:
        timeline = self.timeline

        def work(task: Task[list[Source]]) -> list[Source]:
            return self._stand_ins.wanted(timeline, task)

        self._bridge.submit("player", N("job", "Looking at films"), work, self._found, lambda _f: None, owner=self)

    def _found(self, sources: list[Source]) -> None:
        self._wanted = [source for source in sources if source.id not in self._failed]
        if self._task is None:
            self._next()

    def _next(self) -> None:
        self._task = None
        self.proxied.emit(None, len(self._wanted), self._wanted[0].id if self._wanted else "")
        if not self._wanted:
            return
        source = self._wanted[0]

        def over(_: object = None) -> None:
            self._wanted = [each for each in self._wanted if each.id != source.id]
            self._next()

        def failed(fault: BaseException) -> None:
            self._failed.add(source.id)
            over()
            if not isinstance(fault, Problem):
                raise fault

        self._task = self._bridge.submit(
            "proxies", N("job", "Making a proxy of {name}", name=source.name),
            lambda task: self._stand_ins.make(source, task), over, failed, self._gone, owner=self,
        )  # fmt: skip

    def _gone(self) -> None:
        """Called off by a person: not again for this film while it is open."""
        if self._wanted:
            self._failed.add(self._wanted[0].id)
            self._wanted = self._wanted[1:]
        self._next()

    def _progress(self, task: Task[Any]) -> None:
        if task is self._task:
            self.proxied.emit(task.fraction, len(self._wanted), self._wanted[0].id if self._wanted else "")
