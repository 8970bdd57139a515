"""A name written where the thing is: of a track, a marker or a clip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from studio.core.edits import arrange, looks
from studio.core.words import N
from studio.ui.i18n import tr
from studio.ui.video.timeline.layout import Hit
from studio.ui.video.timeline.words import clip_name, track_name
from studio.ui.widgets.field import Field

if TYPE_CHECKING:
    from studio.ui.video.timeline.view import TimelineView

LEAST = 120  # px of the field


class Naming(Field):
    """Enter keeps what was written, so does leaving; Esc does not. It is gone afterwards."""

    def __init__(self, view: TimelineView, place: QRect, text: str, keep: Callable[[str], object]) -> None:
        super().__init__(view.theme, size="small")
        self._keep, self._before, self._done = keep, text, False
        self.setParent(view)
        self.setAccessibleName(tr("timeline", "Name"))
        self.setText(text)
        self.selectAll()
        wide, high = max(LEAST, place.width()), view.theme.px(26)
        left = min(max(2, place.left()), max(2, view.width() - wide - 2))
        self.setGeometry(left, max(0, place.center().y() - high // 2), wide, high)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end it; every other key is text and nothing else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._end(keep=False)
        else:
            super().keyPressEvent(event)
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Somewhere else is clicked."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(keep=True)

    def _end(self, keep: bool) -> None:
        if self._done:
            return
        self._done = True
        text = self.text().strip()
        view, had_focus = self.parentWidget(), self.hasFocus()
        self.hide()
        self.deleteLater()
        if keep and text != self._before:
            self._keep(text)
        if view is not None and had_focus:
            view.setFocus(Qt.FocusReason.PopupFocusReason)


def name_it(view: TimelineView, hit: Hit | None) -> Naming | None:
    """Begin to write the name of what is there; None for what has no name."""
    c = view.controller
    kind, id = (hit.kind, hit.id.partition(":")[0]) if hit is not None else ("", "")
    if kind in ("head", "eye", "lock") and (track := c.timeline.track(id)) is not None:
        return Naming(view, view.area(f"head:{id}"), track_name(c.timeline, track),
                      lambda text: c.set_track(N("timeline", "Rename track"), id, name=text))  # fmt: skip
    if kind == "marker":
        marker = c.timeline.markers[int(id)]
        return Naming(view, view.area(f"marker:{id}"), marker.text, lambda text: c.edit(
            N("timeline", "Rename marker"), lambda t: arrange.mark(t, marker.at, text, marker.color)))  # fmt: skip
    if kind == "clip" and (found := c.timeline.find(id)) is not None:
        clip = found[1].clip
        return Naming(view, view.area(f"clip:{id}"), clip_name(clip, c.timeline.source_of(clip)), lambda text: c.edit(
            N("timeline", "Rename clip"), lambda t: looks.set_fields(t, [id], name=text)))  # fmt: skip
    return None


def name_chosen(view: TimelineView) -> bool:
    """The name of what is chosen: a marker, or a clip."""
    chosen = view.controller.selection
    clip = next((box.clip.id for box in view.plan().boxes if box.clip.id in chosen.clips), "")
    hit = Hit("marker", str(chosen.marker)) if chosen.marker is not None else Hit("clip", clip) if clip else None
    return name_it(view, hit) is not None
