"""Mastodon: the web client's own code of August 2026 (MA); its full dates are known from use (R)."""

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
ACTIONS = ["action:reply", "action:boost", "action:favourite", "action:bookmark", "action:options"]
#: In 600 px a post's column is 568 wide, so three pictures of 3:2 are 378.7 high together.
TWO = [(0, 0, 283, 378.7), (285, 0, 283, 378.7)]
THREE = [(0, 0, 283, 378.7), (285, 0, 283, 188.3), (285, 190.3, 283, 188.3)]
FOUR = [(0, 0, 283, 188.3), (285, 0, 283, 188.3), (0, 190.3, 283, 188.3), (285, 190.3, 283, 188.3)]
NARROW = {"width": 350.0}


case = cases_of("mastodon", "feed")


def both(name, part, source, check, view=None, **given):
    """The same in the feed and on the post's own page."""
    return [case(name, part, source, check, surface, view, **given) for surface in ("feed", "detail")]


def lines(number):
    return "\n".join("a" * number)


CASES = [
    *both("two", "media", "D MA", places(TWO), media=shots(1, 1)),
    *both("three, the first tall", "media", "D MA", places(THREE), media=shots(1, 1, 1)),
    *both("four", "media", "D MA", places(FOUR), media=shots(1, 1, 1, 1)),
    *both("one 16:9", "media", "D MA", place("image:1", x=16, w=568, h=319.5), media=shots(16 / 9)),
    *both("a sliver is 120 wide at least", "media", "MA", place("image:1", w=120), media=shots(1 / 12)),
    *both("a strip is 64 high at least", "media", "MA", place("image:1", h=64), media=shots(50)),
    case("one 3:4 is 566 high at most", "media", "MA", place("image:1", w=424.5, h=566), media=shots(3 / 4)),
    case("460 in a narrow column", "media", "MA", place("image:1", w=258.75, h=460), view=NARROW, media=shots(9 / 16)),
    case("twice that on its page", "media", "MA", place("image:1", w=568, h=757.3), "detail", media=shots(3 / 4)),
    case("and no more", "media", "MA", place("image:1", h=1132), "detail", media=shots(9 / 20)),
    case("two in a narrow column", "media", "D MA", places([(0, 0, 158, 212), (160, 0, 158, 212)]), view=NARROW,
         media=shots(1, 1)),
    case("the crop of two", "media", "D MA", crop("image:1", (0.1263, 0, 0.7474, 1)), media=shots(1, 1)),
    case("a clip as a picture", "media", "MA", place("video:1", w=568, h=319.5), media=(shot(16 / 9, "video"),)),
    case("room above pictures", "media", "MA", place("image:1", y=16 + 46 + 10 + 14), media=shots(1)),
    case("and on its page", "media", "MA", place("image:1", y=16 + 46 + 10 + 16), "detail", media=shots(1)),
    # 706 px are 32 lines of 22, and 330 px 15
    case("32 lines are whole", "fold", "D MA", whole("body", 32), text=lines(32)),
    case("33 fold to 15", "fold", "D MA", folds("body", 15), text=lines(33)),
    case("the label", "fold", "MA", says("more", "Read more"), text=lines(33)),
    case("the label in 简体", "fold", "MA", says("more", "查看更多"), view={"language": "zh_CN"}, text=lines(33)),
    case("the label in 繁體", "fold", "MA", says("more", "閱讀更多"), view={"language": "zh_TW"}, text=lines(33)),
    case("a long paragraph folds as well", "fold", "D MA", folds("body", 15), text="周" * (37 * 32 + 1)),
    case("32 lines of it do not", "fold", "D MA", whole("body", 32), text="周" * 37 * 32),
    case("opened", "fold", "MA", lacks("more"), view={"unfolded": True}, text=lines(33)),
    case("on its page nothing folds", "fold", "MA", whole("body", 99), "detail", text=lines(99)),
    case("a warning hides the text", "fold", "MA", lacks("body"), options={"spoiler_text": "剧透"}, text="x"),
    *both("an address counts 23", "fold", "MA", counts("text", 26, 500), text="Hi https://example.com/a/very/long/path"),
    *both("the host of a mention is free", "fold", "MA", counts("text", 4, 500), text="@mei@social.example"),
    *both("what can be done", "structure", "MA", order(ACTIONS, "action:")),
    *both("side by side", "structure", "MA", beside(ACTIONS)),
    *both("name over handle", "structure", "MA", beside(["name", "handle"], True)),
    *both("the text over the pictures", "structure", "MA", beside(["body", "image:1"], True), text="a", media=shots(1)),
    *both("an address is cut after 30", "structure", "MA", says("body", "example.com/aaaaaaaaaaaaaaaaaa…"),
          text="https://www.example.com/" + "a" * 40),
    *both("a mention without its host", "structure", "MA", says("body", "@mei"), text="@mei@social.example"),
    *both("a last line of tags are chips", "structure", "MA", has("chip:1", "chip:2", "chip:3"), text="x\n#a #b #c"),
    *both("three chips, then how many more", "structure", "MA", says("chip:4", "…and 2 more"),
          text="x\n#a #b #c #d #e"),
    *both("each tag once", "structure", "MA", lacks("chip:2"), text="x\n#Tag #tag #ＴＡＧ"),
    *both("only tags are text", "structure", "MA", lacks("chip:"), text="#a #b"),
    *both("pictures can be hidden", "structure", "MA", has("hide"), media=shots(1)),
    *both("descriptions have a mark", "structure", "MA", has("alt:1"), media=(shot(1, alt="A cup"),)),
    *both("host over title", "structure", "MA", beside(["link.host", "link.title"], True), text="https://example.com/a"),
    case("two hours in 简体", "structure", "MA", says("time", "2 小时前"),
         view={"posted": NOW - timedelta(hours=2), "now": NOW, "language": "zh_CN"}),
    case("two hours in 繁體", "structure", "MA", says("time", "2 小時前"),
         view={"posted": NOW - timedelta(hours=2), "now": NOW, "language": "zh_TW"}),
    case("two hours", "structure", "MA", says("time", "2h"), view={"posted": NOW - timedelta(hours=2), "now": NOW}),
    case("a week", "structure", "MA", says("time", "Nov 17"), view={"posted": NOW - timedelta(days=7), "now": NOW}),
    case("the moment", "structure", "R", says("time", "Nov 24, 2026, 9:30 AM"), "detail", {"posted": NOW}),
    case("the time at the right of the name", "structure", "MA", beside(["name", "visibility", "time"])),
    case("sensitive", "structure", "MA", says("sensitive", "敏感内容"), view={"language": "zh_CN"},
         media=shots(1), options={"sensitive": True}),
    *both("ground", "colour", "MA", ink("card", "#ffffff")),
    *both("text", "colour", "MA", ink("text", "#181820")),
    *both("second text", "colour", "MA", ink("muted", "#535374")),
    *both("links", "colour", "MA", ink("link", "#5638cc")),
    *both("dark ground", "colour", "MA", ink("card", "#181820"), {"theme": "dark"}),
    *both("dark text", "colour", "MA", ink("text", "#eeedf3"), {"theme": "dark"}),
    *both("dark links are not the brand", "colour", "MA", ink("link", "#d0cfdd"), {"theme": "dark"}),
    *both("lines", "colour", "MA", ink("line", "#d7d6e1")),
    *both("marks are on black at 65 %", "colour", "D MA", ink("alt:1", "#000000a6"), media=(shot(1, alt="A cup"),)),
    *both("in the dark, too", "colour", "D MA", ink("alt:1", "#000000a6"), {"theme": "dark"},
          media=(shot(1, alt="A cup"),)),
    *both("the author", "metrics", "MA", place("avatar", x=16, y=16, w=46, h=46)),
    *both("name", "metrics", "MA", font("name", 15)),
    *both("chips", "metrics", "MA", font("chip:1", 12, 16), text="x\n#a"),
    *both("host of a link", "metrics", "MA", font("link.host", 14), text="https://example.com/a"),
    *both("title of a link", "metrics", "MA", font("link.title", 19, 24), text="https://example.com/a"),
    *both("its square", "metrics", "MA", place("link", h=120), text="https://example.com/a"),
    case("text", "metrics", "MA", font("body", 15, 22), text="a"),
    case("text of its page", "metrics", "MA", font("body", 19, 24), "detail", text="a"),
    case("where the text begins", "metrics", "D MA", place("body", x=16, y=74), text="a"),
    case("marks on pictures", "metrics", "MA", font("alt:1", 12, weight=700), media=(shot(1, alt="A cup"),)),
]
