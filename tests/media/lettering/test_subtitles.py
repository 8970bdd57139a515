"""Caption files: what is written is read again, what others wrote is understood, what is none is refused."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.captions import Cue
from studio.core.errors import Refused
from studio.core.title import TextStyle, Word
from studio.media.lettering.subtitles import FORMATS, LAST_MOMENT, read, read_file, write, written

F = Fraction
SRT = """1
00:00:01,000 --> 00:00:02,500
You <i>hear</i> it

2
00:00:02,500 --> 00:00:04,000
before you
taste it.
"""
VTT = """WEBVTT - made by somebody
Kind: captions

STYLE
::cue { color: yellow }

NOTE
nothing to see

intro
00:01.000 --> 00:02.500 position:50% line:80%
<v Mei>You &amp; I hear it</v>

00:02.500 --> 00:04.000
<00:02.500><c>before</c> <00:03.000><c>nine</c> <00:03.500><c>42</c>

NOTE the end
"""
ASS = r"""[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Noto Serif CJK SC,36,&H0000FFFF,&H000000FF,&H80000000,&H00000000,-1,0,0,0,100,100,0,0,1,2,0,2,32,32,10,1
Style: Boxed,Arial,20,&H00FFFFFF,&H000000FF,&H000000FF,&H00000000,0,0,0,0,100,100,0,0,3,2,0,9,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not said
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\k50}You {\k50}hear, {\kf50}it
Dialogue: 0,0:00:02.50,0:00:04.00,Boxed,,0,0,0,,{\an8\i1}before\Nnine
Dialogue: 0,0:00:02.50,0:00:04.00,Boxed,,0,0,0,,{\p1}m 0 0 l 1 1{\p0}
"""  # noqa: E501

millis = st.integers(0, 3_600_000)
seen = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf"))
lines = st.text(seen, min_size=1) | st.just("if a<b> or </i> & {\\an8} C:\\New")
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)


@st.composite
def rows(draw: st.DrawFn) -> list[Cue]:
    bounds = sorted(draw(st.sets(millis, min_size=2, max_size=9)))
    return [Cue(F(start, 1000), F(end, 1000), draw(texts)) for start, end in pairwise(bounds)]


@given(rows(), st.sampled_from(FORMATS))
def test_what_is_written_is_read_again(cues, kind):
    found = read(written(cues, kind), "a")
    if kind != "ass":
        assert found == cues
        return
    long = [cue for cue in cues if cue.duration > F(1, 50) and "\n" not in cue.text]
    assert {cue.text for cue in long} <= {line for cue in found for line in (cue.text, *cue.text.split("\n"))}
    assert all(any(abs(cue.start - one.start) <= F(1, 100) for one in cues) for cue in found)


@given(st.text(max_size=60), st.sampled_from(FORMATS))
def test_any_text_at_all_makes_a_file_that_can_be_read(text, kind):
    data = written([Cue(F(0), F(1), text), Cue(F(1), F(2), "after")], kind)
    found = read(data, "a")
    assert found[-1].text.endswith("after") and found[-1].start == 1 and len(found) <= 2


def test_srt_of_others():
    assert [(cue.start, cue.end, cue.text) for cue in read(SRT.encode(), "a.srt")] == [
        (1, F(5, 2), "You hear it"), (F(5, 2), 4, "before you\ntaste it."),
    ]  # fmt: skip


@pytest.mark.parametrize("odd", [
    SRT.replace("\n", "\r\n"), SRT.replace("\n", "\r"), SRT.replace("\n\n2\n", "\n2\n"), SRT.replace(",", "."),
    SRT.replace("1\n00", "00").replace("2\n00", "00"), SRT.strip(), "\ufeff" + SRT, SRT.replace("hear", "{\\an8}hear"),
    SRT.replace("-->", " --> "), SRT + "\n\n3\n\n", SRT.replace("before you\n", "before you\n\n"),
    "junk before\n\n" + SRT,
])  # fmt: skip
def test_odd_srt_reads_the_same(odd):
    assert [cue.text for cue in read(odd.encode(), "a.srt")] == ["You hear it", "before you\ntaste it."]


def test_a_number_that_is_said_is_kept():
    cues = [Cue(F(0), F(1), "It is\n42"), Cue(F(1), F(2), "1984"), Cue(F(2), F(3), "or\n7")]
    for kind in FORMATS:
        assert [cue.text for cue in read(written(cues, kind), "a")] == ["It is\n42", "1984", "or\n7"]


def test_moments_among_the_words_are_words():
    cues = [Cue(F(0), F(1), "from 00:00:01,000 to 00:00:02,000"), Cue(F(1), F(2), "00:00:01.000\n00:00:02.000 x")]
    for kind in FORMATS:
        assert [cue.text for cue in read(written(cues, kind), "a")] == [cue.text for cue in cues]


def test_webvtt_of_others_with_its_words():
    one, two = read(VTT.encode(), "a.vtt")
    assert (one.text, one.start, one.words) == ("You & I hear it", 1, ())
    assert two.text == "before nine 42"
    assert [(word.text, word.start, word.end) for word in two.words] == [
        ("before", F(5, 2), 3), ("nine", 3, F(7, 2)), ("42", F(7, 2), 4),
    ]  # fmt: skip


def test_ass_of_others_with_its_styles_and_syllables():
    one, two = read(ASS.encode(), "a.ass", (1280, 720))
    assert one.text == "You hear, it" and two.text == "before\nnine"
    assert [(word.text, word.start, word.end) for word in one.words] == [
        ("You", 1, F(3, 2)), ("hear,", F(3, 2), 2), ("it", 2, F(5, 2)),
    ]  # fmt: skip
    style, box = one.style, two.style
    assert style is not None and box is not None
    assert (style.font, style.color, style.weight, style.outline) == ("Noto Serif CJK SC", "#ffff00", 700, "#0000007f")
    assert style.outline_width == 4 and style.place == "bottom" and style.align == "center" and style.width == 0.9
    assert 50 < style.size < 72
    assert box.box == "#ff0000" and (box.align, box.place) == ("center", "top")


def test_styles_and_words_go_through_ass_and_back():
    words = (Word("One", F(1), F(3, 2)), Word("two.", F(3, 2), F(2)))
    style = TextStyle(font="DejaVu Sans", size=60, weight=700, color="#ff8800", place="top", align="left", shadow="")
    style = replace(style, outline="#102030", outline_width=5)
    boxed = replace(style, box="#000000aa", outline="")
    cues = [Cue(F(1), F(2), "One two.", words, style), Cue(F(2), F(3), "three", (), boxed)]
    one, two = read(written(cues, "ass", words=True), "a", (1080, 1920))
    assert one.words == words and one.text == "One two." and one.style is not None and two.style is not None
    for name in ("font", "color", "outline", "outline_width", "place", "align", "weight", "shadow"):
        assert getattr(one.style, name) == getattr(style, name)
    assert abs(one.style.size - 60) < 0.1 and two.style.box == "#000000aa"
    vtt = read(written(cues, "vtt", words=True), "a")
    assert vtt[0].words == words and vtt[0].text == "One two."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_any_encoding_of_simplified_chinese(encoding):
    text = SRT.replace("You <i>hear</i> it", "今天我们去看了三家面包店，真的很不错。")
    assert read(text.encode(encoding), "a.srt")[0].text == "今天我们去看了三家面包店，真的很不错。"


@pytest.mark.parametrize(("text", "encoding"), [
    ("今天我們去看了三家麵包店，真的很不錯。", "big5"), ("今日はパンを買いに行きました。", "shift_jis"),
    ("Où est la boulangerie, déjà ? À côté.", "cp1252"), ("Größe: übermäßig schön", "cp1252"),
])  # fmt: skip
def test_older_encodings(text, encoding):
    assert read(SRT.replace("You <i>hear</i> it", text).encode(encoding), "a.srt")[0].text == text


@pytest.mark.parametrize("data", [
    b"", b"\0\0\0", b"hello", b"\xff\xfe", b"RIFF\x00\x00\x00\x00WAVE", b"{\"a\": 1}",
    b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"WEBVTT", b"WEBVTT\n\nNOTE -->\n", b"-->",
    b"1\n00:00:aa --> 00:00:02,000\nx",
    b"[Script Info]\n", b"[Events]\nDialogue: 0", b"1\n00:00:05,000 --> 00:00:02,000\nbackwards",
    b"[V4+ Styles]\nFormat: Name\nStyle: ,,,,\n[Events]\nDialogue: x,y,z",
])  # fmt: skip
def test_what_is_no_caption_file_is_refused_in_words(data):
    with pytest.raises(Refused) as told:
        read(data, "a.srt")
    assert told.value.findings[0].code in ("captions.unreadable", "captions.none")
    assert told.value.findings[0].values["name"] == "a.srt"


def test_a_film_that_calls_itself_captions_is_not_read_whole(tmp_path):
    path = tmp_path / "a.srt"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    with pytest.raises(Refused, match=r"captions\.too_large"):
        read_file(path)
    with pytest.raises(Refused, match=r"captions\.unreadable"):
        read_file(tmp_path / "none.srt")


@pytest.mark.parametrize("whole", [SRT, VTT, ASS])
def test_damaged_files_are_read_or_refused(whole):
    chance = random.Random(4)
    data = whole.encode()
    for _ in range(150):
        broken = bytearray(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        for _ in range(chance.randrange(1, 12)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            found = read(bytes(broken), "a")
        except Refused:
            continue
        assert all(cue.start < cue.end and cue.text.strip() for cue in found)


def test_times_beyond_the_format_and_far_too_long_are_kept_in_it():
    far = F(LAST_MOMENT, 1000)
    for kind in ("srt", "vtt"):
        assert read(written([Cue(F(0), far * 3, "long")], kind), "a")[0].end <= far + 1
    assert read(written([Cue(F(0), far, "long")], "ass"), "a")[0].end < 36_000
    assert read(written([Cue(F(1, 7), F(1, 7) + F(1, 9999), "short")], "srt"), "a")[0].duration == F(1, 1000)


def test_a_file_is_written_by_the_name_it_has(tmp_path):
    cues = [Cue(F(0), F(1), "今天")]
    for kind in FORMATS:
        write(tmp_path / f"a.{kind}", cues)
        assert [(cue.start, cue.end, cue.text) for cue in read_file(tmp_path / f"a.{kind}")] == [(0, 1, "今天")]
    assert (tmp_path / "a.vtt").read_bytes().startswith(b"WEBVTT")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".ass", ".srt", ".vtt"]
