"""The bodies a Mastodon server answers with. DOC: its entities.

Fields we do not read are in them on purpose.
"""

from __future__ import annotations

from typing import Any

from tests.servers.mastodon_doors import Person, stamp
from tests.servers.mastodon_state import AUDIO, IMAGES, VIDEOS, File, Scheduled, State, Status


def account(state: State, person: Person) -> dict[str, Any]:
    return {
        "id": person.id, "username": person.username, "acct": person.username, "display_name": person.name,
        "url": f"{state.url}/@{person.username}", "locked": False, "bot": False,
        "created_at": stamp(state.now()),
        "source": {"privacy": "public", "sensitive": False, "language": None}, "role": {"id": "-99"}, "fields": [],
    }


def media(state: State, file: File) -> dict[str, Any]:
    done = not file.failed and file.ready <= state.now()
    kind = "image" if file.mime in IMAGES else "video" if file.mime in VIDEOS else "audio"
    kind = "gifv" if file.mime == "image/gif" else kind
    meta: dict[str, Any] = {"original": {"width": file.width, "height": file.height}, "small": {"width": 10}}
    if file.focus:
        meta["focus"] = {"x": file.focus[0], "y": file.focus[1]}
    address = f"{state.url}/files/{file.id}"
    return {
        "id": file.id, "type": kind, "url": address if done else None, "preview_url": address if done else None,
        "remote_url": None, "text_url": None, "meta": meta if done else None, "blurhash": "UBL_:rOpGG-o",
        "description": file.description or None,
    }


def status(state: State, status: Status) -> dict[str, Any]:
    params, person = status.params, status.owner
    poll = params.get("poll")
    return {
        "id": status.id, "created_at": stamp(status.made), "in_reply_to_id": params.get("in_reply_to_id"),
        "in_reply_to_account_id": None, "sensitive": bool(params.get("sensitive") or params["spoiler_text"]),
        "spoiler_text": params["spoiler_text"], "visibility": params["visibility"],
        "language": params.get("language"), "uri": f"{state.url}/users/{person.username}/statuses/{status.id}",
        "url": f"{state.url}/@{person.username}/{status.id}",
        "replies_count": _number(state, len(state.answers(status.id))),
        "reblogs_count": _number(state, status.boosts), "favourites_count": _number(state, status.likes),
        "quotes_count": 0, "edited_at": None, "content": state.html(status),
        "reblog": None, "account": account(state, person), "media_attachments": [media(state, f) for f in status.files],
        "mentions": [], "tags": [], "emojis": [], "card": None, "quote_approval": {"automatic": ["public"]},
        "poll": poll and {
            "id": f"{status.id}1", "expired": False, "multiple": bool(poll.get("multiple")), "votes_count": 0,
            "options": [{"title": str(o), "votes_count": 0} for o in poll["options"]],
        },
    }


def _number(state: State, number: int) -> int | str:
    return str(number) if state.numbers_as_strings else number


def planned(state: State, item: Scheduled) -> dict[str, Any]:
    given = {name: value for name, value in item.params.items() if name != "status"}
    params = {
        **given, "text": item.params["status"], "media_ids": [f.id for f in item.files] or None,
        "application_id": 1, "scheduled_at": None, "idempotency": None, "with_rate_limit": False,
    }
    return {
        "id": item.id, "scheduled_at": stamp(item.at), "params": params,
        "media_attachments": [media(state, f) for f in item.files],
    }


def configuration(state: State) -> dict[str, Any]:
    return {
        "urls": {}, "accounts": {"max_featured_tags": 10},
        "statuses": {"max_characters": state.characters, "max_media_attachments": state.most_files,
                     "characters_reserved_per_url": 23},
        "media_attachments": {"supported_mime_types": [*IMAGES, *VIDEOS, *AUDIO], "description_limit": 1500,
                              "image_size_limit": 16_777_216, "image_matrix_limit": 33_177_600,
                              "video_size_limit": 103_809_024, "video_frame_rate_limit": 120},
        "polls": {
            "max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746,
        },
    }
