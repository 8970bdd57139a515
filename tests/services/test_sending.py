"""A delivery's way: what is seen on the platform, and what is said about it, whatever breaks where."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.delivery import State
from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.words import N
from tests.services.conftest import open_desk
from tests.services.fakes import Died

S = State


def moves(desk, delivery):
    return [line.step for line in desk.publishing.story(delivery.id) if line.phase == "move"]


@pytest.fixture
def post(desk, photo):
    picture = desk.library.add([photo])[0].asset
    return desk.posts.create(text="Hello", media=(picture.as_media(),))


@pytest.fixture
def photo(tmp_path):
    from PIL import Image

    path = tmp_path / "cup.jpg"
    Image.new("RGB", (64, 48), (200, 120, 60)).save(path, quality=90)
    return path


def test_the_whole_way(desk, account, post, fake):
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PUBLISHED
    assert delivery.url == "https://fake.example/key1-0"
    assert delivery.proof.whole and [c.what for c in delivery.proof.lines] == ["text", "media"]
    assert fake.server.log == ["plan", "stage", "commit", "read_back"]
    assert moves(desk, delivery) == [
        "due>preparing", "preparing>staging", "staging>committing", "committing>processing", "processing>published"]


def test_begun_is_written_before_the_act_and_done_after_it(desk, account, post):
    delivery = desk.publishing.publish(post.id, account.id)
    story = [(line.step, line.phase) for line in desk.publishing.story(delivery.id)]
    assert story.index(("commit", "begun")) < story.index(("commit", "done")) < story.index(("proof", "done"))


def test_publishing_twice_is_refused_until_a_person_says_so(desk, account, post, fake):
    desk.publishing.publish(post.id, account.id)
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(post.id, account.id)
    assert refused.value.findings[0].code == "delivery.already_published"
    assert len(fake.server.posts) == 1
    desk.publishing.publish(post.id, account.id, again=True)
    assert len(fake.server.posts) == 2


def test_the_answer_got_lost_and_the_post_is_found(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PUBLISHED and len(fake.server.posts) == 1
    assert fake.server.log.count("commit") == 1


def test_the_answer_got_lost_and_the_listing_lags(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag", "lag"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PUBLISHED and len(fake.server.posts) == 1


def test_not_found_is_asked_and_never_sent_by_itself(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.UNCONFIRMED and fake.server.log.count("commit") == 1
    assert delivery.error[0].code == "delivery.not_found_on_platform"
    desk.publishing.run_due()
    desk.publishing.recover()
    assert fake.server.log.count("commit") == 1
    sent = desk.publishing.resend(delivery.id)
    assert sent.state is S.PUBLISHED and len(fake.server.posts) == 1


def test_with_true_idempotency_the_same_key_is_sent_again(desk, account, post, fake):
    fake.true_idempotency = True
    fake.server.faults = {"commit": ["drop_before"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PUBLISHED and list(fake.server.posts) == ["key1"]


def test_a_person_confirms_with_a_link(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"]}
    lost = desk.publishing.publish(post.id, account.id)
    with pytest.raises(Refused):
        desk.publishing.confirm(lost.id, "javascript:alert(1)")
    confirmed = desk.publishing.confirm(lost.id, "https://fake.example/x")
    assert (confirmed.state, confirmed.url, confirmed.proof) == (S.PUBLISHED, "https://fake.example/x", None)


@pytest.mark.parametrize("call", ["plan", "stage", "commit"])
@pytest.mark.parametrize("fault", ["refused", "later", "signin"])
def test_a_definite_no_is_failed_with_its_reason(desk, account, post, fake, call, fault):
    fake.server.faults = {call: [fault]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.FAILED and delivery.error[0].code == f"fake.{fault}"
    assert fake.server.posts == {} and delivery.owner == ""
    again = desk.publishing.resend(delivery.id)
    assert again.state is S.PUBLISHED and len(fake.server.posts) == 1


def test_later_waits_by_itself_when_somebody_keeps_watch(desk, account, post, fake):
    fake.server.faults = {"stage": ["later"]}
    delivery = desk.workspace.deliveries.add(due(post, account))
    waiting = desk.publishing.run_due()[0]
    assert waiting.state is S.DUE and waiting.wake > datetime.now(UTC)
    assert desk.publishing.run_due() == [], "its waiting time is not over"
    done = desk.publishing.run_due(datetime.now(UTC) + timedelta(seconds=5))
    assert [d.state for d in done] == [S.PUBLISHED] and done[0].id == delivery.id


def due(post, account):
    from studio.core.delivery import Delivery

    return Delivery(post=post.id, account=account.id, platform="fake", state=S.DUE)


def test_a_fault_of_ours_in_the_commit_is_unconfirmed_never_failed(desk, account, post, fake):
    fake.server.faults = {"commit": ["bug"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.UNCONFIRMED


def test_a_fault_of_ours_elsewhere_is_told_and_raised(desk, account, post, fake):
    fake.server.faults = {"stage": ["bug"]}
    with pytest.raises(ZeroDivisionError):
        desk.publishing.publish(post.id, account.id)
    delivery = desk.publishing.list(post=post.id)[0]
    assert (delivery.state, delivery.error[0].code) == (S.FAILED, "fault")


def test_sent_but_not_readable_is_not_called_published(desk, account, post, fake):
    fake.server.faults = {"read_back": ["later"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PROCESSING and delivery.error[0].code == "fake.later"
    assert desk.publishing.recover() == [], "not at once: its waiting time is not over"
    assert desk.publishing.recover(datetime.now(UTC) + timedelta(hours=1))[0].state is S.PUBLISHED
    assert fake.server.log.count("commit") == 1


def test_a_platform_that_still_works_on_it_is_asked_until_it_is_done(desk, account, post, fake):
    fake.server.faults = {"commit": ["slow"]}
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    assert "check" in fake.server.log


def test_too_long_a_text_never_leaves(desk, account, fake):
    post = desk.posts.create(text="x" * 51)
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.FAILED and delivery.error[0].code == "text.too_long"
    assert fake.server.log == []


def test_a_missing_file_never_leaves(desk, account, post, fake):
    desk.library.path(post.media[0].media).unlink()
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.FAILED and delivery.error[0].code == "media.missing" and fake.server.log == []


def test_a_swapped_file_never_leaves(desk, account, post, fake):
    desk.library.path(post.media[0].media).write_bytes(b"other bytes")
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.FAILED and delivery.error[0].code == "media.swapped" and fake.server.log == []
    assert delivery.error[0].values["name"] == "cup.jpg", "the name it was added under, not its hash"


def test_cancelling_before_the_request_leaves_nothing(desk, account, post, fake):
    task = Task(N("job", "Publishing"), "network", lambda: 0.0)
    task.changed.connect(lambda t: t.step.text.startswith("Uploading") and not t.cancelled and t.cancel())
    with pytest.raises(Cancelled):
        desk.publishing.publish(post.id, account.id, task)
    assert desk.publishing.list(post=post.id)[0].state is S.CANCELLED and fake.server.posts == {}


def test_cancelling_after_the_request_is_too_late(desk, account, post, fake):
    task = Task(N("job", "Publishing"), "network", lambda: 0.0)
    task.changed.connect(lambda t: t.step.text == "Publishing" and (t.fraction or 0) > 0 and t._cancel.set())
    delivery = desk.publishing.publish(post.id, account.id, task)
    assert delivery.state is S.PUBLISHED and len(fake.server.posts) == 1


def test_an_edit_after_the_plan_does_not_change_what_is_sent(desk, account, post, fake):
    from dataclasses import replace

    fake.true_idempotency = True
    fake.server.faults = {"commit": ["drop_before"], "look": ["later"]}
    original = fake.server.fault

    def edited(call):
        if call == "look":
            desk.posts.save(replace(desk.posts.get(post.id), text="Another text"))
        return original(call)

    fake.server.fault = edited
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PUBLISHED and delivery.proof.whole
    assert [text for text, _ in fake.server.posts.values()] == ["Hello"]


@pytest.mark.parametrize("call", ["plan", "stage", "commit", "die_after", "read_back", "look"])
@pytest.mark.parametrize("true_idempotency", [False, True])
def test_the_process_dies_anywhere_and_there_is_one_post(tmp_path, fake, vault, photo, call, true_idempotency):
    fake.true_idempotency = true_idempotency
    desk = open_desk(tmp_path / "w", vault)
    account = desk.accounts.add("fake", {"user": "mill", "password": "right"})
    picture = desk.library.add([photo])[0].asset
    post = desk.posts.create(text="Hello", media=(picture.as_media(),))
    fake.server.faults = {"commit": ["die_after"]} if call == "die_after" else {call: ["die"]}
    if call == "look":
        fake.server.faults["commit"] = ["drop_after"]
    with pytest.raises(Died):
        desk.publishing.publish(post.id, account.id)
    desk.close()
    after = open_desk(tmp_path / "w", vault)
    for seconds in (0, 20, 60, 150):
        after.publishing.run_due(datetime.now(UTC) + timedelta(seconds=seconds))
    state = after.publishing.list(post=post.id)[0].state
    if call == "commit" and not true_idempotency:
        assert state is S.UNCONFIRMED and fake.server.posts == {}
    else:
        assert state is S.PUBLISHED and len(fake.server.posts) == 1
    after.close()


faults = st.dictionaries(
    st.sampled_from(["plan", "stage", "commit", "look", "read_back", "check"]),
    st.lists(
        st.sampled_from(["", "refused", "later", "signin", "drop_before", "drop_after", "slow", "lag"]), max_size=3),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(faults, st.booleans())
def test_whatever_breaks_there_is_at_most_one_post_and_published_means_live(desk, account, fake, waiting, idempotent):
    fake.server.posts.clear()
    fake.true_idempotency = idempotent
    fake.server.faults = {call: list(rows) for call, rows in waiting.items()}
    post = desk.posts.create(text="Hello")
    delivery = desk.publishing.publish(post.id, account.id)
    fake.server.faults = {}
    for _ in range(2):
        desk.publishing.run_due()
    delivery = desk.publishing.get(delivery.id)
    assert len(fake.server.posts) <= 1
    if delivery.state is S.PUBLISHED:
        assert len(fake.server.posts) == 1 and delivery.proof is not None
    if fake.server.posts:
        assert delivery.state in (S.PUBLISHED, S.UNCONFIRMED, S.PROCESSING), "what is live is never called failed"


def test_two_processes_take_a_delivery_once(desk, account, post, fake, tmp_path, vault):
    delivery = desk.workspace.deliveries.add(due(post, account))
    other = open_desk(tmp_path / "w", vault)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda d: d.publishing.run(delivery.id), [desk, other]))
    assert len(fake.server.posts) == 1 and fake.server.log.count("commit") == 1
    other.close()


def test_a_living_owners_delivery_is_not_taken_over(desk, account, post, fake, tmp_path, vault):
    fake.server.faults = {"read_back": ["die"]}
    with pytest.raises(Died):
        desk.publishing.publish(post.id, account.id)
    other = open_desk(tmp_path / "w", vault)
    assert other.publishing.recover() == [], "its owner still lives"
    other.close()


def test_cancel_and_wrong_states(desk, account, post, fake):
    published = desk.publishing.publish(post.id, account.id)
    for act in (desk.publishing.cancel, desk.publishing.resend, lambda i: desk.publishing.confirm(i, "https://x")):
        with pytest.raises(Refused):
            act(published.id)
    waiting = desk.workspace.deliveries.add(due(post, account))
    assert desk.publishing.cancel(waiting.id).state is S.CANCELLED


def test_what_was_due_when_the_process_died_is_missed_when_it_comes_back_too_late(desk, account, post, fake):
    delivery = desk.workspace.deliveries.add(due(post, account))
    week = datetime.now(UTC) + timedelta(days=7)
    assert desk.publishing.run_due(week) == [] and fake.server.log == []
    missed = desk.publishing.get(delivery.id)
    assert (missed.state, missed.error[0].code) == (S.MISSED, "delivery.missed")


def test_publishing_what_is_scheduled_sends_it_now_and_not_again(desk, account, post, fake):
    at = datetime.now(UTC) + timedelta(hours=1)
    planned = desk.calendar.schedule(post.id, account.id, at)
    delivery = desk.publishing.publish(post.id, account.id)
    assert (delivery.id, delivery.state) == (planned.id, S.PUBLISHED)
    desk.calendar.tick(at + timedelta(seconds=1))
    assert desk.publishing.run_due(at + timedelta(seconds=1)) == [] and len(fake.server.posts) == 1


def test_a_watch_beside_it_leaves_alone_what_is_being_published(desk, account, post, fake, monkeypatch):
    beside = []

    def run(delivery_id, task=None, *, patient=False, original=desk.publishing.run):
        if not patient:
            beside.extend(desk.publishing.run_due())
        return original(delivery_id, task, patient=patient)

    monkeypatch.setattr(desk.publishing, "run", run)
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    assert beside == [] and len(fake.server.posts) == 1
