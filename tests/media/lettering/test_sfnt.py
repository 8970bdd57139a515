"""Fonts are read from their own tables; what is no font is none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import ImageFont

from studio.media.lettering.sfnt import NOTHING, coverage, faces

FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
INTER, NOTO = FONTS / "InterYigao-SemiBold.ttf", FONTS / "NotoSansSCYigao-Bold.otf"


@pytest.mark.parametrize(("path", "family", "weight"), [
    (INTER, "inter yigao", 600), (NOTO, "noto sans sc yigao", 700),
])  # fmt: skip
def test_names_and_weights(path, family, weight):
    (face,) = faces(path)
    assert family in face.families and face.weight == weight and not face.italic and not face.coloured


def test_characters_are_those_that_freetype_finds():
    for path in (INTER, NOTO):
        (face,) = faces(path)
        has = coverage(face)
        font = ImageFont.truetype(str(path), 20)
        missing = bytes(font.getmask("\U0010fffd"))
        for char in "Aé“好國ж\u00a0中€":
            assert has.has(ord(char)) == (bytes(font.getmask(char)) != missing or char.isspace()), (path, char)
        assert not has.has(0x10FFFD)


def test_broken_fonts_are_no_fonts(tmp_path):
    chance, data = random.Random(3), INTER.read_bytes()
    path = tmp_path / "a.ttf"
    for _ in range(60):
        broken = bytearray(data[: chance.randrange(2000)] if chance.random() < 0.4 else data)
        for _ in range(chance.randrange(1, 30)):
            broken[chance.randrange(min(len(broken), 600)) if broken else 0 :][:1] = b""
            if broken:
                broken[chance.randrange(min(len(broken), 600))] = chance.randrange(256)
        path.write_bytes(bytes(broken))
        for face in faces(path):
            coverage(face)
    path.write_bytes(b"")
    assert faces(path) == [] and faces(tmp_path / "none.ttf") == [] and faces(tmp_path) == []
    (face,) = faces(INTER)
    path.write_bytes(b"gone")
    assert coverage(type(face)(str(path), 3, face.families)) is NOTHING
