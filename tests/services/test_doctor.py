"""The doctor looks at the machine and the workspace, and changes neither."""

import shutil
import sys
from collections import namedtuple

import pytest
from PIL import Image

from studio.services import doctor
from studio.services.doctor import examine
from studio.services.startup import Startup
from tests.servers.notifications import Session
from tests.servers.systemctl import Machine


def codes(folder, **options):
    return [f.code for f in examine(folder, **options).findings]


@pytest.fixture
def used(desk, tmp_path):
    """A desk with a post and one picture."""
    Image.new("RGB", (60, 40)).save(tmp_path / "a.jpg")
    asset = desk.library.add([tmp_path / "a.jpg"])[0].asset
    desk.posts.create(text="x", media=(asset.as_media(),))
    return desk, asset


def test_a_folder_that_was_never_used_is_fine_and_stays_so(tmp_path):
    found = examine(tmp_path / "new")
    assert found.facts["posts"] is None and found.facts["python"] and found.facts["full-text search"]
    assert not (tmp_path / "new").exists()
    may_lack = {"vault.none", "doctor.no_chinese_font", "doctor.little_space", "doctor.no_notices"}
    assert {f.code for f in found.findings} <= may_lack


def test_a_missing_keychain_is_only_a_warning(tmp_path):
    [finding] = [f for f in examine(tmp_path).findings if f.code == "vault.none"]
    assert finding.severity == "warning"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a service")
def test_a_desktop_without_notices_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    [finding] = [f for f in examine(tmp_path / "w").findings if f.code == "doctor.no_notices"]
    assert finding.severity == "info" and examine(tmp_path / "w").facts["notifications"] is None
    if not Session.missing():
        with Session(tmp_path) as session, session.service():
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
            assert examine(tmp_path / "w").facts["notifications"] == "Recorder 1.0"
            assert "doctor.no_notices" not in codes(tmp_path / "w")


@pytest.mark.skipif(sys.platform != "linux", reason="the recording tool is for Linux")
def test_what_starts_at_login_is_told(tmp_path, monkeypatch):
    machine = Machine(tmp_path, monkeypatch)
    assert examine(machine.workspace).facts["at login"] is None
    machine.startup().set("worker")  # as another program at another place
    found = examine(machine.workspace)
    assert found.facts["at login"] == "worker" and "startup.other_program" in [f.code for f in found.findings]
    Startup(machine.workspace).set("worker")
    assert "startup.other_program" not in codes(machine.workspace)


def test_a_workspace_without_backup_is_told(used):
    assert "doctor.no_backup" in codes(used[0].folder)
    used[0].backups.make()
    assert "doctor.no_backup" not in codes(used[0].folder)


def test_a_lost_file_is_told_and_a_swapped_one_when_looking_deep(used):
    desk, asset = used
    path = desk.library.path(asset.id)
    path.write_bytes(b"other")
    assert "media.swapped" not in codes(desk.folder)
    [finding] = [f for f in examine(desk.folder, deep=True).findings if f.code == "media.swapped"]
    assert finding.values["name"] == "a.jpg"
    path.unlink()
    assert "media.missing" in codes(desk.folder) and "media.missing" in codes(desk.folder, deep=True)


def test_a_workspace_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "studio.db").write_bytes(b"x" * 5000)
    assert any(code.startswith("workspace.corrupt") for code in codes(tmp_path))
    assert "workspace.not_a_folder" in codes(tmp_path / "studio.db")


def test_little_room_and_missing_libraries_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: namedtuple("Usage", "total used free")(10, 9, 3 << 20))
    monkeypatch.setattr(doctor, "LIBRARIES", ("no-such-library",))
    found = {f.code: f for f in examine(tmp_path).findings}
    assert found["doctor.little_space"].values == {"megabytes": 3}
    assert found["doctor.library"].severity == "error"


def test_missing_time_zones_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.places, "known_zone", lambda name: False)
    assert "doctor.no_zones" in codes(tmp_path)


def test_nothing_is_changed_by_looking(used):
    desk, _ = used
    before = {p: p.stat().st_mtime_ns for p in desk.folder.rglob("*.jpg")}
    examine(desk.folder, deep=True)
    assert {p: p.stat().st_mtime_ns for p in desk.folder.rglob("*.jpg")} == before
