"""A platform's server that remembers everything, with a clock of its own: the truth that claims are held against."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from studio.platforms.base import Fact, Timer
from studio.platforms.transport import Request, Response

HOME = "https://rough.example"
EPOCH = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
TIMER = Timer(Fact(600, "ours"), Fact(90 * 86_400, "ours"))


@dataclass(frozen=True)
class Traits:
    """What kind of platform this run has to do with. Times in seconds."""

    idempotent: bool = False  # the same key makes one post
    contains: bool = False  # a container is made first and published by name
    readable: bool = True
    digest: float = 0.0  # until an upload may be used
    processing: float = 0.0  # until a post that was taken is live
    lag: float = 0.0  # until a live post is found by reading and listing


@dataclass
class Live:
    """One post on the platform. at: when it became, or becomes, visible. taken: when its request was acted on."""

    id: str
    account: str
    text: str
    media: tuple[str, ...]
    key: str
    taken: float
    at: float
    parent: str = ""
    timed: bool = False  # left with the platform's own timer
    gone: bool = False  # taken back before anybody saw it


@dataclass
class Site:
    """The server. `clock` is its own; `taken` hears of each post it made, `belated` is set for late ones."""

    clock: Callable[[], float]
    epoch: datetime
    traits: Traits = field(default_factory=Traits)
    posts: list[Live] = field(default_factory=list)
    uploads: dict[str, tuple[int, bytes, float]] = field(default_factory=dict)  # size, bytes so far, when whole
    containers: dict[str, dict] = field(default_factory=dict)
    late: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    token: int = 1
    taken: Callable[[Live], None] = lambda live: None
    number: int = 0
    belated: float | None = None

    def seconds(self) -> float:
        """What it takes for the time: of what it is acting on belatedly, the moment that came in."""
        return self.clock() if self.belated is None else self.belated

    def settle(self) -> None:
        """Acts on what was under way for long, as of when it came in."""
        if self.belated is not None:
            return
        due = [each for each in self.late if each[0] <= self.clock()]
        self.late = [each for each in self.late if each not in due]
        for self.belated, act in due:
            act()
        self.belated = None

    def fresh(self) -> str:
        self.number += 1
        return f"{self.number}"

    def moment(self, at: float) -> datetime:
        return self.epoch + timedelta(seconds=at)

    def second(self, at: str) -> float:
        return (datetime.fromisoformat(at) - self.epoch).total_seconds()

    # -- what it answers -----------------------------------------------------------------------------------------

    def answer(self, request: Request, body: bytes) -> Response:
        self.settle()
        account, _, number = request.headers.get("Authorization", "").partition(" ")
        parts = urlsplit(request.url)
        path = parts.path.strip("/").split("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if path[0] == "token":
            return say(200, token=str(self.token))
        if number != str(self.token):
            return say(401, error="expired")
        act = getattr(self, f"{request.method.lower()}_{path[0]}")
        return act(account, path[1:], query, body)

    def post_uploads(self, account, path, query, body):
        id = f"u{self.fresh()}"
        self.uploads[id] = (int(json.loads(body)["size"]), b"", 0.0)
        return say(200, id=id)

    def get_uploads(self, account, path, query, body):
        if path[0] not in self.uploads:
            return say(404)
        size, got, whole = self.uploads[path[0]]
        ready = len(got) == size and self.seconds() >= whole + self.traits.digest
        return say(200, offset=len(got), size=size, ready=ready)

    def patch_uploads(self, account, path, query, body):
        size, got, _ = self.uploads[path[0]]
        if int(query["offset"]) != len(got):
            return say(409, offset=len(got))
        self.uploads[path[0]] = (size, got + body, self.seconds())
        return say(200, offset=len(got) + len(body))

    def post_containers(self, account, path, query, body):
        id = f"c{self.fresh()}"
        self.containers[id] = json.loads(body)
        return say(200, id=id)

    def post_posts(self, account, path, query, body):
        """The visible request, with everything in it or with a container's id. A repeat makes a second post."""
        wanted = self.containers[path[0]] if path else json.loads(body)
        for id in wanted["media"]:
            size, got, whole = self.uploads.get(id, (0, b"?", 0.0))
            if len(got) != size or self.seconds() < whole + self.traits.digest:
                return say(400, error="media")
        if self.traits.idempotent:
            for post in self.posts:
                if (post.account, post.key, post.gone) == (account, wanted["key"], False):
                    return self.shown(post)
        return self.shown(self.make(account, wanted))

    def make(self, account: str, wanted: dict) -> Live:
        now, at = self.seconds(), wanted.get("at")
        shown = now + self.traits.processing if at is None else self.second(at)
        live = Live(
            f"{self.fresh()}", account, wanted["text"], tuple(wanted["media"]), wanted["key"], now,
            shown, wanted.get("parent", ""), timed=at is not None)
        self.posts.append(live)
        self.taken(live)
        return live

    def shown(self, post: Live) -> Response:
        now = self.seconds()
        return say(200, id=post.id, url=f"{HOME}/p/{post.id}", text=post.text, media=len(post.media), key=post.key,
                   done=post.at <= now or post.timed, held=post.timed and post.at > now, parent=post.parent,
                   at=self.moment(post.at).isoformat())

    def _found(self, id: str) -> Live | None:
        """What reading finds: new posts only after a while."""
        lag = self.traits.lag
        return next((p for p in self.posts if p.id == id and not p.gone and p.taken + lag <= self.seconds()), None)

    def get_posts(self, account, path, query, body):
        if path:
            post = self._found(path[0])
            return say(404) if post is None else self.shown(post)
        keyed = [p for p in self.posts if (p.account, p.key) == (account, query["key"]) and self._found(p.id)]
        return say(200, posts=[json.loads(self.shown(p).body) for p in keyed])

    def delete_posts(self, account, path, query, body):
        post = next((p for p in self.posts if p.id == path[0] and not p.gone), None)
        if post is None:
            return say(404)
        if not post.timed or post.at <= self.seconds():
            return say(409, error="live")
        post.gone = True
        return say(200, gone=True)

    def patch_posts(self, account, path, query, body):
        post = next((p for p in self.posts if p.id == path[0] and not p.gone), None)
        at = self.second(json.loads(body)["at"])
        if post is None:
            return say(404)
        ahead = at - self.seconds()
        if post.at <= self.seconds() or not TIMER.least.value <= ahead <= TIMER.most.value:
            return say(409, error="timer")
        post.at = at
        return self.shown(post)


def say(status: int, **data: object) -> Response:
    return Response(status, {}, json.dumps(data).encode(), HOME)
