"""What lies ready for a person stays there for as long as they need it, whatever else goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.post import Media, Post
from studio.services.handing import folder_of, forget
from tests.media.make import photo

S = State
FIRST = "https://fake.example/abc"


@pytest.fixture
def by_hand(desk):
    return desk.accounts.add("fake", {"handle": "@mill"}, name="Mill", mode="assisted")


@pytest.fixture
def post(desk, tmp_path):
    photo(600, 400).save(tmp_path / "cup.jpg")
    id = desk.library.add([tmp_path / "cup.jpg"])[0].asset.id
    made = Post(text="Hello", media=(Media(id, name="cup.jpg", width=600, height=400, alt="A cup"),))
    desk.posts.save(made)
    return made


def _other(desk, by_hand, text="Another"):
    made = Post(text=text)
    desk.posts.save(made)
    return desk.publishing.publish(made.id, by_hand.id)


def test_one_that_is_over_takes_nothing_from_one_that_is_being_made_ready(desk, fake, post, by_hand):
    first = _other(desk, by_hand)
    wants, over = fake.wants, []

    def meanwhile(content):
        if not over:
            over.append(desk.by_hand.paste(first.id, FIRST))  # the person finishes another one just now
        return wants(content)

    fake.wants = meanwhile
    waiting = desk.publishing.publish(post.id, by_hand.id)
    assert over[0].state is S.HANDED_OVER and waiting.state is S.WAITING, waiting.error
    assert [f.name for f in desk.by_hand.sheet(waiting.id).files] == ["01.jpg"]


def test_kits_of_what_ended_some_other_way_go_as_well(desk, by_hand):
    gone, waiting = _other(desk, by_hand, "one"), _other(desk, by_hand, "two")
    desk.publishing.cancel(gone.id)
    part = folder_of(desk.workspace, gone.id).with_name(f".{gone.id}.x.part")
    part.mkdir()
    forget(desk.workspace, desk.publishing.get(gone.id))
    kept = [path.name for path in part.parent.iterdir()]
    assert kept == [waiting.id]


def test_two_who_make_the_same_kit_anew_find_it_whole(desk, fake, post, by_hand):
    waiting = desk.publishing.publish(post.id, by_hand.id)
    folder = folder_of(desk.workspace, waiting.id)
    before = sorted(path.name for path in folder.iterdir())
    shutil.rmtree(folder)
    wants, others = fake.wants, []

    def meanwhile(content):
        if not others:
            others.append("begun")
            others.append(desk.by_hand.sheet(waiting.id))  # the window and the command line look at it at once
        return wants(content)

    fake.wants = meanwhile
    sheet = desk.by_hand.sheet(waiting.id)
    assert len(others) == 2 and sheet.files == others[1].files
    assert sorted(path.name for path in folder.iterdir()) == before and [*folder.parent.iterdir()] == [folder]


@pytest.mark.parametrize("how", ["here", "link", "guarded"])
def test_a_kit_goes_into_an_empty_folder_as_it_is(desk, post, account, tmp_path, monkeypatch, how):
    """A folder that cannot be replaced by another: where one stands, what a link leads to, the root of a disk."""
    out = (tmp_path / "mine" / "kit")
    out.mkdir(parents=True)
    known = out.stat().st_ino
    if how == "here":
        monkeypatch.chdir(out)
        given = Path(".")
    elif how == "link":
        given = tmp_path / "shortcut"
        given.symlink_to(out, target_is_directory=True)
    else:
        given = out
    desk.by_hand.export(post.id, account, given)
    assert "01.jpg" in {path.name for path in out.iterdir()} and out.stat().st_ino == known
    assert [path.name for path in out.parent.iterdir()] == ["kit"] and not list(out.glob("*part"))


def test_more_than_ninety_nine_files_stay_in_their_order(desk, fake, account, tmp_path):
    pictures = []
    for n in range(101):
        photo(16 + n, 8).save(tmp_path / f"{n}.png")
        id = desk.library.add([tmp_path / f"{n}.png"])[0].asset.id
        pictures.append(Media(id, name=f"{n}.png", width=16 + n, height=8, alt="x"))
    made = Post(text="many", media=tuple(pictures))
    desk.posts.save(made)
    kit = [path for path in desk.by_hand.export(made.id, account, tmp_path / "kit") if path.stem.isdigit()]
    assert [path.name for path in kit] == sorted(path.name for path in kit) and len(kit) == 101
    from studio.media.probe import probe

    assert [probe(path).width for path in kit] == [16 + n for n in range(101)]
