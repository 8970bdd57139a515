"""Captions: what is said and when, as cues; and the same as clips on the captions track of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, zip_longest

from studio.core.evenly import even, filled
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Gap, Item, Timeline, Track
from studio.core.title import TextStyle, Title, Word
from studio.core.title_styles import STYLES

CLAUSE_ENDS = frozenset(",;:，；：、—…")
MANY = 80  # words in a row without a pause or a full stop that are weighed together
SENTENCE_ENDS = frozenset(".!?。！？…")
CLOSING = "”’」』）)\"'》"
LONGEST, SHORTEST = Fraction(7), Fraction(5, 6)


@dataclass(frozen=True, slots=True)
class Cue:
    """start, end: seconds on the timeline; words: with times on the timeline, too, () when nobody knows them.

    style   what it is to look like where that differs from its neighbours; None: like all of them
    """

    start: Time
    end: Time
    text: str
    words: tuple[Word, ...] = ()
    style: TextStyle | None = None

    @property
    def duration(self) -> Time:
        return self.end - self.start


def cues_of(timeline: Timeline) -> tuple[Cue, ...]:
    """Every caption of the timeline in order of time; hidden tracks are left out."""
    found = []
    for track in timeline.tracks:
        if track.role == "captions" and not track.hidden:
            found += [
                _cue(placed.clip.title, placed.begin, placed.end)
                for placed in track.placed
                if placed.clip.title is not None and placed.clip.title.text.strip()
            ]
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def _cue(title: Title, begin: Time, end: Time) -> Cue:
    words = tuple(replace(word, start=word.start + begin, end=word.end + begin) for word in title.words)
    return Cue(begin, end, title.text, words, title.style)


def with_cues(timeline: Timeline, cues: Iterable[Cue], preset: str = "caption") -> Timeline:
    """The timeline with those captions and no others; a captions track is made on top when there is none."""
    captions = timeline.role("captions")
    if captions is not None:
        return timeline.with_track(replace(captions, items=items_of(cues, preset)))
    track = Track(new_id(), "captions", items_of(cues, preset))
    above = 1 + max((at for at, each in enumerate(timeline.tracks) if each.seen), default=-1)
    return replace(timeline, tracks=(*timeline.tracks[:above], track, *timeline.tracks[above:]))


def items_of(cues: Iterable[Cue], preset: str = "caption") -> tuple[Item, ...]:
    """Cues as the items of a track: clips with titles in a preset's style, and the gaps between them."""
    items: list[Item] = []
    at = ZERO
    for cue in apart(cues):
        if cue.start > at:
            items.append(Gap(cue.start - at))
        items.append(clip_of(cue, preset))
        at = cue.end
    return tuple(items)


def clip_of(cue: Cue, preset: str = "caption") -> Clip:
    """One cue as a clip."""
    kind = STYLES[preset] if preset in STYLES else STYLES["caption"]
    words = tuple(replace(word, start=word.start - cue.start, end=word.end - cue.start) for word in cue.words)
    title = replace(kind.title(cue.text), words=words)
    if cue.style is not None and cue.style != title.style:
        title = replace(title, style=cue.style, preset="")
    return Clip(new_id(), cue.duration, "title", title=title)


def apart(cues: Iterable[Cue]) -> list[Cue]:
    """The same in order, none over another: where two speak at once their lines stand one under the other.

    What has no words or no time is left out; what begins before 0 begins at 0.
    """
    here = (replace(cue, start=max(cue.start, ZERO)) for cue in cues)
    real = sorted((cue for cue in here if cue.text.strip() and cue.end > cue.start), key=lambda cue: cue.start)
    if all(one.end <= two.start for one, two in pairwise(real)):
        return real
    return list(_stacked(real))


def _stacked(cues: Sequence[Cue]) -> Iterator[Cue]:
    bounds = sorted({bound for cue in cues for bound in (cue.start, cue.end)})
    before: list[Cue] = []
    here: list[Cue] = []
    spoken: Cue | None = None
    following = 0
    for start, end in pairwise(bounds):
        here = [cue for cue in here if cue.end > start]
        while following < len(cues) and cues[following].start <= start:
            here.append(cues[following])
            following += 1
        if spoken is not None and here == before:
            spoken = replace(spoken, end=end)
        else:
            if spoken is not None:
                yield spoken
            spoken = _together(here, start, end) if here else None
        before = here
    if spoken is not None:
        yield spoken


def _together(cues: Sequence[Cue], start: Time, end: Time) -> Cue:
    if len(cues) == 1:
        words = tuple(word for word in cues[0].words if start <= word.start < end)
        return Cue(start, end, cues[0].text, words, cues[0].style)
    return Cue(start, end, "\n".join(cue.text for cue in cues), (), cues[0].style)


def shifted(cues: Iterable[Cue], by: Time) -> list[Cue]:
    """All of them later by `by` seconds (earlier when below 0); what would end before the film begins is left out."""
    moved = [
        replace(
            cue, start=cue.start + by, end=cue.end + by,
            words=tuple(replace(word, start=word.start + by, end=word.end + by) for word in cue.words),
        )
        for cue in cues
    ]
    return [replace(cue, start=max(cue.start, ZERO)) for cue in moved if cue.end > 0]


def merged(one: Cue, two: Cue) -> Cue:
    """Two cues in a row as one."""
    words = (*one.words, *two.words) if one.words and two.words else ()
    return Cue(one.start, two.end, joined([one.text, two.text]), words, one.style)


def split(cue: Cue, at: int) -> tuple[Cue, Cue] | None:
    """A cue in two before its `at`-th character; None when one of them would have no words.

    The moment is the one at which the word there is spoken, where that is known; else the part of the text before it.
    """
    head, tail = cue.text[:at].rstrip(), cue.text[at:].lstrip()
    if not head or not tail:
        return None
    number = _words_before(cue, at)
    if 0 < number < len(cue.words) and cue.start < cue.words[number].start < cue.end:
        moment = cue.words[number].start
    else:
        moment = cue.start + cue.duration * Fraction(len(head), len(head) + len(tail))
    return (
        replace(cue, end=moment, text=head, words=cue.words[:number]),
        replace(cue, start=moment, text=tail, words=cue.words[number:]),
    )


def _words_before(cue: Cue, at: int) -> int:
    """How many of the spoken words begin before a character."""
    behind = 0
    for number, word in enumerate(cue.words):
        found = cue.text.find(word.text.strip(), behind)
        if found >= at:
            return number
        behind = max(behind, found + len(word.text.strip()))
    return len(cue.words)


def from_words(
    words: Sequence[Word], max_chars: int = 42, max_gap: Time = Fraction(4, 5), longest: Time = LONGEST
) -> list[Cue]:
    """Cues out of words that were heard: a new one after a sentence, after a silence, and before one grows too long.

    max_chars   letters; a Chinese character counts as two, being as wide and read as slowly
    max_gap     seconds of silence that a cue may span
    """
    said = [word for word in words if word.text.strip()]
    cues = [_said(words) for run in _runs(said, max_gap) for words in _rows(run, max_chars, longest)]
    return _lasting(cues)


def _runs(words: Sequence[Word], max_gap: Time) -> Iterator[Sequence[Word]]:
    """What belongs together: up to the end of a sentence, or a silence; an endless one is cut at its longest pause."""
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at].start - words[at - 1].end > max_gap or _ended(words[at - 1]):
            yield from _short(words[first:at])
            first = at


def _short(run: Sequence[Word]) -> Iterator[Sequence[Word]]:
    if len(run) <= MANY:
        yield run
        return
    inner = range(MANY // 4, min(len(run) - MANY // 4, MANY))
    at = max(inner, key=lambda each: run[each].start - run[each - 1].end)
    yield run[:at]
    yield from _short(run[at:])


def _rows(run: Sequence[Word], max_chars: int, longest: Time) -> list[Sequence[Word]]:
    """A run as few cues of about one length, rather ending with a clause, none with too many words or too long."""
    parts = [_Part(word, following) for word, following in zip_longest(run, run[1:])]
    for number in range(len(filled(parts, max_chars)), len(run)):
        rows = [run[first:last] for first, last in even(parts, max_chars, number)]
        if rows and all(row[-1].end - row[0].start <= longest for row in rows):
            return rows
    return [[word] for word in run]


class _Part:
    """A word as a part of a row."""

    def __init__(self, word: Word, following: Word | None) -> None:
        text = word.text.strip()
        self.width = float(columns(text))
        self.gap = float(len(between(text, following.text.strip()))) if following else 0.0
        self.closes = text[-1] in CLAUSE_ENDS


def _ended(word: Word) -> bool:
    return _last(word.text) in SENTENCE_ENDS and not _abbreviated(word.text)


def _last(text: str) -> str:
    return text.strip().rstrip(CLOSING)[-1:]


def _abbreviated(text: str) -> bool:
    """"Mr.", "e.g.", "3." and initials end no sentence."""
    core = text.strip().removesuffix(".")
    return core != text.strip() and (len(core) < 2 or core in ("Mr", "Mrs", "Ms", "Dr", "St", "vs") or "." in core)


def _said(words: Sequence[Word]) -> Cue:
    end = max(words[-1].end, words[0].start + Fraction(1, 100))  # an engine may hear a word that takes no time
    return Cue(words[0].start, end, joined(word.text for word in words), tuple(words))


def _lasting(cues: list[Cue]) -> list[Cue]:
    """A cue that is too short to be read stays until the next one begins, as far as it needs."""
    nexts = (cue.start for cue in cues[1:])
    return [replace(cue, end=_until(cue, following)) for cue, following in zip_longest(cues, nexts)]


def _until(cue: Cue, following: Time | None) -> Time:
    end = max(cue.end, cue.start + SHORTEST)
    return min(end, following) if following is not None and following > cue.start else end


def joined(texts: Iterable[str]) -> str:
    """Pieces of speech as one text: a space between words, none beside Chinese and before punctuation."""
    pieces: list[str] = []
    for piece in texts:
        if piece := piece.strip():
            pieces.append(f"{between(pieces[-1], piece)}{piece}" if pieces else piece)
    return "".join(pieces)


def between(before: str, piece: str) -> str:
    """What stands between two pieces of speech: a space or nothing."""
    return "" if _close(before[-1]) or _close(piece[0]) or piece[0] in ",.!?;:%)]}" else " "


def _close(char: str) -> bool:
    """Whether a character stands beside others without a space."""
    return "\u2e80" <= char <= "\u9fff" or "\uff01" <= char <= "\uff60" or char in "“”‘’…—" or ord(char) >= 0x20000


def columns(text: str) -> int:
    """How wide a text is in letters, Chinese characters counting two."""
    return sum(2 if _close(char) and char not in "“”‘’…—" else 1 for char in text)


def cut_along(track: Track, ranges: Sequence[tuple[Time, Time]]) -> Track:
    """A track of captions after those stretches of the timeline were cut out of the film under it.

    What is left of a caption moves up; words that were cut are gone from its text, and it is gone with its last one.
    """
    gone = _in_order(ranges)
    items: list[Item] = []
    at = ZERO
    for placed in track.placed:
        begin, end = _moved(gone, placed.begin), _moved(gone, placed.end)
        title = _title_without(placed.clip.title, placed.begin, begin, gone)
        if end <= begin or (title is not None and not title.text.strip()):
            continue
        if begin > at:
            items.append(Gap(begin - at))
        items.append(replace(placed.clip, duration=end - begin, title=title))
        at = end
    return replace(track, items=tuple(items))


def _in_order(ranges: Sequence[tuple[Time, Time]]) -> list[tuple[Time, Time]]:
    found: list[tuple[Time, Time]] = []
    for start, end in sorted(each for each in ranges if each[1] > each[0]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _moved(gone: Sequence[tuple[Time, Time]], moment: Time) -> Time:
    """Where a moment is once the stretches before it are gone."""
    return moment - sum((max(min(end, moment) - start, ZERO) for start, end in gone), ZERO)


def _title_without(title: Title | None, begin: Time, moved: Time, gone: Sequence[tuple[Time, Time]]) -> Title | None:
    if title is None or not title.words:
        return title
    left = []
    for word in title.words:
        middle = begin + (word.start + word.end) / 2
        if not any(start <= middle < end for start, end in gone):
            start, end = (_moved(gone, begin + each) - moved for each in (word.start, word.end))
            left.append(Word(word.text, start, end))
    text = title.text if len(left) == len(title.words) else joined(word.text for word in left)
    return replace(title, text=text, words=tuple(left))
