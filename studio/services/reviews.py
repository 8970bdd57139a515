"""Reviews: a page with the previews of a post for a client to look at, and the comments that come back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import NotFound, Refused
from studio.core.event import Event
from studio.core.finding import Finding, error, warning
from studio.core.ids import new_id
from studio.core.post import Account, Post
from studio.core.review import MOST_BYTES, Place, Remark, answer_from, key_of, look_of

if TYPE_CHECKING:
    from studio.core.card import Surface
    from studio.core.card import Theme as CardTheme
    from studio.services.checks import Checks
    from studio.services.previews import Previews
    from studio.services.review_page import Picture, Texts
    from studio.store.workspace import Workspace

LARGEST = 80_000_000  # bytes of pictures in one file: more than that no mail takes, and phones give up
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8")


@dataclass(frozen=True, slots=True)
class Shot:
    """One painted preview.

    width, height   logical px of the card; the picture may have more
    picture         PNG or JPEG bytes
    spoken          the words on it, for people who cannot see it
    """

    account: Account
    surface: str
    theme: CardTheme
    width: float
    height: float
    picture: bytes
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment as it stands now. key: its name here. older: what it is about has changed since it was shown."""

    key: str
    remark: Remark
    older: bool

    @property
    def open(self) -> bool:
        """True while it asks for something."""
        return self.remark.resolved is None and self.remark.verdict != "approved"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file of comments: how many were new, said anew, known already; remarks on it."""

    post: str
    new: int
    changed: int
    known: int
    findings: tuple[Finding, ...] = ()


class Reviews:
    """changed: emitted with the id of a post whose comments are others now."""

    def __init__(self, workspace: Workspace, checks: Checks, previews: Previews) -> None:
        self._workspace, self._checks, self._previews = workspace, checks, previews
        self.changed: Event[[str]] = Event()

    # out ---------------------------------------------------------------------------------------------------------

    def write(self, post: Post, shots: Sequence[Shot], out: Path, *, who: str = "", language: str = "en") -> Path:
        """Makes the file for a client; whole or not at all.

        who   the name of the person who asks, as the client knows it
        Refused: review.nothing (no preview), review.too_heavy, out.unwritable.
        """
        if not shots:
            raise Refused(error("review.nothing", "review"))
        if sum(len(shot.picture) for shot in shots) > LARGEST:
            raise Refused(error("review.too_heavy", "review", limit=LARGEST // 1_000_000))
        from studio.services.review_page import Page, page

        pictures = tuple(self._picture(post, shot, language) for shot in shots)
        made = Page(new_id(), post.id, post.heading, who, datetime.now().astimezone(),
                    self._texts(post, shots, language), pictures)
        _write(out, page(made, language))
        return out

    def _picture(self, post: Post, shot: Shot, language: str) -> Picture:
        from studio.services.review_page import Picture

        account, surface = shot.account, self._surface(shot)
        place = Place(account.id, account.platform, surface.id, shot.theme, self.look(post, account))
        label = surface.label.get(language) or surface.label.get("en", surface.id)
        return Picture(place, self._platform(account, language), account.name or account.handle, label,
                       round(shot.width), round(shot.height), shot.picture, shot.spoken)

    def _surface(self, shot: Shot) -> Surface:
        for surface in self._previews.surfaces(shot.account.platform):
            if surface.id == shot.surface:
                return surface
        raise NotFound("surface", f"{shot.account.platform}/{shot.surface}")

    def _texts(self, post: Post, shots: Sequence[Shot], language: str) -> tuple[Texts, ...]:
        """The post's own, then those of each account that gets other words."""
        from studio.services.review_page import Texts

        base = Texts("", post.title, post.text, post.link, post.tags, tuple(reply.text for reply in post.replies))
        found = [base]
        for account in {(shot.account.id, shot.account.platform): shot.account for shot in shots}.values():
            got = self._checks.content(post, account)
            own = Texts("", got.title, got.text, got.link, got.tags, base.replies)
            if own != base:
                found.append(replace(own, account=self._name(account, language)))
        return tuple(found)

    def _name(self, account: Account, language: str) -> str:
        platform = self._platform(account, language)
        return platform if account.name in ("", platform) else f"{platform} · {account.name}"

    def _platform(self, account: Account, language: str) -> str:
        from studio import platforms

        return platforms.get(account.platform).name.say(language)

    def look(self, post: Post, account: Account) -> str:
        """A fingerprint of what a preview of it shows, to tell later whether that changed."""
        return look_of(self._checks.content(post, account))

    # back --------------------------------------------------------------------------------------------------------

    def read_file(self, path: Path, post: str = "") -> Taken:
        """Takes the comments of a file; see `read`."""
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            raise Refused(error("file.trouble", "file", name=path.name, reason=reason)) from fault
        return self.read(data, post)

    def read(self, data: bytes | str, post: str = "") -> Taken:
        """Takes the comments of a file or of pasted text: all of them or none.

        post   the post that is open, when one is: comments on another one are refused
        Refused: review.unreadable, .too_big, .too_many, .other_post, .no_post (it was deleted), .empty.
        """
        answer = answer_from(data)
        if post and answer.post != post:
            raise Refused(error("review.other_post", "review", heading=self._heading(answer.post)))
        if not self._workspace.posts.exists(answer.post):
            raise Refused(error("review.no_post", "review"))
        if not answer.remarks:
            raise Refused(error("review.empty", "review"))
        new, changed, known = self._workspace.remarks.put(answer.remarks)
        self.changed.emit(answer.post)
        keys = {key_of(remark.post, remark.id) for remark in answer.remarks}
        older = sum(seen.older for seen in self.of(answer.post) if seen.key in keys)
        found = (warning("review.older", "review", count=older),) if older else ()
        return Taken(answer.post, new, changed, known, found)

    def _heading(self, post: str) -> str:
        found = self._workspace.posts.headings([post])
        return found[post][0] if post in found else "?"

    # here --------------------------------------------------------------------------------------------------------

    def of(self, post: str) -> tuple[Seen, ...]:
        """Every comment on a post, the oldest first. NotFound when there is no such post."""
        remarks = self._workspace.remarks.of(post)
        return self.seen(self._workspace.posts.get(post), remarks) if remarks else ()

    def seen(
        self, post: Post, remarks: Iterable[Remark], known: Iterable[Account] | None = None
    ) -> tuple[Seen, ...]:
        """How comments stand beside the post as it is now (which need not be saved).

        known   the accounts to look at, where they are at hand; None: all of the workspace
        """
        accounts = {account.id: account for account in (self._workspace.accounts.list() if known is None else known)}
        now: dict[tuple[str, str], str] = {}
        found = []
        for remark in remarks:
            place, whose = remark.place, (remark.place.account, remark.place.platform)
            if whose not in now:
                now[whose] = self._look_now(post, accounts.get(place.account), place)
            found.append(Seen(key_of(remark.post, remark.id), remark, place.look != now[whose]))
        return tuple(found)

    def _look_now(self, post: Post, account: Account | None, place: Place) -> str:
        """"" when neither the account nor its platform is here any more: then it is about the past."""
        if account is None and place.platform not in self._previews.platforms():
            return ""
        return self.look(post, account or replace(self._previews.stand_in(place.platform), id=place.account))

    def remarks(self, post: str) -> tuple[Remark, ...]:
        """Every comment on a post as it came, the oldest first."""
        return tuple(self._workspace.remarks.of(post))

    def resolve(self, key: str, done: bool = True) -> Remark:
        """Settles a comment, or opens it again. NotFound when there is none."""
        self._workspace.remarks.resolve(key, datetime.now(UTC) if done else None)
        return self._told(key)

    def delete(self, key: str) -> Remark:
        """Forgets it and gives it back, so that `put_back` can undo this. NotFound when there is none."""
        remark = self._workspace.remarks.get(key)
        self._workspace.remarks.delete(key)
        self.changed.emit(remark.post)
        return remark

    def put_back(self, remark: Remark) -> None:
        """What was deleted is here again, as it was."""
        self._workspace.remarks.put([remark])
        self.changed.emit(remark.post)

    def _told(self, key: str) -> Remark:
        remark = self._workspace.remarks.get(key)
        self.changed.emit(remark.post)
        return remark


def _write(out: Path, text: str) -> None:
    """Whole or not at all; what a failed attempt left is taken away."""
    part = out.with_name(out.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, out)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise Refused(error("out.unwritable", "out", name=str(out), reason=reason)) from fault
    finally:
        try:
            part.unlink(missing_ok=True)
        except OSError:  # the folder itself is gone, and the part with it
            pass
