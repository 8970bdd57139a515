"""What an account gets of a post, and what is wrong with it: the links of a thread too."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from studio import platforms
from studio.core.post import Media, Post, Reply
from studio.platforms.base import Fact
from studio.services.desk import Desk

SAMPLES = Path(__file__).parents[2] / "assets" / "samples"


@pytest.fixture
def desk(tmp_path):
    opened = Desk.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def account(desk):
    return desk.accounts.list()[0]


THREAD = Post(text="first", replies=(Reply("second"), Reply("", after=5)))


def test_where_there_are_no_threads_the_replies_stay_out_and_it_says_so(desk, account, monkeypatch):
    monkeypatch.setattr(platforms.get(account.platform), "threads", False)
    assert desk.checks.content(THREAD, account).replies == ()
    assert desk.checks.reply_counts(THREAD, account) == ()
    found = [f for f in desk.checks.findings(THREAD, account) if f.field == "replies"]
    assert [(f.code, f.severity) for f in found] == [("replies.left_out", "warning")]
    assert not [f for f in desk.checks.findings(replace(THREAD, replies=()), account) if f.field == "replies"]


def test_each_link_of_a_thread_is_counted_and_checked_by_itself(desk, account, monkeypatch):
    monkeypatch.setattr(platforms.get(account.platform), "threads", True)
    assert desk.checks.content(THREAD, account).replies == THREAD.replies
    assert [c.count for c in desk.checks.reply_counts(THREAD, account)] == [6, 0]
    found = desk.checks.findings(THREAD, account)
    assert [f.field for f in found if f.blocks] == ["replies[1].text"]


def test_a_film_that_is_too_big_is_told_before_it_is_scheduled(desk, account, monkeypatch, tmp_path):
    film = tmp_path / "walk.mp4"
    shutil.copy(SAMPLES / "walk.mp4", film)
    added = desk.library.add([film])[0].asset
    post = Post(text="x", media=(Media(added.id, kind="video", name="walk.mp4"),))
    declared = platforms.get(account.platform)

    def codes(limit):
        rule = replace(declared.videos, bytes=Fact(limit, "ours"))
        monkeypatch.setattr(declared, "videos", rule)
        return [(f.code, f.field, f.values.get("limit")) for f in desk.checks.findings(post, account) if f.blocks]

    assert codes(added.bytes) == []
    assert codes(added.bytes - 1) == [("media.too_big", "media[0]", added.bytes - 1)]
    by_hand = replace(account, mode="assisted")
    found = [f for f in desk.checks.findings(post, by_hand) if f.code == "media.too_big"]
    assert [f.severity for f in found] == ["warning"], "the page may take more than the API"
