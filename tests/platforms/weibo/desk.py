"""A person at work on one post, before a contract server with a clock of the test's own."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from re import search
from typing import Any

from studio.core.delivery import Receipt
from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.base import Access, Publisher, Upload
from studio.platforms.transport import Exchange, Transport
from tests.platforms.fakes import Saved, content, media, unheld, upload
from tests.platforms.house import START as START
from tests.platforms.house import Clock as Clock
from tests.servers.weibo import Weibo
from tests.servers.weibo_state import Status

PLATFORM = get("weibo")
TEXT = "周末好去处：旧书店的二楼 https://example.com/a?b=1"
SHARE = "POST /2/statuses/share"


def photo(folder: Path, number: int = 1, size: tuple[int, int] = (64, 48), kind: str = "JPEG") -> Upload:
    """A real picture."""
    from PIL import Image

    path = folder / f"photo{number}.{kind.lower()}"
    Image.new("RGB", size, (200, 40 * number % 255, 90)).save(path)
    return upload(path, mime=f"image/{kind.lower()}", width=size[0], height=size[1])


def agreed(url: str) -> str:
    """The person's browser: opens the page, presses its one button, and shows this address at the end."""
    with urllib.request.urlopen(url) as page:
        found = search(r'href="([^"]+)"', page.read().decode())
    assert found is not None, "the page has no button"
    return unescape(found[1])


class Desk:
    """Mei, signed in at a server with an app of hers. identity: what her account knows more."""

    def __init__(self, server: Weibo, clock: Clock, folder: Path, **identity: str) -> None:
        self.server, self.clock, self.folder, self.saved = server, clock, folder, Saved()
        self.app = server.state.app(domain="example.com")
        self.mei = server.state.user("梅")
        self.token = server.state.token(self.app, self.mei)
        self.identity = {"uid": self.mei.uid, "app_key": self.app.key, "safe_domain": "example.com", **identity}
        self.exchanges: list[Exchange] = []

    @property
    def account(self) -> Account:
        return Account("a", "weibo", handle=self.mei.uid, name="梅", identity=dict(self.identity))

    def access(self, reply_to: Any = None, url: str = "", secrets: Any = None, timeout: float = 0) -> Access:
        account = Account("a", "weibo", handle=self.mei.uid, api_base=url or self.server.url, identity=self.identity)
        transport = Transport(url or self.server.url, record=self.exchanges.append, attempts=1)
        given = {"access_token": self.token, "by": "browser"} if secrets is None else secrets
        return Access(
            account, given, self.saved, transport, self.folder, self.clock.mine, None, reply_to,
            learn=self.identity.update,
        )

    def publisher(self, **access: Any) -> Publisher:
        return PLATFORM.publisher(self.access(**access))

    def post(self, text: str = TEXT, uploads: Sequence[Upload] = (), **more: Any) -> Content:
        pictures = [media(u.name, u.width, u.height, u.alt, kind=u.kind) for u in uploads]
        return content("weibo", text, pictures=pictures, identity=self.identity, **{"language": "zh_CN", **more})

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
        """What was taken, the oldest first, as it was sent."""
        return [status.sent for status in self.server.state.statuses]

    def last(self) -> Status:
        return self.server.state.statuses[-1]


def codes(problem: Any) -> list[str]:
    return [finding.code for finding in problem.findings]
