"""A proxy on loopback that does to HTTP what bad networks and bad servers do; steered from inside the test.

    with FaultProxy(server.url) as proxy:
        proxy.lose_reply(only=r"^POST /xrpc/com.atproto.repo.createRecord")
        proxy.answer(429, headers={"Retry-After": "7"}, only=r"^GET ", skip=2)
        client = Client(proxy.url)

A fault hits the next `times` requests whose request line matches `only`, after `skip` of them passed; the
others pass untouched. Plain HTTP/1.1; clients that pipeline are not understood.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import io
import json
import re
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

CHUNK = 65536
HEAD = 1 << 17  # bytes a head may have
GARBAGE = b"\x00\xff\xfe{]not json at all \xc3\x28"
HTML = b"<!doctype html><html><head><title>Just a moment</title></head><body><h1>502</h1></body></html>"

Kind = Literal["cut_up", "cut_down", "lose_reply", "blackhole", "refuse", "delay", "throttle", "answer", "change"]


@dataclass(slots=True)
class Seen:
    """One request as it came: `sent` and `received` count body bytes from and all bytes to the client."""

    method: str
    path: str
    at: float
    sent: int = 0
    received: int = 0

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(slots=True)
class Fault:
    """One planned fault; `amount` is bytes for cuts, seconds for delays, bytes per second for throttles."""

    kind: Kind
    only: str
    left: int
    amount: float = 0
    skip: int = 0
    reply: bytes = b""
    deliver: bool = False
    change: Callable[[int, Any], tuple[int, Any]] | None = None
    passed: set[int] = field(default_factory=set)  # the requests that `skip` let through

    def due(self, line: str, number: int) -> bool:
        """Whether it is for request `number`; one that is skipped is counted once."""
        if self.left <= 0 or not re.search(self.only, line) or number in self.passed:
            return False
        if len(self.passed) < self.skip:
            self.passed.add(number)
            return False
        return True


class FaultProxy:
    """Forwards 127.0.0.1:`port` to `upstream` and plays the planned faults.

    `requests` lists the request lines seen, `seen` the same with sizes and times, `hits` the
    (kind, request line) of each fault played.
    """

    def __init__(self, upstream: str) -> None:
        where = urlsplit(upstream)
        self.upstream = (where.hostname or "127.0.0.1", where.port or 80)
        self.port = 0
        self.requests: list[str] = []
        self.seen: list[Seen] = []
        self.hits: list[tuple[str, str]] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fault proxy", daemon=True)

    @property
    def url(self) -> str:
        """The base address to give the client."""
        return f"http://127.0.0.1:{self.port}"

    def cut_up(self, after: int, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Reset the client after `after` bytes of the request; the server gets what came before."""
        self._plan(Fault("cut_up", only, times, after, skip))

    def cut_down(self, after: int, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Reset the client after `after` bytes of the answer."""
        self._plan(Fault("cut_down", only, times, after, skip))

    def lose_reply(self, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Let the server do what is asked, and reset the client before the first byte of the answer."""
        self._plan(Fault("lose_reply", only, times, 0, skip))

    def blackhole(self, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Read the request and never answer; the server sees nothing."""
        self._plan(Fault("blackhole", only, times, 0, skip))

    def refuse(self, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Reset the client before the server sees anything."""
        self._plan(Fault("refuse", only, times, 0, skip))

    def delay(self, seconds: float, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Hold the request back for `seconds`, then pass it on."""
        self._plan(Fault("delay", only, times, seconds, skip))

    def throttle(self, rate: float, only: str = "", times: int = 1, skip: int = 0) -> None:
        """Pass the request and its answer on at `rate` bytes per second each."""
        self._plan(Fault("throttle", only, times, rate, skip))

    def answer(
        self, status: int, body: object = b"", headers: Mapping[str, str] | None = None, *,
        only: str = "", times: int = 1, skip: int = 0, deliver: bool = False,
    ) -> None:
        """Answer in the server's place; what is not bytes is sent as JSON.

        deliver   the server gets the request and acts on it, and its own answer is thrown away
        """
        fault = Fault("answer", only, times, 0, skip, reply(status, body, headers or {}), deliver)
        self._plan(fault)

    def change(
        self, how: Callable[[int, Any], tuple[int, Any]], only: str = "", times: int = 1, skip: int = 0
    ) -> None:
        """Pass on, and give `how(status, JSON)` of the server's answer in place of it."""
        self._plan(Fault("change", only, times, 0, skip, change=how))

    def rate_limit(self, after: str | None = None, **which: Any) -> None:
        """429, with or without Retry-After."""
        self.answer(429, {"error": "RateLimitExceeded"}, {} if after is None else {"Retry-After": after}, **which)

    def garbage(self, status: int = 200, **which: Any) -> None:
        """Bytes that are no JSON and no UTF-8, called JSON."""
        self.answer(status, GARBAGE, {"Content-Type": "application/json"}, **which)

    def html(self, status: int = 200, **which: Any) -> None:
        """A page for people, as relays and captive portals give it."""
        self.answer(status, HTML, {"Content-Type": "text/html; charset=utf-8"}, **which)

    def huge(self, size: int = 10 << 20, status: int = 200, **which: Any) -> None:
        """A JSON object of `size` bytes."""
        self.answer(status, b'{"x": "' + b"a" * (size - 9) + b'"}', {"Content-Type": "application/json"}, **which)

    def redirect(self, to: str, status: int = 302, **which: Any) -> None:
        """To another place; `to` may be an address or a path of this server."""
        self.answer(status, b"", {"Location": to}, **which)

    def clear(self) -> None:
        """Drop every fault still planned."""
        with self._lock:
            self._faults.clear()

    def __enter__(self) -> FaultProxy:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _plan(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def note(self, method: str, path: str) -> int:
        """A request came; its number."""
        with self._lock:
            self.requests.append(f"{method} {path} HTTP/1.1")
            self.seen.append(Seen(method, path, time.monotonic()))
            return len(self.seen) - 1

    def take(self, kind: Kind, number: int, reached: int = 0) -> Fault | None:
        """Spend one hit of the first fault of this kind for request `number` whose byte count is reached."""
        with self._lock:
            line = self.requests[number]
            for fault in self._faults:
                if fault.kind != kind or (kind in ("cut_up", "cut_down") and reached < fault.amount):
                    continue
                if fault.due(line, number):
                    fault.left -= 1
                    self.hits.append((kind, line))
                    return fault
        return None

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await connection.run()


class Cut(Exception):
    """The connection was ended by a fault."""


class Connection:
    """One client connection and its partner on the server's side."""

    def __init__(self, proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.proxy, self.reader, self.writer = proxy, reader, writer
        self.number = -1  # of the request under way
        self.sent = 0  # its bytes so far, with the head
        self.received = 0  # bytes of its answer
        self.rate = 0.0  # bytes per second, 0: as fast as it goes

    @property
    def seen(self) -> Seen:
        return self.proxy.seen[self.number]

    def take(self, kind: Kind, reached: int = 0) -> Fault | None:
        """A fault for the request under way."""
        return self.proxy.take(kind, self.number, reached)

    async def run(self) -> None:
        """Forward both ways until either side ends or a fault does."""
        try:
            server_reader, server_writer = await asyncio.open_connection(*self.proxy.upstream)
        except OSError:
            reset(self.writer)
            return
        try:
            await race(self.up(server_writer), self.down(server_reader))
        except Cut:
            reset(self.writer)
        finally:
            self.writer.close()
            server_writer.close()

    async def up(self, server: asyncio.StreamWriter) -> None:
        """Client to server, one request after the other."""
        while head := await self.head():
            await self.begin(head)
            if fault := self.take("answer") or self.take("change"):
                await self.instead(fault, head)
                continue
            await self.pass_on(server, head)
            async for piece in self.body(head):
                self.seen.sent += len(piece)
                await self.pass_on(server, piece)

    async def head(self) -> bytes:
        """The next request up to its empty line; b"" when there is none."""
        try:
            return await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""

    async def begin(self, head: bytes) -> None:
        """Count anew, and play the faults that come before anything is passed on."""
        method, path, _ = head.decode("latin-1").split(" ", 2)
        self.number = self.proxy.note(method, path)
        self.sent = self.received = 0
        if self.take("refuse"):
            raise Cut
        if self.take("blackhole"):
            while await self.reader.read(CHUNK):
                pass
            raise Cut
        if delay := self.take("delay"):
            await asyncio.sleep(delay.amount)
        slow = self.take("throttle")
        self.rate = slow.amount if slow else 0.0

    async def body(self, head: bytes) -> AsyncIterator[bytes]:
        """The bytes after the head as they come, with the frames of a chunked body."""
        if re.search(rb"\r\ntransfer-encoding: *chunked", head, re.IGNORECASE):
            async for piece in self.frames():
                yield piece
            return
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        left = int(length[1]) if length else 0
        while left > 0 and (piece := await self.reader.read(min(CHUNK, left))):
            yield piece
            left -= len(piece)

    async def frames(self) -> AsyncIterator[bytes]:
        """A chunked body, frame by frame."""
        size = -1
        while size != 0:
            line = await self.reader.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            yield line + await self.reader.readexactly(size + 2)

    async def pass_on(self, server: asyncio.StreamWriter, chunk: bytes) -> None:
        """Some bytes of the request to the server, unless it is cut here."""
        if fault := self.take("cut_up", self.sent + len(chunk)):
            server.write(chunk[: max(0, int(fault.amount) - self.sent)])
            await server.drain()
            raise Cut
        self.sent += len(chunk)
        server.write(chunk)
        await server.drain()
        await self.slowly(chunk)

    async def slowly(self, chunk: bytes) -> None:
        if self.rate:
            await asyncio.sleep(len(chunk) / self.rate)

    async def instead(self, fault: Fault, head: bytes) -> None:
        """The answer is ours; the server gets the request when it shall."""
        body = b"".join([piece async for piece in self.body(head)])
        self.seen.sent += len(body)
        given = fault.reply
        if fault.deliver or fault.change:
            theirs = await self.asked(head, body)
            given = changed(theirs, fault.change) if fault.change else given
        if self.seen.method == "HEAD":
            given = given[: given.index(b"\r\n\r\n") + 4]
        self.seen.received += len(given)
        self.writer.write(given)
        await self.writer.drain()

    async def asked(self, head: bytes, body: bytes) -> bytes:
        """The server's whole answer to this one request, over a connection of its own."""
        reader, writer = await asyncio.open_connection(*self.proxy.upstream)
        alone = re.sub(rb"\r\nconnection: [^\r]*", b"", head, flags=re.IGNORECASE)
        writer.write(alone.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) + body)
        await writer.drain()
        found = await reader.read()
        writer.close()
        return found

    async def down(self, server: asyncio.StreamReader) -> None:
        """Server to client."""
        while chunk := await server.read(CHUNK):
            if self.received == 0 and self.take("lose_reply"):
                raise Cut
            if fault := self.take("cut_down", self.received + len(chunk)):
                self.writer.write(chunk[: max(0, int(fault.amount) - self.received)])
                await self.writer.drain()
                raise Cut
            self.received += len(chunk)
            self.seen.received += len(chunk)
            self.writer.write(chunk)
            await self.writer.drain()
            await self.slowly(chunk)


def reply(status: int, body: object, headers: Mapping[str, str]) -> bytes:
    """A whole HTTP answer; a body that is not bytes becomes JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"Content-Type": "application/json", **headers, "Content-Length": str(len(raw))}
    lines = [f"HTTP/1.1 {status} Scripted", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + raw


class _Raw:
    """Bytes as the socket that http.client wants to read from."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self.raw)


def changed(theirs: bytes, how: Callable[[int, Any], tuple[int, Any]]) -> bytes:
    """A server's JSON answer with `how` applied."""
    found = http.client.HTTPResponse(_Raw(theirs))  # type: ignore[arg-type]
    found.begin()
    status, data = how(found.status, json.loads(found.read() or b"null"))
    return reply(status, data, {})


async def race(*ways: Coroutine[Any, Any, None]) -> None:
    """Run until the first of `ways` ends, end the others, and raise what it raised."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, which a client sees as "connection reset by peer"."""
    connection = writer.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
