"""Cutting by text: what is chosen goes, what stays is whole and in its order."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.timeline import Clip
from studio.core.title import Word
from studio.core.transcript import (
    Transcript,
    cuts,
    cuts_of,
    fillers,
    from_json,
    in_clip,
    pauses,
    spans,
    to_json,
    together,
    without,
    words_in,
)

F = Fraction


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    words, at = [], F(draw(st.integers(0, 10)), 10)
    for _ in range(draw(st.integers(1, 12))):
        length = F(draw(st.integers(1, 10)), 10)
        words.append(Word(draw(st.sampled_from(["um", "hello", "今天", "好。", "it,", " "])), at, at + length))
        at += length + F(draw(st.integers(0, 15)), 10)
    return Transcript(tuple(words), "en", "test")


chosen = st.sets(st.integers(0, 14))


@given(transcripts(), chosen)
def test_no_word_that_stays_is_touched_and_every_word_that_goes_is_gone(transcript, gone):
    ranges = cuts_of(transcript, gone)
    assert ranges == together(ranges) and all(0 <= start < end for start, end in ranges)
    for at, word in enumerate(transcript.words):
        if at in gone:
            assert any(start <= word.start and word.end <= end for start, end in ranges)
        else:
            assert all(word.end <= start or word.start >= end for start, end in ranges)


@given(transcripts(), chosen)
def test_what_is_left_keeps_its_order_and_is_earlier_by_what_went(transcript, gone):
    ranges = cuts_of(transcript, gone)
    left = without(transcript, ranges)
    stays = [word for at, word in enumerate(transcript.words) if at not in gone]
    assert [word.text for word in left.words] == [word.text for word in stays]
    assert [word.end - word.start for word in left.words] == [word.end - word.start for word in stays]
    assert all(one.end <= two.start for one, two in pairwise(left.words))


@given(transcripts())
def test_a_selection_of_the_text_is_the_words_in_it(transcript):
    text = transcript.text
    for at, (start, end) in enumerate(spans(transcript)):
        word = transcript.words[at].text.strip()
        assert text[start:end] == word
        if word:
            assert words_in(transcript, start, end) == (at, at)
    assert words_in(transcript, len(text), len(text) + 5) is None


@given(transcripts())
def test_a_transcript_is_kept_and_read_again(transcript):
    assert from_json(to_json(transcript)) == transcript


@pytest.mark.parametrize("data", [
    None, [], {}, {"version": 2, "words": []}, {"version": 1, "words": [1]},
    {"version": 1, "words": [["a", "x", "1"]]}, {"version": 1, "words": [["a", "1/0", "1"]]},
])  # fmt: skip
def test_what_is_no_transcript_is_told(data):
    with pytest.raises(ValueError):
        from_json(data)


def said(text: str, gap: Fraction = Fraction(0)) -> Transcript:
    step = F(1, 2) + gap
    return Transcript(tuple(Word(word, at * step, at * step + F(1, 2)) for at, word in enumerate(text.split())))


def test_words_in_a_row_are_one_cut_with_a_breath_left_on_either_side():
    transcript = said("one two three four", F(1))
    assert cuts(transcript, 1, 2) == [(F(1, 2) + F(2, 25), F(9, 2) - F(2, 25))]
    assert cuts(transcript, 0, 0, F(0)) == [(F(0), F(3, 2))]
    assert cuts(transcript, 9, 12) == []


def test_words_that_say_nothing_are_found():
    found = fillers(said("Um, I think, you know, 嗯 这 个 works like this"))
    assert [(filler.first, filler.last, filler.sure) for filler in found] == [
        (0, 0, True), (3, 4, False), (5, 5, True), (6, 7, False), (9, 9, False),
    ]  # fmt: skip


def test_long_silences_are_found_and_a_breath_of_each_stays():
    transcript = Transcript((Word("a", F(0), F(1)), Word("b", F(5), F(6)), Word("c", F(13, 2), F(7))))
    assert pauses(transcript) == [(F(23, 20), F(97, 20))]


def test_the_words_of_a_clip_run_in_its_own_time():
    transcript = said("one two three four")
    clip = Clip("c", F(1, 2), source="s", start=F(1, 2), speed=F(2))
    assert in_clip(transcript, clip) == (Word("two", F(0), F(1, 4)), Word("three", F(1, 4), F(1, 2)))
    assert in_clip(transcript, Clip("c", F(1), source="s", reverse=True)) == ()
