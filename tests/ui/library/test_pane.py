"""The Library pane on a real workspace: files in, found, described, checked, removed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QTest

from studio.core.asset import Asset, Probe
from studio.core.errors import NotFound
from studio.ui.library.grid import PAGE
from studio.ui.library.pane import LibraryPane
from studio.ui.library.thumbs import KEPT, Thumbs
from studio.ui.library.words import duration, facts, size
from studio.ui.sheet import Confirm
from studio.ui.widgets.note import Note
from tests.ui.desks import Stage, press


def photo(folder: Path, name: str, colour: tuple[int, int, int] = (180, 90, 40)) -> Path:
    path = folder / name
    Image.new("RGB", (64, 48), colour).save(path)
    return path


def opened(stage: Stage) -> LibraryPane:
    pane = LibraryPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane)
    stage.settle()
    return pane


def add(pane: LibraryPane, stage: Stage, *paths: Path) -> list[str]:
    pane.add_files(paths)
    stage.settle()
    return [asset.id for asset in pane.grid.rows.assets]


def many(stage: Stage, count: int) -> None:
    """Rows without files: enough for lists."""
    probe = Probe("image", "image/jpeg", ".jpg", 640, 480)
    made = [Asset(f"{n:064x}", f"walk {n:05}.jpg", 1000 + n, probe) for n in range(count)]
    stage.desk.workspace.assets.save_many(made)


def notes(widget) -> list[str]:
    QTest.qWait(5)
    return [note.note.sentence for note in widget.findChildren(Note) if note.isVisible()]


def test_an_empty_library_says_what_to_do(stage):
    pane = opened(stage)
    assert pane.stack.currentWidget() is pane.empty
    assert pane.empty.button.text() == "Add files…" and pane.side.currentIndex() == 0


def test_files_come_in_with_thumbnails_and_the_refused_are_listed(stage, tmp_path, qtbot):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    empty = tmp_path / "empty.png"
    empty.touch()
    pane = opened(stage)
    ids = add(pane, stage, photo(tmp_path, "lane.jpg"), broken, empty, photo(tmp_path, "lamp.png", (10, 20, 200)))
    assert len(ids) == 2 and pane.stack.currentWidget() is pane.grid
    said = notes(pane.refused)
    assert len(said) == 2 and any("broken.jpg" in each for each in said) and any("empty.png" in each for each in said)
    assert pane.refused.title.text() == "2 files were not added"
    qtbot.waitUntil(lambda: all(pane.thumbs.get(id) is not None for id in ids), timeout=20_000)
    pane.refused.cross.click()
    assert not pane.refused.isVisible()


def test_files_dropped_on_the_pane_come_in(stage, tmp_path):
    pane = opened(stage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo(tmp_path, "dropped.jpg")))])
    assert pane.take(data)
    stage.settle()
    assert [asset.name for asset in pane.grid.rows.assets] == ["dropped.jpg"]
    assert not pane.take(QMimeData())


def test_a_picture_from_the_clipboard_comes_in(stage, qapp):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    qapp.clipboard().setImage(image)
    pane = opened(stage)
    pane.paste()
    stage.settle()
    [asset] = pane.grid.rows.assets
    assert (asset.probe.width, asset.probe.height) == (40, 30)
    qapp.clipboard().clear()


def test_the_same_file_twice_is_one(stage, tmp_path):
    pane = opened(stage)
    first = photo(tmp_path, "one.jpg")
    second = tmp_path / "copy of one.jpg"
    second.write_bytes(first.read_bytes())
    assert len(add(pane, stage, first)) == 1
    assert len(add(pane, stage, second)) == 1


def test_alt_text_is_saved_on_leaving_and_when_another_is_chosen(stage, tmp_path):
    pane = opened(stage)
    first, second = add(pane, stage, photo(tmp_path, "a.jpg"), photo(tmp_path, "b.jpg", (1, 2, 3)))
    pane.grid.choose(first)
    pane.detail.alt.setPlainText("A lane at dusk")
    pane.detail.alt.left.emit()
    stage.settle()
    assert stage.desk.library.get(first).alt == "A lane at dusk"
    pane.detail.alt.setPlainText("A lane at dusk, with lamps")
    pane.grid.choose(second)
    stage.settle()
    assert stage.desk.library.get(first).alt == "A lane at dusk, with lamps"
    assert stage.desk.library.get(second).alt == "" and pane.detail.alt.toPlainText() == ""


def test_search_finds_names_and_alt_text_and_can_be_cleared(stage, tmp_path):
    pane = opened(stage)
    first, second = add(pane, stage, photo(tmp_path, "lane.jpg"), photo(tmp_path, "lamp.jpg", (9, 9, 9)))
    stage.desk.library.set_alt(second, "黄昏的灯笼")
    stage.settle()
    pane.search.setText("灯笼")
    pane.search.searched.emit("灯笼")
    assert [asset.id for asset in pane.grid.rows.assets] == [second]
    pane.search.searched.emit("zeppelin")
    assert pane.stack.currentWidget() is pane.none and "zeppelin" in pane.none.sentence.text()
    pane.none.button.click()
    assert {asset.id for asset in pane.grid.rows.assets} == {first, second} and pane.search.text() == ""


def test_the_kind_filter(stage, tmp_path):
    pane = opened(stage)
    add(pane, stage, photo(tmp_path, "lane.jpg"))
    pane.kinds.set_value("video")
    pane.kinds.chosen.emit("video")
    assert pane.grid.rows.assets == [] and pane.stack.currentWidget() is pane.none


def test_where_a_file_is_used_opens_the_post_and_keeps_it(stage, tmp_path, qtbot):
    pane = opened(stage)
    [id] = add(pane, stage, photo(tmp_path, "lane.jpg"))
    post = stage.desk.posts.create(title="Road book", media=(stage.desk.library.get(id).as_media(),))
    stage.settle()
    pane.grid.choose(id)
    assert pane.detail.used_label.text() == "Used in 1 post"
    link = pane.detail._used.itemAt(0).widget()
    with qtbot.waitSignal(pane.open_post) as told:
        link.click()
    assert told.args == [post.id]
    assert not pane.detail.remove.isEnabled() and pane.detail.remove.toolTip()
    press(pane.grid, Qt.Key.Key_Delete)
    pane._asked("remove")
    assert any("Road book" in each or "1 post" in each or "lane.jpg" in each for each in notes(pane.detail))
    assert stage.desk.library.get(id).id == id


def test_remove_asks_and_then_the_file_is_gone(stage, tmp_path):
    pane = opened(stage)
    [id] = add(pane, stage, photo(tmp_path, "lane.jpg"))
    original = stage.desk.library.path(id)
    pane.grid.choose(id)
    pane.detail.remove.click()
    [question] = [each for each in pane.window().findChildren(Confirm) if each.isVisible()]
    question.buttons["remove"].click()
    stage.settle()
    assert not original.exists() and pane.stack.currentWidget() is pane.empty
    with pytest.raises(NotFound):
        stage.desk.library.get(id)


def test_a_missing_or_swapped_original_is_found(stage, tmp_path):
    pane = opened(stage)
    [id] = add(pane, stage, photo(tmp_path, "lane.jpg"))
    pane.grid.choose(id)
    pane.detail.check.click()
    stage.settle()
    assert notes(pane.detail) == []
    original = stage.desk.library.path(id)
    original.chmod(0o644)
    original.write_bytes(b"something else")
    pane.detail.check.click()
    stage.settle()
    assert len(notes(pane.detail)) == 1
    original.unlink()
    pane.detail.check.click()
    stage.settle()
    assert len(notes(pane.detail)) == 1
    pane.detail.folder.click()
    assert len(notes(pane.detail)) == 1


def test_show_in_folder_opens_where_the_original_lies(stage, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    pane = opened(stage)
    [id] = add(pane, stage, photo(tmp_path, "lane.jpg"))
    pane.grid.choose(id)
    pane.detail.folder.click()
    assert asked == [str(stage.desk.library.path(id).parent)]


def test_thousands_are_read_a_page_at_a_time(stage):
    many(stage, 2 * PAGE + 50)
    pane = opened(stage)
    rows = pane.grid.rows
    assert PAGE <= len(rows.assets) < 2 * PAGE + 50
    while rows.canFetchMore(rows.index(-1)):
        rows.fetchMore(rows.index(-1))
    assert len({asset.id for asset in rows.assets}) == 2 * PAGE + 50


def test_a_change_keeps_what_is_chosen(stage, tmp_path):
    pane = opened(stage)
    first, _ = add(pane, stage, photo(tmp_path, "a.jpg"), photo(tmp_path, "b.jpg", (1, 2, 3)))
    pane.grid.choose(first)
    stage.desk.library.add([photo(tmp_path, "c.jpg", (4, 5, 6))])
    stage.settle()
    assert pane.grid.current == first and len(pane.grid.rows.assets) == 3


def test_thumbnails_of_what_has_none_are_asked_for_once(stage, tmp_path, qtbot):
    class Source:
        def __init__(self) -> None:
            self.asked: list[str] = []

        def thumbnail(self, id: str, size: int = 240) -> Path:
            self.asked.append(id)
            if id == "sound":
                raise NotFound("media", id)
            return photo(tmp_path, f"{id}.png")

    source = Source()
    thumbs = Thumbs(source, stage.bridge)
    assert thumbs.get("one") is None and thumbs.get("sound") is None and thumbs.get("") is None
    qtbot.waitUntil(lambda: thumbs.failed("sound") and thumbs.get("one") is not None, timeout=10_000)
    assert thumbs.get("sound") is None
    stage.settle()
    assert sorted(source.asked) == ["one", "sound"] and KEPT > 100
    thumbs.forget("sound")
    thumbs.get("sound")
    stage.settle()
    assert source.asked.count("sound") == 2


def test_words_of_a_file():
    assert [size(n) for n in (0, 999, 2400, 2_400_000, 240_000_000, 3_000_000_000)] == [
        "0 B", "999 B", "2 kB", "2.4 MB", "240 MB", "3.0 GB",
    ]  # fmt: skip
    assert [duration(s) for s in (Fraction(30, 1), 61.4, 3725)] == ["0:30", "1:01", "1:02:05"]
    clip = Asset("x", "walk.mp4", 5_000_000, Probe("video", "video/mp4", ".mp4", 1080, 1920, duration=Fraction(31)))
    assert dict(facts(clip)) == {"Kind": "Video · MP4", "Size": "5.0 MB", "Pixels": "1080 × 1920", "Duration": "0:31"}
    placed = Asset("y", "a.jpg", 1, Probe("image", "image/jpeg", ".jpg", 1, 1, has_location=True))
    assert dict(facts(placed))["Place"] == "Taken out before sending"


def test_words_change_with_the_language(stage, tmp_path):
    pane = opened(stage)
    [id] = add(pane, stage, photo(tmp_path, "lane.jpg"))
    pane.grid.choose(id)
    stage.speak("zh_CN")
    assert pane.title.text() == "素材" and pane.detail.used_label.text() == "还没用过"
