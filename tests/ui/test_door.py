"""A second start knocks at the first window's door."""

import socket as plain
import subprocess
import sys
from pathlib import Path

import pytest

from studio.ui.door import Door, door_name, knock

ROOT = Path(__file__).resolve().parent.parent.parent
KNOCK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from studio.ui.door import knock
app = QCoreApplication([])
print(knock(Path(sys.argv[1])))
"""


def start(folder):
    """Another process that knocks, as a second start of the program does."""
    return subprocess.Popen([sys.executable, "-c", KNOCK, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Sockets have short names only."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="yg") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def door(qtbot, home, tmp_path):
    made = Door(tmp_path / "w")
    assert made.open()
    yield made
    made.close()


def test_a_knock_is_heard_and_answered(qtbot, door, tmp_path):
    with qtbot.waitSignal(door.knocked, timeout=30_000):
        process = start(tmp_path / "w")
    assert process.communicate()[0] == "True\n"


def test_another_workspace_has_another_door(door, tmp_path):
    assert door_name(tmp_path / "w") != door_name(tmp_path / "v") and not knock(tmp_path / "v")
    assert start(tmp_path / "v").communicate()[0] == "False\n"


def test_a_window_that_died_leaves_no_door_that_keeps_anybody_out(qtbot, home, tmp_path):
    if sys.platform == "win32":
        pytest.skip("Windows takes a pipe away with its process")
    name = door_name(tmp_path / "w")
    left = plain.socket(plain.AF_UNIX)
    left.bind(name)
    left.close()
    assert not knock(tmp_path / "w")
    again = Door(tmp_path / "w")
    assert again.open()
    with qtbot.waitSignal(again.knocked, timeout=30_000):
        process = start(tmp_path / "w")
    assert process.communicate()[0] == "True\n"
    again.close()


def test_what_is_no_knock_is_not_answered(qtbot, door, tmp_path):
    if sys.platform == "win32":
        pytest.skip("a plain socket reaches no pipe")
    heard = []
    door.knocked.connect(lambda: heard.append(1))
    guest = plain.socket(plain.AF_UNIX)
    guest.connect(door_name(tmp_path / "w"))
    guest.sendall(b"GET / HTTP/1.0\r\n\r\n")
    qtbot.wait(50)
    guest.close()
    qtbot.wait(20)
    assert heard == []
    with qtbot.waitSignal(door.knocked, timeout=30_000):
        process = start(tmp_path / "w")
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a pipe to its user by itself")
def test_only_the_same_user_may_knock(door, tmp_path):
    assert Path(door_name(tmp_path / "w")).stat().st_mode & 0o077 == 0
