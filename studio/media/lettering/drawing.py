"""Words at a moment: the one function that titles, captions and (later) words on pictures are drawn by."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from studio.core.opentime import Time
from studio.core.title import Title, scaled
from studio.core.title_motion import AT_REST, SPOKEN, Moment, Pose, moment
from studio.media.lettering.layout import Piece, layout
from studio.media.lettering.painting import Drawn, Prepared, everything, inked, prepare
from studio.media.lettering.posing import Placing, joined, posed, reduced
from studio.media.lettering.spoken import speaking, spoken_poses

KEPT_BYTES = 64_000_000
WAITING = 4  # captions whose next word may be lit
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Still:
    """What a drawing without movement depends on. part: (first, last) of the units that are seen, None: all."""

    title: Title
    canvas: Size
    reference: Size
    spoken: int
    unit: str = ""
    part: tuple[int, int] | None = None
    boxed: bool = True


class Lettering:
    """Draws titles and keeps what it drew, up to a number of bytes. Any thread may ask; one draws at a time."""

    def __init__(self, keep: int = KEPT_BYTES) -> None:
        self._keep, self._held = keep, 0
        self._drawn: OrderedDict[_Still, Drawn | None] = OrderedDict()
        self._waiting: OrderedDict[_Still, tuple[Prepared | None, int]] = OrderedDict()
        self._lock = threading.RLock()  # FreeType's faces are not to be used by two threads at once

    def drawn(self, title: Title, canvas: Size, reference: Size, local: Time, duration: Time) -> Drawn | None:
        """See `drawn` of the module."""
        if not title.text.strip() or min(*canvas, *reference) < 1:
            return None
        now = moment(title.enter, title.leave, title.enter_for, title.leave_for, local, duration)
        spoken = speaking(title, local) if title.style.highlight and title.words else -1
        with self._lock:
            if title.enter == SPOKEN and title.words and not now.leaving:
                laid = layout(title, reference)
                return self._parts(title, canvas, reference, spoken, "word", spoken_poses(laid, title, local))
            if now.motion is not None and now.motion.unit != "block":
                return self._in_parts(title, canvas, reference, spoken, now)
            pose = now.pose()
            if pose.gone:
                return None
            whole = self._still(_Still(title, canvas, reference, spoken))
            return posed(whole, pose, _placing(title, canvas, reference)) if whole and not pose.still else whole

    def _in_parts(self, title: Title, canvas: Size, reference: Size, spoken: int, now: Moment) -> Drawn | None:
        laid = layout(title, reference)
        assert now.motion is not None
        unit = now.motion.unit
        poses = now.poses((laid.words if unit == "word" else laid.count) if laid else 0)
        return self._parts(title, canvas, reference, spoken, unit, poses)

    def _parts(
        self, title: Title, canvas: Size, reference: Size, spoken: int, unit: str, poses: Sequence[Pose]
    ) -> Drawn | None:
        """What is at rest is one drawing; the few units on their way are drawn and posed one by one."""
        if all(pose.still for pose in poses):
            return self._still(_Still(title, canvas, reference, spoken))
        rest = next((at for at, pose in enumerate(poses) if not pose.still), len(poses))
        parts = [self._still(_Still(title, canvas, reference, spoken, unit, (0, rest)))]
        placing = _placing(title, canvas, reference)
        for at, pose in enumerate(poses):
            if at >= rest and not pose.gone:
                one = self._still(_Still(title, canvas, reference, spoken, unit, (at, at + 1), boxed=False))
                parts.append(posed(one, pose, placing) if one is not None and pose != AT_REST else one)
        return joined([part for part in parts if part is not None])

    def _prepare(self, wanted: _Still) -> tuple[Prepared | None, int]:
        """Kept for the next word only where words are lit one by one."""
        if not wanted.title.words or not wanted.title.style.highlight:
            return _prepared(wanted)
        silent = replace(wanted, spoken=-1)
        if silent not in self._waiting:
            self._waiting[silent] = _prepared(silent)
            if len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
        return self._waiting[silent]

    def _still(self, wanted: _Still) -> Drawn | None:
        if wanted in self._drawn:
            self._drawn.move_to_end(wanted)
            return self._drawn[wanted]
        prepared, times = self._prepare(wanted)
        found = reduced(inked(prepared, wanted.spoken), times) if prepared else None
        self._drawn[wanted] = found
        self._held += found.rgba.nbytes if found else 0
        while self._held > self._keep and len(self._drawn) > 1:
            _, old = self._drawn.popitem(last=False)
            self._held -= old.rgba.nbytes if old else 0
        return found


def _prepared(wanted: _Still) -> tuple[Prepared | None, int]:
    """What stays while words are lit, and how many times as large as it is wanted."""
    laid = layout(wanted.title, wanted.reference)
    scale = wanted.canvas[0] / wanted.reference[0]
    # Fonts fit small letters to the grid of pixels: drawn at twice the size they look as they will in the export.
    times = 2 if scale < 1 else 1
    if laid is None or laid.size * scale * times < 1:  # FreeType takes no less, and nobody could see it
        return None, times
    style = scaled(wanted.title.style, scale * times)
    shown = everything if wanted.part is None else partial(_part, wanted.part, wanted.unit)
    canvas = wanted.canvas[0] * times, wanted.canvas[1] * times
    return prepare(laid, style, canvas, scale * times, shown, wanted.boxed), times


def _part(part: tuple[int, int], unit: str, piece: Piece) -> tuple[int, int]:
    """Which clusters of a piece lie in a range of units."""
    number = len(piece.clusters)
    if unit == "word":
        return (0, number) if part[0] <= piece.word < part[1] else (0, 0)
    return max(part[0] - piece.first, 0), min(part[1] - piece.first, number)


def _placing(title: Title, canvas: Size, reference: Size) -> Placing:
    scale = canvas[0] / reference[0]
    laid = layout(title, reference)
    box = laid.box if laid else (0.0, 0.0, 0.0, 0.0)
    middle = (box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale
    return Placing(title.style.size * scale, middle, canvas)


_LETTERING = Lettering()


def drawn(title: Title, canvas: Size, reference: Size, local: Time, duration: Time) -> Drawn | None:
    """A title as it is seen `local` seconds into its clip of `duration` seconds; None when nothing is.

    canvas     px drawn to         reference   px of the timeline, in which the style's sizes are
    While nothing moves the same object is returned, so that who blends it may keep it by identity; never change it.
    """
    return _LETTERING.drawn(title, canvas, reference, local, duration)
