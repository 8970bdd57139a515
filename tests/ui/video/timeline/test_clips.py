"""Clips are readable and their states can be told apart, on dark grounds in both lights."""

from __future__ import annotations

import pytest

from studio.core.edits.looks import set_fields
from studio.core.edits.trim import set_speed
from studio.core.timeline import Clip, Timeline, Track
from studio.core.words import N
from studio.ui.tokens import COLOURS
from studio.ui.video.timeline.layout import HEIGHTS
from studio.ui.video.timeline.panel import TimelinePanel
from tests.ui.test_contrast import ratio
from tests.ui.video.timeline.films import Paper, reel


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("role", list(HEIGHTS))
def test_words_and_waves_stand_out_from_their_clip(role: str, side: int) -> None:
    assert ratio(COLOURS[f"on-clip-{role}"][side], COLOURS[f"clip-{role}"][side]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_a_chosen_clip_stands_out_from_the_lanes(side: int) -> None:
    assert ratio(COLOURS["focus"][side], COLOURS["sunken"][side]) >= 3


def test_the_playhead_stands_out_from_every_lane() -> None:
    for side in (0, 1):
        for ground in ("sunken", "surface", "stage", "window"):
            assert ratio(COLOURS["now"][side], COLOURS[ground][side]) >= 3


def shot(panel: TimelinePanel) -> bytes:
    """The picture of the whole view, as bytes."""
    image = panel.view.grab().toImage()
    return bytes(image.constBits())


@pytest.mark.parametrize("change", [
    lambda t: set_fields(t, ["m0"], name="Another"), lambda t: set_speed(t, "m4", t.rate / 20),
    lambda t: set_fields(t, ["v0"], name="x"), lambda t: set_fields(t, ["m0"], reverse=True),
    lambda t: set_fields(t, ["m2"], link="a"),
], ids=["name", "speed", "sound", "reverse", "link"])  # fmt: skip
def test_what_was_done_to_a_clip_shows(panel: TimelinePanel, paper: Paper, change) -> None:
    before = shot(panel)
    paper.edit(N("timeline", "Trim clip"), change)
    assert shot(panel) != before


def test_choosing_hovering_and_hiding_show(panel: TimelinePanel) -> None:
    pictures = {shot(panel)}
    panel.controller.choose(["m1"])
    pictures.add(shot(panel))
    panel.view.hovered = "end:m3"
    pictures.add(shot(panel))
    panel.controller.set_track(N("timeline", "Hide track"), "music", hidden=True)
    pictures.add(shot(panel))
    assert len(pictures) == 4


def test_a_clip_whose_file_is_not_known_is_drawn_and_named(panel: TimelinePanel, picture) -> None:
    lost = Timeline("x", tracks=(
        Track("main", "main", (Clip("a", reel().duration, source="gone", name="lost"), Clip("b", reel().duration / 2,
              kind="solid", color="#336699"), Clip("c", reel().duration / 3, kind="adjustment"))),
        Track("music", "music", (Clip("d", reel().duration, source="gone"),)),
    ))  # fmt: skip
    panel.set_session(Paper(lost))
    picture(panel, "timeline-lost")
    assert "lost" in panel.view.controller.timeline.find("a")[1].clip.name  # type: ignore[index]


def test_taller_tracks_show_how_a_picture_sounds(panel: TimelinePanel, picture) -> None:
    panel.view.set_tall(1.5)
    picture(panel, "timeline-tall")
    assert panel.view.plan().by_clip["m1"].rect.height() > 92
