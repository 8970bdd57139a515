"""The engine against a real server, through a proxy that breaks one kind of request in every way there is.

Whatever happens there is at most one post, nothing is called published that is not there, nothing that is there is
called failed, and the step that is offered next leads to exactly one post with a whole proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.core.delivery import SENDING, Delivery, State
from studio.core.errors import Problem
from studio.core.ids import new_id
from studio.core.post import Account, Post
from studio.platforms.transport import Request, Response, Transport
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.platforms.bluesky.session import jwt
from tests.servers.faultproxy import FaultProxy
from tests.servers.pds import Pds
from tests.services.fakes import FakeVault

S = State
XRPC = "/xrpc/com.atproto."
PHASES = {
    "renewal": f"^POST {XRPC}server.refreshSession", "upload": f"^POST {XRPC}repo.uploadBlob",
    "commit": f"^POST {XRPC}repo.putRecord", "read back": f"^GET {XRPC}repo.getRecord",
    "picture back": f"^GET {XRPC}sync.getBlob",
}
ERROR_BODY = {"error": "InternalServerError", "message": "no"}

Break = Callable[..., None]
# What is done to a request: some before the server has it, some after it acted.
BEFORE: dict[str, Break] = {
    "refuse": lambda p, **w: p.refuse(**w),
    "cut": lambda p, **w: p.cut_up(100, **w),
    "blackhole": lambda p, **w: p.blackhole(**w),
    "429": lambda p, **w: p.rate_limit(**w),
    "429 at once": lambda p, **w: p.rate_limit("0", **w),
    "429 in 90 s": lambda p, **w: p.rate_limit("90", **w),
    "500": lambda p, **w: p.answer(500, ERROR_BODY, **w),
    "503 page": lambda p, **w: p.html(503, **w),
    "page": lambda p, **w: p.html(**w),
    "garbage": lambda p, **w: p.garbage(**w),
    "10 MB": lambda p, **w: p.huge(**w),
    "elsewhere": lambda p, **w: p.redirect("http://127.0.0.1:9/xrpc/x", **w),
    "in circles": lambda p, **w: p.redirect("/xrpc/_health", 307, **w),
    "expired": lambda p, **w: p.answer(400, {"error": "ExpiredToken", "message": "Token has expired"}, **w),
    "refused": lambda p, **w: p.answer(400, {"error": "InvalidRequest", "message": "no"}, **w),
    "error in 200": lambda p, **w: p.answer(200, ERROR_BODY, **w),
    "nothing in 200": lambda p, **w: p.answer(200, {}, **w),
    "null in 200": lambda p, **w: p.answer(200, None, **w),
}
AFTER: dict[str, Break] = {
    "lost": lambda p, **w: p.lose_reply(**w),
    "cut short": lambda p, **w: p.cut_down(60, **w),
    "slow": lambda p, **w: p.delay(0.3, **w),
    "500 after": lambda p, **w: p.answer(500, ERROR_BODY, deliver=True, **w),
    "page after": lambda p, **w: p.html(deliver=True, **w),
    "garbage after": lambda p, **w: p.garbage(deliver=True, **w),
    "10 MB after": lambda p, **w: p.huge(deliver=True, **w),
    "error in 200 after": lambda p, **w: p.answer(200, ERROR_BODY, deliver=True, **w),
    "strings": lambda p, **w: p.change(lambda status, data: (status, strings(data)), **w),
    "lists": lambda p, **w: p.change(lambda status, data: (status, [data]), **w),
}
BREAKS = {**BEFORE, **AFTER}


def strings(data: object) -> object:
    """Every number as a string, at any depth."""
    if isinstance(data, dict):
        return {name: strings(value) for name, value in data.items()}
    if isinstance(data, list):
        return [strings(value) for value in data]
    return str(data) if isinstance(data, int | float) and not isinstance(data, bool) else data


class Impatient(Transport):
    """Where a request is going to be swallowed, half a second without an answer is long enough."""

    patience = 60.0

    def _exchange(self, request: Request) -> Response:
        return super()._exchange(replace(request, timeout=self.patience))


class Studio:
    """A desk whose only account is at the real server, behind the proxy."""

    def __init__(self, folder: Path, pds: Pds, proxy: FaultProxy) -> None:
        self.pds, self.proxy, self.vault = pds, proxy, FakeVault()
        self.person, self.somebody = pds.create_account(), pds.create_account()
        workspace = Workspace.open(folder / "w")
        self.desk = Desk(workspace, self.vault, Owners(workspace.cache / "owners"), Impatient)  # type: ignore[arg-type]
        self.desk.publishing._sleep = lambda seconds: None
        self.fields = {"identifier": self.person.handle, "password": self.person.app_password}
        self.account: Account = self.desk.accounts.add("bluesky", self.fields, api_base=proxy.url)
        asset = self.desk.library.add([_picture(folder)])[0].asset
        assert asset is not None
        self.media = asset.as_media()

    def post(self) -> Post:
        """A post with a picture, its text like no other's."""
        self.proxy.clear()
        self.proxy.hits.clear()
        return self.desk.posts.create(text=f"周末好去处 #咖啡 {new_id()}", media=(self.media,))

    def due(self, post: Post) -> Delivery:
        now = datetime.now(UTC)
        made = Delivery(post=post.id, account=self.account.id, platform="bluesky", state=S.DUE, at=now)
        return self.desk.workspace.deliveries.add(made)

    def end_token(self) -> None:
        """As two hours later: the access token is over, so that the next call renews first."""
        self.vault.kept[self.account.id]["accessJwt"] = jwt(-2_000_000_000)

    def live(self, delivery: Delivery) -> int:
        """How often the post is on the server, as anyone can see."""
        text = self.desk.posts.get(delivery.post).text
        return sum(record["value"]["text"] == text for record in self.pds.records(self.person.did))

    def judge(self, delivery: Delivery) -> Delivery:
        """What must hold after whatever happened."""
        live = self.live(delivery)
        assert live <= 1, "never twice"
        if delivery.state is S.PUBLISHED:
            assert live == 1 and delivery.proof is not None and delivery.proof.whole and delivery.url
        else:
            assert delivery.error, "a person is told why"
            assert delivery.wake or delivery.state in (S.FAILED, S.UNCONFIRMED), "somebody or something goes on"
        if live:
            assert delivery.state in (S.PUBLISHED, S.PROCESSING, S.UNCONFIRMED), "what is live is not called failed"
        assert delivery.owner == ""
        return delivery

    def go_on(self, delivery: Delivery) -> Delivery:
        """The next safe step, again and again: what comes by itself at its moment, else what a person is offered."""
        for _ in range(12):
            if delivery.state is S.PUBLISHED:
                break
            if delivery.wake is not None and delivery.state in (S.DUE, S.UNCONFIRMED, *SENDING):
                self.desk.publishing.run_due(delivery.wake)
                delivery = self.desk.publishing.get(delivery.id)
            else:
                delivery = self.desk.publishing.resend(delivery.id)
            self.judge(delivery)
        return delivery

    def ends_well(self, delivery: Delivery) -> None:
        """When the trouble is over, exactly one post with a whole proof comes of it."""
        self.judge(delivery)
        self.proxy.clear()
        assert self.go_on(delivery).state is S.PUBLISHED


def _picture(folder: Path) -> Path:
    from PIL import Image

    path = folder / "cup.jpg"
    Image.effect_noise((320, 240), 90).convert("RGB").save(path, quality=90)
    return path


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, pds: Pds) -> Iterator[Studio]:
    import stamina

    with FaultProxy(pds.url) as proxy, stamina.set_testing(True, attempts=3):  # repeats of a read come at once
        made = Studio(tmp_path_factory.mktemp("studio"), pds, proxy)
        yield made
        made.desk.close()


def broken(studio: Studio, phase: str, name: str, times: int = 1) -> Post:
    """A post to send, and the fault that waits for it."""
    post = studio.post()
    Impatient.patience = 0.5 if name == "blackhole" else 60.0
    if phase == "renewal":
        studio.end_token()
    BREAKS[name](studio.proxy, only=PHASES[phase], times=times)
    return post


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("phase", PHASES)
def test_broken_once_while_a_person_waits(studio: Studio, phase: str, name: str) -> None:
    post = broken(studio, phase, name)
    delivery = studio.desk.publishing.publish(post.id, studio.account.id)
    assert studio.proxy.hits
    if phase in ("renewal", "upload") and name != "slow" and (phase, name) != ("upload", "expired"):
        assert delivery.state is S.FAILED and studio.live(delivery) == 0
    if phase == "commit" and name in AFTER:
        assert delivery.state is S.PUBLISHED
    studio.ends_well(delivery)


@pytest.mark.parametrize("name", ["refuse", "429", "page", "expired", "lost"])
@pytest.mark.parametrize("phase", PHASES)
def test_broken_for_long_while_nobody_waits(studio: Studio, phase: str, name: str) -> None:
    delivery = studio.due(broken(studio, phase, name, times=1000))
    studio.desk.publishing.run_due()
    found = studio.desk.publishing.get(delivery.id)
    if name in ("refuse", "429", "lost") and found.state is not S.PUBLISHED:
        assert found.wake is not None, "it goes on by itself"
    for _ in range(2):
        studio.judge(found)
        if found.wake is not None:
            studio.desk.publishing.run_due(found.wake)
            found = studio.desk.publishing.get(delivery.id)
    studio.ends_well(found)


@pytest.mark.parametrize(("after", "least"), [("90", 90), ("7", 7), (None, 15)])
@pytest.mark.parametrize("phase", ["upload", "commit", "read back"])
def test_a_rate_limit_is_waited_for_as_long_as_they_ask(
    studio: Studio, phase: str, after: str | None, least: int
) -> None:
    post = studio.post()
    studio.proxy.rate_limit(after, only=PHASES[phase], times=1000)
    delivery = studio.due(post)
    studio.desk.publishing.run_due()
    found = studio.desk.publishing.get(delivery.id)
    assert found.state in (S.DUE, S.PROCESSING) and found.wake is not None
    wait = (found.wake - datetime.now(UTC)).total_seconds()
    assert least - 2 <= wait <= 900
    studio.ends_well(found)


def test_a_read_back_that_finds_nothing_is_asked_again_and_never_published(studio: Studio) -> None:
    """An id that does not exist, as listings that lag say it."""
    post = studio.post()
    gone = {"error": "RecordNotFound", "message": "Could not locate record"}
    studio.proxy.answer(400, gone, only=PHASES["read back"], times=1000)
    delivery = studio.due(post)
    studio.desk.publishing.run_due()
    found = studio.desk.publishing.get(delivery.id)
    assert found.state is S.PROCESSING and found.wake is not None and found.error[0].code == "publish.not_there"
    for _ in range(9):
        if found.state is S.PROCESSING:
            studio.desk.publishing.run_due(found.wake)
            found = studio.desk.publishing.get(delivery.id)
    assert found.state is S.UNCONFIRMED and found.error[0].code == "delivery.gone" and found.wake is None
    studio.ends_well(found)


def test_the_token_ends_for_good_in_the_middle_and_a_new_sign_in_goes_on(studio: Studio) -> None:
    post = studio.post()
    expired = {"error": "ExpiredToken", "message": "Token has expired"}
    studio.proxy.answer(400, expired, only=f"{PHASES['commit']}|{PHASES['renewal']}", times=1000)
    delivery = studio.desk.publishing.publish(post.id, studio.account.id)
    assert delivery.state is S.FAILED and [f.code for f in delivery.error] == ["login.expired"]
    studio.proxy.clear()
    uploads = len([line for line in studio.proxy.requests if "uploadBlob" in line])
    again = studio.desk.accounts.add("bluesky", studio.fields, api_base=studio.proxy.url)
    assert again.id == studio.account.id
    studio.ends_well(delivery)
    assert len([line for line in studio.proxy.requests if "uploadBlob" in line]) == uploads, "the picture went already"


@pytest.mark.parametrize("name", [name for name in BREAKS if name not in ("slow", "strings", "429 at once")])
def test_a_sign_in_that_breaks_keeps_nothing_and_works_the_next_time(studio: Studio, name: str) -> None:
    person = studio.somebody
    fields = {"identifier": person.handle, "password": person.app_password}
    kept, accounts = dict(studio.vault.kept), len(studio.desk.accounts.list())
    Impatient.patience = 0.5 if name == "blackhole" else 60.0
    BREAKS[name](studio.proxy, only=f"^POST {XRPC}server.createSession")
    with pytest.raises(Problem) as problem:
        studio.desk.accounts.add("bluesky", fields, api_base=studio.proxy.url)
    assert problem.value.findings and person.app_password not in str(problem.value.findings)
    assert (studio.vault.kept, len(studio.desk.accounts.list())) == (kept, accounts)
    studio.proxy.clear()
    added = studio.desk.accounts.add("bluesky", fields, api_base=studio.proxy.url)
    studio.desk.accounts.remove(added.id)


def test_nothing_that_is_recorded_of_all_this_holds_a_secret(studio: Studio) -> None:
    secrets = {value for kept in studio.vault.kept.values() for value in kept.values() if len(value) > 12}
    secrets.add(studio.person.app_password)
    lines = [
        repr(line) for delivery in studio.desk.publishing.list() for line in studio.desk.publishing.story(delivery.id)
    ]
    assert lines and secrets
    assert [line for line in lines if any(secret in line for secret in secrets)] == []
