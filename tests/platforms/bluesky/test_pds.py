"""The whole job on a real PDS, read back by an independent client."""

from __future__ import annotations

import dataclasses
import json
import random
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio.core.errors import Later, Refused, SignInAgain, Uncertain
from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.base import Access, Upload
from studio.platforms.transport import Exchange, Transport, Unsent
from tests.platforms.bluesky.session import jwt
from tests.platforms.fakes import Saved, content, media, unheld, upload
from tests.servers.faultproxy import FaultProxy
from tests.servers.pds import Account as Person
from tests.servers.pds import Pds
from tests.servers.pds import running as pds_running

BLUESKY = get("bluesky")
PUT = r"^POST /xrpc/com.atproto.repo.putRecord"


class Signed:
    """A person of the PDS, signed in through an address (the server itself or a proxy before it)."""

    def __init__(self, person: Person, url: str, folder: Path) -> None:
        self.person, self.url, self.folder, self.saved = person, url, folder, Saved()
        self.exchanges: list[Exchange] = []
        fields = {"identifier": person.handle, "password": person.app_password}
        with Transport(url) as transport:
            self.login = BLUESKY.login(fields, url, transport)

    def access(self, secrets: dict[str, str] | None = None, url: str = "") -> Access:
        account = Account(
            "a", "bluesky", handle=self.login.handle, api_base=url or self.url, identity=self.login.identity
        )
        transport = Transport(url or self.url, record=self.exchanges.append)
        given = secrets or dict(self.login.secrets)
        return Access(account, given, self.saved, transport, self.folder, lambda: datetime.now(UTC))


Sign = Callable[..., Signed]


@pytest.fixture
def sign(pds: Pds, tmp_path: Path) -> Sign:
    def signed(url: str = "", person: Person | None = None) -> Signed:
        return Signed(person or pds.create_account(), url or pds.url, tmp_path)

    return signed


def photos(folder: Path, number: int = 2) -> list[Upload]:
    """Real JPEG files, each another size."""
    from PIL import Image

    made = []
    for each in range(number):
        path, size = folder / f"photo{each}.jpg", (320 + 40 * each, 240)
        Image.effect_noise(size, 90).convert("RGB").save(path, quality=90)
        made.append(upload(path, alt=f"第 {each + 1} 张：阳光下的杯子", width=size[0], height=size[1]))
    return made


def post(signed: Signed, uploads: list[Upload], text: str = "") -> Content:
    text = text or f"周末好去处 #咖啡 看https://example.com/a?b=1。和 @{signed.person.handle} 一起 👨‍👩‍👧"
    pictures = [media(u.name, u.width, u.height, u.alt) for u in uploads]
    return content("bluesky", text, language="zh_CN", tags=("citywalk",), pictures=pictures)


def send(access: Access, what: Content, uploads: list[Upload]) -> tuple[dict[str, Any], list[dict[str, Any]], Any]:
    """plan, handles, receipt; the plan goes through JSON as it does in the database."""
    publisher = BLUESKY.publisher(access)
    plan = json.loads(json.dumps(publisher.plan(what, uploads)))
    handles = [publisher.stage(n, u, plan, unheld()) for n, u in enumerate(uploads)]
    return plan, handles, publisher.commit(what, uploads, plan, handles)


@contextmanager
def independent(pds: Pds, person: Person) -> Iterator[Any]:
    """The `atproto` client, signed in with the person's main password."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of that library's own models while it is imported
        from atproto import Client, Request  # type: ignore[import-untyped]
    request = Request()
    try:
        client = Client(pds.url, request=request)
        client.login(person.handle, person.password, fetch_bsky_profile=False)
        yield client
    finally:
        request.close()


def test_two_photos_and_chinese_text_are_read_back_by_an_independent_client(
    pds: Pds, sign: Sign, tmp_path: Path
) -> None:
    signed = sign()
    uploads = photos(tmp_path)
    what = post(signed, uploads)
    plan, _, receipt = send(signed.access(), what, uploads)

    with independent(pds, signed.person) as client:
        record = client.com.atproto.repo.get_record(
            {"repo": signed.person.did, "collection": "app.bsky.feed.post", "rkey": plan["rkey"]}
        ).value
    assert record.text == what.text and record.langs == ["zh"] and record.tags == ["citywalk"]
    raw = what.text.encode()
    found = [(raw[f.index.byte_start : f.index.byte_end].decode(), f.features[0]) for f in record.facets]
    assert [shown for shown, _ in found] == ["#咖啡", "https://example.com/a?b=1", f"@{signed.person.handle}"]
    assert (found[0][1].tag, found[1][1].uri) == ("咖啡", "https://example.com/a?b=1")
    assert found[2][1].did == signed.person.did
    images = record.embed.images
    assert [i.alt for i in images] == [u.alt for u in uploads]
    assert [(i.aspect_ratio.width, i.aspect_ratio.height) for i in images] == [(320, 240), (360, 240)]
    assert [pds.blob(signed.person.did, i.image.ref.link) for i in images] == [u.path.read_bytes() for u in uploads]

    proof = BLUESKY.publisher(signed.access()).read_back(what, uploads, plan, receipt)
    assert proof.whole and len(proof.lines) == 8 and proof.at is not None
    secret = signed.login.secrets["accessJwt"]
    assert secret not in f"{signed.exchanges}{plan}{receipt}{proof}"


def test_sending_again_is_one_post(pds: Pds, sign: Sign, tmp_path: Path) -> None:
    signed = sign()
    uploads = photos(tmp_path)
    what = post(signed, uploads)
    plan, handles, receipt = send(signed.access(), what, uploads)
    for _ in range(2):
        assert BLUESKY.publisher(signed.access()).commit(what, uploads, plan, handles) == receipt
    assert BLUESKY.publisher(signed.access()).look(plan, handles) == receipt
    assert [r["uri"] for r in pds.records(signed.person.did)] == [receipt.handle["uri"]]


def test_five_senders_at_once_are_one_post(pds: Pds, sign: Sign) -> None:
    signed = sign()
    what = post(signed, [])
    plan = BLUESKY.publisher(signed.access()).plan(what, [])
    outcomes: list[object] = []

    def run(access: Access) -> None:
        try:
            outcomes.append(BLUESKY.publisher(access).commit(what, [], plan, []).handle["uri"])
        except Uncertain as unsure:
            outcomes.append(unsure)

    threads = [threading.Thread(target=run, args=(signed.access(),)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = BLUESKY.publisher(signed.access()).look(plan, [])
    assert found is not None and len(outcomes) == 5
    assert {o for o in outcomes if isinstance(o, str)} <= {found.handle["uri"]}
    assert len(pds.records(signed.person.did)) == 1


def test_another_text_under_the_same_key_is_refused(pds: Pds, sign: Sign) -> None:
    signed = sign()
    plan, handles, _ = send(signed.access(), post(signed, [], "first"), [])
    changed = {**plan, "record": {**plan["record"], "text": "second"}}
    with pytest.raises(Refused) as refused:
        BLUESKY.publisher(signed.access()).commit(post(signed, [], "second"), [], changed, handles)
    assert refused.value.findings[0].code == "publish.key_taken"
    assert [r["value"]["text"] for r in pds.records(signed.person.did)] == ["first"]


def test_a_lost_reply_is_uncertain_then_found(pds: Pds, pds_proxy: FaultProxy, sign: Sign, tmp_path: Path) -> None:
    signed = sign(pds_proxy.url)
    uploads = photos(tmp_path)
    what = post(signed, uploads)
    publisher = BLUESKY.publisher(signed.access())
    plan = publisher.plan(what, uploads)
    handles = [publisher.stage(n, u, plan, unheld()) for n, u in enumerate(uploads)]
    pds_proxy.lose_reply(only=PUT)
    with pytest.raises(Uncertain):
        publisher.commit(what, uploads, plan, handles)
    assert pds_proxy.hits
    fresh = BLUESKY.publisher(signed.access())
    found = fresh.look(plan, handles)
    assert found is not None and fresh.read_back(what, uploads, plan, found).whole
    assert fresh.commit(what, uploads, plan, handles) == found
    assert len(pds.records(signed.person.did)) == 1


@pytest.mark.parametrize("fault", ["cut_up", "blackhole", "refuse"])
def test_a_request_that_did_not_arrive_is_not_there_and_may_go_again(
    pds: Pds, pds_proxy: FaultProxy, sign: Sign, fault: str
) -> None:
    signed = sign(pds_proxy.url)
    what = post(signed, [])
    access = signed.access()
    publisher = BLUESKY.publisher(access)
    plan = publisher.plan(what, [])
    if fault == "cut_up":
        pds_proxy.cut_up(200, only=PUT)
    elif fault == "blackhole":
        impatient(access.transport)
        pds_proxy.blackhole(only=PUT)
    else:
        pds_proxy.refuse(only=PUT)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    assert BLUESKY.publisher(signed.access()).look(plan, []) is None
    BLUESKY.publisher(signed.access()).commit(what, [], plan, [])
    assert len(pds.records(signed.person.did)) == 1


def impatient(transport: Transport) -> None:
    """Writes wait half a second for an answer instead of a minute."""
    plain = transport._exchange

    def quick(request: Any) -> Any:
        return plain(dataclasses.replace(request, timeout=0.5 if request.method == "POST" else request.timeout))

    transport._exchange = quick  # type: ignore[method-assign]


def test_a_broken_upload_is_later_and_may_go_again(
    pds: Pds, pds_proxy: FaultProxy, sign: Sign, tmp_path: Path
) -> None:
    signed = sign(pds_proxy.url)
    uploads = photos(tmp_path, 1)
    publisher = BLUESKY.publisher(signed.access())
    plan = publisher.plan(post(signed, uploads), uploads)
    pds_proxy.cut_up(8000, only=r"^POST /xrpc/com.atproto.repo.uploadBlob")
    with pytest.raises(Later):
        publisher.stage(0, uploads[0], plan, unheld())
    assert publisher.stage(0, uploads[0], plan, unheld())["blob"]["size"] == uploads[0].bytes


def test_a_wrong_password_is_a_finding_on_the_field(pds: Pds) -> None:
    person = pds.create_account()
    for fields, field in (
        ({"identifier": person.handle, "password": "wrong-password"}, "password"),
        ({"identifier": "nobody.test", "password": person.app_password}, "password"),
    ):
        with Transport(pds.url) as transport, pytest.raises(Refused) as refused:
            BLUESKY.login(fields, pds.url, transport)
        assert [(f.code, f.field) for f in refused.value.findings] == [("login.refused", field)]
        assert fields["password"] not in str(refused.value.findings)


def test_an_access_token_that_ended_is_renewed_and_saved(pds: Pds, sign: Sign) -> None:
    signed = sign()
    ended = {**signed.login.secrets, "accessJwt": jwt(-2_000_000_000)}
    _, _, receipt = send(signed.access(ended), post(signed, []), [])
    assert len(signed.saved.secrets) == 1
    again = dict(signed.saved.secrets[0])
    assert again["refreshJwt"] != signed.login.secrets["refreshJwt"]
    assert BLUESKY.health(signed.access(again)) == ()
    assert receipt.handle["uri"] in [r["uri"] for r in pds.records(signed.person.did)]


def test_a_lost_renewal_does_not_lock_us_out(pds: Pds, pds_proxy: FaultProxy, sign: Sign) -> None:
    """The server took the old refresh token, its answer was lost; the old one is good for a while still."""
    signed = sign(pds_proxy.url)
    ended = {**signed.login.secrets, "accessJwt": jwt(-2_000_000_000)}
    pds_proxy.lose_reply(only="^POST /xrpc/com.atproto.server.refreshSession")
    with pytest.raises(Later) as later:
        BLUESKY.publisher(signed.access(ended)).commit(post(signed, []), [], {"rkey": "3k", "record": {}}, [])
    assert later.value.findings[0].code == "net.broken" and signed.saved.secrets == []
    send(signed.access(ended), post(signed, []), [])
    assert len(signed.saved.secrets) == 1 and len(pds.records(signed.person.did)) == 1


def test_a_token_the_server_does_not_know_is_renewed_in_the_middle(pds: Pds, sign: Sign) -> None:
    signed = sign()
    strange = {**signed.login.secrets, "accessJwt": jwt(2_000_000_000)}  # by its own words still good for years
    send(signed.access(strange), post(signed, []), [])
    assert len(pds.records(signed.person.did)) == 1 and len(signed.saved.secrets) == 1


def test_a_revoked_app_password_asks_to_sign_in_again(pds: Pds, sign: Sign) -> None:
    signed = sign()
    pds.revoke_app_password(signed.person)
    ended = {**signed.login.secrets, "accessJwt": jwt(-2_000_000_000)}
    with pytest.raises(SignInAgain):
        send(signed.access(ended), post(signed, []), [])
    assert [f.code for f in BLUESKY.health(signed.access(ended))] == ["login.expired"]
    assert pds.records(signed.person.did) == []
    with Transport(pds.url) as transport, pytest.raises(Refused):
        fields = {"identifier": signed.person.handle, "password": signed.person.app_password}
        BLUESKY.login(fields, pds.url, transport)


def test_health_of_an_app_password_and_of_the_main_one(pds: Pds, sign: Sign) -> None:
    signed = sign()
    assert BLUESKY.health(signed.access()) == ()
    main = Signed(signed.person._replace(app_password=signed.person.password), pds.url, signed.folder)
    assert [f.code for f in BLUESKY.health(main.access())] == ["account.main_password"]


def test_a_file_the_server_finds_too_big(pds: Pds, sign: Sign, tmp_path: Path) -> None:
    path = tmp_path / "big.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(6 << 20))
    big = upload(path)
    signed = sign()
    with pytest.raises(Refused) as refused:
        BLUESKY.publisher(signed.access()).stage(0, big, {}, unheld())
    assert refused.value.findings[0].code == "media.too_big_for_server"


def test_a_server_that_is_down_and_one_without_tls(pds: Pds, sign: Sign) -> None:
    signed = sign()
    down = signed.access(url="http://127.0.0.1:9")
    with pytest.raises(Unsent) as unsent:
        BLUESKY.publisher(down).plan(post(signed, []), [])
    assert unsent.value.findings[0].code == "net.down"
    assert [f.code for f in BLUESKY.health(down)] == ["net.down"]
    secure = pds.url.replace("http://", "https://")
    with pytest.raises(Unsent) as tls:
        BLUESKY.publisher(signed.access(url=secure)).commit(
            post(signed, []), [], {"rkey": "3kaaaaaaaaaaa", "record": {}}, []
        )
    assert tls.value.findings[0].code == "net.tls"


def test_unknown_mentions_stay_plain_text(pds: Pds, sign: Sign) -> None:
    signed = sign()
    plan, _, _ = send(signed.access(), post(signed, [], "hello @nobody-here.test"), [])
    assert [f["values"]["handle"] for f in plan["findings"]] == ["nobody-here.test"]
    assert "facets" not in pds.records(signed.person.did)[0]["value"]


def test_a_link_card(pds: Pds, sign: Sign) -> None:
    signed = sign()
    what = content("bluesky", "", title="周末好去处", link="https://example.com/a?b=1")
    plan, _, receipt = send(signed.access(), what, [])
    external = pds.records(signed.person.did)[0]["value"]["embed"]["external"]
    assert external == {"uri": "https://example.com/a?b=1", "title": "周末好去处", "description": ""}
    assert BLUESKY.publisher(signed.access()).read_back(what, [], plan, receipt).whole


@pytest.mark.parametrize("text", ["周" * 300, "👨‍👩‍👧‍👦" * 120, "e\u0301" * 300])
def test_our_count_is_the_servers_count(pds: Pds, sign: Sign, text: str) -> None:
    """What just fits by our count is taken; one more is refused by both."""
    signed = sign()
    send(signed.access(), post(signed, [], text), [])
    with pytest.raises(Refused):
        send(signed.access(), post(signed, [], text + "周"), [])
    record = {"$type": "app.bsky.feed.post", "text": text + "周" * 60, "createdAt": "2026-11-24T00:00:00.000Z"}
    with pytest.raises(Refused) as refused:
        BLUESKY.publisher(signed.access()).commit(post(signed, []), [], {"rkey": "3kaaaaaaaaaaa", "record": record}, [])
    assert refused.value.findings[0].code == "platform.refused"


def test_a_rate_limit_says_how_long(tmp_path: Path, pds: Pds) -> None:
    wrong = {"identifier": "nobody.test", "password": "wrong"}
    with (
        pds_running(tmp_path / "limited", rate_limits=True) as limited,
        ThreadPoolExecutor(15) as crowd, httpx.Client(timeout=60) as client,
    ):
        address = f"{limited.url}/xrpc/com.atproto.server.createSession"  # thirty in five minutes; it answers slowly
        assert len(list(crowd.map(lambda _: client.post(address, json=wrong), range(30)))) == 30
        with Transport(limited.url) as transport, pytest.raises(Later) as limit:
            BLUESKY.login(wrong, limited.url, transport)
    assert limit.value.findings[0].code == "net.rate_limited"
    assert limit.value.after is not None and 0 < limit.value.after <= 300
