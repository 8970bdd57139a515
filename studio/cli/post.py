"""post: import, export, list, show, check, kit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studio.cli import shapes
from studio.cli.app import OK, REFUSED, App, pass_app
from studio.cli.lazy import group, option
from studio.cli.preview import account_for
from studio.core.delivery import State
from studio.core.errors import Problem
from studio.core.finding import blocking
from studio.core.words import N
from studio.services import words

if TYPE_CHECKING:
    from studio.services.posts import PostRow


@group("post", "Posts: in, out, and what is wrong with them.", lazy={"kit": "byhand:kit"})
def post() -> None:
    """The group itself does nothing."""


@post.command("import", help="A new post from a Markdown file, a folder or a .yigao package.")
@click.argument("path", type=click.Path(path_type=Path))
@pass_app
def import_(app: App, path: Path) -> int:
    from studio.services.markdown import import_post

    desk = app.desk
    try:
        done = app.work(N("job", "Preparing"), lambda task: import_post(desk, path, task))
    except Problem as refused:
        app.refuse(refused.findings, post=None)
        return REFUSED
    app.answer({"post": done.post.id, "findings": app.described(done.findings)})
    app.remark(done.findings)
    app.say(app.t("Imported as {id}: {heading}", id=done.post.id, heading=done.post.heading or "-"))
    return OK


@post.command("export", help="The post as files that import reads back.")
@click.argument("id")
@option("--out", required=True, type=click.Path(path_type=Path), help="A .md or .yigao file, or a folder.")
@pass_app
def export(app: App, id: str, out: Path) -> int:
    from studio.services.markdown import export_post

    files = export_post(app.desk, app.desk.posts.get(id), out)
    app.answer({"post": id, "out": str(out), "files": [str(f) for f in files]})
    for file in files:
        app.say(str(file))
    return OK


@post.command("list", help="All posts, the latest changed first.")
@option("--search", default="", metavar="WORDS", help="Only what has these words.")
@option("--state", type=click.Choice([s.value for s in State]), help="Only in this state.")
@option("--limit", type=click.IntRange(1), help="At most that many.")
@option("--offset", type=click.IntRange(0), default=0, help="Leave out that many first.")
@pass_app
def list_posts(app: App, search: str, state: str | None, limit: int | None, offset: int) -> int:
    found = app.desk.posts.list(search, state=State(state) if state else None, limit=limit, offset=offset)
    if app.as_json:
        app.answer([shapes.row(p) for p in found])
    elif found:
        _table(app, found)
    else:
        app.say(app.t("No posts."))
    return OK


def _table(app: App, found: list[PostRow]) -> None:
    """Ten thousand lines in a moment: all but the heading has a fixed width, so each line is made at once."""
    from studio.cli.table import fit, padded

    state_words = {s: words.state_word(s, app.language) for s in State}
    texts = padded([app.t("State"), *state_words.values()])
    shown = dict(zip(state_words, texts[1:], strict=True))
    head, when = padded([app.t("Post"), found[0].id])[0], padded([app.t("Changed"), "2026-12-01 09:00"])[0]
    lines = [f"{head}  {texts[0]}  {when}  {app.t('Heading')}"]
    lines += [
        f"{p.id}  {shown[p.state]}  {p.updated.isoformat(' ', 'minutes')[:16]}  {fit(p.heading, 64)}" for p in found
    ]
    app.say("\n".join(lines))


@post.command("show", help="All of one post.")
@click.argument("id")
@pass_app
def show(app: App, id: str) -> int:
    from studio.core.schema import post_to_json
    from studio.services.exchange import sheet_of
    from studio.services.markdown import Item, compose

    found = app.desk.posts.get(id)
    sent = app.desk.publishing.list(post=id)
    plain = {k: v for k, v in post_to_json(found).items() if k not in ("id", "kind")}
    app.answer({"post": found.id, "heading": found.heading, **plain,
                "deliveries": [shapes.delivery(d, app) for d in sent]})
    if not app.as_json:
        for line in compose(sheet_of(found, lambda m: Item(m.name, m.alt))).splitlines():
            app.say(line)
    for d in sent:
        app.say(f"{d.id}  {words.state_word(d.state, app.language)}  {d.platform}  {d.url}".rstrip())
    return OK


@post.command("check", help="Everything that is wrong or doubtful for one platform or account.")
@click.argument("id")
@option("--platform", help="The platform, by its id.")
@option("--account", help="The account, by its id.")
@pass_app
def check(app: App, id: str, platform: str | None, account: str | None) -> int:
    if not (platform or account):
        raise click.MissingParameter(param_hint="--platform / --account")
    found = app.desk.posts.get(id)
    whom = app.desk.accounts.get(account) if account else account_for(app, found, str(platform))
    app.desk.covers.look(app.desk.checks.content(found, whom))
    findings = app.desk.checks.findings(found, whom)
    app.answer({"findings": app.described(findings)})
    app.remark(findings)
    if not blocking(findings):
        app.say(app.t("Ready to publish."))
    return REFUSED if blocking(findings) else OK
