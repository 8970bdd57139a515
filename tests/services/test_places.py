"""Where things are on this machine."""

import time

import pytest

from studio.core.slot import zone
from studio.services import places


def test_the_zone_of_this_machine_is_one_we_know():
    zone(places.system_zone())


@pytest.mark.parametrize(("named", "expected"), [("Asia/Taipei", "Asia/Taipei"), (":Europe/Berlin", "Europe/Berlin")])
def test_a_zone_named_in_the_environment_comes_first(monkeypatch, named, expected):
    monkeypatch.setenv("TZ", named)
    assert places.system_zone() == expected


def test_a_link_into_the_zone_database_is_read(monkeypatch, tmp_path):
    home = tmp_path / "zoneinfo" / "Asia"
    home.mkdir(parents=True)
    (home / "Shanghai").write_bytes(b"")
    (tmp_path / "localtime").symlink_to(home / "Shanghai")
    assert places._linked(tmp_path / "localtime") == "Asia/Shanghai"
    assert places._linked(tmp_path / "none") == ""


def test_where_nothing_says_the_zone_the_offset_does(monkeypatch):
    monkeypatch.setattr(time, "timezone", -8 * 3600)
    monkeypatch.setattr(time, "daylight", 0)
    assert places._by_offset() == "Etc/GMT-8"
    zone("Etc/GMT-8")
    monkeypatch.setattr(time, "daylight", 1)
    assert places._by_offset() == ""


def test_the_workspace_has_a_place_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert places.default_workspace().name == "Yigao"
    assert not places.default_workspace().exists() or places.default_workspace().parent != tmp_path


def test_the_samples_are_there_in_every_language():
    assert {p.name for p in places.samples().glob("weekend.*.md")} == {
        "weekend.en.md", "weekend.zh_CN.md", "weekend.zh_TW.md"}
