"""Whether captions can be read in the time they are seen: neutral rules of the trade, remarks and never errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from studio.core.captions import LONGEST, SHORTEST, Cue, columns
from studio.core.finding import Finding, warning

GENERAL = "Netflix Timed Text Style Guide, General Requirements, 2026-11"
ENGLISH = "Netflix Timed Text Style Guide, English, 2026-11"
CHINESE = "Netflix Timed Text Style Guide, Simplified Chinese, 2026-11"
LINES = 2
LETTERS, CHARACTERS = 42, 16  # a line
# 20 letters a second is the guide's; a Chinese character is as wide as two letters and read half as fast.
LETTERS_A_SECOND, CHARACTERS_A_SECOND = 20, 10


def findings(cues: Sequence[Cue]) -> tuple[Finding, ...]:
    """What is hard to read, cue by cue; field: "captions[3]", counted from 0."""
    found: list[Finding] = []
    for at, cue in enumerate(cues):
        found += _of(cue, f"captions[{at}]", at + 1)
        if at and cue.start < cues[at - 1].end:
            found.append(warning("captions.overlap", f"captions[{at}]", number=at + 1, other=at))
    return tuple(found)


def _of(cue: Cue, field: str, number: int) -> Iterator[Finding]:
    chinese = wide(cue.text)
    most, source = (CHARACTERS, CHINESE) if chinese else (LETTERS, ENGLISH)
    count = characters(cue.text)
    if count > most * LINES:
        yield warning("captions.too_long", field, source, number=number, count=count, limit=most * LINES)
    fastest = CHARACTERS_A_SECOND if chinese else LETTERS_A_SECOND
    if cue.duration > 0 and (speed := count / cue.duration) > fastest:
        yield warning("captions.too_fast", field, ENGLISH, number=number, count=round(speed), limit=fastest)
    if cue.duration < SHORTEST:
        yield warning("captions.too_short", field, GENERAL, number=number, seconds=_seconds(cue.duration))
    if cue.duration > LONGEST:
        yield warning("captions.lasts_long", field, GENERAL, number=number, seconds=_seconds(cue.duration), limit=7)


def _seconds(time: Fraction) -> float:
    return round(float(time), 2)


def characters(text: str) -> int:
    """What is counted: without line ends."""
    return len(text.replace("\n", ""))


def wide(text: str) -> bool:
    """Whether most of it is Chinese."""
    count = characters(text)
    return columns(text.replace("\n", "")) - count > count / 2
