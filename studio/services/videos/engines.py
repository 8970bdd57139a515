"""The engines that can write down what is said, as data: what is fetched when a person asks for one, and how much.

None is a dependency. Whisper is run by faster-whisper: openai-whisper needs PyTorch (some 200 MB to 2.5 GB, installed
several times that), whisper.cpp is smaller but tells the moments of single words worse and brings no detection of
speech. PocketSphinx knows English only and mishears much, but it is small and complete: no model is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.words import Words

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Model:
    """What an engine knows a language by. bytes: about what is fetched; repo: where from, "" when it comes along."""

    id: str
    label: Words
    bytes: int
    repo: str = ""


@dataclass(frozen=True, slots=True)
class Engine:
    """requirements: for pip; alone: without what they say they need; bytes: about what is fetched before any model.

    languages   codes it hears; () for about a hundred, found by itself;  needs: files a model's folder has
    """

    id: str
    label: Words
    licence: str
    requirements: tuple[str, ...]
    bytes: int
    models: tuple[Model, ...]
    module: str
    alone: bool = False
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def model(self, id: str) -> Model | None:
        return next((model for model in self.models if model.id == id), None)


TURBO = "mobiuslabsgmbh/faster-whisper-large-v3-turbo"
WHISPER = Engine(
    "whisper", Words("Whisper (about a hundred languages)", "Whisper（约一百种语言）", "Whisper（約一百種語言）"),
    "MIT", ("faster-whisper>=1.2,<2",), 140 * MB,
    (
        Model("tiny", Words("Tiny: quick, mishears much", "极小：快，常听错", "極小：快，常聽錯"),
              78 * MB, "Systran/faster-whisper-tiny"),
        Model("base", Words("Small: for clear speech", "小：适合清楚的口播", "小：適合清楚的口播"),
              148 * MB, "Systran/faster-whisper-base"),
        Model("small", Words("Medium: good for most", "中：多数够用", "中：多數夠用"),
              486 * MB, "Systran/faster-whisper-small"),
        Model("turbo", Words("Large: best, slow on a small computer", "大：最准，小电脑上慢", "大：最準，小電腦上慢"),
              1620 * MB, TURBO),
    ),
    "faster_whisper", needs=("model.bin", "config.json"),
)  # fmt: skip
SPHINX = Engine(
    "sphinx",
    Words("PocketSphinx (English, rough)", "PocketSphinx（仅英语，较粗略）", "PocketSphinx（僅英語，較粗略）"),
    "BSD", ("pocketsphinx>=5,<6",), 29 * MB,
    (Model("en-us", Words("American English", "美式英语", "美式英語"), 0),),
    "pocketsphinx", alone=True, languages=("en",),
)  # fmt: skip
ENGINES: Mapping[str, Engine] = {engine.id: engine for engine in (WHISPER, SPHINX)}

# Whisper writes Chinese in either script and often without punctuation; a sentence before it settles both.
LANGUAGES: Mapping[str, tuple[str, str]] = {
    "": ("", ""), "en": ("en", ""), "zh_CN": ("zh", "以下是普通话的句子，用简体字，有标点。"),
    "zh_TW": ("zh", "以下是普通話的句子，用繁體字，有標點。"),
}  # fmt: skip


def engine(id: str) -> Engine:
    """The engine of that name; Refused when there is none."""
    if id not in ENGINES:
        raise Refused(error("hearing.unknown", "engine", name=id))
    return ENGINES[id]


def model(id: str, model: str) -> tuple[Engine, Model]:
    """An engine and one of its models; Refused when there is none of that name."""
    found = engine(id).model(model)
    if found is None:
        raise Refused(error("hearing.unknown", "engine", name=f"{id} {model}"))
    return ENGINES[id], found


def language(wanted: str) -> tuple[str, str]:
    """(code, sentence to begin with) for "", "en", "zh_CN", "zh_TW" or any code of an engine."""
    return LANGUAGES.get(wanted, (wanted, ""))
