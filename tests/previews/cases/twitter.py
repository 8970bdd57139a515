"""X: the official embed as react-tweet has it (RT), twitter-text (TT), link cards (SP), the rest from use (R)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.previews.reference import (
    beside,
    cases_of,
    counts,
    crop,
    folds,
    font,
    has,
    ink,
    lacks,
    order,
    place,
    places,
    says,
    shot,
    shots,
    whole,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FAMILY = "👨‍👩‍👧‍👦"
TWO = [(0, 0, 257, 289.1), (259, 0, 257, 289.1)]
THREE = [(0, 0, 257, 291.1), (259, 0, 257, 144.6), (259, 146.6, 257, 144.6)]
TWO_514 = [(0, 0, 256, 288), (258, 0, 256, 288)]
THREE_514 = [(0, 0, 256, 290), (258, 0, 256, 144), (258, 146, 256, 144)]
FOUR_514 = [(0, 0, 256, 144), (258, 0, 256, 144), (0, 146, 256, 144), (258, 146, 256, 144)]
FOUR = [(0, 0, 257, 144.6), (259, 0, 257, 144.6), (0, 146.6, 257, 144.6), (259, 146.6, 257, 144.6)]


case = cases_of("twitter", "post")


def posted(ago):
    return {"posted": NOW - ago, "now": NOW}


#: The timeline of 598 has 516 px of pictures; the embed of 550 has 514 within its borders.
GRIDS = [
    *(case(name, "media", "D RT", places(wanted), "timeline", media=shots(*[1] * number))
      for name, number, wanted in (("two", 2, TWO), ("three", 3, THREE), ("four", 4, FOUR))),
    *(case(name, "media", "D RT", places(wanted), media=shots(*[1] * number))
      for name, number, wanted in (("two", 2, TWO_514), ("three", 3, THREE_514), ("four", 4, FOUR_514))),
]

CASES = [
    *GRIDS,
    case("one keeps its shape", "media", "D RT", place("image:1", w=514, h=685.3), media=shots(3 / 4)),
    case("one 16:9", "media", "D RT", place("image:1", x=18, w=514, h=289.1), media=shots(16 / 9)),
    case("the crop of two is 8:9", "media", "D RT", crop("image:1", (0, 0.21875, 1, 0.5625)), media=shots(1 / 2, 1)),
    case("all of the text", "fold", "R", whole("body"), text="周" * 300),
    case("a CJK character weighs two", "fold", "TT", counts("text", 320, 280), text="周" * 160),
    case("an emoji weighs two", "fold", "TT", counts("text", 280), text=FAMILY * 140),
    case("an address weighs 23", "fold", "TT", counts("text", 26), text="Hi http://test.co"),
    case("a flag, a tone, a job", "fold", "TT", counts("text", 4), text="🙋🏽👨‍🎤"),
    case("letters with accents weigh one", "fold", "TT", counts("text", 10), text="éñüçøåæœß¿"),
    case("what can be done", "structure", "RT", order(["action:like", "action:reply", "action:copy"], "action:")),
    case("from top to bottom", "structure", "RT", beside(["avatar", "body", "image:1", "time", "action:like"], True),
         text="hello", media=shots(1)),
    case("the handle is below the name", "structure", "RT", beside(["name", "handle"], True)),
    case("time and day", "structure", "RT", says("time", "9:30 AM · Nov 24, 2026"), view=posted(timedelta(0))),
    case("a button leads to X", "structure", "RT", says("label:read", "Read more on X")),
    case("its words", "metrics", "RT", font("label:read", 14, 16, 700)),
    case("words of the actions", "metrics", "RT", font("label:like", 14, 16, 700)),
    case("the text below the head", "metrics", "D RT", place("body", x=17, y=73), text="hello"),
    case("ground", "colour", "RT", ink("card", "#ffffff")),
    case("text", "colour", "RT", ink("text", "#0f1419")),
    case("second text", "colour", "RT", ink("muted", "#536471")),
    case("border", "colour", "RT", ink("border", "#cfd9de")),
    case("addresses", "colour", "RT", ink("post-link", "#006fd6")),
    case("black ground", "colour", "R", ink("card", "#000000"), view={"theme": "dark"}),
    case("text of the post", "metrics", "RT", font("body", 20, 24), text="hello"),
    case("name", "metrics", "RT", font("name", 15, 20)),
    case("padding", "metrics", "RT", place("avatar", x=17, y=13, w=48, h=48)),
    case("time", "metrics", "RT", font("time", 15, 20)),
    # the timeline
    case("9:16 is cut to 3:4 and is 510 high", "media", "R", place("image:1", w=382.5, h=510), "timeline",
         media=shots(9 / 16)),
    case("16:9", "media", "D R", place("image:1", w=516, h=290.25), "timeline", media=shots(16 / 9)),
    case("a clip as a picture", "media", "R", place("video:1", w=516, h=290.25), "timeline",
         media=(shot(16 / 9, "video"),)),
    case("on a phone", "media", "D RT", place("image:2", w=145.5), "timeline", {"width": 375.0}, media=shots(1, 1)),
    case("a large card is 1.91:1", "media", "SP", place("link.picture", w=518, h=271.2), "timeline",
         link="https://example.com/a"),
    case("140 CJK characters are whole", "fold", "TT", whole("body"), "timeline", text="周" * 140),
    case("141 are not", "fold", "D TT", folds("body", shown=140), "timeline", text="周" * 141),
    case("280 letters are whole", "fold", "TT", whole("body"), "timeline", text="a" * 280),
    case("281 are not", "fold", "D TT", folds("body", shown=280), "timeline", text="a" * 281),
    case("the label", "fold", "LBX", says("more", "显示更多"), "timeline", {"language": "zh_CN"}, text="a" * 281),
    case("the label in English", "fold", "LBX", says("more", "Show more"), "timeline", text="a" * 281),
    case("unfolded", "fold", "R", lacks("more"), "timeline", {"unfolded": True}, text="a" * 281),
    case("what can be done there", "structure", "R", order(
        ["action:reply", "action:repost", "action:like", "action:views", "action:bookmark", "action:share"],
        "action:"), "timeline"),
    case("one line of head", "structure", "R", beside(["avatar", "name", "handle", "time"]), "timeline"),
    case("hours", "structure", "R", says("time", "· 2h"), "timeline", posted(timedelta(hours=2))),
    case("a day", "structure", "R", says("time", "· Nov 4"), "timeline", posted(timedelta(days=20))),
    case("an address without its protocol", "structure", "R", says("body", "看 example.com/a/very/long/pat… 吧"),
         "timeline", text="看 https://example.com/a/very/long/path 吧"),
    case("a last address is its card", "structure", "R", says("body", "看"), "timeline",
         text="看 https://example.com/a"),
    case("the host below a card", "structure", "R", says("link.host", "From example.com"), "timeline",
         link="https://example.com/a"),
    case("descriptions have a mark", "structure", "R", has("alt:1"), "timeline",
         media=(shot(1, alt="A cup"),)),
    case("blue", "colour", "RT", ink("link", "#1d9bf0"), "timeline"),
    case("text there", "colour", "RT", ink("text", "#0f1419"), "timeline"),
    case("text on black", "colour", "BD", ink("text", "#e7e9ea"), "timeline", {"theme": "dark"}),
    case("second text on black", "colour", "BD", ink("muted", "#71767b"), "timeline", {"theme": "dark"}),
    case("text of a post there", "metrics", "R", font("body", 15, 20), "timeline", text="hello"),
    case("bold name", "metrics", "R", font("name", 15, 20, 700), "timeline"),
    case("picture of the author", "metrics", "R", place("avatar", x=16, y=12, w=40, h=40), "timeline"),
    case("icons over 425", "metrics", "SP", place("action:share", x=64 + 425 - 18.75), "timeline"),
]
