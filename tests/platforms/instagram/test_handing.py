"""What a person gets into their hands, and the address they bring back."""

from __future__ import annotations

import pytest

from studio.platforms import get
from tests.platforms.fakes import content, media

IG = get("instagram")
CLIP = media("a.mp4", 1080, 1920, kind="video")


def test_the_caption_with_its_tags() -> None:
    files = [media("1"), media("2")]
    what = content("instagram", " 周末 #咖啡 ", mode="assisted", tags=("咖啡", "citywalk"), pictures=files)
    handed = IG.handoff(what)
    assert handed.page == "https://www.instagram.com/" and handed.files
    assert [(p.name, p.text, p.count, p.limit) for p in handed.pieces] == [
        ("text", "周末 #咖啡\n\n#citywalk", 17, 2200)]
    said = [words.en for words in handed.ticks]
    assert len(said) == 4 and "order" in said[1] and "Original" in said[2] and "descriptions" in said[3]


def test_a_reel_has_a_cover() -> None:
    said = [words.zh_CN for words in IG.handoff(content("instagram", "", mode="kit", pictures=[CLIP])).ticks]
    assert said == ["点加号，选“帖子”", "给 Reels 选封面"]
    assert [(c.width, c.height) for c in IG.covers] == [(1080, 1350), (420, 654)]


@pytest.mark.parametrize("pasted", [
    "", "https://www.instagram.com/mei.test/", "https://www.instagram.com/", "https://www.instagram.com/stories/mei/12345/",
    "https://instagram.com.example.com/p/DB4xYz_-9aQ/", "https://www.instagram.com/p/", "https://www.instagram.com/explore/",
])
def test_what_is_no_post(pasted: str) -> None:
    assert IG.link(pasted) is None


def test_the_profile_is_a_grid() -> None:
    assert IG.profile is not None and (IG.profile.columns, IG.profile.ratio, IG.profile.gap) == (3, 0.75, 1)
