"""Accounts: what a login needs, adding, checking, removing. Secrets go to the vault and nowhere else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.delivery import SENDING
from studio.core.errors import Later, NotFound, Problem, Refused
from studio.core.event import Event
from studio.core.finding import Finding, blocking, error, info, warning
from studio.core.ids import new_id
from studio.core.pace import Pace
from studio.core.post import Account, Mode
from studio.services import choices
from studio.services.authorize import Authorize, Begun, Waiting, page
from studio.services.choices import DoctorLine as DoctorLine
from studio.services.platform_info import PlatformInfo as PlatformInfo
from studio.services.platform_info import info_of
from studio.services.tokens import Tokens

if TYPE_CHECKING:
    from studio.platforms.base import Access, Platform, Setting, Way
    from studio.platforms.logins import Login
    from studio.platforms.transport import Transport
    from studio.store.vault import Vault
    from studio.store.workspace import Workspace

MakeTransport = Callable[[str], "Transport"]
PATIENCE = 300.0  # seconds a person has in the browser
SEEN = "platforms seen"  # the setting that remembers for which platforms embedded accounts were made


@dataclass(frozen=True, slots=True)
class Health:
    """How an account is.

    at     when it was last checked, UTC, or None
    findings   () when it is usable
    ends   when a person must sign in again, UTC; None: not known, or never
    told   False when this look found nobody who could tell
    """

    at: datetime | None
    findings: tuple[Finding, ...]
    ends: datetime | None = None
    told: bool = True

    @property
    def usable(self) -> bool:
        return not blocking(self.findings)


class Accounts:
    """changed: emitted with the id of an account that was added, checked or removed."""

    def __init__(self, workspace: Workspace, vault: Vault, make_transport: MakeTransport) -> None:
        self._workspace, self._vault, self._make = workspace, vault, make_transport
        self._tokens, self._authorize = Tokens(workspace, vault), Authorize(workspace, vault)
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

        return tuple(sorted((info_of(p) for p in platforms.every().values()), key=lambda i: (i.embedded, i.id)))

    def platform(self, id: str) -> PlatformInfo:
        """NotFound when there is no such platform."""
        from studio import platforms

        return info_of(platforms.get(id))

    def page(self, id: str) -> str:
        """The address where a person sees what that account published; "" when there is none."""
        from studio import platforms

        account = self._workspace.accounts.get(id)
        return platforms.get(account.platform).page(account, self._folder(account))

    def get(self, id: str) -> Account:
        return self._named(self._workspace.accounts.get(id))

    def add(
        self, platform: str, fields: Mapping[str, str], *, name: str = "", mode: Mode | None = None,
        api_base: str = "", into: str = "",
    ) -> Account:
        """Signs in and keeps the account. Nothing is kept when the login or the vault refuses.

        mode   None: by API where login fields are given, else as the platform proposes. By hand nobody signs in:
               `fields` may have the "handle" the account has there
        into   the id of an account that went by hand so far: it becomes the one that signed in, with its posts
        """
        from studio import platforms

        declared, base = platforms.get(platform), choices.checked_base(api_base)
        mode = choices.mode_for(declared, mode, any(fields.get(f.name) for f in declared.fields))
        login = self._api_login(declared, fields, base) if mode == "api" else self._by_hand(declared, fields, name)
        account = self._account(declared, mode, base, name, login, into)
        self._keep(account, login)
        self.changed.emit(account.id)
        return account

    def _api_login(self, declared: Platform, fields: Mapping[str, str], base: str) -> Login:
        known = choices.known_fields(declared, fields)
        if not declared.embedded:
            self._vault_or_refuse()
        return self._login(declared, known, base)

    @staticmethod
    def _by_hand(declared: Platform, fields: Mapping[str, str], name: str) -> Login:
        from studio.platforms.logins import Login

        handle = " ".join(str(fields.get("handle") or "").split()).lstrip("@＠ ")[:200]  # the sign is not part of it
        return Login({}, handle or name, name or handle or declared.name.en)

    def set_mode(self, id: str, mode: Mode) -> Account:
        """Another way to publish. Its secrets stay, so that it can go back. Refused: see `choices.moved`."""
        from studio import platforms

        signed_in = self.signed_in(id) is not None
        self._workspace.accounts.change(
            id, lambda known: choices.moved(known, platforms.get(known.platform), mode, signed_in))
        self.changed.emit(id)
        return self.get(id)

    def settings(self, id: str) -> list[tuple[Setting, str]]:
        """What its platform lets a person set for this account, and what is set. Quick."""
        from studio import platforms

        account = self._workspace.accounts.get(id)
        return choices.settings_of(account, platforms.get(account.platform))

    def set_setting(self, id: str, name: str, value: str) -> Account:
        """Sets it; "" gives the default back. Refused: no such setting or choice."""
        from studio import platforms

        self._workspace.accounts.change(
            id, lambda known: choices.with_setting(known, platforms.get(known.platform), name, value))
        self.changed.emit(id)
        return self.get(id)

    def doctor(self, id: str) -> tuple[DoctorLine, ...]:
        """What the last check found, what is fine included, worst first. Quick, no network."""
        from studio import platforms

        account = self.get(id)
        return choices.lines_of(self.health(id).findings, account, platforms.get(account.platform))

    def authorize(
        self, platform: str, fields: Mapping[str, str], *, api_base: str = "", way: Way | None = None
    ) -> Begun:
        """Begins a login by browser; `add` with the same fields and "callback" completes it, in any process.

        way   None: the platform's best. Refused, Later; NoVault, VaultLocked: nothing was asked.
        """
        return self._begin(platform, fields, api_base, way, "")

    def browse(
        self, platform: str, fields: Mapping[str, str], *, api_base: str = "", way: Way | None = None,
        seconds: float = PATIENCE,
    ) -> Waiting:
        """The same for this machine's own browser: where the platform allows it, somebody listens for its answer."""
        from studio import platforms
        from studio.platforms.loopback import Listener

        browser = platforms.get(platform).browser
        if browser is None or (way or browser.ways[0]) != "loopback":
            return Waiting(self._begin(platform, fields, api_base, way, ""), None)
        listener = Listener(lambda what: page(what, self._language), seconds)
        try:
            begun = self._begin(platform, fields, api_base, way, listener.address)
        except BaseException:
            listener.close()
            raise
        listener.expect(begun.state)
        return Waiting(begun, listener)

    def _begin(self, platform: str, fields: Mapping[str, str], api_base: str, way: Way | None, back: str) -> Begun:
        from studio import platforms

        declared, base = platforms.get(platform), choices.checked_base(api_base)
        if declared.browser is None:
            raise Refused(error("account.no_browser", "platform"))
        known = choices.known_fields(declared, fields, declared.browser.fields)
        self._vault_or_refuse()
        return self._authorize.begin(declared, known, base, self._make(base), way, back)

    def _login(self, declared: Platform, fields: Mapping[str, str], base: str) -> Login:
        if declared.browser is not None and fields.get("callback", "").strip():
            return self._authorize.complete(declared, fields, base, self._make(base))
        return declared.login(fields, base, self._make(base))

    def _keep(self, account: Account, login: Login) -> None:
        """Secrets first: an account without them is of no use, secrets without an account are taken back."""
        if login.secrets:
            self._tokens.join(account, login.secrets)
        try:
            self._workspace.accounts.save(account)
        except Problem:
            if login.secrets and account.id not in {a.id for a in self._workspace.accounts.list()}:
                self._vault.delete(account.id)
            raise

    def check(self, id: str) -> Health:
        """Asks the platform (read-only) whether the account is usable now; remembers the answer."""
        from studio import platforms

        account = self.get(id)
        declared, now, told = platforms.get(account.platform), datetime.now(UTC), True
        try:
            findings = self._examined(declared, account)
            if not (declared.embedded or self._by_hand_only(account) or blocking(findings)):
                self._tokens.look(account)
        except Problem as problem:
            findings, told = problem.findings, not isinstance(problem, Later)
        findings = choices.ranked((*findings, *self.rights(account), *self._ending(id, findings, now)))
        if not self._workspace.read_only:
            self._workspace.accounts.set_health(id, now, findings)
        self.changed.emit(id)
        return Health(now, findings, self._tokens.life(id).ends, told)

    def _examined(self, declared: Platform, account: Account) -> tuple[Finding, ...]:
        """An account that nobody signed in to has nothing to be asked about."""
        if self._by_hand_only(account):
            return (info("doctor.by_hand", "account"),)
        return declared.doctor(self.access(account))

    def _by_hand_only(self, account: Account) -> bool:
        """It has no secrets, and needs none."""
        return account.mode != "api" and self.signed_in(account.id) is None

    def health(self, id: str) -> Health:
        """What the last check said; quick, no network."""
        return Health(*self._workspace.accounts.health(id), self._tokens.life(id).ends)

    def rights(self, account: Account) -> tuple[Finding, ...]:
        """What publishing needs and the account has not granted; () too where it is not known. Quick, no network."""
        from studio import platforms

        granted = account.identity.get("scopes", "").split()
        lacking = platforms.get(account.platform).lacking(frozenset(granted)) if granted else ()
        return (error("account.scopes", "account", scopes=", ".join(lacking)),) if lacking else ()

    def _ending(self, id: str, found: tuple[Finding, ...], now: datetime) -> tuple[Finding, ...]:
        """A hint, some days before a sign-in that cannot renew itself is over."""
        life = self._tokens.life(id)
        if life.ends is None or blocking(found):
            return ()
        if life.ends <= now:
            return (error("login.expired", "account"),)
        if life.renew is None and life.ends - now < choices.soon(life.ends, self.signed_in(id)):
            return (warning("login.ends_soon", "account", days=(life.ends - now).days),)
        return ()

    def signed_in(self, id: str) -> datetime | None:
        """When somebody last signed in here, UTC; None where that is not known. Quick."""
        return self._tokens.joined(id)

    def renew_ahead(self, id: str) -> None:
        """Renews the sign-in when its time has come, before somebody needs it. SignInAgain, Later. Quick if not."""
        from studio import platforms

        renew = self._tokens.life(id).renew
        if renew is None or renew > datetime.now(UTC):
            return
        account = self._workspace.accounts.get(id)
        declared, access = platforms.get(account.platform), self.access(account)
        access.renew(lambda secrets: declared.refresh(access, secrets))

    def pace(self, account: Account) -> Pace:
        """How fast this account may post: as the person chose, else as its platform proposes."""
        from studio import platforms

        return account.pace or platforms.get(account.platform).pace

    def set_pace(self, id: str, pace: Pace | None) -> Account:
        """Another pace; None: as the platform proposes. Refused when it is unfit."""
        from studio.core.pace import checked

        self._workspace.accounts.change(id, lambda known: replace(known, pace=pace and checked(pace)))
        self.changed.emit(id)
        return self.get(id)

    def rename(self, id: str, name: str) -> Account:
        """An empty name gives an embedded account its platform's name back."""
        self._workspace.accounts.change(id, lambda known: replace(known, name=name))
        self.changed.emit(id)
        return self.get(id)

    def remove(self, id: str) -> None:
        """Forgets the account and its secrets; refused while something is being sent through it."""
        account = self.get(id)
        if any(d.state in SENDING for d in self._workspace.deliveries.list(account=id)):
            raise Refused(error("account.sending", "account", name=account.name))
        if not self._embedded(account):
            with contextlib.suppress(Problem):  # offline, or signed out long ago
                self._leave(account)
            self._tokens.forget(id)
        self._workspace.accounts.remove(id)
        self.changed.emit(id)

    def _leave(self, account: Account) -> None:
        from studio import platforms

        access = self.access(account)
        if access.secrets:
            platforms.get(account.platform).leave(access)

    def outside(self) -> Transport:
        """For what is not an account's: a picture that a text names by its address."""
        return self._make("")

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

        secrets = {} if self._by_hand_only(account) or self._embedded(account) else self._tokens.read(account.id)
        return Access(
            account=account, secrets=secrets,
            save=lambda secrets: self._tokens.save(account, secrets), transport=self._make(account.api_base),
            folder=self._folder(account), now=lambda: datetime.now(UTC),
            renewer=self._tokens.renewer(account, secrets), learn=lambda more: self._learn(account.id, more),
        )

    def _learn(self, id: str, more: Mapping[str, str]) -> None:
        """What its platform said about an account, kept beside what was known; nothing of one that is gone by now."""
        with contextlib.suppress(NotFound):
            if more.items() - self._workspace.accounts.get(id).identity.items() and not self._workspace.read_only:
                self._workspace.accounts.change(
                    id, lambda known: replace(known, identity={**known.identity, **more}))

    def _folder(self, account: Account) -> Path:
        return self._workspace.folder / account.platform / account.id

    def _embedded(self, account: Account) -> bool:
        from studio import platforms

        return platforms.get(account.platform).embedded

    def _vault_or_refuse(self) -> None:
        if findings := blocking(self._vault.check()):
            raise Refused(*findings)

    def _account(
        self, declared: Platform, mode: Mode, base: str, name: str, login: Login, into: str
    ) -> Account:
        """The same login again keeps its id and the name a person gave it, so that its posts stay with it."""
        platform, handle, keeps = declared.id, login.handle, declared.keeps
        for old in self._workspace.accounts.list():
            if (old.platform, old.handle, old.api_base) == (platform, handle, base) and handle:
                return choices.joined(old, mode, name or old.name, login, base, keeps)
        one = self._workspace.accounts.get(into) if into else None
        if one is not None and one.platform == platform and one.mode != "api":
            return choices.joined(one, mode, one.name or name, login, base, keeps)
        return Account(new_id(), platform, mode, name or login.name, handle, base, login.identity)

    def list(self) -> list[Account]:
        """In the order they were added."""
        return [self._named(account) for account in self._workspace.accounts.list()]
