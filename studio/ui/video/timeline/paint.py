"""Draws the timeline: lanes, ruler, headers, playhead, what is in hand. Reads places from `layout`, makes none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.core.opentime import Time
from studio.ui.i18n import tr
from studio.ui.icons import faded
from studio.ui.text import paint as paint_text
from studio.ui.text import paint_line, wrap
from studio.ui.video.timeline.clips import paint_badge, paint_clip
from studio.ui.video.timeline.layout import FLAG, Lane, Plan
from studio.ui.video.timeline.scale import clock, parts_of, ruler_step
from studio.ui.video.timeline.scene import Held, Scene
from studio.ui.video.timeline.strips import Tiles
from studio.ui.video.timeline.words import ICONS, canvas_words, track_name

if TYPE_CHECKING:
    from studio.ui.shadow import Shadows
    from studio.ui.theme import Theme

FIGURES_APART = 62.0  # px between two figures of the ruler
TICKS_APART = 5.0
BUBBLE = 260.0


def paint_timeline(
    painter: QPainter, theme: Theme, scene: Scene, tiles: Tiles, exposed: QRectF, shadows: Shadows
) -> None:
    """The part of the picture that lies in `exposed`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    plan = scene.plan
    painter.fillRect(plan.body, theme.color("sunken"))
    painter.save()
    painter.setClipRect(plan.body)
    _lanes(painter, theme, scene)
    _clips(painter, theme, scene, tiles, exposed)
    _over_lanes(painter, theme, scene)
    if not plan.timeline.duration and scene.landing is None:
        _hint(painter, theme, plan)
    painter.restore()
    _ruler(painter, theme, scene)
    if exposed.left() < plan.origin:
        _heads(painter, theme, scene)
    painter.save()
    painter.setClipRect(QRectF(plan.origin - 7, 0, plan.width, plan.height))
    _playhead(painter, theme, scene)
    painter.restore()
    if scene.held is not None:
        _in_hand(painter, theme, scene, scene.held, tiles, shadows)
    if scene.ring:
        _outline(painter, theme.color("focus"), QRectF(0, 0, plan.width, plan.height).adjusted(0, 0, 0, 0), 6)


def playhead_strip(plan: Plan, t: Time, reach: float = 9.0) -> QRectF:
    """What has to be drawn anew when the playhead leaves a moment."""
    x = plan.scale.x(t)
    return QRectF(x - reach, 0, 2 * reach, plan.height)


# lanes ---------------------------------------------------------------------------------------------------------


def _lanes(painter: QPainter, theme: Theme, scene: Scene) -> None:
    plan = scene.plan
    for lane in plan.lanes:
        rect = QRectF(plan.origin, lane.top, plan.width - plan.origin, lane.height)
        if lane.track.role == "main":
            painter.fillRect(rect, theme.color("stage") if theme.dark else theme.color("window"))
        if scene.held is not None and scene.held.aim.track == lane.track.id:
            painter.fillRect(rect, theme.color("accent-tint"))
        painter.fillRect(QRectF(rect.left(), lane.bottom - 1, rect.width(), 1), theme.color("line"))


def _clips(painter: QPainter, theme: Theme, scene: Scene, tiles: Tiles, exposed: QRectF) -> None:
    plan, held = scene.plan, scene.held
    for box in plan.boxes:
        if not box.rect.adjusted(-4, -4, 4, 4).intersects(exposed):
            continue
        chosen = box.clip.id in scene.selection.clips
        taken = held is not None and held.lifted == box.clip.id and bool(held.refused)
        painter.setOpacity(0.4 if taken or box.track.hidden else 1.0)
        key = scene.selection.key[1] if scene.selection.key and scene.selection.key[0] == box.clip.id else None
        paint_clip(painter, theme, plan, box, tiles, chosen, scene.hovered, key, exposed)
        painter.setOpacity(1.0)
    for badge in plan.badges:
        if badge.rect.adjusted(-4, -4, 4, 4).intersects(exposed) or badge.whole.intersects(exposed):
            chosen = badge.transition.id == scene.selection.join
            paint_badge(painter, theme, badge, chosen, scene.hovered == f"join:{badge.transition.id}")


def _hint(painter: QPainter, theme: Theme, plan: Plan) -> None:
    """What to do first, on the main track of an empty timeline."""
    lane = next((lane for lane in plan.lanes if lane.track.role == "main"), None)
    if lane is not None:
        place = QRectF(plan.origin + 16, lane.top, plan.width - plan.origin - 32, lane.height)
        words = tr("timeline", "Drag films, pictures or sounds here.")
        paint_line(painter, theme, place, words, "body", "text-2", align=Qt.AlignmentFlag.AlignHCenter)


def _over_lanes(painter: QPainter, theme: Theme, scene: Scene) -> None:
    plan = scene.plan
    _beats(painter, theme, plan)
    if scene.range is not None:
        _outside_range(painter, theme, scene)
    if scene.cut is not None:
        _cut(painter, theme, scene.cut)
    if scene.lasso is not None:
        painter.setPen(QPen(theme.color("focus"), 1))
        painter.setBrush(faded(theme.color("focus"), 0.16))
        painter.drawRect(scene.lasso)
    if scene.held is not None and scene.held.line is not None:
        _line(painter, plan, scene.held.line, QPen(theme.color("focus"), 1, Qt.PenStyle.DashLine))
    if scene.blade is not None:
        painter.setPen(QPen(theme.color("text"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(scene.blade, plan.measures.ruler), QPointF(scene.blade, plan.height))
    if scene.landing is not None:
        _landing(painter, theme, scene)


def _line(painter: QPainter, plan: Plan, t: Time, pen: QPen) -> None:
    x = round(plan.scale.x(t)) + 0.5
    painter.setPen(pen)
    painter.drawLine(QPointF(x, plan.measures.ruler), QPointF(x, plan.height))


def _beats(painter: QPainter, theme: Theme, plan: Plan) -> None:
    """Small ticks at the foot of the music."""
    ink, beats = theme.color("on-clip-music"), plan.timeline.beats
    first = bisect_left(beats, Fraction(int(plan.scale.left)))
    seen = beats[first : bisect_right(beats, Fraction(int(plan.scale.seconds(plan.width)) + 1))]
    if len(seen) * 6 > plan.width:  # a row of ticks side by side says nothing
        return
    for lane in plan.lanes:
        if lane.track.role == "music":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRects([QRectF(round(plan.scale.x(beat)) - 1, lane.bottom - 9, 2, 4) for beat in seen])


def _outside_range(painter: QPainter, theme: Theme, scene: Scene) -> None:
    """What lies outside in and out is dimmed."""
    assert scene.range is not None
    plan, (begin, end) = scene.plan, scene.range
    left, right = plan.scale.x(begin), plan.scale.x(end)
    shade = faded(theme.color("stage"), 0.55)
    painter.fillRect(QRectF(plan.origin, plan.measures.ruler, max(0.0, left - plan.origin), plan.height), shade)
    painter.fillRect(QRectF(right, plan.measures.ruler, max(0.0, plan.width - right), plan.height), shade)


def _cut(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """Where a transition could be put."""
    painter.setPen(QPen(theme.color("line-2"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(rect, 6, 6)
    theme.draw_icon(painter, rect, "plus", 13, "text-2")


def _landing(painter: QPainter, theme: Theme, scene: Scene) -> None:
    landing = scene.landing
    assert landing is not None
    tone = "bad" if landing.refused else "accent"
    fill = faded(theme.color(f"{tone}-tint"), 0.85)
    _outline(painter, theme.color("bad" if landing.refused else "focus"), landing.rect, 5, fill)
    words = landing.refused or landing.words
    inside = landing.rect.adjusted(8, 0, -4, 0)
    paint_line(painter, theme, inside, words, "small", "bad" if landing.refused else "accent-text", 500)


# ruler ---------------------------------------------------------------------------------------------------------


def _ruler(painter: QPainter, theme: Theme, scene: Scene) -> None:
    plan = scene.plan
    rect = plan.ruler
    painter.fillRect(rect, theme.color("surface"))
    painter.save()
    painter.setClipRect(rect)
    if scene.range is not None:
        left, right = plan.scale.x(scene.range[0]), plan.scale.x(scene.range[1])
        painter.fillRect(QRectF(left, 0, right - left, rect.height()), theme.color("accent-tint"))
        for x in (left, right - 2):
            painter.fillRect(QRectF(x, 0, 2, rect.height()), theme.color("accent-text"))
    _figures(painter, theme, plan)
    for number, marker in enumerate(plan.timeline.markers):
        _flag(painter, theme, scene, number, plan.scale.x(marker.at), marker.color)
    if plan.timeline.cover is not None:
        x = plan.scale.x(plan.timeline.cover)
        theme.draw_icon(painter, QRectF(x - 8, 0, 16, 16), "camera", 11, "text-2")
    painter.restore()
    painter.fillRect(QRectF(0, rect.bottom() - 1, plan.width, 1), theme.color("line"))


def _figures(painter: QPainter, theme: Theme, plan: Plan) -> None:
    rate, scale = plan.timeline.rate, plan.scale
    step = ruler_step(scale.per_second, rate, max(FIGURES_APART, theme.width("caption", "0:00.00") + 16.0))
    parts = parts_of(step, rate)
    small = step / parts if float(step) * scale.per_second / parts >= TICKS_APART else step
    count = max(1, int(step / small))
    number = max(0, int(scale.left / float(small)))
    ink, high = theme.color("line-2"), plan.measures.ruler
    apart = float(small)
    while (x := round(scale.x(number * apart))) < plan.width:
        whole = number % count == 0
        tall = 8 if whole else 5
        painter.fillRect(QRect(x, round(high) - tall, 1, tall - 1), ink)
        if whole:
            _figure(painter, theme, plan, Fraction(number * small), x, step < 1)
        number += 1


def _figure(painter: QPainter, theme: Theme, plan: Plan, t: Time, x: float, frames: bool) -> None:
    words = clock(t, plan.timeline.rate, frames)
    place = QRectF(round(x) + 4, 0, 90, plan.measures.ruler - 8)
    paint_line(painter, theme, place, words, "caption", "text-3", tabular=True)


def _flag(painter: QPainter, theme: Theme, scene: Scene, number: int, x: float, token: str) -> None:
    strong = scene.hovered == f"marker:{number}" or scene.selection.marker == number
    ink = theme.color(token if token in ("warn", "good", "bad", "info") else "accent-text")
    side = FLAG + (1 if strong else 0)
    body = [QPointF(0, 0), QPointF(side, 0), QPointF(side, 11), QPointF(side / 2, 8), QPointF(0, 11)]
    painter.setPen(QPen(theme.color("text"), 1) if strong else Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([point + QPointF(round(x) - side / 2, 2) for point in body]))


def _playhead(painter: QPainter, theme: Theme, scene: Scene) -> None:
    plan = scene.plan
    x = round(plan.scale.x(scene.playhead))
    if not plan.origin - 1 <= x <= plan.width:
        return
    ink = theme.color("now")
    painter.fillRect(QRectF(x - 1, 6, 2, plan.height), ink)
    half = 6.0
    shape = [QPointF(-half, 5), QPointF(half, 5), QPointF(half, 14), QPointF(0, 21), QPointF(-half, 14)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([point + QPointF(x, 0) for point in shape]))


# headers -------------------------------------------------------------------------------------------------------


def _heads(painter: QPainter, theme: Theme, scene: Scene) -> None:
    plan = scene.plan
    painter.save()
    painter.setClipRect(QRectF(0, plan.measures.ruler, plan.origin, plan.height))
    painter.fillRect(QRectF(0, 0, plan.origin, plan.height), theme.color("surface"))
    for lane in plan.lanes:
        _head(painter, theme, scene, lane)
    painter.restore()
    painter.fillRect(QRectF(0, 0, plan.origin, plan.measures.ruler - 1), theme.color("surface"))
    _corner(painter, theme, scene)
    painter.fillRect(QRectF(plan.origin - 1, 0, 1, plan.height), theme.color("line"))


def _corner(painter: QPainter, theme: Theme, scene: Scene) -> None:
    plan = scene.plan
    side = 26.0 * plan.measures.text
    place = QRectF(4, 0, side, plan.measures.ruler - 1)
    if scene.hovered == "add":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hover"))
        painter.drawRoundedRect(place.adjusted(1, 2, -1, -2), 5, 5)
    theme.draw_icon(painter, place, "plus", 14, "text-2")
    words = QRectF(place.right() + 2, 0, plan.origin - place.right() - 12, plan.measures.ruler - 1)
    paint_line(painter, theme, words, canvas_words(plan.timeline), "caption", "text-3",
               align=Qt.AlignmentFlag.AlignRight, tabular=True)  # fmt: skip


def _head(painter: QPainter, theme: Theme, scene: Scene, lane: Lane) -> None:
    plan, track = scene.plan, lane.track
    rect = plan.head(lane)
    if scene.track == track.id:
        painter.fillRect(rect, theme.color("hover"))
    painter.fillRect(QRectF(0, lane.bottom - 1, plan.origin, 1), theme.color("line"))
    ink = theme.color("text-3" if track.hidden else "text-2")
    over = scene.hovered.partition(":")[2] == track.id and scene.hovered.startswith(("head:", "eye:", "lock:"))
    eye, lock = plan.eye(lane), plan.lock(lane)
    sign = "lock" if track.locked else "lock-open" if over else ICONS[track.role]
    _button(painter, theme, lock, sign, scene.hovered == f"lock:{track.id}")
    place = QRectF(lock.right() + 3, lane.top, max(0.0, eye.left() - lock.right() - 5), lane.height - 1)
    paint_line(painter, theme, place, track_name(plan.timeline, track), "small", ink)
    icon = ("eye-off" if track.hidden else "eye") if track.seen else ("volume-x" if track.hidden else "volume-2")
    _button(painter, theme, eye, icon, scene.hovered == f"eye:{track.id}")


def _button(painter: QPainter, theme: Theme, rect: QRectF, icon: str, hot: bool) -> None:
    if hot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("press"))
        painter.drawRoundedRect(rect, 5, 5)
    theme.draw_icon(painter, rect, icon, 14, "text-2")


# in hand -------------------------------------------------------------------------------------------------------


def _in_hand(painter: QPainter, theme: Theme, scene: Scene, held: Held, tiles: Tiles, shadows: Shadows) -> None:
    plan = scene.plan
    box = plan.by_clip.get(held.lifted)
    if box is not None and held.at is not None:
        rect = QRectF(held.at - held.grip, held.at - held.grip + QPointF(*held.size))
        if not theme.dark:
            shadows.paint(painter, rect.toRect(), "drag", 5)
        painter.save()
        painter.setOpacity(0.9)
        body = QRectF(rect)
        moved = type(box)(box.track, box.placed, body)
        paint_clip(painter, theme, plan, moved, tiles, True, "", None, QRectF(0, 0, plan.width, plan.height))
        painter.restore()
    if words := held.refused or held.says:
        _bubble(painter, theme, plan, _place(plan, held), words, "bad" if held.refused else "text")


def _place(plan: Plan, held: Held) -> QPointF:
    """Beside the pointer; carried by keys, at the first of the clips that change."""
    if held.at is not None:
        return held.at + QPointF(14, 18)
    box = next((plan.by_clip[id] for id in sorted(held.gesture.clips) if id in plan.by_clip), None)
    return QPointF(max(plan.origin, box.rect.left()), box.rect.bottom() + 4) if box else QPointF(plan.origin + 12, 40)


def _bubble(painter: QPainter, theme: Theme, plan: Plan, at: QPointF, words: str, tone: str) -> None:
    lines = wrap(theme, words, "small", BUBBLE)
    wide = min(BUBBLE, max(theme.width("small", line, 500) for line in lines)) + 20.0
    high = len(lines) * theme.line("small") + 10.0
    left = max(2.0, min(at.x(), plan.width - wide - 4))
    top = max(2.0, min(at.y(), plan.height - high - 4))
    rect = QRectF(left, top, wide, high)
    painter.setPen(QPen(theme.color("bad" if tone == "bad" else "line-2"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
    paint_text(painter, theme, rect.adjusted(10, 5, 0, 0), words, "small", tone, 500)


def _outline(painter: QPainter, colour: QColor, rect: QRectF, radius: float, fill: QColor | None = None) -> None:
    painter.setPen(QPen(colour, 2))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
