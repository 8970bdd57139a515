"""The sheet for a review file: which previews, light or dark, how sharp, from whom; then it is painted and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QIODevice, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from studio.core.card import Card, Surface, Theme
from studio.core.errors import Problem, Refused
from studio.core.finding import error
from studio.core.post import Account, Post
from studio.services.reviews import Shot
from studio.ui.i18n import N, tr
from studio.ui.preview.frame import Frame, spoken
from studio.ui.preview.offscreen import MOST_PIXELS
from studio.ui.preview.reviewing import FOLDER
from studio.ui.preview.saving import fit
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, hairline, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.preview.reviewing import Reviewing

WHO, THEMES, SCALE = "preview/review who", "preview/review themes", "preview/review scale"
LOOKS: Final[dict[str, tuple[Theme, ...]]] = {"light": ("light",), "dark": ("dark",), "both": ("light", "dark")}
QUALITY: Final = 80  # of packing, as for every saved preview


@dataclass(frozen=True, slots=True)
class Wanted:
    """One preview that goes into the file."""

    frame: Frame
    surface: Surface
    theme: Theme


class ReviewSheet(Sheet):
    """Of the post that is open, and the accounts whose previews are shown."""

    def __init__(self, reviewing: Reviewing) -> None:
        super().__init__(reviewing.theme, tr("reviewing", "Review file for a client"), width=640)
        self._reviewing, self._view = reviewing, reviewing.view
        post = self._view.post
        assert post is not None
        self._post: Post = post
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self._frames = {frame.account.id: frame for frame in self._view.frames()}
        self.themes = Segments(self.theme, [("light", ""), ("dark", ""), ("both", "")])
        self.scale = Segments(self.theme, [("1", "1x"), ("2", "2x"), ("3", "3x")])
        self.who = Field(self.theme)
        self.every = Link(self.theme, tr("reviewing", "All surfaces"))
        self.says = Label("", "small", "text-2", wrap=True)
        self.save = Button(self.theme, tr("reviewing", "Save review file…"), "primary", "share-2")
        self._fill()
        self._wire()
        self._count()

    @property
    def file_name(self) -> str:
        """"Three bakeries - review.html"."""
        heading = " ".join(fit(self._post.heading).split())
        return " - ".join(part for part in (heading, tr("reviewing", "review")) if part) + ".html"

    def wanted(self) -> list[Wanted]:
        """What is ticked, in the order of the accounts."""
        return [
            Wanted(frame, surface, theme) for id, frame in self._frames.items() for surface in frame.surfaces()
            if self.boxes[id, surface.id].isChecked() for theme in LOOKS[self.themes.value]
        ]

    def ask_where(self) -> None:
        """The system's dialog, with a name to begin with."""
        dialog = QFileDialog(self, tr("reviewing", "Save review file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.setNameFilter(tr("reviewing", "Web page (*.html)"))
        dialog.setDirectory(str(self._reviewing.folder(QStandardPaths.StandardLocation.DocumentsLocation)))
        dialog.selectFile(self.file_name)
        dialog.fileSelected.connect(lambda file: self.save_to(Path(file)))
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def save_to(self, out: Path) -> None:
        """Paints what is ticked, one preview after the other, then writes the file in a job."""
        self._keep(FOLDER, str(out.parent))
        self._keep(WHO, self.who.text().strip())
        self._busy(True)
        self._paint(self.wanted(), [], out)

    # inside: what is asked -------------------------------------------------------------------------------------

    def _fill(self) -> None:
        told = tr("reviewing", "One web page with pictures, to send as you like. It cannot change the post; comments "
                  "come back as a file.")  # fmt: skip
        self.set_body(Label(told, "small", "text-2", wrap=True))
        listed = ScrollColumn(self.theme, padding=0, gap=4)
        for id, frame in self._frames.items():
            listed.column.insertLayout(listed.column.count(), self._account(id, frame))
        listed.column.addStretch(1)
        self.set_body(listed)
        self.set_body(hairline())
        options = row(self._named(tr("reviewing", "Look"), self.themes), self._named(tr("reviewing", "Sharpness"),
                      self.scale), self._named(tr("reviewing", "From"), self.who), gap=16)  # fmt: skip
        holder = QWidget()
        holder.setLayout(options)
        self.set_body(holder)
        foot = QWidget()
        foot.setLayout(row(self.says, None, self.every, 8, self.save))
        self.set_footer(foot)

    def _account(self, id: str, frame: Frame) -> Any:
        """Its name, and a box for each of its surfaces; the one that is shown now is ticked."""
        account = frame.account
        whose = [frame.platform_name, account.name if account.name != frame.platform_name else ""]
        lines = [Label(" · ".join(part for part in whose if part), "small", "text", 600)]
        boxes = []
        language = self.theme.language.code
        for surface in frame.surfaces():
            label = surface.label.get(language) or surface.label.get("en", surface.id)
            box = QCheckBox(label)
            name(box, f"{lines[0].text()} · {label}")
            box.setChecked(surface == frame.surface)
            box.toggled.connect(self._count)
            self.boxes[id, surface.id] = box
            boxes.append(box)
        pairs = [row(*boxes[n : n + 3], None, gap=16) for n in range(0, len(boxes), 3)]
        return column(*lines, *pairs, gap=4, margins=(0, 0, 0, 8))

    def _named(self, text: str, widget: QWidget) -> Any:
        widget.setAccessibleName(text)
        return column(Label(text, "small", "text", 600), widget, gap=4)

    def _wire(self) -> None:
        self.themes.set_texts({"light": tr("reviewing", "Light"), "dark": tr("reviewing", "Dark"),
                               "both": tr("reviewing", "Both")})  # fmt: skip
        kept = str(self._kept(THEMES, "")) or self._view.card_theme
        self.themes.set_value(kept if kept in LOOKS else "light")
        self.scale.set_value(str(self._kept(SCALE, "")) if self._kept(SCALE, "") in ("1", "2", "3") else "2")
        self.who.setText(str(self._kept(WHO, "")))
        self.who.setPlaceholderText(tr("reviewing", "Your name, as the client knows you"))
        self.themes.chosen.connect(self._choose_theme)
        self.scale.chosen.connect(partial(self._keep, SCALE))
        self.every.clicked.connect(self._tick_all)
        self.save.clicked.connect(self.ask_where)

    def _choose_theme(self, value: str) -> None:
        self._keep(THEMES, value)
        self._count()

    def _tick_all(self) -> None:
        """Every surface; a second time only those that are shown."""
        every = all(box.isChecked() for box in self.boxes.values())
        for (id, surface), box in self.boxes.items():
            box.setChecked(not every or self._frames[id].surface.id == surface)

    def _count(self, _: object = None) -> None:
        number = len(self.wanted())
        self.says.setText(tr("reviewing", "%n previews", n=number))
        self.save.why_not("" if number else tr("reviewing", "Tick at least one preview"))

    def _kept(self, key: str, usual: object) -> object:
        state = self._reviewing.state
        return state.get(key, usual) if state is not None else usual

    def _keep(self, key: str, value: object) -> None:
        if self._reviewing.state is not None:
            self._reviewing.state.set(key, value)

    # inside: painting and writing ------------------------------------------------------------------------------

    def _busy(self, on: bool) -> None:
        self.save.set_busy(on)
        self.save.setEnabled(not on)

    def _paint(self, rest: list[Wanted], done: list[Shot], out: Path) -> None:
        """The first of the rest, then the others: the window stays alive between two."""
        if self._closing:
            return
        if not rest:
            self._write(done, out)
            return
        first, *others = rest
        number = len(done) + 1
        self.says.setText(tr("reviewing", "Painting {number} of {all}", number=number, all=len(done) + len(rest)))
        try:
            card = self._card(first)
        except Problem as fault:
            self._failed(fault)
            return

        def then(shot: Shot) -> None:
            self._paint(others, [*done, shot], out)

        self._view.saver.paint(
            card, first.frame.metrics, float(self.scale.value), lambda image: self._pack(first, card, image, then))

    def _pack(self, wanted: Wanted, card: Card, image: QImage, then: Callable[[Shot], object]) -> None:
        """In a job, and before the next is painted: unpacked, a hundred pictures of a phone take more than 1 GB."""
        if not self._closing:
            account = wanted.frame.account
            self._reviewing.bridge.submit(
                "store", N("reviewing", "Writing the review file"), lambda _: _shot(account, card, image), then,
                self._failed, owner=self)  # fmt: skip

    def _card(self, wanted: Wanted) -> Card:
        """As the person looks at it, on the surface and in the look that are wanted."""
        width = float(wanted.surface.widths[0])
        card = wanted.frame.card_for(self._post, width, surface=wanted.surface.id, theme=wanted.theme)
        scale = int(self.scale.value)
        if card.width * card.height * scale**2 > MOST_PIXELS:
            raise Refused(error("preview.too_large", "scale", width=card.width * scale, height=card.height * scale))
        return card

    def _write(self, shots: list[Shot], out: Path) -> None:
        reviews, who, language = self._reviewing.desk.reviews, self.who.text().strip(), self.theme.language.code
        post = self._post

        def work(_: Any) -> Path:
            return reviews.write(post, shots, out, who=who, language=language)

        self._reviewing.bridge.submit(
            "store", N("reviewing", "Writing the review file"), work, self._done, self._failed,
            lambda: self._busy(False), owner=self)  # fmt: skip

    def _done(self, out: Path) -> None:
        self._reviewing.say(tr("reviewing", "Saved as “{name}”", name=out.name))
        self.close_with("saved")

    def _failed(self, fault: BaseException) -> None:
        self._busy(False)
        self._count()
        self._reviewing.refused(fault)
        self.close_with("refused")


def _shot(account: Account, card: Card, image: QImage) -> Shot:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", QUALITY)  # type: ignore[call-overload]  # bytes, as the stubs say, are refused
    return Shot(account, card.surface, card.theme, card.width, card.height, bytes(buffer.data().data()), spoken(card))
