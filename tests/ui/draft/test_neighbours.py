from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from studio.core.post import Account
from studio.ui.draft.neighbours import Neighbours
from tests.ui.desks import Stage, soon
from tests.ui.draft.conftest import picture


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


def scheduled(stage, account, file, at):
    media = stage.desk.library.add([file])[0].asset.as_media()
    post = replace(stage.desk.posts.create(title=file.stem, text="x", accounts=(account.id,)), media=(media,))
    stage.desk.posts.save(post)
    stage.desk.calendar.schedule(post.id, account.id, at, "Asia/Shanghai")
    return post


def test_the_posts_of_an_account_stand_newest_first_without_the_open_one(stage, tmp_path):
    account = stage.desk.accounts.add("xiaohongshu", {"handle": "mill"}, name="Mill", mode="assisted")
    first = scheduled(stage, account, picture(tmp_path / "a.png", "#ff0000"), soon(2))
    second = scheduled(stage, account, picture(tmp_path / "b.png", "#00ff00"), soon(3))
    beside = Neighbours(stage.desk, stage.window)
    assert beside(account) == (second.media[0], first.media[0])
    beside.without = second.id
    assert beside(account) == (first.media[0],)
    stage.desk.posts.save(replace(stage.desk.posts.get(first.id), media=second.media))
    QTest.qWait(5)
    assert beside(account) == (second.media[0],), "it hears of changes"


def test_a_platform_without_a_grid_has_none(stage):
    beside = Neighbours(stage.desk, stage.window)
    assert beside(Account("nobody", "bluesky")) == () and beside(stage.desk.accounts.list()[0]) == ()
