"""A thread on a real PDS, sent by the whole engine through a proxy that breaks one link of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.post import Reply
from studio.platforms.transport import Transport
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.servers.faultproxy import FaultProxy
from tests.servers.pds import Pds
from tests.services.fakes import FakeVault

S = State
COMMIT = r"^POST /xrpc/com.atproto.repo.putRecord"
TEXTS = ["第一段：旧书店的一下午", "第二段：二楼的窗", "第三段：路线在图里"]


def opened(folder: Path, vault: FakeVault) -> Desk:
    workspace = Workspace.open(folder)
    desk = Desk(workspace, vault, Owners(workspace.cache / "owners"), lambda base: Transport(base, attempts=2))  # type: ignore[arg-type]
    desk.publishing._sleep = lambda seconds: None
    return desk


@pytest.fixture
def proxy(pds: Pds):
    with FaultProxy(pds.url) as made:
        yield made


def thread(desk: Desk, after: int = 0):
    post = desk.posts.create(text=TEXTS[0])
    whole = replace(post, replies=tuple(Reply(text, after=after) for text in TEXTS[1:]))
    desk.posts.save(whole)
    return whole


def in_order(pds: Pds, did: str) -> list[dict]:
    return sorted(pds.records(did), key=lambda r: r["value"]["createdAt"])


@pytest.mark.parametrize("fault", ["", "lost", "refused"])
def test_a_thread_is_one_thread_whatever_breaks_at_its_second_link(pds, proxy, tmp_path, fault):
    person, vault = pds.create_account(), FakeVault()
    desk = opened(tmp_path / "w", vault)
    fields = {"identifier": person.handle, "password": person.app_password}
    account = desk.accounts.add("bluesky", fields, api_base=proxy.url)
    post = thread(desk)
    if fault == "lost":
        proxy.lose_reply(only=COMMIT, skip=1)
    if fault == "refused":
        proxy.answer(400, {"error": "InvalidRequest", "message": "no"}, only=COMMIT, skip=1)
    delivery = desk.publishing.publish(post.id, account.id)
    if fault == "refused":
        assert (delivery.state, delivery.link, len(pds.records(person.did))) == (S.FAILED, 1, 1)
        desk.close()
        desk = opened(tmp_path / "w", vault)  # a restart in between changes nothing
        delivery = desk.publishing.resend(delivery.id)
    assert delivery.state is S.PUBLISHED and delivery.proof.whole
    records = in_order(pds, person.did)
    assert [r["value"]["text"] for r in records] == TEXTS
    root, second, third = records
    assert "reply" not in root["value"]
    assert second["value"]["reply"]["parent"]["uri"] == second["value"]["reply"]["root"]["uri"] == root["uri"]
    assert third["value"]["reply"] == {
        "root": {"uri": root["uri"], "cid": root["cid"]}, "parent": {"uri": second["uri"], "cid": second["cid"]}}
    assert {"2:text", "3:reply"} <= {line.what for line in delivery.proof.lines}
    desk.close()


def test_delays_between_links_survive_a_restart(pds, tmp_path):
    person, vault = pds.create_account(), FakeVault()
    desk = opened(tmp_path / "w", vault)
    fields = {"identifier": person.handle, "password": person.app_password}
    account = desk.accounts.add("bluesky", fields, api_base=pds.url)
    delivery = desk.publishing.publish(thread(desk, after=10).id, account.id)
    assert (delivery.state, delivery.link, len(pds.records(person.did))) == (S.DUE, 1, 1)
    desk.close()
    desk = opened(tmp_path / "w", vault)
    assert desk.publishing.run_due() == [], "ten minutes are not over"
    for minutes in (11, 22):
        desk.publishing.run_due(datetime.now(UTC) + timedelta(minutes=minutes))
    assert desk.publishing.get(delivery.id).state is S.PUBLISHED
    assert [r["value"]["text"] for r in in_order(pds, person.did)] == TEXTS
    desk.close()
