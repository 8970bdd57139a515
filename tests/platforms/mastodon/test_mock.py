"""The adapter before a server written by others, so that it is not only right by our own reading of the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import NotThere, Refused
from studio.core.post import Account
from studio.platforms import get
from studio.platforms.base import Access, Publisher
from studio.platforms.transport import Transport
from tests.platforms.fakes import Saved
from tests.platforms.mastodon.desk import Desk, codes, photo
from tests.servers import mastodon_mock
from tests.servers.plugin import unavailable

MASTODON = get("mastodon")


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for this file; each test makes posts of its own."""
    try:
        mastodon_mock.installed()
    except mastodon_mock.NoMock as error:
        unavailable(str(error))
    with mastodon_mock.running(tmp_path_factory.mktemp("mock")) as url:
        yield url


class Signed:
    """Its one person, signed in with a token."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        with Transport() as transport:
            fields = {"server": url, "access_token": mastodon_mock.TOKEN}
            self.login = MASTODON.login(fields, "", transport)
        self.account = Account("a", "mastodon", handle=self.login.handle, identity=self.login.identity)

    def access(self, at: datetime | None = None, reply_to: Any = None) -> Access:
        secrets = dict(self.login.secrets)
        return Access(
            self.account, secrets, Saved(), Transport(), self.folder, lambda: datetime.now(UTC), at, reply_to
        )

    def publisher(self, at: datetime | None = None, reply_to: Any = None) -> Publisher:
        return MASTODON.publisher(self.access(at, reply_to))


@pytest.fixture
def signed(mock: str, tmp_path: Path) -> Signed:
    return Signed(mock, tmp_path)


def test_it_signs_in_and_is_well(signed: Signed) -> None:
    assert signed.login.identity["characters"] == "500" and signed.login.handle.startswith("testuser@")
    assert MASTODON.health(signed.access()) == ()


def test_a_post_with_pictures_and_its_reply_are_proved(signed: Signed, tmp_path: Path) -> None:
    uploads = [photo(tmp_path, 1), photo(tmp_path, 2)]
    what = Desk.post(
        "周末 #咖啡\n\n看 https://www.example.com/a/very/long/path/that/is/cut?b=1&c=2 & <b>", uploads,
        options={"spoiler_text": "CW", "visibility": "unlisted"},
    )
    publisher = signed.publisher()
    plan, handles = Desk.staged(publisher, what, uploads)
    assert publisher.ready(plan, handles) is None
    receipt = publisher.commit(what, uploads, plan, handles)
    assert publisher.read_back(what, uploads, plan, receipt).whole
    assert publisher.look(plan, handles) == receipt
    assert publisher.commit(what, uploads, plan, handles) == receipt  # its keys work
    reply, second = Desk.post("second"), signed.publisher(reply_to={"root": receipt.handle, "parent": receipt.handle})
    plan, _ = Desk.staged(second, reply)
    proof = second.read_back(reply, [], plan, second.commit(reply, [], plan, []))
    assert proof.whole and "reply" in [line.what for line in proof.lines]


def test_its_timer_is_used_changed_and_left(signed: Signed) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    publisher, what = signed.publisher(at), Desk.post("later", options={"poll": {"options": ["a", "b"]}})
    plan, _ = Desk.staged(publisher, what)
    receipt = publisher.commit(what, [], plan, [])
    assert receipt.held and publisher.check(receipt).held
    found = publisher.look(plan, [])
    assert found is not None and found.handle["scheduled"] == receipt.handle["scheduled"]
    moved = publisher.reschedule(receipt, at + timedelta(hours=1))
    assert moved.handle["scheduled"] == receipt.handle["scheduled"]
    publisher.withdraw(moved)
    publisher.withdraw(moved)
    with pytest.raises(NotThere):
        publisher.check(moved)


def test_a_token_it_does_not_know(mock: str) -> None:
    with Transport() as transport, pytest.raises(Refused) as refused:
        MASTODON.login({"server": mock, "access_token": "wrong"}, "", transport)
    assert codes(refused.value) == ["login.token_refused"]


def test_what_came_of_a_post_is_read_and_answered(signed: Signed) -> None:
    publisher, what = signed.publisher(), Desk.post("周末去哪儿")
    plan, _ = Desk.staged(publisher, what)
    receipt = publisher.commit(what, [], plan, [])
    insights = MASTODON.insights(signed.access())
    assert insights is not None and insights.comments(receipt).items == ()
    before = {metric.name: metric.value for metric in insights.metrics(receipt)}
    assert before == {"comments": 0, "shares": 0, "likes": 0}
    first = insights.reply(receipt, str(receipt.handle["id"]), "补充一句")
    second = insights.reply(receipt, first, "再补充一句")
    found = insights.comments(receipt).items
    assert [(c.id, c.parent, c.text, c.mine) for c in found] == [
        (first, "", "补充一句", True), (second, first, "再补充一句", True),
    ]
    assert {m.name: m.value for m in insights.metrics(receipt)}["comments"] == 1
    assert insights.reply(receipt, first, "再补充一句") == second


def test_its_doctor_has_a_line_for_each(signed: Signed) -> None:
    found = {f.code: f.values for f in MASTODON.doctor(signed.access())}
    assert {"mastodon.signed_in", "mastodon.limits", "mastodon.timer"} < set(found) and len(found) == 4
    assert found["mastodon.limits"] == {"characters": 500, "media": 4}


def test_a_link_to_it_is_read(signed: Signed) -> None:
    publisher, what = signed.publisher(), Desk.post("周末去哪儿，旧书店")
    plan, _ = Desk.staged(publisher, what)
    receipt = publisher.commit(what, [], plan, [])
    link = MASTODON.link(receipt.url)
    assert link is not None and link.handle["id"] == receipt.handle["id"]
    proof = MASTODON.verify(signed.access(), what, link)
    assert proof is not None and proof.whole
