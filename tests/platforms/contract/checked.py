"""Counted and checked, in every mode."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from studio.core.finding import blocking
from studio.core.post import Reply, link_of
from tests.platforms.contract.cases import Case, known, rows, rule, worded
from tests.platforms.fakes import media


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
