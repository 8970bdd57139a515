"""Autosave, undo, and what happens when the disk says no."""

import threading
from dataclasses import replace

import pytest

from studio.core.errors import WorkspaceProblem
from studio.core.finding import error
from studio.core.words import N
from studio.services.session import Session

TYPING = N("undo", "Typing")


def typed(text):
    return lambda post: replace(post, text=text)


@pytest.fixture
def session(desk):
    post = desk.posts.create(text="one")
    made = desk.session(post.id)
    yield made
    made.close()


def wait_saved(session):
    done = threading.Event()
    stop = session.saved.connect(lambda ok: ok and done.set())
    if session.dirty:
        assert done.wait(30)
    stop()


def test_an_edit_is_on_disk_by_itself(desk, session):
    session.edit(TYPING, typed("two"))
    assert session.dirty
    wait_saved(session)
    assert desk.posts.get(session.document.id).text == "two"


def test_many_edits_are_saved_as_the_last_one_is(desk, session):
    for number in range(200):
        session.edit(TYPING, typed(f"text {number}"), merge="typing")
    session.flush()
    assert desk.posts.get(session.document.id).text == "text 199"
    session.undo()
    assert session.document.text == "one", "typing in a row is one step"


def test_undo_and_redo_are_edits_for_whoever_watches(session):
    heard = []
    session.changed.connect(lambda before, after: heard.append((before.text, after.text)))
    session.edit(TYPING, typed("two"))
    session.undo()
    session.redo()
    session.redo()
    assert heard == [("one", "two"), ("two", "one"), ("one", "two")]


def test_an_edit_that_changes_nothing_is_none(session):
    session.edit(TYPING, lambda post: replace(post, text="one"))
    assert not session.dirty and session.history.undo_name is None


def test_a_full_disk_keeps_the_text_and_tries_again(desk, monkeypatch):
    post = desk.posts.create(text="one")
    full = error("workspace.full", "workspace")
    refusing = [True]
    save = desk.posts.save

    def saving(document, *, expect=None):
        if refusing[0]:
            raise WorkspaceProblem(full)
        return save(document, expect=expect)

    monkeypatch.setattr(desk.posts, "save", saving)
    monkeypatch.setattr("studio.services.autosave.RETRY", 0.05)
    session = Session(desk.posts, post, delay=0.01)
    heard, troubled, well = [], threading.Event(), threading.Event()

    def hear(finding):
        heard.append(finding)
        (well if finding is None else troubled).set()

    session.troubled.connect(hear)
    session.edit(TYPING, typed("kept"))
    assert troubled.wait(30) and session.problem == full and session.document.text == "kept"
    refusing[0] = False
    assert well.wait(30)
    assert desk.posts.get(post.id).text == "kept" and heard == [full, None]
    assert session.close()


def test_closing_saves(desk):
    session = desk.session(desk.posts.create(text="one").id)
    session.edit(TYPING, typed("last words"))
    assert session.close()
    assert desk.posts.get(session.document.id).text == "last words"


def test_another_programs_edit_is_never_overwritten(desk, session):
    theirs = replace(session.document, text="theirs")
    desk.posts.save(theirs)
    session.edit(TYPING, typed("mine"))
    assert not session.flush()
    assert session.problem.code == "post.changed_elsewhere"
    assert desk.posts.get(theirs.id).text == "theirs" and session.document.text == "mine"


def test_a_lone_surrogate_and_a_megabyte_survive(desk, session):
    text = "a\ud800b\u200d" + "字" * 350_000
    session.edit(TYPING, typed(text))
    session.flush()
    assert desk.posts.get(session.document.id).text == text
