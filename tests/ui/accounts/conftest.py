"""A stage with a new workspace, and one whose only platform is the clinic."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studio import platforms
from tests.ui.accounts.clinic import Clinic
from tests.ui.desks import RecordingKeyring, Stage, recording_keyring


@pytest.fixture
def stage(qapp, tmp_path) -> Iterator[Stage]:
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture
def only(monkeypatch):
    """only(platform, ...): these and the practice account's are all there are."""

    def put(*declared):
        every = {"practice": platforms._load("practice"), **{each.id: each for each in declared}}
        monkeypatch.setattr(platforms, "names", lambda: tuple(every))
        monkeypatch.setattr(platforms, "get", lambda name: every[name])
        monkeypatch.setattr(platforms, "every", lambda: every)

    return put


@pytest.fixture
def clinic(only) -> Clinic:
    declared = Clinic()
    only(declared)
    return declared


@pytest.fixture
def ring() -> Iterator[RecordingKeyring]:
    with recording_keyring() as kept:
        yield kept
