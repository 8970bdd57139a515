"""What a person may choose for a post here, read from the post's options under this platform's id.

    visibility    "public" (the default), "unlisted", "private" (followers), "direct" (people mentioned)
    spoiler_text  a content warning: the text and media are behind it
    sensitive     True: the media are behind a veil
    language      ISO 639 code of the text; the post's own language when it is not given
    poll          {"options": [...], "expires_in": seconds, "multiple": bool, "hide_totals": bool}

The names are the API's own. Source: Mastodon documentation, statuses#create, read 2026-07.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.core.finding import Finding, error
from studio.core.post import Content
from studio.platforms.mastodon.limits import Limits
from studio.platforms.text import graphemes, surrogate_at

SOURCE = "Mastodon documentation, statuses#create, read 2026-07"
VISIBILITIES = ("public", "unlisted", "private", "direct")
DAY = 86_400  # seconds a poll lasts when nobody said


@dataclass(frozen=True, slots=True)
class Poll:
    """expires_in: seconds."""

    options: tuple[str, ...]
    expires_in: int = DAY
    multiple: bool = False
    hide_totals: bool = False

    def json(self) -> dict[str, Any]:
        """As the API takes it."""
        return {
            "options": list(self.options), "expires_in": self.expires_in, "multiple": self.multiple,
            "hide_totals": self.hide_totals,
        }


def visibility(content: Content) -> str:
    """The chosen one; "public" when none was."""
    return str(content.options.get("visibility") or "public")


def warning_text(content: Content) -> str:
    """The content warning, "" for none."""
    return str(content.options.get("spoiler_text") or "").strip()


def sensitive(content: Content) -> bool:
    """A content warning hides the media as well."""
    return _true(content.options.get("sensitive")) or bool(warning_text(content))


def language(content: Content) -> str:
    """"zh_CN" -> "zh-CN": regions are known there; "" when none is known."""
    return str(content.options.get("language") or content.language).replace("_", "-")


def poll(content: Content) -> Poll | None:
    """The poll as far as it can be read; `findings` says what is wrong with it."""
    asked = content.options.get("poll")
    if not isinstance(asked, Mapping):
        return None
    options = asked.get("options")
    choices = options if isinstance(options, list | tuple) else ()
    return Poll(
        tuple(str(choice).strip() for choice in choices), _seconds(asked.get("expires_in")),
        _true(asked.get("multiple")), _true(asked.get("hide_totals")),
    )


def _true(value: object) -> bool:
    return value is True or str(value).strip().lower() in ("true", "yes", "1")


def _seconds(value: object) -> int:
    """-1 when it is none."""
    if value is None:
        return DAY
    try:
        return int(str(value))
    except ValueError:
        return -1


def findings(content: Content, limits: Limits) -> list[Finding]:
    """What is wrong with the options."""
    found = []
    if visibility(content) not in VISIBILITIES:
        said, wanted = visibility(content)[:40], ", ".join(VISIBILITIES)
        found.append(error("options.visibility", "options.visibility", SOURCE, value=said, wanted=wanted))
    return [*found, *_words(content), *_poll(content, limits)]


def _words(content: Content) -> list[Finding]:
    """Characters that cannot be sent."""
    asked = poll(content)
    texts = {"options.spoiler_text": warning_text(content)}
    texts |= {f"options.poll[{n}]": choice for n, choice in enumerate(asked.options if asked else ())}
    bad = [(name, at) for name, text in texts.items() if (at := surrogate_at(text)) is not None]
    return [error("text.surrogates", name, at=at + 1) for name, at in bad]


def _poll(content: Content, limits: Limits) -> list[Finding]:
    asked = poll(content)
    if asked is None:
        wrong = content.options.get("poll") is not None
        return [error("poll.unreadable", "options.poll", SOURCE)] if wrong else []
    found, source = [], limits.source
    if content.media:
        found.append(error("poll.with_media", "media", SOURCE))
    if not 2 <= len(asked.options) <= limits.options:
        found.append(error("poll.options", "options.poll", source, count=len(asked.options), limit=limits.options))
    if not all(asked.options) or len(set(asked.options)) < len(asked.options):
        found.append(error("poll.same", "options.poll", SOURCE))
    found += [
        error("poll.option_long", f"options.poll[{n}]", source, number=n + 1, count=graphemes(choice),
              limit=limits.option_characters)
        for n, choice in enumerate(asked.options) if graphemes(choice) > limits.option_characters
    ]
    if not limits.shortest_poll <= asked.expires_in <= limits.longest_poll:
        found.append(error(
            "poll.time", "options.poll", source, least=limits.shortest_poll // 60, most=limits.longest_poll // DAY))
    return found


