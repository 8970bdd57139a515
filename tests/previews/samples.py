"""What previews are tried on: one post of each kind, and hostile ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from studio.core.post import Content, Media
from tests.platforms.fakes import content

RATIOS = (1 / 5, 9 / 16, 2 / 3, 3 / 4, 4 / 5, 1.0, 4 / 3, 3 / 2, 16 / 9, 1.91, 2.35, 3.0, 5.0)
TEXTS = {
    "latin": "Three small places in the old town, each worth sitting down in. " * 6,
    "cjk": "老城南的梧桐黄透了。周六上午骑车转了一圈，挑出三家值得坐下来的小店：" * 6,
    "mixed": "周末 weekend 去哪儿 https://example.com/laochengnan?x=1 #城市漫步 #topic @mei.test 老城南",
    "word": "a" * 5000,
    "lines": "\n".join("一二三四五六七八九十" for _ in range(30)),
    "spaces": "a\r\nb\u2028c\td\u00a0e\u200bf   ",
    "emoji": "👨‍👩‍👧👍🏽🇨🇳1️⃣❤️‍🔥" * 20,
    "rtl": "مرحبا بالعالم 123 שלום עולם abc (مرحبا)",
    "thai": "สวัสดีชาวโลกที่ไม่มีช่องว่าง" * 10,
    "wide": "＃tag ＠name #中文# #a#b $CASH mail@example.com http://a.cn中文",
    "address": "http://" + "a" * 300 + ".example.com/(x)",
    "empty": "",
    "blank": " \n\n ",
}


def picture(number: int, ratio: float = 1.0, kind: str = "image", **more: object) -> Media:
    """A file 1200 px wide of that shape, with an id of its own."""
    duration = Fraction(14) if kind == "video" else None
    return Media(
        f"m{number}", kind, f"{number}.jpg", 1200, max(1, round(1200 / ratio)), duration,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def pictures(number: int, ratio: float = 1.0) -> tuple[Media, ...]:
    return tuple(picture(n, ratio) for n in range(1, number + 1))


def post(platform: str, text: str = "", media: tuple[Media, ...] = (), **more: object) -> Content:
    """What that platform would get."""
    given: dict[str, Any] = {"title": "周末去哪儿", "mode": "assisted", **more}
    return content(platform, text, pictures=media, **given)


def everything(platform: str) -> list[Content]:
    """One of each kind: words alone, one to ten pictures, a clip, a link."""
    clip = (picture(1, 9 / 16, "video"),)
    return [
        post(platform, TEXTS["latin"]), post(platform, TEXTS["cjk"], pictures(1, 4 / 3)),
        *(post(platform, TEXTS["mixed"], pictures(n, 3 / 4)) for n in (2, 3, 4, 9, 10)),
        post(platform, TEXTS["mixed"], clip), post(platform, "", clip, title=""),
        post(platform, TEXTS["mixed"], link="https://example.com/laochengnan", tags=("城市漫步", "cafe")),
    ]


def hostile(platform: str) -> list[Content]:
    """What must not break a layout."""
    odd = (
        Media("m1", "image", "thin.png", 1, 12_000), Media("m2", "image", "flat.png", 12_000, 1),
        Media("m3", "image", "unknown.png", 0, 0), Media("m4", "audio", "sound.mp3", 0, 0, Fraction(60)),
    )
    return [
        *(post(platform, text, pictures(1)) for text in TEXTS.values()),
        *(post(platform, "x", (one,)) for one in odd), post(platform, "x", odd), post(platform, "x", pictures(500)),
        post(platform, TEXTS["word"], title=TEXTS["word"], name=TEXTS["word"], handle=TEXTS["word"]),
        post(platform, title="", name="", handle=""),
        post(platform, TEXTS["rtl"], title=TEXTS["rtl"], name=TEXTS["rtl"], link="javascript:alert(1)"),
        post(platform, "x", link="http://[::broken", tags=(TEXTS["word"], "#", "")),
    ]

