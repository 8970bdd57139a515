"""Random schedules, faults, kills, restarts, holds and clocks, held against what the platform really shows.

`make torture` makes 2,000 runs; `--runs=N` sets another number. A failing plan is printed, made as small as it goes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image

from studio.core.delivery import State
from tests.services.conftest import open_desk
from tests.services.fakes import FakeVault
from tests.torture.deeds import Deeds
from tests.torture.plans import Plan, plans
from tests.torture.world import World

SHM = Path("/dev/shm")  # a disk that needs no syncing: these deaths are the process's, not the power's


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="yigao-", dir=SHM if SHM.is_dir() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def template(place) -> Path:
    """A workspace with two pictures of some pieces each, to be copied."""
    desk = open_desk(place / "template", FakeVault())
    for number in range(2):
        file = place / f"{number}.png"
        Image.effect_noise((24, 24 + number), 90).save(file)
        desk.library.add([file])
    desk.close()
    return place / "template"


def run(plan: Plan, place: Path, template: Path) -> tuple[list[str], Counter]:
    """What went wrong in one run, and what it was made of."""
    world = World(place / "run", plan)
    try:
        with world.open(template):
            deeds = Deeds(world)
            for act in plan.acts:
                deeds.do(act)
            deeds.settle()
            ends = Counter(str(d.state) for d in world.all())
            ends["killed"] = world.deaths
            ends["faults"] = len(plan.faults) - len(world.faults)
            ends["visible requests"] = len(world.site.posts)
            return deeds.verdict(), ends
    finally:
        shutil.rmtree(place / "run", ignore_errors=True)


def test_nothing_is_doubled_lost_stuck_or_falsely_claimed(place, template, request):
    runs, seen = int(request.config.getoption("--runs")), Counter()

    @settings(max_examples=runs, deadline=None, database=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.generate, Phase.shrink], print_blob=True)
    @given(plans)
    def hold_against_the_model(plan):
        wrong, ends = run(plan, place, template)
        seen.update(ends)
        seen["runs"] += 1
        assert wrong == []

    hold_against_the_model()
    print(f"{seen.pop('runs')} runs:", ", ".join(f"{count} {name}" for name, count in sorted(seen.items())))
    assert seen[State.PUBLISHED] and seen["killed"] and seen["faults"]
