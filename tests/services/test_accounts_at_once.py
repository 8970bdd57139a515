"""An account that two change at the same moment keeps what both of them did."""

from __future__ import annotations

import threading

from studio.core.pace import Pace


def _meanwhile(desk, act):
    """Somebody else acts between what is read of an account and what is written."""
    get, done = desk.workspace.accounts.get, []

    def first(id):
        found = get(id)
        if not done:
            done.append(1)
            act()
        return found

    desk.workspace.accounts.get = first


def test_what_is_learnt_takes_no_choice_back(desk, account):
    access = desk.accounts.access(account)
    _meanwhile(desk, lambda: desk.accounts.set_mode(account.id, "assisted"))
    access.learn({"limit": "500"})
    kept = desk.accounts.get(account.id)
    assert (kept.mode, kept.identity["limit"]) == ("assisted", "500")


def test_what_is_learnt_of_an_account_that_is_removed_brings_it_not_back(desk, account):
    access = desk.accounts.access(account)
    _meanwhile(desk, lambda: desk.accounts.remove(account.id))
    access.learn({"limit": "500"})
    assert desk.accounts.list() == []


def test_all_that_is_learnt_at_once_is_kept(desk, account):
    access, start = desk.accounts.access(account), threading.Barrier(9)

    def learn(number):
        start.wait()
        access.learn({f"n{number}": "x"})

    crew = [threading.Thread(target=learn, args=(n,)) for n in range(8)]
    for one in crew:
        one.start()
    start.wait()
    desk.accounts.set_pace(account.id, Pace(gap=7))
    for one in crew:
        one.join()
    kept = desk.accounts.get(account.id)
    assert {f"n{n}" for n in range(8)} <= kept.identity.keys() and kept.pace == Pace(gap=7)
