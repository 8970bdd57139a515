"""What a person says they did by hand, from two places at once, and what it proves."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.post import Post

S = State
FIRST = "https://fake.example/abc"


@pytest.fixture
def by_hand(desk):
    return desk.accounts.add("fake", {"handle": "@mill"}, name="Mill", mode="assisted")


def _handed(desk, account, text="Hello from the ferry"):
    post = Post(text=text)
    desk.posts.save(post)
    done = desk.publishing.publish(post.id, account.id)
    assert done.state is S.WAITING, done.error
    return done


def _codes(problem):
    return [f.code for f in problem.findings]


def test_steps_that_are_ticked_at_once_are_all_kept(desk, by_hand):
    waiting = _handed(desk, by_hand)
    names = [f"copy:{n}" for n in range(8)]
    start = threading.Barrier(len(names))

    def tick(name):
        start.wait()
        desk.by_hand.tick(waiting.id, name)

    crew = [threading.Thread(target=tick, args=(name,)) for name in names]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert desk.by_hand.sheet(waiting.id).done == set(names)


def test_a_tick_does_not_bring_back_what_was_made_ready_before(desk, by_hand):
    waiting = _handed(desk, by_hand, "old words")
    change, asked = desk.workspace.deliveries.change, []

    def meanwhile(id, state, **changes):
        if not asked and "handles" in changes:
            asked.append(1)
            edited = desk.posts.get(waiting.post)
            desk.posts.save(Post(id=edited.id, text="new words"))
            assert desk.publishing.resend(waiting.id).state is S.WAITING
        return change(id, state, **changes)

    desk.workspace.deliveries.change = meanwhile
    desk.by_hand.tick(waiting.id, "open")
    sheet = desk.by_hand.sheet(waiting.id)
    assert sheet.content.text == "new words" and sheet.done == {"open"}


def test_a_link_that_was_read_and_is_not_it_proves_nothing(desk, fake, account):
    desk.accounts.set_mode(account.id, "assisted")
    waiting = _handed(desk, account)
    fake.server.posts["abc"] = ("Another text", ())
    kept = desk.by_hand.paste(waiting.id, FIRST, anyway=True)
    assert (kept.state, kept.url, kept.proof) == (S.HANDED_OVER, FIRST, None)
    assert [(f.code, f.severity) for f in kept.error] == [("handoff.not_it", "warning")]
    line = next(s for s in desk.publishing.story(kept.id) if s.step == "paste")
    assert line.data["check"] == "not it"


@pytest.mark.parametrize("again", [FIRST, "https://www.fake.example/abc", "http://FAKE.example/abc/?x=1"])
def test_another_way_to_write_a_link_is_no_other_post(desk, by_hand, again):
    desk.by_hand.paste(_handed(desk, by_hand).id, FIRST)
    waiting = _handed(desk, by_hand, "Another")
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waiting.id, again)
    assert _codes(refused.value) == ["handoff.link_used"]


def test_one_link_pasted_for_two_at_once_is_the_proof_of_one(desk, fake, by_hand):
    """While the first is read, the second is kept."""
    one, two = _handed(desk, by_hand), _handed(desk, by_hand, "Another")
    verify, done = fake.verify, []

    def meanwhile(access, content, link):
        if not done:
            done.append("begun")
            done.append(desk.by_hand.paste(two.id, FIRST).state)
        return verify(access, content, link)

    fake.verify = meanwhile
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(one.id, FIRST)
    assert _codes(refused.value) == ["handoff.link_used"] and done[1] is S.HANDED_OVER
    assert desk.publishing.get(one.id).state is S.WAITING


def test_who_one_is_signed_in_as_is_not_written_down(desk, by_hand):
    waiting = _handed(desk, by_hand)
    address = "https://me:s3cret@other.example/x"
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waiting.id, address)
    assert "s3cret" not in str(refused.value.findings)
    kept = desk.by_hand.paste(waiting.id, address, anyway=True)
    assert kept.url == "https://other.example/x"
    assert "s3cret" not in str(desk.publishing.story(kept.id))


def test_what_the_platform_answered_by_itself_outlives_the_pasted_link(desk, fake, account):
    """The link is all that a person has; the ids of the answer are worth more."""
    fake.readable = False
    post = Post(text="Hello")
    desk.posts.save(post)
    over = desk.publishing.publish(post.id, account.id)
    assert over.state is S.HANDED_OVER
    before = {"key": "k", "item": "@1"}
    handles = {**over.handles, "receipt": {**over.handles["receipt"], "handle": before}}
    desk.workspace.deliveries.change(over.id, S.HANDED_OVER, handles=handles)
    fake.server.faults["verify"] = ["later"]
    done = desk.by_hand.paste(over.id, FIRST)
    assert done.handles["receipt"]["handle"] == {"key": "abc", "item": "@1"}


def test_a_link_that_is_corrected_brings_nothing_of_the_one_before(desk, by_hand):
    waiting = _handed(desk, by_hand)
    desk.by_hand.paste(waiting.id, FIRST)
    done = desk.by_hand.paste(waiting.id, "https://fake.example/xyz")
    assert (done.url, done.handles["receipt"]["handle"]) == ("https://fake.example/xyz", {"key": "xyz"})


def test_a_link_that_is_read_while_something_else_is_made_ready_is_no_proof_of_that(desk, fake, account):
    desk.accounts.set_mode(account.id, "assisted")
    waiting = _handed(desk, account, "old words")
    fake.server.posts["abc"] = ("old words", ())
    verify, asked = fake.verify, []

    def meanwhile(access, content, link):
        asked.append(content.text)
        desk.posts.save(Post(id=waiting.post, text="new words"))
        desk.publishing.resend(waiting.id)
        return verify(access, content, link)

    fake.verify = meanwhile
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waiting.id, FIRST)
    assert _codes(refused.value) == ["delivery.moved_on"] and asked == ["old words"]
    assert desk.by_hand.sheet(waiting.id).content.text == "new words"


def test_a_reminder_is_not_put_off_for_ever(clock, desk, by_hand):
    waiting = _handed(desk, by_hand)
    assert desk.by_hand.later(waiting.id, 10**9).wake == clock.now() + timedelta(days=7)
    assert desk.by_hand.later(waiting.id, -5).wake == clock.now() + timedelta(minutes=1)


def test_a_reason_is_kept_short(desk, by_hand):
    failed = desk.by_hand.failed(_handed(desk, by_hand).id, "the page was down " * 50)
    assert len(failed.error[0].values["reason"]) == 200


def test_what_lies_there_as_a_draft_is_what_the_api_made(desk, fake, account):
    fake.contains = True
    fake.server.faults["commit"] = ["by_hand"]
    waiting = _handed(desk, account)
    assert desk.by_hand.sheet(waiting.id).content.mode == "api"


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_sent_is_what_its_link_is_held_against(desk, fake, account, gone):
    """Not the post as it is by now."""
    fake.readable = False
    post = Post(text="as it was sent")
    desk.posts.save(post)
    over = desk.publishing.publish(post.id, account.id)
    assert over.state is S.HANDED_OVER
    if gone:
        desk.posts.delete(post.id)
    else:
        desk.posts.save(Post(id=post.id, text="edited since"))
    done = desk.by_hand.paste(over.id, f"https://fake.example/{next(iter(fake.server.posts))}")
    assert done.state is S.PUBLISHED and done.proof.whole
