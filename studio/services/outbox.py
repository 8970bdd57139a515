"""The outbox: every delivery by urgency, a window of it at a time, with the heading and picture of its post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery, State
from studio.core.hold import Hold, covering

if TYPE_CHECKING:
    from studio.services.accounts import Accounts
    from studio.store.outbox import Fits, OutboxStore, Wanted
    from studio.store.workspace import Workspace

S = State
WINDOW = 200  # of what is over, at first
NEAREST = 8  # of what is still to come, while nothing narrows the list
MOST = 500  # of what needs the person, and of what is still to come in a narrowed list
NEEDS: frozenset[State] = frozenset({S.WAITING, S.MISSED, S.HELD, S.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person wants to see. words: part of a title, an account's name, a link or an id."""

    words: str = ""
    states: frozenset[State] | None = None
    account: str = ""
    platform: str = ""

    @property
    def narrow(self) -> bool:
        """True when not everything is wanted."""
        return bool(self.words.strip() or self.states is not None or self.account or self.platform)


@dataclass(frozen=True, slots=True)
class Item:
    """A delivery with its post's heading and picture ("" when the post is gone)."""

    delivery: Delivery
    heading: str
    thumb: str


@dataclass(frozen=True, slots=True)
class Page:
    """needs, unconfirmed, failed: what a person must look at. ahead: earliest first. rest: newest first.

    more     True when there is more of the rest than the window took
    hidden   how many more are still to come than `ahead` has
    """

    needs: tuple[Item, ...] = ()
    unconfirmed: tuple[Item, ...] = ()
    failed: tuple[Item, ...] = ()
    ahead: tuple[Item, ...] = ()
    rest: tuple[Item, ...] = ()
    more: bool = False
    hidden: int = 0

    @property
    def empty(self) -> bool:
        return not (self.needs or self.unconfirmed or self.failed or self.ahead or self.rest)


def needs_person(delivery: Delivery, holds: Iterable[Hold] = ()) -> bool:
    """True when nothing more happens to it before somebody decides; `holds` are the active ones."""
    state = delivery.state
    if state in (S.WAITING, S.FAILED):
        return True
    if state is S.UNCONFIRMED:
        return delivery.wake is None  # else it is looked up by itself
    if state is S.HANDED_OVER:
        return delivery.proof is None
    if state is S.MISSED:
        return delivery.late.rule != "skip"
    return state is S.HELD and covering(holds, delivery.platform, delivery.account) is None


class Outbox:
    """Read-only: what people do with a delivery is in `publishing`, `calendar` and `holds`."""

    def __init__(self, workspace: Workspace, accounts: Accounts) -> None:
        self._workspace, self._accounts = workspace, accounts

    @cached_property
    def _store(self) -> OutboxStore:
        """Loaded with the first question: a start asks none."""
        from studio.store.outbox import OutboxStore

        return OutboxStore(self._workspace.database)

    def page(self, asked: Asked | None = None, window: int = WINDOW, now: datetime | None = None) -> Page:
        """What fits, by urgency; `window` of what is over at most. Quick with any number of deliveries."""
        asked, now, holds = asked or Asked(), now or datetime.now(UTC), self._workspace.holds.list()
        wanted, fits = self._wanted(asked), self._fits(asked.words)
        urgent = self._store.needing(wanted, holds, MOST, fits)
        nearest = MOST if asked.narrow else NEAREST
        ahead = self._store.ahead(wanted, now, nearest, fits)
        rest = self._store.rest(wanted, holds, now, window + 1, fits)
        hidden = 0 if asked.narrow else self._store.count_ahead(wanted, now) - len(ahead)
        heads = self._workspace.posts.headings({d.post for d in (*urgent, *ahead, *rest)})

        def items(deliveries: Iterable[Delivery]) -> tuple[Item, ...]:
            return tuple(Item(d, *heads.get(d.post, ("", ""))) for d in deliveries)

        return Page(
            needs=items(d for d in urgent if d.state in NEEDS),
            unconfirmed=items(d for d in urgent if d.state is S.UNCONFIRMED),
            failed=items(d for d in urgent if d.state is S.FAILED),
            ahead=items(ahead), rest=items(rest[:window]), more=len(rest) > window, hidden=max(0, hidden),
        )

    def waiting(self) -> int:
        """How many deliveries need the person now."""
        return self._store.count_needing(self._workspace.holds.list())

    def stamp(self) -> tuple[int, int]:
        """Differs from the last one when a delivery moved or a hold changed, in this process or in another."""
        return self._store.stamp()

    def item(self, delivery_id: str) -> Item:
        """One of them. NotFound when there is none."""
        delivery = self._workspace.deliveries.get(delivery_id)
        return Item(delivery, *self._workspace.posts.headings([delivery.post]).get(delivery.post, ("", "")))

    def others(self, delivery: Delivery) -> list[Delivery]:
        """The same post on other accounts: of each account the latest delivery, those with proof first."""
        latest: dict[str, Delivery] = {}
        for other in sorted(self._workspace.deliveries.list(post=delivery.post), key=lambda d: d.created):
            if other.account != delivery.account and other.state is not S.CANCELLED:
                latest[other.account] = other
        return sorted(latest.values(), key=lambda d: (d.proof is None, d.at, d.id))

    def _wanted(self, asked: Asked) -> Wanted:
        from studio.store.outbox import Wanted

        account = frozenset({asked.account}) if asked.account else None
        return Wanted(asked.states, account, asked.platform)

    def _fits(self, words: str) -> Fits | None:
        """All the words are found in title, account, link or id."""
        wanted = words.casefold().split()
        if not wanted:
            return None
        names = self._names()
        headings: dict[str, str] = {}

        def heading(post: str) -> str:
            if post not in headings:
                headings[post] = self._workspace.posts.headings([post]).get(post, ("", ""))[0]
            return headings[post]

        def fits(delivery: Delivery) -> bool:
            text = " ".join((
                heading(delivery.post), names.get(delivery.account, ""), delivery.platform, delivery.url, delivery.id,
            )).casefold()  # fmt: skip
            return all(word in text for word in wanted)

        return fits

    def _names(self) -> dict[str, str]:
        infos = {info.id: info for info in self._accounts.platforms()}
        names = {}
        for account in self._accounts.list():
            info = infos.get(account.platform)
            called = (info.name.en, info.name.zh_CN, info.name.zh_TW) if info is not None else ()
            names[account.id] = " ".join((account.name, account.handle, *called))
        return names
