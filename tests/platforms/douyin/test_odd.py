"""Whatever stands in an answer, nothing breaks: it is a problem with words, or it is understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.delivery import Receipt
from studio.core.errors import Problem
from studio.core.post import Account
from studio.platforms.base import Access
from tests.platforms.douyin.contract import ACCOUNT, FIELDS, SECRETS
from tests.platforms.douyin.desk import PLATFORM
from tests.platforms.fakes import NOW, FakeTransport, Saved, answer, content, media
from tests.servers.douyin_state import ALL

ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**18), st.floats(allow_nan=False), st.text(max_size=6),
    st.sampled_from(["0", "1", "true", "-1", "99999999999999999999", "@x==", "user_info,video.create.bind"]),
)
NAMES = st.sampled_from((
    "list result result_list has_more cursor item_id video_id title create_time is_reviewed video_status media_type "
    "statistics share_url play_count total_play play comment_id content reply_comment_total digg_count access_token "
    "expires_in refresh_token refresh_expires_in open_id scope nickname e_account_role ticket share_id schema "
    "upload_id video image"
).split())
DATA = st.recursive(ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
                    max_leaves=20)
BODIES = st.one_of(
    st.fixed_dictionaries({"data": st.dictionaries(NAMES, DATA, max_size=8)}),
    st.fixed_dictionaries({"data": DATA, "err_no": st.sampled_from([0, "0", 28001007, None])}), DATA,
)
RECEIPT = Receipt("", {"item_id": "@x==", "video_id": "7215132967188970001", "kind": "video", "visibility": "public"})
POST = content("douyin", "好", pictures=[media("a.mp4", kind="video", duration=12)])
PLAN = {"kind": "video", "text": "好", "more": {}, "visibility": "public", "before": None, "begun": NOW.isoformat()}
LINK = PLATFORM.link("https://www.douyin.com/video/7215132967188970001")
CALLS: dict[str, Callable[[Access], Any]] = {
    "check": lambda a: PLATFORM.publisher(a).check(Receipt("", RECEIPT.handle, done=False)),
    "read back": lambda a: PLATFORM.publisher(a).read_back(POST, [], PLAN, RECEIPT),
    "look": lambda a: PLATFORM.publisher(a).look(PLAN, [{"id": "v0"}]),
    "commit": lambda a: PLATFORM.publisher(a).commit(POST, [], PLAN, [{"id": "v0"}]),
    "metrics": lambda a: PLATFORM.insights(a).metrics(RECEIPT),  # type: ignore[union-attr]
    "comments": lambda a: PLATFORM.insights(a).comments(RECEIPT),  # type: ignore[union-attr]
    "reply": lambda a: PLATFORM.insights(a).reply(RECEIPT, "@c", "好"),  # type: ignore[union-attr]
    "doctor": PLATFORM.doctor, "health": PLATFORM.health, "refresh": lambda a: PLATFORM.refresh(a, a.secrets),
    "prepare": lambda a: PLATFORM.prepare(a, POST), "verify": lambda a: PLATFORM.verify(a, POST, LINK),  # type: ignore[arg-type]
    "login": lambda a: PLATFORM.login(FIELDS, "", a.transport),
    "complete": lambda a: PLATFORM.complete(FIELDS, "code", {}, "", a.transport),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
@settings(max_examples=80, deadline=None)
@given(body=BODIES, known=st.booleans(), late=st.booleans())
def test_no_answer_breaks_a_call(call: str, body: object, known: bool, late: bool) -> None:
    identity = {**ACCOUNT, "scopes": " ".join(ALL) if known else "", "set.media_base": "https://files.example.com"}
    now = NOW + timedelta(days=26 if late else 0)
    transport = FakeTransport(lambda _: answer(json.loads(json.dumps(body))))
    given_ = Access(Account("a", "douyin", identity=identity), SECRETS, Saved(), transport, Path(), lambda: now)
    try:
        CALLS[call](given_)
    except Problem as problem:
        assert problem.findings and "a-secret-of-mine" not in str(problem.findings)
