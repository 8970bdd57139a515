"""What holds for every platform; a new folder is under test by being there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from studio import platforms
from studio.core.errors import Later, NotFound, Refused
from studio.core.finding import blocking
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Fact, Platform
from studio.platforms.transport import Unsent
from tests.platforms.fakes import Answer, Call, FakeTransport, Offline, Ruler, access, answer, content, media
from tests.platforms.layouts import assert_sound, geometry

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "zh_CN", "zh_TW")
EVERY = sorted(platforms.every().items())


def every_platform(test: Any) -> Any:
    return pytest.mark.parametrize("platform", [p for _, p in EVERY], ids=[name for name, _ in EVERY])(test)


def complete(words: Words) -> bool:
    return all(words.say(language).strip() for language in LANGUAGES)


def filled(platform: Platform) -> dict[str, str]:
    """A value for every field that is required."""
    required = [f for f in platform.fields if f.required]
    return {f.name: "a-secret-of-mine" if f.secret else "someone.example.com" for f in required}


def catalogue() -> Mapping[str, list[str]]:
    """Every finding's row: of the house, and of each platform's own folder."""
    own = sorted((ROOT / "studio" / "platforms").glob("*/findings.tsv"))
    tables = [ROOT / "assets" / "i18n" / "words" / "findings.tsv", *own]
    rows = [row.split("\t") for path in tables for row in path.read_text("utf-8").splitlines()[1:]]
    return {row[0]: row for row in rows}


def sample(platform: Platform, text: str = "周末好去处 #咖啡 https://example.com/a", **more: Any) -> Content:
    return content(platform.id, text, **more)


def test_they_are_found_by_being_there() -> None:
    folders = {p.parent.name for p in (ROOT / "studio" / "platforms").glob("*/__init__.py")}
    assert set(platforms.names()) == folders >= {"bluesky", "practice"}
    with pytest.raises(NotFound):
        platforms.get("no-such-platform")


@every_platform
def test_it_is_declared_whole(platform: Platform) -> None:
    assert platform.id in platforms.names() and platforms.get(platform.id) is platform
    assert complete(platform.name) and re.fullmatch("#[0-9a-f]{6}", platform.colour)
    assert set(platform.initial) == set(LANGUAGES) and all(len(i) == 1 for i in platform.initial.values())
    assert platform.modes and platform.surfaces
    for field in platform.fields:
        assert re.fullmatch("[a-z_]+", field.name) and complete(field.label) and complete(field.help)
        assert not (field.secret and field.default)
    for surface in platform.surfaces:
        assert surface.widths and all(w > 0 for w in surface.widths)
        assert all(surface.label.get(language) for language in LANGUAGES)
    assert platform.embedded or platform.home.startswith("https://")
    assert not platform.embedded or not [f for f in platform.fields if f.required]


@every_platform
def test_every_limit_names_its_source_and_day(platform: Platform) -> None:
    rules = [r for r in (platform.images, platform.videos) if r is not None]
    facts = [getattr(r, name) for r in rules for name in r.__slots__ if isinstance(getattr(r, name), Fact)]
    assert facts or not rules
    for fact in facts:
        assert fact.value > 0 and fact.source and re.fullmatch(r"\d{4}-\d\d-\d\d", fact.seen)


@every_platform
def test_over_long_text_is_found(platform: Platform) -> None:
    count = platform.count(sample(platform))["text"]
    assert count.over is None and count.count > 0 and count.unit
    if count.limit is None:
        return
    long = sample(platform, "周" * (count.limit + 5))
    over = platform.count(long)["text"]
    assert over.over is not None and 0 < over.over < len(long.text)
    found = [f for f in blocking(platform.check(long)) if f.field == "text"]
    assert found and found[0].values["limit"] == over.limit and found[0].source


@every_platform
def test_a_good_post_passes_and_an_empty_one_does_not(platform: Platform) -> None:
    assert not blocking(platform.check(sample(platform, pictures=[media()] if platform.images else [])))
    assert blocking(platform.check(sample(platform, "")))


@every_platform
def test_what_no_platform_can_take_is_found(platform: Platform) -> None:
    broken = sample(platform, "half \ud83d a character", pictures=[media(alt="\udc00")])
    fields = {f.field for f in blocking(platform.check(broken)) if f.code == "text.surrogates"}
    assert fields == {"text", "media[0].alt"}
    if platform.images is not None:
        many = sample(platform, pictures=[media(str(n)) for n in range(platform.images.most.value + 1)])
        assert any(f.field.startswith("media") for f in blocking(platform.check(many)))


@every_platform
def test_findings_are_worst_first_and_have_words(platform: Platform) -> None:
    known = set(catalogue())
    bad = sample(platform, "\ud800" + "周" * 100_000, title="x" * 1000, link="nonsense", tags=("1",) * 40,
                 pictures=[media(alt=""), media(kind="audio"), media(kind="video")] * 20)
    found = platform.check(bad)
    order = ["error", "warning", "info"]
    ranks = [order.index(f.severity) for f in found]
    assert ranks == sorted(ranks) and {f.code for f in found} <= known


def test_every_code_the_platforms_can_raise_has_words() -> None:
    known = catalogue()
    used = set()
    for path in (ROOT / "studio" / "platforms").rglob("*.py"):
        source = path.read_text("utf-8")
        used |= set(re.findall(r'(?:error|warning|info)\(\s*"([a-z_.]+)"', source))
        used |= set(re.findall(r'code = "([a-z_.]+)"', source)) | set(re.findall(r'else "([a-z]+\.[a-z_]+)"', source))
    assert used and used <= set(known), used - set(known)
    for code in used:
        places = [set(re.findall(r"{(\w+)}", text)) for text in known[code][1:4]]
        assert len(known[code]) >= 4 and places[0] == places[1] == places[2], code


@every_platform
def test_a_refused_login_is_a_finding(platform: Platform) -> None:
    if platform.embedded:
        assert platform.login({}, "", Offline()).secrets == {}
        return

    def refuse(_: Call) -> Answer:
        return answer({"error": "AuthenticationRequired", "message": "no"}, 401)

    for base in ("", "http://127.0.0.1:9"):
        with pytest.raises(Refused) as refused:
            platform.login(filled(platform), base, FakeTransport(refuse, base))
        assert refused.value.findings and "a-secret-of-mine" not in str(refused.value.findings)


@every_platform
def test_a_server_that_is_down_is_later(platform: Platform, tmp_path: Path) -> None:
    if platform.embedded:
        return

    def down(_: Call) -> Answer:
        return Unsent()

    with pytest.raises(Later):
        platform.login(filled(platform), "", FakeTransport(down))


@every_platform
def test_an_embedded_one_needs_no_network(platform: Platform, tmp_path: Path) -> None:
    if not platform.embedded:
        return
    given = access(Account("a", platform.id), Offline(), tmp_path / platform.id)
    assert platform.health(given) == ()
    publisher, what = platform.publisher(given), sample(platform)
    plan = publisher.plan(what, [])
    receipt = publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) == receipt and publisher.read_back(what, [], plan, receipt).whole


@every_platform
def test_its_cards_are_sound(platform: Platform) -> None:
    what = sample(platform, pictures=[media("a"), media("b")])
    for surface in platform.surfaces:
        for width in surface.widths:
            cards = [
                platform.layout(what, surface.id, theme, float(width), Ruler(), language)
                for theme in ("light", "dark") for language in LANGUAGES
            ]
            for card in cards:
                assert_sound(card)
                assert (card.platform, card.surface, card.width) == (platform.id, surface.id, width)
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", card.checked)
            assert geometry(cards[0]) == geometry(cards[3])


@every_platform
def test_only_its_own_folder_names_it(platform: Platform) -> None:
    asked = rf"""(?:[=!]=|\bin|\bget\(|platform=|\bcase)\s*[(\[{{]?["']{platform.id}["']"""
    named = re.compile(rf"{asked}|platforms\.{platform.id}\b|platforms import .*\b{platform.id}\b")
    own = ROOT / "studio" / "platforms" / platform.id
    guilty = [
        str(path.relative_to(ROOT)) for path in (ROOT / "studio").rglob("*.py")
        if own not in path.parents and named.search(path.read_text("utf-8"))
    ]
    assert guilty == []


@every_platform
def test_it_imports_no_other_platform(platform: Platform) -> None:
    others = "|".join(name for name in platforms.names() if name != platform.id)
    for path in (ROOT / "studio" / "platforms" / platform.id).rglob("*.py"):
        assert not re.search(rf"studio\.platforms\.({others})\b", path.read_text("utf-8")), path


HEAVY = """
import sys
from studio import platforms
from studio.core.post import Content
for name, p in platforms.every().items():
    what = Content("p", name, "a", "api", "", "hello", (), "", ())
    p.check(what), p.count(what)
loaded = {m.split(".")[0] for m in sys.modules}
print(*sorted(loaded & {"httpx", "stamina", "PIL", "av", "numpy", "sqlalchemy", "alembic", "PySide6", "ssl"}))
"""


def test_checking_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""
