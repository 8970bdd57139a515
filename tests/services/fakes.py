"""A platform that lives in memory and breaks on demand, and the rest of what services need. Fakes record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from studio.core.card import Box, Card, Surface
from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import (
    ByHand,
    Later,
    NotThere,
    Refused,
    Rejected,
    SignInAgain,
    Uncertain,
    VaultLocked,
    WorkspaceProblem,
)
from studio.core.finding import error, warning
from studio.core.words import Words
from studio.platforms.base import Count, Cover, Fact, ImageRule, Login, LoginField, Platform, Publisher, Timer
from studio.platforms.links import not_it


class Clock:
    """Time that passes only when somebody sleeps, or when a test says so. slept: every sleep, in seconds."""

    def __init__(self, at=None):
        self.at = at or datetime.now(UTC).replace(microsecond=0)
        self.slept = []

    def now(self):
        return self.at

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    def passes(self, **units):
        """passes(minutes=5); gives the new time."""
        self.at += timedelta(**units)
        return self.at


@dataclass
class Server:
    """What the platform has, and the faults that wait: each is used once, at the call of that name.

    posts       key -> (text, blobs): what people can see
    scheduled   key -> (at, text, blobs): what lies with its own timer; `turn` makes live what is due
    parents     key -> key of the post that it replies to
    """

    posts: dict = field(default_factory=dict)
    log: list = field(default_factory=list)  # every call, in order
    faults: dict = field(default_factory=dict)  # call -> list of faults
    scheduled: dict = field(default_factory=dict)
    parents: dict = field(default_factory=dict)
    now: Callable = lambda: datetime.now(UTC)
    made: int = 0
    on_call: Callable = lambda call: None  # a test that wants to come in between

    def fault(self, call):
        self.turn()
        self.log.append(call)
        self.on_call(call)
        waiting = self.faults.get(call, [])
        return waiting.pop(0) if waiting else None

    def turn(self):
        """Its own timer fires; gives everything that people can see."""
        for key, (at, *post) in list(self.scheduled.items()):
            if at <= self.now():
                del self.scheduled[key]
                self.posts[key] = tuple(post)
        return self.posts

    def texts(self):
        """What people can see, in the order it came."""
        return [text for text, _ in self.turn().values()]


class Died(BaseException):
    """The process ends here: nothing after it runs, not even error handling for Exception."""


def hit(fault):
    if fault == "refused":
        raise Refused(error("fake.refused", "text"))
    if fault == "rejected":
        raise Rejected(error("fake.rejected", "text"))
    if fault == "by_hand":
        raise ByHand(warning("fake.by_hand", "account"))
    if fault == "later":
        raise Later(error("fake.later"), after=1)
    if fault == "not_there":
        raise NotThere(error("fake.not_there"), after=1)
    if fault == "signin":
        raise SignInAgain(error("fake.signin", "account"))
    if fault == "locked":
        raise VaultLocked(error("vault.locked", "account"))
    if fault == "full":
        raise WorkspaceProblem(error("workspace.full", "workspace"))
    if fault == "bug":
        raise ZeroDivisionError
    if fault == "die":
        raise Died


class FakePublisher(Publisher):
    def __init__(self, platform, access):
        self.platform, self.server, self.access = platform, platform.server, access
        self.side_by_side = platform.side_by_side
        self.idempotent, self.contains = platform.true_idempotency and access.at is None, platform.contains
        self.readable = platform.readable

    def plan(self, content, uploads):
        hit(self.server.fault("plan"))
        self.platform.plans += 1
        return {"key": f"key{self.platform.plans}", "text": content.text}

    def stage(self, number, upload, plan, held):
        hit(self.server.fault("stage"))
        return {"blob": upload.sha256, "number": number}

    def contain(self, content, uploads, plan, handles, held):
        if "id" in held.before:
            return {"container": held.before["id"]}
        fault = self.server.fault("contain")
        hit(fault) if fault != "die_after" else None
        held.keep({"id": plan["key"]})
        if fault == "die_after":
            raise Died
        return {"container": plan["key"]}

    def ready(self, plan, handles):
        if not self.server.faults.get("ready"):
            return None
        fault = self.server.fault("ready")
        hit(fault)
        return fault if isinstance(fault, int | float) else None

    def commit(self, content, uploads, plan, handles):
        fault = self.server.fault("commit")
        if fault == "drop_before":
            raise Uncertain(error("fake.lost"))
        hit(fault) if fault != "die_after" else None
        receipt = self._made(plan, [h["blob"] for h in handles if "blob" in h])
        if fault == "drop_after":
            raise Uncertain(error("fake.lost"))
        if fault == "die_after":
            raise Died
        return replace(receipt, done=False) if fault == "slow" else receipt

    def _made(self, plan, blobs):
        server = self.server
        key = plan["key"] if self.idempotent else f"{plan['key']}-{server.made}"
        server.made += 1
        if self.access.reply_to:
            server.parents[key] = self.access.reply_to["parent"]["key"]
        if self.access.at is not None:
            server.scheduled[key] = (self.access.at, plan["text"], tuple(blobs))
            return self._held(key)
        server.posts[key] = (plan["text"], tuple(blobs))
        return self._live(key)

    @staticmethod
    def _live(key):
        return Receipt(f"https://fake.example/{key}", {"key": key})

    @staticmethod
    def _held(key):
        return Receipt("", {"key": key}, done=False, held=True)

    def look(self, plan, handles):
        fault = self.server.fault("look")
        hit(fault)
        if fault == "lag":
            return None
        for keys, receipt in ((self.server.posts, self._live), (self.server.scheduled, self._held)):
            for key in keys:
                if key.split("-")[0] == plan["key"]:
                    return receipt(key)
        return None

    def check(self, receipt):
        fault = self.server.fault("check")
        hit(fault)
        key = receipt.handle["key"]
        if fault == "slow":
            return replace(receipt, done=False)
        if key in self.server.scheduled:
            return self._held(key)
        if key not in self.server.posts:
            raise NotThere(error("fake.not_there"))
        return self._live(key)

    def withdraw(self, receipt):
        self._changed("withdraw", receipt, lambda key: self.server.scheduled.pop(key))

    def reschedule(self, receipt, at):
        self._changed("reschedule", receipt, lambda key: self.server.scheduled.update(
            {key: (at, *self.server.scheduled[key][1:])}))
        return receipt

    def _changed(self, call, receipt, change):
        """cut: done, but the answer is lost. gone: somebody took it back on the platform."""
        fault, key = self.server.fault(call), receipt.handle["key"]
        if fault not in ("cut", "die_after", "gone"):
            hit(fault)
        if fault == "gone":
            self.server.scheduled.pop(key, None)
        if key in self.server.posts and not self.platform.forgets:
            raise Refused(error("fake.live", "delivery"))
        if key not in self.server.scheduled:
            raise NotThere(error("fake.not_there"))
        change(key)
        if fault == "cut":
            raise Later(error("fake.later"), after=1)
        if fault == "die_after":
            raise Died

    def read_back(self, content, uploads, plan, receipt):
        hit(self.server.fault("read_back"))
        if receipt.handle["key"] not in self.server.posts:
            raise NotThere(error("fake.not_there"))
        text, blobs = self.server.posts[receipt.handle["key"]]
        lines = [Compared("text", content.text, text)]
        lines += [Compared("media", u.sha256, b) for u, b in zip(uploads, blobs, strict=True)]
        return Proof(receipt.url, datetime(2026, 12, 1, tzinfo=UTC), tuple(lines))


class FakePlatform(Platform):
    """Takes 50 characters and 4 pictures."""

    id = "fake"
    name = Words("Fake", "假", "假")
    initial = {"en": "F", "zh_CN": "假", "zh_TW": "假"}
    colour = "#123456"
    fields: tuple[LoginField, ...] = (LoginField("user", Words("User", "用户", "用戶"), Words("", "", "")),
              LoginField("password", Words("Password", "密码", "密碼"), Words("", "", ""), secret=True))
    surfaces = (Surface("feed", (300,)),)
    images = ImageRule(Fact(4, "ours"))

    covers = (Cover("cover-900x383", 900, 383, "ours"),)
    compose = "https://fake.example/new"
    links = (r"fake\.example/(?P<key>[\w-]+)",)

    def __init__(self, true_idempotency=False):
        self.modes = ("api", "assisted", "kit")
        self.server, self.plans, self.true_idempotency = Server(), 0, true_idempotency
        self.contains, self.readable, self.side_by_side = False, True, 1
        self.forgets = False  # True: its timer knows nothing any more of what it fired

    def times(self, least=300, most=30 * 86400):
        """It gets a timer of its own: seconds ahead."""
        self.timer = Timer(Fact(least, "ours"), Fact(most, "ours"))

    def count(self, content):
        return {"text": Count(len(content.text), 50, "characters", 50 if len(content.text) > 50 else None)}

    def check(self, content):
        return (error("text.too_long", "text", count=len(content.text), limit=50),) if len(content.text) > 50 else ()

    def layout(self, content, view, metrics):
        body = Box("text", "body", 0, 0, view.width, 10, text=content.text)
        return Card("fake", view.surface, view.theme, view.width, 10, (body,), {}, "2026")

    def login(self, fields, api_base, transport):
        if fields["password"] != "right":
            raise Refused(error("login.refused", "password"))
        return Login({"token": "s3cret-token"}, f"@{fields['user']}", fields["user"], {"id": "1"})

    def verify(self, access, content, link):
        fault = self.server.fault("verify")
        hit(fault)
        if not access.secrets:
            return None
        if link.handle["key"] not in self.server.posts:
            raise NotThere(error("fake.not_there"))
        text, _ = self.server.posts[link.handle["key"]]
        if text != content.text:
            raise not_it()
        return Proof(link.url, datetime(2026, 12, 1, tzinfo=UTC), (Compared("text", content.text, text),))

    def health(self, access):
        hit(self.server.fault("health"))
        return () if access.secrets.get("token") == "s3cret-token" else (error("account.signed_out", "account"),)

    def publisher(self, access):
        return FakePublisher(self, access)


class FakeVault:
    """A keychain that records what it was asked."""

    def __init__(self, findings=()):
        self.kept, self.log, self.findings, self.locked = {}, [], tuple(findings), False

    def read(self, id):
        self.log.append(("read", id))
        if self.locked:
            raise VaultLocked(error("vault.locked", "account"))
        return dict(self.kept.get(id, {}))

    def write(self, id, secrets):
        self.log.append(("write", id))
        self.kept[id] = dict(secrets)

    def delete(self, id):
        self.log.append(("delete", id))
        self.kept.pop(id, None)

    def check(self):
        return self.findings
