"""Golden pictures: every surface in both looks and three languages, as it was when somebody looked at it and agreed.

`python -m tests.previews.goldens [PLATFORM ...]` paints them anew; look at what changed before committing it. They hold
for one operating system: elsewhere glyphs are drawn otherwise, and the geometry tests do the work. They are compared
in a process of their own (`--compare`): what other fonts a process has used changes a few pixels of its letters.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from studio import platforms
from studio.core.post import Content, Media
from tests.previews.painting import Album, lay_out, paint, pixels
from tests.previews.samples import picture, post

WORDS = {
    "en": "Three small places in the old town, each worth sitting down in. #slowtravel https://example.com/oldtown",
    "zh_CN": "老城南的梧桐黄透了。周六上午骑车转了一圈，挑出三家值得坐下来的小店。#城市漫步 https://example.com/laochengnan",
    "zh_TW": "老城南的梧桐黃透了。週六上午騎車轉了一圈，挑出三家值得坐下來的小店。#城市漫步 https://example.com/laochengnan",
}
TITLES = {
    "en": "A weekend in the old town", "zh_CN": "周末去哪儿：老城南的三家小店", "zh_TW": "週末去哪兒：老城南的三家小店",
}  # fmt: skip
GOLDENS = Path(__file__).resolve().parent / "goldens"
TALLEST = 1400  # px that are kept of a card
STEP, SHARE = 10, 0.995  # of 255 in a channel; of all pixels


@dataclass(frozen=True, slots=True)
class Golden:
    """One picture."""

    platform: str
    surface: str
    theme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.platform}-{self.surface}-{self.theme}-{self.language}"

    @property
    def path(self) -> Path:
        return GOLDENS / self.platform / f"{self.surface}-{self.theme}-{self.language}.webp"

    def content(self) -> Content:
        """The same walk on every platform: a clip where the surface fills a screen, else pictures, if it shows them."""
        form = next(s.form for s in platforms.get(self.platform).surfaces if s.id == self.surface)
        pictures = self._post(tuple(picture(n, ratio) for n, ratio in ((1, 4 / 3), (2, 3 / 4), (3, 1.0))))
        filmed = self._post((picture(1, 9 / 16, "video"),))
        either = (filmed, pictures) if form == "screen" else (pictures, filmed)
        return next((what for what in either if self._shows(what)), pictures)

    def _shows(self, what: Content) -> bool:
        return any(box.media for box in lay_out(what, self.surface, self.language).boxes)

    def _post(self, media: tuple[Media, ...]) -> Content:
        name = "闲逛老城" if self.language != "en" else "Strolling"
        title = TITLES[self.language]
        return post(self.platform, WORDS[self.language], media, title=title, name=name, handle="strolling")

    def painted(self) -> QImage:
        """As it is drawn now."""
        what = self.content()
        card = lay_out(what, self.surface, self.language, theme=self.theme)
        image = paint(card, Album(what.media), self.language)
        return image.copy(0, 0, image.width(), min(image.height(), TALLEST))

    def write(self) -> None:
        """Keeps it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels(self.painted())[..., [2, 1, 0, 3]]).save(self.path, lossless=True, quality=60, method=4)

    def kept(self) -> np.ndarray:
        """(height, width, 4), blue first."""
        with Image.open(self.path) as image:
            return np.asarray(image.convert("RGBA"))[..., [2, 1, 0, 3]]


def every() -> Iterator[Golden]:
    """All there should be."""
    for platform in platforms.every().values():
        for surface in platform.surfaces:
            for theme in ("light", "dark"):
                for language in ("en", "zh_CN", "zh_TW"):
                    yield Golden(platform.id, surface.id, theme, language)


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """The share of pixels that differ by at most `STEP` in every channel; 0.0 when the sizes differ."""
    if one.shape != other.shape:
        return 0.0
    return float((np.abs(one.astype(int) - other.astype(int)).max(axis=2) <= STEP).mean())


def shares() -> dict[str, float]:
    """How alike each is to what was kept, by its name; 0.0 for one that was never kept."""
    return {each.name: alike(pixels(each.painted()), each.kept()) if each.path.exists() else 0.0 for each in every()}


def main(wanted: list[str]) -> None:
    if wanted == ["--compare"]:
        print(json.dumps(shares()))
        return
    for golden in every():
        if not wanted or golden.platform in wanted:
            golden.write()
            print(golden.path.relative_to(GOLDENS))


if __name__ == "__main__":
    main(sys.argv[1:])
