"""What is written for each system, read back the way that system reads it."""

import os
import plistlib
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.services.startup_files import (
    ENDS,
    TASK,
    Entry,
    agent_kind,
    desktop_entry,
    desktop_kind,
    entry_name,
    launch_agent,
    scheduled_task,
    systemd_unit,
    systemd_word,
    task_command,
    task_kind,
    windows_words,
)

ODD = (
    "/data/My Studio", "/data/100% 稿件/周末", '/a "b" \'c\'', "/a/$HOME/`id`/$(id)", "/back\\slash\\",
    "/%h/%PATH%/%%", "/tab\there", "/line\nbreak", "/a;b|c&d>e", "/x/",
)  # fmt: skip
NASTY = st.text(st.sampled_from("a b%$\\\"'`;\n\t稿%%PATH"), max_size=24)


def entry(
    folder="/data/100% 稿件/周末", kind="worker", environment=None, program=("/usr/bin/python3", "/opt/yi gao/main.py"),
):
    return Entry(kind, Path(folder), (*program, "--workspace", folder, *ENDS[kind]), environment or {})


# -- how each system reads a line ----------------------------------------------------------------------------------


def systemd_words(line):
    """ExecStart as systemd.syntax(7) says: quotes, C escapes, then %% is %."""
    words, at = [], 0
    while at < len(line):
        assert line[at] == '"', line[at:]
        at, word = at + 1, ""
        while line[at] != '"':
            if line[at] == "\\":
                word += {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"'}[line[at + 1]]
                at += 2
            else:
                word += line[at]
                at += 1
        words.append(word)
        at += 2
    assert all("%" not in word.replace("%%", "") for word in words)
    return [word.replace("%%", "%") for word in words]


def desktop_words(line):
    """Exec as the Desktop Entry specification says: the file's escapes, then quotes, then %% is %."""
    text, at = "", 0
    while at < len(line):
        if line[at] == "\\":
            text += {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "s": " "}[line[at + 1]]
            at += 2
        else:
            text += line[at]
            at += 1
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)
    assert " ".join(f'"{word}"' for word in quoted) == text
    return [re.sub(r'\\(["`$\\])', r"\1", word).replace("%%", "%") for word in quoted]


def microsoft_words(line):
    """Arguments as the C run-time of Windows reads them, quotes inside quotes doubled or after a backslash."""
    words, word, quoted, begun, at = [], "", False, False, 0
    while at < len(line):
        c = line[at]
        if c == "\\":
            run = len(line[at:]) - len(line[at:].lstrip("\\"))
            at += run
            if line[at:at + 1] == '"':
                word += "\\" * (run // 2)
                if run % 2:
                    word += '"'
                    at += 1
            else:
                word += "\\" * run
            begun = True
        elif c == '"':
            if quoted and line[at + 1:at + 2] == '"':
                word += '"'
                at += 1
            else:
                quoted = not quoted
            begun, at = True, at + 1
        elif c in " \t" and not quoted:
            if begun:
                words.append(word)
            word, begun, at = "", False, at + 1
        else:
            word, begun, at = word + c, True, at + 1
    return [*words, word] if begun else words


# -- systemd -------------------------------------------------------------------------------------------------------


def line_of(text, key):
    [found] = [line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{key}=")]
    return found


@pytest.mark.parametrize("folder", ODD)
def test_a_unit_starts_exactly_that_command(folder):
    made = entry(folder)
    first, *rest = systemd_words(line_of(systemd_unit(made), "ExecStart"))
    assert (first.removeprefix(":"), *rest) == made.command and first.startswith(":")


def test_a_unit_as_a_whole():
    made = Entry("worker", Path("/w/Mill Street"), ("/usr/bin/python3", "/y/main.py", "--workspace", "/w", "worker"),
                 {"PYTHON_KEYRING_BACKEND": "some.Backend"})
    assert systemd_unit(made) == """[Unit]
Description=Yigao: Mill Street
StartLimitIntervalSec=0

[Service]
ExecStart=":/usr/bin/python3" "/y/main.py" "--workspace" "/w" "worker"
Environment="PYTHON_KEYRING_BACKEND=some.Backend"
Restart=on-failure
RestartSec=60
RestartPreventExitStatus=2
KillMode=mixed
TimeoutStopSec=120

[Install]
WantedBy=default.target
"""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
@pytest.mark.parametrize("name", ["plain", "my programs", "100% 稿", "a$HOME b", 'quo"te', "back\\slash", "it's"])
def test_systemd_itself_takes_the_unit(tmp_path, name):
    """It finds the program under its odd name, and has nothing to say about the unit."""
    program = tmp_path / name / "py thon"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    made = entry(str(tmp_path / name / "w"), program=(str(program), "main.py"), environment={"A": "b % c"})
    unit = tmp_path / f"{made.name}.service"
    for there in (True, False):
        unit.write_text(systemd_unit(made), encoding="utf-8")
        done = subprocess.run(
            ["systemd-analyze", "--user", "verify", "--recursive-errors=no", str(unit)], capture_output=True, text=True,
            env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
        )
        said = [line for line in done.stderr.splitlines() if unit.name in line]
        by_env = set(name) & set("\"'\\")  # systemd asks `env` for these, and does not look further
        assert bool(said) is not (there or bool(by_env)), done.stderr
        assert there or by_env or str(program) in done.stderr, done.stderr
        program.unlink(missing_ok=True)


def test_a_program_that_systemd_would_not_take_is_started_by_env():
    made = entry(program=("/o'dd/python", "main.py"))
    assert systemd_words(line_of(systemd_unit(made), "ExecStart")) == [":/usr/bin/env", *made.command]


@given(NASTY)
def test_any_word_comes_back_from_systemd(word):
    assert systemd_words(systemd_word(word)) == [word]


# -- desktops ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ODD)
def test_an_autostart_entry_starts_exactly_that_command(folder):
    made = entry(folder, "window", {"PYTHON_KEYRING_BACKEND": "a.B"})
    text = desktop_entry(made)
    assert desktop_words(line_of(text, "Exec")) == ["env", "PYTHON_KEYRING_BACKEND=a.B", *made.command]
    assert desktop_kind(text) == "window" and desktop_kind(desktop_entry(entry(folder))) == "worker"


@pytest.mark.skipif(shutil.which("gio") is None, reason="no gio here")
@pytest.mark.parametrize("folder", [odd for odd in ODD if "\n" not in odd])
def test_the_desktop_starts_it_as_it_was_written(tmp_path, folder):
    """GLib reads the file and starts a program that writes down what it was given."""
    shown = tmp_path / "shown"
    program = tmp_path / "a program"
    program.write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" > "{shown}.part" && mv "{shown}.part" "{shown}"\n')
    program.chmod(0o755)
    file = tmp_path / "yigao.desktop"
    made = entry(folder, "window", program=(str(program),))
    file.write_text(desktop_entry(made), encoding="utf-8")
    done = subprocess.run(["gio", "launch", str(file)], capture_output=True, text=True,
                          env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "disabled:", "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stderr
    for _ in range(600):
        if shown.exists():
            break
        subprocess.run(["sleep", "0.05"])
    assert shown.read_bytes().decode().split("\0")[:-1] == list(made.command[1:])


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_person_switched_off_is_off(line):
    assert desktop_kind(desktop_entry(entry()) + line + "\n") is None
    assert desktop_kind("[Desktop Entry]\nExec=other\n") is None


# -- macOS ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ODD)
@pytest.mark.parametrize("kind", ["worker", "window"])
def test_an_agent_starts_exactly_that_command(folder, kind):
    made = entry(folder, kind, {"PYTHON_KEYRING_BACKEND": "a.B"})
    plan = plistlib.loads(launch_agent(made))
    assert plan["ProgramArguments"] == list(made.command) and plan["Label"] == made.name
    assert plan["RunAtLoad"] is True and plan["EnvironmentVariables"] == {"PYTHON_KEYRING_BACKEND": "a.B"}
    assert plan.get("KeepAlive") == ({"SuccessfulExit": False} if kind == "worker" else None)
    assert agent_kind(launch_agent(made)) == kind


def test_a_broken_agent_is_none():
    assert agent_kind(b"not a plist") is None and agent_kind(plistlib.dumps({})) is None


# -- Windows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [*ODD, "C:\\Users\\穆\\100%TEMP%\\", 'D:\\a b\\%APPDATA%"'])
@pytest.mark.parametrize("kind", ["worker", "window"])
def test_a_task_starts_exactly_that_command(folder, kind):
    made = entry(folder, kind, program=("C:\\Program Files\\Python & <co>\\pythonw.exe", "C:\\y\\main.py"))
    xml = scheduled_task(made, "MILL & CO\\穆")
    root = ElementTree.fromstring(xml.partition("?>")[2])
    program, arguments = task_command(xml)
    assert (program, *microsoft_words(arguments)) == made.command
    assert root.findtext(f".//{{{TASK}}}LogonTrigger/{{{TASK}}}UserId") == "MILL & CO\\穆"
    assert root.findtext(f".//{{{TASK}}}ExecutionTimeLimit") == "PT0S"
    assert root.findtext(f".//{{{TASK}}}RunLevel") == "LeastPrivilege"
    assert (root.find(f".//{{{TASK}}}RestartOnFailure") is not None) == (kind == "worker")
    assert task_kind(xml) == kind and ElementTree.fromstring(xml.encode("utf-16")) is not None


def test_the_parts_of_a_task_stand_in_the_order_the_scheduler_wants():
    root = ElementTree.fromstring(scheduled_task(entry(), "u").partition("?>")[2])
    assert [child.tag.rpartition("}")[2] for child in root] == [
        "RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]


@given(NASTY)
def test_any_word_comes_back_from_windows_and_names_no_variable(word):
    line = windows_words([word, "end"])
    assert microsoft_words(line) == [word, "end"]
    between = line.split("%")[1:-1]
    assert all(part.startswith('"') for part in between)


def test_a_task_that_is_switched_off_or_broken_is_none():
    off = scheduled_task(entry(), "u").replace(
        "<Enabled>true</Enabled></Settings>", "<Enabled>false</Enabled></Settings>")
    assert task_kind(off) is None and task_kind("<Task") is None and task_command("") == ("", "")


# -- names ---------------------------------------------------------------------------------------------------------


def test_each_folder_has_a_name_of_its_own():
    names = {entry_name(Path(folder)) for folder in ODD}
    assert len(names) == len(ODD) and all(name.isascii() and name.replace("-", "").isalnum() for name in names)
    assert entry_name(Path("/a")) == entry_name(Path("/a"))
