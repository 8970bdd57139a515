"""One post, sent, sent again, lost and found, against a script."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Later, Refused, SignInAgain, Uncertain
from studio.core.post import Account
from studio.platforms import get
from studio.platforms.base import Publisher, Upload
from studio.platforms.bluesky.publisher import permalink
from studio.platforms.bluesky.record import Tids, cid_of, finished, language, moment
from studio.platforms.transport import MaybeSent, Unsent
from tests.platforms.bluesky.session import DID, jwt, secrets
from tests.platforms.fakes import (
    NOW,
    Answer,
    Call,
    FakeTransport,
    Saved,
    access,
    answer,
    content,
    media,
    refusal,
    unheld,
    upload,
)

PDS = "https://pds.example.com"
ACCOUNT = Account("a", "bluesky", handle="mei.test", identity={"did": DID, "pds": PDS})
PUT = "com.atproto.repo.putRecord"


class Server:
    """A PDS in twenty lines: records, blobs, handles. `faults` are answered first, once each, by call name."""

    def __init__(self) -> None:
        self.records: dict[str, Any] = {}
        self.blobs: dict[str, bytes] = {}
        self.faults: list[tuple[str, Answer]] = []
        self.after: list[tuple[str, Answer]] = []

    def __call__(self, call: Call) -> Answer:
        for faults in (self.faults, self.after):
            if faults and faults[0][0] == call.name:
                if faults is self.after:
                    self._act(call)
                return faults.pop(0)[1]
        return self._act(call)

    def _act(self, call: Call) -> Answer:
        if call.name == "com.atproto.repo.uploadBlob":
            return answer({"blob": self._keep(call)})
        if call.name == PUT:
            return self._put(call.json)
        if call.name == "com.atproto.repo.getRecord":
            found = self.records.get(call.params["rkey"])
            return self._found(call.params["rkey"], found) if found else refusal("RecordNotFound")
        if call.name == "com.atproto.sync.getBlob":
            from studio.platforms.transport import Response

            return Response(200, {}, self.blobs[call.params["cid"]])
        if call.name == "com.atproto.identity.resolveHandle":
            known = call.params["handle"] == "mei.test"
            return answer({"did": DID}) if known else refusal("InvalidRequest", 400, "Unable to resolve handle")
        assert call.name == "com.atproto.server.refreshSession", call.name
        return answer({"accessJwt": jwt(7200), "refreshJwt": jwt(9_000_000)})

    def _keep(self, call: Call) -> dict[str, Any]:
        import hashlib

        cid = cid_of(hashlib.sha256(call.body).hexdigest())
        self.blobs[cid] = call.body
        mime = call.headers["Content-Type"]
        return {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": len(call.body)}

    def _put(self, body: dict[str, Any]) -> Answer:
        assert body["swapRecord"] is None and "swapRecord" in body
        before = self.records.get(body["rkey"])
        if before is not None and before != body["record"]:
            return refusal("InvalidSwap")
        self.records[body["rkey"]] = body["record"]
        return self._found(body["rkey"], body["record"])

    @staticmethod
    def _found(rkey: str, record: dict[str, Any]) -> Answer:
        return answer({"uri": f"at://{DID}/app.bsky.feed.post/{rkey}", "cid": "bafy", "value": record})


class Desk:
    """A publisher at work on one post with two pictures."""

    def __init__(self, tmp_path: Path, lives: float = 7200) -> None:
        self.server, self.saved = Server(), Saved()
        self.fake = FakeTransport(self.server)
        self.content = content(
            "bluesky", "周末 #咖啡 https://a.cn/x 和 @mei.test @gone.test", language="zh_CN", tags=("citywalk",),
            pictures=[media("1"), media("2")],
        )
        self.uploads = []
        for number in (1, 2):
            path = tmp_path / f"{number}.jpg"
            path.write_bytes(b"\xff\xd8" + bytes([number]) * 5000)
            self.uploads.append(upload(path, alt=f"图 {number}", width=4, height=number))
        self.access = access(ACCOUNT, self.fake, tmp_path, secrets(lives), self.saved)
        self.publisher: Publisher = get("bluesky").publisher(self.access)

    def again(self) -> Publisher:
        """A new publisher, as after a crash."""
        return get("bluesky").publisher(self.access)

    def staged(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        plan = json.loads(json.dumps(self.publisher.plan(self.content, self.uploads)))
        return plan, [self.publisher.stage(n, u, plan, unheld()) for n, u in enumerate(self.uploads)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_whole_way(desk: Desk) -> None:
    plan, handles = desk.staged()
    receipt = desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    proof = desk.publisher.read_back(desk.content, desk.uploads, plan, receipt)
    assert receipt.url == proof.url == f"https://bsky.app/profile/mei.test/post/{plan['rkey']}"
    assert proof.whole and proof.at == NOW
    assert [line.what for line in proof.lines] == [
        "text", "facets", "media", "media:1", "alt:1", "media:2", "alt:2", "tags",
    ]
    assert desk.server.records[plan["rkey"]] == {
        "$type": "app.bsky.feed.post", "text": desk.content.text, "createdAt": "2026-11-24T09:30:00.000Z",
        "langs": ["zh"], "tags": ["citywalk"], "facets": plan["record"]["facets"],
        "embed": {"$type": "app.bsky.embed.images", "images": [
            {"alt": f"图 {n}", "aspectRatio": {"width": 4, "height": n}, "image": handles[n - 1]["blob"]}
            for n in (1, 2)
        ]},
    }
    kinds = [f["features"][0]["$type"].split("#")[1] for f in plan["record"]["facets"]]
    assert kinds == ["tag", "link", "mention"]


def test_a_mention_nobody_has_is_told_in_the_plan(desk: Desk) -> None:
    plan = desk.publisher.plan(desk.content, desk.uploads)
    assert [(f["code"], f["values"]) for f in plan["findings"]] == [("text.mention_unknown", {"handle": "gone.test"})]


def test_pictures_go_out_with_their_type_and_come_back_checked(desk: Desk) -> None:
    plan, _ = desk.staged()
    sent = [c for c in desk.fake.calls if c.name == "com.atproto.repo.uploadBlob"]
    assert [c.headers["Content-Type"] for c in sent] == ["image/jpeg"] * 2
    assert [c.body for c in sent] == [u.path.read_bytes() for u in desk.uploads]
    garbled = answer({"blob": {"ref": {"$link": "bafother"}, "size": 5002}})
    desk.server.faults.append(("com.atproto.repo.uploadBlob", garbled))
    with pytest.raises(Later) as later:
        desk.publisher.stage(0, desk.uploads[0], plan, unheld())
    assert later.value.findings[0].code == "media.garbled"


def test_sending_again_is_one_post(desk: Desk) -> None:
    plan, handles = desk.staged()
    three = (desk.publisher, desk.again(), desk.again())
    receipts = [p.commit(desk.content, desk.uploads, plan, handles) for p in three]
    assert receipts[0] == receipts[1] == receipts[2] and len(desk.server.records) == 1
    assert desk.publisher.idempotent


@pytest.mark.parametrize("lost", [
    MaybeSent(), answer(None, 500), answer(None, 502), answer("<html>"), answer({"uri": "at://odd"}), answer(None, 400),
])
def test_a_lost_answer_is_uncertain_and_found_by_looking(desk: Desk, lost: Answer) -> None:
    plan, handles = desk.staged()
    desk.server.after.append((PUT, lost))
    with pytest.raises(Uncertain):
        desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    receipt = desk.again().look(plan, handles)
    assert receipt is not None and receipt.handle["rkey"] == plan["rkey"]
    assert desk.again().commit(desk.content, desk.uploads, plan, handles) == receipt and len(desk.server.records) == 1


def test_what_was_never_sent_is_later_not_uncertain(desk: Desk) -> None:
    plan, handles = desk.staged()
    for fault in (Unsent(), answer({}, 429, ratelimit_reset="30")):
        desk.server.faults.append((PUT, fault))
        with pytest.raises(Later):
            desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert desk.publisher.look(plan, handles) is None


def test_a_definite_refusal(desk: Desk) -> None:
    plan, handles = desk.staged()
    desk.server.faults.append((PUT, refusal("InvalidRequest", 400, "Invalid record:\nno")))
    with pytest.raises(Refused) as refused:
        desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert refused.value.findings[0].code == "platform.refused"
    assert refused.value.findings[0].values["reason"] == "Invalid record: no"


def test_a_refusal_that_repeats_our_token_does_not_get_it_out(desk: Desk) -> None:
    plan, handles = desk.staged()
    token = desk.access.secrets["accessJwt"]
    desk.server.faults.append((PUT, refusal("InvalidRequest", 400, f"bad {token} here")))
    with pytest.raises(Refused) as refused:
        desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert token[:20] not in str(refused.value.findings)


def test_another_post_under_our_key_is_not_overwritten(desk: Desk) -> None:
    plan, handles = desk.staged()
    desk.server.records[plan["rkey"]] = other = {"text": "another"}
    for act in (
        lambda: desk.publisher.commit(desk.content, desk.uploads, plan, handles),
        lambda: desk.publisher.look(plan, handles),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.findings[0].code == "publish.key_taken"
    assert desk.server.records == {plan["rkey"]: other}


def test_what_the_server_changed_is_seen_in_the_proof(desk: Desk) -> None:
    plan, handles = desk.staged()
    receipt = desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    record = desk.server.records[plan["rkey"]]
    record["text"] = "changed"
    record["embed"]["images"][0]["alt"] = ""
    desk.server.blobs[cid_of(desk.uploads[1].sha256)] = b"other"
    proof = desk.publisher.read_back(desk.content, desk.uploads, plan, receipt)
    assert [line.what for line in proof.lines if not line.same] == ["text", "alt:1", "media:2"]


def test_a_dropped_picture_is_seen_in_the_proof(desk: Desk) -> None:
    plan, handles = desk.staged()
    receipt = desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    desk.server.records[plan["rkey"]].pop("embed")
    proof = desk.publisher.read_back(desk.content, desk.uploads, plan, receipt)
    assert [(line.what, line.found) for line in proof.lines if not line.same] == [("media", "0")]


def test_a_post_that_cannot_be_read_yet_is_later(desk: Desk) -> None:
    plan, handles = desk.staged()
    receipt = desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    desk.server.records.clear()
    with pytest.raises(Later):
        desk.publisher.read_back(desk.content, desk.uploads, plan, receipt)


def test_what_blocks_is_refused_before_anything_is_sent(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        desk.publisher.plan(content("bluesky", "x" * 301), [])
    big = Upload(tmp_path / "x", "image/jpeg", 2_000_001, "00" * 32, 1, 1, "", "x")
    with pytest.raises(Refused) as refused:
        desk.publisher.plan(content("bluesky", "x"), [big])
    assert refused.value.findings[0].code == "media.too_big" and desk.fake.calls == []


# the session ---------------------------------------------------------------------------------------------------


def test_tokens_are_renewed_before_they_end_and_saved_before_use(tmp_path: Path) -> None:
    desk = Desk(tmp_path, lives=60)
    desk.staged()
    names = desk.fake.names
    assert names.count("com.atproto.server.refreshSession") == 1
    assert names.index("com.atproto.server.refreshSession") < names.index("com.atproto.repo.uploadBlob")
    refresh = next(c for c in desk.fake.calls if c.name == "com.atproto.server.refreshSession")
    assert refresh.headers["Authorization"] == f"Bearer {secrets(60)['refreshJwt']}"
    fresh = desk.saved.secrets[0]
    first = next(c for c in desk.fake.calls if c.name == "com.atproto.repo.uploadBlob")
    assert first.headers["Authorization"] == f"Bearer {fresh['accessJwt']}"


def test_tokens_that_cannot_be_saved_are_not_used(tmp_path: Path) -> None:
    desk = Desk(tmp_path, lives=60)

    def locked(_: object) -> None:
        raise OSError("locked")

    desk.access = access(ACCOUNT, desk.fake, tmp_path, secrets(60), locked)
    publisher = desk.again()
    with pytest.raises(OSError, match="locked"):
        publisher.stage(0, desk.uploads[0], {}, unheld())
    assert desk.fake.names == ["com.atproto.server.refreshSession"]


@pytest.mark.parametrize("name", ["ExpiredToken", "InvalidToken"])
def test_a_refused_token_is_renewed_once_and_the_call_repeated(desk: Desk, name: str) -> None:
    plan, handles = desk.staged()
    desk.server.faults.append((PUT, refusal(name, 400)))
    desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert desk.fake.names[-3:] == [PUT, "com.atproto.server.refreshSession", PUT]
    assert len(desk.server.records) == 1 and len(desk.saved.secrets) == 1


def test_a_token_refused_twice_asks_to_sign_in(desk: Desk) -> None:
    plan, handles = desk.staged()
    desk.server.faults += [(PUT, refusal("ExpiredToken")), (PUT, refusal("ExpiredToken"))]
    with pytest.raises(SignInAgain):
        desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    with pytest.raises(SignInAgain):  # and it does not go round in circles
        desk.server.faults.append((PUT, refusal("ExpiredToken")))
        desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert desk.fake.names.count("com.atproto.server.refreshSession") == 1


def test_a_refused_renewal_asks_to_sign_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path, lives=-10)
    desk.server.faults.append(("com.atproto.server.refreshSession", refusal("ExpiredToken")))
    with pytest.raises(SignInAgain) as ended:
        desk.staged()
    assert ended.value.findings[0].code == "login.expired" and desk.saved.secrets == []


def test_a_lost_renewal_during_a_commit_is_later_because_the_post_was_not_sent(desk: Desk) -> None:
    plan, handles = desk.staged()
    desk.server.faults += [(PUT, refusal("ExpiredToken")), ("com.atproto.server.refreshSession", MaybeSent())]
    with pytest.raises(Later) as later:
        desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert not isinstance(later.value, MaybeSent)


def test_a_clock_that_runs_ahead_renews_only_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    ahead = NOW + timedelta(days=400)
    desk.access = access(ACCOUNT, desk.fake, tmp_path, secrets(), desk.saved, ahead)
    desk.publisher = desk.again()
    plan, handles = desk.staged()
    desk.publisher.commit(desk.content, desk.uploads, plan, handles)
    assert desk.fake.names.count("com.atproto.server.refreshSession") == 1


def test_an_account_without_secrets_asks_to_sign_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    publisher = get("bluesky").publisher(access(ACCOUNT, desk.fake, tmp_path))
    with pytest.raises(SignInAgain):
        publisher.stage(0, desk.uploads[0], {}, unheld())
    assert desk.fake.calls == []


# keys, records, addresses --------------------------------------------------------------------------------------


def test_a_link_card_without_pictures(desk: Desk) -> None:
    plan = desk.publisher.plan(content("bluesky", "x", link="https://www.a.cn/x", language=""), [])
    assert plan["record"]["embed"] == {
        "$type": "app.bsky.embed.external",
        "external": {"uri": "https://www.a.cn/x", "title": "a.cn", "description": ""},
    }
    assert "langs" not in plan["record"] and "facets" not in plan["record"]
    titled = desk.publisher.plan(content("bluesky", "x", link="https://a.cn", title="周末"), [])
    assert titled["record"]["embed"]["external"]["title"] == "周末"
    receipt = desk.publisher.commit(desk.content, [], plan, [])
    proof = desk.publisher.read_back(desk.content, [], plan, receipt)
    assert proof.whole and proof.lines[-1].what == "link"


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)), min_size=2, max_size=20))
def test_keys_sort_and_never_repeat(moments: list[datetime]) -> None:
    tids = Tids()
    made = [tids.next(moment.replace(tzinfo=UTC)) for moment in moments]
    assert made == sorted(made) and len(set(made)) == len(made)
    assert all(len(tid) == 13 and tid[0] in "234567abcdefghij" for tid in made)
    assert all(set(tid) <= set("234567abcdefghijklmnopqrstuvwxyz") for tid in made)


def test_the_address_of_a_blob() -> None:
    """CID of the empty file, from the multiformats examples."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert cid_of(empty) == "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"


def test_a_record_is_finished_the_same_way_every_time() -> None:
    record = {"text": "x", "embed": {"$type": "i", "images": [{"alt": "a"}]}}
    assert finished(record, [{"blob": {"x": 1}}]) == finished(record, [{"blob": {"x": 1}}])
    assert record["embed"] == {"$type": "i", "images": [{"alt": "a"}]}
    with pytest.raises(ValueError, match="zip"):
        finished(record, [])


def test_small_words() -> None:
    assert [language(code) for code in ("zh_CN", "zh_TW", "en", "pt-BR")] == ["zh", "zh", "en", "pt"]
    assert moment(datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)) == "2026-01-02T03:04:05.678Z"


def test_addresses_of_posts() -> None:
    own = Account("a", "bluesky", handle="mei.test", api_base="http://127.0.0.1:1", identity={"did": DID})
    assert permalink(own, "3k").startswith("http://127.0.0.1:1/xrpc/com.atproto.repo.getRecord?repo=did%3Aplc")
    lost = Account("a", "bluesky", handle="handle.invalid", identity={"did": DID})
    assert permalink(lost, "3k") == f"https://bsky.app/profile/{DID}/post/3k"
