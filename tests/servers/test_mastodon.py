"""The contract server before an independent client (Mastodon.py), and what our adapter made, read by that client.

So the server and the adapter are not wrong together.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.platforms.mastodon.desk import PLATFORM, Clock, Desk, photo
from tests.servers.mastodon import Mastodon

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of that library's own while it is imported
    import mastodon as independent


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Mastodon]:
    with Mastodon(clock) as running:
        yield running


@pytest.fixture
def desk(server: Mastodon, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(server, clock, tmp_path)


@contextmanager
def client(desk: Desk, token: str = "") -> Iterator[Any]:
    made = independent.Mastodon(
        access_token=token or desk.token, api_base_url=desk.server.url, version_check_mode="none",
        ratelimit_method="throw",
    )
    try:
        yield made
    finally:
        made.session.close()


def test_it_signs_in_with_the_browser(desk: Desk, server: Mastodon) -> None:
    back = "http://127.0.0.1:9/callback"
    server.consents = desk.mei
    id, secret = independent.Mastodon.create_app(
        "Other", scopes=["read", "write"], redirect_uris=back, api_base_url=server.url
    )
    other = independent.Mastodon(client_id=id, client_secret=secret, api_base_url=server.url, version_check_mode="none")
    url = other.auth_request_url(redirect_uris=back, scopes=["read", "write"], allow_http=True)
    seen = httpx.get(url, follow_redirects=False, trust_env=False)
    code = dict(parse_qsl(urlsplit(seen.headers["Location"]).query))["code"]
    token = other.log_in(code=code, redirect_uri=back, scopes=["read", "write"], allow_http=True)
    assert server.state.tokens[token][0] is desk.mei
    with pytest.raises(independent.MastodonIllegalArgumentError):
        other.log_in(code=code, redirect_uri=back, scopes=["read", "write"], allow_http=True)
    other.session.close()


def test_its_posts_are_like_ours(desk: Desk, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    with client(desk) as other:
        assert other.instance().version.startswith("4.5") and other.account_verify_credentials().username == "mei"
        with upload.path.open("rb") as file:
            media = other.media_post(file, mime_type="image/jpeg", description="杯子", focus=(0.5, -0.5))
        first = other.status_post("周末 #咖啡", media_ids=[media], spoiler_text="CW", visibility="unlisted")
        poll = other.make_poll(["a", "b"], 3600)
        second = other.status_post("投票", poll=poll, in_reply_to_id=first)
    ours, theirs = desk.server.posts()
    given = [ours.params[name] for name in ("status", "spoiler_text", "visibility")]
    assert given == ["周末 #咖啡", "CW", "unlisted"]
    assert (ours.files[0].description, ours.files[0].focus) == ("杯子", (0.5, -0.5))
    assert str(theirs.params["in_reply_to_id"]) == ours.id == str(first.id) and str(second.id) == theirs.id
    assert theirs.params["poll"]["options"] == ["a", "b"]


def test_what_we_sent_is_what_it_reads(desk: Desk, tmp_path: Path) -> None:
    uploads = [photo(tmp_path, 1), photo(tmp_path, 2)]
    what = desk.post("看 https://example.com/a?b=1 #咖啡", uploads, focus=(1.0, 0.0),
                     options={"spoiler_text": "剧透", "visibility": "private"})
    _, _, _, receipt = desk.send(what, uploads)
    with client(desk) as other:
        status = other.status(receipt.handle["id"])
        assert (status.visibility, status.spoiler_text, status.language) == ("private", "剧透", "zh-CN")
        assert status.sensitive is True
        assert [a.description for a in status.media_attachments] == [u.alt for u in uploads]
        assert (status.media_attachments[0].meta.focus.x, status.media_attachments[0].meta.focus.y) == (1.0, 1.0)
        assert other.status_source(status.id).text == "看 https://example.com/a?b=1 #咖啡"
        assert [str(s.id) for s in other.account_statuses(desk.mei.id)] == [receipt.handle["id"]]


def test_a_key_means_the_same_to_both(desk: Desk) -> None:
    _, plan, _, receipt = desk.send(desk.post("once"))
    with client(desk) as other:
        again = other.status_post("once", idempotency_key=plan["key"])
        assert str(again.id) == receipt.handle["id"] and len(desk.texts()) == 1
        desk.clock.on(hours=2)
        assert str(other.status_post("once", idempotency_key=plan["key"]).id) != receipt.handle["id"]


def test_the_timer_means_the_same_to_both(desk: Desk, clock: Clock) -> None:
    at = clock.at + timedelta(hours=1)
    publisher, _, _, receipt = desk.send(desk.post("later"), at=at)
    with client(desk) as other:
        listed = other.scheduled_statuses()
        found = [(str(s.id), s.scheduled_at, s.params.text) for s in listed]
        assert found == [(receipt.handle["scheduled"], at, "later")]
        other.scheduled_status_update(listed[0].id, at + timedelta(hours=1))
        theirs = other.status_post("theirs", scheduled_at=at)
        with pytest.raises(independent.MastodonAPIError):
            other.status_post("too soon", scheduled_at=clock.at + timedelta(minutes=4))
        clock.at = at
        assert desk.texts() == ["theirs"] and publisher.check(receipt).held and theirs.params.text == "theirs"
        clock.at = at + timedelta(hours=1)
        live = publisher.check(receipt)
        assert other.status(live.handle["id"]).url == live.url and desk.texts() == ["theirs", "later"]


@pytest.mark.parametrize(("text", "fits"), [
    ("周" * 500, True), ("周" * 501, False), (" ".join(["https://a.cn/" + "x" * 50] * 20), True),
    ("👨‍👩‍👧" * 500, True), ("@mei@social.test " * 100, True), ("@mei@social.test " * 101, False),
])
def test_both_count_alike(desk: Desk, text: str, fits: bool) -> None:
    from studio.core.finding import blocking

    assert (not blocking(PLATFORM.check(desk.post(text)))) is fits
    with client(desk) as other:
        if fits:
            other.status_post(text)
        else:
            with pytest.raises(independent.MastodonAPIError, match="character limit of 500 exceeded"):
                other.status_post(text)


def test_it_meets_the_same_refusals(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    with client(desk, "wrong") as other, pytest.raises(independent.MastodonUnauthorizedError):
        other.account_verify_credentials()
    with client(desk, server.state.token(desk.mei, "read")) as other, pytest.raises(independent.MastodonAPIError):
        other.status_post("x")
    with client(desk) as other:
        with pytest.raises(independent.MastodonNotFoundError):
            other.status(1)
        with pytest.raises(independent.MastodonAPIError, match="blank"):
            other.status_post(" ")
        server.limit("^POST", desk.clock.at + timedelta(minutes=5))
        with pytest.raises(independent.MastodonRatelimitError):
            other.status_post("x")


def test_comments_are_the_same_to_both(desk: Desk) -> None:
    _, _, _, receipt = desk.send(desk.post("周末"))
    lin = desk.server.state.person("lin", "林")
    insights = PLATFORM.insights(desk.access())
    assert insights is not None
    with client(desk, desk.server.state.token(lin)) as theirs, client(desk) as mine:
        asked = theirs.status_reply(theirs.status(receipt.handle["id"]), "在哪里？")
        ours = insights.reply(receipt, str(asked.id), "西街")
        below = mine.status_context(receipt.handle["id"]).descendants
        found = insights.comments(receipt).items
        assert [str(s.id) for s in below] == [c.id for c in found] == [str(asked.id), ours]
        assert [s.created_at for s in below] == [c.at for c in found]
        assert str(below[1].in_reply_to_id) == found[1].parent and below[1].content == "<p>@lin 西街</p>".replace(
            "@lin", f'<span class="h-card" translate="no"><a href="{desk.server.url}/@lin" class="u-url mention">@'
            "<span>lin</span></a></span>")
        assert mine.status(receipt.handle["id"]).replies_count == insights.metrics(receipt)[0].value == 1
        above = theirs.status_context(ours).ancestors
        assert [str(s.id) for s in above] == [receipt.handle["id"], str(asked.id)]
