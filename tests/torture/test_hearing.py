"""A real engine, fetched as people fetch it, listens to a real voice. Asks the package registry: only when told to.

    YIGAO_FETCH=1 pytest -n 0 -q -s tests/torture/test_hearing.py

PocketSphinx brings a model of English along; espeak-ng speaks. Whisper's models cannot be had from a package registry:
the real engine is given one that has learnt nothing, and what it hears is gibberish with moments.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from studio.core.captions import from_words
from studio.core.task import Task
from studio.core.transcript import cuts
from studio.core.words import N
from studio.services.videos.transcribing import TAG, Transcribing, Wanted

pytestmark = pytest.mark.skipif(not os.environ.get("YIGAO_FETCH"), reason="asks the package registry: set YIGAO_FETCH")
SAID = "yesterday all my friends were happy because the weather was beautiful"
SPEAK = '''
import array, ctypes, sys, wave
sys.path.insert(0, sys.argv[1])
import espeakng_loader
voice = ctypes.CDLL(espeakng_loader.get_library_path())
rate = voice.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
spoken = array.array("h")
@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
def heard(samples, count, events):
    if samples and count > 0:
        spoken.extend(samples[:count])
    return 0
voice.espeak_SetSynthCallback(heard)
voice.espeak_SetVoiceByName(b"en-us")
voice.espeak_SetParameter(1, 130, 0)
text = sys.argv[2].encode()
voice.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 0, 0, 1, None, None)
voice.espeak_Synchronize()
with wave.open(sys.argv[3], "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(rate)
    file.writeframes(bytes(2 * rate) + spoken.tobytes())
'''


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of silence, then SAID."""
    folder = tmp_path_factory.mktemp("voice")
    fetch = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), "espeakng-loader"]
    if subprocess.run(fetch).returncode:
        pytest.skip("the registry has no voice, or cannot be reached")
    subprocess.run([sys.executable, "-c", SPEAK, str(folder), SAID, str(folder / "said.wav")], check=True)
    return folder / "said.wav"


def test_a_voice_is_written_down_and_cut(speech, tmp_path):
    job: Task[Any] = Task(N("test", "test"), "render", time.monotonic)
    hearing = Transcribing(tmp_path)
    hearing.install("sphinx", job)
    wanted = Wanted("sphinx", "en-us")
    assert hearing.ready(wanted)
    found = hearing.hear(speech, wanted, job)
    print(f"\nsaid:  {SAID}\nheard: {found.text}")
    said = set(SAID.split())  # a voice of a machine, to an engine that mishears people
    assert len({word.text for word in found.words} & said) > len(said) / 2
    assert 0.9 < found.words[0].start < 1.4 and all(word.start < word.end for word in found.words)
    assert [word for cue in from_words(found.words) for word in cue.words] == list(found.words)
    assert cuts(found, 1, 2)[0][0] >= found.words[0].end


def test_whisper_itself_listens_without_a_network(speech, tmp_path):
    job: Task[Any] = Task(N("test", "test"), "render", time.monotonic)
    hearing = Transcribing(tmp_path)
    hearing.install("whisper", job)
    model = tmp_path / "models" / "whisper" / "tiny"
    model.mkdir(parents=True)
    made = [sys.executable, "-I", str(Path(__file__).with_name("gibberish.py"))]
    subprocess.run([*made, str(tmp_path / "engines" / f"whisper-{TAG}"), str(model)], check=True)
    found = hearing.hear(speech, Wanted("whisper", "tiny", "en"), job)
    print(f"\nheard: {found.text[:80]}")
    assert found.words and found.language == "en"
    assert all(0 <= word.start <= word.end <= 8 for word in found.words)
    assert [word.start for word in found.words] == sorted(word.start for word in found.words)
