"""One card with its caption: which platform, which surface, when its layout was last checked and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.core.card import Card, Surface, View
from studio.core.errors import Problem
from studio.core.post import Account, Content, Media, Post, resolve
from studio.ui.i18n import tr
from studio.ui.preview.canvas import CardCanvas
from studio.ui.preview.caption import Badge, Chooser
from studio.ui.preview.look import Look, age, day_text, measure, sureness, sureness_told
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.pictures import Painted
from studio.ui.preview.scaled import Scaled
from studio.ui.widgets.base import column, dress, row
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo
    from studio.services.previews import Previews
    from studio.ui.theme import Theme

CAPTION: Final = 30
LEAST_BADGE: Final = 60  # px that stay for the badge, whatever the names
LONGEST: Final = 20_000
"""Characters of a text that a preview lays out: about sixty screens; a card folds long before."""
TONES: Final = {"fresh": "text-2", "old": "warn", "stale": "text-3"}
Others = Callable[[Account], tuple[Media, ...]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What one card is asked for beside the look of all: its surface, whether unfolded, the page of its carousel."""

    surface: Surface
    unfolded: bool = False
    page: int = 0


class Frame(QWidget):
    """picked      (account id) its card was clicked     relaid    its height changed
    moved       (account id, surface id) another surface was chosen
    menu_asked  (Frame, place on the screen)

    What shows the card is `body`: the canvas, or what `show_instead` puts in its place. Below it, `foot` takes rows.
    """

    picked = Signal(str)
    relaid = Signal()
    moved = Signal(str, str)
    menu_asked = Signal(object, QPoint)

    def __init__(
        self, theme: Theme, previews: Previews, account: Account, info: PlatformInfo, look: Look, pictures: Painted,
        surface: str = "", scaled: Scaled | None = None, others: Others | None = None,
    ) -> None:
        super().__init__()
        self.account, self._info = account, info
        self._theme, self._previews, self._look, self._others = theme, previews, look, others
        every = self.surfaces()
        self.wish = Wish(next((each for each in every if each.id == surface), every[0]))
        self._width = 0
        self._post: Post | None = None
        self._done: tuple[Content, Look, Wish, int, tuple[Media, ...]] | None = None
        self._told: tuple[str, str, Look] | None = None
        self.canvas = CardCanvas(theme, pictures, scaled)
        self.body: QWidget = self.canvas
        self.foot = QVBoxLayout()
        self.disc = Disc(theme, _initial(info, look.spoken), info.colour, 16)
        self.title = Label("", "small", "text", weight=600)
        self.chooser = Chooser(theme, "")
        self.checked = Badge("caption", "text-2")
        self._build()
        self._say()

    # what is shown ---------------------------------------------------------------------------------------------

    @property
    def surface(self) -> Surface:
        """The surface that is shown."""
        return self.wish.surface

    def surfaces(self) -> tuple[Surface, ...]:
        """Those its platform has."""
        return self._previews.surfaces(self.account.platform)

    @property
    def metrics(self) -> QtMetrics:
        """What its words are measured with."""
        return self._look.metrics

    @property
    def platform_name(self) -> str:
        """In the window's language."""
        return self._info.name.say(self._look.spoken)

    @property
    def surface_name(self) -> str:
        """In the window's language."""
        return _named(self.surface, self._look.spoken)

    def fit(self, width: int) -> None:
        """The room there is for it, in px."""
        self._width = width
        self.canvas.wait(width, round(width * 0.8))
        self.setFixedWidth(width)
        self._name()

    def overflows(self, width: int) -> bool:
        """Whether its surface, at the smallest that can be read, is wider than that."""
        wide, zoom = measure(self.surface, width, self._look)
        return wide * zoom > width + 0.5

    def tall(self) -> int:
        """Caption, card and foot in px; known before it is on the screen."""
        foot = self.foot.sizeHint().height()
        return self._theme.px(CAPTION) + self.body.height() + max(0, foot)

    def set_look(self, look: Look) -> None:
        """Another theme, language, width, size or font: laid out again when next shown."""
        self._look, self._done = look, None
        self._say()

    def set_wish(self, wish: Wish) -> None:
        """Another surface, fold or page: laid out again at once when it is on the screen."""
        if wish == self.wish:
            return
        other, self.wish = wish.surface != self.wish.surface, wish
        if other:
            self._say()
            self.moved.emit(self.account.id, wish.surface.id)
        if self._post is not None and self._done is not None:
            self.show_post(self._post)

    def show_post(self, post: Post) -> None:
        """Lays the card out when what this account gets of `post` changed."""
        self._post = post
        others = self._others(self.account) if self._others and self.surface.form == "grid" else ()
        key = (resolve(post, self.account), self._look, self.wish, self._width, others)
        if key == self._done or self._width <= 0:
            return
        before = self.tall()
        self._lay_out(post, others)
        self._done = key
        if self.tall() != before:
            self.relaid.emit()

    def view(self, width: float, **more: object) -> View:
        """How its card is asked for."""
        look, wish = self._look, self.wish
        return View(
            wish.surface.id, width, look.theme, look.language, look.text, wish.unfolded, wish.page, **more)  # type: ignore[arg-type]

    def card_for(self, post: Post, width: float, **other: Any) -> Card:
        """The card in another width, as the person looks at it else; `other` as in `View`: surface, theme.

        Problem: it cannot be laid out.
        """
        others = self._others(self.account) if self._others else ()
        view = replace(self.view(width, others=others), **other)
        return self._previews.card(_short(post), self.account, view, self.metrics)

    def picture_came(self, media: str) -> None:
        """Paints again where it shows this picture."""
        if self.canvas.uses(media):
            self.canvas.repaint_media(media)

    def show_instead(self, widget: QWidget | None) -> None:
        """Shows `widget` in the place of the painted card; None: the card again. The caller keeps the widget."""
        wanted = widget or self.canvas
        if wanted is self.body:
            return
        self._whole.replaceWidget(self.body, wanted)
        self.body.hide()
        self.body = wanted
        self._whole.setAlignment(wanted, Qt.AlignmentFlag.AlignHCenter)
        wanted.show()
        self.relaid.emit()

    def event(self, event: QEvent) -> bool:
        """A row came into the foot, or went: the height is another one."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.tall() != self.height():
            self.relaid.emit()
        return done

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.checked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        caption = QWidget()
        caption.setFixedHeight(self._theme.px(CAPTION))
        line = row(self.disc, self.title, self.chooser, self.checked, gap=6)
        line.setStretch(3, 1)
        caption.setLayout(line)
        self._whole = column(caption, self.canvas, gap=0)
        self._whole.addLayout(self.foot)
        self._whole.setAlignment(self.canvas, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(self._whole)
        self.chooser.clicked.connect(self._choose)
        self.canvas.clicked.connect(lambda: self.picked.emit(self.account.id))
        self.canvas.folded.connect(lambda: self.set_wish(replace(self.wish, unfolded=not self.wish.unfolded)))
        self.canvas.turned.connect(lambda page: self.set_wish(replace(self.wish, page=page)))

    def _name(self) -> None:
        """The platform's name, as far as there is room beside the surface."""
        room = self._width - self.disc.sizeHint().width() - self.chooser.sizeHint().width() - LEAST_BADGE
        metrics = QFontMetrics(self.title.font())
        self.title.setText(metrics.elidedText(self.platform_name, Qt.TextElideMode.ElideRight, max(40, room)))
        self.title.setAccessibleName(self.platform_name)

    def _say(self) -> None:
        self._name()
        self.chooser.setText(self.surface_name)
        self.chooser.setEnabled(len(self.surfaces()) > 1)
        self.chooser.setAccessibleName(tr("preview", "Surface: {name}", name=self.surface_name))
        self.chooser.updateGeometry()
        self.disc.set_initial(_initial(self._info, self._look.spoken))
        self.setAccessibleName(tr("preview", "Preview for {platform}", platform=self.platform_name))
        self.canvas.setAccessibleName(self.accessibleName())

    def _lay_out(self, post: Post, others: tuple[Media, ...]) -> None:
        wide, zoom = measure(self.surface, self._width, self._look)
        try:
            card = self._previews.card(_short(post), self.account, self.view(wide, others=others), self._look.metrics)
        except Problem:
            return
        self.canvas.show_card(card, self._look.metrics, zoom, self.wish.unfolded)
        self.canvas.setAccessibleDescription(spoken(card))
        self.setFixedWidth(max(self._width, self.body.width()))
        self._say_checked(card)

    def _say_checked(self, card: Card) -> None:
        look = self._look
        if self._told == (told := (card.checked, card.confidence, look)):
            return
        self._told = told
        day, how = day_text(card.checked, look.spoken), age(card.checked, look.today)
        said = f"{day} · {sureness(card.confidence)}"
        if how == "stale":
            said = tr("preview", "{day}, long ago", day=day_text(card.checked, look.spoken, year=True))
        texts = (tr("preview", "Layout checked {day}", day=said), tr("preview", "Checked {day}", day=said), said)
        self.checked.tell(texts, sureness_told(card.confidence))
        dress(self.checked, tone=TONES[how])

    def _choose(self) -> None:
        chooser = menu(self)
        chooser.aboutToHide.connect(chooser.deleteLater)
        for surface in self.surfaces():
            entry = add(chooser, self._theme, _named(surface, self._look.spoken), run=partial(self._set, surface))
            entry.setCheckable(True)
            entry.setChecked(surface == self.surface)
        chooser.popup(self.chooser.mapToGlobal(QPoint(0, self.chooser.height())))

    def _set(self, surface: Surface) -> None:
        self.set_wish(Wish(surface, self.wish.unfolded))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with this card."""
        self.menu_asked.emit(self, event.globalPos())
        event.accept()


def spoken(card: Card) -> str:
    """What a screen reader says of the card."""
    return " ".join(box.text for box in card.boxes if box.kind == "text" and box.text)[:500]


def _named(surface: Surface, language: str) -> str:
    return surface.label.get(language) or surface.label.get("en", surface.id)


def _initial(info: PlatformInfo, language: str) -> str:
    return info.initial.get(language) or info.initial.get("en", "?")


def _short(post: Post) -> Post:
    return post if len(post.text) <= LONGEST else replace(post, text=post.text[:LONGEST])
