"""What covers a reel on Instagram: measured on an iPhone, and Meta's own numbers for ads, which ask for more."""

from __future__ import annotations

from studio.core.safezone import SafeZone, box
from studio.core.words import Words

RAIL = ((956, 1152, 38), (956, 1302, 38), (956, 1452, 38), (956, 1602, 38))
CAPTION = ((55, 1726, 420, 60), (55, 1800, 640, 40))
ZONES = (
    SafeZone(
        Words("Reels", "Reels", "連續短片"),
        ((55, 235), (1025, 235), (1025, 1090), (900, 1090), (900, 1700), (55, 1700)), RAIL, CAPTION, "measured",
        "Remotion SocialSafeZones, Reels on an iPhone measured from captures (v. 2026-08-24)", "2026-11-30",
    ),
    SafeZone(
        Words("Reels as an ad", "Reels 广告", "連續短片廣告"), box(65, 269, 1015, 1248), RAIL, CAPTION, "official",
        "Meta, safe zones of Reels ads, as quoted by shotstack.io and Remotion SocialSafeZones", "2026-11-30",
    ),
)  # fmt: skip
