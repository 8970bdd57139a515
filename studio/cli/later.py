"""Commands that are named already and come with their own part of the studio."""

from __future__ import annotations

import click

from studio.cli.app import USAGE, App, pass_app
from studio.cli.lazy import command
from studio.core.finding import error

ANYTHING = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def not_built(app: App, name: str) -> int:
    """The answer of a command that is not there yet."""
    app.refuse([error("not_built", "command", name=name)])
    return USAGE


def _later(name: str) -> click.Command:
    @command(name, "Not built yet.", context_settings=ANYTHING)
    @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
    @pass_app
    def named(app: App, rest: tuple[str, ...]) -> int:
        return not_built(app, name)

    return named


image, calendar = (_later(n) for n in ("image", "calendar"))
