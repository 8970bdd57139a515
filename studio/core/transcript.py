"""What was said, word by word in the source's own clock; cutting the film by cutting its text.

Nothing here changes a timeline: what is worked out are ranges to cut, which `core.edits` takes out of a clip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from studio.core.captions import between, joined
from studio.core.opentime import Time, from_text, to_text
from studio.core.timeline import ZERO, Clip
from studio.core.title import Word

Range = tuple[Time, Time]
MARGIN = Fraction(2, 25)  # seconds of breath left beside a word that stays
VERSION = 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """words: in order, times in seconds of the source; language: "en", "zh", or "" while unknown; engine: who heard."""

    words: tuple[Word, ...] = ()
    language: str = ""
    engine: str = ""

    @property
    def text(self) -> str:
        """All of it, to be read."""
        return joined(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Filler:
    """Words first to last (in) that say nothing. sure: no other meaning; else a person should look."""

    first: int
    last: int
    sure: bool


SURE = frozenset("um umm uhm uh uhh er erm hmm hm mm mmm ah ahem eh 嗯 嗯嗯 呃 呃呃 額 额 唔 噢 欸 诶 誒".split())
PERHAPS = frozenset(
    "like,you know,i mean,sort of,kind of,basically,actually,literally,那个,那個,这个,這個,就是,就是说,就是說,"
    "然后,然後,其实,其實,怎么说呢,怎麼說呢".split(",")
)
EDGES = " \t\n.,!?;:，。！？；：、…—\"'“”‘’()（）-"
LONGEST_FILLER = 4  # words: Chinese engines may give one character at a time


def spans(transcript: Transcript) -> list[tuple[int, int]]:
    """Where each word stands in `transcript.text`: first character, last (out)."""
    found: list[tuple[int, int]] = []
    before, end = "", 0
    for word in transcript.words:
        if piece := word.text.strip():
            start = end + (len(between(before, piece)) if before else 0)
            before, end = piece, start + len(piece)
            found.append((start, end))
        else:
            found.append((end, end))
    return found


def words_in(transcript: Transcript, start: int, end: int) -> tuple[int, int] | None:
    """First and last word (in) that a selection of characters touches; None when it touches none."""
    where = enumerate(spans(transcript))
    touched = [at for at, (first, last) in where if first < last and first < end and last > start]
    return (touched[0], touched[-1]) if touched else None


def cuts(transcript: Transcript, first: int, last: int, margin: Time = MARGIN) -> list[Range]:
    """What to cut out of the source for the words first to last (in) to be gone: at most one range, source seconds.

    It reaches from the word before to the word after, less `margin` on either side; no word that stays is touched.
    """
    return cuts_of(transcript, range(first, last + 1), margin)


def cuts_of(transcript: Transcript, gone: Iterable[int], margin: Time = MARGIN) -> list[Range]:
    """The same for any words by their index: ranges in order, apart from one another."""
    words, chosen = transcript.words, sorted({at for at in gone if 0 <= at < len(transcript.words)})
    found = []
    for first, last in _runs(chosen):
        before = max((word.end for word in words[:first]), default=None)
        after = min((word.start for word in words[last + 1 :]), default=None)
        start, end = words[first].start, max(word.end for word in words[first : last + 1])
        start = start - margin if before is None else max(before, min(before + margin, start))
        end = end + margin if after is None else min(after, max(after - margin, end))
        if end > max(start, ZERO):
            found.append((max(start, ZERO), end))
    return together(found)


def _runs(chosen: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at in chosen:
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def together(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that touch or overlap joined."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def pauses(transcript: Transcript, longer: Time = Fraction(1), left: Time = Fraction(3, 10)) -> list[Range]:
    """Silences between words of more than `longer` seconds, less `left` seconds that stay of each."""
    found, quiet_since = [], None
    for word in transcript.words:
        if quiet_since is not None and word.start - quiet_since > longer:
            found.append((quiet_since + left / 2, word.start - left / 2))
        quiet_since = word.end if quiet_since is None else max(quiet_since, word.end)
    return [(start, end) for start, end in found if end > start]


def fillers(transcript: Transcript) -> list[Filler]:
    """Words that say nothing (um, 嗯) and words that often do (you know, 那个), longest first where they overlap."""
    plain = [word.text.strip(EDGES).casefold() for word in transcript.words]
    found: list[Filler] = []
    at = 0
    while at < len(plain):
        length, sure = next(_matches(plain, at), (0, False))
        if length:
            found.append(Filler(at, at + length - 1, sure))
        at += max(length, 1)
    return found


def _matches(plain: Sequence[str], at: int) -> Iterator[tuple[int, bool]]:
    for length in range(min(LONGEST_FILLER, len(plain) - at), 0, -1):
        said = joined(plain[at : at + length])
        if said in SURE or said in PERHAPS:
            yield length, said in SURE


def without(transcript: Transcript, ranges: Sequence[Range]) -> Transcript:
    """The transcript of the film after those ranges were cut: what is left, earlier by what went before it."""
    gone = together(ranges)
    left = []
    for word in transcript.words:
        middle = (word.start + word.end) / 2
        if not any(start <= middle < end for start, end in gone):
            start, end = (moment - _before(gone, moment) for moment in (word.start, word.end))
            left.append(replace(word, start=start, end=end))
    return replace(transcript, words=tuple(left))


def _before(gone: Sequence[Range], moment: Time) -> Time:
    return sum((max(min(end, moment) - start, ZERO) for start, end in gone), ZERO)


def in_clip(transcript: Transcript, clip: Clip) -> tuple[Word, ...]:
    """The words that are heard in a clip, in seconds from its first frame; backwards nobody is understood."""
    if clip.reverse:
        return ()
    found = []
    for word in transcript.words:
        if clip.start <= (word.start + word.end) / 2 < clip.end:
            start, end = max(clip.local_time(word.start), ZERO), min(clip.local_time(word.end), clip.duration)
            found.append(replace(word, start=start, end=end))
    return tuple(found)


def to_json(transcript: Transcript) -> dict[str, object]:
    """Plain data for JSON."""
    words = [[word.text, to_text(word.start), to_text(word.end)] for word in transcript.words]
    return {"version": VERSION, "language": transcript.language, "engine": transcript.engine, "words": words}


def from_json(data: object) -> Transcript:
    """The reverse; ValueError when it is none that this version knows."""
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("words"), list):
        raise ValueError("not a transcript")
    try:
        words = tuple(Word(str(text), from_text(start), from_text(end)) for text, start, end in data["words"])
    except (TypeError, ZeroDivisionError) as fault:
        raise ValueError("not a transcript") from fault
    return Transcript(words, str(data.get("language", "")), str(data.get("engine", "")))
