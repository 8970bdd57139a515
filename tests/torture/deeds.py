"""What people and computers do in a run, and how a person ends it: by answering everything that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from studio.core.delivery import Delivery, State, wakes
from studio.core.errors import Problem
from studio.core.slot import Late
from tests.torture.plans import DAY, Act
from tests.torture.rough import LATE
from tests.torture.world import Stuck, World

S = State
ROUNDS = 150  # of answering and waiting; a person who has to do more has been left alone
SOON = timedelta(days=3)  # what waits for longer than this, without anybody having planned it so, is stuck
KNOWN = {"delivery.moved_on", "delivery.already_published", "delivery.already_open", "delivery.wrong_state",
         "delivery.maybe_live"}


class Deeds:
    """Each method is one `Act.what`. The person sits at the first worker, and looks before answering."""

    def __init__(self, world: World) -> None:
        self.world = world

    def do(self, act: Act) -> None:
        getattr(self, act.what)(act)
        self.world.check()
        self.world.go(act.then)
        self.world.check()

    # -- a person ------------------------------------------------------------------------------------------------

    def _person(self, deed) -> object:
        return self.world.act(self.world.workers[0], deed)

    def _one(self, act: Act) -> Delivery | None:
        """The delivery of that post to that account, if there is one: the last that is not cancelled."""
        world = self.world
        post, account = world.posts[act.post], world.accounts[act.account]
        mine = [d for d in world.all() if (d.post, d.account) == (post, account)]
        return max(mine, key=lambda d: (d.state is not S.CANCELLED, d.created, d.id), default=None)

    def schedule(self, act: Act) -> None:
        """flag: with the platform's own timer."""
        world = self.world
        if self._one(act) is not None:
            return
        at = world.clocks.wall() + timedelta(seconds=act.seconds)
        late = (Late("post", 15), Late("post", 120), Late("ask", 0), Late("skip", 0))[(act.post + act.account) % 4]
        post, account = world.posts[act.post], world.accounts[act.account]
        self._person(lambda desk: desk.calendar.schedule(post, account, at, "Europe/Berlin", late, ahead=act.flag))

    def publish(self, act: Act) -> None:
        world = self.world
        d = self._one(act)
        if d is not None and d.state is S.CANCELLED:
            return
        if d is not None:
            world.says(d)
        post, account = world.posts[act.post], world.accounts[act.account]
        self._person(lambda desk: desk.publishing.publish(post, account))

    def cancel(self, act: Act) -> None:
        if (d := self._one(act)) is not None:
            self._person(lambda desk: desk.publishing.cancel(d.id))

    def move(self, act: Act) -> None:
        at = self.world.clocks.wall() + timedelta(seconds=act.seconds)
        if (d := self._one(act)) is not None:
            self.world.says(d)
            self._person(lambda desk: desk.calendar.move(d.id, at))

    def resend(self, act: Act) -> None:
        """flag: from the beginning, with everything that is live already."""
        d = self._one(act)
        if d is None or (d.state is S.UNCONFIRMED and self._there(d)):
            return
        if act.flag and d.state in (S.UNCONFIRMED, S.FAILED, S.MISSED, S.HELD):
            self.world.allow(d)
        self.world.says(d)
        self._person(lambda desk: desk.publishing.resend(d.id, over=act.flag))

    def _there(self, d: Delivery) -> bool:
        """A person looks at the platform: is it there, or may it still come?"""
        return bool(self.world.copies(d, d.link, now=False) or self.world.site.late)

    def confirm(self, act: Act) -> None:
        d = self._one(act)
        if d is not None and (there := self.world.copies(d, d.link, now=True)):
            self._person(lambda desk: desk.publishing.confirm(d.id, f"https://rough.example/p/{there[0].id}"))

    def look(self, act: Act) -> None:
        if (d := self._one(act)) is not None:
            self._person(lambda desk: desk.publishing.look(d.id))

    def edit(self, act: Act) -> None:
        def deed(desk):
            post = desk.posts.get(self.world.posts[act.post])
            return desk.posts.save(replace(post, text=f"{post.text} more"))

        self._person(deed)

    def _scope(self, act: Act) -> dict:
        return ({}, {"platform": "rough"}, {"account": self.world.accounts[act.account]})[int(act.seconds)]

    def hold(self, act: Act) -> None:
        self._person(lambda desk: desk.holds.hold("rest", **self._scope(act)))

    def resume(self, act: Act) -> None:
        self._person(lambda desk: desk.holds.resume(**self._scope(act)))

    # -- the computer and the world ------------------------------------------------------------------------------

    def wait(self, act: Act) -> None:
        """Nothing in particular."""

    def off(self, act: Act) -> None:
        """Shut down properly, and started again later."""
        for worker in self.world.workers:
            self.world.leave(worker)
        self.world.clocks.lid(act.seconds)

    def kill(self, act: Act) -> None:
        """Power cut."""
        for worker in self.world.workers:
            self.world.bury(worker)

    def sleep(self, act: Act) -> None:
        self.world.clocks.lid(act.seconds)

    def set_clock(self, act: Act) -> None:
        self.world.clocks.set_by += act.seconds
        self.world.clock_set = True

    def outage(self, act: Act) -> None:
        self.world.down_until = self.world.clocks.seconds + act.seconds

    # -- the end -------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Faults are over. The person answers whatever is asked, until everything is published or given up."""
        world = self.world
        world.calm = True
        self._person(lambda desk: [self._resume(desk, hold.scope) for hold in desk.holds.active()])
        world.go(max(LATE, world.plan.traits.lag, world.plan.traits.processing))
        for _ in range(ROUNDS):
            world.check()
            open_ones = [d for d in world.all() if d.state not in (S.PUBLISHED, S.CANCELLED)]
            if not open_ones:
                return
            for d in open_ones:
                self._answer(d)
            world.go(self._until_next())
        raise Stuck(f"{ROUNDS} answers, and still: {world.states()}")

    @staticmethod
    def _resume(desk, scope: str) -> None:
        kind, _, id = scope.partition(":")
        desk.holds.resume(**({kind: id} if kind else {}))

    def _until_next(self) -> float:
        """To the moment of whatever waits; a year is never meant."""
        world = self.world
        waits = [(at, d) for d in world.all() if (at := wakes(d)) is not None]
        for at, d in waits:
            if d.state is not S.SCHEDULED and at - world.clocks.wall() > SOON:
                raise Stuck(f"{world.name(d)} {d.state} is not looked at before {at}, planned for {d.at}")
        later = [(at - world.clocks.wall()).total_seconds() for at, _ in waits]
        return min([max(1.0, s) for s in later] + [DAY])

    def _answer(self, d: Delivery) -> None:
        """The one safe thing to do about it."""
        world = self.world
        world.says(d)
        if d.state in (S.UNCONFIRMED, S.HANDED_OVER, S.WAITING):
            there = world.copies(d, d.link, now=True)
            if self._taken_back_there(d):
                self._expect(lambda desk: desk.publishing.cancel(d.id))
            elif there:
                self._expect(lambda desk: desk.publishing.confirm(d.id, f"https://rough.example/p/{there[0].id}"))
            elif d.state is S.UNCONFIRMED and d.wake is None and not self._there(d):
                self._expect(lambda desk: desk.publishing.resend(d.id))
        elif d.state in (S.FAILED, S.HELD, S.MISSED):
            self._send_or_drop(d)
        elif d.state is S.SCHEDULED and d.at - world.clocks.wall() > SOON:
            self._expect(lambda desk: desk.publishing.cancel(d.id))

    def _taken_back_there(self, d: Delivery) -> bool:
        """What a wrong clock left with the platform's timer for next year, a person takes back on the platform."""
        far = self.world.clocks.seconds + SOON.total_seconds()
        wrong = [live for live in self.world.copies(d, d.link, now=False) if live.at > far]
        for live in wrong:
            live.gone = True
        return bool(wrong)

    def _send_or_drop(self, d: Delivery) -> None:
        """Some are given up; so is what went out another way meanwhile."""
        world = self.world
        if (world.posts.index(d.post) + world.accounts.index(d.account)) % 3:
            codes = self._expect(lambda desk: desk.publishing.resend(d.id))
            if not codes & {"delivery.already_published", "delivery.already_open", "delivery.maybe_live"}:
                return
        self._expect(lambda desk: desk.publishing.cancel(d.id))

    def _expect(self, deed) -> set[str]:
        """Nothing is in the way any more: whatever is refused now is refused for a reason that must be known."""
        done = self._person(deed)
        codes = {f.code for f in done.findings} if isinstance(done, Problem) else set()
        if codes - KNOWN:
            raise done
        return codes

    def verdict(self) -> list[str]:
        """What the platform shows against what is claimed, at the end of all."""
        wrong = list(self.world.wrong)
        for account in self.world.accounts:
            for post in self.world.posts:
                mine = [d for d in self.world.all() if (d.post, d.account) == (post, account)]
                if mine:
                    wrong += self._counted(mine)
        return wrong

    def _counted(self, mine: list[Delivery]) -> Iterator[str]:
        """Every link is there as often as it is claimed, for all deliveries of one post to one account."""
        world, last = self.world, mine[-1]
        for link, mark in enumerate(world.texts(last)):
            claimed = sum(link < links_of(d) for d in mine)
            extra = world.allowed.get((world.user(last), mark.strip()), 0) + sum(given_up(d, link) for d in mine)
            count = len(world.copies(last, link, now=True))
            if not claimed <= count <= claimed + extra:
                ends = ", ".join(str(d.state) for d in mine)
                yield f"{world.name(last)} ended {ends}, and link {link} is there {count} times"


def given_up(d: Delivery, link: int) -> bool:
    """A person dropped it, or the rest of a thread, while nobody knew whether this link had gone out."""
    ended = d.state is S.PUBLISHED and link == d.link == links_of(d)
    return ended or (d.state is S.CANCELLED and bool(d.handles.get("maybe_live")))


def links_of(d: Delivery) -> int:
    """How many links of it are claimed to be live."""
    return len(d.handles.get("links") or [1]) if d.state is S.PUBLISHED else d.link
