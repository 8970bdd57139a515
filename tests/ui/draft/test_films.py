"""A film in an open post: it plays in the preview, and what the platform covers of it stands beside the text, too."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.card import Surface
from studio.core.safezone import FULL_SCREEN, SafeZone, box
from studio.ui.preview.moving import first_film
from tests.media.drawn import film

PATIENCE = 20_000


@pytest.fixture(autouse=True)
def full_screen(monkeypatch):
    declared = platforms.get("practice")
    zone = SafeZone(FULL_SCREEN, box(60, 160, 900, 1200), ((1000, 900, 50),), (), "measured", "a test", "2026-11-30")
    monkeypatch.setattr(declared, "surfaces", (Surface("page", (375,), {"en": "Full screen"}, "screen"),), False)
    monkeypatch.setattr(declared, "zones", (zone,), False)


@pytest.fixture
def frame(stage, enter, tmp_path, qtbot):
    media = stage.desk.library.add([film(tmp_path / "a.mp4", (100, 460))])[0].asset.as_media()
    stage.desk.posts.create(title="Old town", media=(media,), accounts=(stage.practice,))
    pane = enter()
    pane.preview.setVisible(True)
    qtbot.waitUntil(lambda: bool(pane.preview.frames()) and pane.preview.frames()[0].canvas.card is not None,
                    timeout=PATIENCE)
    return pane.preview.frames()[0]


def test_it_plays_in_the_preview_and_ends_with_the_pane(pane, frame, qtbot):
    canvas = frame.canvas
    place = first_film(canvas.card)
    pane.preview.area.verticalScrollBar().setValue(0)
    at = canvas.on_widget(canvas.rect().toRectF()).topLeft().toPoint()
    at.setX(int((place.x + 40) * canvas.zoom))
    at.setY(int((place.y + 40) * canvas.zoom))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: pane.films.played.running, timeout=PATIENCE)
    pane.close_down()
    assert not pane.films.played.running


def test_the_palette_plays_it_too(pane, frame, qtbot):
    (play,) = [action for action in pane.preview.commands() if action.id == "preview.play"]
    assert play.enabled_when()
    play.run()
    qtbot.waitUntil(lambda: pane.films.played.running, timeout=PATIENCE)
    play.run()
    assert not pane.films.played.running
    pane.preview.show_post(None, ())
    assert not play.enabled_when()


def test_what_is_covered_is_a_remark_of_the_post(pane, frame, qtbot):
    def covered():
        return [r for r in pane.editor.remarks() if "face is covered" in r.note.sentence.lower()]

    qtbot.waitUntil(lambda: bool(covered()), timeout=PATIENCE)
    (note,) = pane.films.zones.foot(frame).notes
    note.fixed.emit("show")
    canvas = frame.canvas
    qtbot.waitUntil(lambda: (shot := pane.films.played.shot(canvas, first_film(canvas.card))) is not None
                    and shot.image is not None, timeout=PATIENCE)
    assert pane.films.zones.on and not pane.films.played.running
