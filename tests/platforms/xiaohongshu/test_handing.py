"""What a person gets into their hands, and the address they bring back."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.post import Account
from studio.platforms import get
from studio.platforms.base import Access
from tests.platforms.fakes import Offline, access, content, media

NOTE = get("xiaohongshu")
ID = "65f0c1a2000000001203abcd"
LANGUAGES = ("en", "zh_CN", "zh_TW")


@pytest.mark.parametrize("mode", ["assisted", "kit"])
def test_a_note_of_pictures(mode: str) -> None:
    what = content(
        "xiaohongshu", "\n周末去了旧书店\n", mode=mode, title=" 旧书店 ", tags=("#咖啡", "two words", "citywalk"),
        link="https://example.com", pictures=[media("1"), media("2")],
    )
    handed = NOTE.handoff(what)
    assert handed.page == "https://creator.xiaohongshu.com/publish/publish?source=official" and handed.files
    assert [(p.name, p.text, p.count, p.limit) for p in handed.pieces] == [
        ("title", "旧书店", 3, 20), ("text", "周末去了旧书店", 21, 1000), ("tags", "#咖啡 #citywalk", 2, 10),
    ]
    said = [words.zh_CN for words in handed.ticks]
    assert "上传图文" in said[0] and "第一张就是封面" in said[1] and "话题" in said[2] and len(said) == 4


def test_a_note_of_a_clip() -> None:
    handed = NOTE.handoff(content("xiaohongshu", "", mode="kit", pictures=[media("a.mp4", kind="video")]))
    assert handed.pieces == () and handed.files
    assert ["上传视频" in words.say("zh_CN") for words in handed.ticks] == [True, False]


@pytest.mark.parametrize(("pasted", "handle"), [
    (f"https://www.xiaohongshu.com/explore/{ID}?xsec_token=AB&xsec_source=pc_share", {"id": ID}),
    (f"https://www.xiaohongshu.com/discovery/item/{ID}/", {"id": ID}),
    (f"62 梅发布了一篇小红书笔记，快来看吧！ https://xiaohongshu.com/explore/{ID} 复制本条信息", {"id": ID}),
    ("http://xhslink.com/a/AbC123, 复制本条信息，打开【小红书】App查看", {"short": "AbC123"}),
    ("https://xhslink.com/AbC123", {"short": "AbC123"}),
])
def test_what_is_pasted_back(pasted: str, handle: dict[str, str]) -> None:
    link = NOTE.link(pasted)
    assert link is not None and dict(link.handle) == handle and "xsec" not in link.url
    assert link.url.startswith("https://")


@pytest.mark.parametrize("pasted", [
    "", "已发布", f"https://www.xiaohongshu.com/user/profile/{ID}", "https://www.xiaohongshu.com/explore",
    f"https://xiaohongshu.com.example.com/explore/{ID}", f"https://www.xiaohongshu.com/explore/{ID}0",
    f"https://www.xiaohongshu.com/explore/{ID[1:]}",
    "https://creator.xiaohongshu.com/publish/success", "https://xhslink.com/",
])
def test_what_is_no_note(pasted: str) -> None:
    assert NOTE.link(pasted) is None


def given(folder: Path, mode: str = "assisted") -> Access:
    return access(Account("a", "xiaohongshu", mode, name="Mei"), Offline(), folder)  # type: ignore[arg-type]


def test_nothing_is_asked_over_there(tmp_path: Path) -> None:
    link = NOTE.link(f"https://www.xiaohongshu.com/explore/{ID}")
    assert link is not None and NOTE.verify(given(tmp_path), content("xiaohongshu", "x", mode="assisted"), link) is None
    assert NOTE.prepare(given(tmp_path), content("xiaohongshu", "x", mode="assisted")) is None
    assert NOTE.insights(given(tmp_path)) is None and NOTE.health(given(tmp_path)) == ()
    assert [(f.severity, f.code) for f in NOTE.doctor(given(tmp_path))] == [("info", "doctor.by_hand")]


def test_covers_and_settings() -> None:
    assert [(c.width, c.height) for c in NOTE.covers] == [(1080, 1440)]
    assert NOTE.setting({}, "images") == "18" and NOTE.setting({"set.images": "9"}, "images") == "9"
