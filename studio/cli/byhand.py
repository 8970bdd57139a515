"""post kit, and the parts of delivery that are done by hand."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli import shapes
from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.cli.preview import account_for
from studio.cli.publish import report
from studio.core.words import N
from studio.services import words

WEEK = 7 * 24 * 60  # minutes, the longest that a reminder is put off


@command("kit", "A folder with everything to post by hand: files in order, texts, covers, what to do.")
@click.argument("id")
@option("--platform", help="The platform, by its id.")
@option("--account", help="The account, by its id.")
@option("--out", required=True, type=click.Path(path_type=Path), help="A new or empty folder.")
@pass_app
def kit(app: App, id: str, platform: str | None, account: str | None, out: Path) -> int:
    if not (platform or account):
        raise click.MissingParameter(param_hint="--platform / --account")
    post = app.desk.posts.get(id)
    whom = app.desk.accounts.get(account) if account else account_for(app, post, str(platform))
    files = app.work(N("job", "Preparing"), lambda task: app.desk.by_hand.export(id, whom, out, app.language))
    app.answer({"files": [str(file) for file in files], "out": str(out)})
    for file in files:
        app.say(str(file))
    return OK


@command("hand", "What to do by hand for a delivery that waits for you.")
@click.argument("id")
@pass_app
def hand(app: App, id: str) -> int:
    found = app.desk.by_hand.sheet(id)
    handoff = found.handoff
    app.answer({
        "delivery": id, "platform": found.platform.id, "page": handoff.page, "scan": handoff.scan or None,
        "draft": handoff.draft, "folder": str(found.folder), "files": [str(file) for file in found.files],
        "pieces": [{"name": p.name, "text": p.text, "html": p.html or None, "count": p.count, "limit": p.limit}
                   for p in handoff.pieces],
        "ticks": [tick.say(app.language) for tick in handoff.ticks],
        "steps": [{"step": step, "done": step in found.done} for step in found.steps],
    })
    if not app.as_json:
        app.say(app.desk.by_hand.instructions(id, app.language))
        app.say(app.t("Everything lies in {folder}", folder=found.folder))
    return OK


@command("remind", "Leave it for later: it is told again then.")
@click.argument("id")
@option("--minutes", type=click.IntRange(1, WEEK), default=30, help="In so many minutes.")
@pass_app
def remind(app: App, id: str, minutes: int) -> int:
    done = app.desk.by_hand.later(id, minutes)
    app.answer(shapes.outcome(done, app))
    app.say(app.t("It is told again in {minutes} minutes.", minutes=minutes))
    return OK


@command("failed", "Say that it could not be posted by hand.")
@click.argument("id")
@option("--reason", default="", help="What went wrong.")
@pass_app
def failed(app: App, id: str, reason: str) -> int:
    done = app.desk.by_hand.failed(id, reason)
    app.answer(shapes.outcome(done, app))
    app.say(f"{done.id}  {words.delivery_word(done, app.language)}")
    return OK


@command("confirm", "Say that it is live, with its link.")
@click.argument("id")
@option("--url", required=True, help="The link of the post.")
@option("--anyway", is_flag=True, help="Keep the link although it does not look like one of that platform.")
@pass_app
def confirm(app: App, id: str, url: str, anyway: bool) -> int:
    from studio.core.delivery import State

    desk = app.desk
    by_hand = desk.publishing.get(id).state in (State.WAITING, State.HANDED_OVER)
    done = desk.by_hand.paste(id, url, anyway=anyway) if by_hand else desk.publishing.confirm(id, url)
    app.answer(shapes.outcome(done, app))
    report(app, done)
    return OK
