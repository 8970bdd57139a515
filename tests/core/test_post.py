"""resolve: what one account gets of a post."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import (
    FIELDS,
    Account,
    Media,
    Override,
    Post,
    Reply,
    account_key,
    link_of,
    outdated,
    resolve,
    with_override,
)

ACCOUNT = Account("a1", "there", name="Mill Street", handle="@mill")
text = st.one_of(st.none(), st.text(max_size=20))
media = st.one_of(st.none(), st.lists(st.builds(Media, st.text(min_size=1, max_size=4)), max_size=3).map(tuple))
tags = st.one_of(st.none(), st.lists(st.text(max_size=5), max_size=3).map(tuple))
overrides = st.builds(Override, title=text, text=text, media=media, link=text, tags=tags)


def test_the_base_applies_everywhere_until_it_is_overridden():
    post = Post(title="T", text="base", link="https://example.com", tags=("a",))
    content = resolve(post, ACCOUNT)
    assert (content.title, content.text, content.link, content.tags) == ("T", "base", "https://example.com", ("a",))
    assert (content.platform, content.account, content.handle) == ("there", "a1", "@mill")


@given(overrides, overrides)
def test_an_account_beats_its_platform_which_beats_the_base(platform, account):
    elsewhere = Override(text="no")
    post = Post(text="base", overrides={"there": platform, account_key("a1"): account, "elsewhere": elsewhere})
    content = resolve(post, ACCOUNT)
    for name in FIELDS:
        layers = [getattr(account, name), getattr(platform, name), getattr(post, name)]
        assert getattr(content, name) == next(value for value in layers if value is not None)


def test_an_empty_text_is_an_override_too():
    assert resolve(Post(text="base", overrides={"there": Override(text="")}), ACCOUNT).text == ""


def test_options_of_the_account_win_key_by_key():
    post = Post(options={"there": {"a": 1, "b": 1}, account_key("a1"): {"b": 2}, "elsewhere": {"c": 3}})
    assert resolve(post, ACCOUNT).options == {"a": 1, "b": 2}


def test_an_override_whose_base_changed_is_out_of_date():
    post = with_override(Post(text="one"), "there", text="uno")
    assert not outdated(post, "there")
    assert outdated(replace(post, text="two"), "there")
    assert not outdated(replace(post, title="another"), "there"), "only what is overridden matters"


def test_giving_every_field_back_removes_the_override():
    post = with_override(Post(text="one"), "there", text="uno")
    assert with_override(post, "there", text=None).overrides == {}


def test_an_edit_shares_what_did_not_change():
    post = Post(text="one", media=(Media("m"),))
    assert replace(post, text="two").media is post.media


def test_heading_is_the_title_else_the_first_line():
    assert Post(title=" T ", text="x").heading == "T"
    assert Post(text="\n  \nfirst\nsecond").heading == "first"
    assert Post().heading == ""


def test_a_poll_is_asked_in_the_first_link_only():
    post = Post(text="one", options={"there": {"poll": {"options": ["a", "b"]}, "visibility": "unlisted"}},
                replies=(Reply("two"),))
    content = resolve(post, Account("id", "there", identity={"characters": "5000"}))
    assert link_of(content, 0).options == post.options["there"]
    assert (link_of(content, 1).text, link_of(content, 1).options) == ("two", {"visibility": "unlisted"})
    assert content.identity == link_of(content, 1).identity == {"characters": "5000"}
    assert (link_of(content, 0).reply, link_of(content, 1).reply) == (False, True)
