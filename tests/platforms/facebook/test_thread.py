"""The first comment and what follows it: comments of the page below its own post."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.errors import NotThere, Refused, SignInAgain, Uncertain
from tests.platforms.facebook.desk import COMMENTS, Clock, Desk, clip, codes, photo
from tests.servers.facebook import Facebook
from tests.servers.facebook_doors import Wrong

FIRST = "链接在这里 https://example.com/map"


def below(desk: Desk, of: Any) -> list[str]:
    return [c.message for c in desk.server.state.below(of.handle["object"])]


def after(receipt: Any, parent: Any = None) -> dict[str, Any]:
    return {"root": dict(receipt.handle), "parent": dict((parent or receipt).handle)}


def test_comments_stand_below_the_post_in_their_order(desk: Desk, clock: Clock) -> None:
    _, _, _, post = desk.send(desk.post())
    clock.on(seconds=5)
    publisher, plan, _, first = desk.send(desk.post(FIRST), reply_to=after(post))
    clock.on(seconds=5)
    second = desk.send(desk.post("第二条"), reply_to=after(post, first))[3]
    assert below(desk, post) == [FIRST, "第二条"]
    assert {c.parent for c in desk.server.state.comments.values()} == {""} and second.handle["object"] == post.handle[
        "object"]
    proof = publisher.read_back(desk.post(FIRST), [], plan, first)
    assert proof.whole and [line.what for line in proof.lines] == ["text", "reply"] and "comment_id" in proof.url


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "transient_after", "drop_before"])
def test_a_lost_answer_makes_no_second_comment(desk: Desk, server: Facebook, fault: str) -> None:
    _, _, _, post = desk.send(desk.post())
    publisher, what = desk.publisher(reply_to=after(post)), desk.post(FIRST)
    plan, _ = desk.staged(publisher, what)
    server.fault(fault, only=COMMENTS)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    found = publisher.look(plan, [])
    if fault == "drop_before":
        assert found is None and below(desk, post) == []
    else:
        assert found is not None and below(desk, post) == [FIRST]
        assert publisher.read_back(what, [], plan, found).whole


def test_a_duplicate_is_looked_for_and_not_called_refused(desk: Desk, server: Facebook) -> None:
    _, _, _, post = desk.send(desk.post())
    publisher, what = desk.publisher(reply_to=after(post)), desk.post(FIRST)
    plan, _ = desk.staged(publisher, what)

    def duplicate(*_: Any) -> None:
        raise Wrong(506, "Duplicate status message", 1455006)

    server.state.comment = duplicate  # type: ignore[method-assign, assignment]
    with pytest.raises(Uncertain) as unknown:
        publisher.commit(what, [], plan, [])
    assert codes(unknown.value) == ["facebook.duplicate"] and publisher.look(plan, []) is None


def test_the_same_words_of_others_or_from_before_are_not_ours(desk: Desk, server: Facebook, clock: Clock) -> None:
    _, _, _, post = desk.send(desk.post())
    state, id = server.state, str(post.handle["object"])
    state.comment(id, desk.page.id, desk.page.name, FIRST)
    publisher = desk.publisher(reply_to=after(post))
    plan, _ = desk.staged(publisher, desk.post(FIRST))
    state.comment(id, "99", "Somebody", FIRST)
    assert publisher.look(plan, []) is None
    ours = state.comment(id, desk.page.id, desk.page.name, FIRST)
    found = publisher.look(plan, [])
    assert found is not None and found.handle["comment"] == ours.id


def test_a_comment_with_a_picture_is_refused_before_it_is_sent(desk: Desk) -> None:
    _, _, _, post = desk.send(desk.post())
    file = photo(desk.folder)
    with pytest.raises(Refused) as refused:
        desk.publisher(reply_to=after(post)).plan(desk.post(FIRST, uploads=[file]), [file])
    assert codes(refused.value) == ["facebook.comment_media"]


def test_a_post_that_is_gone_has_no_comments(desk: Desk, server: Facebook) -> None:
    _, _, _, post = desk.send(desk.post())
    server.state.delete(post.handle["object"])
    with pytest.raises(Refused) as refused:
        desk.publisher(reply_to=after(post)).plan(desk.post(FIRST), [])
    assert codes(refused.value) == ["publish.parent_gone"]


def test_a_comment_whose_post_is_not_known_never_becomes_a_post(desk: Desk, server: Facebook) -> None:
    for unknown in ({}, {"root": {}, "parent": {}}, {"root": {"kind": "feed"}, "parent": {"object": "1_2"}}):
        with pytest.raises(Refused) as refused:
            desk.publisher(reply_to=unknown).plan(desk.post(FIRST), [])
        assert codes(refused.value) == ["publish.parent_gone"]
    assert server.seen == []


def test_without_the_right_to_comment_it_is_refused(desk: Desk, server: Facebook) -> None:
    _, _, _, post = desk.send(desk.post())
    desk.secrets = {"access_token": server.state.token(
        desk.mei, desk.page, ("pages_manage_posts", "pages_read_engagement"))}
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(FIRST), reply_to=after(post))
    assert codes(refused.value) == ["account.not_allowed"] and below(desk, post) == []
    server.state.over(desk.secrets["access_token"], 492)
    with pytest.raises(SignInAgain) as lost:
        desk.publisher(reply_to=after(post)).plan(desk.post(FIRST), [])
    assert codes(lost.value) == ["facebook.role_lost"]


def test_below_a_video_it_is_a_comment_of_its_post(desk: Desk, clock: Clock) -> None:
    file = clip(desk.folder)
    publisher, _, _, receipt = desk.send(desk.post(uploads=[file]), [file])
    live = publisher.check(receipt)
    assert live.handle["object"] == desk.server.posts(desk.page.id)[0].id
    desk.send(desk.post(FIRST), reply_to=after(live))
    assert below(desk, live) == [FIRST]


def test_below_a_reel_it_is_a_comment_of_the_reel(desk: Desk) -> None:
    file = clip(desk.folder, tall=True)
    publisher, _, _, receipt = desk.send(desk.post(uploads=[file], options={"as": "reel"}), [file])
    live = publisher.check(receipt)
    desk.send(desk.post(FIRST), reply_to=after(live))
    assert live.handle["object"] == live.handle["video"] and below(desk, live) == [FIRST]


def test_a_deleted_comment_is_not_there(desk: Desk, server: Facebook, clock: Clock) -> None:
    _, _, _, post = desk.send(desk.post())
    publisher, plan, _, comment = desk.send(desk.post(FIRST), reply_to=after(post))
    server.state.comments.clear()
    with pytest.raises(NotThere):
        publisher.read_back(desk.post(FIRST), [], plan, comment)
