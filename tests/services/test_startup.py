"""Starting at login as a setting: the Linux ways for real on disk with a recording systemctl, the others recorded."""

import plistlib
import sys
from pathlib import Path

import pytest

from studio.core.errors import Refused
from studio.services import startup_files as files
from studio.services.startup import (
    Autostart,
    Launchd,
    Startup,
    Systemd,
    Tasks,
    own_program,
    own_ways,
)
from studio.services.system_tool import Answer
from tests.servers.systemctl import PROGRAM, Machine


@pytest.fixture
def machine(tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("scripts with a first line are not run here")
    return Machine(tmp_path, monkeypatch)


def unit(machine, workspace=None):
    return f"systemd/user/{files.entry_name(workspace or machine.workspace)}.service"


def test_nothing_is_started_until_somebody_asks(machine):
    assert machine.startup().state().mode == "off" and machine.written == [] and machine.calls == []


def test_the_worker_is_a_unit_that_runs_at_once(machine):
    startup = machine.startup()
    assert startup.set("worker").findings == ()
    name = Path(unit(machine)).name
    assert machine.calls == [
        "--user show-environment", "--user daemon-reload", f"--user enable {name}", f"--user restart {name}"]
    assert machine.written == [f"systemd/user/default.target.wants/{name}", f"systemd/user/{name}"]
    assert (machine.config / unit(machine)).read_text(encoding="utf-8") == files.systemd_unit(startup.entry("worker"))
    found = machine.startup().state()
    assert found.mode == "worker" and found.findings == ()


def test_the_window_is_an_autostart_entry_and_takes_the_place_of_the_worker(machine):
    machine.startup().set("worker")
    machine.startup().set("window")
    assert machine.startup().state().mode == "window"
    assert machine.written == [f"autostart/{files.entry_name(machine.workspace)}.desktop"]
    machine.startup().set("worker")
    assert machine.startup().state().mode == "worker" and not any("autostart" in name for name in machine.written)


@pytest.mark.parametrize("mode", ["worker", "window"])
def test_switched_off_nothing_is_left(machine, mode):
    machine.startup().set(mode)
    machine.startup().set("off")
    assert machine.written == [] and machine.startup().state().mode == "off"
    machine.startup().set("off")


def test_each_workspace_has_its_own(machine, tmp_path):
    other = tmp_path / "other"
    machine.startup().set("worker")
    machine.startup(other).set("worker")
    machine.startup().set("off")
    assert machine.startup().state().mode == "off" and machine.startup(other).state().mode == "worker"


@pytest.mark.parametrize("word", ["daemon-reload", "enable", "restart"])
def test_what_systemd_refuses_leaves_nothing_behind(machine, word):
    machine.refuse(word)
    with pytest.raises(Refused) as caught:
        machine.startup().set("worker")
    [finding] = caught.value.findings
    assert finding.code == "startup.refused" and "is not for you" in finding.values["reason"]
    assert [name for name in machine.written if not name.endswith(".service")] == []
    assert unit(machine) not in machine.written and machine.startup().state().mode == "off"


def test_a_refusal_keeps_what_was_there(machine):
    machine.startup().set("window")
    machine.refuse("enable")
    with pytest.raises(Refused):
        machine.startup().set("worker")
    assert machine.startup().state().mode == "window"


def test_without_systemd_the_desktop_starts_the_worker_from_the_next_login_on(machine):
    machine.refuse("show-environment")
    found = machine.startup().set("worker")
    assert [f.code for f in found.findings] == ["startup.from_next_login"]
    assert machine.written == [f"autostart/{files.entry_name(machine.workspace)}.desktop"]
    assert machine.startup().state().mode == "worker"
    machine.startup().set("off")
    assert machine.written == []


def test_what_the_person_switched_off_in_the_system_is_off(machine):
    machine.startup().set("worker")
    (machine.config / "systemd/user/default.target.wants" / Path(unit(machine)).name).unlink()
    assert machine.startup().state().mode == "off"
    machine.startup().set("window")
    [name] = [name for name in machine.written if name.endswith(".desktop")]
    with (machine.config / name).open("a", encoding="utf-8") as file:
        file.write("Hidden=true\n")
    assert machine.startup().state().mode == "off"


@pytest.mark.parametrize("mode", ["worker", "window"])
def test_an_entry_for_another_place_is_told(machine, mode):
    machine.startup().set(mode)
    moved = Startup(machine.workspace, own_ways(system="linux"), ("/usr/bin/python3", "/elsewhere/main.py"))
    found = moved.state()
    assert found.mode == mode and [f.code for f in found.findings] == ["startup.other_program"]
    moved.set(mode)
    assert moved.state().findings == ()


def test_a_folder_that_cannot_be_written_is_told(machine):
    machine.config.mkdir()
    (machine.config / "autostart").write_text("a file where a folder should be")
    with pytest.raises(Refused) as caught:
        machine.startup().set("window")
    assert caught.value.findings[0].code == "startup.unwritable"


def test_the_backend_of_the_keychain_is_remembered(machine, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "some.Backend")
    machine.startup().set("worker")
    assert 'Environment="PYTHON_KEYRING_BACKEND=some.Backend"' in (machine.config / unit(machine)).read_text()


def test_without_any_tool_only_autostart_is_left(machine, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert machine.startup().set("worker").findings[0].code == "startup.from_next_login"
    assert machine.startup().state().mode == "worker"


# -- other systems, recorded ---------------------------------------------------------------------------------------


class Recorder:
    """Answers what it was told to, by the first word that fits, and writes down every call."""

    def __init__(self, **answers):
        self.calls, self.answers = [], answers

    def __call__(self, words, more=None):
        self.calls.append(list(words))
        for word, answer in self.answers.items():
            if word in (part.strip("/").replace("-", "_").lower() for part in words):
                return answer(words) if callable(answer) else answer
        return Answer(0)


def test_macos_loads_the_agent_and_takes_it_out_again(tmp_path):
    tool = Recorder()
    startup = Startup(tmp_path / "稿 件", [Launchd(tmp_path / "agents", tool, 501)], PROGRAM)
    startup.set("worker")
    name = files.entry_name(tmp_path / "稿 件")
    path = tmp_path / "agents" / f"{name}.plist"
    assert tool.calls == [["launchctl", "bootstrap", "gui/501", str(path)]]
    assert plistlib.loads(path.read_bytes())["ProgramArguments"][-2] == "worker"
    assert startup.state().mode == "worker" and startup.state().findings == ()
    startup.set("off")
    assert tool.calls[-1] == ["launchctl", "bootout", f"gui/501/{name}"] and not path.exists()
    assert startup.state().mode == "off"


def test_macos_refusing_leaves_no_agent(tmp_path):
    tool = Recorder(bootstrap=Answer(5, err="Bootstrap failed: 5: Input/output error"))
    startup = Startup(tmp_path / "w", [Launchd(tmp_path / "agents", tool, 501)], PROGRAM)
    with pytest.raises(Refused) as caught:
        startup.set("worker")
    assert "Input/output" in caught.value.findings[0].values["reason"] and list((tmp_path / "agents").iterdir()) == []


def test_macos_says_what_was_switched_off_in_its_settings(tmp_path):
    name = files.entry_name(tmp_path / "w")
    tool = Recorder(print_disabled=Answer(0, f'disabled services = {{\n\t\t"{name}" => disabled\n}}\n'))
    startup = Startup(tmp_path / "w", [Launchd(tmp_path / "agents", tool, 501)], PROGRAM)
    startup.set("window")
    assert startup.state().mode == "off"


def test_windows_takes_the_task_whole_and_shows_it(tmp_path):
    kept = {}

    def create(words):
        kept["xml"] = Path(words[words.index("/XML") + 1]).read_bytes().decode("utf-16")
        return Answer(0)

    def query(words):
        return Answer(0, kept["xml"]) if kept else Answer(1, err="ERROR: The system cannot find the file specified.")

    tool = Recorder(create=create, query=query, delete=lambda words: Answer(0 if kept.pop("xml") else 1))
    startup = Startup(tmp_path / "周末 100%", [Tasks("MILL\\anna", tool)], PROGRAM)
    assert startup.state().mode == "off"
    startup.set("worker")
    name = "\\Yigao\\" + files.entry_name(tmp_path / "周末 100%")
    assert ["schtasks", "/Run", "/TN", name] in tool.calls
    assert startup.state().mode == "worker" and startup.state().findings == ()
    kept["xml"] = kept["xml"].replace("周末", "??")  # a console without these letters
    assert startup.state().findings == ()
    kept["xml"] = kept["xml"].replace("main.py", "other.py")
    assert [f.code for f in startup.state().findings] == ["startup.other_program"]
    startup.set("off")
    assert not kept and startup.state().mode == "off"


def test_windows_refusing_is_told(tmp_path):
    tool = Recorder(create=Answer(1, err="ERROR: Access is denied.\n"))
    with pytest.raises(Refused) as caught:
        Startup(tmp_path, [Tasks("a", tool)], PROGRAM).set("window")
    assert caught.value.findings[0].values == {"tool": "schtasks", "reason": "ERROR: Access is denied."}


def test_each_system_has_its_ways(monkeypatch):
    assert [type(way) for way in own_ways({}, "linux")] == [Systemd, Autostart]
    assert [type(way) for way in own_ways({"USERDOMAIN": "D", "USERNAME": "u"}, "win32")] == [Tasks]
    if sys.platform != "win32":
        assert [type(way) for way in own_ways({}, "darwin")] == [Launchd]


# -- the program ---------------------------------------------------------------------------------------------------


def test_a_checkout_is_started_by_its_main(tmp_path):
    (tmp_path / "main.py").write_text("")
    assert own_program(tmp_path, "/usr/bin/python3", False) == ("/usr/bin/python3", str(tmp_path / "main.py"))
    assert own_program(frozen=False)[1].endswith("main.py") and Path(own_program(frozen=False)[0]).is_absolute()


def test_an_installed_program_is_started_by_its_own_name(tmp_path):
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    assert own_program(tmp_path, str(python), False)[:2] == (str(python), "-c")
    (tmp_path / "bin" / "yigao").write_text("")
    assert own_program(tmp_path, str(python), False) == (str(tmp_path / "bin" / "yigao"),)
    assert own_program(tmp_path, "/apps/yigao", True) == ("/apps/yigao",)


def test_windows_opens_no_console(tmp_path):
    (tmp_path / "main.py").write_text("")
    (tmp_path / "pythonw.exe").write_text("")
    assert own_program(tmp_path, str(tmp_path / "python.exe"), False)[0] == str(tmp_path / "pythonw.exe")


def test_the_words_of_both_kinds(tmp_path):
    startup = Startup(tmp_path, [], PROGRAM)
    assert startup.entry("worker").command == (*PROGRAM, "--workspace", str(tmp_path), "worker", "--at-login")
    assert startup.entry("window").command == (*PROGRAM, "--workspace", str(tmp_path), "--tray")
    with pytest.raises(Refused) as caught:
        startup.set("worker")
    assert caught.value.findings[0].code == "startup.no_way"
