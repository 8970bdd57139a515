"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://www.threads.com/@mei.test/post/DB4xYz_-9aQ": {"name": "mei.test", "code": "DB4xYz_-9aQ"},
    "https://www.threads.net/@mei.test/post/DB4xYz_-9aQ?xmt=AQ": {"name": "mei.test", "code": "DB4xYz_-9aQ"},
    "https://www.threads.com/@mei.test/post/DB4xYz_-9aQ/media": {"name": "mei.test", "code": "DB4xYz_-9aQ"},
    "https://www.threads.net/t/DB4xYz_-9aQ/": {"code": "DB4xYz_-9aQ"},
}
