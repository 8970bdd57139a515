"""Set-up is quick when it was done, starts over when it was interrupted, and says what it cannot do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import setup


class Steps:
    """Stands in for the slow steps and records them."""

    def __init__(self, venv: Path) -> None:
        self.venv = venv
        self.done: list[str] = []
        self.dies = False

    def make(self, command, otherwise):
        self.done.append("venv")
        (self.venv / "bin").mkdir()
        (self.venv / "bin" / "python").symlink_to(sys.executable)
        (self.venv / "pyvenv.cfg").write_text("version = 3.11\n")

    def install(self, lock):
        self.done.append(lock.name)
        if self.dies:
            raise KeyboardInterrupt


@pytest.fixture
def steps(tmp_path, monkeypatch) -> Steps:
    for name in set(setup.LOCKS.values()):
        (tmp_path / name).write_text(f"# {name}")
    venv = tmp_path / ".venv"
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "UNFINISHED": venv / ".yigao-unfinished",
    }.items():
        monkeypatch.setattr(setup, name, value)
    steps = Steps(venv)
    monkeypatch.setattr(setup, "run", steps.make)
    monkeypatch.setattr(setup, "install", steps.install)
    return steps


def test_the_second_time_nothing_is_done(steps):
    setup.install_dependencies("run")
    setup.install_dependencies("run")
    assert steps.done == ["venv", "requirements.lock"]


def test_the_tests_bring_what_the_studio_needs(steps):
    setup.install_dependencies("test")
    setup.install_dependencies("run")
    assert steps.done == ["venv", "requirements-dev.lock"]


def test_the_studio_alone_does_not_bring_the_tests(steps):
    setup.install_dependencies("run")
    setup.install_dependencies("test")
    assert steps.done == ["venv", "requirements.lock", "requirements-dev.lock"]


def test_a_new_lock_is_installed(steps, tmp_path):
    setup.install_dependencies("run")
    (tmp_path / "requirements.lock").write_text("# newer")
    setup.install_dependencies("run")
    assert steps.done == ["venv", "requirements.lock", "requirements.lock"]


def test_an_interrupted_set_up_is_made_anew(steps):
    steps.dies = True
    with pytest.raises(KeyboardInterrupt):
        setup.install_dependencies("run")
    steps.dies = False
    setup.install_dependencies("run")
    assert steps.done == ["venv", "requirements.lock"] * 2
    assert setup.works()


def test_a_venv_whose_python_is_gone_is_made_anew(steps):
    setup.install_dependencies("run")
    setup.PYTHON.unlink()
    setup.install_dependencies("run")
    assert steps.done == ["venv", "requirements.lock"] * 2


def test_an_unknown_purpose_is_wrong_usage(capsys):
    assert setup.main(["everything"]) == 2
    assert "usage" in capsys.readouterr().err


def test_what_cannot_be_done_is_one_sentence(steps, monkeypatch, capsys):
    def refuse(lock):
        raise setup.SetupError("pip could not install it.")

    monkeypatch.setattr(setup, "install", refuse)
    assert setup.main(["run"]) == 1
    assert "pip could not install it.\n" in capsys.readouterr().err
