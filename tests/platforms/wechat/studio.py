"""The real services with one account at the contract server, behind the proxy; all go by one clock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.core.delivery import Delivery
from studio.core.post import Post
from studio.services.desk import Desk
from tests.platforms.house import opened
from tests.servers.faultproxy import FaultProxy
from tests.servers.wechat import WeChat
from tests.services.fakes import Clock, FakeVault


class Studio:
    """A desk whose only account is at the server."""

    def __init__(self, server: WeChat, proxy: FaultProxy, clock: Clock, folder: Path) -> None:
        self.server, self.proxy, self.clock, self.folder, self.vault = server, proxy, clock, folder, FakeVault()
        self.desk = self._opened()
        fields = {"app_id": server.state.app_id, "app_secret": server.state.secret}
        self.account = self.desk.accounts.add("wechat", fields, api_base=proxy.url)

    def _opened(self) -> Desk:
        return opened(self.folder, self.vault, self.clock)

    def restart(self) -> None:
        self.desk.close()
        self.desk = self._opened()

    def post(self, text: str = "旧书店的一下午。", files: int = 1, **options: Any) -> Post:
        media = []
        for number in range(files):
            asset = self.desk.library.add([photo(self.folder, number + 1)])[0].asset
            assert asset is not None
            media.append(asset.as_media())
        return self.desk.posts.create(
            title="周末好去处", text=text, media=tuple(media), options={"wechat": options} if options else {})

    def publish(self, post: Post) -> Delivery:
        return self.desk.publishing.publish(post.id, self.account.id)

    def titles(self) -> list[str]:
        """What people can see."""
        return [str(p.article["title"]) for p in self.server.state.published.values()]


def photo(folder: Path, number: int, size: tuple[int, int] = (1200, 900)) -> Path:
    """A real JPEG."""
    from PIL import Image

    path = folder / f"photo{number}.jpg"
    Image.new("RGB", size, (200, 40 * number % 255, 90)).save(path, quality=90)
    return path
