"""One platform under test, and what the rules share."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from studio.core.finding import Finding
from studio.core.post import Account, Content, Mode
from studio.core.words import Words
from studio.platforms.base import Access, Platform
from studio.platforms.logins import CALLBACK
from studio.platforms.transport import Transport
from tests.platforms.fakes import Answer, Call, FakeTransport, access, answer, content, media

ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "zh_CN", "zh_TW")
TEXT = "周末好去处 #咖啡 https://example.com/a"
SECRET = "a-secret-of-mine"
DAY = r"\d{4}-\d\d-\d\d"
ORDER = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Case:
    """One platform under test. folder: of its source. own: its `contract.py`, None without one. tmp: to write in."""

    platform: Platform
    folder: Path
    tmp: Path
    own: ModuleType | None = None

    def said(self, name: str, default: Any) -> Any:
        return getattr(self.own, name, default)

    @property
    def by_api(self) -> bool:
        """One signs in to it."""
        return "api" in self.platform.modes and not self.platform.embedded

    @property
    def modes(self) -> tuple[Mode, ...]:
        """By hand is possible everywhere, because each post may ask for it."""
        return tuple(dict.fromkeys((*self.platform.modes, "assisted", "kit")))

    @property
    def identity(self) -> dict[str, str]:
        return dict(self.said("ACCOUNT", {}))

    def fields(self) -> dict[str, str]:
        """What a person would type."""
        asked = [f for f in self.platform.fields if f is not CALLBACK]
        return self.said("FIELDS", {f.name: SECRET if f.secret else "someone.example.com" for f in asked})

    def sample(self, mode: Mode, text: str | None = None, **more: Any) -> Content:
        """A good post of this platform; `more` replaces parts of it."""
        given: dict[str, Any] = {"title": "周末好去处", "pictures": [media()] if self.platform.images else []}
        given |= {"text": TEXT, "mode": mode, "identity": self.identity} | self.said("sample", lambda mode: {})(mode)
        given |= more | ({} if text is None else {"text": text})
        return content(self.platform.id, given.pop("text"), **given)

    def account(self, mode: Mode = "api") -> Account:
        return Account("a", self.platform.id, mode, "Mei 梅", "mei.test", identity=self.identity)

    def access(self, transport: Transport, mode: Mode = "api", secrets: Mapping[str, str] | None = None) -> Access:
        return access(self.account(mode), transport, self.tmp / self.platform.id, secrets)

    def secrets(self) -> dict[str, str]:
        """Something under every name a secret may have."""
        names = [*(f.name for f in self.platform.fields), "access_token", "refresh_token", "token"]
        return {**dict.fromkeys(names, SECRET), **self.said("SECRETS", {})}

    def refusing(self, base: str = "") -> FakeTransport:
        """Every request is answered as a refused sign-in is."""
        return FakeTransport(self.said("refusal", refused), base)

    def links(self) -> Mapping[str, Mapping[str, str]]:
        found: Mapping[str, Mapping[str, str]] = self.said("LINKS", {})
        return found

    def handle(self) -> dict[str, str]:
        """The ids of some post."""
        return dict(next(iter(self.links().values()), {"id": "1"}))


def refused(call: Call) -> Answer:
    """As most servers say it."""
    return answer({"error": "AuthenticationRequired", "message": "no"}, 401)


def case(platform: Platform, tmp: Path, folder: Path | None = None, own: ModuleType | None = None) -> Case:
    """With the `contract.py` of its folder of tests, where there is one."""
    name = f"tests.platforms.{platform.id}.contract"
    if own is None and (ROOT / "tests" / "platforms" / platform.id / "contract.py").is_file():
        own = importlib.import_module(name)
    return Case(platform, folder or ROOT / "studio" / "platforms" / platform.id, tmp, own)


Rule = Callable[[Case], None]
RULES: dict[str, Rule] = {}


def rule(check: Rule) -> Rule:
    RULES[check.__name__] = check
    return check


def complete(words: Words) -> bool:
    return all(words.say(language).strip() for language in LANGUAGES)


def rows(path: Path) -> list[list[str]]:
    """Of a table of findings, without its head; [] when there is none."""
    return [row.split("\t") for row in path.read_text("utf-8").splitlines()[1:]] if path.is_file() else []


def known(case: Case) -> dict[str, list[str]]:
    """The findings this platform may raise: the house's, and those of its own folder."""
    house = ROOT / "assets" / "i18n" / "words" / "findings.tsv"
    return {row[0]: row for path in (house, case.folder / "findings.tsv") for row in rows(path)}


def worded(case: Case, found: tuple[Finding, ...]) -> None:
    """Findings worst first, each with words."""
    ranks = [ORDER.index(f.severity) for f in found]
    assert ranks == sorted(ranks), found
    assert {f.code for f in found} <= set(known(case)), found
    assert SECRET not in str(found)
