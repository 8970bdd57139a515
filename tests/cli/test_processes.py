"""Commands in processes of their own, as people and machines run them: signals, sharing, what is loaded."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.services.desk import Desk

ROOT = Path(__file__).resolve().parent.parent.parent
MAIN = [sys.executable, str(ROOT / "main.py")]
LOADED = """
import json, sys
from studio.app import main
status = main(sys.argv[1:])
print(json.dumps([status, sorted({name.split(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def start(folder, *words):
    environment = {**os.environ, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [*MAIN, "--workspace", str(folder), "--json", *(str(w) for w in words)], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )


def finish(process):
    out, err = process.communicate(timeout=120)
    return process.returncode, json.loads(out), err


@pytest.fixture
def ready(tmp_path):
    """A workspace with a post; its folder, the post's id and the practice account's."""
    folder = tmp_path / "w"
    desk = Desk.open(folder)
    post = desk.posts.create(title="Hello", text="周末")
    account = desk.accounts.list()[0]
    desk.close()
    return folder, post.id, account.id


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process can handle")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_worker_publishes_what_falls_due_and_stops_when_asked(ready, number, status):
    folder, post, account = ready
    desk = Desk.open(folder)
    id = desk.calendar.schedule(post, account, datetime.now(UTC) + timedelta(seconds=2), "UTC").id
    worker = start(folder, "worker")
    assert "Watching" in worker.stderr.readline()
    until(lambda: desk.publishing.get(id).state == "published")
    desk.close()
    worker.send_signal(number)
    code, document, _ = finish(worker)
    assert code == status
    assert [(d["delivery"], d["state"]) for d in document] == [(id, "published")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process can handle")
def test_two_workers_send_each_delivery_once(ready):
    folder, post, account = ready
    desk = Desk.open(folder)
    soon = datetime.now(UTC) + timedelta(seconds=2)
    ids = {desk.calendar.schedule(desk.posts.duplicate(post).id, account, soon, "UTC").id for _ in range(6)}
    workers = [start(folder, "worker") for _ in range(2)]
    until(lambda: all(desk.publishing.get(d).state == "published" for d in ids))
    commits = [s.step for d in ids for s in desk.publishing.story(d) if s.step == "commit" and s.phase == "begun"]
    desk.close()
    assert len(commits) == len(ids)
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    sent = [d["delivery"] for worker in workers for d in finish(worker)[1]]
    assert sorted(sent) == sorted(ids)


def test_a_window_and_commands_share_a_workspace(ready, tmp_path):
    folder, post, account = ready
    first, second = Desk.open(folder, window=True), Desk.open(folder, window=True)
    try:
        assert not first.read_only and second.read_only and second.why.code == "workspace.in_use"
        (tmp_path / "more.md").write_text("More")
        code, document, _ = finish(start(folder, "post", "import", tmp_path / "more.md"))
        assert code == 0 and first.posts.get(document["post"]).text == "More"
        assert len(second.posts.list()) == 2
        code, document, _ = finish(start(folder, "publish", post, "--account", account))
        assert (code, document["state"]) == (0, "published")
        first.posts.create(text="Mine")
        assert first.posts.count() == 3
    finally:
        second.close()
        first.close()


@pytest.mark.parametrize("spoil", ["newer", "corrupt", "file"])
def test_a_workspace_that_cannot_be_opened_is_told_and_left_alone(ready, tmp_path, spoil):
    folder = ready[0]
    database = folder / "studio.db"
    if spoil == "newer":
        import sqlite3

        with sqlite3.connect(database) as connection:
            connection.execute("UPDATE alembic_version SET version_num = 'zz99'")
        connection.close()
    elif spoil == "corrupt":
        database.write_bytes(b"not a database at all" * 100)
    else:
        folder = tmp_path / "plain"
        folder.write_text("x")
    before = database.read_bytes()
    code, document, _ = finish(start(folder, "post", "list"))
    assert code == 1
    assert document["findings"][0]["code"].startswith(
        {"newer": "workspace.newer", "corrupt": "workspace.corrupt", "file": "workspace.not_a_folder"}[spoil])
    assert database.read_bytes() == before
    code, document, _ = finish(start(folder, "doctor"))
    assert code == 1 and document["findings"]


def test_listing_posts_loads_nothing_heavy(ready):
    folder = ready[0]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--workspace", str(folder), "post", "list"], cwd=ROOT, capture_output=True,
        text=True, timeout=120, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    status, loaded = json.loads(done.stderr.splitlines()[-1])
    assert status == 0 and "Hello" in done.stdout
    heavy = {"httpx", "PIL", "av", "alembic", "PySide6", "keyring", "numpy", "moviepy", "yaml"}
    assert heavy & set(loaded) == set()


def test_output_that_nobody_reads_is_no_fault(ready):
    folder = ready[0]
    process = start(folder, "post", "list")
    process.stdout.close()
    process.stdin.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert "Traceback" not in err and "wrong inside" not in err


def test_the_demo_does_the_whole_job_without_anything(tmp_path):
    """No keychain, no network, no display, no workspace of the person's."""
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    bare |= {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "home"), "https_proxy": "http://127.0.0.1:9"}
    done = subprocess.run(
        [*MAIN, "--json", "--language", "zh_TW", "demo", "--out", str(tmp_path / "demo")], cwd=ROOT, env=bare,
        capture_output=True, text=True, timeout=300,
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert {"post", "previews", "video", "deliveries", "out"} <= set(shown)
    assert shown["out"] == str(tmp_path / "demo") and Path(shown["video"]).stat().st_size > 100_000
    assert {p["platform"] for p in shown["previews"]} >= {"practice", "bluesky"}
    for painted in shown["previews"]:
        assert Path(painted["file"]).read_bytes().startswith(b"\x89PNG") and painted["boxes"]
    for d in shown["deliveries"]:
        assert d["state"] == "published" and d["proof"]["whole"]
        assert [line["what"] for line in d["proof"]["lines"]].count("media") == 1
    desk = Desk.open(tmp_path / "demo" / "workspace")
    kinds = [m.kind for m in desk.posts.get(shown["post"]).media]
    desk.close()
    assert sorted(kinds) == ["image", "image", "image", "video"]
    assert not (tmp_path / "home").exists() or not list((tmp_path / "home").rglob("*.db"))
