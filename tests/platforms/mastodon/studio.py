"""The whole engine, with one account at the contract server."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from studio.core.delivery import Delivery
from studio.core.post import Post, Reply
from studio.services.desk import Desk
from tests.platforms.house import opened
from tests.platforms.mastodon.desk import photo
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon
from tests.services.fakes import Clock, FakeVault
from tests.services.looking import look


class Studio:
    """A desk whose only account is at the server, behind the proxy; both go by one clock."""

    def __init__(self, server: Mastodon, proxy: FaultProxy, clock: Clock, folder: Path) -> None:
        self.server, self.proxy, self.clock, self.folder, self.vault = server, proxy, clock, folder, FakeVault()
        self.mei = server.state.person("mei", "Mei 梅")
        self.desk = self._opened()
        fields = {"access_token": server.state.token(self.mei)}
        self.account = self.desk.accounts.add("mastodon", fields, api_base=proxy.url)

    def _opened(self) -> Desk:
        return opened(self.folder, self.vault, self.clock)

    def restart(self) -> None:
        self.desk.close()
        self.desk = self._opened()

    def post(
        self, text: str = "周末好去处 #咖啡", replies: tuple[str, ...] = (), files: int = 0, **options: Any
    ) -> Post:
        media = []
        for number in range(files):
            asset = self.desk.library.add([photo(self.folder, number + 1, alt="").path])[0].asset
            assert asset is not None
            media.append(replace(asset.as_media(), alt=f"第 {number + 1} 张"))
        made = self.desk.posts.create(text=text, media=tuple(media))
        whole = replace(made, replies=tuple(Reply(reply) for reply in replies), options={"mastodon": options})
        self.desk.posts.save(whole)
        return whole

    def publish(self, post: Post) -> Delivery:
        return self.desk.publishing.publish(post.id, self.account.id)

    def ahead(self, post: Post, when: timedelta = timedelta(hours=2)) -> Delivery:
        """Left with the server's timer."""
        made = self.desk.calendar.schedule(post.id, self.account.id, self.clock.now() + when, ahead=True)
        look(self.desk)
        return self.now(made)

    def now(self, delivery: Delivery) -> Delivery:
        return self.desk.publishing.get(delivery.id)

    def texts(self) -> list[str]:
        return [str(status.params["status"]) for status in self.server.posts()]

    def waiting(self) -> list[str]:
        return [str(item.params["status"]) for item in self.server.state.scheduled.values()]
