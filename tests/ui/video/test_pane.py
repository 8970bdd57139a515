"""The Video pane on a real workspace: videos made, cut, played, moved by hand, attached and exported."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from studio.core.effects import EFFECTS
from studio.core.timeline import Timeline
from studio.services.videos.sounding import Silence
from studio.ui.sheet import Confirm, open_sheets
from studio.ui.video.adding import Where
from studio.ui.video.carried import Carried
from studio.ui.video.new_video import NewVideo, Rename
from studio.ui.video.pane import VideoPane
from tests.ui.clipping import clipped
from tests.ui.desks import Stage, carry, let_go, press
from tests.ui.video.conftest import until

EFFECT = next(name for name, spec in EFFECTS.items() if spec.domain == "picture" and spec.engine == "native")


def opened(pane: VideoPane, stage: Stage, film: Path | None = None, width: int = 1080, height: int = 1920) -> Timeline:
    """A new video, open; with a film on the main track."""
    pane.make_video("Bakery", width, height, Fraction(10))
    if film is not None:
        assert pane.open is not None
        pane.adding.take_in(pane.open.session, [film], Where(Fraction(0)))
        until(lambda: pane.open is not None and bool(list(pane.open.timeline.clips())))
    return now(pane)


def now(pane: VideoPane) -> Timeline:
    assert pane.open is not None
    return pane.open.timeline


def only(pane: VideoPane) -> str:
    """The id of the one clip there is."""
    (found,) = now(pane).clips()
    return found[1].clip.id


def seen(pane: VideoPane, frame: int) -> None:
    """Waits until the picture of a frame is shown."""
    canvas = pane.player.canvas
    until(lambda: canvas._picture is not None and canvas._picture.index == frame)


def choose(pane: VideoPane, *clips: str) -> None:
    assert pane.timeline is not None
    pane.timeline.controller.choose(list(clips))
    pane._chosen()


# videos -------------------------------------------------------------------------------------------------------------


def test_an_empty_pane_says_what_to_do(pane, stage) -> None:
    assert pane.stack.currentWidget() is pane.home and pane.home.stack.currentWidget() is pane.home.empty
    assert "New video…" in pane.home.empty.button.text() and pane.regions() == [pane.home]
    assert {action.id for action in pane.commands()} == {"video.new", "video.open"}


def test_a_new_video_is_made_in_a_sheet_and_opened(pane, stage) -> None:
    pane.projects.new()
    (sheet,) = open_sheets(stage.window)
    assert isinstance(sheet, NewVideo)
    sheet.name.setText("Three before nine")
    sheet.shape.set_value("16:9")
    press(sheet.name, Qt.Key.Key_Return)
    assert (now(pane).name, now(pane).width, now(pane).height) == ("Three before nine", 1920, 1080)
    assert pane.header.project.text() == "Three before nine" and pane.stack.currentWidget() is pane.dock
    assert [row.name for row in stage.desk.videos.list()] == ["Three before nine"]


def test_the_list_has_every_video_and_enter_opens_one(pane, stage) -> None:
    opened(pane, stage)
    pane.close_video()
    assert pane.stack.currentWidget() is pane.home and pane.home.current
    press(pane.home.list, Qt.Key.Key_Return)
    assert pane.open is not None and now(pane).name == "Bakery"


def test_rename_duplicate_remove(pane, stage) -> None:
    opened(pane, stage)
    pane.projects.rename()
    (sheet,) = open_sheets(stage.window)
    assert isinstance(sheet, Rename)
    sheet.name.setText("Bread")
    sheet.rename()
    assert pane.header.project.text() == "Bread"
    pane.projects.duplicate()
    assert now(pane).name == "Bread copy" and len(stage.desk.videos.list()) == 2
    pane.projects.remove()
    (confirm,) = open_sheets(stage.window)
    assert isinstance(confirm, Confirm)
    confirm.buttons["remove"].click()
    QTest.qWait(1)
    assert pane.open is None and [row.name for row in stage.desk.videos.list()] == ["Bread"]


def test_the_video_that_was_open_is_open_again(pane, stage, film) -> None:
    opened(pane, stage, film)
    assert pane.close_down()
    again = VideoPane(stage.theme, stage.desk, stage.bridge, stage.toaster, Silence())
    try:
        assert again.open is not None and len(list(now(again).clips())) == 1
    finally:
        again.close_down()


def test_what_was_undone_before_it_was_saved_is_saved(pane, stage) -> None:
    opened(pane, stage)
    QTest.qWait(600)
    pane.projects.add_style("caption")
    pane.open.session.undo()
    until(lambda: pane.header.saved.text() == "Saved")


def test_a_file_goes_out_and_comes_in_again(pane, stage, film, tmp_path) -> None:
    opened(pane, stage, film)
    pane.projects._written(now(pane), tmp_path / "out.json")
    pane.projects._written(now(pane), tmp_path / "out.otio")
    for name in ("out.json", "out.otio"):
        before = len(stage.desk.videos.list())
        pane.projects.take_in(tmp_path / name)
        until(lambda before=before: len(stage.desk.videos.list()) == before + 1 and not stage.bridge.running())
        assert len(list(now(pane).clips())) == 1


def test_what_is_no_project_is_refused_in_words(pane, stage, tmp_path) -> None:
    (tmp_path / "no.json").write_text("{}")
    pane.projects.take_in(tmp_path / "no.json")
    until(lambda: bool(pane.remarks.said))
    assert pane.open is None and pane.remarks.isVisible()
    pane.remarks.cross.click()
    assert not pane.remarks.isVisible()


# adding -------------------------------------------------------------------------------------------------------------


def test_files_dropped_on_the_bin_are_in_it_and_enter_puts_one_at_the_playhead(pane, stage, film) -> None:
    opened(pane, stage)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(film))])
    pane.bin.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                  Qt.KeyboardModifier.NoModifier))
    until(lambda: len(now(pane).sources) == 1)
    assert not list(now(pane).clips())
    pane.bin.view.choose(0)
    press(pane.bin.view, Qt.Key.Key_Return)
    until(lambda: bool(list(now(pane).clips())))
    assert pane.timeline is not None and pane.timeline.selection.clips == {only(pane)}
    assert pane.bin.view.current is not None and pane.bin.view.current.used == 1


def test_a_file_of_the_library_is_read_and_placed(pane, stage, film) -> None:
    stage.desk.library.add([film])
    opened(pane, stage)
    pane.bin.reload()
    pane.bin.view.choose(0)
    thing = pane.bin.view.current
    assert thing is not None and thing.carried.kind == "asset"
    pane.add([thing])
    until(lambda: bool(list(now(pane).clips())))
    (source,) = now(pane).sources.values()
    assert source.rate == 10 and source.media


def test_a_file_that_is_no_media_is_refused_in_words(pane, stage, tmp_path) -> None:
    opened(pane, stage)
    (tmp_path / "no.mp4").write_bytes(b"nothing")
    pane.take_in([tmp_path / "no.mp4"])
    until(lambda: bool(pane.remarks.said))
    assert not now(pane).sources


def test_styles_effects_and_transitions_from_the_bin(pane, stage, film):
    opened(pane, stage, film)
    session = pane.open.session
    pane.adding.put(session, [Carried("title", "caption")], (), Where(Fraction(0)))
    captions = now(pane).role("captions")
    assert captions is not None and captions.placed[0].clip.title is not None
    main = now(pane).role("main").placed[0].clip.id
    pane.adding.put(session, [Carried("effect", EFFECT)], [main], Where(Fraction(0)))
    assert now(pane).find(main)[1].clip.effects[0].name == EFFECT
    refused: list[object] = []
    pane.adding.refused.connect(refused.append)
    pane.adding.put(session, [Carried("transition", "crossfade")], [main], Where(Fraction(0)))
    assert len(refused) == 1, "there is nothing to cross over to"


# playing ------------------------------------------------------------------------------------------------------------


def test_space_plays_to_the_end_and_the_playhead_follows(pane, stage, film) -> None:
    opened(pane, stage, film)
    seen(pane, 0)
    press(pane, Qt.Key.Key_Space)
    assert pane.player.player.speed == 1 and pane.player.foot.play.accessibleName() == "Pause"
    until(lambda: pane.player.player.speed == 0)
    assert pane.timeline.playhead == Fraction(9, 10) and pane.player.foot.clock.words == "0:00.09"
    seen(pane, 9)
    assert pane.player.player.stats.shown >= 5


def test_the_playhead_on_the_timeline_brings_its_picture(pane, stage, film) -> None:
    opened(pane, stage, film)
    pane.timeline.controller.go(Fraction(1, 2))
    seen(pane, 5)
    pane.player.step(1)
    assert pane.timeline.playhead == Fraction(6, 10)
    seen(pane, 6)


def test_a_picture_is_kept_in_the_library(pane, stage, film) -> None:
    opened(pane, stage, film, 96, 160)
    before = {asset.id for asset in stage.desk.library.list()}
    pane.player.snapshot()
    until(lambda: len(stage.desk.library.list()) == len(before) + 1)
    (made,) = [asset for asset in stage.desk.library.list() if asset.id not in before]
    assert (made.probe.width, made.probe.height) == (96, 160)


def test_arrows_step_and_a_title_pressed_twice_is_written(pane, stage, film) -> None:
    opened(pane, stage, film)
    press(pane, Qt.Key.Key_Right)
    press(pane, Qt.Key.Key_Right)
    press(pane, Qt.Key.Key_Left)
    assert pane.timeline.playhead == Fraction(1, 10)
    pane.adding.put(pane.open.session, [Carried("title", "caption")], (), Where(Fraction(0)))
    pane.player.canvas.opened.emit()
    QTest.qWait(1)
    assert pane.inspector.row("title/text").text.hasFocus()


def test_a_source_that_is_gone_is_said(pane, stage, film) -> None:
    opened(pane, stage, film)
    seen(pane, 0)
    (source,) = now(pane).sources.values()
    stage.desk.library.path(source.media).unlink()
    pane.timeline.controller.go(Fraction(3, 10))
    until(lambda: bool(pane.remarks.said))
    assert pane.remarks.said[0].code == "video.source_missing"
    assert pane.player.player.position == Fraction(3, 10), "the player lives on"


def test_full_screen_takes_the_picture_and_gives_it_back(pane, stage, film) -> None:
    opened(pane, stage, film)
    pane.player.full_screen()
    assert pane.player.canvas.window() is not stage.window
    press(pane.player.canvas, Qt.Key.Key_Escape)
    QTest.qWait(5)
    if pane.player.canvas.window() is not stage.window:  # Esc first let go of what was chosen
        pane.player.full_screen()
        QTest.qWait(5)
    assert pane.player.canvas.window() is stage.window and pane.player.canvas.isVisible()


# the hand on the picture --------------------------------------------------------------------------------------------


def spot(pane: VideoPane, x: float, y: float) -> QPoint:
    return QPointF(*pane.player.canvas.view().to_widget((x, y))).toPoint()


def test_a_clip_is_chosen_moved_and_put_back_on_the_picture(pane, stage, film):
    opened(pane, stage, film)
    canvas, id = pane.player.canvas, only(pane)
    carry(canvas, spot(pane, 300, 900))
    let_go(canvas, spot(pane, 300, 900))
    assert pane.timeline.selection.clips == {id} and canvas.box is not None
    before = pane.open.session.history
    carry(canvas, spot(pane, 300, 900), spot(pane, 380, 900), spot(pane, 500, 1010))
    let_go(canvas, spot(pane, 500, 1010))
    moved = now(pane).find(id)[1].clip.transform
    assert moved.x.value == pytest.approx(200, abs=6) and moved.y.value == pytest.approx(110, abs=6)
    assert len(pane.open.session.history.past) == len(before.past) + 1, "one gesture is one step"
    pane.open.session.undo()
    assert now(pane).find(id)[1].clip.transform.plain
    carry(canvas, spot(pane, 300, 900), spot(pane, 500, 900))
    press(canvas, Qt.Key.Key_Escape)
    let_go(canvas, spot(pane, 500, 900))
    assert now(pane).find(id)[1].clip.transform.plain, "Esc puts it back"


def test_corners_scale_and_arrows_nudge(pane, stage, film):
    opened(pane, stage, film)
    canvas, id = pane.player.canvas, only(pane)
    choose(pane, id)
    pane.open.session.edit(
        *_half(id))  # half as large, so that its corners lie on the picture
    carry(canvas, spot(pane, 270, 480), spot(pane, 200, 400), spot(pane, 135, 240))
    let_go(canvas, spot(pane, 135, 240))
    assert now(pane).find(id)[1].clip.transform.scale.value == pytest.approx(0.75, abs=0.02)
    for key, modifiers in ((Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
                           (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier),
                           (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)):
        press(canvas, key, modifiers)
    move = now(pane).find(id)[1].clip.transform
    assert (move.x.value, move.y.value, move.rotation.value) == (1, 10, 1)


def _half(id: str):
    from studio.core.edits.looks import set_curve
    from studio.core.words import N

    return N("video", "Scale"), lambda t: set_curve(t, id, "transform", "scale", 0.5, Fraction(0))


def test_a_caption_under_the_platforms_buttons_is_said_and_moved_up(pane, stage):
    opened(pane, stage)
    pane.player.set_zone("douyin:0")
    pane.adding.put(pane.open.session, [Carried("title", "subtitle")], (), Where(Fraction(0)))
    until(lambda: bool(pane.player.covers.all))
    note = pane.player.warning.note
    assert "Caption 1" in note.sentence and note.fixes == (("move", "Move up"),)
    pane.player.warning.fixed.emit("move")
    until(lambda: not pane.player.covers.all)
    assert now(pane).role("captions").placed[0].clip.transform.y.value < 0


# the inspector ------------------------------------------------------------------------------------------------------


def test_a_slider_that_is_dragged_is_one_step_and_shows_at_once(pane, stage, film):
    opened(pane, stage, film)
    choose(pane, only(pane))
    row = pane.inspector.row("transform/scale")
    steps = len(pane.open.session.history.past)
    for place in (300, 400, 500):
        row.slider.setValue(place)
    row.settled.emit()
    assert len(pane.open.session.history.past) == steps + 1
    assert row.box.value() == pytest.approx(200.5, abs=1)
    assert now(pane).find(only(pane))[1].clip.transform.scale.value > 1.9
    row.box.setValue(120)
    assert len(pane.open.session.history.past) == steps + 2


def test_key_frames_by_the_diamond(pane, stage, film):
    opened(pane, stage, film)
    choose(pane, only(pane))
    x = pane.inspector.row("transform/x")
    x.diamond.click()
    pane.timeline.controller.go(Fraction(1, 2))
    x.box.setValue(50)
    keys = now(pane).find(only(pane))[1].clip.transform.x.keys
    assert [(key.at, key.value) for key in keys] == [(0, 0), (Fraction(1, 2), 50)]
    press(x.diamond, Qt.Key.Key_Left)
    assert pane.timeline.playhead == 0 and x.box.value() == 0


def test_words_are_typed_and_several_clips_are_changed_at_once(pane, stage):
    opened(pane, stage)
    for at in (0, 4):
        pane.adding.put(pane.open.session, [Carried("title", "headline" if at else "caption")], (), Where(Fraction(at)))
    ids = [placed.clip.id for _, placed in now(pane).clips()]
    choose(pane, *ids)
    size = pane.inspector.row("style/size")
    assert size is not None
    size.box.setValue(100)
    assert {placed.clip.title.style.size for _, placed in now(pane).clips()} == {100}
    choose(pane, ids[0])
    text = pane.inspector.row("title/text").text
    text.setPlainText("Rye bread")
    until(lambda: now(pane).find(ids[0])[1].clip.title.text == "Rye bread")
    assert pane.inspector.title.accessibleName() == "Rye bread"


def test_effects_are_switched_moved_and_taken_out(pane, stage, film):
    opened(pane, stage, film)
    id = only(pane)
    for name in (EFFECT, EFFECT):
        pane.adding.put(pane.open.session, [Carried("effect", name)], [id], Where(Fraction(0)))
    sections = {section.key: section for section in pane.inspector.sections}
    first, second = sections[f"effect:{EFFECT}:0"], sections[f"effect:{EFFECT}:1"]
    first.enabled.click()
    effects = now(pane).find(id)[1].clip.effects
    assert [effect.enabled for effect in effects] == [False, True]
    second.up.click()
    assert [effect.enabled for effect in now(pane).find(id)[1].clip.effects] == [True, False]
    pane.inspector.sections[-2 if pane.inspector.sections[-1].key == "sound" else -1].remove.click()
    assert len(now(pane).find(id)[1].clip.effects) == 1


def test_what_cannot_be_is_said_in_the_inspector(pane, stage, film):
    opened(pane, stage, film)
    id = only(pane)
    choose(pane, id)
    from studio.core.edits.arrange import set_track
    from studio.core.words import N

    track = now(pane).find(id)[0].id
    pane.open.session.edit(N("video", "Scale"), lambda t: set_track(t, track, locked=True))
    pane.inspector.row("transform/scale").box.setValue(50)
    assert pane.inspector.refused.isVisibleTo(pane.inspector)
    assert pane.inspector.row("transform/scale").box.value() == 100


# the post -----------------------------------------------------------------------------------------------------------


def test_attached_to_a_post_and_back(pane, stage) -> None:
    post = stage.desk.posts.create(title="Three bakeries")
    opened(pane, stage)
    pane.projects.attach(post.id)
    assert pane.header.post.text() == "Three bakeries"
    asked: list[str] = []
    pane.open_post.connect(asked.append)
    pane.go_to_post()
    assert asked == [post.id]
    pane.projects.attach("")
    assert pane.header.post.text() == "Attach to post…"


# how it stands ------------------------------------------------------------------------------------------------------


def test_the_player_stands_by_the_shape_of_the_video(pane, stage) -> None:
    opened(pane, stage)
    QTest.qWait(10)
    assert pane.player.height() > 700 and pane.player.x() > pane.width() // 2
    opened(pane, stage, None, 1920, 1080)
    QTest.qWait(10)
    assert pane.player.height() < 600 and pane.bin.isVisible() and pane.inspector.isVisible()
    places = [part.mapTo(pane, QPoint(0, 0)).x() for part in (pane.bin, pane.player, pane.inspector)]
    assert places == sorted(places)


def test_a_small_window_folds_the_bin_to_a_tab(pane, stage) -> None:
    opened(pane, stage)
    stage.window.resize(1024, 680)
    QTest.qWait(20)
    assert pane.dock.tabs.isVisible() and pane.bin.isVisible() and not pane.inspector.isVisible()
    pane.dock.show_side("inspector")
    assert pane.inspector.isVisible() and not pane.bin.isVisible()
    stage.window.resize(1376, 852)
    QTest.qWait(20)
    assert pane.bin.isVisible() and pane.inspector.isVisible()


def test_every_word_follows_the_language(pane, stage, film) -> None:
    opened(pane, stage, film)
    choose(pane, only(pane))
    stage.speak("zh_CN")
    assert pane.header.export.text() == "导出"
    assert pane.inspector.row("transform/scale").label.accessibleName() == "缩放"
    stage.speak("zh_TW")
    assert pane.header.export.text() == "匯出"


def test_every_control_has_a_name(pane, stage, film) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QSlider

    opened(pane, stage, film)
    choose(pane, only(pane))
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox)
    controls = [one for kind in kinds for one in pane.findChildren(kind) if one.isVisible()]
    controls += [one for one in pane.findChildren(QSlider) if one.isVisible() and one.focusPolicy()]
    nameless = [type(one).__name__ for one in controls if not one.accessibleName() and not getattr(one, "text", str)()]
    assert nameless == []




def test_no_key_means_two_things(pane, stage) -> None:
    opened(pane, stage)
    keys = [action.shortcut for action in pane.commands() if action.shortcut]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_with_nothing_chosen_the_whole_video_is_set(pane, stage, film) -> None:
    opened(pane, stage, film)
    choose(pane)
    shape = pane.inspector.row("video/shape").combo
    shape.setCurrentIndex(shape.findData("1920x1080"))
    shape.activated.emit(shape.currentIndex())
    assert (now(pane).width, now(pane).height) == (1920, 1080)
    QTest.qWait(10)
    assert pane.player.height() < 600, "the player stands in the middle now"
    loud = pane.inspector.row("video/loudness").combo
    loud.setCurrentIndex(loud.findData("None"))
    loud.activated.emit(loud.currentIndex())
    assert now(pane).loudness is None
    pane.open.session.undo()
    pane.open.session.undo()
    assert (now(pane).width, now(pane).loudness) == (1080, -14.0)


@pytest.mark.parametrize(("code", "scale"), [("en", 2.0), ("zh_CN", 1.0), ("zh_TW", 2.0)])
def test_no_words_are_cut(pane, stage, code, scale) -> None:
    stage.speak(code)
    stage.theme.scale = scale
    stage.theme.refresh()
    opened(pane, stage)
    stage.window.resize(1856, 1032)
    pane.adding.put(pane.open.session, [Carried("title", "caption")], (), Where(Fraction(0)))
    QTest.qWait(20)
    found = clipped(pane)
    stage.theme.scale = 1.0
    stage.theme.refresh()
    assert found == []
