"""Pictures that a text names by an address outside: fetched once, kept in the cache, and used from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Later, Problem, Refused
from studio.core.finding import error

if TYPE_CHECKING:
    from studio.platforms.transport import Transport
    from studio.services.accounts import Accounts
    from studio.store.workspace import Workspace

MOST = 32 << 20  # bytes of one picture
FIELD = "text"


def shown(url: str) -> str:
    """An address as a finding may show it: without its query, which may hold a key."""
    return url.partition("?")[0].partition("#")[0].rpartition("@")[2][:160]


class Fetching:
    """folder   of the cache; it may be emptied at any time
    outside  makes a transport that belongs to no account
    """

    def __init__(self, folder: Path, outside: Callable[[], Transport]) -> None:
        self._folder, self._outside = folder, outside

    @classmethod
    def of(cls, workspace: Workspace, accounts: Accounts) -> Fetching:
        """For a workspace, in its cache."""
        return cls(workspace.cache / "fetched", accounts.outside)

    def get(self, url: str) -> Path:
        """The picture's file. Refused: it is not there or is no picture. Later: nobody answers just now."""
        import hashlib

        target = self._folder / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        if not target.is_file():
            self._keep(target, self._fetched(url))
        self._look(target, url)
        return target

    def _fetched(self, url: str) -> bytes:
        transport = self._outside()
        try:
            response = transport.request("GET", url, headers={"Accept": "image/*"}, most=MOST, abroad=True)
        except Later as later:
            raise Later(error("media.not_fetched_now", FIELD, address=shown(url)), after=later.after) from None
        except Problem:
            raise self._refused(url, "") from None
        finally:
            transport.close()
        if response.status >= 500:
            raise Later(error("media.not_fetched_now", FIELD, address=shown(url)))
        if not response.ok or not response.body:
            raise self._refused(url, str(response.status))
        return response.body

    @staticmethod
    def _refused(url: str, reason: str) -> Refused:
        return Refused(error("media.not_fetched", FIELD, address=shown(url), reason=reason or "-"))

    def _keep(self, target: Path, body: bytes) -> None:
        from studio.media.whole import whole

        self._folder.mkdir(parents=True, exist_ok=True)
        with whole(target) as file:
            file.write(body)

    def _look(self, target: Path, url: str) -> None:
        """An error page is no picture."""
        from studio.media.probe import kind_of, probe

        try:
            if kind_of(target) == "image":
                probe(target)
                return
        except Refused:
            pass
        target.unlink(missing_ok=True)
        raise Refused(error("media.not_a_picture", FIELD, address=shown(url)))
