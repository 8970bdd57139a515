"""The doctor of an account as data: lines in words, worst first, each with what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from studio.core.finding import Finding
from studio.core.words import Words
from studio.services.words import say
from studio.ui.accounts.health import fix
from studio.ui.i18n import tr
from studio.ui.problems import split

if TYPE_CHECKING:
    from studio.services.accounts import DoctorLine

Tone = Literal["error", "warning", "info", "good"]
ORDER: dict[Tone, int] = {"error": 0, "warning": 1, "info": 2, "good": 3}
MOST_DEEDS = 2
HEADING = 40  # characters of a post's heading in a line about it
ICONS = {
    "open": "external-link", "copy": "copy", "sign_in": "log-in", "by_hand": "hand", "check": "refresh-cw",
    "page": "external-link", "draft": "file-pen-line",
}  # fmt: skip


class Remedy(Protocol):
    """What to do about a finding, as platforms declare it."""

    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> Words: ...
    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button of a line does.

    kind   "open" or "copy" the value, "sign_in", go "by_hand", "check" again, open the platform's "page", the
           "draft" whose id is the value
    """

    kind: str
    words: str
    value: str = ""

    @property
    def icon(self) -> str:
        """Of its button."""
        return ICONS[self.kind]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: its heading, the explanation, where the rule was read, at most two deeds (the main one last).

    post   it is about the next post, not about the account
    """

    tone: Tone
    title: str
    more: str = ""
    source: str = ""
    deeds: tuple[Deed, ...] = ()
    post: bool = False


@dataclass(frozen=True, slots=True)
class NextPost:
    """The account's next scheduled post: its heading, when it goes out (in words), what the checks say of it."""

    id: str
    heading: str
    when: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines are to be fixed, are hints, are fine."""

    bad: int
    hints: int
    fine: int


def tally(entries: Iterable[Entry]) -> Tally:
    """Counts them."""
    found = Counter(entry.tone for entry in entries)
    return Tally(found["error"], found["warning"], found["good"])


def worst_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What blocks, then hints, then what is fine; else as they came."""
    return tuple(sorted(entries, key=lambda entry: ORDER[entry.tone]))


def of_account(lines: Sequence[DoctorLine], language: str, by_hand: bool) -> tuple[Entry, ...]:
    """What the last check found. by_hand: the platform has another way than its API."""
    return tuple(_entry(line, language, by_hand) for line in lines)


def of_post(post: NextPost, language: str) -> tuple[Entry, ...]:
    """What is wrong with the next post, or that nothing is."""
    heading = post.heading if len(post.heading) <= HEADING else f"{post.heading[:HEADING].rstrip()}…"
    wrong = [finding for finding in post.findings if finding.severity != "info"]
    if not wrong:
        words = tr("accounts", "“{heading}” goes out {when}.", heading=heading, when=post.when)
        return (Entry("good", tr("accounts", "The next post fits"), words, post=True),)
    return tuple(_of_post(finding, post.id, heading, post.when, language) for finding in wrong)


def _of_post(finding: Finding, id: str, heading: str, when: str, language: str) -> Entry:
    title, more = split(say(finding, language))
    words = tr("accounts", "“{heading}”, {when}. {more}", heading=heading, when=when, more=more).strip()
    deed = Deed("draft", tr("accounts", "Open the draft"), id)
    return Entry("error" if finding.blocks else "warning", title, words, finding.source, (deed,), post=True)


def _entry(line: DoctorLine, language: str, by_hand: bool) -> Entry:
    finding = line.finding
    title, more = split(say(finding, language))
    deeds = [_deed(remedy, language) for remedy in line.remedies if by_hand or remedy.kind != "by_hand"]
    if not deeds and (key := fix(finding)):
        deeds = [Deed(key, fix_words(key))]
    fine: Tone = "info" if deeds else "good"  # a fact with something to do about it is not plainly fine
    tone: Tone = fine if finding.severity == "info" else finding.severity
    deeds = sorted(deeds[:MOST_DEEDS], key=lambda deed: deed.kind != "copy")  # what it ends with stands at the right
    return Entry(tone, title, more, finding.source, tuple(deeds))


def _deed(remedy: Remedy, language: str) -> Deed:
    return Deed(remedy.kind, remedy.words.say(language), remedy.value)


def fix_words(key: str) -> str:
    """What the button of one of our own fixes says."""
    return {
        "sign_in": tr("accounts", "Sign in again"), "check": tr("accounts", "Try again"),
        "page": tr("accounts", "Open its page"),
    }[key]  # fmt: skip


def waiting_words(waiting: int, first: str, entries: Sequence[Entry]) -> str:
    """What stands at the foot: how many scheduled posts wait for what is to be fixed, else that they go out."""
    if not waiting:
        return tr("accounts", "Nothing is scheduled for this account")
    account = sum(1 for entry in entries if entry.tone == "error" and not entry.post)
    every = account + sum(1 for entry in entries if entry.tone == "error" and entry.post)
    if not every:
        return tr("accounts", "%n scheduled posts. The first is {when}.", n=waiting, when=first)
    held = waiting if account else 1  # what is wrong with the next post alone stops only that one
    if every == 1:
        return tr("accounts", "%n scheduled posts wait on this fix. The first is {when}.", n=held, when=first)
    return tr(
        "accounts", "%n scheduled posts wait on these {fixes} fixes. The first is {when}.", n=held, fixes=every,
        when=first,
    )  # fmt: skip
