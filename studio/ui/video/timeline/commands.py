"""Everything a person can do on the timeline, as data: menus, tool bar, shortcuts and the palette read this list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.core.words import Marked, N
from studio.ui.actions import Action
from studio.ui.video.timeline.hand import Tool
from studio.ui.video.timeline.menus import show_tracks
from studio.ui.video.timeline.naming import name_chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.video.timeline.view import TimelineView

HERE = N("timeline", "Timeline")
TOOL_KEYS: dict[Tool, tuple[str, str]] = {
    "select": ("V", "mouse-pointer-2"), "blade": ("B", "scissors"), "ripple": ("Shift+B", "fold-horizontal"),
    "roll": ("N", "chevrons-left-right"), "slip": ("Y", "move-horizontal"), "slide": ("U", "arrow-left-right"),
}  # fmt: skip
TOOL_NAMES: dict[Tool, Marked] = {
    "select": N("timeline", "Select"), "blade": N("timeline", "Blade"), "ripple": N("timeline", "Ripple trim"),
    "roll": N("timeline", "Roll"), "slip": N("timeline", "Slip"), "slide": N("timeline", "Slide"),
}  # fmt: skip


def _action(
    id: str, text: Marked, run: Callable[[], object], keys: str = "", icon: str = "",
    when: Callable[[], bool] | None = None, words: str = "",
) -> Action:  # fmt: skip
    if when is None:
        return Action(f"timeline.{id}", text, run, keys, icon, keywords=words, context=HERE)
    return Action(f"timeline.{id}", text, run, keys, icon, when, words, HERE)


def commands(view: TimelineView) -> tuple[Action, ...]:
    """All of them."""
    return (*_edits(view), *_clipboard(view), *_arranging(view), *_marks(view), *_playing(view), *_looking(view),
            *_tools(view))  # fmt: skip


def _edits(view: TimelineView) -> tuple[Action, ...]:
    c = view.controller
    clips, any_chosen = (lambda: bool(c.selection.clips)), (lambda: bool(c.selection))
    return (
        _action("undo", N("timeline", "Undo"), c.undo, "Ctrl+Z", "undo-2", words="cx chexiao undo"),
        _action("redo", N("timeline", "Redo"), c.redo, "Ctrl+Shift+Z", "redo-2", words="cz chongzuo redo"),
        _action("split", N("timeline", "Split"), c.split, "S", "scissors", words="fg fenge split cut"),
        _action("split_all", N("timeline", "Split all tracks"), c.split_everything, "Shift+S", "scissors",
                words="fg fenge split"),
        _action("delete", N("timeline", "Delete"), c.delete, "Delete", "trash-2", any_chosen, "sc shanchu delete"),
        _action("delete_other", N("timeline", "Delete the other way (gap or ripple)"), lambda: c.delete(True),
                "Shift+Delete", "trash-2", clips, "sc shanchu ripple lift gap"),
        _action("trim_start", N("timeline", "Trim start to playhead"), lambda: c.trim_to_playhead("start"), "Q",
                "arrow-right-from-line", words="cj caijian trim"),
        _action("trim_end", N("timeline", "Trim end to playhead"), lambda: c.trim_to_playhead("end"), "W",
                "arrow-left-from-line", words="cj caijian trim"),
        _action("take", N("timeline", "Move by keys"), view.take, "M", "move-horizontal", words="yd yidong move"),
        _action("take_start", N("timeline", "Trim start by keys"), lambda: view.take("start"), "[",
                words="cj caijian trim"),
        _action("take_end", N("timeline", "Trim end by keys"), lambda: view.take("end"), "]", words="cj caijian trim"),
        _action("nudge_back", N("timeline", "Nudge back one frame"), lambda: c.nudge(-1), ",", when=clips),
        _action("nudge_on", N("timeline", "Nudge on one frame"), lambda: c.nudge(1), ".", when=clips),
        _action("nudge_far_back", N("timeline", "Nudge back ten frames"), lambda: c.nudge(-10), "Shift+,", when=clips),
        _action("nudge_far_on", N("timeline", "Nudge on ten frames"), lambda: c.nudge(10), "Shift+.", when=clips),
        _action("rename", N("timeline", "Rename"), lambda: name_chosen(view), "F2", "pen-line",
                lambda: bool(c.selection.clips) or c.selection.marker is not None, "cmm chongmingming rename"),
        _action("join", N("timeline", "Add transition"), c.join, "Ctrl+T", "blend", words="zc zhuanchang transition"),
        _action("mute", N("timeline", "Mute or unmute clip"), c.mute, "Shift+M", "volume-x", clips, "jy jingyin mute"),
    )


def _clipboard(view: TimelineView) -> tuple[Action, ...]:
    c = view.controller

    def clips() -> bool:
        return bool(c.selection.clips)

    return (
        _action("cut", N("timeline", "Cut"), c.cut, "Ctrl+X", "scissors", clips, "jq jianqie cut"),
        _action("copy", N("timeline", "Copy"), c.copy, "Ctrl+C", "copy", clips, "fz fuzhi copy"),
        _action("paste", N("timeline", "Paste"), c.paste, "Ctrl+V", "clipboard-paste", lambda: c.can_paste,
                "zt zhantie paste"),
        _action("paste_looks", N("timeline", "Paste look"), c.paste_looks, "Ctrl+Alt+V", "palette",
                lambda: c.can_paste and clips(), "zt zhantie look style"),
        _action("duplicate", N("timeline", "Duplicate"), c.duplicate, "Ctrl+D", "copy", clips, "fz fuzhi duplicate"),
        _action("choose_all", N("timeline", "Select all"), c.choose_all, "Ctrl+A", words="qx quanxuan all"),
        _action("choose_after", N("timeline", "Select everything after playhead"), c.choose_after, "A",
                words="qx quanxuan after"),
        _action("choose_here", N("timeline", "Select clip at playhead"), c.choose_here, "D", words="xz xuanze select"),
    )


def _arranging(view: TimelineView) -> tuple[Action, ...]:
    c = view.controller

    def clips() -> bool:
        return bool(c.selection.clips)

    def several() -> bool:
        return len(c.selection.clips) > 1

    return (
        _action("group", N("timeline", "Group"), c.group, "Ctrl+G", "group", several, "bz bianzu group"),
        _action("ungroup", N("timeline", "Ungroup"), c.ungroup, "Ctrl+Shift+G", "ungroup", clips, "qxbz ungroup"),
        _action("link", N("timeline", "Link or unlink"), c.toggle_link, "Ctrl+L", "link-2",
                lambda: several() or (clips() and c.is_linked), "lj lianjie link sound"),
        _action("close_gap", N("timeline", "Close gap"), c.close_gap, "Shift+G", "fold-horizontal",
                words="gb guanbi kongxi gap"),
        _action("detach", N("timeline", "Detach sound"), c.detach, "Ctrl+Shift+D", "audio-lines", clips,
                "fl fenli yinpin detach audio"),
    )


def _marks(view: TimelineView) -> tuple[Action, ...]:
    c = view.controller
    ranged = lambda: c.range is not None  # noqa: E731
    return (
        _action("marker", N("timeline", "Marker"), c.toggle_marker, "Ctrl+M", "bookmark", words="bj biaoji marker"),
        _action("mark_in", N("timeline", "Mark in"), c.mark_in, "I", "arrow-right-from-line", words="rd rudian in"),
        _action("mark_out", N("timeline", "Mark out"), c.mark_out, "O", "arrow-left-from-line", words="cd chudian out"),
        _action("mark_selection", N("timeline", "Mark selection"), c.mark_selection, "X",
                when=lambda: bool(c.selection.clips), words="bj biaoji mark"),
        _action("clear_range", N("timeline", "Clear in and out"), lambda: c.set_range(None, None), "Alt+X", when=ranged,
                words="qc qingchu clear"),
    )


def _playing(view: TimelineView) -> tuple[Action, ...]:
    play = view.play_asked
    return (
        _action("backwards", N("timeline", "Play backwards, faster"), lambda: play.emit(-1), "J", words="df daofang"),
        _action("stop", N("timeline", "Stop"), lambda: play.emit(0), "K", "pause", words="tz tingzhi stop pause"),
        _action("play", N("timeline", "Play, faster"), lambda: play.emit(1), "L", "play", words="bf bofang play"),
    )


def _looking(view: TimelineView) -> tuple[Action, ...]:
    c = view.controller
    return (
        _action("zoom_in", N("timeline", "Zoom in"), lambda: view.zoom(2), "=", "zoom-in", words="fd fangda zoom"),
        _action("zoom_out", N("timeline", "Zoom out"), lambda: view.zoom(-2), "-", "zoom-out", words="sx suoxiao zoom"),
        _action("fit", N("timeline", "Fit timeline"), view.fit, "Shift+Z", "expand", words="sp shipei fit all"),
        _action("taller", N("timeline", "Taller tracks"), lambda: view.set_tall(view.tall * 1.15), "Ctrl+="),
        _action("lower", N("timeline", "Lower tracks"), lambda: view.set_tall(view.tall / 1.15), "Ctrl+-"),
        _action("tracks", N("timeline", "Tracks…"), lambda: show_tracks(view), "Shift+T", "rows-3",
                words="gd guidao tracks hide lock mute add"),
        _action("snapping", N("timeline", "Snapping"), lambda: c.set_snapping(not c.snapping), "Shift+N", "magnet",
                words="xf xifu snap magnet"),
        _action("linking", N("timeline", "Linked selection"), lambda: c.set_linking(not c.linking), "Shift+L", "link-2",
                words="ld liandong link"),
        _action("following", N("timeline", "Other tracks follow"), lambda: c.set_following(not c.following), "Shift+F",
                "rows-3", words="gs gensui follow ripple"),
    )


def _tools(view: TimelineView) -> tuple[Action, ...]:
    c = view.controller
    return tuple(
        _action(f"tool_{tool}", TOOL_NAMES[tool], partial(c.use, tool), keys, icon, words="gj gongju tool")
        for tool, (keys, icon) in TOOL_KEYS.items()
    )
