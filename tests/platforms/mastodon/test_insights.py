"""What came of a post, and answering what people said of it."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Later, NotThere, Refused, SignInAgain, Uncertain
from studio.core.insight import Comment
from studio.core.post import Account
from studio.platforms.base import Insights
from studio.platforms.mastodon.login import SCOPES
from studio.platforms.transport import Transport
from tests.platforms.fakes import FakeTransport, access, answer
from tests.platforms.mastodon.desk import PLATFORM, POST, Desk, codes
from tests.platforms.mastodon.test_login import by_browser
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon
from tests.servers.mastodon_doors import Person
from tests.servers.mastodon_state import Status


def of(desk: Desk, **more: Any) -> Insights:
    found = PLATFORM.insights(desk.access(**more))
    assert found is not None
    return found


def said(desk: Desk, person: Person, text: str, to: str, **more: Any) -> Status:
    """Somebody's answer."""
    state = desk.server.state
    given = {"status": text, "spoiler_text": "", "visibility": "public", "in_reply_to_id": to, **more}
    return state.publish(person, given, [])


@pytest.fixture
def receipt(desk: Desk) -> Receipt:
    return desk.send(desk.post("周末好去处"))[3]


@pytest.fixture
def lin(server: Mastodon) -> Person:
    return server.state.person("lin", "林")


@pytest.mark.parametrize("texts", [False, True])
def test_the_numbers_of_a_post(desk: Desk, receipt: Receipt, lin: Person, texts: bool) -> None:
    status = desk.server.state.statuses[receipt.handle["id"]]
    status.boosts, status.likes = 3, 12
    said(desk, lin, "好看", status.id)
    desk.server.state.numbers_as_strings = texts
    assert [(m.name, m.value, m.own) for m in of(desk).metrics(receipt)] == [
        ("comments", 1, "replies_count"), ("shares", 3, "reblogs_count"), ("likes", 12, "favourites_count"),
    ]


def test_what_a_server_does_not_tell_is_left_out(desk: Desk) -> None:
    told = {"id": "1", "replies_count": None, "reblogs_count": "many", "favourites_count": True, "quotes_count": 2}
    fake = FakeTransport([answer(told), answer({**told, "reblogs_count": 0})])
    account = Account("a", "mastodon", identity={"server": "https://a.test", "id": "7"})
    insights = PLATFORM.insights(access(account, fake, desk.folder, {"access_token": "t"}))
    assert insights is not None and insights.metrics(Receipt("", {"id": "1"})) == ()
    assert [(m.name, m.value) for m in insights.metrics(Receipt("", {"id": "1"}))] == [("shares", 0)]


def test_comments_with_what_they_answer(desk: Desk, receipt: Receipt, lin: Person) -> None:
    state, root = desk.server.state, receipt.handle["id"]
    first = said(desk, lin, "在哪里？<b>", root)
    desk.clock.on(minutes=5)
    mine = said(desk, desk.mei, "@lin 西街", first.id)
    warned = said(desk, lin, "@mei 剧情", root, spoiler_text="剧透")
    first.likes = 2
    other = said(desk, lin, "another post", desk.send(desk.post("other"))[3].handle["id"])
    found = of(desk).comments(receipt)
    assert found.after == "" and other.id not in [c.id for c in found.items]
    assert found.items == (
        Comment(first.id, "林", "在哪里？<b>", first.made, 2, 1),
        Comment(mine.id, "Mei 梅", "@lin 西街", mine.made, 0, 0, True, first.id),
        Comment(warned.id, "林", "剧透\n@mei 剧情", warned.made, 0, 0),
    )
    assert int(first.id) > 2**53 and state.answers(root)


def test_a_pasted_link_is_enough(desk: Desk, receipt: Receipt, lin: Person) -> None:
    link = PLATFORM.link(receipt.url.replace("http://127.0.0.1", "https://127.0.0.1"))
    assert link is not None
    said(desk, lin, "好看", receipt.handle["id"])
    assert [c.text for c in of(desk).comments(Receipt(link.url, link.handle)).items] == ["好看"]


def test_what_is_gone_or_waits_is_not_there(desk: Desk, receipt: Receipt) -> None:
    desk.server.state.statuses.clear()
    held = Receipt("", {"scheduled": "5"}, done=False, held=True)
    for which in (receipt, held):
        with pytest.raises(NotThere):
            of(desk).metrics(which)
        with pytest.raises(NotThere):
            of(desk).comments(which)


def test_reading_that_fails(desk: Desk, receipt: Receipt) -> None:
    desk.server.state.tokens[desk.token] = (desk.mei, ("write",))
    with pytest.raises(Refused) as refused:
        of(desk).metrics(receipt)
    assert codes(refused.value) == ["account.not_allowed"]
    desk.server.state.tokens.clear()
    with pytest.raises(SignInAgain):
        of(desk).comments(receipt)
    with pytest.raises(SignInAgain):
        of(desk, secrets={}).comments(receipt)
    desk.server.down = True
    with pytest.raises(Later):
        of(desk).metrics(receipt)


# answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_stands_below_its_comment(desk: Desk, receipt: Receipt, lin: Person) -> None:
    comment = said(desk, lin, "@mei 在哪里？", receipt.handle["id"], visibility="unlisted", spoiler_text="CW")
    id = of(desk).reply(receipt, comment.id, " 西街 3 号 \n")
    made = desk.server.posts()[-1]
    assert made.id == id and made.owner is desk.mei
    assert made.params | {"status": "@lin 西街 3 号", "in_reply_to_id": comment.id, "visibility": "unlisted",
                          "spoiler_text": "CW"} == made.params
    assert [(c.id, c.parent, c.mine) for c in of(desk).comments(receipt).items][-1] == (id, comment.id, True)


@pytest.mark.parametrize(("text", "sent"), [("@lin 西街", "@lin 西街"), ("@Lin 西街", "@Lin 西街"),
                                            ("@linda 西街", "@lin @linda 西街")])
def test_who_is_named_already_is_not_named_twice(
    desk: Desk, receipt: Receipt, lin: Person, text: str, sent: str
) -> None:
    of(desk).reply(receipt, said(desk, lin, "?", receipt.handle["id"]).id, text)
    assert desk.texts()[-1] == sent


def test_nobody_mentions_themselves(desk: Desk, receipt: Receipt) -> None:
    of(desk).reply(receipt, said(desk, desk.mei, "补充", receipt.handle["id"]).id, "再补充")
    assert desk.texts()[-1] == "再补充"


def test_the_same_answer_pressed_twice_is_one(desk: Desk, receipt: Receipt, lin: Person) -> None:
    comment = said(desk, lin, "?", receipt.handle["id"])
    first = of(desk).reply(receipt, comment.id, "西街")
    assert of(desk).reply(receipt, comment.id, "西街") == first
    assert of(desk).reply(receipt, comment.id, "东街") != first and len(desk.texts()) == 4


@pytest.mark.parametrize("fault", ["lose_reply", "502", "html", "no id", "refuse"])
def test_a_lost_answer_is_uncertain(
    desk: Desk, proxy: FaultProxy, receipt: Receipt, lin: Person, fault: str
) -> None:
    comment = said(desk, lin, "?", receipt.handle["id"])
    {
        "lose_reply": lambda: proxy.lose_reply(only=POST), "502": lambda: proxy.html(502, only=POST, deliver=True),
        "html": lambda: proxy.html(200, only=POST, deliver=True), "refuse": lambda: proxy.refuse(only=POST),
        "no id": lambda: proxy.change(lambda status, data: (status, {"ok": True}), only=POST),
    }[fault]()
    with pytest.raises(Uncertain):
        of(desk, url=proxy.url).reply(receipt, comment.id, "西街")
    assert len(desk.texts()) == (2 if fault == "refuse" else 3)
    of(desk, url=proxy.url).reply(receipt, comment.id, "西街")
    assert len(desk.texts()) == 3


def test_a_repeat_that_answers_500_is_uncertain(desk: Desk, receipt: Receipt, lin: Person) -> None:
    desk.server.state.replay_500 = True
    comment = said(desk, lin, "?", receipt.handle["id"])
    of(desk).reply(receipt, comment.id, "西街")
    with pytest.raises(Uncertain):
        of(desk).reply(receipt, comment.id, "西街")
    assert len(desk.texts()) == 3


@pytest.mark.parametrize(("status", "body", "kind", "code"), [
    (404, {"error": "The post you are trying to reply to does not appear to exist."}, Refused, "mastodon.comment_gone"),
    (404, b"<html></html>", Uncertain, "net.server_fault"), (401, {"error": "no"}, SignInAgain, "login.expired"),
    (403, {"error": "This action is outside the authorized scopes"}, Refused, "account.not_allowed"),
    (422, {"error": "Validation failed: Text character limit of 500 exceeded"}, Refused, "platform.refused"),
    (429, {"error": "Too many requests"}, Later, "net.rate_limited_unknown"),
])
def test_answers_that_are_refused(
    desk: Desk, proxy: FaultProxy, receipt: Receipt, lin: Person, status: int, body: Any, kind: type[Exception],
    code: str,
) -> None:
    comment = said(desk, lin, "?", receipt.handle["id"])
    proxy.answer(status, body, only=POST)
    with pytest.raises(kind) as raised:
        of(desk, url=proxy.url).reply(receipt, comment.id, "西街")
    assert codes(raised.value) == [code] and len(desk.texts()) == 2


def test_what_cannot_be_answered_is_not_sent(desk: Desk, receipt: Receipt, lin: Person) -> None:
    comment = said(desk, lin, "?", receipt.handle["id"])
    for text, to, code in ((" \n", comment.id, "post.empty"), ("周" * 496, comment.id, "text.too_long"),
                           ("西街", "1", "mastodon.comment_gone")):
        with pytest.raises(Refused) as refused:
            of(desk).reply(receipt, to, text)
        assert codes(refused.value) == [code]
    assert len(desk.texts()) == 2
    of(desk).reply(receipt, comment.id, "周" * 495)  # with "@lin " it is 500
    assert len(desk.texts()) == 3


def test_what_the_browser_grants_is_enough(desk: Desk, server: Mastodon, receipt: Receipt, lin: Person) -> None:
    """No wider scopes are asked for than publishing needs anyway."""
    server.consents = desk.mei
    login = by_browser(server)
    assert login.identity["scopes"].split() == list(SCOPES)
    account = Account("a", "mastodon", handle=login.handle, identity=login.identity)
    comment = said(desk, lin, "?", receipt.handle["id"])
    with Transport(attempts=1) as transport:
        insights = PLATFORM.insights(access(account, transport, desk.folder, login.secrets))
        assert insights is not None
        insights.reply(receipt, comment.id, "西街")
        assert len(insights.comments(receipt).items) == 2 and insights.metrics(receipt)[0].value == 1
