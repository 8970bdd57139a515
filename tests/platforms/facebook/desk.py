"""A person at work on one page, before a contract server with a clock of the test's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.core.delivery import Receipt
from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.base import Access, Held, Publisher, Upload
from studio.platforms.transport import Exchange, Transport
from tests.platforms.fakes import Saved, content, media, unheld, upload
from tests.platforms.house import START as START
from tests.platforms.house import Clock as Clock
from tests.servers.facebook import Facebook

PLATFORM = get("facebook")
TEXT = "周末好去处 #咖啡"
FEED, COMMENTS = r"^POST /v25.0/\d+/feed", r"^POST /v25.0/\d+(_\d+)?/comments"
VIDEOS, REELS, RUPLOAD = r"^POST /v25.0/\d+/videos", r"^POST /v25.0/\d+/video_reels", r"^POST /video-upload/"


def photo(folder: Path, number: int = 1, size: tuple[int, int] = (64, 48), alt: str = "阳光下的杯子") -> Upload:
    """A real JPEG."""
    from PIL import Image

    path = folder / f"photo{number}.jpg"
    Image.new("RGB", size, (200, 40 * number % 255, 90)).save(path, quality=90)
    return upload(path, alt=alt, width=size[0], height=size[1])


def clip(folder: Path, size: int = 5000, tall: bool = False) -> Upload:
    """Bytes that differ along the way, so that a piece in a wrong place is found out."""
    path = folder / f"clip{size}.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"".join(n.to_bytes(4, "big") for n in range(size // 4 - 3)))
    width, height = (1080, 1920) if tall else (1920, 1080)
    return upload(path, mime="video/mp4", width=width, height=height, kind="video")


class Desk:
    """Mei, signed in with the token of her page."""

    def __init__(self, server: Facebook, clock: Clock, folder: Path) -> None:
        self.server, self.clock, self.folder = server, clock, folder
        self.mei = server.state.person("Mei Lin")
        self.page = server.state.page(self.mei, "Bookshop 书店", "bookshop")
        self.token = server.state.token(self.mei, self.page)
        self.identity: dict[str, str] = {"id": self.page.id, "username": "bookshop"}
        self.exchanges: list[Exchange] = []
        self.learnt: dict[str, str] = {}
        self.secrets: dict[str, str] = {"access_token": self.token}

    def access(self, at: datetime | None = None, reply_to: Any = None) -> Access:
        account = Account(
            "a", "facebook", handle="bookshop", name=self.page.name, api_base=self.server.url, identity=self.identity
        )
        transport = Transport(self.server.url, record=self.exchanges.append, attempts=1)
        return Access(
            account, self.secrets, Saved(), transport, self.folder, self.clock.mine, at, reply_to,
            learn=self.learnt.update,
        )

    def publisher(self, **access: Any) -> Publisher:
        return PLATFORM.publisher(self.access(**access))

    def post(self, text: str = TEXT, uploads: Sequence[Upload] = (), **more: Any) -> Content:
        pictures = [media(u.name, u.width, u.height, u.alt, kind=u.kind) for u in uploads]
        return content("facebook", text, pictures=pictures, **{"language": "zh_CN", **more})

    @staticmethod
    def staged(publisher: Publisher, what: Content, uploads: Sequence[Upload] = ()) -> tuple[dict[str, Any], list[Any]]:
        """Plan and handles; the plan goes through JSON as it does in the database."""
        plan = json.loads(json.dumps(publisher.plan(what, uploads)))
        return plan, [json.loads(json.dumps(publisher.stage(n, u, plan, unheld()))) for n, u in enumerate(uploads)]

    def send(
        self, what: Content, uploads: Sequence[Upload] = (), **access: Any
    ) -> tuple[Publisher, dict[str, Any], list[Any], Receipt]:
        """The whole way to the receipt."""
        publisher = self.publisher(**access)
        plan, handles = self.staged(publisher, what, uploads)
        return publisher, plan, handles, publisher.commit(what, uploads, plan, handles)

    def texts(self) -> list[str]:
        """What people can see, the oldest first."""
        return [post.message for post in self.server.posts(self.page.id)]

    def lines(self, only: str = "") -> list[str]:
        """The paths asked for, ids left out."""
        return [f"{method} {path}" for method, path in self.server.seen if only in path]


class Kept:
    """What a step keeps of itself, as the database would."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}

    def held(self) -> Held:
        return Held(dict(self.data), self._keep)

    def _keep(self, data: Any) -> None:
        self.data = json.loads(json.dumps(data))


def codes(problem: Any) -> list[str]:
    return [finding.code for finding in problem.findings]
