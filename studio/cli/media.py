"""media: files into the library, and what is known of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studio.cli import shapes
from studio.cli.app import OK, REFUSED, App, pass_app
from studio.cli.lazy import group, option
from studio.core.words import N

if TYPE_CHECKING:
    from studio.core.asset import Asset


@group("media", "The library of pictures, clips and sounds.")
def media() -> None:
    """The group itself does nothing."""


@media.command("add", help="Take files into the library.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--alt", help="What a person who cannot see it should know.")
@pass_app
def add(app: App, files: tuple[Path, ...], alt: str | None) -> int:
    """With a refused file the JSON is {"media": [those added], "findings": [...]}, else the list alone."""
    library = app.desk.library
    added = app.work(N("job", "Preparing"), lambda task: library.add(files, task))
    if alt is not None:
        for one in added:
            if one.asset is not None:
                library.set_alt(one.asset.id, alt)
    kept = [library.get(one.asset.id) for one in added if one.asset is not None]
    findings = [f for one in added for f in one.findings]
    refused = len(kept) < len(added)
    rows = [shapes.asset(a) for a in kept]
    app.answer({"media": rows, "findings": app.described(findings)} if refused else rows)
    _table(app, kept)
    app.remark(findings)
    return REFUSED if refused else OK


@media.command("list", help="What is in the library, newest first.")
@option("--search", default="", metavar="WORDS", help="Only what has these words in name, alt text or tags.")
@option("--limit", type=click.IntRange(1), help="At most that many.")
@pass_app
def list_media(app: App, search: str, limit: int | None) -> int:
    found = app.desk.library.list(search, limit=limit)
    app.answer([shapes.asset(a) for a in found])
    _table(app, found)
    return OK


@media.command("show", help="One file: size, orientation, alt text, and the posts that use it.")
@click.argument("id")
@pass_app
def show(app: App, id: str) -> int:
    library = app.desk.library
    found = library.get(id)
    findings = library.check(found.id)
    posts = [p.id for p in library.used_in(found.id)]
    app.answer({**shapes.asset(found), "tags": list(found.tags), "posts": posts, "has_location":
                found.probe.has_location, "findings": app.described(findings)})
    _table(app, [found])
    app.say(app.t("Alt text: {alt}", alt=found.alt or "-"))
    app.say(app.t("Used in: {posts}", posts=", ".join(posts) or "-"))
    app.remark(findings)
    return OK


def _table(app: App, assets: list[Asset]) -> None:
    rows = [[a.id[:12], a.probe.kind, f"{a.probe.width} × {a.probe.height}" if a.probe.width else "-",
             f"{float(a.probe.duration):.1f} s" if a.probe.duration is not None else "-", a.name] for a in assets]
    app.table([app.t("File"), app.t("Kind"), app.t("Size"), app.t("Length"), app.t("Name")], rows)
