from studio.core.delivery import MOVES, SENDING, TERMINAL, Compared, Proof, State, may_move

S = State


def test_every_state_says_where_it_may_go():
    assert set(MOVES) == set(State)


def test_what_is_published_stays_published():
    assert MOVES[S.PUBLISHED] == frozenset()
    assert S.PUBLISHED in TERMINAL


def test_only_what_was_sent_or_handed_over_can_become_published():
    sources = {before for before in State if may_move(before, S.PUBLISHED)}
    ended = {S.SCHEDULED, S.DUE, S.FAILED, S.HELD, S.MISSED}  # a thread whose first links are live may end there
    assert sources == ended | {S.COMMITTING, S.PROCESSING, S.UNCONFIRMED, S.WAITING, S.HANDED_OVER}


def test_committing_is_reached_only_through_staging():
    assert {before for before in State if may_move(before, S.COMMITTING)} == {S.STAGING}


def test_nothing_that_may_be_visible_is_cancelled_by_itself():
    assert not may_move(S.COMMITTING, S.CANCELLED)
    assert not may_move(S.PROCESSING, S.CANCELLED)


def test_every_state_can_be_left_or_is_an_end():
    for state in State:
        assert MOVES[state] or state in TERMINAL
    assert S.COMMITTING in SENDING


def test_a_proof_is_whole_when_every_line_is_the_same():
    same, other = Compared("text", "a", "a"), Compared("alt", "a", "b")
    assert Proof("u", None, (same,)).whole
    assert not Proof("u", None, (same, other)).whole
