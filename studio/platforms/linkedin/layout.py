"""A post in LinkedIn's feed on a computer and on a phone, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Line, Metrics, View
from studio.core.post import Content
from studio.platforms.bars import put_buttons
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.folding import fold_lines
from studio.platforms.linkedin import rules, spec
from studio.platforms.linkedin.layout_media import Attached
from studio.platforms.linkedin.shown import shown_text, stamp
from studio.platforms.linkedin.spec import px
from studio.platforms.screens import centred
from studio.platforms.text import initial


class _Post:
    """One layout. x, w: the column of its words."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.phone = view.surface == "mobile"
        self.sheet = Sheet(metrics, px("pad.top"), text=view.text)
        self.x = px("pad.x")
        self.w = max(1.0, self.width - 2 * self.x)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        Attached(self.sheet, self.content, self.width).put()
        self._actions()
        radius = 0.0 if self.phone else px("radius")
        ground = Box("card", "card", 0, 0, self.width, self.sheet.y, token="card", radius=radius,
                     rule=spec.rule("radius"))
        return (ground, *self.sheet.boxes)

    def _head(self) -> None:
        """Three lines beside the picture: name, what one says of oneself, when and to whom."""
        sheet, side, top = self.sheet, px("avatar"), self.sheet.y
        name = self.content.name or self.content.handle
        sheet.put("avatar", "avatar", self.x, side, side, text=initial(name), token="avatar",
                  radius=side / 2, rule=spec.rule("avatar"))
        left, icon = self.x + side + px("avatar.gap"), px("head.more")
        room = max(1.0, self.x + self.w - left - icon)
        sheet.put("icon", "options", self.x + self.w - icon, icon, icon, icon="ellipsis", token="action",
                  text=spec.word("options", self.language), rule=spec.rule("head.more"))
        bold = sheet.font(px("name.size"), px("name.line"), 600)
        sheet.label("name", left, room, name, bold, rule=spec.rule("name.size"))
        sheet.y += bold.line
        small = sheet.font(px("about.size"), px("about.line"))
        if self.content.handle.strip():
            sheet.label("handle", left, room, self.content.handle, small, "muted", spec.rule("about.size"))
            sheet.y += small.line
        self._when(left, room, small)
        sheet.y = max(sheet.y, top + side) + px("head.bottom")

    def _when(self, left: float, room: float, font: Font) -> None:
        sheet, icon = self.sheet, px("about.icon")
        text = f"{stamp(self.view.posted, self.view.now, self.language)} •"
        wide = min(sheet.metrics.advance(text, font), max(1.0, room - icon - px("about.gap")))
        sheet.label("time", left, wide, text, font, "muted", spec.rule("about.size"))
        top = sheet.y
        sheet.y += (font.line - icon) / 2
        sheet.put("icon", "visibility", left + wide + px("about.gap"), icon, icon, icon="globe", token="muted",
                  rule=spec.rule("about.icon"))
        sheet.y = top + font.line

    def _body(self) -> None:
        """Three lines, two when the third is blank; "…more" lies over the right end of the last one."""
        text, runs = shown_text(rules.body(self.content))
        if not text.strip():
            return
        sheet = self.sheet
        font, label = sheet.font(px("text.size"), px("text.line")), spec.word("more", self.language)
        cut = self._folded(text, font, label)
        key = "fold.blank" if cut.folded and len(cut.lines) == px("fold.blank") else "fold.lines"
        sheet.words("body", self.x, self.w, cut, font, runs=runs, rule=spec.rule(key))
        if cut.folded:
            wide = min(self.w, sheet.metrics.advance(label, font))
            sheet.y -= font.line
            sheet.put("badge", "more", self.x + self.w - wide, wide, font.line, text=label, font=font, token="more",
                      align="right", rule=spec.rule(key))
            sheet.y += font.line
        sheet.y += px("text.bottom")

    def _folded(self, text: str, font: Font, label: str) -> Cut:
        metrics, most = self.sheet.metrics, int(px("fold.lines"))
        lines = metrics.lines(text, font, self.w)
        if self.view.unfolded or len(lines) <= most:
            return Cut(text, lines)
        if not text[lines[most - 1].start : lines[most - 1].end].strip():
            most = int(px("fold.blank"))
        fold = fold_lines(text, font, self.w, most, label, metrics, lead=" ")
        *before, last = fold.cut.lines
        shown = text[last.start : fold.kept] if fold.kept else ""
        end = Line(last.start, last.start + len(shown), metrics.advance(shown, font))
        return Cut(text[: fold.kept], (*before, end), folded=True)

    def _actions(self) -> None:
        """Four equal cells: on a computer the word beside its icon, on a phone below it."""
        sheet = self.sheet
        if not self.content.media and not rules.card_address(self.content):
            sheet.put("line", "line", self.x, self.w, px("line"), token="line", rule=spec.rule("line"))
            sheet.y += px("line")
        key = "mobile.actions" if self.phone else "actions"
        font = sheet.font(px(f"{key}.size"), px(f"{key}.line"), 600)
        top, cell, icon = sheet.y, self.width / len(spec.ACTIONS), px("actions.icon")
        high = max(px(f"{key}.height"), font.line + (icon if self.phone else 0) + 2 * px("actions.pad"))
        buttons = [(name, drawn, spec.word(name, self.language)) for name, drawn in spec.ACTIONS]
        if not self.phone:
            put_buttons(sheet, buttons, 0, self.width, high, icon, px("actions.gap"), font, token="action",
                        rules=(spec.rule("actions.icon"), spec.rule("actions.size")))
            return
        for number, (name, drawn, label) in enumerate(buttons):
            sheet.y = top + (high - icon - font.line) / 2
            sheet.put("icon", f"action:{name}", (number + 0.5) * cell - icon / 2, icon, icon, icon=drawn,
                      token="action", text=label, rule=spec.rule("actions.icon"))
            sheet.y += icon
            centred(sheet, f"label:{name}", (number + 0.5) * cell, cell, label, font, token="action",
                    rule=spec.rule("mobile.actions.size"))
        sheet.y = top + high


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post in the feed, `width` px wide; "mobile": on a phone, without a frame."""
    post = _Post(content, view, metrics)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.sheet.y, boxes, "third-party")
