"""Commands about what is said: captions from a file and to one, by listening, and cutting by the text."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from studio.core.captions import cues_of
from studio.core.errors import Problem, Refused
from studio.core.finding import error
from studio.core.words import N
from studio.services.videos import helping
from studio.ui.actions import Action
from studio.ui.i18n import tr
from studio.ui.video.help.helper import Assistant

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.core.timeline import Source
    from studio.core.transcript import Transcript
    from studio.services.videos.transcribing import Transcribing, Wanted

HERE = N("videohelp", "Captions")


class WordsHelper(Assistant):
    """Writes captions, and cuts by them."""

    @cached_property
    def hearing(self) -> Transcribing:
        """Engines, models and transcripts of this workspace."""
        from studio.services.videos.transcribing import Transcribing

        return Transcribing(self._desk.folder / "hearing")

    def commands(self) -> tuple[Action, ...]:
        """All of them."""
        words = "zm zimu captions subtitles srt"

        def clip() -> bool:
            return bool(self._host.chosen_clip())

        def project() -> bool:
            return self._host.session is not None

        def captions() -> bool:
            return self._host.session is not None and bool(cues_of(self._host.session.timeline))

        return (
            Action("video.words.open", N("videohelp", "Captions from a file…"), self.choose_file, "", "file-input",
                   project, words, HERE),
            Action("video.words.save", N("videohelp", "Save captions as a file…"), self.choose_target, "",
                   "file-output", captions, words, HERE),
            Action("video.words.hear", N("videohelp", "Captions by listening…"), self.listen, "Ctrl+Alt+C",
                   "scan-text", clip, f"{words} whisper zd zidong", HERE),
            Action("video.words.text", N("videohelp", "Cut by the text…"), self.by_text, "Ctrl+Alt+T", "text-quote",
                   clip, f"{words} wz wenzi transcript", HERE),
        )

    # -- files -------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks for a file of captions."""
        kinds = f"{tr('videohelp', 'Captions')} (*.srt *.vtt *.ass *.ssa)"
        path, _ = QFileDialog.getOpenFileName(self._parent, tr("videohelp", "Captions from a file"), "", kinds)
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """The captions of a file in place of those there are."""
        from studio.services.videos.building import add_captions

        self._edit(N("videohelp", "Captions from a file"), partial(add_captions, file=path))

    def choose_target(self) -> None:
        """Asks where captions go."""
        kinds = "SubRip (*.srt);;WebVTT (*.vtt);;ASS (*.ass)"
        title = tr("videohelp", "Save captions")
        path, _ = QFileDialog.getSaveFileName(self._parent, title, "captions.srt", kinds)
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """The captions as a file, of the kind that its ending says."""
        session = self._host.session
        if session is None:
            return
        try:
            helping.save_captions(session.timeline, path)
        except (Problem, OSError) as fault:
            self._refuse(fault)
            return
        self._toaster.show(tr("videohelp", "{name} is saved", name=path.name))

    # -- listening ---------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Asks how, then writes captions for the chosen clip."""
        from studio.ui.video.help.engine_sheet import EngineSheet

        if self._source() is None:
            return
        sheet = EngineSheet(self._theme, self.hearing, self._theme.language.code)
        sheet.asked.connect(partial(self.hear, then=self._make_captions))
        sheet.open_over(self._parent.window())

    def by_text(self) -> None:
        """Shows the clip's text; listens first when nobody did before."""
        source = self._source()
        if source is None:
            return
        known = self.hearing.kept(source.hash or source.id)
        if known is not None:
            self._show_text(known)
            return
        from studio.ui.video.help.engine_sheet import EngineSheet

        sheet = EngineSheet(self._theme, self.hearing, self._theme.language.code)
        sheet.asked.connect(partial(self.hear, then=self._show_text))
        sheet.open_over(self._parent.window())

    def hear(self, wanted: Wanted, then: Any) -> None:
        """Fetches what is missing and listens, in a job; `then` gets the transcript."""
        source = self._source()
        if source is None:
            return
        self._bridge.submit(
            "help", N("hearing", "Listening"), partial(self._heard, source, wanted), then,
            self._refuse, owner=self)

    def _heard(self, source: Source, wanted: Wanted, task: Task[Any]) -> Transcript:
        hearing = self.hearing
        if not hearing.ready(wanted):
            here = next(each for each in hearing.here() if each.engine.id == wanted.engine)
            if not here.installed:
                hearing.install(wanted.engine, task)
            if wanted.model not in here.models:
                hearing.fetch(wanted.engine, wanted.model, task)
        transcript = hearing.hear(self._desk.videos.where(source), wanted, task)
        hearing.keep(source.hash or source.id, transcript)
        return transcript

    def _make_captions(self, transcript: Transcript) -> None:
        clip = self._host.chosen_clip()
        if self._edit(N("videohelp", "Captions by listening"), partial(
                helping.with_captions, clip=clip, transcript=transcript)):
            self._done(tr("videohelp", "Captions are written; read them once"))

    def _show_text(self, transcript: Transcript) -> None:
        from studio.ui.video.help.transcript import TranscriptSheet

        session, clip = self._host.session, self._host.chosen_clip()
        found = session.timeline.find(clip) if session is not None else None
        if found is None:
            return
        sheet = TranscriptSheet(self._theme, transcript, found[1].clip)
        sheet.cut_asked.connect(lambda ranges: self._edit(N("videohelp", "Cut by the text"), partial(
            helping.without_words, clip=clip, gone=ranges)))
        sheet.captions_asked.connect(partial(self._make_captions, transcript))
        sheet.open_over(self._parent.window())

    # -- shared ------------------------------------------------------------------------------------------------

    def _source(self) -> Source | None:
        """What the chosen clip plays; says why not when it has no sound."""
        session, clip = self._host.session, self._host.chosen_clip()
        found = session.timeline.find(clip) if session is not None else None
        source = session.timeline.source_of(found[1].clip) if session is not None and found is not None else None
        if source is None or not source.sound:
            fault = Refused(error("video.no_sound", "clip", clip=found[1].clip.name if found is not None else ""))
            self._refuse(fault)
            return None
        return source
