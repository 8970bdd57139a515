"""An account's health as people read it: a mark, a few words, and the one fix for a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.core.finding import Finding
from studio.ui.i18n import tr

if TYPE_CHECKING:
    from studio.services.accounts import Health
    from studio.ui.accounts.looks import Look

GROUPS = ("attention", "unchecked", "healthy", "practice")
_SIGN_IN = frozenset({"account.renamed", "account.main_password", "account.scopes", "account.signed_out"})


@dataclass(frozen=True, slots=True)
class Mark:
    """icon and token of the ink, and the words beside it: always all three. short: where there is little room."""

    icon: str
    token: str
    words: str
    short: str = ""

    def shown(self, short: bool) -> str:
        """The words for that room."""
        return (short and self.short) or self.words


def mark(health: Health, look: Look) -> Mark:
    """How the list says it."""
    left = days(health)
    bad, doubtful = count(health.findings, "error"), count(health.findings, "warning")
    if bad:
        return Mark("circle-alert", "bad", tr("accounts", "%n to fix", n=bad))
    if left is not None and ends_soon(health):
        return Mark("key-round", "warn", tr("accounts", "%n days left", n=left))
    if doubtful:
        return Mark("triangle-alert", "warn", tr("accounts", "%n hints", n=doubtful))
    if look.embedded:
        return Mark("circle-check", "good", tr("accounts", "Always ready"))
    if look.mode != "api":
        return Mark("circle-check", "good", tr("accounts", "Ready"))
    if health.at is None:
        return Mark("circle-dashed", "text-2", tr("accounts", "Not checked"))
    short = tr("accounts", "Signed in")
    return Mark("circle-check", "good", tr("accounts", "Signed in, %n days left", n=left) if left else short, short)


def ends_soon(health: Health) -> bool:
    """Whether that the sign-in is over soon is all that is to be said."""
    doubtful = [finding.code for finding in health.findings if finding.severity != "info"]
    return health.ends is not None and doubtful == ["login.ends_soon"]


def days(health: Health) -> int | None:
    """Whole days until a person must sign in again; None when that is not known."""
    return None if health.ends is None else max(0, (health.ends - datetime.now(UTC)).days)


def group(health: Health, look: Look) -> str:
    """Where the list puts it: "attention", "unchecked", "healthy" or "practice"."""
    if any(finding.severity != "info" for finding in health.findings):
        return "attention"
    if look.embedded:
        return "practice"
    return "unchecked" if health.at is None and look.mode == "api" else "healthy"


def group_words(key: str) -> str:
    """The heading of a group."""
    return {
        "attention": tr("accounts", "Needs attention"),
        "unchecked": tr("accounts", "Not checked yet"),
        "healthy": tr("accounts", "Healthy"),
        "practice": tr("accounts", "Practice"),
    }[key]


def count(findings: Iterable[Finding], severity: str) -> int:
    """How many of that severity."""
    return sum(1 for finding in findings if finding.severity == severity)


def fix(finding: Finding) -> str:
    """The one thing that helps: "sign_in", "check", "page" (the platform's own) or ""."""
    kind = finding.code.split(".")[0]
    if kind == "login" or finding.code in _SIGN_IN:
        return "sign_in"
    if finding.code == "account.closed":
        return "page"
    return "check" if kind in ("net", "vault") else ""
