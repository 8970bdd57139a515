"""Answers to comments: each goes out once, whoever else answers at the same moment."""

from __future__ import annotations

import threading

import pytest

from studio.core.delivery import State
from studio.core.insight import Comments
from studio.core.post import Post
from studio.platforms.base import Insights


class Told(Insights):
    """Keeps the answers."""

    def __init__(self):
        self.replies = []

    def metrics(self, receipt):
        return ()

    def comments(self, receipt, after=""):
        return Comments(())

    def reply(self, receipt, comment, text):
        self.replies.append((comment, text))
        return f"r{len(self.replies)}"


@pytest.fixture
def told(fake):
    made = Told()
    fake.insights = lambda access: made
    return made


@pytest.fixture
def live(desk, account):
    post = Post(text="Hello")
    desk.posts.save(post)
    done = desk.publishing.publish(post.id, account.id)
    assert done.state is State.PUBLISHED
    return done


def test_the_same_answer_from_two_places_at_once_goes_out_once(desk, told, live):
    """Both have read that nobody answered yet; the other one is quicker."""
    read, other = desk.workspace.journal.of, []

    def meanwhile(delivery):
        lines = read(delivery)
        if not other:
            other.append("begun")
            other.append(desk.insights.reply(live.id, "1", "谢谢"))
        return lines

    desk.workspace.journal.of = meanwhile
    assert desk.insights.reply(live.id, "1", "谢谢") == "r1" and other[1] == "r1"
    assert told.replies == [("1", "谢谢")]


def test_different_answers_at_once_all_go_out(desk, told, live):
    texts = [f"answer {n}" for n in range(6)]
    start, faults = threading.Barrier(len(texts)), []

    def answer(text):
        start.wait()
        try:
            desk.insights.reply(live.id, "1", text)
        except Exception as fault:
            faults.append(fault)

    crew = [threading.Thread(target=answer, args=(text,)) for text in texts]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert faults == [] and sorted(text for _, text in told.replies) == texts


def test_an_answer_changes_nothing_of_the_delivery_that_people_see(desk, told, live):
    before = desk.publishing.get(live.id)
    desk.insights.reply(live.id, "1", "谢谢")
    after = desk.publishing.get(live.id)
    assert (after.updated, after.proof, after.url, after.state) == (
        before.updated, before.proof, before.url, before.state)
