"""Facebook: preview tools that agree (SP, MX, PZ, TP), measured collages (WER, CP, AW), words on the site (LBF)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from studio.platforms import get
from tests.previews.reference import (
    Case,
    beside,
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

WITHOUT = {"background": ("media",)}
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
AT = {"desktop": (680, 590), "feed": (375,)}
FIRST = {"landscape": 4 / 3, "square": 1.0, "portrait": 3 / 4}

# Where two to five photos stand in a column so wide, with 4 px between them, by the first one's shape.
TABLE = {
    (680, 2, "landscape"): [(0, 0, 680, 340), (0, 344, 680, 340)],
    (680, 2, "square"): [(0, 0, 338, 338), (342, 0, 338, 338)],
    (680, 2, "portrait"): [(0, 0, 338, 680), (342, 0, 338, 680)],
    (680, 3, "landscape"): [(0, 0, 680, 340), (0, 344, 338, 338), (342, 344, 338, 338)],
    (680, 3, "square"): [(0, 0, 680, 340), (0, 344, 338, 338), (342, 344, 338, 338)],
    (680, 3, "portrait"): [(0, 0, 338, 680), (342, 0, 338, 338), (342, 342, 338, 338)],
    (680, 4, "landscape"): [(0, 0, 680, 453.3), (0, 457.3, 224, 224), (228, 457.3, 224, 224), (456, 457.3, 224, 224)],
    (680, 4, "square"): [(0, 0, 338, 338), (342, 0, 338, 338), (0, 342, 338, 338), (342, 342, 338, 338)],
    (680, 4, "portrait"): [(0, 0, 452, 680), (456, 0, 224, 224), (456, 228, 224, 224), (456, 456, 224, 224)],
    (680, 5, ""): [
        (0, 0, 338, 338), (342, 0, 338, 338), (0, 342, 224, 224), (228, 342, 224, 224), (456, 342, 224, 224)],
    (590, 2, "landscape"): [(0, 0, 590, 295), (0, 299, 590, 295)],
    (590, 2, "square"): [(0, 0, 293, 293), (297, 0, 293, 293)],
    (590, 2, "portrait"): [(0, 0, 293, 590), (297, 0, 293, 590)],
    (590, 3, "landscape"): [(0, 0, 590, 295), (0, 299, 293, 293), (297, 299, 293, 293)],
    (590, 3, "square"): [(0, 0, 590, 295), (0, 299, 293, 293), (297, 299, 293, 293)],
    (590, 3, "portrait"): [(0, 0, 293, 590), (297, 0, 293, 293), (297, 297, 293, 293)],
    (590, 4, "landscape"): [(0, 0, 590, 393.3), (0, 397.3, 194, 194), (198, 397.3, 194, 194), (396, 397.3, 194, 194)],
    (590, 4, "square"): [(0, 0, 293, 293), (297, 0, 293, 293), (0, 297, 293, 293), (297, 297, 293, 293)],
    (590, 4, "portrait"): [(0, 0, 392, 590), (396, 0, 194, 194), (396, 198, 194, 194), (396, 396, 194, 194)],
    (590, 5, ""): [
        (0, 0, 293, 293), (297, 0, 293, 293), (0, 297, 194, 194), (198, 297, 194, 194), (396, 297, 194, 194)],
    (375, 2, "landscape"): [(0, 0, 375, 187.5), (0, 191.5, 375, 187.5)],
    (375, 2, "square"): [(0, 0, 185.5, 185.5), (189.5, 0, 185.5, 185.5)],
    (375, 2, "portrait"): [(0, 0, 185.5, 375), (189.5, 0, 185.5, 375)],
    (375, 3, "landscape"): [(0, 0, 375, 187.5), (0, 191.5, 185.5, 185.5), (189.5, 191.5, 185.5, 185.5)],
    (375, 3, "square"): [(0, 0, 375, 187.5), (0, 191.5, 185.5, 185.5), (189.5, 191.5, 185.5, 185.5)],
    (375, 3, "portrait"): [(0, 0, 185.5, 375), (189.5, 0, 185.5, 185.5), (189.5, 189.5, 185.5, 185.5)],
    (375, 4, "landscape"): [
        (0, 0, 375, 250), (0, 254, 122.3, 122.3), (126.3, 254, 122.3, 122.3), (252.7, 254, 122.3, 122.3)],
    (375, 4, "square"): [
        (0, 0, 185.5, 185.5), (189.5, 0, 185.5, 185.5), (0, 189.5, 185.5, 185.5), (189.5, 189.5, 185.5, 185.5)],
    (375, 4, "portrait"): [
        (0, 0, 248.7, 375), (252.7, 0, 122.3, 122.3), (252.7, 126.3, 122.3, 122.3), (252.7, 252.7, 122.3, 122.3)],
    (375, 5, ""): [
        (0, 0, 185.5, 185.5), (189.5, 0, 185.5, 185.5), (0, 189.5, 122.3, 122.3), (126.3, 189.5, 122.3, 122.3),
        (252.7, 189.5, 122.3, 122.3)],
}
SEEN_BY = {2: "D WER", 3: "D WER", 4: "D WER"}
# One photo at 680 and at 375: whole, at most 2:3 tall.
ONE = {
    16 / 9: (382.5, 210.9), 4 / 3: (510, 281.25), 1.0: (680, 375), 4 / 5: (850, 468.75), 2 / 3: (1020, 562.5),
    9 / 16: (1020, 562.5), 1 / 5: (1020, 562.5), 3.0: (226.7, 125),
}


def case(name, surface, part, source, check, view=None, **given):
    return Case(name, "facebook", surface, part, source, check, given, view or {})


def collages():
    for surface, widths in AT.items():
        for width in widths:
            for number in range(2, 11):
                for shape, ratio in FIRST.items():
                    wanted = TABLE[(width, min(number, 5), shape if number < 5 else "")]
                    source = "R" if (number, shape) == (3, "square") else SEEN_BY.get(number, "D MX")
                    yield case(f"{number} at {width}, the first {shape}", surface, "media", source, places(wanted),
                               {"width": float(width)}, media=shots(ratio, *[1.0] * (number - 1)))


def ago(**more):
    return {"posted": NOW - timedelta(**more), "now": NOW}


CASES = [
    *collages(),
    *(case(f"one of {ratio:.2f}", "desktop", "media", "D AW", place("image:1", 0, None, 680, high[0]),
           media=(shot(ratio),)) for ratio, high in ONE.items()),
    *(case(f"one of {ratio:.2f}", "feed", "media", "D AW", place("image:1", 0, None, 375, high[1]), {"width": 375.0},
           media=(shot(ratio),)) for ratio, high in ONE.items()),
    *(case(f"{number} more are told on the fifth", "feed", "media", "MX", says("others", f"+{number}"),
           media=shots(*[1.0] * (5 + number))) for number in (1, 2, 4, 5)),
    case("five hide none", "feed", "media", "MX", lacks("others"), media=shots(*[1.0] * 5)),
    case("the veil covers the fifth", "desktop", "media", "D MX", place("others", 456, None, 224, 224),
         media=shots(*[1.0] * 7)),
    case("a wide photo is cut at its sides", "desktop", "media", "D WER", crop("image:1", (0.125, 0, 0.75, 1)),
         media=shots(4 / 3, 1, 1, 1, 1)),
    case("a clip of 9:16 is cut to 4:5", "feed", "media", "R", place("video:1", 0, None, 375, 468.75),
         {"width": 375.0}, media=(shot(9 / 16, "video"),)),
    case("a clip of 16:9", "feed", "media", "D SP", place("video:1", 0, None, 375, 210.9), {"width": 375.0},
         media=(shot(16 / 9, "video"),)),
    case("a square clip", "feed", "media", "R", place("video:1", 0, None, 375, 375), {"width": 375.0},
         media=(shot(1, "video"),)),
    case("an upright clip's box", "desktop", "media", "D SP", place("backdrop", 0, None, 680, 931.6),
         media=(shot(9 / 16, "video"),)),
    case("and the clip in its middle", "desktop", "media", "R", place("video:1", 78, None, 524, 931.6),
         media=(shot(9 / 16, "video"),)),
    case("a clip of 16:9", "desktop", "media", "D SP", place("video:1", 0, None, 680, 382.5),
         media=(shot(16 / 9, "video"),)),
    case("a link's picture is 1.91:1", "desktop", "media", "D SP", place("link.picture", 0, None, 680, 356),
         mode="api", link="https://example.com/a"),
    case("a link's picture is 1.91:1", "feed", "media", "D SP", place("link.picture", 0, None, 375, 196.3),
         {"width": 375.0}, mode="api", link="https://example.com/a"),
    # where it folds: the ruler gives Latin half an em, so 15 px in 648 are 86 letters a line
    case("480 Latin letters fold", "desktop", "fold", "D BT", folds("body", 5, "… See more", 420), text="a" * 480),
    case("430 do not", "desktop", "fold", "D BT", whole("body", 5), text="a" * 430),
    case("six short lines fold", "desktop", "fold", "R", folds("body", 5, "… See more", 9), text="\n".join("abcdef")),
    case("简体", "desktop", "fold", "LBF", folds("body", 5, "… 展开", 212), {"language": "zh_CN"}, text="周" * 300),
    case("繁體, with two ellipses", "desktop", "fold", "LBF", folds("body", 5, "……查看更多", 210),
         {"language": "zh_TW"}, text="周" * 300),
    case("the way back", "desktop", "fold", "R", equal("its end", lambda c: named(c, "body").text[-8:], "See less"),
         {"unfolded": True}, text="a" * 500),
    case("about 120 letters on a phone", "feed", "fold", "D PT", folds("body", 3, "… See more", 128),
         {"width": 375.0}, text="a" * 200),
    case("three lines are whole", "feed", "fold", "R", whole("body", 3), {"width": 375.0}, text="a\nb\nc"),
    case("four are not", "feed", "fold", "R", folds("body", 3, "… See more", 5), {"width": 375.0}, text="a\nb\nc\nd"),
    case("简体", "feed", "fold", "LBF", folds("body", 3, "… 展开"), {"language": "zh_CN"}, text="周" * 300),
    case("繁體", "feed", "fold", "LBF", folds("body", 3, "……查看更多"), {"language": "zh_TW"}, text="周" * 300),
    case("never inside a tag", "feed", "fold", "R",
         equal("a whole tag or none", lambda c: "#城市" in named(c, "body").text, False), {"width": 375.0},
         text="周" * 64 + "#城市漫步周末好去处 " + "周" * 20),
    case("four empty lines are one", "desktop", "fold", "R", says("body", "a" * 90 + "\n\nb"),
         text="a" * 90 + "\n\n\n\n\nb"),
    # what there is, and in which order
    *(case("actions", surface, "structure", "SP", order(
        ["label:like", "label:comment", "label:share"], "label:")) for surface in ("feed", "desktop")),
    *(case(f"actions in {language}", "desktop", "structure", source, equal(
        "words", lambda c: [b.text for b in c.boxes if b.name.startswith("label:")], words), {"language": language})
      for language, source, words in (
          ("en", "SP", ["Like", "Comment", "Share"]), ("zh_CN", "R", ["赞", "评论", "分享"]),
          ("zh_TW", "LBF", ["讚", "留言", "分享"]))),
    case("three equal parts", "desktop", "structure", "D SP", equal("the second's middle", lambda c: (
        named(c, "action:comment").x + named(c, "label:comment").x + named(c, "label:comment").w) / 2, 340, 1)),
    case("name above time", "feed", "structure", "SP", beside(["name", "time"], down=True)),
    case("avatar left of name", "feed", "structure", "SP", beside(["avatar", "name"])),
    case("globe right of time", "desktop", "structure", "SP", beside(["time", "visibility"])),
    case("a link's card: host over title", "desktop", "structure", "SP", beside(
        ["link.picture", "link.host", "link.title"], down=True), mode="api", link="https://www.example.com/a"),
    case("the host in capitals", "feed", "structure", "SP", says("link.host", "EXAMPLE.COM"), mode="api",
         link="https://www.example.com/a"),
    case("no card beside media", "desktop", "structure", "R", lacks("link"), mode="api", media=shots(1),
         link="https://example.com/a"),
    case("the gap below", "feed", "structure", "R", place("apart", 0, None, 390, 8)),
    case("none on a computer", "desktop", "structure", "R", lacks("apart")),
    *(case(f"{name} ago", surface, "structure", "R", says("time", f"{said} ·"), ago(**length))
      for surface, name, length, said in (
          ("feed", "a moment", {"seconds": 10}, "Just now"), ("feed", "five minutes", {"minutes": 5}, "5m"),
          ("feed", "three hours", {"hours": 3}, "3h"), ("feed", "two days", {"days": 2}, "2d"),
          ("desktop", "ten days", {"days": 10}, "November 14"),
          ("desktop", "a year", {"days": 400}, "October 20, 2025"),
      )),
    *(case(f"three hours ago in {language}", "feed", "structure", "R", says("time", f"{said} ·"),
           {**ago(hours=3), "language": language}) for language, said in (("zh_CN", "3小时"), ("zh_TW", "3小時"))),
    # colours
    *(case(f"{token} {theme}", surface, "colour", source, ink(token, wanted), {"theme": theme})
      for surface in ("feed", "desktop") for token, theme, source, wanted in (
          ("text", "light", "TKF", "#050505"), ("muted", "light", "TKF", "#65676b"),
          ("line", "light", "TKF", "#ced0d4"), ("card", "dark", "TP", "#242526"),
          ("text", "dark", "TP", "#e4e6eb"), ("muted", "dark", "CL", "#b0b3b8"))),
    case("link", "desktop", "colour", "SP", ink("link", "#216fdb")),
    case("a card's ground", "desktop", "colour", "SP", ink("fill", "#f0f2f5")),
    case("more on a phone", "feed", "colour", "TP", equal(
        "its colour", lambda c: c.tokens[named(c, "body").runs[-1].token], "#65676b"), text="a" * 300),
    case("the veil", "feed", "colour", "MX", ink("others", "#00000099"), media=shots(*[1.0] * 6)),
    # letters and lengths
    case("name", "desktop", "metrics", "SP", font("name", 15, 20, 600)),
    case("time", "desktop", "metrics", "SP", font("time", 13, 16, 400)),
    case("text", "desktop", "metrics", "SP", font("body", 15, 20, 400), text="a" * 90),
    case("a few words alone", "desktop", "metrics", "R", font("body", 24, 28), text="Hello"),
    case("avatar", "desktop", "metrics", "SP", place("avatar", 16, 12, 40, 40)),
    case("body", "desktop", "metrics", "SP", place("body", 16, 60), text="a" * 90),
    case("+N", "desktop", "metrics", "MX", font("others", 30), media=shots(*[1.0] * 6)),
    case("actions are 42 high", "desktop", "metrics", "D SP", tall(60 + 20 + 16 + 1 + 42), text="a" * 86),
    case("name", "feed", "metrics", "TP", font("name", 15, weight=600)),
    case("text", "feed", "metrics", "TP", font("body", 15), text="a" * 90),
    case("avatar", "feed", "metrics", "TP", place("avatar", 12, 12, 40, 40)),
    case("+N", "feed", "metrics", "MX", font("others", 30), media=shots(*[1.0] * 6)),
    # a reel
    case("it fills the screen", "reel", "media", "R", place("video:1", 0, 0, 375, 812), {"width": 375.0},
         media=(shot(9 / 16, "video"),)),
    case("its sides are cut", "reel", "media", "D R", crop("video:1", (0.0895, 0, 0.821, 1)), {"width": 375.0},
         media=(shot(9 / 16, "video"),)),
    case("a wide one is whole", "reel", "media", "R", place("video:1", 0, 300.5, 375, 211), {"width": 375.0},
         media=(shot(16 / 9, "video"),)),
    case("before itself", "reel", "media", "R", has("backdrop"), media=(shot(16 / 9, "video"),)),
    case("what is safe", "reel", "media", "SHO", equal(
        "the zone", lambda c: get("facebook").zones[0].outline,
        ((65, 269), (1015, 269), (1015, 1248), (65, 1248)))),
    case("two lines of words", "reel", "fold", "TP", folds("body", 2, "… See more"), text="a" * 200,
         media=(shot(9 / 16, "video"),)),
    case("all of them", "reel", "fold", "TP", whole("body", 4), {"unfolded": True, "width": 375.0}, text="a\nb\nc\nd",
         media=(shot(9 / 16, "video"),)),
    case("rail", "reel", "structure", "TP", beside(["action:like", "action:comment", "action:share"], down=True)),
    case("name, Follow", "reel", "structure", "TP", beside(["avatar", "name", "follow"])),
    case("name over words over sound", "reel", "structure", "TP", beside(["name", "body", "music"], down=True),
         text="hello"),
    case("its head", "reel", "structure", "TP", says("reels", "Reels")),
    case("white words in either look", "reel", "colour", "R", ink("name", "#ffffff")),
    case("a black screen", "reel", "colour", "R", equal("ground", lambda c: c.tokens[c.boxes[0].token], "#000000")),
    case("the screen", "reel", "metrics", "R", tall(812), {"width": 375.0}),
    case("the screen of another phone", "reel", "metrics", "D R", tall(892), {"width": 412.0}),
    case("words", "reel", "metrics", "TP", font("body", 14), text="hello"),
    # words on a colour
    case("130 characters are few enough", "background", "fold", "PZ", has("ground", "body"), text="a" * 130),
    case("131 are not", "background", "fold", "PZ", lacks("ground"), text="a" * 131),
    case("nor beside a picture", "background", "structure", "PZ", lacks("ground"), text="hi", media=shots(1)),
    case("nor with an address", "background", "structure", "PZ", lacks("ground"), text="see https://example.com"),
    case("nor with a link", "background", "structure", "PZ", lacks("ground"), text="hi", link="https://example.com"),
    case("in the middle", "background", "structure", "PZ", equal(
        "as far from both edges", lambda c: named(c, "body").y + named(c, "body").h / 2
        - named(c, "ground").y - named(c, "ground").h / 2, 0, 0.01), text="Hello"),
    case("white words", "background", "colour", "PZ", ink("on-ground", "#ffffff")),
    case("text", "background", "metrics", "PZ", font("body", 28, 36, 700), text="Hello"),
    case("the least height", "background", "metrics", "PZ", place("ground", 0, None, 390, 320), text="Hello"),
    case("it grows with the words", "background", "metrics", "R", place("ground", 0, None, 390, 408),
         text="\n".join("a" * 10)),
]
