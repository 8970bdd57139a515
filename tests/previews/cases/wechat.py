"""WeChat: the article page's own style sheet (WXC) and scripts (WXP), weui's colours (WU), what is told of covers (NC,
DC, NR). Chat, list and Moments are known from use only (R)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from tests.previews.reference import (
    Case,
    beside,
    counts,
    crop,
    equal,
    folds,
    font,
    has,
    ink,
    lacks,
    named,
    order,
    place,
    places,
    says,
    shot,
    shots,
    tall,
    whole,
)

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=CHINA)
ZH, TW, DARK = {"language": "zh_CN"}, {"language": "zh_TW"}, {"theme": "dark"}
POST = {"type": "image"}
LONG = "字" * 64
SMALL = replace(shot(1), width=200, height=100)


def case(surface, name, part, source, check, view=None, **given):
    given = {"title": "周末", **given}
    return Case(name, "wechat", surface, part, source, check, given, view or {})


def article(name, part, source, check, view=None, **given):
    return case("article", name, part, source, check, view, **given)


def post(name, part, source, check, view=None, **given):
    return case("image", name, part, source, check, view, **{"options": POST, **given})


def at(when: datetime, language: str = "zh_CN"):
    return {"language": language, "posted": when, "now": NOW}


def pitch(card) -> float:
    """From one dot's middle to the next one's."""
    dots = [b for b in card.boxes if b.name.startswith("dot:")]
    return dots[1].x + dots[1].w / 2 - dots[0].x - dots[0].w / 2


def sizes(card) -> list[float]:
    return [b.w for b in card.boxes if b.name.startswith("dot:")]


def gap_right(name: str, edge: float):
    """How far a box ends from the right of what is `edge` px wide."""
    return lambda card: edge - named(card, name).x - named(card, name).w


ARTICLE = [
    article("a 4:3 picture is as wide as the column", "media", "D WXC", place("image:1", 16, None, 343, 257.25),
            media=(shot(4 / 3),)),
    article("a 9:16 picture keeps its shape", "media", "D WXC", place("image:1", 16, None, 343, 609.8),
            media=(shot(9 / 16),)),
    article("a small picture is not enlarged", "media", "WXC", place("image:1", 16, None, 200, 100), media=(SMALL,)),
    article("a column of 677 from 1024 on", "media", "WXC", place("image:1", 173.5, None, 677, 507.75),
            view={"width": 1024.0}, media=(shot(4 / 3),)),
    article("below 1024 as wide as the page", "media", "D WXC", place("image:1", 16, None, 736, 552),
            view={"width": 768.0}, media=(shot(4 / 3),)),
    article("pictures in their order", "media", "WXC", beside(["image:1", "image:2", "image:3"], down=True),
            media=shots(1, 2, 1)),
    article("a picture stands where the text has it", "media", "WXC",
            beside(["body:1", "image:1", "body:3"], down=True), text="甲\n\n![](1.jpg)\n\n乙", media=shots(1)),
    article("a long text is never folded", "fold", "WXC", whole("body:1", 60), text="字" * 20 * 60),
    article("the title is whole on the page", "fold", "NR", whole("title", 5), title=LONG),
    article("an address is plain text", "structure", "R", equal(
        "runs", lambda card: named(card, "body:1").runs, ()), text="见 https://example.com/a"),
    article("original, author, account, time", "structure", "WXP", beside(["original", "author", "name", "time"]),
            options={"original": True, "author": "梅"}),
    article("no mark without its being original", "structure", "WXP", lacks("original"), options={"author": "梅"}),
    article("the mark", "structure", "WXP", says("original", "原创"), view=ZH, options={"original": True}),
    article("like, share, wow, comment", "structure", "WXP", order(
        ["action:like", "action:share", "action:wow", "action:comment"], "action:"), options={"open_comment": "1"}),
    article("no comments, no way to write one", "structure", "WXP", lacks("action:comment")),
    article("赞", "structure", "WXP", says("label:like", "赞"), view=ZH),
    article("推荐", "structure", "WXP", says("label:wow", "推荐"), view=ZH),
    article("写留言", "structure", "WXP", says("label:comment", "写留言"), view=ZH, options={"open_comment": "1"}),
    article("讚", "structure", "R", says("label:like", "讚"), view=TW),
    article("account left of what a reader can do", "structure", "WXP",
            beside(["bar.avatar", "bar.name", "action:like"])),
    article("阅读原文", "structure", "R", says("link", "阅读原文"), view=ZH, link="https://example.com"),
    article("no link, no 阅读原文", "structure", "R", lacks("link")),
    article("a title of 64", "structure", "NR", counts("title", 64), title=LONG),
    article("month and day are not padded", "structure", "WXP", says("time", "2026年3月5日 09:05"),
            view=at(datetime(2026, 3, 5, 9, 5, tzinfo=CHINA))),
    article("text", "colour", "D WU", ink("text", "#191919")),
    article("account", "colour", "WXC", ink("name", "#576b95")),
    article("time", "colour", "D WXC", ink("time", "#b2b2b2")),
    article("dark ground", "colour", "WU", ink("card", "#191919"), view=DARK),
    article("dark link", "colour", "WU", ink("link", "#7d90a9"), view=DARK),
    article("line of a quote", "colour", "WXC", ink("body:1.bar", "#dbdbdb"), text="> 引"),
    article("title", "metrics", "WXC", font("title", 22, 30.8)),
    article("body", "metrics", "WXC", font("body:1", 17, 27.2), text="甲"),
    article("row of author and time", "metrics", "WXC", font("name", 15, 20)),
    article("mark of an original", "metrics", "WXC", font("original", 12), options={"original": True}),
    article("20 above, 16 beside", "metrics", "WXC", place("title", 16, 20, 343, 30.8)),
    article("32 above from 1024 on", "metrics", "WXC", place("title", 173.5, 32, 677, 30.8), view={"width": 1024.0}),
    article("the text begins below title and row", "metrics", "D WXC", place("body:1", 16, 116.8, 343, 27.2),
            text="甲"),
    article("a quote is set in by 13", "metrics", "D WXC", place("body:1", 29, 116.8, 330, 27.2), text="> 引"),
    article("its line is 3 wide", "metrics", "WXC", place("body:1.bar", 16, 116.8, 3, 27.2), text="> 引"),
]  # fmt: skip

STAGE = {"9:16": (9 / 16, 500), "3:4": (3 / 4, 500), "4:5": (4 / 5, 468.75), "1:1": (1, 375), "4:3": (4 / 3, 281.25),
         "16:9": (16 / 9, 281.25), "2.35:1": (2.35, 281.25)}
TIMES = {
    "刚刚": timedelta(seconds=59), "1分钟前": timedelta(seconds=60), "59分钟前": timedelta(minutes=59, seconds=59),
    "今天09:00": timedelta(hours=1), "昨天23:59": timedelta(hours=10, minutes=1), "11月28日10:00": timedelta(days=2),
    "1月1日10:00": timedelta(days=333), "2025年12月31日10:00": timedelta(days=334),
}
IMAGE = [
    *(post(f"a first picture of {name}", "media", "D WXP", place("stage", 0, 0, 375, high), media=shots(ratio, 1))
      for name, (ratio, high) in STAGE.items()),
    post("at 412 too", "media", "D WXP", place("stage", 0, 0, 412, 549.3), view={"width": 412.0}, media=shots(3 / 4)),
    post("the second stands whole on the first one's stage", "media", "D WXP", place("image:2", 82, 0, 211, 375),
         view={"page": 1}, media=shots(1, 9 / 16)),
    post("a wide second one", "media", "D WXP", place("image:2", 0, 144.5, 375, 211), view={"page": 1},
         media=shots(3 / 4, 16 / 9)),
    post("only the first decides", "media", "D WXP", place("stage", 0, 0, 375, 281.25), view={"page": 1},
         media=shots(2, 9 / 16)),
    post("a 3:4 stage where it is wide", "media", "D WXP", equal(
        "shape", lambda card: named(card, "stage").w / named(card, "stage").h, 0.75, 0.001), view={"width": 1024.0},
         media=shots(2, 1)),
    post("a long text is folded", "fold", "R", folds("body", 3, "… 展开"), view=ZH, text="字" * 200),
    post("three lines are not", "fold", "R", whole("body", 3), text="字" * 60),
    post("all of it", "fold", "R", whole("body", 10), view={"unfolded": True}, text="字" * 200),
    post("nine dots", "structure", "WXP", has(*(f"dot:{n}" for n in range(1, 10))), media=shots(*[1] * 9)),
    post("never more than nine", "structure", "WXP", equal("dots", lambda card: len(sizes(card)), 9),
         media=shots(*[1] * 15)),
    post("dots grow small where there are more", "structure", "WXP", equal(
        "sizes", lambda card: (sizes(card)[0] < sizes(card)[1] < sizes(card)[2] == sizes(card)[4],
                               sizes(card)[-1] < sizes(card)[-2] < sizes(card)[-3]), (True, True)),
         view={"page": 7}, media=shots(*[1] * 15)),
    post("at the beginning only on the right", "structure", "WXP", equal(
        "sizes", lambda card: (sizes(card)[0] == sizes(card)[3], sizes(card)[-1] < sizes(card)[-2]), (True, True)),
         media=shots(*[1] * 15)),
    post("dots are 8 apart", "structure", "WXP", equal("pitch", pitch, 8.0, 0.01), media=shots(1, 1, 1)),
    post("no dots for one", "structure", "WXP", lacks("dot:", "number"), media=shots(1)),
    post("its number", "structure", "WXP", says("number", "2/3"), view={"page": 1}, media=shots(1, 1, 1)),
    post("a page that is not there is the last", "structure", "WXP", says("number", "3/3"), view={"page": 9},
         media=shots(1, 1, 1)),
    post("pictures, title, text, time", "structure", "WXP", beside(["stage", "title", "body", "time"], down=True),
         text="甲", media=shots(1)),
    *(post(said, "structure", "WXP", says("time", said), view=at(NOW - ago)) for said, ago in TIMES.items()),
    post("一分鐘", "structure", "R", says("time", "1分鐘前"), view=at(NOW - timedelta(seconds=60), "zh_TW")),
    post("number on the stage", "colour", "R", ink("on-badge", "#ffffff"), media=shots(1, 1)),
    post("account", "colour", "WU", ink("name", "#576b95")),
    post("dark ground", "colour", "WU", ink("card", "#191919"), view=DARK),
    post("title", "metrics", "WXC", font("title", 22, 30.8)),
    post("text", "metrics", "WXC", font("body", 17, 27.2), text="甲"),
    post("number", "metrics", "R", font("number", 14), media=shots(1, 1)),
]  # fmt: skip

COVER = {"media": (shot(2),)}
LISTED = [
    case("list", "a cover of 2.35:1", "media", "D WXP", place("image:cover", 32, None, 311, 132.3), **COVER),
    case("list", "its crop", "media", "D WXP", crop("image:cover", (0, 0.0745, 1, 0.851)), **COVER),
    case("list", "the chosen cover", "media", "R", equal("media", lambda card: named(card, "image:cover").media, "m2"),
         media=shots(2, 1), options={"cover": "2.jpg"}),
    case("list", "three pictures of an image post in one strip", "media", "DC", places(
        [(0, 0, 102.3, 132.3), (104.3, 0, 102.3, 132.3), (208.7, 0, 102.3, 132.3)]), media=shots(1, 1, 1),
         options=POST),
    case("list", "the first three of many", "media", "DC", lacks("image:4"), media=shots(1, 1, 1, 1, 1), options=POST),
    case("list", "two: the first at 16:9", "media", "DC", places([(0, 0, 311, 174.9)]), media=shots(1, 1),
         options=POST),
    case("list", "a title of two lines", "fold", "NR", folds("title", 2, "…"), title=LONG),
    case("list", "a short one is whole", "fold", "NR", whole("title", 1)),
    case("list", "account, cover, title", "structure", "R", beside(["avatar", "image:cover", "title"], down=True),
         **COVER),
    case("list", "time on the right", "structure", "R", beside(["avatar", "name", "time"])),
    case("list", "ends with the padding", "structure", "R", equal("right", gap_right("time", 375), 32.0, 0.01)),
    case("list", "ground", "colour", "WU", ink("page", "#ededed")),
    case("list", "dark ground", "colour", "WU", ink("page", "#111111"), view=DARK),
    case("list", "title", "metrics", "R", font("title", 17, 23.8)),
    case("list", "account's picture", "metrics", "R", place("avatar", 32, 24, 24, 24)),
]  # fmt: skip

SMALLER = [
    case("list-small", "a square of 56 on the right", "media", "R", place("image:cover", 287, None, 56, 56), **COVER),
    case("list-small", "the square cover", "media", "WXP", crop("image:cover", (0.25, 0, 0.5, 1)), **COVER),
    case("list-small", "around what matters", "media", "R", crop("image:cover", (0.5, 0, 0.5, 1)),
         media=(replace(shot(2), focus=(1.0, 0.5)),)),
    case("list-small", "first of an image post", "media", "R", equal(
        "media", lambda card: named(card, "image:cover").media, "m1"), media=shots(1, 1, 1), options=POST),
    case("list-small", "a title of two lines", "fold", "NR", folds("title", 2, "…"), title=LONG),
    case("list-small", "title left of the picture", "structure", "NB", beside(["title", "image:cover"]), **COVER),
    case("list-small", "below the account", "structure", "R", beside(["avatar", "title"], down=True), **COVER),
    case("list-small", "no large cover", "structure", "NB", equal(
        "height", lambda card: named(card, "image:cover").h <= 64, True), **COVER),
    case("list-small", "card", "colour", "WU", ink("card", "#ffffff")),
    case("list-small", "title", "metrics", "R", font("title", 17, 23.8)),
    case("list-small", "as high as its parts", "metrics", "R", tall(8 + 16 + 24 + 12 + 56 + 16 + 8), **COVER),
]  # fmt: skip

OTHERS = {"others": shots(*[1] * 9)}
PUSH = [
    case("push", "a cover of 2.35:1", "media", "D WXP", place("image:cover", 16, 8, 343, 146), **COVER),
    case("push", "squares for the others", "media", "NC", place("cell:2", 295, None, 48, 48), view=OTHERS, **COVER),
    case("push", "their crop", "media", "D NC", crop("cell:2", (0.25, 0, 0.5, 1)), view={"others": shots(2)}, **COVER),
    case("push", "in their order", "media", "R", beside([f"cell:{n}" for n in range(2, 9)], down=True), view=OTHERS,
         **COVER),
    case("push", "a title of two lines", "fold", "NR", folds("title", 2, "…"), title=LONG, **COVER),
    case("push", "eight at most", "structure", "NR", has("cell:8"), view=OTHERS, **COVER),
    case("push", "not nine", "structure", "NR", lacks("cell:9"), view=OTHERS, **COVER),
    case("push", "title over the cover's foot", "structure", "R", equal(
        "inside", lambda card: named(card, "title").y + named(card, "title").h, 8 + 146 - 12, 1.0), **COVER),
    case("push", "words left, picture right", "structure", "R", beside(["row:2", "cell:2"]), view=OTHERS, **COVER),
    case("push", "a line between", "structure", "R", has("line:2", "line:3"), view=OTHERS, **COVER),
    case("push", "title", "colour", "R", ink("title", "#ffffff"), **COVER),
    case("push", "ground", "colour", "WU", ink("page", "#ededed")),
    case("push", "title", "metrics", "R", font("title", 17, 23.8), **COVER),
    case("push", "a row is 73 high", "metrics", "R", tall(8 + 146 + 2 * 73 + 8, 2.0), **COVER),
]  # fmt: skip

SHARE = [
    case("share", "a bubble of 245", "media", "R", place("bubble", 60, 12, 245), **COVER),
    case("share", "a square of 48 on the right", "media", "R", place("image:cover", 245, None, 48, 48), **COVER),
    case("share", "the square cover", "media", "WXP", crop("image:cover", (0.25, 0, 0.5, 1)), **COVER),
    case("share", "an image post that stands: 3:4", "media", "DC", place("image:1", 60, 12, 245, 326.7),
         media=shots(9 / 16), options=POST),
    case("share", "one that lies: 4:3", "media", "DC", place("image:1", 60, 12, 245, 183.75), media=shots(2),
         options=POST),
    case("share", "a title of two lines", "fold", "R", folds("title", 2, "…"), title=LONG),
    case("share", "a summary of three", "fold", "R", folds("about", 3, "…"), options={"digest": "字" * 120}),
    case("share", "title, summary, account", "structure", "R", beside(["title", "about", "line", "name"], down=True),
         text="甲", **COVER),
    case("share", "no summary: the first 54 characters", "structure", "NR", equal(
        "summary", lambda card: named(card, "about").text, "a" * 54), text="a" * 60, **COVER),
    case("share", "summary left of the picture", "structure", "R", beside(["about", "image:cover"]), text="甲",
         **COVER),
    case("share", "account below", "structure", "R", beside(["avatar", "name"])),
    case("share", "ground", "colour", "WU", ink("page", "#ededed")),
    case("share", "bubble", "colour", "R", ink("bubble", "#ffffff")),
    case("share", "title", "metrics", "R", font("title", 17)),
    case("share", "summary", "metrics", "R", font("about", 12), text="甲"),
    case("share", "account's picture", "metrics", "R", place("avatar", 72, None, 18, 18)),
]  # fmt: skip

MOMENTS = [
    case("moments", "a square of 40 on the left", "media", "R", place("image:cover", 71, None, 40, 40), **COVER),
    case("moments", "the square cover", "media", "WXP", crop("image:cover", (0.25, 0, 0.5, 1)), **COVER),
    case("moments", "first of an image post", "media", "R", place("image:1", 71, None, 40, 40), media=shots(1, 1, 1),
         options=POST),
    case("moments", "a title of two lines", "fold", "R", folds("title", 2, "…"), title=LONG),
    case("moments", "no summary", "structure", "R", lacks("about"), text="甲", **COVER),
    case("moments", "friend, box, time", "structure", "R", beside(["friend", "link", "time"], down=True)),
    case("moments", "title right of the picture", "structure", "R", beside(["image:cover", "title"]), **COVER),
    case("moments", "box", "colour", "R", ink("box", "#f7f7f7")),
    case("moments", "friend", "colour", "WU", ink("friend", "#576b95")),
    case("moments", "title", "metrics", "R", font("title", 14, 20)),
    case("moments", "box is 50 high", "metrics", "R", place("link", 66, None, 293, 50), **COVER),
]  # fmt: skip
CASES = [*ARTICLE, *IMAGE, *LISTED, *SMALLER, *PUSH, *SHARE, *MOMENTS]
