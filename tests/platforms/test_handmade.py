"""A platform that nobody but a person posts to."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.card import Card
from studio.core.errors import Refused
from studio.core.post import Account, Reply
from studio.platforms.handmade import ByHandOnly
from tests.platforms.fakes import Offline, access, content


class Board(ByHandOnly):
    """A notice board."""

    id = "board"
    home = "https://board.example.com"

    def count(self, content):
        return {}

    def check(self, content):
        return ()

    def layout(self, content, view, metrics):
        return Card(self.id, view.surface, view.theme, view.width, 1.0, (), {}, "2026-11-30")


def test_nobody_signs_in_and_no_program_publishes(tmp_path: Path) -> None:
    board, offline = Board(), Offline()
    given = access(Account("a", "board", "assisted"), offline, tmp_path)
    for act in (lambda: board.login({}, "", offline), lambda: board.publisher(given)):
        with pytest.raises(Refused) as refused:
            act()
        (finding,) = refused.value.findings
        assert finding.code == "account.mode" and finding.values == {"mode": "api", "modes": "assisted, kit"}
    assert offline.calls == []


def test_nothing_is_asked_and_nothing_is_claimed(tmp_path: Path) -> None:
    given = access(Account("a", "board", "kit"), Offline(), tmp_path)
    assert Board().health(given) == ()
    assert [(f.severity, f.code) for f in Board().doctor(given)] == [("info", "doctor.by_hand")]


def test_what_is_handed_over_are_its_texts() -> None:
    handed = Board().handoff(content("board", "Come and see", mode="assisted", title="Sale", link="https://a.example"))
    assert handed.page == "https://board.example.com" and not handed.files
    assert [(p.name, p.text) for p in handed.pieces] == [
        ("title", "Sale"), ("text", "Come and see"), ("link", "https://a.example"),
    ]


def test_nothing_of_a_thread_is_lost() -> None:
    what = content("board", "one", mode="kit", tags=("#a", "b"), replies=(Reply("two"), Reply("three")))
    told = [("text", "one"), ("tags", "#a #b")]
    assert [(p.name, p.text) for p in Board().handoff(what).pieces] == told
    board = Board()
    board.threads = True
    assert [(p.name, p.text) for p in board.handoff(what).pieces] == [*told, ("comment", "two\n\n———\n\nthree")]
