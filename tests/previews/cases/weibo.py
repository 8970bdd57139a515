"""Weibo: the app's feed as YYKit's demo measured it (YY), m.weibo.cn (WBM, WBV), colours of weibo.com (TK, TKD)."""

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
    places,
    says,
    shot,
    shots,
    tall,
    whole,
)  # fmt: skip

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=8)))
# Width of a screen -> one cell, two of them with their gap, three, the longest side of one, a square of unknown size.
ROWS = {
    375: (114.5, 233.0, 351.5, 233.0, 175.5), 390: (119.33, 242.67, 366.0, 242.67, 183.0),
    393: (120.33, 244.67, 369.0, 244.67, 184.67), 414: (127.33, 258.67, 390.0, 258.67, 195.0),
}  # fmt: skip
UNKNOWN = Media("m1", "image", "a.jpg", 0, 0)


case = cases_of("weibo", "feed", mode="assisted")


def cells(number: int, side: float, columns: int = 3, room: float = 1e9) -> list[tuple[float, float, float, float]]:
    """Rows of the same squares, 4 px apart; the last column is no wider than the room."""
    step = side + 4
    return [
        (n % columns * step, n // columns * step, min(side, room - n % columns * step), side) for n in range(number)
    ]


def bottom(stem: str = "image:"):
    """How high all pictures are together."""

    def of(card):
        got = [b for b in card.boxes if b.name.startswith(stem)]
        return max(b.y + b.h for b in got) - min(b.y for b in got)

    return of


def exact(of: str, got, wanted: float):
    return equal(of, got, wanted, 0.01)


GRID = [
    made
    for screen, (w3, two, three, longest, square) in ROWS.items()
    for made in (
        case(f"a cell at {screen}", "media", "YY", exact("the side", lambda c: named(c, "image:1").h, w3),
             view={"width": float(screen)}, media=shots(1, 1)),
        case(f"two rows at {screen}", "media", "D YY", exact("two rows", bottom(), two), view={"width": float(screen)},
             media=shots(*[1] * 6)),
        case(f"three rows at {screen}", "media", "D YY", exact("three rows", bottom(), three),
             view={"width": float(screen)}, media=shots(*[1] * 9)),
        case(f"the longest side of one at {screen}", "media", "YY",
             exact("the width", lambda c: named(c, "image:1").w, longest), view={"width": float(screen)},
             media=shots(16 / 9)),
        case(f"unknown size at {screen}", "media", "YY",
             exact("the side", lambda c: named(c, "image:1").w, square), view={"width": float(screen)},
             media=(UNKNOWN,)),
    )
]  # fmt: skip

FEED = [
    *GRID,
    case("two in a row", "media", "YY", places(cells(2, 119.33)), view={"width": 390.0}, media=shots(1, 1)),
    case("three in a row", "media", "YY", places(cells(3, 119.33)), view={"width": 390.0}, media=shots(1, 1, 1)),
    case("four are two by two of small cells", "media", "YY", places(cells(4, 119.33, 2)), view={"width": 390.0},
         media=shots(1, 1, 1, 1)),
    case("five in two rows", "media", "YY", places(cells(5, 119.33)), view={"width": 390.0}, media=shots(*[1] * 5)),
    case("seven in three rows", "media", "YY", places(cells(7, 119.33)), view={"width": 390.0},
         media=shots(*[2] * 7)),
    case("nine at 375 keep to the column", "media", "D YY", places(cells(9, 114.5, room=351)), media=shots(*[1] * 9)),
    case("one wide", "media", "YY", place("image:1", w=242.67, h=121.33), view={"width": 390.0}, media=shots(2)),
    case("one tall", "media", "YY", place("image:1", w=121.33, h=242.67), view={"width": 390.0}, media=shots(0.5)),
    case("a tall one keeps its top", "media", "YY", crop("image:1", (0, 0, 1, 0.5)), media=shots(0.5, 1)),
    case("a wide one keeps its middle", "media", "YY", crop("image:1", (0.25, 0, 0.5, 1)), media=shots(2, 1)),
    case("ten are nine and one more", "media", "R", says("others", "+1"), media=shots(*[1] * 10)),
    case("eighteen", "media", "R", says("others", "+9"), media=shots(*[1] * 18)),
    case("by the API one picture goes", "structure", "R", lacks("image:2"), media=shots(1, 1, 1), mode="api"),
    case("badge of a tall one", "structure", "WBV", says("badge:1", "长图"), view={"language": "zh_CN"},
         media=shots(0.3, 1)),
    case("no badge at three to one", "structure", "WBV", lacks("badge"), media=(Media("m", "image", "a", 100, 300),)),
    case("badge of a strip", "structure", "WBV", has("badge:1"), media=(Media("m", "image", "a.jpg", 900, 200),)),
    case("a low strip has none", "structure", "WBV", lacks("badge"), media=(Media("m", "image", "a", 900, 100),)),
    case("badge of what moves", "structure", "YY", says("badge:1", "GIF"), media=(Media("m", "image", "a.gif", 9, 9),)),
    case("the badge's size and corner", "structure", "YY",
         equal("its place from the picture's corner", lambda c: (
             named(c, "badge:1").w, named(c, "badge:1").h,
             named(c, "image:1").x + named(c, "image:1").w - named(c, "badge:1").x,
         ), (28, 18, 28)), media=(Media("m", "image", "a.gif", 900, 900),)),
    case("video 16:9", "media", "R", place("video:1", w=351, h=197.4), media=(shot(16 / 9, "video"),)),
    case("upright video", "media", "R", place("video:1", w=233, h=310.7), media=(shot(9 / 16, "video"),)),
    case("140 are whole", "fold", "R", whole("body"), text="周" * 140),
    case("141 fold", "fold", "WBM", folds("body", ends="...全文", shown=140), text="周" * 141,
         view={"language": "zh_CN"}),
    case("two letters count one", "fold", "R", whole("body"), text="a" * 280),
    case("281 letters fold", "fold", "WBM", folds("body", ends="...全文", shown=280), text="a" * 281),
    case("a topic is not cut", "fold", "WBM", folds("body", ends="...全文", shown=138), text="周" * 138 + "#城市漫步#"),
    case("an emoji is not cut", "fold", "WBM", folds("body", ends="...全文", shown=139), text="周" * 139 + "👨‍👩‍👧了"),
    case("unfolded", "fold", "WBM", whole("body"), text="周" * 400, view={"unfolded": True}),
    case("it can be folded again", "fold", "R", says("less", "收起"), text="周" * 400, view={"unfolded": True}),
    case("lines of 20", "metrics", "D YY", whole("body", 3), text="周" * 60),
    case("an address is an icon and words", "structure", "YY", says("body", "看 〓网页链接 吧"),
         text="看 https://example.com/a/b 吧"),
    case("icon of the address", "structure", "YY", place("link.icon:1", x=12 + 1.5 * 17, w=17, h=17),
         text="看 https://example.com/a"),
    case("an address that became the card is not repeated", "structure", "YY", says("body", "周末"),
         text="周末", link="https://example.com/a"),
    case("link card", "structure", "YY", place("link", x=12, w=351, h=70), text="周末", link="https://example.com/a"),
    case("its picture", "structure", "YY", place("link.image", x=12, w=70, h=70), text="a", link="https://example.com"),
    case("pictures before the card", "structure", "YY", lacks("link.image", "link.title"), text="a", media=shots(1),
         link="https://example.com"),
    case("super topic", "structure", "R", says("body", "去〓北京超话"), text="去#北京[超话]#"),
    case("actions", "structure", "YY", order(["action:repost", "action:comment", "action:like"], "action:")),
    case("from left to right", "structure", "YY", beside(["label:repost", "label:comment", "label:like"])),
    case("the labels", "structure", "YY", says("label:like", "赞"), view={"language": "zh_CN"}),
    case("just now", "structure", "YY", says("time", "刚刚"), view={
        "language": "zh_CN", "now": NOON, "posted": NOON - timedelta(minutes=9, seconds=59)}),
    case("minutes", "structure", "YY", says("time", "10分钟前"), view={
        "language": "zh_CN", "now": NOON, "posted": NOON - timedelta(minutes=10)}),
    case("hours", "structure", "YY", says("time", "3小时前"), view={
        "language": "zh_CN", "now": NOON, "posted": NOON - timedelta(hours=3)}),
    case("yesterday", "structure", "YY", says("time", "昨天 21:05"), view={
        "language": "zh_CN", "now": NOON, "posted": datetime(2026, 11, 23, 21, 5, tzinfo=NOON.tzinfo)}),
    case("this year", "structure", "YY", says("time", "11-8"), view={
        "language": "zh_CN", "now": NOON, "posted": datetime(2026, 11, 8, 9, 0, tzinfo=NOON.tzinfo)}),
    case("another year", "structure", "YY", says("time", "25-11-08"), view={
        "language": "zh_CN", "now": NOON, "posted": datetime(2025, 11, 8, 9, 0, tzinfo=NOON.tzinfo)}),
    case("avatar", "structure", "YY", place("avatar", 12, 15, 40, 40)),
    case("name", "structure", "YY", place("name", x=66)),
    case("body below the row of 56", "structure", "YY", place("body", 12, 66, 351), text="周末"),
    case("without media", "structure", "D YY", tall(15 + 41 + 10 + 22.8 + 4 + 10 + 0.5 + 35 + 2), text="周末"),
    case("140 counted", "structure", "R", counts("text", 140, 2000), text="周" * 140),
    case("link", "colour", "YY", ink("link", "#527ead")),
    case("name's colour", "colour", "YY", ink("name", "#333333")),
    case("time's colour", "colour", "YY", ink("time", "#828282")),
    case("actions' colour", "colour", "YY", ink("action", "#929292")),
    case("dark card", "colour", "TKD", ink("card", "#16161a"), view={"theme": "dark"}),
    case("dark text", "colour", "TKD", ink("text", "#d3d3d3"), view={"theme": "dark"}),
    case("dark link", "colour", "TKD", ink("link", "#d36747"), view={"theme": "dark"}),
    case("link card's ground", "colour", "YY", ink("fill", "#f7f7f7")),
    case("text", "metrics", "YY", font("body", 17, 22.8), text="周末"),
    case("name's font", "metrics", "YY", font("name", 16)),
    case("time's font", "metrics", "YY", font("time", 12)),
    case("actions' font", "metrics", "YY", font("label:like", 14)),
    case("card's title", "metrics", "YY", font("link.title", 16, 20), text="a", link="https://example.com"),
    case("card's description", "metrics", "YY", font("link.about", 12, 20), text="a", link="https://example.com"),
]  # fmt: skip


def web(name, part, source, check, view=None, **given):
    return case(name, part, source, check, "desktop", view, **given)


SIDE = (460 + 4) / 3 - 4  # the column is 560 - 20 - 48 - 12 - 20 wide

DESKTOP = [
    web("rows of three", "media", "YY", places(cells(6, SIDE)), media=shots(*[1] * 6)),
    web("four", "media", "YY", places(cells(4, SIDE, 2)), media=shots(*[1] * 4)),
    web("twelve are nine and three more", "media", "R", says("others", "+3"), media=shots(*[1] * 12)),
    web("a tall one keeps its top", "media", "YY", crop("image:2", (0, 0, 1, 0.5)), media=shots(1, 0.5)),
    web("141 fold", "fold", "WBM", folds("body", ends="...展开", shown=140), text="周" * 141,
        view={"language": "zh_CN"}),
    web("traditional label", "fold", "R", folds("body", ends="...展開"), text="周" * 141,
        view={"language": "zh_TW"}),
    web("140 are whole", "fold", "R", whole("body"), text="周" * 140),
    web("unfolded", "fold", "R", says("less", "收起"), text="周" * 150, view={"unfolded": True}),
    web("all of it beside the picture", "structure", "R", place("body", x=80, w=460), text="周末"),
    web("avatar of 48", "structure", "R", place("avatar", x=20, w=48, h=48)),
    web("actions", "structure", "YY", order(["action:repost", "action:comment", "action:like"], "action:")),
    web("what moves", "structure", "WBV", says("badge:1", "动图"), view={"language": "zh_CN"},
        media=(Media("m", "image", "a.gif", 9, 9),)),
    web("icon of an action", "structure", "TK", place("action:like", w=16, h=16)),
    web("link", "colour", "TK", ink("web.link", "#eb7350")),
    web("link in the text", "colour", "TK",
        equal("its colour", lambda c: c.tokens[named(c, "body").runs[0].token], "#eb7350"), text="#周末#"),
    web("dark link", "colour", "TKD", ink("web.link", "#d36747"), view={"theme": "dark"}),
    web("dark card", "colour", "TKD", ink("card", "#16161a"), view={"theme": "dark"}),
    web("like bar", "colour", "TK", ink("label:like", "#808080")),
    web("brand", "colour", "TK", ink("avatar", "#ff8200")),
    web("like bar's font", "metrics", "TK", font("label:like", 13)),
    web("text", "metrics", "R", font("body", 15, 24), text="周末"),
]  # fmt: skip

CASES = [*FEED, *DESKTOP]
