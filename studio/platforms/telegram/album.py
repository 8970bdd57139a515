"""Where the pictures of an album stand in a bubble. Pure; px.

Source: Telegram Web A source, 2026, calculateAlbumLayout: pictures are wide (w), narrow (n) or square (q) by their
ratio; two, three and four have shapes of their own, five and more are put in up to four rows, whichever come nearest to
a square. The numbers are in `spec`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from studio.platforms.telegram.spec import px

Rect = tuple[float, float, float, float]


class Album:
    """ratios: width to height of each, in order; width: the most the bubble has."""

    def __init__(self, ratios: Sequence[float], width: float) -> None:
        most = px("album.ratio.most")
        self.ratios, self.width = [min(max(ratio, 1 / most), most) for ratio in ratios], width
        self.gap, self.least = px("album.gap"), min(px("album.least"), width / len(ratios))
        self.shapes = "".join(_shape(ratio) for ratio in ratios)
        self.average = (1.0 + sum(ratios)) / len(ratios)

    def places(self) -> list[Rect]:
        """(x, y, w, h) of each, from (0, 0)."""
        many = len(self.ratios) >= px("album.rows.from") or any(r > px("album.rows.ratio") for r in self.ratios)
        if len(self.ratios) == 1:
            return [(0, 0, self.width, min(self.width, self.width / self.ratios[0]))]
        if many:
            return self._rows()
        return {2: self._two, 3: self._three, 4: self._four}[len(self.ratios)]()

    # two ---------------------------------------------------------------------------------------------------------

    def _two(self) -> list[Rect]:
        first, second = self.ratios
        alike = second - first < px("album.alike")
        if self.shapes == "ww" and self.average > px("album.wide.average") and alike:
            return self._two_stacked()
        if self.shapes in ("ww", "qq"):
            wide = (self.width - self.gap) / 2
            high = round(min(wide / first, wide / second, self.width))
            return [(0, 0, wide, high), (wide + self.gap, 0, wide, high)]
        return self._two_beside()

    def _two_stacked(self) -> list[Rect]:
        first, second = self.ratios
        high = round(min(self.width / first, self.width / second, (self.width - self.gap) / 2))
        return [(0, 0, self.width, high), (0, high + self.gap, self.width, high)]

    def _two_beside(self) -> list[Rect]:
        """Each as wide as its shape wants."""
        first, second = self.ratios
        room = self.width - self.gap
        share = room / first / (1 / first + 1 / second)
        right = min(round(max(px("album.two.share") * room, share)), room - round(self.least * px("album.two.least")))
        left = room - right
        high = min(self.width, round(min(left / first, right / second)))
        return [(0, 0, left, high), (left + self.gap, 0, right, high)]

    # three -------------------------------------------------------------------------------------------------------

    def _three(self) -> list[Rect]:
        if self.shapes[0] == "n":
            return self._one_left_of_two()
        first, second, third = self.ratios
        top = round(min(self.width / first, (self.width - self.gap) * px("album.top.share")))
        left = (self.width - self.gap) / 2
        low = min(self.width - top - self.gap, round(min(left / second, left / third)))
        y = top + self.gap
        return [(0, 0, self.width, top), (0, y, left, low), (left + self.gap, y, left, low)]

    def _one_left_of_two(self) -> list[Rect]:
        first, second, third = self.ratios
        high, room = self.width, self.width - self.gap
        low = round(min(room / 2, second * room / (third + second)))
        middle = high - low - self.gap
        right = max(self.least, round(min(room / 2, low * third, middle * second)))
        left = max(self.least, min(round(high * first), room - right))
        x = left + self.gap
        return [(0, 0, left, high), (x, 0, right, middle), (x, middle + self.gap, right, low)]

    # four --------------------------------------------------------------------------------------------------------

    def _four(self) -> list[Rect]:
        return self._one_over_three() if self.shapes[0] == "w" else self._one_left_of_three()

    def _one_over_three(self) -> list[Rect]:
        first, second, third, fourth = self.ratios
        top = round(min(self.width / first, (self.width - self.gap) * px("album.top.share")))
        room = self.width - 2 * self.gap
        high = round(room / (second + third + fourth))
        left = max(self.least, round(min(room * px("album.four.first"), high * second)))
        right = min(round(max(self.least, room * px("album.four.last"), high * fourth)), room - left - self.least)
        middle, y = room - left - right, top + self.gap
        low = min(self.width - y, high)
        x = left + self.gap
        return [(0, 0, self.width, top), (0, y, left, low), (x, y, middle, low),
                (x + middle + self.gap, y, right, low)]

    def _one_left_of_three(self) -> list[Rect]:
        first, *others = self.ratios
        high = self.width
        left = max(self.least, round(min(high * first, (self.width - self.gap) * px("album.left.share"))))
        wide = round((high - 2 * self.gap) / sum(1 / ratio for ratio in others))
        heights = [max(1.0, round(wide / ratio)) for ratio in others[:2]]
        heights.append(max(1.0, high - sum(heights) - 2 * self.gap))
        right = max(self.least, min(self.width - left - self.gap, wide))
        made, y = [(0.0, 0.0, float(left), high)], 0.0
        for each in heights:
            made.append((left + self.gap, y, right, each))
            y += each + self.gap
        return made

    # rows --------------------------------------------------------------------------------------------------------

    def _rows(self) -> list[Rect]:
        """Of all ways to break them into rows, the one that is nearest to as high as wide."""
        ratios = [self._cut(ratio) for ratio in self.ratios]
        best = min(self._breaks(), key=lambda rows: self._fault(ratios, rows))
        made, at, y = [], 0, 0.0
        for number in best:
            high, x = self._height(ratios[at : at + number]), 0.0
            for n in range(number):
                wide = round(ratios[at + n] * high) if n < number - 1 else self.width - x
                made.append((x, y, max(1.0, wide), float(round(high))))
                x += wide + self.gap
            at, y = at + number, y + round(high) + self.gap
        return made

    def _cut(self, ratio: float) -> float:
        """Wide albums have no upright pictures, and narrow ones no lying ones."""
        if self.average > px("album.rows.average"):
            return min(max(ratio, 1.0), px("album.widest"))
        return min(max(ratio, px("album.narrowest")), 1.0)

    def _height(self, ratios: Sequence[float]) -> float:
        return (self.width - (len(ratios) - 1) * self.gap) / sum(ratios)

    def _breaks(self) -> Iterator[tuple[int, ...]]:
        """Rows of at most three; the middle one of three, of narrow pictures, and the fourth may have four."""
        most = int(px("album.rows.most"))
        middle = most + 1 if self.average < px("album.rows.narrow") else most
        limits = {2: (most, most), 3: (most, middle, most), 4: (most, most, most, most + 1)}
        for number, each in limits.items():
            for rows in _parts(len(self.ratios), number):
                if all(n <= limit for n, limit in zip(rows, each, strict=True)):
                    yield rows

    def _fault(self, ratios: Sequence[float], rows: Sequence[int]) -> float:
        """How far from as high as wide; low rows, and rows of fewer than the one above, count half as much again."""
        heights, at = [], 0
        for number in rows:
            heights.append(self._height(ratios[at : at + number]))
            at += number
        off = abs(sum(heights) + self.gap * (len(rows) - 1) - self.width)
        worse = px("album.worse")
        off *= worse if min(heights) < self.least else 1
        return off * (worse if any(a > b for a, b in pairwise(rows)) else 1)


def _shape(ratio: float) -> str:
    return "w" if ratio > px("album.w") else "n" if ratio < px("album.n") else "q"


def _parts(count: int, number: int) -> Iterator[tuple[int, ...]]:
    """`count` in `number` parts of one and more."""
    if number == 1:
        if count > 0:
            yield (count,)
        return
    for first in range(1, count - number + 2):
        for rest in _parts(count - first, number - 1):
            yield (first, *rest)
