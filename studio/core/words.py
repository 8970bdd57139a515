"""Words that are marked here and spoken elsewhere: GUI-free code names a text, a front-end translates it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in English with the context that translators see, and the values for its {placeholders}."""

    context: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)


_BETWEEN = re.compile(r"(?<=[\u3000-\u303f\u3400-\u9fff]) (?=[\u3400-\u9fff])")


def tight(text: str) -> str:
    """No space between two Chinese characters, where a name was put into a sentence; beside Latin it stays."""
    return _BETWEEN.sub("", text)


def N(context: str, text: str, **values: object) -> Marked:
    """Marks a text for translation without translating it."""
    return Marked(context, text, values)


@dataclass(frozen=True, slots=True)
class Words:
    """A name in all three languages, for things that declare their own (platforms, login fields)."""

    en: str
    zh_CN: str
    zh_TW: str

    def say(self, language: str) -> str:
        """The name in "en", "zh_CN" or "zh_TW"; English for any other."""
        return {"zh_CN": self.zh_CN, "zh_TW": self.zh_TW}.get(language, self.en)
