"""What came of a post: numbers and comments read from its platform, and answers to comments."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery, Receipt, State, Step
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.insight import Comments, Metric
from studio.services.journal import Journaled
from studio.services.plans import receipt_from_json
from studio.services.states import expect, wrong_state

if TYPE_CHECKING:
    from studio.platforms.base import Insights
    from studio.services.accounts import Accounts
    from studio.services.publishing import Publishing
    from studio.store.workspace import Workspace

LIVE = (State.PUBLISHED, State.HANDED_OVER)
ANSWERS = "answers"  # handle: how many answers were begun
TRIES = 50  # when others answer at the same moment


class _Meanwhile(Exception):
    """Somebody else began an answer first; nothing was sent."""


class InsightDesk:
    """Asks the network, each time. Refused where the platform tells nothing of that kind, Later, SignInAgain."""

    def __init__(self, workspace: Workspace, accounts: Accounts, publishing: Publishing, who: str) -> None:
        self._workspace, self._accounts, self._publishing, self._who = workspace, accounts, publishing, who

    def metrics(self, delivery_id: str) -> tuple[Metric, ...]:
        """The numbers there are by now."""
        delivery = self._live(delivery_id)
        return self._asked(delivery).metrics(_receipt(delivery))

    def comments(self, delivery_id: str, after: str = "") -> Comments:
        """A page of comments; after: as the page before gave it."""
        delivery = self._live(delivery_id)
        return self._asked(delivery).comments(_receipt(delivery), after)

    def reply(self, delivery_id: str, comment: str, text: str) -> str:
        """Answers a comment, once; gives the answer's id.

        The same answer to the same comment is sent once only: "begun" is on disk before it goes out. Uncertain when
        nobody knows whether it did; it is never repeated by itself.
        """
        if not text.strip():
            raise Refused(error("post.empty", "text"))
        step = "reply:" + hashlib.sha256(f"{comment}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        for _ in range(TRIES):
            with suppress(_Meanwhile):
                return self._answer(self._live(delivery_id), step, comment, text)
        raise Refused(error("delivery.moved_on", "delivery", id=delivery_id))

    def _answer(self, delivery: Delivery, step: str, comment: str, text: str) -> str:
        insights, receipt = self._asked(delivery), _receipt(delivery)
        journal = Journaled.of(self._workspace.journal, delivery, self._who)
        done = journal.once(
            step, lambda: {"id": insights.reply(receipt, comment, text)},
            {"comment": comment, "characters": len(text)}, partial(self._begun, delivery))
        return str(done["id"])

    def _begun(self, delivery: Delivery, line: Step) -> None:
        """Written only where nobody wrote since this delivery, and with it its journal, was read."""
        handles = {**delivery.handles, ANSWERS: int(delivery.handles.get(ANSWERS, 0)) + 1}
        if self._workspace.deliveries.change(
            delivery.id, delivery.state, seen=delivery, lines=[line], handles=handles, updated=delivery.updated
        ) is None:
            raise _Meanwhile

    def _live(self, delivery_id: str) -> Delivery:
        delivery = expect(self._publishing.get(delivery_id), LIVE)
        if not ("receipt" in delivery.handles or "links" in delivery.handles):
            raise wrong_state(delivery, LIVE)
        return delivery

    def _asked(self, delivery: Delivery) -> Insights:
        from studio import platforms

        account = self._accounts.get(delivery.account)
        platform = platforms.get(account.platform)
        access = self._accounts.access(account)
        found = platform.insights(access) if access.secrets or platform.embedded else None
        if found is None:
            raise Refused(error("insight.none", "account", platform=account.platform))
        return found


def _receipt(delivery: Delivery) -> Receipt:
    """Of the post itself, which is the first link of a thread."""
    links = delivery.handles.get("links")
    if links:
        return Receipt(links[0]["url"], links[0]["handle"])
    return receipt_from_json(delivery.handles["receipt"])
