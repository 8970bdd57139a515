import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.services.phonecheck import MOST_BYTES, PHONES, code_for, fitting, is_address


def test_the_phones_are_those_of_the_facts():
    assert {(p.width, p.density) for p in PHONES} == {(375, 2), (390, 3), (393, 3), (412, 2.625), (414, 3)}
    assert {p.id: p.pixels[0] for p in PHONES} == {"375": 750, "390": 1170, "393": 1179, "412": 1082, "414": 1242}


def test_an_address_is_held_with_the_name_of_the_file():
    code = code_for(" https://cloud.example.com/p/{name} ", "三家 a.png", "text")
    assert (code.holds, code.inside) == ("address", "https://cloud.example.com/p/%E4%B8%89%E5%AE%B6%20a.png")
    assert len(code.rows) == len(code.rows[0]) > 20 and not any(code.rows[0]), "with its quiet zone"


def test_without_an_address_the_text_is_held_as_far_as_it_fits():
    assert code_for("", "a.png", " hello ").inside == "hello" and code_for("", "a.png", "hello").holds == "text"
    long = code_for("", "a.png", "老城南" * 400)
    assert long.holds == "part" and ("老城南" * 400).startswith(long.inside)
    assert code_for("", "a.png", " \n ").holds == "nothing" and code_for("", "a.png", "").rows == ()


@pytest.mark.parametrize("address", [
    "", "cloud", "file:///etc/passwd", "javascript:alert(1)", "https://", "https://a b", "http://[",
    "https://a/" + "x" * 1000,
])  # fmt: skip
def test_what_a_phone_cannot_open_is_no_address(address):
    assert not is_address(address) and code_for(address, "a.png", "text").holds == "text"


@pytest.mark.parametrize("address", ["https://a/" + "{name}" * 150, "https://a/" + "磨" * 900])
def test_an_address_that_no_code_holds_is_left_out(address):
    assert code_for(address, "a picture of a mill.png", "text").holds == "text"


@given(st.text(max_size=900))
def test_a_beginning_is_whole_characters_and_short_enough(text):
    made = fitting(text)
    assert text.startswith(made) and len(made.encode("utf-8", "replace")) <= MOST_BYTES


@given(st.text(min_size=1, max_size=60))
def test_any_text_makes_a_code(text):
    code = code_for("", "a.png", text)
    assert bool(code.rows) == (code.holds != "nothing")
