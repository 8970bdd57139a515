"""Checks that many platforms share."""

from __future__ import annotations

import pytest

from studio.core.finding import Finding
from studio.core.post import Media
from studio.platforms import checks, get
from tests.platforms.fakes import content, media

CLIP = media("a.mp4", 1080, 1920, "", kind="video")
SOUND = media("a.mp3", 0, 0, "", kind="audio")


def told(found: list[Finding]) -> list[tuple[str, str, str]]:
    return [(each.severity, each.code, each.field) for each in found]


@pytest.mark.parametrize(("tag", "clean"), [(" #咖啡 ", "咖啡"), ("＃ a b", "a b"), ("##", ""), ("c#", "c#")])
def test_a_tag_is_its_word(tag: str, clean: str) -> None:
    assert checks.clean_tag(tag) == clean


@pytest.mark.parametrize(("chosen", "number"), [("2000", 2000), ("0", 250), ("", 250), ("-1", 250), ("１２", 250)])
def test_a_setting_is_a_number_or_the_usual_one(chosen: str, number: int) -> None:
    assert checks.number_of(chosen, 250) == number


def test_pictures_or_one_clip() -> None:
    def of(*files: Media) -> list[tuple[str, str, str]]:
        return told(checks.pictures_or_clip(content("x", pictures=files), "there"))

    assert of(media(), media()) == of(CLIP) == of() == []
    assert of(SOUND) == [("error", "media.kind_not_supported", "media[0]")]
    assert of(CLIP, CLIP) == [("error", "media.too_many_videos", "media")]
    assert of(media(), CLIP) == [("error", "media.clip_alone", "media")]


def test_only_pictures_need_a_description() -> None:
    what = content("x", pictures=(media(alt=" "), media(alt="A cup"), CLIP))
    assert told(checks.undescribed(what, "there")) == [("warning", "media.no_alt", "media[0].alt")]


def test_a_link_is_a_web_address_or_nothing() -> None:
    assert [bool(checks.no_address(content("x", link=link), "there")) for link in (
        "", " ", " https://a.cn/x ", "a.cn", "https://a .cn")] == [False, False, False, True, True]


def test_an_empty_tag_is_none() -> None:
    found = checks.not_one_word(("", "#", "a b", "咖啡"), str.isalnum, "there")
    assert told(found) == [("warning", "tags.not_one_word", "tags[2]")]


@pytest.mark.parametrize("platform", ["bilibili", "linkedin", "telegram", "threads", "twitter", "youtube"])
def test_spaces_around_a_link_are_not_sent(platform: str) -> None:
    what = content(platform, "x", link=" https://a.cn/x ", mode="assisted")
    assert "link.unreadable" not in {found.code for found in get(platform).check(what)}
