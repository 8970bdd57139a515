"""What covers a full-screen video in Douyin. No numbers of Douyin's own were found: TikTok's, measured, stand in.

The words at the foot lie higher than TikTok's by the bar of tabs, which is 84 to 100 px on screens taller than 9:16.
"""

from __future__ import annotations

from studio.core.safezone import FULL_SCREEN, RAIL, TIKTOK_SOURCE, SafeZone

TABS = 100
ZONES = (
    SafeZone(
        FULL_SCREEN, ((24, 160), (1050, 160), (1050, 780), (930, 780), (930, 1715 - TABS), (24, 1715 - TABS)),
        tuple((x, y - TABS, r) for x, y, r in RAIL), ((31, 1649, 360, 40), (31, 1712, 640, 34)), "estimate",
        f"{TIKTOK_SOURCE}; Douyin publishes none", "2026-11-30",
    ),
)  # fmt: skip
