"""A Short on a phone: the stage, round buttons at its right, the channel and the title at its foot; always dark."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content
from studio.platforms import screens
from studio.platforms.boxes import Cut, Sheet, ellipsized
from studio.platforms.screens import Block, Item, Tab
from studio.platforms.text import initial
from studio.platforms.youtube import rules, spec
from studio.platforms.youtube.spec import px

TABS = (("home", "house"), ("shorts", "clapperboard"), ("new", "circle-plus"), ("subscriptions", "film"),
        ("you", "circle-user-round"))


class _Short:
    """One layout: the stage, what lies on it from the bottom up, and the rail at the right."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.clip = rules.clip(content)
        self.label = self.sheet.font(px("rail.label.size"), px("rail.label.line"))
        self.centre = view.width - px("rail.right") - px("rail.circle") / 2
        self.label_room = px("rail.circle") + 2 * px("rail.right")
        self.x = px("shorts.pad")
        end = self.centre - self.label_room / 2 - px("rail.apart")
        self.room = max(1.0, end - self.x)
        self.missing = self.sheet.font(px("empty.size"), px("empty.line"))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        view, sheet = self.view, self.sheet
        rail, blocks, tabs = self._rail(), self._blocks(), self._tabs()
        font = sheet.font(px("tabs.size"), px("tabs.line"), 500)
        foot = screens.tabs_height(tabs, font, px("tabs.icon"), px("tabs.height"), px("tabs.home"))
        high = max(px("rail.bottom") + screens.rail_height(rail), px("shorts.bottom") + screens.stack_height(blocks))
        need = foot + high + px("top.y") + px("top.icon") + (0.0 if self.clip else self.missing.line)
        ratio = px("screen.ratio.large" if view.width >= px("screen.large") else "screen.ratio")
        self.stage = screens.stage_of(view.width, ratio, foot, px("screen.shape"), need=need)
        self._picture(self.stage.bottom - high)
        self._top()
        screens.put_stack(sheet, blocks, self.stage.bottom - px("shorts.bottom"))
        screens.put_rail(sheet, rail, self.centre, self.stage.bottom - px("rail.bottom"))
        screens.put_tabs(sheet, self.stage, tabs, font, px("tabs.icon"), px("tabs.home"),
                         tokens=("bar", "bright", "bright"), rule=spec.rule("tabs.height"))
        ground = Box("card", "card", 0, 0, view.width, self.stage.height, token="screen",
                     rule=spec.rule("screen.ratio"))
        return (ground, *sheet.boxes)

    def _picture(self, free: float) -> None:
        """The video, or that one is missing, above `free`."""
        sheet, stage, shape = self.sheet, self.stage, spec.rule("screen.shape")
        screens.put_stage(sheet, stage, token="screen", rule=shape)
        if self.clip is None:
            word = spec.word("no_media", self.view.language)
            screens.put_empty(sheet, stage, word, self.missing, "dim", spec.rule("empty.size"), free)
        else:
            screens.put_media(sheet, stage, self.clip, "video:1", rule=shape)
        screens.put_shade(sheet, stage, "shade.top", px("top.shade"), "shade", top=True, rule=spec.rule("top.shade"))
        screens.put_shade(sheet, stage, "shade.bottom", px("foot.shade"), "shade", rule=spec.rule("foot.shade"))

    def _top(self) -> None:
        sheet, side = self.sheet, px("top.icon")
        sheet.y, x = px("top.y"), self.view.width - self.x - side
        for name, drawn in (("options", "ellipsis"), ("search", "search")):
            sheet.put("icon", f"top:{name}", max(0.0, x), side, side, icon=drawn, token="bright",
                      text=spec.word(name, self.view.language), rule=spec.rule("top.icon"))
            x -= side + px("top.gap")

    def _tabs(self) -> list[Tab]:
        say = self.view.language
        return [(name, drawn, "" if name == "new" else spec.word(name, say)) for name, drawn in TABS]

    # words -------------------------------------------------------------------------------------------------------

    def _blocks(self) -> list[Block]:
        """The channel with its button, then the title."""
        made = [self._channel()]
        if title := self.content.title.strip():
            font = self.sheet.font(px("shorts.title.size"), px("shorts.title.line"))
            cut = ellipsized(title, font, self.room, int(px("shorts.title.lines")), self.sheet.metrics)
            if self.view.unfolded:
                cut = Cut(title, self.sheet.metrics.lines(title, font, self.room))
            bold = [Run(tag.start(), tag.end(), "bright", 500) for tag in rules.hashtags(cut.text)]
            made.append(screens.words("title", self.x, self.room, cut, font, token="bright", runs=bold,
                                      rule=spec.rule("shorts.title.lines")))
        return made

    def _channel(self) -> Block:
        name = self.sheet.font(px("shorts.name.size"), px("shorts.name.line"), 500)
        pill = self.sheet.font(px("shorts.pill.size"), px("shorts.pill.line"), 500)
        high = max(px("shorts.avatar"), name.line, pill.line)
        return Block(high, lambda sheet: self._put_channel(sheet, high, name, pill), px("shorts.row"))

    def _put_channel(self, sheet: Sheet, high: float, name: Font, pill: Font) -> None:
        """The picture, @handle and the white button "Subscribe", which gives way where there is no room."""
        top, side, gap = sheet.y, min(px("shorts.avatar"), self.room), px("shorts.gap")
        says = self.content.handle or self.content.name
        sheet.y = top + (high - side) / 2
        sheet.put("avatar", "avatar", self.x, side, side, text=initial(says), token="avatar",
                  radius=side / 2, rule=spec.rule("shorts.avatar"))
        word = spec.word("subscribe", self.view.language)
        wide = sheet.metrics.advance(word, pill) + 2 * px("shorts.pill.pad")
        left = self.x + side + gap
        room = self.x + self.room - left - gap - wide
        fits = room > side
        room = max(1.0, room if fits else self.x + self.room - left)
        sheet.y = top + (high - name.line) / 2
        sheet.label("handle", min(left, self.x + self.room - 1), room, f"@{says}", name, "bright",
                    spec.rule("shorts.name.size"))
        if fits:
            used = min(room, sheet.metrics.advance(sheet.boxes[-1].text, name))
            sheet.y = top + (high - pill.line) / 2
            screens.put_pill(sheet, word, pill, px("shorts.pill.pad"), 0, left=left + used + gap, token="follow",
                             name="subscribe", rule=spec.rule("shorts.pill.line"))

    # rail --------------------------------------------------------------------------------------------------------

    def _rail(self) -> list[Item]:
        """Round buttons, each with its word or number, then the disc."""
        made = [self._button(name, drawn) for name, drawn in spec.ACTIONS]
        return [*made, screens.disc(px("rail.disc"), gap=px("rail.gap"), token="disc", rule=spec.rule("rail.disc"))]

    def _button(self, name: str, drawn: str) -> Item:
        word, circle, icon = spec.word(name, self.view.language), px("rail.circle"), px("rail.icon")
        label = spec.NONE if name == "comment" else word

        def draw(sheet: Sheet, x: float) -> None:
            top = sheet.y
            sheet.put("fill", f"circle:{name}", x - circle / 2, circle, circle, token="circle", radius=circle / 2,
                      rule=spec.rule("rail.circle"))
            sheet.y = top + (circle - icon) / 2
            sheet.put("icon", f"action:{name}", x - icon / 2, icon, icon, icon=drawn, token="bright", text=word,
                      rule=spec.rule("rail.icon"))
            sheet.y = top + circle + px("rail.label.gap")
            screens.centred(sheet, f"label:{name}", x, self.label_room, label, self.label, token="bright",
                            rule=spec.rule("rail.label.size"))

        return Item(circle, draw, px("rail.label.gap") + self.label.line, px("rail.gap"))


def shorts(content: Content, view: View, metrics: Metrics) -> Card:
    """The Short, `view.width` px wide."""
    short = _Short(content, view, metrics)
    boxes = short.boxes()
    return spec.TABLE.card(view, short.stage.height, boxes, "third-party")
