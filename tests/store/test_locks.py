"""One window edits a workspace; the right to goes with its process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.core.errors import WorkspaceProblem
from studio.core.post import Post
from studio.store.locks import WindowLock
from studio.store.workspace import Workspace


def test_the_window_lock_is_one_and_dies_with_its_process(folder: Path) -> None:
    with Workspace.open(folder) as first, Workspace.open(folder) as second:
        lock = first.take_window()
        assert lock is not None and lock.held and not first.read_only
        assert second.take_window() is None
        assert second.read_only and second.why is not None and second.why.code == "workspace.in_use"
        assert second.why.values["pid"] == os.getpid()
        with pytest.raises(WorkspaceProblem, match="in_use"):
            second.posts.save(Post())
        first.posts.save(Post(title="the first may"))
        assert second.posts.count() == 1
        with Workspace.open(folder) as worker:
            worker.posts.save(Post(title="a worker shares it"))
    code = (
        "import os, sys; from pathlib import Path; from studio.store.locks import WindowLock\n"
        "lock = WindowLock.take(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)])
    with Workspace.open(folder) as third:
        taken = third.take_window()
        assert taken is not None
    assert not taken.held
    with WindowLock.take(folder) as again:  # type: ignore[union-attr]
        assert again.held
