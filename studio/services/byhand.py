"""Posting by hand: what is handed to the person, what they did of it, and the link they come back with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Compared, Delivery, Proof, State, Step
from studio.core.errors import Later, NotThere, NoVault, Refused, SignInAgain, Uncertain, VaultLocked
from studio.core.finding import Finding, error, warning
from studio.core.handoff import HandOff, Link
from studio.core.post import Account, Content, resolve
from studio.core.schema import content_from_json
from studio.services.handing import folder_of, forget, kits
from studio.services.kit import Kits, numbered
from studio.services.platform_info import PlatformInfo
from studio.services.states import expect

if TYPE_CHECKING:
    from studio.platforms.base import Platform
    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.services.publishing import Publishing
    from studio.services.settings import Settings
    from studio.store.workspace import Workspace

S = State
UNKNOWN = warning("handoff.unknown_link", "link")
LONGEST_WAIT = 7 * 24 * 60  # minutes a reminder may be put off
TICKS = 50  # tries, when others change the same delivery at the same moment
UNREADABLE = (Later, SignInAgain, Uncertain, VaultLocked, NoVault)


@dataclass(frozen=True, slots=True)
class HandSheet:
    """Everything the person is shown.

    folder, files   of the kit; the files in the order they are dropped in
    done            names of the steps that are done
    steps           in order: "scan", "open", "files", "copy:<piece>", "tick:<n>", "press", "paste"
    """

    delivery: Delivery
    account: Account
    platform: PlatformInfo
    content: Content
    handoff: HandOff
    folder: Path
    files: tuple[Path, ...]
    done: frozenset[str]
    steps: tuple[str, ...]


def steps_of(handoff: HandOff, files: int) -> tuple[str, ...]:
    """What is to do, in order. A draft that lies there already has its texts and files."""
    copies = () if handoff.draft else tuple(f"copy:{piece.name}" for piece in handoff.pieces)
    wanted = [
        ("scan", bool(handoff.scan)), ("open", bool(handoff.page)),
        ("files", handoff.files and files > 0 and not handoff.draft), *((name, True) for name in copies),
        *((f"tick:{n}", True) for n in range(len(handoff.ticks))), ("press", True), ("paste", True),
    ]
    return tuple(name for name, needed in wanted if needed)


def qr(text: str) -> tuple[tuple[bool, ...], ...]:
    """A QR code's modules, row by row, True for dark; with its quiet zone."""
    import segno

    return tuple(tuple(bool(module) for module in row) for row in segno.make(text, micro=False).matrix_iter(border=4))


class ByHandDesk:
    """now: UTC."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks, settings: Settings, publishing: Publishing,
        now: Callable[[], datetime],
    ) -> None:
        self._workspace, self._accounts, self._checks = workspace, accounts, checks
        self._settings, self._publishing, self._now = settings, publishing, now

    # -- what is shown -------------------------------------------------------------------------------------------

    def sheet(self, delivery_id: str) -> HandSheet:
        """Quick; only when the cache was emptied the kit is made anew. NotFound; Refused when it does not wait."""
        delivery = self._waiting(delivery_id)
        account, platform = self._accounts.get(delivery.account), self._platform(delivery)
        kept = delivery.handles["handoff"]
        content = self._content(delivery, account)
        handoff = platform.handoff(content, kept["made"])
        folder = folder_of(self._workspace, delivery_id)
        if not folder.is_dir():
            self._filled(content, platform, handoff, folder)
        files = numbered(folder)
        return HandSheet(
            delivery, account, self._accounts.platform(account.platform), content, handoff, folder, files,
            frozenset(kept["done"]), steps_of(handoff, len(files)))

    def _filled(self, content: Content, platform: Platform, handoff: HandOff, folder: Path) -> None:
        try:
            self._kits().write(content, platform, handoff, folder)
        except Refused:
            if not folder.is_dir():  # else somebody else has made it meanwhile
                raise

    def instructions(self, delivery_id: str, language: str) -> str:
        """What is to do, step by step, in that language."""
        sheet = self.sheet(delivery_id)
        names = [file.name for file in sheet.files]
        return self._kits(language).instructions(sheet.content, self._platform(sheet.delivery), sheet.handoff, names)

    qr = staticmethod(qr)

    def export(self, post_id: str, account: Account, out: Path, language: str = "") -> tuple[Path, ...]:
        """The kit of a post for that account or platform, into a new or empty folder. Refused: see `Kits.write`.

        What is wrong with the post keeps nobody from taking it along.
        """
        from studio import platforms

        declared = platforms.get(account.platform)
        way = next((mode for mode in ("kit", "assisted") if mode in declared.modes), account.mode)
        content = replace(resolve(self._workspace.posts.get(post_id), account), mode=way)
        return self._kits(language).write(content, declared, declared.handoff(content), out).files

    # -- what the person does ------------------------------------------------------------------------------------

    def tick(self, delivery_id: str, step: str, done: bool = True) -> None:
        """Remembers that a step is done (or not). Refused when it does not wait any more."""
        for _ in range(TICKS):
            delivery = self._waiting(delivery_id)
            kept = delivery.handles["handoff"]
            ticked = {*kept["done"], step} if done else {*kept["done"]} - {step}
            handles = {**delivery.handles, "handoff": {**kept, "done": sorted(ticked)}}
            found = self._workspace.deliveries.change(delivery_id, S.WAITING, seen=delivery, handles=handles)
            if found is not None:
                break
        self._changed(found, delivery_id)

    def later(self, delivery_id: str, minutes: int) -> Delivery:
        """It stays waiting, and is told again in so many minutes."""
        self._waiting(delivery_id)
        wake = self._now() + timedelta(minutes=max(1, min(minutes, LONGEST_WAIT)))
        line = self._line(delivery_id, "remind", {"minutes": minutes, "at": wake.isoformat()})
        return self._changed(
            self._workspace.deliveries.change(delivery_id, S.WAITING, lines=[line], wake=wake), delivery_id)

    def failed(self, delivery_id: str, reason: str = "") -> Delivery:
        """The person could not post it. It can be sent again, which prepares it anew."""
        self._waiting(delivery_id)
        said = " ".join(reason.split())[:200]
        found = error("handoff.failed_because", "delivery", reason=said) if said else error(
            "handoff.failed", "delivery")
        moved = self._workspace.deliveries.move(
            delivery_id, S.WAITING, S.FAILED, data={"by": "person"}, error=(found,), owner="")
        return self._over(moved, delivery_id)

    def paste(self, delivery_id: str, text: str, *, anyway: bool = False) -> Delivery:
        """The link the person comes back with; asks the network.

        PUBLISHED when the post there was read and compared, HANDED_OVER with the link as proof when its form is
        right and it cannot be read. Refused: it is no link of that platform, another post's, or used already;
        `anyway` keeps it all the same, without proof.
        """
        from studio.platforms.links import pasted

        delivery = expect(self._publishing.get(delivery_id), (S.WAITING, S.HANDED_OVER))
        link = self._platform(delivery).link(text)
        address = link.url if link else pasted(text)
        if not address:
            raise Refused(error("handoff.no_link", "link"))
        self._unused(delivery, address, link)
        if link is None and not anyway:
            raise Refused(error("handoff.not_a_link", "link", url=address[:200], platform=delivery.platform))
        proof, doubts = self._read(delivery, link, anyway) if link else (None, (UNKNOWN,))
        self._unused(delivery, proof.url if proof and proof.url else address, link)  # reading it took its time
        return self._kept(self._as_it_is(delivery), address, link, proof, doubts)

    # -- the link ------------------------------------------------------------------------------------------------

    def _read(self, delivery: Delivery, link: Link, anyway: bool) -> tuple[Proof | None, tuple[Finding, ...]]:
        """The proof, None when it cannot be read, or not now; and what speaks against the link that is kept anyway."""
        account = self._accounts.get(delivery.account)
        content = self._content(delivery, account)
        try:
            return self._platform(delivery).verify(self._accounts.access(account), content, link), ()
        except NotThere:
            doubt = Refused(error("handoff.not_there", "link", url=link.url[:200]))
        except Refused as refused:
            doubt = refused
        except UNREADABLE:
            return None, ()
        if not anyway:
            raise doubt
        return None, tuple(warning(f.code, f.field, f.source, **f.values) for f in doubt.findings)

    def _as_it_is(self, delivery: Delivery) -> Delivery:
        """What happened to it while the link was read. Refused when something else was made ready meanwhile."""
        now = self._publishing.get(delivery.id)
        if now.state is not delivery.state or _handed(now) != _handed(delivery):
            raise Refused(error("delivery.moved_on", "delivery", id=delivery.id))
        return now

    def _content(self, delivery: Delivery, account: Account) -> Content:
        """As it was made ready or sent, with what is known of the account by now: that is not kept with it."""
        kept = delivery.handles.get("handoff", {}).get("content") or delivery.plan.get("content")
        if kept:
            return replace(content_from_json(kept), identity=account.identity)
        return self._checks.content(self._workspace.posts.get(delivery.post), account)

    def _kept(
        self, delivery: Delivery, address: str, link: Link | None, proof: Proof | None, doubts: tuple[Finding, ...]
    ) -> Delivery:
        """The state that the evidence allows, and no more."""
        check = "read" if proof else "unknown" if link is None else "not it" if doubts else "form"
        line = self._line(delivery.id, "paste", {"url": address, "check": check})
        receipt = {"url": address, "handle": _ids(delivery, link), "done": True}
        handles = {**delivery.handles, "receipt": receipt}
        formal = Proof(address, None, (Compared("link", address, address),)) if check == "form" else None
        moved = self._workspace.deliveries.move(
            delivery.id, delivery.state, S.PUBLISHED if proof else S.HANDED_OVER, lines=[line], handles=handles,
            url=proof.url if proof and proof.url else address, proof=proof or formal, error=doubts, owner="")
        return self._over(moved, delivery.id)

    def _unused(self, delivery: Delivery, address: str, link: Link | None) -> None:
        """One post cannot be the proof of two deliveries, however its address is written."""
        states = (S.PUBLISHED, S.HANDED_OVER)
        others = self._workspace.deliveries.list(account=delivery.account, states=states)
        if any(other.id != delivery.id and (other.url == address or _same_post(other, link)) for other in others):
            raise Refused(error("handoff.link_used", "link", url=address[:200]))

    # -- small things --------------------------------------------------------------------------------------------

    def _waiting(self, delivery_id: str) -> Delivery:
        return expect(self._publishing.get(delivery_id), (S.WAITING,))

    def _kits(self, language: str = "") -> Kits:
        return kits(self._workspace, self._accounts, self._settings, language)

    def _platform(self, delivery: Delivery) -> Platform:
        from studio import platforms

        return platforms.get(delivery.platform)

    def _line(self, delivery_id: str, step: str, data: dict[str, Any]) -> Step:
        return Step(delivery_id, step, "note", self._now(), {"by": "person", **data})

    def _changed(self, found: Delivery | None, delivery_id: str) -> Delivery:
        if found is None:
            raise Refused(error("delivery.moved_on", "delivery", id=delivery_id))
        self._publishing.changed.emit(found)
        return found

    def _over(self, moved: Delivery | None, delivery_id: str) -> Delivery:
        done = self._changed(moved, delivery_id)
        forget(self._workspace, done)
        return done


def _handed(delivery: Delivery) -> Any:
    """What the person was handed."""
    return delivery.handles.get("handoff", {}).get("content")


def _ids(delivery: Delivery, link: Link | None) -> dict[str, Any]:
    """Of the post, as its link says; what the platform itself answered, where the API sent it, is known beside them."""
    answered = {} if "handoff" in delivery.handles else delivery.handles.get("receipt", {}).get("handle", {})
    return {**answered, **(link.handle if link else {})}


def _same_post(other: Delivery, link: Link | None) -> bool:
    """True when the link has ids, and the other one is known by all of them."""
    known = other.handles.get("receipt", {}).get("handle", {})
    return link is not None and bool(link.handle) and all(known.get(name) == id for name, id in link.handle.items())
