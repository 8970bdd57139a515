"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/": {
        "urn": "urn:li:activity:7123456789012345678"},
    "https://www.linkedin.com/posts/mei-cafe_coffee-beijing-activity-7123456789012345678-AbC9": {
        "id": "7123456789012345678"},
    "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7123456789012345678/": {
        "urn": "urn%3Ali%3Ashare%3A7123456789012345678"},
    "https://lnkd.in/p/gAbC123": {"short": "gAbC123"},
}
