"""The practice page: whole or not there, one post however often it is sent, and exactly what was written."""

from __future__ import annotations

import errno
import json
import os
import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.errors import Later, Refused
from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.base import Upload
from studio.platforms.practice import page, publisher
from studio.platforms.practice.publisher import Shelf
from tests.platforms.fakes import NOW, Offline, access, content, media, unheld, upload

PRACTICE = get("practice")
Sent = tuple[dict[str, Any], list[dict[str, Any]], Any]


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "practice"
        self.access = access(Account("a", "practice"), Offline(), self.folder)
        self.publisher = PRACTICE.publisher(self.access)
        photo, clip = folder / "photo.png", folder / "clip.mp4"
        photo.write_bytes(b"\x89PNG" + b"p" * 3_000_000)
        clip.write_bytes(b"clip" * 10)
        self.uploads = [
            upload(photo, "image/png", 'A "cup" <b>&\r\nof tea', 40, 30),
            upload(clip, "video/mp4", "Ten seconds", kind="video"),
        ]

    def send(self, what: Content, uploads: list[Upload] | None = None) -> Sent:
        files = self.uploads if uploads is None else uploads
        plan = json.loads(json.dumps(self.publisher.plan(what, files)))
        handles = [self.publisher.stage(n, u, plan, unheld()) for n, u in enumerate(files)]
        return plan, handles, self.publisher.commit(what, files, plan, handles)

    def index(self) -> str:
        return (self.folder / "index.html").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def post(text: str = "周末好去处 https://a.cn/x?a=1&b=2。", **more: Any) -> Content:
    if "pictures" in more:
        return content("practice", text, language="zh_CN", **more)
    pictures = [media("photo.png"), media("clip.mp4", kind="video")]
    return content("practice", text, pictures=pictures, language="zh_CN", **more)


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_the_whole_way(desk: Desk) -> None:
    what = post(title="标题 <x>", link='https://example.com/?a="&b', tags=("咖啡", "#citywalk"))
    plan, _, receipt = desk.send(what)
    proof = desk.publisher.read_back(what, desk.uploads, plan, receipt)
    assert proof.whole and proof.at == NOW and proof.url.startswith("file://")
    assert [line.what for line in proof.lines] == [
        "title", "text", "link", "tags", "media", "media:1", "alt:1", "media:2", "alt:2",
    ]
    key = plan["key"]
    assert files(desk.folder) == sorted(
        ["index.html", *(f"posts/{key}/{name}" for name in ("1.png", "2.mp4", "index.html", "post.json"))]
    )
    assert (desk.folder / "posts" / key / "1.png").read_bytes() == desk.uploads[0].path.read_bytes()
    assert "标题 &lt;x&gt;" in desk.index() and f"posts/{key}/1.png" in desk.index()


def test_the_newest_is_first_and_a_repeat_is_one_post(desk: Desk) -> None:
    first, second = desk.send(post("first")), desk.send(post("second"))
    again = desk.publisher.commit(post("first"), desk.uploads, first[0], first[1])
    assert again == first[2]
    keys = re.findall(r'<article id="(\w+)"', desk.index())
    assert keys == [second[0]["key"], first[0]["key"]]


def test_looking_tells_whether_it_is_there(desk: Desk) -> None:
    plan = desk.publisher.plan(post(), desk.uploads)
    handles = [desk.publisher.stage(n, u, plan, unheld()) for n, u in enumerate(desk.uploads)]
    assert desk.publisher.look(plan, handles) is None
    receipt = desk.publisher.commit(post(), desk.uploads, plan, handles)
    assert desk.publisher.look(plan, handles) == receipt


def test_a_crash_between_post_and_timeline_is_mended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: Shelf) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Shelf, "rebuild", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.send(post("survives"))
    assert not (desk.folder / "index.html").exists()
    assert PRACTICE.health(desk.access) == ()
    assert "survives" in desk.index()


def test_a_crash_before_the_move_leaves_no_post(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.publisher.plan(post(), desk.uploads)
    handles = [desk.publisher.stage(n, u, plan, unheld()) for n, u in enumerate(desk.uploads)]

    def crash(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.publisher.commit(post(), desk.uploads, plan, handles)
    assert desk.publisher.look(plan, handles) is None and Shelf(desk.folder).keys() == []
    receipt = desk.publisher.commit(post(), desk.uploads, plan, handles)
    assert desk.publisher.read_back(post(), desk.uploads, plan, receipt).whole


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, "workspace.full"), (errno.EROFS, "workspace.read_only"), (errno.EACCES, "workspace.read_only"),
])
def test_a_disk_that_refuses_leaves_nothing_half_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    plan = desk.publisher.plan(post(), desk.uploads)

    def refuse(_: int) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(Later) as later:
            desk.publisher.stage(0, desk.uploads[0], plan, unheld())
    assert later.value.findings[0].code == code
    assert files(desk.folder) == []


def test_a_disk_that_fills_at_the_last_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.publisher.plan(post(), desk.uploads)
    handles = [desk.publisher.stage(n, u, plan, unheld()) for n, u in enumerate(desk.uploads)]

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "no")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(Later):
            desk.publisher.commit(post(), desk.uploads, plan, handles)
    assert Shelf(desk.folder).keys() == []
    assert desk.publisher.commit(post(), desk.uploads, plan, handles)


def test_a_file_that_changed_or_went_away(desk: Desk) -> None:
    plan = desk.publisher.plan(post(), desk.uploads)
    desk.uploads[0].path.write_bytes(b"other")
    desk.uploads[1].path.unlink()
    for number, code in ((0, "media.swapped"), (1, "media.missing")):
        with pytest.raises(Refused) as refused:
            desk.publisher.stage(number, desk.uploads[number], plan, unheld())
        assert (refused.value.findings[0].code, refused.value.findings[0].field) == (code, f"media[{number}]")


def test_what_changed_afterwards_is_seen_in_the_proof(desk: Desk) -> None:
    plan, _, receipt = desk.send(post("hello"))
    place = desk.folder / "posts" / plan["key"]
    (place / "2.mp4").write_bytes(b"other")
    html = place / "index.html"
    html.write_text(html.read_text("utf-8").replace("hello", "bye"), "utf-8")
    proof = desk.publisher.read_back(post("hello"), desk.uploads, plan, receipt)
    assert [line.what for line in proof.lines if not line.same] == ["text", "media:2"]


def test_two_writers_lose_no_post(tmp_path: Path) -> None:
    """Each has its own publisher, as two processes would."""
    desks = [Desk(tmp_path) for _ in range(4)]

    def run(desk: Desk) -> None:
        for _ in range(5):
            desk.send(content("practice", "x"), [])

    threads = [threading.Thread(target=run, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(re.findall("<article", desks[0].index())) == 20
    assert not [name for name in files(desks[0].folder) if name.endswith(".part")]


def test_only_the_newest_are_on_the_timeline(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, "SHOWN", 2)
    for number in range(4):
        desk.send(content("practice", f"post {number}"), [])
    assert "post 3" in desk.index() and "post 1" not in desk.index() and "+2 older posts" in desk.index()


def test_what_blocks_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.publisher.plan(content("practice", "x" * 2001), [])


class _Scripts(HTMLParser):
    """Collects what could run or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "link", "base"):
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ("src", "href") and (value or "").lower().startswith("javascript")):
                self.bad.append(f"{tag} {name}")


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\'&lt;&amp;'


def test_nothing_of_a_post_can_run(desk: Desk) -> None:
    alt = upload(desk.uploads[0].path, "image/png", HOSTILE)
    what = content("practice", HOSTILE, title=HOSTILE, tags=(HOSTILE,), link=f"https://a.cn/{HOSTILE}".replace(" ", ""),
                   pictures=[media()])
    plan, _, receipt = desk.send(what, [alt])
    for html in (desk.index(), (desk.folder / "posts" / plan["key"] / "index.html").read_text("utf-8")):
        reader = _Scripts()
        reader.feed(html)
        assert reader.bad == [] and "default-src 'none'" in html
    assert desk.publisher.read_back(what, [alt], plan, receipt).whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=st.text(max_size=80), alt=st.text(max_size=20), title=st.text(max_size=20))
def test_any_text_is_read_back_exactly(text: str, alt: str, title: str) -> None:
    one = {"file": "1.png", "kind": "image", "alt": alt, "width": 1, "height": 1, "position": ""}
    written = page.post_page({
        "key": "k", "at": "2026-11-24T09:30:00Z", "title": title, "text": text, "link": "", "tags": [],
        "language": "zh_TW", "media": [one],
    })
    found = page.read(written.encode().decode())
    assert (found.title, found.text, found.media) == (title, text, [("1.png", alt)])


@pytest.mark.parametrize(("language", "tag", "word"), [
    ("en", "en", "Practice account"), ("zh_CN", "zh-Hans", "演练账号"), ("zh_TW", "zh-Hant", "演練帳號"),
    ("fr", "en", "Practice account"),
])
def test_the_page_speaks_the_language_of_the_post(desk: Desk, language: str, tag: str, word: str) -> None:
    desk.send(content("practice", "x", language=language), [])
    assert f'<html lang="{tag}">' in desk.index() and f"<h1>{word}</h1>" in desk.index()
    assert "prefers-color-scheme: dark" in desk.index() and "稿" in desk.index()


def test_an_empty_page_says_so(desk: Desk) -> None:
    assert PRACTICE.health(desk.access) == ()
    assert "Nothing published yet" in desk.index()


def test_a_folder_that_cannot_be_written_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "practice").write_bytes(b"a file is in the way")
    found = PRACTICE.health(access(Account("a", "practice"), Offline(), tmp_path / "practice"))
    assert [f.code for f in found] == ["workspace.read_only"]


def test_all_three_languages_have_every_word() -> None:
    assert {frozenset(words) for words in page.WORDS.values()} == {frozenset(page.WORDS["en"])}


def test_a_post_in_chinese_that_says_no_language_gets_a_chinese_page(desk: Desk) -> None:
    desk.send(content("practice", "周末好去处", language=""), [])
    assert '<html lang="zh-Hans">' in desk.index() and 'lang="zh-Hans">\n<div class="text">' in desk.index()


def test_the_focal_point_is_kept_in_the_squares(desk: Desk) -> None:
    """A picture twice as wide as high, cut to its right half: all of the free way to the right."""
    wide = media("photo.png", 2000, 1000, focus=(0.9, 0.5))
    desk.send(post(pictures=[wide, media("clip.mp4", kind="video")]))
    assert 'style="object-position: 100.0% 50.0%"' in desk.index()
    assert desk.index().count("object-position") == 1


def test_what_was_staged_long_ago_is_swept(desk: Desk) -> None:
    plans = [desk.publisher.plan(post(), desk.uploads) for _ in range(2)]
    for plan in plans:
        desk.publisher.stage(0, desk.uploads[0], plan, unheld())
    old = Shelf(desk.folder).part(plans[0]["key"])
    os.utime(old, (NOW.timestamp() - 40 * 86_400,) * 2)
    os.utime(Shelf(desk.folder).part(plans[1]["key"]), (NOW.timestamp() - 86_400,) * 2)
    PRACTICE.health(desk.access)
    assert not old.exists() and Shelf(desk.folder).part(plans[1]["key"]).exists()
