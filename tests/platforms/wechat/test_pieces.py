"""A text read piece by piece is the text read as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.platforms.wechat import articles
from studio.platforms.wechat.articles import article
from studio.platforms.wechat.pieces import pieces

LINES = (
    "", "", "", " ", "\t", "甲", "乙 **丙** *丁*", "# 头", "## 头", "- 甲", "- ", "* 甲", "+ 甲", "1. 甲",
    "2) 乙", "2020年", "  缩", "    缩", "> 引", ">", "> - 引", "```", "````", "```py", "``` a`b", "~~~",
    "~~~ x", "  ```", "- ```", "> ```", "    ```", "---", "***", "===", "* * *", "|a|b|", "|-|-|", "|1|2|",
    "a | b", "![](a.jpg)", "![甲](b.jpg)", "[甲](https://a.example/)", "![](https://a.example/x.png)",
    "![](data:x)", "[a]", "[a]: https://a.example/", "[a", "b]: https://a.example/", "<div>", "</div>", "<b>粗",
    "<!--", "-->", "<svg><rect/></svg>", "a < b", "&lt;b&gt;", "**开", "关**", "`", "a\\", "\u3000甲", "\x0b甲",
    "\u3000", "\f", "***粗***", "**粗**", "-甲", "_ _ _", "[甲](javascript:x)", "![](没有.jpg)", "\r", "乙\r丙",
)  # fmt: skip
NAMES = ("a.jpg", "b.jpg", "c.jpg")


def parts_of(text: str) -> tuple[object, ...]:
    """Of the whole text at once; the pictures that follow are added as `article` does it."""
    made = articles.whole(text, NAMES)
    return made.html, made.pictures, made.dropped, made.schemes, made.unknown, made.links


@given(st.lists(st.sampled_from(LINES) | st.text("甲-*+>#`~|[]()!<:1. \t\n", max_size=8), max_size=14).map("\n".join))
@example("- 甲\n\n  乙\n\n丙\n\n- 丁")
@example("```\n甲\n\n乙\n````\n\n丙")
@example("- 甲\n```\n\n乙\n\n丙\n```\n\n丁")
@example("```\n    ```\n```\n\n甲")
@example("1. 甲\n\n2. 乙\n\n丙")
@example("[a\n\nb]\n\n[a]: https://a.example/")
@example("> 甲\n乙\n\n丙\n\n> 丁")
def test_pieces_make_the_same_article(text: str) -> None:
    made = article(text, NAMES, NAMES)  # nothing follows the text
    assert (made.html, made.pictures, made.dropped, made.schemes, made.unknown, made.links) == parts_of(text)
    assert "\n".join(pieces(text)) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_key_press_reads_one_piece_only(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [f"第 {n} 段，**慢慢**走。\n![](p{n}.jpg)" for n in range(300)]
    names = tuple(f"p{n}.jpg" for n in range(300))
    before = article("\n\n".join(paragraphs), names)
    read: list[str] = []
    render = articles._rendered
    monkeypatch.setattr(articles, "_rendered", lambda text: read.append(text) or render(text))
    paragraphs[150] += "新"
    after = article("\n\n".join(paragraphs), names)
    assert read == [f"{paragraphs[150]}\n"] and len(before.pictures) == 300
    assert after.pictures == before.pictures and after.html.count("<img") == 300
    assert after.html == articles.whole("\n\n".join(paragraphs), names).html


@pytest.mark.parametrize(("text", "number"), [
    ("甲\n\n乙\n\n丙", 3), ("- 甲\n\n- 乙\n\n丙", 2), ("```\n甲\n\n<b>\n```\n\n丙", 2), ("甲\n\n<div>\n\n丙", 1),
    ("甲\n\n[a]\n\n[a]: https://a.example/", 1), ("- ```\n\n乙\n\n```\n\n丙", 1), ("", 1), ("\n\n\n甲", 1),
])
def test_where_a_text_is_cut(text: str, number: int) -> None:
    assert len(pieces(text)) == number


@pytest.mark.parametrize("piece", ["`", "~", "- ", ">", "1", "甲\n\n", "\n", "```\n", "[", " "])
def test_nonsense_of_any_length_is_cut_quickly(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert "\n".join(pieces(text)) == text
