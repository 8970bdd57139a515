"""demo: the whole main job on bundled samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import shapes
from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import command, option
from studio.cli.publish import report
from studio.core.finding import blocking
from studio.core.words import N
from studio.services import words


@command("demo", "The whole main job on bundled samples; needs no account, no network and no display.")
@option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("yigao-demo"),
        help="Where the pictures and, without --workspace, the demo's own workspace go.")
@pass_app
def demo(app: App, out: Path) -> int:
    from studio.services.demo import Demo, proved

    out = out.absolute()
    app.use_workspace(out / "workspace")  # the person's own workspace is never touched by this
    app.make_folder(out)

    def paint(post: Any, account: Any, surface: str, file: Path) -> Any:
        return app.painter(app.desk, post, account, surface=surface, theme="light", width=None, scale=1.0,
                           language=app.language, out=file)

    steps = Demo(app.desk, paint, app.language, out, lambda step: app.tell(words.speak(step, app.language)))
    shown = app.work(N("job", "Preparing"), steps.run)
    app.answer({
        "post": shown.post.id, "previews": shown.previews, "video": str(shown.video),
        "deliveries": [shapes.outcome(d, app) for d in shown.deliveries], "out": str(out),
        "checks": [{"platform": p, "findings": app.described(f)} for p, f in shown.checks.items()],
    })
    for platform, findings in shown.checks.items():
        app.say(app.t("{platform}: {count} to fix, {more} to look at.", platform=platform,
                      count=len(blocking(findings)), more=len(findings) - len(blocking(findings))))
    for painted in shown.previews:
        app.say(str(painted["file"]))
    app.say(str(shown.video))
    for d in shown.deliveries:
        report(app, d)
    if proved(shown):
        app.say(app.t("Published, read back, and the same as what was sent."))
    return max((shapes.status(d) for d in shown.deliveries), default=OK)
