"""A proof as it is shown: sent beside found, a mark for each thing compared. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from studio.core.delivery import Compared, Delivery, Proof
from studio.ui.i18n import tr
from studio.ui.moments import local

SHOWN = 600  # characters of a text that are laid side by side


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the comparison. mark: "good", "warn" or "info" (nothing to compare, only known)."""

    mark: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was sent. media: its id in the library; same: whether the same was found."""

    media: str
    same: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """Everything the proof's card shows."""

    sent: str
    found: str
    pictures: tuple[Picture, ...]
    facts: tuple[Fact, ...]

    @property
    def words(self) -> str:
        """For those who hear it."""
        return "; ".join(f"{fact.label}: {fact.words}" for fact in self.facts)


def compare(delivery: Delivery, zone: tzinfo) -> Compare | None:
    """What the card of a proved delivery shows; None without a proof."""
    proof = delivery.proof
    if proof is None:
        return None
    sent = next((line for line in proof.lines if line.what in ("text", "title") and (line.sent or line.found)), None)
    text = next((line for line in proof.lines if line.what == "text"), sent)
    return Compare(
        text.sent[:SHOWN] if text is not None else "", text.found[:SHOWN] if text is not None else "",
        tuple(_pictures(delivery.plan, proof)), tuple(_facts(proof, zone)),
    )  # fmt: skip


def read_after(delivery: Delivery) -> timedelta | None:
    """How long after the visible request it was read back; None when that is not known or not so."""
    if delivery.went is None or delivery.proof is None:
        return None
    spent = delivery.updated - delivery.went
    return spent if timedelta(0) <= spent < timedelta(hours=3) else None


def _facts(proof: Proof, zone: tzinfo) -> Iterator[Fact]:
    groups: dict[str, list[Compared]] = {}
    for line in proof.lines:
        groups.setdefault(line.what.partition(":")[0], []).append(line)
    for what, lines in groups.items():
        if fact := _fact(what, lines):
            yield fact
    if proof.at is not None:
        at = local(proof.at.astimezone(UTC), zone)
        yield Fact("info", tr("outbox", "Platform time"), at.strftime("%Y-%m-%d %H:%M:%S %z"))


def _fact(what: str, lines: Sequence[Compared]) -> Fact | None:
    """None for what was neither sent nor found."""
    if what == "media":
        return _media(lines)
    if not any(line.sent or line.found for line in lines):
        return None
    mark = "good" if all(line.same for line in lines) else "warn"
    return Fact(mark, label(what), _said(what, lines))


def _said(what: str, lines: Sequence[Compared]) -> str:
    first = lines[0]
    same = all(line.same for line in lines)
    if what == "text":
        count = len(first.sent)
        return (
            tr("outbox", "identical, %n characters", n=count) if same
            else tr("outbox", "differs: {sent} characters sent, {found} found", sent=count, found=len(first.found))
        )  # fmt: skip
    if what == "alt":
        number = sum(1 for line in lines if line.same)
        return tr("outbox", "{number} of {all} the same", number=number, all=len(lines))
    if same:
        return first.found
    return tr("outbox", "sent {sent}, found {found}", sent=first.sent or "-", found=first.found or "-")


def _media(lines: Sequence[Compared]) -> Fact | None:
    counts, each = [x for x in lines if x.what == "media"], [x for x in lines if x.what != "media"]
    sent, found = (counts[0].sent, counts[0].found) if counts else (str(len(each)), str(len(each)))
    if sent in ("", "0") and found in ("", "0"):
        return None
    good = sum(1 for line in each if line.same)
    words = tr("outbox", "{number} of {all}, same order, same bytes", number=good, all=sent)
    if not all(line.same for line in lines):
        words = tr("outbox", "{number} of {all} the same, {found} found", number=good, all=sent, found=found)
    return Fact("good" if all(line.same for line in lines) else "warn", label("media"), words)


def label(what: str) -> str:
    """The name of what was compared."""
    return {
        "text": tr("outbox", "Text"), "title": tr("outbox", "Title"), "link": tr("outbox", "Link"),
        "media": tr("outbox", "Pictures"), "alt": tr("outbox", "Descriptions"), "tags": tr("outbox", "Tags"),
        "facets": tr("outbox", "Links in the text"), "time": tr("outbox", "Time"),
    }.get(what, what)  # fmt: skip


def _pictures(plan: Mapping[str, Any], proof: Proof) -> Iterator[Picture]:
    content = plan.get("content")
    media = content.get("media") if isinstance(content, Mapping) else None
    marks = {line.what: line.same for line in proof.lines}
    for number, one in enumerate(media if isinstance(media, list | tuple) else (), start=1):
        if isinstance(one, Mapping) and one.get("kind") in ("image", "video"):
            yield Picture(str(one.get("media") or ""), marks.get(f"media:{number}", marks.get("media", False)))


def at_words(at: datetime, zone: tzinfo) -> str:
    """"18:31:12", with its day where that is not today."""
    when = local(at, zone)
    today = when.date() == local(datetime.now(UTC), zone).date()
    return when.strftime("%H:%M:%S" if today else "%Y-%m-%d %H:%M")
