"""The command tree, and what each way of ending means for the exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from studio import __version__
from studio.cli.app import CANCELLED, OK, REFUSED, UNCONFIRMED, USAGE, App, CardPainter
from studio.cli.lazy import Group, Option
from studio.core.errors import Cancelled, Problem, Uncertain
from studio.core.finding import Finding, error
from studio.services import words

TREE = {
    "demo": "demo:demo", "account": "account:account", "post": "post:post", "preview": "preview:preview",
    "review": "review:review", "schedule": "publish:schedule", "publish": "publish:publish", "worker": "worker:worker",
    "startup": "startup:startup", "deliveries": "delivery:deliveries", "delivery": "delivery:delivery",
    "media": "media:media", "backup": "keep:backup", "restore": "keep:restore", "doctor": "keep:doctor",
    "hold": "hold:hold", "resume": "hold:resume", "holds": "hold:holds", "image": "later:image", "video": "video:video",
    "calendar": "later:calendar",
}


def _root() -> Group:
    """A new tree each time: a test may run many commands in one process."""
    return Group(
        "yigao", lazy=TREE, help="One draft, every platform: the studio without its window.",
        no_args_is_help=False, invoke_without_command=True, callback=_begin, params=[
            Option(["--workspace"], metavar="DIR", help="The folder with everything in it; made on first use.",
                   type=click.Path(path_type=Path)),
            Option(["--json", "as_json"], is_flag=True, help="Answer with one JSON document on standard output."),
            Option(["--language"], type=click.Choice(words.LANGUAGES), help="The language of the answer."),
            Option(["--version"], is_flag=True, help="Show the version and stop."),
        ],
    )


@click.pass_context
def _begin(ctx: click.Context, workspace: Path | None, as_json: bool, language: str | None, version: bool) -> None:
    app: App = ctx.obj
    if version:
        app.say(__version__)
        app.answer({"version": __version__})
        ctx.exit(OK)
    if ctx.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)


def _common(arguments: Sequence[str]) -> tuple[Path | None, bool, str]:
    """The common options as far as they can be read, so that even wrong usage is answered as asked for."""
    found, rest = {"--workspace": "", "--language": ""}, list(arguments)
    as_json = False
    while rest and rest[0].startswith("--"):
        name, equals, value = rest.pop(0).partition("=")
        as_json = as_json or name == "--json"
        if name in found:
            found[name] = value if equals else (rest.pop(0) if rest else "")
    language = found["--language"] if found["--language"] in words.LANGUAGES else words.choose("system")
    return Path(found["--workspace"]) if found["--workspace"] else None, as_json, language


def run(arguments: Sequence[str], card_painter: CardPainter) -> int:
    """See `studio.cli.run`."""
    app = App(*_common(arguments), card_painter)
    try:
        return _run(app, arguments)
    except BrokenPipeError:  # the reader of our output went away (`| head`)
        sys.stderr.close()
        return OK
    finally:
        app.close()


def _run(app: App, arguments: Sequence[str]) -> int:
    try:
        status = _root().main(list(arguments), "yigao", standalone_mode=False, obj=app)
        return status if isinstance(status, int) else OK
    except click.UsageError as wrong:
        return _wrong_usage(app, wrong)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt, Cancelled):
        app.refuse([error("cancelled", "")])
        return CANCELLED
    except Problem as problem:
        app.refuse(problem.findings or (error("fault", "", reason=type(problem).__name__),))
        return UNCONFIRMED if isinstance(problem, Uncertain) else REFUSED
    except BrokenPipeError:
        raise
    except OSError as fault:
        name, reason = Path(str(fault.filename or "")).name, fault.strerror or type(fault).__name__
        app.refuse([error("file.trouble", "file", name=name, reason=reason)])
        return REFUSED
    except Exception as fault:
        return _our_fault(app, fault)


def _wrong_usage(app: App, wrong: click.UsageError) -> int:
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError) and not app.as_json:
        app.tell(wrong.message)
        return USAGE
    app.refuse([usage_finding(wrong)])
    if wrong.ctx is not None and not app.as_json:
        app.tell(wrong.ctx.get_usage())
    return USAGE


def usage_finding(wrong: click.UsageError) -> Finding:
    """What click found wrong with the line, as a finding."""
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        return error("usage.missing", "command", name="COMMAND")
    if isinstance(wrong, click.NoSuchCommand):
        return error("usage.no_command", "command", name=wrong.command_name)
    if isinstance(wrong, click.NoSuchOption):
        return error("usage.no_option", wrong.option_name, name=wrong.option_name)
    if isinstance(wrong, click.MissingParameter):
        name = _name(wrong)
        return error("usage.missing", name, name=name)
    if isinstance(wrong, click.BadParameter):
        name = _name(wrong)
        return error("usage.bad_value", name, name=name, reason=wrong.message)
    return error("usage.wrong", "", reason=wrong.message)


def _name(wrong: click.BadParameter) -> str:
    if wrong.param_hint:
        return wrong.param_hint if isinstance(wrong.param_hint, str) else " / ".join(wrong.param_hint)
    if wrong.param is None:
        return ""
    return wrong.param.human_readable_name if isinstance(wrong.param, click.Argument) else wrong.param.opts[-1]


def _our_fault(app: App, fault: Exception) -> int:
    """Where it happened goes to standard error; the error's own text stays out, it may hold anything."""
    import traceback

    for frame in traceback.extract_tb(fault.__traceback__):
        app.tell(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    app.refuse([error("fault", "", reason=type(fault).__name__)])
    return REFUSED
