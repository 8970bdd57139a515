"""What Douyin's open platform knows: apps, people, tokens, uploads, works and their reviews, shares.

DYD: developer.open-douyin.com, read 2026-11. SDK: models and samples of clients' kits, read 2026-11. What is marked
`contract-choice` is ours: the rule is documented and its code is not, or both follow from what is.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import md5
from typing import Any
from urllib.parse import parse_qsl, urlsplit

ACCESS, REFRESH, CODE, CLIENT, UPLOAD = (
    timedelta(days=15), timedelta(days=30), timedelta(minutes=10), timedelta(hours=2), timedelta(hours=2))  # DYD
RENEWALS = 5  # DYD: renew_refresh_token, at most five times
WHOLE, LEAST_PART = 128 << 20, 5 << 20  # DYD: upload page
TEXT, IMAGES = 1000, 30  # clients' checks before they send
ALL = ("user_info", "video.create.bind", "video.data.bind", "video.list.bind", "item.comment", "data.external.item",
       "renew_refresh_token", "open.get.ticket", "jump.basic")


class Wrong(Exception):
    """An error with HTTP 200. new: in the form with err_no."""

    def __init__(self, code: int, words: str, new: bool = False) -> None:
        super().__init__(f"{code} {words}")
        self.code, self.words, self.new = code, words, new


@dataclass(slots=True)
class App:
    key: str
    secret: str
    redirect: str
    scopes: tuple[str, ...]


@dataclass(slots=True)
class Person:
    """banned: may not post (2114005). left: posts of today's quota, None for no end."""

    open_id: str
    nickname: str
    role: str = ""
    banned: bool = False
    left: int | None = None


@dataclass(slots=True)
class Token:
    person: Person | None
    scopes: tuple[str, ...]
    ends: datetime
    renewed: int = 0


@dataclass(slots=True)
class Parts:
    made: datetime
    sizes: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Work:
    """polls: looks until its review is over. ends: video_status then, 5, 2, 6 or 7; 0: never."""

    item_id: str
    video_id: str
    owner: Person
    made: datetime
    asked: dict[str, Any]
    kind: int
    polls: int
    ends: int
    status: int = 4
    reviewed: bool = False
    top: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)


class State:
    """One platform. now: its clock, UTC.

    review          looks until a review is over, for works to come; None: it never is
    verdict         how it ends: 5 public, 2 not fit; other than public is as `private_status` asked
    long_videos     every video is over fifteen minutes
    least_part      bytes of a part that is not the last
    bare            items are told without media_type and is_reviewed (contract-choice: a platform that says less)
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.apps: dict[str, App] = {}
        self.people: dict[str, Person] = {}
        self.codes: dict[str, tuple[App, Person, tuple[str, ...], datetime]] = {}
        self.tokens: dict[str, Token] = {}
        self.refreshes: dict[str, Token] = {}
        self.clients: dict[str, tuple[App, datetime]] = {}
        self.tickets: dict[str, App] = {}
        self.shares: dict[str, str] = {}
        self.videos: dict[str, bool] = {}  # video_id of an upload -> used
        self.images: dict[str, bool] = {}
        self.parts: dict[str, Parts] = {}
        self.works: dict[str, Work] = {}
        self.sizes: list[int] = []
        self.review: int | None = 0
        self.verdict = 5
        self.long_videos = self.bare = False
        self.least_part = LEAST_PART
        self._made = 0

    def id(self, kind: str = "") -> str:
        """As the samples look; with the signs that an address must escape."""
        self._made += 1
        return f"@{kind}{self._made:03}{secrets.token_hex(6)}+/=="

    def number(self) -> str:
        """An id of digits, larger than 2**53."""
        self._made += 1
        return str(7_215_132_967_188_970_000 + self._made)

    # who may come in ---------------------------------------------------------------------------------------------

    def app(self, redirect: str = "https://studio.example/douyin", scopes: Iterable[str] = ALL) -> App:
        made = App(f"aw{secrets.token_hex(6)}", secrets.token_hex(16), redirect, tuple(scopes))
        self.apps[made.key] = made
        return made

    def person(self, nickname: str = "梅") -> Person:
        made = Person(f"b9b71865-{secrets.token_hex(6)}", nickname)
        self.people[made.open_id] = made
        return made

    def grant(self, person: Person, scopes: Iterable[str] = ALL) -> tuple[str, str]:
        """Access and refresh token, as if that person had signed in."""
        granted, now = tuple(scopes), self.now()
        access, refresh = f"act.{secrets.token_hex(20)}", f"rft.{secrets.token_hex(20)}"
        self.tokens[access] = Token(person, granted, now + ACCESS)
        self.refreshes[refresh] = Token(person, granted, now + REFRESH)
        return access, refresh

    def known(self, given: Mapping[str, str], secret: bool = True) -> App:
        """DYD: 10005 something is missing, 10003 no such client_key, 10013 another secret."""
        if not given.get("client_key") or (secret and not given.get("client_secret")):
            raise Wrong(10005, "params missing")
        app = self.apps.get(given["client_key"])
        if app is None:
            raise Wrong(10003, "client_key error")
        if secret and app.secret != given["client_secret"]:
            raise Wrong(10013, "client_secret error")
        return app

    def agree(self, query: Mapping[str, str], person: Person) -> str:
        """The code, where the page lets a person agree. DYD: the redirect is exact; what the app lacks is refused."""
        app = self.apps.get(query.get("client_key", ""))
        if app is None or query.get("response_type") != "code":
            raise Wrong(10003, "client_key error")
        if query.get("redirect_uri", "").partition("#")[0] != app.redirect:
            raise Wrong(10006, "redirect_uri error")
        wished = query.get("optionalScope", "").split(",")
        if len(wished) > 1 and (len(wished) % 2 or not set(wished[1::2]) <= {"0", "1"}):
            raise Wrong(10002, "optionalScope error")
        asked = [scope for scope in query.get("scope", "").split(",") if scope]
        if not asked or not set(asked) <= set(app.scopes):
            raise Wrong(10004, "scope error")
        taken = [scope for scope, on in zip(wished[::2], wished[1::2], strict=False) if on == "1"]
        code = secrets.token_hex(12)
        self.codes[code] = (app, person, tuple([*asked, *(s for s in taken if s in app.scopes)]), self.now() + CODE)
        return code

    def exchange(self, given: Mapping[str, str]) -> dict[str, Any]:
        """DYD: /oauth/access_token/. A code works once, for ten minutes."""
        app = self.known(given)
        found = self.codes.pop(given.get("code", ""), None)
        if given.get("grant_type") != "authorization_code":
            raise Wrong(10002, "grant_type error")
        if found is None or found[0] is not app or found[3] < self.now():
            raise Wrong(10007, "code expired")
        access, refresh = self.grant(found[1], found[2])
        return self._told(access, refresh)

    def _told(self, access: str, refresh: str) -> dict[str, Any]:
        token, last = self.tokens[access], self.refreshes[refresh]
        assert token.person is not None
        return {
            "access_token": access, "expires_in": round((token.ends - self.now()).total_seconds()),
            "refresh_token": refresh, "refresh_expires_in": round((last.ends - self.now()).total_seconds()),
            "open_id": token.person.open_id, "scope": ",".join(token.scopes), "captcha": "", "desc_url": "",
            "description": "", "error_code": 0, "log_id": secrets.token_hex(8),
        }

    def refresh(self, given: Mapping[str, str]) -> dict[str, Any]:
        """DYD: /oauth/refresh_token/. The refresh token keeps its own end."""
        self.known(given, secret=False)
        if given.get("grant_type") != "refresh_token":
            raise Wrong(10002, "grant_type error")
        last = self._last(given)
        access = f"act.{secrets.token_hex(20)}"
        self.tokens[access] = Token(last.person, last.scopes, self.now() + ACCESS)
        return self._told(access, given["refresh_token"])

    def _last(self, given: Mapping[str, str]) -> Token:
        last = self.refreshes.get(given.get("refresh_token", ""))
        if last is None or last.ends <= self.now():
            raise Wrong(10010, "refresh_token expired")
        return last

    def renew(self, given: Mapping[str, str]) -> dict[str, Any]:
        """DYD: /oauth/renew_refresh_token/. Five times, with its scope; the old one is over (contract-choice)."""
        self.known(given, secret=False)
        last = self._last(given)
        if "renew_refresh_token" not in last.scopes:
            raise Wrong(10004, "scope error")
        if last.renewed >= RENEWALS:
            raise Wrong(10020, "renew limit exceeded")
        del self.refreshes[given["refresh_token"]]
        made = f"rft.{secrets.token_hex(20)}"
        self.refreshes[made] = Token(last.person, last.scopes, self.now() + REFRESH, last.renewed + 1)
        return {"refresh_token": made, "expires_in": round(REFRESH.total_seconds()), "error_code": 0, "description": ""}

    def client_token(self, given: Mapping[str, str]) -> dict[str, Any]:
        """SDK: /oauth/client_token/, two hours."""
        app = self.known(given)
        token = f"clt.{secrets.token_hex(20)}"
        self.clients[token] = (app, self.now() + CLIENT)
        return {"access_token": token, "expires_in": 7200, "error_code": 0, "description": ""}

    def who(self, token: str, open_id: str, scope: str) -> Person:
        """DYD: status-code page for each of these."""
        found = self.tokens.get(token)
        if found is None:
            raise Wrong(2190002, "access_token is invalid")
        if found.ends <= self.now():
            raise Wrong(2190008, "access_token expired")
        assert found.person is not None
        if found.person.open_id != open_id:
            raise Wrong(2190015, "token and open_id do not match")
        if scope and not any(scope in app.scopes for app in self.apps.values()):
            raise Wrong(2190004, "the app has not got this capability")
        if scope and scope not in found.scopes:
            raise Wrong(2190003, "the user has not authorised this api")
        return found.person

    def expire(self) -> None:
        """Every access token is over."""
        for token in self.tokens.values():
            token.ends = self.now()

    # files -------------------------------------------------------------------------------------------------------

    def video(self, size: int) -> dict[str, Any]:
        """DYD: 128 MB in one piece, 15 minutes."""
        if size > WHOLE:
            raise Wrong(2190005, "the file is too large")
        return self._video(size)

    def _video(self, size: int) -> dict[str, Any]:
        if self.long_videos:
            raise Wrong(2190006, "the video is longer than 15 minutes")
        if size == 0:
            raise Wrong(2100005, "Parameter error")
        id = f"v0200f{secrets.token_hex(12)}"
        self.videos[id] = False
        self.sizes.append(size)
        return {"video": {"video_id": id, "width": 720, "height": 1280}}

    def begin(self) -> dict[str, Any]:
        id = self.id("up")
        self.parts[id] = Parts(self.now())
        return {"upload_id": id}

    def _parts(self, id: str) -> Parts:
        """contract-choice: an upload that is unknown or over two hours old is a wrong parameter."""
        found = self.parts.get(id)
        if found is None or self.now() - found.made > UPLOAD:
            raise Wrong(2100005, "Parameter error")
        return found

    def part(self, id: str, number: str, size: int) -> dict[str, Any]:
        """DYD: part_number from 1. A part that comes again takes the other's place (contract-choice)."""
        if not number.isdigit() or int(number) < 1:
            raise Wrong(2100005, "Parameter error")
        self._parts(id).sizes[int(number)] = size
        return {}

    def complete(self, id: str) -> dict[str, Any]:
        """DYD: 5 MB at least for a part. contract-choice: the code for a missing one, and that the last counts."""
        sizes = self._parts(id).sizes
        whole = [sizes[n] for n in sorted(sizes)]
        if sorted(sizes) != list(range(1, len(sizes) + 1)) or any(size < self.least_part for size in whole):
            raise Wrong(2100005, "Parameter error")
        del self.parts[id]
        return self._video(sum(whole))

    def image(self, size: int) -> dict[str, Any]:
        if not 0 < size <= 20 << 20:
            raise Wrong(2190005, "the file is too large")
        id = self.id("img")
        self.images[id] = False
        self.sizes.append(size)
        return {"image": {"image_id": id, "width": 1080, "height": 1440}}

    # works -------------------------------------------------------------------------------------------------------

    def create(self, person: Person, asked: dict[str, Any]) -> dict[str, Any]:
        """SDK: create_video. Each post needs a fresh upload; the code for one that was used is contract-choice."""
        if self.videos.get(str(asked.get("video_id")), True):
            raise Wrong(2190007, "the video_id is wrong")
        if not isinstance(asked.get("cover_tsp", 0), int | float):
            raise Wrong(2100005, "Parameter error")
        made = self.put(person, asked, 4)
        self.videos[str(asked["video_id"])] = True
        return {"item_id": made.item_id, "video_id": made.video_id}

    def create_images(self, person: Person, asked: dict[str, Any]) -> dict[str, Any]:
        """SDK: create_image_text, 1 to 30 pictures, each used once (contract-choice)."""
        files = asked.get("image_list")
        if not isinstance(files, list) or not 1 <= len(files) <= IMAGES or any(self.images.get(f, True) for f in files):
            raise Wrong(2100005, "Parameter error")
        made = self.put(person, asked, 2)
        self.images.update(dict.fromkeys(files, True))
        return {"item_id": made.item_id, "video_id": made.video_id}

    def put(self, person: Person, asked: dict[str, Any], kind: int) -> Work:
        text, people = asked.get("text", ""), asked.get("at_users", [])
        if not isinstance(text, str) or len(text) > TEXT:  # contract-choice: the code
            raise Wrong(2100005, "Parameter error")
        if not isinstance(people, list) or len(people) > text.count("@"):  # SDK: open_ids of the @nicknames
            raise Wrong(2100005, "Parameter error")
        if person.banned:
            raise Wrong(2114005, "posting is forbidden for this user")
        if person.left is not None:
            if person.left <= 0:
                raise Wrong(2114007, "too many posts today")
            person.left -= 1
        ends = {1: 7, 2: 6}.get(int(asked.get("private_status", 0)), self.verdict)
        made = Work(self.id("item"), self.number(), person, self.now(), asked, kind, self.review or 0,
                    0 if self.review is None else ends)
        self.works[made.item_id] = made
        return made

    def looked_at(self, work: Work) -> Work:
        """A look that comes when its time is over finds the review done."""
        if work.ends and not work.reviewed:
            if work.polls <= 0:
                work.status, work.reviewed = work.ends, True
            work.polls -= 1
        return work

    def of(self, person: Person) -> list[Work]:
        """The pinned first, then the newest."""
        mine = [work for work in self.works.values() if work.owner is person]
        return sorted(reversed(mine), key=lambda work: not work.top)

    def told(self, work: Work) -> dict[str, Any]:
        """SDK: an item of video_data and video_list."""
        names = ("comment_count", "digg_count", "download_count", "forward_count", "play_count", "share_count")
        more = {} if self.bare else {"is_reviewed": work.reviewed, "media_type": work.kind}
        return {
            "item_id": work.item_id, "video_id": work.video_id, "title": work.asked.get("text", ""), **more,
            "cover": "https://p3.douyinpic.test/cover.jpeg", "create_time": round(work.made.timestamp()),
            "is_top": work.top, "video_status": work.status,
            "share_url": f"https://www.iesdouyin.com/share/video/{work.video_id}/?region=CN",
            "statistics": {name: work.counts.get(name, 0) for name in names},
        }

    def texts(self) -> list[str]:
        """Every work, the oldest first."""
        return [str(work.asked.get("text", "")) for work in self.works.values()]

    # shares ------------------------------------------------------------------------------------------------------

    def client(self, token: str, scope: str = "") -> App:
        found = self.clients.get(token)
        if found is None or found[1] <= self.now():
            raise Wrong(2190008, "access_token expired")
        if scope and scope not in found[0].scopes:
            raise Wrong(28001018, "the app has not got this capability", new=scope == "jump.basic")
        return found[0]

    def scan(self, schema: str, person: Person) -> Work:
        """The phone: checks the signature, fetches nothing, posts. SDK: the share schema of H5."""
        asked = dict(parse_qsl(urlsplit(schema).query, keep_blank_values=True))
        assert schema.startswith("snssdk1128://openplatform/share?") and asked["share_type"] == "h5"
        signed = [
            md5(f"nonce_str={asked['nonce_str']}&ticket={t}&timestamp={asked['timestamp']}".encode()).hexdigest()
            for t, app in self.tickets.items() if app.key == asked["client_key"]
        ]
        assert asked["signature"] in signed, "the signature is wrong"
        assert asked["state"] in self.shares, "no such share_id"
        work = self.put(person, {"text": asked.get("title", "")}, 2 if "image_list_path" in asked else 4)
        self.shares[asked["state"]] = work.video_id
        return work
