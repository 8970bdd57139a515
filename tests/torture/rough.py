"""A platform that breaks on demand.

`RoughTransport` carries requests to the site and loses, delays and garbles them as the plan of the run says;
`RoughPublisher` speaks to it as a real publisher speaks to a real platform.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from studio.core.card import Box, Card, Surface
from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import Later, NotThere, Refused, SignInAgain
from studio.core.finding import error
from studio.core.words import Words
from studio.platforms.base import Count, Fact, ImageRule, Login, LoginField, Platform, Publisher
from studio.platforms.transport import MaybeSent, Request, Response, Transport, Unsent, visible
from tests.torture.site import HOME, TIMER, Site

PIECE = 400  # bytes of one piece of an upload
SLOW = 45.0  # seconds a slow answer takes
LATE = 60.0  # seconds after which a request that seemed lost is acted on all the same
FAULTS = (
    "unsent", "drop_before", "drop_after", "429_in_20", "429", "500_before", "500_after", "garbage_before",
    "garbage_after", "redirect", "expired", "slow", "late", "cut", "error_body", "no_id",
)


class RoughTransport(Transport):
    """Carries one request after the other to the site; `fault()` names what happens to the next, or nothing."""

    def __init__(self, site: Site, fault: Callable[[Request], str], sleep: Callable[[float], None]) -> None:
        super().__init__(HOME)
        self._site, self._fault, self._wait = site, fault, sleep

    def _exchange(self, request: Request) -> Response:
        fault = self._fault(request)
        body = b"".join(part if isinstance(part, bytes) else _cut_out(part) for part in request.parts)
        if fault in ("unsent", "drop_before", "429_in_20", "429", "500_before", "garbage_before", "redirect",
                     "error_body"):
            return self._without(fault)
        if fault == "expired":
            self._site.token += 1
        if fault == "late" and request.method == "POST":
            self._site.late.append((self._site.seconds() + LATE, lambda: self._site.answer(request, body)))
            raise broken()
        if fault == "cut":
            if request.method == "PATCH":
                self._site.answer(request, body[:len(body) // 2])
            raise broken()
        return self._after(fault, self._site.answer(request, body))

    @staticmethod
    def _without(fault: str) -> Response:
        """The site never hears of it."""
        if fault == "unsent":
            raise Unsent(error("net.down", "account", host="rough.example"))
        if fault == "drop_before":
            raise broken()
        return {
            "429_in_20": Response(429, {"retry-after": "20"}, b"", HOME), "429": Response(429, {}, b"", HOME),
            "500_before": Response(500, {}, b"oops", HOME),
            "garbage_before": Response(200, {}, b"<html>\xff\x00 please sign in", HOME),
            "redirect": Response(302, {"location": "https://elsewhere.example/"}, b"", HOME),
            "error_body": Response(200, {}, b'{"error": {"code": "190"}}', HOME),
        }[fault]

    def _after(self, fault: str, answer: Response) -> Response:
        """The site did what it was asked, and this is what we hear of it."""
        if fault in ("drop_after", "late"):
            raise broken()
        if fault == "slow":
            self._wait(SLOW)
        odd = {"500_after": Response(500, {}, b"oops", HOME), "garbage_after": Response(200, {}, b"\x00" * 50, HOME),
               "no_id": Response(200, {}, b"[]", HOME)}
        return odd.get(fault, answer)


def broken() -> MaybeSent:
    return MaybeSent(error("net.broken", "account", host="rough.example"))


def _cut_out(part) -> bytes:
    with part.path.open("rb") as file:
        file.seek(part.offset)
        return file.read(part.length)


# -- what the studio knows of it -----------------------------------------------------------------------------------


class RoughPublisher(Publisher):
    def __init__(self, site: Site, access) -> None:
        self._site, self._access, self._token = site, access, access.secrets["token"]
        self.idempotent, self.contains = site.traits.idempotent, site.traits.contains
        self.readable = site.traits.readable

    def _ask(self, method: str, path: str, json=None, content=None, params=None) -> Response:
        """An answer of 200, or the typed error. A token that ran out is renewed: a 401 did nothing."""
        for _ in range(2):
            headers = {"Authorization": f"{self._access.account.handle} {self._token}"}
            answer = self._access.transport.request(
                method, f"{HOME}/{path}", json=json, content=content, params=params, headers=headers)
            if answer.status != 401:
                break
            self._token = self._access.renew(self._refreshed)["token"]
        if answer.status == 401:
            raise SignInAgain(error("account.signed_out", "account"))
        if answer.status == 404:
            raise NotThere(error("net.unreadable", "account", host="rough.example", status=404))
        if answer.status >= 500:
            raise MaybeSent(error("net.unreadable", "account", host="rough.example", status=answer.status))
        if not answer.ok:
            raise Refused(error("net.unreadable", "account", host="rough.example", status=answer.status))
        return answer

    def _refreshed(self, secrets):
        answer = self._access.transport.request("POST", f"{HOME}/token", json={})
        if not answer.ok or "token" not in answer.data():
            raise Later(error("net.unreadable", "account", host="rough.example", status=answer.status))
        return {"token": answer.data()["token"]}

    def plan(self, content, uploads):
        parent = self._access.reply_to["parent"]["id"] if self._access.reply_to else ""
        at = self._access.at.isoformat() if self._access.at else None
        return {"key": f"k{self._site.fresh()}", "text": content.text, "parent": parent, "at": at}

    def stage(self, number, upload, plan, held):
        id = held.before.get("id")
        if id is None:
            id = _need(self._ask("POST", "uploads", json={"size": upload.bytes}).data(), "id")
            held.keep({"id": id})
        data, offset = upload.path.read_bytes(), int(_need(self._ask("GET", f"uploads/{id}").data(), "offset"))
        while offset < len(data):
            piece = data[offset:offset + PIECE]
            got = self._ask("PATCH", f"uploads/{id}", content=piece, params={"offset": str(offset)}).data()
            offset = int(_need(got, "offset"))
        return {"id": id, "sha256": upload.sha256}

    def _body(self, plan, handles):
        media = [handle["id"] for handle in handles if "sha256" in handle]
        return {"key": plan["key"], "text": plan["text"], "media": media, "parent": plan["parent"], "at": plan["at"]}

    def contain(self, content, uploads, plan, handles, held):
        if held.before:
            return dict(held.before)
        made = {"container": _need(self._ask("POST", "containers", json=self._body(plan, handles)).data(), "id")}
        held.keep(made)
        return made

    def ready(self, plan, handles):
        for handle in handles:
            if "sha256" in handle and not self._ask("GET", f"uploads/{handle['id']}").data().get("ready"):
                return 5.0
        return None

    def commit(self, content, uploads, plan, handles):
        contained = [handle["container"] for handle in handles if "container" in handle]
        with visible():
            path = f"posts/{contained[0]}" if contained else "posts"
            return _receipt(self._ask("POST", path, json=None if contained else self._body(plan, handles)).data())

    def look(self, plan, handles):
        posts = self._ask("GET", "posts", params={"key": plan["key"]}).data().get("posts")
        if posts is None:
            raise broken()
        return _receipt(posts[0]) if posts else None

    def check(self, receipt):
        return _receipt(self._ask("GET", f"posts/{receipt.handle['id']}").data())

    def withdraw(self, receipt):
        _need(self._ask("DELETE", f"posts/{receipt.handle['id']}").data(), "gone")  # a 200 alone says nothing

    def reschedule(self, receipt, at):
        return _receipt(self._ask("PATCH", f"posts/{receipt.handle['id']}", json={"at": at.isoformat()}).data())

    def read_back(self, content, uploads, plan, receipt):
        found = self._ask("GET", f"posts/{receipt.handle['id']}").data()
        lines = [Compared("text", content.text, str(_need(found, "text"))),
                 Compared("media", str(len(uploads)), str(found["media"]))]
        return Proof(found["url"], datetime.fromisoformat(found["at"]), tuple(lines))


def _need(data, name):
    if name not in data:
        raise broken()  # an answer that is none: what was done is not known
    return data[name]


def _receipt(found) -> Receipt:
    return Receipt(_need(found, "url"), {"id": found["id"]}, found["done"], found["held"])


_NOTHING = Words("", "", "")


class RoughPlatform(Platform):
    """Anything goes that fits into 500 characters."""

    id = "rough"
    name = Words("Rough", "粗", "粗")
    initial = {"en": "R", "zh_CN": "粗", "zh_TW": "粗"}
    colour = "#123456"
    fields = (LoginField("user", Words("User", "用户", "用戶"), _NOTHING),)
    surfaces = (Surface("feed", (300,)),)
    images = ImageRule(Fact(4, "ours"))
    threads = True
    timer = TIMER

    def __init__(self, site: Site) -> None:
        self.site = site

    def count(self, content):
        return {"text": Count(len(content.text), 500, "characters")}

    def check(self, content):
        return ()

    def layout(self, content, view, metrics):
        body = Box("text", "body", 0, 0, view.width, 10, text=content.text)
        return Card("rough", view.surface, view.theme, view.width, 10, (body,), {}, "")

    def login(self, fields, api_base, transport):
        return Login({"token": str(self.site.token)}, fields["user"], fields["user"], {"id": fields["user"]})

    def health(self, access):
        return ()

    def publisher(self, access):
        return RoughPublisher(self.site, access)
