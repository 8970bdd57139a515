"""What holds of every surface of every platform, whatever the post is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio import platforms
from studio.core.card import Box, Card, View
from studio.core.post import Content, Media
from studio.platforms.text import grapheme_cut
from tests.platforms.fakes import Ruler
from tests.platforms.layouts import assert_sound, overlap
from tests.previews.samples import RATIOS, TEXTS, hostile, picture, post

SURFACES = [(p.id, s.id) for p in platforms.every().values() for s in p.surfaces]
each_surface = pytest.mark.parametrize(("platform", "surface"), SURFACES, ids=["-".join(pair) for pair in SURFACES])
PIECES = (
    "周末", "老城南，", "word ", "a", " ", "\n", "👨‍👩‍👧", "🇨🇳", "e\u0301", "#城市漫步 ", "#topic ", "@mei.test ",
    "سلام ", "https://example.com/a/b?c=d ",
)  # fmt: skip
FEW = settings(max_examples=12, deadline=None)
WORDS = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
FOCUS = st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1))


@st.composite
def media(draw: st.DrawFn) -> tuple[Media, ...]:
    """None, up to twelve pictures, or one clip."""
    if draw(st.integers(0, 5)) == 0:
        return (picture(1, draw(st.sampled_from(RATIOS)), "video"),)
    number = draw(st.integers(0, 12))
    return tuple(
        picture(n, draw(st.sampled_from(RATIOS)), focus=draw(FOCUS), alt=draw(st.sampled_from(["", "A cup"])))
        for n in range(1, number + 1)
    )


@cache
def width_of(platform: str, surface: str) -> float:
    return float(next(s.widths[0] for s in platforms.get(platform).surfaces if s.id == surface))


def draw(what: Content, surface: str, **view: object) -> Card:
    given_ = {"width": width_of(what.platform, surface), **view}
    return platforms.get(what.platform).layout(what, View(surface, **given_), Ruler())  # type: ignore[arg-type]


def shape(box: Box) -> tuple[object, ...]:
    """Where it is and what it shows, without its words and colours."""
    return box.kind, box.name, box.x, box.y, box.w, box.h, box.media, box.crop


def pictures_of(card: Card) -> list[Box]:
    """Those of the post, each as a whole file in a place of its own."""
    mine = [b for b in card.boxes if b.name.startswith(("image:", "video:"))]
    return [b for b in mine if b.kind in ("image", "video") and b.media]


@each_surface
@FEW
@given(text=WORDS, files=media(), width=st.integers(200, 900), text_size=st.sampled_from([0.85, 1.0, 1.3, 1.6]))
def test_everything_lies_in_the_card_and_apart(
    platform: str, surface: str, text: str, files: tuple[Media, ...], width: int, text_size: float
) -> None:
    what = post(platform, text, files)
    assert_sound(draw(what, surface, width=float(width), text=text_size))
    assert_sound(draw(what, surface))


@each_surface
@FEW
@given(text=WORDS, files=media(), page=st.integers(0, 12), unfolded=st.booleans())
def test_the_looks_share_their_geometry(
    platform: str, surface: str, text: str, files: tuple[Media, ...], page: int, unfolded: bool
) -> None:
    what = post(platform, text, files)
    light, dark = (draw(what, surface, theme=t, page=page, unfolded=unfolded) for t in ("light", "dark"))
    assert [shape(b) for b in light.boxes] == [shape(b) for b in dark.boxes]
    assert (light.height, set(light.tokens)) == (dark.height, set(dark.tokens))


@each_surface
def test_the_languages_share_their_pictures(platform: str, surface: str) -> None:
    """Labels differ in width, so what stands beside one may move; pictures, avatars and their sizes do not."""
    what = post(platform, "短 short", (picture(1, 4 / 3), picture(2, 4 / 3)))
    cards = [draw(what, surface, language=code) for code in ("en", "zh_CN", "zh_TW")]
    kept = [[shape(b) for b in c.boxes if b.kind in ("image", "video", "avatar", "card")] for c in cards]
    assert kept[0] == kept[1] == kept[2]
    assert [b.name for b in cards[1].boxes] == [b.name for b in cards[2].boxes]


@each_surface
@FEW
@given(files=media())
def test_a_crop_fills_its_cell_keeps_the_focus_and_the_order(
    platform: str, surface: str, files: tuple[Media, ...]
) -> None:
    card = draw(post(platform, "x", files), surface)
    shown = pictures_of(card)
    by_id = {m.media: m for m in files}
    for box in shown:
        assert_crop(box, by_id[box.media])
    order = [list(by_id).index(b.media) for b in shown]
    assert order == sorted(order)


def assert_crop(box: Box, file: Media) -> None:
    """Inside the picture, of the cell's shape, with the focal point unless the platform keeps the top of a tall one."""
    x, y, w, h = box.crop or (0.0, 0.0, 1.0, 1.0)
    assert min(x, y) >= -1e-9 and x + w <= 1 + 1e-9 and y + h <= 1 + 1e-9 and w > 0 and h > 0
    if box.w >= 2 and box.h >= 2:
        assert (w * file.width) / (h * file.height) == pytest.approx(box.w / box.h, rel=0.02)
    if file.focus is not None and not (y == 0 and h < 1):
        assert x - 1e-6 <= file.focus[0] <= x + w + 1e-6 and y - 1e-6 <= file.focus[1] <= y + h + 1e-6


@each_surface
@FEW
@given(number=st.integers(2, 10), ratio=st.sampled_from([3 / 4, 1.0, 4 / 3]))
def test_the_gaps_between_pictures_are_all_the_same(platform: str, surface: str, number: int, ratio: float) -> None:
    shown = pictures_of(draw(post(platform, "x", tuple(picture(n, ratio) for n in range(1, number + 1))), surface))
    gaps = {round(gap, 1) for a in shown for b in shown for gap in [gap_between(a, b)] if 0 < gap < 20}
    assert not gaps or max(gaps) - min(gaps) <= 0.6


def gap_between(a: Box, b: Box) -> float:
    """px between two boxes side by side or one above the other; 0 for others."""
    across = min(a.y + a.h, b.y + b.h) - max(a.y, b.y) > 1
    down = min(a.x + a.w, b.x + b.w) - max(a.x, b.x) > 1
    return b.x - a.x - a.w if across else b.y - a.y - a.h if down else 0.0


@each_surface
@FEW
@given(text=WORDS, more=st.sampled_from(PIECES))
def test_a_fold_is_a_prefix_and_a_longer_text_stays_folded(
    platform: str, surface: str, text: str, more: str
) -> None:
    short, long = (draw(post(platform, t), surface) for t in (text * 6, text * 6 + more))
    cut = folded_body(short)
    if cut is None or no_unfolding(surface, platform):
        return
    whole = body_text(draw(post(platform, text * 6), surface, unfolded=True))
    kept = shared(cut.text, whole)
    assert grapheme_cut(whole, kept) == kept or whole[kept - 1 : kept] in "… ."
    again = folded_body(long)
    assert again is not None


def shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def body_text(card: Card) -> str:
    return next((b.text for b in card.boxes if b.name.partition(":")[0] == "body"), "")


@each_surface
@FEW
@given(text=WORDS)
def test_unfolding_shows_all_of_it(platform: str, surface: str, text: str) -> None:
    what = post(platform, text * 6)
    if folded_body(draw(what, surface)) is not None:
        assert folded_body(draw(what, surface, unfolded=True)) is None or no_unfolding(surface, platform)


def no_unfolding(surface: str, platform: str) -> bool:
    """Thumbnails and cards of others open the post instead."""
    return next(s.form for s in platforms.get(platform).surfaces if s.id == surface) in ("cell", "grid")


def folded_body(card: Card) -> Box | None:
    return next((b for b in card.boxes if b.folded and b.name.partition(":")[0] == "body"), None)


@each_surface
def test_nothing_hostile_breaks_it(platform: str, surface: str) -> None:
    for what in hostile(platform):
        for width in (200.0, width_of(platform, surface)):
            assert_sound(draw(what, surface, width=width))


@each_surface
def test_other_posts_may_fill_a_grid(platform: str, surface: str) -> None:
    others = tuple(replace(picture(n, 4 / 3), media=f"o{n}") for n in range(8))
    assert_sound(draw(post(platform, TEXTS["cjk"], (picture(1),)), surface, others=others))


@each_surface
def test_times_are_those_of_the_readers_clock(platform: str, surface: str) -> None:
    """Whatever zone they came in, or none; the same post at the same moment says the same."""
    china = timezone(timedelta(hours=8))
    now = datetime(2026, 11, 24, 1, 0, tzinfo=china)
    for ago in (timedelta(hours=2), timedelta(days=20, hours=2), timedelta(days=500, hours=2)):
        there = now - ago
        said = [times_of(draw(post(platform, "x", (picture(1),)), surface, posted=posted, now=now))
                for posted in (there, there.astimezone(UTC), there.replace(tzinfo=None))]
        assert said[0] == said[1] == said[2]


def times_of(card: Card) -> list[str]:
    return [b.text for b in card.boxes if b.name in ("time", "meta", "name", "body")]


@each_surface
def test_buttons_stand_apart_on_the_smallest_screen(platform: str, surface: str) -> None:
    for text_size in (1.0, 1.6):
        card = draw(post(platform, TEXTS["cjk"], (picture(1),)), surface, width=160.0, text=text_size)
        assert_sound(card)
        buttons = [b for b in card.boxes if b.kind == "icon" and b.name.startswith("action:")]
        assert not [(a.name, b.name) for n, a in enumerate(buttons) for b in buttons[n + 1 :] if overlap(a, b)]
