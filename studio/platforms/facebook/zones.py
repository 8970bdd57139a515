"""What covers a Reel on Facebook: Meta's own numbers for ads, 14 % above, 35 % below, 6 % at the sides."""

from __future__ import annotations

from studio.core.safezone import SafeZone, box
from studio.core.words import Words

REELS = Words("Reels", "Reels 快拍", "連續短片")
ZONES = (
    SafeZone(
        REELS, box(65, 269, 1015, 1248), ((978, 1310, 40), (978, 1440, 40), (978, 1570, 40)),
        ((65, 1640, 420, 40), (65, 1706, 620, 34)), "official",
        "Meta, safe zones of Reels ads, as quoted by shotstack.io and Remotion SocialSafeZones", "2026-11-30",
    ),
)  # fmt: skip
