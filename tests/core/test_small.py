"""ids, events, tasks, settings, findings, words, time."""

import threading
from fractions import Fraction

import pytest

from studio.core import opentime
from studio.core.errors import Cancelled, NotFound, Problem, Refused
from studio.core.event import Event
from studio.core.finding import blocking, error, info, to_json, warning
from studio.core.ids import new_id
from studio.core.setting import SETTINGS, setting
from studio.core.task import Task, TaskState
from studio.core.words import N, Words


def test_ids_are_unique_and_sort_by_time(monkeypatch):
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert {len(i) for i in ids} == {16}
    monkeypatch.setattr("time.time_ns", lambda: 4_000_000_000_000_000_000)
    assert new_id() > max(ids)


def test_an_event_calls_in_order_until_disconnected():
    event, heard = Event(), []
    stop = event.connect(lambda x: heard.append(("a", x)))
    event.connect(lambda x: heard.append(("b", x)))
    event.emit(1)
    stop()
    stop()
    event.emit(2)
    assert heard == [("a", 1), ("b", 1), ("b", 2)]


def test_an_events_listener_may_leave_while_it_is_told():
    event, heard = Event(), []
    stops = []
    stops.append(event.connect(lambda: (heard.append(1), stops[0]())))
    event.connect(lambda: heard.append(2))
    event.emit()
    event.emit()
    assert heard == [1, 2, 2]


def clock_of(times):
    return lambda: times.pop(0) if len(times) > 1 else times[0]


def task(times=(0.0,)):
    made = Task(N("job", "Working"), "store", clock_of(list(times)))
    made.heard = []
    made.changed.connect(lambda t: made.heard.append((t.state.value, t.fraction)))
    return made


def test_a_task_gives_its_result():
    made = task()
    made.run(lambda t: 42)
    assert (made.value(), made.state, made.finished) == (42, TaskState.DONE, True)
    assert [state for state, _ in made.heard] == ["running", "done"]


def test_a_tasks_fault_is_kept_and_raised_where_the_value_is_asked():
    made = task()
    made.run(lambda t: 1 / 0)
    assert made.state is TaskState.FAILED
    with pytest.raises(ZeroDivisionError):
        made.value()


def test_progress_is_the_cancel_point():
    made = task()
    reached = []

    def work(t):
        t.progress(0.1)
        t.cancel()
        t.progress(0.2)
        reached.append("after")

    made.run(work)
    assert made.state is TaskState.CANCELLED and reached == []
    with pytest.raises(Cancelled):
        made.value()


def test_a_task_cancelled_while_it_waits_never_starts():
    made, ran = task(), []
    made.cancel()
    made.run(lambda t: ran.append(1))
    assert made.state is TaskState.CANCELLED and ran == []


def test_progress_tells_at_most_every_50_ms_but_always_of_a_new_step():
    made = task([0.0, 1.0, 1.01, 1.02, 1.2])
    step = N("job", "Next")

    def work(t):
        t.progress(0.1)
        t.progress(0.2)  # 10 ms later: not told
        t.progress(0.3, step)
        t.progress(0.4)

    made.run(work)
    assert [f for s, f in made.heard if s == "running" and f is not None] == [0.1, 0.3, 0.4]


def test_waiting_for_a_task_from_another_thread():
    made = task()
    threading.Timer(0.01, lambda: made.run(lambda t: "x")).start()
    assert made.wait(10) and made.value() == "x"


@pytest.mark.parametrize("declared", SETTINGS, ids=lambda s: s.id)
def test_every_setting_takes_its_default_and_speaks_three_languages(declared):
    assert declared.check(declared.default) == declared.default
    for words in (declared.label, declared.help):
        assert all(words.say(language).strip() for language in ("en", "zh_CN", "zh_TW"))


@pytest.mark.parametrize(("id", "value"), [
    ("theme", "neon"), ("theme", 1), ("backups", 1), ("backups", 366), ("backups", True), ("motion", 1),
    ("motion", "yes"),
])
def test_a_setting_that_does_not_fit_is_refused(id, value):
    with pytest.raises(Refused):
        setting(id).check(value)


def test_an_unknown_setting_is_refused():
    with pytest.raises(Refused):
        setting("nope")


def test_only_errors_block():
    found = [info("i"), warning("w"), error("e", "text", "doc", count=1)]
    assert [f.code for f in blocking(found)] == ["e"]
    assert to_json(found[2]) == {
        "code": "e", "severity": "error", "field": "text", "values": {"count": 1}, "source": "doc"}


def test_problems_carry_findings_and_no_sentence():
    assert NotFound("post", "x").findings[0].values == {"kind": "post", "id": "x"}
    assert str(Problem(error("a"), error("b"))) == "a, b"


def test_words_fall_back_to_english():
    assert Words("a", "b", "c").say("zh_TW") == "c"
    assert Words("a", "b", "c").say("fr") == "a"


def test_media_time_is_exact():
    assert opentime.from_text(opentime.to_text(Fraction(1001, 30000))) == Fraction(1001, 30000)
    assert opentime.from_text("0.5") == Fraction(1, 2)
