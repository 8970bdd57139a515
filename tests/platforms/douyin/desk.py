"""A person at work on one post, before a contract server with a clock of the test's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from studio.core.delivery import Receipt
from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.base import Access, Held, Publisher, Upload
from studio.platforms.transport import Transport
from tests.platforms.fakes import Saved, content, media, upload
from tests.platforms.house import START as START
from tests.platforms.house import Clock as Clock
from tests.servers.douyin import Douyin
from tests.servers.douyin_state import ALL

PLATFORM = get("douyin")
TEXT = "周末好去处 #咖啡"


class Kept(Held):
    """What a step kept, over calls."""

    def __init__(self) -> None:
        self.lines: list[Mapping[str, Any]] = []
        super().__init__({}, self.lines.append)


def photo(folder: Path, number: int = 1) -> Upload:
    """Bytes of a file of that kind: nobody here looks into them."""
    path = folder / f"photo{number}.jpg"
    path.write_bytes(b"\xff\xd8\xff" + bytes([number]) * 900)
    return upload(path, width=1080, height=1440)


def clip(folder: Path, size: int = 4000, name: str = "My secret street.mp4", seconds: float = 12.0) -> Upload:
    """A file of `size` bytes, mostly holes on the disk."""
    path = folder / name
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypisom")
        file.truncate(size)
    return replace(upload(path, "video/mp4", width=1080, height=1920, kind="video"), duration=seconds)


class Desk:
    """Mei, whose app has the capability, signed in with tokens. scopes: what she granted, None: not known."""

    def __init__(self, server: Douyin, clock: Clock, folder: Path) -> None:
        self.server, self.clock, self.folder, self.saved = server, clock, folder, Saved()
        self.mei, self.app = server.state.person("梅 Mei"), server.state.app()
        self.learnt: dict[str, str] = {}
        self.sign_in()

    def sign_in(self, scopes: Sequence[str] | None = ALL, **identity: str) -> None:
        """Anew, with these rights."""
        self.learnt.clear()
        access, refresh = self.server.state.grant(self.mei, ALL if scopes is None else scopes)
        self.secrets = {
            "client_key": self.app.key, "client_secret": self.app.secret, "access_token": access,
            "refresh_token": refresh, "ends": (self.clock.at + timedelta(days=15)).isoformat(),
            "refresh_ends": (self.clock.at + timedelta(days=30)).isoformat(), "renewals": "0",
        }
        told = {"scopes": " ".join(scopes)} if scopes is not None else {}
        known = {"open_id": self.mei.open_id, **told, **identity}
        self.account = Account("a", "douyin", handle=self.mei.open_id, api_base=self.server.url, identity=known)

    def access(self, secrets: Mapping[str, str] | None = None, mode: Any = "api") -> Access:
        """Each with a transport of its own, as in the engine."""

        def save(fresh: Mapping[str, str]) -> None:
            self.secrets = dict(fresh)
            self.saved(fresh)

        given = self.secrets if secrets is None else secrets
        account = replace(self.account, identity={**self.account.identity, **self.learnt}, mode=mode)
        return Access(account, given, save, Transport(self.server.url, attempts=1), self.folder, self.clock,
                      learn=self.learnt.update)

    def publisher(self) -> Publisher:
        return PLATFORM.publisher(self.access())

    @staticmethod
    def post(text: str = TEXT, uploads: Sequence[Upload] = (), **more: Any) -> Content:
        pictures = [
            media(u.name, u.width, u.height, u.alt, kind=u.kind, duration=u.duration) for u in uploads
        ]
        return content("douyin", text, pictures=pictures, **more)

    @staticmethod
    def staged(publisher: Publisher, what: Content, uploads: Sequence[Upload]) -> tuple[dict[str, Any], list[Any]]:
        """Plan and handles, through JSON as in the database."""
        plan = json.loads(json.dumps(publisher.plan(what, uploads)))
        return plan, [json.loads(json.dumps(publisher.stage(n, u, plan, Kept()))) for n, u in enumerate(uploads)]

    def send(
        self, what: Content, uploads: Sequence[Upload]
    ) -> tuple[Publisher, dict[str, Any], list[Any], Receipt]:
        """The whole way to the receipt."""
        publisher = self.publisher()
        plan, handles = self.staged(publisher, what, uploads)
        assert publisher.ready(plan, handles) is None
        return publisher, plan, handles, publisher.commit(what, uploads, plan, handles)


def codes(problem: Any) -> list[str]:
    return [finding.code for finding in problem.findings]
