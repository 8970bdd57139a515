"""Accounts: what a login needs, adding, checking, removing. Secrets go to the vault and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.delivery import SENDING
from studio.core.errors import Problem, Refused
from studio.core.event import Event
from studio.core.finding import Finding, blocking, error
from studio.core.ids import new_id
from studio.core.post import Account, Mode

if TYPE_CHECKING:
    from studio.core.words import Words
    from studio.platforms.base import Access, LoginField, Platform, Secrets
    from studio.platforms.transport import Transport
    from studio.store.vault import Vault
    from studio.store.workspace import Workspace

MakeTransport = Callable[[str], "Transport"]
SEEN = "platforms seen"  # the setting that remembers for which platforms embedded accounts were made


@dataclass(frozen=True, slots=True)
class PlatformInfo:
    """What front-ends may know of a platform.

    threads   a post may be followed by replies of one's own
    timer     (least, most) seconds ahead that its own timer takes, None where it has none
    """

    id: str
    name: Words
    initial: Mapping[str, str]
    colour: str
    modes: tuple[Mode, ...]
    embedded: bool
    fields: tuple[LoginField, ...]
    home: str
    threads: bool = False
    timer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """at: when it was last checked, UTC, or None. findings: () when it is usable."""

    at: datetime | None
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        return not blocking(self.findings)


def _info(p: Platform) -> PlatformInfo:
    timer = (p.timer.least.value, p.timer.most.value) if p.timer else None
    return PlatformInfo(
        p.id, p.name, p.initial, p.colour, p.modes, p.embedded, p.fields, p.home, p.threads, timer,
    )  # fmt: skip


def _checked_base(api_base: str) -> str:
    """Scheme and host only, without the trailing slash; Refused when it is no http address."""
    from urllib.parse import urlsplit

    text = api_base.strip()
    if not text:
        return ""
    shown = text.rpartition("@")[2].partition("?")[0][:200]  # never a password or a token
    try:
        parts = urlsplit(text)
    except ValueError:
        raise Refused(error("account.api_base", "api_base", url=shown)) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise Refused(error("account.api_base", "api_base", url=shown))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


class Accounts:
    """changed: emitted with the id of an account that was added, checked or removed."""

    def __init__(self, workspace: Workspace, vault: Vault, make_transport: MakeTransport) -> None:
        self._workspace, self._vault, self._make = workspace, vault, make_transport
        self._language = "en"
        self.changed: Event[[str]] = Event()

    def speak(self, language: str) -> None:
        """Accounts without a name of their own (the practice account) are called as their platform in `language`."""
        if language != self._language:
            self._language = language
            self.changed.emit("")

    def _named(self, account: Account) -> Account:
        if account.name:
            return account
        return replace(account, name=self.platform(account.platform).name.say(self._language))

    def platforms(self) -> tuple[PlatformInfo, ...]:
        """All platforms an account can be added for, embedded ones last."""
        from studio import platforms

        return tuple(sorted((_info(p) for p in platforms.every().values()), key=lambda i: (i.embedded, i.id)))

    def platform(self, id: str) -> PlatformInfo:
        """NotFound when there is no such platform."""
        from studio import platforms

        return _info(platforms.get(id))

    def get(self, id: str) -> Account:
        return self._named(self._workspace.accounts.get(id))

    def add(
        self, platform: str, fields: Mapping[str, str], *, name: str = "", mode: Mode = "api", api_base: str = ""
    ) -> Account:
        """Signs in and keeps the account. Nothing is kept when the login or the vault refuses."""
        from studio import platforms

        declared = platforms.get(platform)
        known = self._known_fields(declared, fields)
        if mode not in declared.modes:
            raise Refused(error("account.mode", "mode", mode=mode, modes=", ".join(declared.modes)))
        base = _checked_base(api_base)
        if not declared.embedded:
            self._vault_or_refuse()
        login = declared.login(known, base, self._make(base))
        account = self._account(platform, mode, base, name or login.name, login.handle, login.identity)
        if login.secrets:
            self._vault.write(account.id, dict(login.secrets))
        self._workspace.accounts.save(account)
        self.changed.emit(account.id)
        return account

    def check(self, id: str) -> Health:
        """Asks the platform (read-only) whether the account is usable now; remembers the answer."""
        from studio import platforms

        account = self.get(id)
        try:
            findings = platforms.get(account.platform).health(self.access(account))
        except Problem as problem:
            findings = problem.findings
        now = datetime.now(UTC)
        if not self._workspace.read_only:
            self._workspace.accounts.set_health(id, now, findings)
        self.changed.emit(id)
        return Health(now, findings)

    def health(self, id: str) -> Health:
        """What the last check said; quick, no network."""
        return Health(*self._workspace.accounts.health(id))

    def rename(self, id: str, name: str) -> Account:
        """An empty name gives an embedded account its platform's name back."""
        self._workspace.accounts.save(replace(self._workspace.accounts.get(id), name=name))
        self.changed.emit(id)
        return self.get(id)

    def remove(self, id: str) -> None:
        """Forgets the account and its secrets; refused while something is being sent through it."""
        account = self.get(id)
        if any(d.state in SENDING for d in self._workspace.deliveries.list(account=id)):
            raise Refused(error("account.sending", "account", name=account.name))
        if not self._embedded(account):
            self._vault.delete(id)
        self._workspace.accounts.remove(id)
        self.changed.emit(id)

    def ensure_embedded(self) -> None:
        """A new workspace gets one account of each embedded platform (the practice account), without own name.

        Which platforms were seen is remembered, so that a start loads none of them, and one that the person
        removed stays removed.
        """
        from studio import platforms

        names = list(platforms.names())
        if self._workspace.settings.get(SEEN) == names:
            return
        have = {a.platform for a in self._workspace.accounts.list()} | set(self._workspace.settings.get(SEEN) or ())
        for name, declared in platforms.every().items():
            if declared.embedded and name not in have:
                self._workspace.accounts.save(replace(self.add(name, {}), name=""))
        self._workspace.settings.set(SEEN, names)

    def access(self, account: Account) -> Access:
        """What a publisher works with; reads the secrets from the vault."""
        from studio.platforms.base import Access

        embedded = self._embedded(account)
        return Access(
            account=account, secrets={} if embedded else self._vault.read(account.id),
            save=lambda secrets: self._save_secrets(account.id, secrets), transport=self._make(account.api_base),
            folder=self._folder(account), now=lambda: datetime.now(UTC),
        )

    def _folder(self, account: Account) -> Path:
        return self._workspace.folder / account.platform / account.id

    def _save_secrets(self, id: str, secrets: Secrets) -> None:
        self._vault.write(id, dict(secrets))

    def _embedded(self, account: Account) -> bool:
        from studio import platforms

        return platforms.get(account.platform).embedded

    def _vault_or_refuse(self) -> None:
        if findings := blocking(self._vault.check()):
            raise Refused(*findings)

    @staticmethod
    def _known_fields(declared: Platform, fields: Mapping[str, str]) -> dict[str, str]:
        known = {f.name: str(fields.get(f.name) or f.default) for f in declared.fields}
        missing = [f.name for f in declared.fields if f.required and not known[f.name].strip()]
        if missing:
            raise Refused(*(error("login.missing", name, name=name) for name in missing))
        return known

    def _account(
        self, platform: str, mode: Mode, base: str, name: str, handle: str, identity: Mapping[str, str]
    ) -> Account:
        """The same login again keeps its id, so that its posts and schedules stay with it."""
        for old in self._workspace.accounts.list():
            if (old.platform, old.handle, old.api_base) == (platform, handle, base) and handle:
                return replace(old, mode=mode, name=name or old.name, identity=identity)
        return Account(new_id(), platform, mode, name, handle, base, identity)

    def list(self) -> list[Account]:
        """In the order they were added."""
        return [self._named(account) for account in self._workspace.accounts.list()]
