from __future__ import annotations

from typing import Any

from studio.platforms.practice import rules
from tests.platforms.fakes import content, media


def codes(text: str = "hello", **more: Any) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in rules.check(content("practice", text, **more))]


def test_a_good_post_has_no_findings() -> None:
    assert codes("周" * 2000, title="x" * 120, pictures=[media()] * 18, link="https://a.cn", tags=("a",)) == []


def test_limits() -> None:
    assert codes("周" * 2001) == [("error", "text.too_long", "text")]
    assert codes(title="x" * 121) == [("error", "title.too_long", "title")]
    assert codes(pictures=[media()] * 19) == [("error", "media.too_many", "media")]
    clips = [media(f"{n}.mp4", kind="video") for n in range(5)]
    assert codes(pictures=clips) == [("error", "media.too_many_videos", "media")]


def test_counts_say_where_the_limit_is_passed() -> None:
    counts = rules.count(content("practice", "周" * 2003, title="T"))
    assert (counts["text"].count, counts["text"].over, counts["title"].count) == (2003, 2000, 1)
    assert counts["title"].over is None


def test_the_rest() -> None:
    assert codes(" ") == [("error", "post.empty", "text")]
    assert codes("", pictures=[media()]) == [] and codes("", title="T") == [] and codes("", link="https://a.cn") == []
    assert codes(pictures=[media(alt="")]) == [("warning", "media.no_alt", "media[0].alt")]
    assert codes(pictures=[media("a.mp3", kind="audio")]) == [("error", "media.kind_not_supported", "media[0]")]
    assert codes(link="nonsense") == [("error", "link.unreadable", "link")]
    assert codes("at https://a.cn", link="https://a.cn") == [("info", "link.twice", "link")]
    assert codes("\ud800") == [("error", "text.surrogates", "text")]
