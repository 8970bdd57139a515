"""Fakes that record: a network that answers from a script, and a ruler that measures without a toolkit."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from studio.core.card import Font, Line
from studio.core.post import Account, Content, Media
from studio.platforms.base import Access, Held, Upload
from studio.platforms.transport import Request, Response, Transport
from studio.platforms.wire import flow

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
Answer = Response | Exception


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it would have gone out."""

    method: str
    host: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def name(self) -> str:
        """The last part of the path, which is an XRPC call's name."""
        return self.path.rsplit("/", 1)[-1]


def answer(data: object = None, status: int = 200, **headers: str) -> Response:
    """A JSON answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, named, b"" if data is None else json.dumps(data).encode(), "https://fake.test/x")


def refusal(name: str, status: int = 400, message: str = "no") -> Response:
    """An error in the form of XRPC."""
    return answer({"error": name, "message": message}, status)


class FakeTransport(Transport):
    """Records every request and answers from a list, or with what a function says to it. Never waits, never retries.

    An exception in the list is raised, as the wire would.
    """

    def __init__(self, script: Iterable[Answer] | Callable[[Call], Answer] = (), api_base: str = "") -> None:
        super().__init__(api_base, attempts=1)
        self.calls: list[Call] = []
        self._script = script if callable(script) else list(script)

    @property
    def names(self) -> list[str]:
        return [call.name for call in self.calls]

    def _exchange(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        body = b"".join(flow(request.parts, request.size, request.progress))
        call = Call(request.method, parts.netloc, parts.path, dict(parse_qsl(parts.query)), request.headers, body)
        self.calls.append(call)
        if callable(self._script):
            given = self._script(call)
        else:
            assert self._script, f"not in the script: {call.method} {call.path}"
            given = self._script.pop(0)
        if isinstance(given, Exception):
            raise given
        return replace(given, url=f"{parts.scheme}://{parts.netloc}{parts.path}")


class Offline(FakeTransport):
    """A network that must not be used."""

    def __init__(self) -> None:
        super().__init__([])


@dataclass(slots=True)
class Saved:
    """What a publisher saved of its secrets, in order."""

    secrets: list[Mapping[str, str]] = field(default_factory=list)

    def __call__(self, secrets: Mapping[str, str]) -> None:
        self.secrets.append(dict(secrets))


def access(
    account: Account, transport: Transport, folder: Path, secrets: Mapping[str, str] | None = None,
    save: Callable[[Mapping[str, str]], None] | None = None, now: datetime = NOW,
) -> Access:
    """What a publisher works with, at a fixed time."""
    return Access(account, secrets or {}, save or Saved(), transport, folder, lambda: now)


def upload(
    path: Path, mime: str = "image/jpeg", alt: str = "", width: int = 0, height: int = 0, kind: str = "image"
) -> Upload:
    """A file as fitting would hand it over."""
    raw = path.read_bytes()
    return Upload(path, mime, len(raw), hashlib.sha256(raw).hexdigest(), width, height, alt, path.name, kind)


def media(name: str = "a.jpg", width: int = 1200, height: int = 900, alt: str = "A cup", **more: Any) -> Media:
    return Media(hashlib.sha256(name.encode()).hexdigest(), name=name, width=width, height=height, alt=alt, **more)


def content(platform: str, text: str = "", *, pictures: Sequence[Media] = (), **more: Any) -> Content:
    """What an account would get; everything not given is empty."""
    given: dict[str, Any] = {
        "post": "post", "account": "account", "mode": "api", "title": "", "link": "", "tags": (), "language": "en",
        "name": "Mei 梅", "handle": "mei.test", **more,
    }
    return Content(platform=platform, text=text, media=tuple(pictures), **given)


class Ruler:
    """Metrics without fonts: wide characters are one em, others half, marks and joiners nothing."""

    def lines(self, text: str, font: Font, width: float) -> tuple[Line, ...]:
        made: list[Line] = []
        start = 0
        for paragraph in text.split("\n"):
            made += self._broken(paragraph, start, font, width)
            start += len(paragraph) + 1
        return tuple(made)

    def _broken(self, text: str, offset: int, font: Font, width: float) -> list[Line]:
        lines, start, used = [], 0, 0.0
        for at, char in enumerate(text):
            wide = self.advance(char, font)
            if used + wide > width and at > start and not unicodedata.combining(char):
                lines.append(Line(offset + start, offset + at, used))
                start, used = at, 0.0
            used += wide
        return [*lines, Line(offset + start, offset + len(text), used)]

    def advance(self, text: str, font: Font) -> float:
        return sum(self._em(char) for char in text) * font.size

    @staticmethod
    def _em(char: str) -> float:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
            return 0.0
        return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5


def unheld() -> Held:
    """For a step of which nothing was kept before; keeps nothing."""
    return Held({}, lambda data: None)
