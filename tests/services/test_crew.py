"""One thing at a time per account, several accounts at once."""

import threading

import pytest

from studio.services.crew import WORKERS, Crew


@pytest.fixture
def crew():
    made = Crew()
    yield made
    made.close()


class Gate:
    """Work that stands still until it is let go."""

    def __init__(self):
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self):
        self.begun.set()
        assert self.go.wait(60)


def test_one_after_the_other_in_the_order_it_was_offered(crew):
    done, inside, most = [], [], []

    def work(number):
        inside.append(number)
        most.append(len(inside))
        done.append(number)
        inside.remove(number)

    for number in range(200):
        crew.offer("lane", number, lambda number=number: work(number))
    assert crew.wait() == [] and done == list(range(200)) and max(most) == 1


def test_several_lanes_at_once(crew):
    meet = threading.Barrier(WORKERS)
    for lane in range(WORKERS):
        crew.offer(lane, lane, lambda: meet.wait(60))
    assert crew.wait() == [], "all of them were there at the same time"


def test_more_lanes_than_workers_all_get_their_turn(crew):
    done = []
    for lane in range(WORKERS * 5):
        crew.offer(lane, lane, lambda lane=lane: done.append(lane))
    crew.wait()
    assert sorted(done) == list(range(WORKERS * 5))


def test_a_long_one_keeps_only_its_own_lane_waiting(crew):
    gate, done, quick = Gate(), [], threading.Event()
    crew.offer("slow", 1, gate)
    crew.offer("slow", 2, lambda: done.append(2))
    crew.offer("quick", 3, quick.set)
    assert gate.begun.wait(60) and quick.wait(60) and done == []
    gate.go.set()
    crew.wait()
    assert done == [2]


def test_what_waits_or_is_being_done_is_not_taken_twice(crew):
    gate, done = Gate(), []
    assert crew.offer("lane", "a", gate) and gate.begun.wait(60)
    assert crew.offer("lane", "b", lambda: done.append("b"))
    assert not crew.offer("lane", "a", lambda: done.append("a")) and not crew.offer("lane", "b", lambda: None)
    gate.go.set()
    crew.wait()
    assert done == ["b"]
    assert crew.offer("lane", "a", lambda: done.append("a"))
    crew.wait()
    assert done == ["b", "a"]


def test_a_fault_is_told_and_ends_nothing_else(crew):
    done = []

    def breaks():
        raise ZeroDivisionError

    class Died(BaseException):
        pass

    def dies():
        raise Died

    crew.offer("lane", 1, breaks)
    crew.offer("lane", 2, dies)
    crew.offer("lane", 3, lambda: done.append(3))
    assert [type(f).__name__ for f in crew.wait()] == ["ZeroDivisionError", "Died"]
    assert crew.wait() == [] and done == [3] and not crew.busy


def test_it_says_when_a_lane_has_nothing_left_and_not_before():
    free, gate = [], Gate()
    crew = Crew(free=lambda: free.append(len(done)))
    done = []
    crew.offer("lane", 0, gate)
    for number in range(1, 4):
        crew.offer("lane", number, lambda: done.append(1))
    gate.go.set()
    crew.wait()
    crew.close()
    assert free == [3]


def test_it_says_so_for_each_lane():
    free = []
    crew = Crew(free=lambda: free.append(threading.current_thread().name))
    for number in range(3):
        crew.offer(number, number, lambda: None)
    crew.wait()
    crew.close()
    assert len(free) == 3 and all(name.startswith("send") for name in free)


def test_closing_finishes_what_runs_and_drops_what_only_waits():
    crew, gate, done = Crew(), Gate(), []
    crew.offer("lane", 1, gate)
    crew.offer("lane", 2, lambda: done.append(2))
    assert gate.begun.wait(60) and crew.busy
    closing = threading.Thread(target=crew.close)
    closing.start()
    gate.go.set()
    closing.join(60)
    assert not closing.is_alive() and done == [] and not crew.busy
    assert crew.wait() == []


def test_work_may_offer_more_work(crew):
    done = []

    def work():
        done.append(1)
        crew.offer("lane", 2, lambda: done.append(2))

    crew.offer("lane", 1, work)
    crew.wait()
    assert done == [1, 2]
