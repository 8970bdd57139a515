"""Nothing is said without words: every finding and every text of the commands, in three languages, none left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.finding import error
from studio.services import words

ROOT = Path(__file__).resolve().parent.parent
STUDIO = ROOT / "studio"
TABLES = ROOT / "assets" / "i18n" / "words"
MAKERS = frozenset({"error", "warning", "info", "Finding", "finding"})
CODE = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_0-9]*)*")
PLACE = re.compile(r"\{([a-z_]+)\}")
SPOKEN = frozenset({"core", "cli"})


def trees(folder: Path = STUDIO) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def literals(node: ast.expr) -> Iterator[str]:
    """The texts an argument can be: a literal, or either side of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.JoinedStr):  # f"{field}.too_long": every code of the catalogue that it can be
        parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_]+" for p in node.values]
        yield from (code for code in CATALOGUE if re.fullmatch("".join(parts), code))


def codes_made() -> dict[str, str]:
    """Finding code -> a file that makes it. Codes kept in tables of a module are found by their look."""
    found: dict[str, str] = {}
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in MAKERS and node.args:
                found |= {text: name for text in literals(node.args[0]) if CODE.fullmatch(text)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CATALOGUE:
                found.setdefault(node.value, name)
    return found


def rows(name: str) -> list[list[str]]:
    """Of one table; the findings are those of the house and of every platform's folder."""
    brought = sorted((STUDIO / "platforms").glob("*/findings.tsv")) if name == "findings" else []
    return [row for path in (TABLES / f"{name}.tsv", *brought) for row in table(path)]


def table(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line]


CATALOGUE = {row[0]: row for row in rows("findings")}


def test_every_finding_has_words():
    missing = {code: where for code, where in codes_made().items() if code not in CATALOGUE}
    assert missing == {}


def test_no_finding_has_words_for_nothing():
    unused = sorted(CATALOGUE.keys() - codes_made().keys())
    assert unused == []


def test_each_finding_is_there_once():
    codes = [row[0] for row in rows("findings")]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("row", rows("findings"), ids=lambda row: row[0])
def test_a_finding_says_the_same_in_three_languages(row):
    assert len(row) == 4, "four columns: code, source, zh_CN, zh_TW"
    english, simplified, traditional = row[1:]
    assert english and simplified and traditional
    assert set(PLACE.findall(english)) == set(PLACE.findall(simplified)) == set(PLACE.findall(traditional))
    for text in row[1:]:
        assert text == text.strip()
        assert "!" not in text and "！" not in text, "no exclamation marks"
    assert "“" not in traditional, "traditional Chinese quotes with 「」"
    assert "「" not in simplified


def values_given() -> Iterator[tuple[str, str, set[str]]]:
    """(where, code, names of values) of each finding whose values are all written out."""
    own = {"code", "field", "source", "severity"}
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in ("error", "warning", "info") and node.args:
                names = [k.arg for k in node.keywords]
                if None not in names and not isinstance(node.args[0], ast.JoinedStr):
                    for code in literals(node.args[0]):
                        yield f"{name}:{node.lineno}", code, {str(n) for n in names} - own


def test_a_finding_brings_every_value_its_sentence_needs():
    short = [
        f"{where} {code}: {', '.join(sorted(needed - given))}"
        for where, code, given in values_given()
        if code in CATALOGUE and (needed := set(PLACE.findall(CATALOGUE[code][1]))) - given
    ]
    assert short == []


def spoken() -> dict[str, str]:
    """Texts of the commands: t("..."), help="...", N("cli" ...) -> a file."""
    found: dict[str, str] = {}
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found |= {text: name for text in spoken_by(node, name.startswith("studio/cli/"))}
    return found


def spoken_by(node: ast.Call, in_cli: bool) -> Iterator[str]:
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if called(node) == "N" and texts[:1] == ["cli"]:
        yield texts[1]
    if not in_cli:
        return
    if called(node) == "t" and texts:
        yield texts[0]
    if called(node) in ("command", "group") and isinstance(node.func, ast.Name):
        yield texts[-1]
    for keyword in node.keywords:
        if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
            yield keyword.value.value


def test_every_text_of_the_commands_has_words():
    table = {row[1] for row in rows("cli") if row[0] == "cli"}
    assert {text: where for text, where in spoken().items() if text not in table} == {}


def test_no_text_of_the_commands_is_left_over():
    table = {row[1] for row in rows("cli") if row[0] == "cli"}
    assert sorted(table - spoken().keys()) == []


@pytest.mark.parametrize("row", rows("cli"), ids=lambda row: row[1][:40])
def test_a_text_says_the_same_in_three_languages(row):
    assert len(row) == 4 or (len(row) == 5 and row[0] == "kind"), "context, source, zh_CN, zh_TW"
    english, simplified, traditional = row[1:4]
    assert simplified and traditional
    assert set(PLACE.findall(english)) == set(PLACE.findall(simplified)) == set(PLACE.findall(traditional))
    assert "“" not in traditional and "「" not in simplified


def kinds() -> set[str]:
    """Kinds of things that NotFound and the documents' findings name."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "NotFound" and node.args:
                found |= set(literals(node.args[0]))
            if isinstance(node, ast.Call):
                found |= {text for k in node.keywords if k.arg == "kind" for text in literals(k.value)
                          if called(node) in MAKERS}
    return found


def test_kinds_of_things_have_names():
    assert kinds() <= {row[1] for row in rows("cli") if row[0] == "kind"}


def test_states_are_named_in_sentences():
    finding = error("delivery.wrong_state", "delivery", id="x", state="waiting_for_user", wanted="due, unconfirmed")
    said = words.say(finding, "zh_CN")
    assert words.state_word(State.WAITING, "zh_CN") in said
    assert "unconfirmed" not in said and words.state_word(State.UNCONFIRMED, "zh_CN") in said


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is():
    assert "{limit}" in words.say(error("late.unreadable", "late", text="{limit}"), "en")


def test_half_a_sentence_is_better_than_none():
    assert "{text}" in words.say(error("late.unreadable", "late"), "en")


def test_an_unknown_code_is_shown_as_it_is():
    assert words.say(error("nobody.knows"), "zh_TW") == "nobody.knows"


@pytest.mark.parametrize(
    ("wanted", "environment", "language"),
    [
        ("zh_TW", {}, "zh_TW"), ("zh-Hans-CN", {}, "zh_CN"), ("zh_HK", {}, "zh_TW"), ("de_DE", {}, "en"),
        ("system", {"LANG": "zh_CN.UTF-8"}, "zh_CN"), ("", {"LC_ALL": "zh_MO"}, "zh_TW"),
        ("", {"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_is_chosen_as_people_expect(wanted, environment, language):
    assert words.choose(wanted, environment) == language
