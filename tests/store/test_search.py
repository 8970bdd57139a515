"""What is written is found, in any script, and no query breaks anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql

from studio.core.post import Media, Override, Post, Reply
from studio.store import search, tables
from studio.store.workspace import Workspace
from tests.store.strategies import texts

POSTS = {
    "spring": Post(title="春天的第一杯咖啡", text="今天去了上海外滩，拍了 12 张照片 🌸"),
    "cafe": Post(title="Café crème", text="Ein schöner Straßentag in Zürich #coffee"),
    "kana": Post(title="東京タワー", text="ラーメンを食べた"),
    "hangul": Post(title="서울 여행", text="한국어 메모"),
    "thai": Post(title="กรุงเทพ", text="สวัสดี"),
    "thread": Post(title="Part one", replies=(Reply("and then a lighthouse"),)),
    "rare": Post(title="𠮷野家", text="ﬁsh ＦＵＬＬ width"),
}

SYNTAX = r"(AND|OR|NOT|NEAR|[\"'*^():{}+\-\\. a中])+"


@pytest.fixture(scope="module")
def filled(shared: Workspace) -> Workspace:
    for post in POSTS.values():
        shared.posts.save(post)
    return shared


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("春", ["spring"]), ("春天", ["spring"]), ("第一杯", ["spring"]), ("天春", []), ("外滩 春天", ["spring"]),
        ("外滩 东京", []), ("lighthouse", ["thread"]), ("🌸", ["spring"]), ("12", ["spring"]), ("照片🌸", ["spring"]),
        ("cafe", ["cafe"]), ("CAFÉ", ["cafe"]), ("caf", ["cafe"]), ("afé", []), ("zurich", ["cafe"]),
        ("strassentag", ["cafe"]), ("#coffee", ["cafe"]), ("creme sch", ["cafe"]),
        ("東京", ["kana"]), ("タワ", ["kana"]), ("ラーメン", ["kana"]), ("여행", ["hangul"]), ("행", ["hangul"]),
        ("กรุง", ["thai"]), ("𠮷", ["rare"]), ("fish", ["rare"]), ("full", ["rare"]), ("!!!", []), ('"(*', []),
    ],
)
def test_what_finds_what(filled: Workspace, query: str, names: list[str]) -> None:
    assert {r.id for r in filled.posts.list(query)} == {POSTS[n].id for n in names}
    assert filled.posts.count(query) == len(names)


def test_white_space_alone_asks_for_everything(filled: Workspace) -> None:
    assert filled.posts.count(" \n\t　") == filled.posts.count("")


def test_alt_texts_tags_links_and_overrides_are_searched(workspace: Workspace) -> None:
    post = Post(
        media=(Media("1" * 64, alt="a red lighthouse"),), tags=("灯塔",), link="https://example.com/harbour",
        overrides={"weibo": Override(text="只给微博")},
    )
    workspace.posts.save(post)
    for query in ("lighthouse", "灯塔", "harbour", "微博"):
        assert workspace.posts.count(query) == 1, query


def test_a_phrase_does_not_run_from_one_field_into_the_next(workspace: Workspace) -> None:
    workspace.posts.save(Post(title="春", text="天"))
    assert workspace.posts.count("春天") == 0


def test_an_edit_changes_what_is_found(workspace: Workspace) -> None:
    post = Post(title="before")
    workspace.posts.save(post)
    workspace.posts.save(Post(id=post.id, title="after"))
    assert (workspace.posts.count("before"), workspace.posts.count("after")) == (0, 1)
    workspace.posts.delete(post.id)
    assert workspace.posts.count("after") == 0


@settings(deadline=None, max_examples=100)
@given(query=texts | st.text(st.characters()) | st.from_regex(SYNTAX, fullmatch=True))
def test_no_query_breaks_anything(filled: Workspace, query: str) -> None:
    found = filled.posts.list(query)
    assert len(found) == filled.posts.count(query)
    assert filled.assets.list(query) == []


@settings(deadline=None, max_examples=60)
@given(text=texts, data=st.data())
def test_every_word_of_a_text_finds_it(shared: Workspace, text: str, data: st.DataObject) -> None:
    post = Post(text=text)
    shared.posts.save(post)
    for word in text.split():
        if search.tokens(word):
            assert post.id in {r.id for r in shared.posts.list(word)}, word
    cut = search.tokens(text)
    if cut:
        start = data.draw(st.integers(0, len(cut) - 1))
        assert post.id in {r.id for r in shared.posts.list(cut[start])}
    shared.posts.delete(post.id)


@settings(max_examples=100)
@given(text=texts | st.text(st.characters()))
def test_tokens_need_no_escaping_anywhere(text: str) -> None:
    for token in search.tokens(text):
        assert not set(token) & set("\"'%_\\* ‖\x00") and token == token.strip()
        token.encode("utf-8")


@settings(deadline=None, max_examples=60)
@given(text=texts, query=texts)
def test_both_databases_find_the_same(shared: Workspace, text: str, query: str) -> None:
    """The LIKE patterns of PostgreSQL, run over the column in Python, agree with FTS5."""
    post = Post(text=text)
    shared.posts.save(post)
    words = search.words([text])
    wanted = search.phrases(query)
    like = bool(wanted) and all(search.like(p).strip("%") in words for p in wanted)
    if query.strip():
        assert (post.id in {r.id for r in shared.posts.list(query)}) == like
    shared.posts.delete(post.id)


def test_postgresql_asks_with_like() -> None:
    condition = search.found("春天 caf", tables.post_doc, "postgresql")
    sql = str(condition.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    assert sql == "post_doc.words LIKE '%% 春 天 %%' AND post_doc.words LIKE '%% caf%%'"
