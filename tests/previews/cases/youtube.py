"""YouTube: a report that measured the site (YR), Google's safe area of Shorts (GAD), a tool's preview of a Short (TP),
words that extensions look for (LBY); the rest is known from use (R). On the watch page at 640 px the description has
616 px, which is 44 characters of 14 px.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from studio import platforms
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
    place,
    says,
    shot,
    shots,
    tall,
    whole,
)

FLAT = (shot(16 / 9, "video", duration=Fraction(754)),)
TALL = (shot(9 / 16, "video", duration=Fraction(30)),)
ZH, DARK = {"language": "zh_CN"}, {"theme": "dark"}
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
RAIL = ["action:like", "action:dislike", "action:comment", "action:share", "action:remix", "disc"]


case = cases_of("youtube", mode="assisted", title="旧书店")


def on(name, side):
    """A side of a box, in px of the picture of 1080 x 1920."""
    def look(card):
        stage, box = named(card, "stage"), named(card, name)
        at = {"left": box.x, "right": box.x + box.w, "top": box.y, "bottom": box.y + box.h}[side]
        return (at - (stage.x if side in ("left", "right") else stage.y)) * 1080 / stage.w
    return look


def zone(card):
    return list(platforms.get(card.platform).zones[0].outline)


def corner(card):
    """How far the length is from the right and the lower edge of the thumbnail."""
    badge, thumb = named(card, "duration"), named(card, "image:1")
    return (thumb.x + thumb.w - badge.x - badge.w, round(thumb.y + thumb.h - badge.y - badge.h, 6))


WATCH = [
    case("16:9 fills the player", "media", "YR", place("video:1", x=0, y=0, w=640, h=360), "watch", media=FLAT),
    case("at 854", "media", "D YR", place("video:1", x=0, w=854, h=480.4), "watch", {"width": 854.0}, media=FLAT),
    case("an upright video stands in the middle", "media", "D YR", place("video:1", x=218.75, w=202.5, h=360), "watch",
         media=TALL),
    case("nothing of it is cut", "media", "YR", crop("video:1", (0, 0, 1, 1)), "watch", media=TALL),
    case("the player is 16:9 all the same", "media", "YR", place("player", w=640, h=360), "watch", media=TALL),
    case("three lines fold", "fold", "R", folds("body", 3, "…more", 129), "watch", text="字" * 140, media=FLAT),
    case("132 characters are three lines", "fold", "D R", whole("body", 3), "watch", text="字" * 132, media=FLAT),
    case("133 fold", "fold", "D R", folds("body", 3, "…more", 129), "watch", text="字" * 133, media=FLAT),
    case("four paragraphs fold", "fold", "D R", folds("body", 3, "…more", 5), "watch", text="一\n二\n三\n四",
         media=FLAT),
    case("in 简体", "fold", "LBY", folds("body", 3, "…更多", 129), "watch", ZH, text="字" * 140, media=FLAT),
    case("in 繁體", "fold", "LBY", folds("body", 3, "…更多", 129), "watch", {"language": "zh_TW"}, text="字" * 140,
         media=FLAT),
    case("a title has two lines", "fold", "R", folds("title", 2, "…"), "watch", title="字" * 80, media=FLAT),
    case("64 characters are two lines", "fold", "D R", whole("title", 2), "watch", title="字" * 64, media=FLAT),
    case("unfolded it says so", "fold", "R", says("more", "Show less"), "watch", {"unfolded": True}, text="字" * 140,
         media=FLAT),
    case("from top to bottom", "structure", "R", beside(["video:1", "title", "name", "action:like", "time", "body"],
                                                        down=True), "watch", text="hi", media=FLAT),
    case("buttons", "structure", "R", beside(["action:like", "action:dislike", "action:share", "action:options"]),
         "watch", media=FLAT),
    case("title of 100", "structure", "R", counts("title", 3, 100), "watch", media=FLAT),
    case("description of 5,000 bytes", "structure", "R", counts("text", 6, 5000), "watch", text="周末", media=FLAT),
    case("a picture alone is no video", "structure", "R", says("no_media", "A video goes here"), "watch",
         media=shots(1)),
    case("hours ago", "structure", "R", says("time", "No views  3 hours ago"), "watch",
         {"posted": NOW - timedelta(hours=3), "now": NOW}, media=FLAT),
    case("text", "colour", "YR", ink("text", "#0f0f0f"), "watch", media=FLAT),
    case("ground in the dark", "colour", "YR", ink("card", "#0f0f0f"), "watch", DARK, media=FLAT),
    case("grey in the dark", "colour", "YR", ink("muted", "#aaaaaa"), "watch", DARK, media=FLAT),
    case("link", "colour", "YR", ink("link", "#065fd4"), "watch", media=FLAT),
    case("link in the dark", "colour", "YR", ink("link", "#3ea6ff"), "watch", DARK, media=FLAT),
    case("box", "colour", "R", ink("about", "#f2f2f2"), "watch", media=FLAT),
    case("title", "metrics", "R", font("title", 20, 28, 700), "watch", media=FLAT),
    case("description", "metrics", "R", font("body", 14, 20), "watch", text="hi", media=FLAT),
    case("corner of the box", "metrics", "R", equal("radius", lambda c: named(c, "about").radius, 12), "watch",
         media=FLAT),
]
SHORTS = [
    case("an upright video has the whole width", "media", "GAD", place("video:1", x=0, w=375, h=666.7), "shorts",
         media=TALL),
    case("nothing of it is cut", "media", "GAD", crop("video:1", (0, 0, 1, 1)), "shorts", media=TALL),
    case("16:9 has black around it", "media", "D R", place("video:1", x=0, w=375, h=210.9), "shorts", media=FLAT),
    case("safe area 48, 288, 840 x 960", "media", "GAD", equal("outline", zone, [
        (48, 288), (888, 288), (888, 1248), (48, 1248)]), "shorts", media=TALL),
    case("the rail is right of 888", "media", "D GAD", equal(
        "clear", lambda c: on("circle:like", "left")(c) >= 888, True), "shorts", media=TALL),
    case("words are under 1248", "media", "D GAD", equal(
        "clear", lambda c: on("handle", "top")(c) >= 1248, True), "shorts", title="字" * 100, media=TALL),
    case("the top is above 288", "media", "D GAD", equal(
        "clear", lambda c: on("top:search", "bottom")(c) <= 288, True), "shorts", media=TALL),
    case("at 412", "media", "D GAD", place("video:1", x=0, w=412, h=732.4), "shorts", {"width": 412.0}, media=TALL),
    case("a title has two lines", "fold", "TP", folds("title", 2, "…"), "shorts", title="字" * 90, media=TALL),
    case("unfolded it is whole", "fold", "R", whole("title"), "shorts", {"unfolded": True}, title="字" * 90,
         media=TALL),
    case("rail, top to bottom", "structure", "TP", beside(RAIL, down=True), "shorts", media=TALL),
    case("channel above the title", "structure", "TP", beside(["handle", "title", "bar"], down=True), "shorts",
         media=TALL),
    case("picture, handle, button", "structure", "TP", beside(["avatar", "handle", "subscribe"]), "shorts", media=TALL),
    case("words on the buttons", "structure", "TP", says("label:dislike", "Dislike"), "shorts", media=TALL),
    case("zero comments are a number", "structure", "TP", says("label:comment", "0"), "shorts", media=TALL),
    case("no video", "structure", "R", says("no_media", "这里是视频"), "shorts", ZH, media=shots(1)),
    case("dark in the light look too", "colour", "R", ink("screen", "#000000"), "shorts", media=TALL),
    case("the button is white", "colour", "TP", ink("follow", "#ffffff"), "shorts", media=TALL),
    case("words are white", "colour", "R", ink("title", "#ffffff"), "shorts", media=TALL),
    case("circles of 44", "metrics", "TP", place("circle:like", w=44, h=44), "shorts", media=TALL),
    case("labels of 11", "metrics", "TP", font("label:like", 11), "shorts", media=TALL),
    case("picture of 32", "metrics", "TP", place("avatar", w=32, h=32), "shorts", media=TALL),
]
CARD = [
    case("thumbnail 305 x 172", "media", "YR", place("image:1", x=0, y=0, w=305, h=172), "card", media=FLAT),
    case("a thumbnail 16:9 is whole", "media", "D YR", crop("image:1", (0, 0, 1, 1)), "card", media=FLAT),
    case("an upright one keeps its middle", "media", "D YR", crop("image:1", (0, 0.3418, 1, 0.3164)), "card",
         media=TALL),
    case("a picture beside the video is its thumbnail", "media", "R", equal(
        "media", lambda c: named(c, "image:1").media, "m1"), "card", media=(*FLAT, *shots(16 / 9))),
    case("card 305 x 248", "media", "YR", tall(248), "card", media=FLAT),
    case("a title has two lines", "fold", "YR", folds("title", 2, "…"), "card", title="字" * 60, media=FLAT),
    case("a short one is whole", "fold", "YR", whole("title", 1), "card", media=FLAT),
    case("from top to bottom", "structure", "YR", beside(["image:1", "title", "name", "time"], down=True), "card",
         media=FLAT),
    case("the channel's picture is left of the title", "structure", "R", beside(["avatar", "title"]), "card",
         media=FLAT),
    case("length at the lower right, 8 px in", "structure", "R", equal("corner", corner, (8, 8)), "card", media=FLAT),
    case("length", "structure", "R", says("duration", "12:34"), "card", media=FLAT),
    case("no description", "structure", "YR", lacks("body", "summary"), "card", text="hi", media=FLAT),
    case("text", "colour", "YR", ink("title", "#0f0f0f"), "card", media=FLAT),
    case("text in the dark", "colour", "YR", ink("title", "#ffffff"), "card", DARK, media=FLAT),
    case("meta", "colour", "YR", ink("time", "#606060"), "card", media=FLAT),
    case("length is on black 80 %", "colour", "R", ink("length", "#000000cc"), "card", media=FLAT),
    case("title", "metrics", "YR", font("title", 14, 19.6, 500), "card", media=FLAT),
    case("meta of 12", "metrics", "YR", font("time", 12), "card", media=FLAT),
    case("length of 12", "metrics", "R", font("duration", 12, weight=500), "card", media=FLAT),
    case("picture of 36", "metrics", "R", place("avatar", w=36, h=36), "card", media=FLAT),
]
SEARCH = [
    case("thumbnail 16:9", "media", "YR", place("image:1", x=0, y=0, w=288, h=162), "search", media=FLAT),
    case("thumbnail at 854", "media", "D R", place("image:1", w=360, h=202.5), "search", {"width": 854.0}, media=FLAT),
    case("it keeps the middle of an upright one", "media", "D YR", crop("image:1", (0, 0.3418, 1, 0.3164)), "search",
         media=TALL),
    case("a title has two lines", "fold", "R", folds("title", 2, "…"), "search", title="字" * 70, media=FLAT),
    case("one line of the text", "fold", "R", equal(
        "lines", lambda c: len(named(c, "summary").lines), 1), "search", text="字" * 300, media=FLAT),
    case("from top to bottom", "structure", "R", beside(["title", "time", "name", "summary"], down=True), "search",
         text="hi", media=FLAT),
    case("thumbnail at the left", "structure", "R", beside(["image:1", "title"]), "search", media=FLAT),
    case("length", "structure", "R", has("duration"), "search", media=FLAT),
    case("text", "colour", "YR", ink("title", "#0f0f0f"), "search", media=FLAT),
    case("grey", "colour", "YR", ink("summary", "#606060"), "search", text="hi", media=FLAT),
    case("title", "metrics", "R", font("title", 18, 26, 400), "search", media=FLAT),
    case("meta of 12", "metrics", "YR", font("time", 12), "search", media=FLAT),
]
MOBILE = [
    case("thumbnail from edge to edge", "media", "YR", place("image:1", x=0, y=0, w=375, h=210.9), "mobile",
         media=FLAT),
    case("at 412", "media", "D YR", place("image:1", x=0, w=412, h=231.75), "mobile", {"width": 412.0}, media=FLAT),
    case("it keeps the middle of an upright one", "media", "D YR", crop("image:1", (0, 0.3418, 1, 0.3164)), "mobile",
         media=TALL),
    case("no round corners", "media", "YR", equal("radius", lambda c: named(c, "image:1").radius, 0), "mobile",
         media=FLAT),
    case("a title has two lines", "fold", "YR", folds("title", 2, "…"), "mobile", title="字" * 60, media=FLAT),
    case("a short one is whole", "fold", "YR", whole("title", 1), "mobile", media=FLAT),
    case("picture, title", "structure", "YR", beside(["avatar", "title", "action:options"]), "mobile", media=FLAT),
    case("name, views and time on one line", "structure", "R", says("meta", "Mei 梅 · No views · just now"), "mobile",
         media=FLAT),
    case("text", "colour", "YR", ink("title", "#0f0f0f"), "mobile", media=FLAT),
    case("ground in the dark", "colour", "YR", ink("card", "#0f0f0f"), "mobile", DARK, media=FLAT),
    case("title of 16", "metrics", "YR", font("title", 16), "mobile", media=FLAT),
    case("picture of 40", "metrics", "YR", place("avatar", w=40, h=40), "mobile", media=FLAT),
]
CASES = [*WATCH, *SHORTS, *CARD, *SEARCH, *MOBILE]
