"""What stands in a post: by API one text with everything in it, by hand a title, a description and topics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.core.post import Content
from studio.platforms.text import NAME_ENDS, TAG_ENDS

_MARKED = re.compile(rf"(?P<topic>[#＃][^{TAG_ENDS}]+)|(?P<person>[@＠][^{NAME_ENDS}]+)")


def marks(text: str) -> Iterator[re.Match[str]]:
    """Topics and people in a text, in order."""
    return _MARKED.finditer(text)


def topics(text: str) -> list[str]:
    """The topics in a text, without #."""
    return [found["topic"][1:] for found in marks(text) if found["topic"]]


def clean_topic(tag: str) -> str:
    """Without # and the space around it."""
    return tag.strip().strip("#＃").strip()


def is_topic(tag: str) -> bool:
    """True when Douyin takes the whole of "#tag" for one topic."""
    return topics(f"#{tag}") == [tag]


def added(content: Content) -> list[str]:
    """The post's tags that are not in its text yet, each once."""
    there = {topic.casefold() for topic in topics(content.text)}
    wanted = {clean_topic(tag).casefold(): clean_topic(tag) for tag in reversed(content.tags)}
    return [tag for key, tag in reversed(wanted.items()) if is_topic(tag) and key not in there]


def tagged(content: Content) -> str:
    """"#a #b", "" when there are none to add."""
    return " ".join(f"#{tag}" for tag in added(content))


def description(content: Content) -> str:
    """The text with its topics behind it."""
    return " ".join(part for part in (content.text.strip(), tagged(content)) if part)


def body(content: Content) -> str:
    """Everything in the one text of the API: it has no field for a title."""
    return "\n".join(part for part in (content.title.strip(), description(content)) if part)


def sent(content: Content) -> str:
    """What Douyin gets as text, in the content's mode."""
    return body(content) if content.mode == "api" else description(content)


def lead(content: Content) -> int:
    """How many characters of what is sent stand before the content's own text."""
    title = content.title.strip()
    return len(title) + 1 if content.mode == "api" and title and description(content) else 0
