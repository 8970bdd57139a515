"""Douyin: a clone of the app whose code was read (ZY), colours of the live site (TK), limits by clients of the creator
page (AT), covers (NC); the rest is known from use (R). At 375 px the words have 70 % of the width less 12: 250.5 px,
which is 16 characters of 15 px.
"""

from __future__ import annotations

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
    places,
    says,
    shot,
    shots,
    whole,
)

CLIP = (shot(9 / 16, "video"),)
FLAT = (shot(16 / 9, "video"),)
ZH = {"language": "zh_CN"}
RAIL = ["avatar", "action:like", "action:comment", "action:collect", "action:share", "disc"]
WITHOUT = {"profile": ("fold",)}


case = cases_of("douyin", "player", mode="assisted")


def right(card):
    """Free px right of the avatar."""
    box = named(card, "avatar")
    return card.width - box.x - box.w


def overlap(card):
    """How much of the badge lies on the avatar."""
    avatar, badge = named(card, "avatar"), named(card, "follow")
    return avatar.y + avatar.h - badge.y


def zone(card):
    """Edges of what nothing covers: left, top, right above and beside the rail."""
    points = platforms.get(card.platform).zones[0].outline
    return (points[0], points[1][0], points[2][1], points[3][0])


def inset(name):
    """How far a box is from the upper left corner of the first cell."""
    return lambda card: (named(card, name).x - named(card, "cell:1").x, named(card, name).y > named(card, "cell:1").y)


def lower(name):
    """True where a box is in the lower left quarter of the first cell."""
    def look(card):
        box, cell = named(card, name), named(card, "cell:1")
        return box.x + box.w < cell.x + cell.w and box.y > cell.y + cell.h / 2 and box.y + box.h <= cell.y + cell.h
    return look


PLAYER = [
    case("an upright video has the whole width", "media", "R", place("video:1", x=0, w=375, h=666.7), media=CLIP),
    case("nothing of it is cut", "media", "R", crop("video:1", (0, 0, 1, 1)), media=CLIP),
    case("16:9 has black around it", "media", "D R", place("video:1", x=0, w=375, h=210.9), media=FLAT),
    case("a square has black around it", "media", "D R", place("video:1", x=0, w=375, h=375),
         media=(shot(1, "video"),)),
    case("at 412", "media", "D R", place("video:1", x=0, w=412, h=732.4), view={"width": 412.0}, media=CLIP),
    case("it stands on the bar of tabs", "media", "R", equal(
        "bottom", lambda c: named(c, "video:1").y + named(c, "video:1").h - named(c, "bar").y, 0, 0.5), media=CLIP),
    case("safe zone after TikTok's", "media", "RM", equal("edges", zone, ((24, 160), 1050, 780, 930)), media=CLIP),
    case("three lines fold", "fold", "R", folds("body", 3, "… 展开", 45), view=ZH, text="字" * 60, media=CLIP),
    case("48 characters are three lines", "fold", "D R", whole("body", 3), view=ZH, text="字" * 48, media=CLIP),
    case("49 fold", "fold", "D R", folds("body", 3, "… 展开", 45), view=ZH, text="字" * 49, media=CLIP),
    case("in 繁體", "fold", "R", folds("body", 3, "… 展開"), view={"language": "zh_TW"}, text="字" * 60, media=CLIP),
    case("a topic is not cut in two", "fold", "R", folds("body", 3, "… 展开", 42), view=ZH,
         text="字" * 42 + "#城市漫步 " + "字" * 30, media=CLIP),
    case("unfolded it says 收起", "fold", "R", equal("end", lambda c: named(c, "body").text[-2:], "收起"),
         view={**ZH, "unfolded": True}, text="字" * 60, media=CLIP),
    case("rail, top to bottom", "structure", "ZY", beside(RAIL, down=True), media=CLIP),
    case("rail's distance from the edge", "structure", "ZY", equal("right", right, 10), media=CLIP),
    case("a title has a line of its own", "structure", "R", beside(["name", "title", "body", "music"], down=True),
         title="周末好去处", text="去长乐路", media=CLIP),
    case("zero likes say 赞", "structure", "R", says("label:like", "赞"), view=ZH, media=CLIP),
    case("the follow badge lies over the avatar's foot", "structure", "ZY", equal("overlap", overlap, 9), media=CLIP),
    case("title of 30", "structure", "AT", counts("title", 31, 30), title="字" * 31, media=CLIP),
    case("caption of 1000", "structure", "AT", counts("text", 4, 1000), text="字" * 4, media=CLIP),
    case("brand", "colour", "TK", ink("brand", "#fe2c55"), media=CLIP),
    case("accent", "colour", "TK", ink("accent", "#25f4ee"), media=CLIP),
    case("dark in the light look too", "colour", "R", ink("card", "#000000"), view={"theme": "light"}, media=CLIP),
    case("topics are white", "colour", "R", equal(
        "run", lambda c: [(c.tokens[r.token], r.weight) for r in named(c, "body").runs], [("#ffffff", 700)]),
        text="好 #咖啡", media=CLIP),
    case("name", "metrics", "ZY", font("name", 18, weight=700), media=CLIP),
    case("description", "metrics", "ZY", font("body", 15), text="好", media=CLIP),
    case("labels", "metrics", "ZY", font("label:like", 12), media=CLIP),
    case("avatar", "metrics", "ZY", place("avatar", w=45, h=45), media=CLIP),
    case("its ring", "metrics", "ZY", equal("ring", lambda c: named(c, "avatar.ring").stroke, 3), media=CLIP),
    case("follow badge", "metrics", "ZY", place("follow", w=18, h=18), media=CLIP),
    case("music", "metrics", "ZY", font("music", 12), media=CLIP),
    case("words have 70 % of the width", "metrics", "ZY", place("body", x=12, w=250.5), text="字" * 30, media=CLIP),
]
IMAGES = [
    case("a 3:4 picture is whole", "media", "R", place("image:1", x=0, w=375, h=500), "images", media=shots(3 / 4)),
    case("a wide picture is whole", "media", "R", crop("image:1", (0, 0, 1, 1)), "images", media=shots(16 / 9)),
    case("its own blur is behind it", "media", "R", has("backdrop"), "images", media=shots(3 / 4)),
    case("one segment for each", "media", "ZY", equal(
        "segments", lambda c: sum(b.name.startswith("segment:") for b in c.boxes), 9), "images", media=shots(*[1] * 9)),
    case("the third is shown", "media", "ZY", has("image:3"), "images", {"page": 2}, media=shots(1, 1, 1, 1)),
    case("one at a time", "media", "ZY", lacks("image:2"), "images", media=shots(1, 1, 1)),
    case("equal segments, 4 apart", "media", "R", equal(
        "gap", lambda c: named(c, "segment:2").x - named(c, "segment:1").x - named(c, "segment:1").w, 4, 0.01),
        "images", media=shots(1, 1, 1)),
    case("n / N", "structure", "ZY", says("number", "2 / 4"), "images", {"page": 1}, media=shots(1, 1, 1, 1)),
    case("one picture has no bar", "structure", "ZY", lacks("segment:", "number"), "images", media=shots(1)),
    case("the bar is under the words", "structure", "ZY", beside(["body", "number", "segment:1", "bar"], down=True),
         "images", text="好", media=shots(1, 1)),
    case("rail", "structure", "ZY", beside(RAIL, down=True), "images", media=shots(1, 1)),
    case("a video is none", "structure", "R", says("no_media", "Pictures go here"), "images", media=CLIP),
    case("three lines fold", "fold", "R", folds("body", 3, "… 展开", 45), "images", ZH, text="字" * 60,
         media=shots(1, 1)),
    case("48 characters are three lines", "fold", "D R", whole("body", 3), "images", ZH, text="字" * 48,
         media=shots(1, 1)),
    case("brand", "colour", "TK", ink("brand", "#fe2c55"), "images", media=shots(1)),
    case("done segments are white", "colour", "R", ink("segment:1", "#ffffff"), "images", media=shots(1, 1)),
    case("name", "metrics", "ZY", font("name", 18, weight=700), "images", media=shots(1)),
    case("labels", "metrics", "ZY", font("label:share", 12), "images", media=shots(1)),
]
CELL = (375 - 2) / 3
HIGH = CELL * 4 / 3
PROFILE = [
    case("three columns of 3:4, 1 apart", "media", "D R", places(
        [(x * (CELL + 1), y * (HIGH + 1), CELL, HIGH) for y in range(3) for x in range(3)], "cell:"), "profile",
        media=CLIP),
    case("a 9:16 cover loses an eighth above and below", "media", "D NC", crop("cell:1", (0, 0.125, 1, 0.75)),
         "profile", media=CLIP),
    case("a 16:9 cover keeps its middle", "media", "D NC", crop("cell:1", (0.2891, 0, 0.4219, 1)), "profile",
         media=FLAT),
    case("the focal point stays", "media", "D NC", crop("cell:1", (0.5781, 0, 0.4219, 1)), "profile",
         media=(shot(16 / 9, "video", focus=(0.9, 0.5)),)),
    case("the others follow", "media", "R", equal(
        "pictures", lambda c: [b.media for b in c.boxes if b.name.startswith("cell:") and b.media][1:], ["m1", "m2"]),
        "profile", {"others": shots(1, 1)}, media=CLIP),
    case("plays at the lower left", "structure", "R", equal("place", lower("count:1"), True), "profile", media=CLIP),
    case("置顶 at the upper left", "structure", "R", equal("inset", inset("pinned"), (6, True)), "profile", ZH,
         media=CLIP, options={"pinned": True}),
    case("置顶", "structure", "R", says("pinned", "置顶"), "profile", ZH, media=CLIP, options={"pinned": True}),
    case("who it is stands above", "structure", "R", beside(["name", "handle", "tab:works", "cell:1"], down=True),
         "profile", media=CLIP),
    case("page", "colour", "R", equal(
        "ground", lambda c: c.tokens[c.boxes[0].token], "#161823"), "profile", media=CLIP),
    case("counts are white", "colour", "R", ink("count:1", "#ffffff"), "profile", media=CLIP),
    case("counts", "metrics", "R", font("count:1", 12), "profile", media=CLIP),
    case("name", "metrics", "R", font("name", 20, weight=600), "profile", media=CLIP),
]
CASES = [*PLAYER, *IMAGES, *PROFILE]
