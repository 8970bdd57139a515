"""The Settings pane: every setting has a row, acts at once, is kept; backups and the keychain answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from studio import __version__
from studio.core.setting import SETTINGS
from studio.core.slot import Late
from studio.services.desk import Desk
from studio.ui.settings import pane as pane_module
from studio.ui.settings.pane import SettingsPane
from studio.ui.settings.rows import choice_words
from studio.ui.settings.zones import ZoneBox, zone_names
from studio.ui.widgets.choice import Combo, Segments, Switch
from studio.ui.widgets.note import Note
from studio.ui.widgets.stepper import NumberField
from tests.ui.desks import Stage, recording_keyring


def opened(stage: Stage) -> SettingsPane:
    pane = SettingsPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane)
    stage.settle()
    return pane


def test_every_setting_has_a_row_with_a_fitting_control(stage):
    pane = opened(stage)
    assert set(pane.rows) == {setting.id for setting in SETTINGS}
    kinds = {id: type(row.control) for id, row in pane.rows.items()}
    assert kinds["language"] is Segments and kinds["motion"] is Switch and kinds["late"] is Combo
    assert kinds["zone"] is ZoneBox and kinds["backups"] is NumberField
    for setting in SETTINGS:
        assert pane.rows[setting.id].label.text() == setting.label.en
        assert pane.rows[setting.id].control.accessibleName() == setting.label.en


@pytest.mark.parametrize("code", ["zh_CN", "zh_TW", "en"])
def test_the_language_acts_at_once_and_is_kept(stage, code):
    stage.desk.settings.set("language", "zh_TW" if code == "en" else "en")
    pane = opened(stage)
    pane.rows["language"].control.chosen.emit(code)
    stage.settle()
    assert stage.desk.settings.get("language") == code and stage.language.code == code
    assert pane.title.text() == {"zh_CN": "设置", "zh_TW": "設定", "en": "Settings"}[code]
    assert pane.rows["theme"].label.text() == {"zh_CN": "主题", "zh_TW": "主題", "en": "Theme"}[code]


def test_theme_density_and_motion_act_at_once(stage):
    pane = opened(stage)
    pane.rows["theme"].control.chosen.emit("dark")
    pane.rows["density"].control.chosen.emit("compact")
    pane.rows["motion"].control.setChecked(False)
    stage.settle()
    assert stage.theme.dark and stage.theme.compact and not stage.theme.motion
    assert stage.desk.settings.get("theme") == "dark"
    pane.rows["theme"].control.chosen.emit("light")
    pane.rows["density"].control.chosen.emit("comfortable")
    stage.settle()
    assert not stage.theme.dark and not stage.theme.compact


def test_what_is_set_elsewhere_is_shown(stage):
    pane = opened(stage)
    stage.desk.settings.set("backups", 30)
    stage.desk.settings.set("late", "ask")
    stage.settle()
    assert pane.rows["backups"].control.value() == 30 and pane.rows["late"].control.value == "ask"


def test_a_refused_value_is_said_in_its_row_and_goes_back(stage):
    pane = opened(stage)
    pane.set("backups", 1)
    assert pane.rows["backups"].problem.isVisible() and stage.desk.settings.get("backups") == 14
    pane.set("backups", 20)
    assert not pane.rows["backups"].problem.isVisible() and stage.desk.settings.get("backups") == 20


def test_where_there_is_no_tray_the_row_says_what_closing_does(stage, monkeypatch):
    monkeypatch.setattr(pane_module, "tray_available", lambda: False)
    pane = opened(stage)
    pane.set("closing", "tray")
    row = pane.rows["closing"]
    assert row.problem.isVisible() and "no tray" in row.problem.text() and row.problem.property("tone") == "warn"
    pane.set("closing", "quit")
    assert not row.problem.isVisible() and stage.desk.settings.get("closing") == "quit"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("shanghai", "Asia/Shanghai"), ("Europe/Berlin", "Europe/Berlin"), ("new york", "America/New_York")],
)
def test_a_zone_is_found_by_its_city(stage, typed, kept):
    pane = opened(stage)
    box = pane.rows["zone"].control
    box.field.setText(typed)
    box.field.editingFinished.emit()
    stage.settle()
    assert stage.desk.settings.get("zone") == kept and box.field.text() == kept
    box.field.setText("")
    box.field.editingFinished.emit()
    assert stage.desk.settings.get("zone") == "system"


def test_a_zone_that_is_none_is_said_and_not_kept(stage):
    pane = opened(stage)
    box = pane.rows["zone"].control
    box.field.setText("Atlantis")
    box.field.editingFinished.emit()
    assert "Atlantis" in box.hint.text() and stage.desk.settings.get("zone") == "system"


def test_zones_begin_with_the_common_ones():
    names = zone_names()
    assert names[0] == "Asia/Shanghai" and len(names) == len(set(names)) > 300


def test_a_backup_is_made_as_a_job_and_can_be_opened(stage):
    post = stage.post("Road book")
    pane = opened(stage)
    pane.backup.click()
    assert not pane.backup.isEnabled()
    stage.settle()
    assert pane.backup.isEnabled() and pane.backup_done.isVisible()
    [made] = [file for file in (stage.desk.folder / "backups").rglob("*.zip") if str(file) in pane.backup_done.text()]
    assert zipfile.is_zipfile(made)
    from studio.services.backups import restore

    again = stage.desk.folder.parent / "restored"
    restore(made, again)
    desk = Desk.open(again)
    assert desk.posts.get(post.id).title == "Road book"
    desk.close()


def test_a_backup_that_fails_says_why(stage, monkeypatch):
    def refuse() -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stage.desk.backups, "make", refuse)
    pane = opened(stage)
    pane.backup.click()
    stage.settle()
    assert [note for note in pane.findChildren(Note) if note.isVisible()] and not pane.backup_done.isVisible()
    assert pane.backup.isEnabled()


def test_the_keychain_answers(stage):
    pane = opened(stage)
    pane.shown()
    stage.settle()
    said = [note.note.sentence for note in pane.findChildren(Note) if note.isVisible()]
    assert len(said) == 1 and "keychain" in said[0]
    with recording_keyring():
        pane.retry.click()
        stage.settle()
        assert not [note for note in pane.findChildren(Note) if note.isVisible()]


def test_the_data_folder_opens(stage, monkeypatch):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    pane = opened(stage)
    pane.open.click()
    assert asked == [str(stage.desk.folder)]
    assert str(stage.desk.folder) in pane.command.accessibleName()


def test_about_names_version_and_licence(stage):
    pane = opened(stage)
    assert __version__ in pane.about.name.text() and "General Public License" in pane.about.licence.text()


def test_every_choice_has_words(stage):
    stage.language.set("zh_CN")
    for setting in SETTINGS:
        for choice in setting.choices:
            words = choice_words(setting.id, choice)
            assert words and (words != choice or choice in ("en", "zh_CN", "zh_TW")), (setting.id, choice)
    assert choice_words("late", str(Late("post", 60))) == "晚 60 分钟内仍发"
