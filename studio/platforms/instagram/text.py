"""A caption: what is handed over, what is shown, and which of its words are links. Addresses never are."""

from __future__ import annotations

import re

from studio.core.card import Run
from studio.core.post import Content
from studio.platforms.checks import missing_tags

_TAG = re.compile(r"(?<![\w&/#＃])[#＃](\w+)")
_PERSON = re.compile(r"(?<![\w@./])@[A-Za-z0-9_](?:[A-Za-z0-9._]*[A-Za-z0-9_])?")


def is_tag(tag: str) -> bool:
    """One word with at least one letter; those of Chinese and Japanese are letters too."""
    return re.fullmatch(r"\w+", tag) is not None and any(char.isalpha() for char in tag)


def tags_in(text: str) -> list[re.Match[str]]:
    """Each hashtag of a text, with its #."""
    return [found for found in _TAG.finditer(text) if is_tag(found[1])]


def people_in(text: str) -> list[re.Match[str]]:
    """Each @name of a text."""
    return list(_PERSON.finditer(text))


def missing(content: Content) -> list[str]:
    """Tags that do not stand in the text yet, each once."""
    return missing_tags(content.tags, (found[1] for found in tags_in(content.text)), is_tag)


def caption(content: Content) -> str:
    """Text, and below an empty line the tags that are not in it."""
    tags = " ".join(f"#{tag}" for tag in missing(content))
    return "\n\n".join(part for part in (content.text.strip(), tags) if part)


def shown(content: Content) -> str:
    """The caption as Instagram shows it: without spaces at the beginnings of lines."""
    lines = caption(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.lstrip(" \t") for line in lines)


def runs(text: str, start: int = 0) -> list[Run]:
    """Tags and people in the link colour, of a text that begins at `start` of what is drawn."""
    found = sorted(match.span() for match in (*tags_in(text), *people_in(text)))
    kept: list[Run] = []
    for begin, end in found:
        if not kept or begin + start >= kept[-1].end:
            kept.append(Run(begin + start, end + start))
    return kept
