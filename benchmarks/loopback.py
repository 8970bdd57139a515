"""Servers on loopback that cost next to nothing, each a process of its own: what is measured is the client.

    python -m benchmarks.loopback posts DELAY    POST keeps a JSON document, GET gives it back; DELAY seconds per answer
    python -m benchmarks.loopback sink CUT       takes tus uploads and throws the bytes away; the connection is reset
                                                 once when CUT bytes have come (0: never). GET tells what came

Each prints its address and ends when its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measure import ROOT, python

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
OFFSET = re.compile(rb"\r\nupload-offset: *(\d+)", re.IGNORECASE)
WHOLE = re.compile(rb"\r\nupload-length: *(\d+)", re.IGNORECASE)
READ = 1 << 18


@contextmanager
def running(kind: str, argument: float) -> Iterator[str]:
    """The address of a server, for the block."""
    command = [str(part) for part in python("-m", "benchmarks.loopback", kind, str(argument))]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


class Server(asyncio.Protocol):
    """One connection. Requests come one after the other; `body` bytes of the present one are still to come."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.buffer[: end + 2])
            found = LENGTH.search(head)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self.buffer) < whole:
                return
            body = bytes(self.buffer[end + 4 : whole])
            del self.buffer[:whole]
            self.shared.later(self.transport, self.shared.answer(head, body))


class Shared:
    """What the connections of the posts server share."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.kept: dict[bytes, bytes] = {}

    def answer(self, head: bytes, body: bytes) -> bytes:
        """The whole answer to one request."""
        method, path, _ = head.split(b" ", 2)
        if method == b"POST":
            path = b"/posts/%d" % (len(self.kept) + 1)
            self.kept[path] = body
        if path == b"/count":
            return answered(200, b"%d" % len(self.kept))
        text = json.loads(self.kept[path])["text"]
        return answered(200, json.dumps({"id": path.decode(), "url": f"http://127.0.0.1{path.decode()}",
                                         "text": text}).encode())

    def later(self, transport: asyncio.Transport, answer: bytes) -> None:
        """Writes it after the delay."""
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, transport.write, answer)
        else:
            transport.write(answer)


def answered(status: int, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP answer."""
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} OK\r\n{named}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Sink:
    """Takes tus uploads, and any other body, and keeps only their sizes."""

    def __init__(self, cut: int) -> None:
        self.cut = cut
        self.length, self.offset, self.taken = 0, 0, 0

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request after the other."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(await self.request(head, reader))
                await writer.drain()
        except asyncio.IncompleteReadError:
            writer.close()
        except ConnectionAbortedError:
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    async def request(self, head: bytes, reader: asyncio.StreamReader) -> bytes:
        """Reads the body to its end and gives the answer."""
        method = head.split(b" ", 1)[0]
        length = LENGTH.search(head)
        if method == b"PATCH":
            return await self.piece(head, int(length[1]) if length else 0, reader)
        await self.swallow(int(length[1]) if length else 0, reader)
        if method == b"POST" and (whole := WHOLE.search(head)):
            self.length, self.offset = int(whole[1]), 0
            return answered(201, Location="/files/1")
        if method == b"HEAD":
            return answered(204, Upload_Offset=str(self.offset), Upload_Length=str(self.length))
        return answered(200, json.dumps({"offset": self.offset, "taken": self.taken}).encode())

    async def piece(self, head: bytes, length: int, reader: asyncio.StreamReader) -> bytes:
        """A piece that is cut is lost as a whole, as with servers that keep whole pieces only: the worst case."""
        found = OFFSET.search(head)
        if found is None or int(found[1]) != self.offset:
            await self.swallow(length, reader)
            return answered(409)
        await self.swallow(length, reader)
        self.offset += length
        return answered(204, Upload_Offset=str(self.offset))

    async def swallow(self, length: int, reader: asyncio.StreamReader) -> None:
        """Reads and forgets."""
        while length > 0:
            data = await reader.read(min(READ, length))
            if not data:
                raise asyncio.IncompleteReadError(b"", length)
            length -= len(data)
            self.taken += len(data)
            if self.cut and self.taken >= self.cut:
                self.cut = 0
                raise ConnectionAbortedError


async def serve(kind: str, argument: str) -> None:
    """Until standard input closes."""
    loop = asyncio.get_running_loop()
    if kind == "posts":
        shared = Shared(float(argument))
        server = await loop.create_server(lambda: Server(shared), "127.0.0.1", 0)
    else:
        server = await asyncio.start_server(Sink(int(float(argument))).accept, "127.0.0.1", 0, limit=1 << 20)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:3]))
