"""preview: how a post will look there, as one picture, or as a folder with every surface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.core.errors import Refused
from studio.core.finding import error

if TYPE_CHECKING:
    from studio.core.post import Account, Post

Paint = dict[str, Any]


@command("preview", "Paint how a post will look on a platform, or list the platforms' surfaces.")
@click.argument("id", required=False)
@option("--list", "listed", is_flag=True, help="List the platforms, their surfaces and widths.")
@option("--platform", help="The platform, by its id.")
@option("--account", help="The account, by its id.")
@option("--surface", default="", help="Where on the platform; its first surface when left out.")
@option("--theme", type=click.Choice(["light", "dark"]), default="light", help="The platform's light or dark look.")
@option("--width", type=click.FloatRange(120, 4000), help="Width of the card in logical pixels.")
@option("--scale", type=click.FloatRange(0.5, 4), default=1.0, help="Pixels per logical pixel.")
@option("--text-size", "text", type=click.FloatRange(0.5, 3), default=1.0,
        help="The reader's text size; 1 as the platform has it.")
@option("--unfolded", is_flag=True, help="The whole text, as after a tap on more.")
@option("--page", type=click.IntRange(1), default=1, help="Which picture of a carousel, from 1.")
@option("--all", "everything", is_flag=True,
        help="Every surface of the post's accounts, or of every platform when it has none, into the folder --out.")
@option("--everywhere", is_flag=True, help="Like --all, for every platform there is.")
@option("--out", type=click.Path(path_type=Path), help="The PNG to write.")
@pass_app
def preview(
    app: App, id: str | None, listed: bool, platform: str | None, account: str | None, surface: str, theme: Any,
    width: float | None, scale: float, text: float, unfolded: bool, page: int, everything: bool,
    everywhere: bool, out: Path | None,
) -> int:
    if listed:
        return _list(app)
    everything = everything or everywhere
    for name, value in (("ID", id), ("--platform", platform or account or everything), ("--out", out)):
        if not value:
            raise click.MissingParameter(param_hint=name)
    assert id and out
    if everything and (surface or width):
        raise click.UsageError("--all excludes --surface and --width")
    how = {"theme": theme, "scale": scale, "text": text, "unfolded": unfolded, "page": page - 1}
    post = app.desk.posts.get(id)
    if everything:
        return _all(app, post, _whom(app, post, platform, account, everywhere), out, how)
    whom = app.desk.accounts.get(account) if account else account_for(app, post, str(platform))
    painted = paint(app, post, whom, out, surface=surface, width=width, **how)
    app.answer(painted)
    _say(app, painted)
    return OK


def paint(app: App, post: Post, account: Account, out: Path, **how: Any) -> Paint:
    """One picture. Refused where it cannot be written."""
    asked = {"surface": "", "width": None, "theme": "light", "scale": 1.0, **how}
    try:
        painted: Paint = app.painter(app.desk, post, account, language=app.language, out=out, **asked)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise Refused(error("out.unwritable", "out", name=str(out), reason=reason)) from fault
    return painted


def account_for(app: App, post: Post, platform: str) -> Account:
    """The post's own account on that platform, with its overrides; a stand-in when it has none."""
    found = (a for a in accounts_of(app, post) if a.platform == platform)
    return next(found, None) or app.desk.previews.stand_in(platform)


def accounts_of(app: App, post: Post) -> list[Account]:
    """The accounts a post is meant for, in its order; those that were removed are left out."""
    mine = {a.id: a for a in app.desk.accounts.list()}
    return [mine[a] for a in post.accounts if a in mine]


def _whom(app: App, post: Post, platform: str | None, account: str | None, everywhere: bool) -> list[Account]:
    """For whom --all and --everywhere paint."""
    if account:
        return [app.desk.accounts.get(account)]
    if platform:
        return [account_for(app, post, platform)]
    return whom(app, post, everywhere)


def whom(app: App, post: Post, everywhere: bool) -> list[Account]:
    """The post's accounts; every platform when it has none, or `everywhere`: there with its own accounts first."""
    mine, previews = accounts_of(app, post), app.desk.previews
    if mine and not everywhere:
        return mine
    have = {account.platform for account in mine}
    return [*mine, *(previews.stand_in(p) for p in previews.platforms() if p not in have)]


def _all(app: App, post: Post, accounts: list[Account], out: Path, how: Paint) -> int:
    app.make_folder(out)
    made = []
    for account, surface, name in files(app, accounts):
        painted = paint(app, post, account, out / f"{name}.png", surface=surface, **how)
        told = {"platform": account.platform, "account": account.id, "surface": surface, "theme": how["theme"]}
        made.append({**told, **painted})
        _say(app, painted)
    app.answer(made)
    return OK


def files(app: App, accounts: list[Account]) -> Iterator[tuple[Account, str, str]]:
    """Every surface of these accounts, with a name for its file."""
    platforms = [account.platform for account in accounts]
    for account in accounts:
        several = platforms.count(account.platform) > 1
        stem = f"{account.platform}-{account.id}" if several else account.platform
        for surface in app.desk.previews.surfaces(account.platform):
            yield account, surface.id, f"{stem}-{surface.id}"


def _say(app: App, painted: Paint) -> None:
    app.say(app.t("Painted {file}, {width} × {height}.",
                  file=painted["file"], width=painted["width"], height=painted["height"]))


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
