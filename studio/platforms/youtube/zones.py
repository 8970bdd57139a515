"""What covers a Short: Google's own safe area for ads."""

from __future__ import annotations

from studio.core.safezone import SafeZone, box
from studio.core.words import Words

LEFT, TOP, WIDE, HIGH = 48, 288, 840, 960
ZONES = (
    SafeZone(
        Words("Shorts", "Shorts", "Shorts"), box(LEFT, TOP, LEFT + WIDE, TOP + HIGH),
        ((978, 900, 66), (978, 1090, 66), (978, 1280, 66), (978, 1470, 66), (978, 1660, 66)),
        ((48, 1680, 620, 92), (48, 1790, 780, 110)), "official",
        "Google Ads help, safe area of Shorts: 48, 288, 840 x 960 of 1080 x 1920; buttons and words known from use",
        "2026-11-30",
    ),
)  # fmt: skip
