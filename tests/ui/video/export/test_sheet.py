"""The export sheet: what it says before, the queue while, the post after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest

from studio.core.edits.arrange import empty
from studio.core.export import PRESETS, Preset, check, preset
from studio.ui.sheet import open_sheets
from studio.ui.video.export.details import SIDES, Changes, changed
from studio.ui.video.export.queue import free_name
from studio.ui.video.export.sheet import ExportSheet
from studio.ui.widgets.note import Note
from tests.ui.video.conftest import until
from tests.ui.video.test_pane import opened


@pytest.fixture
def sheet(pane, stage, film, tmp_path) -> ExportSheet:
    opened(pane, stage, film, 96, 160)
    pane.state.set("video/folder", str(tmp_path))
    pane.export()
    (found,) = open_sheets(stage.window)
    assert isinstance(found, ExportSheet)
    return found


def test_it_says_what_comes_out_and_proposes_a_name(sheet, tmp_path) -> None:
    assert sheet.facts.text() == "96 × 160 · 10 fps · H.264 · AAC · 0:01"
    assert Path(sheet.path.text()) == tmp_path / "Bakery.mp4" and sheet.go.isEnabled()
    sheet._choose("gif")
    assert Path(sheet.path.text()) == tmp_path / "Bakery.gif"
    sheet.path.setText(str(tmp_path / "mine.gif"))
    sheet._typed("")
    sheet._choose("webm-vp9")
    assert Path(sheet.path.text()) == tmp_path / "mine.webm", "a name of one's own keeps its stem"


def test_every_preset_can_be_chosen(sheet) -> None:
    for one in sheet._presets.all():
        sheet._choose(one.id)
        assert sheet.way.value == one.id and sheet.facts.text()


def test_an_empty_video_says_why_it_cannot_be_exported(pane, stage):
    opened(pane, stage)
    pane.export()
    (sheet,) = open_sheets(stage.window)
    assert not sheet.go.isEnabled() and sheet.go.toolTip()
    assert [note for note in sheet.findChildren(Note) if note.note.severity == "error"]
    sheet.start()
    assert pane.exports.all() == ()


def test_a_film_is_made_and_goes_into_the_post(pane, stage, sheet, tmp_path):
    post = stage.desk.posts.create(title="Three bakeries")
    sheet.close_with("dismissed")
    pane.projects.attach(post.id)
    pane.export()
    (again,) = open_sheets(stage.window)
    assert "Three bakeries" in again.say.text()
    again.start()
    until(lambda: pane.exports.all()[-1].over, 30)
    QTest.qWait(20)
    one = pane.exports.all()[-1]
    assert one.state == "done", one.findings
    assert (tmp_path / "Bakery.mp4").is_file() and Path(again.path.text()) == tmp_path / "Bakery 2.mp4"
    (row,) = again.queue.rows
    assert row.give.isVisible() and not row.bar.isVisible() and "kB" in row.state.text()
    row.give.click()
    until(lambda: bool(stage.desk.posts.get(post.id).media))
    row.cancel.click()
    QTest.qWait(20)
    assert again.queue.rows == [] and (tmp_path / "Bakery.mp4").is_file()


def test_an_export_is_paused_and_cancelled_and_leaves_nothing(pane, stage, sheet, tmp_path) -> None:
    sheet.start()
    one = pane.exports.all()[-1]
    pane.exports.pause(one)
    until(lambda: bool(sheet.queue.rows) and (one.over or one.state == "running"), 20)
    if not one.over:
        row = sheet.queue.rows[0]
        row.refresh()
        assert row.pause.accessibleName() == "Go on"
        row.cancel.click()
        pane.exports.resume(one)
    until(lambda: one.over, 20)
    if one.state == "cancelled":
        assert list(tmp_path.glob("Bakery*")) == []


def test_names_that_are_free(tmp_path) -> None:
    assert free_name(tmp_path, "a/b: c", ".mp4").name == "a_b_ c.mp4"
    (tmp_path / "x.mp4").touch()
    assert free_name(tmp_path, "x", ".mp4").name == "x 2.mp4"
    assert free_name(tmp_path, "", ".mp4").name == "video.mp4"


def test_changes_to_a_preset() -> None:
    timeline, mp4 = empty("t"), preset("mp4")
    assert changed(mp4, timeline, Changes()) == mp4
    small = changed(mp4, timeline, Changes(side=540, quality="small", megabytes=8, hardware=False, smart=False))
    assert (small.width, small.height, small.bytes) == (540, 960, 8_000_000)
    assert small.quality > 20 > changed(mp4, timeline, Changes(quality="best")).quality
    assert not small.hardware and not small.smart
    bound = changed(replace(mp4, bytes=5_000_000), timeline, Changes(megabytes=8))
    assert bound.bytes == 5_000_000, "the platform's own limit holds"
    assert changed(preset("wav"), timeline, Changes(quality="best")).quality == 0


@given(st.sampled_from(PRESETS), st.sampled_from((0, *SIDES)), st.sampled_from(("", "small", "best")))
def test_a_changed_preset_can_always_be_used(one: Preset, side: int, quality: str) -> None:
    timeline = replace(empty("t"), width=1920, height=1080)
    made = changed(one, timeline, Changes(side, quality))
    assert [finding.code for finding in check(made, timeline)] == ["video.export_empty"]


def test_a_preset_of_ones_own_is_kept_and_removed(sheet) -> None:
    sheet.details.more.click()
    sheet.details.side.set_value("360")
    sheet.details.side.chosen.emit("360")
    assert sheet.facts.text().startswith("96 × 160"), "never larger than the video"
    sheet.details.quality.set_value("small")
    sheet.details.name.setText("For mother")
    sheet.details.save.click()
    assert sheet.way.currentText() == "For mother" and sheet.details.remove.isVisible()
    assert sheet.preset.quality > 20
    sheet.details.remove.click()
    assert sheet.way.value == "mp4" and "For mother" not in [one.label.en for one in sheet._presets.all()]
