"""Bluesky: the client's own code of May 2025 (BS), its gallery (BSG)."""

from __future__ import annotations

from tests.previews.reference import Case, counts, folds, font, ink, order, place, places, says, shots, whole

AT_515 = {"width": 600.0}  # the column of a post is then 515 wide


def case(name, part, source, check, surface="feed", view=None, **given):
    return Case(name, "bluesky", surface, part, source, check, given, view or {})


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
]
