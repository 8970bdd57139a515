"""What `make bench` says about figures; the figures themselves are no test."""

from __future__ import annotations

import benchmarks.__main__ as report
from benchmarks.measure import Result, in_turn, percentile

YARDSTICK = Result("start", "bare", (1.0, 2.0, 3.0))


def test_a_promise_is_kept_by_the_ratio_of_medians():
    quick = Result("start", "window", (3.0, 3.0, 3.0), against="bare", most=1.5)
    slow = Result("start", "window", (3.2, 3.2, 3.2), against="bare", most=1.5)
    assert report.kept(quick, [YARDSTICK, quick])
    assert not report.kept(slow, [YARDSTICK, slow])
    assert "NOT KEPT" in report.table([YARDSTICK, slow])


def test_a_promise_without_its_yardstick_is_not_kept():
    alone = Result("start", "window", (1.0,), against="bare", most=1.5)
    assert not report.kept(alone, [alone])


def test_a_promise_may_be_a_figure_of_its_own():
    assert report.kept(Result("typing", "p95", (15.0,), "ms", most=16), [])
    assert not report.kept(Result("typing", "p95", (17.0,), "ms", most=16), [])


def test_commands_are_measured_in_turn_after_one_to_warm_up():
    calls: list[str] = []

    def call(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    found = in_turn(2, a=lambda: call("a"), b=lambda: call("b"))
    assert calls == ["a", "b"] * 3
    assert found == {"a": (3.0, 5.0), "b": (4.0, 6.0)}


def test_a_percentile_is_one_of_the_values():
    assert percentile([5, 1, 4, 2, 3], 0.95) == 5
    assert percentile(range(100), 0.95) == 95
