"""deliveries and delivery: what is under way, its journal and proof, and the person's answers."""

from __future__ import annotations

from typing import Any

import click

from studio.cli import shapes
from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, group, option
from studio.cli.publish import local, report, tell_clock, tell_wait
from studio.core.delivery import Delivery, State
from studio.core.slot import zone
from studio.core.words import N
from studio.services import words


@command("deliveries", "What waits, was sent, failed or was missed.")
@option("--post", help="Only of this post.")
@option("--account", help="Only to this account.")
@option("--state", type=click.Choice([s.value for s in State]), help="Only in this state.")
@pass_app
def deliveries(app: App, post: str | None, account: str | None, state: str | None) -> int:
    states = [State(state)] if state else None
    found = app.desk.publishing.list(post=post, account=account, states=states)
    app.answer([shapes.delivery(d, app) for d in found])
    rows = [[d.id, words.delivery_word(d, app.language), local(d.at, d.zone), d.zone, d.platform, d.post]
            for d in found]
    heads = [app.t("Delivery"), app.t("State"), app.t("When"), app.t("Zone"), app.t("Platform"), app.t("Post")]
    app.table(heads, rows)
    return OK


@group("delivery", "One delivery: show it, or say what became of it.", lazy={
    "confirm": "byhand:confirm", "hand": "byhand:hand", "remind": "byhand:remind", "failed": "byhand:failed",
    "numbers": "insight:numbers", "comments": "insight:comments", "reply": "insight:reply",
})
def delivery() -> None:
    """The group itself does nothing."""


@delivery.command("show", help="State, proof and every line of its journal.")
@click.argument("id")
@pass_app
def show(app: App, id: str) -> int:
    from studio.services.telling import tell_all

    found = app.desk.publishing.get(id)
    steps = app.desk.publishing.story(id)
    app.answer({**shapes.delivery(found, app), "steps": [shapes.step(s) for s in steps]})
    report(app, found)
    tell_clock(app, found)
    tell_wait(app, found)
    for c in found.proof.lines if found.proof else ():
        mark = app.t("same") if c.same else app.t("different")
        app.say(f"  {c.what}: {mark}")
    for told in tell_all(found, steps, app.language, zone(found.zone)):
        app.say(f"{told.day} {told.clock}  {told.head}")
        for more in (*told.details, *told.code):
            app.say(" " * 21 + more)
    return OK


@delivery.command("resend", help="Send it again, because you looked and it is not there.")
@click.argument("id")
@option("--over", is_flag=True, help="Start over, from the first part and with every file, also what is live already.")
@pass_app
def resend(app: App, id: str, over: bool) -> int:
    desk = app.desk

    def again(task: Any) -> Delivery:
        return desk.publishing.resend(id, task, over=over)

    done = app.work(N("job", "Publishing"), again)
    _answer(app, done)
    return shapes.status(done)


@delivery.command("cancel", help="Take it back before it is sent.")
@click.argument("id")
@pass_app
def cancel(app: App, id: str) -> int:
    return _answer(app, app.desk.publishing.cancel(id))


def _answer(app: App, done: Delivery) -> int:
    app.answer(shapes.outcome(done, app))
    report(app, done)
    return OK
