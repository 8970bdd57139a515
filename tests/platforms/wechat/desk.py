"""A person at work on one article, before a contract server with a clock of the test's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.core.delivery import Receipt
from studio.core.post import Account, Content, Media
from studio.platforms import get
from studio.platforms.base import Access, Held, Publisher, Upload, Want
from studio.platforms.transport import Exchange, Transport
from tests.platforms.fakes import Saved, content, media
from tests.platforms.house import START as START
from tests.platforms.house import Clock as Clock
from tests.servers.wechat import WeChat

PLATFORM = get("wechat")
TEXT = "第一段：旧书店的一下午。\n\n第二段：二楼的窗。"
SUBMIT, ADD = "/cgi-bin/freepublish/submit", "/cgi-bin/draft/add"


class Memory:
    """What one step keeps of itself, as the engine would give it back."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []

    def held(self) -> Held:
        return Held(self.kept[-1] if self.kept else {}, lambda data: self.kept.append(dict(data)))


class Desk:
    """An account at a server. identity: what a login would have learnt."""

    def __init__(self, server: WeChat, clock: Clock, folder: Path, **identity: str) -> None:
        self.server, self.clock, self.folder, self.saved = server, clock, folder, Saved()
        self.identity = {"app_id": server.state.app_id, **identity}
        self.secrets: dict[str, str] = {"app_id": server.state.app_id, "app_secret": server.state.secret}
        self.learnt: dict[str, str] = {}
        self.exchanges: list[Exchange] = []
        self.draft = Memory()

    def access(self, url: str = "", secrets: dict[str, str] | None = None) -> Access:
        base = url or self.server.url
        account = Account("a", "wechat", handle=self.secrets["app_id"], api_base=base, identity=self.identity)
        transport = Transport(base, record=self.exchanges.append, attempts=1)
        given = self.secrets if secrets is None else secrets
        return Access(account, given, self._keep, transport, self.folder, self.clock, learn=self.learnt.update)

    def _keep(self, secrets: Any) -> None:
        self.saved(secrets)
        self.secrets = dict(secrets)

    def publisher(self, url: str = "") -> Publisher:
        return PLATFORM.publisher(self.access(url))

    def picture(self, number: int = 1, size: tuple[int, int] = (1200, 900)) -> Media:
        """A real JPEG in the folder, as a post uses it."""
        from PIL import Image

        name = f"photo{number}.jpg"
        Image.new("RGB", size, (200, 40 * number % 255, 90)).save(self.folder / name, quality=80)
        return media(name, *size)

    def post(self, text: str = TEXT, pictures: int | Sequence[Media] = 1, **more: Any) -> Content:
        made = [self.picture(n + 1) for n in range(pictures)] if isinstance(pictures, int) else list(pictures)
        given = {"title": "周末好去处", "language": "zh_CN", "identity": self.identity, **more}
        return content("wechat", text, pictures=made, **given)

    def upload(self, want: Want) -> Upload:
        """The file as fitting would hand it over; what comes from outside is a file of its name's end here."""
        import hashlib

        name = want.media.name if want.media else want.url.rpartition("/")[2]
        path = self.folder / name
        raw = path.read_bytes()
        size = (want.media.width, want.media.height) if want.media else (640, 480)
        mime = "image/gif" if raw.startswith(b"GIF8") else "image/jpeg"
        return Upload(path, mime, len(raw), hashlib.sha256(raw).hexdigest(), *size, "", name, role=want.role)

    def staged(self, publisher: Publisher, what: Content) -> tuple[list[Upload], dict[str, Any], list[Any]]:
        """Uploads, plan and handles with the draft; the plan goes through JSON as it does in the database."""
        uploads = [self.upload(want) for want in PLATFORM.wants(what)]
        plan = json.loads(json.dumps(publisher.plan(what, uploads)))
        handles: list[Any] = [publisher.stage(n, u, plan, Memory().held()) for n, u in enumerate(uploads)]
        handles.append(publisher.contain(what, uploads, plan, handles, self.draft.held()))
        return uploads, plan, handles

    def send(self, what: Content, url: str = "") -> tuple[Publisher, list[Upload], dict[str, Any], list[Any], Receipt]:
        """The whole way to the receipt."""
        publisher = self.publisher(url)
        uploads, plan, handles = self.staged(publisher, what)
        assert publisher.ready(plan, handles) is None
        return publisher, uploads, plan, handles, publisher.commit(what, uploads, plan, handles)

    @staticmethod
    def done(publisher: Publisher, receipt: Receipt) -> Receipt:
        """As often as it takes."""
        for _ in range(10):
            if receipt.done:
                break
            receipt = publisher.check(receipt)
        return receipt

    def titles(self) -> list[str]:
        """What people can see."""
        return [str(p.article["title"]) for p in self.server.state.published.values()]


def codes(problem: Any) -> list[str]:
    return [finding.code for finding in problem.findings]
