"""Uploads in pieces that go on where they stopped: after a cut, a server's restart, or the end of our own process.

A platform says in a `Dialect` how its uploads are started, asked about, fed and closed. `send` reads the file
piece by piece, keeps the upload's handle the moment it is known, and believes only the server about how much
has arrived: so no more than one piece goes out a second time for each thing that went wrong.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from studio.core.errors import Later, Refused
from studio.core.finding import error
from studio.platforms.base import Held, Json, Upload
from studio.platforms.transport import PATIENCE, Body, MaybeSent, Progress, Slice, Unsent

PIECE = 8 << 20  # bytes of one piece where the platform does not say
TRIES = 6  # failures in a row, without a byte arriving between them, before it is left for later
PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)  # seconds before each new try
READ = 1 << 20  # bytes hashed at once


class Gone(Exception):
    """The server knows this upload no more (404, 410, expired): it must be started anew."""


@dataclass(frozen=True, slots=True)
class At:
    """How far an upload is. handle: the platform's own JSON data. offset: bytes the server has."""

    handle: Json
    offset: int = 0


class Dialect(ABC):
    """How one platform takes an upload. Its requests go through a `Transport`, whose errors it lets pass.

    Everything it must remember is in `At.handle`, because the process may end between any two calls.

    piece   bytes of one piece; pieces end at multiples of it, so that numbered parts stay the same parts
    """

    piece: int = PIECE

    @abstractmethod
    def start(self) -> At:
        """Begins an upload; nobody sees it."""

    def ask(self, at: At) -> At:
        """How much the server has, read-only. Gone: it does not know the upload.

        Where a platform cannot be asked, what was acknowledged last is the answer, and this need not be written.
        """
        return at

    @abstractmethod
    def send(self, at: At, piece: Slice, progress: Progress | None) -> At:
        """Sends one piece, once; gives what the server says it has now. Gone: it does not know the upload."""

    def finish(self, at: At) -> dict[str, Any]:
        """Closes the upload when everything arrived; what it gives is the result."""
        return dict(at.handle)

    def end(self, at: At, size: int) -> int:
        """Where the piece that begins at `at.offset` ends, for platforms that say it themselves."""
        return min(size, (at.offset // self.piece + 1) * self.piece)


@dataclass(slots=True)
class Steady:
    """A file that must stay as it was hashed while it is being sent."""

    upload: Upload
    _seen: tuple[int, int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._stamp()

    def verify(self, alive: Callable[[], None]) -> None:
        """Reads it once: is it what was announced? `alive` is called between reads and may raise to stop."""
        digest = hashlib.sha256()
        with self._opened() as file:
            while piece := file.read(READ):
                alive()
                digest.update(piece)
        if digest.hexdigest() != self.upload.sha256:
            raise self._changed()
        self.check()

    def check(self) -> None:
        """Cheap: its size, its time and the file itself. Later (media.changed) when it is another one by now."""
        if self._stamp() != self._seen or self._seen[0] != self.upload.bytes:
            raise self._changed()

    def _opened(self) -> BinaryIO:
        try:
            return self.upload.path.open("rb")
        except FileNotFoundError:
            raise self._missing() from None

    def _stamp(self) -> tuple[int, int, int]:
        try:
            found = self.upload.path.stat()
        except FileNotFoundError:
            raise self._missing() from None
        return found.st_size, found.st_mtime_ns, found.st_ino

    def _missing(self) -> Refused:
        return Refused(error("media.missing", "media", name=self.upload.name))

    def _changed(self) -> Later:
        return Later(error("media.changed", "media", name=self.upload.name))


def send(
    upload: Upload, dialect: Dialect, held: Held, *, upto: int | None = None, progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """Sends the file, or goes on with what `held.before` knows of it; gives what `dialect.finish` gave.

    upto      stop when this many bytes are there, for platforms where the last one makes it visible: then `finish`
              is not called, the handle is given, and the publisher's commit sends the rest with `dialect.send`
    progress  (bytes there, bytes in all), within pieces and between them; may raise to stop. A publisher hands on
              `access.transport.progress`, which is how the person's cancelling is heard

    Later: broken too often, or the file changed meanwhile (media.changed). What the server has is kept and asked for
    at the next call. Refused: the platform does not want it.
    """
    return _Sending(upload, dialect, held, progress, sleep).run(upload.bytes if upto is None else upto)


class _Sending:
    """One call of `send`."""

    def __init__(
        self, upload: Upload, dialect: Dialect, held: Held, progress: Progress | None, sleep: Callable[[float], None],
    ) -> None:
        self._upload, self._dialect, self._held = upload, dialect, held
        self._progress, self._sleep = progress, sleep
        self._file = Steady(upload)
        self._most, self._failed, self._anew = 0, 0, 0

    def run(self, goal: int) -> dict[str, Any]:
        self._file.verify(lambda: self._report(0))
        at = self._begin()
        self._most = at.offset
        while at.offset < goal:
            at = self._step(at, goal)
        self._steady()
        return self._dialect.finish(at) if goal == self._upload.bytes else dict(at.handle)

    def _begin(self) -> At:
        """Where the server says that the kept upload is, or a new one."""
        kept = self._kept()
        return self._started() if kept is None else self._asked(kept)

    def _kept(self) -> At | None:
        """What an earlier call left, when it was of the same bytes in the same pieces."""
        before = self._held.before
        same = {"sha256": self._upload.sha256, "bytes": self._upload.bytes, "piece": self._dialect.piece}
        if any(before.get(name) != value for name, value in same.items()):
            return None
        handle, offset = before.get("handle"), before.get("offset")
        return At(handle, offset) if isinstance(handle, Mapping) and isinstance(offset, int) else None

    def _keep(self, at: At) -> At:
        self._held.keep({
            "sha256": self._upload.sha256, "bytes": self._upload.bytes, "piece": self._dialect.piece,
            "handle": dict(at.handle), "offset": at.offset,
        })
        return at

    def _started(self) -> At:
        return self._keep(self._patiently(self._dialect.start))

    def _asked(self, at: At) -> At:
        """The server's own word on `at`; an upload it does not know, or knows too much of, is begun anew."""
        try:
            found = self._patiently(lambda: self._dialect.ask(at))
        except Gone:
            return self._again()
        return found if 0 <= found.offset <= self._upload.bytes else self._again()

    def _again(self) -> At:
        """A new upload in place of one that is gone; once, for a server that forgets each of them is no use."""
        self._anew += 1
        if self._anew > 1:
            raise Later(error("upload.forgotten", "media", name=self._upload.name))
        self._most = 0
        return self._started()

    def _step(self, at: At, goal: int) -> At:
        """One piece, and what is known after it."""
        self._steady()
        self._report(at.offset)
        piece = Slice(self._upload.path, at.offset, min(goal, self._dialect.end(at, self._upload.bytes)) - at.offset)
        try:
            after = self._dialect.send(at, piece, lambda gone, _: self._report(at.offset + gone))
        except Gone:
            return self._again()
        except Later as broken:
            self._steady()  # a file that became shorter breaks the connection, too
            return self._keep(self._asked_after(broken, at))
        if not self._moved(after):
            after = self._asked_after(MaybeSent(error("upload.stuck", "media", name=self._upload.name)), after)
        return self._keep(after)

    def _asked_after(self, broken: Later, at: At) -> At:
        """Waits, then lets the server say what arrived; raises `broken` when it has broken too often."""
        self._wait(broken)
        found = self._asked(at)
        self._moved(found)
        return found

    def _moved(self, after: At) -> bool:
        """Whether more bytes than ever are there; only that ends a row of failures."""
        if not self._most < after.offset <= self._upload.bytes:
            return False
        self._most, self._failed = after.offset, 0
        return True

    def _patiently(self, call: Callable[[], At]) -> At:
        """`call`, tried again while the other side is out of reach."""
        while True:
            try:
                return call()
            except Later as broken:
                self._wait(broken)

    def _wait(self, broken: Later) -> None:
        """Before another try. Raises `broken` when there were enough, or when it is not for us but for the queue:
        a platform that asks for more patience than we have, or says Later for reasons of its own."""
        self._report(self._most)
        self._failed += 1
        passing = isinstance(broken, Unsent | MaybeSent) or broken.after is not None
        if self._failed >= TRIES or (broken.after or 0.0) > PATIENCE or not passing:
            raise broken
        self._sleep(max(broken.after or 0.0, PAUSES[min(self._failed, len(PAUSES)) - 1]))

    def _steady(self) -> None:
        """A file that changed would be a mixture over there: then the kept handle is worth nothing."""
        try:
            self._file.check()
        except Later:
            self._held.keep({})
            raise

    def _report(self, gone: int) -> None:
        if self._progress is not None:
            self._progress(gone, self._upload.bytes)


def form(fields: Mapping[str, str], name: str, file: str, mime: str, piece: Slice) -> tuple[Body, str]:
    """A `multipart/form-data` body with one piece of a file in it, streamed; and its Content-Type."""
    mark = f"yigao{secrets.token_hex(16)}"
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{_quoted(key)}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="{_quoted(name)}"; filename="{_quoted(file)}"\r\n'
    head += f"Content-Type: {mime}\r\n\r\n"
    return (head.encode(), piece, f"\r\n--{mark}--\r\n".encode()), f"multipart/form-data; boundary={mark}"


def _quoted(text: str) -> str:
    """As browsers write names in a form."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
