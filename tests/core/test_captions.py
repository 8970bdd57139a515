"""Captions as cues and as clips: the same either way, in order, never over one another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.caption_checks import findings
from studio.core.captions import Cue, apart, cues_of, cut_along, from_words, joined, merged, shifted, split, with_cues
from studio.core.edits.rules import broken
from studio.core.timeline import Clip, Timeline, Track
from studio.core.title import TextStyle, Word

F = Fraction
times = st.integers(0, 40).map(lambda number: F(number, 4))
texts = st.sampled_from(["Hello there.", "今天真好。", "two\nlines", " ", "😀"])


@st.composite
def cues(draw: st.DrawFn) -> list[Cue]:
    spans = draw(st.lists(st.tuples(times, times, texts), max_size=8))
    return [Cue(min(one, two), max(one, two), text) for one, two, text in spans]


def spoken(text: str, step: Fraction = Fraction(1, 4)) -> list[Word]:
    return [Word(word, at * step, (at + 1) * step) for at, word in enumerate(text.split())]


@given(cues())
def test_cues_put_apart_keep_every_word_and_lie_over_nothing(given_cues):
    found = apart(given_cues)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(cue.start < cue.end and cue.text.strip() for cue in found)
    for moment in (F(number, 8) for number in range(0, 80)):
        said = [cue.text for cue in given_cues if cue.start <= moment < cue.end and cue.text.strip()]
        shown = "\n".join(cue.text for cue in found if cue.start <= moment < cue.end)
        assert all(text in shown for text in said) and bool(said) == bool(shown)


@given(cues())
def test_a_timeline_keeps_cues_as_they_are(given_cues):
    wanted = apart(given_cues)
    timeline = with_cues(Timeline("t"), given_cues)
    assert broken(timeline) == ""
    assert [(cue.start, cue.end, cue.text) for cue in cues_of(timeline)] == [
        (cue.start, cue.end, cue.text) for cue in wanted
    ]
    again = with_cues(timeline, wanted[:1])
    assert len(again.tracks) == len(timeline.tracks) and len(cues_of(again)) == len(wanted[:1])


def test_a_captions_track_lies_over_the_pictures_and_under_no_sound():
    timeline = Timeline("t", tracks=(Track("m", "main"), Track("v", "voice")))
    assert [track.role for track in with_cues(timeline, [Cue(F(0), F(1), "a")]).tracks] == ["main", "captions", "voice"]


def test_words_and_a_style_of_its_own_stay_with_a_cue():
    words = tuple(replace(word, start=word.start + 2, end=word.end + 2) for word in spoken("one two"))
    cue = Cue(F(2), F(4), "one two", words)
    own = TextStyle(color="#ff0000", place="top")
    (first, second) = cues_of(with_cues(Timeline("t"), [cue, Cue(F(4), F(5), "three", style=own)], "outlined"))
    assert first.words == cue.words and second.style == own
    assert first.style is not None and first.style.outline == "#000000"


def test_hidden_and_empty_captions_are_not_asked_for():
    timeline = with_cues(Timeline("t"), [Cue(F(0), F(1), "a")])
    track = timeline.tracks[0]
    assert cues_of(timeline.with_track(replace(track, hidden=True))) == ()
    assert cues_of(timeline.with_track(replace(track, items=(Clip("c", F(1), "title"),)))) == ()


def test_shifting_to_before_the_beginning_leaves_out_what_is_over():
    assert [(cue.start, cue.end) for cue in shifted([Cue(F(0), F(1), "a"), Cue(F(1), F(3), "b")], F(-2))] == [(0, 1)]


@given(st.integers(0, 20))
def test_split_and_merged_is_the_same_again(at):
    cue = Cue(F(1), F(3), "hello good world", tuple(spoken("hello good world", F(1, 2))))
    parts = split(cue, at)
    if parts is None:
        assert at == 0 or at >= len(cue.text)
        return
    one, two = parts
    assert cue.start < one.end == two.start < cue.end
    if cue.text[at - 1 : at + 1].strip() != cue.text[at - 1 : at + 1]:
        assert merged(one, two) == cue


def test_a_cue_is_split_where_its_word_is_spoken():
    words = Word("one", F(0), F(1)), Word("two", F(3), F(7, 2)), Word("three", F(7, 2), F(4))
    cue = Cue(F(0), F(4), "one two three", words)
    one, two = split(cue, 4) or pytest.fail()
    assert one.end == 3 and [word.text for word in two.words] == ["two", "three"]


pieces_of_speech = st.sampled_from("Hello, world. 今天 天气 真 好。 Mr. Smith said so! um".split())


@given(st.lists(pieces_of_speech, max_size=60), st.integers(8, 60))
def test_cues_of_a_transcript_have_every_word_once_in_order(said, most):
    heard = [Word(text, F(at, 3), F(at + 1, 3)) for at, text in enumerate(said)]
    found = from_words(heard, most)
    assert [word for cue in found for word in cue.words] == heard
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(cue.text == joined(word.text for word in cue.words) and cue.duration <= 7 for cue in found)
    assert all(cue.start == cue.words[0].start and cue.end >= cue.words[-1].end for cue in found)
    assert all(one.duration >= F(5, 6) or one.end == two.start for one, two in pairwise(found))


def test_a_long_sentence_is_cues_of_about_one_length_that_end_with_a_clause():
    said = "When the ovens open before six, you hear it long before you taste any of it at all."
    heard = [Word(text, F(at, 4), F(at + 1, 4)) for at, text in enumerate(said.split())]
    assert [cue.text for cue in from_words(heard, 60)] == [
        "When the ovens open before six,", "you hear it long before you taste any of it at all.",
    ]  # fmt: skip
    endless = [Word("word", F(at, 4), F(at + 1, 4)) for at in range(3000)]
    found = from_words(endless, 42)
    assert [word for cue in found for word in cue.words] == endless
    assert all(len(cue.text) <= 42 for cue in found) and min(len(cue.words) for cue in found) > 3


def test_a_cue_ends_with_its_sentence_and_at_a_silence():
    heard = [Word("Mr.", F(0), F(1, 4)), Word("Li", F(1, 4), F(1, 2)), Word("came.", F(1, 2), F(1)),
             Word("And", F(1), F(5, 4)), Word("left", F(4), F(5))]  # fmt: skip
    assert [cue.text for cue in from_words(heard)] == ["Mr. Li came.", "And", "left"]
    assert from_words([]) == []


@pytest.mark.parametrize(("pieces", "text"), [
    (["Hello", ",", "world"], "Hello, world"), (["今天", "OK", "吗", "？"], "今天OK吗？"), ([" a", " b "], "a b"),
    ([], ""),
])  # fmt: skip
def test_speech_is_joined_as_it_is_written(pieces, text):
    assert joined(pieces) == text


def test_what_cannot_be_read_in_time_is_remarked():
    assert findings([Cue(F(0), F(2), "Fine as it is."), Cue(F(2), F(4), "今天真好，我们走。")]) == ()
    found = findings([
        Cue(F(0), F(1), "x" * 90), Cue(F(1, 2), F(1), "字" * 40), Cue(F(2), F(20), "slow"),
    ])  # fmt: skip
    codes = [(finding.field, finding.code) for finding in found]
    assert ("captions[0]", "captions.too_long") in codes and ("captions[0]", "captions.too_fast") in codes
    assert ("captions[1]", "captions.too_short") in codes and ("captions[1]", "captions.overlap") in codes
    assert codes[-1] == ("captions[2]", "captions.lasts_long")
    assert not any(finding.blocks for finding in found)


def test_captions_follow_what_is_cut_out_of_the_film_under_them():
    words = tuple(Word(text, F(at), F(at + 1)) for at, text in enumerate("you hear it before you taste it".split()))
    cues = [Cue(F(0), F(3), "you hear it", words[:3]), Cue(F(3), F(4), "before", words[3:4]),
            Cue(F(4), F(7), "you taste it", words[4:]), Cue(F(9), F(10), "after")]  # fmt: skip
    timeline = with_cues(Timeline("t"), cues)
    track = cut_along(timeline.tracks[0], [(F(3), F(4)), (F(1), F(2)), (F(13, 4), F(5))])
    found = cues_of(timeline.with_track(track))
    assert [(cue.start, cue.end, cue.text) for cue in found] == [
        (0, 2, "you it"), (2, 4, "taste it"), (6, 7, "after"),
    ]  # fmt: skip
    assert [(word.text, word.start, word.end) for word in found[1].words] == [("taste", 2, 3), ("it", 3, 4)]
    assert [placed.clip.id for placed in track.placed[:1]] == [timeline.tracks[0].placed[0].clip.id]


@given(cues(), st.lists(st.tuples(times, times), max_size=4))
def test_captions_after_a_cut_keep_the_rules(given_cues, bounds):
    timeline = with_cues(Timeline("t"), given_cues)
    ranges = [(min(pair), max(pair)) for pair in bounds]
    edited = timeline.with_track(cut_along(timeline.tracks[0], ranges))
    assert broken(edited) == "" and edited.duration <= timeline.duration
    assert cut_along(timeline.tracks[0], []) == timeline.tracks[0]
