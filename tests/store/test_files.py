"""Originals are kept by content: whole or not at all, once, unaltered."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Cancelled, NotFound, Refused, WorkspaceProblem
from studio.store import files
from studio.store.files import PIECE, FileStore
from studio.store.process import mark
from tests.store.disks import disk, unwritable


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "w" / "media")


def source(tmp_path: Path, data: bytes, name: str = "图 1.JPG") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def left_over(store: FileStore) -> list[Path]:
    return [p for p in (store.folder / ".part").glob("*")]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, 3 * PIECE + 7])
def test_a_file_is_kept_by_its_hash(store: FileStore, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    stored = store.add(source(tmp_path, data), suffix=".jpg")
    id = hashlib.sha256(data).hexdigest()
    assert (stored.id, stored.bytes, stored.new) == (id, size, True)
    assert stored.path == store.folder / id[:2] / f"{id}.jpg"
    assert store.path(id).read_bytes() == data and store.has(id) and store.verify(id) == ()
    assert left_over(store) == []


def test_the_same_bytes_twice_are_one_file(store: FileStore, tmp_path: Path) -> None:
    first = store.add(source(tmp_path, b"same", "a.png"), suffix=".png")
    second = store.add(source(tmp_path, b"same", "b.gif"), suffix=".gif")
    assert not second.new and second.path == first.path
    assert dict(store.every()) == {first.id: first.path}
    assert store.add_bytes(b"same").new is False
    assert left_over(store) == []


@pytest.mark.parametrize("suffix", ["", "jpg", "/../x", ".JPG", ".a/b", "." + "x" * 9, ".\x00", ". "])
def test_only_a_plain_ending_is_used(store: FileStore, tmp_path: Path, suffix: str) -> None:
    stored = store.add(source(tmp_path, b"x"), suffix=suffix)
    assert stored.path.name == stored.id


def test_progress_is_told_and_cancel_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    path, seen = source(tmp_path, bytes(4 * PIECE)), list[float]()
    store.add(path, check=seen.append)
    assert seen == [0.25, 0.5, 0.75, 1.0]

    def stop(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    store.remove(files.digest(path))
    with pytest.raises(Cancelled):
        store.add(path, check=stop)
    assert list(store.every()) == [] and left_over(store) == []


@pytest.mark.parametrize("name", ["gone.jpg", "\x00", "\ud800.jpg", "x" * 5000])
def test_a_source_that_is_not_there(store: FileStore, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused):
        store.add(tmp_path / name)
    assert list(store.every()) == []


def test_a_source_that_is_no_plain_file(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.folder"):
        store.add(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")  # nobody writes to it: opening it must not wait
        with pytest.raises(Refused, match=r"media\.unreadable"):
            store.add(tmp_path / "pipe")


def test_missing_and_swapped_files_are_noticed(store: FileStore, tmp_path: Path) -> None:
    stored = store.add(source(tmp_path, b"original"), suffix=".jpg")
    stored.path.write_bytes(b"0riginal")
    assert [f.code for f in store.verify(stored.id)] == ["media.swapped"]
    stored.path.unlink()
    assert [f.code for f in store.verify(stored.id)] == ["media.missing"]
    with pytest.raises(NotFound):
        store.path(stored.id)


def test_adding_a_swapped_file_again_heals_it(store: FileStore, tmp_path: Path) -> None:
    original = source(tmp_path, b"original")
    stored = store.add(original, suffix=".jpg")
    stored.path.write_bytes(b"0riginal")
    assert store.add(original, suffix=".jpg").new
    assert store.verify(stored.id) == ()
    assert len(list(store.every())) == 1


@pytest.mark.parametrize("id", ["", ".", "..", "../../etc/passwd", "a" * 63, "A" * 64, "*" * 64, "a" * 64 + "/x"])
def test_only_hashes_name_files(store: FileStore, id: str) -> None:
    assert not store.has(id)
    store.remove(id)
    with pytest.raises(NotFound):
        store.path(id)


def test_a_thousand_at_once_are_flushed_together(store: FileStore, tmp_path: Path) -> None:
    added = [store.add_bytes(n.to_bytes(2, "big"), suffix=".bin", sync=False) for n in range(1000)]
    store.flush()
    store.flush()
    assert len(dict(store.every())) == len({a.id for a in added}) == 1000
    assert not store._unsynced


def test_flushing_one_by_one_where_the_system_has_no_syncfs(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    really = os.fsync

    def recorded(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        really(handle)

    monkeypatch.setattr(files, "_sync_disk", lambda folder: False)
    added = [store.add_bytes(bytes([n]), sync=False) for n in range(3)]
    if sys.platform == "linux":
        monkeypatch.setattr(os, "fsync", recorded)
    store.flush()
    if sys.platform == "linux":
        assert {str(a.path) for a in added} | {str(a.path.parent) for a in added} | {str(store.folder)} == set(synced)


def test_many_threads_add_the_same_file(store: FileStore, tmp_path: Path) -> None:
    path = source(tmp_path, os.urandom(2 * PIECE))
    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(store.add(path, suffix=".x").id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8 and len(set(results)) == 1
    assert len(list(store.every())) == 1 and left_over(store) == []


def test_sweep_takes_what_dead_processes_left(store: FileStore, tmp_path: Path) -> None:
    store.add_bytes(b"whole")
    parts = store.folder / ".part"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (parts / f"{mark()}mine.part").write_bytes(b"half")
    (parts / f"{mark()}dead.part".replace(f"-{os.getpid()}-", f"-{dead.pid}-")).write_bytes(b"half")
    (parts / "ffffffff-1-other-computer.part").write_bytes(b"half")
    old = parts / "ffffffff-1-long-ago.part"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert store.sweep() == 2
    assert sorted(p.name.split("-", 2)[2] for p in parts.iterdir()) == ["mine.part", "other-computer.part"]
    assert FileStore(tmp_path / "nothing" / "media").sweep() == 0


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    big, small = source(tmp_path, os.urandom(3 * PIECE), "big"), source(tmp_path, b"small", "small")
    with disk(tmp_path / "disk", "1m") as place:
        store = FileStore(place / "media")
        kept = store.add(small)
        with pytest.raises(WorkspaceProblem, match=r"workspace\.full"):
            store.add(big)
        assert dict(store.every()) == {kept.id: kept.path} and left_over(store) == []
        assert store.verify(kept.id) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file size")
def test_a_limit_on_file_size_is_a_full_disk_too(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from studio.core.errors import WorkspaceProblem; from studio.store.files import FileStore\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
        "store = FileStore(Path(sys.argv[1]))\n"
        "try: store.add(Path(sys.argv[2]))\n"
        "except WorkspaceProblem as p: print(p, list(store.every()), list(store.folder.glob('.part/*')))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "media"), str(source(tmp_path, bytes(2 * PIECE)))]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stdout.strip() == "workspace.full [] []", run.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "w" / "media")
    stored = store.add_bytes(b"kept")
    with unwritable(tmp_path / "w"):
        for attempt in (lambda: store.add_bytes(b"new"), lambda: store.remove(stored.id)):
            with pytest.raises(WorkspaceProblem, match=r"workspace\.read_only"):
                attempt()
        assert store.verify(stored.id) == ()


@settings(deadline=None, max_examples=40)
@given(pieces=st.lists(st.binary(max_size=50), max_size=6))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    store = FileStore(tmp_path_factory.mktemp("any") / "media")
    ids = {store.add_bytes(data).id: data for data in pieces}
    assert {id: path.read_bytes() for id, path in store.every()} == ids
