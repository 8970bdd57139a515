"""The mouse on the timeline."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from studio.core.edits.arrange import detach, group
from studio.ui.video.timeline.panel import TimelinePanel
from studio.ui.video.timeline.scene import Selection
from tests.ui.video.timeline.films import Paper, long_film
from tests.ui.video.timeline.hands import Hands

CTRL, SHIFT, ALT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                    Qt.KeyboardModifier.AltModifier)  # fmt: skip


@pytest.fixture
def hands(panel: TimelinePanel) -> Hands:
    return Hands(panel)


def begin(paper: Paper, clip: str) -> F:
    return paper.timeline.find(clip)[1].begin  # type: ignore[index]


def long(paper: Paper, clip: str) -> F:
    return paper.timeline.find(clip)[1].clip.duration  # type: ignore[index]


def test_a_click_chooses_a_clip_and_another_beside_it_more(panel, hands) -> None:
    hands.click(hands.low("m1"))
    assert panel.selection.clips == {"m1"}
    hands.click(hands.at("clip:c3"), SHIFT)
    assert panel.selection.clips == {"m1", "c3"}
    hands.click(hands.at("clip:c3"), SHIFT)
    assert panel.selection.clips == {"m1"}


def test_a_click_beside_clips_chooses_nothing_and_goes_there(panel, hands) -> None:
    hands.click(hands.low("m1"))
    told = []
    panel.playhead_moved.connect(told.append)
    lane = panel.view.plan().lane("overlay")
    at = QPoint(round(panel.view.scale_now.x(3)), round(lane.top + lane.height / 2))
    hands.click(at)
    assert panel.selection == Selection()
    assert told and abs(told[-1] - 3) < F(1, 20)


def test_groups_and_links_are_chosen_together(panel, paper, hands) -> None:
    paper.edit(panel.commands()[0].text, lambda t: group(t, ["c0", "c5"]))
    hands.click(hands.at("clip:c0"))
    assert panel.selection.clips == {"c0", "c5"}
    paper.edit(panel.commands()[0].text, lambda t: detach(t, "m4"))
    hands.click(hands.low("m4"))
    assert len(panel.selection.clips) == 2
    panel.controller.set_linking(False)
    hands.click(hands.low("m4"))
    assert panel.selection.clips == {"m4"}


def test_the_ruler_moves_the_playhead_by_whole_frames(panel, hands) -> None:
    told = []
    panel.playhead_moved.connect(told.append)
    start = QPoint(round(panel.view.scale_now.x(2)), 12)
    hands.press(start)
    hands.move(start + QPoint(101, 0))
    hands.release(start + QPoint(101, 0))
    assert len(told) == 2
    assert all((t * 30).denominator == 1 for t in told)
    hands.press(start)
    hands.move(QPoint(-500, 12))
    hands.release(QPoint(-500, 12))
    assert told[-1] == 0


def test_a_caption_dragged_to_the_right_is_one_edit_that_undo_takes_back(panel, paper, hands) -> None:
    before = paper.timeline
    panel.controller.set_snapping(False)
    hands.drag(hands.at("clip:c7"), QPoint(40, 0))
    assert paper.edits == ["Move clip"]
    assert begin(paper, "c7") == before.find("c7")[1].begin + before.snapped(panel.view.scale_now.length(40))
    panel.controller.undo()
    assert paper.timeline == before


def test_while_it_is_dragged_the_document_stays_as_it_is(panel, paper, hands) -> None:
    before = paper.timeline
    at = hands.at("clip:c7")
    hands.press(at)
    hands.move(at + QPoint(8, 0))
    hands.move(at + QPoint(40, 0))
    assert paper.timeline is before
    assert panel.view.timeline is not before
    assert panel.view.held.says
    hands.key(Qt.Key.Key_Escape)
    hands.move(at + QPoint(60, 0))
    hands.release(at + QPoint(60, 0))
    assert paper.timeline is before and paper.edits == []


def test_where_there_is_no_room_it_says_so_and_goes_back(panel, paper, hands) -> None:
    at = hands.at("clip:c1")
    hands.press(at)
    hands.move(at + QPoint(10, 0))
    hands.move(at + QPoint(60, 0))
    assert panel.view.held.refused
    assert panel.view.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    hands.release(at + QPoint(60, 0))
    assert paper.edits == []


def test_a_small_tremble_is_a_click(panel, paper, hands) -> None:
    hands.drag(hands.low("m1"), QPoint(3, 1))
    assert paper.edits == []
    assert panel.selection.clips == {"m1"}


def test_on_the_main_track_clips_change_places(panel, paper, hands) -> None:
    wide = panel.view.plan().by_clip["m3"].rect.width()
    hands.drag(hands.low("m3"), QPoint(round(wide * 1.2), 0))
    assert [p.clip.id for p in paper.timeline.role("main").placed] == ["m0", "m1", "m2", "m4", "m3"]


def test_an_edge_clings_to_the_playhead(panel, paper, hands) -> None:
    end = paper.timeline.find("o0")[1].end
    panel.controller.go(end - F(1, 2))
    edge = hands.at("end:o0")
    target = panel.view.scale_now.x(panel.playhead) - panel.view.scale_now.x(end)
    hands.drag(edge, QPoint(round(target) + 1, 0))
    assert paper.edits == ["Trim clip"]
    assert paper.timeline.find("o0")[1].end == panel.playhead


def test_trimming_ripples_the_main_track_and_with_ctrl_leaves_a_gap(panel, paper, hands) -> None:
    panel.controller.set_snapping(False)
    hands.drag(hands.at("end:m1"), QPoint(-30, 0))
    assert begin(paper, "m2") == paper.timeline.find("m1")[1].end
    panel.controller.undo()
    hands.drag(hands.at("end:m1"), QPoint(-30, 0), CTRL)
    assert begin(paper, "m2") > paper.timeline.find("m1")[1].end


@pytest.mark.parametrize(("tool", "name"), [("roll", "Roll cut"), ("slip", "Slip clip"), ("slide", "Slide clip")])
def test_the_tools(panel, paper, hands, tool, name) -> None:
    panel.controller.use(tool)
    panel.controller.set_snapping(False)
    hands.drag(hands.low("m3"), QPoint(-14, 0))
    assert paper.edits == [name]


def test_the_blade_cuts_where_it_is_set(panel, paper, hands) -> None:
    panel.controller.use("blade")
    hands.click(hands.low("m1"))
    assert paper.edits == ["Split clip"]
    assert len(paper.timeline.role("main").placed) == 6


def test_a_transition_is_chosen_and_made_longer(panel, paper, hands) -> None:
    badge = panel.view.plan().badges[0]
    at = badge.rect.center().toPoint()
    hands.click(at)
    assert panel.selection.join == badge.transition.id
    hands.drag(at, QPoint(6, 0))
    assert paper.edits == ["Change transition length"]
    hands.key(Qt.Key.Key_Delete)
    assert paper.edits[-1] == "Remove transition"


def test_a_plus_stands_at_a_plain_cut_and_puts_a_transition_there(panel, paper, hands) -> None:
    rect = panel.view.plan().by_clip["m1"].rect
    at = QPoint(round(rect.right()), round(rect.center().y()))
    hands.hover(at)
    assert panel.view.cut is not None
    hands.click(at)
    assert paper.edits == ["Add transition"]
    assert panel.selection.join


def test_a_frame_around_clips_chooses_them(panel, hands) -> None:
    plan = panel.view.plan()
    start = QPoint(round(plan.by_clip["t0"].rect.right()) + 10, round(plan.lane("titles").top) + 6)
    hands.press(start)
    hands.move(QPoint(round(plan.by_clip["t1"].rect.center().x()), start.y() - 18))
    assert panel.view.lasso is not None
    hands.release(start)
    assert "t1" in panel.selection.clips and "t2" not in panel.selection.clips
    assert panel.view.lasso is None


def test_eye_and_lock_of_a_track(panel, paper, hands) -> None:
    hands.click(panel.view.area("eye:overlay").center())
    assert paper.timeline.track("overlay").hidden
    hands.click(panel.view.area("lock:captions").center())
    assert paper.timeline.track("captions").locked
    told = []
    panel.refused.connect(told.append)
    hands.click(hands.at("clip:c1"))
    hands.key(Qt.Key.Key_Delete)
    assert told and paper.timeline.find("c1") is not None


def test_a_clip_is_dragged_to_another_track(panel, paper, hands) -> None:
    down = panel.view.plan().lane("captions").top - panel.view.plan().lane("titles").top
    panel.controller.set_snapping(False)
    before = begin(paper, "t1")
    hands.click(hands.at("clip:c7"))
    hands.key(Qt.Key.Key_Delete)
    hands.drag(hands.at("clip:t2"), QPoint(0, round(down)))
    assert paper.timeline.find("t2")[0].role == "captions"
    assert begin(paper, "t1") == before


def test_fades_and_volume(panel, paper, hands) -> None:
    panel.view.set_tall(2.0)
    panel.view.scroll_by(0, 999)
    hands.drag(hands.at("in:v0"), QPoint(20, 0))
    assert paper.timeline.find("v0")[1].clip.sound.fade_in > 0
    plan = panel.view.plan()
    box = plan.by_clip["v1"]
    line = QPoint(round(box.rect.center().x()), round(plan.level(box, 0.0)))
    hands.drag(line, QPoint(0, 20))
    assert paper.timeline.find("v1")[1].clip.sound.gain.value < -3
    QTest.mouseDClick(panel.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(
        line.x(), round(panel.view.plan().level(box, paper.timeline.find("v1")[1].clip.sound.gain.value))))
    assert len(paper.timeline.find("v1")[1].clip.sound.gain.keys) == 1


def test_a_key_frame_is_moved_and_taken_out(panel, paper, hands) -> None:
    hands.drag(hands.at("key:m1:1"), QPoint(-20, 0))
    assert paper.edits == ["Move key frame"]
    hands.click(hands.at("key:m1:1"))
    assert panel.selection.key == ("m1", 1)
    hands.key(Qt.Key.Key_Delete)
    assert len(paper.timeline.find("m1")[1].clip.transform.scale.keys) == 1


def test_a_marker_is_moved(panel, paper, hands) -> None:
    panel.controller.set_snapping(False)
    hands.drag(panel.view.area("marker:0").center(), QPoint(50, 0))
    assert paper.timeline.markers[0].at > 5


def test_double_click_opens(panel, hands) -> None:
    told = []
    panel.opened.connect(told.append)
    QTest.mouseDClick(panel.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, hands.low("m2"))
    assert told == ["m2"]


def test_the_wheel_scrolls_zooms_and_makes_tracks_higher(panel, hands) -> None:
    view = panel.view
    hands.wheel(120, CTRL)
    zoomed = view.scale_now.per_second
    at = view.rect().center()
    moment = view.scale_now.seconds(at.x())
    hands.wheel(240, CTRL, at)
    assert view.scale_now.per_second > zoomed
    assert view.scale_now.seconds(at.x()) == pytest.approx(moment, abs=1e-6)
    left = view.scale_now.left
    hands.wheel(-240)
    assert view.scale_now.left > left
    hands.wheel(1200, ALT)
    assert view.tall == 2.0
    down = view.down
    hands.wheel(-240, SHIFT)
    assert view.down > down
    hands.wheel(-2400, ALT)
    assert view.tall == 0.6


def test_it_fits_until_somebody_zooms(panel) -> None:
    before = panel.view.scale_now.per_second
    panel.resize(900, 420)
    QTest.qWait(1)
    assert panel.view.scale_now.per_second < before
    panel.view.set_zoom(90)
    panel.resize(1216, 420)
    QTest.qWait(1)
    assert panel.view.scale_now.per_second == 90


def test_the_playhead_of_the_player_is_followed_page_by_page(panel) -> None:
    panel.set_session(Paper(long_film()))
    panel.view.set_zoom(60)
    told = []
    panel.playhead_moved.connect(told.append)
    for second in (5, 30, 31):
        panel.set_playhead(F(second), follow=True)
    assert panel.view.scale_now.left == pytest.approx(30, abs=0.1)
    assert told == []


def test_another_project_is_shown_and_the_old_one_no_longer_heard(panel, paper) -> None:
    panel.controller.select(Selection(frozenset({"m1"})))
    panel.set_session(Paper(long_film()))
    assert panel.selection == Selection()
    assert "m199" in {p.clip.id for _, p in panel.view.timeline.clips()}
    plan = panel.view.plan()
    paper.edit(panel.commands()[0].text, lambda t: detach(t, "m1"))
    assert panel.view.plan() is plan


def test_tool_tips_name_what_lies_there(panel) -> None:
    from studio.ui.video.timeline.words import tip

    plan = panel.view.plan()
    for name in ("clip:m1", "eye:voice", "lock:main", "add", "marker:0", f"join:{plan.badges[0].transition.id}"):
        assert tip(plan, plan.hit(plan.area(name).center()))
    assert "green-door" in tip(plan, plan.hit(panel.view.plan().by_clip["m1"].rect.center()))


def test_the_view_moves_along_at_its_sides(panel, hands) -> None:
    panel.view.set_zoom(200)
    start = QPoint(600, 12)
    hands.press(start)
    hands.move(QPoint(panel.view.width() - 4, 12))
    left = panel.view.scale_now.left
    QTest.qWait(60)
    hands.release(QPoint(panel.view.width() - 4, 12))
    assert panel.view.scale_now.left > left


def test_leaving_puts_out_the_light(panel, hands) -> None:
    hands.hover(hands.at("end:m3"))
    assert panel.view.hovered == "end:m3"
    panel.view.leaveEvent(QEvent(QEvent.Type.Leave))
    assert panel.view.hovered == ""


def test_in_and_out_are_dragged_on_the_ruler(panel, hands) -> None:
    panel.controller.set_range(F(4), F(10))
    x = panel.view.scale_now.x
    hands.drag(QPoint(round(x(4)), 8), QPoint(round(x(6) - x(4)), 0))
    assert abs(panel.range[0] - 6) < F(1, 10)
    hands.drag(QPoint(round(x(10)), 8), QPoint(-900, 0))
    assert panel.range == (panel.range[0], panel.range[0] + F(1, 30))


def test_a_point_of_the_volume_is_taken_off_by_a_double_click(panel, paper, hands) -> None:
    count = len(paper.timeline.find("s0")[1].clip.sound.gain.keys)
    QTest.mouseDClick(panel.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, hands.at("point:s0:3"))
    assert len(paper.timeline.find("s0")[1].clip.sound.gain.keys) == count - 1


def test_an_empty_timeline_says_what_to_do(panel, picture) -> None:
    from studio.core.edits.arrange import empty

    panel.set_session(Paper(empty()))
    picture(panel, "timeline-empty")
