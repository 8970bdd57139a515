"""The row "Start at login" shows what the system says, and tells the system what is chosen."""

from __future__ import annotations

import sys

import pytest

from studio.services.startup import Startup
from studio.ui.settings.pane import SettingsPane
from tests.servers.systemctl import Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the recording tool is for Linux")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    return Machine(tmp_path, monkeypatch)


@pytest.fixture
def pane(stage, machine):
    made = SettingsPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(made)
    made.shown()
    stage.settle()
    return made


def choose(stage, pane, mode):
    pane.rows["startup"].control.chosen.emit(mode)
    assert not pane.rows["startup"].isEnabled()
    stage.settle()
    assert pane.rows["startup"].isEnabled()


@pytest.mark.parametrize("mode", ["worker", "window"])
def test_what_is_chosen_reaches_the_system_and_is_kept(stage, pane, machine, mode):
    choose(stage, pane, mode)
    assert Startup(stage.desk.folder).state().mode == mode == stage.desk.settings.get("startup")
    assert pane.rows["startup"].control.value == mode and not pane.rows["startup"].problem.isVisible()
    choose(stage, pane, "off")
    assert machine.written == [] and stage.desk.settings.get("startup") == "off"


def test_a_choice_made_while_the_system_is_asked_is_not_lost(stage, pane, machine):
    pane.shown()
    pane.rows["startup"].control.chosen.emit("worker")
    stage.settle()
    assert Startup(stage.desk.folder).state().mode == "worker" == pane.rows["startup"].control.value
    assert stage.desk.settings.get("startup") == "worker" and pane.rows["startup"].isEnabled()


def test_what_the_system_refuses_goes_back_and_is_said(stage, pane, machine):
    machine.refuse("enable")
    choose(stage, pane, "worker")
    row = pane.rows["startup"]
    assert row.control.value == "off" and stage.desk.settings.get("startup") == "off"
    assert row.problem.isVisible() and "is not for you" in row.problem.text()
    machine.refuse("nothing")
    choose(stage, pane, "worker")
    assert not row.problem.isVisible()


def test_what_was_changed_in_the_system_is_shown(stage, pane, machine):
    Startup(stage.desk.folder).set("window")
    pane.shown()
    stage.settle()
    assert pane.rows["startup"].control.value == "window" == stage.desk.settings.get("startup")


def test_without_systemd_it_says_from_when_on(stage, pane, machine):
    machine.refuse("show-environment")
    choose(stage, pane, "worker")
    row = pane.rows["startup"]
    assert row.control.value == "worker" and "next login" in row.problem.text()
    assert row.problem.property("tone") == "text-2"


def test_an_entry_of_another_place_is_said(stage, pane, machine):
    Startup(stage.desk.folder, program=("/elsewhere/yigao",)).set("worker")
    pane.shown()
    stage.settle()
    assert "another place" in pane.rows["startup"].problem.text()
