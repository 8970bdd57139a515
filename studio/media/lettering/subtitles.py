"""Caption files: SRT, WebVTT and ASS (or SSA), read and written through pysubs2, to the millisecond (ASS: to the 10th).

Files come from anywhere: without blank lines where they belong, with numbers, names or nothing before a cue, in any
encoding. They are tidied before pysubs2 reads them; what is no caption file is refused in words.
"""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.core.captions import Cue, apart
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.title import TextStyle, Word
from studio.media.lettering.assstyle import from_ass, placed, to_ass
from studio.media.lettering.encodings import decoded
from studio.media.whole import whole

if TYPE_CHECKING:
    from pysubs2 import SSAEvent, SSAFile

Format = Literal["srt", "vtt", "ass"]
FORMATS: tuple[Format, ...] = ("srt", "vtt", "ass")
SUFFIXES = (".srt", ".vtt", ".ass", ".ssa")
MOST_BYTES = 30_000_000
LAST_MOMENT = 99 * 3_600_000  # ms; SRT has two digits for hours, ASS one
LAST_OF_ASS = 10 * 3_600_000 - 20
JOINER = "\u2060"  # keeps a backslash and the letter after it from being read as a command
SPLIT = re.compile(r"\n[ \t]*\n")
BLOCK = re.compile(r"(?<!\\)\{([^{}]*)\}")
COMMAND = re.compile(rf"\{{\\(?!{JOINER})[^{{}}]*\}}")  # ASS's, which some put into SRT
KARAOKE = re.compile(r"\\[kK][fo]?(\d+)")
MOMENT = re.compile(r"<(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})>")
CLOCK = re.compile(r"(?<=\d):(?=\d)")
TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
TAGLIKE = re.compile(r"<(?=[A-Za-z/])")
PLAYS = re.compile(r"\\an?(\d+)")


def read(data: bytes, name: str, canvas: tuple[int, int] = (1080, 1920)) -> list[Cue]:
    """The cues of a caption file in order, those that overlap made one. canvas: px that ASS styles are scaled to.

    Refused with captions.too_large, captions.unreadable, captions.none.
    """
    if len(data) > MOST_BYTES:
        raise Refused(error("captions.too_large", "captions", name=name, megabytes=len(data) // 1_000_000))
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").lstrip("\ufeff")
    kind = _kind(text)
    if kind is None:
        raise Refused(error("captions.unreadable", "captions", name=name))
    try:
        found = apart(_cues(text, kind, canvas))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as fault:
        raise Refused(error("captions.unreadable", "captions", name=name)) from fault
    if not found:
        raise Refused(error("captions.none", "captions", name=name))
    return found


def _cues(text: str, kind: Format, canvas: tuple[int, int]) -> Iterator[Cue]:
    if kind == "ass":
        return _ass(_parsed(text, "ssa" if "[V4 Styles]" in text else "ass"), canvas)
    return _plain(_parsed(_tidied(text, kind), kind), kind)


def read_file(path: Path, canvas: tuple[int, int] = (1080, 1920)) -> list[Cue]:
    """`read` of a file; Refused, too, when it cannot be opened."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Refused(error("captions.unreadable", "captions", name=path.name)) from fault
    return read(data, path.name, canvas)


def _kind(text: str) -> Format | None:
    if text.startswith("WEBVTT"):
        return "vtt"
    if "[Script Info]" in text or "[V4" in text or re.search(r"^Dialogue:", text, re.MULTILINE):
        return "ass"
    return "srt" if "-->" in text else None


def _parsed(text: str, kind: str) -> SSAFile:
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of lines it skips; what is left is looked at below
        try:
            return SSAFile.from_string(text, kind, keep_html_tags=True)
        except Pysubs2Error as fault:
            raise ValueError(str(fault)) from fault


def _tidied(text: str, kind: Format) -> str:
    """Cues with a number, a time, their lines and a blank line, as pysubs2 takes every file to be.

    It takes what stands before a time (WebVTT's names) and what stands between cues (notes, styles) for words of the
    cue before.
    """
    cues: list[list[str]] = []
    for block in SPLIT.split(text):
        lines = [line for line in block.split("\n") if line.strip()]
        at = next((number for number, line in enumerate(lines) if "-->" in line), None)
        if at is not None:
            cues += _cues_in(lines[at:])
        elif cues and lines and kind == "srt" and not all(line.strip().isdigit() for line in lines):
            cues[-1] += map(_no_time, lines)
    body = "".join("{}\n{}\n\n".format(number, "\n".join(lines)) for number, lines in enumerate(cues, start=1))
    return f"{'WEBVTT' if kind == 'vtt' else ''}\n\n{body}{len(cues) + 1}\n"


def _cues_in(lines: list[str]) -> Iterator[list[str]]:
    """More than one where the blank lines between them are missing; the number of the next is no words then."""
    cue: list[str] = []
    for line in lines:
        if "-->" in line:
            if cue:
                yield cue[:-1] if len(cue) > 1 and cue[-1].strip().isdigit() else cue
            cue = [line]
        else:
            cue.append(_no_time(line))
    yield cue


def _no_time(line: str) -> str:
    """A line of words in which pysubs2 sees no moments: two of them it would take for the next cue's."""
    return CLOCK.sub(f":{JOINER}", line)


def _plain(subs: SSAFile, kind: Format) -> Iterator[Cue]:
    for event in subs:
        start, end = Fraction(event.start, 1000), Fraction(event.end, 1000)
        raw = event.text.replace(r"\N", "\n").replace(f":{JOINER}", ":")
        raw = COMMAND.sub("", raw) if kind == "srt" else raw
        words = tuple(_timed(raw, start, end)) if MOMENT.search(raw) else ()
        yield Cue(start, end, _said(raw, kind), words)


def _said(raw: str, kind: Format) -> str:
    text = TAG.sub("", MOMENT.sub("", raw))
    text = html.unescape(text) if kind == "vtt" else text.replace(f"<{JOINER}", "<")
    return text.replace(f"\\{JOINER}", "\\").strip()


def _timed(raw: str, start: Time, end: Time) -> Iterator[Word]:
    """The words of a cue with moments between them, as WebVTT's karaoke has."""
    pieces = MOMENT.split(raw)
    begins = [start]
    for hours, minutes, seconds, millis in zip(*(pieces[1 + at :: 5] for at in range(4)), strict=True):
        begins.append(Fraction((int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(millis), 1000))
    for text, begin, until in zip(pieces[::5], begins, [*begins[1:], end], strict=True):
        if said := _said(text, "vtt"):
            yield Word(said, begin, max(until, begin))


def _ass(subs: SSAFile, canvas: tuple[int, int]) -> Iterator[Cue]:
    screen = _number(subs.info.get("PlayResX"), 384), _number(subs.info.get("PlayResY"), 288)
    styles = {name: from_ass(style, screen, canvas) for name, style in subs.styles.items()}
    for event in subs:
        text = _unescaped(BLOCK.sub("", event.text))
        if not event.is_comment and not event.is_drawing and text.strip():
            start, end = Fraction(event.start, 1000), Fraction(event.end, 1000)
            yield Cue(start, end, text.strip(), tuple(_sung(event, start)), _style(event, styles))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdigit() and int(text) > 0 else default


def _unescaped(text: str) -> str:
    text = text.replace(r"\N", "\n").replace(r"\n", "\n").replace(r"\h", " ")
    return text.replace(r"\{", "{").replace(r"\}", "}").replace(f"\\{JOINER}", "\\")


def _style(event: SSAEvent, styles: dict[str, TextStyle]) -> TextStyle | None:
    style = styles.get(event.style, styles.get("Default"))
    found = PLAYS.search(" ".join(BLOCK.findall(event.text)))
    return placed(style, int(found[1])) if style and found and found[0].startswith(r"\an") else style


def _sung(event: SSAEvent, start: Time) -> Iterator[Word]:
    """The syllables of a karaoke line: each tag says how long what follows it takes, in hundredths of a second."""
    pieces = BLOCK.split(event.text)
    at = start
    for tags, text in zip(pieces[1::2], pieces[2::2], strict=True):
        lasts = KARAOKE.findall(tags)
        if lasts:
            begin = at + sum((Fraction(int(each), 100) for each in lasts[:-1]), Fraction(0))
            at = begin + Fraction(int(lasts[-1]), 100)
            if said := _unescaped(text).strip():
                yield Word(said, begin, at)


def written(cues: Sequence[Cue], kind: Format, canvas: tuple[int, int] = (1080, 1920), words: bool = False) -> bytes:
    """A caption file in UTF-8. words: with the moments of single words, where they are known (not in SRT)."""
    from pysubs2 import SSAEvent, SSAFile

    subs = SSAFile()
    names = _styles(subs, cues, canvas) if kind == "ass" else {}
    for cue in apart(cues):
        start, end = _span(cue, *((LAST_OF_ASS, 10) if kind == "ass" else (LAST_MOMENT, 1)))
        text = _text(cue, kind, words)
        subs.append(SSAEvent(start, end, text, style=names.get(cue.style, "Default")))
    options = {} if kind == "ass" else {"keep_ssa_tags": True}
    return subs.to_string(kind, **options).encode()


def write(target: Path, cues: Sequence[Cue], canvas: tuple[int, int] = (1080, 1920), words: bool = False) -> None:
    """Into a file whose name says the format (.srt, .vtt, .ass), whole or not at all."""
    kind: Format = next((each for each in FORMATS if target.suffix.lower() == f".{each}"), "srt")
    data = written(cues, kind, canvas, words)
    with whole(target) as file:
        file.write(data)


def _span(cue: Cue, last: int, step: int) -> tuple[int, int]:
    """Milliseconds in whole steps: at least one long, and not beyond what the format can say."""
    start = min(_ms(cue.start, step), last)
    return start, min(max(_ms(cue.end, step), start + step), last + step)


def _ms(time: Time, step: int = 1) -> int:
    """The nearest step of milliseconds; a half goes up, so that what followed at once follows at once."""
    return max(0, (time * 2000 / step + 1) // 2 * step)


def _text(cue: Cue, kind: Format, words: bool) -> str:
    if kind == "ass":
        return _karaoke(cue) if words and cue.words else _escaped(cue.text.strip())
    if kind == "vtt":
        return _moments(cue) if words and cue.words else html.escape(_lines(cue.text), quote=False)
    return TAGLIKE.sub(f"<{JOINER}", _lines(cue.text))


def _lines(text: str) -> str:
    """The words of a cue: a blank line would end it, an arrow would be a time."""
    kept = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return kept.replace("\\", f"\\{JOINER}").replace("-->", "→")


def _escaped(text: str) -> str:
    text = text.replace("\\", f"\\{JOINER}").replace("{", r"\{").replace("}", r"\}")
    return text.replace("\n", r"\N")


def _karaoke(cue: Cue) -> str:
    """The lines of the cue with each word's time before it."""
    found, at = [], cue.start
    for before, word in _aligned(cue):
        if word.start > at:
            found.append(f"{{\\k{_hundredths(word.start - at)}}}")
        found.append(f"{_escaped(before)}{{\\k{_hundredths(word.end - max(word.start, at))}}}{_escaped(word.text)}")
        at = max(word.end, at)
    return "".join(found)


def _hundredths(time: Time) -> int:
    return max(0, round(time * 100))


def _moments(cue: Cue) -> str:
    found = []
    for number, (before, word) in enumerate(_aligned(cue)):
        moment = f"<{_stamp(word.start)}>" if number else ""
        found.append(f"{before}{moment}{html.escape(word.text, quote=False)}")
    return "".join(found).strip()


def _aligned(cue: Cue) -> Iterator[tuple[str, Word]]:
    """What stands before each word, and the word."""
    behind = 0
    for word in cue.words:
        said = word.text.strip()
        at = cue.text.find(said, behind)
        before = cue.text[behind:at] if at >= 0 else (" " if behind else "")
        behind = at + len(said) if at >= 0 else behind
        yield before, Word(said, word.start, word.end)


def _stamp(time: Time) -> str:
    seconds, millis = divmod(min(_ms(time), LAST_MOMENT), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{millis:03d}"


def _styles(subs: SSAFile, cues: Sequence[Cue], canvas: tuple[int, int]) -> dict[TextStyle | None, str]:
    """Each style once, the commonest first; the file's screen is the canvas."""
    subs.info.update(PlayResX=str(canvas[0]), PlayResY=str(canvas[1]), WrapStyle="0", ScaledBorderAndShadow="yes")
    names: dict[TextStyle | None, str] = {None: "Default"}
    for style in dict.fromkeys(cue.style for cue in cues if cue.style is not None):
        names[style] = "Default" if len(names) == 1 else f"Style {len(names)}"
        subs.styles[names[style]] = to_ass(style, canvas)
    return names
