import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.core.post import Account, Post
from studio.ui.preview.look import age, day_text
from studio.ui.preview.pictures import Pictures, fitting_size
from studio.ui.preview.view import PreviewView
from tests.ui.desks import Stage
from tests.ui.draft.conftest import picture


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def view(stage):
    pictures = Pictures(stage.desk.library.thumbnail)
    made = PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, pictures)
    stage.show(made, 416, 600)
    yield made
    pictures.close()


def accounts(stage, number=1):
    return [*stage.desk.accounts.list(), *(Account(f"b{n}", "bluesky", name=f"B{n}") for n in range(number))]


def test_each_account_has_its_card_under_a_caption(stage, view):
    view.show_post(Post(title="T", text="hello"), accounts(stage))
    QTest.qWait(20)
    practice, sky = view.frames()
    assert sky.title.text() == "Bluesky" and "hello" in sky.canvas.accessibleDescription()
    assert practice.canvas.card.platform == "practice" and practice.canvas.zoom == 1.0
    assert 0.6 <= sky.canvas.zoom <= 1.0


def test_one_shows_the_chosen_account_only(stage, view):
    wanted = accounts(stage)
    view.show_post(Post(text="hello"), wanted, wanted[1].id)
    view.scope._buttons["one"].click()
    QTest.qWait(20)
    assert [f.account.id for f in view.frames()] == [wanted[1].id]


def test_cards_below_the_screen_are_not_laid_out_until_they_are_seen(stage, view):
    view.show_post(Post(text="line\n" * 60), accounts(stage, 6))
    QTest.qWait(30)
    laid_out = [f.canvas.card is not None for f in view.frames()]
    assert laid_out[0] and not laid_out[-1]
    bar = view.area.verticalScrollBar()
    for _ in range(20):
        bar.setValue(bar.maximum())
        QTest.qWait(5)
    assert view.frames()[-1].canvas.card is not None


def test_a_click_names_the_account_and_the_shade_turns(stage, view, qtbot):
    view.show_post(Post(text="hello"), accounts(stage))
    QTest.qWait(20)
    with qtbot.waitSignal(view.picked) as told:
        QTest.mouseClick(view.frames()[1].canvas, Qt.MouseButton.LeftButton)
    assert told.args == ["b0"]
    view.choose(theme="dark")
    QTest.qWait(10)
    assert {f.canvas.card.theme for f in view.frames()} == {"dark"}


def test_pictures_come_without_waiting(stage, view, qtbot, tmp_path):
    media = stage.desk.library.add([picture(tmp_path / "a.png")])[0].asset.as_media()
    view.show_post(Post(text="hello", media=(media,)), accounts(stage))
    assert view.frames()[0].canvas.uses(media.media)
    qtbot.waitUntil(lambda: view._pictures.get(media.media, 240) is not None, timeout=20_000)
    assert view._pictures.get("0" * 64, 240) is None
    qtbot.waitUntil(lambda: view._pictures.failed("0" * 64), timeout=20_000)


def test_when_a_layout_was_checked(stage):
    from datetime import date

    today = date(2026, 11, 24)
    assert age("2026-08-26", today) == "fresh" and age("2026-08-25", today) == "old"
    assert age("2026-05-28", today) == "old" and age("2026-05-27", today) == age("never", today) == "stale"
    assert day_text("2026-10-12", "en") == "12 Oct" and day_text("2026-10-12", "zh_TW") == "10 月 12 日"
    assert day_text("2026-10-12", "zh_CN", year=True) == "2026 年 10 月 12 日" and day_text("soon", "en") == "soon"
    assert fitting_size(100) == 120 and fitting_size(241) == 480 and fitting_size(9999) == 1920


def test_the_disc_of_a_card_has_the_letter_of_the_language(stage, view):
    view.show_post(Post(text="hello"), [Account("w", "wechat", "kit", name="Mill")])
    QTest.qWait(5)
    (frame,) = view.frames()
    before = frame.disc.grab().toImage()
    stage.speak("zh_CN")
    assert frame.disc.grab().toImage() != before
    stage.speak("en")
    assert frame.disc.grab().toImage() == before
