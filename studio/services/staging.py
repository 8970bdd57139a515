"""Submit: what is made ready and sent before anybody can see it. All of it may be repeated freely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Json, State, Step
from studio.core.errors import Later, Refused, Unstaged
from studio.core.finding import Finding, blocking, error, to_json
from studio.core.post import Content, Mode, link_of
from studio.core.schema import content_from_json, content_to_json
from studio.services.fetching import Fetching
from studio.services.fitting import Fitting
from studio.services.hands import side_by_side
from studio.services.plans import made_for, upload_to_json

if TYPE_CHECKING:
    from studio.platforms.base import Held, Platform, Publisher, Upload
    from studio.services.engine import Hand, UnderWay

S = State
DIGESTS = 60  # how often the platform is asked whether it digested what was staged, before it is left for later
DIGEST_LATER = 30.0  # seconds to the next try when it still had not


class Staging:
    """From PREPARING to everything staged; the content and the uploads are what was planned."""

    def __init__(self, way: UnderWay) -> None:
        self._way = way
        self._whole: Content | None = None  # the post with all its replies, once it was read

    def run(self) -> tuple[Content, list[Upload]]:
        """Plans (or keeps the plan), stages each file, waits until the platform has digested them.

        What the platform has forgotten since an earlier try is staged anew, once.
        """
        content, uploads = self._planned()
        try:
            self._ready(content, uploads)
        except Unstaged:
            forget(self._way)
            self._ready(content, uploads)
        return content, uploads

    def _ready(self, content: Content, uploads: list[Upload]) -> None:
        """Everything is at the platform, and digested there."""
        way = self._way
        publisher, plan = way.publisher, way.d.plan["made"]
        handles = self._staged(publisher, uploads, plan)
        handles += self._contained(publisher, content, uploads, plan, handles)
        self._digested(publisher, plan, handles)
        if handles != way.staged():
            way.change(handles=way.handles(staged=handles))

    # -- the plan ------------------------------------------------------------------------------------------------

    def _planned(self) -> tuple[Content, list[Upload]]:
        """A repeat with the same key sends what was planned; else the post as it is now, which is what is shown."""
        way = self._way
        whole = way.whole() if way.d.plan.get("same_key") else None
        if whole is not None:
            way.move(S.STAGING, owner=way.engine.who)
            return whole
        content, uploads, line = self._prepared()
        made = made_for(way.d.plan, content, uploads)
        number = int(way.d.plan.get("round", 1))
        if made is None:
            number += "made" in way.d.plan  # it was edited since: what was staged for the old plan is not reused
            made = way.publisher.plan(content, uploads)
        plan = {
            **self._ahead(), "round": number, "content": content_to_json(content),
            "uploads": [upload_to_json(u) for u in uploads], "made": made,
        }
        # Before anything is sent, the disk need not be waited for: what a power cut takes is simply done again.
        handles = way.handles(staged=None, chain=self._chain())
        way.move(S.STAGING, plan=plan, lines=[line], handles=handles, synced=False)
        return content, uploads

    def _ahead(self) -> dict[str, Any]:
        ahead = self._way.d.plan.get("ahead")
        return {"ahead": ahead} if ahead else {}

    def _prepared(self) -> tuple[Content, list[Upload], Step]:
        """Content and fitted files, and the journal's line about them, which is written with the next move."""
        way = self._way
        way.report(0.05, "Preparing")
        content, platform = self._content(), self._platform()
        uploads, changes = self._fitted(content, platform)
        return content, uploads, way.line("prepare", "done", {
            "text_characters": len(content.text), "text_sha256": _digest(content.text),
            "files": [{"name": u.name, "sha256": u.sha256, "bytes": u.bytes, "mime": u.mime} for u in uploads],
            "changes": [to_json(f) for f in changes],
        })

    def _fitted(self, content: Content, platform: Platform) -> tuple[list[Upload], list[Finding]]:
        engine = self._way.engine
        fitting = Fitting(engine.workspace, Fetching.of(engine.workspace, engine.accounts))
        return fitting.ready(content, platform, bool(engine.settings.get("keep_metadata")), self._fraction(0.05, 0.25))

    def _content(self) -> Content:
        """The link that is under way; checked before the first one."""
        way = self._way
        if way.d.link:
            link = link_of(content_from_json(way.d.handles["chain"]), way.d.link)
            return replace(link, identity=way.account.identity)
        self._whole = self.checked()
        return link_of(self._whole, 0)

    def mode(self) -> Mode:
        """How this post goes to its account."""
        way = self._way
        return way.engine.checks.content(way.engine.workspace.posts.get(way.d.post), way.account).mode

    def checked(self) -> Content:
        """The post as it is now, with all its replies. Refused with what is wrong with it."""
        way, checks = self._way, self._way.engine.checks
        post, account = way.engine.workspace.posts.get(way.d.post), way.account
        if blockers := blocking(checks.findings(post, account)):
            way.journal.write("prepare", "failed", {"findings": [to_json(f) for f in blockers]})
            raise Refused(*blockers)
        return checks.content(post, account)

    def _chain(self) -> Any:
        """The whole thread as it is when its first link goes: later links follow that, not a later edit."""
        way = self._way
        if way.d.link:
            return way.d.handles["chain"]
        whole = self._whole
        return content_to_json(whole) if whole is not None and whole.replies else None

    def _platform(self) -> Platform:
        from studio import platforms

        return platforms.get(self._way.account.platform)

    # -- the files -----------------------------------------------------------------------------------------------

    def _staged(self, publisher: Publisher, uploads: list[Upload], plan: Json) -> list[Json]:
        """Each file once: one that is staged already keeps its handle, one that was cut goes on where it was."""
        hands = min(publisher.side_by_side, len(uploads))
        if hands <= 1:
            return [self._stage(self._way, publisher, n, uploads, plan) for n in range(len(uploads))]
        return side_by_side(
            len(uploads), [self._way.hand() for _ in range(hands)],
            lambda hand, number: self._stage(hand, hand.publisher, number, uploads, plan))

    def _stage(
        self, hand: Hand | UnderWay, publisher: Publisher, number: int, uploads: list[Upload], plan: Json
    ) -> Json:
        """One file, in one line of the journal."""
        upload = uploads[number]
        hand.report(0.25 + 0.5 * number / len(uploads), "Uploading {number} of {all}",
                    number=number + 1, all=len(uploads))
        sent = {"sha256": upload.sha256, "bytes": upload.bytes, "mime": upload.mime, "name": upload.name}
        step = f"stage:{number + 1}"
        return hand.journal.again(step, lambda: publisher.stage(number, upload, plan, self._held(step)), sent)

    def _contained(
        self, publisher: Publisher, content: Content, uploads: list[Upload], plan: Json, handles: Sequence[Json]
    ) -> list[Json]:
        """The container or draft, where the platform has one; without one nothing is written."""
        if not publisher.contains:
            return []
        held = self._held("contain")

        def act() -> Json:
            return publisher.contain(content, uploads, plan, handles, held) or {}

        made = self._way.journal.again("contain", act, {"files": len(uploads)})
        return [made] if made else []

    def _held(self, step: str) -> Held:
        """What this step kept before, in this round; kept with the delivery the moment it is known."""
        from studio.platforms.base import Held

        way = self._way
        name = f"{step}@{way.d.link}#{way.d.plan.get('round', 1)}"

        def keep(data: Json) -> None:
            with way.guard:  # files may be staged side by side
                held = {**way.d.handles.get("held", {}), name: dict(data)}
                way.change(handles=way.handles(held=held))

        return Held(dict(way.d.handles.get("held", {}).get(name, {})), keep)

    def _digested(self, publisher: Publisher, plan: Json, handles: Sequence[Json]) -> None:
        """Waits until the platform says it is ready; Later when that takes too long to stand and wait."""
        for _ in range(DIGESTS):
            wait = publisher.ready(plan, handles)
            if wait is None:
                return
            self._way.check_cancel()
            self._way.report(0.76, "The platform is preparing it")
            self._way.engine.sleep(wait)
        raise Later(error("delivery.still_digesting", "delivery"), after=DIGEST_LATER)

    def _fraction(self, start: float, end: float) -> Callable[[float], None]:
        return lambda part: self._way.report(start + (end - start) * part, "Preparing")


def forget(way: UnderWay) -> None:
    """What was staged is gone over there: it is staged anew, in a round of its own."""
    number = int(way.d.plan.get("round", 1)) + 1
    way.change(plan={**way.d.plan, "round": number}, handles=way.handles(staged=None))


def _digest(text: str) -> str:
    """Of the text that goes out, so that a report can be held against what is live."""
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

