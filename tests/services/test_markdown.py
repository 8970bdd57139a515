"""A post as text: what is read, what is refused and where, and that writing and reading are each other's reverse."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.core.errors import Refused
from studio.services.markdown import Change, Item, Part, Sheet, compose, decode, parse, trimmed

WHOLE = """---
title: Weekend picks
tags: [周末, citywalk]
link: https://example.com/a?b=1
media:
  - {file: cafe.jpg, alt: A cup on a sunny table}
  - clip.mp4
overrides:
  weibo: {text: "周末好去处 #citywalk# https://example.com"}
options:
  mastodon: {visibility: unlisted}
---
The base text.
"""


def read(text):
    return parse(text)[0]


def refused(text):
    with pytest.raises(Refused) as caught:
        parse(text)
    return [(f.code, f.values.get("line"), f.values.get("column")) for f in caught.value.findings]


def test_everything_of_the_format_is_read():
    sheet, remarks = parse(WHOLE)
    assert remarks == ()
    assert sheet == Sheet(
        title="Weekend picks", text="The base text.", tags=("周末", "citywalk"), link="https://example.com/a?b=1",
        media=(Item("cafe.jpg", "A cup on a sunny table", line=6), Item("clip.mp4", line=7)),
        overrides={"weibo": Change(text="周末好去处 #citywalk# https://example.com")},
        options={"mastodon": {"visibility": "unlisted"}},
    )


def test_text_without_front_matter_is_the_text():
    assert read("# Hello\n\n--- not a fence\n") == Sheet(text="# Hello\n\n--- not a fence")


def test_blank_lines_around_the_text_go_and_its_indent_stays():
    assert read("---\ntitle: x\n---\n\n \n　　段落\n\n  two\n\n\n").text == "　　段落\n\n  two"


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_front_matter_ends_as_yaml_does(end):
    assert read(f"---\ntitle: x\n{end}\nbody").text == "body"


def test_texts_are_taken_as_they_are_written():
    sheet = read("---\ntitle: 2026-12-01\ntags: [yes, 1.50, 007]\nlink: 0x1f\n---\n")
    assert (sheet.title, sheet.tags, sheet.link) == ("2026-12-01", ("yes", "1.50", "007"), "0x1f")


def test_options_keep_their_kinds():
    sheet = read("---\noptions: {p: {a: true, b: 3, c: 1.5, d: [x, {y: null}], e: 2026-12-01, f: '3'}}\n---\n")
    assert sheet.options["p"] == {"a": True, "b": 3, "c": 1.5, "d": ["x", {"y": None}], "e": "2026-12-01", "f": "3"}


def test_an_override_can_be_empty_and_null_is_no_override():
    sheet = read('---\noverrides: {a: {text: "", title: ~, tags: [], media: []}}\n---\nx')
    assert sheet.overrides["a"] == Change(text="", tags=(), media=())


def test_a_focus_and_kept_metadata_are_read():
    sheet = read("---\nmedia: [{file: a.jpg, focus: [0.25, 1], keep_metadata: true}]\n---\n")
    assert sheet.media[0].focus == (0.25, 1.0) and sheet.media[0].keep_metadata


def test_replies_are_read_with_their_files_and_minutes():
    sheet = read("---\nreplies:\n  - The second.\n  - {text: The third, media: [a.jpg], after: 10}\n---\nFirst.")
    assert sheet.replies == (Part("The second."), Part("The third", (Item("a.jpg", line=4),), 10))
    assert read("---\nreplies: Only one\n---\n").replies == (Part("Only one"),)


def test_minutes_are_a_whole_number():
    front = "---\nreplies:\n  - {text: x, after: soon}\n  - {text: y, after: -1}\n---\n"
    assert refused(front) == [("document.wrong_kind", 3, 22), ("document.wrong_kind", 4, 22)]


def test_unknown_keys_are_remarked_with_their_line():
    sheet, remarks = parse("---\ntitle: x\ncolour: red\noverrides:\n  weibo:\n    emoji: y\n---\nbody")
    assert sheet.title == "x" and sheet.text == "body"
    assert [(f.code, f.severity, f.values["key"], f.values["line"]) for f in remarks] == [
        ("document.unknown_key", "warning", "colour", 3),
        ("document.unknown_key", "warning", "overrides.weibo.emoji", 6),
    ]


def test_a_key_that_comes_twice_is_remarked():
    sheet, remarks = parse("---\ntitle: a\ntitle: b\n---\n")
    assert sheet.title == "b"
    assert [f.code for f in remarks] == ["document.key_twice"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: [unclosed\n---\n", "document.yaml", None),
        ("---\ntitle: x\n  bad: indent\n---\n", "document.yaml", 3),
        ("---\ntitle: 'never closed\n---\n", "document.yaml", None),
        ("---\ntitle: \x01\n---\n", "document.yaml", None),
        ("---\ntitle: *bold*\n---\n", "document.yaml", 2),
        ("---\ntitle: x\nno end", "document.not_closed", None),
        ("---\ntitle: {a: b}\n---\n", "document.wrong_kind", 2),
        ("---\n- a list\n---\n", "document.wrong_kind", 2),
        ("---\noverrides: [a]\n---\n", "document.wrong_kind", 2),
        ("---\nmedia:\n  - {alt: no file}\n---\n", "document.no_file_name", 3),
        ("---\nmedia: [{file: a.jpg, focus: [2, 0]}]\n---\n", "document.wrong_kind", 2),
        ("---\nmedia: [{file: a.jpg, focus: [x]}]\n---\n", "document.wrong_kind", 2),
        ("---\nmedia: [{file: a.jpg, keep_metadata: maybe}]\n---\n", "document.wrong_kind", 2),
        ("---\noptions: {p: {a: .nan}}\n---\n", "document.wrong_kind", 2),
        ("---\noptions: {p: {a: !!binary YQ==}}\n---\n", "document.wrong_kind", 2),
        ("---\noptions: {p: {a: !!python/object/apply:os.system ['true']}}\n---\n", None, None),
        ("---\ntext: one\n---\ntwo", "document.text_twice", 2),
        ("\ud800 half", "document.broken_text", None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, code, line):
    if code is None:
        assert read(text).options == {"p": {"a": ["true"]}}, "a tag of Python's is only a name here: nothing is run"
        return
    found = refused(text)
    assert found[0][0] == code
    if line is not None:
        assert found[0][1] == line


def test_all_wrong_places_are_told_at_once():
    assert len(refused("---\ntitle: [a]\nlink: {b: c}\ntags: {d: e}\n---\n")) == 3


def test_broken_yaml_tells_line_and_column():
    assert refused("---\ntitle: a\nlink: 'x' y\n---\n") == [("document.yaml", 3, 11)]


def test_a_bomb_of_aliases_is_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert refused("---\n" + "\n".join(lines) + "\n---\n")[0][0] == "document.too_deep"


def test_an_alias_of_itself_is_refused():
    assert refused("---\noptions: &a {p: *a}\n---\n")[0][0] == "document.too_deep"


def test_endless_depth_is_refused():
    assert refused("---\noptions: " + "[" * 100_000 + "\n---\n")[0][0] == "document.too_deep"


def test_a_sensible_alias_is_fine():
    sheet = read("---\noverrides:\n  a: &same {text: t}\n  b: *same\n---\nx")
    assert sheet.overrides["a"] == sheet.overrides["b"] == Change(text="t")


def test_a_megabyte_of_text_is_fine():
    text = "好的 ok\n" * 130_000
    assert read(f"---\ntitle: long\n---\n{text}").text == text.rstrip()


def test_marks_and_line_ends_of_every_system_are_read():
    plain = "---\ntitle: x\n---\na\nb"
    assert decode(b"\xef\xbb\xbf" + plain.encode()) == plain
    assert decode(plain.replace("\n", "\r\n").encode()) == plain
    assert decode(plain.replace("\n", "\r").encode()) == plain


def test_other_encodings_are_refused_with_the_line():
    with pytest.raises(Refused) as caught:
        decode("---\ntitle: x\n---\n周末".encode("gbk"))
    assert [(f.code, f.values["line"]) for f in caught.value.findings] == [("document.not_utf8", 4)]


def test_right_to_left_and_joiners_are_kept():
    text = "שלום \u200f👩\u200d👩\u200d👧 \u202eabc\u202c"
    assert read(f"---\ntitle: {text}\n---\n{text}") == Sheet(title=text, text=text)


def test_half_characters_cannot_be_written():
    with pytest.raises(Refused) as caught:
        compose(Sheet(text="half \ud83d"))
    assert [f.code for f in caught.value.findings] == ["document.broken_text"]


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = st.lists(ANY, max_size=3).map(tuple)
PLACES = st.floats(0, 1, allow_nan=False)
ITEMS = st.builds(
    Item, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20), ANY, ANY,
    st.none() | st.tuples(PLACES, PLACES), st.booleans(),
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3), max_leaves=6,
)
CHANGES = st.builds(
    Change, st.none() | ANY, st.none() | ANY, st.none() | st.lists(ITEMS, max_size=2).map(tuple), st.none() | ANY,
    st.none() | WORDS, st.none() | ANY,
)
PARTS = st.builds(Part, ANY, st.lists(ITEMS, max_size=2).map(tuple), st.integers(0, 10**6))
SHEETS = st.builds(
    Sheet, ANY, st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n \t-#:"), max_size=120),
    st.lists(ITEMS, max_size=3).map(tuple) | st.none(), ANY, WORDS, ANY, st.dictionaries(ANY, CHANGES, max_size=2),
    st.dictionaries(ANY, st.dictionaries(ANY, PLAIN, max_size=3), max_size=2), WORDS,
    st.lists(PARTS, max_size=2).map(tuple),
)


def plain(sheet):
    """Without the lines of a text it was never in, and with nothing where nothing is said."""
    def bare(items):
        return tuple(Item(i.file, i.alt, i.name, i.focus, i.keep_metadata) for i in items)

    def change(c):
        return Change(c.title, c.text, None if c.media is None else bare(c.media), c.link, c.tags, c.base)

    return Sheet(
        sheet.title, sheet.text, bare(sheet.media or ()), sheet.link, sheet.tags, sheet.language,
        {k: change(c) for k, c in sheet.overrides.items()}, sheet.options, sheet.accounts,
        tuple(Part(p.text, bare(p.media), p.after) for p in sheet.replies),
    )


@given(SHEETS)
@example(Sheet(title="null", text="---\n...\n", tags=("~", "", "yes", "1")))
@example(Sheet(text="\r\n windows \r\n", title="a\n---\nb"))
@example(Sheet(text="\ufeff", link="\x00\x85\u2028"))
def test_writing_and_reading_are_each_others_reverse(sheet):
    again, remarks = parse(decode(compose(sheet).encode()))
    assert plain(again) == plain(sheet)
    assert remarks == ()


@given(st.text(st.characters() | st.sampled_from("\n---: []{}&*!'\""), max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        sheet, _ = parse("---\n" + text + "\n---\n")
    except Refused as refused:
        assert refused.findings
    else:
        assert isinstance(sheet, Sheet)


@given(st.text())
def test_trimming_twice_is_trimming_once(text):
    assert trimmed(trimmed(text)) == trimmed(text)
