"""A story said in a language, on the clock of a zone; and the report that a person may copy and send to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from studio.core.finding import Finding
from studio.core.slot import iso
from studio.core.words import Marked, N
from studio.services.redacted import safe
from studio.services.story import Said, StoryLine, Tone, story
from studio.services.words import say, speak

if TYPE_CHECKING:
    from studio.core.delivery import Delivery, Step


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a story, said: everything is text. `clock`: "18:29:40"; `day`: "2026-12-09"."""

    kind: str
    icon: str
    clock: str
    day: str
    head: str
    details: tuple[str, ...]
    code: tuple[str, ...]
    tone: Tone
    unsure: bool
    link: int

    @property
    def words(self) -> str:
        """The line as one sentence after another, for those who hear it."""
        return " ".join((self.clock, self.head, *self.details, *self.code))


def tell(line: StoryLine, language: str, zone: tzinfo) -> Told:
    """One line said."""
    at, head = line.at.astimezone(zone), said(line.head, language, zone, line.at)
    details = tuple(said(one, language, zone, line.at) for one in line.details)
    code = line.code
    if line.kind == "look" and len(line.times) > 1:
        code = (*code, " · ".join(second(time, zone) for time in line.times[-6:]))
    return Told(
        line.kind, line.icon, at.strftime("%H:%M:%S"), at.strftime("%Y-%m-%d"), head, details, code, line.tone,
        line.unsure, line.link,
    )


def tell_all(delivery: Delivery, steps: Sequence[Step], language: str, zone: tzinfo) -> tuple[Told, ...]:
    """The whole story said, oldest line first; of a thread, each line with the part it is about."""
    lines = story(delivery, steps)
    parts = max((parts_of(delivery), *(line.link + 1 for line in lines)))
    return tuple(tell(_numbered(line, parts), language, zone) for line in lines)


def parts_of(delivery: Delivery) -> int:
    """How many posts it makes: 1, or the links of its thread, once the first of them was taken up."""
    content = delivery.handles.get("chain")
    replies = content.get("replies") if isinstance(content, Mapping) else None
    return 1 + (len(replies) if isinstance(replies, list | tuple) else 0)


def _numbered(line: StoryLine, parts: int) -> StoryLine:
    if parts < 2 or line.kind not in _OF_A_PART:
        return line
    head = N("story", "Part {part} of {all}: {head}", part=line.link + 1, all=parts, head=line.head)
    return replace(line, head=head)


_OF_A_PART = frozenset({"prepare", "stage", "contain", "ready", "commit", "repeat", "look", "check", "proof", "wait"})


def said(one: Said, language: str, zone: tzinfo, on: datetime) -> str:
    """A marked text or a finding. Moments are put on the zone's clock, with their day where it is not that of `on`."""
    if isinstance(one, Finding):
        return safe(say(one, language))
    values = {name: _value(value, language, zone, on) for name, value in one.values.items()}
    return speak(Marked(one.context, one.text, values), language)


def second(at: datetime, zone: tzinfo) -> str:
    """"18:30:50" on the zone's clock."""
    return at.astimezone(zone).strftime("%H:%M:%S")


def _value(value: object, language: str, zone: tzinfo, on: datetime) -> object:
    if isinstance(value, Marked):
        return said(value, language, zone, on)
    if not isinstance(value, datetime):
        return value
    at = value.astimezone(zone)
    clock = at.strftime("%H:%M:%S" if at.second else "%H:%M")
    return clock if at.date() == on.astimezone(zone).date() else f"{at:%Y-%m-%d} {clock}"


# -- the report ------------------------------------------------------------------------------------------------


def report(
    delivery: Delivery, steps: Sequence[Step], language: str, zone: tzinfo, *, platform: str = "", version: str = ""
) -> str:
    """All there is to know about a delivery, as Markdown: for a report to somebody who can help.

    It holds no secret, and nothing of the post but sizes, hashes and ids.
    """
    colon = "：" if language.startswith("zh") else ": "
    parts = [
        f"# {_t('Delivery', language)} {delivery.id}", "",
        *(f"- {label}{colon}{value}" for label, value in _facts(delivery, language, zone, platform, version)),
    ]
    if delivery.error:
        parts += ["", f"## {_t('What stands against it', language)}", "", *_against(delivery.error, language)]
    parts += ["", f"## {_t('Journal', language)}", "", *_journal(delivery, steps, language, zone)]
    if delivery.proof is not None:
        parts += ["", f"## {_t('Proof', language)}", "", *_proof(delivery, language)]
    return "\n".join(parts) + "\n"


def _facts(
    delivery: Delivery, language: str, zone: tzinfo, platform: str, version: str
) -> Iterable[tuple[str, str]]:
    from studio.services.words import state_word

    yield _t("State", language), f"{state_word(delivery.state, language)} ({delivery.state.value})"
    yield _t("Platform", language), platform or delivery.platform
    yield _t("Account", language), delivery.account
    yield _t("Post", language), delivery.post
    local = delivery.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    yield _t("Time", language), f"{local} {zone} ({iso(delivery.at)}), {delivery.late}"
    yield _t("Tries", language), str(delivery.tries)
    if delivery.url:
        yield _t("Link", language), safe(delivery.url)
    if version:
        yield "Yigao", version


def _against(findings: Iterable[Finding], language: str) -> Iterable[str]:
    return (f"- {safe(say(finding, language))} [{finding.code}]" for finding in findings)


def _journal(delivery: Delivery, steps: Sequence[Step], language: str, zone: tzinfo) -> Iterable[str]:
    for told in tell_all(delivery, steps, language, zone):
        yield f"- {told.day} {told.clock} **{told.head}**"
        yield from (f"  {detail}" for detail in told.details)
        yield from (f"  `{code}`" for code in told.code)


def _proof(delivery: Delivery, language: str) -> Iterable[str]:
    assert delivery.proof is not None
    for line in delivery.proof.lines:
        yield f"- {line.what}: {_t('the same', language) if line.same else _t('different', language)}"


def _t(text: str, language: str) -> str:
    return speak(_LABELS[text], language)


_LABELS = {marked.text: marked for marked in (
    N("story", "Delivery"), N("story", "State"), N("story", "Platform"), N("story", "Account"), N("story", "Post"),
    N("story", "Time"), N("story", "Tries"), N("story", "Link"), N("story", "What stands against it"),
    N("story", "Journal"), N("story", "Proof"), N("story", "the same"), N("story", "different"),
)}  # fmt: skip
