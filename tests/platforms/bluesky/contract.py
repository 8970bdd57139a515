"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

ACCOUNT = {"did": "did:plc:abcdefghijklmnopqrstuvwx", "pds": "https://pds.example.com"}
FIELDS = {"identifier": "mei.example.com", "password": "a-secret-of-mine", "server": "https://pds.example.com"}
