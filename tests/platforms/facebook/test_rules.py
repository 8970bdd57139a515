"""What a post may be on a page: counted and checked before anything is planned."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.finding import blocking
from studio.core.post import Content, Reply, link_of
from studio.platforms import get
from studio.platforms.facebook import rules
from studio.platforms.facebook.graph import VERSION, version_of
from studio.platforms.facebook.message import flat, message, normal, passed, units
from tests.platforms.fakes import content, media, upload

FACEBOOK = get("facebook")
LIMIT = 63_206
LINK = "https://example.com/a?b=1"


def post(text: str = "hello", **more: Any) -> Content:
    return content("facebook", text, **more)


def codes(what: Content, severity: str = "") -> list[str]:
    return [f.code for f in FACEBOOK.check(what) if severity in ("", f.severity)]


def photos(number: int) -> list[Any]:
    return [media(f"{n}.jpg") for n in range(number)]


def clip(name: str = "walk.mp4", width: int = 1920, height: int = 1080, seconds: Any = 20) -> Any:
    return media(name, width, height, kind="video", duration=Fraction(seconds))


@given(st.text(alphabet=st.sampled_from("a周👍é\n 𠮷"), max_size=80), st.integers(0, 90))
def test_units_are_those_of_utf16_and_the_limit_is_found_where_it_is(text: str, limit: int) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2
    at = passed(text, limit)
    assert (at is None) == (units(text) <= limit)
    if at is not None:
        assert units(text[:at]) <= limit < units(text[: at + 1])


@pytest.mark.parametrize(("text", "fits"), [
    ("周" * LIMIT, True), ("周" * (LIMIT + 1), False), ("👍" * (LIMIT // 2), True), ("👍" * (LIMIT // 2 + 1), False),
])
def test_the_limit_counts_an_emoji_twice(text: str, fits: bool) -> None:
    found = blocking(FACEBOOK.check(post(text)))
    assert ([f.code for f in found] == []) == fits
    if not fits:
        assert found[0].values["limit"] == LIMIT and FACEBOOK.count(post(text))["text"].over == len(text) - 1


def test_what_is_added_to_the_text_counts_with_it() -> None:
    what = post("x" * (LIMIT - 5), tags=("café",))
    assert codes(what, "error") == ["text.too_long"]
    assert FACEBOOK.count(what)["text"].count == LIMIT - 5 + 2 + 5


def test_the_message_has_link_and_tags_only_where_they_are_needed() -> None:
    assert message(post(" hi ", link=LINK, tags=("a1", "#猫", "12"))) == "hi\n\n#a1 #猫"
    assert message(post("hi", link=LINK, pictures=photos(1))) == f"hi\n\n{LINK}"
    assert message(post(f"see {LINK} ok", link=LINK, pictures=photos(1))) == f"see {LINK} ok"
    assert message(post("hi", link=LINK, mode="assisted")) == f"hi\n\n{LINK}"
    assert message(post("a #Tea b", tags=("tea",))) == "a #Tea b"


@given(st.text(max_size=200))
def test_comparing_forgives_white_space_only(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert normal(normal(text)) == normal(text) and flat(text) == flat(normal(text)) == flat(f"  {text}\n")


@pytest.mark.parametrize(("number", "found"), [(1, []), (10, []), (11, ["media.too_many"])])
def test_one_to_ten_photos(number: int, found: list[str]) -> None:
    what = post(pictures=photos(number))
    assert codes(what, "error") == found
    if found:
        bad = blocking(FACEBOOK.check(what))[0]
        assert (bad.field, bad.values, bad.source) == ("media", {"count": 11, "limit": 10}, rules.ATTACHED)


def test_by_hand_the_site_decides() -> None:
    many = post(pictures=[*photos(2), clip(), clip("b.webm")])
    assert codes(many, "error") == ["media.too_many_videos", "facebook.photos_and_video", "facebook.video_format"]
    assert codes(replace(many, mode="assisted"), "error") == codes(replace(many, mode="kit"), "error") == []
    assert codes(replace(post("x" * 70_000), mode="kit"), "error") == ["text.too_long"]


def test_one_video_alone() -> None:
    assert codes(post(pictures=[clip()])) == []
    assert codes(post(pictures=[clip(), clip("b.mp4")]), "error") == ["media.too_many_videos"]
    assert codes(post(pictures=[clip(), *photos(1)]), "error") == ["facebook.photos_and_video"]
    assert codes(post(pictures=[media("a.mp3", kind="audio")]), "error") == ["media.kind_not_supported"]


@pytest.mark.parametrize(("one", "options", "found"), [
    (clip("a.webm"), {}, ["facebook.video_format"]),
    (clip("a.mov"), {}, []),
    (clip("a.mov", 1080, 1920), {"as": "reel"}, ["facebook.video_format"]),
    (clip(seconds=4 * 3600 + 1), {}, ["facebook.video_long"]),
    (clip(width=3000, height=500), {}, ["facebook.video_shape"]),
    (clip(width=1080, height=1920), {"as": "reel"}, []),
    (clip(width=1080, height=1918), {"as": "reel"}, []),
    (clip(width=0, height=0), {"as": "reel"}, []),
    (clip(), {"as": "reel"}, ["facebook.reel_shape"]),
    (clip(width=360, height=640), {"as": "reel"}, ["facebook.reel_small"]),
    (clip(width=1080, height=1920, seconds=2), {"as": "reel"}, ["facebook.reel_length"]),
    (clip(width=1080, height=1920, seconds=91), {"as": "reel"}, ["facebook.reel_length"]),
    (clip(width=1080, height=1920, seconds=90), {"as": "reel"}, []),
    (clip(), {"as": "story"}, ["facebook.as"]),
])
def test_videos_and_reels(one: Any, options: dict[str, object], found: list[str]) -> None:
    assert codes(post(pictures=[one], options=options)) == found


def test_a_reel_is_made_only_when_asked_for() -> None:
    tall = clip(width=1080, height=1920)
    assert rules.kind(post(pictures=[tall])) == "video"
    assert rules.kind(post(pictures=[tall], options={"as": "reel"})) == "reel"
    assert rules.kind(post(pictures=photos(1), options={"as": "reel"})) == "feed"


def test_links() -> None:
    assert codes(post("", link=LINK)) == []
    assert codes(post(link="nonsense"), "error") == ["link.unreadable"]
    assert codes(post(link=LINK, pictures=photos(1))) == ["facebook.link_in_text"]
    assert codes(post(f"see {LINK}", link=LINK)) == ["link.twice"]
    assert codes(post(f"see {LINK}", link=LINK, pictures=photos(1))) == []
    assert codes(post(link="https://www.facebook.com/x/posts/1")) == ["facebook.own_link"]
    assert codes(post(link="https://notfacebook.com/x")) == []


def test_titles_are_for_videos_only() -> None:
    assert codes(post(title="T")) == ["title.not_sent"] and codes(post(title="T", pictures=[clip()])) == []


def test_tags_and_descriptions() -> None:
    assert codes(post(tags=("two words", "2026", "ok"))) == ["tags.not_one_word"] * 2
    assert codes(post(pictures=[media(alt="")])) == ["media.no_alt"]
    assert codes(post("", pictures=[])) == ["post.empty"]


def test_replies_become_comments() -> None:
    with_photo = link_of(post(replies=(Reply("b", media=(media(),)),)), 1)
    found = blocking(FACEBOOK.check(with_photo))
    assert [(f.code, f.field) for f in found] == [("facebook.comment_media", "media")]
    assert codes(replace(with_photo, mode="assisted"), "error") == []
    words = post(replies=(Reply("a"),), identity={"scopes": "pages_manage_posts pages_read_engagement"})
    assert codes(words, "error") == ["facebook.comment_scope"]
    for known in ({"scopes": "pages_manage_engagement"}, {}, {"tasks": "CREATE_CONTENT MODERATE"}):
        assert codes(replace(words, identity=known)) == []
    assert codes(replace(words, identity={"tasks": "CREATE_CONTENT"}), "error") == ["facebook.comment_task"]


def test_a_token_that_may_not_publish_is_known_before_anything_is_planned() -> None:
    assert FACEBOOK.lacking(frozenset({"pages_show_list", "pages_read_engagement"})) == ("pages_manage_posts",)
    assert FACEBOOK.lacking(frozenset({"pages_manage_posts", "pages_read_engagement"})) == ()


def test_files_are_looked_at_as_they_are_sent(tmp_path: Any) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 2000)
    tall, made = clip(width=1080, height=1920), upload(path, "video/mp4", kind="video")
    assert rules.unfit(post(pictures=[tall]), [made]) == []
    big = replace(made, bytes=(10 << 30) + 1)
    assert [f.code for f in rules.unfit(post(pictures=[tall]), [big])] == ["media.too_big"]
    assert [f.code for f in rules.unfit(post(pictures=[tall]), [replace(made, bytes=900)])] == ["facebook.video_small"]
    mov = replace(made, mime="video/quicktime")
    assert rules.unfit(post(pictures=[tall]), [mov]) == []
    reel = post(pictures=[tall], options={"as": "reel"})
    assert [f.code for f in rules.unfit(reel, [mov])] == ["facebook.video_format"]
    photo = replace(made, kind="image", mime="image/jpeg", bytes=4_000_001)
    assert [f.code for f in rules.unfit(post(pictures=photos(1)), [photo])] == ["media.too_big"]


@pytest.mark.parametrize(("typed", "version"), [
    ("v26.0", "v26.0"), (" 26.0 ", "v26.0"), ("V24.0", "v24.0"), ("", VERSION), ("../me", VERSION), ("v26", VERSION),
])
def test_the_version_is_one(typed: str, version: str) -> None:
    assert version_of(typed) == version
