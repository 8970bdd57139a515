"""startup: what the system starts at login, for machines that are always on."""

from __future__ import annotations

import click

from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command
from studio.services.startup import MODES, Found, Mode, Startup


@command("startup", "What starts at login: off, worker or window. Without a word, what it is now.")
@click.argument("mode", required=False, type=click.Choice(MODES))
@pass_app
def startup(app: App, mode: Mode | None) -> int:
    own = Startup(app.folder)
    found = own.state() if mode is None else changed(app, own, mode)
    app.answer({"startup": found.mode, "findings": app.described(found.findings)})
    app.say(spoken(app, found))
    app.remark(found.findings)
    return OK


def changed(app: App, own: Startup, mode: Mode) -> Found:
    """The system first, then the setting: the window shows the same."""
    desk = app.desk  # made now, so that what starts at login finds its workspace
    found = own.set(mode)
    if not desk.read_only:
        desk.settings.set("startup", mode)
    return found


def spoken(app: App, found: Found) -> str:
    """What starts, in words."""
    return {
        "off": app.t("Nothing starts at login."), "worker": app.t("The worker starts at login."),
        "window": app.t("The window starts at login, in the tray."),
    }[found.mode]  # fmt: skip
