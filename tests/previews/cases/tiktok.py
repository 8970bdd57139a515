"""TikTok: positions measured on the iPhone app (RM, px of a picture of 1080 x 1920), a tool's preview (TP), the
vendor's ads help (TTA), limits by clients (AT, NT), a profile's cut (SR); the rest is known from use (R). At 375 px the
words have 270 px, which is 20 characters of 13 px.
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
RAIL = ["action:options", "avatar", "action:like", "action:comment", "action:collect", "action:share", "disc"]
LOGICAL = 1080 / 375  # one logical px, in px of the picture
WITHOUT = {"profile": ("fold",)}


case = cases_of("tiktok", "video", mode="assisted")


def on(name, side):
    """A side or the centre of a box, in px of the picture of 1080 x 1920."""
    def look(card):
        stage, box = named(card, "stage"), named(card, name)
        at = {"x": box.x + box.w / 2, "y": box.y + box.h / 2, "left": box.x, "top": box.y}[side]
        return (at - (stage.y if side in ("y", "top") else stage.x)) * 1080 / stage.w
    return look


def at(name, y, source="RM", width=375.0):
    return case(f"{name} at {y}, {width:.0f} wide", "media", source, equal(f"{name} y", on(name, "y"), y, LOGICAL),
                view={"width": width}, media=CLIP)


def zone(number):
    return lambda card: list(platforms.get(card.platform).zones[number].outline)


VIDEO = [
    case("an upright video has the whole width", "media", "TTA", place("video:1", x=0, w=375, h=666.7), media=CLIP),
    case("nothing of it is cut", "media", "RM", crop("video:1", (0, 0, 1, 1)), media=CLIP),
    case("16:9 has black around it", "media", "D R", place("video:1", x=0, w=375, h=210.9), media=FLAT),
    case("a square has black around it", "media", "D R", place("video:1", x=0, w=375, h=375),
         media=(shot(1, "video"),)),
    at("action:options", 829), at("avatar", 973), at("follow", 1025), at("action:like", 1150),
    at("action:comment", 1330), at("action:collect", 1490), at("action:share", 1650), at("disc", 1867),
    at("action:like", 1150, width=412.0), at("avatar", 973, width=390.0),
    case("the rail's middle", "media", "RM", equal("x", on("avatar", "x"), 1003, LOGICAL), media=CLIP),
    case("the rail begins at 803", "media", "RM", equal("top", on("action:options", "top"), 803, LOGICAL), media=CLIP),
    case("the rail's left is 949", "media", "RM", equal("left", on("avatar", "left"), 949, LOGICAL), media=CLIP),
    case("words begin at 1749", "media", "RM", equal("top", on("name", "top"), 1749, LOGICAL), text="hi", media=CLIP),
    case("words begin at x 31", "media", "RM", equal("left", on("name", "left"), 31, LOGICAL), media=CLIP),
    case("measured safe zone", "media", "RM", equal("outline", zone(0), [
        (24, 160), (1050, 160), (1050, 780), (930, 780), (930, 1715), (24, 1715)]), media=CLIP),
    case("official safe zone", "media", "RM", equal("outline", zone(1), [
        (120, 240), (960, 240), (960, 840), (780, 840), (780, 1260), (120, 1260)]), media=CLIP),
    case("two lines fold", "fold", "D TP", folds("body", 2, "… more", 37), text="字" * 60, media=CLIP),
    case("40 characters are two lines", "fold", "D TP", whole("body", 2), text="字" * 40, media=CLIP),
    case("41 fold", "fold", "D TP", folds("body", 2, "… more", 37), text="字" * 41, media=CLIP),
    case("in 简体", "fold", "R", folds("body", 2, "… 更多", 37), view=ZH, text="字" * 60, media=CLIP),
    case("a word of Latin", "fold", "D TP", folds("body", 2, "… more", 76), text="a" * 120, media=CLIP),
    case("unfolded it says less", "fold", "R", equal("end", lambda c: named(c, "body").text[-5:], " less"),
         view={"unfolded": True}, text="字" * 60, media=CLIP),
    case("rail, top to bottom", "structure", "RM", beside(RAIL, down=True), media=CLIP),
    case("Following and For You", "structure", "TP", beside(["top:following", "top:for_you"]), media=CLIP),
    case("For You is underlined", "structure", "TP", place("top:mark", w=24, h=2), media=CLIP),
    case("a bar of five tabs", "structure", "TP", beside(
        ["tab:home", "tab:friends", "tab:new", "tab:inbox", "tab:profile"]), media=CLIP),
    case("name, words, sound", "structure", "RM", beside(["name", "body", "music"], down=True), text="hi", media=CLIP),
    case("a video has no title", "structure", "R", lacks("title"), title="周末", media=CLIP),
    case("UTF-16", "structure", "AT", counts("text", 4, 2200), text="👍👍", media=CLIP),
    case("longer captions of newer apps", "structure", "NT", counts("text", 2, 4000), text="hi", media=CLIP,
         identity={"set.caption": "4000"}),
    case("pictures are none", "structure", "R", says("no_media", "A video goes here"), media=shots(1)),
    case("follow badge", "colour", "TP", ink("follow", "#fe2c55"), media=CLIP),
    case("black in the light look too", "colour", "R", ink("card", "#000000"), view={"theme": "light"}, media=CLIP),
    case("tags are white and bold", "colour", "R", equal(
        "run", lambda c: [(c.tokens[r.token], r.weight) for r in named(c, "body").runs], [("#ffffff", 700)]),
        text="hi #tea", media=CLIP),
    case("name", "metrics", "TP", font("name", 14, weight=700), media=CLIP),
    case("caption", "metrics", "TP", font("body", 13, 18), text="hi", media=CLIP),
    case("counts", "metrics", "TP", font("label:like", 11), media=CLIP),
    case("follow badge of 20", "metrics", "TP", place("follow", w=20, h=20), media=CLIP),
    case("ring of 1.5", "metrics", "TP", equal("ring", lambda c: named(c, "avatar.ring").stroke, 1.5), media=CLIP),
    case("icons", "metrics", "PZ", place("action:like", w=29, h=29), media=CLIP),
]
PHOTO = [
    case("a 3:4 picture is whole on black", "media", "R", place("image:1", x=0, w=375, h=500), "photo",
         media=shots(3 / 4)),
    case("a wide one is whole", "media", "R", crop("image:1", (0, 0, 1, 1)), "photo", media=shots(16 / 9)),
    case("no blur behind", "media", "R", lacks("backdrop"), "photo", media=shots(3 / 4)),
    case("one at a time", "media", "AT", lacks("image:1", "image:3"), "photo", {"page": 1}, media=shots(1, 1, 1)),
    case("the second is shown", "media", "AT", has("image:2"), "photo", {"page": 1}, media=shots(1, 1, 1)),
    case("35 can be swiped", "media", "AT", equal("pages", lambda c: c.pages, 35), "photo", media=shots(*[1] * 35)),
    case("dots", "structure", "AT", has("dot:1", "dot:2", "dot:3"), "photo", media=shots(1, 1, 1)),
    case("one picture has no dots", "structure", "AT", lacks("dot:"), "photo", media=shots(1)),
    case("rail", "structure", "RM", beside(RAIL, down=True), "photo", media=shots(1, 1)),
    case("a title has a line of its own", "structure", "R", beside(["name", "title", "body", "music"], down=True),
         "photo", text="hi", title="周末", media=shots(1)),
    case("title of 90", "structure", "R", counts("title", 2, 90), "photo", title="👍", media=shots(1)),
    case("text of 4,000", "structure", "R", counts("text", 2, 4000), "photo", text="hi", media=shots(1)),
    case("a video is none", "structure", "R", says("no_media", "Pictures go here"), "photo", media=CLIP),
    case("two lines fold", "fold", "D TP", folds("body", 2, "… more", 37), "photo", text="字" * 60, media=shots(1)),
    case("40 characters are two lines", "fold", "D TP", whole("body", 2), "photo", text="字" * 40, media=shots(1)),
    case("ground", "colour", "R", ink("card", "#000000"), "photo", media=shots(1)),
    case("the page's dot is white", "colour", "R", ink("dot:2", "#ffffff"), "photo", {"page": 1}, media=shots(1, 1)),
    case("name", "metrics", "TP", font("name", 14, weight=700), "photo", media=shots(1)),
    case("caption", "metrics", "TP", font("body", 13, 18), "photo", text="hi", media=shots(1)),
]
CELL = (375 - 2) / 3
HIGH = CELL * 4 / 3
PROFILE = [
    case("three columns of 3:4, 1 apart", "media", "D R", places(
        [(x * (CELL + 1), y * (HIGH + 1), CELL, HIGH) for y in range(3) for x in range(3)], "cell:"), "profile",
        media=CLIP),
    case("a 9:16 cover shows y 240 to 1680", "media", "D R", crop("cell:1", (0, 240 / 1920, 1, 1440 / 1920)),
         "profile", media=CLIP),
    case("that it may be cut to a square is said", "media", "SR", equal(
        "source", lambda c: "squares" in getattr(named(c, "cell:1").rule, "source", ""), True), "profile", media=CLIP),
    case("a 16:9 cover keeps its middle", "media", "D R", crop("cell:1", (0.2891, 0, 0.4219, 1)), "profile",
         media=FLAT),
    case("the others follow", "media", "R", equal(
        "pictures", lambda c: [b.media for b in c.boxes if b.name.startswith("cell:") and b.media][1:], ["m1", "m2"]),
        "profile", {"others": shots(1, 1)}, media=CLIP),
    case("plays stand in the cell", "structure", "R", beside(["cell:1", "count:1"], down=True), "profile", media=CLIP),
    case("several pictures are marked", "structure", "R", has("several"), "profile", media=shots(1, 1)),
    case("who it is stands above", "structure", "R", beside(["avatar", "handle", "tab:posts", "cell:1"], down=True),
         "profile", media=CLIP),
    case("page in the light", "colour", "R", ink("page", "#ffffff"), "profile", {"theme": "light"}, media=CLIP),
    case("page in the dark", "colour", "R", ink("page", "#121212"), "profile", {"theme": "dark"}, media=CLIP),
    case("plays are white", "colour", "R", ink("count:1", "#ffffff"), "profile", media=CLIP),
    case("plays", "metrics", "R", font("count:1", 12), "profile", media=CLIP),
    case("handle", "metrics", "R", font("handle", 17, weight=600), "profile", media=CLIP),
]
CASES = [*VIDEO, *PHOTO, *PROFILE]
