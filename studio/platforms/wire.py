"""httpx, and what its errors mean: did anything reach the other side?"""

from __future__ import annotations

import logging
import ssl
import time
import weakref
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.transport import MaybeSent, Request, Response, Unsent, host_of

if TYPE_CHECKING:
    from studio.core.errors import Problem

PIECE = 1 << 18  # bytes of a file read at once
SLOWEST = 600.0  # seconds an answer may take in all, however steadily it drips
# Before anything was sent; everything else may have been acted on.
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
Progress = Callable[[int, int], None]


def pieces(path: Path, size: int, progress: Progress | None) -> Iterator[bytes]:
    """The first `size` bytes of a file, never the whole of it in memory."""
    gone = 0
    with path.open("rb") as file:
        while gone < size and (piece := file.read(min(PIECE, size - gone))):
            yield piece
            gone += len(piece)
            if progress is not None:
                progress(gone, size)


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


class Wire:
    """One pool of connections, opened on first use. Redirects are never followed here."""

    def __init__(self, verify: ssl.SSLContext | None = None) -> None:
        # At INFO httpx writes whole addresses, and some platforms want tokens in the query.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        direct: dict[str, httpx.BaseTransport | None] = {f"all://{host}": None for host in LOOPBACK}
        self._client = httpx.Client(verify=verify or trusted(), follow_redirects=False, mounts=direct)
        weakref.finalize(self, self._client.close)  # whoever forgets to close leaves no open sockets

    def close(self) -> None:
        self._client.close()

    def send(self, request: Request, progress: Progress | None = None) -> Response:
        """The answer, whatever its status; Unsent, MaybeSent or Refused when there is none."""
        try:
            return self._send(request, progress)
        except httpx.HTTPError as fault:
            raise meaning(request, fault) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Refused(error("net.address", "account", host=host_of(request.url))) from None
        except FileNotFoundError:
            raise Refused(error("media.missing", "media", name=Path(str(request.content)).name)) from None

    def _send(self, request: Request, progress: Progress | None) -> Response:
        timeout = httpx.Timeout(request.timeout, connect=min(request.timeout, 15.0))
        built = self._client.build_request(
            request.method, request.url, content=self._content(request, progress),
            headers=self._headers(request), timeout=timeout,
        )
        answer = self._client.send(built, stream=True)
        try:
            body = self._body(request, answer)
        finally:
            answer.close()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, body, str(answer.url.copy_with(query=None, userinfo=b"")))

    @staticmethod
    def _content(request: Request, progress: Progress | None) -> bytes | Iterator[bytes] | None:
        if isinstance(request.content, Path):
            return pieces(request.content, request.size, progress)
        return request.content

    @staticmethod
    def _headers(request: Request) -> dict[str, str]:
        headers = dict(request.headers)
        if isinstance(request.content, Path):
            headers["Content-Length"] = str(request.size)  # many servers refuse chunked bodies
        return headers

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


