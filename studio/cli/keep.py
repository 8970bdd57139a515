"""backup, restore and doctor."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli.app import OK, REFUSED, App, pass_app
from studio.cli.lazy import command, option
from studio.core.finding import blocking


@command("backup", "A whole copy of the workspace as one file, pictures and clips included, secrets not.")
@option("--out", type=click.Path(path_type=Path), help="Where to write it; a dated name in the workspace if left out.")
@pass_app
def backup(app: App, out: Path | None) -> int:
    made = app.desk.backups.make(out)
    size = made.stat().st_size
    app.answer({"file": str(made), "bytes": size})
    app.say(app.t("Backed up to {file} ({bytes} bytes).", file=made, bytes=size))
    return OK


@command("restore", "Bring a backup back; what is there now is kept as a backup first.")
@click.argument("file", type=click.Path(path_type=Path))
@pass_app
def restore(app: App, file: Path) -> int:
    from studio.services.backups import restore as bring_back

    done = bring_back(file, app.folder)
    app.answer({"folder": str(app.folder), "posts": done.posts, "media": done.media,
                "kept": str(done.kept) if done.kept else None, "missing": list(done.missing), "held": list(done.held)})
    app.say(app.t("Restored {posts} posts and {media} files.", posts=done.posts, media=done.media))
    if done.kept:
        app.say(app.t("What was here before is kept in {file}.", file=done.kept))
    if done.missing:
        app.say(app.t("{count} files of the library are not in this backup.", count=len(done.missing)))
    if done.held:
        app.say(app.t("{count} deliveries wait for you: their time passed since the backup.", count=len(done.held)))
    return OK


@command("doctor", "What this machine lacks, and whether the workspace is whole.")
@option("--deep", is_flag=True, help="Also read the whole database and every file of the library.")
@pass_app
def doctor(app: App, deep: bool) -> int:
    from studio.services.doctor import examine

    found = examine(app.folder, deep=deep)
    app.answer({"findings": app.described(found.findings), "facts": dict(found.facts)})
    names = _fact_names(app)
    rows = [[names.get(name, name), _shown(app, name, value)] for name, value in found.facts.items()]
    app.table([app.t("What"), app.t("Found")], rows)
    app.remark(found.findings)
    if not found.findings:
        app.say(app.t("Nothing is missing."))
    return REFUSED if blocking(found.findings) else OK


def _fact_names(app: App) -> dict[str, str]:
    """What the facts are called; libraries keep their own names."""
    return {
        "system": app.t("system"), "keychain": app.t("keychain"), "chinese font": app.t("chinese font"),
        "full-text search": app.t("full-text search"), "time zone": app.t("time zone"),
        "free space": app.t("free space"), "workspace": app.t("workspace"), "posts": app.t("posts"),
        "library files": app.t("library files"), "can be written": app.t("can be written"),
        "last backup": app.t("last backup"), "notifications": app.t("notifications"), "at login": app.t("at login"),
    }


def _shown(app: App, name: str, value: object) -> str:
    if value is None:
        return app.t("none")
    if isinstance(value, bool):
        return app.t("yes") if value else app.t("no")
    if name == "free space" and isinstance(value, int):
        return f"{value / 1e9:,.1f} GB"
    return str(value)
