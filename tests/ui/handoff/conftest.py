"""A platform in memory that also takes posts from a person's hand, and deliveries that wait for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from studio import platforms
from studio.core.delivery import Compared, Delivery, Proof
from studio.core.handoff import HandOff, Piece
from studio.core.post import Account, Media, Post
from studio.core.words import Words
from studio.ui.handoff.handing import Handing
from studio.ui.handoff.window import HandOffWindow
from tests.services.conftest import open_desk
from tests.services.fakes import FakePlatform, FakeVault, hit
from tests.ui.desks import Stage

PAGE = "https://creator.fake.example/upload"
TICK = Words("Tick “AI-generated content”", "勾选“含 AI 生成内容”", "勾選「含 AI 生成內容」")
MORE = Words("Choose who may see it", "选择谁可以看", "選擇誰可以看")


class HandPlatform(FakePlatform):
    """Its server answers `verify`: `readable` says whether a post there can be read."""

    id = "fake"
    name = Words("Douyin", "抖音", "抖音")
    initial = {"en": "D", "zh_CN": "抖", "zh_TW": "抖"}
    colour = "#1C1D21"
    modes = ("api", "assisted", "kit")
    compose = PAGE
    links = (r"fake\.example/video/(?P<id>\d+)",)

    def __init__(self):
        super().__init__()
        self.ticks, self.scan, self.draft, self.html = (TICK,), "", False, ""
        self.found = None  # what is read at a link: a text, or None where it cannot be read

    def handoff(self, content, made=None):
        pieces = (
            Piece("title", content.title, count=len(content.title), limit=30),
            Piece("text", content.text, self.html, len(content.text), 1000),
        )
        kept = tuple(piece for piece in pieces if piece.text)
        return HandOff(self.compose, kept, bool(content.media), self.ticks, self.draft, self.scan)

    def check(self, content):
        return super().check(content) if content.mode == "api" else ()

    def verify(self, access, content, link):
        hit(self.server.fault("verify"))
        if self.found is None:
            return None
        return Proof(link.url, None, (Compared("text", content.text, self.found),))


@pytest.fixture
def fake(monkeypatch) -> HandPlatform:
    """The only platform there is."""
    declared = HandPlatform()
    monkeypatch.setattr(platforms, "names", lambda: ("fake",))
    monkeypatch.setattr(platforms, "get", lambda name: {"fake": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"fake": declared})
    return declared


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path, fake: HandPlatform) -> Iterator[Stage]:
    made = Stage(tmp_path / "w", desk=open_desk(tmp_path / "w", FakeVault()))
    made.desk.settings.set("zone", "Asia/Shanghai")
    made.desk.accounts.add("fake", {}, name="Old Town Walks", mode="assisted")
    yield made
    made.close()


@pytest.fixture
def handing(stage):
    """`handing.urls`: what was opened; `handing.words`: what toasts said."""
    made = Handing(stage.theme, stage.desk, stage.bridge)
    made.urls, made.words = [], []
    made.open_url = made.urls.append
    made.told.connect(made.words.append)
    yield made
    made.close()
    stage.settle()


def media(stage: Stage, folder: Path, number: int = 1, width: int = 108, height: int = 192) -> tuple[Media, ...]:
    """Pictures in the library."""
    paths = [folder / f"photo{n}.png" for n in range(number)]
    for n, path in enumerate(paths):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv((n * 47) % 360, 120, 200))
        assert image.save(str(path))
    added = stage.desk.library.add(paths)
    return tuple(one.asset.as_media() for one in added if one.asset is not None)


def post(stage: Stage, title: str = "Sunset from the ferry pier", **more: object) -> Post:
    """For the account that goes by hand."""
    made = replace(stage.post(title, "One boat, two piers, forty slow minutes."), **more)  # type: ignore[arg-type]
    stage.desk.posts.save(made)
    return made


def waiting(stage: Stage, made: Post | None = None, late: timedelta = timedelta(0)) -> Delivery:
    """A post that was handed over for real and waits for the person; planned for `late` ago."""
    made = made or post(stage)
    delivery = stage.desk.publishing.publish(made.id, stage.practice)
    if late:
        moved = stage.desk.workspace.deliveries.change(delivery.id, delivery.state, at=datetime.now(UTC) - late)
        assert moved is not None
        delivery = moved
    return delivery


def opened(stage: Stage, handing: Handing, delivery: Delivery) -> HandOffWindow:
    """Its window, with everything read."""
    handing.open(delivery.id)
    stage.settle()
    return handing.windows[delivery.id]


def account(stage: Stage) -> Account:
    return stage.desk.accounts.list()[0]
