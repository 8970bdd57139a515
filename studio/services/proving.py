"""Check: what only reads. Looking a post up, waiting for the platform, reading it back, and the next link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Proof, Receipt, State
from studio.core.errors import Later, NotThere, Problem, Refused, SignInAgain, Uncertain
from studio.core.finding import Finding, error, to_json, warning
from studio.core.hold import covering
from studio.core.schema import proof_to_json, thread_proof
from studio.services.plans import receipt_from_json, receipt_to_json

if TYPE_CHECKING:
    from studio.core.delivery import Step
    from studio.services.engine import UnderWay

S = State
LOOK_AFTER = (10.0, 40.0, 70.0)  # seconds before each look-up, two minutes in all: listings lag
CHECK_EVERY, CHECKS = 3.0, 20  # seconds between, and number of, checks for which somebody stands and waits
GONE_AFTER = 4  # so many read-backs that say "not there": it is asked about
GIVE_UP = timedelta(hours=48)  # a post the platform works on for longer is asked about
MOST_TIMES = 70  # tries, about an hour apart at the end: more than fit into those two days
RETRY_AFTER = 30.0  # seconds to the next try when the other side did not say
HOUR = 3600.0


class Proving:
    """What follows the visible request. Nothing here can make a post."""

    def __init__(self, way: UnderWay) -> None:
        self._way = way

    # -- an unknown outcome --------------------------------------------------------------------------------------

    def lost(self, findings: tuple[Finding, ...]) -> None:
        """The request is out and its answer is not: from here on it is only looked for."""
        way = self._way
        way.move(S.UNCONFIRMED, error=findings, handles=way.handles(looks=None, blind=None, missing=None))
        self.look_up()

    def look_up(self) -> None:
        """Up to three look-ups over two minutes. Found: adopted and proved; not found: repeated or asked."""
        way = self._way
        if not way.publisher.readable:
            way.note(error("delivery.cannot_look", "delivery"), wake=None)
            return
        while way.d.state is S.UNCONFIRMED and (wait := self._next_look()) is not None:
            if way.patient and wait > 0:
                way.note(*way.d.error, wake=way.engine.now() + timedelta(seconds=wait))
                return
            way.engine.sleep(wait)
            if not self.look_once():
                return
        if way.d.state is S.UNCONFIRMED and (way.d.owner or way.d.wake):
            way.note(*way.d.error, wake=None)  # there were enough; nobody has it in hand any more

    def _next_look(self) -> float | None:
        """Seconds to the next look-up; None when there were enough. A woken one is looked up at once."""
        way = self._way
        looks = int(way.d.handles.get("looks", 0))
        if looks >= len(LOOK_AFTER) or way.d.handles.get("asked"):
            return None
        if way.d.wake is not None:
            return max(0.0, (way.d.wake - way.engine.now()).total_seconds())
        return 0.0 if way.publisher.idempotent and looks == 0 else LOOK_AFTER[looks]

    def look_once(self) -> bool:
        """One look-up; False when it cannot be told now, which is not counted as "not there"."""
        way = self._way
        way.report(0.9, "Looking it up")
        try:
            found = way.publisher.look(way.d.plan["made"], way.staged())
        except Problem as problem:
            if self._may_repeat() and isinstance(problem, Later):
                way.journal.write("look", "failed", {"findings": [to_json(f) for f in problem.findings]})
                self._repeat()  # whether it is there or not: the same key makes no second one
                return True
            self.blind(problem)
            return False
        looks = int(way.d.handles.get("looks", 0)) + 1
        line = way.line("look", "done", {"found": found is not None, "url": found.url if found else "", "look": looks})
        if found is not None:
            self.adopt(found, [line, way.line("commit", "done", receipt_to_json(found))])
        elif self._may_repeat():
            way.change(lines=[line], wake=None, handles=way.handles(looks=looks))
            self._repeat()
        else:
            self._not_found(looks, line)
        return True

    def _may_repeat(self) -> bool:
        way = self._way
        resting = covering(way.engine.workspace.holds.list(), way.d.platform, way.d.account)
        return way.publisher.idempotent and not way.d.handles.get("repeated") and resting is None

    def _not_found(self, looks: int, line: Step) -> None:
        way = self._way
        enough = looks >= len(LOOK_AFTER)
        findings = (error("delivery.not_found_on_platform", "delivery", looks=looks),) if enough else way.d.error
        way.change(lines=[line], wake=None, error=findings, handles=way.handles(looks=looks, asked=enough or None))
        if enough:
            way.note(*findings, wake=None)

    def blind(self, problem: Problem) -> None:
        """It could not be told whether it is there: asked again later, ever more rarely, by whoever keeps watch."""
        way = self._way
        blind = int(way.d.handles.get("blind", 0)) + 1
        way.journal.write("look", "failed", {"findings": [to_json(f) for f in problem.findings]})
        enough = int(way.d.handles.get("looks", 0)) >= len(LOOK_AFTER) or self._too_long(blind)
        later = not isinstance(problem, Refused) and not enough
        after = max(getattr(problem, "after", None) or 0.0, min(HOUR, LOOK_AFTER[-1] * 2 ** min(blind, 8)))
        wake = way.engine.now() + timedelta(seconds=after) if later else None
        findings = problem.findings or way.d.error
        way.note(*findings, wake=wake, handles=way.handles(blind=blind, asked=None if later else True))

    def _repeat(self) -> None:
        """The same request with the same key: it cannot make a second post. Once only; then it is asked."""
        way = self._way
        whole = way.whole()
        line = way.line("repeat", "begun", {"same_key": True})
        way.change(lines=[line] if whole else [], wake=None, handles=way.handles(repeated=True))
        if whole is None:
            return
        try:
            receipt = way.publisher.commit(*whole, way.d.plan["made"], way.staged())
        except (Uncertain, Later, SignInAgain) as problem:
            way.journal.write("repeat", "note", {"findings": [to_json(f) for f in problem.findings]})
            way.change(error=problem.findings or way.d.error)
            return
        data = receipt_to_json(receipt)
        self.adopt(receipt, [way.line("repeat", "done", data), way.line("commit", "done", data)])

    def adopt(self, receipt: Receipt, lines: list[Step]) -> None:
        """It is on the platform: from now on it is proved, or waits there for its time."""
        self.accept(receipt, lines)
        self.prove()

    def accept(self, receipt: Receipt, lines: list[Step]) -> None:
        """Keeps the receipt together with the move it means."""
        way = self._way
        handles = way.handles(
            receipt=receipt_to_json(receipt), looks=None, blind=None, asked=None, repeated=None, wait=None)
        if receipt.held:
            way.move(S.SCHEDULED, lines=lines, handles=handles, error=(), owner="", wake=None)
            self._held_meanwhile()
        else:
            way.move(S.PROCESSING, lines=lines, handles=handles, owner=way.engine.who, url=self._url(receipt))

    def _held_meanwhile(self) -> None:
        """A hold that began while it was being left there has not seen it: it is taken back next."""
        way = self._way
        hold = covering(way.engine.workspace.holds.list(), way.d.platform, way.d.account)
        if hold is not None:
            way.change(handles=way.handles(errand="hold", why=hold.reason), wake=way.engine.now())
            way.engine.tell(way.d)

    def _url(self, receipt: Receipt) -> str:
        """A thread is known by its first link."""
        return self._way.d.url if self._way.d.link else receipt.url

    # -- proof ---------------------------------------------------------------------------------------------------

    def prove(self) -> None:
        """PROCESSING until the platform is done, then read back; PUBLISHED only with that proof."""
        way = self._way
        if way.d.state is not S.PROCESSING:
            return
        way.report(0.9, "Reading it back")
        receipt = self._finished(receipt_from_json(way.d.handles["receipt"]))
        if not receipt.done or receipt.held:
            self._still_working()
        elif not way.publisher.readable:
            way.move(S.HANDED_OVER, owner="", error=(warning("delivery.unreadable", "delivery"),))
        else:
            self._went(receipt, self._read_back(receipt))

    def _finished(self, receipt: Receipt) -> Receipt:
        """Asks until the platform is done; where somebody keeps watch, once."""
        way = self._way
        for number in range(CHECKS):
            if receipt.done and not receipt.held:
                break
            if number or not way.patient:
                way.engine.sleep(CHECK_EVERY)
            receipt = way.publisher.check(receipt)
            if way.patient:
                break
        if receipt_to_json(receipt) != way.d.handles["receipt"]:
            way.change(handles=way.handles(receipt=receipt_to_json(receipt)), url=self._url(receipt))
        return receipt

    def _read_back(self, receipt: Receipt) -> Proof:
        """Listings lag: "not there" is asked again a moment later before anybody is bothered."""
        way = self._way
        content, uploads = way.kept()
        for pause in (1.0, 4.0) if not way.patient else ():
            try:
                return way.publisher.read_back(content, uploads, way.d.plan["made"], receipt)
            except NotThere:
                way.engine.sleep(pause)
        return way.publisher.read_back(content, uploads, way.d.plan["made"], receipt)

    def _still_working(self) -> None:
        self.wait_on((error("delivery.still_processing", "delivery"),), CHECK_EVERY)

    def wait_on(self, findings: tuple[Finding, ...], least: float) -> None:
        """Looked at again later: after `least` seconds, then twice as long, at most an hour; asked after two days."""
        way = self._way
        waits = int(way.d.handles.get("waits", 0))
        if self._too_long(waits):
            way.move(S.UNCONFIRMED, error=(error("delivery.never_finished", "delivery"), *findings), owner="")
            return
        after = timedelta(seconds=min(HOUR, max(least, 5.0) * 2 ** min(waits, 10)))
        way.note(*findings, wake=way.engine.now() + after, handles=way.handles(waits=waits + 1))

    def _too_long(self, times: int) -> bool:
        """Two days since the visible request; counted in tries as well, because clocks can be set back."""
        way = self._way
        old = way.d.went is not None and way.engine.now() - way.d.went > GIVE_UP
        return old or times >= MOST_TIMES

    def missing(self, problem: NotThere) -> None:
        """The read-back says it is not there; often enough, a person is asked. It was never called published."""
        way = self._way
        times = int(way.d.handles.get("missing", 0)) + 1
        way.journal.write("proof", "failed", {"findings": [to_json(f) for f in problem.findings]})
        if times < GONE_AFTER:
            way.change(handles=way.handles(missing=times))
            self.wait_on(problem.findings, 15.0)
            return
        way.move(S.UNCONFIRMED, owner="", error=(error("delivery.gone", "delivery"), *problem.findings),
                 handles=way.handles(asked=True, missing=None))

    def _went(self, receipt: Receipt, proof: Proof) -> None:
        """Proved: the next link of the thread, or published."""
        way = self._way
        lines = [{"what": c.what, "sent": c.sent[:200], "found": c.found[:200]} for c in proof.lines]
        line = way.line("proof", "done", {"url": proof.url, "whole": proof.whole, "lines": lines})
        links = [*way.d.handles.get("links", ()), {
            "url": proof.url or receipt.url, "handle": dict(receipt.handle), "proof": proof_to_json(proof)}]
        if way.d.link < self.last():
            self._next(links, line)
            return
        whole = thread_proof(links) if len(links) > 1 else proof
        # After a power cut it is simply read back once more.
        way.move(S.PUBLISHED, lines=[line], url=links[0]["url"], proof=whole, error=(), owner="", synced=False,
                 handles=way.handles(links=links if len(links) > 1 else None, held=None))
        way.report(1.0, "Published")

    def last(self) -> int:
        """The number of the last link."""
        chain = self._way.d.handles.get("chain")
        return len(chain["replies"]) if chain else 0

    def _next(self, links: list[dict[str, Any]], line: Step) -> None:
        """What is live is kept; the next link is due after its own delay."""
        way = self._way
        replies = way.d.handles["chain"]["replies"]
        wake = way.engine.now() + timedelta(minutes=int(replies[way.d.link]["after"]))
        way.move(
            S.DUE, lines=[line], link=way.d.link + 1, wake=wake, owner="", error=(), url=links[0]["url"],
            plan={"round": int(way.d.plan.get("round", 1))},
            handles={"chain": way.d.handles["chain"], "links": links, "since": wake.isoformat()})

    def end_here(self) -> None:
        """The links that are live stay, with their proof; the rest of the thread is dropped."""
        way = self._way
        proof = thread_proof(way.d.handles["links"])
        data = {"by": "person", "links": way.d.link}
        way.move(S.PUBLISHED, data=data, proof=proof, url=proof.url, error=(), owner="")
