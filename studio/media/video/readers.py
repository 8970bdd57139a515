"""The readers of a timeline's films: opened when first asked for, shared, closed when others are needed more."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from studio.core.errors import Refused
from studio.media.video.frames import BUDGET, FrameCache
from studio.media.video.info import Info
from studio.media.video.reader import Reader, identity

AHEAD = 3  # pictures: what one needs of the two that follow it in the file is decoded while nobody waits
OPEN = 12  # films that are open at once; each keeps a file and a decoder's threads
SEEN = 3  # of which so many may be seen at once, however large: a crossfade below a picture in picture
DECODERS = 300_000_000  # bytes that all their decoders may take
PICTURES = 16  # that a decoder of H.264 keeps; measured: 47 MB for 1080p


class Readers:
    """Open readers by path. Safe from any thread."""

    def __init__(self, budget_bytes: int = BUDGET, *, most: int = OPEN, ahead: int = AHEAD) -> None:
        """budget_bytes: of all their pictures together; most: films open at once; ahead: see `Reader`."""
        self.cache = FrameCache(budget_bytes)
        self._most, self._ahead = most, ahead
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, tuple[tuple[str, int, int], Reader]] = OrderedDict()

    def reader(self, path: Path) -> Reader:
        """The reader of a film; a new one when the file was replaced since.

        Refused: video.source_missing and those of `Reader`.
        """
        with self._lock:
            try:
                key = identity(path)
                if path not in self._open or self._open[path][0] != key:
                    self._gone(path)
                    self._open[path] = (key, Reader(path, cache=self.cache, ahead=self._ahead))
            except Refused:
                self._gone(path)
                raise
            self._open.move_to_end(path)
            while self._too_many():
                self._shut(next(iter(self._open)))
            return self._open[path][1]

    def close(self) -> None:
        """Closes all of them."""
        with self._lock:
            for path in list(self._open):
                self._gone(path)

    def _too_many(self) -> bool:
        heavy = sum(_weight(reader.info) for _, reader in self._open.values()) > DECODERS
        return len(self._open) > self._most or (heavy and len(self._open) > SEEN)

    def _gone(self, path: Path) -> None:
        """Closes a film and drops its pictures: they are of a file that is no more."""
        if path in self._open:
            self.cache.forget(self._open[path][0])
            self._shut(path)

    def _shut(self, path: Path) -> None:
        self._open.pop(path)[1].close()


def _weight(info: Info) -> int:
    """Bytes that the decoder of a film takes, about."""
    deep = 2 if info.fmt.endswith(("le", "be")) else 1
    return info.coded_width * info.coded_height * 3 // 2 * deep * PICTURES
