"""What is sent before anybody can see it: repeated freely, and nothing that the platform has is sent twice."""

from dataclasses import replace

import pytest
from PIL import Image

from studio.core.delivery import State
from studio.services.staging import DIGESTS
from tests.services.conftest import open_desk
from tests.services.fakes import Died
from tests.services.looking import code, look, look_around

S = State


@pytest.fixture
def pictures(desk, tmp_path):
    found = []
    for number in range(3):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (20 + number, 20), (80 * number, 40, 0)).save(path)
        found.append(desk.library.add([path])[0].asset.as_media())
    return found


@pytest.fixture
def post(desk, pictures):
    return desk.posts.create(text="Hello", media=tuple(pictures))


def due(desk, clock, post, account):
    return desk.calendar.schedule(post.id, account.id, clock.now())


def blobs(fake):
    """Of the one post that is there."""
    ((_, found),) = fake.server.posts.values()
    return found


def test_a_platform_that_digests_is_asked_until_it_is_ready(clock, desk, account, post, fake):
    fake.server.faults = {"ready": [2.0, 3.0, 5.0]}
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    assert clock.slept == [2.0, 3.0, 5.0] and fake.server.log.count("ready") == 3


def test_one_that_digests_for_long_is_left_for_later_and_nothing_is_uploaded_twice(clock, desk, account, post, fake):
    fake.server.faults = {"ready": [1.0] * (DIGESTS + 5)}
    delivery = due(desk, clock, post, account)
    look(desk)
    waits = desk.publishing.get(delivery.id)
    assert (waits.state, code(waits)) == (S.DUE, "delivery.still_digesting")
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.PUBLISHED and fake.server.log.count("stage") == 3


def test_what_it_cannot_digest_is_refused(clock, desk, account, post, fake):
    fake.server.faults = {"ready": ["refused"]}
    failed = desk.publishing.publish(post.id, account.id)
    assert (failed.state, code(failed)) == (S.FAILED, "fake.refused") and fake.server.posts == {}


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("fault", ["later", "die"])
def test_cut_at_a_file_it_goes_on_there(clock, tmp_path, desk, account, post, fake, vault, number, fault):
    fake.server.faults = {"stage": [""] * (number - 1) + [fault]}
    delivery = due(desk, clock, post, account)
    if fault == "die":
        with pytest.raises(Died):
            look(desk)
        desk.close()
        desk = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.PUBLISHED
    assert fake.server.log.count("stage") == 4, "the one that was cut, once more"
    assert len(blobs(fake)) == 3 and desk.publishing.get(delivery.id).proof.whole
    desk.close()


@pytest.mark.parametrize("fault", ["later", "die", "die_after"])
def test_a_container_is_made_once(clock, tmp_path, desk, account, post, fake, vault, fault):
    fake.contains = True
    fake.server.faults = {"contain": [fault]}
    delivery = due(desk, clock, post, account)
    if fault == "later":
        look(desk)
    else:
        with pytest.raises(Died):
            look(desk)
        desk.close()
        desk = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(desk, clock)
    done = desk.publishing.get(delivery.id)
    assert done.state is S.PUBLISHED and fake.server.log.count("stage") == 3 and len(blobs(fake)) == 3
    assert fake.server.log.count("contain") == (1 if fault == "die_after" else 2), "kept the moment it was known"
    desk.close()


def test_an_edit_between_two_tries_sends_what_is_shown_now(clock, desk, account, post, fake, pictures):
    fake.server.faults = {"commit": ["later"]}
    delivery = due(desk, clock, post, account)
    look(desk)
    desk.posts.save(replace(desk.posts.get(post.id), text="Other", media=(pictures[2], pictures[0])))
    look_around(desk, clock)
    done = desk.publishing.get(delivery.id)
    assert done.state is S.PUBLISHED and done.proof.whole and len(blobs(fake)) == 2
    assert fake.server.texts() == ["Other"] and fake.server.log.count("plan") == 2


def test_unedited_its_plan_and_its_key_stay(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["later", "refused"]}
    delivery = due(desk, clock, post, account)
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.FAILED
    done = desk.publishing.resend(delivery.id)
    assert done.state is S.PUBLISHED and done.url == "https://fake.example/key1-0"
    assert fake.server.log.count("plan") == 1 and fake.server.log.count("stage") == 3


def test_started_over_everything_is_uploaded_again(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["refused"]}
    failed = desk.publishing.publish(post.id, account.id)
    done = desk.publishing.resend(failed.id, over=True)
    assert done.state is S.PUBLISHED and fake.server.log.count("stage") == 6 and fake.server.log.count("plan") == 2


def test_the_keychain_is_locked_when_it_is_due(clock, desk, account, post, fake, vault):
    """Nobody has signed in to the computer yet: it waits while its late policy allows."""
    delivery = due(desk, clock, post, account)
    vault.locked = True
    look(desk)
    waits = desk.publishing.get(delivery.id)
    assert (waits.state, code(waits)) == (S.DUE, "vault.locked") and fake.server.log == []
    clock.passes(minutes=5)
    vault.locked = False
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.PUBLISHED


def test_locked_for_longer_than_its_late_policy_allows(clock, desk, account, post, fake, vault):
    delivery = due(desk, clock, post, account)
    vault.locked = True
    look_around(desk, clock)
    failed = desk.publishing.get(delivery.id)
    assert (failed.state, code(failed)) == (S.FAILED, "vault.locked") and fake.server.log == []
    vault.locked = False
    assert desk.publishing.resend(delivery.id).state is S.PUBLISHED
