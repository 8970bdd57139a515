"""The readers of a timeline's films: opened when first asked for, shared, closed when others are needed more."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from studio.core.errors import Refused
from studio.media.video.frames import BUDGET, FrameCache
from studio.media.video.reader import Reader, identity

Key = tuple[str, int, int]
Proxy = Callable[[Path], Path | None]
OPEN = 12  # films that are open at once; each keeps a file and a decoder's threads


class Readers:
    """Open readers by path. Safe from any thread."""

    def __init__(
        self, budget_bytes: int = BUDGET, *, most: int = OPEN, ahead: int = 0, proxy: Proxy | None = None
    ) -> None:
        """budget_bytes: of all their pictures together; most: films open at once; ahead: see `Reader`.

        proxy   a film's proxy, or None while it has none. Where there is one its frames come instead, smaller and
                upright already: for looking at, never for export.
        """
        self.cache = FrameCache(budget_bytes)
        self._most, self._ahead, self._proxy = most, ahead, proxy
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, tuple[Key, Reader]] = OrderedDict()

    def lane(self, budget_bytes: int, most: int = OPEN) -> Readers:
        """More readers of the same kind, for a second place in the same films."""
        return Readers(budget_bytes, most=most, ahead=self._ahead, proxy=self._proxy)

    def reader(self, path: Path) -> Reader:
        """The reader of a film, or of its proxy; a new one when the file was replaced or a proxy came since.

        Refused: video.source_missing and those of `Reader`.
        """
        with self._lock:
            try:
                key = self._file(path)
                if path not in self._open or self._open[path][0] != key:
                    self._shut(path)
                    self._open[path] = (key, Reader(Path(key[0]), cache=self.cache, ahead=self._ahead))
            except Refused:
                self._shut(path)
                raise
            self._open.move_to_end(path)
            while len(self._open) > self._most:
                self._shut(next(iter(self._open)))
            return self._open[path][1]

    def close(self) -> None:
        """Closes all of them."""
        with self._lock:
            for path in list(self._open):
                self._shut(path)

    def _file(self, path: Path) -> Key:
        """What is to be read for a film."""
        key = identity(path)
        proxy = self._proxy(path) if self._proxy is not None else None
        if proxy is None:
            return key
        try:
            return identity(proxy)
        except Refused:  # deleted at this very moment
            return key

    def _shut(self, path: Path) -> None:
        found = self._open.pop(path, None)
        if found is not None:
            self.cache.forget(found[0])
            found[1].close()
