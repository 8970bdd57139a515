"""kill -9 at any moment: what was told to be saved is there, and the workspace is whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.store.workspace import Workspace

WRITER = """
import sys
from pathlib import Path
from studio.core.post import Post
from studio.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    post = Post(title=f"t{n}", text="长" * (n % 3000))
    workspace.posts.save(post)
    stored = workspace.files.add_bytes(n.to_bytes(4, "big") * 20000)
    print(post.id, len(post.text), stored.id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("lines", [1, 2, 7, 20, 41])
def test_killed_at_once_nothing_committed_is_lost(folder: Path, lines: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _ in range(lines)]
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.read().splitlines(keepends=True)
    writer.wait()
    writer.stdout.close()
    with Workspace.open(folder) as workspace:
        assert workspace.check() == ()
        for line in told:
            if line.endswith("\n"):
                id, length, media = line.split()
                assert len(workspace.posts.get(id).text) == int(length)
                assert workspace.files.verify(media) == ()
        assert workspace.posts.count() - len(told) in (-1, 0, 1)
        workspace.files.sweep()
        assert list((folder / "media" / ".part").iterdir()) == []
        assert all(workspace.files.verify(id) == () for id, _ in workspace.files.every())
