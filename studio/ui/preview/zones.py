"""Under a card that fills a phone: its safe zone, to be laid over it, and what of the film the platform covers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from studio.core.card import Card
from studio.core.covering import frame_of, stage_of
from studio.core.finding import Finding
from studio.core.post import Content
from studio.core.safezone import HEIGHT, WIDTH, SafeZone
from studio.core.words import N
from studio.services.words import say
from studio.ui.actions import Action
from studio.ui.i18n import tr
from studio.ui.preview.canvas import RADIUS, CardCanvas
from studio.ui.preview.commands import CONTEXT
from studio.ui.preview.moving import first_film
from studio.ui.relay import Relay
from studio.ui.video.player.view import View
from studio.ui.video.player.zone import paint_zone
from studio.ui.widgets.base import Live, column, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.frame import Frame
    from studio.ui.preview.view import PreviewView
    from studio.ui.theme import Theme
    from studio.ui.widgets.splitter import SettingsStore

KEY: Final = "preview/zones"
SOON_MS: Final = 400  # after a card was laid out


class ZoneFoot(Live, QWidget):
    """The row under a card. turned(bool): its zone is to be shown. asked(float): that second of the film is."""

    turned = Signal(bool)
    asked = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.switch = ToolButton(theme, "scan", checkable=True)
        self.label = Label("", "caption", "text-2")
        self.notes: list[Note] = []
        self._said: tuple[str, ...] = ()
        self._head = QWidget()
        self._head.setLayout(row(self.switch, self.label, None, gap=4))
        self._lines = column(self._head, gap=4, margins=(0, 4, 0, 0))
        self._lines.addStretch()  # below all of it, where its card has more room
        self.setLayout(self._lines)
        self.switch.clicked.connect(lambda: self.turned.emit(self.switch.isChecked()))
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.switch.set_tip(tr("preview", "Safe zone"))
        self.label.setText(tr("preview", "Safe zone"))

    def show_zone(self, zone: SafeZone | None, on: bool) -> None:
        """There is a zone to show, or none. Where it was read is told by the switch."""
        self._head.setVisible(zone is not None)
        self.switch.setChecked(on and zone is not None)
        self.switch.setAccessibleDescription("" if zone is None else f"{zone.source} ({zone.read})")

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """One note for each."""
        said = tuple(say(finding, self._theme.language.code) for finding in findings)
        if said == self._said:
            return
        self._said = said
        for note in self.notes:
            self._lines.removeWidget(note)
            note.deleteLater()
        show = (("show", tr("preview", "Show it")),)
        self.notes = [Note(self._theme, "warning", sentence, show) for sentence in said]
        for note, finding in zip(self.notes, findings, strict=True):
            note.fixed.connect(partial(self._ask, float(finding.values.get("seconds") or 0.0)))
            self._lines.insertWidget(self._lines.count() - 1, note)
            note.show()  # a layout would do that later, and the card's height is asked for now

    def _ask(self, seconds: float, _fix: str) -> None:
        self.asked.emit(seconds)

    @property
    def tall(self) -> int:
        """Its height in px, 0 while it is hidden."""
        return 0 if self.isHidden() else self.sizeHint().height()

    @property
    def empty(self) -> bool:
        """True when there is nothing to say."""
        return self._head.isHidden() and not self.notes


class Zones(QObject):
    """Gives each card of a preview its foot, and looks at films that were not looked at yet, in a job.

    sought   (Frame, seconds) that moment of its film is to be shown
    """

    sought = Signal(object, float)

    def __init__(
        self, view: PreviewView, desk: Desk, bridge: JobsBridge, state: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._desk, self._bridge, self._state = view, desk, bridge, state
        self.on = bool(state.get(KEY, False))
        self._feet: dict[Frame, ZoneFoot] = {}
        self._waiting: dict[str, Content] = {}
        self._asked: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._look)
        view.framed.connect(self._adopt)
        view.more.append(self.action())
        Relay(desk.covers.changed, self._looked, self)
        for frame in view.frames():
            self._adopt(frame)

    def action(self) -> Action:
        """For the card's menu and the palette."""
        return Action("preview.zones", N("preview", "Safe zones on or off"), self.turn, "", "scan", self._any,
                      "aq anquan qy quyu safe zone", CONTEXT)  # fmt: skip

    def turn(self, on: bool | None = None) -> None:
        """Shows the zones of all cards, or hides them; remembered."""
        self.on = not self.on if on is None else on
        self._state.set(KEY, self.on)
        for frame in list(self._feet):
            self._refresh(frame)
            frame.canvas.update()

    def foot(self, frame: Frame) -> ZoneFoot:
        """The row under that card."""
        return self._feet[frame]

    # inside ----------------------------------------------------------------------------------------------------

    def _any(self) -> bool:
        return any(not foot.empty for foot in self._feet.values())

    def _adopt(self, frame: Frame) -> None:
        if frame in self._feet:
            return
        foot = self._feet[frame] = ZoneFoot(self._view.theme)
        frame.foot.addWidget(foot)
        frame.canvas.over = partial(self._paint, frame)
        frame.canvas.shown.connect(partial(self._refresh, frame))
        frame.destroyed.connect(partial(self._feet.pop, frame, None))
        foot.turned.connect(self.turn)
        foot.asked.connect(partial(self._show, frame))

    def _show(self, frame: Frame, seconds: float) -> None:
        """What is covered, under what covers it."""
        self.turn(True)
        self.sought.emit(frame, seconds)

    def _zone(self, frame: Frame) -> SafeZone | None:
        """What covers the film on that card; None when it shows none, or not on the whole screen."""
        card = frame.canvas.card
        if card is None or first_film(card) is None:
            return None
        return self._desk.covers.zone(frame.account.platform, card.surface)

    def _content(self, frame: Frame) -> Content | None:
        post = self._view.post
        return self._desk.checks.content(post, frame.account) if post is not None else None

    def _refresh(self, frame: Frame) -> None:
        """After each new card, and when more is known of its film."""
        foot, zone = self._feet[frame], self._zone(frame)
        before = foot.tall
        content = self._content(frame) if zone is not None else None
        foot.show_zone(zone, self.on)
        folded = None if frame.canvas.unfolded else frame.canvas.card  # all of a long text would cover everything
        foot.show_findings(self._desk.covers.known(content, folded) if content is not None else ())
        if content is not None and self._desk.covers.wanted(content):
            self._want(content)
        foot.setHidden(foot.empty)
        if foot.tall != before:
            frame.relaid.emit()

    def _want(self, content: Content) -> None:
        film = self._desk.covers.film(content)
        if film is not None and film[1].media not in self._asked:
            self._waiting[film[1].media] = content
            self._soon.start()

    def _look(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for media, content in waiting.items():
            self._asked.add(media)

            def work(task: Task[Any], content: Content = content) -> object:
                return self._desk.covers.look(content, task)

            self._bridge.submit(  # not beside what listens to a whole film, which takes minutes
                "waves", N("job", "Looking at the film"), work, partial(self._over, media), partial(self._over, media),
                partial(self._over, media), owner=self,
            )  # fmt: skip

    def _over(self, media: str, *_: object) -> None:
        """Whatever came of it; it may be asked for again when a project turns out to be the film's."""
        self._asked.discard(media)

    def _looked(self, _media: str) -> None:
        for frame in list(self._feet):
            self._refresh(frame)

    def _paint(self, frame: Frame, painter: QPainter, canvas: CardCanvas) -> None:
        zone = self._zone(frame) if self.on else None
        if zone is None or canvas.card is None:
            return
        painter.save()
        view, clip = zone_view(canvas.card, canvas.zoom)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(canvas.rect()), RADIUS, RADIUS)  # as the canvas rounds its card
        painter.setClipPath(shape)
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        paint_zone(painter, self._view.theme, view, zone)
        painter.restore()


def zone_view(card: Card, zoom: float) -> tuple[View, QRectF]:
    """How the upright picture that zones are told in lies on a card's canvas, and which part of the canvas shows it."""
    left, top, scale = frame_of(card)
    stage = stage_of(card)
    x, y, w, h = (stage.x, stage.y, stage.w, stage.h) if stage is not None else (0.0, 0.0, card.width, card.height)
    view = View(scale * zoom, left * zoom, top * zoom, WIDTH, HEIGHT)
    return view, QRectF(x * zoom, y * zoom, w * zoom, h * zoom)
