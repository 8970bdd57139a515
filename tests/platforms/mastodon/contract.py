"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

ACCOUNT = {"server": "https://example.social", "domain": "example.social", "id": "109302436954721982"}
SECRETS = {"access_token": "a-secret-of-mine"}
FIELDS = {"server": "example.social", "access_token": "a-secret-of-mine"}
LINKS = {
    "https://example.social/@mei/109302436954721983": {"user": "mei", "id": "109302436954721983"},
    "https://example.social/users/mei/statuses/109302436954721983": {"user": "mei", "id": "109302436954721983"},
}
