"""The context menus of the timeline: of clips, transitions, tracks, and of the empty place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu

from studio.core.opentime import Time
from studio.core.timeline import Role, Track
from studio.core.transitions import TRANSITIONS
from studio.core.words import N
from studio.ui.actions import fill
from studio.ui.i18n import tr
from studio.ui.video.timeline.controller import gap_at
from studio.ui.video.timeline.layout import Hit, shown_tracks
from studio.ui.video.timeline.naming import name_it
from studio.ui.video.timeline.scene import Selection
from studio.ui.video.timeline.words import ICONS, role_name, track_name
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.ui.video.timeline.view import TimelineView

ADDABLE: tuple[Role, ...] = ("captions", "titles", "overlay", "voice", "music", "sound")
CLIP = (
    "split", "delete", "delete_other", "-", "cut", "copy", "paste", "paste_looks", "duplicate", "-", "join", "detach",
    "mute", "-", "group", "ungroup", "link", "-", "take", "take_start", "take_end", "mark_selection", "rename",
)  # fmt: skip
PLACE = (
    "paste", "split_all", "-", "marker", "mark_in", "mark_out", "clear_range", "-", "choose_all", "choose_after", "fit",
)  # fmt: skip


def show_menu(view: TimelineView, at: QPointF | None, where: QPoint) -> None:
    """What can be done with what is there; None: by key, with what is chosen."""
    hit = view.plan().hit(at) if at is not None else _chosen_hit(view)
    if at is None and hit is not None:
        place = view.plan().area(hit.name)
        where = view.mapToGlobal(place.center().toPoint()) if not place.isEmpty() else where
    moment = view.scale_now.time(at.x()) if at is not None else None
    built(view, hit, moment).exec(where)


def built(view: TimelineView, hit: Hit | None, moment: Time | None = None) -> QMenu:
    """The menu of a place. moment: where on the timeline it is."""
    made = menu(view)
    made.aboutToHide.connect(made.deleteLater)
    kind = hit.kind if hit is not None else ""
    if hit is not None and kind in ("head", "eye", "lock"):
        _track_menu(view, made, hit.track)
    elif hit is not None and kind == "join":
        view.controller.select(Selection(join=hit.id))
        _join_menu(view, made, hit.id)
    elif hit is not None and kind in ("clip", "start", "end", "gain", "point", "in", "out"):
        id = hit.id.partition(":")[0]
        if id not in view.controller.selection.clips:
            view.controller.choose([id])
        _commands(view, made, CLIP)
    elif hit is not None and kind == "key":
        id, _, nth = hit.id.partition(":")
        view.controller.select(Selection(frozenset({id}), key=(id, int(nth))))
        _commands(view, made, ("take", "delete"))
    elif kind == "add":
        _add_menu(view, made)
    elif hit is not None and kind == "marker":
        view.controller.select(Selection(marker=int(hit.id)))
        _commands(view, made, ("rename", "take", "delete"))
    else:
        if hit is not None and moment is not None:
            _gap(view, made, hit.track, moment)
        _commands(view, made, PLACE)
    return made


def _gap(view: TimelineView, into: QMenu, track: str, moment: Time) -> None:
    """What can be done with the gap there, if there is one."""
    found = view.controller.timeline.track(track)
    if found is not None and gap_at(found, moment) is not None:
        close = partial(view.controller.close_gap, track, moment)
        add(into, view.theme, tr("timeline", "Close gap"), "fold-horizontal", close)
        into.addSeparator()


def _chosen_hit(view: TimelineView) -> Hit | None:
    chosen = view.controller.selection
    if chosen.join:
        return Hit("join", chosen.join)
    first = next((box.clip.id for box in view.plan().boxes if box.clip.id in chosen.clips), "")
    return Hit("clip", first) if first else None


def _commands(view: TimelineView, into: QMenu, ids: tuple[str, ...]) -> None:
    from studio.ui.video.timeline.commands import commands

    known = {action.id.removeprefix("timeline."): action for action in commands(view)}
    for id in ids:
        if id == "-":
            into.addSeparator()
        else:
            fill(into, view.theme, [known[id]])


def _join_menu(view: TimelineView, into: QMenu, transition: str) -> None:
    c, language = view.controller, view.theme.language.code
    for spec in TRANSITIONS.values():
        add(into, view.theme, spec.label.say(language), "blend",
            partial(c.set_join, transition, spec.name))
    into.addSeparator()
    _commands(view, into, ("take", "delete"))


def show_add_menu(view: TimelineView) -> None:
    """Which track to add."""
    made = menu(view)
    made.aboutToHide.connect(made.deleteLater)
    _add_menu(view, made)
    made.exec(view.mapToGlobal(view.area("add").bottomLeft()))


def show_tracks(view: TimelineView) -> None:
    """All tracks with what can be done with each: the headers, by keys."""
    made = tracks_menu(view)
    made.exec(view.mapToGlobal(view.area("add").bottomLeft()))


def tracks_menu(view: TimelineView) -> QMenu:
    """The same, built."""
    made = menu(view)
    made.aboutToHide.connect(made.deleteLater)
    for track in shown_tracks(view.controller.timeline):
        inner = menu(made)
        inner.setTitle(track_name(view.controller.timeline, track))
        inner.setIcon(view.theme.icon(ICONS[track.role]))
        _track_menu(view, inner, track.id)
        made.addMenu(inner)
    return made


def _add_menu(view: TimelineView, into: QMenu) -> None:
    for role in ADDABLE:
        words = tr("timeline", "Add track: {role}", role=role_name(role))
        add(into, view.theme, words, ICONS[role], partial(view.controller.add_track, role))


def _track_menu(view: TimelineView, into: QMenu, id: str) -> None:
    theme, c = view.theme, view.controller
    track = c.timeline.track(id)
    if track is None:
        return
    add(into, theme, tr("timeline", "Rename"), "pen-line", lambda: name_it(view, Hit("head", id, id)))
    _switches(view, into, track)
    into.addSeparator()
    shown = [each.id for each in shown_tracks(c.timeline) if each.seen == track.seen]
    up, down = (1, -1) if track.seen else (-1, 1)  # pictures are listed from the front
    for words, icon, by, on in (
        (tr("timeline", "Move up"), "chevron-up", up, shown.index(id) > 0),
        (tr("timeline", "Move down"), "chevron-down", down, shown.index(id) < len(shown) - 1),
    ):
        add(into, theme, words, icon, partial(c.move_track, id, by)).setEnabled(on)
    into.addSeparator()
    _add_menu(view, into)
    if track.role != "main":
        into.addSeparator()
        add(into, theme, tr("timeline", "Remove track"), "trash-2", lambda: c.remove_track(id), danger=True)


def _switches(view: TimelineView, into: QMenu, track: Track) -> None:
    theme, c = view.theme, view.controller
    hide = N("timeline", "Show track") if track.hidden else N("timeline", "Hide track")
    if track.seen and track.hidden:
        words, icon = tr("timeline", "Show track"), "eye"
    elif track.seen:
        words, icon = tr("timeline", "Hide track"), "eye-off"
    elif track.hidden:
        words, icon = tr("timeline", "Unmute track"), "volume-2"
    else:
        words, icon = tr("timeline", "Mute track"), "volume-x"
    add(into, theme, words, icon, lambda: c.set_track(hide, track.id, hidden=not track.hidden))
    lock = N("timeline", "Unlock track") if track.locked else N("timeline", "Lock track")
    words = tr("timeline", "Unlock track") if track.locked else tr("timeline", "Lock track")
    add(into, theme, words, "lock-open" if track.locked else "lock",
        lambda: c.set_track(lock, track.id, locked=not track.locked))  # fmt: skip
    if not track.seen and track.role != "voice":
        duck = add(into, theme, tr("timeline", "Quieter under speech"), "audio-waveform",
                   lambda: c.set_track(N("timeline", "Quieter under speech"), track.id, duck=not track.duck))
        duck.setCheckable(True)
        duck.setChecked(track.duck)
