"""What a person chooses for an account: how it publishes, and what its platform lets them set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import Finding, error
from studio.core.post import Account, Mode

if TYPE_CHECKING:
    from studio.platforms.base import Platform, Remedy, Setting
    from studio.platforms.logins import Login

LONGEST = 500  # characters of a setting's value
SOON = timedelta(days=7)  # a sign-in that ends within that, and cannot renew itself, is worth a hint
ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One line of an account's doctor, and what to do about it."""

    finding: Finding
    remedies: tuple[Remedy, ...] = ()


def mode_for(declared: Platform, wanted: Mode | None, filled: bool) -> Mode:
    """The way an account is added: as asked; else by API where a login was given, else as the platform proposes.

    Refused (account.mode) when the platform has no such way.
    """
    if wanted is None:
        return "api" if filled and "api" in declared.modes else declared.modes[0]
    if wanted not in declared.modes:
        raise Refused(error("account.mode", "mode", mode=wanted, modes=", ".join(declared.modes)))
    return wanted


def moved(account: Account, declared: Platform, mode: Mode, signed_in: bool) -> Account:
    """The account with another way. Refused: the platform has none such, or nobody signed in for the API yet."""
    mode_for(declared, mode, False)
    if mode == "api" and not signed_in and not declared.embedded:
        raise Refused(error("account.sign_in_first", "mode", name=account.name))
    return replace(account, mode=mode)


def settings_of(account: Account, declared: Platform) -> list[tuple[Setting, str]]:
    """What can be set, and what is set now."""
    return [(setting, declared.setting(account.identity, setting.name)) for setting in declared.settings]


def with_setting(account: Account, declared: Platform, name: str, value: str) -> Account:
    """The account with that set; "" gives the default back. Refused: no such setting, or no such choice."""
    found = next((s for s in declared.settings if s.name == name), None)
    if found is None:
        names = ", ".join(s.name for s in declared.settings)
        raise Refused(error("account.setting", "setting", name=name[:80], names=names or "-"))
    value = value.strip()
    if len(value) > LONGEST or (found.choices and value and value not in found.choices):
        raise Refused(error("account.setting_value", name, value=value[:80], choices=", ".join(found.choices) or "-"))
    rest = {key: kept for key, kept in account.identity.items() if key != f"set.{name}"}
    return replace(account, identity={**rest, f"set.{name}": value} if value else rest)


def joined(before: Account, mode: Mode, name: str, login: Login, base: str, keeps: Sequence[str]) -> Account:
    """The account after somebody signed in to it anew: what a person set stays, and what its platform `keeps`."""
    same = before.handle == login.handle
    kept = {
        key: value for key, value in before.identity.items() if key.startswith("set.") or (same and key in keeps)}
    return replace(
        before, mode=mode, name=name or login.name, handle=login.handle, api_base=base,
        identity={**kept, **login.identity})


def soon(ends: datetime, began: datetime | None) -> timedelta:
    """How long before its end a sign-in is worth a hint: its last quarter, a week at most."""
    return SOON if began is None or began >= ends else min(SOON, (ends - began) / 4)


def lines_of(findings: Sequence[Finding], account: Account, declared: Platform) -> tuple[DoctorLine, ...]:
    """Worst first, each with its remedies."""
    return tuple(DoctorLine(finding, declared.remedies(finding, account)) for finding in ranked(findings))


def ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Worst first. "Nothing needs to be done" is not said beside something that needs to be done."""
    wrong = any(f.severity != "info" for f in findings)
    kept = [f for f in findings if not (wrong and f.code == "doctor.signed_in")]
    return tuple(sorted(kept, key=lambda f: ORDER[f.severity]))


def checked_base(api_base: str) -> str:
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


def known_fields(
    declared: Platform, fields: Mapping[str, str], needed: tuple[str, ...] | None = None
) -> dict[str, str]:
    """Declared fields with their defaults. needed: only these must be filled in, None: all that are required."""
    known = {f.name: str(fields.get(f.name) or f.default) for f in declared.fields}
    must = [f.name for f in declared.fields if f.required and (needed is None or f.name in needed)]
    if missing := [name for name in must if not known[name].strip()]:
        raise Refused(*(error("login.missing", name, name=name) for name in missing))
    return known
