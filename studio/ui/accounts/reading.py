"""Reads what the Accounts pane shows of an account, and puts it into words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from studio.core.delivery import Delivery, State
from studio.core.errors import Problem
from studio.core.finding import blocking, info
from studio.core.hold import Hold
from studio.services.accounts import DoctorLine
from studio.ui.accounts.choices import Choice
from studio.ui.accounts.detail import Shown
from studio.ui.accounts.doctor import Entry, NextPost, of_account, of_post, waiting_words, worst_first
from studio.ui.accounts.health import ends_soon
from studio.ui.accounts.looks import Look, look
from studio.ui.accounts.pace import pace_words, quiet_words
from studio.ui.i18n import tr
from studio.ui.moments import ago, clock, day, local, moment, weekday, zone_name

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.services.accounts import Health, PlatformInfo
    from studio.services.desk import Desk

RECENT = timedelta(days=6)  # a weekday alone says which day that was
DONE = (State.PUBLISHED, State.HANDED_OVER)


class Reader:
    """speak() first: in which language everything is said."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._language = desk, "en"
        self._zone = ZoneInfo("UTC")
        self._stamp = (-1, -1)
        self._done: dict[str, Delivery | None] = {}  # account -> what went out last
        self._planned: dict[str, tuple[int, Delivery | None]] = {}  # account -> how many are scheduled, the first

    def speak(self, language: str) -> None:
        """In this language and the zone of the settings from now on; what was read is kept while no delivery moved."""
        self._language, self._zone = language, ZoneInfo(zone_name(self._desk.settings.get("zone")))
        stamp = self._desk.outbox.stamp()
        if stamp != self._stamp:
            self._stamp, self._done, self._planned = stamp, {}, {}

    def look(self, account: Account) -> Look:
        """How an account is shown."""
        return look(account, self._info(account), self._language)

    def row(self, account: Account) -> tuple[Look, Health, str]:
        """What the list says of it; what stops its next post counts. The last is the line under its name."""
        found, health = self.look(account), self._desk.accounts.health(account.id)
        next_ = self._next(account)
        stops = blocking(next_.findings) if next_ is not None else ()
        health = replace(health, findings=(*health.findings, *stops))
        if ends_soon(health) and health.ends is not None:
            until = day(local(health.ends, self._zone).date(), self._language)
            return found, health, tr("accounts", "{platform} · signs out on {day}", platform=found.platform, day=until)
        return found, health, found.below

    def shown(self, account: Account, hold: Hold | None) -> Shown:
        """What its page says."""
        info, accounts = self._info(account), self._desk.accounts
        health, found, next_ = accounts.health(account.id), self.look(account), self._next(account)
        of_next = of_post(next_, self._language) if next_ is not None else ()
        entries = worst_first((*self._of_account(account, found, health, info), *of_next))
        count, first = self._waiting(account.id)
        when = tr("accounts", "checked {when}", when=ago(health.at, datetime.now(UTC), self._zone, self._language))
        return Shown(
            found, self._below(account, found, health), when if health.at else "", entries, self._facts(account, found),
            tuple(info.modes), self._choices(account),
            waiting_words(count, self._moment(first) if first is not None else "", entries), hold,
            tr("accounts", "This window only reads the workspace.") if self._desk.read_only else "",
        )  # fmt: skip

    # inside ----------------------------------------------------------------------------------------------------

    def _info(self, account: Account) -> PlatformInfo:
        return self._desk.accounts.platform(account.platform)

    def _below(self, account: Account, found: Look, health: Health) -> str:
        """Where it is, who it is there, over which server, until when."""
        parts = [found.below]
        if account.api_base:
            parts.append(urlsplit(account.api_base).netloc)
        if health.ends is not None and account.mode == "api":
            until = day(local(health.ends, self._zone).date(), self._language)
            parts.append(tr("accounts", "signed in until {day}", day=until))
        return " · ".join(parts)

    def _facts(self, account: Account, found: Look) -> tuple[tuple[str, str], ...]:
        pace = self._desk.accounts.pace(account)
        modes = {"api": tr("mode", "API"), "assisted": tr("mode", "Assisted"), "kit": tr("mode", "Kit")}
        return (
            (tr("accounts", "Mode"), modes[found.mode]), (tr("accounts", "Pace"), pace_words(pace)),
            (tr("accounts", "Quiet hours"), quiet_words(pace) or tr("accounts", "None")),
            (tr("accounts", "Last post"), self._last(account.id)),
        )  # fmt: skip

    def _last(self, id: str) -> str:
        """"Mon 08:00, read back"."""
        last = self._went_last(id)
        if last is None:
            return tr("accounts", "None yet")
        when = self._recent(_out(last))
        if last.proof is not None and last.state is State.PUBLISHED:
            return tr("accounts", "{when}, read back", when=when)
        return when

    def _went_last(self, id: str) -> Delivery | None:
        if id not in self._done:
            done = [d for d in self._desk.publishing.list(account=id, states=DONE) if d.went is not None or d.proof]
            self._done[id] = max(done, key=_out, default=None)
        return self._done[id]

    def _waiting(self, id: str) -> tuple[int, Delivery | None]:
        """How many posts are scheduled, and the first."""
        if id not in self._planned:
            planned = self._desk.publishing.list(account=id, states=[State.SCHEDULED])
            self._planned[id] = len(planned), planned[0] if planned else None
        return self._planned[id]

    def _next(self, account: Account) -> NextPost | None:
        """The next post, as it is now; one that cannot be read says so itself, in its pane."""
        _, first = self._waiting(account.id)
        if first is None:
            return None
        try:
            post = self._desk.posts.get(first.post)
            findings = self._desk.checks.findings(post, account)
        except Problem:
            return None
        return NextPost(post.id, post.heading or tr("draft", "Untitled"), self._moment(first), findings)

    def _moment(self, delivery: Delivery) -> str:
        return moment(delivery.at, self._zone, self._language)

    def _recent(self, at: datetime) -> str:
        there = local(at, self._zone)
        if datetime.now(UTC) - at < RECENT:
            return f"{weekday(there.isoweekday(), self._language)} {clock(at, self._zone)}"
        return day(there.date(), self._language)

    def _choices(self, account: Account) -> tuple[Choice, ...]:
        language = self._language
        return tuple(
            Choice(s.name, s.label.say(language), s.help.say(language), value, s.default, tuple(zip(
                s.choices, [words.say(language) for words in s.called] or s.choices, strict=True)))
            for s, value in self._desk.accounts.settings(account.id)
        )

    def _of_account(self, account: Account, found: Look, health: Health, info: PlatformInfo) -> tuple[Entry, ...]:
        by_hand = any(mode not in ("api", account.mode) for mode in info.modes)
        entries = of_account(self._desk.accounts.doctor(account.id), self._language, by_hand)
        if all(entry.tone == "good" for entry in entries):
            return self._plainly_fine(found, health) or entries
        return entries

    def _plainly_fine(self, found: Look, health: Health) -> tuple[Entry, ...]:
        """Where the doctor has nothing to tell, or was not there yet."""
        if found.embedded:
            more = tr("accounts", "It writes into a page on this computer. Nothing leaves it.")
            return (Entry("good", tr("accounts", "Ready for practice"), more),)
        if not health.findings and found.mode != "api":
            return of_account([DoctorLine(info("doctor.by_hand", "account"))], self._language, False)
        if health.at is None:
            more = tr("accounts", "Check it to see whether the sign-in still holds.")
            return (Entry("info", tr("accounts", "Not checked yet"), more),)
        if not health.findings:
            more = tr("accounts", "The sign-in holds.")
            return (Entry("good", tr("accounts", "Nothing to fix"), more),)
        return ()


def _out(delivery: Delivery) -> datetime:
    """When it went out."""
    return (delivery.proof.at if delivery.proof is not None else None) or delivery.went or delivery.updated
