"""What an answer is and what it depends on; the deeds that several answers offer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery
from studio.core.finding import Finding
from studio.ui.i18n import tr
from studio.ui.moments import clock, local, moment
from studio.ui.outbox.rows import NO_PROGRESS, Progress

if TYPE_CHECKING:
    from studio.core.hold import Hold
    from studio.ui.accounts.looks import Look

SAID = frozenset({
    "delivery.unconfirmed", "delivery.not_found_on_platform", "delivery.by_hand", "handoff.unknown_link",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do. locked: why it cannot be done yet, "" when it can."""

    key: str
    words: str
    icon: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """state: whose colours it has. tinted: something is wanted. note: beside the safe deed. lead: before the others.

    findings: what the platform or we say against it, each a line of its own
    """

    state: str
    title: str
    sentence: str
    safe: Deed | None = None
    note: str = ""
    lead: str = ""
    quiet: tuple[Deed, ...] = ()
    findings: tuple[Finding, ...] = ()
    tinted: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """Everything an answer depends on.

    looks    how often it was looked up without finding it    looked   the person opened the account's page
    went     when the visible request began, or None          parts    links of its thread, 1 for a plain post
    staged, files   how many files lie over there already, and how many there are
    page     whether the account has a page to open            hold     what holds it now
    """

    delivery: Delivery
    look: Look
    now: datetime
    zone: tzinfo
    language: str
    progress: Progress = NO_PROGRESS
    looks: int = 0
    looked: bool = False
    went: datetime | None = None
    parts: int = 1
    staged: int = 0
    files: int = 0
    page: bool = True
    hold: Hold | None = None

    def when(self, at: datetime) -> str:
        """A moment in words: its clock today, its day as well otherwise."""
        same = local(at, self.zone).date() == local(self.now, self.zone).date()
        return clock(at, self.zone) if same else moment(at, self.zone, self.language)

    def second(self, at: datetime) -> str:
        """The same with seconds, for what was done."""
        at = local(at, self.zone)
        return f"{at:%H:%M:%S}" if at.date() == local(self.now, self.zone).date() else f"{at:%Y-%m-%d %H:%M:%S}"


def paste() -> Deed:
    """The person has its link."""
    return Deed("confirm", tr("outbox", "It is there, paste the link"), "link")


def leave() -> Deed:
    """It does not go out."""
    return Deed("leave", tr("outbox", "Leave it"))


def special(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the title and the sentence do not say already."""
    return tuple(finding for finding in findings if finding.code not in SAID)[:3]


def joined(case: Case, *sentences: str) -> str:
    """Sentences one after the other: Chinese puts no space between them."""
    return ("" if case.language.startswith("zh") else " ").join(one for one in sentences if one)
