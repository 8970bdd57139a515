"""What the contract server of Weibo knows and refuses. Sources by their keys in the facts of November 2026, section 2:

WBW  copies of the official wiki (2/statuses/share, Oauth2, Rate-limiting, Error_code); WBJ, WBH, WBP  three clients
     and their fixtures; 10017 in both forms: a public thread with the whole bodies
RECALLED         general knowledge, no document: the words of most errors, t.cn
contract-choice  no document says it; chosen here, and nobody should take it for the platform's truth
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zlib import crc32

PICTURE_BELOW = 5_000_000  # WBW: "<5 MB"; the smaller reading is a contract-choice
CHARACTERS = 140  # WBW
PER_HOUR, PER_DAY = 30, 100  # WBW Rate-limiting: posts an hour, calls a day of one user with one app
SAME_TEXT = timedelta(hours=1)  # contract-choice; WBW says only that the same text is refused
TESTERS_MOST = 15  # WBW
CODE_LASTS = timedelta(minutes=10)  # contract-choice
LIFE = {True: timedelta(days=7), False: timedelta(days=1)}  # seen in one copy: by whether the app is reviewed
UNREVIEWED_SOURCE = "未通过审核应用"  # WBW Rate-limiting copy
NEWEST = 5  # WBW user_timeline
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?(?:/[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?")
_TOPIC = re.compile(r"#[^#\n]+#")

#: Words of the errors. The 10017s, 10014, 20502 and 21322 are as seen; the others RECALLED.
WORDS: Mapping[int, str] = {
    10001: "system error", 10002: "service unavailable", 10014: "Insufficient app permissions!",
    10020: "Request Api not found!", 10021: "HTTP method is not suported for this request!",
    10023: "User requests out of rate limit!", 20005: "unsupported image type, only suport JPG, GIF, PNG",
    20006: "image size too large", 20007: "does multipart has image?", 20008: "content is null",
    20012: "Text too long, please input text less than 140 characters!", 20015: "account or ip or app is illgal",
    20016: "out of limit", 20017: "repeat content!", 20018: "contain illegal website!", 20019: "repeat content!",
    20020: "contain ad url!", 20021: "contain illegal content!", 20022: "Your ip's behave in an unruly manner!",
    20031: "Test and verify", 20032: "update success, while server slow now, please wait 1-2 minutes!",
    20101: "target weibo does not exist!", 20102: "not your own weibo!", 20111: "identical text",
    20201: "target weibo comment does not exist!", 20206: "author only allow his friends to comment",
    21301: "auth faild!", 21314: "token_used", 21315: "token_expired", 21316: "token_revoked",
    21317: "token_rejected", 21319: "accessor_revoked", 21321: "applications over the unaudited use restrictions!",
    21322: "redirect_uri_mismatch", 21323: "invalid_request", 21324: "invalid_client", 21325: "invalid_grant",
    21327: "expired_token", 21330: "access_denied", 21332: "invalid_access_token",
}


class Wrong(Exception):
    """An answer that is no success: code, words and HTTP status (which of 400, 401, 403 is a contract-choice)."""

    def __init__(self, code: int, words: str = "", status: int = 0) -> None:
        super().__init__(f"{code}")
        self.code, self.words = code, words or WORDS.get(code, "error")
        self.status = status or (401 if 21300 < code < 21400 else 403 if code in (10023, 20016, 10014) else 400)


@dataclass(slots=True)
class User:
    uid: str
    name: str


@dataclass(slots=True)
class App:
    """domain: its 安全域名, "" while none is bound. advanced: has the permissions ordinary apps have not."""

    key: str
    secret: str
    redirect: str
    domain: str = "example.com"
    reviewed: bool = True
    advanced: bool = False
    testers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Token:
    app: App
    user: User
    made: datetime
    ends: datetime
    refused: int = 0  # a code of the 21xxx family it is refused with


@dataclass(slots=True)
class Status:
    id: int
    mid: int
    user: User
    app: App
    at: datetime
    text: str
    sent: str
    picture: bytes = b""
    visible: int = 0
    more: int = 0  # pictures beside the first, of a post that was made on the site


@dataclass(slots=True)
class Comment:
    id: int
    status: Status
    user: User
    at: datetime
    text: str
    parent: Comment | None = None


class State:
    """now: its clock. What can be turned on:

    filters_topics  how "#topic#" is filtered: "whole", "signs", "" (WBW says only that it is)
    full_addresses  an address counts as it is written, and is not made short
    lagging         share publishes and answers 20032
    lag             seconds until a post is in the timeline
    escapes         < and & come back as entities (RECALLED)
    illegal         codes by a word in the text: content that is refused
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.apps: dict[str, App] = {}
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.grants: dict[str, tuple[App, User, str, datetime]] = {}
        self.statuses: list[Status] = []
        self.comments: list[Comment] = []
        self.calls: list[tuple[str, str, datetime]] = []
        self.filters_topics, self.full_addresses, self.lagging, self.escapes = "whole", False, False, False
        self.lag = 0.0
        self.illegal: dict[str, int] = {}
        self.comments_closed = False
        self._number = 0

    # people, apps, tokens ----------------------------------------------------------------------------------------

    def app(self, **more: object) -> App:
        made = App(str(secrets.randbelow(9 * 10**9) + 10**9), secrets.token_hex(16),
                   "https://api.weibo.com/oauth2/default.html", **more)  # type: ignore[arg-type]
        self.apps[made.key] = made
        return made

    def user(self, name: str) -> User:
        made = User(str(secrets.randbelow(9 * 10**9) + 10**9), name)
        self.users[made.uid] = made
        return made

    def token(self, app: App, user: User) -> str:
        made = secrets.token_hex(16)
        self.tokens[made] = Token(app, user, self.now(), self.now() + LIFE[app.reviewed])
        return made

    def code(self, query: Mapping[str, str], user: User) -> str:
        """GET /oauth2/authorize, agreed to. WBW: the redirect must be the registered one, to the letter."""
        app = self._of(query.get("client_id", ""))
        if query.get("redirect_uri") != app.redirect:
            raise Wrong(21322, status=400)
        if query.get("response_type") != "code":
            raise Wrong(21323, status=400)
        self._tested(app, user)
        code = secrets.token_hex(16)
        self.grants[code] = (app, user, query["redirect_uri"], self.now())
        return code

    def _of(self, key: str) -> App:
        if key not in self.apps:
            raise Wrong(21324, status=400)
        return self.apps[key]

    @staticmethod
    def _tested(app: App, user: User) -> None:
        """WBW: before its review an app works for its 15 test accounts only."""
        if not app.reviewed and user.uid not in set(list(app.testers)[:TESTERS_MOST]):
            raise Wrong(21321, status=403)

    def exchange(self, form: Mapping[str, str]) -> tuple[str, Token]:
        """POST /oauth2/access_token. A code works once (21325), for its app, its secret and its redirect."""
        app = self._of(form.get("client_id", ""))
        if form.get("client_secret") != app.secret:
            raise Wrong(21324, status=400)
        if form.get("grant_type") != "authorization_code":
            raise Wrong(21323, status=400)
        granted, user, redirect, made = self.grants.pop(form.get("code", ""), (None, None, "", self.now()))
        if granted is not app or user is None or self.now() - made > CODE_LASTS:
            raise Wrong(21325, status=400)
        if form.get("redirect_uri") != redirect:
            raise Wrong(21322, status=400)
        token = self.token(app, user)
        return token, self.tokens[token]

    def holder(self, token: str) -> Token:
        """Whose token it is. RECALLED: 21332 for what is none, 21327 for what has ended."""
        found = self.tokens.get(token)
        if found is None:
            raise Wrong(21332)
        if found.refused:
            raise Wrong(found.refused)
        if found.ends <= self.now():
            raise Wrong(21327)
        return found

    def caller(self, token: str, api: str) -> Token:
        """The same for an API call, which is counted. WBW: 100 a day."""
        found = self.holder(token)
        self._tested(found.app, found.user)
        since = self.now() - timedelta(days=1)
        mine = [at for uid, _, at in self.calls if uid == found.user.uid and at > since]
        if len(mine) >= PER_DAY:
            raise Wrong(10023)
        self.calls.append((found.user.uid, api, self.now()))
        return found

    # posts -------------------------------------------------------------------------------------------------------

    def new_id(self) -> int:
        """WBH fixtures: id and mid are numbers of 16 digits that need not be the same."""
        self._number += 1
        return 3504803600500000 + self._number * 7_654_321

    def share(self, holder: Token, text: str, picture: bytes | None, free: bool = False) -> Status:
        """POST /2/statuses/share. free: by a call for apps with more permissions, without the rule of the domain."""
        text = text.strip()
        if not text:
            raise Wrong(20008)
        if not free:
            self._at_home(holder.app, text)
        if self.counted(text) > CHARACTERS:
            raise Wrong(20012)
        self._taken(picture)
        self._fresh(holder.user, text)
        for word, code in self.illegal.items():
            if word in text:
                raise Wrong(code)
        id = self.new_id()
        made = Status(id, id + 2730, holder.user, holder.app, self.now(), self.kept(text), text, picture or b"")
        self.statuses.append(made)
        return made

    @staticmethod
    def _at_home(app: App, text: str) -> None:
        """Both 10017s, with the words of the thread; a subdomain counts (contract-choice)."""
        if not app.domain:
            raise Wrong(10017, "appkey not bind domain!")
        hosts = [re.split(r"[/:?#]", found.partition("://")[2])[0].lower() for found in _ADDRESS.findall(text)]
        if not any(host == app.domain or host.endswith("." + app.domain) for host in hosts):
            raise Wrong(10017, "text not find domain!")

    @staticmethod
    def _taken(picture: bytes | None) -> None:
        """WBW: JPEG, GIF or PNG, less than 5 MB, exactly one. None: there is none."""
        if picture is None:
            return
        if not picture:
            raise Wrong(20007)
        if len(picture) >= PICTURE_BELOW:
            raise Wrong(20006)
        if not picture.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a")):
            raise Wrong(20005)

    def _fresh(self, user: User, text: str) -> None:
        """20016 over 30 an hour; 20019 for the same text."""
        mine = [s for s in self.statuses if s.user is user]
        if sum(self.now() - s.at < timedelta(hours=1) for s in mine) >= PER_HOUR:
            raise Wrong(20016)
        if any(s.sent == text and self.now() - s.at < SAME_TEXT for s in mine):
            raise Wrong(20019)

    def counted(self, text: str) -> int:
        """RECALLED: bytes of GBK by two, rounded up, addresses made short first. Written apart from the studio's."""
        plain = text if self.full_addresses else _ADDRESS.sub("http://t.cn/A6abcdef", text)
        size = 0
        for char in plain:
            try:
                size += len(char.encode("gbk"))
            except UnicodeEncodeError:
                size += len(char.encode("utf-16-le", "surrogatepass"))
        return -(-size // 2)

    def kept(self, text: str) -> str:
        """As it comes back."""
        if self.filters_topics:
            text = _TOPIC.sub("" if self.filters_topics == "whole" else lambda f: f[0][1:-1], text)
        if not self.full_addresses:
            text = _ADDRESS.sub(lambda f: f"http://t.cn/A6{crc32(f[0].encode()) % 10**6:06}", text)
        return text.replace("&", "&amp;").replace("<", "&lt;") if self.escapes else text

    def timeline(self, user: User) -> list[Status]:
        """WBW: the five newest of the signed-in user."""
        seen = [s for s in self.statuses if s.user is user and (self.now() - s.at).total_seconds() >= self.lag]
        return sorted(seen, key=lambda s: s.id, reverse=True)[:NEWEST]

    def status(self, id: str, user: User) -> Status:
        """WBW: only the signed-in user's own. 20101, 20102."""
        found = next((s for s in self.statuses if str(s.id) == id), None)
        if found is None:
            raise Wrong(20101)
        if found.user is not user:
            raise Wrong(20102)
        return found

    # comments ----------------------------------------------------------------------------------------------------

    def comment(self, holder: Token, form: Mapping[str, str]) -> Comment:
        """POST /2/comments/create and reply. WBW: comment of at most 140; below a post that is there."""
        text, status = form.get("comment", "").strip(), self.status(form.get("id", ""), holder.user)
        if not text:
            raise Wrong(20008)
        if self.counted(text) > CHARACTERS:
            raise Wrong(20012)
        if self.comments_closed:
            raise Wrong(20206)
        parent = None
        if "cid" in form:
            parent = next((c for c in self.comments if str(c.id) == form["cid"] and c.status is status), None)
            if parent is None:
                raise Wrong(20201)
        if any(c.text == text and c.user is holder.user and c.status is status for c in self.comments):
            raise Wrong(20019)
        made = Comment(self.new_id(), status, holder.user, self.now(), text, parent)
        self.comments.append(made)
        return made


def base62(mid: int) -> str:
    """As public clients do it, written apart from the studio's: seven digits from the right are four of 0-9a-zA-Z."""
    digits, made = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", ""
    while mid:
        mid, part = divmod(mid, 10**7)
        group = ""
        for _ in range(4):
            part, digit = divmod(part, 62)
            group = digits[digit] + group
        made = group + made
    return made.lstrip("0") or "0"
