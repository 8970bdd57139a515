"""What every platform keeps, one rule after the other, each callable for one platform.

A platform's own folder of tests may have a `contract.py` that says what cannot be known here; all of it is optional:

    refusal(call) -> Answer       how its server refuses a sign-in (401 with a JSON body, unless it says otherwise)
    FIELDS                        login fields that go as far as the network; the default fills in all but the callback
    ACCOUNT                       identity of an account ({"server": ...}) for posts, doctor and publisher
    SECRETS                       its secrets, by their own names
    sample(mode) -> dict          what a good post needs here, as arguments of `fakes.content`
    LINKS                         addresses of posts as people paste them, each with the ids in it
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from studio import platforms
from studio.core.delivery import Receipt
from studio.core.errors import Later, Problem, Refused
from studio.core.finding import Finding, blocking
from studio.core.handoff import HandOff, Link, PieceName
from studio.core.insight import Comments, Metric, Name
from studio.core.post import Account, Content, Mode, Reply, link_of
from studio.core.words import Words
from studio.platforms.base import Access, Fact, ImageRule, Insights, Platform, Publisher, Remedy
from studio.platforms.logins import CALLBACK
from studio.platforms.transport import Transport, Unsent
from tests.platforms.fakes import Answer, Call, FakeTransport, Offline, Ruler, access, answer, content, media
from tests.platforms.layouts import assert_sound, geometry

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "zh_CN", "zh_TW")
TEXT = "周末好去处 #咖啡 https://example.com/a"
SECRET = "a-secret-of-mine"
FOREIGN = (
    "", "not an address", "https://example.com", "https://example.com/x", "https://example.com/2026/11/post-1?id=7",
    "ftp://example.com/x", "https://[bad", "javascript:alert(1)",
)
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


def hold(case: Case) -> list[str]:
    """Runs every rule for one platform; gives their names."""
    for check in RULES.values():
        check(case)
    return list(RULES)


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


# declared --------------------------------------------------------------------------------------------------------


@rule
def it_is_declared_whole(case: Case) -> None:
    platform = case.platform
    assert platform.id in platforms.names() and platforms.get(platform.id) is platform
    assert complete(platform.name) and re.fullmatch("#[0-9a-f]{6}", platform.colour)
    assert set(platform.initial) == set(LANGUAGES) and all(len(i) == 1 for i in platform.initial.values())
    assert platform.modes and set(platform.modes) <= set(get_args(Mode)) and platform.surfaces
    for field in platform.fields:
        assert re.fullmatch("[a-z_]+", field.name) and complete(field.label) and complete(field.help)
        assert not (field.secret and field.default)
    for surface in platform.surfaces:
        assert surface.widths and all(w > 0 for w in surface.widths)
        assert all(surface.label.get(language) for language in LANGUAGES)
    assert platform.embedded or platform.home.startswith("https://")
    assert (case.by_api) or not [f for f in platform.fields if f.required]
    assert platform.browser is None or {f.name for f in platform.fields} >= {CALLBACK.name, *platform.browser.fields}


@rule
def what_is_done_by_hand_is_declared_whole(case: Case) -> None:
    """Where it is composed, what its posts' addresses look like, the sizes of its cover, what can be set."""
    platform = case.platform
    assert not platform.compose or platform.compose.startswith("https://")
    for pattern in platform.links:
        assert "(?P<" in pattern and re.compile(pattern)
    names = [cover.name for cover in platform.covers]
    assert len(names) == len(set(names)) and all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) for name in names)
    for cover in platform.covers:
        assert cover.width > 0 < cover.height and cover.source.strip() and re.fullmatch(DAY, cover.seen)
    by_hand = {"assisted", "kit"} & set(platform.modes)
    assert not by_hand or platform.embedded or platform.links or type(platform).link is not Platform.link


@rule
def what_can_be_set_is_declared_whole(case: Case) -> None:
    platform = case.platform
    names = [setting.name for setting in platform.settings]
    assert len(names) == len(set(names))
    for setting in platform.settings:
        assert re.fullmatch("[a-z_]+", setting.name) and complete(setting.label) and complete(setting.help)
        assert not setting.choices or setting.default in setting.choices
        assert platform.setting({}, setting.name) == setting.default
        assert platform.setting({f"set.{setting.name}": "other"}, setting.name) == "other"


def facts_of(value: Any, depth: int = 2) -> Iterator[Fact]:
    """Those in a value: itself, or in the fields of a rule or a timer."""
    if isinstance(value, Fact):
        yield value
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from facts_of(getattr(value, field.name, None), depth - 1)


def modules(case: Case) -> list[ModuleType]:
    package = importlib.import_module(f"studio.platforms.{case.platform.id}")
    inner = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package, *(importlib.import_module(found.name) for found in inner)]


@rule
def every_limit_names_its_source_and_day(case: Case) -> None:
    platform = case.platform
    declared = [fact for each in (platform.images, platform.videos, platform.timer) for fact in facts_of(each)]
    assert declared or not (platform.images or platform.videos or platform.timer)
    kept = [fact for module in modules(case) for value in vars(module).values() for fact in facts_of(value)]
    for fact in (*declared, *kept):
        assert fact.value > 0 and fact.source.strip() and re.fullmatch(DAY, fact.seen), fact
    assert platform.timer is None or platform.timer.least.value < platform.timer.most.value


# counted and checked ---------------------------------------------------------------------------------------------


@rule
def over_long_text_is_found_in_every_mode(case: Case) -> None:
    for mode in case.modes:
        count = case.platform.count(case.sample(mode))["text"]
        assert count.over is None and count.count > 0 and count.unit
        if count.limit is None:
            continue
        long = case.sample(mode, "周" * (count.limit + 5))
        over = case.platform.count(long)["text"]
        assert over.over is not None and 0 < over.over < len(long.text), mode
        found = [f for f in case.platform.check(long) if f.field == "text" and f.values.get("limit") == over.limit]
        assert found and found[0].source, mode
        assert found[0].blocks or mode != case.platform.modes[0], mode  # a page may take more than its API


@rule
def a_good_post_passes_and_an_empty_one_does_not(case: Case) -> None:
    for mode in case.modes:
        assert not blocking(case.platform.check(case.sample(mode))), mode
        empty = case.sample(mode, "", title="", pictures=[], link="", tags=(), options={})
        assert blocking(case.platform.check(empty)), mode


@rule
def what_follows_a_post_is_checked_and_handed_over(case: Case) -> None:
    """A later link of a thread may be bound to other rules; by hand none of it is lost."""
    if not case.platform.threads:
        return
    for mode in case.modes:
        what = case.sample(mode, replies=(Reply("第二段在这里"), Reply("第三段在这里")))
        link = link_of(what, 1)
        assert not blocking(case.platform.check(link)) and case.platform.count(link)["text"].count > 0, mode
        assert blocking(case.platform.check(replace(link, text=" "))), mode
        said = " ".join(piece.text for piece in case.platform.handoff(what).pieces)
        assert "第二段在这里" in said and "第三段在这里" in said, mode


@rule
def what_no_platform_can_take_is_found(case: Case) -> None:
    for mode in case.modes:
        broken = case.sample(mode, "half \ud83d a character", pictures=[media(alt="\udc00")], link="")
        found = {f.field for f in blocking(case.platform.check(broken)) if f.code == "text.surrogates"}
        assert found == {"text", "media[0].alt"}, mode


@rule
def too_many_pictures_are_found(case: Case) -> None:
    """In the mode it is made for; a page may take more than its API."""
    rule = case.platform.image_rule(case.identity)
    if rule is not None:
        pictures = [media(str(n)) for n in range(rule.most.value + 1)]
        found = blocking(case.platform.check(case.sample(case.platform.modes[0], pictures=pictures)))
        assert any(f.field.startswith("media") for f in found)


@rule
def findings_are_worst_first_and_have_words(case: Case) -> None:
    for mode in case.modes:
        bad = case.sample(
            mode, "\ud800" + "周" * 100_000, title="x" * 1000, link="nonsense", tags=("1",) * 40,
            pictures=[media(alt=""), media(kind="audio"), media(kind="video")] * 20,
        )
        worded(case, case.platform.check(bad))
        assert case.platform.check(bad) == case.platform.check(bad)


def literals(node: ast.expr) -> Iterator[str]:
    """The texts it can be: a literal, or either side of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))


def codes_in(source: str) -> Iterator[str]:
    """Codes of findings: what makes them is called with one, or with a variable `code`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from literals(node.args[0]) if name in ("error", "warning", "info", "Finding") else ()
        elif isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["code"]:
            yield from (text for text in literals(node.value) if "." in text)


@rule
def every_code_it_can_raise_has_words(case: Case) -> None:
    catalogue = known(case)
    used = {code for path in case.folder.rglob("*.py") for code in codes_in(path.read_text("utf-8"))}
    assert used <= set(catalogue), used - set(catalogue)
    for code in used:
        places = [set(re.findall(r"{(\w+)}", text)) for text in catalogue[code][1:4]]
        assert len(catalogue[code]) >= 4 and places[0] == places[1] == places[2], code


@rule
def its_own_findings_bear_its_name(case: Case) -> None:
    table = case.folder / "findings.tsv"
    if table.is_file():
        assert table.read_text("utf-8").splitlines()[0].split("\t") == ["code", "source", "zh_CN", "zh_TW"]
    for row in rows(table):
        assert row[0].startswith(f"{case.platform.id}.") and len(row) == 4 and all(text.strip() for text in row), row


# what it gets, and what a person gets ----------------------------------------------------------------------------


@rule
def what_it_wants_of_the_files_is_in_order(case: Case) -> None:
    for mode in case.modes:
        what = case.sample(mode, pictures=[media("a"), media("b"), media("c")] if case.platform.images else [])
        wants = case.platform.wants(what)
        assert wants == case.platform.wants(what)
        for want in wants:
            assert (want.media is None) == bool(want.url) and (want.rule is None or isinstance(want.rule, ImageRule))
            assert not want.url or want.url.startswith(("https://", "http://"))
            assert want.media is None or want.media.kind != "image" or want.rule is not None, want
        posts = [want.media for want in wants if want.media is not None and not want.role]
        assert posts == [m for m in what.media if m in posts], mode


def assert_handed(case: Case, handed: HandOff) -> None:
    assert case.platform.embedded or handed.page.startswith("https://"), handed.page
    for piece in handed.pieces:
        assert piece.name in get_args(PieceName) and piece.text.strip(), piece
        assert piece.limit is None or piece.limit > 0, piece
        assert "<" not in piece.html or ">" in piece.html
    names = [piece.name for piece in handed.pieces]
    assert len(names) == len(set(names)), names
    assert all(complete(words) for words in handed.ticks)
    assert not handed.scan or not handed.scan.isspace()


@rule
def it_is_handed_over_whole_and_purely(case: Case) -> None:
    for mode in case.modes:
        whole = case.sample(mode, tags=("咖啡", "citywalk"), link="https://example.com/a")
        bare = case.sample(mode, "", title="", link="", tags=(), options={})
        for what in (whole, case.sample(mode), bare):
            handed = case.platform.handoff(what)
            assert handed == case.platform.handoff(what)
            assert_handed(case, handed)
            assert handed.files is bool(what.media), mode
        said = " ".join(piece.text for piece in case.platform.handoff(whole).pieces)
        assert whole.text.split()[0] in said, mode


@rule
def foreign_addresses_are_not_its_posts(case: Case) -> None:
    for address in FOREIGN:
        assert case.platform.link(address) is None, address


@rule
def its_own_addresses_are_recognised(case: Case) -> None:
    """Those its own tests give."""
    for pasted, handle in case.links().items():
        for text in (pasted, f"看看 {pasted} 吧", f"{pasted}\n"):
            link = case.platform.link(text)
            assert link is not None and dict(link.handle) == dict(handle), text
            assert link.url.startswith("https://") and link == case.platform.link(text)


@rule
def an_account_without_a_sign_in_asks_nothing(case: Case) -> None:
    """Assisted and kit accounts have no secrets: nobody is asked for anything, and nothing is claimed."""
    if case.platform.embedded:
        return
    for mode in ("assisted", "kit"):
        offline = Offline()
        given, what = case.access(offline, mode), case.sample(mode)
        link = Link("https://example.com/1", case.handle())
        assert case.platform.verify(given, what, link) is None
        made = case.platform.prepare(given, what)
        assert_handed(case, case.platform.handoff(what, made))
        assert offline.calls == []


# signing in ------------------------------------------------------------------------------------------------------


@rule
def a_refused_login_is_a_finding(case: Case) -> None:
    platform = case.platform
    if platform.embedded:
        assert platform.login({}, "", Offline()).secrets == {}
        return
    required = {f.name: SECRET if f.secret else "someone.example.com" for f in platform.fields if f.required}
    for given in (case.fields(), required):
        for base in ("", "http://127.0.0.1:9"):
            with pytest.raises(Refused) as refused:
                platform.login(given, base, case.refusing(base))
            assert refused.value.findings
            worded(case, refused.value.findings)


@rule
def an_answer_that_is_no_sign_in_is_none(case: Case) -> None:
    """A page, an empty object, an error in the body of a 200: no account comes of it."""
    if not case.by_api:
        return
    answers: list[Answer] = [answer({}), answer({"hello": "world"}), answer([1]), answer("text")]
    for said in answers:
        with pytest.raises(Problem) as problem:
            case.platform.login(case.fields(), "", FakeTransport(lambda call, said=said: said))
        worded(case, problem.value.findings)


@rule
def a_server_that_is_down_is_later(case: Case) -> None:
    if not case.by_api:
        return
    down = FakeTransport(lambda call: Unsent())
    with pytest.raises(Later if case.own is not None and hasattr(case.own, "FIELDS") else (Later, Refused)) as raised:
        case.platform.login(case.fields(), "", down)
    assert isinstance(raised.value, Later) or not down.calls


@rule
def a_refused_account_has_findings_not_faults(case: Case) -> None:
    """Health and doctor, with secrets that are refused and with none; each finding may have a way out."""
    if not case.by_api:
        return
    for secrets in ({}, case.secrets()):
        for look in (case.platform.health, case.platform.doctor):
            found = look(case.access(case.refusing(), secrets=secrets))
            assert blocking(found), (look, found)
            worded(case, found)
            for finding in found:
                assert_remedied(case.platform.remedies(finding, case.account()))


def assert_remedied(remedies: tuple[Remedy, ...]) -> None:
    for remedy in remedies:
        assert complete(remedy.words)
        assert remedy.kind != "open" or remedy.value.startswith("https://"), remedy
        assert remedy.kind != "copy" or remedy.value, remedy


@rule
def what_came_of_a_post_is_told_or_refused(case: Case) -> None:
    """None, or typed answers; no key that is missing in a receipt becomes a fault of ours."""
    accesses = [case.access(Offline(), "assisted")]
    if case.by_api:
        accesses.append(case.access(case.refusing(), secrets=case.secrets()))
    receipt = Receipt("https://example.com/1", case.handle())
    asked: tuple[Callable[[Insights], Any], ...] = (
        lambda i: i.metrics(receipt), lambda i: i.comments(receipt), lambda i: i.reply(receipt, "1", "谢谢"),
    )
    for given in accesses:
        for ask in asked:
            assert_told(case, given, ask)


def assert_told(case: Case, given: Access, ask: Callable[[Insights], Any]) -> None:
    try:
        insights = case.platform.insights(given)
        told = () if insights is None else ask(insights)
    except Problem as problem:
        worded(case, problem.findings)
        return
    assert isinstance(told, Comments | str) or all(isinstance(m, Metric) and m.name in get_args(Name) for m in told)


@rule
def making_a_publisher_asks_nothing(case: Case) -> None:
    if "api" in case.platform.modes:
        publisher = case.platform.publisher(case.access(Offline(), secrets=case.secrets()))
        assert isinstance(publisher, Publisher) and publisher.side_by_side >= 1


@rule
def an_embedded_one_needs_no_network(case: Case) -> None:
    platform = case.platform
    if not platform.embedded:
        return
    given = case.access(Offline())
    assert platform.health(given) == ()
    publisher, what = platform.publisher(given), case.sample("api", pictures=[])
    plan = publisher.plan(what, [])
    receipt = publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) == receipt and publisher.read_back(what, [], plan, receipt).whole


# drawn -----------------------------------------------------------------------------------------------------------


@rule
def its_cards_are_sound_in_every_mode(case: Case) -> None:
    for mode in case.modes:
        what = case.sample(mode, pictures=[media("a"), media("b")] if case.platform.images else [])
        for surface in case.platform.surfaces:
            for width in surface.widths if mode == case.platform.modes[0] else surface.widths[:1]:
                assert_drawn(case, what, surface.id, float(width))


def assert_drawn(case: Case, what: Content, surface: str, width: float) -> None:
    cards = [
        case.platform.layout(what, surface, theme, width, Ruler(), language)
        for theme in ("light", "dark") for language in LANGUAGES
    ]
    for card in cards:
        assert_sound(card)
        assert (card.platform, card.surface, card.width) == (case.platform.id, surface, width)
        assert re.fullmatch(DAY, card.checked)
    assert geometry(cards[0]) == geometry(cards[3])


# where it is named -----------------------------------------------------------------------------------------------


@rule
def only_its_own_folder_names_it(case: Case) -> None:
    id = case.platform.id
    asked = rf"""(?:[=!]=|\bin|\bget\(|platform=|\bcase)\s*[(\[{{]?["']{id}["']"""
    named = re.compile(rf"{asked}|platforms\.{id}\b|platforms import .*\b{id}\b")
    guilty = [
        str(path.relative_to(ROOT)) for path in (ROOT / "studio").rglob("*.py")
        if case.folder not in path.parents and named.search(path.read_text("utf-8"))
    ]
    assert guilty == []


@rule
def it_imports_no_other_platform(case: Case) -> None:
    others = "|".join(name for name in platforms.names() if name != case.platform.id)
    for path in case.folder.rglob("*.py"):
        assert not re.search(rf"studio\.platforms\.({others})\b", path.read_text("utf-8")), path
