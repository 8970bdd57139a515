"""Random schedules, faults, kills, restarts, holds and clocks, held against what the platform really shows.

`make torture` makes 2,000 runs; `--runs=N` sets another number. A failing plan is printed, made as small as it goes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image

from studio.core.delivery import State
from tests.services.conftest import open_desk
from tests.services.fakes import FakeVault
from tests.torture.deeds import Deeds
from tests.torture.plans import HOUR, Act, Plan, plans
from tests.torture.rough import FAULTS
from tests.torture.site import Traits
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


# -- the same, moment by moment ------------------------------------------------------------------------------------

SEND = Plan(acts=(Act("schedule", seconds=5.0, then=HOUR),), media=(1, 0, 0, 0), replies=((3,), (), (), ()))
MOMENTS = 70  # writes and requests of that plan, and some more


@pytest.fixture
def every(request) -> int:
    """One: each moment is tried, in the long form; else the third, the sixth, ..."""
    return 1 if int(request.config.getoption("--runs")) >= 1000 else 3


@pytest.mark.parametrize("what", ["die", "other"])
@pytest.mark.parametrize("traits", [Traits(), Traits(idempotent=True), Traits(contains=True, processing=7.0, lag=3.0)],
                         ids=["plain", "idempotent", "slow"])
def test_at_every_moment(what, traits, place, template, every):
    """A process dies there, or the other worker looks just then."""
    moments = range(0, MOMENTS, every)
    wrong = {n: run(replace(SEND, traits=traits, cuts=((n, what),)), place, template)[0] for n in moments}
    assert {n: each for n, each in wrong.items() if each} == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_every_request(fault, place, template, every):
    wrong = {n: run(replace(SEND, faults=((n, fault),)), place, template)[0] for n in range(0, 18, every)}
    assert {n: each for n, each in wrong.items() if each} == {}


# -- would it be noticed? ------------------------------------------------------------------------------------------


def skip(*_: object, **__: object) -> None:
    """Does nothing."""


DEATHS = [replace(SEND, cuts=((n, "die"),)) for n in range(MOMENTS)]
BROKEN = {
    "sends again what may have gone out": (
        "studio.services.journal.Journaled.open", lambda self, step: False, DEATHS),
    "does not look after a death": (
        "studio.services.due.Attention.left_behind", lambda self, now: [], DEATHS),
    "does not ask whether it is live": (
        "studio.services.proving.Proving._finished", lambda self, receipt: replace(receipt, done=True),
        [replace(SEND, traits=Traits(processing=7.0))]),
    "does not ask for holds": (
        "studio.store.deliveries.hold_over", skip, [replace(SEND, acts=(
            Act("schedule", seconds=900.0, then=0.0), Act("hold", then=HOUR)))]),
    "keeps no pace": (
        "studio.core.pace.earliest", skip, [Plan(acts=(Act("publish"), Act("publish", post=1)), gap=30)]),
    "is never too late": (
        "studio.services.due.last_moment", lambda delivery: delivery.at + timedelta(days=9),
        [Plan(acts=(Act("schedule", then=0.0), Act("off", seconds=9 * HOUR)), faults=((0, "unsent"),))]),
}


@pytest.mark.parametrize("how", BROKEN)
def test_the_model_notices_an_engine_that(how, place, template, monkeypatch):
    target, broken, tried = BROKEN[how]
    monkeypatch.setattr(target, broken)
    assert any(noticed(plan, place, template) for plan in tried)


def noticed(plan: Plan, place: Path, template: Path) -> bool:
    """An accusation, something stuck, or a fault of the broken engine itself."""
    try:
        return bool(run(plan, place, template)[0])
    except Exception:
        return True
