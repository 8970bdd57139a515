"""Threads: preview tools (SP, TP), the vendor on counting (TH), a table of cuts (PT), words on the site (LBT); the rest
is known from use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from studio.core.post import Reply
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
    place,
    says,
    shot,
    shots,
    whole,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
AT_375 = {"width": 375.0}
# A file alone, in a column of 295 on a phone of 375, of 544 on the web: its own shape, at most 430 high.
ALONE = {16 / 9: (295, 165.9), 4 / 3: (295, 221.3), 1.0: (295, 295), 4 / 5: (295, 368.8), 3 / 4: (295, 393.3),
         2 / 3: (286.7, 430), 9 / 16: (241.9, 430), 1 / 5: (86, 430), 3.0: (295, 98.3)}
ALONE_640 = {16 / 9: (544, 306), 4 / 3: (544, 408), 1.0: (430, 430), 3 / 4: (322.5, 430), 9 / 16: (241.9, 430)}
# A strip from x = 64 to the edge at 375: as high as lets the flattest take 80 % of it, at most 260.
STRIP = {1.0: (248.8, 248.8), 4 / 3: (248.8, 186.6), 3 / 4: (195, 260), 9 / 16: (146.3, 260), 3.0: (248.8, 124.4)}


def case(name, surface, part, source, check, view=None, **given):
    return Case(name, "threads", surface, part, source, check, given, view or {})


def ago(**more):
    return {"posted": NOW - timedelta(**more), "now": NOW}


def gap(first, second):
    return lambda card: named(card, second).x - named(card, first).x - named(card, first).w


CASES = [
    *(case(f"a picture of {ratio:.2f}", "feed", "media", "R", place("image:1", 64, None, *size), AT_375,
           media=(shot(ratio),)) for ratio, size in ALONE.items()),
    *(case(f"a picture of {ratio:.2f}", "desktop", "media", "R", place("image:1", 72, None, *size),
           media=(shot(ratio),)) for ratio, size in ALONE_640.items()),
    case("a clip of 9:16", "feed", "media", "R", place("video:1", 64, None, 241.9, 430), AT_375,
         media=(shot(9 / 16, "video"),)),
    *(case(f"the first of two of {ratio:.2f}", "feed", "media", "R", place("image:1", 64, None, *size), AT_375,
           media=shots(ratio, ratio)) for ratio, size in STRIP.items()),
    case("the edge hides some of the second", "feed", "media", "R", place("part:2", 320.8, None, 54.2, 248.8), AT_375,
         media=shots(1, 1)),
    case("whose left part is seen", "feed", "media", "R", crop("part:2", (0, 0, 54.2 / 248.8, 1)), AT_375,
         media=shots(1, 1)),
    case("pushed to the end", "feed", "media", "R", place("image:2", 126.2, None, 248.8, 248.8),
         {**AT_375, "page": 1}, media=shots(1, 1)),
    case("the first one's right part is left", "feed", "media", "R", crop(
        "part:1", (1 - 54.2 / 248.8, 0, 54.2 / 248.8, 1)), {**AT_375, "page": 1}, media=shots(1, 1)),
    case("8 px between them", "desktop", "media", "R", equal("gap", gap("image:1", "image:2"), 8, 0.01),
         media=shots(3 / 4, 3 / 4)),
    case("all as high", "desktop", "media", "R", equal(
        "heights", lambda c: {b.h for b in c.boxes if b.name.startswith(("image:", "part:"))}, {260}),
        media=shots(3 / 4, 1, 4 / 3)),
    case("twenty", "feed", "media", "R", equal("pages", lambda c: c.pages, 20), media=shots(*[1.0] * 20)),
    case("a link's picture is 1.91:1", "feed", "media", "D SP", place("link.picture", 64, None, 295, 154.5), AT_375,
         link="https://example.com/a"),
    case("a link's picture is 1.91:1", "desktop", "media", "D SP", place("link.picture", 72, None, 544, 284.8),
         link="https://example.com/a"),
    # where it is cut
    case("250 characters are whole", "feed", "fold", "PT", whole("body"), text="a" * 250),
    case("251 are not", "feed", "fold", "PT", folds("body", None, "… more", 250), text="a" * 251),
    case("250 Chinese ones", "feed", "fold", "PT", folds("body", None, "… 更多", 250), {"language": "zh_CN"},
         text="周" * 300),
    case("繁體", "feed", "fold", "PT", folds("body", None, "… 更多", 250), {"language": "zh_TW"}, text="周" * 300),
    case("unfolded", "feed", "fold", "PT", whole("body"), {"unfolded": True}, text="a" * 400),
    case("on the web all of it", "desktop", "fold", "R", whole("body"), text="a" * 500),
    case("never inside a person", "feed", "fold", "R", equal(
        "a whole name or none", lambda c: "@mei" in named(c, "body").text, False),
        text="周" * 248 + " @mei.li " + "周" * 9),
    case("nor inside a short address", "feed", "fold", "R", equal(
        "its end", lambda c: named(c, "body").text[-9:], "周周周… more"),
        text="周" * 240 + " https://example.com/laochengnan " + "周" * 9),
    # what there is, and in which order
    *(case("actions", surface, "structure", "SP", beside(
        ["action:like", "action:reply", "action:repost", "action:share"])) for surface in ("feed", "desktop")),
    case("its buttons in 繁體", "feed", "structure", "LBT", equal(
        "words", lambda c: [named(c, f"action:{n}").text for n in ("like", "reply")], ["讚", "回覆"]),
        {"language": "zh_TW"}),
    case("avatar, name, time", "feed", "structure", "SP", beside(["avatar", "name", "time"])),
    case("words, picture, buttons", "feed", "structure", "SP", beside(
        ["name", "body", "image:1", "action:like"], down=True), text="hello", media=shots(1)),
    case("host over title", "feed", "structure", "SP", beside(["link.picture", "link.host", "link.title"], down=True),
         link="https://www.example.com/a"),
    case("the host as it is", "desktop", "structure", "SP", says("link.host", "example.com"),
         link="https://www.example.com/a"),
    case("a card for an address in the text", "feed", "structure", "R", has("link"), text="see https://example.com/a"),
    case("none beside pictures", "feed", "structure", "R", lacks("link"), text="see https://example.com/a",
         media=shots(1)),
    case("a topic without #", "feed", "structure", "R", says("body", "go 咖啡 now"), text="go #咖啡 now"),
    case("only one of them", "desktop", "structure", "R", says("body", "咖啡 #tea"), text="#咖啡 #tea"),
    case("the topic beside the name", "feed", "structure", "R", beside(["name", "topic.sign", "topic", "time"]),
         tags=("slow travel",)),
    case("a short address", "feed", "structure", "R", says("body", "example.com/a-very-long-pat…"),
         text="https://www.example.com/a-very-long-path?x=1"),
    case("no line without a thread", "feed", "structure", "R", lacks("thread")),
    case("a line to the next one", "feed", "structure", "R", place("thread", 33, 56, 2), replies=(Reply("more"),)),
    *(case(said, "feed", "structure", "R", says("time", said), ago(**length)) for said, length in (
        ("now", {"seconds": 5}), ("5m", {"minutes": 5}), ("3h", {"hours": 3}), ("2d", {"days": 2}),
        ("11/14/2026", {"days": 10}))),
    case("3小时", "desktop", "structure", "R", says("time", "3小时"), {**ago(hours=3), "language": "zh_CN"}),
    case("500 characters", "feed", "structure", "SP", counts("text", 500, 500), text="周" * 500),
    case("an emoji counts its bytes", "feed", "structure", "D TH", counts("text", 1 + 4 + 25, 500), text="a😀👨‍👩‍👧‍👦"),
    # colours
    *(case(f"{token} {theme}", surface, "colour", "TP", ink(token, wanted), {"theme": theme})
      for surface in ("feed", "desktop") for token, theme, wanted in (
          ("card", "light", "#ffffff"), ("text", "light", "#000000"), ("muted", "light", "#999999"),
          ("line", "light", "#e0e0e0"), ("card", "dark", "#101010"), ("text", "dark", "#f3f5f7"),
          ("muted", "dark", "#777777"), ("line", "dark", "#262626"))),
    case("link", "feed", "colour", "R", ink("link", "#0095f6")),
    # letters and lengths
    *(case("name", surface, "metrics", "SP", font("name", 15, weight=600)) for surface in ("feed", "desktop")),
    *(case("words", surface, "metrics", "SP", font("body", 15, 21, 400), text="hello")
      for surface in ("feed", "desktop")),
    case("avatar", "feed", "metrics", "SP", place("avatar", 16, 12, 36, 36)),
    case("avatar", "desktop", "metrics", "SP", place("avatar", 24, 12, 36, 36)),
    case("buttons of 20, 40 apart", "feed", "metrics", "SP", equal("gap", gap("action:like", "action:reply"), 40)),
    case("host", "feed", "metrics", "SP", font("link.host", 12), link="https://example.com"),
    case("corners", "desktop", "metrics", "R", equal("radius", lambda c: c.boxes[0].radius, 24)),
]
