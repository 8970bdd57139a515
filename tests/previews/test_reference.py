"""Every reference case holds, every surface has some, each names its source, and the score keeps its floor."""

from __future__ import annotations

import pytest

from studio import platforms
from tests.previews.reference import KEYS, WEIGHTS, Case, every, fidelity, floor, without

OURS = "practice"  # its page is our own: there is no other to be like
SURFACES = [(p.id, s.id) for p in platforms.every().values() for s in p.surfaces if p.id != OURS]


@pytest.mark.parametrize("case", every(), ids=lambda case: case.id)
def test_it_is_as_its_source_has_it(case: Case) -> None:
    assert case.score() == 1.0, f"{case.check.says} ({case.source})"


def test_each_names_a_source_we_know_and_is_alone_with_its_name() -> None:
    assert not [case.id for case in every() if case.source.split()[-1] not in KEYS]
    assert len({case.id for case in every()}) == len(every())


@pytest.mark.parametrize(("platform", "surface"), SURFACES)
def test_every_part_of_every_surface_is_held_to_something(platform: str, surface: str) -> None:
    mine = {case.part for case in every() if (case.platform, case.surface) == (platform, surface)}
    assert set(WEIGHTS) - mine == set(without(platform, surface))


@pytest.mark.parametrize(("platform", "surface"), SURFACES)
def test_the_score_keeps_its_floor(platform: str, surface: str) -> None:
    assert fidelity(platform, surface) >= floor(platform, surface)


def test_there_are_many() -> None:
    assert len(every()) >= 300
