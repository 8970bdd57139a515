"""A post in TikTok's player, or on its maker's page, as boxes. The numbers and their sources are in `spec`.

Positions were measured on a picture of 1080 x 1920 as wide as the screen: here that is the stage's frame, and what was
measured moves with it. The player is dark in both themes.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms import screens
from studio.platforms.boxes import Cut, Sheet, ellipsized
from studio.platforms.captions import fold_flat, sound
from studio.platforms.folding import Fold
from studio.platforms.screens import Block, Item, Stage, Tab
from studio.platforms.text import initial
from studio.platforms.tiktok import rules, spec
from studio.platforms.tiktok.layout_profile import profile
from studio.platforms.tiktok.spec import px


def runs(text: str) -> tuple[Run, ...]:
    """Tags and people are white and bold."""
    return tuple(Run(found.start(), found.end(), "text", 700) for found in rules.marks(text))


class _Player:
    """One layout: the stage, what lies on it from the bottom up, and the rail at the right."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        kind = "image" if view.surface == "photo" else "video"
        shown = [media for media in content.media if media.kind == kind]
        self.shown: Sequence[Media] = shown if kind == "image" else shown[:1]
        self.pages = max(1, len(self.shown))
        self.page = min(max(view.page, 0), self.pages - 1)
        self.name = content.name or content.handle
        self.plain = self.sheet.font(px("text.size"), px("text.line"))
        self._measure(self._stage(0.0))

    def _stage(self, need: float) -> Stage:
        large = self.view.width >= px("screen.large")
        ratio = px("screen.ratio.large" if large else "screen.ratio")
        self.tabs_font = self.sheet.font(px("tabs.size"), px("tabs.line"), 500)
        self.tabs = self._tabs()
        self.foot = screens.tabs_height(
            self.tabs, self.tabs_font, px("tabs.icon"), px("tabs.height"), px("tabs.home"))
        return screens.stage_of(self.view.width, ratio, self.foot, px("screen.shape"), need=need)

    def _measure(self, stage: Stage) -> None:
        """What moves with the frame, which is the same on a screen that grows."""
        self.scale = stage.frame[2] / px("frame.width")
        self.label = self.sheet.font(px("label.size"), px("label.line"))
        self.left = stage.x(px("caption.left") / px("frame.width"))
        self.centre = stage.x(px("rail.x") / px("frame.width"))
        self.label_room = max(1.0, 2 * (self.view.width - self.centre))
        end = self.centre - max(self.label_room, px("avatar") * self.scale) / 2 - px("text.gap")
        self.room = max(1.0, min(self.left + self.view.width * px("caption.part"), end) - self.left)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        rail, blocks = self._rail(), self._blocks()
        under = px("caption.bottom") + self._dots_height()
        high = max(screens.rail_height(rail), under + screens.stack_height(blocks))
        need = self.foot + high + self._top_height() + (0.0 if self.shown else self.plain.line)
        self.stage = self._stage(need)
        self._picture(self.stage.bottom - high, under + screens.stack_height(blocks))
        self._top()
        screens.put_stack(self.sheet, blocks, self.stage.bottom - under)
        screens.put_rail(self.sheet, rail, self.centre, self.stage.bottom)
        self._dots()
        screens.put_tabs(self.sheet, self.stage, self.tabs, self.tabs_font, px("tabs.icon"), px("tabs.home"),
                         rule=spec.rule("tabs.height"))
        ground = Box("card", "card", 0, 0, self.view.width, self.stage.height, token="card",
                     rule=spec.rule("screen.ratio"))
        return (ground, *self.sheet.boxes)

    # stage -------------------------------------------------------------------------------------------------------

    def _picture(self, free: float, words: float) -> None:
        """The media, or what is missing above `free`; the shade reaches above `words` px of text."""
        sheet, stage, shape = self.sheet, self.stage, spec.rule("screen.shape")
        screens.put_stage(sheet, stage, rule=shape)
        if self.shown:
            media = self.shown[self.page]
            screens.put_media(sheet, stage, media, f"{media.kind}:{self.page + 1}", rule=shape)
        else:
            word = spec.word("no_pictures" if self.view.surface == "photo" else "no_video", self.view.language)
            screens.put_empty(sheet, stage, word, self.plain, "muted", spec.rule("text.size"), free)
        screens.put_shade(sheet, stage, "shade.top", px("top.shade"), "shade", top=True, rule=spec.rule("top.shade"))
        shade = max(px("foot.shade"), words + px("foot.shade") / 2)
        screens.put_shade(sheet, stage, "shade.bottom", shade, "shade", rule=spec.rule("foot.shade"))

    def _top_height(self) -> float:
        """Of the status bar and the words under it, from the card's top; the mark under them ends there."""
        stage, line = self._stage(0.0), self.sheet.font(px("top.size"), px("top.line")).line
        least = max(line, px("top.icon")) + px("top.mark.gap") + px("top.mark")
        return max(stage.y(px("top.end") / px("frame.height")), least)

    def _top(self) -> None:
        """Whose posts one sees, the chosen one underlined; and the search."""
        sheet, view, half = self.sheet, self.view, px("top.gap") / 2
        bold, side = sheet.font(px("top.size"), px("top.line"), 700), px("top.icon")
        sheet.y = self._top_height() - px("top.mark") - px("top.mark.gap") - bold.line
        room = max(1.0, view.width / 2 - half - side - px("pad"))
        for name in ("following", "for_you"):
            word = spec.word(name, view.language)
            wide = min(room, sheet.metrics.advance(word, bold))
            x, token = (view.width / 2 + half, "text") if name == "for_you" else (view.width / 2 - half - wide, "muted")
            sheet.label(f"top:{name}", x, wide, word, bold, token, spec.rule("top.size"))
        mark = x + (wide - min(wide, px("top.mark.width"))) / 2
        sheet.y += (bold.line - side) / 2
        sheet.put("icon", "top:search", view.width - px("pad") - side, side, side, icon="search", token="action",
                  text=spec.word("search", view.language), rule=spec.rule("top.icon"))
        sheet.y += (bold.line + side) / 2 + px("top.mark.gap")
        sheet.put("fill", "top:mark", mark, min(wide, px("top.mark.width")), px("top.mark"), token="text",
                  rule=spec.rule("top.mark"))

    def _tabs(self) -> list[Tab]:
        def say(name: str, drawn: str) -> Tab:
            return (name, drawn, spec.word(name, self.view.language))

        return [say("home", "house"), say("friends", "users"), ("new", "circle-plus", ""),
                say("inbox", "message-square"), say("profile", "circle-user-round")]

    def _dots_height(self) -> float:
        return px("dot") + px("dots.bottom") + px("dots.top") if self.pages > 1 else 0.0

    def _dots(self) -> None:
        if self.pages > 1:
            self.sheet.y = self.stage.bottom - px("dots.bottom") - px("dot")
            screens.put_dots(self.sheet, self.pages, self.page, self.view.width / 2, px("dot"), px("dot.gap"),
                             int(px("dots.most")), rule=spec.rule("dot"))

    # caption -----------------------------------------------------------------------------------------------------

    def _blocks(self) -> list[Block]:
        """Name, a photo post's title, text, and the sound; the last one at the foot."""
        sheet, content = self.sheet, self.content
        bold = sheet.font(px("name.size"), px("name.line"), 700)
        made = [screens.line("name", self.left, self.room, f"@{content.handle or self.name}", bold,
                             gap=px("name.gap"), rule=spec.rule("name.size"))]
        if title := content.title.strip() if self.view.surface == "photo" else "":
            strong = sheet.font(px("title.size"), px("title.line"), 700)
            cut = ellipsized(title, strong, self.room, int(px("title.lines")), sheet.metrics)
            cut = Cut(title, sheet.metrics.lines(title, strong, self.room)) if self.view.unfolded else cut
            made.append(screens.words("title", self.left, self.room, cut, strong, gap=px("title.gap"),
                                      rule=spec.rule("title.lines")))
        if text := rules.caption(content):
            fold = self._folded(text)
            own = fold.runs(runs(fold.cut.text[: fold.kept]), "more", 700)
            made.append(screens.words("body", self.left, self.room, fold.cut, self.plain, runs=own,
                                      rule=spec.rule("fold.lines")))
        return [*made, self._sound()]

    def _folded(self, text: str) -> Fold:
        """Two lines, then "more"; folded text has no line breaks; unfolded "less" ends what was folded."""
        more, less = (spec.word(name, self.view.language) for name in ("more", "less"))
        return fold_flat(text, self.plain, self.room, int(px("fold.lines")), more, less, self.sheet.metrics,
                         unfolded=self.view.unfolded)

    def _sound(self) -> Block:
        """The name of its sound, behind a note."""
        font = self.sheet.font(px("sound.size"), px("sound.line"))
        text = spec.word("sound", self.view.language).format(name=self.name)
        return sound(self.left, self.room, text, font, px("sound.icon"), px("sound.gap"), px("sound.top"),
                     rules=(spec.rule("sound.icon"), spec.rule("sound.size")))

    # rail --------------------------------------------------------------------------------------------------------

    def _up(self, name: str) -> float:
        """How far above the frame's lower edge its centre was measured."""
        return (px("frame.height") - px(f"rail.{name}")) * self.scale

    def _rail(self) -> list[Item]:
        """From the top: options, the picture, like, comment, favourites, share, the disc."""
        gap, side = px("rail.gap"), px("options") * self.scale
        made = [screens.button("options", "ellipsis", spec.word("options", self.view.language), side, gap=gap,
                               up=self._up("options"), rule=spec.rule("rail.options"))]
        made.append(screens.face(
            initial(self.name), px("avatar") * self.scale, ring=px("avatar.ring"), badge=px("follow"),
            gap=gap, up=self._up("avatar"), rule=spec.rule("rail.avatar"), ring_rule=spec.rule("avatar.ring"),
            badge_rule=spec.rule("follow")))
        made += [self._button(name, drawn, self.label) for name, drawn in spec.ACTIONS]
        return [*made, screens.disc(px("disc") * self.scale, gap=gap, up=self._up("disc"),
                                    rule=spec.rule("rail.disc"))]

    def _button(self, name: str, drawn: str, font: Font) -> Item:
        return screens.button(
            name, drawn, spec.word(name, self.view.language), px("icon"), label=spec.NONE, font=font,
            room=self.label_room, gap=px("rail.gap"), up=self._up(name), space=px("label.gap"),
            rule=spec.rule(f"rail.{name}"), label_rule=spec.rule("label.size"))


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post on one of the surfaces, `view.width` px wide."""
    if view.surface == "profile":
        return profile(content, view, metrics)
    player = _Player(content, view, metrics)
    boxes = player.boxes()
    return spec.TABLE.card(view, player.stage.height, boxes, "third-party", pages=player.pages, page=player.page)
