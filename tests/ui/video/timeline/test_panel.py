"""Tools, readout, scroll bar and menus around the tracks."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from studio.core.edits.rules import broken
from studio.ui.i18n import LANGUAGES
from studio.ui.video.timeline.layout import Hit
from studio.ui.video.timeline.menus import built, tracks_menu
from studio.ui.video.timeline.naming import Naming
from studio.ui.video.timeline.panel import TimelinePanel
from tests.ui.video.timeline.films import Paper, long_film

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_the_tools_take_turns(panel: TimelinePanel) -> None:
    tools = panel.tools.tools
    for name in ("blade", "blade", "slip"):
        QTest.mouseClick(tools[name], LEFT)
        assert panel.controller.tool == name
        assert [tool for tool, button in tools.items() if button.isChecked()] == [name]
    panel.controller.use("select")
    assert tools["select"].isChecked()


def test_magnet_and_link_are_switches(panel: TimelinePanel) -> None:
    for button, name in ((panel.tools.snap, "snapping"), (panel.tools.link, "linking")):
        assert button.isChecked() and getattr(panel.controller, name)
        QTest.mouseClick(button, LEFT)
        assert not button.isChecked() and not getattr(panel.controller, name)


def test_what_others_do_is_asked_for(panel: TimelinePanel) -> None:
    told: list[str] = []
    panel.record_asked.connect(lambda: told.append("record"))
    panel.captions_asked.connect(lambda: told.append("captions"))
    QTest.mouseClick(panel.tools.record, LEFT)
    QTest.mouseClick(panel.tools.captions, LEFT)
    assert told == ["record", "captions"]


def test_the_readout_says_where_the_playhead_is(panel: TimelinePanel) -> None:
    panel.set_playhead(F(284, 30))
    assert panel.tools.readout.words == ("0:09.14", "0:24.15")
    assert "0:09.14" in panel.tools.readout.accessibleName()


def test_the_slider_and_the_buttons_zoom(panel: TimelinePanel) -> None:
    before = panel.view.scale_now.per_second
    QTest.mouseClick(panel.tools.into, LEFT)
    assert panel.view.scale_now.per_second > before
    panel.tools.slider.setValue(900)
    assert panel.view.scale_now.per_second > 10 * before
    QTest.mouseClick(panel.tools.fit, LEFT)
    assert panel.view.scale_now.per_second == pytest.approx(before)
    assert panel.tools.slider.value() < 900


def test_the_scroll_bar_scrolls_zooms_and_jumps(panel: TimelinePanel) -> None:
    panel.set_session(Paper(long_film()))
    panel.view.set_zoom(30)
    bar, view = panel.bar, panel.view
    thumb = bar.thumb()
    start = thumb.center().toPoint()
    QTest.mousePress(bar, LEFT, NONE, start)
    QTest.mouseMove(bar, start + QPoint(200, 0))
    QTest.mouseRelease(bar, LEFT, NONE, start + QPoint(200, 0))
    assert view.scale_now.left > 50
    assert bar.thumb().left() == pytest.approx(thumb.left() + 200, abs=2)
    QTest.mouseClick(bar, LEFT, NONE, QPoint(bar.width() - 10, 8))
    assert view.scale_now.left > 500
    thumb = bar.thumb()
    end = QPointF(thumb.right() - 3, 8).toPoint()
    zoom = view.scale_now.per_second
    QTest.mousePress(bar, LEFT, NONE, end)
    QTest.mouseMove(bar, end - QPoint(30, 0))
    QTest.mouseRelease(bar, LEFT, NONE, end)
    assert view.scale_now.per_second > zoom


def test_a_narrow_panel_leaves_out_what_has_no_room(panel: TimelinePanel) -> None:
    panel.resize(560, 300)
    QTest.qWait(1)
    assert not panel.tools.readout.isVisible() and not panel.tools.slider.isVisible()
    assert panel.tools.fit.geometry().right() <= panel.width()


@pytest.mark.parametrize("hit", [
    Hit("clip", "m1", "main"), Hit("key", "m1:0", "main"), Hit("head", "main", "main"), Hit("head", "music", "music"),
    Hit("eye", "overlay", "overlay"), Hit("lane", "main", "main"), Hit("add"), Hit("marker", "0"), Hit("ruler"), None,
    Hit("join", "", ""),
], ids=str)  # fmt: skip
def test_every_entry_of_every_menu_keeps_the_rules(panel: TimelinePanel, paper: Paper, hit: Hit | None) -> None:
    if hit is not None and hit.kind == "join":
        hit = Hit("join", panel.view.plan().badges[0].transition.id, "main")
    count = len([a for a in built(panel.view, hit).actions() if not a.isSeparator()])
    assert count
    for number in range(count):
        made = built(panel.view, hit)
        action = [a for a in made.actions() if not a.isSeparator()][number]
        if action.isEnabled() and action.menu() is None:
            action.trigger()
        panel.view.give_up()
        assert broken(paper.timeline) == ""
        while paper.history.undo_name is not None:
            panel.controller.undo()
        made.deleteLater()


def test_ducking_is_a_tick_on_music(panel: TimelinePanel, paper: Paper) -> None:
    made = built(panel.view, Hit("head", "music", "music"))
    duck = next(a for a in made.actions() if a.isCheckable())
    assert duck.isChecked()
    duck.trigger()
    assert not paper.timeline.track("music").duck  # type: ignore[union-attr]


def test_tracks_are_added_moved_and_removed(panel: TimelinePanel, paper: Paper) -> None:
    panel.controller.add_track("overlay")
    new = next(t for t in paper.timeline.tracks if t.role == "overlay" and not t.items)
    order = [t.id for t in paper.timeline.tracks]
    panel.controller.move_track(new.id, 1)
    assert [t.id for t in paper.timeline.tracks] != order
    panel.controller.remove_track(new.id)
    told: list[str] = []
    panel.refused.connect(told.append)
    assert not panel.controller.remove_track("main") and told


@pytest.mark.parametrize("code", list(LANGUAGES))
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_drawn_in_every_language_and_light(panel, theme, qapp, picture, code: str, mode: str) -> None:
    theme.apply(qapp, mode)
    theme.language.set(code)
    QTest.qWait(1)
    panel.controller.choose(["m1"])
    picture(panel, f"timeline-{code}-{mode}")
    assert _unnamed(panel) == []


def test_large_text_makes_everything_larger(panel, theme, picture) -> None:
    before = panel.view.plan().lanes[0].height
    theme.scale = 2.0
    theme.refresh()
    QTest.qWait(1)
    assert panel.view.plan().lanes[0].height == 2 * before
    picture(panel, "timeline-200")
    theme.scale = 1.0
    theme.refresh()


def _unnamed(panel: QWidget) -> list[str]:
    """Controls without a name for screen readers."""
    stops = [w for w in panel.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    return [type(w).__name__ for w in stops if not w.accessibleName()]


def test_a_refusal_calls_tracks_as_the_window_does(panel: TimelinePanel, theme) -> None:
    from studio.core.errors import Refused
    from studio.core.finding import error
    from studio.ui.video.timeline.words import why

    theme.language.set("zh_CN")
    told = why(Refused(error("video.no_room", "track", track="voice")), "zh_CN")
    assert "旁白" in told and "voice" not in told and " " not in told


def test_names_are_written_where_the_thing_is(panel: TimelinePanel, paper: Paper) -> None:
    view = panel.view
    QTest.mouseDClick(view, LEFT, NONE, view.area("head:overlay").center())
    field = view.findChild(Naming)
    assert field is not None and field.text() == "Overlay"
    QTest.keyClicks(field, "Steam sl")
    QTest.keyPress(field, Qt.Key.Key_Return)  # it is gone when the key comes up
    assert paper.timeline.track("overlay").name == "Steam sl"  # type: ignore[union-attr]
    assert len(paper.edits) == 1
    QTest.qWait(1)
    QTest.mouseDClick(view, LEFT, NONE, view.area("marker:0").center())
    field = view.findChild(Naming)
    assert field is not None
    QTest.keyClicks(field, "Beat")
    QTest.keyPress(field, Qt.Key.Key_Escape)
    assert paper.timeline.markers[0].text == ""


def test_a_chosen_clip_gets_another_name_with_f2(panel: TimelinePanel, paper: Paper) -> None:
    panel.activateWindow()
    panel.view.setFocus()
    panel.controller.choose(["m1"])
    QTest.keyClick(panel.view, Qt.Key.Key_F2)
    field = panel.view.findChild(Naming)
    assert field is not None
    QTest.keyClicks(field, "The door")
    panel.view.setFocus()
    assert paper.timeline.find("m1")[1].clip.name == "The door"  # type: ignore[index]


def test_the_headers_by_keys_are_a_menu_of_all_tracks(panel: TimelinePanel, paper: Paper) -> None:
    made = tracks_menu(panel.view)
    assert [action.text() for action in made.actions()] == ["Captions", "Titles", "Overlay", "Main", "Voice", "Music"]
    inner = made.actions()[2].menu()
    assert isinstance(inner, QMenu)
    next(action for action in inner.actions() if action.text() == "Hide track").trigger()
    assert paper.timeline.track("overlay").hidden  # type: ignore[union-attr]
    made.deleteLater()


def test_the_menu_of_a_gap_closes_it(panel: TimelinePanel, paper: Paper) -> None:
    made = built(panel.view, Hit("lane", "titles", "titles"), F(5))
    next(action for action in made.actions() if action.text() == "Close gap").trigger()
    assert paper.edits == ["Close gap"]
    made.deleteLater()
