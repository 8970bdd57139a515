"""What every teller of a journal line uses: the line itself, the rest of its data, its moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from studio.core.words import Marked
from studio.services.redacted import pairs, safe, size
from studio.services.story import Read, Said, StoryLine, Tone

_NOT_SHOWN = frozenset({
    "findings", "by", "state", "changes", "lines", "link", "found", "whole", "round", "done", "exchanges", "held",
})  # fmt: skip
_WAYS = (("sent", "out"), ("received", "in"))
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
    return tuple(exchange(one) for one in step.rows("exchanges")[-MOST:])


def exchange(data: Mapping[str, Any]) -> str:
    """One request on the wire: "POST host/path · 200 · 431 KB out · 2 KB in · 0.3 s"."""
    where = "".join(safe(str(data[name])) for name in ("url", "host", "path") if data.get(name))
    asked = f"{safe(str(data.get('method') or ''))} {where}".strip()
    named = ("method", "url", "host", "path", "status", "sent", "received", "seconds")
    more = pairs({name: value for name, value in data.items() if name not in named})
    known = [safe(str(data["status"])) if data.get("status") else ""]
    known += [f"{size(data[name])} {way}" for name, way in _WAYS if isinstance(data.get(name), int) and data[name] > 0]
    known += [f"{data['seconds']:.1f} s"] if isinstance(data.get("seconds"), int | float) else []
    return " · ".join(part for part in (asked, *known, more) if part)


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
