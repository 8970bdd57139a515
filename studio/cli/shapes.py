"""The JSON of each kind of answer; the names are fixed, fields may be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.cli.app import OK, REFUSED, UNCONFIRMED, App
from studio.core.delivery import Delivery, State, Step
from studio.core.pace import Pace, hours_text
from studio.core.slot import iso

if TYPE_CHECKING:
    from studio.core.asset import Asset
    from studio.core.hold import Hold
    from studio.core.post import Account
    from studio.services.accounts import Health
    from studio.services.posts import PostRow

Json = dict[str, Any]
_STATUS = {State.PUBLISHED: OK, State.UNCONFIRMED: UNCONFIRMED, State.PROCESSING: UNCONFIRMED}


def account(a: Account, health: Health, app: App) -> Json:
    """health.usable: None when it was never checked; health.ends: when to sign in again, as far as known."""
    return {
        "account": a.id, "platform": a.platform, "mode": a.mode, "handle": a.handle, "name": a.name,
        "api_base": a.api_base, "health": {
            "usable": health.usable if health.at or health.findings else None,
            "at": iso(health.at) if health.at else None, "findings": app.described(health.findings),
            "ends": iso(health.ends) if health.ends else None,
        },
    }


def row(p: PostRow) -> Json:
    """One line of `post list`."""
    return {
        "post": p.id, "heading": p.heading, "excerpt": p.excerpt, "state": p.state.value,
        "at": iso(p.at) if p.at else None, "platforms": list(p.platforms), "pictures": p.pictures,
        "updated": iso(p.updated),
    }


def asset(a: Asset) -> Json:
    """Sizes in pixels as shown, duration in seconds."""
    return {
        "media": a.id, "kind": a.probe.kind, "width": a.probe.width, "height": a.probe.height,
        "duration": None if a.probe.duration is None else float(a.probe.duration), "sha256": a.id,
        "name": a.name, "mime": a.probe.mime, "bytes": a.bytes, "orientation": a.probe.orientation, "alt": a.alt,
    }


def outcome(d: Delivery, app: App) -> Json:
    """What became of a delivery: {"delivery","state","url","proof","error"}."""
    return {
        "delivery": d.id, "state": d.state.value, "url": d.url or None, "proof": proof(d), "error": trouble(d, app),
    }


def proof(d: Delivery) -> Json | None:
    if d.proof is None:
        return None
    lines = [{"what": c.what, "sent": c.sent, "found": c.found, "same": c.same} for c in d.proof.lines]
    at = iso(d.proof.at) if d.proof.at else None
    return {"url": d.proof.url, "at": at, "whole": d.proof.whole, "lines": lines}


def trouble(d: Delivery, app: App) -> Json | None:
    """{"findings": [...], "text": all their sentences} or None."""
    if not d.error:
        return None
    found = app.described(d.error)
    return {"findings": found, "text": " ".join(str(f["text"]) for f in found)}


def delivery(d: Delivery, app: App) -> Json:
    """All of a delivery but its journal.

    clock  "here" or "platform"; ahead: it lies with the platform's own timer; link: of a thread, the part it is at
    wake   when it is looked at next, or null
    """
    return {
        **outcome(d, app), "post": d.post, "account": d.account, "platform": d.platform, "at": iso(d.at),
        "zone": d.zone, "late": str(d.late), "tries": d.tries, "created": iso(d.created), "updated": iso(d.updated),
        "clock": d.clock, "ahead": d.ahead, "link": d.link, "wake": iso(d.wake) if d.wake else None,
    }


def hold(h: Hold) -> Json:
    """platform and account: what rests; both null for everything."""
    kind, _, id = h.scope.partition(":")
    return {"platform": id if kind == "platform" else None, "account": id if kind == "account" else None,
            "reason": h.reason, "at": iso(h.at)}


def pace(a: Account, now: Pace) -> Json:
    """gap and jitter in minutes, daily 0 for no cap, quiet "23:00-07:00" or ""; own: False while the platform's."""
    return {"account": a.id, "gap": now.gap, "jitter": now.jitter, "daily": now.daily, "quiet": hours_text(now),
            "own": a.pace is not None}


def step(s: Step) -> Json:
    """One line of a journal."""
    return {"at": s.at.isoformat(), "step": s.step, "phase": s.phase, "who": s.who, "data": dict(s.data)}


def status(d: Delivery) -> int:
    """The exit status that says how a publishing ended."""
    return _STATUS.get(d.state, REFUSED)


def worst(deliveries: list[Delivery]) -> int:
    """Of many: unconfirmed before refused before done."""
    return max((status(d) for d in deliveries), default=OK)
