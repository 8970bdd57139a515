from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Account, Media, Override, Post, outdated
from studio.ui.draft import edits

A = Account("a", "bluesky")
B = Account("b", "practice")
words = st.text(max_size=30)


@given(words, words)
def test_an_account_that_writes_its_own_text_leaves_the_others_alone(base, own):
    post = edits.set_field(Post(text=base), A, "text", own)
    assert edits.value(post, A, "text") == own
    assert edits.value(post, B, "text") == base == post.text
    assert edits.differs(post, A) == (own != base)


@given(words, words)
def test_going_back_to_the_base_text_is_inheriting_again(base, own):
    post = edits.set_field(edits.set_field(Post(text=base), A, "text", own), A, "text", base)
    assert post.overrides == {}
    assert edits.value(replace(post, text="new"), A, "text") == "new"


def test_an_account_inherits_from_its_platform_before_the_base():
    post = Post(text="base", overrides={"bluesky": Override(text="sky")})
    assert edits.set_field(post, A, "text", "sky").overrides == post.overrides
    assert edits.value(edits.set_field(post, A, "text", "base"), A, "text") == "base"
    assert edits.reset(edits.set_field(post, A, "text", "x"), A).overrides == {}


def test_a_kept_version_is_no_longer_out_of_date():
    post = replace(edits.set_field(Post(text="one"), A, "text", "mine"), text="two")
    assert outdated(post, "account:a")
    kept = edits.keep_own(post, A)
    assert not outdated(kept, "account:a") and edits.value(kept, A, "text") == "mine"


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6, unique=True), st.data())
def test_moving_a_picture_keeps_all_and_moves_one(ids, data):
    post = Post(media=tuple(Media(i) for i in ids))
    here = data.draw(st.integers(0, len(ids) - 1))
    to = data.draw(st.integers(0, len(ids) - 1))
    moved = [m.media for m in edits.move_media(post, None, here, to).media]
    assert moved[to] == ids[here]
    assert [i for i in moved if i != ids[here]] == [i for i in ids if i != ids[here]]
    assert edits.move_media(edits.move_media(post, None, here, to), None, to, here) == post


def test_media_of_an_account_are_its_own():
    post = Post(media=(Media("1"), Media("2"), Media("3")))
    fewer = edits.first_media(post, A, 2)
    assert [m.media for m in edits.value(fewer, A, "media")] == ["1", "2"]
    assert len(fewer.media) == 3
    described = edits.set_alt(fewer, A, 1, "a cup")
    assert edits.value(described, A, "media")[1].alt == "a cup" and described.media[1].alt == ""
    assert [m.media for m in edits.remove_media(post, None, 0).media] == ["2", "3"]
    assert [m.media for m in edits.add_media(post, None, [Media("0")], 0).media] == ["0", "1", "2", "3"]


def test_tags_as_people_type_them():
    assert edits.read_tags("#周末  citywalk, old，#周末 ＃bakery") == ("周末", "citywalk", "old", "bakery")
    assert edits.read_tags(edits.write_tags(("a", "b"))) == ("a", "b")


def test_the_link_goes_into_the_text_once():
    post = Post(text="see", link="https://example.com")
    added = edits.link_into_text(post, None)
    assert added.text == "see\nhttps://example.com"
    assert edits.link_into_text(added, None) is added


def test_pasted_text_has_one_kind_of_line_end_and_nothing_unsendable():
    assert edits.plain("a\r\nb\rc\u2029d\x00") == "a\nb\nc\nd"
    assert edits.plain("x\ud800y") == "x\ufffdy"


def test_choosing_accounts_keeps_their_order():
    post = edits.choose(edits.choose(Post(), "a", True), "b", True)
    assert post.accounts == ("a", "b")
    assert edits.choose(edits.choose(post, "a", False), "a", True).accounts == ("b", "a")
