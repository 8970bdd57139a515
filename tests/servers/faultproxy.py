"""A TCP proxy on loopback that does to HTTP what bad networks do; steered from inside the test.

    with FaultProxy(server.url) as proxy:
        proxy.lose_reply(only=r"^POST /xrpc/com.atproto.repo.createRecord")
        client = Client(proxy.url)

A fault hits the next `times` requests whose request line matches `only`; the others pass untouched.
Requests on one kept-alive connection are told apart as long as the client does not pipeline.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

REQUEST_LINE = re.compile(rb"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+ HTTP/1\.[01]")
CHUNK = 65536

Kind = Literal["cut_up", "cut_down", "lose_reply", "blackhole", "refuse", "delay"]


@dataclass(slots=True)
class Fault:
    """One planned fault; `amount` is bytes for cuts and seconds for delays."""

    kind: Kind
    only: str
    left: int
    amount: float = 0


class FaultProxy:
    """Forwards 127.0.0.1:`port` to `upstream` and plays the planned faults.

    `requests` lists the request lines seen, `hits` the (kind, request line) of each fault played.
    """

    def __init__(self, upstream: str) -> None:
        where = urlsplit(upstream)
        self.upstream = (where.hostname or "127.0.0.1", where.port or 80)
        self.port = 0
        self.requests: list[str] = []
        self.hits: list[tuple[str, str]] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fault proxy", daemon=True)

    @property
    def url(self) -> str:
        """The base address to give the client."""
        return f"http://127.0.0.1:{self.port}"

    def cut_up(self, after: int, only: str = "", times: int = 1) -> None:
        """Reset the client after `after` bytes of the request; the server gets what came before."""
        self._plan(Fault("cut_up", only, times, after))

    def cut_down(self, after: int, only: str = "", times: int = 1) -> None:
        """Reset the client after `after` bytes of the answer."""
        self._plan(Fault("cut_down", only, times, after))

    def lose_reply(self, only: str = "", times: int = 1) -> None:
        """Let the server do what is asked, and reset the client before the first byte of the answer."""
        self._plan(Fault("lose_reply", only, times))

    def blackhole(self, only: str = "", times: int = 1) -> None:
        """Read the request and never answer; the server sees nothing."""
        self._plan(Fault("blackhole", only, times))

    def refuse(self, only: str = "", times: int = 1) -> None:
        """Reset the client before the server sees anything."""
        self._plan(Fault("refuse", only, times))

    def delay(self, seconds: float, only: str = "", times: int = 1) -> None:
        """Hold the request back for `seconds`, then pass it on."""
        self._plan(Fault("delay", only, times, seconds))

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

    def take(self, kind: Kind, line: str, reached: int = 0) -> Fault | None:
        """Spend one hit of the first fault of this kind that matches `line` and whose byte count is reached."""
        with self._lock:
            for fault in self._faults:
                due = fault.left > 0 and fault.kind == kind and re.search(fault.only, line)
                if due and (kind not in ("cut_up", "cut_down") or reached >= fault.amount):
                    fault.left -= 1
                    self.hits.append((kind, line))
                    return fault
        return None

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await connection.run()


class Cut(Exception):
    """The connection was ended by a fault."""


class Connection:
    """One client connection and its partner on the server's side."""

    def __init__(self, proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.proxy = proxy
        self.reader = reader
        self.writer = writer
        self.line = ""
        self.sent = 0  # bytes of the current request
        self.received = 0  # bytes of its answer

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
        """Client to server."""
        while chunk := await self.reader.read(CHUNK):
            await self.begin(chunk)
            fault = self.proxy.take("cut_up", self.line, self.sent + len(chunk))
            if fault:
                server.write(chunk[: max(0, int(fault.amount) - self.sent)])
                await server.drain()
                raise Cut
            self.sent += len(chunk)
            server.write(chunk)
            await server.drain()

    async def begin(self, chunk: bytes) -> None:
        """At the head of a request: count anew, and play the faults that come before it is passed on."""
        found = REQUEST_LINE.match(chunk)
        if not found:
            return
        self.line, self.sent, self.received = found.group().decode("latin-1"), 0, 0
        self.proxy.requests.append(self.line)
        if self.proxy.take("refuse", self.line):
            raise Cut
        if self.proxy.take("blackhole", self.line):
            while await self.reader.read(CHUNK):
                pass
            raise Cut
        if delay := self.proxy.take("delay", self.line):
            await asyncio.sleep(delay.amount)

    async def down(self, server: asyncio.StreamReader) -> None:
        """Server to client."""
        while chunk := await server.read(CHUNK):
            if self.received == 0 and self.proxy.take("lose_reply", self.line):
                raise Cut
            fault = self.proxy.take("cut_down", self.line, self.received + len(chunk))
            if fault:
                self.writer.write(chunk[: max(0, int(fault.amount) - self.received)])
                await self.writer.drain()
                raise Cut
            self.received += len(chunk)
            self.writer.write(chunk)
            await self.writer.drain()


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
