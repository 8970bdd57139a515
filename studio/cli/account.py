"""account: what a login needs, adding, listing, checking, removing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from studio.cli import shapes
from studio.cli.app import OK, REFUSED, App, pass_app
from studio.cli.lazy import group, option
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.slot import iso
from studio.services import words

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo

MOST = 1 << 20  # characters of login fields; more is no login


@group("account", "Accounts to publish to.", lazy={"pace": "pace:pace"})
def account() -> None:
    """The group itself does nothing."""


@account.command("fields", help="What a login of that platform needs.")
@click.argument("platform")
@pass_app
def fields(app: App, platform: str) -> int:
    info = app.desk.accounts.platform(platform)
    app.answer([{
        "name": f.name, "label": f.label.say(app.language), "help": f.help.say(app.language),
        "secret": f.secret, "required": f.required, "default": f.default,
    } for f in info.fields])
    if not info.fields:
        app.say(app.t("{name} needs no login.", name=info.name.say(app.language)))
    for line in _field_lines(app, info):
        app.say(line)
    return OK


def _field_lines(app: App, info: PlatformInfo) -> list[str]:
    lines = []
    for f in info.fields:
        notes = [app.t("kept in the keychain")] if f.secret else []
        notes += [] if f.required else [app.t("may be left out")]
        notes += [app.t("otherwise {value}", value=f.default)] if f.default else []
        after = f"  [{', '.join(notes)}]" if notes else ""
        lines += [f"{f.name}  {f.label.say(app.language)}{after}", f"    {f.help.say(app.language)}"]
    return lines


@account.command("add", help="Sign in. The login fields come as one JSON object on standard input.")
@click.argument("platform")
@option("--name", default="", help="What you call it.")
@option("--mode", default=None, type=click.Choice(["api", "assisted", "kit"]), help="How it publishes.")
@option("--handle", default="", help="What the account is called there, where nobody signs in.")
@option("--api-base", default="", metavar="URL", help="Your own server or relay instead of the platform's address.")
@pass_app
def add(app: App, platform: str, name: str, mode: Any, handle: str, api_base: str) -> int:
    info = app.desk.accounts.platform(platform)
    asks = info.fields and "api" in info.modes and mode in (None, "api")
    given = _login_fields(app, info) if asks else {"handle": handle}
    made = app.desk.accounts.add(platform, given, name=name, mode=mode, api_base=api_base)
    app.answer({"account": made.id, "platform": made.platform, "mode": made.mode, "handle": made.handle,
                "name": made.name})
    app.say(app.t("Added {name} as {id}.", name=made.handle or made.name, id=made.id))
    return OK


def _login_fields(app: App, info: PlatformInfo) -> dict[str, str]:
    """From standard input, never shown again. Refused without naming any value."""
    names = ", ".join(f.name for f in info.fields)
    if sys.stdin.isatty():
        app.tell(app.t("Type the login as one JSON object with {names}, then end the input.", names=names))
        for line in _field_lines(app, info):
            app.tell(f"  {line}")
    return parse_login(sys.stdin.read(MOST + 1), names)


def parse_login(text: str, names: str) -> dict[str, str]:
    """One JSON object of strings. The findings never hold what was typed, only names of fields."""
    if not text.strip():
        raise Refused(error("login.no_input", "login", names=names))
    try:
        given = json.loads(text.removeprefix("\ufeff")) if len(text) <= MOST else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Refused(error("login.unreadable", "login", names=names))
    known = {k: v for k, v in given.items() if k in names.split(", ")}
    if wrong := [k for k, v in known.items() if not isinstance(v, str)]:
        raise Refused(*(error("login.not_text", k, name=k) for k in wrong))
    return known


@account.command("authorize", help="Begin a sign-in by browser: prints the address to open.")
@click.argument("platform")
@option("--api-base", default="", metavar="URL", help="Your own server or relay instead of the platform's address.")
@option("--way", default=None, type=click.Choice(["loopback", "paste", "oob"]), help="How the answer comes back.")
@pass_app
def authorize(app: App, platform: str, api_base: str, way: Any) -> int:
    info = app.desk.accounts.platform(platform)
    given = _login_fields(app, info) if info.browser else {}
    begun = app.desk.accounts.authorize(platform, given, api_base=api_base, way=way)
    app.answer({"url": begun.url, "state": begun.state, "way": begun.way, "redirect": begun.redirect,
                "until": iso(begun.until)})
    app.say(begun.url)
    app.tell(app.t("Open this address in a browser and agree there. Then run account add with the same fields and "
                   "\"callback\": the whole address the browser ends on, even if that page shows an error."))
    return OK


@account.command("list", help="All accounts of this workspace, with what their last check said.")
@pass_app
def list_accounts(app: App) -> int:
    accounts = app.desk.accounts
    everyone = [(a, accounts.health(a.id)) for a in accounts.list()]
    app.answer([shapes.account(a, h, app) for a, h in everyone])
    heads = [app.t("Account"), app.t("Platform"), app.t("Handle"), app.t("Mode"), app.t("Health")]
    app.table(heads, [[a.id, a.platform, a.handle or a.name, a.mode, _health_word(app, h)] for a, h in everyone])
    return OK


def _health_word(app: App, health: Any) -> str:
    if not health.at and not health.findings:
        return app.t("not checked yet")
    return app.t("ready") if health.usable else "; ".join(words.say(f, app.language) for f in health.findings)


@account.command("check", help="Ask the platform whether the account is usable now.")
@click.argument("id")
@pass_app
def check(app: App, id: str) -> int:
    health = app.desk.accounts.check(id)
    checked = app.desk.accounts.get(id)
    app.answer([{**shapes.account(checked, health, app), "remedies": _remedies(app, id)}])
    app.remark(health.findings)
    if health.usable:
        app.say(app.t("{name} is ready.", name=checked.handle or checked.name))
    return OK if health.usable else REFUSED


def _remedies(app: App, id: str) -> list[dict[str, str]]:
    """What to do about each line of the doctor."""
    return [
        {"code": line.finding.code, "kind": r.kind, "text": r.words.say(app.language), "value": r.value}
        for line in app.desk.accounts.doctor(id) for r in line.remedies
    ]


@account.command("mode", help="Choose how an account publishes: by API, by hand with help, or as a kit.")
@click.argument("id")
@click.argument("mode", type=click.Choice(["api", "assisted", "kit"]))
@pass_app
def mode(app: App, id: str, mode: Any) -> int:
    changed = app.desk.accounts.set_mode(id, mode)
    app.answer(shapes.account(changed, app.desk.accounts.health(id), app))
    app.say(f"{changed.handle or changed.name}  {changed.mode}")
    return OK


@account.command("set", help="Show what can be set for an account, or set one thing: NAME VALUE.")
@click.argument("id")
@click.argument("name", required=False)
@click.argument("value", required=False, default="")
@pass_app
def set_(app: App, id: str, name: str | None, value: str) -> int:
    if name:
        app.desk.accounts.set_setting(id, name, value)
    found = app.desk.accounts.settings(id)
    app.answer([{
        "name": s.name, "value": now, "default": s.default, "choices": list(s.choices),
        "label": s.label.say(app.language), "help": s.help.say(app.language),
    } for s, now in found])
    for s, now in found:
        app.say(f"{s.name} = {now}\n    {s.help.say(app.language)}")
    if not found:
        app.say(app.t("Nothing can be set for this account."))
    return OK


@account.command("remove", help="Forget the account and its secrets.")
@click.argument("id")
@pass_app
def remove(app: App, id: str) -> int:
    gone, health = app.desk.accounts.get(id), app.desk.accounts.health(id)
    app.desk.accounts.remove(id)
    app.answer([shapes.account(gone, health, app)])
    app.say(app.t("Removed {name}.", name=gone.handle or gone.name))
    return OK
