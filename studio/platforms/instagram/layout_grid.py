"""The profile, with the post's cover first among those that are there already."""

from __future__ import annotations

from studio.core.card import Box, Card, Metrics, View
from studio.core.post import Content, Media
from studio.platforms import grids
from studio.platforms.boxes import Sheet
from studio.platforms.grids import Rect
from studio.platforms.instagram import rules, spec
from studio.platforms.instagram.spec import px
from studio.platforms.text import initial

TABS = (("posts", "grid-2x2"), ("reels", "clapperboard"), ("tagged", "circle-user-round"))


class _Grid:
    """One layout."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.sheet = content, view, Sheet(metrics, text=view.text)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._tabs()
        shown = self._covers()
        places = grids.profile_cells(spec.PROFILE, self.view.width, len(shown))
        grids.put_cells(self.sheet, places, shown, token="fill", rule=spec.rule("grid.rows"), over=self._mark)
        ground = Box("card", "card", 0, 0, self.view.width, self.sheet.y, token="card", rule=spec.rule("grid.rows"))
        return (ground, *self.sheet.boxes)

    def _covers(self) -> list[Media | None]:
        """This post's, a blank where it has none, then the others; whole rows."""
        own: list[Media | None] = [self.content.media[0] if self.content.media else None]
        across = spec.PROFILE.columns
        needed = -(-(1 + len(self.view.others)) // across)
        rows = min(max(int(px("grid.rows")), needed), int(px("grid.most")))
        made = [*own, *self.view.others][: rows * across]
        return [*made, *[None] * (rows * across - len(made))]

    def _head(self) -> None:
        sheet, size = self.sheet, px("grid.avatar")
        name = self.content.handle or self.content.name
        font = sheet.font(px("name.size"), px("name.line"), 600)
        high, left = max(px("grid.head"), font.line), px("pad") + size + px("head.gap")
        sheet.y = (high - size) / 2
        sheet.put("avatar", "avatar", px("pad"), size, size, text=initial(name), token="avatar",
                  radius=size / 2, rule=spec.rule("grid.avatar"))
        sheet.y = (high - font.line) / 2
        sheet.label("name", left, max(1.0, self.view.width - left - px("pad")), name, font,
                    rule=spec.rule("name.size"))
        sheet.y = high

    def _tabs(self) -> None:
        """Posts, reels, and pictures of this person."""
        sheet, top, icon, high = self.sheet, self.sheet.y, px("grid.tab.icon"), px("grid.tabs")
        part = self.view.width / len(TABS)
        sheet.y = top + (high - icon) / 2
        for at, (name, drawn) in enumerate(TABS):
            sheet.put("icon", f"tab:{name}", (at + 0.5) * part - icon / 2, icon, icon, icon=drawn,
                      token="muted" if at else "action", rule=spec.rule("grid.tab.icon"))
        sheet.y = top + high

    def _mark(self, sheet: Sheet, number: int, place: Rect, media: Media | None) -> None:
        """That there are several files, or a reel."""
        icon, inset = px("grid.icon"), px("grid.inset")
        reel = rules.is_reel(self.content) if number == 1 else media is not None and media.kind == "video"
        several = number == 1 and len(self.content.media) > 1
        if media is None or not (reel or several) or place[2] < icon + 2 * inset:
            return
        sheet.y = place[1] + inset
        sheet.put("icon", f"mark:{number}", place[0] + place[2] - inset - icon, icon, icon,
                  icon="clapperboard" if reel else "copy", token="on-badge",
                  text=spec.word("reels" if reel else "carousel", self.view.language), rule=spec.rule("grid.icon"))


def grid(content: Content, view: View, metrics: Metrics) -> Card:
    """The profile on a phone `width` px wide."""
    made = _Grid(content, view, metrics)
    boxes = made.boxes()
    return spec.TABLE.card(view, made.sheet.y, boxes, "third-party")
