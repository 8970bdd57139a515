"""The outbox as lines to paint: groups by urgency, then by day; each row with its state in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from studio.core.delivery import SENDING, Delivery, State
from studio.ui.accounts.looks import Look, find
from studio.ui.i18n import tr
from studio.ui.moments import clock, day, local
from studio.ui.theme import state_word
from studio.ui.tokens import MACHINE_STATES

if TYPE_CHECKING:
    from studio.services.outbox import Item, Page

S = State
_APART = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
WAITING = (S.SCHEDULED, S.DUE)
SOON = timedelta(minutes=60)  # a time nearer than this is counted down


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a delivery beside itself.

    uploaded, files   how far its upload is      until, why   what it waits for, when it waits
    held              a hold covers it now: it does not go out at its time
    """

    uploaded: int = 0
    files: int = 0
    until: datetime | None = None
    why: str = ""
    held: bool = False


NO_PROGRESS = Progress()


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery as the list shows it. state: a shown state of `theme.state`."""

    id: str
    delivery: Delivery
    title: str
    thumb: str
    look: Look
    when: str
    progress: Progress = NO_PROGRESS


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a row, or the head of a group, or (`hidden`) how many more the calendar has."""

    group: str = ""
    row: Row | None = None
    hidden: int = 0


def shown_state(delivery: Delivery, now: datetime, held: bool = False) -> str:
    """The state people see: what is handed over counts as published once it is proved; a near time is due."""
    if held and delivery.state in WAITING:
        return "held"
    if delivery.state is S.HANDED_OVER and delivery.proof is not None:
        return "published"
    if delivery.state is S.SCHEDULED and delivery.at - now <= SOON:
        return "due"
    return MACHINE_STATES.get(delivery.state.value, delivery.state.value)


def state_words(delivery: Delivery, now: datetime, progress: Progress = NO_PROGRESS) -> str:
    """The state in words, with how far or how long where that is known."""
    if delivery.state in SENDING:
        return sending_words(delivery, progress)
    if progress.held and delivery.state in WAITING:
        return tr("outbox", "On hold")
    if delivery.state is S.DUE and progress.until is not None and progress.until > now:
        return waiting_words(progress, now)
    if delivery.state in (S.SCHEDULED, S.DUE) and timedelta(0) < delivery.at - now <= SOON:
        return tr("outbox", "Due in %n min", n=minutes(delivery.at, now))
    return state_word(shown_state(delivery, now))


def sending_words(delivery: Delivery, progress: Progress) -> str:
    """What a delivery that is being sent is doing."""
    if delivery.state is S.STAGING and progress.files:
        return tr("job", "Uploading {number} of {all}", number=min(progress.uploaded + 1, progress.files),
                  all=progress.files)  # fmt: skip
    return {
        S.PREPARING: tr("job", "Preparing"), S.STAGING: tr("outbox", "Uploading"),
        S.COMMITTING: tr("job", "Publishing"), S.PROCESSING: tr("job", "Reading it back"),
    }[delivery.state]  # fmt: skip


def waiting_words(progress: Progress, now: datetime) -> str:
    """How long it waits, and for what."""
    assert progress.until is not None
    left = minutes(progress.until, now)
    if progress.why:
        return tr("outbox", "Waits {minutes} min: {why}", minutes=left, why=progress.why)
    return tr("outbox", "Waits {minutes} min", minutes=left)


def minutes(at: datetime, now: datetime) -> int:
    """Whole minutes until `at`, begun ones counted; at least 1."""
    return max(1, -int(-(at - now).total_seconds() // 60))


def ticks(row: Row, now: datetime) -> bool:
    """Whether its words change by the clock."""
    d = row.delivery
    return d.state in SENDING or d.state is S.DUE or (d.state is S.SCHEDULED and d.at - now <= SOON + SOON)


def spoken(row: Row, now: datetime) -> str:
    """The row in words, for those who hear it."""
    return tr("outbox", "{title}, {account} on {platform}: {state}, {when}", title=row.title,
              account=row.look.title, platform=row.look.platform, when=row.when,
              state=state_words(row.delivery, now, row.progress))  # fmt: skip


# -- grouping --------------------------------------------------------------------------------------------------


class Arranger:
    """Makes lines of a page, in one language, on one clock."""

    def __init__(
        self, known: Mapping[str, Look], zone: tzinfo, language: str, now: datetime, progress: Mapping[str, Progress]
    ) -> None:
        self._known, self._zone, self._language, self._now, self._progress = known, zone, language, now, progress
        self._today = local(now, zone).date()

    def lines(self, page: Page) -> list[Line]:
        """Urgent groups first, then today, what comes, and the days before."""
        tomorrow = [item for item in page.ahead if self._day(item) > self._today]
        today = [item for item in page.ahead if self._day(item) <= self._today]
        found = [
            *self._group("needs", page.needs), *self._group("unconfirmed", page.unconfirmed),
            *self._group("failed", page.failed),
        ]  # fmt: skip
        days = list(self._days(page.rest))
        mine = [item for item in days if item[0] >= self._today]
        sending = [item for _, item in mine if item.delivery.state in SENDING or item.delivery.state is S.DUE]
        over = [item for _, item in mine if item not in sending]
        found += self._group("today", [*sending, *today, *over])
        found += self._group("ahead", tomorrow)
        if page.hidden:
            found.append(Line("ahead", hidden=page.hidden))
        return [*found, *self._past((when, item) for when, item in days if when < self._today)]

    def row(self, item: Item) -> Row:
        """One delivery."""
        d = item.delivery
        return Row(
            d.id, d, item.heading or tr("outbox", "Untitled"), item.thumb, find(self._known, d.account, d.platform),
            self._when(d), self._progress.get(d.id, NO_PROGRESS),
        )  # fmt: skip

    def _group(self, key: str, items: Iterable[Item]) -> list[Line]:
        rows = [Line(key, self.row(item)) for item in items]
        return [Line(key), *rows] if rows else []

    def _past(self, days: Iterable[tuple[date, Item]]) -> Iterator[Line]:
        last: date | None = None
        for when, item in days:
            if when != last:
                yield Line(when.isoformat())
                last = when
            yield Line(when.isoformat(), self.row(item))

    def _days(self, items: Iterable[Item]) -> Iterator[tuple[date, Item]]:
        return ((self._day(item), item) for item in items)

    def _day(self, item: Item) -> date:
        return local(item.delivery.at, self._zone).date()

    def _when(self, delivery: Delivery) -> str:
        """The clock for today and the days that have a head of their own; the day where the group does not say it."""
        when = local(delivery.at, self._zone).date()
        grouped = delivery.state in (S.PUBLISHED, S.CANCELLED) or when == self._today
        return clock(delivery.at, self._zone) if grouped else short_day(when, self._language)


def snug(words: str) -> str:
    """Without the spaces between two Chinese characters that a name brought in."""
    return _APART.sub("", words)


def short_day(when: date, language: str) -> str:
    """"9 Dec", 12 月 9 日."""
    name = QLocale(language).monthName(when.month, QLocale.FormatType.ShortFormat)
    return tr("outbox", "{day} {month_name}", day=when.day, month_name=name, month=when.month)


def group_words(key: str, today: date, language: str) -> str:
    """The head of a group: its urgency, or its day."""
    known = {
        "needs": tr("outbox", "Needs you"), "unconfirmed": tr("outbox", "Unconfirmed"),
        "failed": tr("outbox", "Failed"), "today": tr("outbox", "Today"), "ahead": tr("outbox", "Coming up"),
    }  # fmt: skip
    if key in known:
        return known[key]
    when = date.fromisoformat(key)
    return tr("outbox", "Yesterday") if when == today - timedelta(days=1) else day(when, language)


def pace_words(progress: Progress) -> Progress:
    """The rule that makes it wait, in words."""
    words = {
        "gap": tr("outbox", "pace"), "daily": tr("outbox", "daily limit"), "quiet": tr("outbox", "quiet hours"),
    }.get(progress.why, progress.why)  # fmt: skip
    return replace(progress, why=words)
