"""How accounts are shown wherever they are named: name, platform, disc."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.core.post import Account
from studio.ui.i18n import tr
from studio.ui.tokens import COLOURS

if TYPE_CHECKING:
    from studio.services.accounts import Accounts, PlatformInfo



@dataclass(frozen=True, slots=True)
class Look:
    """name: the account's own; platform: its platform's name; initial and colour: of the disc."""

    id: str
    name: str
    handle: str
    platform: str
    initial: str
    colour: str
    mode: str
    embedded: bool

    @property
    def title(self) -> str:
        """What a list says: the name, else the handle, else the platform."""
        return self.name or self.handle or self.platform

    @property
    def below(self) -> str:
        """The quieter line: where it is, and who it is there."""
        if self.embedded:
            return tr("accounts", "A local page on this computer")
        return self.platform if self.handle in ("", self.title) else f"{self.platform} · {self.handle}"


def look(account: Account, info: PlatformInfo, language: str) -> Look:
    """One account as it is shown in that language."""
    initial = info.initial.get(language) or info.initial.get("en", "?")
    return Look(
        account.id, account.name, account.handle, info.name.say(language), initial, info.colour, account.mode,
        info.embedded,
    )  # fmt: skip


def looks(accounts: Accounts, language: str) -> dict[str, Look]:
    """Every account by its id, in the order they were added."""
    infos = {info.id: info for info in accounts.platforms()}
    return {a.id: look(a, infos[a.platform], language) for a in accounts.list() if a.platform in infos}


def missing(platform: str) -> Look:
    """An account that is gone; its deliveries stay."""
    return Look("", platform, "", platform, (platform[:1] or "?").upper(), COLOURS["control"][0], "api", False)


def find(known: Mapping[str, Look], id: str, platform: str = "") -> Look:
    """The account's look, or that of a removed one."""
    return known.get(id) or missing(platform)
