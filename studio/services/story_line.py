"""What every teller of a journal line uses: the line itself, the rest of its data, its moments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from studio.core.words import Marked
from studio.services.redacted import pairs
from studio.services.story import Read, Said, StoryLine, Tone

_NOT_SHOWN = frozenset({"findings", "by", "state", "changes", "lines", "link", "found", "whole", "round", "done"})


def line(
    step: Read, icon: str, head: Marked, tone: Tone = "plain", details: Iterable[Said] = (),
    code: Iterable[str] = (), unsure: bool = False,
) -> StoryLine:
    """A line of the story for a step; what the step's findings say stands under it."""
    said = once_each((*details, *step.findings))
    return StoryLine(step.at, step.kind, icon, head, said, tuple(c for c in code if c), tone, unsure)


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
