"""Workers and windows on one workspace share the work: real processes, each delivery once."""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import pytest

from studio.cli.app import write
from studio.services.desk import Desk
from studio.services.presence import Presence
from tests.cli.test_processes import MAIN, ROOT, finish, ready, start, until  # noqa: F401
from tests.servers.notifications import Session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process can handle")
MANY = 30


def test_without_a_console_nothing_is_said_and_nothing_fails():
    write(None, "Windows starts programs at login without one")


def test_at_login_nothing_is_made_where_a_drive_is_missing(tmp_path):
    code, document, _ = finish(start(tmp_path / "drive", "worker", "--at-login"))
    assert code == 1 and [f["code"] for f in document["findings"]] == ["workspace.missing"]
    opened = window(tmp_path / "drive", "--tray")
    assert opened.wait(timeout=120) == 1 and "Traceback" not in opened.communicate()[1]
    assert not (tmp_path / "drive").exists()


def window(folder, *words):
    """The real window, off screen."""
    import subprocess

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    return subprocess.Popen([*MAIN, "--workspace", str(folder), *words], env=environment, cwd=ROOT,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def end(process):
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)


@pytest.fixture
def watcher(ready):  # noqa: F811
    """The workspace, looked at from outside."""
    desk = Desk.open(ready[0])
    desk.look = Presence(desk.workspace.cache, "worker")
    yield desk
    desk.look.close()
    desk.close()


def planned(desk, post, account, seconds, count=MANY):
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    posts = [desk.posts.duplicate(post).id for _ in range(count)]
    return [desk.calendar.schedule(one, account, at, "UTC").id for one in posts]


def begun(desk, id):
    """Who began the one visible request, once for each time it was begun."""
    return [s.who for s in desk.publishing.story(id) if s.step.startswith("commit") and s.phase == "begun"]


def test_two_workers_and_a_window_send_thirty_deliveries_once_each(ready, watcher):  # noqa: F811
    folder, post, account = ready
    ids = planned(watcher, post, account, 9)
    opened = window(folder)
    workers = [start(folder, "worker") for _ in range(2)]
    until(lambda: watcher.look.others("window") == 1 and watcher.look.others("worker") == 2)
    until(lambda: all(watcher.publishing.get(id).state == "published" for id in ids), 120)
    senders = [begun(watcher, id) for id in ids]
    assert all(len(who) == 1 for who in senders), senders
    assert len([p for p in (folder / "practice" / account / "posts").iterdir() if p.name[0] != "."]) == MANY
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    sent = [finish(worker) for worker in workers]
    end(opened)
    told = [d["delivery"] for _, document, _ in sent for d in document]
    assert len(told) == len(set(told)) <= MANY
    for code, document, err in sent:
        assert code == 0 and "A window has this workspace open too" in err
        lines = [line for line in err.splitlines() if "Published" in line]
        assert sorted(line.split()[1] for line in lines) == sorted(d["delivery"] for d in document)


def test_a_worker_says_when_the_window_is_gone(ready, watcher):  # noqa: F811
    folder, _, _ = ready
    mark = Presence(watcher.workspace.cache, "window")
    worker = start(folder, "worker")
    lines = [worker.stderr.readline() for _ in range(2)]
    assert "Watching" in lines[0] and "A window has" in lines[1]
    mark.close()
    assert "The window was closed" in worker.stderr.readline()
    end(worker)


def test_a_terminal_that_closes_ends_it_well(ready, watcher):  # noqa: F811
    worker = start(ready[0], "worker")
    assert "Watching" in worker.stderr.readline()
    worker.send_signal(signal.SIGHUP)
    code, document, err = finish(worker)
    assert (code, document) == (0, []) and err.endswith("Stopped.\n") and watcher.look.others("worker") == 0


def test_a_worker_that_is_killed_leaves_its_work_to_the_others(ready, watcher):  # noqa: F811
    folder, post, account = ready
    ids = planned(watcher, post, account, 5)
    workers = [start(folder, "worker") for _ in range(2)]
    until(lambda: watcher.look.others("worker") == 2)
    until(lambda: any(watcher.publishing.get(id).state == "published" for id in ids))
    workers[0].kill()
    workers[0].communicate()
    until(lambda: all(watcher.publishing.get(id).state == "published" for id in ids), 180)
    assert all(len(begun(watcher, id)) >= 1 for id in ids) and watcher.look.others("worker") == 1
    end(workers[1])


@pytest.mark.skipif(sys.platform != "linux" or Session.missing(), reason="needs dbus-daemon")
def test_a_worker_tells_the_desktop(ready, watcher, tmp_path, monkeypatch):  # noqa: F811
    folder, post, account = ready
    with Session(tmp_path) as session, session.service():
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        ids = planned(watcher, post, account, 3, 5)
        worker = start(folder, "worker")
        until(lambda: all(watcher.publishing.get(id).state == "published" for id in ids))
        end(worker)
        notices = session.wait(1)
    assert sum(int(n["title"].split()[0]) if n["title"][0].isdigit() else 1 for n in notices) == 5
    assert all(n["program"] == "Yigao" and "Hello" in n["body"] for n in notices)
