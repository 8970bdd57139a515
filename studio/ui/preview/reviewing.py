"""Reviews in the preview pane: the file for a client, the comments that come back, and where they are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from studio.core.errors import Problem
from studio.core.finding import Finding
from studio.services import words
from studio.services.reviews import Taken
from studio.ui.actions import Action
from studio.ui.i18n import N, tr
from studio.ui.moments import zone_name
from studio.ui.preview.frame import Frame
from studio.ui.preview.remarks import Clock, Remarks
from studio.ui.problems import findings_of
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.core.review import Remark
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.view import PreviewView
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster
    from studio.ui.widgets.splitter import SettingsStore

CONTEXT: Final = N("reviewing", "Review")
FOLDER: Final = "preview/review folder"
Tell = Callable[[list[Finding]], object]


class Reviewing(QObject):
    """Joins a `PreviewView` to the reviews of its post. Its actions are put into `view.more`.

    tell   says what was refused, and what else is to be known
    """

    def __init__(
        self, view: PreviewView, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster, tell: Tell,
        state: SettingsStore | None = None,
    ) -> None:
        super().__init__(view)
        self.view, self.theme, self.desk, self.bridge = view, theme, desk, bridge
        self._toaster, self._tell, self.state = toaster, tell, state
        self._post = ""
        self._remarks: tuple[Remark, ...] = ()
        self._zone: tzinfo = UTC
        self._feet: dict[Frame, Remarks] = {}
        view.more += self.actions()
        view.framed.connect(self._framed)
        for frame in view.frames():
            self._framed(frame)
        Relay(desk.reviews.changed, self._changed, self)
        theme.changed.connect(self._again)

    # what a person can do --------------------------------------------------------------------------------------

    def actions(self) -> list[Action]:
        """For the menus, the keys and the palette."""
        return [
            Action("review.export", N("reviewing", "Review file for a client…"), self.ask_what, "", "share-2",
                   self._shows, "sy shenyue kh kehu html client feedback approve", CONTEXT),
            Action("review.import", N("reviewing", "Take in a client’s comments…"), self.ask_file, "", "file-input",
                   self._may_take, "sq shouqu yj yijian comments feedback json", CONTEXT),
            Action("review.list", N("reviewing", "What clients said"), self.show_all, "", "message-square",
                   lambda: bool(self._remarks), "yj yijian kh kehu comments feedback", CONTEXT),
            Action("review.paste", N("reviewing", "Paste a client’s comments"), self.paste, "", "clipboard-paste",
                   self._may_take, "zt zhantie yj yijian comments", CONTEXT),
        ]  # fmt: skip

    def ask_what(self) -> None:
        """The sheet that asks which previews go into the file."""
        from studio.ui.preview.review_sheet import ReviewSheet

        if self.view.post is not None:
            ReviewSheet(self).open_over(self.view.window())

    def ask_file(self) -> None:
        """The system's dialog for the file that came back."""
        dialog = QFileDialog(self.view.window(), tr("reviewing", "Comments of a client"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("reviewing", "Comments (*.json)"), tr("reviewing", "All files (*)")])
        dialog.setDirectory(str(self.folder(QStandardPaths.StandardLocation.DownloadLocation)))
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def take_file(self, path: Path) -> None:
        """Takes the comments of a file in, in a job."""
        self._take(lambda post: self.desk.reviews.read_file(path, post))

    def paste(self) -> None:
        """Takes in what the clipboard has."""
        text = QGuiApplication.clipboard().text()
        self._take(lambda post: self.desk.reviews.read(text, post))

    def show_all(self) -> None:
        """The sheet with every comment on the post, wherever it was made."""
        from studio.ui.preview.review_list import CommentSheet

        if self.view.post is not None:
            CommentSheet(self).open_over(self.view.window())

    # what the sheets need --------------------------------------------------------------------------------------

    def folder(self, usual: QStandardPaths.StandardLocation) -> Path:
        """Where the last review file went; else the person's usual place for such a thing."""
        kept = Path(str(self.state.get(FOLDER, "") if self.state else "") or ".")
        if kept.is_absolute() and kept.is_dir():
            return kept
        return Path(QStandardPaths.writableLocation(usual) or Path.home())

    @property
    def clock(self) -> Clock:
        """What moments are told by."""
        return Clock(self._zone, self.theme.language.code)

    def say(self, text: str) -> None:
        """A thing that is done."""
        self._toaster.show(text)

    def refused(self, fault: BaseException) -> None:
        """A thing that was refused."""
        self._tell(list(findings_of(fault)))

    # inside: taking in -----------------------------------------------------------------------------------------

    def _shows(self) -> bool:
        return self.view.post is not None and bool(self.view.frames())

    def _may_take(self) -> bool:
        return self.view.post is not None and not self.desk.read_only

    def _take(self, read: Callable[[str], Taken]) -> None:
        post = self.view.post
        if post is not None:
            self._job(N("reviewing", "Taking in comments"), lambda: read(post.id), self._taken)

    def _taken(self, taken: Taken) -> None:
        new = taken.new + taken.changed
        said = tr("reviewing", "%n new comments", n=new) if new else tr("reviewing", "Nothing new in these comments")
        self.say(" ".join([said, *(words.say(f, self.theme.language.code) for f in taken.findings)]))

    def _job(self, name: Any, act: Callable[[], Any], done: Callable[[Any], object] = lambda _: None) -> None:
        self.bridge.submit("store", name, lambda _: act(), done, self.refused, owner=self)

    # inside: showing -------------------------------------------------------------------------------------------

    def _framed(self, frame: Frame) -> None:
        """A list below a new card; the card says when it was laid out anew."""
        foot = Remarks(self.theme, frame.canvas)
        self._feet[frame] = foot
        frame.foot.addWidget(foot)
        frame.canvas.shown.connect(partial(self._show, frame))
        frame.destroyed.connect(lambda _: self._feet.pop(frame, None))
        foot.settled.connect(self.settle)
        foot.deleted.connect(self.delete)
        foot.rest_asked.connect(self.show_all)
        foot.relaid.connect(frame.relaid)

    def _changed(self, post: str) -> None:
        if post == self._post:
            self._again()

    def _again(self) -> None:
        """Read once more, and shown on every card that is on the screen."""
        self._post = ""
        for frame in self.view.frames():
            self._show(frame)

    def _show(self, frame: Frame) -> None:
        """What was said about what this card shows."""
        post, foot = self.view.post, self._feet.get(frame)
        if post is None or foot is None:
            return
        if post.id != self._post:
            self._post, self._remarks = post.id, self._read(post.id)
            self._zone = ZoneInfo(zone_name(self.desk.settings.get("zone")))
        if self._remarks or foot.isVisibleTo(frame):
            mine = [remark for remark in self._remarks if self._whose(remark, frame)]
            here = [remark for remark in mine if remark.place.surface == frame.surface.id]
            seen = self.desk.reviews.seen(post, here, [frame.account]) if here else ()
            foot.show_remarks(seen, self.clock, not self.desk.read_only, len(mine) - len(here))
            foot.place_marks()

    def _read(self, post: str) -> tuple[Remark, ...]:
        try:
            return self.desk.reviews.remarks(post)
        except Problem as fault:
            self.refused(fault)
            return ()

    def _whose(self, remark: Remark, frame: Frame) -> bool:
        """About this account; what was said about one that is gone stands with another of its platform."""
        place = remark.place
        if place.account == frame.account.id:
            return True
        here = {f.account.id for f in self.view.frames()}
        return place.platform == frame.account.platform and place.account not in here

    def settle(self, key: str, done: bool) -> None:
        """Settles a comment, or opens it again, in a job."""
        self._job(N("reviewing", "Keeping a comment"), lambda: self.desk.reviews.resolve(key, done))

    def delete(self, key: str) -> None:
        """Forgets a comment, in a job; the word that says so can undo it."""
        def gone(remark: Remark) -> None:
            self._toaster.show(
                tr("reviewing", "Comment deleted"),
                lambda: self._job(N("reviewing", "Keeping a comment"), lambda: self.desk.reviews.put_back(remark)))

        self._job(N("reviewing", "Keeping a comment"), lambda: self.desk.reviews.delete(key), gone)
