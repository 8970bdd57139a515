"""The program at login, on a real X server with a panel on a real session bus: used through its tray icon."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.services.desk import Desk
from tests.cli.test_processes import until
from tests.servers.notifications import Session
from tests.servers.panel import Panel

ROOT = Path(__file__).resolve().parent.parent.parent
MAIN = [sys.executable, str(ROOT / "main.py")]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or any(shutil.which(name) is None for name in ("dbus-daemon", "Xvfb", "xwininfo")),
    reason="needs dbus-daemon, Xvfb and xwininfo")


@pytest.fixture
def screen():
    """A display of this test's own."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait()


class Program:
    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.started = []

    def start(self, *words):
        process = subprocess.Popen([*MAIN, "--workspace", str(self.folder), "--language", "en", *words], cwd=ROOT,
                                   env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.started.append(process)
        return process

    def close(self):
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def program(tmp_path, screen):
    with Session(tmp_path) as session:
        environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path),
                       "DBUS_SESSION_BUS_ADDRESS": session.address, "XDG_RUNTIME_DIR": str(tmp_path)}
        made = Program(tmp_path / "w", environment)
        made.session = session
        yield made
        made.close()


def windows(program):
    """How many windows of ours the screen shows now."""
    listed = subprocess.run(["xwininfo", "-root", "-tree"], env=program.environment, capture_output=True, text=True)
    ours = [line.split()[0] for line in listed.stdout.splitlines() if '"Yigao"' in line]
    each = (subprocess.run(["xwininfo", "-id", id], env=program.environment, capture_output=True, text=True).stdout
            for id in ours)
    return sum("IsViewable" in text for text in each)


def test_from_login_to_quit(program):
    desk = Desk.open(program.folder)
    post, account = desk.posts.create(title="Road book", text="x"), desk.accounts.list()[0].id
    at = datetime.now(UTC) + timedelta(seconds=6)
    id = desk.calendar.schedule(post.id, account, at, "UTC").id
    with Panel(program.session.address) as panel, program.session.service():
        running = program.start("--tray")
        assert panel.item()["tip"].startswith("Yigao")
        assert "Open Yigao" in panel.menu()
        until(lambda: desk.publishing.get(id).state == "published")
        [notice] = program.session.wait(1)
        assert (notice["title"], notice["body"].partition(" · ")[0]) == ("Published", "Road book")
        assert panel.wait_for("Nothing is scheduled")[1:] == ["Open Yigao", "Hold everything", "Quit Yigao"]
        panel.choose("Hold everything")
        until(lambda: [hold.scope for hold in desk.holds.active()] == [""])
        panel.choose("Resume publishing")
        until(lambda: not desk.holds.active())
        assert windows(program) == 0
        panel.click()
        until(lambda: windows(program) > 0)
        second = program.start()
        assert second.wait(timeout=60) == 0, "the window that is there came up instead"
        assert running.poll() is None
        panel.choose("Quit Yigao")
        assert running.wait(timeout=60) == 0, running.communicate()[0]
    desk.close()
