"""What covers a full-screen video in TikTok: measured on screens, and TikTok's own template for ads."""

from __future__ import annotations

from studio.core.safezone import CAPTION, FULL_SCREEN, LIKE_TIKTOK, RAIL, TIKTOK_SOURCE, SafeZone
from studio.core.words import Words

AD = Words("Full screen, as an ad", "全屏播放（广告）", "全螢幕播放（廣告）")
ZONES = (
    SafeZone(FULL_SCREEN, LIKE_TIKTOK, RAIL, CAPTION, "measured", TIKTOK_SOURCE, "2026-11-30"),
    SafeZone(
        AD, ((120, 240), (960, 240), (960, 840), (780, 840), (780, 1260), (120, 1260)), RAIL, CAPTION, "official",
        "TikTok ads, template of the safe zone, as transcribed by Remotion SocialSafeZones (v. 2026-08-24)",
        "2026-11-30",
    ),
)  # fmt: skip
