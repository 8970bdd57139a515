"""A film that plays on a card, where the card has it: silent, over and over, one at a time.

A click on it, or Space, plays and stops it. It stops by itself when it cannot be seen: scrolled away, hidden, behind
another window. The pictures come from the player's threads; here they are only handed to the card's painter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import QImage

from studio.core.card import Box
from studio.core.errors import Refused
from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import ZERO, Timeline
from studio.core.words import N
from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.preview.moving import WHOLE, Shot, film_at, film_of, first_film

if TYPE_CHECKING:
    from studio.services.clips import Clips
    from studio.services.videos.picturing import Picture
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.canvas import CardCanvas
    from studio.ui.theme import Theme
    from studio.ui.video.player.playing import Playing

SHORT = 540  # px of the shorter side that pictures have at most
GONE = frozenset({QEvent.Type.Hide, QEvent.Type.WindowDeactivate})


@dataclass(frozen=True, slots=True)
class Place:
    """Where something plays: a box of a canvas."""

    canvas: CardCanvas
    name: str
    media: str


class Played(QObject):
    """Plays films on the canvases that were given to `attach`.

    changed   it began, stopped, or could not
    """

    changed = Signal()

    def __init__(self, theme: Theme, clips: Clips, bridge: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._clips, self._bridge = theme, clips, bridge
        self._place: Place | None = None
        self._shot = Shot()
        self._playing: Playing | None = None
        self._turn = 0  # of what was asked for; an answer to an earlier one comes too late
        self._timeline: Timeline | None = None

    # what cards ask --------------------------------------------------------------------------------------------

    def attach(self, canvas: CardCanvas) -> None:
        """Films on this canvas can be played from now on."""
        canvas.set_moving(Screen(self, canvas))
        canvas.played.connect(lambda name: self.toggle(canvas, name))
        canvas.shown.connect(lambda: self._relaid(canvas))
        canvas.destroyed.connect(lambda: self._lost(canvas))
        canvas.installEventFilter(self)

    def shot(self, canvas: CardCanvas, box: Box) -> Shot | None:
        """What that box shows; None where nothing was asked to play."""
        place = self._place
        if place is None or place.canvas is not canvas or (place.name, place.media) != (box.name, film_of(box.media)):
            return None
        return self._shot

    @property
    def running(self) -> bool:
        """True while pictures move."""
        return self._playing is not None and self._playing.player.speed != 0

    # what a person does ----------------------------------------------------------------------------------------

    def toggle(self, canvas: CardCanvas, name: str = "") -> None:
        """Plays a film of a card ("": its first), or stops it."""
        card = canvas.card
        box = None if card is None else film_at(card, name) if name else first_film(card)
        if box is None:
            return
        place = Place(canvas, box.name, film_of(box.media))
        if place != self._place or self._shot.trouble:
            self._begin(place, box)
        elif self._timeline is not None and self._playing is not None:
            self._playing.player.toggle()
        else:
            self.stop()  # it was still being opened

    def show_at(self, canvas: CardCanvas, seconds: float) -> None:
        """Stands still on that moment of a card's first film."""
        box = first_film(canvas.card) if canvas.card is not None else None
        if box is None:
            return
        place, at = Place(canvas, box.name, film_of(box.media)), Time(seconds).limit_denominator(1000)
        if place != self._place or self._timeline is None or self._playing is None:
            self._begin(place, box, at)
            return
        self._playing.player.pause()
        self._playing.seek(at)

    def pause(self) -> None:
        """Stands still on the picture that is on."""
        if self._playing is not None and self.running:
            self._playing.player.pause()
        elif self._place is not None and self._timeline is None and not self._shot.trouble:
            self.stop()

    def stop(self) -> None:
        """Nothing plays; the card shows its still picture again."""
        before, self._place, self._shot = self._place, None, Shot()
        self._turn += 1
        self._timeline = None
        if self._playing is not None:
            self._playing.player.pause()
        self._repaint(before)
        self.changed.emit()

    def close(self) -> None:
        """Ends the threads; nothing plays any more."""
        self.stop()
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.close()
            playing.deleteLater()

    # inside ----------------------------------------------------------------------------------------------------

    def _begin(self, place: Place, box: Box, at: Time | None = None) -> None:
        """at: the moment to stand still on; None: it plays."""
        self.stop()
        self._place = place
        self._shot = Shot(playing=at is None)
        self._repaint(place)
        turn = self._turn

        def work(_task: Task[Timeline]) -> Timeline:
            return self._clips.timeline(place.media)

        self._bridge.submit(
            "player", N("job", "Opening the film"), work, lambda made: self._opened(turn, made, box, at),
            lambda fault: self._failed(turn, fault), owner=self,
        )  # fmt: skip

    def _opened(self, turn: int, timeline: Timeline, box: Box, at: Time | None) -> None:
        if turn != self._turn or self._place is None:
            return
        if not self._seen():
            self.stop()
            return
        playing = self._engine()
        self._timeline = timeline
        size = picture_size(timeline, box, self._place.canvas.zoom * self._place.canvas.devicePixelRatioF())
        playing.still = size
        playing.player.pause()
        playing.player.resize(size)
        playing.player.show(timeline)
        if at is not None:
            playing.seek(at)
            return
        playing.player.seek(ZERO)
        playing.player.play()

    def _engine(self) -> Playing:
        """Made with the first film that is played."""
        if self._playing is None:
            from studio.ui.video.player.playing import Playing

            player = self._clips.player()
            player.loop = True
            self._playing = Playing(player, self)
            self._playing.painted.connect(self._painted)
            self._playing.changed.connect(self._turned)
            self._playing.troubled.connect(self._troubled)
        return self._playing

    def _painted(self, picture: Picture) -> None:
        timeline = self._timeline
        if timeline is None or self._place is None or self._shot.trouble:
            return
        if self.running and not self._seen():
            self.pause()
            return
        done = float(picture.t / timeline.duration) if timeline.duration else None
        self._show(Shot(image_of(picture), done, self.running, kept=picture))

    def _turned(self) -> None:
        if self._place is not None and self._timeline is not None and not self._shot.trouble:
            self._show(replace(self._shot, playing=self.running))
        self.changed.emit()

    def _troubled(self, fault: Exception | None) -> None:
        if fault is not None and self._timeline is not None:
            self._failed(self._turn, fault)

    def _failed(self, turn: int, fault: BaseException) -> None:
        """It cannot be played: said where it would."""
        if turn != self._turn or self._place is None:
            return
        self._timeline = None
        if self._playing is not None:
            self._playing.player.pause()
        self._show(Shot(trouble=self._words(fault)))
        self.changed.emit()

    def _words(self, fault: BaseException) -> str:
        if isinstance(fault, Refused) and fault.findings:
            return say(fault.findings[0], self._theme.language.code)
        return tr("preview", "This film cannot be played.")

    def _show(self, shot: Shot) -> None:
        self._shot = shot
        self._repaint(self._place)

    def _repaint(self, place: Place | None) -> None:
        """Only the film's own place."""
        if place is not None and (box := self._box(place)) is not None:
            place.canvas.soil(_rect(box))

    def _seen(self) -> bool:
        """Whether any of the film is on the screen."""
        place = self._place
        box = self._box(place) if place is not None else None
        if place is None or box is None or not place.canvas.isVisible():
            return False
        return place.canvas.visibleRegion().intersects(place.canvas.on_widget(_rect(box)).toAlignedRect())

    def _box(self, place: Place) -> Box | None:
        card = place.canvas.card
        box = film_at(card, place.name) if card is not None else None
        return box if box is not None and film_of(box.media) == place.media else None

    def _relaid(self, canvas: CardCanvas) -> None:
        """After each new card: the film may be somewhere else, or gone."""
        if self._place is not None and self._place.canvas is canvas and self._box(self._place) is None:
            self.stop()

    def _lost(self, canvas: QObject) -> None:
        """The canvas is being deleted: nothing of it may be asked any more."""
        if self._place is not None and self._place.canvas is canvas:
            self._place = None
            self.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card that is hidden, or whose window goes to the back, stops its film."""
        place = self._place
        if event.type() in GONE and place is not None and place.canvas is watched:
            self.pause()
        return False


class Screen:
    """The films of one canvas, for its painter."""

    def __init__(self, played: Played, canvas: CardCanvas) -> None:
        self._played, self._canvas = played, canvas

    def shot(self, box: Box) -> Shot | None:
        """See `Moving`."""
        return self._played.shot(self._canvas, box)


def picture_size(timeline: Timeline, box: Box, zoom: float) -> tuple[int, int]:
    """Px of the pictures that fill a box of a card at `zoom` px of the screen per px; even, and none too many."""
    _, _, w, h = box.crop or WHOLE
    wanted = max(box.w / max(w, 0.01) / timeline.width, box.h / max(h, 0.01) / timeline.height) * zoom
    scale = min(wanted, SHORT / min(timeline.width, timeline.height), 1.0)
    return max(2, round(timeline.width * scale / 2) * 2), max(2, round(timeline.height * scale / 2) * 2)


def image_of(picture: Picture) -> QImage:
    """The picture for a painter. It borrows the picture's bytes: keep both."""
    return QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.w, box.h)

