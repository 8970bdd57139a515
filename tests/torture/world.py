"""One run: two workers and a person on one workspace, a platform, clocks, faults and deaths, and who keeps count.

Everything happens in one thread and is decided by the plan, so the same plan ends the same way. The second worker
comes in between wherever the plan says: between two writes of the first, or while a request is on its way.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import stamina

from studio import platforms
from studio.core.clock import Clock
from studio.core.delivery import Delivery, State
from studio.core.errors import Problem
from studio.core.pace import Pace
from studio.core.post import Reply
from studio.services.desk import Desk
from studio.services.watch import Watch
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.services.fakes import Died, FakeVault
from tests.torture.clocks import Clocks, everywhere
from tests.torture.plans import ACCOUNTS, DAY, MINUTE, POSTS, Plan
from tests.torture.rough import LATE, RoughPlatform, RoughTransport
from tests.torture.site import EPOCH, Live, Site

S = State
EVERY = 20.0  # seconds between two looks of a worker
SLACK = 600.0  # seconds that a slow send may take once it began in time
LOOKS = 400  # of both workers in one stretch of time; more means that nothing ever comes to rest


class Stuck(AssertionError):
    """Something never comes to an end."""


class Inline:
    """A crew of one: what is offered is done at once, so that every run of a plan is the same."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def offer(self, lane, name, work) -> bool:
        work()
        return True

    def wait(self) -> list:
        return []

    def close(self, wait: bool = True) -> None: ...


@dataclass
class Worker:
    """A process: the window, or a worker beside it."""

    name: str
    desk: Desk | None = None
    watch: Watch | None = None
    dead: bool = False


@dataclass
class World:
    """What is going on. wrong: what should never have happened, in words."""

    folder: Path
    plan: Plan
    clocks: Clocks = field(default_factory=lambda: Clocks(EPOCH))
    wrong: list[str] = field(default_factory=list)
    stack: list[Worker] = field(default_factory=list)
    calm: bool = False  # no faults, no deaths any more
    down_until: float = 0.0
    clock_set: bool = False
    deaths: int = 0

    def __post_init__(self) -> None:
        self.site = Site(self.clocks.steady, EPOCH, self.plan.traits)
        self.vault = FakeVault()
        self.workers = [Worker("A"), Worker("B")]
        self.faults, self.cuts = list(self.plan.faults), list(self.plan.cuts)
        self.platform = RoughPlatform(self.site)
        self.stopped: set[str] = set()  # held or missed, and no person has said anything about it since
        self.by_hand: set[str] = set()  # deliveries that a person sent on their way
        self.last: dict[str, float] = {}  # account -> when its last post was taken
        self.allowed: dict[tuple[str, str], int] = {}  # (account, text) -> copies that a person asked for
        self.resting: list = []  # the holds, as they were when nobody was in the middle of anything
        self.site.taken = self.taken

    # -- a run ---------------------------------------------------------------------------------------------------

    @contextmanager
    def open(self, template: Path) -> Iterator[World]:
        """The workspace with its posts and accounts; everything is closed at the end."""
        shutil.copytree(template, self.folder)
        unhurried = stamina.set_testing(True, attempts=3)  # a read is asked again at once
        with pytest.MonkeyPatch.context() as patch, everywhere(self.clocks.wall), unhurried:
            patch.setattr(platforms, "names", lambda: ("rough",))
            patch.setattr(platforms, "get", lambda name: {"rough": self.platform}[name])
            patch.setattr(platforms, "every", lambda: {"rough": self.platform})
            patch.setattr("studio.services.crew.Crew", Inline)
            patch.setattr("studio.services.tokens.WAIT", 0)  # whoever holds the turn is further down in this thread
            try:
                self._furnish()
                yield self
            finally:
                for worker in self.workers:
                    self.leave(worker)

    def _furnish(self) -> None:
        desk = self.enter(self.workers[0])
        pictures = [asset.as_media() for asset in desk.library.list()]
        self.accounts = [desk.accounts.add("rough", {"user": f"user{n}"}).id for n in range(ACCOUNTS)]
        for account in self.accounts:
            if self.plan.gap:
                desk.accounts.set_pace(account, Pace(gap=self.plan.gap))
        self.posts = [
            desk.posts.create(
                text=f"p{n} first", media=tuple(pictures[:self.plan.media[n]]),
                replies=tuple(Reply(f"p{n}.{k + 1} reply", after=m) for k, m in enumerate(self.plan.replies[n]))).id
            for n in range(POSTS)
        ]

    # -- processes -----------------------------------------------------------------------------------------------

    def enter(self, worker):
        """Starts it, where it does not run."""
        if worker.desk is None:
            workspace = Workspace.open(self.folder)
            worker.dead = False
            self._guard_writes(worker, workspace)
            desk = Desk(workspace, self.vault, Owners(workspace.cache / "owners"), self._transport)
            desk.publishing._sleep = lambda seconds: self.nap(seconds)
            desk.publishing.changed.connect(self.claimed)
            worker.desk = desk
            clock = Clock(self.clocks.wall, self.clocks.steady, self.clocks.waking)
            worker.watch = Watch(desk.calendar, desk.publishing, self.clocks.wall, desk.outlook, clock)
        return worker.desk

    def leave(self, worker: Worker) -> None:
        """Ends it properly."""
        if worker.desk is not None:
            worker.desk.close()
        worker.desk = worker.watch = None

    def bury(self, worker: Worker) -> None:
        """What the system does for a process that was killed: its locks are free, nothing else is tidied up."""
        desk, worker.desk, worker.watch = worker.desk, None, None
        self.deaths += 1
        if desk is not None:
            if desk._owners._lock is not None:
                desk._owners._lock.release()
            desk.jobs.close()
            desk.workspace.close()

    def _guard_writes(self, worker, workspace):
        database = workspace.database
        write = database.write

        @contextmanager
        def guarded(**how):
            self.moment(worker)
            with write(**how) as connection:
                yield connection
            self.moment(worker)

        database.write = guarded

    def _transport(self, base: str) -> RoughTransport:
        return RoughTransport(self.site, self._fault, self.clocks.sleep)

    def moment(self, worker):
        """Between two writes, and around each request: here a process may die, or the other come in between."""
        if worker.dead:
            raise Died
        if self.calm or not self.stack or not self.cuts:
            return
        after, what = self.cuts[0]
        if after:
            self.cuts[0] = (after - 1, what)
            return
        self.cuts.pop(0)
        if what == "die":
            worker.dead = True
            raise Died
        if len(self.stack) == 1:
            other = next(w for w in self.workers if w is not worker)
            self.act(other, lambda desk: other.watch.once())

    def _fault(self, request) -> str:
        """Before each request: what becomes of it."""
        if self.stack:
            self.moment(self.stack[-1])
        if self.calm:
            return ""
        if self.clocks.seconds < self.down_until:
            return "unsent"
        if self.faults:
            after, what = self.faults[0]
            if not after:
                self.faults.pop(0)
                return what
            self.faults[0] = (after - 1, what)
        return ""

    def nap(self, seconds: float) -> None:
        """A worker waits; the other may come in meanwhile, or it may die in its sleep."""
        self.clocks.sleep(seconds)
        if self.stack:
            self.moment(self.stack[-1])

    def act(self, worker: Worker, deed: Callable[[Desk], object]) -> object:
        """Lets a process do something; its death ends there. What it refuses is given back."""
        desk = self.enter(worker)
        self.stack.append(worker)
        try:
            return deed(desk)
        except Died:
            self.bury(worker)
            return None
        except Problem as problem:
            return problem
        finally:
            self.stack.pop()
            if not self.stack:
                self._note_holds()

    def _note_holds(self) -> None:
        desk = next((w.desk for w in self.workers if w.desk is not None), None)
        if desk is not None:
            self.resting = desk.holds.active()

    # -- time ----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Both look once."""
        for worker in self.workers:
            done = self.act(worker, lambda desk, worker=worker: self.enter(worker) and worker.watch.once())
            if isinstance(done, Problem):
                raise done

    def go(self, seconds: float) -> None:
        """Time passes while both keep watch; where nothing can happen it is skipped."""
        end = self.clocks.seconds + seconds
        self.look()
        for _ in range(LOOKS):
            if self.clocks.seconds >= end:
                return
            self.clocks.sleep(min(end - self.clocks.seconds, self._pause()))
            self.look()
        raise Stuck(f"{LOOKS} looks and nothing comes to rest: {self.states()}")

    def _pause(self) -> float:
        """Until something can happen: 20 seconds where something is under way, else the next moment that is known."""
        desk, now = self.enter(self.workers[0]), self.clocks.wall()
        busy = desk.workspace.deliveries.list(states=[S.PREPARING, S.STAGING, S.COMMITTING])
        if busy or desk.workspace.deliveries.waking(now):
            return EVERY
        wake = desk.calendar.wake(now)
        return 400 * 86400.0 if wake is None else max(0.2, (wake - now).total_seconds())

    # -- what is true --------------------------------------------------------------------------------------------

    def all(self) -> list[Delivery]:
        return self.enter(self.workers[0]).publishing.list()

    def states(self) -> list[str]:
        return [f"{self.name(d)} {d.state} link {d.link} wake {d.wake}" for d in self.all()]

    def name(self, d: Delivery) -> str:
        return f"p{self.posts.index(d.post)}>user{self.accounts.index(d.account)}"

    def texts(self, d: Delivery) -> list[str]:
        """How the text of each link begins, which says whose it is whatever was edited."""
        n = self.posts.index(d.post)
        return [f"p{n} ", *(f"p{n}.{k + 1} " for k in range(len(self.plan.replies[n])))]

    def copies(self, d: Delivery, link: int, *, now: bool) -> list[Live]:
        """What of that link is on the platform, or (not now) will be without anybody's help."""
        self.site.settle()
        mark = self.texts(d)[link]
        found = [p for p in self.site.posts if p.account == self.user(d) and p.text.startswith(mark) and not p.gone]
        return [p for p in found if p.at <= self.clocks.seconds] if now else found

    # -- what must never be --------------------------------------------------------------------------------------

    def accuse(self, sentence: str) -> None:
        self.wrong.append(f"{sentence} (after {self.clocks.seconds:.0f} s)")

    def taken(self, live: Live) -> None:
        """The platform acted on a visible request."""
        mark = live.text.split(" ")[0]
        same = [p for p in self.site.posts
                if (p.account, p.text.split(" ")[0], p.gone) == (live.account, mark, False)]
        if len(same) > 1 + self.allowed.get((live.account, mark), 0):
            self.accuse(f"{len(same)} copies of {mark} for {live.account}")
        account = self.accounts[int(live.account.removeprefix("user"))]
        if self.stack and self.site.belated is None and any(hold.covers("rough", account) for hold in self.resting):
            self.accuse(f"{mark} went out to {live.account} on hold")
        if not self.clock_set and not live.timed and self.stack and self.site.belated is None:
            self._on_time(live, account, mark)

    def _on_time(self, live: Live, account: str, mark: str) -> None:
        """As planned, unless a person said so: not early, not later than its policy allows, not against its pace."""
        sent = [d for d in self.all() if d.state is S.COMMITTING and d.account == account and self.texts(d)[d.link]
                == f"{mark} "]
        if not sent or sent[0].link:
            return
        d, late = sent[0], (self.clocks.wall() - sent[0].at).total_seconds()
        if d.id in self.stopped:
            self.accuse(f"{self.name(d)} was stopped, and went out by itself")
        if d.id not in self.by_hand and not self.plan.gap and not -1 <= late <= 60 * max(15, d.late.minutes) + SLACK:
            self.accuse(f"{self.name(d)} went out {late:.0f} s after its time, late policy {d.late}")
        if live.taken - self.last.get(account, -DAY) < self.plan.gap * MINUTE - LATE:
            self.accuse(f"{self.name(d)} went out {live.taken - self.last[account]:.0f} s after the post before it")
        self.last[account] = live.taken

    def claimed(self, d: Delivery) -> None:
        """A delivery moved: "published" must be true at that moment."""
        if d.state is S.PUBLISHED and self.plan.traits.readable:
            last = d.link if d.proof is None or not d.handles.get("links") else len(d.handles["links"]) - 1
            for link in range(last + 1):
                if not self.copies(d, link, now=True):
                    self.accuse(f"{self.name(d)} is called published, and link {link} is not there")

    def check(self) -> None:
        """While nobody is in the middle of anything: what is not called live is not live."""
        everything = self.all()
        for d in everything:
            self._note_stopped(d)
            same = [o for o in everything if (o.post, o.account) == (d.post, d.account)]
            if any(self._may_be_live(o) for o in same) or (self.user(d), self.texts(d)[d.link].strip()) in self.allowed:
                continue
            if self.copies(d, d.link, now=False):
                self.accuse(f"{self.name(d)} is {d.state}, and link {d.link} is live")

    def _note_stopped(self, d: Delivery) -> None:
        if d.state is S.MISSED or (d.state is S.HELD and d.at <= self.clocks.wall()):
            self.stopped.add(d.id)

    def says(self, d: Delivery) -> None:
        """A person decides about it."""
        self.stopped.discard(d.id)
        self.by_hand.add(d.id)

    @staticmethod
    def _may_be_live(d: Delivery) -> bool:
        """It says so, or says that it does not know."""
        claims = (S.PUBLISHED, S.UNCONFIRMED, S.PROCESSING, S.COMMITTING, S.HANDED_OVER)
        given_up = d.state is S.CANCELLED and bool(d.handles.get("maybe_live"))
        return d.state in claims or d.ahead or d.link > 0 or given_up

    def user(self, d: Delivery) -> str:
        return f"user{self.accounts.index(d.account)}"

    def allow(self, d: Delivery) -> None:
        """A person wants all of it again, knowing what is there."""
        for link, mark in enumerate(self.texts(d)):
            key = (self.user(d), mark.strip())
            self.allowed[key] = self.allowed.get(key, 0) + len(self.copies(d, link, now=False))

