"""httpx, and what its errors mean: did anything reach the other side?"""

from __future__ import annotations

import logging
import ssl
import time
import weakref
from collections.abc import Iterator, Sequence
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.transport import MaybeSent, Progress, Request, Response, Slice, Unsent, host_of

if TYPE_CHECKING:
    from studio.core.errors import Problem

PIECE = 1 << 18  # bytes of a file read at once
SLOWEST = 600.0  # seconds an answer may take in all, however steadily it drips
# Seconds an idle connection is kept. Many servers close theirs after 5 s, and a request that meets this closing has
# an unknown outcome: ours go first.
KEPT = 4.0
# Before anything was sent; everything else may have been acted on.
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def flow(parts: Sequence[bytes | Slice], size: int, progress: Progress | None) -> Iterator[bytes]:
    """The bytes of `parts` one after the other, `size` in all, never the whole of a file in memory."""
    gone = 0
    for part in parts:
        for piece in pieces(part) if isinstance(part, Slice) else (part,):
            yield piece
            gone += len(piece)
            if progress is not None:
                progress(gone, size)


def pieces(part: Slice) -> Iterator[bytes]:
    """A part of a file in small pieces. MaybeSent (media.changed) when the file is shorter by now."""
    left = part.length
    with part.path.open("rb") as file:
        file.seek(part.offset)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            yield piece
            left -= len(piece)
    if left > 0:
        raise MaybeSent(error("media.changed", "media", name=part.path.name))


def _tls_reason(fault: BaseException | None) -> str | None:
    """Why TLS failed, in OpenSSL's words, or None when it was not TLS."""
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return str(fault.verify_message)
        if isinstance(fault, ssl.SSLError):
            return str(fault.reason or "TLS")
        fault = fault.__cause__ or fault.__context__
    return None


def _unsent(request: Request, fault: httpx.HTTPError) -> Unsent:
    host = host_of(request.url)
    if reason := _tls_reason(fault):
        return Unsent(error("net.tls", "account", host=host, reason=reason))
    return Unsent(error("net.down", "account", host=host))


def meaning(request: Request, fault: httpx.HTTPError) -> Problem:
    """The typed outcome of a request that got no whole answer. Holds no address beyond the host."""
    host = host_of(request.url)
    if isinstance(fault, UNSENT):
        return _unsent(request, fault)
    if isinstance(fault, httpx.UnsupportedProtocol):
        return Refused(error("net.address", "account", host=host))
    code = "net.timeout" if isinstance(fault, httpx.TimeoutException) else "net.broken"
    return MaybeSent(error(code, "account", host=host))


@cache
def trusted() -> ssl.SSLContext:
    """The certificates we believe; reading them takes a tenth of a second, so it is done once."""
    return httpx.create_ssl_context()


def no_cookies() -> CookieJar:
    """A jar that takes none: what one account is given must not go out with another's requests."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


class Wire:
    """One pool of connections, opened on first use; many threads may use it. Redirects are never followed here."""

    def __init__(self, verify: ssl.SSLContext | None = None) -> None:
        # At INFO httpx writes whole addresses, and some platforms want tokens in the query.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        direct: dict[str, httpx.BaseTransport | None] = {f"all://{host}": None for host in LOOPBACK}
        self._client = httpx.Client(
            verify=verify or trusted(), follow_redirects=False, mounts=direct, cookies=no_cookies(),
            limits=httpx.Limits(max_keepalive_connections=20, keepalive_expiry=KEPT),
        )
        weakref.finalize(self, self._client.close)  # whoever forgets to close leaves no open sockets

    def close(self) -> None:
        self._client.close()

    def send(self, request: Request) -> Response:
        """The answer, whatever its status; Unsent, MaybeSent or Refused when there is none."""
        try:
            return self._send(request)
        except httpx.HTTPError as fault:
            raise meaning(request, fault) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Refused(error("net.address", "account", host=host_of(request.url))) from None
        except FileNotFoundError as gone:
            raise Refused(error("media.missing", "media", name=Path(str(gone.filename)).name)) from None

    def _send(self, request: Request) -> Response:
        timeout = httpx.Timeout(request.timeout, connect=min(request.timeout, 15.0))
        headers, content = self._dressed(request)
        built = self._client.build_request(
            request.method, request.url, content=content, headers=headers, timeout=timeout,
        )
        answer = self._client.send(built, stream=True)
        try:
            body = self._body(request, answer)
        finally:
            answer.close()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, body, str(answer.url.copy_with(query=None, userinfo=b"")))

    @staticmethod
    def _dressed(request: Request) -> tuple[dict[str, str], bytes | Iterator[bytes] | None]:
        """Headers and body. What is on disk goes out with its length, because many servers refuse chunked bodies."""
        if isinstance(request.content, bytes | None):
            return dict(request.headers), request.content
        size = request.size
        return {**request.headers, "Content-Length": str(size)}, flow(request.parts, size, request.progress)

    @staticmethod
    def _body(request: Request, answer: httpx.Response) -> bytes:
        """At most `request.most` bytes: a huge answer must not fill the memory."""
        until, body = time.monotonic() + SLOWEST, bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > request.most:
                raise MaybeSent(error("net.too_big", "account", host=host_of(request.url), limit=request.most))
            if time.monotonic() > until:
                raise MaybeSent(error("net.timeout", "account", host=host_of(request.url)))
        return bytes(body)


