"""An upright video on the whole screen: the rail at its side, whose it is and its title over its foot."""

from __future__ import annotations

from studio.core.card import Box, Metrics, View
from studio.core.post import Content
from studio.platforms import screens
from studio.platforms.bilibili import rules, spec
from studio.platforms.bilibili.spec import px
from studio.platforms.boxes import Cut, Sheet, ellipsized
from studio.platforms.screens import Block, Item
from studio.platforms.text import initial


class Story:
    """One layout: the stage, what lies on it from the bottom up, and the rail at the right."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.film = rules.clip(content)
        self.name = content.name or content.handle
        self.label = self.sheet.font(px("rail.size"), px("rail.line"))
        self.centre = max(view.width / 2, view.width - px("rail.right"))
        self.label_room = max(1.0, min(px("rail.room"), 2 * (view.width - self.centre)))
        self.left = min(px("story.pad"), view.width / 4)
        end = self.centre - max(self.label_room, px("story.avatar")) / 2 - px("story.pad") / 2
        self.room = max(1.0, min(view.width * px("story.part"), end) - self.left)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        view, rail, blocks = self.view, self._rail(), self._blocks()
        high = max(screens.rail_height(rail), screens.stack_height(blocks)) + px("story.bottom")
        top = px("story.top") + px("story.back")
        ratio = px("screen.ratio.large" if view.width >= px("screen.large") else "screen.ratio")
        need = px("story.foot") + high + top + (0.0 if self.film else self.label.line)
        self.stage = screens.stage_of(view.width, ratio, px("story.foot"), px("screen.shape"), fill=True, need=need)
        self._picture(self.stage.bottom - high)
        self._back()
        screens.put_stack(self.sheet, blocks, self.stage.bottom - px("story.bottom"))
        screens.put_rail(self.sheet, rail, self.centre, self.stage.bottom - px("story.bottom"))
        ground = Box("card", "card", 0, 0, view.width, self.stage.height, token="screen",
                     rule=spec.rule("screen.ratio"))
        return (ground, *self.sheet.boxes)

    def _picture(self, free: float) -> None:
        """The clip, or that there is none, above `free`."""
        sheet, stage, shape = self.sheet, self.stage, spec.rule("screen.shape")
        screens.put_stage(sheet, stage, token="screen", rule=shape)
        if self.film:
            screens.put_media(sheet, stage, self.film, "video:1", fill=True, upright=px("screen.fills"), rule=shape)
        else:
            word = spec.word("no_video", self.view.language)
            screens.put_empty(sheet, stage, word, self.label, "screen.muted", spec.rule("rail.size"), free)
        screens.put_shade(sheet, stage, "shade", px("story.shade"), "shade", rule=spec.rule("story.shade"))

    def _back(self) -> None:
        side = px("story.back")
        self.sheet.y = px("story.top")
        self.sheet.put("icon", "back", self.left, side, side, icon="chevron-left", token="screen.text",
                       text=spec.word("back", self.view.language), rule=spec.rule("story.back"))

    def _blocks(self) -> list[Block]:
        """Whose it is, and the title; the description is behind it."""
        bold = self.sheet.font(px("story.name.size"), px("story.name.line"), 600)
        made = [screens.line("name", self.left, self.room, f"@{self.name}", bold, token="screen.text",
                             gap=px("story.name.gap"), rule=spec.rule("story.name.size"))]
        if title := " ".join(self.content.title.split()):
            font = self.sheet.font(px("story.title.size"), px("story.title.line"))
            cut = ellipsized(title, font, self.room, int(px("story.title.lines")), self.sheet.metrics)
            cut = Cut(title, self.sheet.metrics.lines(title, font, self.room)) if self.view.unfolded else cut
            made.append(screens.words("title", self.left, self.room, cut, font, token="screen.text",
                                      rule=spec.rule("story.title.lines")))
        return made

    def _rail(self) -> list[Item]:
        """From the top: the picture, like, coin, favourite, comment, share."""
        made = [screens.face(initial(self.name), px("story.avatar"), badge=px("story.follow"),
                             tokens=("avatar", "screen.text", "pink", "screen.text"), rule=spec.rule("story.avatar"),
                             badge_rule=spec.rule("story.follow"))]
        for name, drawn in spec.RAIL:
            word = spec.word(name, self.view.language)
            made.append(screens.button(
                name, drawn, word, px("rail.icon"), label=word, font=self.label, room=self.label_room,
                gap=px("rail.gap"), token="screen.text", label_token="screen.text", rule=spec.rule("rail.icon"),
                label_rule=spec.rule("rail.size")))
        return made
