"""What a platform declares. A platform is a folder here whose `__init__` has `PLATFORM`, one of these.

Everything that is known of a platform (login, limits, counting, checks, preview, publisher) is in its folder;
nobody else may name it. Its modules import core and libraries only, and anything heavy inside functions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.card import Card, Metrics, Surface, View
from studio.core.delivery import Proof, Receipt
from studio.core.errors import Refused
from studio.core.finding import Finding, error, info
from studio.core.handoff import HandOff, Link, Piece
from studio.core.insight import Comments, Metric
from studio.core.pace import Pace
from studio.core.post import Account, Content, Mode
from studio.core.safezone import SafeZone
from studio.core.words import Words
from studio.platforms.logins import CALLBACK as CALLBACK
from studio.platforms.logins import Authorization as Authorization
from studio.platforms.logins import Browser as Browser
from studio.platforms.logins import Life as Life
from studio.platforms.logins import Login as Login
from studio.platforms.logins import LoginField as LoginField
from studio.platforms.logins import Secrets as Secrets
from studio.platforms.logins import Way as Way
from studio.platforms.parts import Count as Count
from studio.platforms.parts import Cover as Cover
from studio.platforms.parts import Fact as Fact
from studio.platforms.parts import Frame as Frame
from studio.platforms.parts import ImageRule as ImageRule
from studio.platforms.parts import Profile as Profile
from studio.platforms.parts import Remedy as Remedy
from studio.platforms.parts import Setting as Setting
from studio.platforms.parts import Timer as Timer
from studio.platforms.parts import Upload as Upload
from studio.platforms.parts import VideoRule as VideoRule
from studio.platforms.parts import Want as Want

if TYPE_CHECKING:
    from studio.platforms.transport import Transport

Json = Mapping[str, Any]
Refresh = Callable[[Secrets], Secrets]


@dataclass(frozen=True, slots=True)
class Access:
    """What a publisher works with.

    save      stores changed secrets before they are used; where tokens are renewed use `renew`, which does that
    renewer   one renewal for all who wait, over threads and processes; None (tests): there is nobody else
    learn     keeps what is new of the account's identity (a server's limits), beside what was known
    """

    account: Account
    secrets: Secrets
    save: Callable[[Secrets], None]
    transport: Transport
    folder: Path  # the workspace's own folder for embedded platforms ("practice/<account>")
    now: Callable[[], datetime]
    at: datetime | None = None  # the platform's own timer shall show it then; None: it is shown at once
    reply_to: Mapping[str, Json] | None = None  # in a thread: handles of the "root" and of the "parent" link
    renewer: Callable[[Refresh], Secrets] | None = None
    learn: Callable[[Mapping[str, str]], None] = lambda identity: None

    def renew(self, refresh: Refresh) -> Secrets:
        """The secrets to go on with: those somebody else renewed meanwhile, else what `refresh` makes of the old.

        `refresh(secrets)` asks the platform for new ones (SignInAgain, Later) and is called at most once, by one
        caller at a time; its result is in the vault before this returns. What it leaves out of the old is kept.
        """
        if self.renewer is not None:
            return self.renewer(refresh)
        fresh = {**self.secrets, **refresh(self.secrets)}
        self.save(fresh)
        return fresh


class Held:
    """What one step of a send keeps of itself, so that a restart goes on where it stopped.

    before   what was kept last, {} at first: an upload's handle and offset, a container's id
    """

    def __init__(self, before: Json, keep: Callable[[Json], None]) -> None:
        self.before = before
        self._keep = keep

    def keep(self, data: Json) -> None:
        """Is on disk when this returns; call it the moment the platform returned a handle."""
        self._keep(data)
        self.before = data


class Publisher(ABC):
    """Sends one Content. Made per delivery by `Platform.publisher(access)`.

    The queue calls, in this order, and journals around each call:

    plan -> stage (per upload) -> contain -> ready*      submit: nobody sees it yet, may be retried freely
         -> commit                                       finalize: the one visible request, tried once
         -> check* -> read_back                          read-only

    `look` is called instead of a second `commit` when a commit's outcome is unknown. With `access.at` the
    commit leaves the post with the platform's own timer: its receipt is `held`, `check` tells when it is live,
    `withdraw` and `reschedule` change it there. With `access.reply_to` it is a link of a thread.

    Errors are typed by what the queue must do: Refused, Later, SignInAgain, ByHand, Uncertain (core.errors).
    Only `commit` may raise Uncertain, and must whenever the request may have been acted on. ByHand, until it was:
    nothing is visible, and a person has to finish it over there.
    """

    #: How many files are staged at a time; each by a publisher of its own, so `stage` shares nothing.
    side_by_side: int = 1

    #: True when repeating `commit` with the same plan and handles can never make a second post.
    idempotent: bool = False
    #: True where `contain` makes something.
    contains: bool = False
    #: False where a post cannot be read again: then a person confirms it.
    readable: bool = True

    @abstractmethod
    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Chooses everything that must stay the same over repeats (keys, times). JSON data, saved before staging."""

    @abstractmethod
    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Sends upload `number` (from 0) so that it is not visible yet; gives its handle as JSON data.

        What can be resumed is kept with `held.keep` and found again in `held.before`.
        """

    def contain(
        self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json], held: Held
    ) -> dict[str, Any] | None:
        """Makes the invisible container or draft that `commit` makes visible, where the platform has one.

        Its handle comes last in `handles` from then on; None where there is none.
        """
        return None

    def ready(self, plan: Json, handles: Sequence[Json]) -> float | None:
        """Has the platform digested what was staged? None: yes; seconds: ask again then.

        Refused: it cannot. Unstaged: it no longer has it.
        """
        return None

    @abstractmethod
    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request."""

    @abstractmethod
    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Looks the post up, read-only: its receipt, or None when it is not there. Later when it cannot be told now."""

    def check(self, receipt: Receipt) -> Receipt:
        """Where the platform works on it, or keeps it until its time: asks again, read-only.

        NotThere: it is gone. Rejected: it will never be shown there.
        """
        return receipt

    def withdraw(self, receipt: Receipt) -> None:
        """Takes a held post back from the platform's timer; fine when it is gone. Refused: it is live already."""
        raise NotImplementedError

    def reschedule(self, receipt: Receipt, at: datetime) -> Receipt:
        """Another time for a held post. Refused: it is live already, or the time does not fit its timer."""
        raise NotImplementedError

    @abstractmethod
    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """Reads the post from the platform and compares it with what was sent. NotThere: it has no such post."""


class Insights(ABC):
    """Reads what came of one account's posts. Made by `Platform.insights(access)`; the receipts are its publisher's,
    or made of a pasted link (`Link.handle`).

    Refused (insight.*) where the platform does not tell, Later, SignInAgain.
    """

    @abstractmethod
    def metrics(self, receipt: Receipt) -> tuple[Metric, ...]:
        """The numbers there are by now."""

    @abstractmethod
    def comments(self, receipt: Receipt, after: str = "") -> Comments:
        """A page of comments; `after` as the page before gave it."""

    def reply(self, receipt: Receipt, comment: str, text: str) -> str:
        """Answers a comment, visibly, once; gives the answer's id. Uncertain when it may have been done."""
        raise Refused(error("insight.no_reply", "account"))


class Platform(ABC):
    """A platform's declaration. One instance, `PLATFORM`, in the folder's `__init__`.

    A login by browser: declare `browser`, list `CALLBACK` among `fields`, and write `authorize` and `complete`
    (`platforms.oauth` does most of it). The caller keeps what waits, compares the state and reads the code out of
    the answer. `Login.identity["scopes"]` is what was granted, separated by spaces; leave it out when unknown.
    """

    id: str
    name: Words
    initial: Mapping[str, str]  # language -> the one character on its disc
    colour: str  # of its disc, "#rrggbb"
    modes: tuple[Mode, ...] = ("api",)
    fields: tuple[LoginField, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    images: ImageRule | None = None
    videos: VideoRule | None = None
    shorts: VideoRule | None = None  # short upright films (reels), where other rules hold for them
    embedded: bool = False  # True: part of every workspace, needs no login and no network
    home: str = ""  # its web address
    threads: bool = False  # True: a post may be followed by replies of one's own
    timer: Timer | None = None  # where it can keep a post until its time by itself
    browser: Browser | None = None  # where one can sign in with the browser
    scopes: tuple[str, ...] = ()  # what an account must have granted so that it can publish
    pace: Pace = Pace()  # how fast an account should post when nobody chose otherwise
    compose: str = ""  # the address where a person composes a post by hand
    links: tuple[str, ...] = ()  # what a post's address looks like: regular expressions of "host/path", ids as groups
    covers: tuple[Cover, ...] = ()  # the sizes of a cover that a kit has
    settings: tuple[Setting, ...] = ()  # kept in the account's identity as "set.<name>"
    profile: Profile | None = None  # how an account's page shows its posts, where that is a grid
    zones: tuple[SafeZone, ...] = ()  # what its own buttons cover of a video that fills the screen
    keeps: tuple[str, ...] = ()  # what was learnt of an account and outlives a new login of the same one

    def cover_at(self, content: Content) -> float | None:
        """Seconds into the first film whose frame stands for it there, where the post's options choose one."""
        return None

    @abstractmethod
    def count(self, content: Content) -> Mapping[str, Count]:
        """The length of each counted field ("text", "title") of `content`."""

    def image_rule(self, identity: Mapping[str, str]) -> ImageRule | None:
        """What a picture must be to be taken from this account, where servers differ. Pure."""
        return self.images

    def video_rule(self, identity: Mapping[str, str]) -> VideoRule | None:
        """What a video must be to be taken from this account, where servers differ. Pure."""
        return self.videos

    def wants(self, content: Content) -> tuple[Want, ...]:
        """The files that the platform gets, in the order of the uploads. Pure and quick."""
        rule = self.image_rule(content.identity)
        return tuple(Want(media, rule) for media in content.media)

    def setting(self, identity: Mapping[str, str], name: str) -> str:
        """What a person chose for this account, else the default."""
        declared = next(s for s in self.settings if s.name == name)
        return identity.get(f"set.{name}") or declared.default

    @abstractmethod
    def check(self, content: Content) -> tuple[Finding, ...]:
        """Everything that is wrong or doubtful, worst first. Pure and quick: called at each keystroke.

        By `content.mode`: what the API does not take may be fine by hand.
        """

    def prepare(self, access: Access, content: Content) -> Json | None:
        """Called when a post is handed to a person: anything that must be asked of the platform first.

        Its result is `made` for `handoff`. None: nothing.
        """
        return None

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """How a person posts it themselves. Pure. made: handle of the draft that lies over there, None without one."""
        from studio.platforms.text import following, tag_line

        texts = (
            Piece("title", content.title), Piece("text", content.text), Piece("tags", tag_line(content.tags)),
            Piece("link", content.link), Piece("comment", following(content.replies) if self.threads else ""),
        )
        return HandOff(self.compose or self.home, tuple(p for p in texts if p.text.strip()), bool(content.media))

    def link(self, url: str) -> Link | None:
        """A pasted address as the post it is of; None when it does not look like one of here. Pure."""
        from studio.platforms.links import recognised

        return recognised(url, self.links)

    def verify(self, access: Access, content: Content, link: Link) -> Proof | None:
        """Reads the post at a pasted link and compares it; None where it cannot be read.

        Refused (handoff.not_it): it is somebody else's, or another post. NotThere: there is none.
        """
        return None

    @abstractmethod
    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        """The preview as boxes. Pure; labels in the view's language."""

    @abstractmethod
    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        """Signs in. Refused with findings on the fields when refused; Later when the other side is down."""

    def authorize(
        self, fields: Mapping[str, str], api_base: str, transport: Transport, way: Way, redirect: str
    ) -> Authorization:
        """The address to open for signing in with the browser; may ask the platform (to register a client).

        redirect   "http://127.0.0.1:PORT/callback" for "loopback", "" for the other ways
        Refused with findings on the fields, Later when the other side is down.
        """
        raise NotImplementedError

    def complete(
        self, fields: Mapping[str, str], code: str, kept: Secrets, api_base: str, transport: Transport
    ) -> Login:
        """Finishes that login with the code of the answer. kept: as `authorize` gave it, {} for a `bare` code.

        Refused: the code is used up, too old or not ours. Later when the other side is down.
        """
        raise NotImplementedError

    def life(self, account: Account, secrets: Secrets) -> Life:
        """How long the sign-in holds. Pure, from what the secrets say."""
        return Life()

    def refresh(self, access: Access, secrets: Secrets) -> Secrets:
        """New secrets for the old ones: one request. Called inside `access.renew`. SignInAgain, Later."""
        raise NotImplementedError

    def leave(self, access: Access) -> None:
        """The account is being removed: tells the platform that its secrets are used no more, where it wants to know.

        One quick request at most; what fails is no matter.
        """
        return

    def lacking(self, granted: frozenset[str]) -> tuple[str, ...]:
        """Which of `scopes` were not granted; a wider scope ("write") grants what it begins ("write:media")."""
        return tuple(s for s in self.scopes if not {s, s.partition(":")[0]} & granted)

    @abstractmethod
    def health(self, access: Access) -> tuple[Finding, ...]:
        """Is the account usable now? () or findings. Read-only, apart from a token refresh and `access.learn`."""

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        """The health as a list for a person, what is fine included (as "info"), worst first; each with its remedy.

        The first sentence of each is its heading. Read-only.
        """
        return self.health(access) or (info("doctor.signed_in", "account"),)

    def remedies(self, finding: Finding, account: Account) -> tuple[Remedy, ...]:
        """What to do about a finding of the doctor, or of a delivery. Pure."""
        return ()

    def insights(self, access: Access) -> Insights | None:
        """Numbers and comments; None where the platform tells none."""
        return None

    def page(self, account: Account, folder: Path) -> str:
        """The address where a person sees what this account published, "" for none. folder: `Access.folder`."""
        return self.home

    @abstractmethod
    def publisher(self, access: Access) -> Publisher:
        """A publisher for one delivery."""
