"""The bar that records a voice-over while the video plays, muted: level, time, stop; then it lies on the timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.words import N
from studio.services.videos.speaking import VoiceOvers, with_voice
from studio.ui.i18n import tr
from studio.ui.problems import sentence
from studio.ui.video.help.helper import clock
from studio.ui.widgets.base import Live, column, name, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.core.timeline import Source
    from studio.services.videos.speaking import Recording
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.video.help.helper import Host

QUIETEST = -60.0  # dB at the left end of the meter
TICK_MS = 60
LATENCY = Fraction(3, 50)  # seconds, until somebody measures this computer's: usual for shared sound devices


class Hears(Protocol):
    """A microphone."""

    name: str
    rate: int
    channels: int
    sample: str

    def start(self, take: Callable[[bytes], object]) -> bool: ...
    def stop(self) -> None: ...


class Meter(QWidget):
    """A level from -60 dB to full; the last sixth is a warning, and being too loud is said in colour and words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.level, self.clipped = theme, QUIETEST, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(8))

    def show_level(self, peak: float, clipped: bool) -> None:
        """peak: dB; clipped: something was too loud."""
        self.level, self.clipped = peak, clipped
        self.setAccessibleDescription(f"{max(QUIETEST, peak):.0f} dB")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(whole, 4, 4)
        part = min(1.0, max(0.0, 1 - self.level / QUIETEST))
        token = "bad" if self.clipped else "warn" if part > 5 / 6 else "good"
        painter.setBrush(self._theme.color(token))
        painter.drawRoundedRect(QRectF(0, 0, whole.width() * part, whole.height()), 4, 4)


class RecordBar(Live, QWidget):
    """refused(str): why it does not record. ended(): it is over, one way or the other.

    play(on)  starts and stops the video, muted, with the recording
    """

    refused = Signal(str)
    ended = Signal()

    def __init__(
        self, theme: Theme, bridge: JobsBridge, host: Host, voices: VoiceOvers, microphones: Sequence[Hears],
        play: Callable[[bool], object], at: Time, number: int,
    ) -> None:
        super().__init__()
        self._theme, self._bridge, self._host, self._voices, self._play = theme, bridge, host, voices, play
        self._microphones, self._at, self._number = list(microphones), at, number
        self._recording: Recording | None = None
        self._microphone: Hears | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        name(self, tr("videohelp", "Record a voice-over"))
        name(self.which, tr("videohelp", "Microphone"))
        name(self.meter, tr("videohelp", "Level"))
        self.close_button.set_tip(tr("sheet", "Close"))
        self.words.setText(self._none() or tr("videohelp", "It begins at {at}", at=clock(self._at)))
        self.which.setVisible(bool(self._microphones))
        self.meter.setVisible(bool(self._microphones))
        self.button.setEnabled(bool(self._microphones))
        self.button.why_not(self._none())
        self._say_button()

    def _none(self) -> str:
        return "" if self._microphones else tr("videohelp", "No microphone was found. Connect one, then try again.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, with an outline: it lies over other things."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line-2"), 1))
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    @property
    def running(self) -> bool:
        return self._recording is not None

    def toggle(self) -> None:
        """Begins, or ends and keeps what was said."""
        if self._recording is None:
            self._begin()
        else:
            self.finish()

    def finish(self) -> None:
        """Ends; what was said is put on the timeline."""
        recording = self._stop()
        if recording is None:
            return
        session = self._host.session
        if recording.seconds < Fraction(1, 5) or session is None:
            self._voices.drop(recording.path)
            return
        take = tr("videohelp", "Take {number}", number=self._number)

        def done(source: Source) -> None:
            self._put(source, take)

        self._bridge.submit(
            "store", N("job", "Adding files"), lambda task: self._voices.keep(recording.path, take, task), done,
            lambda fault: self.refused.emit(sentence(fault, self._theme.language.code)), owner=self)

    def cancel(self) -> None:
        """Ends and throws away what is being recorded."""
        recording = self._stop()
        if recording is not None:
            self._voices.drop(recording.path)
        self.ended.emit()

    def leave(self) -> None:
        """The window goes: what was said stays where it is and comes into the library at the next start."""
        self._stop()

    # inside ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.which = Combo(self._theme, [(str(n), each.name) for n, each in enumerate(self._microphones)], "mic")
        self.meter, self.words = Meter(self._theme), Label("", "small", "text-2")
        self.button = Button(self._theme, "", "primary", "mic")
        self.button.clicked.connect(self.toggle)
        self.close_button = ToolButton(self._theme, "x", "")
        self.close_button.clicked.connect(self.cancel)
        level = column(self.words, self.meter, gap=4)
        self.setLayout(row(self.which, level, self.button, self.close_button, gap=12, margins=(12, 8, 8, 8)))

    def _begin(self) -> None:
        if not self._microphones:
            self.refused.emit(self._none())
            return
        microphone = self._microphones[int(self.which.value or 0)]
        try:
            self._recording = self._voices.begin(microphone.rate, microphone.channels, microphone.sample)
        except OSError as fault:
            self.refused.emit(sentence(fault, self._theme.language.code))
            return
        self._microphone = microphone
        if not microphone.start(self._take):
            self._voices.drop(self._recording.path)
            self._stop()
            self.refused.emit(tr("videohelp", "No microphone was found. Connect one, then try again."))
            return
        self.which.setEnabled(False)
        self._play(True)
        self._timer.start()
        self._say_button()

    def _take(self, data: bytes) -> None:
        if self._recording is None:
            return
        try:
            self._recording.feed(data)
        except Problem as problem:
            self.refused.emit(sentence(problem, self._theme.language.code))
            QTimer.singleShot(0, self, self.finish)

    def _stop(self) -> Recording | None:
        self._timer.stop()
        recording, self._recording = self._recording, None
        if self._microphone is not None:
            self._microphone.stop()
            self._microphone = None
        if recording is not None:
            recording.close()
            self._play(False)
        self.which.setEnabled(True)
        self._say_button()
        return recording

    def _put(self, source: Source, take: str) -> None:
        session = self._host.session
        if session is not None:
            try:
                session.edit(N("videohelp", "Record a voice-over"), partial(
                    with_voice, source=source, at=self._at, latency=LATENCY, name=take))
            except Problem as problem:
                self.refused.emit(sentence(problem, self._theme.language.code))
        self.ended.emit()

    def _tick(self) -> None:
        if self._recording is not None:
            self.meter.show_level(self._recording.level.peak, self._recording.clipped)
            self.words.setText(tr("videohelp", "Recording, {time}", time=clock(self._recording.seconds)))

    def _say_button(self) -> None:
        running = self._recording is not None
        self.button.setText(tr("videohelp", "Stop") if running else tr("videohelp", "Record"))
        self.button.set_icon("square" if running else "mic")


def show_over(bar: RecordBar, pane: Any) -> None:
    """At the foot of the pane, in its middle, above everything."""
    bar.setParent(pane)
    bar.adjustSize()
    width = min(max(bar.sizeHint().width(), 520), pane.width() - 32)
    bar.setGeometry((pane.width() - width) // 2, pane.height() - bar.sizeHint().height() - 24, width,
                    bar.sizeHint().height())
    bar.show()
    bar.raise_()
    bar.button.setFocus(Qt.FocusReason.OtherFocusReason)
