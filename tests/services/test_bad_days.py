"""Bad days: the database locked by another program, a full disk at each write, credentials and accounts that go away.

What could not be written down beforehand is not sent; what was sent is found again; when the trouble is over, one
post comes of it.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound, NoVault, Problem, Refused, SignInAgain, VaultLocked, WorkspaceProblem
from studio.core.finding import error
from studio.services import watch as watching
from studio.services.watch import Watch
from studio.store import database
from studio.store.workspace import NAME
from tests.services.conftest import open_desk
from tests.services.fakes import FakePublisher, FakeVault
from tests.store.disks import disk

S = State
WRITES = 12  # more than one send needs, so that the last ones are past its end

LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
for line in sys.stdin:
    connection.execute("BEGIN IMMEDIATE" if line.strip() == "lock" else "ROLLBACK")
    print("done", flush=True)
"""


class Locker:
    """Another program that holds SQLite's write lock for as long as it likes."""

    def __init__(self, folder):
        command = [sys.executable, "-c", LOCKER, str(folder / NAME)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.held = False

    def begin(self):
        self._say("lock")
        self.held = True

    def end(self):
        if self.held:
            self._say("free")
        self.held = False

    def _say(self, word):
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Filler:
    """Takes every byte that is left on the disk of a workspace."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "filler"

    def begin(self):
        connection = sqlite3.connect(self.folder / NAME)  # the log keeps no room of its own to write into
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        with pytest.raises(OSError), self.file.open("ab", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)

    def end(self):
        self.file.unlink(missing_ok=True)

    def close(self):
        self.end()


@contextmanager
def armed(monkeypatch, number, begin):
    """Calls `begin` before write `number` (from 1) of whatever is done in the block."""
    count, real = 0, database.Database.write

    @contextmanager
    def write(self, **how):
        nonlocal count
        count += 1
        if count == number:
            begin()
        with real(self, **how) as connection:
            yield connection

    with monkeypatch.context() as patch:
        patch.setattr(database.Database, "write", write)
        yield lambda: count


@pytest.fixture(params=["locked", "full"])
def trouble(request, tmp_path, monkeypatch):
    """The kind of trouble, and a folder for a workspace that can get into it."""
    monkeypatch.setattr(database, "BUSY_MS", 100)
    folder = tmp_path / "w"
    if request.param == "locked":
        yield folder, Locker
    else:
        with disk(tmp_path / "small", "16m") as place:
            yield place / "w", Filler


@pytest.fixture
def bad(trouble, fake):
    """A desk with an account, a post with a picture, and the trouble that waits for its `begin`."""
    folder, kind = trouble
    desk = open_desk(folder, FakeVault())
    account = desk.accounts.add("fake", {"user": "mill", "password": "right"})
    post = desk.posts.create(text="Hello", media=(picture(desk, folder).as_media(),))
    waiting = kind(folder)
    yield desk, account, post, waiting
    waiting.close()
    desk.close()


def picture(desk, folder):
    from PIL import Image

    path = folder.parent / "cup.jpg"
    Image.new("RGB", (64, 48), (200, 120, 60)).save(path, quality=90)
    return desk.library.add([path])[0].asset


def begun(desk, delivery):
    """How many visible requests the journal knows of."""
    return sum((line.step, line.phase) == ("commit", "begun") for line in desk.publishing.story(delivery.id))


def ended_well(desk, post, account, fake):
    """After the trouble: whatever comes by itself, and what a person is offered, leads to one post."""
    for _ in range(8):
        found = desk.publishing.list(post=post.id)
        if not found:
            desk.publishing.publish(post.id, account.id)
        elif found[0].state is S.FAILED:
            desk.publishing.resend(found[0].id)
        elif found[0].state is not S.PUBLISHED:
            desk.publishing.run_due(found[0].wake or datetime.now(UTC))
        else:
            break
    [delivery] = desk.publishing.list(post=post.id)
    assert delivery.state is S.PUBLISHED and delivery.proof.whole and delivery.owner == ""
    assert fake.server.texts() == ["Hello"] and begun(desk, delivery) <= 2
    return delivery


@pytest.mark.parametrize("number", range(1, WRITES + 1))
def test_trouble_that_begins_at_each_write(bad, fake, monkeypatch, number):
    desk, account, post, trouble = bad
    with armed(monkeypatch, number, trouble.begin) as count:
        try:
            desk.publishing.publish(post.id, account.id)
        except WorkspaceProblem as problem:
            assert problem.findings[0].code in ("workspace.locked", "workspace.full")
    assert count() < WRITES, "the last numbers must be past the end"
    known = [begun(desk, delivery) for delivery in desk.publishing.list(post=post.id)]  # reading goes on
    assert fake.server.log.count("commit") <= sum(known), "nothing is sent that is not written down"
    trouble.end()
    ended_well(desk, post, account, fake)
    assert fake.server.log.count("commit") == 1


@pytest.mark.parametrize("call", ["plan", "stage", "commit", "read_back"])
def test_trouble_that_begins_during_each_call_and_a_new_process_after_it(bad, fake, trouble, call):
    desk, account, post, waiting = bad
    fake.server.on_call = lambda name: waiting.begin() if name == call and not fake.server.log.count("over") else None
    with pytest.raises(WorkspaceProblem):
        desk.publishing.publish(post.id, account.id)
    assert ("commit" in fake.server.log) == (call in ("commit", "read_back"))
    fake.server.log.append("over")
    waiting.end()
    desk.close()
    again = open_desk(trouble[0], desk.vault)
    again.publishing.recover()
    ended_well(again, post, account, fake)
    again.close()
    assert fake.server.log.count("commit") == 1


def test_reading_goes_on_while_nothing_can_be_written(bad, fake):
    desk, account, post, trouble = bad
    done = desk.publishing.publish(post.id, account.id)
    trouble.begin()
    assert desk.posts.get(post.id).text == "Hello" and desk.publishing.get(done.id) == done
    assert desk.publishing.story(done.id) and desk.calendar.between(done.at, done.at + timedelta(days=1))
    with pytest.raises(WorkspaceProblem):
        desk.publishing.publish(post.id, account.id, again=True)
    assert len(fake.server.posts) == 1


def test_the_watch_outlives_it_and_sends_when_it_is_over(bad, fake, monkeypatch):
    desk, account, post, trouble = bad
    monkeypatch.setattr(watching, "EVERY", 0.05)
    desk.workspace.deliveries.add(Delivery(
        post=post.id, account=account.id, platform="fake", state=S.DUE, at=datetime.now(UTC)))
    faulted, went = threading.Event(), threading.Event()
    watch = Watch(desk.calendar, desk.publishing)
    watch.faulted.connect(lambda fault: faulted.set() if isinstance(fault, WorkspaceProblem) else None)
    watch.went.connect(lambda delivery: went.set() if delivery.state is S.PUBLISHED else None)
    trouble.begin()
    watch.start()
    try:
        assert faulted.wait(60) and fake.server.posts == {}
        trouble.end()
        assert went.wait(60)
    finally:
        watch.stop(60)
    assert fake.server.texts() == ["Hello"] and fake.server.log.count("commit") == 1


def test_a_lock_that_ends_in_time_is_only_waited_for(tmp_path, fake, monkeypatch):
    desk = open_desk(tmp_path / "w", FakeVault())
    account = desk.accounts.add("fake", {"user": "mill", "password": "right"})
    post = desk.posts.create(text="Hello")
    locker = Locker(tmp_path / "w")
    timer = threading.Timer(0.5, locker.end)
    with armed(monkeypatch, 3, lambda: (locker.begin(), timer.start())):
        assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    timer.join()
    locker.close()
    desk.close()


# -- credentials -------------------------------------------------------------------------------------------------


class Picky(FakePublisher):
    """Looks at the token at every call, as a real platform does."""

    def _signed(self):
        if not self.access.secrets.get("token"):
            raise SignInAgain(error("fake.signin", "account"))

    def plan(self, content, uploads):
        self._signed()
        return super().plan(content, uploads)

    def commit(self, content, uploads, plan, handles):
        self._signed()
        return super().commit(content, uploads, plan, handles)


@pytest.fixture
def picky(fake, monkeypatch):
    monkeypatch.setattr(fake, "publisher", lambda access: Picky(fake, access))
    return fake


@pytest.fixture
def post(desk):
    return desk.posts.create(text="Hello")


def due(desk, post, account):
    return desk.workspace.deliveries.add(
        Delivery(post=post.id, account=account.id, platform="fake", state=S.DUE, at=datetime.now(UTC)))


def test_credentials_that_are_gone_stop_it_before_anything_is_sent(desk, account, post, picky, vault):
    kept = vault.kept.pop(account.id)
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.FAILED and delivery.error and picky.server.posts == {}
    vault.kept[account.id] = kept
    assert desk.publishing.resend(delivery.id).state is S.PUBLISHED
    assert picky.server.texts() == ["Hello"]


@pytest.mark.parametrize("call", ["plan", "commit", "read_back"])
def test_credentials_removed_during_a_send_never_make_a_second_post(desk, account, post, picky, vault, call):
    kept = dict(vault.kept[account.id])
    picky.server.on_call = lambda name: vault.kept.pop(account.id, None) if name == call else None
    desk.publishing.publish(post.id, account.id)
    picky.server.on_call = lambda name: None
    vault.kept[account.id] = kept
    ended_well(desk, post, account, picky)


@pytest.mark.parametrize("fault", [VaultLocked, NoVault])
def test_a_keychain_that_refuses_in_the_middle_of_the_night(desk, account, post, picky, vault, monkeypatch, fault):
    def refuse(id):
        raise fault(error("vault.locked", "account"))

    delivery = due(desk, post, account)
    with monkeypatch.context() as patch:
        patch.setattr(vault, "read", refuse)
        desk.publishing.run_due()
        found = desk.publishing.get(delivery.id)
        assert found.state in (S.DUE, S.FAILED) and found.error and picky.server.posts == {}
        assert found.owner == "" and (found.state is S.FAILED or found.wake > datetime.now(UTC))
    ended_well(desk, post, account, picky)


# -- accounts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.SCHEDULED, S.DUE, S.HELD, S.MISSED, S.FAILED, S.UNCONFIRMED, S.PUBLISHED])
def test_an_account_deleted_with_deliveries_waiting(desk, account, post, fake, state):
    now = datetime.now(UTC)
    waiting = desk.workspace.deliveries.add(Delivery(
        post=post.id, account=account.id, platform="fake", state=state, at=now + timedelta(minutes=1)))
    other = desk.accounts.add("fake", {"user": "other", "password": "right"})
    fine = due(desk, desk.posts.create(text="Fine"), other)
    desk.accounts.remove(account.id)
    for minutes in (0, 2, 10):
        desk.calendar.tick(now + timedelta(minutes=minutes))
        desk.publishing.run_due(now + timedelta(minutes=minutes))
    found = desk.publishing.get(waiting.id)
    assert fake.server.texts() == ["Fine"] and desk.publishing.get(fine.id).state is S.PUBLISHED
    if state in (S.SCHEDULED, S.DUE):
        assert found.state is S.FAILED and found.error[0].code == "not_found"
    else:
        assert found.state is state
    assert desk.calendar.between(now, now + timedelta(hours=1)) and desk.publishing.story(waiting.id)
    if found.state is S.PUBLISHED:
        return
    try:
        assert desk.publishing.resend(waiting.id).error[0].code == "not_found"
    except Problem as problem:
        assert problem.findings[0].code == "not_found"
    assert desk.publishing.cancel(waiting.id).state is S.CANCELLED
    assert fake.server.texts() == ["Fine"]


def test_an_account_is_not_deleted_while_it_sends(desk, account, post, fake):
    refused = []

    def remove(call):
        if call == "commit":
            try:
                desk.accounts.remove(account.id)
            except Refused as problem:
                refused.append(problem.findings[0].code)

    fake.server.on_call = remove
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED
    assert refused == ["account.sending"]


@pytest.mark.parametrize("call", ["plan", "commit", "read_back"])
def test_an_account_that_another_process_deletes_during_a_send(desk, account, post, fake, call):
    """Two programs look at the same moment: the row goes away under the sender."""
    row = desk.workspace.accounts.get(account.id)
    fake.server.on_call = lambda name: desk.workspace.accounts.remove(account.id) if name == call else None
    delivery = desk.publishing.publish(post.id, account.id)
    fake.server.on_call = lambda name: None
    assert len(fake.server.posts) <= 1
    if fake.server.posts:
        assert delivery.state in (S.PUBLISHED, S.PROCESSING, S.UNCONFIRMED), "what is live is not called failed"
    with pytest.raises(NotFound):
        desk.publishing.publish(post.id, account.id, again=True)
    desk.workspace.accounts.save(row)  # it comes back, as by a new sign-in
    if delivery.state is S.UNCONFIRMED:
        delivery = desk.publishing.look(delivery.id)
    ended_well(desk, post, account, fake)
