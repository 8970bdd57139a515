"""Counting, files and checks, in every mode."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.finding import Finding, blocking
from studio.core.post import Content, Media
from studio.platforms import get
from studio.platforms.wechat import limits, options
from tests.platforms.fakes import content, media

PLATFORM = get("wechat")
WIDE = media("a.jpg", 1800, 900)


def post(text: str = "旧书店的一下午。", pictures: Any = (WIDE,), **more: Any) -> Content:
    return content("wechat", text, pictures=pictures, **{"title": "周末", **more})


def found(what: Content) -> dict[str, Finding]:
    return {finding.code: finding for finding in PLATFORM.check(what)}


def test_a_good_article_has_nothing_but_a_remark_on_its_digest() -> None:
    assert set(found(post())) == {"wechat.digest_made"}
    assert found(post("甲" * 60 + "\n乙"))["wechat.digest_made"].values["digest"] == "甲" * 54
    assert found(post(options={"digest": "一段"})) == {}


@pytest.mark.parametrize(("number", "severity"), [(32, None), (33, "warning"), (64, "warning"), (65, "error")])
def test_titles_are_warned_of_at_32_and_end_at_64(number: int, severity: str | None) -> None:
    titles = [f.severity for f in PLATFORM.check(post(title="题" * number)) if f.field == "title"]
    assert titles == ([severity] if severity else [])


def test_titles_of_image_posts_end_at_32() -> None:
    assert not blocking(PLATFORM.check(post(title="题" * 32, options={"type": "image"})))
    assert [f.code for f in blocking(PLATFORM.check(post(title="题" * 33, options={"type": "image"})))] == [
        "title.too_long"]


@pytest.mark.parametrize(("text", "title", "options", "code"), [
    ("![](a.jpg)", "", {}, "wechat.no_title"), ("***", "", {}, "wechat.no_title"),
    ("<script>x</script>", "周末", {"cover": "a.jpg"}, "post.empty"), ("", "周末", {"cover": "a.jpg"}, "post.empty"),
    ("<!-- 甲 -->", "周末", {"cover": "a.jpg"}, "post.empty"), ("", "", {}, "post.empty"),
    ("", "周末", {}, ""), ("![](a.jpg)", "周末", {}, ""), ("<b>甲</b>", "", {}, ""),
])
def test_something_must_be_left_of_it_and_have_a_title(
    text: str, title: str, options: dict[str, str], code: str
) -> None:
    found = blocking(PLATFORM.check(post(text, title=title, options=options)))
    assert [f.code for f in found] == ([code] if code else [])


def test_an_image_post_by_the_api_needs_words_as_well() -> None:
    image = {"type": "image"}
    assert [f.code for f in blocking(PLATFORM.check(post(" ", options=image)))] == ["wechat.no_text"]
    assert not blocking(PLATFORM.check(post("", options=image, mode="assisted")))


@pytest.mark.parametrize(("name", "limit", "code"), [
    ("author", 16, "wechat.author_long"), ("digest", 128, "wechat.digest_long"),
])
def test_author_and_digest_have_their_limits(name: str, limit: int, code: str) -> None:
    assert code not in found(post(options={name: "字" * limit}))
    wrong = found(post(options={name: "字" * (limit + 1)}))[code]
    assert wrong.blocks and wrong.values == {"count": limit + 1, "limit": limit} and wrong.field == f"options.{name}"
    assert PLATFORM.count(post(options={name: "字" * (limit + 1)}))[name].over == limit


def test_an_article_ends_below_20000_characters() -> None:
    assert not blocking(PLATFORM.check(post("周" * 19_999)))
    wrong = found(post("周" * 20_000))["text.too_long"]
    assert wrong.blocks and wrong.values["limit"] == 19_999 and wrong.source
    assert PLATFORM.count(post("周" * 20_000))["text"].over == 19_999


def test_a_megabyte_is_said_as_well() -> None:
    assert {"text.too_long", "text.too_many_bytes"} <= set(found(post("周" * 400_000)))


def test_what_only_the_api_refuses_is_a_warning_by_hand() -> None:
    for mode in ("assisted", "kit"):
        by_hand = post("周" * 20_000, pictures=(media("a.mp4", kind="video"),), mode=mode)
        assert not blocking(PLATFORM.check(by_hand)) and "text.too_long" in found(by_hand)
        assert "wechat.no_cover" in found(by_hand)


def test_the_html_counts_where_somebody_set_that() -> None:
    text = "甲 **乙** [丙](https://example.com)\n\n" * 500
    assert found(post(text))["wechat.html_long"].severity == "warning"
    strict = found(post(text, identity={"set.content_limit": "html"}))["wechat.html_long"]
    assert strict.blocks and int(str(strict.values["count"])) > 20_000
    assert "wechat.html_long" not in found(post("甲" * 19_000))


def test_sixty_pictures_still_fit_an_article() -> None:
    pictures = tuple(media(f"IMG_{n:02}.jpg", 4000, 3000) for n in range(60))
    assert "wechat.html_long" not in found(post("旧书店的一下午。" * 20, pictures))


def test_a_missing_title_is_the_first_line_and_is_said() -> None:
    made = post("# 头 **一**\n\n正文", title="")
    assert options.title(made) == "头 一" and found(made)["wechat.title_made"].values["title"] == "头 一"
    assert options.title(post("长" * 40, title="")) == "长" * 31 + "…"
    assert "post.empty" in found(post("", title=""))


@given(st.text(max_size=80))
def test_a_made_title_always_fits(text: str) -> None:
    title = options.made_title(text)
    assert len(title) <= 32 and "\n" not in title and bool(title) <= bool(text.strip())


@pytest.mark.parametrize(("text", "code", "blocks"), [
    ("<script>x</script> 甲", "wechat.html_dropped", False),
    ("<p style='position:fixed'>甲</p>", "wechat.html_dropped", False),
    ("<svg width='9' height='9'><script>1</script></svg> 甲", "wechat.html_dropped", False),
    ("![](https://example.com/a.png)", "wechat.images_outside", False),
    ("![](data:image/png;base64,AA)", "wechat.image_scheme", True),
    ("![](file:///a.png)", "wechat.image_scheme", True), ("![](weg.png)", "wechat.image_unknown", True),
    ("[a](https://example.com)", "wechat.links_plain", False),
])
def test_what_cannot_stay_is_found_before_anything_is_planned(text: str, code: str, blocks: bool) -> None:
    wrong = found(post(text))[code]
    assert wrong.blocks is blocks and wrong.field == "text"


def test_of_many_names_that_are_not_attached_a_few_are_told() -> None:
    names = [f.values["name"] for f in PLATFORM.check(post("".join(f"![](x{n})" for n in range(3000))))
             if f.code == "wechat.image_unknown"]
    assert names == [f"x{n}" for n in range(20)]


def test_what_is_left_out_is_named() -> None:
    wrong = found(post("<script>x</script><p onclick='a()' style='position:fixed'>甲</p>"))["wechat.html_dropped"]
    assert wrong.values["what"] == "<script>, onclick, position"


@pytest.mark.parametrize(("size", "small"), [
    ((900, 383), False), ((899, 383), True), ((4000, 300), True), ((300, 4000), True), ((1200, 900), False),
    ((0, 0), False),
])
def test_a_cover_must_give_both_crops(size: tuple[int, int], small: bool) -> None:
    assert ("wechat.cover_small" in found(post(pictures=(media("a.jpg", *size),)))) is small


def test_the_cover_comes_from_somewhere() -> None:
    assert found(post(pictures=()))["wechat.no_cover"].blocks
    assert "wechat.cover_outside" in found(post("![](https://example.com/a.png)", ()))
    assert "wechat.no_cover" not in found(post("![](https://example.com/a.png)", ()))
    assert [f.code for f in blocking(PLATFORM.check(post(options={"cover": "weg.jpg"})))] == ["wechat.cover_unknown"]


def test_only_pictures_go_in_by_the_api() -> None:
    clips = (WIDE, media("b.mp4", kind="video"), media("c.mp3", kind="audio"))
    codes = [f.code for f in blocking(PLATFORM.check(post(pictures=clips)))]
    assert codes == ["media.video_not_supported", "media.kind_not_supported"]


@pytest.mark.parametrize(("number", "kind", "blocks"), [
    (20, "image", False), (21, "image", True), (100, "article", False), (101, "article", True), (0, "image", True),
])
def test_the_number_of_pictures(number: int, kind: str, blocks: bool) -> None:
    pictures = tuple(media(f"{n}.jpg", 1800, 900) for n in range(number))
    assert bool(blocking(PLATFORM.check(post(pictures=pictures, options={"type": kind})))) is blocks


def test_what_an_account_may_not_do_is_known_before() -> None:
    assert found(post(identity={"publish": "no"}))["wechat.no_publish"].severity == "warning"
    assert found(post(identity={"drafts": "no"}))["wechat.no_drafts"].blocks
    assert not {"wechat.no_publish", "wechat.no_drafts"} & set(found(post(identity={"drafts": "no"}, mode="kit")))


@pytest.mark.parametrize("given", [{"type": "image"}, {"type": "newspic"}, {"article_type": "newspic"}])
def test_the_apis_own_names_are_taken_as_well(given: dict[str, Any]) -> None:
    what = post(options={**given, "need_open_comment": 1, "only_fans_can_comment": "0"})
    assert options.kind(what) == "image" and not blocking(PLATFORM.check(what))
    assert options.flag(what, "open_comment") and not options.flag(what, "fans_only")


def test_links_and_tags_and_types() -> None:
    assert found(post(link="nonsense"))["link.unreadable"].blocks
    assert found(post(link="https://example.com/" + "a" * 1100))["wechat.link_long"].blocks
    assert "wechat.link_not_sent" in found(post(link="https://example.com", options={"type": "image"}))
    assert "wechat.tags_not_sent" in found(post(tags=("a",)))
    assert found(post(options={"type": "video"}))["wechat.type"].blocks
    assert "wechat.plain_only" in found(post("**a** ![](x)", options={"type": "image"}))


# -- files -------------------------------------------------------------------------------------------------------


def wants(what: Content) -> list[tuple[str, str]]:
    return [(want.role, want.media.name if want.media else want.url) for want in PLATFORM.wants(what)]


def test_the_cover_comes_first_and_then_what_stands_in_the_text() -> None:
    pictures = (WIDE, media("b.jpg"), media("c.jpg"))
    assert wants(post("![](c.jpg) ![](https://e.com/x.png)", pictures)) == [
        ("cover", "a.jpg"), ("inline", "c.jpg"), ("inline", "https://e.com/x.png"), ("inline", "a.jpg"),
        ("inline", "b.jpg")]
    assert wants(post("甲", pictures, options={"cover": "b.jpg"})) == [
        ("cover", "b.jpg"), ("inline", "a.jpg"), ("inline", "c.jpg")]
    assert wants(post("![](https://e.com/x.png)", ())) == [
        ("cover", "https://e.com/x.png"), ("inline", "https://e.com/x.png")]


def test_two_files_with_one_name_both_go() -> None:
    twins = (WIDE, media("b.jpg", alt="x"), replace(media("c.jpg"), name="a.jpg"))
    what = post("![](a.jpg)\n\n甲", twins)
    inside = [want.media for want in PLATFORM.wants(what) if want.role == "inline"]
    assert inside == [twins[0], twins[1], twins[2]]
    assert len(options.places(what)) == 3 and "[03 a.jpg (3)]" in PLATFORM.handoff(what).pieces[1].html


def test_each_file_gets_the_rule_of_where_it_goes() -> None:
    cover, inline = PLATFORM.wants(post())
    assert cover.rule == limits.COVER and inline.rule == limits.INLINE
    assert inline.rule.formats == ("image/jpeg", "image/png") and inline.rule.bytes
    assert inline.rule.bytes.value < 1_000_000
    slides = PLATFORM.wants(post(pictures=(WIDE, media("b.jpg")), options={"type": "image"}))
    assert [want.role for want in slides] == ["image", "image"]


@pytest.mark.parametrize(("size", "pixels"), [
    ((4000, 3000), 1_200_000), ((3000, 6000), 1_200_000), ((1080, 8000), 1080 * 8000), ((2160, 16000), 1080 * 8000),
    ((100, 10_000), 12_000_000), ((0, 0), 1_200_000),
])
def test_a_long_picture_stays_wide_enough_to_be_read(size: tuple[int, int], pixels: int) -> None:
    rule = PLATFORM.wants(post(pictures=(media("a.jpg", *size),)))[1].rule
    assert rule is not None and rule.pixels is not None and rule.pixels.value == pixels


def test_by_hand_it_is_what_is_attached() -> None:
    clip = media("b.mp4", kind="video")
    assert wants(post("![](https://e.com/x.png)", (WIDE, clip), mode="assisted")) == [
        ("cover", "a.jpg"), ("", "a.jpg"), ("", "b.mp4")]
    assert wants(post(pictures=(WIDE,), mode="kit", options={"type": "image"})) == [("", "a.jpg")]


@given(st.lists(st.sampled_from(["甲\n\n", "![](a.jpg)\n\n", "![](b.jpg) ", "![](https://e.com/x.png)", "<b>"])))
def test_checks_and_files_say_the_same_of_pictures(parts: list[str]) -> None:
    pictures: tuple[Media, ...] = (WIDE, media("b.jpg"))
    what = post("".join(parts) or "甲", pictures)
    inside = [want for want in PLATFORM.wants(what) if want.role == "inline"]
    outside = found(what).get("wechat.images_outside")
    assert sum(not want.media for want in inside) == (outside.values["count"] if outside else 0)
    assert {want.media.name for want in inside if want.media} == {"a.jpg", "b.jpg"}
