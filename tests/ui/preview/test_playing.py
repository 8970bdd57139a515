"""A film that plays on its card: real clips, real frames, real clicks."""

import os
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from studio.core.card import Box, Card, Font, Line
from studio.services.clips import Clips
from studio.ui.preview.canvas import CardCanvas
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.moving import Shot, film_of, film_under, first_film
from studio.ui.preview.painter import CardPainter
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.playing import Played, picture_size
from tests.media import make
from tests.ui.desks import Stage

TOKENS = {"card": "#ffffff", "text": "#000000", "line": "#dddddd", "badge": "#00ff00", "on-badge": "#000000"}
PATIENCE = 20_000  # ms for a thing to happen; a hang, not a measure


def card(media, *, crop=None, name="video:1", top=0.0, more=()):
    """A film of 160 x 200 px on a white card, a green badge over its lower half."""
    boxes = (
        Box("card", "card", 0, 0, 200, 400 + top),
        Box("video", name, 20, 20 + top, 160, 200, media=media, crop=crop, radius=8),
        Box("badge", "badge", 40, 180 + top, 60, 20, token="badge"),
        *more,
    )
    return Card("p", "s", "light", 200, 400 + top, boxes, TOKENS, "2026-11-22", names={media: "a.mp4"})


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def added(stage, tmp_path):
    def add(path):
        return stage.desk.library.add([path])[0].asset.id

    return add


@pytest.fixture
def film(added, tmp_path):
    """Two seconds from black to red, its top left white."""
    return added(make.clip(tmp_path / "a.mp4", seconds=2, size=(160, 200)))


class Setting:
    """Canvases in a scroll area of a window, and what plays on them."""

    def __init__(self, stage, count=1):
        self.pictures = Pictures(stage.desk.library.thumbnail)
        self.metrics = QtMetrics(stage.theme.fonts.families("en"))
        self.played = Played(stage.theme, Clips(stage.desk), stage.bridge)
        self.inner = QWidget()
        self.area = QScrollArea()
        self.canvases = [CardCanvas(stage.theme, self.pictures) for _ in range(count)]
        for number, canvas in enumerate(self.canvases):
            canvas.setParent(self.inner)
            canvas.move(0, number * 420)
            self.played.attach(canvas)
        self.inner.setFixedSize(220, 2000)
        self.area.setWidget(self.inner)
        stage.show(self.area, 260, 460)

    def show(self, *cards, zoom=1.0):
        for canvas, each in zip(self.canvases, cards, strict=False):
            canvas.show_card(each, self.metrics, zoom)
            canvas.show()

    @property
    def shot(self):
        canvas = self.canvases[0]
        return self.played.shot(canvas, first_film(canvas.card))

    def close(self):
        self.played.close()
        self.pictures.close()


@pytest.fixture
def setting(stage):
    made = []

    def make_one(count=1):
        made.append(Setting(stage, count))
        return made[-1]

    yield make_one
    for each in made:
        each.close()


def click(canvas, x, y):
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def moving(qtbot, on, canvas=0):
    """Waits until pictures come."""
    box = first_film(on.canvases[canvas].card)
    qtbot.waitUntil(lambda: _image(on, canvas, box) is not None and on.played.running, timeout=PATIENCE)


def _image(on, canvas, box):
    shot = on.played.shot(on.canvases[canvas], box)
    return shot.image if shot is not None else None


def test_a_click_on_the_film_plays_it_and_the_next_stops_it(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    canvas = on.canvases[0]
    opened = []
    canvas.clicked.connect(lambda: opened.append(1))
    assert on.shot is None and not on.played.running
    click(canvas, 100, 100)
    assert on.shot.playing and on.shot.image is None, "it is being opened"
    moving(qtbot, on)
    assert (on.shot.image.width(), on.shot.image.height()) == (160, 200)
    assert 0 <= on.shot.done <= 1
    click(canvas, 100, 100)
    assert not on.played.running and not on.shot.playing and on.shot.image is not None
    click(canvas, 100, 100)
    assert on.played.running
    assert opened == [], "a click on the film is none on the card"
    click(canvas, 100, 390)
    assert opened == [1]


def test_space_plays_it(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    on.canvases[0].setFocus()
    QTest.keyClick(on.canvases[0], Qt.Key.Key_Space)
    moving(qtbot, on)
    QTest.keyClick(on.canvases[0], Qt.Key.Key_Space)
    assert not on.played.running


def test_it_goes_on_from_the_beginning_at_its_end(qtbot, setting, added, tmp_path):
    on = setting()
    on.show(card(added(make.clip(tmp_path / "a.mp4", seconds=0.5, size=(160, 200)))))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    seen = []
    on.played._playing.painted.connect(lambda picture: seen.append(float(picture.t)))
    qtbot.waitUntil(lambda: any(b < a for a, b in pairwise(seen)), timeout=PATIENCE)
    assert on.played.running


def test_a_moment_is_shown_at_rest_before_and_while_it_plays(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    canvas = on.canvases[0]
    on.played.show_at(canvas, 1.5)
    qtbot.waitUntil(lambda: on.shot.done is not None and abs(on.shot.done - 0.75) < 0.01, timeout=PATIENCE)
    assert not on.played.running and not on.shot.playing and on.shot.image is not None
    on.played.toggle(canvas)
    assert on.played.running
    on.played.show_at(canvas, 0.5)
    qtbot.waitUntil(lambda: abs(on.shot.done - 0.25) < 0.01, timeout=PATIENCE)
    assert not on.played.running
    on.played.show_at(canvas, 99)
    qtbot.waitUntil(lambda: on.shot.done > 0.9, timeout=PATIENCE)


def test_it_makes_no_sound(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    assert on.played._playing.player._sounds._thread is None


def painted(on, zoom=1.0):
    """The first card as its own painter paints it."""
    canvas = on.canvases[0]
    image = QImage(200, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    brush = QPainter(image)
    canvas.painter(on.metrics).paint(brush, canvas.card, zoom=zoom)
    brush.end()
    return image


class Still:
    """A shot that one sets."""

    def __init__(self, shot):
        self.now = shot

    def shot(self, box):
        return self.now


def quarters():
    """Red, green; blue, yellow."""
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    brush = QPainter(image)
    for n, colour in enumerate(("#ff0000", "#00ff00", "#0000ff", "#ffff00")):
        brush.fillRect(n % 2 * 50, n // 2 * 50, 50, 50, QColor(colour))
    brush.end()
    return image


def test_it_is_cropped_and_rounded_as_its_box_and_lies_under_what_is_over_it(setting):
    on = setting()
    on.show(card("f" * 64, crop=(0.5, 0.0, 0.5, 1.0)))
    on.canvases[0].set_moving(Still(Shot(quarters(), 0.5, True)))
    image = painted(on)
    assert image.pixelColor(60, 60) == QColor("#00ff00") and image.pixelColor(60, 150) == QColor("#ffff00")
    assert image.pixelColor(21, 21) == QColor("white"), "outside its corner"
    assert image.pixelColor(60, 190) == QColor("#00ff00"), "the badge over it"
    assert image.pixelColor(100, 120) != QColor("black"), "no sign while it plays"
    line = image.pixelColor(40, 218), image.pixelColor(160, 218)
    assert line[0].blue() > 200 and line[1].blue() < 120, "half of it is done"
    assert image.pixelColor(100, 300) == QColor("white")


def test_at_rest_it_has_its_sign(setting):
    on = setting()
    on.show(card("f" * 64))
    on.canvases[0].set_moving(Still(Shot(quarters(), 0.0, False)))
    resting = painted(on).pixelColor(100, 120)
    on.canvases[0].set_moving(Still(Shot(quarters(), 0.0, True)))
    assert resting == QColor("white") != painted(on).pixelColor(100, 120)


def test_only_its_own_place_is_painted_anew(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    places = []

    class Listening(CardPainter):
        def paint(self, painter, card, exposed=None, zoom=1.0):
            places.extend(exposed or [None])
            super().paint(painter, card, exposed, zoom)

    painter = Listening(on.metrics, on.pictures, lambda *a: None)
    painter.moving = on.canvases[0]._moving
    painter._icons = on.canvases[0]._icon
    on.canvases[0]._painter = painter
    def inside(place):
        return place is not None and place.top() >= 15 and place.bottom() <= 225

    # the window may paint all of the card once or twice when it is shown
    qtbot.waitUntil(lambda: len(places) >= 5 and all(map(inside, places[-5:])), timeout=PATIENCE)


def test_one_film_at_a_time(qtbot, setting, film, added, tmp_path):
    other = added(make.clip(tmp_path / "b.mp4", seconds=1.2, size=(96, 160)))
    on = setting(2)
    on.show(card(film), card(other))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    on.played.toggle(on.canvases[1])
    assert on.shot is None
    moving(qtbot, on, 1)
    assert on.shot is None
    box = first_film(on.canvases[1].card)
    assert _image(on, 1, box).width() == 96


def test_the_latest_wish_wins(qtbot, setting, film, added, tmp_path):
    other = added(make.clip(tmp_path / "b.mp4", seconds=1.2, size=(96, 160)))
    on = setting(2)
    on.show(card(film), card(other))
    on.played.toggle(on.canvases[0])
    on.played.toggle(on.canvases[1])
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    assert on.played.shot(on.canvases[1], first_film(on.canvases[1].card)) is None
    assert on.shot.image.width() == 160


def test_a_click_while_it_is_opened_calls_it_off(qtbot, setting, film, stage):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    on.played.toggle(on.canvases[0])
    assert on.shot is None
    qtbot.waitUntil(lambda: not stage.bridge.running(), timeout=PATIENCE)
    assert on.shot is None and not on.played.running


def test_it_stops_when_it_is_scrolled_away(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    on.area.verticalScrollBar().setValue(600)
    qtbot.waitUntil(lambda: not on.played.running, timeout=PATIENCE)
    assert on.shot.image is not None and not on.shot.playing


def test_it_stops_when_it_is_hidden_or_another_window_comes(qtbot, setting, film):
    on = setting()
    on.show(card(film))
    canvas = on.canvases[0]
    on.played.toggle(canvas)
    moving(qtbot, on)
    canvas.hide()
    assert not on.played.running
    canvas.show()
    on.played.toggle(canvas)
    assert on.played.running
    QApplication.sendEvent(canvas.window(), QEvent(QEvent.Type.WindowDeactivate))
    assert not on.played.running


def test_it_goes_on_where_its_box_goes_and_ends_with_it(qtbot, setting, film, added, tmp_path):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    on.show(card(film, top=60.0))
    assert on.played.running and on.shot.image is not None
    on.show(card(added(make.clip(tmp_path / "b.mp4"))))
    assert not on.played.running and on.shot is None


@pytest.mark.parametrize("end", ["close", "delete"])
def test_it_ends_cleanly_in_the_middle(qtbot, setting, film, end):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    if end == "close":
        on.played.close()
        assert on.shot is None
    else:
        on.canvases.pop().deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QTest.qWait(60)
    assert not on.played.running


def broken(path):
    path.write_bytes(b"\0\0\0\x18ftypmp42" + b"x" * 900)


def gone(path):
    path.unlink()


def heard(path):
    path.write_bytes(make.song(path.with_name("song.mp3")).read_bytes())


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("harm, words", [
    (broken, "damaged or incomplete"), (gone, "not where it was"), (heard, "sound only"), (empty, "a.mp4"),
])
def test_what_cannot_be_played_says_why_in_its_place(qtbot, stage, setting, film, harm, words):
    path = stage.desk.library.path(film)
    os.chmod(path.parent, 0o755)
    path.chmod(0o644)
    harm(path)
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    qtbot.waitUntil(lambda: bool(on.shot.trouble), timeout=PATIENCE)
    assert words in on.shot.trouble and not on.played.running
    assert painted(on).pixelColor(30, 100) != QColor("white")
    on.played.toggle(on.canvases[0])
    assert not on.shot.trouble, "it is tried again"


def test_a_film_that_is_deleted_while_it_plays_stops_or_goes_on_but_nothing_breaks(qtbot, stage, setting, film):
    on = setting()
    on.show(card(film))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    stage.desk.library.path(film).unlink()
    QTest.qWait(120)
    on.played.toggle(on.canvases[0])
    on.played.stop()
    on.played.toggle(on.canvases[0])
    qtbot.waitUntil(lambda: bool(on.shot.trouble), timeout=PATIENCE)


def test_240_pictures_a_second(qtbot, setting, added, tmp_path):
    quick = make.clip(tmp_path / "a.mp4", size=(160, 200), times=[n / 240 for n in range(120)], sound=False)
    on = setting()
    on.show(card(added(quick)))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    assert on.played._timeline.rate <= 30 and 0.4 < on.played._timeline.duration < 0.7


@pytest.mark.parametrize("size, shown", [((96, 160), (96, 160)), ((320, 180), (320, 180)), ((200, 200), (160, 160))])
def test_upright_lying_and_square(qtbot, setting, added, tmp_path, size, shown):
    on = setting()
    media = added(make.clip(tmp_path / "a.mp4", size=size))
    crop = (0.0, 0.0, 1.0, 1.0) if size == (200, 200) else None
    box = Box("video", "video:1", 0, 0, 160, 160 if crop else 320, media=media, crop=crop)
    on.show(Card("p", "s", "light", 200, 400, (Box("card", "card", 0, 0, 200, 400), box), TOKENS, "2026-11-22"))
    on.played.toggle(on.canvases[0])
    moving(qtbot, on)
    assert (on.shot.image.width(), on.shot.image.height()) == shown


def test_pictures_are_as_large_as_their_place(stage, added, tmp_path):
    made = Clips(stage.desk).timeline(added(make.clip(tmp_path / "a.mp4", size=(1080, 1920), times=[0, 0.5])))
    box = Box("video", "video:1", 0, 0, 270, 480, media="m")
    assert picture_size(made, box, 1.0) == (270, 480)
    assert picture_size(made, box, 3.0) == (540, 960), "no more than it takes"
    half = Box("video", "video:1", 0, 0, 270, 240, media="m", crop=(0, 0.25, 1, 0.5))
    assert picture_size(made, half, 1.0) == (270, 480)
    assert picture_size(made, Box("video", "v", 0, 0, 0, 0, media="m"), 1.0) == (2, 2)


def test_which_film_is_meant():
    one = card("a" * 64, more=(Box("video", "video:2", 0, 300, 50, 50, media="b" * 64), Box("video", "x", 0, 0, 9, 9)))
    assert first_film(one).name == "video:1"
    from PySide6.QtCore import QPointF

    assert film_under(one, QPointF(20, 320)).name == "video:2"
    assert film_under(one, QPointF(2, 2)) is None, "a box without a film"
    assert film_of("abc@2.5") == film_of("abc") == "abc"


def test_words_of_trouble_are_in_the_readers_language(qtbot, stage, setting, film):
    stage.language.set("zh_CN")
    path = stage.desk.library.path(film)
    path.unlink()
    on = setting()
    words = Box("text", "t", 0, 300, 50, 20, text="x", font=Font(12, 20), lines=(Line(0, 1, 6),))
    on.show(card(film, more=(words,)))
    on.played.toggle(on.canvases[0])
    qtbot.waitUntil(lambda: bool(on.shot.trouble), timeout=PATIENCE)
    assert "不在原处" in on.shot.trouble
