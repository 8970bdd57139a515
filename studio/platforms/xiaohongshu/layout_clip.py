"""A clip's note on the whole screen: who, title and text over its foot, the bar to answer with under it."""

from __future__ import annotations

from studio.core.card import Box, Metrics, Run, View
from studio.core.post import Content
from studio.platforms import screens
from studio.platforms.boxes import Sheet, ellipsized
from studio.platforms.captions import fold_flat
from studio.platforms.screens import Block
from studio.platforms.text import initial
from studio.platforms.xiaohongshu import rules, spec
from studio.platforms.xiaohongshu.layout_parts import MARKS, Words
from studio.platforms.xiaohongshu.spec import px


class Clip:
    """One layout: the stage, what lies on it from the bottom up, and the bar."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.left = min(px("pad"), view.width / 4)
        self.words = Words(self.sheet, content, view, self.left, max(1.0, view.width - 2 * self.left), dark=True)
        self.room = max(1.0, min(self.words.w, view.width * px("clip.part")))
        self.film = next((media for media in content.media if media.kind == "video"), None)
        self.plain = self.sheet.font(px("clip.text.size"), px("clip.text.line"))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        view, sheet, blocks = self.view, self.sheet, self._blocks()
        foot = max(px("clip.bar"), self.words.foot_height) + px("clip.home")
        need = foot + px("clip.bottom") + screens.stack_height(blocks) + px("clip.top") + px("clip.back")
        ratio = px("screen.ratio.large" if view.width >= px("screen.large") else "screen.ratio")
        need += 0.0 if self.film else self.plain.line
        self.stage = screens.stage_of(view.width, ratio, foot, px("screen.shape"), fill=True, need=need)
        self._picture(self.stage.bottom - px("clip.bottom") - screens.stack_height(blocks))
        self._back()
        screens.put_stack(sheet, blocks, self.stage.bottom - px("clip.bottom"))
        sheet.y = self.stage.bottom
        self.words.foot(0, view.width)
        ground = Box("card", "card", 0, 0, view.width, self.stage.height, token="screen",
                     rule=spec.rule("screen.ratio"))
        return (ground, *sheet.boxes)

    def _picture(self, free: float) -> None:
        """The clip, or that there is none, above `free`."""
        sheet, stage, shape = self.sheet, self.stage, spec.rule("screen.shape")
        screens.put_stage(sheet, stage, token="screen", rule=shape)
        if self.film:
            screens.put_media(sheet, stage, self.film, "video:1", fill=True, upright=px("screen.fills"), rule=shape)
        else:
            word = spec.word("no_video", self.view.language)
            screens.put_empty(sheet, stage, word, self.plain, "screen.muted", spec.rule("clip.text.size"), free)
        screens.put_shade(sheet, stage, "shade", px("clip.shade"), "screen.shade", rule=spec.rule("clip.shade"))

    def _back(self) -> None:
        side = px("clip.back")
        self.sheet.y = px("clip.top")
        self.sheet.put("icon", "back", self.left, side, side, icon="chevron-left", token="screen.text",
                       text=spec.word("back", self.view.language), rule=spec.rule("clip.back"))

    # words -------------------------------------------------------------------------------------------------------

    def _blocks(self) -> list[Block]:
        """Who, the title, and the text with its topics; the last one at the foot."""
        made, title = [self._author()], self.content.title.strip()
        if title:
            font = self.sheet.font(px("clip.title.size"), px("clip.title.line"), 600)
            cut = ellipsized(title, font, self.room, int(px("clip.title.lines")), self.sheet.metrics)
            made.append(screens.words("title", self.left, self.room, cut, font, token="screen.text",
                                      gap=px("clip.title.gap"), rule=spec.rule("clip.title.lines")))
        if text := rules.body(self.content):
            made.append(self._text(text))
        return made

    def _text(self, text: str) -> Block:
        """One line, then "more"; topics and people are bold."""
        more, less = (spec.word(name, self.view.language) for name in ("more", "less"))
        fold = fold_flat(text, self.plain, self.room, int(px("clip.fold.lines")), more, less, self.sheet.metrics,
                         unfolded=self.view.unfolded)
        own = [Run(found.start(), found.end(), "screen.text", 600)
               for found in MARKS.finditer(fold.cut.text, 0, fold.kept) if found.lastgroup != "face"]
        return screens.words("body", self.left, self.room, fold.cut, self.plain, token="screen.text",
                             runs=fold.runs(own, "screen.muted"), rule=spec.rule("clip.fold.lines"))

    def _author(self) -> Block:
        """Picture, name, and the button to follow."""
        name, side = self.content.name or self.content.handle, px("avatar")
        bold = self.sheet.font(px("clip.name.size"), px("clip.name.line"), 600)
        small = self.sheet.font(px("follow.size"), px("follow.line"), 500)
        high = max(side, bold.line, small.line)

        def put(sheet: Sheet) -> None:
            top = sheet.y
            sheet.y = top + (high - side) / 2
            sheet.put("avatar", "avatar", self.left, side, side, text=initial(name), token="avatar",
                      radius=side / 2, rule=spec.rule("avatar"))
            left, word = self.left + side + px("avatar.gap"), spec.word("follow", self.view.language)
            wide = sheet.metrics.advance(word, small) + 2 * px("follow.pad")
            room = self.left + self.room - left - px("avatar.gap") - wide
            shown = min(max(1.0, room), sheet.metrics.advance(name, bold))
            sheet.y = top + (high - bold.line) / 2
            sheet.label("name", left, shown, name, bold, "screen.text", spec.rule("clip.name.size"))
            if room >= 1:
                sheet.y = top + (high - small.line) / 2
                sheet.put("badge", "follow", left + shown + px("avatar.gap"), wide, small.line, text=word, font=small,
                          token="follow", align="center", radius=small.line / 2, rule=spec.rule("follow.size"))

        return Block(high, put, px("clip.name.gap"))
