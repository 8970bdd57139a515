"""What it says when it is asked: sign-ins that are refused, accounts that are out, what came of a post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Later, Problem, Refused
from studio.core.finding import blocking
from studio.core.insight import Comments, Metric, Name
from studio.platforms.base import Access, Insights, Publisher, Remedy
from studio.platforms.transport import Unsent
from tests.platforms.contract.cases import SECRET, Case, complete, rule, worded
from tests.platforms.fakes import Answer, FakeTransport, Offline, answer


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
