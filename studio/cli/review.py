"""review: a page for a client with every preview, and the comments that come back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import group, option
from studio.cli.preview import files, paint, whom
from studio.core.slot import iso

if TYPE_CHECKING:
    from studio.core.card import Theme
    from studio.core.post import Account, Post
    from studio.services.reviews import Seen, Shot

Json = dict[str, Any]


@group("review", "A page with the previews for a client to comment on, and the comments that come back.")
def review() -> None:
    """The group itself does nothing."""


@review.command("export", help="Write the page: one file that needs no network and cannot change the post.")
@click.argument("id")
@option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The HTML file to write.")
@option("--account", "accounts", multiple=True, metavar="ID",
        help="Only this account's previews; may be given more than once.")
@option("--surface", "surfaces", multiple=True, metavar="ID",
        help="Only this surface, by its id; may be given more than once.")
@option("--everywhere", is_flag=True, help="Every platform there is, not only the post's accounts.")
@option("--theme", type=click.Choice(["light", "dark", "both"]), default="light", help="Light, dark, or both looks.")
@option("--scale", type=click.FloatRange(1, 3), default=2.0, help="Pixels per logical pixel.")
@option("--who", default="", metavar="NAME", help="Who asks, as the client knows you.")
@pass_app
def export(
    app: App, id: str, out: Path, accounts: tuple[str, ...], surfaces: tuple[str, ...], everywhere: bool,
    theme: Any, scale: float, who: str,
) -> int:
    post = app.desk.posts.get(id)
    chosen = [app.desk.accounts.get(a) for a in accounts] or whom(app, post, everywhere)
    themes: tuple[Theme, ...] = ("light", "dark") if theme == "both" else (theme,)
    shots = _shots(app, post, chosen, surfaces, themes, scale)
    app.desk.reviews.write(post, shots, out, who=who, language=app.language)
    app.answer({"post": post.id, "file": str(out), "bytes": out.stat().st_size, "previews": [
        {"account": s.account.id, "platform": s.account.platform, "surface": s.surface, "theme": s.theme}
        for s in shots]})
    app.say(app.t("Wrote {file} with {count} previews.", file=out, count=len(shots)))
    return OK


def _shots(
    app: App, post: Post, accounts: list[Account], surfaces: tuple[str, ...], themes: Sequence[Theme], scale: float
) -> list[Shot]:
    """Painted into a folder that is gone afterwards."""
    from studio.services.reviews import Shot

    made = []
    with TemporaryDirectory(prefix="yigao-") as folder:
        for account, surface, name in files(app, accounts):
            for theme in themes if not surfaces or surface in surfaces else ():
                out = Path(folder) / f"{name}-{theme}.png"
                told = paint(app, post, account, out, surface=surface, theme=theme, scale=scale)
                spoken = " ".join(box["text"] for box in told["boxes"] if box["kind"] == "text" and box["text"])
                made.append(Shot(account, surface, theme, told["width"], told["height"], out.read_bytes(),
                                 spoken[:500]))
    return made


@review.command("import", help="Take in the comments that came back: a file, or - for text on standard input.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@option("--post", default="", metavar="ID", help="Refuse comments on any other post.")
@pass_app
def import_comments(app: App, file: Path, post: str) -> int:
    reviews = app.desk.reviews
    taken = reviews.read(sys.stdin.read(), post) if str(file) == "-" else reviews.read_file(file, post)
    app.answer({"post": taken.post, "new": taken.new, "changed": taken.changed, "known": taken.known,
                "findings": app.described(taken.findings)})
    app.say(app.t("New comments: {new}; said anew: {changed}; known already: {known}.",
                  new=taken.new, changed=taken.changed, known=taken.known))
    app.remark(taken.findings)
    return OK


@review.command("list", help="The comments on a post, the oldest first.")
@click.argument("id")
@option("--open", "only_open", is_flag=True, help="Only those that are not settled.")
@pass_app
def list_comments(app: App, id: str, only_open: bool) -> int:
    app.desk.posts.get(id)
    found = [seen for seen in app.desk.reviews.of(id) if not only_open or seen.remark.resolved is None]
    app.answer([shape(seen) for seen in found])
    heads = [app.t("Comment"), app.t("Surface"), app.t("From"), app.t("State"), app.t("Text")]
    app.table(heads, [_row(app, seen) for seen in found])
    return OK


@review.command("resolve", help="Settle a comment, or open it again.")
@click.argument("remark")
@option("--reopen", is_flag=True, help="Open it again.")
@pass_app
def resolve(app: App, remark: str, reopen: bool) -> int:
    found = app.desk.reviews.resolve(remark, not reopen)
    app.answer({"remark": remark, "post": found.post, "resolved": iso(found.resolved) if found.resolved else None})
    app.say(app.t("The comment is open again.") if reopen else app.t("The comment is settled."))
    return OK


@review.command("delete", help="Forget a comment.")
@click.argument("remark")
@pass_app
def delete(app: App, remark: str) -> int:
    found = app.desk.reviews.delete(remark)
    app.answer({"remark": remark, "post": found.post})
    app.say(app.t("The comment is deleted."))
    return OK


def shape(seen: Seen) -> Json:
    """point in 0..1 of the card, or null; older: what it is about has changed since."""
    remark, place = seen.remark, seen.remark.place
    return {
        "remark": seen.key, "post": remark.post, "account": place.account, "platform": place.platform,
        "surface": place.surface, "theme": place.theme, "author": remark.author, "text": remark.text,
        "verdict": remark.verdict or None, "point": list(remark.point) if remark.point else None,
        "at": iso(remark.at), "resolved": iso(remark.resolved) if remark.resolved else None, "older": seen.older,
    }


def _row(app: App, seen: Seen) -> list[str]:
    remark = seen.remark
    words = {"approved": app.t("approved"), "changes": app.t("asks for changes")}
    state = [app.t("settled") if remark.resolved else "", app.t("older version") if seen.older else ""]
    text = " ".join([*([words[remark.verdict]] if remark.verdict else []), remark.text]).split()
    where = f"{remark.place.platform} {remark.place.surface}"
    return [seen.key, where, remark.author or "-", ", ".join(s for s in state if s) or "-", " ".join(text)[:60]]
