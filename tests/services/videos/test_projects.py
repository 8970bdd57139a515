"""Video projects: made, opened, autosaved, copied, removed; files of the library as sources."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction as F

import pytest

from studio.core.edits.place import append
from studio.core.errors import NotFound, Refused
from studio.core.words import N
from studio.services.places import samples
from studio.services.videos.projects import clip_of, knowing
from studio.services.videos.session import VideoSession

EDIT = N("video", "Add a clip")


def filled(desk):
    """A project cut from the sample film, and its source."""
    timeline = desk.videos.create("Walk", rate=F(25))
    [source], refused = desk.videos.add_files([samples() / "walk.mp4"])
    assert refused == []
    return timeline, source


def with_clip(source):
    def change(timeline):
        timeline = knowing(timeline, [source])
        return append(timeline, timeline.role("main").id, clip_of(source, timeline))

    return change


def test_a_film_of_the_library_becomes_a_clip(desk):
    timeline, source = filled(desk)
    assert source.kind == "video" and source.media == source.hash and source.path == ""
    assert desk.videos.where(source).read_bytes() == (samples() / "walk.mp4").read_bytes()
    made = with_clip(source)(timeline)
    assert 0 < made.duration <= source.duration and made.duration * made.rate == made.frames


def test_an_edit_is_saved_by_itself(desk):
    timeline, source = filled(desk)
    session = VideoSession(desk.videos, timeline, delay=0.01)
    session.edit(EDIT, with_clip(source))
    deadline = time.monotonic() + 30
    while session.dirty and time.monotonic() < deadline:
        time.sleep(0.01)
    assert desk.videos.get(timeline.id) == session.timeline
    session.undo()
    assert session.close()
    assert desk.videos.get(timeline.id) == timeline


def test_two_that_edit_the_same_project_do_not_overwrite_one_another(desk):
    timeline, source = filled(desk)
    one, two = desk.videos.open(timeline.id), desk.videos.open(timeline.id)
    one.edit(EDIT, with_clip(source))
    assert one.flush()
    two.edit(EDIT, lambda t: replace(t, name="other"))
    assert not two.flush() and two.problem is not None and two.problem.code == "video.changed_elsewhere"
    assert two.timeline.name == "other", "nothing is lost: it stays in memory"
    assert desk.videos.get(timeline.id) == one.timeline


def test_copies_and_removals(desk):
    timeline, _ = filled(desk)
    copy = desk.videos.duplicate(timeline.id, "Walk 2")
    desk.videos.rename(timeline.id, "Stroll")
    assert {row.name for row in desk.videos.list()} == {"Stroll", "Walk 2"}
    desk.videos.set_post(copy.id, "p1")
    assert desk.videos.post_of(copy.id) == "p1" and desk.videos.of_post("p1").id == copy.id
    desk.videos.remove(timeline.id)
    with pytest.raises(NotFound):
        desk.videos.open(timeline.id)
    assert desk.videos.of_post("") is None


def test_a_file_that_a_project_uses_is_not_forgotten(desk):
    timeline, source = filled(desk)
    desk.videos.save(knowing(timeline, [source]))
    with pytest.raises(Refused, match=r"media\.in_videos"):
        desk.library.remove(source.media)
    desk.videos.remove(timeline.id)
    desk.library.remove(source.media)
    with pytest.raises(Refused, match=r"video\.source_missing"):
        desk.videos.where(source)


def test_what_is_no_film_is_refused_and_the_others_come_in(desk, tmp_path):
    (tmp_path / "notes.mp4").write_text("#EXTM3U\nhttp://127.0.0.1/x.ts\n")
    sources, refused = desk.videos.add_files([tmp_path / "notes.mp4", samples() / "cafe.jpg"])
    assert [s.kind for s in sources] == ["image"] and [r.path.name for r in refused] == ["notes.mp4"]


def test_thumbnails_are_made_once_and_remembered(desk):
    _, source = filled(desk)
    first = desk.videos.looking.thumbnail(source, F(1), 48)
    assert first.height == 48 and len(first.data) == first.width * 48 * 3
    files = sorted((desk.videos.cache / "strips").rglob("*.jpg"))
    stamp = files[0].stat().st_mtime_ns
    again = desk.videos.looking.thumbnail(source, F(11, 10), 48)
    assert (again.width, again.height) == (first.width, first.height)
    assert sorted((desk.videos.cache / "strips").rglob("*.jpg")) == files and files[0].stat().st_mtime_ns == stamp


EDITOR = """
import sys, time
from dataclasses import replace
from pathlib import Path
from studio.core.words import N
from studio.services.desk import Desk
desk = Desk.open(Path(sys.argv[1]))
session = desk.videos.open(sys.argv[2])
number = 0
while True:
    number += 1
    session.edit(N("video", "Edit"), lambda t: replace(t, name=str(number)))
    print(number, time.monotonic(), flush=True)
    time.sleep(0.005)
"""


def test_a_kill_in_the_middle_of_editing_loses_at_most_a_second(desk):
    timeline, _ = filled(desk)
    run = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(desk.folder), timeline.id], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        made = [run.stdout.readline().split() for _ in range(400)]
    finally:
        run.send_signal(signal.SIGKILL)
    made += [line.split() for line in run.stdout.read().splitlines() if len(line.split()) == 2]
    run.stdout.close()
    run.wait()
    kept = int(desk.videos.get(timeline.id).name)
    last = float(made[-1][1])
    lost = [float(at) for number, at in made if int(number) > kept]
    assert not lost or last - lost[0] < 5, "the saver waits 0.4 s; the rest is this machine's own business"


def test_an_edit_that_is_undone_before_it_was_saved_is_saved(desk):
    timeline, source = filled(desk)
    session, told = VideoSession(desk.videos, timeline, delay=30), []
    session.saved.connect(told.append)
    session.edit(EDIT, with_clip(source))
    session.undo()
    assert told == [False, True] and not session.dirty
    session.close()
