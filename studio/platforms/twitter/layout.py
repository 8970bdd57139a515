"""A post in X's timeline and as it is embedded in a page, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Metrics, View
from studio.core.post import Content
from studio.platforms.boxes import Cut, Sheet, one_line
from studio.platforms.text import initial
from studio.platforms.twitter import rules, spec
from studio.platforms.twitter.layout_media import Attached
from studio.platforms.twitter.shown import shown
from studio.platforms.twitter.spec import px
from studio.platforms.twitter.when import moment, stamp


class _Post:
    """One layout. x, w: the column of its words and media."""

    embedded = False

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.sheet = Sheet(metrics, self._top(), text=view.text)
        self.x, self.w = self._column()

    def _top(self) -> float:
        return px("pad.y")

    def _column(self) -> tuple[float, float]:
        left = px("pad.x") + px("avatar") + px("avatar.gap")
        return left, max(1.0, self.width - left - px("pad.x"))

    @property
    def named(self) -> tuple[str, str]:
        """Name and "@handle", "" without one."""
        handle = self.content.handle.strip().lstrip("@")
        return self.content.name or handle, f"@{handle}" if handle else ""

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        Attached(self.sheet, self.content, self.x, self.w, self.width, self.language, self.embedded).put()
        self._foot()
        return (self._ground(), *self.sheet.boxes)

    def _avatar(self, x: float, size: float, key: str) -> None:
        self.sheet.put("avatar", "avatar", x, size, size, text=initial(self.named[0]), token="avatar",
                       radius=size / 2, rule=spec.rule(key))

    def _body(self) -> None:
        text, key = rules.body(self.content), "post.text" if self.embedded else "text"
        card, token = bool(rules.card_address(self.content)), "post-link" if self.embedded else "link"
        made = shown(text, token, card=card, whole=self.embedded or self.view.unfolded)
        if not made.text:
            return
        font = self.sheet.font(px(f"{key}.size"), px(f"{key}.line"))
        cut = Cut(made.text, self.sheet.metrics.lines(made.text, font, self.w), made.folded)
        self.sheet.words("body", self.x, self.w, cut, font, runs=made.runs, rule=spec.rule("fold.weight"))
        if made.folded:
            self._more(font)

    def _more(self, font: Font) -> None:
        self.sheet.y += px("more.top")
        label = spec.word("more", self.language)
        wide = min(self.w, self.sheet.metrics.advance(label, font))
        self.sheet.label("more", self.x, wide, label, font, "link", spec.rule("fold.weight"))
        self.sheet.y += font.line

    def _head(self) -> None:
        """Name, handle and time on one line, "more" at its end."""
        sheet, font = self.sheet, self.sheet.font(px("head.size"), px("head.line"))
        self._avatar(px("pad.x"), px("avatar"), "avatar")
        icon, gap = px("head.more"), px("head.gap")
        top = sheet.y
        sheet.y = top + max(0.0, font.line - icon) / 2
        sheet.put("icon", "options", self.x + self.w - icon, icon, icon, icon="ellipsis", token="action",
                  text=spec.word("options", self.language), rule=spec.rule("head.more"))
        sheet.y = top
        when = f"· {stamp(self.view.posted, self.view.now, self.language)}"
        wide = sheet.metrics.advance(when, font)
        x = self._names(font, max(1.0, self.w - icon - wide - 2 * gap))
        sheet.label("time", x, max(1.0, min(wide, self.x + self.w - icon - x)), when, font, "muted",
                    spec.rule("head.size"))
        sheet.y += font.line

    def _names(self, font: Font, room: float) -> float:
        """Where what follows them begins. A long name leaves no room for the handle."""
        sheet, gap, (name, handle) = self.sheet, px("head.gap"), self.named
        bold = Font(font.size, font.line, 700)
        wide = min(room, sheet.metrics.advance(name, bold))
        sheet.label("name", self.x, wide, name, bold, rule=spec.rule("head.size"))
        x, left = self.x + wide + gap, room - wide - gap
        if handle and left > sheet.metrics.advance("@…", font):
            wide = min(left, sheet.metrics.advance(handle, font))
            sheet.label("handle", x, wide, handle, font, "muted", spec.rule("head.size"))
            x += wide + gap
        return x

    def _foot(self) -> None:
        """Six icons over at most 425 px."""
        sheet, high = self.sheet, px("actions.height")
        icon = min(px("actions.icon"), self.w / len(spec.ACTIONS))
        sheet.y = max(sheet.y, px("pad.y") + px("avatar")) + px("actions.top") + (high - icon) / 2
        step = (min(self.w, px("actions.widest")) - icon) / (len(spec.ACTIONS) - 1)
        for number, (name, drawn) in enumerate(spec.ACTIONS):
            sheet.put("icon", f"action:{name}", self.x + number * step, icon, icon, icon=drawn, token="action",
                      text=spec.word(name, self.language), rule=spec.rule("actions.widest"))
        sheet.y += (high + icon) / 2 + px("pad.y")
        sheet.put("line", "line", 0, self.width, px("line"), token="line", rule=spec.rule("line"))
        sheet.y += px("line")

    def _ground(self) -> Box:
        return Box("card", "card", 0, 0, self.width, self.sheet.y, token="card", rule=spec.rule("pad.x"))


class _Embedded(_Post):
    """On somebody's page, with a border of its own; all of the text."""

    embedded = True

    def _top(self) -> float:
        return px("post.border") + px("pad.y")

    def _column(self) -> tuple[float, float]:
        left = px("post.border") + px("pad.x")
        return left, max(1.0, self.width - 2 * left)

    def _head(self) -> None:
        """Name over handle beside the picture."""
        sheet, top, side = self.sheet, self.sheet.y, px("post.avatar")
        self._avatar(self.x, side, "post.avatar")
        font = sheet.font(px("head.size"), px("head.line"))
        left = self.x + side + px("post.avatar.gap")
        room, high = max(1.0, self.x + self.w - left), max(side, 2 * font.line)
        sheet.y = top + (high - 2 * font.line) / 2
        name, handle = self.named
        sheet.label("name", left, room, name, Font(font.size, font.line, 700), rule=spec.rule("head.size"))
        sheet.y += font.line
        if handle:
            sheet.label("handle", left, room, handle, font, "muted", spec.rule("head.size"))
        sheet.y = top + high + px("post.head.bottom")

    def _foot(self) -> None:
        """When it was posted, what can be done, and a button that leads to X."""
        sheet, font = self.sheet, self.sheet.font(px("post.info.size"), px("post.info.line"))
        high = max(px("post.info.height"), font.line)
        sheet.y += px("post.info.top") + (high - font.line) / 2
        sheet.label("time", self.x, self.w, moment(self.view.posted, self.language), font, "muted",
                    spec.rule("post.info.size"))
        sheet.y += (high + font.line) / 2 + px("post.actions.top")
        sheet.put("line", "line", self.x, self.w, px("line"), token="border", rule=spec.rule("line"))
        sheet.y += px("line") + px("post.actions.top")
        self._actions()
        self._read()
        sheet.y += px("pad.y") + px("post.border")

    def _read(self) -> None:
        sheet, font = self.sheet, self.sheet.font(px("post.read.size"), px("post.read.line"), 700)
        sheet.y += px("post.read.top")
        top, high = sheet.y, max(px("post.read.height"), font.line)
        sheet.put("ring", "read", self.x, self.w, high, token="border", radius=high / 2, stroke=px("post.border"),
                  rule=spec.rule("post.read.height"))
        label = one_line(spec.word("read", self.language), font, self.w, sheet.metrics)
        wide = sheet.metrics.advance(label, font)
        sheet.y = top + (high - font.line) / 2
        sheet.label("label:read", self.x + max(0.0, self.w - wide) / 2, min(wide, self.w), label, font, "post-link",
                    spec.rule("post.read.size"))
        sheet.y = top + high + px("post.read.bottom")

    def _actions(self) -> None:
        sheet, icon, top = self.sheet, px("post.actions.icon"), self.sheet.y
        font = sheet.font(px("post.actions.size"), px("post.actions.line"), 700)
        high, x, right = max(px("post.actions.height"), font.line), self.x, self.x + self.w
        for name, drawn in spec.POST_ACTIONS:
            if x + icon > right:
                break
            label, at = spec.word(name, self.language), x + icon + px("post.actions.word")
            sheet.y = top + (high - icon) / 2
            sheet.put("icon", f"action:{name}", x, icon, icon, icon=drawn, token="action", text=label,
                      rule=spec.rule("post.actions.icon"))
            sheet.y = top + (high - font.line) / 2
            wide = min(sheet.metrics.advance(label, font), max(1.0, right - at))
            sheet.label(f"label:{name}", at, wide, label, font, "action", spec.rule("post.actions.size"))
            x = at + wide + px("post.actions.gap")
        sheet.y = top + high

    def _ground(self) -> Box:
        return Box("card", "card", 0, 0, self.width, self.sheet.y, token="card", radius=px("post.radius"),
                   rule=spec.rule("post.radius"))


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post in the timeline, or embedded ("post"), `width` px wide."""
    embedded = view.surface == "post"
    post = (_Embedded if embedded else _Post)(content, view, metrics)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.sheet.y, boxes, "seen" if embedded else "recalled")
