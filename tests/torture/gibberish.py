"""A model of Whisper's shape that has learnt nothing: the real engine loads it and hears gibberish in it.

Run by an interpreter that has faster-whisper:  python -I gibberish.py ENGINES_FOLDER TARGET
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

WIDE, DEEP, HEADS, SOUNDS = 64, 128, 2, 80
TEXT, STAMPS = 50_257, 1501  # of Whisper's vocabulary: words, moments
BETWEEN = ("<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>")


def main(folder: str, target: str) -> None:
    """Writes the four files that a model is."""
    sys.path.insert(0, folder)
    words, special = vocabulary()
    write_tokenizer(target, words, special)
    spec = import_module("ctranslate2").specs.whisper_spec.WhisperSpec(1, HEADS, 1, HEADS)
    fill(spec, len(words) + len(special) + STAMPS)
    spec.register_vocabulary([*words, *special, *stamps()])
    first = TEXT + 2
    spec.config.lang_ids = list(range(first, first + len(special) - 2 - len(BETWEEN)))
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.alignment_heads = [(0, head) for head in range(HEADS)]
    spec.validate()
    spec.save(target)


def stamps() -> list[str]:
    return [f"<|{number * 0.02:.2f}|>" for number in range(STAMPS)]


def vocabulary() -> tuple[list[str], list[str]]:
    """Words as bytes and as made-up ones, and the signs in Whisper's order."""
    letters = sorted(import_module("tokenizers").pre_tokenizers.ByteLevel.alphabet())
    languages = [f"<|{code}|>" for code in list(import_module("faster_whisper.tokenizer")._LANGUAGE_CODES)[:99]]
    words = letters + [f"\u0120w{number}" for number in range(TEXT - len(letters))]
    return words, ["<|endoftext|>", "<|startoftranscript|>", *languages, *BETWEEN]


def write_tokenizer(target: str, words: list[str], special: list[str]) -> None:
    tokenizers = import_module("tokenizers")
    made = tokenizers.Tokenizer(tokenizers.models.BPE(vocab={word: at for at, word in enumerate(words)}, merges=[]))
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    made.add_special_tokens([tokenizers.AddedToken(each, special=True) for each in special])
    made.add_tokens([tokenizers.AddedToken(each) for each in stamps()])
    made.save(f"{target}/tokenizer.json")


class Chance:
    """Weights by chance, the same every time."""

    def __init__(self) -> None:
        self.numpy = import_module("numpy")
        self.dice = self.numpy.random.default_rng(1)

    def weights(self, *shape: int) -> Any:
        return self.dice.normal(0, 0.3, shape).astype(self.numpy.float32)

    def linear(self, layer: Any, *shape: int) -> None:
        layer.weight, layer.bias = self.weights(*shape), self.numpy.zeros(shape[0], self.numpy.float32)

    def norm(self, layer: Any) -> None:
        layer.gamma, layer.beta = (self.numpy.full(WIDE, value, self.numpy.float32) for value in (1, 0))

    def attention(self, layer: Any, *outs: int) -> None:
        self.norm(layer.layer_norm)
        for each, out in zip(layer.linear, outs, strict=True):
            self.linear(each, out * WIDE, WIDE)

    def forward(self, layer: Any) -> None:
        self.norm(layer.layer_norm)
        self.linear(layer.linear_0, DEEP, WIDE)
        self.linear(layer.linear_1, WIDE, DEEP)


def fill(spec: Any, size: int) -> None:
    """Every weight of both halves."""
    chance, encoder, decoder = Chance(), spec.encoder, spec.decoder
    chance.linear(encoder.conv1, WIDE, SOUNDS, 3)
    chance.linear(encoder.conv2, WIDE, WIDE, 3)
    encoder.position_encodings.encodings = chance.weights(1500, WIDE)
    decoder.position_encodings.encodings = chance.weights(448, WIDE)
    decoder.embeddings.weight = chance.weights(size, WIDE)
    chance.linear(decoder.projection, size, WIDE)
    for half in (encoder, decoder):
        chance.norm(half.layer_norm)
        for layer in half.layer:
            chance.attention(layer.self_attention, 3, 1)
            chance.forward(layer.ffn)
    for layer in decoder.layer:
        chance.attention(layer.attention, 1, 2, 1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
