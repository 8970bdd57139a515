"""The whole main job on bundled samples, without an account: import, check, preview, schedule, publish, read back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.finding import Finding
from studio.core.post import Account, Post
from studio.core.words import Marked, N
from studio.services.markdown import import_post
from studio.services.places import samples, system_zone

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk

SOON = timedelta(seconds=1)
# Paints `post` for `account` on a surface into a file; gives what is on it as JSON data.
Paint = Callable[[Post, Account, str, Path], Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo made. checks: findings by platform id. previews: {"platform", "surface", "file", ...}. video: the
    film that was rendered."""

    post: Post
    checks: dict[str, tuple[Finding, ...]]
    previews: list[dict[str, Any]]
    deliveries: list[Delivery]
    video: Path


class Demo:
    """tell: hears of each step as it begins."""

    def __init__(self, desk: Desk, paint: Paint, language: str, out: Path, tell: Callable[[Marked], None]) -> None:
        self._desk, self._paint, self._language, self._out, self._tell = desk, paint, language, out, tell

    def run(self, task: Task[Any]) -> Shown:
        """Runs all of it. Cancelled at any step; Problem when a part refuses."""
        self._step(task, N("cli", "Cut a short video from the sample clip and a photo, and render it"))
        video = self._render(task)
        self._step(task, N("cli", "Import the sample draft with its photos and the clip"))
        post = self._import(video, task)
        self._step(task, N("cli", "Check it for every platform"))
        checks = {p: self._desk.checks.findings(post, self._account(p)) for p in self._desk.previews.platforms()}
        self._step(task, N("cli", "Paint how it will look on every platform"))
        previews = [self._preview(post, p, s.id) for p in checks for s in self._desk.previews.surfaces(p)]
        self._step(task, N("cli", "Schedule it for a second from now"))
        scheduled = self._schedule(post)
        self._step(task, N("cli", "Publish what is due, and read it back"))
        return Shown(post, checks, previews, self._publish(scheduled, task), video)

    def _step(self, task: Task[Any], step: Marked) -> None:
        task.check()
        self._tell(step)

    def _render(self, task: Task[Any]) -> Path:
        """A few seconds with a crossfade, a title and a moving photo, as a project's file and as a film."""
        from studio.services.videos.rendering import render_file
        from studio.services.videos.sample import sample_project

        project = sample_project(samples(), self._out / "video.json", self._language)
        return render_file(project, self._out / "video.mp4", task=task).file

    def _import(self, video: Path, task: Task[Any]) -> Post:
        """The sample in the person's language; the film is added behind its photos."""
        imported = import_post(self._desk, samples() / f"weekend.{self._language}.md", task).post
        added = self._desk.library.add([video])[0]
        if added.asset is None:
            raise Refused(*added.findings)
        embedded = tuple(a.id for a in self._embedded())
        post = replace(imported, media=(*imported.media, added.asset.as_media()), accounts=embedded)
        self._desk.posts.save(post)
        return post

    def _embedded(self) -> list[Account]:
        accounts = self._desk.accounts
        return [a for a in accounts.list() if accounts.platform(a.platform).embedded]

    def _account(self, platform: str) -> Account:
        mine = (a for a in self._embedded() if a.platform == platform)
        return next(mine, None) or self._desk.previews.stand_in(platform)

    def _preview(self, post: Post, platform: str, surface: str) -> dict[str, Any]:
        file = self._out / f"preview-{platform}-{surface}.png"
        painted = self._paint(post, self._account(platform), surface, file)
        return {"platform": platform, "surface": surface, **painted}

    def _schedule(self, post: Post) -> list[Delivery]:
        at = datetime.now(UTC) + SOON
        calendar = self._desk.calendar
        return [calendar.schedule(post.id, a.id, at, system_zone()) for a in self._embedded()]

    def _publish(self, scheduled: list[Delivery], task: Task[Any]) -> list[Delivery]:
        """Waits for the time, then does what a worker does."""
        while datetime.now(UTC) < max(d.at for d in scheduled):
            task.check()
            time.sleep(0.05)
        self._desk.calendar.tick()
        self._desk.publishing.run_due(task=task)
        return [self._desk.publishing.get(d.id) for d in scheduled]


def proved(shown: Shown) -> bool:
    """True when every delivery is published and what was read back is what was sent."""
    return all(d.state is State.PUBLISHED and d.proof is not None and d.proof.whole for d in shown.deliveries)
