"""What covers a full-screen video in Xiaohongshu. No numbers were found: TikTok's, measured, stand in."""

from __future__ import annotations

from studio.core.safezone import CAPTION, LIKE_TIKTOK, RAIL, TIKTOK_SOURCE, SafeZone
from studio.core.words import Words

ZONES = (
    SafeZone(
        Words("Video note", "视频笔记", "影片筆記"), LIKE_TIKTOK, RAIL, CAPTION, "estimate",
        f"{TIKTOK_SOURCE}; it publishes none", "2026-11-30",
    ),
)  # fmt: skip
