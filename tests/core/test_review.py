"""A file of comments is checked whole: what is wrong in any part of it is refused, and nothing of it is markup."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core import review
from studio.core.errors import Refused
from studio.core.post import Account, Post, resolve
from studio.core.review import Answer, Place, Remark, answer_from, answer_to_json, cleaned, key_of, look_of

AT = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
FEED = Place("a1", "somewhere", "feed", "dark", "0123456789abcdef")
ONE = Remark("c1", "p1", FEED, "Ana", "Brighter, please", "", (0.25, 0.5), AT)

words = st.text(max_size=30).map(lambda text: cleaned(text, 100))
remarks = st.builds(
    Remark, st.from_regex(r"\A[a-z0-9]{1,16}\Z"), st.just("p1"), st.just(FEED),
    st.text(max_size=20).map(lambda text: cleaned(text, 80, lines=False)), words.filter(bool),
    st.sampled_from(review.VERDICTS), st.one_of(st.none(), st.tuples(st.floats(0, 1), st.floats(0, 1))),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)


def file_of(*changes, **top):
    """The JSON of one comment with these fields changed."""
    plain = answer_to_json(Answer("r1", "p1", (ONE,)))
    for change in changes:
        plain["remarks"][0].update(change)
    return json.dumps({**plain, **top})


def code(data):
    with pytest.raises(Refused) as refused:
        answer_from(data)
    return refused.value.findings[0].code


@given(st.lists(remarks, max_size=4, unique_by=lambda remark: remark.id))
def test_what_a_review_file_writes_comes_back(listed):
    answer = Answer("r1", "p1", tuple(listed))
    assert answer_from(json.dumps(answer_to_json(answer))) == answer
    assert answer_from(json.dumps(answer_to_json(answer)).encode("utf-8-sig")) == answer


@given(remarks, st.one_of(st.none(), st.just(AT)))
def test_a_kept_remark_comes_back(remark, resolved):
    from dataclasses import replace

    kept = replace(remark, resolved=resolved)
    assert review.from_json(json.loads(json.dumps(review.to_json(kept)))) == kept


@pytest.mark.parametrize("data", [
    b"", b"\xff\xfe\x00", "null", "[]", "{}", "NaN", "[" * 100_000, '{"kind": ' * 50_000, "<html>", '"remarks"',
    file_of(kind="post"), file_of(schema=0), file_of(schema="1"), file_of(schema=1.5), file_of(schema=None),
    file_of(remarks={}), file_of(remarks=None), file_of(remarks=["x"]), file_of(remarks=[[]]), file_of(remarks=[None]),
    file_of(post="../p1"), file_of(post=7), file_of(post=""), file_of(review="<r>"), file_of(review=None),
    file_of({"id": ""}), file_of({"id": "x" * 65}), file_of({"id": 4}), file_of({"id": "a b"}),
    file_of({"text": 5}), file_of({"text": None}), file_of({"text": ""}), file_of({"text": " \u202e\x00 "}),
    file_of({"author": ["Ana"]}), file_of({"verdict": "maybe"}), file_of({"verdict": None}), file_of({"verdict": []}),
    file_of({"point": [0.1]}), file_of({"point": [0.1, 2]}), file_of({"point": [-0.1, 0]}), file_of({"point": "0,0"}),
    file_of({"point": [True, 0]}), file_of({"point": ["0", "0"]}), file_of({"point": {"x": 0, "y": 0}}),
    file_of({"point": [float("nan"), 0]}), file_of({"point": [float("inf"), 0]}), file_of({"point": [10**400, 0]}),
    file_of({"at": "yesterday"}), file_of({"at": 3}), file_of({"at": "0001-01-01T00:00+14:00"}),
    file_of({"at": "0001-01-02T00:00Z"}), file_of({"at": "9999-12-31T12:00Z"}),
    file_of({"place": None}), file_of({"place": {}}), file_of({"place": "feed"}),
    file_of({"place": {**review.place_to_json(FEED), "theme": "sepia"}}),
    file_of({"place": {**review.place_to_json(FEED), "surface": "<b>"}}),
    file_of({"place": {**review.place_to_json(FEED), "platform": "A B"}}),
    file_of().replace('"at"', '"when"'), file_of()[:-9], file_of().replace("0.25", "1" * 5000),
], ids=lambda data: str(data[:40]))
def test_anything_else_is_refused(data):
    assert code(data) == "review.unreadable"


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)),
    max_leaves=12,
)
OF_ONE, OF_PLACE = "id place author text verdict point at", "account platform surface theme look"
paths = st.sampled_from([
    ("review",), ("post",), ("remarks",), *(("remarks", 0, name) for name in OF_ONE.split()),
    *(("remarks", 0, "place", name) for name in OF_PLACE.split()),
])


@given(paths, json_values)
def test_whatever_stands_anywhere_is_taken_whole_or_refused(path, value):
    plain = json.loads(file_of())
    inner = plain
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    try:
        answer = answer_from(json.dumps(plain))
    except Refused as refused:
        assert {f.code for f in refused.findings} <= {"review.unreadable", "review.too_many"}
    else:
        assert all(review.from_json(json.loads(json.dumps(review.to_json(r)))) == r for r in answer.remarks)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200), json_values.map(json.dumps)))
def test_anything_at_all_is_refused(data):
    with pytest.raises(Refused):
        answer_from(data)


def test_a_newer_file_says_so():
    assert code(file_of(schema=99)) == "document.newer"


def test_what_is_far_too_much_is_not_even_read():
    assert code(b" " * (review.MOST_BYTES + 1)) == "review.too_big"
    many = answer_to_json(Answer("r1", "p1", tuple(Remark(f"c{n}", "p1", FEED, "", "x", at=AT) for n in range(10_000))))
    assert code(json.dumps(many)) == "review.too_many"


def test_text_stays_text_and_keeps_its_direction():
    got = answer_from(file_of({"text": "<b>\u202egood\u2069</b>\r\nnext\x07", "author": " Ana \n \u202b<i> "}))
    assert (got.remarks[0].text, got.remarks[0].author) == ("<b>good</b>\nnext", "Ana <i>")
    long = answer_from(file_of({"text": "x" * 9000, "author": "y" * 900})).remarks[0]
    assert (len(long.text), len(long.author)) == (review.LONGEST, review.LONGEST_NAME)
    assert answer_from(file_of({"text": "سلام 你好 👩\u200d🍳"})).remarks[0].text == "سلام 你好 👩\u200d🍳"


def test_of_two_with_one_id_the_later_is_taken():
    plain = answer_to_json(Answer("r1", "p1", (ONE, Remark("c2", "p1", FEED, "", "other", at=AT))))
    plain["remarks"].append({**plain["remarks"][0], "text": "after all not", "at": "2026-11-30T10:00:00Z"})
    plain["remarks"].append({**plain["remarks"][0], "text": "long ago", "at": "2020-11-30T10:00:00"})
    assert [r.text for r in answer_from(json.dumps(plain)).remarks] == ["after all not", "other"]


def test_a_comment_of_one_post_is_never_that_of_another():
    assert key_of("p1", "c1") != key_of("p2", "c1") and key_of("p1", "c1") == key_of("p1", "c1")
    assert len({key_of("p1", f"c{n}") for n in range(5000)}) == 5000


def test_the_look_changes_with_what_is_shown_only():
    account = Account("a1", "somewhere", name="Mill")
    look = look_of(resolve(Post("p", text="a"), account))
    assert look == look_of(resolve(Post("p", text="a"), Account("a1", "somewhere", name="Other", handle="x")))
    assert look != look_of(resolve(Post("p", text="b"), account))
    assert look != look_of(resolve(Post("p", text="a", title="t"), account))
    assert look_of(resolve(Post("p", text="\ud800"), account))
