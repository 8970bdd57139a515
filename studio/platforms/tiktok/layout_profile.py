"""The grid of posts on their maker's page: this one first, then those that are there already."""

from __future__ import annotations

from studio.core.card import Box, Card, Metrics, View
from studio.core.post import Content, Media
from studio.platforms import screens
from studio.platforms.boxes import Sheet
from studio.platforms.grids import Rect, filled, profile_cells, put_cells, put_plays
from studio.platforms.text import initial
from studio.platforms.tiktok import spec
from studio.platforms.tiktok.spec import PROFILE, px


def profile(content: Content, view: View, metrics: Metrics) -> Card:
    """The page of the account, `view.width` px wide."""
    sheet = Sheet(metrics, px("profile.top"), text=view.text)
    _head(sheet, content, view)
    covers = filled([*content.media[:1], *view.others], PROFILE, int(px("grid.rows")))
    places = profile_cells(PROFILE, view.width, len(covers))
    own = bool(content.media)
    several = len(content.media) > 1

    def over(sheet: Sheet, number: int, place: Rect, media: Media | None) -> None:
        if media is not None:
            _count(sheet, number, place, spec.NONE if own and number == 1 else "")
        if own and several and number == 1:
            _several(sheet, place)

    put_cells(sheet, places, covers, rule=spec.rule("grid.ratio"), over=over)
    ground = Box("card", "card", 0, 0, view.width, sheet.y, token="page", rule=spec.rule("grid.gap"))
    return spec.TABLE.card(view, sheet.y, (ground, *sheet.boxes), "recalled")


def _head(sheet: Sheet, content: Content, view: View) -> None:
    """The picture and the name of the account in the middle, and the tab of its posts."""
    side, middle = min(px("profile.avatar"), view.width), view.width / 2
    name = content.name or content.handle
    sheet.put("avatar", "avatar", middle - side / 2, side, side, text=initial(name), token="avatar",
              radius=side / 2, rule=spec.rule("profile.avatar"))
    sheet.y += side + px("profile.gap")
    bold = sheet.font(px("profile.name"), px("profile.name.line"), 600)
    screens.centred(sheet, "handle", middle, max(1.0, view.width - 2 * px("pad")), f"@{content.handle or name}", bold,
                    token="page.text", rule=spec.rule("profile.name"))
    sheet.y += bold.line + px("profile.gap")
    icon, high = px("profile.tab.icon"), px("profile.tab")
    sheet.y += (high - icon) / 2
    sheet.put("icon", "tab:posts", middle - icon / 2, icon, icon, icon="rows-3", token="page.text",
              rule=spec.rule("profile.tab.icon"))
    sheet.y += (high + icon) / 2
    sheet.put("line", "line", 0, view.width, px("line"), token="line", rule=spec.rule("line"))
    sheet.y += px("line")


def _count(sheet: Sheet, number: int, place: Rect, count: str) -> None:
    """How often it was played, at the cell's lower left; of the others only the sign, their number is not known."""
    font = sheet.font(px("count.size"), px("count.line"), 600)
    put_plays(sheet, number, place, count, font, px("count.icon"), px("count.pad"), px("count.gap"),
              px("count.shade"), rules=(spec.rule("count.icon"), spec.rule("count.size"), spec.rule("count.shade")))


def _several(sheet: Sheet, place: Rect) -> None:
    """That there is more than one picture, at the upper right."""
    x, y, w, _ = place
    icon, inset = px("several.icon"), px("several.inset")
    sheet.y = y + inset
    sheet.put("icon", "several", x + w - inset - icon, icon, icon, icon="image", token="action",
              rule=spec.rule("several.icon"))
