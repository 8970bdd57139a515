"""LinkedIn: measurements of the fold (ESP) and the card (BP) by others, social-previews (SP), TryPost's dark colours
(TP), use (R)."""

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
ACTIONS = ["action:like", "action:comment", "action:repost", "action:send"]
WORDS = "abcd " * 60


case = cases_of("linkedin", "feed")


def both(name, part, source, check, view=None, **given):
    """The same on a computer and on a phone."""
    return [case(name, part, source, check, surface, view, **given) for surface in ("feed", "mobile")]


CASES = [
    case("one 16:9 over all the width", "media", "SP", place("image:1", x=0, w=555, h=312.2), media=shots(16 / 9)),
    case("9:16 is cut to 4:5", "media", "D BP", place("image:1", w=555, h=693.75), media=shots(9 / 16)),
    case("its crop keeps the middle", "media", "D BP", crop("image:1", (0, 0.1484, 1, 0.7031)), media=shots(9 / 16)),
    case("5:1 is cut to 3:1", "media", "D BP", place("image:1", w=555, h=185), media=shots(5)),
    case("two squares", "media", "R", places([(0, 0, 276.5, 276.5), (278.5, 0, 276.5, 276.5)]), media=shots(1, 2)),
    case("three: one and two below one another", "media", "R", places(
        [(0, 0, 370, 370), (372, 0, 183, 184), (372, 186, 183, 184)]), media=shots(1, 1, 1)),
    case("four: one and a column of three", "media", "R", places(
        [(0, 0, 431, 370), (433, 0, 122, 122), (433, 124, 122, 122), (433, 248, 122, 122)]), media=shots(1, 1, 1, 1)),
    case("five show four", "media", "R", says("others", "+1"), media=shots(1, 1, 1, 1, 1)),
    case("a link's picture is 1.91:1", "media", "SP", place("link.picture", x=0, w=555, h=290.6),
         link="https://example.com/a"),
    # 523 px of 14 px: 74 letters or 37 CJK characters in a line; the label needs 5 letters and a space.
    case("three lines", "fold", "ESP", folds("body", 3), text=WORDS),
    case("about 210 characters", "fold", "D ESP", folds("body", shown=216), text="a" * 400),
    case("two when the third is blank", "fold", "ESP", folds("body", 2, shown=12), text="first\nsecond\n\nfourth"),
    case("three lines are whole", "fold", "ESP", whole("body", 3), text="first\nsecond\nthird"),
    case("111 CJK characters are whole", "fold", "D ESP", whole("body", 3), text="周" * 111),
    case("112 are not", "fold", "D ESP", folds("body", 3, shown=108), text="周" * 112),
    case("3,000 characters", "fold", "SP", counts("text", 3000, 3000), text="a" * 3000),
    *both("the label", "fold", "ESP", says("more", "…more"), text=WORDS),
    *both("unfolded", "fold", "R", lacks("more"), {"unfolded": True}, text=WORDS),
    *both("what can be done", "structure", "BP", order(ACTIONS, "action:")),
    *both("side by side", "structure", "BP", beside(ACTIONS)),
    *both("from top to bottom", "structure", "SP", beside(["name", "handle", "time", "body", "image:1"], True),
          text="hello", media=shots(1)),
    *both("days", "structure", "R", says("time", "3d •"), {"posted": NOW - timedelta(days=3), "now": NOW}),
    case("title over host", "structure", "SP", beside(["link.picture", "link.title", "link.host"], True),
         link="https://example.com/a", title="Title"),
    case("a clip", "structure", "R", has("video:1"), media=(shot(16 / 9, "video"),)),
    *both("links", "colour", "SP", ink("link", "#0a66c2")),
    *both("text", "colour", "SP", ink("text", "#000000e6")),
    *both("second text", "colour", "SP", ink("muted", "#00000099")),
    *both("dark ground", "colour", "TP", ink("card", "#1b1f23"), {"theme": "dark"}),
    *both("dark text", "colour", "TP", ink("text", "#ffffffe6"), {"theme": "dark"}),
    *both("dark lines", "colour", "TP", ink("line", "#38434f"), {"theme": "dark"}),
    case("the foot of a link", "colour", "SP", ink("fill", "#eef3f8")),
    *both("text of the post", "metrics", "SP", font("body", 14, 20), text="hello"),
    *both("name", "metrics", "SP", font("name", 14, weight=600)),
    *both("the lines below the name", "metrics", "SP", font("time", 12)),
    *both("picture of the author", "metrics", "SP", place("avatar", x=16, y=12, w=48, h=48)),
    *both("margins of the text", "metrics", "SP", place("body", x=16), text="hello"),
    case("words of the buttons", "metrics", "BP", font("label:like", 14, weight=600)),
    case("title of a link", "metrics", "SP", font("link.title", 14, weight=600), link="https://example.com/a"),
    # on a phone of 375: 343 px, 49 letters in a line
    case("one 4:5", "media", "D BP", place("image:1", x=0, w=375, h=468.75), "mobile", media=shots(4 / 5)),
    case("two halves", "media", "R", places([(0, 0, 186.5, 186.5), (188.5, 0, 186.5, 186.5)]), "mobile",
         media=shots(1, 1)),
    case("a link's picture there", "media", "SP", place("link.picture", w=375, h=196.3), "mobile",
         link="https://example.com/a"),
    case("three lines there", "fold", "ESP", folds("body", 3), "mobile", text=WORDS),
    case("about 140 characters", "fold", "D ESP", folds("body", shown=141), "mobile", text="a" * 400),
    case("two lines there", "fold", "ESP", folds("body", 2), "mobile", text="first\nsecond\n\nfourth"),
    case("no frame", "structure", "R", place("card", x=0, w=375), "mobile"),
]
