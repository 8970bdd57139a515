"""A delivery's journal as a story: one line per thing that happened, in words that are said later.

`story(delivery, steps)` gives the lines; `services.telling` says them in a language and a time zone. What was begun
and ended is one line, repeated looks are one line, and a kind of step that nobody told us about is still shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from studio.core.finding import Finding
from studio.core.words import Marked

if TYPE_CHECKING:
    from studio.core.delivery import Delivery, Phase, Step

Tone = Literal["plain", "info", "good", "warn", "bad", "unsure"]
Said = Marked | Finding
_NAME = re.compile(r"(?P<kind>[^:@#]+)(?::(?P<number>\d+))?(?:@(?P<link>\d+))?(?:#(?P<round>\d+))?.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line. A value of `head` or `details` may be a datetime (UTC); whoever says it puts it on a clock.

    at       when it happened, UTC (of a pair: when it ended)
    kind     "commit", "look", "scheduled>due": stable, for tests and icons
    icon     name of an icon
    head     what happened
    details  what it means: sentences, and findings of the platform
    code     what went out and came back: hashes, sizes, ids, status; no secrets
    tone     how it ended
    unsure   what happened after it is not known
    times    the moments of what is told as one line
    link     which link of a thread, from 0
    """

    at: datetime
    kind: str
    icon: str
    head: Marked
    details: tuple[Said, ...] = ()
    code: tuple[str, ...] = ()
    tone: Tone = "plain"
    unsure: bool = False
    times: tuple[datetime, ...] = ()
    link: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A journal line taken apart. `number`: of a file, from 1; 0 for none. `round`: from 1."""

    kind: str
    phase: Phase
    at: datetime
    data: Mapping[str, Any]
    who: str
    number: int = 0
    round: int = 1
    link: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings it carries; none when they cannot be read."""
        return self.findings_in("findings")

    def findings_in(self, name: str) -> tuple[Finding, ...]:
        """The findings that stand under a name of its data."""
        return tuple(f for one in self.rows(name) if (f := _finding(one)))

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The list of mappings that stands under a name of its data; empty when it is none."""
        found = self.data.get(name)
        return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []


def read(step: Step) -> Read:
    """A line's name is its kind, then perhaps ":2" (a file), "@2" (a link of a thread), "#3" (a round)."""
    found = None if step.phase == "move" else _NAME.fullmatch(step.step)
    if found is None:
        return Read(step.step, step.phase, step.at, step.data, step.who)
    number, link, round = (int(found[part] or 0) for part in ("number", "link", "round"))
    return Read(
        found["kind"].strip(), step.phase, step.at, step.data, step.who, number, max(1, round), max(0, link - 1))


@dataclass(slots=True)
class Book:
    """The story while it is being written."""

    delivery: Delivery
    lines: list[StoryLine] = field(default_factory=list)
    planned: datetime | None = None  # the time it was last planned for
    _open: dict[tuple[str, int, int, int], int] = field(default_factory=dict)

    @property
    def last(self) -> StoryLine | None:
        return self.lines[-1] if self.lines else None

    def add(self, line: StoryLine) -> None:
        self.lines.append(line)

    def begin(self, step: Read, line: StoryLine) -> None:
        """A line that its end will replace."""
        self._open[_key(step)] = len(self.lines)
        self.lines.append(line)

    def end(self, step: Read, line: StoryLine) -> None:
        """Replaces the line of its beginning, keeping what went out; stands alone when that is missing."""
        at = self._open.pop(_key(step), None)
        if at is None or any(before.kind != line.kind for before in self.lines[at:]):
            self.lines.append(line)
            return
        begun = self.lines[at]
        code = tuple(dict.fromkeys((*begun.code, *line.code)))
        self.lines[at] = replace(line, code=code, times=(begun.at, line.at), link=step.link)

    def again(self, line: StoryLine) -> None:
        """Takes the place of the last line."""
        self.lines[-1] = line


Teller = Callable[[Book, Read], None]


def story(delivery: Delivery, steps: Sequence[Step]) -> tuple[StoryLine, ...]:
    """The lines of a delivery's journal, oldest first."""
    from studio.services.story_kinds import teller

    book = Book(delivery)
    for step in steps:
        line = read(step)
        before = len(book.lines)
        teller(line)(book, line)
        book.lines[before:] = [replace(one, link=line.link) for one in book.lines[before:]]
    return tuple(book.lines)


def _key(step: Read) -> tuple[str, int, int, int]:
    return step.kind, step.number, step.round, step.link


def _finding(data: object) -> Finding | None:
    if not isinstance(data, Mapping) or not isinstance(data.get("code"), str):
        return None
    values = data.get("values")
    severity = data.get("severity")
    return Finding(
        data["code"], severity if severity in ("error", "warning", "info") else "error",
        str(data.get("field") or ""), values if isinstance(values, Mapping) else {}, str(data.get("source") or ""),
    )
