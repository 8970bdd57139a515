"""worker: keeps publishing what falls due, until it is told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studio.cli import shapes
from studio.cli.app import CANCELLED, OK, REFUSED, App, pass_app
from studio.cli.lazy import command, option
from studio.cli.working import on_interrupt
from studio.core.delivery import Delivery, State
from studio.core.errors import Problem, WorkspaceProblem
from studio.core.finding import error
from studio.services import words
from studio.services.places import has_workspace

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.services.presence import Presence

NAP = 0.2  # seconds; how soon a wish to stop is noticed
GLANCE = 5.0  # seconds between looks at who else has the workspace
ANSWERED = 1000  # deliveries that the answer at the end has at most, the latest: a worker may run for months


@dataclass
class Wish:
    """Which signal asked to stop, 0 while none did. A plain variable: a signal handler may take no lock."""

    number: int = 0

    def ask(self, number: int) -> None:
        self.number = number


@command("worker", "Keep publishing what falls due, until interrupted.")
@option("--at-login", is_flag=True, help="Only where there is a workspace already: a drive may come later.")
@pass_app
def worker(app: App, at_login: bool) -> int:
    wish, done = Wish(), dict[str, Delivery]()
    if at_login and not has_workspace(app.folder):
        raise WorkspaceProblem(error("workspace.missing", "workspace", folder=str(app.folder)))
    desk = app.desk
    if desk.why is not None:
        app.refuse([desk.why])
        return REFUSED
    with on_interrupt(wish.ask, *endings()), at_work(app, desk, done) as presence:
        app.tell(app.t("Watching {folder}. Ctrl-C stops after the delivery under way.", folder=desk.folder))
        stay(app, wish, presence)
    app.answer([shapes.outcome(d, app) for d in done.values()])
    app.tell(app.t("Stopped."))
    return CANCELLED if wish.number == signal.SIGINT else OK


def endings() -> list[int]:
    """Signals besides Ctrl-C that end it well: of service managers, of a terminal that closes, of Windows."""
    named = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    return [number for number in named if signal.getsignal(number) is not signal.SIG_IGN]  # nohup stays nohup


@contextmanager
def at_work(app: App, desk: Desk, done: dict[str, Delivery]) -> Iterator[Presence]:
    """Publishing, notices and the care of the accounts; all of them end well, a delivery under way first."""
    from studio.services.notices import Notices
    from studio.services.notifiers import own_notifier
    from studio.services.presence import Presence
    from studio.services.rounds import Rounds
    from studio.services.watch import Watch

    presence, rounds = Presence(desk.workspace.cache, "worker"), Rounds(desk.accounts)
    notices = Notices(desk, own_notifier(), lambda: spoken(app, desk))
    watch = Watch(desk.calendar, desk.publishing, outlook=desk.outlook)
    watch.went.connect(lambda d: keep(done, d))
    watch.went.connect(lambda d: report(app, d))
    watch.faulted.connect(lambda fault: tell_fault(app, fault))
    watch.start()
    rounds.start()
    try:
        yield presence
    finally:
        watch.stop(timeout=None)
        rounds.stop()
        notices.close()
        presence.close()


def stay(app: App, wish: Wish, presence: Presence) -> None:
    """Until somebody asks to stop; says when a window has the workspace too, and when it is gone."""
    windows, looked = 0, -GLANCE
    while not wish.number:
        if time.monotonic() - looked >= GLANCE:
            windows, looked = tell_windows(app, windows, presence.others("window")), time.monotonic()
        time.sleep(NAP)


def tell_windows(app: App, before: int, now: int) -> int:
    """Nothing has to be done about it: each delivery is taken by one of them."""
    if now and not before:
        app.tell(app.t("A window has this workspace open too. They share the work; nothing is sent twice."))
    elif before and not now:
        app.tell(app.t("The window was closed. The worker goes on."))
    return now


def report(app: App, d: Delivery) -> None:
    """One line per delivery on standard error: when, which, what became of it and where."""
    where = f": {d.url}" if d.url and d.state is State.PUBLISHED else ""
    app.tell(f"{datetime.now().strftime('%H:%M:%S')}  {d.id}  {words.state_word(d.state, app.language)}{where}")
    app.tell_findings(d.error)


def keep(done: dict[str, Delivery], d: Delivery) -> None:
    """The latest ANSWERED deliveries, each once, as they ended."""
    done.pop(d.id, None)
    done[d.id] = d
    while len(done) > ANSWERED:
        del done[next(iter(done))]


def spoken(app: App, desk: Desk) -> str:
    """Notices speak as the window does; where that follows the system, as this command does."""
    chosen = str(desk.settings.get("language"))
    return chosen if chosen in words.LANGUAGES else app.language


def tell_fault(app: App, fault: Exception) -> None:
    """A full disk or a locked database need not be so later; a fault of ours marks its own delivery failed."""
    known = fault.findings if isinstance(fault, Problem) else (error("fault", "", reason=type(fault).__name__),)
    app.tell_findings(known)
