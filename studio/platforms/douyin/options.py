"""What a person may choose for a post here, read from the post's options under this platform's id.

    visibility    "public" (the default), "friends", "private"
    cover_tsp     seconds into the video whose frame is the cover
    at_users      {"nickname": "open_id"} of the people whose "@nickname" stands in the text
    ai_generated  True: a person must say on Douyin that it was made by AI

`cover_tsp` and `at_users` are the API's own names. `private_status` was seen in clients only, so it is sent only when
somebody chose other than public, and what became of it is read back.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.finding import Finding, error, warning
from studio.core.post import Content

SOURCE = "create_video of Douyin's API as its clients call it, read 2026-11"
VISIBILITIES = ("public", "private", "friends")  # in the order of private_status: 0, 1, 2


def visibility(content: Content) -> str:
    """The chosen one; "public" when none was."""
    return str(content.options.get("visibility") or VISIBILITIES[0])


def by_ai(content: Content) -> bool:
    """Whether it has to be marked as made by AI."""
    value = content.options.get("ai_generated")
    return value is True or str(value).strip().lower() in ("true", "yes", "1")


def cover_at(content: Content) -> float | None:
    """Seconds into the video; None when nobody chose, -1 when it is no such number."""
    value = content.options.get("cover_tsp")
    if value is None or value == "":
        return None
    try:
        seconds = float(str(value))
    except ValueError:
        return -1.0
    return seconds if 0 <= seconds < 86_400 else -1.0


def people(content: Content) -> dict[str, str]:
    """nickname -> open_id of everybody who shall be mentioned."""
    asked = content.options.get("at_users")
    if not isinstance(asked, Mapping):
        return {}
    return {str(name).lstrip("@").strip(): str(id) for name, id in asked.items() if str(name).lstrip("@").strip()}


def findings(content: Content, text: str) -> list[Finding]:
    """What is wrong with the options. text: what will stand there."""
    return [*_visibility(content), *_cover(content), *_people(content, text), *_by_ai(content)]


def _visibility(content: Content) -> list[Finding]:
    if (chosen := visibility(content)) in VISIBILITIES:
        return []
    wanted = ", ".join(VISIBILITIES)
    return [error("options.visibility", "options.visibility", SOURCE, value=chosen[:40], wanted=wanted)]


def _cover(content: Content) -> list[Finding]:
    at = cover_at(content)
    clip = next((m for m in content.media if m.kind == "video"), None)
    if at is None or clip is None:
        return []
    if at < 0 or (clip.duration is not None and at >= float(clip.duration)):
        return [error("douyin.cover_moment", "options.cover_tsp", SOURCE)]
    return []


def _people(content: Content, text: str) -> list[Finding]:
    if content.mode != "api":
        return []
    gone = [name for name in people(content) if f"@{name}" not in text]
    return [warning("douyin.not_mentioned", "options.at_users", SOURCE, name=name[:40]) for name in gone]


def _by_ai(content: Content) -> list[Finding]:
    """The API has no word for it; by hand it is one tick."""
    if content.mode == "api" and by_ai(content):
        return [warning("douyin.ai_by_hand", "options.ai_generated", SOURCE)]
    return []
