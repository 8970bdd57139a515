"""A platform that lives in memory and breaks on demand, and the rest of what services need. Fakes record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from studio.core.card import Box, Card, Surface
from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import Later, Refused, SignInAgain, Uncertain
from studio.core.finding import error
from studio.core.words import Words
from studio.platforms.base import Count, Fact, ImageRule, Login, LoginField, Platform, Publisher


@dataclass
class Server:
    """What the platform has, and the faults that wait: each is used once, at the call of that name."""

    posts: dict = field(default_factory=dict)  # key -> text; what people can see
    log: list = field(default_factory=list)  # every call, in order
    faults: dict = field(default_factory=dict)  # call -> list of faults

    def fault(self, call):
        self.log.append(call)
        waiting = self.faults.get(call, [])
        return waiting.pop(0) if waiting else None


class Died(BaseException):
    """The process ends here: nothing after it runs, not even error handling for Exception."""


def hit(fault):
    if fault == "refused":
        raise Refused(error("fake.refused", "text"))
    if fault == "later":
        raise Later(error("fake.later"), after=1)
    if fault == "signin":
        raise SignInAgain(error("fake.signin", "account"))
    if fault == "bug":
        raise ZeroDivisionError
    if fault == "die":
        raise Died


class FakePublisher(Publisher):
    def __init__(self, platform, access):
        self.platform, self.server, self.access = platform, platform.server, access
        self.idempotent = platform.true_idempotency

    def plan(self, content, uploads):
        hit(self.server.fault("plan"))
        self.platform.plans += 1
        return {"key": f"key{self.platform.plans}", "text": content.text}

    def stage(self, number, upload, plan, held):
        hit(self.server.fault("stage"))
        return {"blob": upload.sha256, "number": number}

    def commit(self, content, uploads, plan, handles):
        fault = self.server.fault("commit")
        if fault == "drop_before":
            raise Uncertain(error("fake.lost"))
        hit(fault) if fault != "die_after" else None
        key = plan["key"] if self.idempotent else f"{plan['key']}-{len(self.server.posts)}"
        self.server.posts[key] = (plan["text"], tuple(h["blob"] for h in handles))
        if fault == "drop_after":
            raise Uncertain(error("fake.lost"))
        if fault == "die_after":
            raise Died
        return Receipt(f"https://fake.example/{key}", {"key": key}, done=fault != "slow")

    def look(self, plan, handles):
        fault = self.server.fault("look")
        hit(fault)
        for key in self.server.posts:
            if key.split("-")[0] == plan["key"] and fault != "lag":
                return Receipt(f"https://fake.example/{key}", {"key": key})
        return None

    def check(self, receipt):
        hit(self.server.fault("check"))
        return Receipt(receipt.url, receipt.handle, True)

    def read_back(self, content, uploads, plan, receipt):
        hit(self.server.fault("read_back"))
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

    def __init__(self, true_idempotency=False):
        self.server, self.plans, self.true_idempotency = Server(), 0, true_idempotency

    def count(self, content):
        return {"text": Count(len(content.text), 50, "characters", 50 if len(content.text) > 50 else None)}

    def check(self, content):
        return (error("text.too_long", "text", count=len(content.text), limit=50),) if len(content.text) > 50 else ()

    def layout(self, content, surface, theme, width, metrics, language):
        body = Box("text", "body", 0, 0, width, 10, text=content.text)
        return Card("fake", surface, theme, width, 10, (body,), {}, "2026")

    def login(self, fields, api_base, transport):
        if fields["password"] != "right":
            raise Refused(error("login.refused", "password"))
        return Login({"token": "s3cret-token"}, f"@{fields['user']}", fields["user"], {"id": "1"})

    def health(self, access):
        hit(self.server.fault("health"))
        return () if access.secrets.get("token") == "s3cret-token" else (error("account.signed_out", "account"),)

    def publisher(self, access):
        return FakePublisher(self, access)


class FakeVault:
    """A keychain that records what it was asked."""

    def __init__(self, findings=()):
        self.kept, self.log, self.findings = {}, [], tuple(findings)

    def read(self, id):
        self.log.append(("read", id))
        return dict(self.kept.get(id, {}))

    def write(self, id, secrets):
        self.log.append(("write", id))
        self.kept[id] = dict(secrets)

    def delete(self, id):
        self.log.append(("delete", id))
        self.kept.pop(id, None)

    def check(self):
        return self.findings
