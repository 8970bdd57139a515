"""The whole engine before the contract server: its timer, threads, lost answers, processing, repeats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.post import Reply
from tests.platforms.mastodon.desk import POST
from tests.platforms.mastodon.studio import Studio
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon
from tests.services.fakes import Clock
from tests.services.looking import code, look, look_around

S = State
HOUR = timedelta(hours=1)
TEXTS = ["第一段：旧书店的一下午", "第二段：二楼的窗", "第三段：路线在图里 https://example.com/map"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Mastodon]:
    with Mastodon(clock.now) as running:
        yield running


@pytest.fixture
def studio(server: Mastodon, proxy: FaultProxy, clock: Clock, tmp_path: Path) -> Iterator[Studio]:
    made = Studio(server, proxy, clock, tmp_path)
    yield made
    made.desk.close()


def test_a_post_with_pictures_is_published_and_proved(studio: Studio) -> None:
    done = studio.publish(studio.post(files=2, visibility="unlisted", spoiler_text="剧透"))
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    status = studio.server.posts()[0]
    assert done.url == f"{studio.server.url}/@mei/{status.id}" and len(status.files) == 2
    assert (status.params["visibility"], status.params["spoiler_text"]) == ("unlisted", "剧透")


def test_the_servers_own_limits_are_those_of_the_account(studio: Studio) -> None:
    post = studio.post("周" * 501)
    found = studio.desk.checks.findings(post, studio.desk.accounts.get(studio.account.id))
    assert [f.code for f in found] == ["text.too_long"]
    studio.server.state.characters = 5000
    assert studio.desk.accounts.check(studio.account.id).usable
    account = studio.desk.accounts.get(studio.account.id)
    assert account.identity["characters"] == "5000" and studio.desk.checks.findings(post, account) == ()
    assert studio.publish(post).state is S.PUBLISHED


@pytest.mark.parametrize("version", ["4.5.2", "4.6.3", "2.7.2 (compatible; Akkoma 3.13.2)"])
def test_a_lost_answer_makes_no_second_post(studio: Studio, version: str) -> None:
    studio.server.state.version = version
    studio.server.state.replay_500 = version == "4.6.3"
    studio.server.state.ignores_keys = "Akkoma" in version
    studio.desk.accounts.check(studio.account.id)
    studio.proxy.lose_reply(only=POST)
    done = studio.publish(studio.post(files=1))
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole
    assert len(studio.texts()) == 1


@pytest.mark.parametrize("version", ["4.5.2", "4.6.3"])
def test_what_never_arrived_is_sent_again_only_where_that_is_safe(studio: Studio, version: str) -> None:
    studio.server.state.version = version
    studio.desk.accounts.check(studio.account.id)
    studio.proxy.refuse(only=POST)
    done = studio.publish(studio.post())
    if version == "4.5.2":
        assert done.state is S.PUBLISHED
    else:
        assert (done.state, code(done)) == (S.UNCONFIRMED, "delivery.not_found_on_platform") and studio.texts() == []
        done = studio.desk.publishing.resend(done.id)
        assert done.state is S.PUBLISHED
    assert len(studio.texts()) == 1


def test_pictures_are_made_to_fit_the_servers_own_size(studio: Studio, tmp_path: Path) -> None:
    from PIL import Image

    studio.desk.workspace.accounts.save(replace(
        studio.account, identity={**studio.account.identity, "image_bytes": "60000"}))
    Image.effect_noise((900, 700), 90).convert("RGB").save(tmp_path / "noise.jpg", quality=95)
    assert (tmp_path / "noise.jpg").stat().st_size > 60000
    asset = studio.desk.library.add([tmp_path / "noise.jpg"])[0].asset
    assert asset is not None
    picture = asset.as_media()
    post = replace(studio.post(TEXTS[0]), media=(picture,), replies=(Reply(TEXTS[1], media=(picture,)),))
    studio.desk.posts.save(post)
    done = studio.publish(post)
    assert done.state is S.PUBLISHED, done
    assert [line["sent"] < 61000 for line in _uploaded(studio, done)] == [True, True]


def _uploaded(studio: Studio, delivery: Delivery) -> list[dict[str, Any]]:
    """The uploads of its journal."""
    lines = [each for step in studio.desk.publishing.story(delivery.id) for each in step.data.get("exchanges", ())]
    return [line for line in lines if line["path"] == "/api/v2/media"]


def test_a_clip_is_sent_when_it_is_processed(studio: Studio) -> None:
    studio.server.state.slow = 20.0
    asset = studio.desk.library.add([Path("assets/samples/walk.mp4")])[0].asset
    assert asset is not None
    post = replace(studio.post(), media=(asset.as_media(),))
    studio.desk.posts.save(post)
    done = studio.publish(post)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert studio.server.posts()[0].files[0].mime == "video/mp4" and sum(studio.clock.slept) >= 20


def test_files_the_server_has_forgotten_are_uploaded_anew(studio: Studio) -> None:
    studio.proxy.answer(422, {"error": "Validation failed: no"}, only=POST)
    failed = studio.publish(studio.post(files=2))
    assert failed.state is S.FAILED and len(studio.server.state.files) == 2
    studio.clock.passes(days=2)
    studio.server.state.files.clear()
    done = studio.desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert len(studio.server.state.files) == 2 and len(studio.texts()) == 1


def test_what_the_server_still_processes_is_waited_for(studio: Studio) -> None:
    studio.server.state.attach = _slow(studio)  # type: ignore[method-assign]
    done = studio.publish(studio.post(files=1))
    assert done.state is S.PUBLISHED and sum(studio.clock.slept) >= 20
    asked = [line for line in studio.proxy.requests if line.startswith("GET /api/v1/media/")]
    assert len(asked) >= 10


def _slow(studio: Studio) -> Any:
    """Pictures that are processed later, as animations are."""
    kept = studio.server.state.attach

    def attach(*given: Any) -> Any:
        file = kept(*given)
        file.ready = studio.clock.now() + timedelta(seconds=20)
        return file

    return attach


# the server's timer ----------------------------------------------------------------------------------------------


def test_what_lies_with_the_server_is_live_at_its_time_with_proof(studio: Studio) -> None:
    lies = studio.ahead(studio.post(files=1))
    assert (lies.state, lies.ahead) == (S.SCHEDULED, True), lies
    assert studio.waiting() == ["周末好去处 #咖啡"] and studio.texts() == []
    studio.restart()
    look_around(studio.desk, studio.clock, lies.at - timedelta(minutes=1))
    assert studio.texts() == []
    look_around(studio.desk, studio.clock)
    done = studio.now(lies)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole and done.proof.at == lies.at
    assert done.url.endswith(f"/@mei/{studio.server.posts()[0].id}") and studio.waiting() == []


def test_a_cancelled_one_is_taken_back(studio: Studio) -> None:
    lies = studio.ahead(studio.post())
    cancelled = studio.desk.publishing.cancel(lies.id)
    assert cancelled.state is S.CANCELLED and studio.waiting() == []
    studio.clock.passes(hours=5)
    look(studio.desk)
    assert studio.texts() == []


def test_a_cancel_that_does_not_get_through_is_not_called_done(studio: Studio) -> None:
    lies = studio.ahead(studio.post())
    studio.proxy.html(503, only="^DELETE")
    asked = studio.desk.publishing.cancel(lies.id)
    assert asked.state is S.SCHEDULED and code(asked) == "ahead.not_changed" and studio.waiting() != []
    look_around(studio.desk, studio.clock, studio.clock.now() + timedelta(minutes=10))
    assert studio.now(lies).state is S.CANCELLED and studio.waiting() == []


def test_an_edited_one_is_replaced(studio: Studio) -> None:
    lies = studio.ahead(studio.post("先写的"))
    studio.desk.posts.save(replace(studio.desk.posts.get(lies.post), text="后来改的", updated=studio.clock.now()))
    studio.clock.passes(minutes=2)
    look_around(studio.desk, studio.clock, lies.at - timedelta(minutes=10))
    assert studio.waiting() == ["后来改的"] and studio.now(lies).ahead
    look_around(studio.desk, studio.clock)
    assert studio.now(lies).state is S.PUBLISHED and studio.texts() == ["后来改的"]


def test_a_moved_one_is_moved_there(studio: Studio) -> None:
    lies = studio.ahead(studio.post())
    later = lies.at + HOUR
    studio.desk.calendar.move(lies.id, later)
    look(studio.desk)
    assert [item.at for item in studio.server.state.scheduled.values()] == [later]
    look_around(studio.desk, studio.clock)
    done = studio.now(lies)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.at == later and len(studio.texts()) == 1


def test_a_lost_answer_of_the_timer_makes_no_second(studio: Studio) -> None:
    studio.proxy.lose_reply(only=POST)
    lies = studio.ahead(studio.post())
    look_around(studio.desk, studio.clock, studio.clock.now() + timedelta(minutes=10))
    assert studio.now(lies).ahead and len(studio.waiting()) == 1
    look_around(studio.desk, studio.clock)
    assert studio.now(lies).state is S.PUBLISHED and len(studio.texts()) == 1


def test_one_that_was_taken_back_on_the_server_is_asked_about(studio: Studio) -> None:
    lies = studio.ahead(studio.post())
    studio.server.state.scheduled.clear()
    look_around(studio.desk, studio.clock)
    gone = studio.now(lies)
    assert gone.state is S.UNCONFIRMED and code(gone) == "delivery.gone" and studio.texts() == []


# threads ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["", "lost", "refused", "down"])
def test_a_thread_is_one_thread_whatever_breaks_at_its_second_link(studio: Studio, fault: str) -> None:
    post = studio.post(TEXTS[0], replies=tuple(TEXTS[1:]), files=1, visibility="unlisted")
    if fault == "lost":
        studio.proxy.lose_reply(only=POST, skip=1)
    if fault == "refused":
        studio.proxy.answer(422, {"error": "Validation failed: no"}, only=POST, skip=1)
    if fault == "down":
        studio.proxy.html(502, only=POST, skip=1)
    delivery = studio.publish(post)
    if fault == "refused":
        assert (delivery.state, delivery.link, studio.texts()) == (S.FAILED, 1, TEXTS[:1])
        studio.restart()
        delivery = studio.desk.publishing.resend(delivery.id)
    assert delivery.state is S.PUBLISHED and delivery.proof is not None and delivery.proof.whole, delivery
    first, second, third = studio.server.posts()
    assert studio.texts() == TEXTS
    assert [s.params.get("in_reply_to_id") for s in (first, second, third)] == [None, first.id, second.id]
    assert {s.params["visibility"] for s in (first, second, third)} == {"unlisted"}
    assert [len(s.files) for s in (first, second, third)] == [1, 0, 0]
    assert delivery.url.endswith(first.id)
    assert {"2:text", "2:reply", "3:reply"} <= {line.what for line in delivery.proof.lines}


def test_a_poll_is_asked_once_in_a_thread(studio: Studio) -> None:
    post = studio.post(TEXTS[0], replies=(TEXTS[1],), poll={"options": ["茶", "咖啡"]})
    assert studio.publish(post).state is S.PUBLISHED
    assert [bool(s.params.get("poll")) for s in studio.server.posts()] == [True, False]


def test_a_thread_whose_first_link_is_gone_ends_there(studio: Studio) -> None:
    studio.proxy.answer(503, b"", only=POST, skip=1)
    post = studio.post(TEXTS[0], replies=(TEXTS[1],))
    studio.server.state.version = "4.6.0"
    studio.desk.accounts.check(studio.account.id)
    delivery = studio.publish(post)
    assert (delivery.state, delivery.link) == (S.UNCONFIRMED, 1)
    studio.server.state.statuses.clear()
    delivery = studio.desk.publishing.resend(delivery.id)
    assert (delivery.state, code(delivery)) == (S.FAILED, "publish.parent_gone") and studio.texts() == []


def test_two_are_not_on_their_way_at_once(studio: Studio) -> None:
    lies = studio.ahead(studio.post())
    with pytest.raises(Refused):
        studio.publish(studio.desk.posts.get(lies.post))
    assert studio.texts() == []
