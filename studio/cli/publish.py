"""schedule and publish."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click

from studio.cli import shapes
from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.core.delivery import Delivery, State
from studio.core.slot import Late, iso, skipped, to_utc, twice
from studio.core.words import N
from studio.services import words


@command("schedule", "Publish later, at a time on the clock of a place.")
@click.argument("id")
@option("--account", required=True, help="The account, by its id.")
@option("--at", required=True, metavar="TIME", help="Date and time there, such as 2026-12-01T09:00.")
@option("--zone", help="The time zone, such as Asia/Shanghai; that of the settings when left out.")
@option("--second", is_flag=True, help="The later of the two, when clocks go back and that time comes twice.")
@option("--late", help="When the computer was off: post:15m, post:2h, ask or skip.")
@option("--ahead", is_flag=True, help="Leave it with the platform’s own timer, which shows it at its time.")
@option("--again", is_flag=True, help="Publish a second time although it is live there already.")
@option("--unseen", is_flag=True, help="Do not ask the platform first whether it could go out.")
@pass_app
def schedule(
    app: App, id: str, account: str, at: str, zone: str | None, second: bool, late: str | None, ahead: bool,
    again: bool, unseen: bool,
) -> int:
    from studio.services.places import chosen_zone

    name = zone or chosen_zone(app.desk.settings.get("zone"))
    moment = to_utc(at, name, second)
    _tell_of_clocks(app, at, name, moment, second)
    policy = Late.parse(late) if late else None
    if not unseen:
        app.remark(app.desk.before.refuse(app.desk.posts.get(id), app.desk.accounts.get(account)))
    made = app.desk.calendar.schedule(id, account, moment, name, policy, ahead=ahead, again=again)
    app.answer({"delivery": made.id, "state": made.state.value, "at": iso(made.at), "zone": made.zone,
                "late": str(made.late), "clock": made.clock})
    app.say(app.t("Scheduled for {at} ({zone}) as {id}.", at=local(made.at, name), zone=name, id=made.id))
    tell_clock(app, made)
    return OK


def tell_clock(app: App, d: Delivery) -> None:
    """Whose clock fires, of what waits for its time."""
    if d.state is not State.SCHEDULED:
        return
    if d.ahead:
        app.say(app.t("It lies with the platform, whose own timer shows it. This computer may be off."))
    elif d.clock == "platform":
        app.say(app.t("The platform’s own timer will show it. Until it is left there, this computer must be on."))
    else:
        app.say(app.t("This computer sends it, and must be on at that time."))


def _tell_of_clocks(app: App, at: str, zone: str, moment: datetime, second: bool) -> None:
    """Says what was made of a time that summer time skips, or that comes twice at its end."""
    if skipped(at, zone):
        app.tell(app.t("{at} does not exist in {zone}: clocks go forward then. It becomes {real}.",
                       at=at, zone=zone, real=local(moment, zone)))
    elif twice(at, zone):
        app.tell(app.t("{at} comes twice in {zone}: clocks go back then. The second is taken.", at=at, zone=zone)
                 if second else
                 app.t("{at} comes twice in {zone}: clocks go back then. The first is taken; --second takes the other.",
                       at=at, zone=zone))


def local(moment: datetime, zone: str) -> str:
    """On the clock of that zone: "2026-12-01 09:00"."""
    from studio.core import slot

    return moment.astimezone(slot.zone(zone)).strftime("%Y-%m-%d %H:%M")


@command("publish", "Publish now and wait, or publish all that is due.")
@click.argument("id", required=False)
@option("--account", help="The account, by its id.")
@option("--again", is_flag=True, help="Publish a second time although it is live there already.")
@option("--hurry", is_flag=True, help="Do not wait for the account’s own pace.")
@option("--due", is_flag=True, help="Publish all that is due, then stop.")
@option("--now", metavar="TIME", help="With --due: what time it is taken to be, in UTC.")
@pass_app
def publish(
    app: App, id: str | None, account: str | None, again: bool, hurry: bool, due: bool, now: str | None
) -> int:
    if due:
        return _publish_due(app, to_utc(now, "UTC") if now else datetime.now(UTC))
    if now:
        raise click.UsageError("--now needs --due")
    for name, value in (("ID", id), ("--account", account)):
        if not value:
            raise click.MissingParameter(param_hint=name)
    sender, whole = app.desk.publishing, (str(id), str(account))
    done = app.work(N("job", "Publishing"), lambda task: sender.publish(*whole, task, again=again, hurry=hurry))
    report(app, done)
    tell_wait(app, done)
    app.answer(shapes.outcome(done, app))
    return shapes.status(done)


def tell_wait(app: App, d: Delivery) -> None:
    """A pace, or the delay of a thread's next part, that makes it wait."""
    if d.state is State.DUE and d.link and d.wake is not None:
        app.tell(app.t("Parts that are live: {count}. The next one goes at {at} ({zone}), by the worker or the window.",
                       count=d.link, at=local(d.wake, d.zone), zone=d.zone))
    elif (wait := app.desk.outlook.waits(d)) is not None:
        app.tell(app.t("Its account’s pace makes it wait until {at} ({zone}). The worker or the window sends it then; "
                       "--hurry sends it now.", at=local(wait.until, d.zone), zone=d.zone))


def _publish_due(app: App, now: datetime) -> int:
    """What this run turned missed, and what a hold or a pace stops, is listed too; only what was taken up decides the
    exit status.
    """
    desk = app.desk
    found = desk.calendar.tick(now)
    started = time.monotonic()
    done = app.work(N("job", "Publishing"), lambda task: desk.publishing.run_due(now, task))
    taken = {d.id for d in done}
    all = [*(desk.publishing.get(d) for d in (*found.missed, *found.send) if d not in taken), *done]
    for d in all:
        report(app, d)
        tell_wait(app, d)
    app.answer([shapes.outcome(d, app) for d in all])
    if not all:
        app.say(app.t("Nothing is due."))
    app.tell(app.t("{count} taken up in {seconds} s.", count=len(done), seconds=round(time.monotonic() - started, 1)))
    return shapes.worst(done)


def report(app: App, d: Delivery) -> None:
    """What became of it, as one line for people and its findings beside it."""
    where = f": {d.url}" if d.url and d.state is State.PUBLISHED else ""
    app.say(f"{d.id}  {words.delivery_word(d, app.language)}{where}")
    app.remark(d.error)
