"""What a note may be, counted as its page counts."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.finding import Finding
from studio.core.post import Content
from studio.platforms import get
from studio.platforms.xiaohongshu import rules
from tests.platforms.fakes import content, media

NOTE = get("xiaohongshu")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def note(text: str = "周末好去处", **more: Any) -> Content:
    return content("xiaohongshu", text, **{"mode": "assisted", "pictures": [media()], **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in NOTE.check(of)]


def only(of: Content, code: str) -> Finding:
    return next(f for f in NOTE.check(of) if f.code == code)


def test_a_good_note_has_no_findings() -> None:
    assert codes(note(title="周末去哪儿", tags=("咖啡", "#citywalk"))) == []
    assert codes(note("", pictures=[media("a.mp4", kind="video")])) == []


@pytest.mark.parametrize(("title", "number", "over"), [
    ("", 0, None), ("周" * 20, 20, None), ("周" * 21, 21, 20), ("a" * 40, 20, None), ("a" * 41, 21, 40),
    ("a", 1, None), ("周a", 2, None), ("周" * 19 + "ab", 20, None), ("周" * 19 + "abc", 21, 21),
    ("☕", 1, None), ("👍", 2, None), ("👍" * 10, 20, None), ("👍" * 10 + "!", 21, 10), ("é", 1, None),
])
def test_a_title_is_as_long_as_it_is_wide(title: str, number: int, over: int | None) -> None:
    count = NOTE.count(note(title=title))["title"]
    assert (count.count, count.limit, count.over) == (number, 20, over)
    found = [c for c in codes(note(title=title)) if c[1] == "title.too_long"]
    assert bool(found) is (number > 20)


@given(TEXTS)
def test_titles_by_utf_16(title: str) -> None:
    """Counted anew from the bytes of UTF-16, two by two."""
    raw = title.encode("utf-16-le")
    units = [int.from_bytes(raw[n : n + 2], "little") for n in range(0, len(raw), 2)]
    count = rules.title_count(title)
    assert count.count == math.ceil(sum(1 if unit < 128 else 2 for unit in units) / 2)
    assert (count.over is None) is (count.count <= 20)
    if count.over is not None:
        assert rules.title_count(title[: count.over]).count <= 20 < rules.title_count(title[: count.over + 1]).count


@given(TEXTS, st.lists(st.sampled_from(["咖啡", "a b", "#x", ""]), max_size=14))
def test_the_tags_count_with_the_text(text: str, tags: list[str]) -> None:
    what = note(text * 20, tags=tuple(tags))
    count = NOTE.count(what)["text"]
    assert count.count == len(rules.body(what).encode("utf-16-le")) // 2
    assert (count.over is None) is (count.count <= 1000)
    assert count.over is None or 0 < count.over <= len(what.text)


def test_a_thousand_characters() -> None:
    assert codes(note("周" * 1000)) == []
    assert only(note("周" * 1001), "text.too_long").values == {"count": 1001, "limit": 1000}
    assert NOTE.count(note("  " + "周" * 1001))["text"].over == 1002
    assert codes(note("周" * 997, tags=("咖啡",))) == [("error", "text.too_long", "text")]
    assert NOTE.count(note("周" * 996, tags=("咖啡",)))["text"].count == 1000


def test_what_a_note_is_made_of() -> None:
    assert codes(note(pictures=[])) == [("error", "xiaohongshu.needs_media", "media")]
    assert codes(note(pictures=[media(str(n)) for n in range(18)])) == []
    assert only(note(pictures=[media(str(n)) for n in range(19)]), "media.too_many").values["limit"] == 18
    clip = media("a.mp4", kind="video")
    assert codes(note(pictures=[media(), clip])) == [("error", "media.clip_alone", "media")]
    assert codes(note(pictures=[clip, clip])) == [("error", "media.too_many_videos", "media")]
    sound = codes(note(pictures=[media("a.mp3", kind="audio")]))
    assert sound == [("error", "media.kind_not_supported", "media[0]")]


def test_a_clip_is_not_stopped_for_a_size_that_is_only_advised() -> None:
    rule = NOTE.video_rule({})
    assert rule is not None and (rule.most.value, rule.bytes, rule.seconds) == (1, None, None)


@pytest.mark.parametrize(("chosen", "most"), [("9", 9), ("18", 18), ("20", 20), ("", 18), ("lots", 18), ("0", 18)])
def test_the_number_of_pictures_is_the_apps(chosen: str, most: int) -> None:
    known = {"set.images": chosen}
    assert codes(note(pictures=[media(str(n)) for n in range(most)], identity=known)) == []
    assert codes(note(pictures=[media(str(n)) for n in range(most + 1)], identity=known))
    rule = NOTE.image_rule(known)
    assert rule is not None and rule.most.value == most
    assert [want.rule for want in NOTE.wants(note(identity=known))] == [rule]


def test_tags() -> None:
    what = note(tags=("咖啡", "＃咖啡", "two words", "", *(f"t{n}" for n in range(10))))
    assert codes(what) == [
        ("warning", "xiaohongshu.tag_left_out", "tags[2]"), ("warning", "xiaohongshu.tag_left_out", "tags[3]"),
        ("warning", "tags.too_many", "tags"),
    ]
    assert only(what, "tags.too_many").values == {"count": 11, "limit": 10}
    assert rules.tag_line(what) == "#咖啡 " + " ".join(f"#t{n}" for n in range(9))


def test_a_link_has_no_place() -> None:
    assert codes(note(link="https://example.com/a")) == [("info", "xiaohongshu.no_links", "link")]
    assert "example.com" not in rules.body(note(link="https://example.com/a"))


def test_what_cannot_be_written_is_found() -> None:
    assert codes(note("half \ud83d"))[0] == ("error", "text.surrogates", "text")
    assert NOTE.count(note("half \ud83d", title="\ud83d"))["title"].count == 1
