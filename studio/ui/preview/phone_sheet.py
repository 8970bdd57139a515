"""The phone check: the card at a phone's true size as a file, and a QR code that brings the phone to it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from studio.core.card import Card
from studio.core.errors import Problem
from studio.core.post import Post
from studio.services.phonecheck import PHONES, Code, Phone, code_for, is_address
from studio.ui.i18n import tr
from studio.ui.preview.phone_page import drawn, page, side_of
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.preview.frame import Frame
    from studio.ui.preview.saving import Saver
    from studio.ui.theme import Theme
    from studio.ui.widgets.splitter import SettingsStore

PHONE, ADDRESS, BELOW = "preview/phone", "preview/cloud", "preview/code_below"
SHOWN: Final = QSize(200, 420)  # px of the phone that is shown in the sheet
CODE_PX: Final = 264
PAUSE_MS: Final = 250  # after the last key in the address


class Screen(QWidget):
    """The page as the phone shows it, small."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._image = theme, QImage()
        self.setFixedSize(SHOWN)

    def show_page(self, image: QImage, screen: tuple[int, int]) -> None:
        """The upper part of the page, as high as the screen."""
        part = image.copy(QRect(0, 0, screen[0], min(image.height(), screen[1])))
        ratio = self.devicePixelRatioF()
        room = QSize(round(SHOWN.width() * ratio), round(SHOWN.height() * ratio))
        self._image = part.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self._image.setDevicePixelRatio(ratio)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page with a line around it."""
        painter, size = QPainter(self), self._image.deviceIndependentSize().toSize()
        place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
        painter.drawImage(place.topLeft(), self._image)
        painter.setPen(self._theme.color("line-2"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))


class CodeView(QWidget):
    """A QR code, black on white in every theme, with whole px for each module."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setFixedSize(CODE_PX, CODE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, code: Code, words: str) -> None:
        """words: what it holds, for a screen reader."""
        self._rows = code.rows
        side = side_of(code.rows, CODE_PX)
        self.setFixedSize(side, side)
        name(self, words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sharp edges; its quiet zone is part of it."""
        if self._rows:
            QPainter(self).drawImage(self.rect(), drawn(self._rows))


class PhoneSheet(Sheet):
    """Of one card. saver: paints, asks where, writes."""

    def __init__(self, theme: Theme, saver: Saver, frame: Frame, post: Post, state: SettingsStore | None) -> None:
        super().__init__(theme, tr("preview", "Check on a phone"), width=640)
        self._saver, self._frame, self._post, self._state = saver, frame, post, state
        self._page = QImage()
        self._card: Card | None = None
        self.code = Code((), "nothing", "")
        self.phones = Segments(theme, [(phone.id, phone.id) for phone in PHONES])
        self.screen_view = Screen(theme)
        self.code_view = CodeView()
        self.measures = Label("", "small", "text-2", wrap=True)
        self.address = QLineEdit()
        self.holds = Label("", "small", "text-2", wrap=True)
        self.below = QCheckBox()
        self.save = Button(theme, "", "primary", "image-down")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._fill()
        self._wire()
        self._paint()

    @property
    def phone(self) -> Phone:
        """The phone that is chosen."""
        return next(phone for phone in PHONES if phone.id == self.phones.value)

    @property
    def file_name(self) -> str:
        """Of the picture: the same as of any other, with the phone's width."""
        stem = self._saver.file_name(self._frame).removesuffix(".png")
        return f"{stem} {self.phone.width}.png"

    # inside ----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        kept = str(self._kept(PHONE, ""))
        self.phones.set_value(kept if kept in [phone.id for phone in PHONES] else PHONES[1].id)
        self.phones.set_names({p.id: tr("preview", "{w} × {h} px, density {density}", w=p.width, h=p.height,
                                        density=f"{p.density:g}") for p in PHONES})  # fmt: skip
        self.address.setText(str(self._kept(ADDRESS, "")))
        self.address.setPlaceholderText("https://cloud.example.com/previews/{name}")
        self.below.setText(tr("preview", "Put the code below the picture, too"))
        self.below.setChecked(bool(self._kept(BELOW, False)))
        self.save.setText(tr("preview", "Save as picture…"))
        asked = Label(tr("preview", "Address of your own cloud folder"), "small", "text", 600)
        help = Label(tr("preview", "Save the picture there; {name} stands for the name of the file. Empty: the code "
                        "holds the post’s text.", name="{name}"), "caption", "text-3", wrap=True)  # fmt: skip
        name(self.address, asked.text(), help.text())
        right = column(
            Label(tr("preview", "Width of the phone"), "small", "text", 600), self.phones, self.measures, 8, asked,
            self.address, help, 8, self.code_view, self.holds, None, gap=6)  # fmt: skip
        body = QWidget()
        body.setLayout(row(self.screen_view, right, gap=24))
        self.set_body(body)
        foot = QWidget()
        foot.setLayout(row(self.below, None, self.save))
        self.set_footer(foot)

    def _wire(self) -> None:
        self.phones.chosen.connect(self._phone_chosen)
        self.below.toggled.connect(partial(self._keep, BELOW))
        self.address.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self._address_given)
        self.save.clicked.connect(self._save)

    def _paint(self) -> None:
        """Lays the card out as wide as the phone and paints it at its density."""
        phone = self.phone
        try:
            card = self._frame.card_for(self._post, phone.width)
        except Problem:
            return
        self._saver.paint(card, self._frame.metrics, phone.density, lambda image: self._painted(card, phone, image))

    def _painted(self, card: Card, phone: Phone, image: QImage) -> None:
        if phone != self.phone:
            return
        self._card, self._page = card, image
        made = page(card, image, phone)
        self.screen_view.show_page(made, phone.pixels)
        wide, tall = made.width(), made.height()
        self.measures.setText(tr("preview", "{w} × {h} px, true to this phone’s screen", w=wide, h=tall))
        self._encode()

    def _encode(self, name: str = "") -> None:
        """name: of the file, where it was given another one."""
        self.code = code_for(self.address.text(), name or self.file_name, self._post.text)
        words = self._words()
        self.holds.setText(words)
        self.code_view.show_code(self.code, words)
        self.code_view.setVisible(bool(self.code.rows))
        self.below.setEnabled(bool(self.code.rows))

    def _words(self) -> str:
        if self.address.text().strip() and not is_address(self.address.text()):
            return tr("preview", "That is no address a phone can open; it begins with https://")
        return {
            "address": tr("preview", "The code holds the address: {address}", address=self.code.inside),
            "text": tr("preview", "The code holds the post’s text. Nothing is sent: your own cloud, a cable or a chat "
                       "moves the picture."),
            "part": tr("preview", "The code holds the beginning of the post’s text, as much as a phone can read. "
                       "Nothing is sent: your own cloud, a cable or a chat moves the picture."),
            "nothing": tr("preview", "There is no address and no text to put into a code."),
        }[self.code.holds]  # fmt: skip

    def _save(self) -> None:
        if self._card is not None and not self._page.isNull():
            self._saver.ask_where(self.file_name, self.save_to)

    def save_to(self, out: Path) -> None:
        """The page as it is now into a file; the code holds the name that was chosen for it."""
        assert self._card is not None
        self._encode(out.name)
        code = self.code.rows if self.below.isChecked() else ()
        self._saver.write(page(self._card, self._page, self.phone, code), out)

    def _phone_chosen(self, id: str) -> None:
        self._keep(PHONE, id)
        self._paint()

    def _address_given(self) -> None:
        self._keep(ADDRESS, self.address.text().strip())
        self._encode()

    def _kept(self, key: str, default: object) -> object:
        return self._state.get(key, default) if self._state else default

    def _keep(self, key: str, value: object) -> None:
        if self._state is not None:
            self._state.set(key, value)
