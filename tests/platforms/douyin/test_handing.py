"""By hand: what the creator page asks for, the QR code, and the link that is pasted back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.core.errors import Refused
from studio.core.handoff import Link
from studio.core.post import Content
from tests.platforms.douyin.desk import PLATFORM, TEXT, Desk, clip, codes, photo
from tests.platforms.fakes import Offline, access, content, media
from tests.servers.douyin import Douyin

BASE = "https://files.example.com/posts"


def by_hand(desk: Desk, folder: Path, text: str = TEXT, pictures: int = 0, **more: Any) -> Content:
    uploads = [photo(folder, n) for n in range(pictures)] or [clip(folder)]
    return desk.post(text, uploads, mode="assisted", **more)


def test_what_the_creator_page_asks_for() -> None:
    what = content(
        "douyin", "去哪儿喝 #咖啡", pictures=[media("a.jpg")], mode="assisted", title="周末", tags=("咖啡", "散步"),
        link="https://example.com", options={"ai_generated": True, "visibility": "private"})
    made = PLATFORM.handoff(what)
    assert made.page == "https://creator.douyin.com/creator-micro/content/upload" and made.files and not made.draft
    assert [(p.name, p.text, p.count, p.limit) for p in made.pieces] == [
        ("title", "周末", 2, 20), ("text", "去哪儿喝 #咖啡", 12, 1000), ("tags", "#散步", 3, None)]
    assert [t.zh_CN[:6] for t in made.ticks] == ["在上传区上方", "在“自主声明", "“谁可以看”"]
    assert made.scan == ""


def test_empty_pieces_are_left_out_and_a_drafts_handle_is_no_code() -> None:
    made = PLATFORM.handoff(content("douyin", "", pictures=[media(kind="video")], mode="assisted"), {"id": "x"})
    assert made.pieces == () and made.ticks == () and made.scan == ""


# the QR code ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pictures", [0, 2])
def test_the_code_is_signed_as_the_app_checks_it(desk: Desk, server: Douyin, tmp_path: Path, pictures: int) -> None:
    desk.sign_in(**{"set.media_base": f"{BASE}/"})
    what = by_hand(desk, tmp_path, pictures=pictures, title="周末", tags=("散步",), options={"visibility": "friends"})
    made = PLATFORM.prepare(desk.access(), what)
    scan = PLATFORM.handoff(what, made).scan
    asked = dict(parse_qsl(urlsplit(scan).query))
    if pictures:
        assert asked["image_list_path"] == f'["{BASE}/photo0.jpg", "{BASE}/photo1.jpg"]' and "video_path" not in asked
    else:
        assert asked["video_path"] == f"{BASE}/My%20secret%20street.mp4"
    assert asked["title"] == f"{TEXT} #散步" and asked["short_title"] == "周末"
    assert asked["hashtag_list"] == '["咖啡", "散步"]' and asked["private_status"] == "2"
    assert desk.app.secret not in scan and desk.secrets["access_token"] not in scan
    server.state.scan(scan, desk.mei)
    assert server.state.texts() == [f"{TEXT} #散步"]


def test_the_newer_call_makes_one_for_a_video(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    desk.sign_in(**{"set.media_base": BASE, "set.share_way": "get_share"})
    made = PLATFORM.prepare(desk.access(), by_hand(desk, tmp_path))
    assert made is not None and made["scan"].startswith("snssdk1128://webview?url=")
    assert server.calls("get_share")[0].given["hashtag_list"] == ["咖啡"]
    pictures = PLATFORM.prepare(desk.access(), by_hand(desk, tmp_path, pictures=2))
    assert pictures is not None and pictures["scan"].startswith("snssdk1128://openplatform/share?")


@pytest.mark.parametrize("identity", [
    {}, {"set.media_base": "http://files.example.com"}, {"set.media_base": "files.example.com/x"},
    {"set.media_base": "https://files.example.com/x?key=1"}, {"set.media_base": "https://["},
])
def test_without_public_storage_nothing_is_asked(desk: Desk, tmp_path: Path, identity: dict[str, str]) -> None:
    desk.sign_in(**identity)
    assert PLATFORM.prepare(replace(desk.access(), transport=Offline()), by_hand(desk, tmp_path)) is None


@pytest.mark.parametrize("name", ["a.webp", "a.heic", "a.gif", "a", "a.webm"])
def test_what_the_app_does_not_fetch_has_no_code(desk: Desk, name: str) -> None:
    desk.sign_in(**{"set.media_base": BASE})
    what = content("douyin", "好", pictures=[media(name)], mode="assisted")
    with pytest.raises(Refused) as refused:
        PLATFORM.prepare(replace(desk.access(), transport=Offline()), what)
    assert codes(refused.value) == ["douyin.no_share"] and refused.value.findings[0].values["reason"] == name


def test_without_an_app_nothing_is_asked(desk: Desk, tmp_path: Path) -> None:
    desk.sign_in(**{"set.media_base": BASE})
    plain = access(desk.account, Offline(), tmp_path)
    assert PLATFORM.prepare(plain, by_hand(desk, tmp_path)) is None


@pytest.mark.parametrize("call", ["client_token", "getticket", "share-id"])
@pytest.mark.parametrize("fault", ["28001018", "5xx_before", "drop_before", "garbage"])
def test_a_post_is_handed_over_without_a_code_when_douyin_gives_none(
    desk: Desk, server: Douyin, tmp_path: Path, call: str, fault: str
) -> None:
    desk.sign_in(**{"set.media_base": BASE})
    server.fault(call, fault)
    with pytest.raises(Refused) as refused:  # said, and handed over without
        PLATFORM.prepare(desk.access(), by_hand(desk, tmp_path))
    assert codes(refused.value) == ["douyin.no_share"] and desk.learnt == {}


# the pasted link --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pasted", "handle"), [
    ("https://www.douyin.com/video/7215132967188970001", {"kind": "video", "video_id": "7215132967188970001"}),
    ("https://www.douyin.com/note/7215132967188970001?from=x", {"kind": "note", "video_id": "7215132967188970001"}),
    ("https://www.iesdouyin.com/share/video/7215132967188970001/?region=CN",
     {"kind": "video", "video_id": "7215132967188970001"}),
    ("7.92 复制打开抖音，看看【梅的作品】周末好去处 # 咖啡 https://v.douyin.com/iRNBho6u/ Vys:/ 02/04",
     {"code": "iRNBho6u"}),
    ("https://www.douyin.com/user/MS4wLjABAAAA", None), ("https://www.tiktok.com/video/7215132967188970001", None),
    ("https://douyin.com.evil.test/video/7215132967188970001", None), ("周末好去处", None), ("", None),
])  # fmt: skip
def test_a_link_is_known_for_what_it_is(pasted: str, handle: dict[str, str] | None) -> None:
    found = PLATFORM.link(pasted)
    assert (None if found is None else dict(found.handle)) == handle


def linked(video_id: str) -> Link:
    found = PLATFORM.link(f"https://www.douyin.com/video/{video_id}")
    assert found is not None
    return found


def test_our_own_work_is_compared(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    work = server.state.put(desk.mei, {"text": TEXT}, 4)
    proof = PLATFORM.verify(desk.access(mode="assisted"), by_hand(desk, tmp_path), linked(work.video_id))
    assert proof is not None and proof.whole and proof.url == f"https://www.douyin.com/video/{work.video_id}"
    changed = by_hand(desk, tmp_path, f"{TEXT}！来坐坐")  # people change a word while they paste
    other = PLATFORM.verify(desk.access(mode="assisted"), changed, linked(work.video_id))
    assert other is not None and not other.whole
    work.asked["text"] = f"周末 {TEXT}"  # Douyin may put the page's title before it
    titled = PLATFORM.verify(desk.access(mode="assisted"), by_hand(desk, tmp_path, title="周末"), linked(work.video_id))
    assert titled is not None and titled.whole


def test_another_work_of_ours_is_not_the_one_that_was_handed_over(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    work = server.state.put(desk.mei, {"text": "上个月的旧作品"}, 4)
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id))
    assert codes(refused.value) == ["handoff.not_it"]
    assert PLATFORM.verify(desk.access(), by_hand(desk, tmp_path, ""), linked(work.video_id)) is not None


def test_one_in_review_is_not_called_public(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    """Only the author sees it: its link has the right form, and that is all that can be said."""
    server.state.review = None
    work = server.state.put(desk.mei, {"text": TEXT}, 4)
    assert PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id)) is None
    server.state.review = 0
    work = server.state.put(desk.mei, {"text": TEXT}, 4)
    over = PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id))
    assert over is not None and over.whole and [line.what for line in over.lines] == ["text", "media", "visibility"]


def test_one_that_its_review_refused_is_no_post(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    server.state.verdict = 2
    work = server.state.put(desk.mei, {"text": TEXT}, 4)
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id))
    assert codes(refused.value) == ["douyin.not_suitable"]


def test_somebody_elses_is_refused(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    work = server.state.put(server.state.person("别人"), {"text": TEXT}, 4)
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id))
    assert codes(refused.value) == ["handoff.not_it"]


@pytest.mark.parametrize("scopes", [["user_info"], None])
def test_what_may_not_be_read_is_left_to_the_person(
    desk: Desk, server: Douyin, tmp_path: Path, scopes: list[str] | None
) -> None:
    work = server.state.put(desk.mei, {"text": TEXT}, 4)
    if scopes is None:  # not known: it is tried
        server.fault("video_data", "28001018")
        server.fault("video_list", "2190003")
    desk.sign_in(scopes)
    assert PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id)) is None
    nobody = access(desk.account, Offline(), tmp_path)
    assert PLATFORM.verify(nobody, by_hand(desk, tmp_path), linked(work.video_id)) is None


def test_the_code_tells_which_work_a_short_address_is(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    desk.sign_in(**{"set.media_base": BASE})
    what = by_hand(desk, tmp_path)
    made = PLATFORM.prepare(desk.access(), what)
    assert made is not None and desk.learnt["shared"] == f"post {made['share_id']}"
    short = PLATFORM.link("https://v.douyin.com/iRNBho6u/")
    assert short is not None and PLATFORM.verify(desk.access(), what, short) is None  # nobody scanned it yet
    work = server.state.scan(made["scan"], desk.mei)
    proof = PLATFORM.verify(desk.access(), what, short)
    assert proof is not None and proof.whole and proof.url.endswith(work.video_id)
    other = server.state.put(desk.mei, {"text": TEXT}, 4)
    with pytest.raises(Refused):
        PLATFORM.verify(desk.access(), what, linked(other.video_id))
    assert PLATFORM.verify(desk.access(), replace(what, post="another"), short) is None


def test_a_code_that_cannot_be_asked_about_is_no_reason(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    desk.sign_in(shared="post 123")
    work = server.state.put(desk.mei, {"text": TEXT}, 4)
    server.fault("share-id", "5xx_before")
    assert PLATFORM.verify(desk.access(), by_hand(desk, tmp_path), linked(work.video_id)) is not None
