"""A person at work on one post, before a contract server with a clock of the test's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.core.delivery import Receipt
from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.base import Access, Publisher, Upload
from studio.platforms.transport import Exchange, Transport
from tests.platforms.fakes import Saved, content, media, unheld, upload
from tests.platforms.house import START as START
from tests.platforms.house import Clock as Clock
from tests.servers.mastodon import Mastodon

PLATFORM = get("mastodon")
TEXT = "周末好去处 #咖啡 https://example.com/a?b=1"
POST = r"^POST /api/v1/statuses"


def photo(folder: Path, number: int = 1, size: tuple[int, int] = (64, 48), alt: str = "阳光下的杯子") -> Upload:
    """A real JPEG."""
    from PIL import Image

    path = folder / f"photo{number}.jpg"
    Image.new("RGB", size, (200, 40 * number % 255, 90)).save(path, quality=90)
    return upload(path, alt=alt, width=size[0], height=size[1])


def clip(folder: Path) -> Upload:
    """What the server takes for a clip by its first bytes."""
    path = folder / "clip.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"\x00" * 4000)
    return upload(path, mime="video/mp4", alt="Ten seconds of the street", width=640, height=360, kind="video")


class Desk:
    """Mei, signed in with a token at a server. identity: what health would have learnt."""

    def __init__(self, server: Mastodon, clock: Clock, folder: Path, **identity: str) -> None:
        self.server, self.clock, self.folder, self.saved = server, clock, folder, Saved()
        self.mei = server.state.person("mei", "Mei 梅")
        self.token = server.state.token(self.mei)
        about = {"server": server.url, "id": self.mei.id, "version": server.state.version, "domain": "social.test"}
        self.account = Account("a", "mastodon", handle="mei@social.test", identity={**about, **identity})
        self.exchanges: list[Exchange] = []
        self.learnt: dict[str, str] = {}

    def access(self, at: datetime | None = None, reply_to: Any = None, url: str = "", secrets: Any = None) -> Access:
        account = Account(
            "a", "mastodon", handle=self.account.handle, api_base=url, identity=self.account.identity
        )
        transport = Transport(url, record=self.exchanges.append, attempts=1)
        given = {"access_token": self.token} if secrets is None else secrets
        return Access(
            account, given, self.saved, transport, self.folder, self.clock.mine, at, reply_to, learn=self.learnt.update
        )

    def publisher(self, **access: Any) -> Publisher:
        return PLATFORM.publisher(self.access(**access))

    @staticmethod
    def post(text: str = TEXT, uploads: Sequence[Upload] = (), **more: Any) -> Content:
        pictures = [
            media(u.name, u.width, u.height, u.alt, kind=u.kind, focus=more.pop("focus", None)) for u in uploads
        ]
        return content("mastodon", text, pictures=pictures, **{"language": "zh_CN", **more})

    @staticmethod
    def staged(publisher: Publisher, what: Content, uploads: Sequence[Upload] = ()) -> tuple[dict[str, Any], list[Any]]:
        """Plan and handles; the plan goes through JSON as it does in the database."""
        plan = json.loads(json.dumps(publisher.plan(what, uploads)))
        return plan, [dict(publisher.stage(n, u, plan, unheld())) for n, u in enumerate(uploads)]

    def send(
        self, what: Content, uploads: Sequence[Upload] = (), **access: Any
    ) -> tuple[Publisher, dict[str, Any], list[Any], Receipt]:
        """The whole way to the receipt."""
        publisher = self.publisher(**access)
        plan, handles = self.staged(publisher, what, uploads)
        return publisher, plan, handles, publisher.commit(what, uploads, plan, handles)

    def texts(self) -> list[str]:
        """What people can see, the oldest first."""
        return [str(status.params["status"]) for status in self.server.posts()]


def codes(problem: Any) -> list[str]:
    return [finding.code for finding in problem.findings]

