"""Draws clips: film tiles, wave forms, words, key frames, handles; and the badges of transitions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from studio.core.timeline import ONE, Clip, Source
from studio.ui.i18n import tr
from studio.ui.icons import faded
from studio.ui.text import paint_line
from studio.ui.video.timeline.layout import GRIP, KEY, LEAST_LABEL, Badge, Box, Plan, moments
from studio.ui.video.timeline.strips import Peaks, Tiles
from studio.ui.video.timeline.words import clip_name

if TYPE_CHECKING:
    from studio.ui.theme import Theme

RADIUS = 5.0
BAR, STEP = 1.6, 3  # px of a wave form's bars, and from one to the next
LOUDNESS = 0.6  # quiet sounds are heard, so they are seen: as a linear wave they would be a line
BARS, PIECE = 100, 300  # bars of a piece that is kept, and its px
ICON_FROM = 44.0
HEARD, HEARD_FROM = 26.0, 92.0  # px of a picture's own wave form, and the height of a clip that has room for it
SLIM, SLIM_APART = 8.0, Fraction(8)  # px of a clip that has no room for anything, and how exact its picture is


def paint_clip(
    painter: QPainter, theme: Theme, plan: Plan, box: Box, tiles: Tiles, chosen: bool, hovered: str,
    key: int | None, exposed: QRectF,
) -> None:  # fmt: skip
    """One clip, where its box is. key: the moment with key frames that is chosen."""
    if box.rect.width() < SLIM:
        _slim(painter, theme, plan, box, tiles, chosen)
        return
    body = seen_part(box.rect, plan)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"clip-{box.track.role}"))
    painter.drawRoundedRect(body, RADIUS, RADIUS)
    source = plan.timeline.source_of(box.clip)
    if box.track.seen:
        _picture(painter, theme, plan, box, body, source, tiles, exposed, chosen)
    else:
        _sound(painter, theme, plan, box, body, source, tiles, exposed)
    _edge(painter, theme, box, body, chosen, hovered)
    _keys(painter, theme, plan, box, key, hovered)


def _slim(painter: QPainter, theme: Theme, plan: Plan, box: Box, tiles: Tiles, chosen: bool) -> None:
    """A clip of a few px, of which there may be hundreds: its colour and one picture."""
    clip = box.clip
    painter.fillRect(box.rect, theme.color("focus" if chosen else f"clip-{box.track.role}-edge"))
    source = plan.timeline.source_of(clip)
    if source is not None and box.track.seen and not chosen and source.kind != "audio":
        size = QSize(max(1, round(box.rect.width())), round(box.rect.height()))
        pixmap = tiles.tile(source, clip.start, SLIM_APART, size, painter.device().devicePixelRatioF())
        if pixmap is not None:
            painter.drawPixmap(QPoint(round(box.rect.left()), round(box.rect.top())), pixmap)


def seen_part(rect: QRectF, plan: Plan) -> QRectF:
    """A clip's rectangle without what lies far outside: round corners of a mile cost time."""
    left, right = max(rect.left(), plan.origin - 20), min(rect.right(), plan.width + 20)
    return QRectF(left, rect.top(), max(1.0, right - left), rect.height()) if right > left else QRectF(rect)


# pictures ------------------------------------------------------------------------------------------------------


def _picture(
    painter: QPainter, theme: Theme, plan: Plan, box: Box, body: QRectF, source: Source | None, tiles: Tiles,
    exposed: QRectF, chosen: bool,
) -> None:  # fmt: skip
    clip, role = box.clip, box.track.role
    if clip.kind == "media" and source is not None and source.kind != "audio" and not tiles.strips.lost(source):
        _film(painter, theme, plan, box, body, source, tiles, exposed)
        if body.height() >= HEARD_FROM and source.sound and not clip.sound.muted:
            foot = QRectF(box.rect.left(), body.bottom() - HEARD, box.rect.width(), HEARD)
            painter.fillRect(foot.intersected(body.adjusted(1, 0, -1, -1)), theme.color("label"))
            _wave(painter, plan, box, foot, exposed, source, tiles, theme.color("on-clip-voice"))
        _label(painter, theme, plan, box, body, source, chosen)
    elif clip.kind == "media":
        _missing(painter, theme, box, body, source)
    elif clip.kind == "solid":
        painter.setBrush(QColor(clip.color))
        painter.drawRoundedRect(body, RADIUS, RADIUS)
        _label(painter, theme, plan, box, body, source)
    else:
        icon = "wand-sparkles" if clip.kind == "adjustment" else ""
        inset = GRIP - 3 if chosen else 0
        _words(painter, theme, body.adjusted(inset, 0, -inset, 0), clip_name(clip, source), f"on-clip-{role}", icon)


def _words(painter: QPainter, theme: Theme, body: QRectF, words: str, token: str, icon: str = "") -> None:
    place = body.adjusted(6, 0, -5, 0)
    if icon and body.width() > ICON_FROM:
        side = theme.icon_size(13)
        theme.draw_icon(painter, QRectF(place.left(), body.top(), side, body.height()), icon, 13, token)
        place.setLeft(place.left() + side + 5)
    if place.width() > 12:
        paint_line(painter, theme, place, words, "small", token)


def _missing(painter: QPainter, theme: Theme, box: Box, body: QRectF, source: Source | None) -> None:
    painter.setBrush(theme.color("bad-tint"))
    painter.drawRoundedRect(body, RADIUS, RADIUS)
    name = clip_name(box.clip, source)
    words = tr("timeline", "{name}: file not found", name=name) if name else tr("timeline", "File not found")
    _words(painter, theme, body.adjusted(GRIP - 3, 0, 0, 0), words, "bad", "unlink")


def _film(
    painter: QPainter, theme: Theme, plan: Plan, box: Box, body: QRectF, source: Source, tiles: Tiles, exposed: QRectF
) -> None:
    """Pictures side by side, each of the moment in its middle."""
    high = body.height()
    wide = float(max(12, round(high * _ratio(source))))
    apart = Fraction(round(wide / plan.scale.per_second * 1000), 1000) * box.clip.speed
    clear = body.intersected(exposed.adjusted(-8, 0, 8, 0))
    if clear.isEmpty():
        return
    painter.save()
    seam = faded(theme.color("label"), 0.25)
    path = QPainterPath()
    path.addRoundedRect(body, RADIUS, RADIUS)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    first = max(0, int((clear.left() - box.rect.left()) // wide))
    last = int((clear.right() - box.rect.left()) // wide)
    size, ratio = QSize(round(wide), round(high)), painter.device().devicePixelRatioF()
    begin, end, speed = float(box.clip.start), float(box.clip.end), float(box.clip.speed)
    for number in range(first, last + 1):
        x = box.rect.left() + number * wide
        gone = min((number + 0.5) * wide / plan.scale.per_second * speed, end - begin)
        moment = end - gone if box.clip.reverse else begin + gone
        pixmap = tiles.tile(source, Fraction(round(moment * 1000), 1000), apart, size, ratio)
        if pixmap is not None:
            _tile(painter, QRectF(x, body.top(), wide, high), pixmap, seam)
    painter.restore()


def _ratio(source: Source) -> float:
    return source.width / source.height if source.width and source.height else 16 / 9


def _tile(painter: QPainter, rect: QRectF, pixmap: QPixmap, seam: QColor) -> None:
    painter.drawPixmap(QPoint(round(rect.left()), round(rect.top())), pixmap)  # on whole px: elsewhere it is resampled
    painter.fillRect(QRect(round(rect.right()) - 1, round(rect.top()), 1, round(rect.height())), seam)


def _label(
    painter: QPainter, theme: Theme, plan: Plan, box: Box, body: QRectF, source: Source | None, chosen: bool = False
) -> None:
    """The clip's name on ink, and what was done to it; it stays in sight while the clip is."""
    if body.width() < LEAST_LABEL:
        return
    left = max(body.left() + (GRIP - 2 if chosen else 0), plan.origin) + (3 if body.height() < 40 else 4)
    room = body.right() - left - 4
    words = " ".join((clip_name(box.clip, source), *_notes(box.clip)))
    wide = min(room, theme.width("caption", words, 500) + 10.0)
    high = min(body.height() - 4, theme.line("caption") + 1.0)
    if wide < 16:
        return
    place = QRectF(left, body.top() + (3 if body.height() < 40 else 4), wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("label"))
    painter.drawRoundedRect(place, 4, 4)
    paint_line(painter, theme, place.adjusted(5, 0, -4, 0), words, "caption", "on-label", 500)
    _signs(painter, theme, body, place.right(), box.clip, source)


def _notes(clip: Clip) -> Iterator[str]:
    if clip.speed != ONE:
        yield f"{float(clip.speed):.3g}×"
    if clip.reverse:
        yield "←"


def _signs(painter: QPainter, theme: Theme, body: QRectF, left: float, clip: Clip, source: Source | None) -> None:
    """Small signs at the right end: linked, silent, with effects."""
    heard = source is not None and source.sound
    signs = [icon for icon, on in (("wand-sparkles", bool(clip.effects)), ("link-2", bool(clip.link)),
                                   ("volume-x", clip.sound.muted and heard)) if on]  # fmt: skip
    side = theme.icon_size(13)
    right = body.right() - GRIP - 2
    for icon in reversed(signs):
        if right - side - 6 < left:
            return
        place = QRectF(right - side - 4, body.top() + 4, side + 4, side + 4)
        painter.setBrush(theme.color("label"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(place, 4, 4)
        theme.draw_icon(painter, place, icon, 11, "on-label")
        right -= side + 6


# sounds --------------------------------------------------------------------------------------------------------


def _sound(
    painter: QPainter, theme: Theme, plan: Plan, box: Box, body: QRectF, source: Source | None, tiles: Tiles,
    exposed: QRectF,
) -> None:  # fmt: skip
    ink = theme.color(f"on-clip-{box.track.role}")
    if source is None or tiles.strips.lost(source):
        _missing(painter, theme, box, body, source)
        return
    quiet = box.clip.sound.muted or box.track.hidden
    _wave(painter, plan, box, box.rect, exposed, source, tiles, faded(ink, 0.35 if quiet else 0.85))
    _fades(painter, theme, plan, box)
    if not quiet and body.width() >= LEAST_LABEL:
        _volume(painter, theme, plan, box, body)
    _label(painter, theme, plan, box, body, source)


def _wave(
    painter: QPainter, plan: Plan, box: Box, rect: QRectF, exposed: QRectF, source: Source, tiles: Tiles, ink: QColor
) -> None:
    """Bars on a grid that belongs to the clip, so that they stand still while the view scrolls; drawn in pieces.

    rect: where, as wide as the clip
    """
    peaks, clear = tiles.strips.peaks(source), seen_part(rect, plan).intersected(exposed.adjusted(-8, 0, 8, 0))
    if peaks is None or clear.isEmpty():
        return
    clip, ratio = box.clip, painter.device().devicePixelRatioF()
    per, high = STEP / plan.scale.per_second * float(clip.speed), round(rect.height())
    begin, end = float(clip.start), float(clip.end)
    what = (source.id, hash(peaks.data), per, begin, end, clip.reverse, high, ink.rgba(), ratio)
    painter.save()
    painter.setClipRect(rect.adjusted(0, 0, -1, 0), Qt.ClipOperation.IntersectClip)
    first, last = (max(0, int((x - rect.left()) // PIECE)) for x in (clear.left(), clear.right()))
    for number in range(first, last + 1):
        bars = min(BARS, int(rect.width() // STEP) + 1 - number * BARS)
        draw = partial(_bars, peaks, clip, range(number * BARS, number * BARS + bars), per, high, ink, ratio)
        piece = tiles.drawn((*what, number), draw)
        painter.drawPixmap(QPoint(round(rect.left()) + number * PIECE, round(rect.top())), piece)
    painter.restore()


def _bars(peaks: Peaks, clip: Clip, bars: range, per: float, high: int, ink: QColor, ratio: float) -> QPixmap:
    """One piece of a wave form, these of its bars; per: seconds of the source in a bar."""
    pixmap = QPixmap(max(1, round(len(bars) * STEP * ratio)), max(1, round(high * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    most = high / 2 - 4
    turn, origin = (-1, float(clip.end) - per) if clip.reverse else (1, float(clip.start))
    starts = [origin + turn * n * per for n in bars]
    levels = [max(0.75, (peaks.between(at, at + per) / 255) ** LOUDNESS * most) for at in starts]
    painter.drawRects([QRectF(n * STEP, high / 2 - level, BAR, 2 * level) for n, level in enumerate(levels)])
    painter.end()
    return pixmap


def _fades(painter: QPainter, theme: Theme, plan: Plan, box: Box) -> None:
    """What a fade takes away, as a dark corner, and its grip."""
    sound, rect = box.clip.sound, box.rect
    shade = faded(theme.color("label"), 0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    if sound.fade_in:
        x = plan.scale.x(box.placed.begin + sound.fade_in)
        painter.drawPolygon(QPolygonF([rect.topLeft(), QPointF(x, rect.top()), rect.bottomLeft()]))
    if sound.fade_out:
        x = plan.scale.x(box.placed.end - sound.fade_out)
        painter.drawPolygon(QPolygonF([rect.topRight(), QPointF(x, rect.top()), rect.bottomRight()]))


def _volume(painter: QPainter, theme: Theme, plan: Plan, box: Box, body: QRectF) -> None:
    """The line of the volume with its points."""
    gain, ink = box.clip.sound.gain, theme.color("on-label")
    places = [(body.left() + 1, gain.at(plan.scale.time(body.left()) - box.placed.begin))]
    places += [(plan.scale.x(box.placed.begin + key.at), key.value) for key in gain.keys]
    places.append((body.right() - 1, gain.at(plan.scale.time(body.right()) - box.placed.begin)))
    line = [QPointF(x, plan.level(box, value)) for x, value in places if body.left() <= x <= body.right()]
    painter.setPen(QPen(faded(ink, 0.8), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for place in plan.points(box):
        painter.drawEllipse(place.adjusted(1.5, 1.5, -1.5, -1.5))


# edges, key frames, transitions --------------------------------------------------------------------------------


def _edge(painter: QPainter, theme: Theme, box: Box, body: QRectF, chosen: bool, hovered: str) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not chosen:
        hot = hovered.endswith(f":{box.clip.id}")
        edge = theme.color("on-label") if hot else theme.color(f"clip-{box.track.role}-edge")
        painter.setPen(QPen(faded(edge, 0.7) if hot else edge, 1))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        _grips(painter, theme, box, body, hovered)
        return
    ink = theme.color("focus")
    painter.setPen(QPen(ink, 2))
    painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    if box.rect.width() >= 4 * GRIP:
        _handles(painter, theme, body, ink)
        _grips(painter, theme, box, body, hovered)


def _handles(painter: QPainter, theme: Theme, body: QRectF, ink: QColor) -> None:
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(body, RADIUS, RADIUS)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    for left in (body.left(), body.right() - GRIP):
        painter.fillRect(QRectF(left, body.top(), GRIP, body.height()), ink)
        tick = min(12.0, body.height() - 10)
        place = QRectF(left + GRIP / 2 - 0.75, body.center().y() - tick / 2, 1.5, tick)
        painter.fillRect(place, theme.color("label"))
    painter.restore()


def _grips(painter: QPainter, theme: Theme, box: Box, body: QRectF, hovered: str) -> None:
    """The edge under the pointer shows that it can be taken."""
    for kind, left in (("start", body.left()), ("end", body.right() - 3)):
        if hovered == f"{kind}:{box.clip.id}":
            painter.fillRect(QRectF(left, body.top() + 3, 3, body.height() - 6), theme.color("on-label"))


def _keys(painter: QPainter, theme: Theme, plan: Plan, box: Box, chosen: int | None, hovered: str) -> None:
    if box.rect.width() < 4 * GRIP:
        return
    for number, at in enumerate(moments(box.clip)):
        centre = plan.diamond(box, at).center()
        strong = number == chosen or hovered == f"key:{box.clip.id}:{number}"
        half = KEY / 2 + (1 if strong else 0)
        shape = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
        painter.setPen(QPen(theme.color("focus" if number == chosen else "label"), 2 if number == chosen else 1))
        painter.setBrush(theme.color("on-label"))
        painter.drawPolygon(QPolygonF([centre + point for point in shape]))
    for side, place in plan.fades(box):
        if hovered == f"{side}:{box.clip.id}" or hovered == f"clip:{box.clip.id}":
            painter.setPen(QPen(theme.color("label"), 1))
            painter.setBrush(theme.color("on-label"))
            painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_badge(painter: QPainter, theme: Theme, badge: Badge, chosen: bool, hot: bool) -> None:
    """A transition: its sign on the cut, and the time it takes while it is chosen."""
    if chosen or hot:
        painter.setPen(QPen(theme.color("focus"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(faded(theme.color("focus"), 0.2))
        painter.drawRect(badge.whole.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(QPen(theme.color("focus" if chosen else "line-2"), 2 if chosen else 1))
    painter.setBrush(theme.color("on-label"))
    painter.drawRoundedRect(badge.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    theme.draw_icon(painter, badge.rect, "blend", 14, theme.color("stage" if theme.dark else "text"))
