"""Bluesky: the client's own code of May 2025 (BS), its gallery (BSG)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
    order,
    place,
    places,
    says,
    shot,
    shots,
    whole,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PHONE = {"width": 375.0}  # the column is then 290 wide
AT_515 = {"width": 600.0}  # the column of a post is then 515 wide


def ago(**time):
    return {"posted": NOW - timedelta(**time), "now": NOW}


case = cases_of("bluesky", "feed")

CASES = [
    case("one 3:4 is a box as wide as its height", "media", "D BS", place("image:1", w=386, h=515), view=AT_515,
         media=shots(3 / 4)),
    case("one 9:16", "media", "D BS", place("image:1", w=290, h=515), view=AT_515, media=shots(9 / 16)),
    case("one 16:9", "media", "D BS", place("image:1", w=515, h=290), view=AT_515, media=shots(16 / 9)),
    case("two squares", "media", "BS", places([(0, 0, 255.5, 255.5), (259.5, 0, 255.5, 255.5)]), view=AT_515,
         media=shots(1, 1)),
    case("three: one and two stacked", "media", "BS", places(
        [(0, 0, 255.5, 255.5), (259.5, 0, 255.5, 125.75), (259.5, 129.75, 255.5, 125.75)]), view=AT_515,
        media=shots(1, 1, 1)),
    case("four of 3:2", "media", "BS", places(
        [(0, 0, 255.5, 170.3), (259.5, 0, 255.5, 170.3), (0, 174.3, 255.5, 170.3), (259.5, 174.3, 255.5, 170.3)]),
        view=AT_515, media=shots(1, 1, 1, 1)),
    case("25 line breaks fold", "fold", "BS", folds("body", 25), text="\n".join("a" * 26)),
    case("24 do not", "fold", "BS", whole("body", 25), text="\n".join("a" * 25)),
    case("a long paragraph never folds", "fold", "BS", whole("body"), text="word " * 58),
    case("the label", "fold", "BS", says("more", "显示更多"), text="\n".join("a" * 26), view={"language": "zh_CN"}),
    case("actions", "structure", "BS", order(
        ["action:reply", "action:repost", "action:like", "action:share", "action:options"], "action:")),
    case("a family counts one", "structure", "BS", counts("text", 1, 300), text="👨‍👩‍👧"),
    case("link", "colour", "R", ink("link", "#1083fe")),
    case("ground", "colour", "BS", ink("card", "#ffffff")),
    case("text", "metrics", "BS", font("body", 16), text="hello"),
    case("name", "metrics", "BS", font("name", 16, weight=600)),
    case("one 1:3 is cut to 1:2", "media", "BS", place("image:1", w=257.5, h=515), view=AT_515, media=shots(1 / 3)),
    case("and shows its middle", "media", "D BS", crop("image:1", (0, 1 / 6, 1, 2 / 3)), view=AT_515,
         media=shots(1 / 3)),
    case("3:4 on a phone", "media", "D BS", place("image:1", x=70, w=290, h=386.7), view=PHONE, media=shots(3 / 4)),
    case("9:16 on a phone", "media", "D BS", place("image:1", x=70, w=290, h=515.6), view=PHONE,
         media=shots(9 / 16)),
    case("a clip is as a picture", "media", "BS", place("video:1", w=515, h=290), view=AT_515,
         media=(shot(16 / 9, "video"),)),
    case("five are a strip 300 high", "media", "BSG", places([(0, 0, 300, 300), (308, 0, 222, 300)]), view=AT_515,
         media=shots(1, 1, 1, 1, 1)),
    case("no wider than 3:2 there", "media", "BSG", place("image:1", w=450, h=300), view=AT_515,
         media=shots(3, 1, 1, 1, 1)),
    case("no narrower than 2:3", "media", "BSG", place("image:1", w=200, h=300), view=AT_515,
         media=shots(1 / 3, 1, 1, 1, 1)),
    case("200 high on a phone", "media", "BSG", place("image:1", w=200, h=200), view=PHONE, media=shots(1, 1, 1, 1, 1)),
    case("it can be moved on", "media", "BSG", place("image:3", x=70, w=300), view={**AT_515, "page": 2},
         media=shots(1, 1, 1, 1, 1)),
    case("and has so many", "media", "BSG", equal("pages", lambda card: card.pages, 6), media=shots(*[1] * 6)),
    case("unfolded", "fold", "BS", lacks("more"), text="\n".join("a" * 40), view={"unfolded": True}),
    case("the label in English", "fold", "BS", says("more", "Show More"), text="\n".join("a" * 26)),
    case("the label in 繁體", "fold", "BS", says("more", "顯示更多"), text="\n".join("a" * 26),
         view={"language": "zh_TW"}),
    case("300 graphemes", "fold", "BS", counts("text", 300, 300), text="周" * 300),
    case("a path over 15", "structure", "BS", says("body", "example.com/123456789012..."),
         text="https://example.com/1234567890123456"),
    case("www is kept", "structure", "BS", says("body", "www.example.com/a"), text="https://www.example.com/a"),
    case("nine seconds", "structure", "BS", says("time", "· 9s"), view=ago(seconds=9)),
    case("three minutes", "structure", "BS", says("time", "· 3m"), view=ago(minutes=3, seconds=59)),
    case("two hours", "structure", "BS", says("time", "· 2h"), view=ago(hours=2)),
    case("29 days", "structure", "BS", says("time", "· 29d"), view=ago(days=29)),
    case("eleven months", "structure", "BS", says("time", "· 11mo"), view=ago(days=359)),
    case("a day", "structure", "BS", says("time", "· 11/29/2025"), view=ago(days=360)),
    case("now", "structure", "BS", says("time", "· now"), view=ago(seconds=4)),
    case("one line of head", "structure", "BS", beside(["avatar", "name", "handle", "time"])),
    case("descriptions have a mark", "structure", "BS", has("alt:1"), media=(shot(1, alt="A cup"),)),
    case("title, line, globe, host", "structure", "BS", beside(["link.title", "link.rule", "link.host"], True),
         link="https://example.com/a", title="Title"),
    case("room in a card", "metrics", "D BS", place("link", h=8 + 21 + 4 + 1 + 6 + 16 + 8), link="https://a.com",
         title="Title"),
    case("a description's mark", "metrics", "BS", font("alt:1", 8), media=(shot(1, alt="A cup"),)),
    case("260 high in between", "media", "BSG", place("image:1", h=260), view={"width": 550.0}, media=shots(*[1] * 5)),
    case("the author", "metrics", "BS", place("avatar", x=18, w=42, h=42)),
    case("the column", "metrics", "D BS", place("body", x=70, w=515), view=AT_515, text="hello"),
    case("a card's title", "metrics", "BS", font("link.title", 16, weight=600), link="https://a.com", title="Title"),
    case("a card's host", "metrics", "BS", font("link.host", 12), link="https://a.com"),
]
