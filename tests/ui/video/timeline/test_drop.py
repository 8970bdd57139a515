"""What falls on the timeline from the bin and from the file manager."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as F
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from studio.core.edits.arrange import set_track
from studio.core.timeline import Timeline
from studio.core.words import N
from studio.services.videos.projects import clip_of
from studio.ui.video.carried import MIME, Carried, pack
from studio.ui.video.timeline.drop import fitting_track, landed
from studio.ui.video.timeline.panel import TimelinePanel
from tests.ui.video.timeline.films import Paper, reel, sound
from tests.ui.video.timeline.hands import Hands

COPY, NONE, LEFT = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


class Carrier:
    """A drag over the view."""

    def __init__(self, panel: TimelinePanel, data: QMimeData) -> None:
        self.view, self.data = panel.view, data

    def over(self, at: QPoint) -> bool:
        enter = QDragEnterEvent(at, COPY, self.data, LEFT, NONE)
        enter.ignore()
        QApplication.sendEvent(self.view, enter)
        if not enter.isAccepted():
            return False
        move = QDragMoveEvent(at, COPY, self.data, LEFT, NONE)
        QApplication.sendEvent(self.view, move)
        return move.isAccepted()

    def drop(self, at: QPoint) -> None:
        """As Qt does it: only where it was accepted before."""
        if self.over(at):
            QApplication.sendEvent(self.view, QDropEvent(QPointF(at), COPY, self.data, LEFT, NONE))


@pytest.fixture
def hands(panel: TimelinePanel) -> Iterator[Hands]:
    panel.controller.set_snapping(False)
    yield Hands(panel)


def place(panel: TimelinePanel, track: str, t: F) -> QPoint:
    lane = panel.view.plan().lane(track)
    assert lane is not None
    return QPointF(panel.view.scale_now.x(t), lane.top + lane.height / 2).toPoint()


def roles(timeline: Timeline, role: str) -> list[str]:
    track = timeline.role(role)  # type: ignore[arg-type]
    assert track is not None
    return [p.clip.source for p in track.placed]


def test_a_source_lands_on_the_main_track_at_the_nearest_cut(panel, paper, hands) -> None:
    carrier = Carrier(panel, pack([Carried("source", "steam-close", "7")]))
    at = place(panel, "main", F(9))
    assert carrier.over(at)
    assert panel.view.landing.words == "steam-close.mov"
    carrier.drop(at)
    assert roles(paper.timeline, "main")[2] == "steam-close"
    assert panel.view.landing is None and paper.edits == ["Add clip"]


def test_on_other_tracks_it_lies_where_it_was_let_go_or_on_a_new_track(panel, paper, hands) -> None:
    carrier = Carrier(panel, pack([Carried("source", "steam-close", "7")]))
    carrier.drop(place(panel, "overlay", F(2)))
    begins = [p.begin for p in paper.timeline.role("overlay").placed]
    assert len(begins) == 2 and abs(begins[0] - 2) < F(1, 10)
    carrier.drop(place(panel, "overlay", F(3)))
    assert [track.role for track in paper.timeline.tracks].count("overlay") == 2


def test_a_sound_goes_to_a_track_of_sounds_wherever_it_is_let_go(panel, paper, hands) -> None:
    carrier = Carrier(panel, pack([Carried("source", "voice-take-3", "30", sound=True)]))
    carrier.drop(place(panel, "main", F(1)))
    assert "voice-take-3" not in roles(paper.timeline, "main")
    assert sum("voice-take-3" in [p.clip.source for p in t.placed] for t in paper.timeline.tracks if not t.seen) == 2


def test_files_and_what_is_not_known_yet_are_told(panel, paper, hands, tmp_path: Path) -> None:
    told = []
    panel.dropped.connect(told.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.mov")), QUrl("https://example.org/b.mov")])
    carrier = Carrier(panel, data)
    assert carrier.over(place(panel, "main", F(0)))
    carrier.drop(place(panel, "main", F(0)))
    assert told[-1].files == (tmp_path / "a.mov",) and told[-1].track == "main"
    Carrier(panel, pack([Carried("asset", "x1")])).drop(place(panel, "overlay", F(4)))
    assert told[-1].things[0].id == "x1" and abs(told[-1].at - 4) < F(1, 10)
    assert paper.edits == []


def test_an_effect_lands_on_a_clip_and_nowhere_else(panel, paper, hands) -> None:
    from studio.core.effects import EFFECTS

    name = next(iter(EFFECTS))
    carrier = Carrier(panel, pack([Carried("effect", name)]))
    assert not carrier.over(place(panel, "overlay", F(2)))
    assert panel.view.landing.refused
    assert carrier.over(hands.low("m1"))
    carrier.drop(hands.low("m1"))
    assert [e.name for e in paper.timeline.find("m1")[1].clip.effects] == [name]


def test_a_transition_lands_on_the_nearer_cut(panel, paper, hands) -> None:
    carrier = Carrier(panel, pack([Carried("transition", "crossfade")]))
    box = panel.view.plan().by_clip["m3"].rect
    carrier.drop(QPoint(round(box.right()) - 20, round(box.bottom()) - 10))
    assert paper.edits == ["Add transition"]
    track, placed = paper.timeline.find("m3")
    assert track.transition_after(placed) is not None


def test_a_locked_track_takes_nothing_and_says_so(panel, paper, hands) -> None:
    paper.edit(N("timeline", "Lock track"), lambda t: set_track(t, "overlay", locked=True))
    carrier = Carrier(panel, pack([Carried("source", "steam-close", "7")]))
    assert not carrier.over(place(panel, "overlay", F(2)))
    assert panel.view.landing.refused
    QApplication.sendEvent(panel.view, QDragLeaveEvent())
    assert panel.view.landing is None


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[1]", b'[{"kind": 1}]', b'[{"a": "b"}]', b"\xff\xfe", b"null",
                                     b'[{"kind": "source", "id": [], "seconds": "1"}]', b'[{"kind": 5, "id": {}}]'])
def test_rubbish_of_another_program_is_no_drag(panel, paper, hands, rubbish: bytes) -> None:
    data = QMimeData()
    data.setData(MIME, rubbish)
    carrier = Carrier(panel, data)
    carrier.over(place(panel, "main", F(1)))
    carrier.drop(place(panel, "main", F(1)))
    assert paper.edits == []


def test_where_a_clip_lands_when_there_is_no_track_under_it():
    timeline = reel()
    assert fitting_track(timeline, None, heard=False).role == "main"
    assert fitting_track(timeline, timeline.track("main"), heard=True).role == "music"
    clip = clip_of(sound("walking-home", 151), timeline)
    again = landed(timeline, "music", clip, F(0))
    assert [track.role for track in again.tracks].count("music") == 2


def test_snapping_brings_a_drop_to_an_edge(panel: TimelinePanel, paper: Paper) -> None:
    end = paper.timeline.find("o0")[1].end  # type: ignore[index]
    carrier = Carrier(panel, pack([Carried("source", "steam-close", "7")]))
    carrier.drop(place(panel, "overlay", end) + QPoint(4, 0))
    assert [p.begin for p in paper.timeline.role("overlay").placed] == [11, end]  # type: ignore[union-attr]


@pytest.mark.parametrize("seconds", ["", "abc", "1/0", "-5", "nan", "0"])
def test_a_length_that_is_none_does_no_harm(panel: TimelinePanel, paper: Paper, seconds: str) -> None:
    carrier = Carrier(panel, pack([Carried("source", "unknown", seconds)]))
    told: list[object] = []
    panel.dropped.connect(told.append)
    carrier.drop(place(panel, "overlay", F(4)))
    assert len(told) == 1 and paper.edits == []


def test_a_drag_held_at_a_side_moves_the_view_along(panel: TimelinePanel) -> None:
    panel.view.set_zoom(200)
    carrier = Carrier(panel, pack([Carried("source", "steam-close", "7")]))
    left = panel.view.scale_now.left
    carrier.over(QPoint(panel.view.width() - 10, 150))
    assert panel.view.scale_now.left > left
