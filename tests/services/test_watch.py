import threading
from datetime import UTC, datetime, timedelta

from studio.core.delivery import State
from studio.services.watch import EVERY, Watch


def test_what_falls_due_is_published_once(desk, account, fake):
    at = datetime.now(UTC) + timedelta(minutes=5)
    desk.calendar.schedule(desk.posts.create(text="Hi").id, account.id, at)
    watch, went = Watch(desk.calendar, desk.publishing, lambda: at + timedelta(seconds=1)), []
    watch.went.connect(went.append)
    assert [d.state for d in watch.once()] == [State.PUBLISHED]
    assert watch.once() == [] and len(fake.server.posts) == 1 and len(went) == 1


def test_nothing_goes_out_early(desk, account, fake):
    at = datetime.now(UTC) + timedelta(minutes=5)
    desk.calendar.schedule(desk.posts.create(text="Hi").id, account.id, at)
    watch = Watch(desk.calendar, desk.publishing)
    assert watch.once() == [] and fake.server.posts == {}


def test_the_next_look_comes_when_something_is_due(desk, account):
    at = datetime.now(UTC) + timedelta(seconds=3)
    assert Watch(desk.calendar, desk.publishing).pause() == EVERY
    desk.calendar.schedule(desk.posts.create(text="Hi").id, account.id, at)
    assert Watch(desk.calendar, desk.publishing, lambda: at - timedelta(seconds=2)).pause() == 2.0


def test_a_fault_never_ends_the_watch(desk, account, fake, monkeypatch):
    monkeypatch.setattr("studio.services.watch.EVERY", 0.01)
    at = datetime.now(UTC) + timedelta(minutes=1)
    desk.calendar.schedule(desk.posts.create(text="Hi").id, account.id, at)
    fake.server.faults = {"plan": ["bug"]}
    watch = Watch(desk.calendar, desk.publishing, lambda: at)
    faults, over = [], threading.Event()
    watch.faulted.connect(lambda fault: (faults.append(type(fault).__name__), over.set()))
    watch.start()
    assert over.wait(30)
    desk.calendar.schedule(desk.posts.create(text="Another").id, account.id, at)
    published = threading.Event()
    watch.went.connect(lambda d: d.state is State.PUBLISHED and published.set())
    assert published.wait(30)
    watch.stop()
    assert faults == ["ZeroDivisionError"] and len(fake.server.posts) == 1
