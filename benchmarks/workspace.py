"""Makes the workspace and the photos that are measured; kept under build/bench and made once.

The same seed gives the same posts, and everything goes in through the services, as a person's would.
"""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measure import ROOT

FOLDER = ROOT / "build" / "bench"
POSTS = 10_000
PHOTOS = 1_000
WORDS = (
    "coffee harbour morning market rain bicycle window street garden letter weekend station river "
    "周末 咖啡 海边 市集 早晨 自行车 花园 车站 咖啡館 週末 雨後 散步 新书 晚霞 书店 小巷"
).split()


def text(chance: random.Random, words: int) -> str:
    """Mixed English and Chinese."""
    return " ".join(chance.choice(WORDS) for _ in range(words))


def with_posts(count: int = POSTS) -> Path:
    """A workspace of `count` posts of different lengths and ages."""
    folder = FOLDER / f"posts-{count}"
    if (folder / "whole").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder, count)
    (folder / "whole").touch()
    return folder


def fill(folder: Path, count: int) -> None:
    """Create the posts."""
    from studio.services.desk import Desk

    chance, start = random.Random(1), datetime(2025, 1, 1, tzinfo=UTC)
    desk = Desk.open(folder)
    for number in range(count):
        at = start + timedelta(minutes=45 * number)
        desk.posts.create(
            title=f"{number} {text(chance, 3)}" if number % 3 else "",
            text=text(chance, chance.choice((8, 20, 60, 200))),
            tags=(chance.choice(WORDS),),
            created=at,
            updated=at,
        )
    desk.close()


def photos(count: int = PHOTOS) -> Path:
    """A folder of `count` different JPEG files of 12 megapixels, about 2 MB each, as a phone takes them.

    A few sceneries are drawn; each file is one of them under a coloured veil of its own.
    """
    folder = FOLDER / f"photos-{count}"
    if (folder.parent / f"{folder.name}.whole").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    draw(folder, count)
    (folder.parent / f"{folder.name}.whole").touch()
    return folder


def draw(folder: Path, count: int) -> None:
    """Write the photos. One picture is encoded per scenery; the others differ in a comment segment only.

    Decoding costs the same, and a thousand encodings of 12 megapixels would take many minutes.
    """
    sceneries = [scenery(number) for number in range(8)]
    for number in range(count):
        plain = sceneries[number % len(sceneries)]
        comment = f"photo {number}".encode()
        segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        (folder / f"IMG_{number:04}.jpg").write_bytes(plain[:2] + segment + plain[2:])


def scenery(seed: int) -> bytes:
    """A JPEG of 4000x3000 with large shapes and fine grain."""
    import io

    import numpy
    from PIL import Image

    chance = numpy.random.default_rng(seed)
    coarse = chance.integers(0, 255, (12, 16, 3), dtype=numpy.uint8)
    picture = numpy.asarray(Image.fromarray(coarse).resize((4000, 3000), Image.Resampling.BICUBIC), dtype=numpy.int16)
    grain = chance.integers(-9, 10, (3000, 4000, 1), dtype=numpy.int16)
    out = io.BytesIO()
    mixed = numpy.clip(picture + grain, 0, 255).astype(numpy.uint8)
    Image.fromarray(mixed).save(out, "JPEG", quality=85, subsampling="4:2:0")
    return out.getvalue()
