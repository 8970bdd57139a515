"""Video projects are kept whole, with their revision and the files they use."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from studio.core.errors import NotFound, Refused
from studio.store.workspace import Workspace
from tests.core.edits.lines import FILM, line, shot


@pytest.fixture
def timeline():
    made = line(shot(2), shot(3))
    return replace(made, name="Three before nine", sources={"film": replace(FILM, media="c" * 64)})


def test_what_was_saved_comes_back(workspace: Workspace, timeline):
    assert workspace.videos.save(timeline) == 1
    assert workspace.videos.get(timeline.id) == timeline
    row = workspace.videos.list()[0]
    assert (row.name, row.width, row.height, row.seconds, row.clips) == ("Three before nine", 1080, 1920, 5.0, 2)
    assert workspace.videos.using("c" * 64) == [timeline.id]


def test_a_save_over_another_ones_is_refused(workspace: Workspace, timeline):
    first = workspace.videos.save(timeline, expect=0)
    workspace.videos.save(replace(timeline, name="by another"), expect=first)
    with pytest.raises(Refused, match=r"video\.changed_elsewhere"):
        workspace.videos.save(replace(timeline, name="by me"), expect=first)
    assert workspace.videos.get(timeline.id).name == "by another"


def test_removed_is_gone_and_so_is_what_it_used(workspace: Workspace, timeline):
    workspace.videos.save(timeline)
    workspace.videos.set_post(timeline.id, "p1")
    assert workspace.videos.list()[0].post == "p1"
    workspace.videos.delete(timeline.id)
    assert workspace.videos.list() == [] and workspace.videos.using("c" * 64) == []
    with pytest.raises(NotFound):
        workspace.videos.get(timeline.id)


def test_a_source_that_is_no_longer_used_is_let_go(workspace: Workspace, timeline):
    workspace.videos.save(timeline)
    workspace.videos.save(replace(timeline, sources={}, tracks=()))
    assert workspace.videos.using("c" * 64) == [] and workspace.videos.get(timeline.id).duration == Fraction(0)
