"""Safe zones: what lies in one, and the shortest way out of what is covered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio import platforms
from studio.core.safezone import COMMON, LIKE_TIKTOK, RAIL, SafeZone

ZONES = [zone for platform in platforms.every().values() for zone in platform.zones]
DOUYIN = platforms.get("douyin").zones[0]


def test_a_box_is_safe_only_with_all_of_it() -> None:
    assert DOUYIN.holds((100, 400, 700, 200))
    assert not DOUYIN.holds((100, 1550, 700, 200)), "it hangs over the words at the foot"
    assert not DOUYIN.holds((700, 700, 340, 300)), "it hangs over the buttons"
    assert DOUYIN.holds((700, 400, 340, 300)), "above the buttons there is room to the edge"


def test_what_is_covered_goes_the_shortest_way() -> None:
    assert DOUYIN.lifted((100, 1550, 700, 200)) == 1615 - 1750
    assert DOUYIN.lifted((100, 100, 700, 200)) == 60
    assert DOUYIN.lifted((700, 760, 340, 100)) == 780 - 860
    assert DOUYIN.lifted((0, 400, 1080, 100)) is None, "wider than the zone"


@given(st.floats(0, 1000), st.floats(0, 1800), st.floats(1, 800), st.floats(1, 900))
def test_what_was_lifted_is_safe(x: float, y: float, w: float, h: float) -> None:
    for zone in (*ZONES, COMMON):
        way = zone.lifted((x, y, w, h))
        assert way is None or zone.holds((x, y + way, w, h))


def test_only_an_upright_picture_fills_the_screen() -> None:
    assert COMMON.fits(1080, 1920) and COMMON.fits(720, 1280)
    assert not COMMON.fits(1920, 1080) and not COMMON.fits(1080, 1080)


@pytest.mark.parametrize("zone", [*ZONES, COMMON])
def test_every_zone_names_its_source(zone: SafeZone) -> None:
    assert zone.source and zone.read and zone.confidence in ("official", "measured", "estimate")
    assert all(0 <= x <= 1080 and 0 <= y <= 1920 for x, y in zone.outline)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in zip(zone.outline, (*zone.outline[1:], zone.outline[0]),
                                                            strict=True)), "right angles only"


def test_no_button_lies_in_the_zone_it_was_left_out_of() -> None:
    assert all(x > 930 for x, _, _ in RAIL) and max(y for _, y in LIKE_TIKTOK) < 1749
