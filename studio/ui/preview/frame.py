"""One card with its caption: which platform, which surface, when its layout was last checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.card import Box, Card, Surface, View
from studio.core.card import Theme as CardTheme
from studio.core.errors import Problem
from studio.core.post import Account, Content, Post, resolve
from studio.ui.i18n import tr
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.painter import CardPainter, colour
from studio.ui.preview.pictures import Pictures
from studio.ui.widgets.base import column, dress, row
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo
    from studio.services.previews import Previews
    from studio.ui.theme import Theme

LEAST_SCALE: Final = 0.6
RADIUS: Final = 10
LONGEST: Final = 20_000
"""Characters of a text that a preview lays out: about sixty screens; a card folds long before."""
OLD_AFTER: Final = 90  # days since a layout was checked


@dataclass(frozen=True, slots=True)
class Look:
    """What all cards share: how text is measured, light or dark, the language, today."""

    metrics: QtMetrics
    theme: CardTheme
    language: str
    today: date


class CardCanvas(QWidget):
    """Paints one card, scaled; knows nothing of posts."""

    clicked = Signal()

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        super().__init__()
        self._theme, self._pictures = theme, pictures
        self._card: Card | None = None
        self._painter: CardPainter | None = None
        self.zoom = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def card(self) -> Card | None:
        """The card as last laid out."""
        return self._card

    def show_card(self, card: Card, metrics: QtMetrics, zoom: float) -> None:
        """Paints `card` at `zoom` from now on."""
        if self._painter is None or self._painter.metrics is not metrics:
            self._painter = CardPainter(metrics, self._pictures, self._icon)
        top = changed_from(self._card, card) if self.zoom == zoom else 0.0
        self._card, self.zoom = card, zoom
        size = QSize(round(card.width * zoom), round(card.height * zoom))
        if size != self.size():
            self.setFixedSize(size)
        if top is not None:
            start = int(top * zoom) - 2
            self.update(0, start, self.width(), self.height() - start)

    def wait(self, width: int, height: int) -> None:
        """Takes this place until a card comes."""
        if self._card is None:
            self.setFixedSize(width, height)

    def uses(self, media: str) -> bool:
        """True when the card shows this picture."""
        return self._card is not None and any(box.media == media for box in self._card.boxes)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is exposed."""
        if self._card is None or self._painter is None:
            return
        painter = QPainter(self)
        painter.scale(self.zoom, self.zoom)
        exposed = QRectF(event.rect())
        part = QRectF(
            exposed.x() / self.zoom, exposed.y() / self.zoom, exposed.width() / self.zoom, exposed.height() / self.zoom
        )
        ground = self._card.boxes[0] if self._card.boxes else None
        edge = QRectF(0.5, 0.5, self._card.width - 1, self._card.height - 1)
        if ground is not None and not ground.radius:  # what reaches from edge to edge there is a card here
            shape = QPainterPath()
            shape.addRoundedRect(edge, RADIUS, RADIUS)
            painter.setClipPath(shape)
        self._painter.paint(painter, self._card, part, self.zoom * self.devicePixelRatioF())
        if ground is not None and not ground.radius:
            painter.setClipping(False)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self._card, "line", "line"), 1))
            painter.drawRoundedRect(edge, RADIUS, RADIUS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens this account's tab."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _icon(self, name: str, size: int, ink: QColor, ratio: float) -> QPixmap:
        return self._theme.icons.pixmap(name, size, ink, ratio)


class Frame(QWidget):
    """picked(account id): its card was clicked. relaid: its height changed."""

    picked = Signal(str)
    relaid = Signal()

    def __init__(
        self, theme: Theme, previews: Previews, account: Account, info: PlatformInfo, look: Look, pictures: Pictures
    ) -> None:
        super().__init__()
        self.account, self._info = account, info
        self._theme, self._previews, self._look = theme, previews, look
        self._surface = self._surfaces()[0]
        self._width = 0
        self._done: tuple[Content, Look, str, int] | None = None
        self.canvas = CardCanvas(theme, pictures)
        self.disc = Disc(theme, _initial(info, look.language), info.colour, 16)
        self.title = Label("", "small", "text", weight=600)
        self.chooser = Link(theme, "")
        self.checked = ElidedLabel("", "caption", "text-3")
        self._build()
        self._say()

    def fit(self, width: int) -> None:
        """The room there is for it, in px."""
        self._width = width
        self.canvas.wait(width, round(width * 0.8))
        self.setFixedWidth(width)

    def tall(self) -> int:
        """Caption and card, px; known before it is on the screen."""
        return self._theme.px(30) + self.canvas.height()

    def set_look(self, look: Look) -> None:
        """Another theme, language or font: laid out again when next shown."""
        self._look, self._done = look, None
        self._say()

    def show_post(self, post: Post) -> None:
        """Lays the card out when what this account gets of `post` changed."""
        content = resolve(post, self.account)
        key = (content, self._look, self._surface.id, self._width)
        if key == self._done or self._width <= 0:
            return
        before = self.canvas.height()
        self._lay_out(post)
        self._done = key
        if self.canvas.height() != before:
            self.relaid.emit()

    def picture_came(self, media: str) -> None:
        """Paints again when it shows this picture."""
        if self.canvas.uses(media):
            self.canvas.update()

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.checked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        caption = QWidget()
        caption.setFixedHeight(self._theme.px(30))
        line = row(self.disc, self.title, self.chooser, self.checked, gap=6)
        line.setStretch(3, 1)
        caption.setLayout(line)
        whole = column(caption, self.canvas, gap=0)
        whole.setAlignment(self.canvas, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(whole)
        self.chooser.clicked.connect(self._choose)
        self.canvas.clicked.connect(lambda: self.picked.emit(self.account.id))

    def _surfaces(self) -> tuple[Surface, ...]:
        return self._previews.surfaces(self.account.platform)

    def _say(self) -> None:
        language = self._look.language
        name = self._info.name.say(language)
        self.title.setText(name)
        label = self._surface.label.get(language) or self._surface.label.get("en", self._surface.id)
        self.chooser.setText(label)
        self.chooser.setEnabled(len(self._surfaces()) > 1)
        self.chooser.updateGeometry()
        self.setAccessibleName(tr("preview", "Preview for {platform}", platform=name))
        self.canvas.setAccessibleName(self.accessibleName())

    def _lay_out(self, post: Post) -> None:
        wide, zoom = self._measure()
        try:
            view = View(self._surface.id, wide, self._look.theme, self._look.language)
            card = self._previews.card(_short(post), self.account, view, self._look.metrics)
        except Problem:
            return
        self.canvas.show_card(card, self._look.metrics, zoom)
        self.canvas.setAccessibleDescription(_spoken(card))
        self._say_checked(card)

    def _measure(self) -> tuple[float, float]:
        """Layout width and scale: the widest reference width that fits, else the smallest, shrunk to 0.6 at most."""
        widths = self._surface.widths
        fitting = [w for w in widths if w <= self._width]
        wide = fitting[0] if fitting else min(widths)
        return float(wide), 1.0 if fitting else max(LEAST_SCALE, self._width / wide)

    def _say_checked(self, card: Card) -> None:
        text = tr("preview", "Layout checked {day}", day=day_text(card.checked, self._look.language))
        if self.checked.accessibleName() != text:
            self.checked.set_text(text)
            dress(self.checked, tone="warn" if is_old(card.checked, self._look.today) else "text-3")

    def _choose(self) -> None:
        chooser = menu(self)
        for surface in self._surfaces():
            label = surface.label.get(self._look.language) or surface.label.get("en", surface.id)
            add(chooser, self._theme, label, run=partial(self._set_surface, surface))
        chooser.popup(self.chooser.mapToGlobal(QPoint(0, self.chooser.height())))

    def _set_surface(self, surface: Surface) -> None:
        self._surface, self._done = surface, None
        self._say()
        self.relaid.emit()


def changed_from(old: Card | None, new: Card) -> float | None:
    """From which y on two cards look different, in px of the card; None when they are the same."""
    if old is None or (old.width, old.tokens, old.theme) != (new.width, new.tokens, new.theme):
        return 0.0
    tops = [_box_from(a, b) for a, b in zip(old.boxes, new.boxes, strict=False) if a is not b and a != b]
    rest = (*old.boxes[len(new.boxes) :], *new.boxes[len(old.boxes) :])
    return min((*tops, *(box.y for box in rest)), default=None)


def _box_from(old: Box, new: Box) -> float:
    """From which y on two boxes look different."""
    if replace(old, h=new.h, text=new.text, lines=new.lines, runs=new.runs, folded=new.folded) != new:
        return min(old.y, new.y)
    if new.kind == "card":
        return min(old.y + old.h, new.y + new.h) - new.radius - 1
    if new.font is None or not new.lines or len(new.lines) < 2:
        return new.y
    same = 0
    for one, other in zip(old.lines, new.lines, strict=False):
        if one != other or old.text[one.start : one.end] != new.text[other.start : other.end]:
            break
        same += 1
    runs = [r.start for r in set(old.runs) ^ set(new.runs)]
    first = min(runs, default=len(new.text))
    before = sum(1 for line in new.lines if line.end <= first)
    return new.y + min(same, before) * new.font.line


def _initial(info: PlatformInfo, language: str) -> str:
    return info.initial.get(language) or info.initial.get("en", "?")


def _short(post: Post) -> Post:
    if len(post.text) <= LONGEST:
        return post
    return replace(post, text=post.text[:LONGEST])


def _spoken(card: Card) -> str:
    """What a screen reader says of the card."""
    return " ".join(box.text for box in card.boxes if box.kind == "text" and box.text)[:500]


def is_old(checked: str, today: date) -> bool:
    """True when the day a layout was checked lies more than 90 days back, or cannot be read."""
    try:
        return (today - date.fromisoformat(checked)).days > OLD_AFTER
    except ValueError:
        return True


def day_text(checked: str, language: str) -> str:
    """The day as people of that language write it, short: "12 Oct", "10 月 12 日"."""
    try:
        day = date.fromisoformat(checked)
    except ValueError:
        return checked
    if language.startswith("zh"):
        return f"{day.month} 月 {day.day} 日"
    return QLocale("en").toString(QDate(day.year, day.month, day.day), "d MMM")
