"""Whatever a person does with films on two cards, in whatever order: one plays at most, and what is shown is told."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from studio.core.card import Box, Card
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.services.videos.player import Player
from studio.ui.preview.moving import first_film
from studio.ui.preview.playing import Played
from tests.services.videos.standins import Numbers


def card(media, more=0):
    boxes = tuple(Box("video", f"video:{n + 1}", 0, n * 100, 90, 90, media=media) for n in range(1 + more))
    return Card("p", "s", "light", 90, 200, boxes, {}, "2026-11-22")


class Canvas(QWidget):
    """What a film needs of a card's canvas."""

    shown = Signal()
    played = Signal(str)
    zoom = 1.0

    def __init__(self, media):
        super().__init__()
        self.card = card(media)
        self.setFixedSize(90, 200)

    def set_moving(self, moving):
        self.moving = moving

    def soil(self, *places):
        pass

    def on_widget(self, place):
        return place

    def lay(self, one):
        self.card = one
        self.shown.emit()


class Clips:
    """Films "a" and "b"; "x" is broken."""

    def timeline(self, media):
        if media == "x":
            raise Refused(error("media.unreadable", "media", name="x.mp4"))
        clip = Clip("film", Fraction(1), source=media)
        source = Source(media, "a.mp4", "video", width=48, height=64)
        return Timeline(media, 48, 64, Fraction(10), (Track("m", "main", (clip,)),), {media: source})

    def player(self):
        return Player(Numbers, None)


class Bridge(QObject):
    """Answers when it is told to, in any order."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def submit(self, lane, name, work, done, failed, owner=None):
        assert lane == "player"
        self.waiting.append((work, done, failed))

    def answer(self, number):
        if self.waiting:
            work, done, failed = self.waiting.pop(number % len(self.waiting))
            try:
                made = work(None)
            except Refused as refused:
                failed(refused)
            else:
                done(made)


class Language:
    code = "en"


class Look:
    language = Language()


steps = st.lists(st.one_of(
    st.tuples(st.just("toggle"), st.integers(0, 1)), st.tuples(st.just("answer"), st.integers(0, 3)),
    st.tuples(st.just("lay"), st.integers(0, 5)), st.tuples(st.just("away"), st.integers(0, 1)),
    st.tuples(st.just("stop"), st.just(0)), st.tuples(st.just("pause"), st.just(0)),
), max_size=14)


@pytest.fixture
def window(qapp):
    made = QWidget()
    made.resize(200, 220)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_one_plays_at_most(window, taken):
    bridge = Bridge()
    played = Played(Look(), Clips(), bridge)
    canvases = [Canvas("a"), Canvas("b")]
    for number, canvas in enumerate(canvases):
        canvas.setParent(window)
        canvas.move(number * 100, 0)
        canvas.show()
        played.attach(canvas)
    asked = None  # whose film was asked for last
    try:
        for what, n in taken:
            if what == "toggle":
                before = played.shot(canvases[n], first_film(canvases[n].card))
                played.toggle(canvases[n])
                after = played.shot(canvases[n], first_film(canvases[n].card))
                assert before is not None or after is not None, "something was asked, and something is told"
                asked = n if after is not None else None
            elif what == "answer":
                bridge.answer(n)
            elif what == "lay":
                canvases[n % 2].lay(card("abx"[n // 2]))
            elif what == "away":
                QApplication.sendEvent(canvases[n], QEvent(QEvent.Type.WindowDeactivate))
            elif what == "stop":
                played.stop()
            else:
                played.pause()
            told = [played.shot(canvas, first_film(canvas.card)) for canvas in canvases]
            shown = [number for number, shot in enumerate(told) if shot is not None]
            assert len(shown) <= 1 and all(number == asked for number in shown)
            if played.running:
                assert shown and told[shown[0]].playing and not told[shown[0]].trouble
            if shown and told[shown[0]].trouble:
                assert not played.running and canvases[shown[0]].card.boxes[0].media == "x"
    finally:
        played.close()
        for canvas in canvases:
            canvas.setParent(None)
            canvas.deleteLater()
    assert not played.running
    while bridge.waiting:
        bridge.answer(0)  # answers that come after the end
    assert not played.running
