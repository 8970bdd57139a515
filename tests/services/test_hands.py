"""Work that is done by several hands at a time."""

from __future__ import annotations

import threading

import pytest

from studio.services.hands import side_by_side


def test_each_number_once_and_in_order() -> None:
    used: list[tuple[str, int]] = []
    done = side_by_side(20, ["a", "b", "c"], lambda tool, n: (used.append((tool, n)), n * n)[1])
    assert done == [n * n for n in range(20)]
    assert sorted(n for _, n in used) == list(range(20))


def test_all_hands_are_at_it_at_once() -> None:
    together = threading.Barrier(4, timeout=20)
    assert side_by_side(4, list("abcd"), lambda tool, n: together.wait() >= 0) == [True] * 4


def test_one_tool_is_never_in_two_hands() -> None:
    busy: set[str] = set()

    def work(tool: str, n: int) -> None:
        assert tool not in busy
        busy.add(tool)
        threading.Event().wait(0.002)
        busy.discard(tool)

    side_by_side(30, ["a", "b"], work)


def test_after_a_fault_nothing_new_is_begun_and_what_is_in_hand_is_finished() -> None:
    begun: list[int] = []
    finished: list[int] = []
    failed = threading.Event()

    def work(tool: str, n: int) -> None:
        begun.append(n)
        if n == 1:
            failed.set()
            raise ValueError("no")
        failed.wait(20)
        finished.append(n)

    with pytest.raises(ValueError, match="no"):
        side_by_side(100, ["a", "b"], work)
    assert 0 in finished and len(begun) < 5


def test_the_end_of_the_process_comes_through() -> None:
    class Died(BaseException):
        pass

    def work(tool: str, n: int) -> None:
        raise Died

    with pytest.raises(Died):
        side_by_side(3, ["a", "b"], work)


def test_nothing_to_do() -> None:
    assert side_by_side(0, ["a"], lambda tool, n: n) == []
