"""Commands that look at a clip and offer something: pauses, scenes, beats, a steady film, a frame that follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.timeline import Placed, Timeline
from studio.core.words import Marked, N
from studio.services.videos import helping
from studio.ui.actions import Action
from studio.ui.i18n import tr
from studio.ui.problems import sentence
from studio.ui.video.help.proposals import Proposal, ProposalSheet, nothing_found

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.services.videos.session import VideoSession
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

HERE = N("videohelp", "Help with cutting")


class Host(Protocol):
    """What the pane tells of itself."""

    @property
    def session(self) -> VideoSession | None:
        """The open project."""
        ...

    def chosen_clip(self) -> str:
        """The one chosen clip, else the one of the main track under the playhead, else ""."""
        ...

    def seek(self, t: Time) -> None:
        """Show a moment."""
        ...


class Assistant(QObject):
    """What every helper has. refused(str): why something was not done."""

    refused = Signal(str)

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster, host: Host, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._desk, self._bridge, self._toaster, self._host = theme, desk, bridge, toaster, host
        self._parent = parent

    def _edit(self, name: Marked, change: Callable[[Timeline], Timeline]) -> bool:
        """One step of the open project; False, and why, when it is refused."""
        session = self._host.session
        if session is None:
            return False
        try:
            session.edit(name, change)
        except (Problem, OSError) as problem:
            self._refuse(problem)
            return False
        return True

    def _refuse(self, fault: BaseException) -> None:
        self.refused.emit(sentence(fault, self._theme.language.code))

    def _done(self, text: str) -> None:
        """Says what was done, with undo."""
        session = self._host.session
        self._toaster.show(text, session.undo if session is not None else None)


class Helper(Assistant):
    """Finds things in the chosen clip."""

    def commands(self) -> tuple[Action, ...]:
        """All of them, for menus, keys and the palette."""
        words = "jj jianji cut help"
        return (
            self._action("pauses", N("videohelp", "Cut out pauses…"), self.pauses, "Ctrl+Alt+P", "volume-x",
                         f"{words} tz tingdun silence jump"),
            self._action("scenes", N("videohelp", "Split at scenes…"), self.scenes, "Ctrl+Alt+S", "film",
                         f"{words} cj changjing"),
            self._action("beats", N("videohelp", "Mark beats"), self.beats, "Ctrl+Alt+B", "timer",
                         f"{words} jp jiepai music"),
            self._action("steady", N("videohelp", "Stabilise"), self.steady, "", "frame", f"{words} fd fangdou shake"),
            self._action("reframe", N("videohelp", "Follow the subject"), self.reframe, "", "crop",
                         f"{words} gs gensui reframe vertical"),
        )

    def _action(
        self, id: str, text: Marked, run: Callable[[], object], keys: str, icon: str, words: str
    ) -> Action:
        return Action(f"video.help.{id}", text, run, keys, icon, lambda: bool(self._host.chosen_clip()), words, HERE)

    # -- pauses ------------------------------------------------------------------------------------------------

    def pauses(self) -> None:
        """Finds what is silent in the clip; offers to cut it out."""
        self._find(N("job", "Looking for pauses"), helping.find_pauses, self._offer_pauses)

    def _offer_pauses(self, placed: Placed, found: Sequence[helping.Range]) -> None:
        title = tr("videohelp", "Pauses in {clip}", clip=placed.clip.name or placed.clip.kind)
        if not found:
            self._say_none(title, tr("videohelp", "Nothing in it is silent for half a second or longer."))
            return
        lines = [Proposal(placed.begin + begin, tr(
            "videohelp", "{at}, {seconds} s", at=clock(placed.begin + begin), seconds=f"{float(end - begin):.1f}"))
            for begin, end in found]
        sheet = ProposalSheet(self._theme, title, lines, lambda n: tr("videohelp", "Cut out %n pauses", n=n))
        self._open(sheet, lambda chosen: self._edit(N("videohelp", "Cut out pauses"), partial(
            helping.cut_out, clip=placed.clip.id, ranges=[found[index] for index in chosen])))

    # -- scenes ------------------------------------------------------------------------------------------------

    def scenes(self) -> None:
        """Finds where the picture changes; offers to split there."""
        self._find(N("job", "Looking for scenes"), helping.find_scenes, self._offer_scenes)

    def _offer_scenes(self, placed: Placed, found: Sequence[Time]) -> None:
        title = tr("videohelp", "Scenes in {clip}", clip=placed.clip.name or placed.clip.kind)
        if not found:
            self._say_none(title, tr("videohelp", "It is one scene from beginning to end."))
            return
        lines = [Proposal(placed.begin + at, tr("videohelp", "New scene at {at}", at=clock(placed.begin + at)))
                 for at in found]
        sheet = ProposalSheet(self._theme, title, lines, lambda n: tr("videohelp", "Split at %n scenes", n=n))
        self._open(sheet, lambda chosen: self._edit(N("videohelp", "Split at scenes"), partial(
            helping.split_scenes, clip=placed.clip.id, moments=[found[index] for index in chosen])))

    # -- at once -----------------------------------------------------------------------------------------------

    def beats(self) -> None:
        """Marks the beats of the clip's music, to snap to."""
        self._find(N("job", "Listening for beats"), helping.find_beats, self._mark_beats)

    def _mark_beats(self, placed: Placed, found: helping.Beats) -> None:
        if not found.moments:
            self._say_none(tr("videohelp", "Beats"), tr("videohelp", "No steady beat was heard in it."))
            return
        self._edit(N("videohelp", "Mark beats"), partial(helping.with_beats, beats=found))
        self._done(tr("videohelp", "{count} beats marked, {bpm} a minute", count=len(found.moments),
                      bpm=round(found.bpm)))

    def steady(self) -> None:
        """Makes a film of the clip's source that no longer shakes, and lets the clip play it."""
        self._find(N("job", "Stabilising"), helping.steady, self._take_steady)

    def _take_steady(self, placed: Placed, made: Any) -> None:
        self._edit(N("videohelp", "Stabilise"), partial(helping.with_steady, clip=placed.clip.id, made=made))
        self._done(tr("videohelp", "The clip is steady now"))

    def reframe(self) -> None:
        """Key frames that keep what matters in the canvas."""
        self._find(N("job", "Following the subject"), helping.find_frame, self._take_frame)

    def _take_frame(self, placed: Placed, curves: Any) -> None:
        self._edit(N("videohelp", "Follow the subject"), partial(
            helping.with_frame, clip=placed.clip.id, curves=curves))
        self._done(tr("videohelp", "The clip follows its subject; its key frames can be moved by hand"))

    # -- shared ------------------------------------------------------------------------------------------------

    def _find(
        self, name: Marked, find: Callable[..., Any], then: Callable[[Placed, Any], object]
    ) -> None:
        """Looks at the chosen clip in a job; what was found is offered for the clip as it is by then."""
        session, clip = self._host.session, self._host.chosen_clip()
        if session is None or not clip:
            self.refused.emit(tr("videohelp", "Choose a clip first"))
            return
        timeline = session.timeline

        def work(task: Task[Any]) -> Any:
            return find(self._desk.videos, timeline, clip, task)

        self._bridge.submit(
            "help", name, work, lambda found: self._found(session, timeline, clip, found, then),
            self._refuse, owner=self)

    def _found(
        self, session: VideoSession, then_was: Timeline, clip: str, found: Any, then: Callable[[Placed, Any], object]
    ) -> None:
        """Only while the clip still is what was looked at; else the moments would be wrong."""
        before, now = then_was.find(clip), session.timeline.find(clip)
        if session is not self._host.session or before is None or now is None or _cut(before[1]) != _cut(now[1]):
            self.refused.emit(tr("videohelp", "The clip was changed meanwhile; look again"))
            return
        then(now[1], found)

    def _open(self, sheet: ProposalSheet, accept: Callable[[Sequence[int]], object]) -> None:
        sheet.accepted.connect(accept)
        sheet.looked.connect(self._host.seek)
        sheet.open_over(self._parent.window())

    def _say_none(self, title: str, text: str) -> None:
        nothing_found(self._theme, title, text).open_over(self._parent.window())


def _cut(placed: Placed) -> tuple[Any, ...]:
    """What of a clip decides where its moments lie."""
    clip = placed.clip
    return placed.begin, clip.duration, clip.start, clip.speed, clip.reverse, clip.source


def clock(t: Time) -> str:
    """0:09.5"""
    tenths = round(float(t) * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"
