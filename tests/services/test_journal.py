import pytest

from studio.core.delivery import Delivery
from studio.core.errors import Later, Refused, Uncertain
from studio.core.finding import error
from studio.services.journal import Journaled


@pytest.fixture
def journal(desk, account):
    post = desk.posts.create(text="x")
    desk.workspace.deliveries.add(Delivery(id="d1", post=post.id, account=account.id, platform="fake"))
    return Journaled(desk.workspace.journal, "d1", 1, "me")


def raising(fault):
    def act():
        raise fault

    return act


def test_once_acts_once_and_remembers(journal):
    acts = []
    assert journal.once("commit", lambda: acts.append(1) or {"id": 7}) == {"id": 7}
    assert journal.once("commit", lambda: acts.append(2) or {"id": 8}) == {"id": 7}
    assert acts == [1]


def test_begun_without_done_is_uncertain_and_never_acted_on_again(journal):
    with pytest.raises(Uncertain):
        journal.once("commit", raising(TimeoutError()))
    acts = []
    with pytest.raises(Uncertain):
        journal.once("commit", lambda: acts.append(1) or {})
    assert acts == [] and journal.open("commit")


@pytest.mark.parametrize("definite", [Refused(error("no")), Later(error("wait"), after=3)])
def test_a_definite_no_may_be_tried_again(journal, definite):
    with pytest.raises(type(definite)):
        journal.once("commit", raising(definite))
    assert not journal.open("commit")
    assert journal.once("commit", lambda: {"ok": True}) == {"ok": True}


def test_a_later_look_closes_the_line(journal):
    with pytest.raises(Uncertain):
        journal.once("commit", raising(Uncertain(error("lost"))))
    journal.write("commit", "done", {"found": "by look"})
    assert not journal.open("commit") and journal.done("commit") == {"found": "by look"}


def test_staging_is_begun_anew_after_a_crash(journal):
    journal.write("stage:1", "begun")
    assert journal.again("stage:1", lambda: {"blob": 1}) == {"blob": 1}
    assert journal.again("stage:1", lambda: {"blob": 2}) == {"blob": 1}


def test_a_new_round_begins_with_nothing_done(desk, journal):
    journal.once("commit", lambda: {"round": 1})
    second = Journaled(desk.workspace.journal, "d1", 2, "me")
    assert second.done("commit") is None and not second.open("commit")
    assert second.once("commit", lambda: {"round": 2}) == {"round": 2}
    assert journal.done("commit") == {"round": 1}


def test_lines_are_on_disk_in_order_with_who_and_when(journal):
    journal.once("commit", lambda: {}, {"bytes": 5})
    lines = [line for line in journal.lines() if line.step == "commit"]
    assert [(line.phase, line.who) for line in lines] == [("begun", "me"), ("done", "me")]
    assert lines[0].data == {"bytes": 5} and lines[0].at <= lines[1].at
