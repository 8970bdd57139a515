"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://www.instagram.com/p/DB4xYz_-9aQ/": {"code": "DB4xYz_-9aQ"},
    "https://www.instagram.com/reel/DB4xYz_-9aQ/?igsh=MTc4": {"code": "DB4xYz_-9aQ"},
    "https://www.instagram.com/mei.test/p/DB4xYz_-9aQ/": {"code": "DB4xYz_-9aQ"},
    "https://instagr.am/p/DB4xYz_-9aQ": {"code": "DB4xYz_-9aQ"},
}
