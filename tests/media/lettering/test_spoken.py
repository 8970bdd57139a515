"""The word that is being spoken, to the moment."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from studio.core.title import TextStyle, Title, Word
from studio.media.lettering import drawn
from studio.media.lettering.spoken import speaking

F = Fraction
WORDS = (Word("one", F(1), F(2)), Word("two", F(9, 4), F(3)), Word("three", F(5), F(6)))
TITLE = Title("one two three", TextStyle(size=80, shadow="", highlight="#ffff00"), words=WORDS)
SIZE = (270, 480)


def test_a_word_is_lit_while_it_is_spoken_and_over_a_short_silence():
    moments = {F(0): -1, F(1): 0, F(2): 0, F(9, 4): 1, F(3): -1, F(4): -1, F(5): 2, F(6): -1}
    assert {moment: speaking(TITLE, moment) for moment in moments} == moments
    assert speaking(replace(TITLE, words=()), F(1)) == -1


def test_words_can_come_as_they_are_spoken():
    title = replace(TITLE, enter="words", style=replace(TITLE.style, highlight=""))

    def width(local: Fraction) -> int:
        found = drawn(title, SIZE, (1080, 1920), local, F(8))
        return 0 if found is None else found.rgba.shape[1]

    assert width(F(1, 2)) == 0 < width(F(3, 2)) < width(F(4)) < width(F(7))
    assert drawn(title, SIZE, (1080, 1920), F(13, 4), F(8)) is drawn(title, SIZE, (1080, 1920), F(4), F(8))
