"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.platforms.fakes import media

LINKS = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s": {"id": "dQw4w9WgXcQ"},
    "https://youtu.be/dQw4w9WgXcQ?si=abc": {"id": "dQw4w9WgXcQ"},
    "https://youtube.com/shorts/dQw4w9WgXcQ": {"id": "dQw4w9WgXcQ"},
}


def sample(mode: str) -> dict[str, Any]:
    return {"pictures": [media("a.mp4", 1920, 1080, kind="video", duration=Fraction(40))]}
