"""What a person chooses for the previews, and how each card follows; with real events."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from studio.core.post import Account, Post
from studio.services.words import say
from studio.ui.preview.menus import card_menu, device_menu, theme_menu
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from studio.ui.viewstate import ViewState
from tests.ui.desks import Stage
from tests.ui.draft.conftest import picture

LONG = "The ovens on Mill Street are lit at four. By six the queue has its own small talk. " * 8


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def pictures(stage):
    made = Pictures(stage.desk.library.thumbnail)
    yield made
    made.close()


def new_view(stage, pictures):
    return PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, pictures, ViewState(stage.desk.settings))


@pytest.fixture
def view(stage, pictures):
    made = new_view(stage, pictures)
    stage.show(made, 460, 900)
    return made


def accounts(*platforms):
    return [Account(p, p, "kit", name="Mill", handle="mill") for p in platforms]


def show(view, *platforms, **post):
    view.show_post(Post(title="T", **{"text": LONG, **post}), accounts(*platforms))
    QTest.qWait(20)
    return view.frames()


def entry(menu, *path):
    """The entry of a menu by its words."""
    for word in path[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text().partition("\t")[0] == word)
    return next(a for a in menu.actions() if a.text().partition("\t")[0] == path[-1])


def test_the_word_more_shows_the_rest_and_the_menu_folds_it_again(view):
    (frame,) = show(view, "facebook")
    before = frame.canvas.height()
    assert frame.canvas.card.folded
    frame.canvas.setFocus()
    names = iter(range(30))
    while frame.canvas.element is None or frame.canvas.element.name != "body":
        QTest.keyClick(frame.canvas, Qt.Key.Key_Down)
        next(names)
    QTest.keyClick(frame.canvas, Qt.Key.Key_Return)
    assert not frame.canvas.card.folded and frame.canvas.height() > before
    view.choose(unfolded=True)
    entry(device_menu(view, view), "Whole text").trigger()
    assert frame.canvas.card.folded and frame.canvas.height() == before


def test_everything_is_chosen_in_menus(view):
    (frame,) = show(view, "facebook")
    entry(theme_menu(view, view), "Dark").trigger()
    assert frame.canvas.card.theme == "dark"
    entry(device_menu(view, view), "Text size", "130 %").trigger()
    body = next(b for b in frame.canvas.card.boxes if b.name == "body")
    entry(device_menu(view, view), "Text size", "100 %").trigger()
    assert next(b for b in frame.canvas.card.boxes if b.name == "body").font.size == pytest.approx(body.font.size / 1.3)
    entry(device_menu(view, view), "Words of the platform", "简体中文").trigger()
    assert any("赞" in b.text for b in frame.canvas.card.boxes) and frame.title.text().startswith("Facebook")
    wide = view.widths()[-1]
    entry(device_menu(view, view), "Device width", f"{wide} px").trigger()
    assert frame.canvas.card.width == wide


def test_menus_that_were_closed_are_gone(view, qapp):
    (frame,) = show(view, "facebook")
    for button in (frame.chooser, view.device, view.shade, view.keep, frame.chooser):
        button.click()
        popup = qapp.activePopupWidget()
        assert isinstance(popup, QMenu)
        QTest.keyClick(popup, Qt.Key.Key_Escape)
        QTest.qWait(5)
    assert not view.findChildren(QMenu)


def test_what_was_chosen_is_there_the_next_time(stage, pictures, view, qtbot):
    (frame,) = show(view, "facebook")
    view.choose(theme="dark", text=115, width=375, scale=3, scope="one")
    other = frame.surfaces()[1]
    view.next_surface()
    assert frame.surface == other
    again = new_view(stage, pictures)
    qtbot.addWidget(again)
    again.resize(460, 900)
    again.show()
    (second,) = show(again, "facebook")
    assert again.chosen == view.chosen and again.scope.value == "one"
    assert second.surface == other and second.canvas.card.theme == "dark"


def test_the_window_theme_is_followed_until_one_is_chosen(stage, view, qapp):
    (frame,) = show(view, "facebook")
    stage.theme.apply(qapp, "dark")
    QTest.qWait(10)
    assert frame.canvas.card.theme == "dark"
    view.choose(theme="light")
    assert frame.canvas.card.theme == "light"
    stage.theme.apply(qapp, "light")


def test_one_stands_alone_and_large(view):
    first, second = show(view, "facebook", "weibo")
    small = first.canvas.zoom
    QTest.mouseClick(view.scope._buttons["one"], Qt.MouseButton.LeftButton)
    QTest.qWait(20)
    assert view.frames() == [first] and first.canvas.zoom > small and not second.isVisible()


def test_a_carousel_keeps_its_page_until_the_surface_changes(stage, view, tmp_path):
    files = [picture(tmp_path / f"{n}.png") for n in range(1)]
    media = stage.desk.library.add(files)[0].asset.as_media()
    for frame in show(view, "instagram", media=(media,) * 4):
        assert frame.canvas.card.pages == 4
        frame.canvas.setFocus()
        QTest.keyClick(frame.canvas, Qt.Key.Key_PageDown)
        assert frame.canvas.card.page == 1
        view.next_surface()
        assert frame.wish.page == 0


def test_the_note_says_the_rule_by_mouse_and_by_keys(view, qtbot):
    (frame,) = show(view, "facebook")
    canvas, note = frame.canvas, view.pointing.note
    box = next(b for b in canvas.card.boxes if b.name == "body")
    QTest.mouseMove(canvas, QPoint(round((box.x + 20) * canvas.zoom), round((box.y + 8) * canvas.zoom)))
    qtbot.waitUntil(note.isVisible, timeout=20_000)
    assert note.said.name == "Text" and note.said.source
    assert view.rect().contains(note.geometry())
    QTest.mouseMove(canvas, QPoint(canvas.width() - 1, canvas.height() - 1))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert note.isVisible() and canvas.accessibleName() == note.said.spoken
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not note.isVisible() and canvas.accessibleName() == frame.accessibleName()


def test_the_note_goes_when_the_cards_move(stage, view):
    stage.window.resize(460, 400)
    show(view, "facebook", "weibo")
    canvas = view.frames()[0].canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert view.pointing.note.isVisible()
    view.area.verticalScrollBar().setValue(40)
    assert not view.pointing.note.isVisible()


def test_the_note_follows_the_keys_below_the_edge(stage, view):
    stage.window.resize(460, 260)
    show(view, "facebook")
    canvas, bar = view.frames()[0].canvas, view.area.verticalScrollBar()
    canvas.setFocus()
    for _ in range(12):
        QTest.keyClick(canvas, Qt.Key.Key_Down)
        assert view.pointing.note.isVisible()
    assert bar.maximum() > 0


def test_the_note_goes_with_its_card(stage, view, qtbot):
    frame, _ = show(view, "facebook", "threads")
    (box,) = [box for box in frame.canvas.card.boxes if box.name == "body"]
    for rests in (False, True):
        frame.canvas.point_at(box)  # the mouse's own way; that it left is not told of a card that is gone
        if rests:
            qtbot.waitUntil(lambda: view.pointing.note.isVisible(), timeout=20_000)
        with qtbot.captureExceptions() as faults:
            show(view, "threads")
            QTest.qWait(450)
        assert not faults and view.pointing.note.isHidden()
        frame, _ = show(view, "facebook", "threads")


def test_the_menu_says_whose_card_it_acts_on(view):
    first, second = show(view, "facebook", "weibo")
    texts = [a.text().partition("\t")[0] for a in card_menu(view, second, view).actions()]
    assert texts[0].startswith("Weibo") and "Copy as picture" in texts and "Size of the picture" in texts
    assert view.current() is first
    view.reveal("weibo")
    assert view.current() is second


def test_a_card_is_copied_in_the_size_that_was_chosen(view, qapp):
    (frame,) = show(view, "facebook")
    said = []
    view.saver.say = said.append
    view.choose(scale=3)
    view.saver.copy()
    image, card = qapp.clipboard().image(), frame.canvas.card
    assert (image.width(), image.height()) == (round(card.width * 3), round(card.height * 3))
    assert said == [f"Copied as a picture of {image.width()} × {image.height()} px"]


def test_a_card_is_saved_whole_or_not_at_all(stage, view, tmp_path, qtbot):
    from PySide6.QtGui import QImage

    (frame,) = show(view, "facebook")
    told, refused = [], []
    view.saver.say, view.saver.refuse, view.saver.bridge = told.append, refused.extend, stage.bridge
    view.saver.save_to(frame, tmp_path / "a.png")
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert QImage(str(tmp_path / "a.png")).width() == round(frame.canvas.card.width * 2)
    view.saver.save_to(frame, tmp_path / "no folder" / "b.png")
    qtbot.waitUntil(lambda: bool(refused), timeout=30_000)
    assert "b.png" in say(refused[0], "en") and [p.name for p in tmp_path.glob("*.p*")] == ["a.png"]


def test_all_cards_are_saved_under_their_own_names(stage, view, tmp_path, qtbot):
    view.show_post(Post(title="T", text=LONG), [*accounts("facebook", "weibo"), Account("w2", "weibo", "kit", "Two")])
    QTest.qWait(20)
    view.saver.bridge = stage.bridge
    view.saver.save_into(tmp_path)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.png"))) == 3, timeout=30_000)
    assert [path.name for path in tmp_path.glob("* Two.png")] and not list(tmp_path.glob("*.part"))


def test_the_file_is_called_after_the_post_and_goes_where_the_last_one_went(view, tmp_path):
    (frame,) = show(view, "facebook")
    assert view.saver.file_name(frame) == f"T - {frame.platform_name} {frame.surface_name}.png"
    view.show_post(Post(title='a/b:"c"', text="x"), accounts("facebook"))
    assert view.saver.file_name(frame).startswith("a b c - ")
    view.saver.remember(tmp_path)
    assert view.saver.folder() == tmp_path
    view.saver.remember(tmp_path / "gone")
    assert view.saver.folder().is_absolute() and view.saver.folder() != tmp_path / "gone"


def test_the_commands_reach_the_palette_and_act(view):
    (frame,) = show(view, "facebook")
    by_id = {action.id: action for action in view.commands()}
    assert all(action.enabled_when() for action in by_id.values())
    by_id["preview.theme"].run()
    by_id["preview.larger"].run()
    by_id["preview.fold"].run()
    assert view.chosen.theme == "dark" and view.chosen.text == 115 and not frame.canvas.card.folded
    for _ in range(9):
        by_id["preview.smaller"].run()
    assert view.chosen.text == 85
    view.show_post(None, ())
    assert not by_id["preview.copy"].enabled_when()


def test_an_unknown_language_or_theme_in_the_settings_does_no_harm(stage, pictures, qtbot):
    stage.desk.settings.set_view("preview/look", {"theme": 7, "language": "xx", "width": -4, "text": 9_000})
    made = new_view(stage, pictures)
    qtbot.addWidget(made)
    assert made.chosen.theme == "window" and made.chosen.text == 100


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_the_head_fits_at_twice_the_text_in_every_language(stage, view, language):
    stage.speak(language)
    stage.theme.scale = 2.0
    stage.theme.refresh()
    QTest.qWait(10)
    try:
        for tool in (view.device, view.shade, view.keep, view.scope):
            right = tool.mapTo(view, QPoint(tool.width(), 0)).x()
            assert tool.width() >= tool.sizeHint().width()
            assert right <= max(view.width(), view.minimumSizeHint().width())
    finally:
        stage.theme.scale = 1.0
        stage.theme.refresh()
