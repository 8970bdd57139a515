"""Everything by keyboard: walking, choosing, and the twin of every drag."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from studio.ui.actions import perform
from studio.ui.video.timeline.panel import TimelinePanel
from studio.ui.video.timeline.scene import Selection
from tests.ui.video.timeline.films import Paper, long_film, reel
from tests.ui.video.timeline.hands import Hands

K, M = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = M.ControlModifier, M.ShiftModifier, M.AltModifier
FRAME = F(1, 30)


@pytest.fixture
def hands(panel: TimelinePanel) -> Hands:
    panel.activateWindow()
    panel.view.setFocus()
    return Hands(panel)


def placed(paper: Paper, clip: str):
    return paper.timeline.find(clip)[1]  # type: ignore[index]


def choose(panel: TimelinePanel, *clips: str) -> None:
    panel.controller.select(Selection(frozenset(clips)))


def test_arrows_walk_by_frames_seconds_and_cuts(panel, hands) -> None:
    hands.key(K.Key_Right, times=3)
    assert panel.playhead == 3 * FRAME
    hands.key(K.Key_Right, SHIFT)
    assert panel.playhead == 33 * FRAME
    hands.key(K.Key_Left)
    hands.key(K.Key_Down)
    assert panel.playhead == F(4, 3)  # a beat
    hands.key(K.Key_Up)
    hands.key(K.Key_Home)
    hands.key(K.Key_Left)
    assert panel.playhead == 0
    hands.key(K.Key_End)
    assert panel.playhead == panel.view.timeline.duration


def test_alt_and_arrows_choose_clips(panel, hands) -> None:
    hands.key(K.Key_Right, ALT)
    assert panel.selection.clips == {"m0"}
    hands.key(K.Key_Right, ALT)
    assert panel.selection.clips == {"m1"}
    assert panel.playhead == panel.view.timeline.snapped(panel.view.timeline.find("m1")[1].begin)
    hands.key(K.Key_Down, ALT)
    assert panel.selection.clips == {"v0"} or panel.selection.clips == {"v1"}
    hands.key(K.Key_Up, ALT, times=2)
    assert panel.selection.clips == {"o0"}
    hands.key(K.Key_Escape)
    assert not panel.selection


def test_a_letter_cuts_in_two_and_plays(panel, paper, hands) -> None:
    told: list[int] = []
    toggled: list[bool] = []
    panel.play_asked.connect(told.append)
    panel.toggle_asked.connect(lambda: toggled.append(True))
    panel.controller.go(F(2))
    hands.key(K.Key_S)
    assert len(paper.timeline.role("main").placed) == 6
    assert len(paper.timeline.role("captions").placed) == 8
    hands.key(K.Key_S, SHIFT)
    for key in (K.Key_L, K.Key_K, K.Key_J):
        hands.key(key)
    hands.key(K.Key_Space)
    assert told == [1, 0, -1] and toggled == [True]


def test_split_cuts_what_is_chosen_when_it_plays_there(panel, paper, hands) -> None:
    panel.controller.go(F(2))
    choose(panel, "t0")
    hands.key(K.Key_S)
    assert len(paper.timeline.role("titles").placed) == 4
    assert len(paper.timeline.role("main").placed) == 5


def test_in_and_out(panel, hands) -> None:
    told: list[bool] = []
    panel.range_changed.connect(lambda: told.append(True))
    panel.controller.go(F(3))
    hands.key(K.Key_I)
    panel.controller.go(F(7))
    hands.key(K.Key_O)
    assert panel.range == (F(3), F(7) + FRAME)
    panel.controller.go(F(9))
    hands.key(K.Key_I)
    assert panel.range == (F(9), panel.view.timeline.duration)
    choose(panel, "m1")
    hands.key(K.Key_X)
    assert panel.range == (panel.view.timeline.find("m1")[1].begin, panel.view.timeline.find("m1")[1].end)
    hands.key(K.Key_X, ALT)
    assert panel.range is None and len(told) == 5


def test_m_takes_a_clip_in_hand_arrows_carry_it_and_enter_lets_go(panel, paper, hands) -> None:
    choose(panel, "c7")
    hands.key(K.Key_M)
    assert panel.view.held is not None
    hands.key(K.Key_Right, times=5)
    hands.key(K.Key_Right, SHIFT)
    assert paper.edits == []
    assert panel.view.accessibleName().startswith("In hand")
    before = placed(paper, "c7").begin
    hands.key(K.Key_Return)
    assert paper.edits == ["Move clip"]
    assert placed(paper, "c7").begin == before + 35 * FRAME
    assert panel.view.held is None


def test_escape_puts_it_back(panel, paper, hands) -> None:
    choose(panel, "c7")
    hands.key(K.Key_M)
    hands.key(K.Key_Right, times=5)
    hands.key(K.Key_Escape)
    assert panel.view.held is None and paper.edits == []
    assert panel.selection.clips == {"c7"}


def test_carried_to_another_track_and_to_the_next_thing_to_cling_to(panel, paper, hands) -> None:
    choose(panel, "t1")
    hands.key(K.Key_M)
    hands.key(K.Key_Down)
    hands.key(K.Key_Right, CTRL)
    assert panel.view.held.aim.track == "overlay"
    hands.key(K.Key_Down)
    assert panel.view.held.aim.track == "main"
    hands.key(K.Key_Up)
    while panel.view.held.refused:
        hands.key(K.Key_Right, SHIFT)
    hands.key(K.Key_Return)
    assert paper.timeline.find("t1")[0].role == "overlay"


def test_edges_roll_slip_slide_by_keys(panel, paper, hands) -> None:
    choose(panel, "m1")
    for tool, key, name in ((K.Key_V, K.Key_BracketLeft, "Trim clip"), (K.Key_V, K.Key_BracketRight, "Trim clip"),
                            (K.Key_N, K.Key_M, "Roll cut"), (K.Key_Y, K.Key_M, "Slip clip"),
                            (K.Key_U, K.Key_M, "Slide clip")):
        hands.key(tool)
        hands.key(key)
        hands.key(K.Key_Left, times=3)
        hands.key(K.Key_Return)
        assert paper.edits.pop() == name
    assert not paper.edits


def test_a_transition_and_a_key_frame_by_keys(panel, paper, hands) -> None:
    transition = paper.timeline.tracks[0].items[1]
    panel.controller.select(Selection(join=transition.id))
    hands.key(K.Key_M)
    hands.key(K.Key_Right)
    hands.key(K.Key_Return)
    assert paper.timeline.tracks[0].items[1].duration == transition.duration + 2 * FRAME
    choose(panel, "m1")
    hands.key(K.Key_Right, CTRL | ALT)
    assert panel.selection.key == ("m1", 0)
    hands.key(K.Key_M)
    hands.key(K.Key_Right, times=4)
    hands.key(K.Key_Return)
    assert paper.edits[-1] == "Move key frame"


def test_a_marker_is_set_carried_and_taken_out(panel, paper, hands) -> None:
    panel.controller.go(F(8))
    hands.key(K.Key_M, CTRL)
    assert [marker.at for marker in paper.timeline.markers] == [5, 8]
    hands.key(K.Key_M)
    hands.key(K.Key_Right, times=2)
    hands.key(K.Key_Return)
    assert paper.timeline.markers[1].at == F(8) + 2 * FRAME
    panel.controller.go(F(5))
    hands.key(K.Key_M, CTRL)
    assert len(paper.timeline.markers) == 1


def test_with_nothing_chosen_m_says_what_to_do(panel, hands) -> None:
    told: list[str] = []
    panel.refused.connect(told.append)
    hands.key(K.Key_M)
    assert told == ["Choose a clip first."]


def test_delete_ripples_main_and_leaves_gaps_elsewhere_or_the_other_way(panel, paper, hands) -> None:
    second = placed(paper, "m4").begin
    choose(panel, "m1")
    hands.key(K.Key_Delete)
    assert placed(paper, "m4").begin < second
    panel.controller.undo()
    choose(panel, "m1")
    hands.key(K.Key_Delete, SHIFT)
    assert placed(paper, "m4").begin == second - F(1, 2) or placed(paper, "m4").begin == second
    begin = placed(paper, "c4").begin
    choose(panel, "c3")
    hands.key(K.Key_Delete)
    assert placed(paper, "c4").begin == begin
    choose(panel, "c5")
    last = placed(paper, "c7").begin
    hands.key(K.Key_Delete, SHIFT)
    assert placed(paper, "c7").begin < last


def test_other_tracks_follow_when_they_are_told_to(panel, paper, hands) -> None:
    hands.key(K.Key_F, SHIFT)
    assert panel.tools.follow.isChecked()
    before = placed(paper, "t2").begin
    choose(panel, "m1")
    hands.key(K.Key_Delete)
    assert placed(paper, "t2").begin < before


def test_copy_cut_paste_duplicate(panel, paper, hands) -> None:
    choose(panel, "o0")
    hands.key(K.Key_C, CTRL)
    panel.controller.go(F(18))
    hands.key(K.Key_V, CTRL)
    assert [p.begin for p in paper.timeline.role("overlay").placed] == [11, 18]
    assert panel.selection.clips and "o0" not in panel.selection.clips
    hands.key(K.Key_D, CTRL)
    assert len(paper.timeline.role("overlay").placed) == 3
    hands.key(K.Key_X, CTRL)
    assert len(paper.timeline.role("overlay").placed) == 2


def test_what_was_copied_is_pasted_into_another_project_with_its_source(panel, paper, hands):
    choose(panel, "m0")
    hands.key(K.Key_C, CTRL)
    other = Paper(long_film())
    panel.set_session(other)
    hands.key(K.Key_V, CTRL)
    assert "rye-bench" in other.timeline.sources
    assert len(other.timeline.role("main").placed) == 201


def test_a_look_is_given_to_others(panel, paper, hands) -> None:
    choose(panel, "m1")
    hands.key(K.Key_C, CTRL)
    choose(panel, "m0", "m4")
    hands.key(K.Key_V, CTRL | ALT)
    model = placed(paper, "m1").clip
    assert placed(paper, "m0").clip.transform == placed(paper, "m4").clip.transform == model.transform
    assert placed(paper, "m0").clip.source == "rye-bench"


def test_a_gap_is_closed_and_everything_after_is_chosen(panel, paper, hands) -> None:
    before = placed(paper, "t1").begin
    choose(panel, "t0")
    panel.controller.go(F(5))
    hands.key(K.Key_G, SHIFT)
    assert placed(paper, "t1").begin == placed(paper, "t0").end < before
    assert placed(paper, "c3").begin == placed(Paper(reel()), "c3").begin
    hands.key(K.Key_A)
    assert all(placed(paper, id).begin >= 5 for id in panel.selection.clips)
    assert {"c2", "m2", "v3"} & panel.selection.clips
    assert not panel.controller.close_gap("main", F(3))


def test_group_link_detach_mute(panel, paper, hands) -> None:
    choose(panel, "c0", "c1")
    hands.key(K.Key_G, CTRL)
    assert placed(paper, "c0").clip.group == placed(paper, "c1").clip.group != ""
    hands.key(K.Key_G, CTRL | SHIFT)
    hands.key(K.Key_L, CTRL)
    assert placed(paper, "c0").clip.link
    hands.key(K.Key_L, CTRL)
    assert not placed(paper, "c0").clip.link
    choose(panel, "m4")
    hands.key(K.Key_D, CTRL | SHIFT)
    assert placed(paper, "m4").clip.sound.muted
    choose(panel, "v0")
    hands.key(K.Key_M, SHIFT)
    assert placed(paper, "v0").clip.sound.muted
    hands.key(K.Key_M, SHIFT)
    assert not placed(paper, "v0").clip.sound.muted


def test_trim_to_the_playhead(panel, paper, hands) -> None:
    panel.controller.go(F(2))
    hands.key(K.Key_Q)
    assert paper.timeline.find("m0")[1].clip.start > F(2)
    assert panel.playhead == 0
    panel.controller.go(F(1))
    hands.key(K.Key_W)
    assert placed(paper, "m0").end <= F(1) + F(1, 2)


def test_nudges_are_one_step_for_undo(panel, paper, hands) -> None:
    choose(panel, "c7")
    before = placed(paper, "c7").begin
    hands.key(K.Key_Period, times=4)
    assert placed(paper, "c7").begin == before + 4 * FRAME
    hands.key(K.Key_Z, CTRL)
    assert placed(paper, "c7").begin == before
    hands.key(K.Key_Z, CTRL | SHIFT)
    assert placed(paper, "c7").begin == before + 4 * FRAME


def test_louder_by_keys(panel, paper, hands) -> None:
    choose(panel, "v0")
    hands.key(K.Key_Down, CTRL, times=3)
    assert placed(paper, "v0").clip.sound.gain.value == -3.0


def test_a_transition_at_the_nearest_cut(panel, paper, hands) -> None:
    panel.controller.go(placed(paper, "m2").begin)
    hands.key(K.Key_T, CTRL)
    assert paper.edits == ["Add transition"]
    assert panel.selection.join


def test_choose_all_and_the_clip_here(panel, hands) -> None:
    hands.key(K.Key_A, CTRL)
    assert len(panel.selection.clips) == len(list(panel.view.timeline.clips()))
    hands.key(K.Key_Escape)
    panel.controller.go(F(8))
    hands.key(K.Key_D)
    assert panel.selection.clips == {"m1"}


def test_zoom_by_keys(panel, hands) -> None:
    before = panel.view.scale_now.per_second
    hands.key(K.Key_Equal)
    assert panel.view.scale_now.per_second > before
    hands.key(K.Key_Z, SHIFT)
    assert panel.view.scale_now.per_second == pytest.approx(before)


def test_letters_belong_to_a_field_while_it_has_the_focus(panel, paper) -> None:
    field = QLineEdit(panel)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "slip jklm")
    assert field.text() == "slip jklm" and paper.edits == []


def test_every_action_is_unique_and_does_no_harm(panel, paper) -> None:
    actions = panel.commands()
    keys = [action.shortcut for action in actions if action.shortcut]
    assert len(keys) == len(set(keys))
    assert len({action.id for action in actions}) == len(actions)
    for chosen in (Selection(), Selection(frozenset({"m1", "v0"})), Selection(marker=0), Selection(key=("m1", 0))):
        for action in actions:
            if action.id == "timeline.tracks":  # a menu, which waits for somebody
                continue
            panel.controller.select(chosen)
            perform(action)
            panel.view.give_up()
    while paper.history.undo_name is not None:
        panel.controller.undo()


def test_an_empty_project_takes_every_key(theme, hands, panel) -> None:
    from studio.core.edits.arrange import empty

    panel.set_session(Paper(empty()))
    for action in panel.commands():
        if action.id != "timeline.tracks":
            perform(action)
    for key in (K.Key_Left, K.Key_End, K.Key_Down, K.Key_Return, K.Key_M, K.Key_PageDown):
        hands.key(key)
        hands.key(key, ALT)
    assert panel.playhead == 0
