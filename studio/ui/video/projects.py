"""What is done with videos as a whole: new, open, rename, copy, remove, save elsewhere, and the post they are for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QFileDialog

from studio.core.finding import Finding
from studio.core.timeline import Timeline
from studio.services.videos.opening import ENDINGS
from studio.ui.actions import fill
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.sheet import Confirm
from studio.ui.video.adding import Where
from studio.ui.video.bin.things import Thing
from studio.ui.video.carried import Carried
from studio.ui.video.new_video import NewVideo, Rename
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.ui.video.pane import VideoPane
    from studio.ui.widgets.button import Kind

MENU = ("video.rename", "video.duplicate", "video.save_file", "video.package", "video.relink", "video.remove")


class Projects(QObject):
    """The pane's own hand for whole videos."""

    def __init__(self, pane: VideoPane) -> None:
        super().__init__(pane)
        self._pane = pane

    # begin -----------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for name, shape and rate."""
        sheet = NewVideo(self._pane.theme)
        sheet.made.connect(self._pane.make_video)
        sheet.open_over(self._pane.window())

    def open_file(self) -> None:
        """A project from elsewhere."""
        dialog = QFileDialog(self._pane, tr("video", "Open a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{ending}" for ending in ENDINGS)
        dialog.setNameFilter(f"{tr('video', 'Videos and packages')} ({patterns})")
        dialog.fileSelected.connect(lambda path: self.take_in(Path(path)))
        dialog.open()

    def take_in(self, path: Path) -> None:
        """Read a project's file, and open it."""
        desk = self._pane.desk

        def work(task: Task[Any]) -> tuple[str, tuple[Finding, ...]]:
            from studio.services.videos.opening import take_in

            return take_in(desk.videos, desk.library, path, task)

        def done(found: tuple[str, tuple[Finding, ...]]) -> None:
            self._pane.open_video(found[0])
            self._pane.tell(list(found[1]))

        self._run("help", N("job", "Opening a video"), work, done)

    # the open one ----------------------------------------------------------------------------------------------

    def menu(self) -> None:
        """Below the name of the open video: the others, and what can be done with it."""
        pane = self._pane
        popup = menu(pane)
        for row in pane.desk.videos.list()[:8]:
            words = row.name or tr("video", "Untitled video")
            entry = add(popup, pane.theme, words, "clapperboard", lambda id=row.id: pane.open_video(id))  # type: ignore[misc]
            entry.setEnabled(pane.open is None or row.id != pane.open.session.id)
        popup.addSeparator()
        actions = {action.id: action for action in pane.commands()}
        fill(popup, pane.theme, [actions[id] for id in ("video.new", "video.open", "video.close") if id in actions])
        popup.addSeparator()
        fill(popup, pane.theme, [actions[id] for id in MENU if id in actions])
        button = pane.header.project
        popup.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def rename(self) -> None:
        """Another name for the open video."""
        video = self._pane.open
        if video is None:
            return
        sheet = Rename(self._pane.theme, video.timeline.name)
        sheet.named.connect(lambda words: video.session.edit(
            N("video", "Rename video"), lambda t: replace(t, name=words)))
        sheet.open_over(self._pane.window())

    def duplicate(self) -> None:
        """A copy of the open video, opened."""
        video = self._pane.open
        if video is not None and video.session.flush():
            name = tr("video", "{name} copy", name=video.timeline.name or tr("video", "Untitled video"))
            self._pane.open_video(self._pane.desk.videos.duplicate(video.session.id, name).id)

    def remove(self) -> None:
        """Forget the open video, after a question."""
        if self._pane.open is not None:
            self._ask_remove(self._pane.open.session.id, self._pane.open.timeline.name)

    def row_menu(self, id: str, at: QPoint) -> None:
        """What can be done with one of the list."""
        pane = self._pane
        row = next((one for one in pane.desk.videos.list() if one.id == id), None)
        if row is None:
            return
        popup = menu(pane)
        add(popup, pane.theme, tr("video", "Open"), "clapperboard", lambda: pane.open_video(id), "Return")
        add(popup, pane.theme, tr("video", "Duplicate video"), "copy", lambda: self._copy_row(id, row.name))
        add(popup, pane.theme, tr("video", "Remove video"), "trash-2", lambda: self._ask_remove(id, row.name),
            danger=True)  # fmt: skip
        popup.popup(at)

    def save_file(self) -> None:
        """A file of its own: ours, or for other editors."""
        video = self._pane.open
        if video is None:
            return
        kinds = {tr("video", "Video project (*.json)"): ".json", tr("video", "OpenTimelineIO (*.otio)"): ".otio"}
        self._save_as(tr("video", "Save as a file"), kinds, lambda path, task: self._written(video.timeline, path))

    def package(self) -> None:
        """One file with the media."""
        video = self._pane.open
        if video is None:
            return

        def work(path: Path, task: Task[Any]) -> None:
            from studio.services.videos.packing import pack

            pack(video.timeline, self._pane.desk.videos.where, path, task)

        self._save_as(tr("video", "Package with media"), {tr("video", "Package (*.zip)"): ".zip"}, work)

    def relink(self) -> None:
        """Look for files that are gone below a folder."""
        folder = QFileDialog.getExistingDirectory(self._pane, tr("video", "Folder to look in"))
        if folder:
            self.relink_in(Path(folder))

    def relink_in(self, folder: Path) -> None:
        """Look there."""
        video, where = self._pane.open, self._pane.desk.videos.where
        if video is None:
            return
        timeline = video.timeline

        def work(task: Task[Any]) -> tuple[Timeline, tuple[Finding, ...]]:
            from studio.services.videos.relinking import missing, relinked

            return relinked(timeline, missing(timeline, where), folder, task)

        def done(found: tuple[Timeline, tuple[Finding, ...]]) -> None:
            sources = found[0].sources
            video.session.edit(N("video", "Find missing media"), lambda t: replace(t, sources={**t.sources, **sources}))
            for id, source in sources.items():
                if source != timeline.sources.get(id):
                    self._pane.strips.forget(id)
            self._pane.tell(list(found[1]))

        self._run("help", N("job", "Looking for media"), work, done)

    def set_cover(self) -> None:
        """The picture at the playhead is the video's cover."""
        video, pane = self._pane.open, self._pane
        if video is not None and pane.timeline is not None:
            at = pane.timeline.playhead
            video.session.edit(N("video", "Choose cover"), lambda t: replace(t, cover=at))
            pane.toaster.show(tr("video", "This picture is the cover"), video.session.undo)

    def leave_out(self, thing: Thing) -> None:
        """A file out of the bin that no clip is cut from."""
        video = self._pane.open
        if video is not None and not thing.used:
            id = thing.carried.id
            video.session.edit(N("video", "Take out of the bin"), lambda t: replace(
                t, sources={key: source for key, source in t.sources.items() if key != id}))

    def add_style(self, style: str) -> None:
        """Words of a style at the playhead."""
        pane = self._pane
        if pane.open is not None and pane.timeline is not None:
            pane.adding.put(pane.open.session, [Carried("title", style)], (), Where(pane.timeline.playhead))

    # the post --------------------------------------------------------------------------------------------------

    def attach_menu(self) -> None:
        """The posts this video may be for."""
        pane = self._pane
        if pane.open is None:
            return
        popup = menu(pane)
        for post, heading in pane.attaching.choices()[:12]:
            words = heading or tr("draft", "Untitled")
            add(popup, pane.theme, words, "file-pen-line", lambda post=post: self.attach(post))  # type: ignore[misc]
        popup.addSeparator()
        add(popup, pane.theme, tr("video", "New post"), "square-pen", self._new_post)
        self._below_post(popup)

    def post_menu(self) -> None:
        """To the post, or away from it."""
        pane = self._pane
        popup = menu(pane)
        add(popup, pane.theme, tr("video", "Go to the post"), "square-pen", pane.go_to_post)
        add(popup, pane.theme, tr("video", "Attach to another post…"), "paperclip", self.attach_menu)
        add(popup, pane.theme, tr("video", "Detach"), "unlink", lambda: self.attach(""))
        self._below_post(popup)

    def attach(self, post: str) -> None:
        """This video is for that post."""
        pane = self._pane
        if pane.open is not None and pane.open.session.flush():
            pane.attaching.attach(pane.open.session.id, post)
            pane.shown()

    # inside ----------------------------------------------------------------------------------------------------

    def _below_post(self, popup: Any) -> None:
        button = self._pane.header.post
        popup.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _new_post(self) -> None:
        video = self._pane.open
        if video is not None:
            self.attach(self._pane.desk.posts.create(title=video.timeline.name).id)

    def _copy_row(self, id: str, name: str) -> None:
        words = tr("video", "{name} copy", name=name or tr("video", "Untitled video"))
        self._pane.desk.videos.duplicate(id, words)

    def _ask_remove(self, id: str, name: str) -> None:
        choices: list[tuple[str, str, Kind]] = [
            ("keep", tr("video", "Keep it"), "secondary"), ("remove", tr("video", "Remove"), "danger-filled"),
        ]  # fmt: skip
        title = tr("video", "Remove {name}?", name=name or tr("video", "Untitled video"))
        words = tr("video", "The cut is forgotten. The films and pictures it is made of stay in the library.")
        Confirm(self._pane.theme, title, words, choices, "keep").ask(
            self._pane.window(), lambda key: self._remove(id) if key == "remove" else None)

    def _remove(self, id: str) -> None:
        pane = self._pane
        if pane.open is not None and pane.open.session.id == id:
            pane.close_video()
            if pane.open is not None:
                return  # it cannot be saved: that is said above the pane, and nothing is thrown away meanwhile
        pane.desk.videos.remove(id)

    def _written(self, timeline: Timeline, path: Path) -> None:
        where = self._pane.desk.videos.where
        if path.suffix.lower() == ".otio":
            from studio.services.videos.interchange import write_otio

            write_otio(timeline, path, where)
            return
        from studio.services.videos import files

        files.write(path, files.with_paths(timeline, lambda source: where(source).as_posix()))

    def _save_as(self, title: str, kinds: dict[str, str], work: Callable[[Path, Task[Any]], object]) -> None:
        name = self._pane.open.timeline.name if self._pane.open is not None else ""
        dialog = QFileDialog(self._pane, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(kinds))
        dialog.selectFile(name or tr("video", "Untitled video"))

        def chosen(text: str) -> None:
            ending = kinds.get(dialog.selectedNameFilter(), next(iter(kinds.values())))
            path = Path(text) if Path(text).suffix.lower() in kinds.values() else Path(text + ending)
            self._run("help", N("job", "Saving {name}", name=path.name), lambda task: work(path, task),
                      lambda _: self._pane.toaster.show(tr("video", "{name} is written", name=path.name)))

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _run(self, lane: str, words: Any, work: Callable[[Task[Any]], Any], done: Callable[[Any], object]) -> None:
        self._pane.bridge.submit(
            lane, words, work, done, lambda fault: self._pane.tell(list(findings_of(fault))), owner=self._pane)
