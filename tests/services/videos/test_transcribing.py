"""Listening: a real child process and the real adapter; the engine in it is a small one that says what it is told.

The engine that people fetch is too large for a test. `tests/torture/test_hearing.py` fetches a small one and listens.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.title import Word
from studio.core.transcript import Transcript
from studio.core.words import N
from studio.services.videos.engines import ENGINES
from studio.services.videos.transcribing import TAG, Transcribing, Wanted
from tests.media.make import song

# What faster-whisper gives, in its shapes: segments one after another, words with their blanks.
ENGINE = '''
import json, pathlib, time
from types import SimpleNamespace as S
HERE = pathlib.Path(__file__).parent
class WhisperModel:
    def __init__(self, path, **options):
        self.path, self.options = path, options
        print("loading chatter on standard output")
    def transcribe(self, audio, **options):
        told = json.loads((HERE / "told.json").read_text())
        (HERE / "asked.json").write_text(json.dumps(
            {"model": self.path, "samples": len(audio), "kind": str(audio.dtype), "peak": float(abs(audio).max()), **options}))
        def segments():
            for words in told["segments"]:
                time.sleep(told.get("slow", 0))
                if words == "crash":
                    raise RuntimeError("out of memory")
                yield S(words=[S(word=w, start=s, end=e) for w, s, e in words], end=words[-1][2])
        return segments(), S(language=told.get("language", "en"))
'''  # noqa: E501
HUB = '''
import pathlib, os, time
def snapshot_download(repo, local_dir, allow_patterns):
    if "offline" in os.environ.get("HF_ENDPOINT", ""):
        raise OSError("We couldn't connect to the hub")
    for name in ("model.bin", "config.json"):
        (pathlib.Path(local_dir) / name).write_text(repo + " " + os.environ.get("HF_ENDPOINT", ""))
'''
PIP = '''
import sys, pathlib, time
if "--version" in sys.argv:
    raise SystemExit(0)
target = pathlib.Path(sys.argv[sys.argv.index("--target") + 1])
(target.parent.parent / "asked.txt").write_text("\\n".join(sys.argv))
print("Collecting things")
if MODE == "fail":
    print("ERROR: No space left on device", file=sys.stderr)
    raise SystemExit(1)
if MODE == "slow":
    (target / "half").write_text("x")
    time.sleep(60)
(target / "faster_whisper").mkdir()
'''


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return song(tmp_path / "talk.mp3")


def task() -> Task[Any]:
    return Task(N("test", "test"), "render", time.monotonic)


def installed(folder: Path, told: dict[str, Any]) -> Path:
    """An engine and a model in a folder, as if they had been fetched."""
    engine = folder / "engines" / f"whisper-{TAG}"
    (engine / "faster_whisper").mkdir(parents=True)
    (engine / "faster_whisper" / "__init__.py").write_text(ENGINE)
    (engine / "faster_whisper" / "told.json").write_text(json.dumps(told))
    (engine / "huggingface_hub.py").write_text(HUB)
    model = folder / "models" / "whisper" / "base"
    model.mkdir(parents=True)
    for name in ENGINES["whisper"].needs:
        (model / name).write_text("x")
    return engine / "faster_whisper"


def test_words_come_back_with_their_moments(tmp_path, film):
    engine = installed(tmp_path, {"segments": [[[" You", 0.0, 0.2], [" hear", 0.2, 0.5], [" it.", 0.5, 0.9]],
                                               [[" ", 0.9, 0.9], ["Twice", 0.7, 0.8]]]})  # fmt: skip
    job = task()
    found = Transcribing(tmp_path).hear(film, Wanted(language="zh_TW"), job)
    assert found.text == "You hear it. Twice" and found.language == "zh_TW" and found.engine == "whisper base"
    assert [float(word.start) for word in found.words] == [0.0, 0.2, 0.5, 0.9]
    asked = json.loads((engine / "asked.json").read_text())
    assert asked["language"] == "zh" and "繁體字" in asked["initial_prompt"] and asked["word_timestamps"]
    assert asked["kind"] == "float32" and asked["samples"] > 8000 and asked["peak"] <= 1
    assert asked["model"] == str(tmp_path / "models" / "whisper" / "base")
    assert job.fraction is not None and job.fraction > 0.9


def test_the_language_is_told_by_the_engine_when_nobody_said(tmp_path, film):
    engine = installed(tmp_path, {"segments": [], "language": "fr"})
    found = Transcribing(tmp_path).hear(film, Wanted(), task())
    assert (found.words, found.language) == ((), "fr")
    assert json.loads((engine / "asked.json").read_text())["language"] is None


def test_an_engine_that_gives_up_is_told_in_words(tmp_path, film):
    installed(tmp_path, {"segments": [[["a", 0, 1]], "crash"]})
    with pytest.raises(Refused, match=r"hearing\.failed") as told:
        Transcribing(tmp_path).hear(film, Wanted(), task())
    assert "out of memory" in str(told.value.findings[0].values["reason"])


def test_an_engine_that_cannot_even_be_loaded_is_told_in_words(tmp_path, film):
    (installed(tmp_path, {}) / "__init__.py").write_text("import os; os._exit(9)")
    with pytest.raises(Refused, match=r"hearing\.failed"):
        Transcribing(tmp_path).hear(film, Wanted(), task())


def test_cancelling_ends_the_child(tmp_path, film):
    installed(tmp_path, {"segments": [[["a", 0, 1]]] * 50, "slow": 0.2})
    job = task()
    job.changed.connect(lambda each: each.cancel() if (each.fraction or 0) > 0.2 and not each.cancelled else None)
    with pytest.raises(Cancelled):
        Transcribing(tmp_path).hear(film, Wanted(), job)
    assert not [thread for thread in threading.enumerate() if "_pour" in thread.name]


def test_nothing_is_heard_before_it_was_fetched(tmp_path, film):
    hearing = Transcribing(tmp_path)
    with pytest.raises(Refused, match=r"hearing\.not_installed"):
        hearing.hear(film, Wanted(), task())
    installed(tmp_path, {})
    assert hearing.ready(Wanted()) and not hearing.ready(Wanted(model="tiny"))
    with pytest.raises(Refused, match=r"hearing\.no_model"):
        hearing.hear(film, Wanted(model="tiny"), task())
    for wrong in (Wanted("none"), Wanted("whisper", "none")):
        with pytest.raises(Refused, match=r"hearing\.unknown"):
            hearing.hear(film, wrong, task())


def test_a_model_is_fetched_from_where_one_says_and_can_be_taken_off(tmp_path):
    installed(tmp_path, {})
    hearing = Transcribing(tmp_path)
    hearing.fetch("whisper", "tiny", task(), host="https://mirror.example")
    kept = tmp_path / "models" / "whisper" / "tiny" / "model.bin"
    assert kept.read_text() == "Systran/faster-whisper-tiny https://mirror.example"
    here = hearing.here()[0]
    assert here.installed and here.models == ("tiny", "base") and hearing.bytes("whisper") > 0
    hearing.remove("whisper", "tiny")
    assert hearing.here()[0].models == ("base",)
    with pytest.raises(Refused, match=r"hearing\.fetch_failed"):
        hearing.fetch("whisper", "tiny", task(), host="https://offline.example")
    assert [path.name for path in (tmp_path / "models" / "whisper").iterdir()] == ["base"]
    hearing.remove("whisper")
    assert not hearing.here()[0].installed


def test_a_model_one_has_already_is_taken_in(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    hearing = Transcribing(tmp_path / "data")
    with pytest.raises(Refused, match=r"hearing\.no_model_there"):
        hearing.adopt("whisper", "small", own, task())
    for name in ("model.bin", "config.json", "vocabulary.txt"):
        (own / name).write_text(name)
    hearing.adopt("whisper", "small", own, task())
    assert sorted(path.name for path in (tmp_path / "data" / "models" / "whisper" / "small").iterdir()) == [
        "config.json", "model.bin", "vocabulary.txt",
    ]  # fmt: skip


def pip(tmp_path: Path, mode: str) -> list[str]:
    script = tmp_path / "pip.py"
    script.write_text(f"MODE = {mode!r}\n{PIP}")
    return [sys.executable, str(script)]


def test_an_engine_is_fetched_with_pip(tmp_path):
    hearing = Transcribing(tmp_path / "data", pip(tmp_path, "well"))
    hearing.install("whisper", task())
    assert hearing.here()[0].installed
    asked = (tmp_path / "data" / "asked.txt").read_text().split("\n")
    assert asked[-1].startswith("faster-whisper") and {"--only-binary", "--target", "--no-input"} <= set(asked)
    assert [path.name for path in (tmp_path / "data" / "engines").iterdir()] == [f"whisper-{TAG}"]


def test_a_pip_that_fails_leaves_what_was_there(tmp_path):
    installed(tmp_path, {})
    with pytest.raises(Refused, match=r"hearing\.install_failed") as told:
        Transcribing(tmp_path, pip(tmp_path, "fail")).install("whisper", task())
    assert told.value.findings[0].values["reason"] == "No space left on device"
    assert Transcribing(tmp_path).here()[0].installed
    assert not list(tmp_path.glob("engines/*.part"))
    with pytest.raises(Refused, match=r"hearing\.no_pip"):
        Transcribing(tmp_path, ["no-such-program-at-all"]).install("whisper", task())


def test_fetching_can_be_cancelled_and_leaves_nothing(tmp_path):
    job = task()
    threading.Timer(0.6, job.cancel).start()
    with pytest.raises(Cancelled):
        Transcribing(tmp_path / "data", pip(tmp_path, "slow")).install("whisper", job)
    assert list((tmp_path / "data" / "engines").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path):
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(Refused, match=r"hearing\.install_failed"):
        Transcribing(tmp_path / "data", pip(tmp_path, "well")).install("whisper", task())


def test_transcripts_are_remembered(tmp_path):
    hearing = Transcribing(tmp_path)
    transcript = Transcript((Word("今天", 0, 1),), "zh_CN", "whisper base")
    assert hearing.kept("../a/b") is None
    hearing.keep("../a/b", transcript)
    assert hearing.kept("../a/b") == transcript and list((tmp_path / "transcripts").iterdir())
    next((tmp_path / "transcripts").iterdir()).write_text("{}")
    assert hearing.kept("../a/b") is None
