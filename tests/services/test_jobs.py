import threading
import time

import pytest

from studio.core.errors import Cancelled
from studio.core.task import TaskState
from studio.core.words import N
from studio.services.jobs import Jobs

NAME = N("job", "Working")


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.close()


def test_a_lane_works_in_order_and_lanes_beside_one_another(jobs):
    done, gate = [], threading.Event()
    slow = jobs.submit("store", NAME, lambda t: (gate.wait(30), done.append("first")))
    next_ = jobs.submit("store", NAME, lambda t: done.append("second"))
    other = jobs.submit("network", NAME, lambda t: done.append("other"))
    other.value()
    gate.set()
    next_.value()
    assert slow.finished and done == ["other", "first", "second"]


def test_started_is_told_and_running_lists_what_is_open(jobs):
    told, gate = [], threading.Event()
    jobs.started.connect(told.append)
    task = jobs.submit("render", NAME, lambda t: gate.wait(30))
    assert told == [task] and jobs.running() == [task]
    gate.set()
    task.value()
    assert jobs.running() == []


def test_a_fault_does_not_end_the_lane(jobs):
    jobs.submit("store", NAME, lambda t: 1 / 0).wait()
    assert jobs.submit("store", NAME, lambda t: 5).value() == 5


def test_closing_cancels_what_runs_and_what_waits():
    jobs = Jobs()
    begun = threading.Event()

    def endless(task):
        begun.set()
        while True:
            task.progress(None)
            time.sleep(0.001)

    running, waiting = jobs.submit("store", NAME, endless), jobs.submit("store", NAME, lambda t: 1)
    begun.wait(30)
    jobs.close()
    assert running.state is TaskState.CANCELLED and waiting.state is TaskState.CANCELLED
    with pytest.raises(Cancelled):
        running.value()


def test_an_unknown_lane_is_a_fault_of_ours(jobs):
    with pytest.raises(KeyError):
        jobs.submit("nowhere", NAME, lambda t: 1)
