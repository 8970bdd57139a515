"""Files on their way into a post: taken into the library in a job, then put where the person wanted them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.core.finding import Finding
from studio.core.post import Account
from studio.core.task import Task
from studio.ui.draft.edits import add_media
from studio.ui.draft.open_post import OpenPost
from studio.ui.i18n import N
from studio.ui.problems import findings_of

if TYPE_CHECKING:
    from studio.services.library import Added, Library
    from studio.ui.jobs import JobsBridge


class Intake(QObject):
    """busy(int): how many jobs are still taking files in. refused(list[Finding]): what did not come in, and why."""

    busy = Signal(int)
    refused = Signal(list)

    def __init__(self, library: Library, bridge: JobsBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._bridge, self._running = library, bridge, 0

    def add_files(self, paths: Sequence[Path], post: OpenPost, account: Account | None) -> None:
        """Takes files in, in order; folders are looked into."""
        wanted = [file for path in paths for file in _inside(path)]
        self._run(lambda task: self._library.add(wanted, task), post, account)

    def add_picture(self, data: bytes, post: OpenPost, account: Account | None) -> None:
        """Takes a pasted picture in."""
        if data:
            self._run(lambda task: [self._library.add_bytes("pasted.png", data)], post, account)

    def _run(self, work: Callable[[Task[Any]], list[Added]], post: OpenPost, account: Account | None) -> None:
        self._tell(1)
        self._bridge.submit(
            "store", N("draft", "Adding pictures and video"), work, owner=self,
            done=lambda added: self._put(added, post, account), failed=self._failed, cancelled=lambda: self._tell(-1),
        )  # fmt: skip

    def _put(self, added: list[Added], post: OpenPost, account: Account | None) -> None:
        self._tell(-1)
        media = [one.asset.as_media() for one in added if one.asset is not None]
        if media:
            post.edit(N("draft", "Add pictures"), lambda p: add_media(p, account, media))
        findings = [f for one in added for f in one.findings]
        if findings:
            self.refused.emit(findings)

    def _failed(self, fault: BaseException) -> None:
        self._tell(-1)
        findings: list[Finding] = list(findings_of(fault))
        self.refused.emit(findings)

    def _tell(self, by: int) -> None:
        self._running += by
        self.busy.emit(self._running)


def _inside(path: Path) -> list[Path]:
    """The file itself, or what lies directly in a folder, by name, without hidden files."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
