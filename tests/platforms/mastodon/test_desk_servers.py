"""The whole engine before servers that differ, that change under an account, that fail, and that are down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from studio import platforms
from studio.core.delivery import Receipt, State
from studio.core.errors import Later, Refused
from tests.platforms.mastodon.desk import POST
from tests.platforms.mastodon.studio import Studio
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon
from tests.services.fakes import Clock
from tests.services.looking import code, look, look_around

S = State
LISTED = r"^GET /api/v1/accounts/\d+/statuses"


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


# a repeat that answers 5xx (4.6.0 to 4.6.5) -----------------------------------------------------------------------


def updated_since(studio: Studio, version: str) -> None:
    """The server was brought to another version after the account was last looked at, so its keys seem trusted."""
    assert studio.account.identity["version"] == "4.5.2"
    studio.server.state.version, studio.server.state.replay_500 = version, True


def posted(studio: Studio) -> list[str]:
    """The visible requests that went out."""
    return [line for line in studio.proxy.requests if line.startswith("POST /api/v1/statuses")]


@pytest.mark.parametrize("version", ["4.6.0", "4.6.5"])
def test_a_repeat_that_answers_500_is_looked_up_and_adopted(studio: Studio, version: str) -> None:
    updated_since(studio, version)
    studio.proxy.lose_reply(only=POST)
    studio.proxy.change(lambda status, data: (status, []), only=LISTED, skip=1)  # the first look comes too early
    done = studio.publish(studio.post(files=1))
    assert len(posted(studio)) == 2 and len(studio.texts()) == 1
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done


@pytest.mark.parametrize("version", ["4.6.0", "4.6.5"])
def test_a_repeat_that_answers_500_and_is_not_found_is_unconfirmed_not_failed(studio: Studio, version: str) -> None:
    updated_since(studio, version)
    studio.proxy.lose_reply(only=POST)
    studio.proxy.change(lambda status, data: (status, []), only=LISTED, skip=1, times=99)
    done = studio.publish(studio.post())
    assert (done.state, code(done)) == (S.UNCONFIRMED, "delivery.not_found_on_platform"), done
    look_around(studio.desk, studio.clock)
    studio.clock.passes(hours=5)
    look(studio.desk)
    assert studio.now(done).state is S.UNCONFIRMED and len(studio.texts()) == 1
    assert len(posted(studio)) == 2  # one repeat while its key was trusted, and never again


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_first_answer_of_5xx_is_looked_up_and_never_called_failed(studio: Studio, status: int) -> None:
    studio.server.state.version = "4.6.3"
    studio.desk.accounts.check(studio.account.id)
    studio.proxy.html(status, only=POST, deliver=True)
    done = studio.publish(studio.post())
    assert done.state is S.PUBLISHED and len(studio.texts()) == 1
    studio.proxy.html(status, only=POST)
    lost = studio.publish(studio.post("第二条"))
    assert (lost.state, code(lost)) == (S.UNCONFIRMED, "delivery.not_found_on_platform") and len(studio.texts()) == 1


def test_another_version_is_learnt_before_something_is_sent(studio: Studio) -> None:
    """Some hours after the last look the server is asked anew, without anybody asking for it."""
    studio.clock.passes(hours=7)
    studio.server.state.version, studio.server.state.replay_500 = "4.6.3", True
    studio.server.state.characters, studio.server.state.most_files = 5000, 16
    studio.desk.workspace.accounts.set_health(studio.account.id, studio.clock.now().replace(year=2020), ())
    studio.proxy.lose_reply(only=POST)
    done = studio.publish(studio.post())
    assert done.state is S.PUBLISHED and len(studio.texts()) == 1 and len(posted(studio)) == 1
    known = studio.desk.accounts.get(studio.account.id).identity
    assert (known["version"], known["characters"], known["media"]) == ("4.6.3", "5000", "16")


# servers of their own size ----------------------------------------------------------------------------------------


def test_five_thousand_characters_and_sixteen_pictures(studio: Studio) -> None:
    studio.server.state.characters, studio.server.state.most_files = 5000, 16
    text = "周" * 4976 + " https://example.com/" + "a" * 200  # an address counts 23
    post = studio.post(text, files=16)
    account = studio.desk.accounts.get(studio.account.id)
    found = studio.desk.checks.findings(post, account)
    assert [f.code for f in found] == ["text.too_long", "media.too_many"]
    studio.desk.accounts.check(studio.account.id)
    account = studio.desk.accounts.get(studio.account.id)
    assert studio.desk.checks.findings(post, account) == ()
    assert studio.desk.checks.counts(post, account)["text"].count == 5000
    done = studio.publish(post)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert len(studio.server.posts()[0].files) == 16
    over = replace(post, text="周" + text)
    assert [f.code for f in studio.desk.checks.findings(over, account)] == ["text.too_long"]


def test_a_server_that_takes_less_by_now_is_said(studio: Studio) -> None:
    studio.server.state.characters = 5000
    studio.desk.accounts.check(studio.account.id)
    studio.server.state.characters = 300
    health = studio.desk.accounts.check(studio.account.id)
    assert health.usable and [f.code for f in health.findings if f.severity != "info"] == ["account.limits_changed"]
    account = studio.desk.accounts.get(studio.account.id)
    assert [f.code for f in studio.desk.checks.findings(studio.post("周" * 301), account)] == ["text.too_long"]


# servers that are down --------------------------------------------------------------------------------------------


def test_a_server_that_is_down_is_waited_for(studio: Studio) -> None:
    planned = studio.desk.calendar.schedule(
        studio.post(files=1).id, studio.account.id, studio.clock.now() + timedelta(minutes=5))
    studio.server.down = True
    look_around(studio.desk, studio.clock, studio.clock.now() + timedelta(minutes=6))
    waits = studio.now(planned)
    assert (waits.state, code(waits)) == (S.DUE, "net.server_fault"), waits
    health = studio.desk.accounts.check(studio.account.id)
    assert [f.code for f in health.findings] == ["net.server_fault"]
    studio.server.down = False
    look_around(studio.desk, studio.clock)
    done = studio.now(waits)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole and len(studio.texts()) == 1


def test_nobody_signs_in_at_a_server_that_is_down(studio: Studio) -> None:
    before = studio.desk.accounts.list()
    studio.server.down = True
    for base in (studio.proxy.url, "http://127.0.0.1:1"):
        with pytest.raises(Later):
            studio.desk.accounts.add("mastodon", {"access_token": "x"}, api_base=base)
    assert studio.desk.accounts.list() == before


def test_a_post_by_hand_is_proved_by_its_link(studio: Studio) -> None:
    """The account is signed in, so what the person posted on the server's page can be read."""
    studio.desk.accounts.set_mode(studio.account.id, "assisted")
    waits = studio.publish(studio.post("周末好去处 #咖啡"))
    assert waits.state is S.WAITING and studio.texts() == []
    sheet = studio.desk.by_hand.sheet(waits.id)
    assert sheet.handoff.page == "https://mastodon.social/publish"  # the proxy stands for it
    assert [piece.text for piece in sheet.handoff.pieces] == ["周末好去处 #咖啡"]
    given = {"status": "今天什么也没有发生，明天再说吧。", "spoiler_text": "", "visibility": "public"}
    other = studio.server.state.publish(studio.mei, dict(given), [])
    mine = studio.server.state.publish(studio.mei, {**given, "status": sheet.handoff.pieces[0].text}, [])
    with pytest.raises(Refused) as refused:
        studio.desk.by_hand.paste(waits.id, f"https://mastodon.social/@mei/{other.id}")
    assert [f.code for f in refused.value.findings] == ["handoff.not_it"]
    with pytest.raises(Refused):
        studio.desk.by_hand.paste(waits.id, f"https://other.social/@mei/{mine.id}")
    done = studio.desk.by_hand.paste(waits.id, f"看 https://mastodon.social/@mei/{mine.id} 吧")
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole
    assert done.url == f"{studio.server.url}/@mei/{mine.id}" and len(studio.texts()) == 2


def test_comments_are_read_through_the_accounts_access(studio: Studio) -> None:
    """What a pane of comments does: the account's access, and what was published through it."""
    done = studio.publish(studio.post())
    lin = studio.server.state.person("lin", "林")
    id = str(studio.server.posts()[0].id)
    studio.server.state.publish(lin, {"status": "好看", "spoiler_text": "", "visibility": "public",
                                      "in_reply_to_id": id}, [])
    declared = platforms.get(done.platform)
    link = declared.link(done.url.replace("http://", "https://"))
    insights = declared.insights(studio.desk.accounts.access(studio.desk.accounts.get(studio.account.id)))
    assert link is not None and insights is not None and link.handle["id"] == id
    (comment,) = insights.comments(Receipt(done.url, link.handle)).items
    answer = insights.reply(Receipt(done.url, link.handle), comment.id, "谢谢")
    assert studio.texts()[-1] == "@lin 谢谢" and answer == studio.server.posts()[-1].id
