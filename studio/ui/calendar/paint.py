"""Draws the month: days, chips, ticks, and what a drag would do. Reads places from `layout`, never makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from studio.core.delivery import State
from studio.ui.calendar.layout import Cell, Measures, MonthLayout
from studio.ui.calendar.month import Item, Landing, draft_landing, landing
from studio.ui.i18n import tr
from studio.ui.icons import faded
from studio.ui.moments import clock, weekday
from studio.ui.moments import day as day_words
from studio.ui.shadow import Shadows
from studio.ui.text import paint as paint_text
from studio.ui.text import paint_line, wrap

if TYPE_CHECKING:
    from studio.ui.theme import Theme

TITLE_FROM = 104  # px of chip from which its title is drawn; narrower ones keep time and disc
DISC_FROM = 64
MINI = 40  # px, at every text size: it holds no words
TONES = {"ok": "accent", "warn": "warn", "bad": "bad"}
LANDING_ICONS = {"past": "ban", "taken": "clock", "skipped": "clock"}


@dataclass(frozen=True, slots=True)
class Held:
    """The thing in hand. item: None for a draft from the tray (it draws itself); at: the pointer, or None by keys.

    draft   the post that is carried by keys, or ""
    """

    target: date | None
    landing: Landing | None
    sentence: str
    item: Item | None = None
    at: QPointF | None = None
    grip: QPointF = field(default_factory=QPointF)
    size: tuple[float, float] = (140.0, 22.0)
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a picture of the month depends on."""

    plan: MonthLayout
    items: Mapping[str, Item]
    month: date
    today: date
    first_weekday: int
    language: str
    hovered: str = ""
    chosen: str = ""
    cursor: date | None = None
    ring: bool = False
    held: Held | None = None
    mini: Callable[[Item], QPixmap | None] = lambda item: None


def measures(theme: Theme) -> Measures:
    """Sizes at the present text scale and density."""
    chip = theme.px(20 if theme.compact else 22)
    return Measures(
        head=theme.px(34), number=theme.px(30 if theme.compact else 34), chip=chip, more=theme.px(18),
        gap=2 if theme.compact else 3, mini=MINI, clear=MINI + 4,
    )


def paint_month(painter: QPainter, theme: Theme, scene: Scene, shadows: Shadows) -> None:
    """The whole picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, rect in enumerate(scene.plan.heads):
        name = weekday((scene.first_weekday - 1 + number) % 7 + 1, scene.language)
        paint_line(painter, theme, rect.adjusted(10, 0, -4, 0), name, "small", "text-2")
    for cell in scene.plan.cells:
        _cell(painter, theme, scene, cell)
    _lines(painter, theme, scene.plan)
    if scene.ring and scene.cursor is not None and not scene.chosen:
        _ring(painter, theme, scene.plan, scene.cursor)
    if scene.held is not None:
        _held(painter, theme, scene, scene.held, shadows)


def chip(
    painter: QPainter, theme: Theme, rect: QRectF, item: Item, solid: bool = False, strong: bool = False
) -> None:
    """One delivery: tint, state icon, time, disc, title. `solid`: on the raised ground, in hand."""
    state = theme.state(item.state.value)
    painter.setPen(QPen(faded(state.text, 0.55), 1) if strong else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("raised") if solid else state.tint)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5) if strong else rect, 5, 5)
    side = theme.icon_size(13)
    theme.draw_icon(painter, QRectF(rect.left() + 6, rect.top(), side, rect.height()), state.icon, 13, state.text)
    x = rect.left() + 6 + side + 5
    x += _time(painter, theme, QRectF(x, rect.top(), max(0.0, rect.right() - x - 2), rect.height()), item, state.text)
    disc = theme.icon_size(14)
    if rect.width() >= DISC_FROM and x + disc < rect.right():
        theme.draw_disc(painter, QRectF(x + 5, rect.center().y() - disc / 2, disc, disc), item.initial, item.colour)
        x += disc + 10
    end = rect.right() - 4
    if item.there and end - x > side:
        theme.draw_icon(painter, QRectF(end - side, rect.top(), side, rect.height()), "server", 13, "info")
        end -= side + 4
    if rect.width() >= TITLE_FROM:
        gone = item.state is State.CANCELLED
        place = QRectF(x, rect.top(), max(0.0, end - x), rect.height())
        paint_line(painter, theme, place, item.title, "small", "text-3" if gone else "text")


def judged(held: Held, to: date, now: datetime, zone: tzinfo, items: Iterable[Item]) -> Held:
    """The thing in hand over a day: what letting go would do, and why not."""
    if held.item is None:
        found = draft_landing(to, now, zone)
        return replace(held, target=to, landing=found, sentence=sentence(found, None))
    if to == held.item.day:
        return replace(held, target=to, landing=Landing("ok", held.item.at), sentence="")
    found = landing(held.item, to, now, zone, items)
    there = clock(found.at, zone) if found.at is not None else ""
    return replace(held, target=to, landing=found, sentence=sentence(found, held.item, there))


def describe(theme: Theme, item: Item) -> str:
    """A delivery in one line, for tool tips and screen readers."""
    words = tr(
        "calendar", "{state}, {day}, {clock}: {title}", state=theme.state(item.state.value).words,
        day=day_words(item.day, theme.language.code), clock=item.clock, title=item.title,
    )  # fmt: skip
    return tr("calendar", "{words} (the platform’s own clock)", words=words) if item.there else words


def describe_day(theme: Theme, day: date, count: int) -> str:
    """A day and how much lies on it."""
    words = tr("calendar", "%n posts", n=count)
    return tr("calendar", "{day}, {posts}", day=day_words(day, theme.language.code), posts=words)


def sentence(landing: Landing, item: Item | None, there: str = "") -> str:
    """Why a landing is not simply fine. `there`: the wall-clock time it would get."""
    if landing.reason == "past":
        return tr("calendar", "That time has passed. Choose a later day.")
    if landing.reason == "taken" and item is not None:
        return tr("calendar", "Another post goes to this account at {clock}.", clock=item.clock)
    if landing.reason == "skipped" and item is not None:
        return tr(
            "calendar", "{clock} does not exist on that day (summer time). It becomes {there}.",
            clock=item.clock, there=there,
        )  # fmt: skip
    return ""


def _cell(painter: QPainter, theme: Theme, scene: Scene, cell: Cell) -> None:
    outside = cell.day.month != scene.month.month
    if outside or cell.day.isoweekday() >= 6:
        painter.fillRect(cell.rect, theme.color("sunken"))
    _number(painter, theme, scene, cell, outside)
    for placed in cell.chips:
        item = scene.items[placed.id]
        taken = scene.held is not None and scene.held.item is not None and scene.held.item.id == placed.id
        painter.setOpacity(0.4 if taken else 1.0)
        if scene.plan.ticks:
            _tick(painter, theme, placed.rect, item)
        else:
            chip(painter, theme, placed.rect, item, strong=placed.id in (scene.hovered, scene.chosen))
        painter.setOpacity(1.0)
        if placed.id == scene.chosen and scene.ring:
            _outline(painter, theme.color("focus"), placed.rect.adjusted(-2, -2, 2, 2), 7)
    for placed in cell.minis:
        _mini(painter, theme, placed.rect, scene.mini(scene.items[placed.id]))
    if cell.more is not None:
        hot = scene.hovered == f"more:{cell.day}"
        none = not cell.chips  # large text in a small window: the day only says how many
        words = tr("calendar", "%n posts", n=cell.hidden) if none else tr("calendar", "%n more", n=cell.hidden)
        paint_line(painter, theme, cell.more.adjusted(6, 0, 0, 0), words, "caption", "accent-text" if hot else "text-2")


def _mini(painter: QPainter, theme: Theme, rect: QRectF, picture: QPixmap | None) -> None:
    """A tiny preview; its place stays empty until it is drawn, so that nothing jumps."""
    if picture is None:
        return
    shape = QPainterPath()
    shape.addRoundedRect(rect, 5, 5)
    painter.save()
    painter.setClipPath(shape)
    painter.drawPixmap(rect.topLeft(), picture)
    painter.restore()
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


def _number(painter: QPainter, theme: Theme, scene: Scene, cell: Cell, outside: bool) -> None:
    words = str(cell.day.day)
    if cell.day.day == 1 and cell.day != scene.plan.cells[0].day:
        words = tr("calendar", "{month} {day}", month=_month(scene, cell.day), number=cell.day.month, day=1)
    place = cell.number.adjusted(4, 2, 0, -2)
    if cell.day != scene.today:
        paint_line(painter, theme, place, words, "body", "text-3" if outside else "text", 600, tabular=True)
        return
    high = theme.px(22)
    wide = max(high, theme.width("body", words, 600) + 12)
    pill = QRectF(cell.number.left(), place.center().y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("now"))
    painter.drawRoundedRect(pill, high / 2, high / 2)
    paint_line(
        painter, theme, pill, words, "body", "on-now", 600, Qt.AlignmentFlag.AlignHCenter, tabular=True
    )


def _month(scene: Scene, day: date) -> str:
    return QLocale(scene.language).monthName(day.month, QLocale.FormatType.ShortFormat)


def _time(painter: QPainter, theme: Theme, place: QRectF, item: Item, ink: QColor) -> float:
    font = theme.font("small", 500, tabular=True)
    font.setStrikeOut(item.state is State.CANCELLED)
    painter.setFont(font)
    painter.setPen(ink)
    painter.save()
    painter.setClipRect(place)
    painter.drawText(place.adjusted(0, 0, 40, 0), Qt.AlignmentFlag.AlignVCenter, item.clock)
    painter.restore()
    return float(theme.width("small", "00:00", 500)) + 1


def _tick(painter: QPainter, theme: Theme, rect: QRectF, item: Item) -> None:
    state = theme.state(item.state.value)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(state.text)
    painter.drawRoundedRect(rect, 2, 2)


def _lines(painter: QPainter, theme: Theme, plan: MonthLayout) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme.color("line"), 1))
    right, bottom = plan.cells[-1].rect.right(), plan.cells[-1].rect.bottom()
    for cell in plan.cells:
        x, y = int(cell.rect.left()), int(cell.rect.top())
        painter.drawLine(x, y, int(cell.rect.right()), y)
        if x > 0:
            painter.drawLine(x, y, x, int(cell.rect.bottom()))
    painter.drawLine(0, int(bottom), int(right), int(bottom))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _ring(painter: QPainter, theme: Theme, plan: MonthLayout, day: date) -> None:
    if (cell := plan.cell(day)) is not None:
        _outline(painter, theme.color("focus"), cell.rect.adjusted(3, 3, -2, -2), 6)


def _outline(painter: QPainter, colour: QColor, rect: QRectF, radius: float, fill: QColor | None = None) -> None:
    painter.setPen(QPen(colour, 2))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def _held(painter: QPainter, theme: Theme, scene: Scene, held: Held, shadows: Shadows) -> None:
    cell = scene.plan.cell(held.target) if held.target is not None else None
    if cell is not None and held.landing is not None:
        tone = TONES[held.landing.verdict]
        _outline(painter, theme.color(tone), cell.rect.adjusted(1, 1, 0, 0), 6, faded(theme.color(f"{tone}-tint"), 0.6))
        _number(painter, theme, scene, cell, cell.day.month != scene.month.month)
        for placed in cell.chips:
            chip(painter, theme, placed.rect, scene.items[placed.id])
    if held.item is not None:
        _in_hand(painter, theme, held, cell, shadows)
    if cell is not None and held.sentence and held.landing is not None:
        _bubble(painter, theme, scene.plan, cell, held, shadows)


def _in_hand(painter: QPainter, theme: Theme, held: Held, cell: Cell | None, shadows: Shadows) -> None:
    """The chip itself follows the pointer; moved by keys it lies at the foot of the day."""
    assert held.item is not None
    wide, high = held.size
    if held.at is not None:
        rect = QRectF(held.at - held.grip, held.at - held.grip + QPointF(wide, high))
    elif cell is not None:
        rect = QRectF(cell.rect.left() + 8, cell.rect.bottom() - high - 10, cell.rect.width() - 16, high)
    else:
        return
    if not theme.dark:
        shadows.paint(painter, rect.toRect(), "drag", 5)
    chip(painter, theme, rect, held.item, solid=True, strong=True)


def _bubble(painter: QPainter, theme: Theme, plan: MonthLayout, cell: Cell, held: Held, shadows: Shadows) -> None:
    assert held.landing is not None
    lines = wrap(theme, held.sentence, "small", 200)
    rect = bubble_rect(plan, cell, 248, len(lines) * theme.line("small") + 24)
    if not theme.dark:
        shadows.paint(painter, rect, "popup", 8)
    painter.setPen(QPen(theme.color("line-2"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    tone = TONES[held.landing.verdict]
    icon = LANDING_ICONS.get(held.landing.reason, "info")
    side = theme.icon_size(14)
    theme.draw_icon(painter, QRectF(rect.left() + 12, rect.top() + 12, side, theme.line("small")), icon, 14, tone)
    paint_text(painter, theme, QRectF(rect.left() + 34, rect.top() + 12, 204, 400), held.sentence, "small", tone, 500)


def bubble_rect(plan: MonthLayout, cell: Cell, width: float, height: float) -> QRect:
    """Beside the target: at its right, or at its left where there is no room."""
    whole = plan.cells[0].rect.united(plan.cells[-1].rect)
    left = cell.rect.right() + 8
    if left + width > whole.right():
        left = max(whole.left(), cell.rect.left() - 8 - width)
    top = min(cell.rect.top() + 8, whole.bottom() - height - 4)
    return QRectF(left, top, width, height).toRect()
