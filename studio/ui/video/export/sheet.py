"""The export sheet: how, where to, what stands against it, and the queue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from studio.core import caption_checks, export
from studio.core.captions import cues_of
from studio.core.errors import Problem
from studio.core.export import Preset
from studio.core.finding import Finding, blocking
from studio.core.post import Media
from studio.core.timeline import Timeline
from studio.services.videos.watching import options
from studio.services.words import say
from studio.ui.i18n import N, tr
from studio.ui.sheet import Sheet, does_it
from studio.ui.video.export.details import Details, changed
from studio.ui.video.export.facts import made_of
from studio.ui.video.export.queue import Queue, free_name
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Combo, Segments, Switch
from studio.ui.widgets.field import Field, Form
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.services.videos.exports import Exports
    from studio.services.videos.presets import Presets
    from studio.ui.theme import Theme
    from studio.ui.video.pane import VideoPane
    from studio.ui.widgets.splitter import SettingsStore

SOURCES = {"error": 0, "warning": 1, "info": 2}
CAPTION_NOTES = 2  # of captions that are hard to read: the first ones show what is meant


class ExportSheet(Sheet):
    """given(Path): a film that was made goes into the post. for_post: the post's heading, "" for none."""

    given = Signal(object)

    def __init__(
        self, theme: Theme, timeline: Timeline, presets: Presets, exports: Exports, where: object,
        kept: SettingsStore, for_post: str,
    ) -> None:
        super().__init__(theme, tr("video", "Export video"), width=640)
        self._timeline, self._presets, self._exports, self._where = timeline, presets, exports, where
        self._kept, self._chosen = kept, False
        self._build(for_post)
        self.set_title(tr("video", "Export video"), timeline.name)
        self._choose(str(kept.get("video/preset", "mp4")))

    @property
    def preset(self) -> Preset:
        """The one that is chosen, turned to the video's shape, with what was changed."""
        from studio.services.videos.presets import fitted

        chosen = fitted(self._presets.get(self.way.value), self._timeline)
        return changed(chosen, self._timeline, self.details.changes)

    def start(self) -> None:
        """Into the queue."""
        if blocking(self._findings()):
            return
        preset, target = self.preset, Path(self.path.text().strip()).expanduser()
        cover = self._timeline.cover if self.cover.isChecked() else None
        chosen = options(
            title=self._timeline.name, captions=self.captions.value, ai=self.ai.value.removeprefix("-"), cover=cover)
        self._kept.set("video/preset", self.way.value)
        self._kept.set("video/folder", str(target.parent))
        self._exports.add(self._timeline, preset, target, self._where, chosen)  # type: ignore[arg-type]  # a Where
        self._chosen = False
        self._suggest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter exports."""
        if does_it(event):
            self.start()
            event.accept()
            return
        super().keyPressEvent(event)

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self, for_post: str) -> None:
        theme = self.theme
        self.way, self.details = Combo(theme), Details(theme)
        self._list_ways()
        self.facts = Label("", "small", "text-2")
        self.path, self.browse = Field(theme), Button(theme, tr("video", "Choose…"), "secondary", size="normal")
        self.captions = Segments(theme, [
            ("burned", tr("video", "In the picture")), ("file", tr("video", "As a file")),
            ("none", tr("video", "None")),
        ])  # fmt: skip
        self.ai = Combo(theme, [
            ("-", tr("video", "No label")), ("1", tr("video", "Made by AI")),
            ("2", tr("video", "Partly made by AI")),
        ])  # fmt: skip
        self.cover = Switch(tr("video", "The chosen cover into the file"))
        self.cover.setChecked(self._timeline.cover is not None)
        self.cover.setEnabled(self._timeline.cover is not None)
        form = Form()
        form.add(tr("video", "Format"), self.way)
        form.addRow("", self.facts)
        where = QWidget()
        where.setLayout(row(self.path, self.browse))
        form.add(tr("video", "File"), where)
        name(self.path, tr("video", "File"))
        if any(track.role == "captions" and track.items for track in self._timeline.tracks):
            form.add(tr("video", "Captions"), self.captions)
        form.add(tr("video", "Origin"), self.ai)
        form.addRow("", self.cover)
        form.addRow("", self.details)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        self.queue = Queue(theme, self._exports, bool(for_post))
        self.queue.given.connect(self.given)
        area = ScrollColumn(theme, "none", padding=0, gap=0)
        area.column.addWidget(self.queue)
        area.column.addStretch(1)
        area.setMaximumHeight(theme.px(200))
        self.queue.filled.connect(area.setVisible)
        area.setVisible(bool(self._exports.all()))
        self.body.addLayout(form)
        self.body.addLayout(self.notes)
        self.body.addWidget(area)
        self.say = Label(tr("video", "For “{post}”", post=for_post) if for_post else "", "small", "text-2")
        self.go = Button(theme, tr("video", "Export"), "primary", "file-output", key="Ctrl+Enter")
        foot = QWidget()
        foot.setLayout(row(self.say, None, self.go))
        self.set_footer(foot)
        self.way.chosen.connect(self._choose)
        self.path.textEdited.connect(self._typed)
        self.browse.clicked.connect(self._browse)
        self.go.clicked.connect(self.start)
        self.details.edited.connect(self._show)
        self.details.kept.connect(self._keep)
        self.details.gone.connect(self._remove)

    def _choose(self, key: str) -> None:
        self.way.set_value(key)
        if not self.way.value:
            self.way.set_value("mp4")
        self.details.reset()
        own = {preset.id for preset in self._presets.own()}
        self.details.show_preset(self.preset, self.way.value in own)
        self._suggest()
        self._show()

    def _show(self) -> None:
        """What comes out, and what stands against it."""
        self.facts.setText(made_of(self.preset, self._timeline))
        self._look()

    def _list_ways(self) -> None:
        code = self.theme.language.code
        self.way.set_choices([(preset.id, preset.label.say(code)) for preset in self._presets.all()])

    def _keep(self, words: str) -> None:
        """A preset of one's own, as it is set now."""
        made = self._presets.save(self.preset, words)
        self._list_ways()
        self._choose(made.id)

    def _remove(self) -> None:
        self._presets.remove(self.way.value)
        self._list_ways()
        self._choose("mp4")

    def _suggest(self) -> None:
        """A name that is free, until the person typed one."""
        ending = self.preset.ending
        if self._chosen:
            path = Path(self.path.text())
            self.path.setText(str(path.with_suffix(ending) if ending else path.with_suffix("")))
            return
        movies = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        folder = Path(str(self._kept.get("video/folder", movies or str(Path.home()))))
        stem = self._timeline.name or tr("video", "Untitled video")
        taken = [one.target for one in self._exports.all() if not one.over]
        self.path.setText(str(free_name(folder, stem, ending, taken)))

    def _typed(self, _text: str) -> None:
        self._chosen = True
        self._look()

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("video", "Export to"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.path.text())
        dialog.fileSelected.connect(self._named)
        dialog.open()

    def _named(self, text: str) -> None:
        self._chosen = True
        self.path.setText(text)
        self._suggest()
        self._look()

    def _findings(self) -> Sequence[Finding]:
        found = sorted(export.check(self.preset, self._timeline), key=lambda f: SOURCES[f.severity])
        if self._timeline.duration and not self.path.text().strip():
            from studio.core.finding import error

            found.insert(0, error("video.export_no_name", "out"))
        return [*found, *caption_checks.findings(cues_of(self._timeline))[:CAPTION_NOTES]]

    def _look(self) -> None:
        """What stands against it, worst first."""
        while (item := self.notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        found = self._findings()
        for finding in found:
            words = say(finding, self.theme.language.code)
            self.notes.addWidget(Note(self.theme, finding.severity, words, source=finding.source))
        stops = blocking(found)
        self.go.why_not(say(stops[0], self.theme.language.code) if stops else "")


def open_sheet(pane: VideoPane) -> None:
    """Over the pane's window, for the open video."""
    video = pane.open
    if video is None:
        return
    _, heading = pane.attaching.post_of(video.session.id)
    sheet = ExportSheet(
        pane.theme, video.timeline, pane.presets, pane.exports, pane.desk.videos.where, pane.state, heading)
    id = video.session.id
    sheet.given.connect(lambda path: give(pane, id, path))
    sheet.open_over(pane.window())


def give(pane: VideoPane, video: str, path: Path) -> None:
    """A film into the library, and into the post of its video."""
    def done(film: Media) -> None:
        try:
            post = pane.attaching.give(video, film)
        except Problem as problem:
            pane.tell(list(problem.findings))
            return
        if post:
            pane.toaster.show(tr("video", "The film is in the post"))

    pane.bridge.submit(
        "store", N("job", "Adding files"), lambda task: pane.attaching.take_film(path, task), done,
        lambda fault: pane.tell(list(getattr(fault, "findings", ()))), owner=pane,
    )  # fmt: skip
