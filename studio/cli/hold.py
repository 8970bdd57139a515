"""hold and resume: nothing is sent while a hold lasts, and nothing it stopped goes out by itself afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studio.cli import shapes
from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound

if TYPE_CHECKING:
    from studio.core.hold import Hold

RESTING = (State.HELD, State.MISSED)


@command("hold", "Send nothing until you resume: everything, one platform or one account.")
@option("--reason", required=True, help="Why; it is shown beside everything that rests.")
@option("--platform", help="Only what goes to this platform.")
@option("--account", help="Only what goes to this account, by its id.")
@pass_app
def hold(app: App, reason: str, platform: str | None, account: str | None) -> int:
    _one_scope(app, platform, account)
    made = app.desk.holds.hold(reason, platform=platform, account=account)
    app.answer(shapes.hold(made))
    app.say(app.t("On hold: {scope}. Nothing of it is sent until you resume it.", scope=_named(app, made)))
    return OK


@command("resume", "End a hold. What was held or missed waits for you and does not go out by itself.")
@option("--platform", help="Only what goes to this platform.")
@option("--account", help="Only what goes to this account, by its id.")
@pass_app
def resume(app: App, platform: str | None, account: str | None) -> int:
    _one_scope(app, platform, account)
    holds = app.desk.holds
    before = holds.active()
    holds.resume(platform=platform, account=account)
    left = holds.active()
    ended = [h for h in before if h not in left]
    resting = app.desk.publishing.list(states=RESTING)
    waiting = [d for d in resting if any(h.covers(d.platform, d.account) for h in ended)]
    app.answer({"resumed": [shapes.hold(h) for h in ended], "holds": [shapes.hold(h) for h in left],
                "waiting": [d.id for d in waiting]})
    _say_resumed(app, ended, left, waiting)
    return OK


def _say_resumed(app: App, ended: list[Hold], left: list[Hold], waiting: list[Delivery]) -> None:
    for each in ended:
        app.say(app.t("The hold is over: {scope}.", scope=_named(app, each)))
    if not ended:
        app.say(app.t("There was no such hold."))
    for each in left:
        app.say(app.t("Still on hold: {scope} ({reason}).", scope=_named(app, each), reason=each.reason))
    for delivery in waiting:
        app.say(app.t("{id} waits for you. `delivery resend` sends it, `delivery cancel` takes it back.",
                      id=delivery.id))


@command("holds", "What rests now, and why.")
@pass_app
def holds(app: App) -> int:
    active = app.desk.holds.active()
    app.answer([shapes.hold(h) for h in active])
    heads = [app.t("What rests"), app.t("Since"), app.t("Reason")]
    app.table(heads, [[_named(app, h), f"{h.at:%Y-%m-%d %H:%M} UTC", h.reason] for h in active])
    return OK


def _one_scope(app: App, platform: str | None, account: str | None) -> None:
    """Wrong usage when both are named; NotFound when there is no such platform or account."""
    if platform and account:
        raise click.UsageError("--platform and --account exclude each other")
    if platform:
        app.desk.accounts.platform(platform)
    if account:
        app.desk.accounts.get(account)


def _named(app: App, hold: Hold) -> str:
    """The scope as people call it; the id of an account that was removed."""
    kind, _, id = hold.scope.partition(":")
    if not kind:
        return app.t("everything")
    if kind == "platform":
        return app.desk.accounts.platform(id).name.say(app.language)
    try:
        found = app.desk.accounts.get(id)
    except NotFound:
        return id
    return found.handle or found.name
