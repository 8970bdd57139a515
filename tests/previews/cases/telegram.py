"""Telegram: the source of Web A (TG), a dark theme (TGD); what is not in it is known from use (R)."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from tests.previews.reference import (
    beside,
    cases_of,
    counts,
    crop,
    font,
    has,
    ink,
    lacks,
    place,
    places,
    says,
    shot,
    shots,
    whole,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PHONE = {"width": 375.0}


case = cases_of("telegram", "channel")

CASES = [
    case("one 4:3 fills the bubble", "media", "D TG", place("image:1", w=464, h=348), media=shots(4 / 3)),
    case("one is 432 high at most", "media", "TG", place("image:1", w=243, h=432), media=shots(9 / 16)),
    case("a square", "media", "D TG", place("image:1", w=432, h=432), media=shots(1)),
    case("on a phone 72 px stay free", "media", "D TG", place("image:1", w=303, h=227), view=PHONE,
         media=shots(4 / 3)),
    case("two wide ones are stacked", "media", "D TG", places([(0, 0, 464, 231), (0, 233, 464, 231)]),
         media=shots(16 / 9, 16 / 9)),
    case("two squares are columns", "media", "D TG", places([(0, 0, 231, 231), (233, 0, 231, 231)]),
         media=shots(1, 1)),
    case("two that differ", "media", "D TG", places([(0, 0, 166, 295), (168, 0, 296, 295)]), media=shots(9 / 16, 1)),
    case("three, the first wide", "media", "D TG", places([(0, 0, 464, 261), (0, 263, 231, 201), (233, 263, 231, 201)]),
         media=shots(16 / 9, 1, 1)),
    case("three, the first narrow", "media", "D TG", places(
        [(0, 0, 231, 464), (233, 0, 231, 231), (233, 233, 231, 231)]), media=shots(9 / 16, 1, 1)),
    case("four, the first wide", "media", "D TG", places(
        [(0, 0, 464, 261), (0, 263, 153, 153), (155, 263, 154, 153), (311, 263, 153, 153)]),
        media=shots(16 / 9, 1, 1, 1)),
    case("four squares", "media", "D TG", places(
        [(0, 0, 277, 464), (279, 0, 153, 153), (279, 155, 153, 153), (279, 310, 153, 154)]), media=shots(1, 1, 1, 1)),
    case("five squares are two rows", "media", "D TG", places(
        [(0, 0, 231, 231), (233, 0, 231, 231), (0, 233, 153, 153), (155, 233, 153, 153), (310, 233, 154, 153)]),
        media=shots(1, 1, 1, 1, 1)),
    case("ten at most", "media", "TG", lacks("image:11"), media=shots(*[1] * 12)),
    case("the crop of two wide ones", "media", "D TG", crop("image:1", (0, 0.0575, 1, 0.885)),
         media=shots(16 / 9, 16 / 9)),
    case("a clip says its length", "media", "TG", says("duration:1", "1:14"),
         media=(shot(16 / 9, "video", duration=Fraction(74)),)),
    case("nothing folds", "fold", "TG", whole("body"), text="word " * 800),
    case("not by lines either", "fold", "TG", whole("body", 60), text="\n".join("a" * 60)),
    case("a caption is whole", "fold", "TG", whole("body"), text="周" * 1024, media=shots(1)),
    case("no label", "fold", "TG", lacks("more"), text="周" * 4096),
    case("4,096 units", "fold", "TG", counts("text", 4096, 4096), text="周" * 4096),
    case("an emoji of a higher plane counts two", "fold", "TG", counts("text", 2, 4096), text="👍"),
    case("a caption has 1,024", "fold", "R", counts("text", 3, 1024), text="abc", media=shots(1)),
    case("from top to bottom", "structure", "TG", beside(["name", "image:1", "body"], True), text="hello",
         media=shots(1)),
    case("number, eye, time", "structure", "TG", beside(["count:views", "views", "time"])),
    case("the time", "structure", "TG", says("time", "09:30"), view={"posted": NOW}),
    case("no picture of the author", "structure", "TG", lacks("avatar")),
    case("a button beside it", "structure", "R", has("action:share")),
    case("site over title", "structure", "TG", beside(["link.host", "link.title"], True), title="Title",
         link="https://example.com/a"),
    case("a page is below the text", "structure", "TG", beside(["body", "link"], True), link="https://example.com/a"),
    case("addresses stand in full", "structure", "TG", says("body", "https://www.example.com/a/very/long/path?x=1"),
         text="https://www.example.com/a/very/long/path?x=1"),
    case("the bar of a page", "metrics", "TG", place("link.bar", w=3), link="https://example.com/a"),
    case("the small photo of a page", "metrics", "TG", place("link.picture", w=80, h=80), link="https://example.com/a"),
    case("padding", "metrics", "TG", place("body", x=16, y=33), text="hello"),
    case("a small one has 192 px", "media", "TG", place("bubble", w=192), media=shots(1 / 4)),
    case("and 320 above many words", "media", "TG", place("bubble", w=320), media=shots(1 / 4), text="a" * 41),
    case("the picture is in the middle of it", "media", "D TG", place("image:1", x=8 + 106, w=108), text="a" * 41,
         media=shots(1 / 4)),
    case("a strip has 80 px", "media", "TG", place("backdrop:1", w=464, h=80), media=shots(20)),
    case("six squares are two rows", "media", "D TG", places(
        [(0, 0, 153, 153), (155, 0, 153, 153), (310, 0, 154, 153), (0, 155, 153, 153), (155, 155, 153, 153),
         (310, 155, 154, 153)]), media=shots(*[1] * 6)),
    case("text", "metrics", "TG", font("body", 16, 21), text="hello"),
    case("time is small", "metrics", "TG", font("time", 12)),
    case("the name", "metrics", "TG", font("name", 14, 20, 500)),
    case("the bubble is 464 wide at most", "metrics", "TG", place("bubble", w=464), text="周" * 99),
    case("and less on a phone", "metrics", "TG", place("bubble", w=303), view=PHONE, link="https://a.com/x"),
    case("dark bubble", "colour", "TGD", ink("card", "#212121"), view={"theme": "dark"}),
    case("dark accent", "colour", "TGD", ink("link", "#8774e1"), view={"theme": "dark"}),
    case("dark text", "colour", "TGD", ink("text", "#ffffff"), view={"theme": "dark"}),
    case("dark second text", "colour", "TGD", ink("muted", "#aaaaaa"), view={"theme": "dark"}),
    case("white bubble", "colour", "R", ink("card", "#ffffff")),
]
