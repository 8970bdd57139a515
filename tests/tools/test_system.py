"""What the machine lacks is asked of apt once, and named when it cannot be had."""

from __future__ import annotations

import sys

import pytest

from tools import system

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs system packages")


@pytest.fixture
def asked(monkeypatch) -> list[list[str]]:
    """What was asked of apt, which has nothing to give; the machine lacks one library."""
    asked: list[list[str]] = []
    lacking = system.Need("libmissing.so.9", lambda: False, "libmissing9")
    monkeypatch.setattr(system, "needs", lambda purpose: [lacking])
    monkeypatch.setattr(system, "install", lambda packages: asked.append(list(packages)))
    return asked


def test_what_is_missing_is_asked_for_and_then_named(asked, tmp_path, capsys):
    assert system.provide("run", tmp_path) == ["libmissing.so.9"]
    assert asked == [["libmissing9"]]
    assert "libmissing.so.9 (Debian, Ubuntu: libmissing9)" in capsys.readouterr().err


def test_a_vain_attempt_is_not_repeated_the_same_day(asked, tmp_path, capsys):
    system.provide("run", tmp_path)
    system.provide("run", tmp_path)
    assert asked == [["libmissing9"]]
    assert capsys.readouterr().err.count("libmissing.so.9 (") == 2


def test_it_is_tried_again_later(asked, tmp_path, monkeypatch):
    system.provide("run", tmp_path)
    monkeypatch.setattr(system, "TRY_AGAIN_AFTER", 0)
    system.provide("run", tmp_path)
    assert len(asked) == 2


def test_a_machine_that_has_all_is_told_nothing(monkeypatch, tmp_path, capsys):
    there = system.Need("libc.so.6", lambda: system.loads("libc.so.6"), "libc6")
    monkeypatch.setattr(system, "needs", lambda purpose: [there])
    assert system.provide("run", tmp_path) == []
    assert capsys.readouterr().err == ""


def test_a_library_is_found_by_loading_it():
    assert system.loads("libc.so.6")
    assert not system.loads("libmissing.so.9")


def test_the_tests_need_more_than_the_studio():
    run, test = ({need.name for need in system.needs(purpose)} for purpose in ("run", "test"))
    assert run < test
    assert "Xvfb" in test - run


def test_without_apt_nothing_is_installed(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert system.install(["libmissing9"]) is False
