"""A backup brings back what there was, whole; anything else is refused before anything is touched."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.core.asset import Asset, Probe
from studio.core.delivery import Delivery, State
from studio.core.errors import Cancelled, WorkspaceProblem
from studio.core.post import Account, Media, Post
from studio.store.backups import MANIFEST, Backups, copy_rows, is_sound
from studio.store.workspace import NAME, Workspace
from tests.store.disks import disk, unwritable
from tests.store.test_trouble import state_of

SECRET = "hunter2-app-password"


def fill(workspace: Workspace, files: int = 3) -> Post:
    stored = [workspace.files.add_bytes(os.urandom(1000) + bytes([n]), suffix=".jpg") for n in range(files)]
    probe = Probe("image", "image/jpeg", ".jpg", 10, 10)
    workspace.assets.save_many([Asset(s.id, f"{n}.jpg", s.bytes, probe) for n, s in enumerate(stored)])
    post = Post(title="春天 kept \ud800", media=tuple(Media(s.id) for s in stored), accounts=("a1",))
    workspace.posts.save(post)
    workspace.accounts.save(Account("a1", "bluesky", handle="yi.test"))
    workspace.deliveries.add(Delivery(post=post.id, account="a1", state=State.PUBLISHED))
    workspace.settings.set("theme", "dark")
    return post


def content_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours."""
    with sqlite3.connect(folder / NAME) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if "_search" not in name
        ]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names}
    connection.close()
    return rows


def damaged(backup: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same archive with other members."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    out = backup.with_name("damaged.zip")
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out


def test_a_full_backup_comes_back_in_an_empty_folder(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder) as workspace:
        post = fill(workspace)
        out = workspace.backups.make(tmp_path / "out" / "my backup.zip")
        assert out == tmp_path / "out" / "my backup.zip"
    before = content_of(folder)
    restored = Backups.restore(out, tmp_path / "new")
    assert (restored.posts, restored.media, restored.kept, restored.missing, restored.held) == (1, 3, None, (), ())
    assert content_of(tmp_path / "new") == before
    with Workspace.open(tmp_path / "new") as workspace:
        assert workspace.posts.get(post.id) == post and workspace.posts.count("春天") == 1
        assert [workspace.files.verify(m.media) for m in post.media] == [()] * 3
        assert workspace.check() == ()
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["my backup.zip"]
    assert not list((tmp_path / "new").glob(".*-restore-*"))


def test_what_was_there_is_kept_first_and_can_come_back_too(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        post = fill(workspace)
        backup = workspace.backups.make()
        later = replace(post, title="later")
        workspace.posts.save(later)
        workspace.posts.save(Post(title="another"))
    restored = Backups.restore(backup, folder)
    assert restored.kept is not None and restored.kept.name.startswith("restore-")
    with Workspace.open(folder) as workspace:
        assert workspace.posts.get(post.id) == post and workspace.posts.count() == 1
    Backups.restore(restored.kept, folder)
    with Workspace.open(folder) as workspace:
        assert workspace.posts.get(post.id) == later and workspace.posts.count("another") == 1


def test_a_daily_backup_leaves_the_originals_where_they_are(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        post = fill(workspace)
        daily = workspace.backups.daily()
        assert daily is not None and workspace.backups.daily() is None
        with zipfile.ZipFile(daily) as archive:
            assert sorted(archive.namelist()) == [NAME, MANIFEST]
            assert {m["id"] for m in json.loads(archive.read(MANIFEST))["media"]} == {m.media for m in post.media}
        workspace.posts.delete(post.id)
        workspace.files.remove(post.media[0].media)
    restored = Backups.restore(daily, folder)
    assert restored.missing == (post.media[0].media,) and restored.media == 2
    with Workspace.open(folder) as workspace:
        assert workspace.posts.get(post.id) == post


def test_restoring_brings_back_swapped_and_missing_files(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        post = fill(workspace)
        backup = workspace.backups.make()
        workspace.files.remove(post.media[0].media)
        workspace.files.path(post.media[1].media).write_bytes(b"swapped")
    Backups.restore(backup, folder)
    with Workspace.open(folder) as workspace:
        assert [workspace.files.verify(m.media) for m in post.media] == [()] * 3


def test_old_dailies_go_others_stay(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        full = workspace.backups.make()
        for day in range(1, 10):
            (folder / "backups" / f"daily-2026-01-0{day}.zip").write_bytes(b"")
        today = workspace.backups.daily(keep=3)
        names = sorted(p.name for p in (folder / "backups").iterdir())
    assert today is not None
    assert names == sorted(["daily-2026-01-08.zip", "daily-2026-01-09.zip", today.name, full.name])


def test_the_list_has_the_newest_first(workspace: Workspace) -> None:
    assert workspace.backups.list() == []
    first = workspace.backups.make()
    os.utime(first, (1, 1))
    second = workspace.backups.daily()
    listed = workspace.backups.list()
    assert [b.path for b in listed] == [second, first] and [b.kind for b in listed] == ["daily", "full"]
    assert listed[1].at == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC) and listed[1].bytes == first.stat().st_size


def test_several_in_one_second_have_names_of_their_own(workspace: Workspace) -> None:
    assert len({workspace.backups.make() for _ in range(4)}) == 4


def test_a_backup_while_others_write_is_one_moment(workspace: Workspace, tmp_path: Path) -> None:
    """Each transaction saves two posts or none: a copy from between would show one of a pair."""
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            with workspace.database.write() as connection:
                for half in ("a", "b"):
                    connection.exec_driver_sql("INSERT INTO setting VALUES (?, '1')", (f"{n}{half}",))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [workspace.backups.make(tmp_path / f"{n}.zip") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for n, file in enumerate(made):
        Backups.restore(file, tmp_path / str(n))
        with Workspace.open(tmp_path / str(n)) as copy:
            keys = copy.settings.all()
            assert sum(k.endswith("a") for k in keys) == sum(k.endswith("b") for k in keys)


def test_a_backup_holds_no_secret(workspace: Workspace, tmp_path: Path) -> None:
    from studio.store.vault import Vault
    from tests.store.test_vault import MemoryKeyring

    fill(workspace)
    Vault(MemoryKeyring()).write("a1", {"password": SECRET})
    out = workspace.backups.make(tmp_path / "b.zip")
    with zipfile.ZipFile(out) as archive:
        assert all(SECRET.encode() not in archive.read(name) for name in archive.namelist())
    for path in workspace.folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_what_should_have_gone_out_meanwhile_is_not_sent_again(folder: Path) -> None:
    now = datetime.now(UTC)
    with Workspace.open(folder) as workspace:
        add = workspace.deliveries.add
        past = add(Delivery(state=State.SCHEDULED, at=now - timedelta(minutes=1)))
        due = add(Delivery(state=State.DUE, at=now - timedelta(minutes=1)))
        future = add(Delivery(state=State.SCHEDULED, at=now + timedelta(days=1)))
        sending = [add(Delivery(state=s, at=now, owner="1-gone")) for s in (State.PREPARING, State.STAGING)]
        backup = workspace.backups.make()
        workspace.deliveries.move(due.id, State.DUE, State.PREPARING)
    restored = Backups.restore(backup, folder)
    assert set(restored.held) == {past.id, due.id, *(d.id for d in sending)}, "it may have gone on after the copy"
    with Workspace.open(folder) as workspace:
        assert workspace.deliveries.get(past.id).state is State.MISSED
        assert workspace.deliveries.get(due.id).error[0].code == "delivery.restored"
        assert workspace.deliveries.get(future.id) == future
        assert workspace.journal.of(past.id)[-1].step == "scheduled>missed"


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: data})


def manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), **changes}).encode()

    return change


def cut_database(members: dict[str, bytes]) -> None:
    members[NAME] = members[NAME][:9000]


def swap_media(members: dict[str, bytes]) -> None:
    name = next(n for n in members if n.startswith("media/"))
    members[name] = b"other bytes"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put("../../escaped.txt", b"x"), "backup.corrupt"),
        (put("/etc/escaped.txt", b"x"), "backup.corrupt"),
        (put("media/aa/../../../escaped.txt", b"x"), "backup.corrupt"),
        (put("media\\aa\\escaped.txt", b"x"), "backup.corrupt"),
        (put("C:\\escaped.txt", b"x"), "backup.corrupt"),
        (put("studio.db-wal", b"x"), "backup.corrupt"),
        (put("cache/x", b"x"), "backup.corrupt"),
        (lambda members: members.pop(MANIFEST), "backup.corrupt"),
        (lambda members: members.pop(NAME), "backup.corrupt"),
        (put(MANIFEST, b"not json"), "backup.corrupt"),
        (put(MANIFEST, b"[]"), "backup.corrupt"),
        (put(MANIFEST, b"\xff\xfe"), "backup.corrupt"),
        (manifest(format="1"), "backup.corrupt"),
        (manifest(format=2), "backup.newer"),
        (manifest(revision="9999"), "backup.newer"),
        (manifest(revision=None), "backup.newer"),
        (cut_database, "backup.corrupt"),
        (put(NAME, b""), "backup.corrupt"),
        (put(NAME, b"x" * 5000), "backup.corrupt"),
        (swap_media, "backup.corrupt"),
    ],
)
def test_no_backup_of_ours_is_refused_and_nothing_touched(
    folder: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    with Workspace.open(folder) as workspace:
        fill(workspace)
        backup = damaged(workspace.backups.make(), change)
    locks = {str(folder / n) for n in (".migrate.lock", ".window.lock")}
    before = state_of(folder)
    with pytest.raises(WorkspaceProblem, match=code.replace(".", r"\.")):
        Backups.restore(backup, folder)
    after = state_of(folder)
    assert {k: v for k, v in after.items() if k not in locks} == {k: v for k, v in before.items() if k not in locks}
    assert not list(tmp_path.rglob("escaped*")) and not Path("/etc/escaped.txt").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"x" * 100_000])
def test_a_file_that_is_no_archive(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(data)
    for path, code in ((file, "corrupt"), (tmp_path, "corrupt"), (tmp_path / "none.zip", "missing")):
        with pytest.raises(WorkspaceProblem, match=f"backup.{code}"):
            Backups.restore(path, tmp_path / "new")
    assert not (tmp_path / "new" / NAME).exists()


def test_bytes_lost_anywhere_in_the_archive_are_noticed(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder) as workspace:
        fill(workspace)
        whole = workspace.backups.make().read_bytes()
    for share in range(1, 10):
        file = tmp_path / f"{share}.zip"
        place = len(whole) * share // 10
        file.write_bytes(whole[:place] + bytes(b ^ 0xFF for b in whole[place : place + 20]) + whole[place + 20 :])
        with pytest.raises(WorkspaceProblem, match=r"backup\.corrupt"):
            Backups.restore(file, tmp_path / "new")


def test_a_damaged_workspace_is_set_aside_and_the_backup_brought_back(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        post = fill(workspace)
        backup = workspace.backups.make()
    (folder / NAME).write_bytes(b"damaged" * 1000)
    restored = Backups.restore(backup, folder)
    assert restored.kept is not None and (restored.kept / NAME).read_bytes() == b"damaged" * 1000
    with Workspace.open(folder) as workspace:
        assert workspace.posts.get(post.id) == post


def test_not_while_a_window_has_it(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        backup = workspace.backups.make()
    code = (
        "import sys; from pathlib import Path; from studio.store.locks import WindowLock\n"
        "lock = WindowLock.take(Path(sys.argv[1])); print('ready', flush=True); sys.stdin.readline()"
    )
    window = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert window.stdout is not None and window.stdout.readline() == "ready\n"
    with pytest.raises(WorkspaceProblem) as refused:
        Backups.restore(backup, folder)
    assert refused.value.findings[0].code == "workspace.in_use"
    assert refused.value.findings[0].values["pid"] == window.pid
    window.communicate("\n")
    assert Backups.restore(backup, folder).posts == 0


def test_a_worker_that_has_it_open_sees_the_restored_one(folder: Path) -> None:
    with Workspace.open(folder) as worker:
        post = fill(worker)
        backup = worker.backups.make()
        worker.posts.delete(post.id)
        Backups.restore(backup, folder)
        assert worker.posts.get(post.id) == post
        worker.posts.save(replace(post, title="goes on"))
        assert worker.check() == ()


def test_cancel_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)

    def stop(fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        workspace.backups.make(tmp_path / "out" / "b.zip", check=stop)
    assert list((tmp_path / "out").iterdir()) == []
    backup = workspace.backups.make()
    with pytest.raises(Cancelled):
        Backups.restore(backup, tmp_path / "new", check=stop)
    assert not (tmp_path / "new" / NAME).exists() and not list((tmp_path / "new").glob(".*-restore-*"))


def test_what_a_killed_backup_left_is_swept_at_the_next_start(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        backup = workspace.backups.make()
    code = (
        "import os, sys; from pathlib import Path; from studio.store.workspace import Workspace\n"
        "from studio.store.backups import Backups; die = lambda fraction: os.kill(os.getpid(), 9)\n"
        "if sys.argv[2] == 'restore': Backups.restore(Path(sys.argv[3]), Path(sys.argv[1]), check=die)\n"
        "w = Workspace.open(Path(sys.argv[1])); w.files.add_bytes(b'x'); w.backups.make(check=die)"
    )
    for act in ("make", "restore"):
        subprocess.run([sys.executable, "-c", code, str(folder), act, str(backup)])
    left = [*(folder / "backups").glob(".*"), *folder.glob(".*-restore-*")]
    assert len(left) == 3  # of the backup its part and its copy, of the restore its folder
    with Workspace.open(folder) as workspace:
        assert not any(path.exists() for path in left)
        assert workspace.check() == () and [b.path for b in workspace.backups.list()] == [backup]


def test_a_full_disk_leaves_the_old_backup(workspace: Workspace, tmp_path: Path) -> None:
    workspace.files.add_bytes(os.urandom(1 << 20))
    with disk(tmp_path / "disk", "1m") as place:
        (place / "b.zip").write_bytes(b"the last good one")
        with pytest.raises(WorkspaceProblem, match=r"workspace\.full"):
            workspace.backups.make(place / "b.zip")
        assert [p.name for p in place.iterdir()] == ["b.zip"]
        assert (place / "b.zip").read_bytes() == b"the last good one"
        backup = workspace.backups.make(tmp_path / "b.zip")
        with pytest.raises(WorkspaceProblem, match=r"workspace\.full"):
            Backups.restore(backup, place / "new")
        assert not (place / "new" / NAME).exists() and not list((place / "new").glob(".*-restore-*"))


def test_a_place_that_cannot_be_written(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "ro").mkdir()
    with unwritable(tmp_path / "ro"), pytest.raises(WorkspaceProblem, match=r"workspace\.read_only"):
        workspace.backups.make(tmp_path / "ro" / "b.zip")


def test_rows_of_a_server_become_a_database_file(workspace: Workspace, tmp_path: Path) -> None:
    """The way for databases other than SQLite, here run on SQLite."""
    fill(workspace)
    copy_rows(workspace.database, tmp_path / NAME)
    assert is_sound(tmp_path / NAME) and content_of(tmp_path) == content_of(workspace.folder)
    with Workspace.open(tmp_path) as copy:
        assert copy.posts.count("春天") == 1
