"""A card as a picture: to the clipboard, or into a file, sharp at one, two or three device px for each of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog

from studio.core.card import Card
from studio.core.errors import Problem, Refused
from studio.core.finding import Finding, error
from studio.ui.i18n import N, tr
from studio.ui.preview.offscreen import picture, write_png
from studio.ui.preview.painter import CardPainter
from studio.ui.problems import findings_of

if TYPE_CHECKING:
    from studio.services.previews import Previews
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.frame import Frame
    from studio.ui.preview.metrics import QtMetrics
    from studio.ui.preview.pictures import Pictures
    from studio.ui.preview.view import PreviewView
    from studio.ui.theme import Theme
    from studio.ui.widgets.splitter import SettingsStore

FOLDER: Final = "preview/folder"
LONGEST: Final = 40  # characters of a title in a file's name
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class Saver(QObject):
    """Acts on the view's current card.

    bridge    where pictures are loaded and files written; None: at once, in the caller's thread
    say       tells what was done      refuse    tells what could not be done
    """

    def __init__(
        self, view: PreviewView, theme: Theme, previews: Previews, pictures: Pictures, state: SettingsStore | None
    ) -> None:
        super().__init__(view)
        self._view, self._theme, self._previews = view, theme, previews
        self._pictures, self._state = pictures, state
        self.bridge: JobsBridge | None = None
        self.say: Callable[[str], object] = lambda text: None
        self.refuse: Callable[[list[Finding]], object] = lambda findings: None

    # what a person asks for ------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The current card to the clipboard."""
        if (frame := self._view.current()) is not None:
            self.make(frame, self._view.chosen.scale, self._put_on_clipboard)

    def save(self) -> None:
        """Asks where, in the folder of the last time, and writes the current card there."""
        frame = self._view.current()
        if frame is not None and frame.canvas.card is not None:
            self.ask_where(self.file_name(frame), lambda out: self.save_to(frame, out))

    def save_all(self) -> None:
        """Asks for a folder and writes every card that is shown into it."""
        dialog = QFileDialog(self._view.window(), tr("preview", "Save all as pictures in this folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(self.folder()))

        def take(folder: str) -> None:
            self.remember(Path(folder))
            self.save_into(Path(folder))

        dialog.fileSelected.connect(take)
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def save_into(self, folder: Path) -> None:
        """Each card under a name of its own; one that is there already is replaced."""
        post, taken = self._view.post, set[str]()
        for frame in self._view.frames() if post is not None else ():
            name = self.file_name(frame)
            if name in taken:  # two accounts of one platform
                name = f"{name.removesuffix('.png')} {fit(frame.account.name or frame.account.id)}.png"
            taken.add(name)
            try:
                card = frame.canvas.card or frame.card_for(post, frame.surface.widths[0])  # type: ignore[arg-type]
            except Problem as fault:
                self.refuse(_findings(fault))
                continue
            self.paint(card, frame.metrics, self._view.chosen.scale, partial(self.write, out=folder / name))

    def phone(self) -> None:
        """The sheet for looking at the current card on a phone."""
        frame = self._view.current()
        if frame is not None and frame.canvas.card is not None and self._view.post is not None:
            from studio.ui.preview.phone_sheet import PhoneSheet

            PhoneSheet(self._theme, self, frame, self._view.post, self._state).open_over(self._view.window())

    # making pictures -------------------------------------------------------------------------------------------

    def make(self, frame: Frame, scale: float, done: Callable[[QImage], object]) -> None:
        """The card as it is shown now, as a picture at `scale`; a picture that is too large is refused in words."""
        if (card := frame.canvas.card) is not None:
            self.paint(card, frame.metrics, scale, done)

    def paint(self, card: Card, metrics: QtMetrics, scale: float, done: Callable[[QImage], object]) -> None:
        """Loads what the card shows at that size, then paints it; pictures that are gone leave their place."""
        still = self._pictures.still()

        def load(task: Any) -> None:
            places = [box for box in card.boxes if box.media]
            for number, box in enumerate(places):
                if task is not None:
                    task.progress(number / len(places))
                part = box.crop or (0.0, 0.0, 1.0, 1.0)
                still.get(box.media, round(max(box.w / max(part[2], 0.01), box.h / max(part[3], 0.01)) * scale))

        def paint() -> None:
            try:
                done(picture(card, CardPainter(metrics, still, self._icon), scale))
            except Refused as fault:
                self.refuse(list(fault.findings))

        self._run(N("job", "Painting the preview"), load, lambda _: paint())

    def save_to(self, frame: Frame, out: Path) -> None:
        """Writes the card as it is shown into `out`, whole or not at all."""
        self.make(frame, self._view.chosen.scale, lambda image: self.write(image, out))

    def write(self, image: QImage, out: Path, done: Callable[[Path], object] | None = None) -> None:
        """Into a file, whole or not at all, and says so; a folder that cannot be written is told."""

        def work(_: Any) -> Path:
            try:
                write_png(image, out)
            except OSError as fault:
                raise Refused(error("out.unwritable", "out", name=out.name, reason=fault.strerror or "")) from None
            return out

        def told(path: Path) -> None:
            self.say(tr("preview", "Saved as “{name}”", name=path.name))
            if done is not None:
                done(path)

        self._run(N("job", "Saving the picture"), work, told)

    # asking ----------------------------------------------------------------------------------------------------

    def file_name(self, frame: Frame) -> str:
        """"Three bakeries - Weibo Feed.png"."""
        post = self._view.post
        heading = fit(post.heading if post is not None else "")
        where = fit(f"{frame.platform_name} {frame.surface_name}")
        return " - ".join(part for part in (heading, where) if part) + ".png"

    def ask_where(self, name: str, chosen: Callable[[Path], object]) -> None:
        """The system's dialog for a file, with a name to begin with."""
        dialog = QFileDialog(self._view.window(), tr("preview", "Save as picture"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.setNameFilter(tr("preview", "PNG picture (*.png)"))
        dialog.setDirectory(str(self.folder()))
        dialog.selectFile(name)

        def take(file: str) -> None:
            self.remember(Path(file).parent)
            chosen(Path(file))

        dialog.fileSelected.connect(take)
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def folder(self) -> Path:
        """Where the last picture went; else the person's pictures."""
        kept = Path(str(self._state.get(FOLDER, "") if self._state else "") or ".")
        if kept.is_absolute() and kept.is_dir():
            return kept
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or Path.home())

    def remember(self, folder: Path) -> None:
        """For the next time."""
        if self._state is not None:
            self._state.set(FOLDER, str(folder))

    # inside ----------------------------------------------------------------------------------------------------

    def _put_on_clipboard(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.say(tr("preview", "Copied as a picture of {w} × {h} px", w=image.width(), h=image.height()))

    def _icon(self, name: str, size: int, ink: QColor, ratio: float) -> QPixmap:
        return self._theme.icons.pixmap(name, size, ink, ratio)

    def _run(self, name: Any, work: Callable[[Any], Any], done: Callable[[Any], object]) -> None:
        if self.bridge is not None:
            self.bridge.submit("store", name, work, done, lambda fault: self.refuse(_findings(fault)), owner=self)
            return
        try:
            made = work(None)
        except Refused as fault:
            self.refuse(list(fault.findings))
        else:
            done(made)


def fit(words: str, longest: int = LONGEST) -> str:
    """As part of a name that every file system takes."""
    return _UNFIT.sub(" ", words)[:longest].strip(" .")


def _findings(fault: BaseException) -> list[Finding]:
    found: Sequence[Finding] = findings_of(fault)
    return list(found)
