"""The same post to the same account from two sides at once: one of them goes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from tests.services.conftest import open_desk

S = State


@pytest.fixture
def post(desk):
    return desk.posts.create(text="Hello")


@pytest.fixture
def illustrated(desk, tmp_path):
    from PIL import Image

    about = Image.Exif()
    about[0x010F] = "A maker, so that a copy without it is made for publishing"
    Image.new("RGB", (64, 48), (200, 120, 60)).save(tmp_path / "cup.jpg", exif=about)
    picture = desk.library.add([tmp_path / "cup.jpg"])[0].asset
    return desk.posts.create(text="Hello", media=(picture.as_media(),))


@pytest.fixture
def other(desk, tmp_path, vault):
    made = open_desk(tmp_path / "w", vault)
    yield made
    made.close()


def code(refused):
    return refused.value.findings[0].code


def together(first, second):
    """Both at once, each past its first look at what there is; gives what each returned or was refused with."""
    def run(act):
        try:
            return act()
        except Refused as refused:
            return refused.findings[0].code

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, [first, second]))


def meet(barrier, original):
    def passed(*arguments, **named):
        found = original(*arguments, **named)
        barrier.wait(timeout=20)
        return found

    return passed


def test_two_people_press_publish_at_the_same_moment(desk, other, account, post, fake, monkeypatch):
    barrier = Barrier(2)
    for each in (desk, other):
        monkeypatch.setattr(each.publishing, "_brought_forward", meet(barrier, each.publishing._brought_forward))
    found = together(*(lambda d=d: d.publishing.publish(post.id, account.id) for d in (desk, other)))
    assert len(fake.server.posts) == 1 and len(desk.publishing.list(post=post.id)) == 1
    assert [f for f in found if f in ("delivery.already_open", "delivery.already_published")]


def test_two_windows_schedule_at_the_same_moment(desk, other, account, post, monkeypatch):
    barrier, at = Barrier(2), datetime.now(UTC) + timedelta(hours=1)
    for each in (desk, other):
        monkeypatch.setattr(each.calendar, "_future", meet(barrier, each.calendar._future))
    found = together(*(lambda d=d: d.calendar.schedule(post.id, account.id, at) for d in (desk, other)))
    assert "delivery.already_open" in found and len(desk.publishing.list(post=post.id)) == 1


def failed_then_live(desk, account, post, fake):
    """One that failed, and after it one that went out by the button."""
    fake.server.faults = {"commit": ["refused"]}
    first = desk.publishing.publish(post.id, account.id)
    assert first.state is S.FAILED
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    return first


def test_a_failed_one_is_not_sent_again_when_the_post_went_live_since(desk, account, post, fake):
    first = failed_then_live(desk, account, post, fake)
    with pytest.raises(Refused) as refused:
        desk.publishing.resend(first.id)
    assert code(refused) == "delivery.already_published" and len(fake.server.posts) == 1


def test_a_failed_one_is_not_dragged_to_tomorrow_when_the_post_went_live_since(desk, account, post, fake):
    first = failed_then_live(desk, account, post, fake)
    with pytest.raises(Refused) as refused:
        desk.calendar.move(first.id, datetime.now(UTC) + timedelta(days=1))
    assert code(refused) == "delivery.already_published" and desk.publishing.get(first.id).state is S.FAILED


def test_a_cancelled_one_is_not_scheduled_beside_another(desk, account, post):
    at = datetime.now(UTC) + timedelta(hours=1)
    first = desk.calendar.schedule(post.id, account.id, at)
    desk.publishing.cancel(first.id)
    desk.calendar.schedule(post.id, account.id, at)
    with pytest.raises(Refused) as refused:
        desk.calendar.move(first.id, at + timedelta(hours=1))
    assert code(refused) == "delivery.already_open"


def test_a_second_time_that_was_asked_for_may_be_tried_again(desk, account, post, fake):
    desk.publishing.publish(post.id, account.id)
    fake.server.faults = {"commit": ["refused"]}
    second = desk.publishing.publish(post.id, account.id, again=True)
    assert desk.publishing.resend(second.id).state is S.PUBLISHED and len(fake.server.posts) == 2


def test_send_again_looks_first_and_sends_nothing_when_it_is_there(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag", "lag", "lag"]}
    lost = desk.publishing.publish(post.id, account.id)
    assert lost.state is S.UNCONFIRMED and len(fake.server.posts) == 1
    assert desk.publishing.resend(lost.id).state is S.PUBLISHED
    assert len(fake.server.posts) == 1 and fake.server.log.count("commit") == 1


def test_send_again_waits_for_the_look_that_is_under_way(desk, other, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag", "lag"]}
    heard = []

    def resend(seconds):
        delivery = desk.publishing.list(post=post.id)[0]
        with pytest.raises(Refused) as refused:
            other.publishing.resend(delivery.id)
        heard.append(code(refused))

    desk.publishing._sleep = resend
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    assert set(heard) == {"delivery.already_open"} and len(fake.server.posts) == 1


def test_the_same_key_stays_when_the_cache_was_emptied(desk, account, illustrated, fake):
    fake.true_idempotency = True
    fake.server.faults = {"commit": ["drop_after", "later"], "look": ["later", "later"]}
    lost = desk.publishing.publish(illustrated.id, account.id)
    assert lost.state is S.UNCONFIRMED
    ready = [path for path in (desk.workspace.cache / "ready").rglob("*") if path.is_file()]
    assert ready
    for path in ready:
        path.unlink()
    assert desk.publishing.resend(lost.id).state is S.PUBLISHED
    assert list(fake.server.posts) == ["key1"]


def test_who_lost_a_delivery_leaves_it_to_the_one_who_has_it(desk, account, illustrated, fake):
    """Taken from it between two steps, it neither fails it nor lets it go."""
    original = fake.server.fault

    def taken(call):
        if call == "stage":
            held = desk.publishing.list(post=illustrated.id)[0]
            desk.workspace.deliveries.change(held.id, held.state, owner="somebody else")
        return original(call)

    fake.server.fault = taken
    found = desk.publishing.publish(illustrated.id, account.id)
    assert (found.state, found.owner, found.error) == (S.STAGING, "somebody else", ())
    assert fake.server.posts == {}


def test_two_looks_at_once_leave_a_published_one_without_a_fault(desk, other, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag", "lag", "lag"]}
    lost = desk.publishing.publish(post.id, account.id)
    original, seen = fake.server.fault, []

    def beside(call):
        if call == "look" and not seen:
            seen.append(call)
            other.publishing.look(lost.id)
        return original(call)

    fake.server.fault = beside
    assert desk.publishing.look(lost.id).state is S.PUBLISHED
    assert desk.publishing.get(lost.id).error == ()


def test_a_check_hears_of_the_same_post_and_account_only(desk, account, post):
    heard = []
    add = desk.workspace.deliveries.add
    mine = add(Delivery(post=post.id, account=account.id))
    add(Delivery(post=post.id, account="another"))
    add(Delivery(post="another", account=account.id))
    add(Delivery(post=post.id, account=account.id), heard.extend)
    assert heard == [mine]


def test_what_was_given_up_unconfirmed_is_not_sent_again_without_asking(desk, account, fake):
    post = desk.posts.create(text="Hello")
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag", "lag", "lag"]}
    lost = desk.publishing.publish(post.id, account.id)
    assert lost.state is State.UNCONFIRMED
    desk.publishing.cancel(lost.id)
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(post.id, account.id)
    assert refused.value.findings[0].code == "delivery.maybe_live" and len(fake.server.posts) == 1
    assert desk.publishing.publish(post.id, account.id, again=True).state is State.PUBLISHED


def test_deleted_unconfirmed_and_brought_back_it_is_not_sent_again_without_asking(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag"] * 3}
    lost = desk.publishing.publish(post.id, account.id)
    assert lost.state is S.UNCONFIRMED and len(fake.server.posts) == 1
    desk.posts.delete(post.id)
    desk.posts.save(post)  # taken back
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(post.id, account.id)
    assert refused.value.findings[0].code == "delivery.maybe_live" and len(fake.server.posts) == 1


def test_what_was_handed_over_may_be_live_and_is_not_sent_a_second_time(desk, account, post, fake):
    fake.readable = False
    assert desk.publishing.publish(post.id, account.id).state is S.HANDED_OVER
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(post.id, account.id)
    assert code(refused) == "delivery.already_published" and len(fake.server.posts) == 1


def test_what_was_handed_over_and_given_up_may_be_live_all_the_same(desk, account, post, fake):
    fake.readable = False
    given = desk.publishing.publish(post.id, account.id)
    assert desk.publishing.cancel(given.id).state is S.CANCELLED
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(post.id, account.id)
    assert code(refused) == "delivery.maybe_live" and len(fake.server.posts) == 1


@pytest.mark.parametrize("back", [timedelta(0), timedelta(days=1)])
def test_what_failed_is_not_sent_when_the_post_went_live_meanwhile_by_whatever_clock(desk, account, post, fake, back):
    """The clock stood still between the two, or was set back."""
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    now = noon
    desk.publishing._now = lambda: now
    fake.server.faults = {"commit": ["refused"]}
    failed = desk.publishing.publish(post.id, account.id)
    assert failed.state is S.FAILED
    now = noon - back
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    live = next(d for d in desk.publishing.list(post=post.id) if d.state is S.PUBLISHED)
    desk.workspace.deliveries.change(live.id, S.PUBLISHED, updated=failed.created - back)
    with pytest.raises(Refused) as refused:
        desk.publishing.resend(failed.id)
    assert code(refused) == "delivery.already_published" and len(fake.server.posts) == 1


def test_a_wanted_second_copy_that_failed_may_be_sent_again(desk, account, post, fake):
    desk.publishing.publish(post.id, account.id)
    fake.server.faults = {"commit": ["refused"]}
    failed = desk.publishing.publish(post.id, account.id, again=True)
    assert failed.state is S.FAILED and failed.again
    assert desk.publishing.resend(failed.id).state is S.PUBLISHED and len(fake.server.posts) == 2


def test_what_was_given_up_unconfirmed_is_not_planned_anew_by_moving_it(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag"] * 9}
    lost = desk.publishing.publish(post.id, account.id)
    desk.publishing.cancel(lost.id)
    with pytest.raises(Refused) as refused:
        desk.calendar.move(lost.id, datetime.now(UTC) + timedelta(days=1))
    assert code(refused) == "delivery.maybe_live" and desk.publishing.get(lost.id).state is S.CANCELLED
