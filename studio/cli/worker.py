"""worker: keeps publishing what falls due, until it is told to stop."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass

from studio.cli import shapes
from studio.cli.app import CANCELLED, OK, App, pass_app
from studio.cli.lazy import command
from studio.cli.publish import report
from studio.cli.working import on_interrupt
from studio.core.delivery import Delivery
from studio.core.errors import Problem
from studio.core.finding import error

NAP = 0.2  # seconds; how soon a wish to stop is noticed


@dataclass
class Wish:
    """Which signal asked to stop, 0 while none did. A plain variable: a signal handler may take no lock."""

    number: int = 0

    def ask(self, number: int) -> None:
        self.number = number


@command("worker", "Keep publishing what falls due, until interrupted.")
@pass_app
def worker(app: App) -> int:
    from studio.services.watch import Watch

    wish, done = Wish(), list[Delivery]()
    desk = app.desk
    if desk.why is not None:
        app.refuse([desk.why])
        return 1
    watch = Watch(desk.calendar, desk.publishing)
    watch.went.connect(done.append)
    watch.went.connect(lambda d: report(app, d))
    watch.faulted.connect(lambda fault: tell_fault(app, fault))
    with on_interrupt(wish.ask, signal.SIGTERM):
        app.tell(app.t("Watching {folder}. Ctrl-C stops after the delivery under way.", folder=desk.folder))
        watch.start()
        while not wish.number:
            time.sleep(NAP)
        watch.stop(timeout=None)
    app.answer([shapes.outcome(d, app) for d in done])
    app.tell(app.t("Stopped."))
    return CANCELLED if wish.number == signal.SIGINT else OK


def tell_fault(app: App, fault: Exception) -> None:
    """A full disk or a locked database need not be so later; a fault of ours marks its own delivery failed."""
    known = fault.findings if isinstance(fault, Problem) else (error("fault", "", reason=type(fault).__name__),)
    app.tell_findings(known)
