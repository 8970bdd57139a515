"""What every send of this process shares, and the tools of one delivery that is under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Delivery, State, Step
from studio.core.errors import Cancelled
from studio.core.finding import Finding, error
from studio.core.post import Account, Content
from studio.core.schema import content_from_json
from studio.core.words import N
from studio.services.fitting import sha256_of
from studio.services.journal import Journaled
from studio.services.plans import upload_from_json
from studio.services.twice import MovedOn

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.platforms.base import Access, Platform, Publisher, Upload
    from studio.platforms.transport import Exchange
    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.services.health import Healths
    from studio.services.settings import Settings
    from studio.store.workspace import Workspace

S = State


@dataclass(frozen=True, slots=True)
class Engine:
    """who: this process's owner name. tell: hears of each move. now, sleep: the clock, UTC and seconds.

    healths   looks at an account before each send, and remembers it from one to the next
    """

    workspace: Workspace
    accounts: Accounts
    checks: Checks
    settings: Settings
    who: str
    tell: Callable[[Delivery], None]
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    healths: Healths


class Hand:
    """One of several that stage files of one delivery at a time: a publisher and its connections of its own.

    Its lines go into the same journal, each with what this hand heard.
    """

    def __init__(self, way: UnderWay) -> None:
        self._way = way
        self._heard: list[Exchange] = []
        self.publisher = way.made(self._heard)

    @property
    def journal(self) -> Journaled:
        return self._way.journal_of(self._heard)

    def report(self, fraction: float, step: str, **values: object) -> None:
        """As `UnderWay.report`."""
        self._way.report(fraction, step, **values)


class UnderWay:
    """One delivery while it is sent. `d` is always as the database has it; whoever lost it hears MovedOn.

    patient   somebody keeps watch: what has to wait is left to a later look instead of waiting here
    """

    def __init__(self, engine: Engine, delivery: Delivery, task: Task[Any] | None, patient: bool) -> None:
        self.engine, self.d, self.task, self.patient = engine, delivery, task, patient
        self.platform: Platform | None = None
        self._publishers: dict[tuple[int, str], Publisher] = {}
        self._accesses: list[Access] = []
        self._heard: list[Exchange] = []
        self._account: Account | None = None
        self._lines: list[Step] | None = None  # the journal as far as this run, which alone writes it, knows it
        self.guard = threading.RLock()  # around what is read and then written of `d`, while several hands stage

    # -- moves ---------------------------------------------------------------------------------------------------

    def move(self, after: State, **changes: Any) -> None:
        """To another state, together with its line in the journal."""
        engine = self.engine
        self.now_is(engine.workspace.deliveries.move(
            self.d.id, self.d.state, after, who=engine.who, owner_is=self.d.owner, **changes))
        self._know(changes)
        engine.tell(self.d)

    def change(self, **changes: Any) -> None:
        """Other fields, same state."""
        self.now_is(self.engine.workspace.deliveries.change(
            self.d.id, self.d.state, owner_is=self.d.owner, **changes))
        self._know(changes)

    def _know(self, changes: Mapping[str, Any]) -> None:
        """Lines that were written together with a move."""
        if self._lines is not None:
            self._lines.extend(line for line in changes.get("lines", ()) if line not in self._lines[-4:])

    def note(self, *findings: Finding, **changes: Any) -> None:
        """Lets go of it where it stands, with what there is to say about it."""
        self.change(error=findings, owner="", **changes)
        self.engine.tell(self.d)

    def now_is(self, delivery: Delivery | None) -> None:
        """What the database gave back; None: somebody else has it."""
        if delivery is None:
            raise MovedOn(error("delivery.moved_on", "delivery", id=self.d.id))
        self.d = delivery

    # -- what it needs -------------------------------------------------------------------------------------------

    @property
    def journal(self) -> Journaled:
        return self.journal_of(self._heard)

    def journal_of(self, heard: list[Exchange]) -> Journaled:
        """The journal, whose next line has these exchanges."""
        if self._lines is None:
            self._lines = self.engine.workspace.journal.of(self.d.id)
        return Journaled.of(
            self.engine.workspace.journal, self.d, self.engine.who, now=self.engine.now, heard=partial(drain, heard),
            known=self._lines)

    def hand(self) -> Hand:
        """One more that stages files of this delivery; gone with this run."""
        return Hand(self)

    def line(self, step: str, phase: Any, data: Any = None) -> Step:
        """A journal line that is written together with a move."""
        return self.journal.line(step, phase, data)

    @property
    def account(self) -> Account:
        """As it was when this run first asked. NotFound when it was removed."""
        if self._account is None:
            self._account = self.engine.accounts.get(self.d.account)
        return self._account

    @property
    def publisher(self) -> Publisher:
        """For the link and the clock it is at."""
        key = (self.d.link, str(self.d.plan.get("ahead", "")))
        if key not in self._publishers:
            self._publishers[key] = self.made(self._heard)
        return self._publishers[key]

    def made(self, heard: list[Exchange]) -> Publisher:
        """A new publisher, with connections of its own that tell `heard` of every exchange."""
        from studio import platforms

        account = self.account
        self.platform = platforms.get(account.platform)
        ahead, links = self.d.plan.get("ahead"), self.d.handles.get("links", ())
        access = replace(
            self.engine.accounts.access(account), now=self.engine.now,
            at=datetime.fromisoformat(ahead) if ahead else None,
            reply_to={"root": links[0]["handle"], "parent": links[-1]["handle"]} if self.d.link else None,
        )
        if access.transport is not None:  # only tests have none
            access.transport.listen(heard.append, self._went_out)
        self._accesses.append(access)
        return self.platform.publisher(access)

    def close(self) -> None:
        """Lets the connections go."""
        for access in self._accesses:
            if access.transport is not None:
                access.transport.close()
        self._accesses.clear()
        self._publishers.clear()

    def kept(self) -> tuple[Content, list[Upload]]:
        """Content and uploads as they were planned."""
        uploads = [upload_from_json(u) for u in self.d.plan["uploads"]]
        return content_from_json(self.d.plan["content"]), uploads

    def whole(self) -> tuple[Content, list[Upload]] | None:
        """The same, when every file is still there with the planned bytes."""
        if "made" not in self.d.plan:
            return None
        content, uploads = self.kept()
        there = all(u.path.is_file() and sha256_of(u.path) == u.sha256 for u in uploads)
        return (content, uploads) if there else None

    def handles(self, **more: Any) -> dict[str, Any]:
        """The handles with some more; None takes one away."""
        joined = {**self.d.handles, **more}
        return {name: value for name, value in joined.items() if value is not None}

    def staged(self) -> list[Any]:
        """Handles of everything staged, a container last."""
        return list(self.d.handles.get("staged", ()))

    # -- what people see -----------------------------------------------------------------------------------------

    def report(self, fraction: float, step: str, **values: object) -> None:
        """Tells the task; a cancel point until the visible request."""
        if self.task is None:
            return
        try:
            self.task.progress(fraction, N("job", step, **values))
        except Cancelled:
            if fraction < 0.8:
                raise  # later it is too late: the request is out

    def check_cancel(self) -> None:
        """The last moment at which cancelling leaves nothing to be seen."""
        if self.task is not None:
            self.task.check()

    def _went_out(self, done: int, whole: int) -> None:
        """Bytes of a streamed file that are on their way: a cancel point while nothing is visible."""
        if self.d.state is S.STAGING:
            self.check_cancel()


def drain(heard: list[Exchange]) -> list[dict[str, Any]]:
    """What was said with the platform since the last line: no headers, no query, no bodies."""
    said, heard[:] = list(heard), []
    return [
        {"method": e.method, "host": e.host, "path": e.path, "status": e.status, "sent": e.sent,
         "received": e.received, "seconds": round(e.seconds, 3)}
        for e in said
    ]
