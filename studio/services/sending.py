"""One delivery's way from DUE to PUBLISHED, journaled at each step so that a crash anywhere never posts twice.

prepare (fit files, plan)  ->  stage each file  ->  commit once  ->  [processing]  ->  read back  ->  published

What decides a repeat after a crash is the journal alone: the commit line of the present round is absent
(nothing was sent), done (it was, and this came back), failed (definitely refused) or open (unknown: look).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from studio.core.delivery import SENDING, Delivery, Receipt, State
from studio.core.errors import Cancelled, Later, Problem, Refused, SignInAgain, Uncertain
from studio.core.finding import Finding, blocking, error, to_json
from studio.core.post import Account, Content
from studio.core.schema import content_from_json, content_to_json
from studio.core.words import N
from studio.services.fitting import Fitting, sha256_of
from studio.services.journal import Journaled
from studio.services.plans import made_for, receipt_from_json, receipt_to_json, upload_from_json, upload_to_json
from studio.services.twice import MovedOn, anew

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.platforms.base import Platform, Publisher, Upload
    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.services.settings import Settings
    from studio.store.workspace import Workspace

S = State
LOOK_AFTER = (0.0, 5.0, 15.0)  # seconds before each look-up; listings lag
CHECK_EVERY, CHECKS = 3.0, 20  # seconds between, and number of, checks of a post the platform works on
RETRY_AFTER = 30.0  # seconds to the next try when the other side did not say


class Sending:
    """Made for one run; `who` is this process's owner name, `tell` hears of each move."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks, settings: Settings, who: str,
        tell: Callable[[Delivery], None], sleep: Callable[[float], None], task: Task[Any] | None, patient: bool,
    ) -> None:
        self._workspace, self._accounts, self._checks, self._settings = workspace, accounts, checks, settings
        self._who, self._tell, self._sleep, self._task, self._patient = who, tell, sleep, task, patient

    # -- the ways in -------------------------------------------------------------------------------------------

    def run(self, delivery_id: str) -> Delivery:
        """From DUE as far as it goes; untouched when somebody else has taken it."""
        delivery = self._workspace.deliveries.get(delivery_id)
        if delivery.state is not S.DUE:
            return delivery
        taken = self._move(delivery, S.PREPARING, owner=self._who, tries=delivery.tries + 1, error=())
        if taken is None:
            return self._workspace.deliveries.get(delivery_id)
        return self._guard(taken, self._prepare_and_send)

    def take_over(self, delivery: Delivery) -> Delivery:
        """Continues what a dead process left; nothing is sent before the journal or the platform was read."""
        mine = self._workspace.deliveries.change(delivery.id, delivery.state, owner_is=delivery.owner, owner=self._who)
        if mine is None:
            return self._workspace.deliveries.get(delivery.id)
        journal = self._journal(mine)
        journal.write("take over", "note", {"from": delivery.owner})
        if mine.state in (S.PREPARING, S.STAGING):
            return self._to(mine, S.DUE, owner="")
        return self._guard(mine, self._continue)

    def look_again(self, delivery: Delivery) -> Delivery:
        """A look-up for an UNCONFIRMED delivery; published when found, unchanged when not."""
        if delivery.state is not S.UNCONFIRMED:
            return delivery
        return self._guard(delivery, lambda d: self._look(d, (0.0,)))

    def confirm(self, delivery: Delivery, url: str) -> Delivery:
        """Looked up first; adopted on the person's word when the platform cannot be read."""
        if delivery.state is S.UNCONFIRMED:
            found = self._guard(delivery, lambda d: self._look(d, (0.0,)))
            if found.state is S.PUBLISHED:
                return found
            delivery = found
        self._journal(delivery).write("confirm", "note", {"by": "person", "url": url})
        return self._to(delivery, S.PUBLISHED, url=url, error=(), owner="")

    def new_round(self, delivery: Delivery, account: Account) -> Delivery:
        """Back to DUE for a person's "send again". A publisher with true idempotency keeps its plan and key."""
        keep = self._publisher(account).idempotent and delivery.state is S.UNCONFIRMED
        plan = dict(delivery.plan) if keep else {}
        number = int(delivery.plan.get("round", 1)) + 1
        journal = self._journal(delivery)
        journal.write("send again", "note", {"by": "person", "round": number, "same_key": keep})
        return self._to(
            delivery, S.DUE, plan={**plan, "round": number}, handles={}, error=(), owner="", check=anew(delivery))

    # -- the steps ---------------------------------------------------------------------------------------------

    def _prepare_and_send(self, delivery: Delivery) -> Delivery:
        account = self._accounts.get(delivery.account)
        journal, publisher = self._journal(delivery), self._publisher(account)
        if self._sent(delivery):  # a line that outlived its delivery's state
            return self._continue(self._to(self._to(delivery, S.STAGING), S.COMMITTING))
        content, uploads, planned = self._planned(delivery, account, publisher, journal)
        staging = self._to(planned, S.STAGING)
        handles = self._stage(staging, publisher, uploads, journal)
        if self._task is not None:
            self._task.check()  # the last moment at which cancelling leaves nothing to be seen
        committing = self._to(staging, S.COMMITTING, handles={**staging.handles, "staged": handles})
        return self._commit(committing, publisher, content, uploads, journal)

    def _planned(
        self, delivery: Delivery, account: Account, publisher: Publisher, journal: Journaled
    ) -> tuple[Content, list[Upload], Delivery]:
        """Content and uploads as planned before when their bytes are still here, else planned now."""
        if (kept := self._kept(delivery)) is not None:
            return (*kept, delivery)
        content, uploads = self._prepare(delivery, account, journal)
        made = made_for(delivery.plan, content, uploads) or publisher.plan(content, uploads)
        plan = {
            "round": int(delivery.plan.get("round", 1)), "content": content_to_json(content),
            "uploads": [upload_to_json(u) for u in uploads], "made": made,
        }
        planned = self._workspace.deliveries.change(delivery.id, delivery.state, owner_is=self._who, plan=plan)
        return content, uploads, self._must(planned, delivery)

    def _prepare(self, delivery: Delivery, account: Account, journal: Journaled) -> tuple[Content, list[Upload]]:
        self._report(0.05, "Preparing")
        post = self._workspace.posts.get(delivery.post)
        content = self._checks.content(post, account)
        if blockers := blocking(self._checks.findings(post, account)):
            journal.write("prepare", "failed", {"findings": [to_json(f) for f in blockers]})
            raise Refused(*blockers)
        keep = bool(self._settings.get("keep_metadata"))
        uploads, changes = Fitting(self._workspace).ready(content, _platform(account), keep, self._fraction(0.05, 0.25))
        journal.write("prepare", "done", {
            "text_characters": len(content.text),
            "files": [{"name": u.name, "sha256": u.sha256, "bytes": u.bytes, "mime": u.mime} for u in uploads],
            "changes": [to_json(f) for f in changes],
        })
        return content, uploads

    def _stage(
        self, delivery: Delivery, publisher: Publisher, uploads: list[Upload], journal: Journaled
    ) -> list[dict[str, Any]]:
        handles: list[dict[str, Any]] = []
        for number, upload in enumerate(uploads):
            self._report(0.25 + 0.5 * number / len(uploads), "Uploading {number} of {all}",
                         number=number + 1, all=len(uploads))
            sent = {"sha256": upload.sha256, "bytes": upload.bytes, "mime": upload.mime}
            stage = self._stager(publisher, number, upload, delivery)
            handles.append(dict(journal.again(f"stage:{number + 1}", stage, sent)))
        return handles

    @staticmethod
    def _stager(publisher: Publisher, number: int, upload: Upload, delivery: Delivery) -> Callable[[], dict[str, Any]]:
        from studio.platforms.base import Held

        return lambda: publisher.stage(number, upload, delivery.plan["made"], Held({}, lambda data: None))

    def _commit(
        self, delivery: Delivery, publisher: Publisher, content: Content, uploads: list[Upload], journal: Journaled
    ) -> Delivery:
        """The one visible request. From here on cancelling is too late, so the task is not asked."""
        self._report(0.8, "Publishing")
        plan, handles = delivery.plan["made"], delivery.handles["staged"]

        def act() -> dict[str, Any]:
            return receipt_to_json(publisher.commit(content, uploads, plan, handles))

        try:
            receipt = journal.once("commit", act, {"post": content.post, "files": len(uploads)})
        except Uncertain as unknown:
            self._journal(delivery).write("commit", "note", {"findings": [to_json(f) for f in unknown.findings]})
            lost = self._to(delivery, S.UNCONFIRMED, error=unknown.findings)
            return self._look(lost, LOOK_AFTER)
        return self._prove(delivery, receipt_from_json(receipt))

    def _continue(self, delivery: Delivery) -> Delivery:
        """After a crash at or after the commit: what the journal says decides."""
        journal = self._journal(delivery)
        if delivery.state is S.PROCESSING and "receipt" in delivery.handles:
            return self._prove(delivery, receipt_from_json(delivery.handles["receipt"]))
        if (receipt := journal.done("commit")) is not None:
            return self._prove(delivery, receipt_from_json(receipt))
        if journal.open("commit"):
            lost = self._to(delivery, S.UNCONFIRMED, error=(error("delivery.unconfirmed", "delivery", step="commit"),))
            return self._look(lost, LOOK_AFTER)
        return self._to(delivery, S.DUE, owner="")  # nothing was begun, or it was definitely refused

    def _look(self, delivery: Delivery, waits: tuple[float, ...]) -> Delivery:
        """Up to len(waits) look-ups. Found: adopted and proved. Not found: repeated where harmless, else asked."""
        publisher = self._publisher(self._accounts.get(delivery.account))
        journal = self._journal(delivery)
        for wait in (0.0,) if publisher.idempotent else waits:
            self._sleep(wait)
            found = self._looked(publisher, delivery, journal)
            if found is not None:
                journal.write("commit", "done", receipt_to_json(found))
                return self._prove(delivery, found)
        if publisher.idempotent and len(waits) > 1:
            return self._repeat(delivery, publisher, journal)
        return self._with_error(delivery, error("delivery.not_found_on_platform", "delivery"))

    def _looked(self, publisher: Publisher, delivery: Delivery, journal: Journaled) -> Receipt | None:
        try:
            found = publisher.look(delivery.plan["made"], delivery.handles.get("staged", ()))
        except Problem as problem:
            journal.write("look", "failed", {"findings": [to_json(f) for f in problem.findings]})
            return None
        journal.write("look", "done", {"found": found is not None, "url": found.url if found else ""})
        return found

    def _repeat(self, delivery: Delivery, publisher: Publisher, journal: Journaled) -> Delivery:
        """The same request with the same key: it cannot make a second post. Once only; then it is asked."""
        kept = self._kept(delivery)
        if kept is None:
            return self._with_error(delivery, error("delivery.not_found_on_platform", "delivery"))
        content, uploads = kept
        journal.write("repeat", "begun", {"same_key": True})
        try:
            plan, handles = delivery.plan["made"], delivery.handles["staged"]
            receipt = publisher.commit(content, uploads, plan, handles)
        except (Uncertain, Later, SignInAgain) as problem:
            journal.write("repeat", "note", {"findings": [to_json(f) for f in problem.findings]})
            return self._with_error(delivery, *(problem.findings or (error("delivery.unconfirmed", "delivery"),)))
        journal.write("repeat", "done", receipt_to_json(receipt))
        journal.write("commit", "done", receipt_to_json(receipt))
        return self._prove(delivery, receipt)

    def _prove(self, delivery: Delivery, receipt: Receipt) -> Delivery:
        """PROCESSING until the platform is done, then read back; PUBLISHED only with that proof."""
        publisher = self._publisher(self._accounts.get(delivery.account))
        working = self._processing(delivery, receipt)
        self._report(0.9, "Reading it back")
        receipt = self._finished(publisher, receipt)
        if not receipt.done:
            return self._with_error(working, error("delivery.still_processing", "delivery"))
        content, uploads = self._kept_or_asis(working)
        proof = publisher.read_back(content, uploads, working.plan["made"], receipt)
        lines = [{"what": c.what, "sent": c.sent[:200], "found": c.found[:200]} for c in proof.lines]
        self._journal(working).write("proof", "done", {"url": proof.url, "whole": proof.whole, "lines": lines})
        published = self._to(working, S.PUBLISHED, url=proof.url or receipt.url, proof=proof, error=(), owner="")
        self._report(1.0, "Published")
        return published

    def _processing(self, delivery: Delivery, receipt: Receipt) -> Delivery:
        handles = {**delivery.handles, "receipt": receipt_to_json(receipt)}
        if delivery.state is S.PROCESSING:
            changed = self._workspace.deliveries.change(delivery.id, S.PROCESSING, handles=handles, url=receipt.url)
            return self._must(changed, delivery)
        return self._to(delivery, S.PROCESSING, handles=handles, url=receipt.url, owner=self._who)

    def _finished(self, publisher: Publisher, receipt: Receipt) -> Receipt:
        for _ in range(CHECKS):
            if receipt.done:
                break
            self._sleep(CHECK_EVERY)
            receipt = publisher.check(receipt)
        return receipt

    # -- what went wrong ---------------------------------------------------------------------------------------

    def _guard(self, delivery: Delivery, work: Callable[[Delivery], Delivery]) -> Delivery:
        """Turns each typed error into the state it asks for; other errors are ours: kept, then raised."""
        try:
            return work(delivery)
        except MovedOn:
            return self._workspace.deliveries.get(delivery.id)
        except Later as later:
            return self._later(delivery.id, later)
        except Cancelled:
            self._stop(delivery.id, S.CANCELLED, ())
            raise
        except Problem as problem:
            return self._stop(delivery.id, S.FAILED, problem.findings)
        except Exception as fault:
            self._stop(delivery.id, S.FAILED, (error("fault", "delivery", reason=type(fault).__name__),))
            raise

    def _later(self, delivery_id: str, later: Later) -> Delivery:
        """Tried again by itself while its late policy allows, when somebody keeps watch; else it failed."""
        now = datetime.now(UTC)
        after = timedelta(seconds=later.after if later.after is not None else RETRY_AFTER)
        delivery = self._workspace.deliveries.get(delivery_id)
        if not self._patient or now + after > last_moment(delivery):
            return self._stop(delivery_id, S.FAILED, later.findings)
        handles = {**delivery.handles, "not_before": (now + after).isoformat()}
        return self._stop(delivery_id, S.DUE, later.findings, handles=handles)

    def _stop(self, delivery_id: str, after: State, findings: tuple[Finding, ...], **changes: Any) -> Delivery:
        """Ends this run. What may already be visible is never called failed or cancelled."""
        delivery = self._workspace.deliveries.get(delivery_id)
        if delivery.state not in SENDING:
            return self._with_error(delivery, *findings) if findings else delivery
        if delivery.state is S.PROCESSING or (delivery.state is S.COMMITTING and self._sent(delivery)):
            return self._with_error(delivery, *findings)
        if delivery.state is S.COMMITTING and after is S.CANCELLED:
            after = S.FAILED
        return self._to(delivery, after, error=findings, owner="", **changes)

    def _sent(self, delivery: Delivery) -> bool:
        journal = self._journal(delivery)
        return journal.open("commit") or journal.done("commit") is not None

    def _with_error(self, delivery: Delivery, *findings: Finding) -> Delivery:
        handles = _waiting(delivery) if delivery.state is S.PROCESSING else delivery.handles
        changed = self._workspace.deliveries.change(
            delivery.id, delivery.state, error=findings, owner="", handles=handles)
        told = self._must(changed, delivery)
        self._tell(told)
        return told

    # -- small things ------------------------------------------------------------------------------------------

    def _move(self, delivery: Delivery, after: State, **changes: Any) -> Delivery | None:
        moved = self._workspace.deliveries.move(
            delivery.id, delivery.state, after, who=self._who, owner_is=delivery.owner, **changes)
        if moved is not None:
            self._tell(moved)
        return moved

    def _to(self, delivery: Delivery, after: State, **changes: Any) -> Delivery:
        return self._must(self._move(delivery, after, **changes), delivery)

    @staticmethod
    def _must(moved: Delivery | None, delivery: Delivery) -> Delivery:
        if moved is None:
            raise MovedOn(error("delivery.moved_on", "delivery", id=delivery.id))
        return moved

    def _journal(self, delivery: Delivery) -> Journaled:
        return Journaled(self._workspace.journal, delivery.id, int(delivery.plan.get("round", 1)), self._who)

    def _publisher(self, account: Account) -> Publisher:
        return _platform(account).publisher(self._accounts.access(account))

    def _kept(self, delivery: Delivery) -> tuple[Content, list[Upload]] | None:
        """The planned content and uploads, when every file is still there with the planned bytes."""
        if "made" not in delivery.plan:
            return None
        content, uploads = self._kept_or_asis(delivery)
        whole = all(u.path.is_file() and sha256_of(u.path) == u.sha256 for u in uploads)
        return (content, uploads) if whole else None

    @staticmethod
    def _kept_or_asis(delivery: Delivery) -> tuple[Content, list[Upload]]:
        return content_from_json(delivery.plan["content"]), [upload_from_json(u) for u in delivery.plan["uploads"]]

    def _report(self, fraction: float, step: str, **values: object) -> None:
        if self._task is None:
            return
        if fraction < 0.8:
            self._task.progress(fraction, N("job", step, **values))
            return
        try:
            self._task.progress(fraction, N("job", step, **values))
        except Cancelled:
            return  # too late to cancel: the request is out

    def _fraction(self, start: float, end: float) -> Callable[[float], None]:
        return lambda part: self._report(start + (end - start) * part, "Preparing")


def last_moment(delivery: Delivery) -> datetime:
    """After this it may no longer go out by itself: its late policy's minutes, 15 at least for tries under way."""
    return delivery.at + timedelta(minutes=max(15, delivery.late.minutes))


def _waiting(delivery: Delivery) -> dict[str, Any]:
    """Handles with the moment of the next read-back: 15 s after the first miss, then twice as long, at most an hour."""
    looks = int(delivery.handles.get("looks", 0))
    after = timedelta(seconds=min(3600, 15 * 2 ** min(looks, 10)))
    return {**delivery.handles, "looks": looks + 1, "not_before": (datetime.now(UTC) + after).isoformat()}


def _platform(account: Account) -> Platform:
    from studio import platforms

    return platforms.get(account.platform)
