"""Bad disks and bad databases: a clear finding, nothing lost, nothing touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.delivery import Delivery, State, Step
from studio.core.errors import WorkspaceProblem
from studio.core.post import Post
from studio.store import opening
from studio.store.workspace import NAME, Workspace
from tests.store.disks import disk, unwritable


def state_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file of the folder: when it was changed, and its hash."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return {str(p): (p.stat().st_mtime_ns, hashlib.sha256(p.read_bytes()).hexdigest()) for p in files}


def code_of(folder: Path, *, read_only: bool = False) -> str:
    with pytest.raises(WorkspaceProblem) as found:
        Workspace.open(folder, read_only=read_only)
    return found.value.findings[0].code


def make(folder: Path, *titles: str) -> list[Post]:
    posts = [Post(title=t) for t in titles]
    with Workspace.open(folder) as workspace:
        for post in posts:
            workspace.posts.save(post)
    return posts


def make_newer(folder: Path) -> None:
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def writes(workspace: Workspace) -> list[Callable[[], object]]:
    """Every way to change something."""
    deliveries = workspace.deliveries
    return [
        lambda: workspace.posts.save(Post()), lambda: workspace.posts.delete("x"),
        lambda: workspace.settings.set("a", 1), lambda: deliveries.add(Delivery()),
        lambda: deliveries.move("x", State.DUE, State.PREPARING), lambda: workspace.assets.remove("x"),
        lambda: workspace.accounts.remove("x"), lambda: workspace.files.add_bytes(b"x"),
        lambda: workspace.journal.append(Step("x", "y", "note", Delivery().at)), lambda: workspace.backups.make(),
    ]


def test_a_workspace_that_cannot_be_written_opens_for_reading(folder: Path) -> None:
    post = make(folder, "kept")[0]
    before = state_of(folder)
    with unwritable(folder), Workspace.open(folder) as workspace:
        assert workspace.read_only and workspace.why is not None and workspace.why.code == "workspace.read_only"
        assert workspace.posts.get(post.id) == post and workspace.posts.count("kept") == 1
        assert workspace.take_window() is None and workspace.why.code == "workspace.read_only"
        for write in writes(workspace):
            with pytest.raises(WorkspaceProblem, match=r"workspace\.read_only"):
                write()
    assert state_of(folder) == before


def test_what_only_the_wal_holds_is_read_from_a_disk_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(folder)
    post = Post(title="only in the WAL")
    workspace.posts.save(post)
    copy = tmp_path / "copy"
    copy.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(folder / (NAME + end), copy / (NAME + end))
    workspace.close()
    assert (copy / f"{NAME}-wal").stat().st_size > 0
    with unwritable(copy), Workspace.open(copy) as workspace:
        assert workspace.read_only and workspace.posts.get(post.id) == post


def test_a_folder_that_cannot_be_written_and_holds_nothing(tmp_path: Path) -> None:
    place = tmp_path / "empty"
    place.mkdir()
    with unwritable(place):
        assert code_of(place) == "workspace.read_only"
        assert code_of(place / "inner") == "workspace.read_only"


@pytest.mark.skipif(sys.platform != "linux", reason="chattr is of Linux")
def test_a_database_file_that_may_not_be_changed(folder: Path) -> None:
    post = make(folder, "kept")[0]
    if subprocess.run(["chattr", "+i", str(folder / NAME)], capture_output=True).returncode != 0:
        (folder / NAME).chmod(0o444)
        if os.geteuid() == 0:
            pytest.skip("this file system has no immutable files, and rights do not stop root")
    try:
        with Workspace.open(folder) as workspace:
            assert workspace.read_only and workspace.posts.get(post.id) == post
    finally:
        subprocess.run(["chattr", "-i", str(folder / NAME)], capture_output=True)


def test_opened_for_reading_beside_a_writer(folder: Path) -> None:
    make(folder, "first")
    with Workspace.open(folder) as writer, Workspace.open(folder, read_only=True) as reader:
        assert reader.read_only and reader.why is not None and reader.why.code == "workspace.asked_read_only"
        writer.posts.save(Post(title="second"))
        assert reader.posts.count() == 2
        for write in writes(reader)[:7]:
            with pytest.raises(WorkspaceProblem, match="asked_read_only"):
                write()


def test_reading_makes_no_workspace(folder: Path) -> None:
    assert code_of(folder, read_only=True) == "workspace.missing"
    assert not folder.exists()
    folder.mkdir()
    assert code_of(folder, read_only=True) == "workspace.missing"
    assert list(folder.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert code_of(tmp_path / "file") == "workspace.not_a_folder"
    assert code_of(tmp_path / "file" / "inner") == "workspace.not_a_folder"


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "1m") as place, Workspace.open(place / "w") as workspace:
        kept: dict[str, str] = {}
        with pytest.raises(WorkspaceProblem, match=r"workspace\.full"):
            for n in range(2000):
                post = Post(title=f"t{n}", text="长文本" * 2000)
                workspace.posts.save(post)
                kept[post.id] = post.text
        with pytest.raises(WorkspaceProblem, match=r"workspace\.full"):
            workspace.files.add_bytes(bytes(1 << 20))
        assert kept and {r.id for r in workspace.posts.list()} == set(kept)
        assert all(workspace.posts.get(id).text == text for id, text in kept.items())
        assert workspace.check() == ()
        workspace.close()
        subprocess.run(["mount", "-o", "remount,size=8m", str(place)], check=True)
        with Workspace.open(place / "w") as again:
            assert again.posts.count() == len(kept)
            again.posts.save(Post(title="there is room again"))


def test_a_disk_that_is_full_before_it_is_opened(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "2m") as place:
        post = make(place / "w", "kept")[0]
        filler = place / "filler"
        fill(filler)
        with Workspace.open(place / "w") as workspace:
            assert workspace.posts.get(post.id) == post
            assert workspace.why is not None and workspace.why.code == "workspace.full"
            with pytest.raises(WorkspaceProblem, match=r"workspace\.full"):
                workspace.posts.save(Post(text="x" * 100_000))
        assert code_of(place / "new") == "workspace.full"
        filler.unlink()
        with Workspace.open(place / "w") as workspace:
            assert workspace.posts.get(post.id) == post and not workspace.read_only
        Workspace.open(place / "new").close()


def fill(file: Path) -> None:
    """Writes until the disk is full."""
    with file.open("wb", buffering=0) as target:
        size = 1 << 16
        while size:
            try:
                target.write(bytes(size))
            except OSError:
                size //= 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file size")
def test_a_limit_on_file_size_is_a_full_disk_too(folder: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from studio.core.errors import WorkspaceProblem; from studio.core.post import Post\n"
        "from studio.store.workspace import Workspace\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "workspace = Workspace.open(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
        "try:\n"
        "    for n in range(1000): workspace.posts.save(Post(text='x' * 20000))\n"
        "except WorkspaceProblem as p: print(p, n == workspace.posts.count(), workspace.check())\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True)
    assert run.stdout.strip() == "workspace.full True ()", run.stderr
    with Workspace.open(folder) as workspace:
        assert workspace.check() == ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database at all, but long enough to look like one" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(5000)),
        lambda path: path.write_bytes(path.read_bytes()[:100] + os.urandom(8000)),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: (path.unlink(), sqlite3.connect(path).execute("CREATE TABLE other (x)").connection.close()),
    ],
    ids=["text", "cut", "zeros", "noise", "gone", "empty", "not-ours"],
)
def test_a_damaged_database_is_named_with_its_newest_backup(folder: Path, damage: Callable[[Path], object]) -> None:
    make(folder, "kept")
    with Workspace.open(folder) as workspace:
        backup = workspace.backups.make()
    damage(folder / NAME)
    before = state_of(folder)
    with pytest.raises(WorkspaceProblem) as found:
        Workspace.open(folder)
    finding = found.value.findings[0]
    assert (finding.code, finding.values["backup"]) == ("workspace.corrupt", backup.name)
    after = state_of(folder)
    after.pop(str(folder / ".migrate.lock"), None)
    before.pop(str(folder / ".migrate.lock"), None)
    assert after == before


def test_a_damaged_database_without_a_backup(folder: Path) -> None:
    make(folder, "kept")
    (folder / NAME).write_bytes(b"x" * 5000)
    assert code_of(folder) == "workspace.corrupt_no_backup"


def test_damage_found_while_working(folder: Path) -> None:
    make(folder, *(f"post {n}" for n in range(200)))
    with sqlite3.connect(folder / NAME) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'post'").fetchone()[0]
    connection.close()
    with (folder / NAME).open("rb+") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))
    with Workspace.open(folder) as workspace:
        assert workspace.check()[0].code.startswith("workspace.corrupt")
        with pytest.raises(WorkspaceProblem, match=r"workspace\.corrupt"):
            workspace.posts.list()
        with pytest.raises(WorkspaceProblem, match=r"workspace\.corrupt"):
            workspace.backups.make()
        assert workspace.backups.list() == []


def test_a_newer_workspace_is_not_touched(folder: Path) -> None:
    make(folder, "kept")
    make_newer(folder)
    before = state_of(folder)
    assert code_of(folder) == "workspace.newer"
    assert code_of(folder, read_only=True) == "workspace.newer"
    assert state_of(folder) == before


@pytest.mark.parametrize("shared", [True, False])
def test_a_newer_workspace_after_a_crash_is_not_touched(folder: Path, tmp_path: Path, shared: bool) -> None:
    make(folder, "kept")
    writer = sqlite3.connect(folder / NAME)
    writer.execute("UPDATE alembic_version SET version_num = '9999'")
    writer.commit()
    copy = tmp_path / "copy"
    copy.mkdir()
    for end in ("", "-wal", "-shm") if shared else ("", "-wal"):
        shutil.copyfile(folder / (NAME + end), copy / (NAME + end))
    writer.close()
    before = state_of(copy)
    assert code_of(copy) == "workspace.newer"
    assert state_of(copy) == before


def test_a_newer_workspace_on_a_disk_that_cannot_be_written(folder: Path) -> None:
    make(folder, "kept")
    make_newer(folder)
    with unwritable(folder):
        assert code_of(folder) == "workspace.newer"


def test_a_writer_waits_for_another(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        other = sqlite3.connect(folder / NAME, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
        workspace.posts.save(Post(title="waited"))
        other.close()
        assert workspace.posts.count() == 1


def test_a_writer_that_waited_too_long_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.store.database.BUSY_MS", 50)
    with Workspace.open(folder) as workspace:
        other = sqlite3.connect(folder / NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceProblem, match=r"workspace\.locked"):
            workspace.posts.save(Post())
        other.close()


def test_many_threads_save_and_read_at_once(workspace: Workspace) -> None:
    faults: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for n in range(15):
                post = Post(title=f"{name} {n}")
                workspace.posts.save(post)
                assert workspace.posts.get(post.id) == post
                workspace.posts.list("1", limit=5)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [] and workspace.posts.count() == 16 * 15


def test_without_wal_a_rollback_journal_serves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "on_network", lambda path: True)
    post = make(folder, "kept")[0]
    assert not (folder / f"{NAME}-wal").exists()
    with Workspace.open(folder) as workspace, workspace.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert workspace.posts.get(post.id) == post


def protocol_fault(connection: sqlite3.Connection, mode: str, really: Callable[..., str]) -> str:
    if mode == "WAL":
        raise sqlite3.OperationalError("locking protocol")
    return really(connection, mode)


def test_a_wal_that_cannot_work_falls_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = opening._journal
    monkeypatch.setattr(opening, "_journal", lambda c, mode: protocol_fault(c, mode, really))
    with Workspace.open(folder) as workspace, workspace.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert workspace.posts.list() == []


def test_a_workspace_moved_to_a_network_drive_leaves_the_wal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = make(folder, "kept")[0]
    monkeypatch.setattr(opening, "on_network", lambda path: True)
    with Workspace.open(folder) as workspace:
        assert workspace.posts.get(post.id) == post
        with workspace.database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        with Workspace.open(folder) as beside:
            beside.posts.save(Post(title="shared all the same"))
        assert workspace.posts.count() == 2


MOUNTS = "overlay / overlay rw 0 0\nnas:/x /mnt/my\\040nas nfs4 rw 0 0\n/dev/sda1 /mnt/my\\040nas/local ext4 rw 0 0\n"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a.db", "overlay"), ("/mnt/my nas/a.db", "nfs4"), ("/mnt/my nas/local/a.db", "ext4"),
        ("/mnt/my", "overlay"),
    ],
)
def test_the_kind_of_a_mount(path: str, kind: str) -> None:
    assert opening.kind_of_mount(MOUNTS, path) == kind
