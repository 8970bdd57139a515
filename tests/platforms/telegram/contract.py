"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://t.me/mei_cafe/123": {"channel": "mei_cafe", "id": "123"},
    "https://t.me/s/mei_cafe/123": {"channel": "mei_cafe", "id": "123"},
    "https://t.me/c/1234567890/45": {"chat": "1234567890", "id": "45"},
}
