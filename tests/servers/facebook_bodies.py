"""Facebook's objects as its answers have them, with the fields that were asked for.

FB-PAGE, FB-SDK (pagepost.py, photo.py, advideo.py, comment.py), Graph object/comments, FB-INS, read 2026-11-22.
A field that an object has not is an error 100, as there; the words are recalled.
"""

from __future__ import annotations

import json
from typing import Any

from tests.servers.facebook_doors import Page, Wrong
from tests.servers.facebook_state import Comment, Photo, Post, State, Video
from tests.servers.facebook_video import stamp, status

METRICS = {  # FB-INS: what is left since 2026-06-15
    "post_media_view": 120, "post_total_media_view_unique": 80, "post_clicks": 7,
    "post_clicks_by_type": {"link clicks": 5, "other clicks": 2},
    "post_reactions_by_type_total": {"like": 4, "love": 2},
}


def asked(fields: str) -> list[str]:
    """Names at the top of "id,comments.limit(0).summary(true),attachments{media_type}"."""
    names, name, depth = [], "", 0
    for char in f"{fields},":
        if char == "," and depth == 0:
            names.append(name)
            name = ""
            continue
        depth += (char in "({") - (char in ")}")
        name += char
    return [n.strip() for n in names if n.strip()]


def pick(kind: str, whole: dict[str, Any], fields: str) -> dict[str, Any]:
    """Only what was asked for, and the id."""
    names = [n.partition("{")[0].partition(".")[0] for n in asked(fields)] or ["id"]
    for name in names:
        if name not in whole:
            raise Wrong(100, f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})")
    return {"id": whole["id"], **{n: whole[n] for n in names if whole[n] is not None}}


def page(made: Page, fields: str) -> dict[str, Any]:
    whole = {
        "id": made.id, "name": made.name, "username": made.username or None, "category": "Bookstore",
        "link": f"https://www.facebook.com/{made.username or made.id}",
    }
    return pick("Page", whole, fields)


def post(state: State, made: Post, fields: str) -> dict[str, Any]:
    author = state.pages[made.page]
    comments = state.below(made.id)
    number = made.id.partition("_")[2]
    whole: dict[str, Any] = {
        "id": made.id, "message": made.message or None, "created_time": stamp(made.made),
        "updated_time": stamp(made.made), "is_published": made.published, "is_hidden": False,
        "permalink_url": f"https://www.facebook.com/{author.username or author.id}/posts/{number}",
        "scheduled_publish_time": int(made.at.timestamp()) if made.at and not made.published else None,
        "from": {"id": author.id, "name": author.name}, "full_picture": None,
        "status_type": "added_photos" if made.photos else "mobile_status_update",
        "attachments": _attachments(made), "shares": {"count": 3} if comments else None,
        "comments": {"data": [], "summary": {"order": "ranked", "total_count": len(comments), "can_comment": True}},
        "reactions": {"data": [], "summary": {"total_count": 6, "viewer_reaction": "NONE"}},
    }
    return pick("PagePost", whole, fields)


def _attachments(made: Post) -> dict[str, Any] | None:
    """FB-SDK storyattachment.py: an album has its photos below it."""
    if made.video:
        return {"data": [{"media_type": "video", "type": "video_inline", "target": {"id": made.video}}]}
    if len(made.photos) == 1:
        return {"data": [{"media_type": "photo", "type": "photo", "target": {"id": made.photos[0]}}]}
    if made.photos:
        below = [{"media_type": "photo", "type": "photo", "target": {"id": id}} for id in made.photos]
        return {"data": [{"media_type": "album", "type": "album", "subattachments": {"data": below}}]}
    if made.link:
        from urllib.parse import quote

        shim = f"https://l.facebook.com/l.php?u={quote(made.link, safe='')}&h=AT0"
        film = "youtu" in made.link  # a film elsewhere has a card that plays; its type is recalled
        kind = {"media_type": "video", "type": "video_inline"} if film else {"media_type": "link", "type": "share"}
        return {"data": [{**kind, "url": shim, "unshimmed_url": made.link}]}
    return None


def photo(made: Photo, fields: str) -> dict[str, Any]:
    whole = {
        "id": made.id, "alt_text_custom": made.alt or None, "alt_text": made.alt or "May be an image",
        "created_time": stamp(made.made), "page_story_id": made.used or None,
    }
    return pick("Photo", whole, fields)


def video(state: State, made: Video, fields: str) -> dict[str, Any]:
    """`permalink_url` has no host; `post_id` comes without its page (both seen at third parties). A video has neither
    shares nor reactions (FB-SDK).
    """
    live, author = state.live(made), state.pages[made.page]
    told = made.at if made.at and not live else None
    whole: dict[str, Any] = {
        "id": made.id, "title": made.title or None, "description": made.description or None,
        "created_time": stamp(made.finished or state.now()), "status": status(state, made),
        "permalink_url": f"/reel/{made.id}/" if made.reel else f"/{author.id}/videos/{made.id}/",
        "published": live, "from": {"id": author.id, "name": author.name},
        "post_id": made.post.partition("_")[2] or (f"9{made.id}" if made.reel and live else None),
        "scheduled_publish_time": stamp(told) if told else None,
        "comments": {"data": [], "summary": {"total_count": len(state.below(made.id))}},
        "likes": {"data": [], "summary": {"total_count": 5}}, "views": 31,
    }
    return pick("Video", whole, fields)


def comment(state: State, made: Comment, fields: str) -> dict[str, Any]:
    answers = state.below(made.id)
    whole: dict[str, Any] = {
        "id": made.id, "message": made.message, "created_time": stamp(made.made),
        "from": {"id": made.author, "name": made.name} if made.author else None,
        "parent": {"id": made.parent} if made.parent else None, "like_count": 2, "comment_count": len(answers),
        "permalink_url": f"https://www.facebook.com/{made.object}?comment_id={made.id.partition('_')[2]}",
        "object": {"id": made.object},
    }
    return pick("Comment", whole, fields)


def insights(id: str, wanted: str, period: str) -> dict[str, Any]:
    """FB-INS: only names that still exist; their only period is lifetime. A list may be JSON (FB-SDK)."""
    names = json.loads(wanted) if wanted.startswith("[") else [name for name in wanted.split(",") if name]
    if not names or not set(names) <= set(METRICS):
        raise Wrong(100, "(#100) The value must be a valid insights metric")
    if period not in ("", "lifetime"):
        return {"data": []}
    return {"data": [
        {"name": name, "period": "lifetime", "values": [{"value": METRICS[name]}], "title": name, "description": "",
         "id": f"{id}/insights/{name}/lifetime"} for name in names
    ]}


def as_texts(value: Any) -> Any:
    """numbers_as_strings: every number of an answer as text."""
    if isinstance(value, dict):
        return {name: as_texts(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_texts(each) for each in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
