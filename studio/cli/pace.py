"""account pace: how fast an account may post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from studio.cli import shapes
from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.core.pace import Pace, hours, hours_text

if TYPE_CHECKING:
    from studio.core.post import Account


@command("pace", "How fast an account may post. Without an option: what is set now.")
@click.argument("id")
@option("--gap", type=int, metavar="MIN", help="Least minutes from one post to the next.")
@option("--jitter", type=int, metavar="MIN", help="Up to so many minutes more, other ones for each post.")
@option("--daily", type=int, metavar="N", help="Most posts in a day; 0 for no cap.")
@option("--quiet", metavar="HOURS", help='When nothing goes out, such as 23:00-07:00; "" for never.')
@option("--default", "proposed", is_flag=True, help="What the platform proposes, instead of your own.")
@pass_app
def pace(
    app: App, id: str, gap: int | None, jitter: int | None, daily: int | None, quiet: str | None, proposed: bool
) -> int:
    given = {name: n for name, n in (("gap", gap), ("jitter", jitter), ("daily", daily)) if n is not None}
    if proposed and (given or quiet is not None):
        raise click.UsageError("--default excludes the other options")
    account = app.desk.accounts.get(id)
    if proposed:
        account = app.desk.accounts.set_pace(id, None)
    elif given or quiet is not None:
        wanted = replace(app.desk.accounts.pace(account), **given)
        account = app.desk.accounts.set_pace(id, wanted if quiet is None else _resting(wanted, quiet))
    return _told(app, account)


def _resting(pace: Pace, quiet: str) -> Pace:
    begin, end = hours(quiet)
    return replace(pace, quiet_from=begin, quiet_to=end)


def _told(app: App, account: Account) -> int:
    now = app.desk.accounts.pace(account)
    app.answer(shapes.pace(account, now))
    if now == Pace():
        app.say(app.t("Nothing slows it down."))
    if now.jitter:
        app.say(app.t("At least {gap} minutes between two posts, and up to {jitter} more.",
                      gap=now.gap, jitter=now.jitter))
    elif now.gap:
        app.say(app.t("At least {gap} minutes between two posts.", gap=now.gap))
    if now.daily:
        app.say(app.t("At most {count} a day.", count=now.daily))
    if quiet := hours_text(now):
        app.say(app.t("Nothing from {begin} to {end}.", begin=quiet[:5], end=quiet[6:]))
    return OK
