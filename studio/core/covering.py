"""What of a video lies under a platform's own buttons and words: a title, a caption, a face, the focal point. Pure.

All boxes here are in px of the screen as safe zones have it, 1080 x 1920.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.card import Box as CardBox
from studio.core.card import BoxKind, Card
from studio.core.finding import Finding, Value, warning
from studio.core.safezone import HEIGHT, WIDTH, Rect, SafeZone

Kind = Literal["title", "caption", "face", "focus"]
By = Literal["buttons", "words", "edge"]
Box = tuple[float, float, float, float]
Over = tuple[By, Rect]
STAGE = "stage"
ON_TOP: dict[BoxKind, By] = {"text": "words", "badge": "words", "icon": "buttons", "avatar": "buttons"}
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


def hidden(
    parts: Iterable[Part], width: int, height: int, zone: SafeZone, card: Card | None = None
) -> list[Hidden]:
    """What is covered of a film of that many px, in order of time.

    card    of a surface that fills the screen: the film lies as it does there, and what lies on it there counts, too
    """
    over = laid_over(card) if card is not None else []
    film = _film(card) if card is not None else None
    found = []
    for part in sorted(parts, key=lambda part: part.at):
        box = _inner(part)
        place = on_card(box, film, frame_of(card)) if card and film else on_screen(box, width, height)
        by = _by(over, place) or (None if zone.holds(place) else covers(zone, place))
        if by is not None:
            found.append(Hidden(part, by))
    return found


def _by(over: Sequence[Over], place: Rect) -> By | None:
    return next((by for by, other in over if _touches(other, place)), None)


def on_card(box: Box, film: CardBox, frame: tuple[float, float, float]) -> Rect:
    """A box of the film's picture as a card's screen shows it; `frame` of that card."""
    left, top, scale = frame
    x, y, w, h = film.crop or (0.0, 0.0, 1.0, 1.0)
    across, down = film.w / max(w, 1e-6) / scale, film.h / max(h, 1e-6) / scale  # of the whole picture
    return (
        (film.x - left) / scale + (box[0] - x) * across, (film.y - top) / scale + (box[1] - y) * down,
        box[2] * across, box[3] * down,
    )  # fmt: skip


def _film(card: Card) -> CardBox | None:
    return next((box for box in card.boxes if box.kind == "video" and box.w > 0 and box.h > 0), None)


def frame_of(card: Card) -> tuple[float, float, float]:
    """Left, top (px of the card) and scale of the upright picture of 1080 x 1920 that fills a card's screen.

    The card's own "stage" says so; without one the picture is taken to cover the card.
    """
    stage = stage_of(card)
    if stage is not None and stage.crop is not None:
        x, y, w, _ = stage.crop
        scale = stage.w / w / WIDTH
        return stage.x - x * WIDTH * scale, stage.y - y * HEIGHT * scale, scale
    scale = max(card.width / WIDTH, card.height / HEIGHT)
    return (card.width - WIDTH * scale) / 2, (card.height - HEIGHT * scale) / 2, scale


def stage_of(card: Card) -> CardBox | None:
    """The box whose crop says which part of the upright picture is on the card."""
    return next((b for b in card.boxes if b.name == STAGE and b.crop is not None and b.crop[2] > 0), None)


def laid_over(card: Card) -> list[Over]:
    """What a card lays over its film, as it stands there: its own words, icons and portraits."""
    film = next((number for number, box in enumerate(card.boxes) if box.kind == "video"), len(card.boxes))
    left, top, scale = frame_of(card)
    found: list[Over] = []
    for box in card.boxes[film + 1 :]:
        by = ON_TOP.get(box.kind)
        if by is not None and box.w > 0 and box.h > 0:
            x, w = _inked(box)
            found.append((by, ((x - left) / scale, (box.y - top) / scale, w / scale, box.h / scale)))
    return found


def _inked(box: CardBox) -> tuple[float, float]:
    """Left and width of what is drawn: lines of text seldom fill their box."""
    wide = max((line.width for line in box.lines), default=box.w)
    room = box.w - wide
    return box.x + {"center": room / 2, "right": room}.get(box.align, 0.0), wide


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
    values: dict[str, Value] = {"platform": platform, "at": moment(first.at), "seconds": round(first.at, 2)}
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
