"""The outbox by urgency, in windows, narrowed by words, state, account and platform."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import Compared, Delivery, Proof, State
from studio.core.hold import account_scope, platform_scope
from studio.core.slot import Late
from studio.services.outbox import NEAREST, Asked, needs_person

S = State
NOW = datetime(2026, 12, 9, 12, tzinfo=UTC)


@pytest.fixture
def lay(desk, account):
    def lay(state, hours=-1.0, title="Old paper", **more):
        post = desk.posts.create(title=title, text="x")
        values = {"account": account.id, "platform": "fake", **more}
        return desk.workspace.deliveries.add(
            Delivery(post=post.id, state=state, at=NOW + timedelta(hours=hours), **values))

    return lay


def ids(items):
    return [item.delivery.id for item in items]


def test_what_needs_a_person_stands_apart_from_the_days(desk, lay):
    waiting, missed, held = lay(S.WAITING), lay(S.MISSED, late=Late("ask", 0)), lay(S.HELD, -3)
    given, proved = lay(S.HANDED_OVER, -4), lay(S.HANDED_OVER, -5, proof=Proof("https://x", None, ()))
    skipped, unsure, failed = lay(S.MISSED, -2, late=Late("skip", 0)), lay(S.UNCONFIRMED), lay(S.FAILED)
    sending, over, ahead = lay(S.STAGING, -0.1), lay(S.PUBLISHED, -6), lay(S.SCHEDULED, 5)
    page = desk.outbox.page(now=NOW)
    assert set(ids(page.needs)) == {waiting.id, missed.id, held.id, given.id}
    assert ids(page.unconfirmed) == [unsure.id] and ids(page.failed) == [failed.id]
    assert ids(page.ahead) == [ahead.id]
    assert ids(page.rest) == [sending.id, skipped.id, proved.id, over.id]
    assert desk.outbox.waiting() == 6 and not page.more and not page.empty
    for item in (*page.needs, *page.unconfirmed, *page.failed, *page.ahead, *page.rest):
        urgent = item in (*page.needs, *page.unconfirmed, *page.failed)
        assert needs_person(item.delivery) is urgent, item.delivery.state


def test_what_is_still_looked_up_by_itself_needs_nobody_yet(desk, lay):
    unsure = lay(S.UNCONFIRMED, wake=NOW)
    page = desk.outbox.page(now=NOW)
    assert ids(page.unconfirmed) == [unsure.id] and not page.rest
    assert desk.outbox.waiting() == 0 and not needs_person(unsure)


def test_what_a_hold_covers_needs_nobody_until_it_is_over(desk, lay, account):
    held = lay(S.HELD)
    for scope in ("", platform_scope("fake"), account_scope(account.id)):
        desk.workspace.holds.put(scope, "Storm", NOW)
        assert desk.outbox.waiting() == 0 and ids(desk.outbox.page(now=NOW).rest) == [held.id]
        assert not needs_person(held, desk.workspace.holds.list())
        desk.workspace.holds.lift(scope)
    desk.workspace.holds.put(platform_scope("other"), "Storm", NOW)
    assert desk.outbox.waiting() == 1 and ids(desk.outbox.page(now=NOW).needs) == [held.id]


def test_a_window_of_what_is_over_and_the_nearest_of_what_comes(desk, lay):
    over = [lay(S.PUBLISHED, -n).id for n in range(1, 8)]
    ahead = [lay(S.SCHEDULED, n).id for n in range(1, NEAREST + 4)]
    page = desk.outbox.page(window=3, now=NOW)
    assert (ids(page.rest), page.more) == (over[:3], True)
    assert (ids(page.ahead), page.hidden) == (ahead[:NEAREST], 3)
    page = desk.outbox.page(Asked(platform="fake"), window=10, now=NOW)
    assert (ids(page.rest), page.more, page.hidden) == (over, False, 0)
    assert ids(page.ahead) == ahead


def test_words_are_looked_for_in_title_account_link_and_id(desk, lay, account):
    paper = lay(S.PUBLISHED, title="Old paper", url="https://fake.example/p/77")
    tea = lay(S.PUBLISHED, title="四分钟泡一杯茶")
    for words, found in (
        ("PAPER", [paper]), ("泡一杯", [tea]), ("p/77", [paper]), ("mill", [paper, tea]), ("mill 茶", [tea]),
        (tea.id, [tea]), ("假", [paper, tea]), ("nothing", []), ('"late"', []), ("%", []),
    ):  # fmt: skip
        assert set(ids(desk.outbox.page(Asked(words), now=NOW).rest)) == {d.id for d in found}, words


def test_states_accounts_and_platforms_narrow_it(desk, lay):
    lay(S.FAILED), lay(S.PUBLISHED)
    elsewhere = lay(S.PUBLISHED, account="gone", platform="other")
    page = desk.outbox.page(Asked(states=frozenset({S.PUBLISHED})), now=NOW)
    assert not page.failed and len(page.rest) == 2
    assert ids(desk.outbox.page(Asked(account="gone"), now=NOW).rest) == [elsewhere.id]
    assert ids(desk.outbox.page(Asked(platform="other"), now=NOW).rest) == [elsewhere.id]
    assert desk.outbox.page(Asked(platform="none"), now=NOW).empty


def test_the_same_post_elsewhere_the_proved_first(desk, lay, account):
    mine = lay(S.UNCONFIRMED)

    def same(account, state, **more):
        return desk.workspace.deliveries.add(
            Delivery(post=mine.post, account=account, platform="fake", state=state, at=NOW, **more))

    proof = Proof("https://x", NOW, (Compared("text", "a", "a"),))
    same("b", S.FAILED, created=NOW - timedelta(hours=2))
    again = same("b", S.DUE, created=NOW)
    proved, _gone = same("c", S.PUBLISHED, proof=proof), same("d", S.CANCELLED)
    assert [d.id for d in desk.outbox.others(mine)] == [proved.id, again.id]


def test_a_post_that_is_gone_leaves_its_delivery(desk, lay):
    made = desk.workspace.deliveries.add(Delivery(post="gone", account="a", platform="fake", state=S.PUBLISHED, at=NOW))
    item = desk.outbox.item(made.id)
    assert (item.heading, item.thumb) == ("", "")


def test_each_account_has_a_page_of_its_own_to_look_at(desk, account, fake, monkeypatch, tmp_path):
    assert desk.accounts.page(account.id) == ""  # this platform has no address
    monkeypatch.setattr(fake, "page", lambda account, folder: f"https://fake.example/{account.handle}", raising=False)
    assert desk.accounts.page(account.id) == f"https://fake.example/{account.handle}"
