"""A platform for measuring: one POST makes a post, one GET reads it back; nothing else is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.core.card import Card, Metrics, Surface, View
from studio.core.delivery import Compared, Proof, Receipt
from studio.core.finding import Finding
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, Held, Json, Login, Platform, Publisher, Upload
from studio.platforms.transport import Transport, visible


class PostPublisher(Publisher):
    """One visible request, one read-back."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._headers = {"Authorization": f"Bearer {access.secrets['token']}"}

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        return {"text": content.text}

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        raise NotImplementedError

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        with visible():
            answer = self._access.transport.request(
                "POST", "https://api.posts.test/posts", json={"text": plan["text"]}, headers=self._headers)
            made = answer.data()
        return Receipt(made["url"], {"id": made["id"]})

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        return None

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        url = f"https://api.posts.test{receipt.handle['id']}"
        found = self._access.transport.request("GET", url, headers=self._headers).data()
        return Proof(found["url"], None, (Compared("text", plan["text"], found["text"]),))


class PostPlatform(Platform):
    """Takes any text."""

    id = "posts"
    name = Words("Posts", "帖子", "貼文")
    initial: Mapping[str, str] = {"en": "P", "zh_CN": "帖", "zh_TW": "貼"}
    colour = "#445566"
    surfaces = (Surface("feed", (300,)),)

    def count(self, content: Content) -> Mapping[str, Count]:
        return {"text": Count(len(content.text), None, "characters")}

    def check(self, content: Content) -> tuple[Finding, ...]:
        return ()

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        raise NotImplementedError

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        raise NotImplementedError

    def health(self, access: Access) -> tuple[Finding, ...]:
        return ()

    def publisher(self, access: Access) -> Publisher:
        return PostPublisher(access)


def register() -> None:
    """From now on it is the only platform."""
    from studio import platforms

    declared = PostPlatform()
    platforms.names = lambda: (declared.id,)  # type: ignore[assignment]
    platforms.get = lambda name: declared
    platforms.every = lambda: {declared.id: declared}
