"""Words without a toolkit: findings and states in English, 简体 and 繁體, from the tables in assets/i18n/words."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from studio.core.delivery import Delivery, State
from studio.core.finding import Finding
from studio.core.words import Marked, tight

LANGUAGES = ("en", "zh_CN", "zh_TW")
TABLES = ("core", "cli", "story", "client")  # what is spoken without a toolkit; the window’s own tables are Qt’s
_HERE = Path(__file__).resolve().parent.parent
Row = Mapping[str, str]


def _folder() -> Path:
    """assets/ beside the package in a checkout, inside it when installed."""
    beside = _HERE.parent / "assets" / "i18n" / "words"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / "yigao" / "i18n" / "words"


@cache
def _table(name: str) -> tuple[Row, ...]:
    return _rows(_folder() / f"{name}.tsv")


def _rows(path: Path) -> tuple[Row, ...]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _findings() -> Mapping[str, Row]:
    """The house's own, then those that a platform's folder brings along."""
    own = (row for path in sorted((_HERE / "platforms").glob("*/findings.tsv")) for row in _rows(path))
    return {row["code"]: row for row in (*own, *_table("findings"))}


@cache
def _marked() -> Mapping[tuple[str, str], Row]:
    return {(row["context"], row["source"]): row for name in TABLES for row in _table(name)}


class _Values(dict[str, object]):
    """Leaves a {placeholder} without a value as it is: half a sentence is better than none."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _pick(row: Row, language: str) -> str:
    english = row.get("en") or row["source"]
    text = english if language == "en" else row.get(language) or english
    return text.replace("\\n", "\n")


def say(finding: Finding, language: str) -> str:
    """The finding as a sentence in "en", "zh_CN" or "zh_TW"; its code when it has no words (a fault of ours)."""
    row = _findings().get(finding.code)
    if row is None:
        return finding.code
    values = {name: _named(name, value, language) for name, value in finding.values.items()}
    said = _pick(row, language).format_map(_Values(values))
    return tight(said) if "platform" in values else said


def _named(name: str, value: object, language: str) -> object:
    """States, platforms and kinds of things by their names for people; every other value as it is."""
    if name == "platform":
        from studio import platforms

        return platforms.get(str(value)).name.say(language) if value in platforms.names() else value
    if name == "kind":
        return speak(Marked("kind", str(value)), language) if ("kind", str(value)) in _marked() else value
    words = str(value).split(", ")
    if name in ("state", "wanted") and all(word in _STATES for word in words):
        return ", ".join(dict.fromkeys(state_word(State(word), language) for word in words))
    return value


_STATES = frozenset(state.value for state in State)


def speak(marked: Marked, language: str) -> str:
    """A marked text in that language."""
    row = _marked().get((marked.context, marked.text))
    text = marked.text if row is None else _pick(row, language)
    return text.format_map(_Values(marked.values))


def state_word(state: State, language: str) -> str:
    """The state as people call it: "Scheduled", 已排期, 已排程."""
    return speak(Marked("state", state.value), language)


def delivery_word(delivery: Delivery, language: str) -> str:
    """Its state as people call it: what was posted by hand counts as published once a link proves it."""
    proved = delivery.state is State.HANDED_OVER and delivery.proof is not None
    return state_word(State.PUBLISHED if proved else delivery.state, language)


def choose(wanted: str, environment: Mapping[str, str] | None = None) -> str:
    """"system" or a locale name -> one of LANGUAGES. Hong Kong and Macau read zh_TW, Singapore zh_CN."""
    name = wanted if wanted not in ("", "system") else _system(environment or os.environ)
    name = name.replace("-", "_")
    if not name.lower().startswith("zh"):
        return "en"
    traditional = any(part in name for part in ("TW", "HK", "MO", "Hant"))
    return "zh_TW" if traditional else "zh_CN"


def _system(environment: Mapping[str, str]) -> str:
    for key in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(key):
            return environment[key]
    import locale

    return locale.getlocale()[0] or "en"
