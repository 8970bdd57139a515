"""What is said, written down on this machine by an engine that is installed when a person asks for it, and not before.

Nothing is sent anywhere. Engines and models lie in a folder of the studio's data and can be taken off again; after
they were fetched no network is used. An engine runs in a process of its own (`listener.py`).
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.task import Task
from studio.core.title import Word
from studio.core.transcript import Transcript, from_json, to_json
from studio.core.words import N
from studio.services.videos import engines
from studio.services.videos.child import Child
from studio.services.videos.engines import ENGINES, LANGUAGES, Engine, Model, language

LISTENER = Path(__file__).with_name("listener.py")
# Installed modules fit one Python only; after an update of the studio's they are asked for again.
TAG = sys.implementation.cache_tag or "python"
PREPARING = 0.1  # the part of the progress that reading the film's sound is
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to listen. language: "" for whichever it is, "zh_CN" and "zh_TW" for a script, else an engine's code."""

    engine: str = "whisper"
    model: str = "base"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """What is on this machine of an engine. models: by id."""

    engine: Engine
    installed: bool
    models: tuple[str, ...]


class Transcribing:
    """folder: where engines, models and transcripts are kept; pip: the words that start pip.

    All that takes long takes a task: it is told how far it is, and its cancel leaves nothing half done.
    """

    def __init__(self, folder: Path, pip: Sequence[str] = (sys.executable, "-m", "pip")) -> None:
        self._folder, self._pip = folder, tuple(pip)

    # what is here ------------------------------------------------------------------------------------------------

    def here(self) -> list[Here]:
        """Every engine, and what of it is on this machine."""
        return [
            Here(engine, self._has(engine), tuple(m.id for m in engine.models if self._has_model(engine, m)))
            for engine in ENGINES.values()
        ]

    def bytes(self, id: str) -> int:
        """What an engine and its models take on the disk; thousands of files are looked at."""
        found = engines.engine(id)
        return _size(self._engine(found)) + _size(self._folder / "models" / found.id)

    def ready(self, wanted: Wanted) -> bool:
        """Whether listening can begin at once."""
        engine, model = engines.model(wanted.engine, wanted.model)
        return self._has(engine) and self._has_model(engine, model)

    def _engine(self, engine: Engine) -> Path:
        return self._folder / "engines" / f"{engine.id}-{TAG}"

    def _model(self, engine: Engine, model: Model) -> Path:
        return self._folder / "models" / engine.id / model.id

    def _has(self, engine: Engine) -> bool:
        return (self._engine(engine) / engine.module).is_dir()

    def _has_model(self, engine: Engine, model: Model) -> bool:
        if not model.repo:
            return self._has(engine)
        return all((self._model(engine, model) / name).is_file() for name in engine.needs)

    # fetching and taking off -------------------------------------------------------------------------------------

    def install(self, id: str, task: Task[Any]) -> None:
        """Fetches an engine with pip; again, when it is there: the newest that fits.

        Refused with hearing.no_pip or hearing.install_failed.
        """
        engine = engines.engine(id)
        target = self._engine(engine)
        with _worded("hearing.install_failed"), _part(target) as part:
            if _status([*self._pip, "--version"], task)[0]:
                raise Refused(error("hearing.no_pip", "engine"))
            task.progress(None, N("hearing", "Fetching the engine"))
            status, complaint = _status([*self._pip, *_asked(engine, part)], task)
            if status or not (part / engine.module).is_dir():
                raise Refused(error("hearing.install_failed", "engine", reason=_sentence(complaint)))
            _replace(part, target)

    def fetch(self, id: str, model_id: str, task: Task[Any], host: str = "") -> None:
        """Fetches a model from the hub. host: another one that has the same, "https://...".

        Refused with hearing.not_installed or hearing.fetch_failed.
        """
        engine, model = engines.model(id, model_id)
        self._needed(engine)
        if not model.repo:
            return
        target = self._model(engine, model)
        with _worded("hearing.fetch_failed"), _part(target) as part:
            def far() -> None:
                task.progress(min(0.99, _size(part) / model.bytes), N("hearing", "Fetching the model"))

            request = {"do": "fetch", "engine": engine.id, "repo": model.repo, "target": str(part)}
            more = {"HF_ENDPOINT": host} if host else {}
            self._run(engine, request, task, lambda _: None, far, more, "hearing.fetch_failed")
            if not all((part / name).is_file() for name in engine.needs):
                raise Refused(error("hearing.fetch_failed", "engine", reason=", ".join(engine.needs)))
            _replace(part, target)

    def adopt(self, id: str, model_id: str, folder: Path, task: Task[Any]) -> None:
        """A model that a person has already, copied from its folder. Refused with hearing.no_model_there."""
        engine, model = engines.model(id, model_id)
        if not all((folder / name).is_file() for name in engine.needs):
            raise Refused(error("hearing.no_model_there", "engine", name=folder.name, files=", ".join(engine.needs)))
        with _worded("hearing.fetch_failed"), _part(self._model(engine, model)) as part:
            for path in sorted(folder.iterdir()):
                task.progress(None, N("hearing", "Copying the model"))
                if path.is_file():
                    shutil.copyfile(path, part / path.name)
            _replace(part, self._model(engine, model))

    def remove(self, id: str, model_id: str = "") -> None:
        """Takes one model off the disk, or the engine with all of its."""
        engine = engines.engine(id)
        if model_id:
            shutil.rmtree(self._model(*engines.model(id, model_id)), ignore_errors=True)
            return
        shutil.rmtree(self._engine(engine), ignore_errors=True)
        shutil.rmtree(self._folder / "models" / engine.id, ignore_errors=True)

    # listening ---------------------------------------------------------------------------------------------------

    def hear(self, path: Path, wanted: Wanted, task: Task[Any]) -> Transcript:
        """What is said in a film or a recording, in its own clock.

        Refused with video.no_speech, hearing.not_installed, hearing.no_model, hearing.failed and what `write_speech`
        refuses.
        """
        from studio.media.speech import write_speech

        engine, model = engines.model(wanted.engine, wanted.model)
        self._needed(engine)
        if not self._has_model(engine, model):
            raise Refused(error("hearing.no_model", "engine"))
        with _worded("hearing.failed"), tempfile.TemporaryDirectory(prefix="yigao-hearing-") as folder:
            audio = Path(folder) / "speech.wav"
            task.progress(0.0, N("hearing", "Reading the sound"))
            length = write_speech(path, audio, lambda _: task.check())
            return self._listen(engine, model, audio, float(length), wanted, task)

    def _listen(
        self, engine: Engine, model: Model, audio: Path, length: float, wanted: Wanted, task: Task[Any]
    ) -> Transcript:
        code, prompt = language(wanted.language)
        words: list[Word] = []
        heard: dict[str, str] = {"language": code}

        def told(line: Mapping[str, Any]) -> None:
            if line["kind"] == "word" and str(line["text"]).strip():
                words.append(_word(line, words, length))
            seconds = line.get("seconds", line.get("end", 0.0))
            if line["kind"] == "done":
                heard["language"], seconds = str(line.get("language") or code), length
            far = PREPARING + (1 - PREPARING) * min(1.0, float(seconds) / max(length, 0.01))
            task.progress(far, N("hearing", "Listening"))

        task.progress(PREPARING, N("hearing", "Loading the engine"))
        request = {"do": "hear", "engine": engine.id, "model": str(self._model(engine, model)), "audio": str(audio),
                   "language": code, "prompt": prompt}  # fmt: skip
        self._run(engine, request, task, told, lambda: None, OFFLINE, "hearing.failed")
        known = wanted.language if wanted.language in LANGUAGES and wanted.language else heard["language"]
        return Transcript(tuple(words), known, f"{engine.id} {model.id}")

    def _needed(self, engine: Engine) -> None:
        if not self._has(engine):
            raise Refused(error("hearing.not_installed", "engine"))

    def _run(
        self, engine: Engine, request: Mapping[str, object], task: Task[Any], told: Callable[[Mapping[str, Any]], None],
        idle: Callable[[], None], more: Mapping[str, str], code: str,
    ) -> None:
        """A listener at its work, to its "done"; Refused with `code` when it ends in any other way."""
        child = Child([sys.executable, "-I", str(LISTENER)], task, more)
        done, reason = False, ""
        order = json.dumps({**request, "path": [str(self._engine(engine))]}) + "\n"
        for line in child.lines(order, idle):
            said = _said(line)
            done, reason = said.get("kind") == "done", str(said.get("reason", reason))
            if "kind" in said:
                told(said)
        if not done or child.status:
            raise Refused(error(code, "engine", reason=_sentence(reason or child.complaint)))

    # what was heard ----------------------------------------------------------------------------------------------

    def keep(self, key: str, transcript: Transcript) -> None:
        """Remembers a transcript. key: of the source, its hash or its id."""
        from studio.media.whole import whole

        path = self._kept(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as file:
            file.write(json.dumps(to_json(transcript), ensure_ascii=False).encode())

    def kept(self, key: str) -> Transcript | None:
        """The transcript of a source; None when there is none that can be read."""
        try:
            return from_json(json.loads(self._kept(key).read_bytes()))
        except (OSError, ValueError):
            return None

    def _kept(self, key: str) -> Path:
        safe = "".join(char for char in key if char.isalnum()) or "none"
        return self._folder / "transcripts" / f"{safe[:80]}.json"


def _asked(engine: Engine, target: Path) -> list[str]:
    """What pip is asked: ready-made packages only, so that nothing is built and no foreign code runs meanwhile."""
    alone = ["--no-deps"] if engine.alone else []
    quiet = ["--no-input", "--disable-pip-version-check", "--no-warn-script-location", "--progress-bar", "off"]
    return ["install", *quiet, "--only-binary", ":all:", *alone, "--target", str(target), *engine.requirements]


def _status(words: Sequence[str], task: Task[Any]) -> tuple[int, str]:
    child = Child(words, task)
    try:
        for _ in child.lines():
            task.check()
    except OSError as fault:
        return 127, str(fault)
    return child.status, child.complaint


@contextmanager
def _worded(code: str) -> Iterator[None]:
    """A disk that is full or may not be written is told in words."""
    try:
        yield
    except OSError as fault:
        raise Refused(error(code, "engine", reason=fault.strerror or type(fault).__name__)) from fault


class _part:
    """A folder beside the one to be, gone afterwards unless it took its place; what a killed run left goes first."""

    def __init__(self, target: Path) -> None:
        self._path = target.with_name(f"{target.name}.part")

    def __enter__(self) -> Path:
        shutil.rmtree(self._path, ignore_errors=True)
        self._path.mkdir(parents=True)
        return self._path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._path, ignore_errors=True)


def _replace(part: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    for wait in (0.0, 0.2, 1.0):  # on Windows a scanner may still hold a file
        time.sleep(wait)
        with suppress(PermissionError):
            part.rename(target)
            return
    part.rename(target)


def _said(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _word(line: Mapping[str, Any], before: Sequence[Word], length: float) -> Word:
    """A word in whole milliseconds, within the film, in order and not over the one before, whatever the engine says."""
    moments = (min(max(float(line[name]), 0.0), length) for name in ("start", "end"))
    start, end = (Fraction(round(moment * 1000), 1000) for moment in moments)
    start = max(start, before[-1].end) if before else start
    return Word(str(line["text"]).strip(), start, max(start, end))


def _sentence(complaint: str) -> str:
    """The line of a complaint that says it."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    told = [line for line in lines if line.lower().startswith("error")]
    return (told or lines or ["?"])[-1].removeprefix("ERROR: ")[:200]


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total
