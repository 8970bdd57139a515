"""What covers a full-screen video in Bilibili's Story mode. No numbers were found: TikTok's, measured, stand in."""

from __future__ import annotations

from studio.core.safezone import CAPTION, LIKE_TIKTOK, RAIL, TIKTOK_SOURCE, SafeZone
from studio.core.words import Words

ZONES = (
    SafeZone(
        Words("Story mode", "竖屏模式", "直向模式"), LIKE_TIKTOK, RAIL, CAPTION, "estimate",
        f"{TIKTOK_SOURCE}; Bilibili publishes none", "2026-11-30",
    ),
)  # fmt: skip
