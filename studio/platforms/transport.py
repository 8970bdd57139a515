"""The only way to the network: addresses, redirects, retries and the outcome of every request, typed.

`MaybeSent` is the one a publisher must take care of: the other side may have acted. Inside `visible()`
it becomes `Uncertain`, everywhere else it is a `Later`.
"""

from __future__ import annotations

import json as jsonlib
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from studio.core.errors import Later, Refused, Uncertain
from studio.core.finding import error

if TYPE_CHECKING:
    from studio.platforms.wire import Wire

USER_AGENT = "Yigao/0.1 (+desktop)"
MOST = 8 << 20  # bytes of an answer, unless a caller knows better
TIMEOUT = 60.0  # seconds without a sign of life
REDIRECTS = 5
PATIENCE = 5.0  # the longest Retry-After, in seconds, that a read waits for by itself
LONGEST = 7 * 86_400.0  # seconds: nobody means to make us wait longer
READS = ("GET", "HEAD")
MOVED = (301, 302, 303, 307, 308)
PASSING = (500, 502, 503, 504)  # a read may simply be asked again


class Unsent(Later):
    """Nothing reached the other side: refused connection, no such host, TLS."""


class MaybeSent(Later):
    """It broke after the request was on its way: the other side may have acted on it."""


@contextmanager
def visible() -> Iterator[None]:
    """Around the one request that makes a post visible: what may have been done is Uncertain, never Later."""
    try:
        yield
    except MaybeSent as broken:
        raise Uncertain(*broken.findings) from None


@dataclass(frozen=True, slots=True)
class Slice:
    """`length` bytes of a file from `offset` on; read from disk while they are sent, never held in memory."""

    path: Path
    offset: int
    length: int


# A body: bytes, a file, a part of one, or several in a row (the heads and the file of a form).
Body = bytes | Path | Slice | tuple[bytes | Slice, ...]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes out. Files and parts of files in `content` are streamed from disk."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: Body | None = None
    timeout: float = TIMEOUT
    most: int = MOST
    progress: Progress | None = None
    abroad: bool = False

    @property
    def parts(self) -> tuple[bytes | Slice, ...]:
        """The body as what it is made of."""
        if isinstance(self.content, Path):
            return (Slice(self.content, 0, self.content.stat().st_size),)
        if isinstance(self.content, tuple):
            return self.content
        return () if self.content is None else (self.content,)

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return sum(part.length if isinstance(part, Slice) else len(part) for part in self.parts)

    @property
    def read(self) -> bool:
        """True when repeating it changes nothing."""
        return self.method in READS


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, whatever its status. headers: names in lower case. url: where it came from, without the query."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON. MaybeSent (net.unreadable) when it is none."""
        try:
            return jsonlib.loads(self.body)
        except (ValueError, RecursionError):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(self.url), status=self.status)) from None

    def data(self) -> dict[str, Any]:
        """The body as a JSON object. MaybeSent (net.unreadable) when it is anything else."""
        found = self.json()
        if not isinstance(found, dict):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(self.url), status=self.status))
        return found


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the journal may know of a request: no headers, no query, no bodies, so no secret.

    status   None when no answer came
    sent, received   bytes of the bodies
    """

    method: str
    host: str
    path: str
    status: int | None
    sent: int
    received: int
    seconds: float


def host_of(url: str) -> str:
    """"host" or "host:port" for messages; never user info, path or query."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return ""


def rebase(url: str, base: str) -> str:
    """`url` with scheme and host of `base`; a path of `base` is put in front of its own."""
    if not base or url.startswith(f"{base}/"):
        return url
    there, here = urlsplit(base), urlsplit(url)
    return urlunsplit((there.scheme, there.netloc, there.path.rstrip("/") + here.path, here.query, here.fragment))


def _same_place(before: str, after: str) -> bool:
    """Same host and port, and not from https down to http."""
    a, b = urlsplit(before), urlsplit(after)
    try:
        upgraded = (a.scheme, b.scheme) == ("http", "https") and a.port is None and b.port is None
        same = (a.scheme, a.port) == (b.scheme, b.port)
    except ValueError:
        return False
    return a.hostname == b.hostname and (same or upgraded)


def _seconds(text: str, now: datetime) -> float | None:
    """"120", an epoch, an HTTP date or ISO 8601 as seconds from `now`; None when it is none of them."""
    try:
        number = float(text)
    except ValueError:
        return _until(text, now)
    if not math.isfinite(number):
        return None
    return max(0.0, number - now.timestamp() if number > 1e9 else number)


def _until(text: str, now: datetime) -> float | None:
    """An HTTP date or ISO 8601 as seconds from `now`."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
            return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now.timestamp())
        except (ValueError, TypeError, OverflowError):
            continue
    return None


def wait_of(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the answer asks to wait, or None.

    Reads Retry-After (seconds or date), RateLimit-Reset and X-RateLimit-Reset (seconds, epoch or ISO 8601).
    """
    for name in ("retry-after", "ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"):
        if name in headers and (wait := _seconds(headers[name].strip(), now)) is not None:
            return min(wait, LONGEST)
    return None


class Transport:
    """Requests of one account. Close it, or use it in `with`, when done; safe to use from one thread at a time.

    api_base   scheme and host that replace those of every call, or ""
    record     is told of every exchange, without secrets
    progress   (bytes gone out, bytes in all) of a streamed file; may raise to stop. May be set later
    attempts   how often a read is tried; writes are tried once, always
    wire       connections of its own, instead of new ones
    lend       gives connections that others use as well; they are left open
    """

    def __init__(
        self, api_base: str = "", *, record: Callable[[Exchange], None] | None = None,
        progress: Progress | None = None, attempts: int = 3, wire: Wire | None = None,
        lend: Callable[[], Wire] | None = None,
    ) -> None:
        self.api_base = api_base.strip().rstrip("/")
        self.progress = progress
        self._record, self._attempts = record, attempts
        self._wire, self._lend = wire, lend

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def listen(self, record: Callable[[Exchange], None], progress: Progress | None) -> None:
        """Who is told of every exchange, and of the bytes of a streamed file, from now on."""
        self._record, self.progress = record, progress

    def close(self) -> None:
        """Closes the connections, unless they are lent. It opens new ones when used again."""
        if self._wire is not None and self._lend is None:
            self._wire.close()
        self._wire = None

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, json: object = None,
        content: Body | None = None, params: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT, most: int = MOST, progress: Progress | None = None, abroad: bool = False,
    ) -> Response:
        """Sends it and gives the answer, whatever its status, save 429 and redirects.

        A file or a `Slice` of one as `content` is streamed. timeout: seconds of silence. most: bytes of the answer
        that are taken. progress: as the transport's own, for this request. abroad: redirects lead to other hosts, too;
        only for reads that carry no secret.
        Reads are repeated on broken connections and 5xx. Unsent, MaybeSent, Later (429, with `after`), Refused
        (net.redirected to another host: nothing is sent there).
        """
        ready, body = self._dressed(headers or {}, json, content)
        address = self._address(url, params or {})
        request = Request(method.upper(), address, ready, body, timeout, most, progress or self.progress, abroad)
        if not request.read:
            return self._followed(request)
        return self._patiently(request)

    @staticmethod
    def _dressed(headers: Mapping[str, str], json: object, content: Body | None) -> tuple[dict[str, str], Body | None]:
        """The headers and the body as they go out."""
        ready = {"User-Agent": USER_AGENT, "Accept": "application/json", **headers}
        if json is None:
            return ready, content
        ready.setdefault("Content-Type", "application/json")
        return ready, jsonlib.dumps(json, ensure_ascii=False).encode()

    def _address(self, url: str, params: Mapping[str, str]) -> str:
        """Where it goes; Refused (net.address) when that is no address."""
        import httpx

        try:
            address = httpx.URL(rebase(url, self.api_base))
            return str(address.copy_merge_params(dict(params)) if params else address)
        except (httpx.InvalidURL, ValueError):
            raise Refused(error("net.address", "account", host=host_of(url))) from None

    def _patiently(self, request: Request) -> Response:
        """A read, repeated with growing pauses; the last answer or error when it stays so."""
        import stamina

        last: Response | None = None

        class _Passing(Exception):
            """An answer that a moment may mend."""

        def pause(fault: Exception) -> bool | float:
            if isinstance(fault, Later) and fault.after is not None:
                return fault.after if fault.after <= PATIENCE else False
            return isinstance(fault, _Passing | Unsent | MaybeSent)

        tries = stamina.retry_context(pause, self._attempts, timeout=None, wait_initial=0.2, wait_jitter=0.3)
        try:
            for attempt in tries:
                with attempt:
                    last = None
                    last = self._followed(request)
                    if last.status in PASSING:
                        raise _Passing
        except _Passing:
            pass
        assert last is not None  # the loop ended with an answer or raised
        return last

    def _followed(self, request: Request) -> Response:
        """The answer after at most five redirects on the same host, for reads; none for writes."""
        from dataclasses import replace

        for _ in range(REDIRECTS + 1):
            response = self._once(request)
            if response.status not in MOVED or "location" not in response.headers:
                return self._unlimited(request, response)
            target = urljoin(request.url, response.headers["location"])
            if not request.read or not (request.abroad or _same_place(request.url, target)):
                # After a write "see other" means: it was done, and the answer is over there.
                kind = MaybeSent if response.status == 303 and not request.read else Refused
                raise kind(error("net.redirected", "account", host=host_of(target), asked=host_of(request.url)))
            request = replace(request, url=target)
        raise Refused(error("net.redirects", "account", host=host_of(request.url)))

    def _unlimited(self, request: Request, response: Response) -> Response:
        if response.status != 429:
            return response
        after = wait_of(response.headers, datetime.now(UTC))
        host = host_of(request.url)
        if after is None:
            raise Later(error("net.rate_limited_unknown", "account", host=host))
        raise Later(error("net.rate_limited", "account", host=host, seconds=round(after)), after=after)

    def _once(self, request: Request) -> Response:
        """One exchange on the wire, recorded."""
        started, response = time.monotonic(), None
        try:
            response = self._exchange(request)
            return response
        finally:
            self._note(request, response, time.monotonic() - started)

    def _note(self, request: Request, response: Response | None, seconds: float) -> None:
        if self._record is None:
            return
        parts = urlsplit(request.url)
        status, received = (response.status, len(response.body)) if response else (None, 0)
        size = request.size
        self._record(Exchange(request.method, host_of(request.url), parts.path, status, size, received, seconds))

    def _exchange(self, request: Request) -> Response:
        """Replaced by the fake of the tests."""
        if self._wire is None:
            self._wire = self._lend() if self._lend else self._opened()
        return self._wire.send(request)

    @staticmethod
    def _opened() -> Wire:
        from studio.platforms.wire import Wire

        return Wire()

