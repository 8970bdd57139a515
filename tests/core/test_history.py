from hypothesis import given
from hypothesis import strategies as st

from studio.core.history import LIMIT, History
from studio.core.words import N

NAME = N("Undo", "Typing")


@given(st.lists(st.sampled_from(["edit", "merge", "undo", "redo", "seal"]), max_size=60))
def test_undo_is_the_mirror_of_edit(moves):
    history, past, future = History.of(0), [0], []
    number, merging = 0, False
    for move in moves:
        if move in ("edit", "merge"):
            number += 1
            joined = move == "merge" and merging and len(past) > 1 and not future
            past = [*past[:-1], number] if joined else [*past, number]
            future, merging = [], move == "merge"
            history = history.edit(NAME, number, "typing" if move == "merge" else "")
        elif move == "undo":
            if len(past) > 1:
                future.append(past.pop())
                merging = merging_of(history)
            history = history.undo()
            merging = history.past[-1].merge == "typing"
        elif move == "redo":
            if future:
                past.append(future.pop())
            history = history.redo()
            merging = history.past[-1].merge == "typing"
        else:
            history, merging = history.seal(), False
        assert [entry.document for entry in history.past] == past
        assert [entry.document for entry in history.future] == future
        assert (history.undo_name is None) == (len(past) == 1)


def merging_of(history):
    return history.past[-1].merge == "typing"


def test_the_same_document_changes_nothing():
    document = object()
    history = History.of(document)
    assert history.edit(NAME, document) is history


def test_history_keeps_a_bounded_number_of_steps():
    history = History.of(0)
    for number in range(1, LIMIT + 50):
        history = history.edit(NAME, number)
    assert len(history.past) == LIMIT
    assert history.document == LIMIT + 49
