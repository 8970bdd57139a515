import json
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core import schema
from studio.core.delivery import Compared, Delivery, Proof, State
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Account, Media, Override, Post, resolve
from studio.core.slot import Late

anything = st.text(st.characters(), max_size=15)  # lone surrogates included
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
media = st.builds(
    Media, anything, st.sampled_from(["image", "video", "audio"]), anything, st.integers(0, 9000), st.integers(0, 9000),
    st.one_of(st.none(), st.fractions(0, 600)), anything,
    st.one_of(st.none(), st.tuples(st.floats(0, 1), st.floats(0, 1))),
    st.booleans(),
)
some_media = st.lists(media, max_size=3).map(tuple)
maybe = st.one_of(st.none(), anything)
overrides = st.builds(Override, maybe, maybe, st.one_of(st.none(), some_media), maybe,
                      st.one_of(st.none(), st.lists(anything, max_size=2).map(tuple)), anything)
posts = st.builds(
    Post, title=anything, text=anything, media=some_media, link=anything, language=st.sampled_from(["", "zh_CN"]),
    tags=st.lists(anything, max_size=3).map(tuple), overrides=st.dictionaries(anything, overrides, max_size=2),
    options=st.dictionaries(anything, st.dictionaries(anything, st.integers(), max_size=2), max_size=2),
    accounts=st.lists(anything, max_size=2).map(tuple), created=moments, updated=moments,
)


def through_json(plain):
    return json.loads(json.dumps(plain))


@given(posts)
def test_a_post_comes_back_equal(post):
    assert schema.post_from_json(through_json(schema.post_to_json(post))) == post


@given(posts)
def test_a_content_comes_back_equal(post):
    content = resolve(post, Account("a", "there"))
    assert schema.content_from_json(through_json(schema.content_to_json(content))) == content


@given(st.sampled_from(list(State)), moments, anything)
def test_a_delivery_comes_back_equal(state, moment, words):
    delivery = Delivery(
        post="p", account="a", platform="there", state=state, at=moment, zone="Asia/Shanghai", late=Late("post", 90),
        plan={"key": "k"}, handles={"staged": [1]}, url="https://x", error=(error("a.code", "text", count=3),),
        proof=Proof("https://x", moment, (Compared("text", words, "b"),)), created=moment, updated=moment,
    )
    assert schema.delivery_from_json(through_json(schema.delivery_to_json(delivery))) == delivery


def test_an_account_comes_back_equal():
    account = Account("a", "there", "assisted", "N", "@h", "http://127.0.0.1:1", {"did": "did:x"})
    assert schema.account_from_json(through_json(schema.account_to_json(account))) == account


def test_time_is_exact():
    post = Post(media=(Media("m", "video", duration=Fraction(1001, 30000)),))
    plain = through_json(schema.post_to_json(post))
    assert plain["media"][0]["duration"] == "1001/30000"


@pytest.mark.parametrize(("data", "code"), [
    ({}, "document.unreadable"), ({"kind": "account", "schema": 1}, "document.unreadable"),
    ({"kind": "post", "schema": "1"}, "document.unreadable"), ({"kind": "post", "schema": 99}, "document.newer"),
])
def test_what_is_not_ours_or_newer_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        schema.post_from_json(data)
    assert refused.value.findings[0].code == code


def test_every_older_number_has_its_upgrade():
    for kind, number in schema.CURRENT.items():
        assert set(schema.UPGRADES[kind]) == set(range(1, number)), kind


def test_upgrades_run_in_a_chain(monkeypatch):
    monkeypatch.setitem(schema.CURRENT, "post", 3)
    chain = {1: lambda d: {**d, "seen": [1]}, 2: lambda d: {**d, "seen": [*d["seen"], 2]}}
    monkeypatch.setitem(schema.UPGRADES, "post", chain)
    assert schema.lift("post", {"kind": "post", "schema": 1})["seen"] == [1, 2]
    assert schema.lift("post", {"kind": "post", "schema": 2, "seen": []})["seen"] == [2]
