"""The rules for every platform see what they are for: each of these platforms breaks one."""

from __future__ import annotations

import copy
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio import platforms
from studio.core.errors import Problem, Refused, Uncertain
from studio.core.finding import error, info
from studio.core.handoff import HandOff, Link, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Cover, Fact, ImageRule, Platform, Remedy, Setting, Want
from studio.platforms.handmade import ByHandOnly
from studio.platforms.logins import Login, LoginField
from tests.platforms.contract import RULES, case, codes_in
from tests.platforms.fakes import answer

MODEL = "mastodon"
WORDS = Words("A", "甲", "甲")


def broken(**changed: Any) -> Platform:
    """The model with some of its declaration replaced. Functions get the platform itself first."""
    made = copy.copy(platforms.get(MODEL))
    for name, value in changed.items():
        setattr(made, name, types.MethodType(value, made) if isinstance(value, types.FunctionType) else value)
    return made


def sneaking(act: Callable[[Any], None], then: Any) -> Any:
    """A method that asks the network through its access first."""
    def method(self: Platform, access: Any, *_: Any) -> Any:
        act(access)
        return then

    return method


def asks(access: Any) -> None:
    access.transport.request("GET", "https://example.social/api")


def limitless(self: Platform, content: Content) -> Any:
    return tuple(f for f in type(self).check(self, content) if not f.code.endswith("too_long"))


def careless(self: Platform, content: Content) -> Any:
    return type(self).check(self, replace(content, text="fine"))


def backwards(self: Platform, content: Content) -> Any:
    return tuple(reversed(type(self).check(self, content)))


def forgetful(self: Platform, content: Content, made: Any = None) -> HandOff:
    return HandOff("https://example.social/publish", (Piece("title", " "),), bool(content.media))


def homeless(self: Platform, content: Content, made: Any = None) -> HandOff:
    return replace(type(self).handoff(self, content, made), page="")


def untranslated(self: Platform, content: Content, made: Any = None) -> HandOff:
    return replace(type(self).handoff(self, content, made), ticks=(Words("Choose", "", "選"),))


def lets_in(self: Platform, fields: Any, api_base: str, transport: Any) -> Login:
    transport.request("GET", "https://example.social/me")
    return Login({}, "mei", "Mei")


def tells(self: Platform, fields: Any, api_base: str, transport: Any) -> Login:
    raise Refused(error("login.not_this_platform", "server", host=fields["access_token"], status=1))


def wants_backwards(self: Platform, content: Content) -> Any:
    return tuple(Want(media, self.images) for media in reversed(content.media))


def wants_unfit(self: Platform, content: Content) -> Any:
    return tuple(Want(media) for media in content.media)


class Sure:
    def metrics(self, receipt: Any) -> Any:
        raise KeyError("id")

    comments = metrics


def risen(problem: Exception) -> Any:
    def method(*_: Any) -> Any:
        raise problem

    return method


def bare(*_: Any) -> Any:
    return ()


UNSOURCED = ImageRule(Fact(4, " "))
BREAKS: list[tuple[str, dict[str, Any]]] = [
    ("it_is_declared_whole", {"initial": {"en": "M", "zh_CN": "M"}}),
    ("it_is_declared_whole", {"colour": "purple"}), ("it_is_declared_whole", {"modes": ("api", "carrier")}),
    ("it_is_declared_whole", {"fields": (LoginField("a", WORDS, WORDS, True, True, "x"),)}),
    ("what_is_done_by_hand_is_declared_whole", {"compose": "http://example.social"}),
    ("what_is_done_by_hand_is_declared_whole", {"links": (r"[^/]+/\d+",)}),
    ("what_is_done_by_hand_is_declared_whole", {"links": ()}),
    ("what_is_done_by_hand_is_declared_whole", {"covers": (Cover("cover", 10, 10, ""),)}),
    ("what_can_be_set_is_declared_whole", {"settings": (Setting("a", WORDS, WORDS, "x", ("y",)),)}),
    ("what_can_be_set_is_declared_whole", {"settings": (Setting("a", WORDS, Words("A", "", "")),)}),
    ("every_limit_names_its_source_and_day", {"images": UNSOURCED}),
    ("over_long_text_is_found_in_every_mode", {"check": limitless}),
    ("a_good_post_passes_and_an_empty_one_does_not", {"check": lambda self, content: ()}),
    ("what_follows_a_post_is_checked_and_handed_over", {"handoff": forgetful}),
    ("what_no_platform_can_take_is_found", {"check": careless}),
    ("too_many_pictures_are_found", {"check": lambda self, content: ()}),
    ("findings_are_worst_first_and_have_words", {"check": backwards}),
    ("findings_are_worst_first_and_have_words", {"check": lambda self, content: (info("nobody.words"),)}),
    ("what_it_wants_of_the_files_is_in_order", {"wants": wants_backwards}),
    ("what_it_wants_of_the_files_is_in_order", {"wants": wants_unfit}),
    ("it_is_handed_over_whole_and_purely", {"handoff": forgetful}),
    ("it_is_handed_over_whole_and_purely", {"handoff": homeless}),
    ("it_is_handed_over_whole_and_purely", {"handoff": untranslated}),
    ("foreign_addresses_are_not_its_posts", {"links": (r"(?P<id>.+)",)}),
    ("its_own_addresses_are_recognised", {"links": (r"example\.social/@mei/(?P<number>\d+)",)}),
    ("an_account_without_a_sign_in_asks_nothing", {"prepare": sneaking(asks, None)}),
    ("an_account_without_a_sign_in_asks_nothing", {"verify": lambda self, access, content, link: link}),
    ("a_refused_login_is_a_finding", {"login": lets_in}), ("a_refused_login_is_a_finding", {"login": tells}),
    ("an_answer_that_is_no_sign_in_is_none", {"login": lets_in}),
    ("a_server_that_is_down_is_later", {"login": tells}),
    ("a_refused_account_has_findings_not_faults", {"health": lambda self, access: ()}),
    ("a_refused_account_has_findings_not_faults", {"doctor": risen(Uncertain())}),
    ("a_refused_account_has_findings_not_faults",
     {"remedies": lambda self, finding, account: (Remedy("open", WORDS, "example"),)}),
    ("what_came_of_a_post_is_told_or_refused", {"insights": lambda self, access: Sure()}),
    ("making_a_publisher_asks_nothing", {"publisher": sneaking(asks, None)}),
    ("its_cards_are_sound_in_every_mode", {"id": "other"}),
]


def names() -> list[str]:
    return [f"{rule}-{'-'.join(changed)}" for rule, changed in BREAKS]


@pytest.mark.parametrize(("rule", "changed"), BREAKS, ids=names())
def test_what_breaks_a_rule_is_found(rule: str, changed: dict[str, Any], tmp_path: Path) -> None:
    model = case(platforms.get(MODEL), tmp_path)
    RULES[rule](model)
    made = replace(model, platform=broken(**changed))
    with pytest.raises((AssertionError, KeyError, pytest.fail.Exception, Problem)):
        RULES[rule](made)


def test_every_rule_is_seen_to_bite() -> None:
    """But for those that read files, which have tests of their own below, and the one for embedded platforms."""
    files = {
        "every_code_it_can_raise_has_words", "its_own_findings_bear_its_name", "only_its_own_folder_names_it",
        "it_imports_no_other_platform", "an_embedded_one_needs_no_network",
    }
    assert set(RULES) == {rule for rule, _ in BREAKS} | files


def written(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_tsv", ".tsv").replace("_py", ".py")).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("rule", "files"), [
    ("every_code_it_can_raise_has_words", {"rules_py": 'x = error("mastodon.nobody", "text")'}),
    ("every_code_it_can_raise_has_words", {"rules_py": 'x = warning("post.empty" if x else "text.nobody")'}),
    ("its_own_findings_bear_its_name", {"findings_tsv": "code\tsource\tzh_CN\tzh_TW\nother.x\ta\tb\tc\n"}),
    ("its_own_findings_bear_its_name", {"findings_tsv": "code\tsource\tzh_CN\nmastodon.x\ta\tb\n"}),
    ("it_imports_no_other_platform", {"rules_py": "from studio.platforms.bluesky import facets"}),
    ("only_its_own_folder_names_it", {"rules_py": ""}),  # then its real folder is one that names it
])
def test_what_its_files_say_wrong_is_found(rule: str, files: dict[str, str], tmp_path: Path) -> None:
    model = case(platforms.get(MODEL), tmp_path)
    RULES[rule](model)
    with pytest.raises(AssertionError):
        RULES[rule](replace(model, folder=written(tmp_path / "source", **files)))


def test_codes_are_read_from_calls() -> None:
    source = 'error("a.b")\nx.warning("c.d" if y else "e.f")\nTOKEN = "dot" if at else "dot.on"\ncode = "g.h"\n'
    assert set(codes_in(source)) == {"a.b", "c.d", "e.f", "g.h"}


def test_an_embedded_one_that_asks_is_found(tmp_path: Path) -> None:
    embedded = next(p for p in platforms.every().values() if p.embedded)
    model = case(embedded, tmp_path)
    RULES["an_embedded_one_needs_no_network"](model)
    made = copy.copy(embedded)
    made.health = types.MethodType(sneaking(asks, ()), made)  # type: ignore[method-assign]
    with pytest.raises(AssertionError):
        RULES["an_embedded_one_needs_no_network"](replace(model, platform=made))


def test_a_folder_may_say_how_its_server_refuses(tmp_path: Path) -> None:
    """One that answers 200 with an error in the body."""
    own = types.ModuleType("contract")
    own.refusal = lambda call: answer({"errcode": 40001, "errmsg": "invalid credential"})  # type: ignore[attr-defined]
    own.FIELDS = {"token": "a-secret-of-mine"}  # type: ignore[attr-defined]
    seen: list[str] = []

    def login(self: Platform, fields: Any, api_base: str, transport: Any) -> Login:
        found = transport.request("POST", "https://api.example.com/token").data()
        seen.append(str(found.get("errcode", "")))
        if found.get("errcode"):
            raise Refused(error("login.refused", "token"))
        return Login({}, "mei", "Mei")

    model = replace(case(broken(login=login, fields=(LoginField("token", WORDS, WORDS, True),)), tmp_path), own=own)
    RULES["a_refused_login_is_a_finding"](model)
    assert seen == ["40001"] * 4
    with pytest.raises(pytest.fail.Exception):
        RULES["an_answer_that_is_no_sign_in_is_none"](model)


def test_a_platform_of_hands_only_needs_no_login(tmp_path: Path) -> None:
    found = [p for p in platforms.every().values() if isinstance(p, ByHandOnly)]
    assert found
    for platform in found:
        made = case(platform, tmp_path)
        assert not made.by_api and Link("https://example.com", made.handle())
        for rule in ("a_server_that_is_down_is_later", "making_a_publisher_asks_nothing"):
            RULES[rule](made)
