"""The grid of works on their maker's page: this one first, then those that are there already."""

from __future__ import annotations

from studio.core.card import Box, Card, Metrics, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Sheet
from studio.platforms.douyin import spec
from studio.platforms.douyin.spec import PROFILE, px
from studio.platforms.grids import Rect, filled, profile_cells, put_cells, put_plays
from studio.platforms.text import initial


def profile(content: Content, view: View, metrics: Metrics) -> Card:
    """The page of the account, `view.width` px wide; dark in both themes."""
    sheet = Sheet(metrics, px("profile.top"), text=view.text)
    _head(sheet, content, view)
    rows = int(px("grid.rows"))
    covers = filled([*content.media[:1], *view.others], PROFILE, rows)
    places = profile_cells(PROFILE, view.width, len(covers))
    own = bool(content.media)

    def over(sheet: Sheet, number: int, place: Rect, media: Media | None) -> None:
        if media is not None:
            _count(sheet, number, place, "0" if own and number == 1 else "")
            if own and number == 1 and content.options.get("pinned") is True:
                _pin(sheet, place, view.language)

    put_cells(sheet, places, covers, rule=spec.rule("grid.ratio"), over=over)
    ground = Box("card", "card", 0, 0, view.width, sheet.y, token="page", rule=spec.rule("grid.gap"))
    return spec.TABLE.card(view, sheet.y, (ground, *sheet.boxes), "recalled")


def _head(sheet: Sheet, content: Content, view: View) -> None:
    """The picture, name and id of the account, and the tab of its works."""
    name, side, left = content.name or content.handle, px("profile.avatar"), px("pad")
    top = sheet.y
    sheet.put("avatar", "avatar", left, side, side, text=initial(name), token="avatar", radius=side / 2,
              rule=spec.rule("profile.avatar"))
    x = left + side + px("profile.gap")
    bold = sheet.font(px("profile.name"), px("profile.name.line"), 600)
    plain = sheet.font(px("profile.id"), px("profile.id.line"))
    room = max(1.0, view.width - x - px("pad"))
    sheet.y = top + max(0.0, (side - bold.line - plain.line) / 2)
    sheet.label("name", x, room, name, bold, rule=spec.rule("profile.name"))
    sheet.y += bold.line
    says = spec.word("id", view.language).format(id=content.handle or name)
    sheet.label("handle", x, room, says, plain, "muted", spec.rule("profile.id"))
    sheet.y = max(top + side, sheet.y + plain.line) + px("profile.gap")
    _tab(sheet, view)


def _tab(sheet: Sheet, view: View) -> None:
    font = sheet.font(px("profile.tab"), px("profile.tab.line"), 600)
    word = spec.word("works", view.language)
    sheet.label("tab:works", px("pad"), max(1.0, view.width - 2 * px("pad")), word, font,
                rule=spec.rule("profile.tab"))
    sheet.y += font.line
    sheet.put("line", "line", 0, view.width, px("line"), token="line", rule=spec.rule("line"))
    sheet.y += px("line")


def _count(sheet: Sheet, number: int, place: Rect, count: str) -> None:
    """How often it was played, at the cell's lower left; of the others only the sign, their number is not known."""
    font = sheet.font(px("count.size"), px("count.line"))
    put_plays(sheet, number, place, count, font, px("count.icon"), px("count.pad"), px("count.gap"),
              px("count.shade"), rules=(spec.rule("count.icon"), spec.rule("count.size"), spec.rule("count.shade")))


def _pin(sheet: Sheet, place: Rect, language: str) -> None:
    x, y, w, _ = place
    font, pad, inset = sheet.font(px("pin.size"), px("pin.line"), 500), px("pin.pad"), px("pin.inset")
    word = spec.word("pinned", language)
    wide = min(w - inset, sheet.metrics.advance(word, font) + 2 * pad)
    sheet.y = y + inset
    sheet.put("badge", "pinned", x + inset, wide, font.line, text=word, font=font, token="pin",
              radius=px("pin.radius"), align="center", rule=spec.rule("pin.size"))
