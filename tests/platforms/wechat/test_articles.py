"""Markdown and raw HTML as the article that is left of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.platforms.wechat.articles import Picture, article, by_hand, filled, marked, plain
from studio.platforms.wechat.svg import cleaned

NAMES = ("a.jpg", "b c.jpg")


def html(text: str, *names: str) -> str:
    return article(text, names).html


def test_plain_text_stays_as_it_was_written() -> None:
    made = article("第一行\n第二行 a & b <3 \"q\"\n\n    缩进\n\n第三段 *星*", ())
    assert plain(made.html) == "第一行\n第二行 a & b <3 \"q\"\n缩进\n第三段 星"
    assert made.html.count("<p") == 3 and made.html.count("<br>") == 1 and made.dropped == ()


def test_markdown_becomes_tags_with_styles_of_their_own() -> None:
    made = html("# 头\n\n> 引\n\n- 甲\n\n**粗** *斜* ~~删~~ `码`\n\n|a|b|\n|-|-|\n|1|2|\n\n```py\nx < 1\n```")
    for part in ("<h1 style=", "<blockquote style=", "<li>甲</li>", "<strong>粗</strong>", "<em>斜</em>", "<s>删</s>",
                 "<td style=", "x &lt; 1"):
        assert part in made, part
    assert "class" not in made and "<style" not in made


@pytest.mark.parametrize(("text", "what"), [
    ("<script>alert(1)</script>", "<script>"), ("<style>p{color:red}</style>", "<style>"),
    ("<iframe src='https://example.com'></iframe>", "<iframe>"), ("<form><input name=a></form>", "<form>"),
    ("<p onclick='x()'>甲</p>", "onclick"), ("<p id='x'>甲</p>", "id"), ("<p class='x'>甲</p>", "class"),
    ("<p style='position:fixed;color:red'>甲</p>", "position"), ("<p style='color:var(--x)'>甲</p>", "color"),
    ("<p style='background:url(https://example.com/a.png)'>甲</p>", "background"),
    (r"<p style='background:u\72l(https://example.com/a.png)'>甲</p>", "background"),
    ("[甲](javascript:alert(1))", "javascript:"), ("[甲](#teil)", "#teil"), ("<marquee>甲</marquee>", "<marquee>"),
    ("<svg width='9' height='9'><script>1</script></svg>", "svg <script>"),
    ("<svg width='9' height='9'><rect id='x' width='9' height='9'/></svg>", "svg id"),
    ("<svg width='9' height='9'><rect onload='x()' width='9' height='9'/></svg>", "svg onload"),
    ("<svg width='9' height='9'><foreignObject>甲</foreignObject></svg>", "svg <foreignObject>"),
    ("<svg width='9'><rect></svg>", "<svg>"),
])
def test_what_cannot_stay_is_left_out_and_named(text: str, what: str) -> None:
    made = article(text, ())
    assert what in made.dropped
    for bad in ("script", "onclick", "onload", "javascript", "position", "<iframe", "<form", " id=", " class=", "url("):
        assert bad not in made.html


def test_what_may_stay_stays() -> None:
    made = article("<section style='color:red;text-align:center'>甲<sup>2</sup></section>\n\n<div>乙</div>", ())
    assert not made.dropped and 'style="color:red;text-align:center"' in made.html
    assert "<section>乙</section>" in made.html, "a section instead of a div"


def test_code_that_shows_tags_is_text() -> None:
    made = article("`<script>` 与\n\n```\n<iframe onclick=x>\n```", ())
    assert made.dropped == () and "&lt;script&gt;" in made.html and "&lt;iframe onclick=x&gt;" in made.html


def test_sizes_of_pictures_move_into_the_style() -> None:
    made = html('<img src="a.jpg" width="300" height="200px" alt="杯">', *NAMES[:1])
    assert 'style="width:300px;height:200px"' in made and " width=" not in made and "alt" not in made


def test_a_list_in_a_list_stands_after_its_item() -> None:
    made = re.sub(r' style="[^"]*"', "", html("- 甲\n  - 一\n  - 二\n- 乙\n  1. 三\n\n     四\n"))
    assert made.replace("\n", "").startswith("<ul><li>甲</li><ul><li>一</li><li>二</li></ul><li>")
    assert not re.search(r"<li>(?:(?!</li>).)*<[uo]l>", made, re.DOTALL)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["甲", "**b**", "[x](https://e.com)"])), max_size=12))
def test_lists_are_always_well_formed(items: list[tuple[int, str]]) -> None:
    made = html("\n".join("  " * depth + f"- {text}" for depth, text in items))
    depth: list[str] = []
    for end, tag in re.findall(r"<(/?)(ul|ol|li|p|strong|a|pre|code)\b", made):
        if not end:
            assert not (tag in ("ul", "ol") and depth[-1:] == ["li"]), made
            depth.append(tag)
        else:
            assert depth.pop() == tag, made
    assert depth == []


def test_pictures_are_numbered_and_the_same_one_twice_is_one() -> None:
    made = article("![](b%20c.jpg)\n\n![](b%20c.jpg) ![](https://example.com/x.png?k=1)", NAMES)
    assert made.pictures == (Picture("b c.jpg"), Picture(url="https://example.com/x.png?k=1"), Picture("a.jpg"))
    assert re.findall(r"yigao-image:(\d)", made.html) == ["0", "0", "1", "2"]
    whole = filled(made.html, {0: "http://mmbiz.qpic.cn/0?a=1&b=2", 1: "1", 2: "2"})
    assert whole.count('src="http://mmbiz.qpic.cn/0?a=1&amp;b=2"') == 2 and "yigao" not in whole


def test_pictures_that_are_there_already_stay() -> None:
    made = article("![](http://mmbiz.qpic.cn/mmbiz/x/0)", ())
    assert made.pictures == () and 'src="http://mmbiz.qpic.cn/mmbiz/x/0"' in made.html


@pytest.mark.parametrize(("source", "scheme"), [
    ("data:image/png;base64,AAAA", "data:"), ("file:///etc/passwd", "file:"), ("ftp://example.com/a.png", "ftp:"),
])
def test_pictures_from_elsewhere_are_refused(source: str, scheme: str) -> None:
    made = article(f"![]({source})", ())
    assert made.schemes == (scheme,) and "<img" not in made.html and made.pictures == ()


def test_a_picture_that_is_not_attached_is_named() -> None:
    assert article("![](weg.jpg)", NAMES).unknown == ("weg.jpg",)


def test_links_that_lead_away_are_counted() -> None:
    assert article("[a](https://example.com) [b](https://mp.weixin.qq.com/s/abc) [c](http://e.org)", ()).links == 2


@given(st.text(max_size=300))
def test_text_without_marks_brings_nothing(text: str) -> None:
    made = article(text, ())
    if not marked(text):
        assert not (made.dropped or made.schemes or made.unknown or made.pictures or made.links)


@given(st.text("<>/ =\"'abcsvgscriptimgon:#()![]*`-&;\n", max_size=200))
def test_nothing_dangerous_comes_through(text: str) -> None:
    made = article(text, NAMES).html
    tags = re.findall(r"<([a-zA-Z]+)([^>]*)>", made)
    for name, rest in tags:
        assert name not in ("script", "style", "iframe", "form") and not re.search(r"\s(on\w+|id|class)=", rest), made


# -- drawings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [
    '<animate attributeName="opacity" from="0" to="1" dur="1s">',
    '<animateTransform attributeName="transform" type="rotate" from="0" to="9" dur="1s">',
    '<set attributeName="visibility" to="hidden">', '<path d="M0 0L9 9" stroke-width="2">',
])
def test_a_drawing_keeps_what_the_platform_keeps(kept: str) -> None:
    dropped: list[str] = []
    name = kept[1:].partition(" ")[0]
    made = cleaned(f'<svg width="9" height="9"><g>{kept}</{name}></g></svg>', dropped)
    assert f"{kept}</{name}>" in made and dropped == []


@pytest.mark.parametrize(("inner", "name"), [
    ('<animate attributeName="href" to="x"/>', "svg <animate>"), ("<defs/>", "svg <defs>"), ("<style/>", "svg <style>"),
    ('<animateTransform attributeName="transform" type="matrix"/>', "svg <animateTransform>"),
    ('<rect fill="url(#a)"/>', "svg fill"), ('<use href="#a"/>', "svg <use>"), ('<rect class="a"/>', "svg class"),
    ('<rect style="position:fixed"/>', "svg style"), ('<image href="https://example.com/a.png"/>', "svg <image>"),
])
def test_a_drawing_loses_the_rest(inner: str, name: str) -> None:
    dropped: list[str] = []
    made = cleaned(f'<svg width="9" height="9">{inner}</svg>', dropped)
    assert dropped == [name] and not re.search(r"url\(|position|href|class|matrix", made)


def test_a_drawing_without_a_size_gets_one() -> None:
    assert 'width="677" height="338"' in cleaned('<svg viewBox="0 0 100 50"/>', [])


@pytest.mark.parametrize("box", ["0 0 1 1" + "0" * 400, "0 0 1" + "0" * 400 + " 1", "0 0 -1 5", "0 0 0 5", "x", "1 2"])
def test_a_shape_that_cannot_be_is_a_usual_one(box: str) -> None:
    assert 'width="677" height="338"' in article(f'<svg viewBox="{box}"></svg>', ()).html


@pytest.mark.parametrize("broken", [
    "<svg><g></svg>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "<svg " + "x" * 10,
])
def test_a_drawing_that_cannot_be_read_is_gone(broken: str) -> None:
    dropped: list[str] = []
    assert cleaned(broken, dropped) == "" and dropped == ["<svg>"]


def test_by_hand_a_note_stands_where_a_picture_goes() -> None:
    made = by_hand(article("甲 ![](a.jpg) ![](https://example.com/x.png)", ("a.jpg",)), {"a.jpg": 3})
    assert "<strong>[03 a.jpg]</strong>" in made and '<img src="https://example.com/x.png">' in made


@pytest.mark.parametrize("piece", [
    "<svg", "</svg", "<a ", "<!--", "<![CDATA[", "</", "<a href='", "[", "![](", "> ", "- ",
])
def test_nonsense_of_any_length_is_gone_through(piece: str) -> None:
    assert article(piece * (15_000 // len(piece)), ()).pictures == ()


@pytest.mark.parametrize("text", [
    "*" * 20_000 + "甲" + "*" * 20_000, "<div>" * 20_000 + "甲", "<b>" * 30_000 + "甲" + "</b>" * 30_000,
    "".join(f"<p><b style='color:#{n:06x}'>甲</p>" for n in range(200)),
])
def test_tags_deep_in_one_another_cost_only_the_tags(text: str) -> None:
    made = article(text, ())
    assert re.sub("<[^>]*>|\\s", "", made.html) == re.sub("[^甲]", "", text)
    depth = deepest = 0
    for end in re.findall("<(/?)(?!br|hr|img)[a-z]", made.html):
        depth += -1 if end else 1
        deepest = max(deepest, depth)
    assert depth == 0 and deepest <= 60 and made.dropped


@pytest.mark.parametrize(("text", "stays"), [
    ("甲\n\n<!-- 乙\n\n丙", "甲<!--乙丙"), ("<?php 乙\n\n丙", "<?php乙丙"), ("<![CDATA[ 乙\n\n丙", "<![CDATA[乙丙"),
    ("<p>甲 < 乙</p>", "甲<乙"),
])
def test_what_nobody_ended_takes_no_words_along(text: str, stays: str) -> None:
    made = article(text, ())
    assert "".join(plain(made.html).split()) == stays or made.dropped, "newer Pythons end it: then it is told"


@pytest.mark.parametrize(("text", "what"), [
    ("甲 <!-- 乙 -->", "<!-- -->"), ("<?xml version='1.0'?>甲", "<?>"), ("<!DOCTYPE html>\n甲", "<!>"),
])
def test_what_is_no_tag_is_named_as_well(text: str, what: str) -> None:
    made = article(text, ())
    assert made.dropped == (what,) and plain(made.html) == "甲"


@pytest.mark.parametrize("text", ["<div>\n<![1", "<![1]]>", "<div><![ x ]> 甲", "<!1 甲>", "<![CDATA", "<!DOCTYPE [<!"])
def test_a_declaration_of_nonsense_breaks_nothing(text: str) -> None:
    assert "甲" in plain(article(text + "\n\n甲", ()).html)


def test_many_pictures_outside_are_numbered_quickly() -> None:
    made = article("".join(f"![](https://a.example/{n})" for n in range(3000)) * 2, ())
    assert len(made.pictures) == 3000 and made.html.count('src="yigao-image:2999"') == 2


def test_broken_characters_do_not_break_it() -> None:
    made: Any = article("![](a.jpg) \ud83d", ("a.jpg",))
    assert made.html.encode()
