"""What the contract server of the WeChat API knows, and what it refuses. Each rule names its source.

DOC: the official pages on developers.weixin.qq.com as of 2026-11-22 (facts sheet, sections 1.1 to 1.13). COM: the
platform's own community, real answers. SDK: WxJava and wechatpy enums. A rule whose code no source gives is marked
`contract-choice`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

BEIJING = timezone(timedelta(hours=8))
OWN_HOSTS = ("mmbiz.qpic.cn", "mmbiz.qlogo.cn")
IMAGE = re.compile(r"<img\b[^>]*?\bsrc=\"([^\"]*)\"[^>]*>")
MOST_INSIDE, MOST_LIBRARY = 1 << 20, 10 << 20  # DOC: uploadimg under 1 MB, add_material 10 MB
SIGNATURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"), (b"BM", "bmp"))


class Wrong(Exception):
    """An answer with an error code; HTTP 200, always."""

    def __init__(self, code: int, message: str, **more: Any) -> None:
        self.code, self.message, self.more = code, message, more
        super().__init__(code)


@dataclass(slots=True)
class Token:
    value: str
    ends: datetime
    dead: int = 0  # the code it is refused with from now on


@dataclass(slots=True)
class Material:
    id: str
    kind: str
    url: str
    sha256: str
    size: int


@dataclass(slots=True)
class Draft:
    id: str
    article: dict[str, Any]
    made: datetime


@dataclass(slots=True)
class Job:
    """One publish job. script: states it goes through, one per poll; the last one stays."""

    id: int
    number: int
    draft: Draft
    script: list[int]
    article: str = ""


@dataclass(slots=True)
class Published:
    id: str
    number: int
    article: dict[str, Any]
    url: str
    at: datetime
    comments: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False


class State:
    """One account (`app_id`, `secret`) and everything it has.

    verified     False: freepublish, comments and datacube answer 48001
    address      where calls come from; not in `listed` (None: no list): 40164
    polls        how often a job says "under way" before `outcome`
    strings      True: numbers are written as texts
    html_limit   True: the 20,000 characters count tags as well (not said by DOC)
    quota        calls left of a path, by path; at 0 it answers 45009
    stripped     addresses of foreign pictures that were taken out of drafts
    codes        path -> codes that the next calls of it answer with, each once
    stored       SHA-256 of every picture that was taken, in order; `places` has where each went
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.app_id, self.secret = "wx" + "0123456789abcdef", "s3cret-of-the-app-0001"
        self.verified, self.address, self.strings, self.html_limit = True, "203.0.113.7", False, False
        self.listed: set[str] | None = None
        self.polls, self.outcome, self.comments_open, self.ready_day = 1, 0, True, True
        self.tokens: dict[str, Token] = {}
        self.materials: dict[str, Material] = {}
        self.drafts: dict[str, Draft] = {}
        self.jobs: dict[int, Job] = {}
        self.published: dict[str, Published] = {}
        self.quota: dict[str, int] = {}
        self.codes: dict[str, list[int]] = {}
        self.stripped: list[str] = []
        self.stored: list[str] = []
        self.places: list[tuple[str, str]] = []
        self.forced: list[datetime] = []
        self.escaped: list[str] = []
        self.library = 0  # pictures that were there before
        self.new_statistics = True  # False: only the old names are known
        self._made = 2650177668

    def number(self) -> int:
        self._made += 1
        return self._made

    def name(self, kind: str) -> str:
        """An id as long as the platform's."""
        return hashlib.sha256(f"{kind}{self.number()}".encode()).hexdigest()[:43]

    # tokens ------------------------------------------------------------------------------------------------------

    def sign(self, app_id: str, secret: str) -> None:
        """DOC: stable_token: 40013, 40125, 41002, 41004; COM: 40164."""
        if not app_id:
            raise Wrong(41002, "appid missing")
        if not secret:
            raise Wrong(41004, "appsecret missing")
        self.where()
        if app_id != self.app_id:
            raise Wrong(40013, "invalid appid")
        if secret != self.secret:
            raise Wrong(40125, "invalid appsecret")

    def where(self) -> None:
        if self.listed is not None and self.address not in self.listed:
            raise Wrong(40164, f"invalid ip {self.address} ipv6 ::ffff:{self.address}, not in whitelist")

    def stable(self, force: bool) -> Token:
        """DOC: the same token with what is left of it, refreshed 5 minutes before its end; forced: a new one, at most
        20 a day and 30 s apart (45009, 45011)."""
        living = [t for t in self.tokens.values() if not t.dead and t.ends - self.now() > timedelta(minutes=5)]
        if living and not force:
            return living[-1]
        if force:
            if self.forced and self.now() - self.forced[-1] < timedelta(seconds=30):
                raise Wrong(45011, "api minute-quota reach limit, must slower, retry next minute")
            self.forced.append(self.now())
            for token in self.tokens.values():
                token.dead = token.dead or 40001
        return self.fresh()

    def fresh(self) -> Token:
        made = Token(f"{self.number()}_{self.name('token')}", self.now() + timedelta(seconds=7200))
        self.tokens[made.value] = made
        return made

    def allow(self, token: str) -> None:
        """DOC, COM: 41001 missing, 40001 unknown, 42001 expired."""
        if not token:
            raise Wrong(41001, "access_token missing")
        known = self.tokens.get(token)
        if known is None:
            raise Wrong(40001, "invalid credential, access_token is invalid or not latest")
        if known.dead:
            raise Wrong(known.dead, "invalid credential, access_token is invalid or not latest")
        if known.ends <= self.now():
            raise Wrong(42001, "access_token expired")
        self.where()

    def expire_token(self, code: int = 42001) -> None:
        """Every token there is, from now on."""
        for token in self.tokens.values():
            token.dead = code

    def use(self, path: str) -> None:
        """Quota and scripted codes. COM: 45009."""
        if self.codes.get(path):
            raise Wrong(self.codes[path].pop(0), "scripted by the test")
        if path in self.quota:
            if self.quota[path] <= 0:
                raise Wrong(45009, "reach max api daily quota limit")
            self.quota[path] -= 1

    def must_be_verified(self) -> None:
        """DOC guide/product/publish; COM: 48001 on freepublish of an unverified account."""
        if not self.verified:
            raise Wrong(48001, "api unauthorized")

    # pictures ----------------------------------------------------------------------------------------------------

    def picture(self, place: str, body: bytes, kinds: tuple[str, ...], most: int) -> str:
        """DOC: kinds and sizes; COM: 41005. 40005 and 40009 are named by SDK."""
        if not body:
            raise Wrong(41005, "media data missing")
        kind = next((name for start, name in SIGNATURES if body.startswith(start)), "")
        if kind not in kinds:
            raise Wrong(40005, "invalid file type")
        if len(body) >= most:
            raise Wrong(40009, "invalid image size")
        self.stored.append(hashlib.sha256(body).hexdigest())
        self.places.append((place, self.stored[-1]))
        return kind

    def inside(self, body: bytes) -> str:
        kind = self.picture("article", body, ("jpg", "png"), MOST_INSIDE)
        return f"http://mmbiz.qpic.cn/mmbiz_{kind}/{self.name('img')}/0?wx_fmt={kind}"

    def keep(self, body: bytes) -> Material:
        kind = self.picture("library", body, ("jpg", "png", "gif", "bmp"), MOST_LIBRARY + 1)
        if self.library + len(self.materials) >= 100_000:
            raise Wrong(45101, "hit upload limit")
        id = self.name("material")
        url = f"http://mmbiz.qpic.cn/mmbiz_{kind}/{id}/0?wx_fmt={kind}"
        made = Material(id, kind, url, self.stored[-1], len(body))
        self.materials[id] = made
        return made

    # drafts ------------------------------------------------------------------------------------------------------

    def draft(self, given: Mapping[str, Any]) -> Draft:
        """DOC Draft_Box/Add_draft."""
        articles = given.get("articles")
        if not isinstance(articles, list) or not articles or not isinstance(articles[0], dict):
            raise Wrong(44003, "empty news data")
        article = dict(articles[0])
        self._fields(article)
        self._cover(article)
        article["content"] = self._own_pictures(str(article["content"]))
        made = Draft(self.name("draft"), article, self.now())
        self.drafts[made.id] = made
        return made

    def _fields(self, article: dict[str, Any]) -> None:
        """Lengths: which code belongs to which field is a contract-choice (45002, 45003, 45004 are named by SDK)."""
        content = str(article.get("content") or "")
        if not article.get("title") or len(str(article["title"])) > 64:
            raise Wrong(45003, "title size out of limit")
        if len(str(article.get("digest") or "")) > 128:
            raise Wrong(45004, "description size out of limit")
        if len(str(article.get("author") or "")) > 16:
            raise Wrong(45002, "author size out of limit")  # contract-choice
        counted = content if self.html_limit else re.sub(r"<[^>]*>", "", content)
        if not content or len(counted) >= 20_000 or len(content.encode()) >= 1_000_000:
            raise Wrong(45002, "content size out of limit")
        if len(str(article.get("content_source_url") or "").encode()) > 1024:
            raise Wrong(45002, "content_source_url size out of limit")  # contract-choice
        if re.search(r"javascript:|<script|\son\w+=", content, re.IGNORECASE):
            raise Wrong(45166, "invalid content")  # COM
        for name in ("pic_crop_235_1", "pic_crop_1_1"):
            self._crop(str(article.get(name) or ""))

    @staticmethod
    def _crop(value: str) -> None:
        """DOC: "X1_Y1_X2_Y2", 0 to 1, six decimals at most. The code is a contract-choice."""
        if not value:
            return
        parts = value.split("_")
        fits = len(parts) == 4 and all(re.fullmatch(r"0(\.\d{1,6})?|1(\.0{1,6})?", part) for part in parts)
        if not fits or float(parts[0]) >= float(parts[2]) or float(parts[1]) >= float(parts[3]):
            raise Wrong(47001, "data format error")

    def _cover(self, article: dict[str, Any]) -> None:
        """DOC: news needs a permanent thumb, newspic 1 to 20 permanent pictures and plain text."""
        if article.get("article_type", "news") == "news":
            if article.get("thumb_media_id") not in self.materials:
                raise Wrong(40007, "invalid media_id")
            return
        slides = (article.get("image_info") or {}).get("image_list") or []
        ids = [slide.get("image_media_id") for slide in slides]
        if not 1 <= len(ids) <= 20 or any(id not in self.materials for id in ids):
            raise Wrong(40007, "invalid media_id")
        if "<" in article["content"] and re.search(r"<\w+[^>]*>", article["content"]):
            article["content"] = re.sub(r"<[^>]*>", "", article["content"])

    def _own_pictures(self, content: str) -> str:
        """DOC: addresses of pictures that are not the platform's are filtered, without a word."""
        def own(found: re.Match[str]) -> str:
            if urlsplit(found[1]).hostname in OWN_HOSTS:
                return found[0]
            self.stripped.append(found[1])
            return ""

        return IMAGE.sub(own, content)

    # publishing --------------------------------------------------------------------------------------------------

    def submit(self, media_id: str) -> Job:
        """DOC freepublish/submit: 0 only says that the job was taken."""
        self.must_be_verified()
        draft = self.drafts.get(media_id)
        if draft is None:
            raise Wrong(40007, "invalid media_id")
        job = Job(self.number(), self.number(), draft, [*[1] * self.polls, self.outcome])
        self.jobs[job.id] = job
        return job

    def poll(self, id: int) -> tuple[Job, int]:
        """One step of its script; a draft that is published leaves the box."""
        self.must_be_verified()
        job = self.jobs.get(id)
        if job is None:
            raise Wrong(53502, "invalid publish_id")
        return job, self.step(job)

    def step(self, job: Job) -> int:
        state = job.script.pop(0) if len(job.script) > 1 else job.script[0]
        if state == 0 and not job.article:
            job.article = self.publish(job)
        return state

    def publish(self, job: Job) -> str:
        """As a job that succeeded does it."""
        self.drafts.pop(job.draft.id, None)
        id = self.name("article")
        url = f"https://mp.weixin.qq.com/s?__biz=MzA4MDEyMzQ1Ng==&mid={job.number}&idx=1&sn={id[:32]}"
        self.published[id] = Published(id, job.number, job.draft.article, url, self.now())
        return id

    def finish(self) -> None:
        """Every job that will succeed does so now, whether anybody asks or not."""
        for job in self.jobs.values():
            while not job.article and job.script[-1] == 0:
                self.step(job)

    def article(self, number: int) -> Published | None:
        return next((p for p in self.published.values() if p.number == number), None)
