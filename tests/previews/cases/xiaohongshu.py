"""Xiaohongshu: replicas of the web client (XW, XC), title counting (XHM), limits (AT); the rest is recalled (R)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from studio.core.post import Media
from tests.previews.reference import (
    beside,
    cases_of,
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
    says,
    shot,
    shots,
    tall,
    whole,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=8)))
WITHOUT = {"note": ("fold",), "desktop": ("fold",)}
OTHERS = {"others": shots(1, 4 / 3, 3 / 4)}
TITLE = "周" * 11 + "末" * 12  # 156 px are 11 characters of 14: two lines are 22


case = cases_of("xiaohongshu", "note", mode="assisted")


def ago(**time: float) -> dict[str, object]:
    return {"language": "zh_CN", "now": NOON, "posted": NOON - timedelta(**time)}


def pages(card):
    return card.pages, card.page


def coloured(card):
    body = named(card, "body")
    return [(body.text[run.start : run.end], run.token) for run in body.runs]


NOTE = [
    case("3:4", "media", "R", place("image:1", x=0, w=375, h=500), media=shots(3 / 4)),
    case("9:16 is no taller", "media", "R", place("image:1", w=375, h=500), media=shots(9 / 16)),
    case("a square", "media", "R", place("image:1", w=375, h=375), media=shots(1)),
    case("4:3", "media", "R", place("image:1", w=375, h=281.25), media=shots(4 / 3)),
    case("16:9 is no wider", "media", "R", place("image:1", w=375, h=281.25), media=shots(16 / 9)),
    case("16:9 is cut at its sides", "media", "D R", crop("image:1", (0.125, 0, 0.75, 1)), media=shots(16 / 9)),
    case("the first gives the shape of all", "media", "R", place("image:2", x=46.9, w=281.25, h=375),
         media=shots(1, 3 / 4), view={"page": 1}),
    case("a clip", "media", "R", place("video:1", w=375, h=500), media=(shot(9 / 16, "video"),)),
    case("which of them", "structure", "XW", says("number", "3/9"), media=shots(*[1] * 9), view={"page": 2}),
    case("nine to swipe", "structure", "XW", equal("pages", pages, (9, 8)), media=shots(*[1] * 9), view={"page": 99}),
    case("no pill for one", "structure", "R", lacks("number", "dot"), media=shots(1)),
    case("a dot each", "structure", "XW", equal(
        "dots", lambda c: sum(b.name.startswith("dot:") for b in c.boxes), 5), media=shots(*[1] * 5)),
    case("the dot of the one shown", "structure", "R", ink("dot:3", "#ff2442"), media=shots(*[1] * 5),
         view={"page": 2}),
    case("answers", "structure", "XW", order(["action:like", "action:collect", "action:comment"], "action:")),
    case("a field before them", "structure", "XW", beside(
        ["field", "action:like", "action:collect", "action:comment"])),
    case("what the field says", "structure", "XW", says("say", "说点什么..."), view={"language": "zh_CN"}),
    case("title, text, time", "structure", "XW", beside(["title", "body", "time"], down=True), text="周末",
         title="去哪儿"),
    case("a long text is whole", "structure", "XW", whole("body"), text="周末\n" * 200),
    case("minutes", "structure", "R", says("time", "5分钟前"), view=ago(minutes=5)),
    case("yesterday", "structure", "R", says("time", "昨天 12:00"), view=ago(days=1)),
    case("days", "structure", "R", says("time", "3天前"), view=ago(days=3)),
    case("this year", "structure", "R", says("time", "11-08"), view=ago(days=16)),
    case("an emoji counts two in a title", "structure", "XHM", counts("title", 2, 20), title="👍"),
    case("forty letters fit", "structure", "XHM", counts("title", 20, 20), title="a" * 40),
    case("a thousand characters", "structure", "XHM", counts("text", 1000, 1000), text="周" * 1000),
    case("topics", "colour", "XW", ink("link", "#13386c")),
    case("a topic in the text", "colour", "XW", equal("what is coloured", coloured, [("#咖啡", "link")]),
         text="去 #咖啡 吧"),
    case("it ends with its word", "colour", "R", equal("what is coloured", coloured, [
        ("#咖啡", "link"), ("@小明", "link")]), text="去了#咖啡，好喝！和@小明。走走"),
    case("text", "colour", "XC", ink("text", "#333333")),
    case("title's font", "metrics", "XW", font("title", 18, 25.2, 600), title="去哪儿"),
    case("text's font", "metrics", "XW", font("body", 16, 24), text="周末"),
    case("time's font", "metrics", "XW", font("time", 14)),
]  # fmt: skip


def card(name, part, source, check, surface="waterfall", view=None, **given):
    return case(name, part, source, check, surface, view, **given)


def both(name, part, source, check, view=None, **given):
    """The same card in the feed and on a profile."""
    return [card(name, part, source, check, surface, view, **given) for surface in ("waterfall", "profile")]


FEED = [
    card("3:4 in a column of 180", "media", "R", place("image:1", 5, 5, 180, 240), media=shots(3 / 4)),
    card("9:16 is no taller", "media", "R", place("image:1", 5, 5, 180, 240), media=shots(9 / 16)),
    card("a square", "media", "R", place("image:1", 5, 5, 180, 180), media=shots(1)),
    card("16:9 is no wider than 4:3", "media", "R", place("image:1", 5, 5, 180, 135), media=shots(16 / 9)),
    card("the second column", "media", "R", place("cell:2", 190, 5, 180, 180), media=shots(1), view=OTHERS),
    card("the third goes into the shorter one", "media", "XC",
         equal("its left edge", lambda c: named(c, "cell:3").x, 190.0), media=shots(3 / 4),
         view={"others": shots(4 / 3, 1)}),
    card("the first picture is the cover", "media", "R", lacks("image:2"), media=shots(1, 1, 1)),
    card("a clip's cover", "structure", "XC", has("play", "image:1"), media=(shot(3 / 4, "video"),)),
    card("its badge in the top right corner", "structure", "XC", equal(
        "from the corner", lambda c: (named(c, "play.ground").x + 24 - 185, named(c, "play.ground").y - 5), (-8, 8)),
        media=(shot(3 / 4, "video"),)),
]  # fmt: skip

PROFILE = [
    card("3:4", "media", "R", place("cell:1", 5, 5, 180, 240), "profile", media=shots(3 / 4)),
    card("4:3", "media", "R", place("cell:1", 5, 5, 180, 135), "profile", media=shots(4 / 3)),
    card("a strip is cut to 4:3", "media", "D R", crop("cell:1", (0.25, 0, 0.5, 1)), "profile", media=shots(8 / 3)),
    card("the one before it", "media", "R", place("cell:2", 190, 5, 180, 180), "profile", media=shots(1), view=OTHERS),
    card("a post of a clip", "structure", "XC", has("play"), "profile", media=(shot(3 / 4, "video"),)),
]  # fmt: skip

CARD = [
    *both("two lines of title", "fold", "XW", folds("title", 2), title=TITLE, media=shots(1)),
    *both("they end with an ellipsis", "fold", "XW", folds("title", ends="…", shown=21), title=TITLE),
    *both("22 characters are whole", "fold", "D XW", whole("title", 2), title=TITLE[:22]),
    *both("without a title the text stands there", "fold", "R", says("title", "周末 去哪儿"), text="周末\n去哪儿"),
    *both("no text below the title", "structure", "XW", lacks("body"), title="周末", text="去哪儿"),
    *both("who, then the heart and its word", "structure", "XW", beside(
        ["avatar", "name", "action:like", "label:like"]), title="周末", media=shots(1)),
    *both("nobody liked it yet", "structure", "R", says("label:like", "赞"), view={"language": "zh_CN"}, title="周末"),
    *both("the title's ink", "colour", "XW", ink("title", "#333333"), title="周末"),
    *both("the author's ink", "colour", "XW", ink("name", "#333333cc"), title="周末"),
    *both("the brand", "colour", "XHM", ink("avatar", "#ff2442")),
    *both("title's font", "metrics", "XW", font("title", 14, 19.6, 500), title="周末"),
    *both("name's font", "metrics", "XW", font("name", 12), title="周末"),
    *both("the author's picture", "metrics", "XW", place("avatar", x=17, w=20, h=20), title="周末"),
    *both("the heart", "metrics", "XW", place("action:like", w=16, h=16), title="周末"),
]  # fmt: skip


def web(name, part, source, check, view=None, **given):
    return case(name, part, source, check, "desktop", view, **given)


WEB = [
    web("3:4 beside a panel of 424", "media", "XC", place("image:1", 0, 0, 476, 634.7), media=shots(3 / 4)),
    web("wider at 1200", "media", "D XC", place("image:1", x=0, w=776, h=1034.7), view={"width": 1200.0},
        media=shots(3 / 4)),
    web("a square in the middle of it", "media", "XC", place("image:1", x=0, w=476, h=476), media=shots(1)),
    web("16:9", "media", "D R", place("image:1", w=476, h=357), media=shots(16 / 9)),
    web("where the words begin", "structure", "XC", equal("the stage", lambda c: named(c, "stage").w, 476.0),
        media=shots(1)),
    web("answers", "structure", "XW", order(["action:like", "action:collect", "action:comment"], "action:")),
    web("which of them", "structure", "XW", says("number", "2/3"), media=shots(1, 1, 1), view={"page": 1}),
    web("no dots", "structure", "R", lacks("dot"), media=shots(1, 1, 1)),
    web("topics", "colour", "XW", ink("link", "#13386c")),
    web("title", "metrics", "XW", font("title", 18, 25.2, 600), title="去哪儿"),
    web("text", "metrics", "XW", font("body", 16, 24), text="周末"),
    web("eighteen pictures", "structure", "AT", equal("pages", pages, (18, 0)),
        media=tuple(Media(f"m{n}", "image", "a.jpg", 9, 9) for n in range(18))),
]  # fmt: skip

def clip(name, part, source, check, view=None, **given):
    given = {"media": (shot(9 / 16, "video"),), **given}
    return case(name, part, source, check, "clip", view, **given)


SCREEN = [
    clip("the screen of a phone", "media", "R", tall(812)),
    clip("a larger one", "media", "R", tall(915), view={"width": 412.0}),
    clip("9:16 fills what is above the bar", "media", "R", place("video:1", 0, 0, 375, 728)),
    clip("and loses its sides", "media", "D R", crop("video:1", (0.0421, 0, 0.9158, 1))),
    clip("16:9 is whole, in the middle", "media", "D R", place("video:1", 0, 258.5, 375, 210.9),
         media=(shot(16 / 9, "video"),)),
    clip("who, title, text, from above", "structure", "R", beside(["avatar", "title", "body", "field"], down=True),
         title="去哪儿", text="周末"),
    clip("a button to follow", "structure", "R", says("follow", "关注"), view={"language": "zh_CN"}),
    clip("answers", "structure", "XW", order(["action:like", "action:collect", "action:comment"], "action:")),
    clip("a field before them", "structure", "XW", beside(["field", "action:like", "action:collect"])),
    clip("without a clip", "structure", "R", says("no_media", "还没有视频"), media=(), view={"language": "zh_CN"}),
    clip("one line of text", "fold", "R", folds("body", 1, "… 展开"), text="周" * 40, view={"language": "zh_CN"}),
    clip("line breaks fold too", "fold", "R", folds("body", 1), text="周末\n去哪儿"),
    clip("unfolded", "fold", "R", whole("body"), text="周" * 40, view={"unfolded": True}),
    clip("its ground", "colour", "R", ink("screen", "#000000")),
    clip("brand", "colour", "XHM", ink("follow", "#ff2442")),
    clip("name", "metrics", "R", font("name", 15, weight=600)),
    clip("text", "metrics", "R", font("body", 14, 20), text="周末"),
]  # fmt: skip

CASES = [*SCREEN, *NOTE, *FEED, *PROFILE, *CARD, *WEB]
