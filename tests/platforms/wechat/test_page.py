"""The article as a web page: what is sent, in its frame, and nothing that reaches anywhere."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import View
from studio.platforms.wechat import rules, spec
from studio.platforms.wechat.page import page
from tests.platforms.fakes import content, media
from tests.platforms.layouts import TEXTS

ADDRESSES = frozenset("src href action data poster srcset background formaction cite xlink:href".split())


def made(text: str = "甲", *, view: dict[str, Any] | None = None, **more: Any) -> str:
    asked = View("article", **{"width": 375, "language": "zh_CN", **(view or {})})
    return page(content("wechat", text, **{"title": "周末", **more}), asked)


class Tags(HTMLParser):
    """Every tag that is begun."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [(name, value or "") for name, value in attrs]


def test_it_holds_what_is_sent() -> None:
    what = content("wechat", "**甲**\n\n> 乙\n\n- 丙", title="周末")
    assert rules.built(what).html in page(what, View("article", 375))


def test_its_pictures_are_the_posts_own_with_their_size_and_name() -> None:
    picture = media("红\"1.jpg", 40, 30)
    assert f'<img src="media:{picture.media}" alt="红&quot;1.jpg" width="40" height="30">' in made(pictures=[picture])
    assert "width=" not in made(pictures=[media("a.jpg", 0, 0)]).split("</style>")[1]


def test_a_picture_that_is_not_here_is_a_place_with_a_name() -> None:
    html = made("![](https://example.com/a.png)\n\n![](https://mmbiz.qpic.cn/x/0)")
    assert '<span class="gone">example.com</span>' in html and '<span class="gone">mmbiz.qpic.cn</span>' in html
    assert not {name for name, _ in Tags(html).values} & ADDRESSES


def test_links_are_words() -> None:
    html = made("[甲](https://mp.weixin.qq.com/s/x) [乙](https://example.com)")
    assert "href" not in html and "甲" in html and "乙" in html


def test_words_are_words() -> None:
    html = made("甲", title="<script>x</script>", name="<b>y</b>", options={"author": "<i>z</i>"})
    assert "<script" not in html and "<b>y" not in html and "<i>z" not in html and "&lt;script&gt;" in html


def test_the_frame_follows_theme_width_and_letters() -> None:
    light, dark = made(), made(view={"theme": "dark"})
    assert "background:#ffffff" in light and "background:#191919" in dark and "border-color" in dark
    assert "max-width:677px" in made(view={"width": 1024}) and "max-width:677px" not in light
    assert "font-size:17px" in light and "font-size:25.5px" in made(view={"text": 1.5})
    assert "font-size:30px" in made("## 题", view={"text": 1.5}) and "font-size:20px" in made("## 题")


def test_foot_and_bar() -> None:
    html = made(link="https://example.com", options={"original": True, "open_comment": True})
    for word in ("阅读原文", "阅读 0", "原创", "赞", "分享", "推荐", "写留言"):
        assert word in html
    assert "写留言" not in made() and "阅读原文" not in made()


HOSTILE = st.sampled_from([
    "<script>", "</script>", "<iframe src=http://e.com>", "<img src=x onerror=y>",
    "<style>@import 'http://e.com';</style>",
    "<svg onload=x>", "</div></div></body>", "<p style='background:url(http://e.com)'>", "<base href=http://e.com>",
    "![](http://e.com/a.png)", "![](javascript:x)", "[a](data:text/html,x)", "<form action=http://e.com>",
    "<!--", "]]>",
    "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=http://e.com>", "<object data=http://e.com>",
    "<img src='media:abc'>", "<video poster=http://e.com>", "\n\n", "&#60;script&#62;", "<a href=http://e.com ping=x>",
])


@given(st.lists(HOSTILE | TEXTS, max_size=12).map("".join))
def test_whatever_is_written_nothing_reaches_anywhere(text: str) -> None:
    html = made(text, title=text[:80], pictures=[media("a.jpg")])
    tags = Tags(html.split("</style>", 1)[1])
    assert not tags.names & {"script", "iframe", "form", "style", "link", "base", "meta", "object", "embed", "video"}
    assert not {name for name in tags.attributes if name.startswith("on")} and not tags.attributes & {"id", "ping"}
    assert all(value.startswith("media:") for name, value in tags.values if name in ADDRESSES)
    assert not [value for name, value in tags.values if name == "style" and "url" in value]


def test_its_own_policy_is_the_strictest() -> None:
    assert "default-src 'none'" in made() and "script-src" not in made() and spec.CHECKED
