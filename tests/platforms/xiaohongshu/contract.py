"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://www.xiaohongshu.com/explore/65f0c1a2000000001203abcd": {"id": "65f0c1a2000000001203abcd"},
    "https://www.xiaohongshu.com/user/profile/5ff0e6410000000001008400/65f0c1a2000000001203abcd": {
        "id": "65f0c1a2000000001203abcd"},
    "https://xhslink.com/a/AbC123": {"short": "AbC123"},
}
