"""A note as boxes: on its own page, a clip on the whole screen, as a card in the feed and on a profile, on the web.

Numbers and sources in `spec`.
"""

from __future__ import annotations

from studio.core.card import Box, Card, Metrics, View
from studio.core.post import Content
from studio.platforms.boxes import Sheet
from studio.platforms.xiaohongshu import spec
from studio.platforms.xiaohongshu.layout_cards import Waterfall
from studio.platforms.xiaohongshu.layout_clip import Clip
from studio.platforms.xiaohongshu.layout_parts import Words
from studio.platforms.xiaohongshu.layout_strip import Strip, ratio
from studio.platforms.xiaohongshu.spec import px


class _Note:
    """Its own page on a phone: who, the strip of pictures, what, and the bar at the foot."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.strip = Strip(self.sheet, content.media, view.page)
        pad = px("pad")
        self.words = Words(self.sheet, content, view, pad, max(1.0, view.width - 2 * pad))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        sheet = self.sheet
        sheet.y += px("head.pad")
        self.words.head("")
        sheet.y += px("head.pad")
        self.strip.put(0, self.view.width)
        self.words.text()
        self.words.foot(0, self.view.width)
        ground = Box("card", "card", 0, 0, self.view.width, sheet.y, token="card", rule=spec.rule("pad"))
        return (ground, *sheet.boxes)


class _Modal:
    """On the web: the pictures at the left, the words in a panel at the right, its bar at the bottom."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.strip = Strip(self.sheet, content.media, view.page)
        panel = min(px("panel"), view.width / 2)
        self.left = view.width - panel
        pad = min(px("panel.pad"), panel / 4)
        self.words = Words(self.sheet, content, view, self.left + pad, max(1.0, panel - 2 * pad))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        sheet, width = self.sheet, self.view.width
        stage = self.left / ratio(self.content.media)
        sheet.y = px("panel.pad")
        self.words.head("panel.")
        self.words.text()
        sheet.y = max(sheet.y, stage - self.words.foot_height)
        self.words.foot(self.left, width - self.left)
        height, at = sheet.y, len(sheet.boxes)
        sheet.y = 0
        sheet.put("fill", "stage", 0, self.left, height, token="stage", rule=spec.rule("panel"))
        sheet.y = (height - stage) / 2
        self.strip.put(0, self.left, dots=False)
        ground = Box("card", "card", 0, 0, width, height, token="card", rule=spec.rule("panel"))
        return (ground, *sheet.boxes[at:], *sheet.boxes[:at])


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The note, `width` px wide. Its text is folded over a clip only; a card has its title only."""
    if view.surface in ("waterfall", "profile"):
        cards = Waterfall(content, view, metrics)
        boxes = cards.boxes()
        return spec.TABLE.card(view, cards.height, boxes, "third-party")
    if view.surface == "clip":
        clip = Clip(content, view, metrics)
        return spec.TABLE.card(view, (boxes := clip.boxes())[0].h, boxes, "recalled")
    page = (_Modal if view.surface == "desktop" else _Note)(content, view, metrics)
    boxes = page.boxes()
    return spec.TABLE.card(
        view, boxes[0].h, boxes, "third-party", pages=page.strip.number or 1, page=page.strip.page
    )
