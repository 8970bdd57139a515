"""The safe zone over a card that fills a phone, and what is said under it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.card import Box, Card, Surface
from studio.core.post import Account, Post
from studio.core.safezone import FULL_SCREEN, HEIGHT, WIDTH, SafeZone, box
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from studio.ui.preview.zones import KEY, Zones, zone_view
from studio.ui.viewstate import ViewState
from tests.media import make
from tests.media.drawn import film
from tests.ui.desks import Stage

PATIENCE = 20_000
ZONE = SafeZone(
    FULL_SCREEN, box(60, 160, 900, 1500), ((1000, 1200, 50),), ((60, 1700, 400, 60),), "measured", "a test",
    "2026-11-30",
)


def card(*boxes, width=375.0, height=812.0):
    ground = Box("card", "card", 0, 0, width, height)
    return Card("p", "s", "light", width, height, (ground, *boxes), {}, "2026-11-22")


def close(view, left, top, scale):
    assert (view.left, view.top, view.scale) == pytest.approx((left, top, scale))
    assert (view.width, view.height) == (WIDTH, HEIGHT)


def test_the_stage_of_a_card_says_where_the_zone_lies():
    whole = Box("fill", "stage", 0, 60, 375, 375 * 16 / 9, crop=(0, 0, 1, 1))
    view, seen = zone_view(card(whole), 1.0)
    close(view, 0, 60, 375 / 1080)
    assert seen.top() == 60 and seen.width() == 375
    # the upright picture covers a taller phone: its sides are cut off
    across = 812 * 9 / 16
    part = 375 / across
    cut = Box("fill", "stage", 0, 0, 375, 812, crop=((1 - part) / 2, 0, part, 1))
    view, seen = zone_view(card(cut), 2.0)
    close(view, (375 - across), 0, across / 1080 * 2)
    assert seen.width() == 750


def test_without_a_stage_it_covers_the_card():
    view, seen = zone_view(card(), 1.0)
    across = 812 * 9 / 16
    close(view, (375 - across) / 2, 0, across / 1080)
    assert (seen.width(), seen.height()) == (375, 812)
    view, _ = zone_view(card(width=400.0, height=400.0), 1.0)
    close(view, 0, (400 - 400 * 16 / 9) / 2, 400 / 1080)


@pytest.mark.parametrize("width, height", [(375, 812), (412, 915), (375, 667)])
def test_the_edges_of_the_zone_are_within_a_px(width, height):
    across = max(width, height * 9 / 16)
    part = (width / across, height / (across * 16 / 9))
    stage = Box("fill", "stage", 0, 0, width, height, crop=((1 - part[0]) / 2, (1 - part[1]) / 2, *part))
    view, _ = zone_view(card(stage, width=width, height=height), 1.0)
    for x, y in ZONE.outline:
        at = view.to_widget((x, y))
        assert abs(at[0] - (width / 2 + (x - 540) / 1080 * across)) < 1
        assert abs(at[1] - (height / 2 + (y - 960) / 1080 * across)) < 1


class Full:
    """The platform whose surface fills a phone, whatever others say of themselves by now."""

    def __init__(self, monkeypatch):
        declared = platforms.get("practice")
        monkeypatch.setattr(declared, "surfaces", (Surface("page", (375,), {"en": "Full screen"}, "screen"),), False)
        monkeypatch.setattr(declared, "zones", (ZONE,), False)


@pytest.fixture
def stage(qapp, tmp_path, monkeypatch):
    Full(monkeypatch)
    made = Stage(tmp_path / "w")
    yield made
    made.close()


class Setting:
    def __init__(self, stage):
        self.stage = stage
        self.pictures = Pictures(stage.desk.library.thumbnail)
        self.state = ViewState(stage.desk.settings)
        self.view = PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, self.pictures)
        self.zones = Zones(self.view, stage.desk, stage.bridge, self.state, self.view)
        stage.show(self.view, 460, 700)

    def post(self, *media):
        self.view.show_post(Post(text="x", media=media), [*self.stage.desk.accounts.list()])
        QTest.qWait(20)
        return self.view.frames()[0]

    def close(self):
        self.pictures.close()


@pytest.fixture
def setting(stage):
    made = Setting(stage)
    yield made
    made.close()


def added(stage, path):
    return stage.desk.library.add([path])[0].asset.as_media()


def low_face(path):
    """A face where the words at the foot are."""
    return film(path, (40, 480), size=(360, 640))


def test_what_is_covered_is_said_under_the_card_once_it_was_looked_at(qtbot, stage, setting, tmp_path):
    frame = setting.post(added(stage, low_face(tmp_path / "a.mp4")))
    foot = setting.zones.foot(frame)
    assert foot.isVisible() and foot.notes == []
    before = frame.tall()
    qtbot.waitUntil(lambda: len(foot.notes) == 1, timeout=PATIENCE)
    (note,) = foot.notes
    assert note.note.sentence.startswith("A face is covered by") and "Practice" in note.note.sentence
    assert frame.tall() > before
    stage.speak("zh_CN")
    QTest.qWait(10)
    setting.zones._looked("")
    assert "有一张脸" in foot.notes[0].note.sentence


def test_the_switch_shows_the_zone_of_all_cards_and_is_remembered(qtbot, stage, setting, tmp_path):
    frame = setting.post(added(stage, make.clip(tmp_path / "a.mp4", size=(96, 160))))
    canvas, foot = frame.canvas, setting.zones.foot(frame)
    canvas.setFixedSize(200, 400)
    before = canvas.grab().toImage()
    QTest.mouseClick(foot.switch, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert setting.zones.on and foot.switch.isChecked() and setting.state.get(KEY, False)
    after = canvas.grab().toImage()
    assert after != before
    setting.zones.action().run()
    assert not setting.zones.on and not foot.switch.isChecked()
    assert canvas.grab().toImage() == before
    assert foot.switch.accessibleDescription() == "a test (2026-11-30)"


def test_no_zone_where_there_is_no_film_or_no_full_screen(stage, setting, tmp_path):
    frame = setting.post()
    assert setting.zones.foot(frame).isHidden()
    frame = setting.post(added(stage, make.clip(tmp_path / "a.mp4", size=(96, 160))))
    assert not setting.zones.foot(frame).isHidden()
    frame = setting.post()
    assert setting.zones.foot(frame).isHidden()
    setting.view.show_post(Post(text="x"), [Account("b", "bluesky", name="B")])
    QTest.qWait(20)
    assert setting.zones.foot(setting.view.frames()[0]).isHidden()


def test_a_film_is_looked_at_once_however_often_the_card_is_laid_out(qtbot, stage, setting, tmp_path, monkeypatch):
    looked = []
    look = stage.desk.covers.look
    monkeypatch.setattr(stage.desk.covers, "look", lambda content, task: looked.append(1) or look(content, task))
    media = added(stage, make.clip(tmp_path / "a.mp4", size=(96, 160)))
    for text in ("a", "b", "c"):
        setting.view.show_post(Post(text=text, media=(media,)), stage.desk.accounts.list())
        QTest.qWait(10)
    qtbot.waitUntil(lambda: looked == [1] and not stage.bridge.running(), timeout=PATIENCE)
    setting.view.show_post(Post(text="d", media=(media,)), stage.desk.accounts.list())
    QTest.qWait(30)
    assert looked == [1]


def test_a_card_that_goes_takes_its_foot_along(stage, setting, tmp_path):
    setting.post(added(stage, make.clip(tmp_path / "a.mp4", size=(96, 160))))
    setting.view.show_post(Post(text="x"), [Account("b", "bluesky", name="B")])
    QTest.qWait(30)
    assert [frame.account.id for frame in setting.zones._feet] == ["b"]
    setting.zones.turn(True)
