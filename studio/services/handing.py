"""From a send to a person's hand: everything is made ready, and the delivery waits for them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Delivery, State
from studio.core.errors import ByHand, Problem
from studio.core.finding import Finding, info
from studio.core.post import Content
from studio.core.schema import content_from_json, content_to_json
from studio.services.fetching import Fetching
from studio.services.fitting import Fitting
from studio.services.kit import Kits
from studio.services.words import choose

if TYPE_CHECKING:
    from studio.platforms.base import Json, Platform
    from studio.services.accounts import Accounts
    from studio.services.engine import UnderWay
    from studio.services.settings import Settings
    from studio.store.workspace import Workspace

S = State
UNSENT = (S.PREPARING, S.STAGING, S.COMMITTING)


def folder_of(workspace: Workspace, delivery_id: str) -> Path:
    """Where the kit of a delivery lies; in the cache, so it may be gone and is then made anew."""
    return workspace.cache / "handoff" / delivery_id


def kits(workspace: Workspace, accounts: Accounts, settings: Settings, language: str = "") -> Kits:
    """Writes kits of this workspace; language "": that of the settings."""
    fitting = Fitting(workspace, Fetching.of(workspace, accounts))
    spoken = language or choose(str(settings.get("language")))
    return Kits(workspace, fitting, bool(settings.get("keep_metadata")), spoken)


class HandingOver:
    """One delivery, from PREPARING, or from a send that the API would not finish, to WAITING."""

    def __init__(self, way: UnderWay) -> None:
        self._way = way

    def run(self, content: Content) -> None:
        """By the account's own way, or the post's: no publisher is asked."""
        self._way.report(0.1, "Preparing")
        made, remarks = self._prepared(content)
        self._wait(content, made, (info("delivery.by_hand", "delivery"), *remarks))

    def stopped(self, why: ByHand) -> None:
        """The API got as far as it may: a draft there is finished by a person, else all of it is theirs."""
        way = self._way
        content = replace(self._left(), identity=way.account.identity)
        made = way.journal.done("contain") or None
        if made is None and "assisted" in self._platform().modes:
            content = replace(content, mode="assisted")  # by hand there may be more than the API takes
        self._wait(content, made, why.findings)

    def _left(self) -> Content:
        """The post with all that follows it; of a thread that is live already, its next link."""
        chain = None if self._way.d.link else self._way.d.handles.get("chain")
        return content_from_json(chain) if chain else self._way.kept()[0]

    def _prepared(self, content: Content) -> tuple[Json | None, tuple[Finding, ...]]:
        """What the platform must be asked first; by hand it goes without that, too."""
        way = self._way
        try:
            return self._platform().prepare(way.engine.accounts.access(way.account), content), ()
        except Problem as problem:
            return None, tuple(info(f.code, f.field, f.source, **f.values) for f in problem.findings)

    def _wait(self, content: Content, made: Json | None, findings: tuple[Finding, ...]) -> None:
        way = self._way
        platform, engine = self._platform(), way.engine
        handoff = platform.handoff(content, made)
        folder = folder_of(engine.workspace, way.d.id)
        shutil.rmtree(folder, ignore_errors=True)
        kit = kits(engine.workspace, engine.accounts, engine.settings).write(
            content, platform, handoff, folder, lambda part: way.report(0.1 + 0.7 * part, "Preparing"))
        data = {"files": len(kit.media), "mode": content.mode, "draft": handoff.draft}
        way.move(
            S.WAITING, lines=[way.line("hand over", "note", data)], error=findings, owner="",
            handles=way.handles(handoff=self._kept(content, made)))

    @staticmethod
    def _kept(content: Content, made: Json | None) -> dict[str, Any]:
        return {"content": content_to_json(content), "made": dict(made) if made else None, "done": []}

    def _platform(self) -> Platform:
        from studio import platforms

        return platforms.get(self._way.account.platform)


def forget(workspace: Workspace, delivery: Delivery) -> None:
    """The kit of a delivery that is over, and of those that ended some other way; not what is being made ready now."""
    shutil.rmtree(folder_of(workspace, delivery.id), ignore_errors=True)
    needed = {found.id for found in workspace.deliveries.list(states=[S.WAITING, *UNSENT])}
    for folder in folder_of(workspace, delivery.id).parent.glob("*"):
        if folder.name.lstrip(".").partition(".")[0] not in needed:  # ".ID.xyz.part" is one that is being written
            shutil.rmtree(folder, ignore_errors=True)
