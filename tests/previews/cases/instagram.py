"""Instagram: its help (IGH), articles on 3:4 (IGB) and on reels (AIB), preview tools (SP, BD, TP), captures (RM)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from studio.platforms import get
from tests.platforms.fakes import media
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

WITHOUT = {"grid": ("fold",)}
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
AT_375 = {"width": 375.0}
OTHERS = tuple(replace(shot(1), media=f"o{n}") for n in (1, 2))
CLIP = (shot(9 / 16, "video"),)
# Heights of the frame at 375, by the shape of the first file.
HIGH = {
    5.0: 196.3, 2.35: 196.3, 1.91: 196.3, 16 / 9: 210.9, 3 / 2: 250, 4 / 3: 281.3, 1.0: 375, 4 / 5: 468.8, 3 / 4: 500,
    2 / 3: 500, 9 / 16: 500, 1 / 5: 500,
}
HIGH_470 = {1.91: 246.1, 4 / 3: 352.5, 1.0: 470, 4 / 5: 587.5, 3 / 4: 626.7, 9 / 16: 626.7}


def case(name, surface, part, source, check, view=None, **given):
    return Case(name, "instagram", surface, part, source, check, given, view or {})


def ago(**more):
    return {"posted": NOW - timedelta(**more), "now": NOW}


def zone(number):
    return lambda card: get("instagram").zones[number].outline


CASES = [
    *(case(f"a first picture of {ratio:.2f}", "feed", "media", "D IGB", place("image:1", 0, 56, 375, high), AT_375,
           media=(shot(ratio),)) for ratio, high in HIGH.items()),
    *(case(f"a first picture of {ratio:.2f}", "desktop", "media", "D IGB", place("image:1", 0, 56, 470, high),
           media=(shot(ratio),)) for ratio, high in HIGH_470.items()),
    *(case(f"a clip alone of {ratio:.2f}", "feed", "media", "D AIB", place("video:1", 0, 56, 375, high), AT_375,
           media=(shot(ratio, "video"),))
      for ratio, high in ((9 / 16, 468.8), (4 / 5, 468.8), (1.0, 375), (16 / 9, 210.9))),
    case("a reel loses 285 of 1920 above and below", "feed", "media", "D AIB", crop("video:1", (0, 285 / 1920, 1,
         1350 / 1920)), media=CLIP),
    case("a reel in a column of 468", "desktop", "media", "D AIB", place("video:1", 0, None, 468, 585),
         {"width": 468.0}, media=CLIP),
    case("9:16 is cut to 3:4", "feed", "media", "D IGB", crop("image:1", (0, 0.125, 1, 0.75)), media=(shot(9 / 16),)),
    case("2.35:1 is cut to 1.91:1", "feed", "media", "D IGB", crop("image:1", (0.0936, 0, 0.8128, 1)),
         media=(shot(2.35),)),
    *(case(f"page {page + 1} has the first one's shape", "feed", "media", "IGB",
           place(f"image:{page + 1}", 0, 56, 375, 375), {**AT_375, "page": page}, media=shots(1.0, 16 / 9, 3 / 4))
      for page in (0, 1, 2)),
    case("and is cut to it", "feed", "media", "D IGB", crop("image:2", (0.21875, 0, 0.5625, 1)), {"page": 1},
         media=shots(1.0, 16 / 9, 3 / 4)),
    case("only one is seen", "desktop", "media", "IGB", lacks("image:2", "image:3"), media=shots(1, 1, 1)),
    case("twenty", "feed", "media", "IGB", equal("pages", lambda c: c.pages, 20), media=shots(*[1.0] * 20)),
    # three lines, the name in the first: the ruler gives Latin half an em, so 14 px in 343 are 49 letters a line
    case("about 130 letters", "feed", "fold", "IGH", folds("body", 3, "… more"), AT_375, text="a" * 200),
    case("its last letter", "feed", "fold", "D IGH", equal("letters", lambda c: len(named(c, "body").text) - 6, 141),
         AT_375, text="a" * 200),
    case("three lines are whole", "feed", "fold", "IGH", whole("body", 3), AT_375, text="a\nb\nc"),
    case("four are not", "feed", "fold", "IGH", equal(
        "text", lambda c: named(c, "body").text, "mei.test a\nb\nc… more"), AT_375, text="a\nb\nc\nd"),
    case("Chinese folds at half as many", "feed", "fold", "D IGH", equal(
        "characters", lambda c: named(c, "body").text.count("周"), 65), {**AT_375, "language": "zh_CN"},
         text="周" * 200),
    case("简体", "feed", "fold", "R", folds("body", 3, "… 展开"), {"language": "zh_CN"}, text="周" * 200),
    case("繁體", "feed", "fold", "R", folds("body", 3, "… 更多"), {"language": "zh_TW"}, text="周" * 200),
    case("unfolded there is no way back", "feed", "fold", "R", equal(
        "its end", lambda c: named(c, "body").text[-3:], "aaa"), {"unfolded": True}, text="a" * 300),
    case("three lines", "desktop", "fold", "IGH", folds("body", 3, "… more"), text="a" * 300),
    case("two are whole", "desktop", "fold", "IGH", whole("body", 2), text="a\nb"),
    case("never inside a tag", "feed", "fold", "R", equal(
        "a whole tag or none", lambda c: "#城" in named(c, "body").text, False), AT_375,
        text="周" * 59 + "#城市漫步周末好去处 " + "周" * 20),
    # what there is, and in which order
    *(case("actions", surface, "structure", "SP", beside(
        ["action:like", "action:comment", "action:share", "action:save"])) for surface in ("feed", "desktop")),
    case("repost comes before share", "feed", "structure", "R", order(
        ["action:like", "action:comment", "action:repost", "action:share"])),
    case("save at the right edge", "feed", "structure", "D SP", place("action:save", x=375 - 16 - 24), AT_375),
    *(case(f"its buttons in {language}", "feed", "structure", source, equal(
        "words", lambda c: [named(c, f"action:{n}").text for n in ("like", "comment")], words), {"language": language})
      for language, source, words in (("en", "R", ["Like", "Comment"]), ("zh_CN", "R", ["赞", "评论"]),
                                      ("zh_TW", "LBI", ["讚", "留言"]))),
    case("head, picture, buttons, words, comments, time", "feed", "structure", "SP", beside(
        ["name", "image:1", "action:like", "body", "comment", "time"], down=True), media=shots(1), text="hello"),
    case("the words begin with the name", "feed", "structure", "SP", says("body", "mei.test hello"), text="hello"),
    case("which is bold", "feed", "structure", "SP", equal(
        "run", lambda c: next((r.start, r.end, r.weight) for r in named(c, "body").runs), (0, 8, 600)),
         text="hello"),
    case("an address is no link", "feed", "structure", "SP", equal(
        "runs", lambda c: len(named(c, "body").runs), 1), text="see https://example.com/a"),
    case("tags and people are", "feed", "structure", "SP", equal(
        "runs", lambda c: [named(c, "body").text[r.start:r.end] for r in named(c, "body").runs][1:],
        ["#咖啡", "@mei.li"]), text="go #咖啡, @mei.li."),
    case("1/3", "feed", "structure", "R", says("number", "1/3"), media=shots(1, 1, 1)),
    case("2/3", "feed", "structure", "R", says("number", "2/3"), {"page": 1}, media=shots(1, 1, 1)),
    case("a single one has neither", "feed", "structure", "R", lacks("number", "dot:"), media=shots(1)),
    case("three dots", "feed", "structure", "R", order(["dot:1", "dot:2", "dot:3"], "dot:"), media=shots(1, 1, 1)),
    case("five dots of nine", "feed", "structure", "R", order([f"dot:{n}" for n in (3, 4, 5, 6, 7)], "dot:"),
         {"page": 4}, media=shots(*[1.0] * 9)),
    case("no card for a link", "feed", "structure", "R", lacks("link"), link="https://example.com", text="hi"),
    case("the name, then when", "desktop", "structure", "R", beside(["avatar", "name", "time"])),
    *(case(f"{said}", "feed", "structure", "R", says("time", said), ago(**length)) for said, length in (
        ("Just now", {"seconds": 5}), ("1 minute ago", {"minutes": 1}), ("5 minutes ago", {"minutes": 5}),
        ("2 hours ago", {"hours": 2}), ("3 days ago", {"days": 3}), ("November 14", {"days": 10}))),
    case("2小时前", "feed", "structure", "R", says("time", "2小时前"), {**ago(hours=2), "language": "zh_CN"}),
    *(case(f"{said} on the web", "desktop", "structure", "R", says("time", f"· {said}"), ago(**length))
      for said, length in (("5m", {"minutes": 5}), ("2h", {"hours": 2}), ("3d", {"days": 3}), ("6w", {"days": 45}))),
    case("2,200 characters", "feed", "structure", "SP", counts("text", 2200, 2200), text="周" * 2200),
    # colours
    *(case(f"{token} {theme}", surface, "colour", source, ink(token, wanted), {"theme": theme})
      for surface in ("feed", "desktop") for token, theme, source, wanted in (
          ("card", "light", "SP", "#ffffff"), ("muted", "light", "SP", "#737373"), ("link", "light", "SP", "#00376b"),
          ("card", "dark", "TKI", "#0c1014"), ("text", "dark", "TKI", "#f5f5f5"), ("muted", "dark", "SP", "#a8a8a8"),
          ("line", "dark", "BD", "#262626"), ("link", "dark", "R", "#e0f1ff"))),
    case("the dot that is on", "feed", "colour", "TP", ink("dot:1", "#0095f6"), media=shots(1, 1)),
    # letters and lengths
    *(case("avatar", surface, "metrics", "SP", place("avatar", x, 12, 32, 32)) for surface, x in (
        ("feed", 16), ("desktop", 4))),
    *(case("name", surface, "metrics", "SP", font("name", 14, weight=600)) for surface in ("feed", "desktop")),
    *(case("words", surface, "metrics", "SP", font("body", 14, 18, 400), text="hello")
      for surface in ("feed", "desktop")),
    case("time", "feed", "metrics", "SP", font("time", 12)),
    case("dots of 6, 4 apart", "feed", "metrics", "R", places(
        [(0, 0, 6, 6), (10, 0, 6, 6), (20, 0, 6, 6)], "dot:", 0.01), media=shots(1, 1, 1)),
    case("buttons 16 apart", "feed", "metrics", "SP", equal(
        "step", lambda c: named(c, "action:comment").x - named(c, "action:like").x, 24 + 16)),
    # a reel that fills the phone
    case("only x 54 to 1026 of 1080 is seen", "reel", "media", "RM", crop("stage", (0.05, 0, 0.9, 1)), AT_375,
         media=CLIP),
    case("the clip", "reel", "media", "D RM", place("video:1", 0, 0, 375, 741), AT_375, media=CLIP),
    case("a wide one is whole", "reel", "media", "R", place("video:1", 0, 265, 375, 211), AT_375,
         media=(shot(16 / 9, "video"),)),
    case("what is safe", "reel", "media", "RM", equal("outline", zone(0), (
        (55, 235), (1025, 235), (1025, 1090), (900, 1090), (900, 1700), (55, 1700)))),
    case("what is safe in an ad", "reel", "media", "SHO", equal("outline", zone(1), (
        (65, 269), (1015, 269), (1015, 1248), (65, 1248)))),
    case("one line", "reel", "fold", "R", folds("body", 1, "…"), text="a" * 200, media=CLIP),
    case("all of it", "reel", "fold", "R", whole("body", 4), {"unfolded": True}, text="a\nb\nc\nd", media=CLIP),
    case("the rail's middle", "reel", "structure", "D RM", equal(
        "x", lambda c: named(c, "action:like").x + named(c, "action:like").w / 2, 348.0, 1.0), AT_375, media=CLIP),
    case("the rail begins", "reel", "structure", "D RM", place("action:like", y=429.9), AT_375, media=CLIP, text="hi"),
    case("words begin", "reel", "structure", "D RM", place("avatar", y=666.1), AT_375, media=CLIP, text="hi"),
    case("controls at the top end", "reel", "structure", "D RM", equal(
        "within", lambda c: named(c, "reels").y + named(c, "reels").h <= 741 * 212 / 1920, True), AT_375, media=CLIP),
    case("the rail's order", "reel", "structure", "R", beside(
        ["action:like", "action:comment", "action:repost", "action:share", "action:options", "disc"], down=True)),
    case("white words", "reel", "colour", "R", ink("name", "#ffffff")),
    case("black in either look", "reel", "colour", "R", equal(
        "ground", lambda c: c.tokens[c.boxes[0].token], "#000000")),
    case("the screen", "reel", "metrics", "R", tall(812), AT_375),
    case("words", "reel", "metrics", "R", font("body", 14, 18), text="hi"),
    # the profile: three columns of 3:4, one px apart; at 375 a cell is 124.3 wide
    case("three columns of 3:4", "grid", "media", "D IGB", places(
        [(x, y, 124.33, 165.78) for y in (0, 166.78, 333.56) for x in (0, 125.33, 250.67)], "cell:"), AT_375,
        media=shots(4 / 3)),
    case("a square loses its sides", "grid", "media", "D IGB", crop("cell:1", (0.125, 0, 0.75, 1)), media=shots(1)),
    case("3:4 loses nothing", "grid", "media", "D IGB", crop("cell:1", (0, 0, 1, 1)), media=shots(3 / 4)),
    case("9:16 is seen from 240 to 1680", "grid", "media", "D IGB", crop("cell:1", (0, 240 / 1920, 1, 1440 / 1920)),
         media=(media("a.mp4", 1080, 1920, kind="video"),)),
    case("several files have a mark", "grid", "structure", "IGB", equal(
        "icon", lambda c: named(c, "mark:1").icon, "copy"), media=shots(1, 1)),
    case("a reel has another", "grid", "structure", "IGB", equal(
        "icon", lambda c: named(c, "mark:1").icon, "clapperboard"), media=CLIP),
    case("one picture has none", "grid", "structure", "IGB", lacks("mark:"), media=shots(1)),
    case("in the cell's upper right", "grid", "structure", "D IGB", place("mark:1", x=124.33 - 8 - 18), AT_375,
         media=shots(1, 1)),
    case("the newest first", "grid", "structure", "R", equal(
        "covers", lambda c: [named(c, f"cell:{n}").media for n in (1, 2, 3)], ["m1", "o1", "o2"]),
        {"others": OTHERS}, media=shots(1)),
    case("blank cells wait", "grid", "structure", "R", has("cell:9"), media=shots(1)),
    case("ground", "grid", "colour", "SP", ink("card", "#ffffff")),
    case("dark ground", "grid", "colour", "TKI", ink("card", "#0c1014"), {"theme": "dark"}),
    case("marks of 16 to 20", "grid", "metrics", "IGB", equal("size", lambda c: named(c, "mark:1").w, 18),
         media=shots(1, 1)),
    case("name", "grid", "metrics", "SP", font("name", 14, weight=600)),
]
