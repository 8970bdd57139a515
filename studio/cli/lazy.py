"""Commands that are imported when they are called, and whose help is in the reader's language."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click

from studio.core.words import Marked
from studio.services import words


def said(ctx: click.Context, text: str | None) -> str:
    """A help text in the language of this run."""
    language = getattr(ctx.find_root().obj, "language", "en")
    return words.speak(Marked("cli", text), language) if text else ""


class Command(click.Command):
    """A command with translated help."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(ctx, self.help))

    def get_short_help_str(self, limit: int = 45) -> str:
        ctx = click.get_current_context(silent=True)
        return said(ctx, self.help).split("\n")[0] if ctx is not None else str(self.help)


class Option(click.Option):
    """An option with translated help."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return (record[0], said(ctx, self.help)) if record is not None else None


class Group(Command, click.Group):
    """Commands by name; each is "module:attribute" below studio.cli until it is called or listed."""

    command_class = Command

    def __init__(self, *rest: Any, lazy: Mapping[str, str] | None = None, **named: Any) -> None:
        super().__init__(*rest, **named)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.lazy, *(name for name in self.commands if name not in self.lazy)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in self.lazy and name not in self.commands:
            module, _, attribute = self.lazy[name].partition(":")
            self.commands[name] = getattr(importlib.import_module(f"studio.cli.{module}"), attribute)
        return self.commands.get(name)


def command(name: str, help: str, **named: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Like click.command; the help is an English literal that cli.tsv translates."""
    return click.command(name, cls=Command, help=help, **named)


def group(name: str, help: str, **named: Any) -> Callable[[Callable[..., Any]], Group]:
    """A group of sub-commands; calling it without one shows its help."""
    return click.command(name, cls=Group, help=help, **named)


def option(*names: str, help: str, **named: Any) -> Callable[[Any], Any]:
    """Like click.option; the help is an English literal that cli.tsv translates."""
    return click.option(*names, cls=Option, help=help, **named)
