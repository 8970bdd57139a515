"""The player: the picture with its bars, the safe zone, and the line that says which words it covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.core.opentime import Time
from studio.core.playing import Playing, layers
from studio.core.safezone import COMMON
from studio.core.timeline import ZERO, Timeline
from studio.services.videos.covering import lifted
from studio.services.videos.lying import Lying, lies
from studio.services.videos.picturing import Picture
from studio.services.videos.player import Player
from studio.ui.i18n import N, tr
from studio.ui.problems import sentence
from studio.ui.video.player.canvas import Canvas, Change
from studio.ui.video.player.controls import NONE, Foot, Head, Zone
from studio.ui.video.player.covers import Covers
from studio.ui.video.player.full import FullScreen
from studio.ui.video.player.hand import Hand, local_time
from studio.ui.video.player.playing import Playing as Pulse
from studio.ui.video.player.view import preview_size
from studio.ui.widgets.base import Live, column, ground, name
from studio.ui.widgets.note import Note, NoteText

if TYPE_CHECKING:
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.video.timeline.document import Document
    from studio.ui.widgets.splitter import SettingsStore

SHORT = 540  # px of the shorter side of pictures while playing
HEADLESS = 560  # px of height under which the bar above the picture is folded away


class PlayerPanel(Live, QWidget):
    """moved(Time): the playhead, as it plays or is stepped. picked(id): a clip was pressed on the picture, "" for none.

    snapped(QImage): a picture to keep, in the canvas's own size; words_asked(): a title was pressed twice
    """

    moved = Signal(object)
    picked = Signal(str)
    snapped = Signal(object)
    words_asked = Signal()
    playing_changed = Signal()
    _shot = Signal(object)

    def __init__(
        self, theme: Theme, player: Player, zones: Sequence[Zone], bridge: JobsBridge, kept: SettingsStore
    ) -> None:
        super().__init__()
        self._theme, self._kept = theme, kept
        self.playing = Pulse(player, self)
        self.player = player
        self._document: Document | None = None
        self._chosen: tuple[str, ...] = ()
        self._playhead: Time = ZERO
        self._hand = Hand()
        self._trouble: Exception | None = None
        self._full: FullScreen | None = None
        self.covers = Covers(bridge, self)
        self.covers.found.connect(self._seen)
        self._build(zones)
        self._connect()
        self.retranslate()

    # the document ----------------------------------------------------------------------------------------------

    def set_document(self, document: Document | None) -> None:
        """Play this project; None: none."""
        self._document = document
        self._trouble = None
        if document is None:
            self.covers.stop()
            self.player.pause()
            self.canvas.clear()
            return
        self.show_timeline(document.timeline)

    def show_timeline(self, timeline: Timeline) -> None:
        """The document was edited."""
        self.canvas.set_canvas(timeline.width, timeline.height)
        self.head.set_fitting(COMMON.fits(timeline.width, timeline.height))
        self._resize()
        self.player.show(timeline)
        self.playing.show_again()
        self._look_at_words()
        self._show_time()
        self._boxes()

    def set_playhead(self, t: Time) -> None:
        """The playhead was put there by a hand."""
        self._playhead = t
        self.playing.seek(t)
        self._show_time()
        self._boxes()

    def set_range(self, begin: Time | None, end: Time | None) -> None:
        """In and out points; None: from the beginning, to the end."""
        timeline = self._timeline
        whole = begin is None and end is None
        self.player.range = None if whole or timeline is None else (begin or ZERO, end or timeline.duration)

    def choose(self, clips: Iterable[str]) -> None:
        """The clips that are chosen on the timeline."""
        self._chosen = tuple(clips)
        self._boxes()

    # playing ---------------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        self.player.toggle()

    def step(self, frames: int) -> None:
        """So many frames on or back."""
        if self._timeline is not None:
            near = self.player.step(frames)
            if near is not None:
                self.canvas.show_picture(near)
            self._moved(self.player.position)
            self.playing.show_again()

    def take_key(self, event: QKeyEvent) -> bool:
        """Space plays, arrows step; whether it was one of them."""
        key = Qt.Key(event.key())
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if key == Qt.Key.Key_Space:
            self.toggle()
        elif by:
            self.step(by)
        return bool(by) or key == Qt.Key.Key_Space

    def set_loop(self, on: bool) -> None:
        self.player.loop = on
        self.foot.loop.setChecked(on)
        if self.player.speed:
            self.player.play(self.player.speed)

    def mute(self) -> None:
        """Sound off, or on again."""
        self.foot.sound.click()

    def snapshot(self) -> None:
        """Ask for the picture in its own size; `snapped` brings it."""
        timeline = self._timeline
        if timeline is not None:
            size = timeline.width // 2 * 2, timeline.height // 2 * 2
            self.player.picture(self.player.position, size, self._shot.emit)

    def zone_key(self) -> str:
        """Which safe zone is shown."""
        return self.head.zone.value

    def set_zone(self, key: str) -> None:
        """Show another safe zone, or none."""
        self.head.zone.set_value(key)
        self.canvas.zone = next((zone.zone for zone in self.head.zones if zone.key == key), None)
        self._kept.set("video/zone", key)
        self.canvas.update()
        self._look_at_words(at_once=True)

    def switch_zone(self) -> None:
        """The safe zone off, or on again."""
        shown = self.zone_key()
        last = str(self._kept.get("video/zone.last", self.head.zones[0].key if self.head.zones else NONE))
        if shown != NONE:
            self._kept.set("video/zone.last", shown)
        self.set_zone(last if shown == NONE else NONE)

    def actual_size(self) -> None:
        """All of the picture, or one px for one."""
        self.canvas.set_zoom(0.0 if self.canvas.zoom else 1.0)

    def full_screen(self) -> None:
        """The picture on the whole screen, or back."""
        if self._full is not None:
            self._full.close()
            return
        self._full = FullScreen(tr("video", "Video"), self._key_in_full, self._back)
        self._full.take(self.canvas, self.foot)
        self._full.showFullScreen()
        self.canvas.setFocus()

    def close_down(self) -> None:
        """The threads end."""
        if self._full is not None:
            self._full.close()
        self.covers.stop()
        self.playing.close()

    # Qt --------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        name(self, tr("video", "Player"))
        name(self.canvas, tr("video", "Picture"), tr("video", "Arrows move what is chosen, Alt turns and scales it"))
        self._choose_zone()
        self._warn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room is folded away."""
        super().resizeEvent(event)
        self.head.setVisible(self.height() >= HEADLESS or self.width() > self.height())
        self.foot.set_room(self.width())
        self.head.set_room(self.width())

    # inside ----------------------------------------------------------------------------------------------------

    @property
    def _timeline(self) -> Timeline | None:
        return self._document.timeline if self._document is not None else None

    def _build(self, zones: Sequence[Zone]) -> None:
        self.head, self.canvas, self.foot = Head(self._theme, zones), Canvas(self._theme), Foot(self._theme)
        self.warning = Note(self._theme, "warning", "")
        self._warned = QWidget()
        self._warned.setLayout(column(self.warning, margins=(12, 8, 12, 0)))
        ground(self._warned, "sunken")
        inside = column(self.head, self.canvas, self._warned, self.foot, gap=0)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        ground(self, "sunken")

    def _connect(self) -> None:
        self.playing.painted.connect(self._painted)
        self.playing.moved.connect(self._moved)
        self.playing.changed.connect(self._turned)
        self.playing.troubled.connect(self._troubled)
        self.canvas.sized.connect(self._resize)
        self.canvas.picked.connect(self._pick)
        self.canvas.taken.connect(self._take)
        self.canvas.let_go.connect(self._let_go)
        self.canvas.opened.connect(self._opened)
        self.head.zone_chosen.connect(self.set_zone)
        self.head.zoomed.connect(self.actual_size)
        self.head.full_asked.connect(self.full_screen)
        for signal, slot in ((self.foot.stepped, self.step), (self.foot.toggled, self.toggle),
                             (self.foot.looped, self.set_loop), (self.foot.snapped, self.snapshot)):
            signal.connect(slot)
        self.foot.louder.connect(lambda volume: setattr(self.player, "volume", volume))
        self.warning.fixed.connect(self._fix)
        self._shot.connect(lambda picture: self.snapped.emit(_image(picture)))

    def _choose_zone(self) -> None:
        keys = [zone.key for zone in self.head.zones]
        kept = str(self._kept.get("video/zone", keys[0] if keys else NONE))
        kept = kept if kept in keys else NONE
        self.head.zone.set_value(kept)
        self.canvas.zone = next((zone.zone for zone in self.head.zones if zone.key == kept), None)

    def _resize(self) -> None:
        """Pictures no larger than they are shown."""
        view, ratio = self.canvas.view(), self.canvas.devicePixelRatioF()
        self.player.resize(preview_size(view, ratio, SHORT))
        self.playing.still = preview_size(view, ratio, min(view.width, view.height))
        self.head.set_scale(view.scale * ratio, not self.canvas.zoom)
        self.playing.show_again()

    def _painted(self, picture: Picture) -> None:
        self.canvas.show_picture(picture)
        if self._trouble is not None:
            self._troubled(None)

    def _moved(self, t: Time) -> None:
        self._playhead = t
        self._show_time()
        if self.player.speed == 0:
            self._boxes()
        self.moved.emit(t)

    def _turned(self) -> None:
        self.foot.play.set_playing(self.player.speed != 0)
        self._boxes()
        self.playing_changed.emit()

    def _show_time(self) -> None:
        if self._timeline is not None:
            self.foot.clock.set_time(self._playhead, self._timeline.rate)

    def _troubled(self, fault: Exception | None) -> None:
        self._trouble = fault
        self._warn()

    # boxes on the picture ---------------------------------------------------------------------------------------

    def _boxes(self) -> None:
        """Where clips lie at the playhead; none while it plays."""
        timeline, canvas = self._timeline, self.canvas
        canvas.boxes, canvas.box, canvas.marked = (), None, ()
        if timeline is not None and self.player.speed == 0:
            canvas.boxes = _seen(timeline, self._playhead)
            only = self._chosen[0] if len(self._chosen) == 1 else ""
            canvas.chosen = only
            canvas.box = self._chosen_box(timeline, only)
            seen = {id for id, _ in canvas.boxes}
            canvas.marked = [one.box for one in self.covers.all if one.clip in seen]
        canvas.update()

    def _chosen_box(self, timeline: Timeline, id: str) -> Lying | None:
        found = timeline.find(id) if id else None
        if found is None or not found[0].seen or not found[1].begin <= self._playhead < found[1].end:
            return None
        return lies(timeline, found[1].clip, local_time(found[1], self._playhead))

    def _pick(self, id: str) -> None:
        self.picked.emit(id)

    def _opened(self) -> None:
        """Words are written; anything else is seen on the whole screen."""
        timeline = self._timeline
        found = timeline.find(self.canvas.chosen) if timeline is not None else None
        words = found is not None and found[1].clip.kind == "title" and self._full is None
        self.words_asked.emit() if words else self.full_screen()

    def _take(self, change: Change) -> None:
        if self._document is not None and self.canvas.chosen:
            self._hand.take(self._document, self.canvas.chosen, change, self._playhead)

    def _let_go(self, keep: bool) -> None:
        if self._document is not None:
            self._hand.let_go(self._document, keep)

    # words that are covered --------------------------------------------------------------------------------------

    def _look_at_words(self, at_once: bool = False) -> None:
        self.covers.look(self._timeline, self.canvas.zone, at_once)

    def _seen(self) -> None:
        self._warn()
        self._boxes()

    def _warn(self) -> None:
        """One line under the picture: what is wrong with a source, else which words are covered."""
        self._warned.setVisible(self._trouble is not None or bool(self.covers.all))
        if self._trouble is not None:
            self.warning.set_note(NoteText("error", sentence(self._trouble, self._theme.language.code)))
        elif self.covers.all:
            self.warning.set_note(self.covers.note(self.head.zone.currentText()))

    def _fix(self, _key: str) -> None:
        """Move the first one to where it is seen."""
        if self._document is not None and self.covers.all:
            first = self.covers.all[0]
            self._document.edit(N("video", "Move clear of the buttons"), lambda now: lifted(now, first))

    # full screen ------------------------------------------------------------------------------------------------

    def _key_in_full(self, event: QKeyEvent) -> bool:
        keys = {"k": self.player.pause, "l": lambda: self.player.shuttle(1), "j": lambda: self.player.shuttle(-1),
                "m": self.mute}
        run = keys.get(event.text().lower())
        if run is not None:
            run()
        return run is not None or self.take_key(event)

    def _back(self) -> None:
        inside = cast(QVBoxLayout, self.layout())
        inside.insertWidget(1, self.canvas, 1)
        inside.insertWidget(3, self.foot)
        self._full = None
        self._resize()


def _seen(timeline: Timeline, t: Time) -> list[tuple[str, Lying]]:
    """The clips that are seen at a moment with their boxes, bottom first."""
    found = []
    for layer in layers(timeline, t):
        if isinstance(layer, Playing) and not layer.track.locked:
            box = lies(timeline, layer.clip, layer.local)
            if box is not None:
                found.append((layer.clip.id, box))
    return found


def _image(picture: Picture) -> QImage:
    """A copy that owns its bytes."""
    format = QImage.Format.Format_RGB32
    return QImage(picture.data, picture.width, picture.height, picture.stride, format).copy()
