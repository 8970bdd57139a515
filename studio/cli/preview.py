"""preview: how a post will look there, as one picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.core.errors import Refused
from studio.core.finding import error

if TYPE_CHECKING:
    from studio.core.post import Account, Post


@command("preview", "Paint how a post will look on a platform, or list the platforms' surfaces.")
@click.argument("id", required=False)
@option("--list", "listed", is_flag=True, help="List the platforms, their surfaces and widths.")
@option("--platform", help="The platform, by its id.")
@option("--account", help="The account, by its id.")
@option("--surface", default="", help="Where on the platform; its first surface when left out.")
@option("--theme", type=click.Choice(["light", "dark"]), default="light", help="The platform's light or dark look.")
@option("--width", type=click.FloatRange(120, 4000), help="Width of the card in logical pixels.")
@option("--scale", type=click.FloatRange(0.5, 4), default=1.0, help="Pixels per logical pixel.")
@option("--out", type=click.Path(path_type=Path), help="The PNG to write.")
@pass_app
def preview(
    app: App, id: str | None, listed: bool, platform: str | None, account: str | None, surface: str, theme: Any,
    width: float | None, scale: float, out: Path | None,
) -> int:
    if listed:
        return _list(app)
    for name, value in (("ID", id), ("--platform", platform or account), ("--out", out)):
        if not value:
            raise click.MissingParameter(param_hint=name)
    assert id and out
    post = app.desk.posts.get(id)
    whom = app.desk.accounts.get(account) if account else account_for(app, post, str(platform))
    try:
        painted = app.painter(app.desk, post, whom, surface=surface, theme=theme, width=width, scale=scale,
                              language=app.language, out=out)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise Refused(error("out.unwritable", "out", name=str(out), reason=reason)) from fault
    app.answer(painted)
    app.say(app.t("Painted {file}, {width} × {height}.",
                  file=painted["file"], width=painted["width"], height=painted["height"]))
    return OK


def account_for(app: App, post: Post, platform: str) -> Account:
    """The post's own account on that platform, with its overrides; a stand-in when it has none."""
    mine = {a.id: a for a in app.desk.accounts.list()}
    chosen = (mine[a] for a in post.accounts if a in mine)
    return next((a for a in chosen if a.platform == platform), None) or app.desk.previews.stand_in(platform)


def _list(app: App) -> int:
    previews = app.desk.previews
    app.answer([{
        "id": p, "surfaces": [
            {"id": s.id, "width": s.widths[0], "widths": list(s.widths), "label": s.label.get(app.language, s.id)}
            for s in previews.surfaces(p)
        ],
    } for p in previews.platforms()])
    rows = [[p, s.id, " ".join(str(w) for w in s.widths)] for p in previews.platforms() for s in previews.surfaces(p)]
    app.table([app.t("Platform"), app.t("Surface"), app.t("Widths")], rows)
    return OK
