"""The child process that listens: a program of its own, which loads an engine that the studio itself never imports.

It reads one line of JSON (what to do) and writes lines of JSON (what came of it). When its input ends, the studio is
gone, and it ends, too. It uses nothing of the studio, because it may run before a studio of another version.

    {"do": "fetch", "engine": "whisper", "path": [...], "repo": "...", "target": "..."}
    {"do": "hear", "engine": "...", "path": [...], "model": "...", "audio": "a.wav", "language": "", "prompt": ""}
    -> {"kind": "ready"} {"kind": "word", "text": "...", "start": 0.5, "end": 0.9} {"kind": "at", "seconds": 12.0}
       {"kind": "done", "language": "en"} | {"kind": "failed", "reason": "..."}
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from importlib import import_module  # engines are no part of the studio: they are there where a person fetched them
from typing import Any

Say = Callable[..., None]
FILES = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
CHUNK = 30  # seconds that PocketSphinx is given at most without a pause


def main() -> int:
    """The exit status: 0 when it said "done"."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)  # what engines print is not for whoever reads us

    def say(kind: str, **more: object) -> None:
        out.write(json.dumps({"kind": kind, **more}) + "\n")
        out.flush()

    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_watch, daemon=True).start()
    sys.path[:0] = request["path"]
    try:
        _DO[request["do"], request["engine"]](request, say)
    except Exception as fault:
        say("failed", reason=f"{type(fault).__name__}: {fault}"[:400])
        return 1
    return 0


def _watch() -> None:
    """Ends when nobody can be waiting any more."""
    while os.read(0, 4096):
        pass
    os._exit(3)


def _fetch_whisper(request: dict[str, Any], say: Say) -> None:
    hub = import_module("huggingface_hub")
    say("ready")
    hub.snapshot_download(request["repo"], local_dir=request["target"], allow_patterns=FILES)
    say("done")


def _hear_whisper(request: dict[str, Any], say: Say) -> None:
    numpy, whisper = import_module("numpy"), import_module("faster_whisper")
    model = whisper.WhisperModel(request["model"], device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 2)
    say("ready")
    samples, _ = _samples(request["audio"])
    segments, info = model.transcribe(
        numpy.frombuffer(samples, "<i2").astype(numpy.float32) / 32768, language=request["language"] or None,
        initial_prompt=request["prompt"] or None, word_timestamps=True, vad_filter=True,
        condition_on_previous_text=False,  # or one mistake is repeated to the end
    )
    for segment in segments:
        for word in segment.words or ():
            say("word", text=word.word, start=float(word.start), end=float(word.end))
        say("at", seconds=float(segment.end))
    say("done", language=info.language)


def _hear_sphinx(request: dict[str, Any], say: Say) -> None:
    sphinx = import_module("pocketsphinx")
    samples, rate = _samples(request["audio"])
    decoder, pauses = sphinx.Decoder(samprate=rate, loglevel="FATAL"), sphinx.Endpointer(sample_rate=rate)
    say("ready")
    for start, speech in _utterances(pauses, samples, rate):
        decoder.start_utt()
        decoder.process_raw(speech, full_utt=True)
        decoder.end_utt()
        for piece in decoder.seg() if decoder.hyp() is not None else ():
            text = re.sub(r"\(\d+\)$", "", piece.word)
            if text[:1] not in "<[+":
                say("word", text=text, start=start + piece.start_frame / 100, end=start + (piece.end_frame + 1) / 100)
        say("at", seconds=start + len(speech) / 2 / rate)
    say("done", language="en")


def _utterances(pauses: Any, samples: bytes, rate: int) -> Iterator[tuple[float, bytes]]:
    """(second, samples) of each stretch of speech between two pauses; one without a pause is cut."""
    start, speech = 0.0, b""
    size = pauses.frame_bytes
    for at in range(0, len(samples) - size, size):
        heard = pauses.process(samples[at : at + size])
        if heard is not None:
            start = start if speech else pauses.speech_start
            speech += heard
        if speech and (not pauses.in_speech or len(speech) > CHUNK * rate * 2):
            yield start, speech
            start, speech = start + len(speech) / 2 / rate, b""
    if (rest := pauses.end_stream(samples[-(len(samples) % size or size) :])) or speech:
        yield start if speech else pauses.speech_start, speech + (rest or b"")


def _samples(path: str) -> tuple[bytes, int]:
    with wave.open(path, "rb") as file:
        return file.readframes(file.getnframes()), file.getframerate()


_DO = {
    ("fetch", "whisper"): _fetch_whisper, ("hear", "whisper"): _hear_whisper, ("hear", "sphinx"): _hear_sphinx,
}  # fmt: skip

if __name__ == "__main__":
    status = main()
    os._exit(status)  # an interpreter that ends in order would wait for the thread that watches
