"""What every teller of a journal line uses: the line itself, the rest of its data, its moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from studio.core.words import Marked
from studio.services.redacted import pairs, safe
from studio.services.story import Read, Said, StoryLine, Tone

_NOT_SHOWN = frozenset({
    "findings", "by", "state", "changes", "lines", "link", "found", "whole", "round", "done", "exchanges",
})  # fmt: skip
MOST = 6  # exchanges of one step that are shown


def line(
    step: Read, icon: str, head: Marked, tone: Tone = "plain", details: Iterable[Said] = (),
    code: Iterable[str] = (), unsure: bool = False,
) -> StoryLine:
    """A line of the story for a step; what the step's findings say stands under it."""
    said = once_each((*details, *step.findings))
    shown = tuple(c for c in (*code, *exchanges(step)) if c)
    return StoryLine(step.at, step.kind, icon, head, said, shown, tone, unsure)


def exchanges(step: Read) -> tuple[str, ...]:
    """What was asked of the platform for this step, a line each, the last ones when there were many."""
    found = step.data.get("exchanges")
    made = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []
    return tuple(exchange(one) for one in made[-MOST:])


def exchange(data: Mapping[str, Any]) -> str:
    """One request on the wire: "POST https://host/path · status 200 · bytes 431 KB"."""
    names = ("method", "url", "host", "path")
    asked = " ".join(safe(str(data[name])) for name in names if data.get(name))
    more = pairs({name: value for name, value in data.items() if name not in names})
    return " · ".join(part for part in (asked, more) if part)


def once_each(said: Iterable[Said]) -> tuple[Said, ...]:
    kept: list[Said] = []
    for one in said:
        if one not in kept:
            kept.append(one)
    return tuple(kept)


def rest(step: Read, *but: str) -> str:
    """Everything in the data that is not told in words."""
    return pairs({k: v for k, v in step.data.items() if k not in _NOT_SHOWN and k not in but})


def tone_of(step: Read) -> Tone:
    return {"begun": "info", "done": "good", "failed": "bad"}.get(step.phase, "plain")  # type: ignore[return-value]


def moment_of(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
