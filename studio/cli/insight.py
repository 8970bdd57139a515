"""delivery numbers, comments and reply: what came of a post."""

from __future__ import annotations

import click

from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.core.slot import iso
from studio.core.words import N
from studio.services import words


@command("numbers", "What the platform counts of a post that is live.")
@click.argument("id")
@pass_app
def numbers(app: App, id: str) -> int:
    found = app.desk.insights.metrics(id)
    app.answer([{"name": m.name, "value": m.value, "own": m.own} for m in found])
    rows = [[words.speak(N("metric", m.name), app.language), f"{m.value:,.10g}"] for m in found]
    app.table([app.t("Number"), app.t("Value")], rows)
    return OK


@command("comments", "Comments on a post that is live.")
@click.argument("id")
@option("--after", default="", metavar="MARK", help="The next page: what the page before ended with.")
@pass_app
def comments(app: App, id: str, after: str) -> int:
    page = app.desk.insights.comments(id, after)
    app.answer({"after": page.after or None, "comments": [{
        "id": c.id, "author": c.author, "text": c.text, "at": iso(c.at) if c.at else None, "likes": c.likes,
        "replies": c.replies, "mine": c.mine, "parent": c.parent or None,
    } for c in page.items]})
    for c in page.items:
        app.say(f"{c.id}  {c.author}  {iso(c.at) if c.at else ''}\n    {c.text}")
    if not page.items:
        app.say(app.t("No comments."))
    if page.after:
        app.tell(app.t("There are more: --after {mark}", mark=page.after))
    return OK


@command("reply", "Answer a comment, once.")
@click.argument("id")
@click.argument("comment")
@click.argument("text")
@pass_app
def reply(app: App, id: str, comment: str, text: str) -> int:
    made = app.desk.insights.reply(id, comment, text)
    app.answer({"delivery": id, "comment": comment, "reply": made})
    app.say(app.t("Answered: {id}", id=made))
    return OK
