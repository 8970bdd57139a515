from hypothesis import given
from hypothesis import strategies as st

from studio.ui.preview.offsets import characters, clean, is_narrow, table, units

text = st.text(st.characters(codec="utf-8"), max_size=40)


def utf16(part):
    return len(part.encode("utf-16-le")) // 2


@given(text, st.integers(0, 40))
def test_there_and_back(words, at):
    at = min(at, len(words))
    assert units(words, at) == utf16(words[:at])
    assert characters(words, units(words, at)) == at


@given(text)
def test_the_table_knows_every_position(words):
    places = table(words)
    assert (places is None) == is_narrow(words)
    for at in range(len(words) + 1):
        position = utf16(words[:at])
        assert (position if places is None else places[position]) == at


def test_a_position_inside_a_pair_counts_the_whole_character():
    assert characters("🎈a", 1) == 1 and characters("🎈a", 2) == 1 and characters("🎈a", 3) == 2


def test_a_lone_surrogate_keeps_every_offset():
    assert clean("a\ud83cb") == "a\ufffdb" and clean("a🎈b") == "a🎈b"
