"""What clients said is kept once, can be settled, and survives a backup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.core.errors import NotFound
from studio.core.post import Post
from studio.core.review import Place, Remark, key_of
from studio.store.restore import restore
from studio.store.workspace import Workspace

AT = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
ONE = Remark("c1", "p1", Place("a1", "bluesky", "feed"), "Ana", "Brighter", "", (0.25, 0.5), AT)
TWO = Remark("c2", "p1", Place("a1", "bluesky", "feed"), "李雷", "", "approved", None, AT - timedelta(1))
ELSEWHERE = replace(ONE, post="p2")
KEY = key_of("p1", "c1")


def test_they_come_back_oldest_first(workspace: Workspace):
    assert workspace.remarks.put([ONE, TWO, ELSEWHERE]) == (3, 0, 0)
    assert workspace.remarks.of("p1") == [TWO, ONE]
    assert workspace.remarks.get(KEY) == ONE
    assert workspace.remarks.of("p2") == [ELSEWHERE]


def test_the_same_is_kept_once_and_a_later_word_replaces_it(workspace: Workspace):
    workspace.remarks.put([ONE])
    workspace.remarks.resolve(KEY, AT)
    assert workspace.remarks.put([ONE, replace(ONE, at=AT + timedelta(1))]) == (0, 0, 2)
    assert workspace.remarks.get(KEY).resolved == AT
    assert workspace.remarks.put([replace(ONE, text="older", at=AT - timedelta(1))]) == (0, 0, 1)
    assert workspace.remarks.put([replace(ONE, text="Darker", at=AT + timedelta(1))]) == (0, 1, 0)
    assert [(r.text, r.resolved) for r in workspace.remarks.of("p1")] == [("Darker", None)]


def test_settled_opened_and_deleted(workspace: Workspace):
    workspace.remarks.put([ONE, TWO])
    workspace.remarks.resolve(KEY, AT)
    assert workspace.remarks.get(KEY).resolved == AT
    workspace.remarks.resolve(KEY, None)
    assert workspace.remarks.get(KEY).resolved is None
    workspace.remarks.delete(KEY)
    assert workspace.remarks.of("p1") == [TWO]
    for act in (workspace.remarks.get, workspace.remarks.delete, lambda key: workspace.remarks.resolve(key, AT)):
        with pytest.raises(NotFound):
            act(KEY)


def test_all_or_none_are_kept(workspace: Workspace):
    with pytest.raises(AttributeError):
        workspace.remarks.put([ONE, None])  # type: ignore[list-item]  # what goes wrong half-way
    assert workspace.remarks.of("p1") == []


def test_a_deleted_post_that_is_brought_back_has_its_comments(workspace: Workspace):
    post = Post("p1", text="Hello")
    workspace.posts.save(post)
    workspace.remarks.put([ONE])
    workspace.posts.delete("p1")
    workspace.posts.save(post)
    assert workspace.remarks.of("p1") == [ONE]


def test_a_backup_brings_them_back(folder: Path, tmp_path: Path):
    with Workspace.open(folder) as workspace:
        workspace.posts.save(Post("p1", text="Hello"))
        workspace.remarks.put([ONE, TWO])
        workspace.remarks.resolve(KEY, AT)
        backup = workspace.backups.make(tmp_path / "backup.zip")
        workspace.remarks.delete(KEY)
    restore(backup, folder)
    with Workspace.open(folder) as workspace:
        assert workspace.remarks.of("p1") == [TWO, replace(ONE, resolved=AT)]


def test_text_no_database_keeps_comes_back_whole(workspace: Workspace):
    strange = replace(ONE, text="'; DROP TABLE remark; -- <b> 👩\u200d🍳")
    workspace.remarks.put([strange])
    assert workspace.remarks.of("p1") == [strange]
