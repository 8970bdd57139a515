"""What of a video lies under a platform's own buttons and words: a title, a caption, a face, the focal point. Pure.

All boxes here are in px of the screen as safe zones have it, 1080 x 1920.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.finding import Finding, warning
from studio.core.safezone import HEIGHT, WIDTH, Rect, SafeZone

Kind = Literal["title", "caption", "face", "focus"]
By = Literal["buttons", "words", "edge"]
Box = tuple[float, float, float, float]
MIDDLE = 0.6  # of a face's box: eyes, nose and mouth; hair and chin may be covered
WORDS = 24  # characters of a title that are told


@dataclass(frozen=True, slots=True)
class Part:
    """Something in the film that should be seen.

    at     seconds of the film from which on it is seen
    box    x, y, w, h, each 0 to 1 of the film's picture
    text   what it says; "" for a face, and for the point that a person wants to be seen
    """

    kind: Kind
    at: float
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part, and what covers it."""

    part: Part
    by: By


def on_screen(box: Box, width: int, height: int) -> Rect:
    """A box of the film's picture as it lies on the screen, which shows all of the picture, in its middle."""
    scale = min(WIDTH / width, HEIGHT / height)
    left, top = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2
    x, y, w, h = box
    return (left + x * width * scale, top + y * height * scale, w * width * scale, h * height * scale)


def hidden(parts: Iterable[Part], width: int, height: int, zone: SafeZone) -> list[Hidden]:
    """What is covered of a film of that many px, in order of time."""
    found = []
    for part in sorted(parts, key=lambda part: part.at):
        box = on_screen(_inner(part), width, height)
        if not zone.holds(box):
            found.append(Hidden(part, covers(zone, box)))
    return found


def _inner(part: Part) -> Box:
    if part.kind != "face":
        return part.box
    x, y, w, h = part.box
    edge = (1 - MIDDLE) / 2
    return (x + w * edge, y + h * edge, w * MIDDLE, h * MIDDLE)


def covers(zone: SafeZone, box: Rect) -> By:
    """What lies on a box that is not safe: a round button, a line of words, or something at the edge."""
    if any(_touches((x - r, y - r, 2 * r, 2 * r), box) for x, y, r in zone.buttons):
        return "buttons"
    return "words" if any(_touches(bar, box) for bar in zone.bars) else "edge"


def _touches(one: Rect, other: Rect) -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    )  # fmt: skip


def findings(found: Sequence[Hidden], platform: str, field: str, source: str = "") -> tuple[Finding, ...]:
    """One remark for each kind of thing and what covers it: the first of them, and how many there are.

    Codes: covered.title.buttons, covered.caption.words.many, covered.face.edge and so on.
    """
    groups: dict[tuple[Kind, By], list[Part]] = {}
    for one in found:
        groups.setdefault((one.part.kind, one.by), []).append(one.part)
    return tuple(_remark(kind, by, parts, platform, field, source) for (kind, by), parts in groups.items())


def _remark(kind: Kind, by: By, parts: Sequence[Part], platform: str, field: str, source: str) -> Finding:
    first = parts[0]
    values = {"platform": platform, "at": moment(first.at)}
    if kind in ("face", "focus"):
        return warning(f"covered.{kind}.{by}", field, source, **values)
    if len(parts) == 1:
        return warning(f"covered.{kind}.{by}", field, source, **values, text=short(first.text))
    return warning(f"covered.{kind}.{by}.many", field, source, **values, text=short(first.text), count=len(parts))


def moment(seconds: float) -> str:
    """As players write it: "0:03", "12:40", "1:02:03"."""
    whole = int(max(0.0, seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def short(text: str) -> str:
    """The beginning of what is written, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= WORDS else flat[: WORDS - 1].rstrip() + "…"
