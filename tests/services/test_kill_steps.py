"""kill -9 at every line of the journal, by its name: what the next start makes of it, and what the platform shows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from studio import platforms
from studio.core.delivery import State, wakes
from studio.core.post import Reply
from tests.torture import stepper
from tests.torture.door import Door
from tests.torture.site import EPOCH, Site, Traits

ROOT = Path(__file__).resolve().parent.parent.parent
S = State
NOTHING, ALL, HALF = (None, 0), (S.PUBLISHED, 1), (S.PUBLISHED, 2)
ASKED, FAILED, GONE, AHEAD = (S.UNCONFIRMED, 0), (S.FAILED, 0), (S.CANCELLED, 0), (S.SCHEDULED, 1)
TAKEN = ["created note", "due>preparing move", "prepare done", "preparing>staging move"]
BEGUN = ["commit begun", "staging>committing move"]
SENT = ["commit done", "committing>processing move"]
PROVED = ["proof done", "processing>published move"]


@dataclass(frozen=True)
class Scene:
    """What a process does, which lines it writes, and what is true after a death at each of them.

    start    the first line that is tried; those before it are another scene's
    usual    (state, posts on the platform) after the next start, and a quarter of an hour of looking
    special  the same for single lines: "STEP PHASE before" or "... after", "2. " in front for its second time
    """

    deeds: tuple[str, ...]
    lines: list[str]
    usual: tuple
    special: dict = field(default_factory=dict)
    start: int = 0
    traits: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)
    media: int = 0
    replies: int = 0


SCENES = {
    "post and reply": Scene(
        ("publish",),
        [*TAKEN, "stage:1 begun", "stage:1 done", "stage:2 begun", "stage:2 done", *BEGUN, *SENT, "proof done",
         "processing>due move", "due>preparing move", "prepare@2 done", "preparing>staging move", "commit@2 begun",
         "staging>committing move", "commit@2 done", "committing>processing move", "proof@2 done",
         "processing>published move"],
        HALF, {
            "created note before": NOTHING,
            "commit begun after": ASKED, "staging>committing move after": ASKED,
            "commit@2 begun after": (S.UNCONFIRMED, 1), "2. staging>committing move after": (S.UNCONFIRMED, 1),
        }, media=2, replies=1),
    "container": Scene(
        ("publish",),
        [*TAKEN, "stage:1 begun", "stage:1 done", "contain begun", "contain done", *BEGUN, *SENT, *PROVED],
        ALL, {"commit begun after": ASKED, "staging>committing move after": ASKED},
        start=6, traits={"contains": True}, media=1),
    "answer lost": Scene(
        ("publish",),
        [*TAKEN, *BEGUN, "commit note", "committing>unconfirmed move", "look done", "commit done",
         "unconfirmed>processing move", *PROVED],
        ALL, start=6, faults={"POST posts": ["drop_after"]}),
    "request lost, and sent again": Scene(
        ("publish", "resend"),
        [*TAKEN, *BEGUN, "commit note", "committing>unconfirmed move", *["look done"] * 4, "send again note",
         "unconfirmed>due move", "due>preparing move", "prepare#2 done", "preparing>staging move", "commit#2 begun",
         "staging>committing move", "commit#2 done", "committing>processing move", "proof#2 done",
         "processing>published move"],
        ALL, {
            **{f"{line} {when}": ASKED for when in ("before", "after") for line in (
                "commit note", "committing>unconfirmed move", "look done", "2. look done", "3. look done",
                "4. look done")},
            "send again note before": ASKED, "unconfirmed>due move before": ASKED,
            "commit#2 begun after": ASKED, "2. staging>committing move after": ASKED,
        }, start=6, faults={"POST posts": ["drop_before"]}),
    "request lost, and repeated with its key": Scene(
        ("publish",),
        [*TAKEN, *BEGUN, "commit note", "committing>unconfirmed move", "look done", "repeat begun", "repeat done",
         "commit done", "unconfirmed>processing move", *PROVED],
        ALL, {"repeat begun after": ASKED},
        start=8, traits={"idempotent": True}, faults={"POST posts": ["drop_before"]}),
    "refused, and sent again": Scene(
        ("publish", "resend"),
        [*TAKEN, *BEGUN, "commit failed", "committing>failed move", "send again note", "failed>due move",
         *TAKEN[1:], *BEGUN, *SENT, *PROVED],
        ALL, {
            "commit failed before": ASKED, "committing>failed move after": FAILED, "send again note before": FAILED,
            "failed>due move before": FAILED, "2. commit begun after": ASKED,
            "2. staging>committing move after": ASKED,
        }, start=6, faults={"POST posts": ["400"]}),
    "upload refused, and sent again": Scene(
        ("publish", "resend"),
        [*TAKEN, "stage:1 begun", "stage:1 failed", "staging>failed move", "send again note", "failed>due move",
         *TAKEN[1:], "stage:1 begun", "stage:1 done", *BEGUN, *SENT, *PROVED],
        ALL, {
            **{f"stage:1 {line}": FAILED for line in ("begun before", "begun after")},
            "staging>failed move after": FAILED, "send again note before": FAILED, "failed>due move before": FAILED,
            "commit begun after": ASKED, "staging>committing move after": ASKED,
        }, start=4, faults={"POST uploads": ["400"]}, media=1),
    "left with the timer, and taken back": Scene(
        ("ahead", "look", "cancel"),
        ["created note", "scheduled>due move", *TAKEN[1:], *BEGUN, "commit done", "committing>scheduled move",
         "withdraw begun", "withdraw done", "scheduled>cancelled move"],
        AHEAD, {
            "created note before": NOTHING, "commit begun after": ASKED, "staging>committing move after": ASKED,
            **{f"{line} {when}": GONE for line in ("withdraw begun", "withdraw done", "scheduled>cancelled move")
               for when in ("before", "after")},
        }),
    "left with the timer, and moved there": Scene(
        ("ahead", "look", "later", "look"),
        ["created note", "scheduled>due move", *TAKEN[1:], *BEGUN, "commit done", "committing>scheduled move",
         "scheduled>scheduled move", "reschedule done"],
        AHEAD, start=9),
}


def named(scene: Scene, index: int) -> str:
    """ "STEP PHASE", with "2. " in front the second time."""
    line = scene.lines[index]
    times = scene.lines[:index + 1].count(line)
    return line if times == 1 else f"{times}. {line}"


DEATHS = [
    pytest.param(name, index, when, id=f"{name}: {when} {named(scene, index)}")
    for name, scene in SCENES.items() for index in range(scene.start, len(scene.lines)) for when in ("before", "after")
]


@pytest.fixture(scope="module")
def orders():
    """A warm process that carries out one order after the other, each in a process that may be killed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.stepper"], cwd=ROOT, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE) as process:
        yield process
        process.stdin.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A workspace with two pictures."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        desk = stage(patch, folder / "w", {}, {})
        for number in range(2):
            Image.effect_noise((24, 24 + number), 90).save(folder / f"{number}.png")
        desk.library.add([folder / "0.png", folder / "1.png"])
        desk.close()
    return folder / "w"


def stage(patch, folder, traits, secrets):
    for name in ("names", "get", "every"):
        patch.setattr(platforms, name, getattr(platforms, name))  # `open_desk` replaces them: put back at the end
    return stepper.open_desk(folder, traits, secrets)


class Play:
    """One scene on a workspace and a server of its own."""

    def __init__(self, scene, folder, template, orders, patch):
        self.scene, self.folder, self.orders, self.patch = scene, folder, orders, patch
        self.site = Site(lambda: (datetime.now(UTC) - EPOCH).total_seconds(), EPOCH, Traits(**scene.traits))
        self.door = Door(self.site)
        self.door.faults = {request: list(faults) for request, faults in scene.faults.items()}
        shutil.copytree(template, folder / "w")
        desk = self.open({})
        media = tuple(asset.as_media() for asset in desk.library.list()[:scene.media])
        self.account = desk.accounts.add("rough", {"user": "mill"}, api_base=self.door.url).id
        replies = (Reply("second"),) * scene.replies
        self.post = desk.posts.create(text="first", media=media, replies=replies).id
        desk.close()

    def open(self, secrets=None):
        kept = {self.account: {"token": "1"}} if secrets is None else secrets
        return stage(self.patch, self.folder / "w", self.scene.traits, kept)

    def live(self, at, when):
        """Until it is killed, or to the end; gives how it ended."""
        self.orders.stdin.write(json.dumps({
            "folder": str(self.folder / "w"), "traits": self.scene.traits, "post": self.post, "account": self.account,
            "secrets": {self.account: {"token": "1"}}, "deeds": self.scene.deeds, "at": at, "when": when,
            "told": str(self.folder / "told"),
        }) + "\n")
        self.orders.stdin.flush()
        return int(self.orders.stdout.readline())

    def posts(self):
        return [post.text for post in self.site.posts if not post.gone]


@pytest.fixture
def play(request, tmp_path, template, orders, monkeypatch):
    made = Play(SCENES[request.param], tmp_path, template, orders, monkeypatch)
    yield made
    made.door.close()


def outcome(desk, play):
    """(state, posts there) after a watch until nothing more comes by itself, for a quarter of an hour at most."""
    now, found = datetime.now(UTC), []
    for minutes in range(15):
        desk.publishing.run_due(now + timedelta(minutes=minutes))
        found = desk.publishing.list()
        if not found or wakes(found[0]) is None or (found[0].ahead and "errand" not in found[0].handles):
            break
    return found[0].state if found else None, len(play.posts())


@pytest.mark.parametrize("play", SCENES, indirect=True)
def test_these_are_the_lines(play):
    """A new line of the journal belongs into a scene above."""
    assert play.live(-1, "") == 0
    assert json.loads((play.folder / "told").read_text()) == play.scene.lines


@pytest.mark.parametrize(("play", "index", "when"), DEATHS, indirect=["play"])
def test_a_death(play, index, when):
    line = f"{named(play.scene, index)} {when}"
    assert play.live(index, when) not in (0, 1), f"it should have died at {line}"
    desk = play.open()
    assert outcome(desk, play) == play.scene.special.get(line, play.scene.usual), line
    assert len(set(play.posts())) == len(play.posts()), "nothing is there twice"
    ended(desk, play)
    desk.close()


def ended(desk, play):
    """Whatever a person is asked, the obvious answer leads to the end: everything once, or what was taken back not."""
    found = desk.publishing.list()
    if not found:
        return
    if found[0].state in (S.UNCONFIRMED, S.FAILED):
        desk.publishing.resend(found[0].id)
        outcome(desk, play)
    done, posts = desk.publishing.get(found[0].id), sorted(play.posts())
    if done.state is S.SCHEDULED:
        there = play.site.posts[-1]
        assert done.ahead and abs(play.site.moment(there.at) - done.at) < timedelta(seconds=1)
    else:
        wanted = [] if done.state is S.CANCELLED else ["first", "second"][:1 + play.scene.replies]
        assert posts == wanted and done.state in (S.PUBLISHED, S.CANCELLED)
