"""A platform without any API that publishes: everything is prepared here, a person posts it on the platform's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import Finding, error, info
from studio.platforms.base import Access, Login, Platform, Publisher

if TYPE_CHECKING:
    from studio.platforms.transport import Transport


class ByHandOnly(Platform):
    """Has no login and no publisher: in its modes nobody asks for them, and who does all the same is refused.

    Declare `compose` or `home`, `links`, `count`, `check`, `layout`, and `handoff` where its page asks for more than
    title, text and link.
    """

    modes = ("assisted", "kit")

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        """Refused: there is nothing to sign in to."""
        raise self._by_hand()

    def health(self, access: Access) -> tuple[Finding, ...]:
        """Always (): whether a person can sign in over there is not ours to know."""
        return ()

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        """One line: nothing is asked of the platform."""
        return (info("doctor.by_hand", "account"),)

    def publisher(self, access: Access) -> Publisher:
        """Refused: no program publishes there."""
        raise self._by_hand()

    def _by_hand(self) -> Refused:
        return Refused(error("account.mode", "mode", mode="api", modes=", ".join(self.modes)))
