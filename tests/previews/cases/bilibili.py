"""Bilibili: a replica of the app (PP), colours of the site (TK), limits (AT); the rest is recalled (R)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from fractions import Fraction

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
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=8)))
CLIP = (shot(16 / 10, "video", duration=Fraction(74)),)
OTHERS = {"others": shots(1, 4 / 3, 3 / 4)}
COVER = 171.5 / 1.6  # the column is (375 - 24 - 8) / 2 wide
SQUARE = (351 - 8) / 3


case = cases_of("bilibili", "video", mode="assisted")


def both(name, part, source, check, view=None, **given):
    """The same card at home and on its author's page."""
    return [case(name, part, source, check, surface, view, **given) for surface in ("video", "space")]


def corner(name: str, cover: str):
    """How far a box ends from the right and the lower edge of its cover."""

    def of(card):
        mine, its = named(card, name), named(card, cover)
        return round(its.x + its.w - mine.x - mine.w, 2), round(its.y + its.h - mine.y - mine.h, 2)

    return of


HOME = [
    case("cover of 16:10", "media", "PP", place("image:1", 12, 12, 171.5, COVER), media=CLIP),
    case("wide at 412", "media", "D PP", place("image:1", 12, 12, 190, 118.75), media=CLIP, view={"width": 412.0}),
    case("an upright clip is cut to it", "media", "D PP", crop("image:1", (0, 0.3242, 1, 0.3516)),
         media=(shot(9 / 16, "video"),)),
    case("a wide one too", "media", "D PP", crop("image:1", (0.1, 0, 0.8, 1)), media=(shot(2, "video"),)),
    case("the second column", "media", "PP", place("cell:2", 191.5, 12, 171.5, COVER), media=CLIP, view=OTHERS),
    case("round corners", "structure", "PP", equal("radius", lambda c: named(c, "image:1").radius, 10), media=CLIP),
    case("a mark, then who", "structure", "PP", beside(["up", "name"]), media=CLIP, title="周末"),
    case("title above who", "structure", "PP", beside(["title", "name"], down=True), media=CLIP, title="周末"),
    case("no description", "structure", "PP", lacks("body"), media=CLIP, title="周末", text="去哪儿"),
    case("80 characters of title", "structure", "AT", counts("title", 80, 80), media=CLIP, title="周" * 80),
    case("250 of description", "structure", "AT", counts("text", 250, 250), media=CLIP, text="周" * 250),
    case("name", "metrics", "PP", font("name", 12), media=CLIP),
]  # fmt: skip

SPACE = [
    case("cover of 16:10", "media", "PP", place("cell:1", 12, 12, 171.5, COVER), "space", media=CLIP),
    case("the one before it", "media", "PP", place("cell:2", 191.5, 12, 171.5, COVER), "space", media=CLIP,
         view=OTHERS),
    case("an upright clip is cut to it", "media", "D PP", crop("cell:1", (0, 0.3242, 1, 0.3516)), "space",
         media=(shot(9 / 16, "video"),)),
    case("rows 8 px apart", "media", "PP", equal(
        "below the first card", lambda c: round(named(c, "ground:3").y - named(c, "ground:1").y
                                                - named(c, "ground:1").h, 2), 8.0), "space", media=CLIP, title="周"),
    case("the author is not named again", "structure", "R", lacks("name", "up"), "space", media=CLIP, title="周末"),
]  # fmt: skip

CARD = [
    *both("two lines of title", "fold", "PP", folds("title", 2), title="周" * 23, media=CLIP),
    *both("they end with an ellipsis", "fold", "PP", folds("title", ends="…", shown=22), title="周" * 23),
    *both("22 characters are whole", "fold", "D PP", whole("title", 2), title="周" * 22),
    *both("seen and flown over, at the left", "structure", "PP", beside(["views", "danmaku", "duration"]), media=CLIP),
    *both("how long, at the right", "structure", "PP", says("duration", "1:14"), media=CLIP),
    *both("pictures have no length", "structure", "R", lacks("duration"), media=shots(1)),
    *both("the length's ground", "colour", "PP", ink("badge", "#00000066"), media=CLIP),
    *both("brand", "colour", "TK", ink("pink", "#ff6699")),
    *both("the length's font", "metrics", "PP", font("duration", 11), media=CLIP),
    *both("the title's font", "metrics", "R", font("title", 14), title="周末"),
    case("7 from the right, 6 from below", "structure", "PP", equal("from the corner", corner("duration", "image:1"),
         (7, 6)), media=CLIP),
    case("7 and 6 there too", "structure", "PP", equal("from the corner", corner("duration", "cell:1"), (7, 6)),
         "space", media=CLIP),
]  # fmt: skip


def cells(number: int) -> list[tuple[float, float, float, float]]:
    step = SQUARE + 4
    return [(n % 3 * step, n // 3 * step, SQUARE, SQUARE) for n in range(number)]


def dynamic(name, part, source, check, view=None, **given):
    return case(name, part, source, check, "dynamic", view, **given)


def ago(**time: float) -> dict[str, object]:
    return {"language": "zh_CN", "now": NOON, "posted": NOON - timedelta(**time)}


DYNAMIC = [
    dynamic("two", "media", "PP", places(cells(2)), media=shots(1, 1)),
    dynamic("three", "media", "PP", places(cells(3)), media=shots(2, 1, 1)),
    dynamic("four", "media", "PP", places(cells(4)), media=shots(*[1] * 4)),
    dynamic("nine", "media", "PP", places(cells(9)), media=shots(*[1] * 9)),
    dynamic("one has half the width", "media", "PP", place("image:1", x=12, w=175.5, h=175.5), media=shots(1)),
    dynamic("one 3:4", "media", "PP", place("image:1", w=175.5, h=234), media=shots(3 / 4)),
    dynamic("one 2:1", "media", "PP", place("image:1", w=175.5, h=87.75), media=shots(2)),
    dynamic("one is no narrower than 2:5", "media", "PP", place("image:1", w=175.5, h=438.75), media=shots(0.2)),
    dynamic("its middle is shown", "media", "D PP", crop("image:1", (0, 0.25, 1, 0.5)), media=shots(0.2)),
    dynamic("a video of 16:10", "media", "PP", place("video:1", x=12, w=351, h=219.375), media=CLIP),
    dynamic("twelve are nine and three more", "media", "R", says("others", "+3"), media=shots(*[1] * 12)),
    dynamic("a long picture's badge", "structure", "PP", says("badge:1", "长图"), media=shots(0.39, 1),
            view={"language": "zh_CN"}),
    dynamic("none at 2:5", "structure", "PP", lacks("badge"), media=(Media("m", "image", "a.jpg", 400, 1000),)),
    dynamic("actions", "structure", "PP", order(["action:repost", "action:comment", "action:like"], "action:")),
    dynamic("their words", "structure", "PP", says("label:like", "点赞"), view={"language": "zh_CN"}),
    dynamic("what was done", "structure", "PP", says("time", "刚刚 投稿了视频"), media=CLIP,
            view={"language": "zh_CN"}),
    dynamic("minutes", "structure", "R", says("time", "5分钟前"), view=ago(minutes=5)),
    dynamic("yesterday", "structure", "R", says("time", "昨天 12:00"), view=ago(days=1)),
    dynamic("this year", "structure", "R", says("time", "11-08"), view=ago(days=16)),
    dynamic("another year", "structure", "R", says("time", "2025-11-24"), view=ago(days=365)),
    dynamic("avatar", "structure", "PP", place("avatar", 12, 12, 40, 40)),
    dynamic("ten right of it the name", "structure", "PP", place("name", x=62)),
    dynamic("a chip for an address", "structure", "R", says("body", "看 〓网页链接"), text="看 https://example.com/a"),
    dynamic("title below the video", "structure", "PP", beside(["video:1", "title"], down=True), media=CLIP,
            title="周末"),
    dynamic("seen and flown over", "structure", "PP", has("views", "danmaku", "duration"), media=CLIP),
    dynamic("icons", "metrics", "PP", place("action:like", w=16, h=16)),
    dynamic("three lines", "fold", "PP", whole("body", 3), text="周" * 69),
    dynamic("a fourth folds", "fold", "PP", folds("body", 3, "...展开"), text="周" * 70,
            view={"language": "zh_CN"}),
    dynamic("the label fits on the third", "fold", "D R", folds("body", 3, "...展开", 65), text="周" * 90),
    dynamic("line breaks count", "fold", "PP", folds("body", 3), text="a\nb\nc\nd"),
    dynamic("unfolded", "fold", "R", whole("body", 4), text="周" * 90, view={"unfolded": True}),
    dynamic("topics and people", "colour", "R", equal(
        "what is coloured", lambda c: [r.token for r in named(c, "body").runs], ["link", "link"]), text="#周末# @mei"),
    dynamic("in blue", "colour", "R", ink("link", "#008ac5")),
    dynamic("actions' ink", "colour", "TK", ink("label:like", "#61666d")),
    dynamic("text", "metrics", "PP", font("body", 15), text="周末"),
    dynamic("actions' font", "metrics", "TK", font("label:like", 13, weight=500)),
]  # fmt: skip


def web(name, part, source, check, view=None, **given):
    return case(name, part, source, check, "desktop", view, **given)


WEB = [
    web("cover of 16:9", "media", "R", place("image:1", 0, 0, 300, 168.75), media=CLIP),
    web("cut to it", "media", "D R", crop("image:1", (0, 0.05, 1, 0.9)), media=CLIP),
    web("wide at 260", "media", "D R", place("image:1", 0, 0, 260, 146.25), media=CLIP, view={"width": 260.0}),
    web("two lines of title", "fold", "R", folds("title", 2, ends="…"), title="周" * 41, media=CLIP),
    web("40 characters are whole", "fold", "D R", whole("title", 2), title="周" * 40, media=CLIP),
    web("cover, title, name", "structure", "R", beside(["image:1", "title", "name"], down=True), title="周末",
        media=CLIP),
    web("how long", "structure", "PP", says("duration", "1:14"), media=CLIP),
    web("the day behind the name", "structure", "R", says("name", "Mei 梅 · 11-8"), media=CLIP, view=ago(days=16)),
    web("text", "colour", "R", ink("title", "#18191c"), title="周末"),
    web("name's ink", "colour", "TK", ink("name", "#61666d")),
    web("title", "metrics", "R", font("title", 15, 22), title="周末"),
]  # fmt: skip

def story(name, part, source, check, view=None, **given):
    given = {"media": (shot(9 / 16, "video"),), **given}
    return case(name, part, source, check, "story", view, **given)


STORY = [
    story("the screen of a phone", "media", "R", tall(812)),
    story("9:16 fills it", "media", "R", place("video:1", 0, 0, 375, 778)),
    story("and loses its sides", "media", "D R", crop("video:1", (0.0715, 0, 0.8569, 1))),
    story("16:9 is whole, in the middle", "media", "D R", place("video:1", 0, 283.5, 375, 210.9),
          media=(shot(16 / 9, "video"),)),
    story("what one can do, from above", "structure", "R", beside(
        ["avatar", "action:like", "action:coin", "action:collect", "action:comment", "action:share"], down=True)),
    story("words of them", "structure", "PP", says("label:coin", "投币"), view={"language": "zh_CN"}),
    story("whose it is above the title", "structure", "R", beside(["name", "title"], down=True), title="周末"),
    story("no description", "structure", "R", lacks("body"), text="去哪儿"),
    story("two lines of title", "fold", "R", folds("title", 2, ends="…"), title="周" * 60),
    story("all of it", "fold", "R", whole("title"), title="周" * 60, view={"unfolded": True}),
    story("dark in both looks", "colour", "R", ink("screen", "#000000")),
    story("the button to follow", "colour", "TK", ink("follow", "#ff6699")),
    story("name", "metrics", "R", font("name", 15, weight=600)),
    story("title", "metrics", "R", font("title", 14, 20), title="周末"),
]  # fmt: skip

CASES = [*STORY, *HOME, *SPACE, *CARD, *DYNAMIC, *WEB]
