"""A work in the player, or on its maker's page, as boxes. The numbers and their sources are in `spec`.

A video fills the stage as far as its shape allows; pictures are a strip to swipe over a blurred ground, with a bar of
one segment each. Both are dark in both themes.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms import screens
from studio.platforms.boxes import Cut, Sheet, ellipsized
from studio.platforms.captions import fold_flat, sound
from studio.platforms.douyin import spec
from studio.platforms.douyin.layout_profile import profile
from studio.platforms.douyin.spec import px
from studio.platforms.douyin.text import marks, sent
from studio.platforms.folding import Fold
from studio.platforms.screens import Block, Item, Tab
from studio.platforms.text import initial


def runs(text: str) -> tuple[Run, ...]:
    """Topics and people are white and bold."""
    return tuple(Run(found.start(), found.end(), "text", 700) for found in marks(text))


class _Player:
    """One layout: the stage, what lies on it from the bottom up, and the rail at the right."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.metrics = content, view, metrics
        self.sheet = Sheet(metrics, text=view.text)
        self.name = content.name or content.handle
        self.shown = self._shown()
        self.pages = len(self.shown) if self.shown and self.shown[0].kind == "image" else 1
        self.page = min(max(view.page, 0), self.pages - 1)
        self.label = self.sheet.font(px("label.size"), px("label.line"))
        self.centre = view.width - px("rail.right") - px("avatar") / 2
        self.label_room = min(2 * (view.width - self.centre), px("avatar") + px("rail.right"))
        left = self.centre - max(self.label_room, px("avatar")) / 2 - px("text.gap")
        self.room = max(1.0, min(view.width * px("text.part"), left) - px("pad"))

    def _shown(self) -> Sequence[Media]:
        """The video, or all pictures; on the surface of pictures nothing else."""
        clip = [media for media in self.content.media if media.kind == "video"][:1]
        pictures = [media for media in self.content.media if media.kind == "image"]
        return pictures if self.view.surface == "images" else clip or pictures

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        rail, blocks = self._rail(), self._blocks()
        tabs, font = self._tabs(), self.sheet.font(px("tabs.size"), px("tabs.line"), 600)
        foot = screens.tabs_height(tabs, font, px("tabs.icon"), px("tabs.height"), px("tabs.home"))
        under = px("foot") + self._strip_height()
        top = px("top.y") + self.sheet.font(px("top.size"), px("top.line")).line
        high = max(screens.rail_height(rail), screens.stack_height(blocks))
        need = foot + under + high + top + (0.0 if self.shown else self._plain.line)
        large = self.view.width >= px("screen.large")
        ratio = px("screen.ratio.large" if large else "screen.ratio")
        self.stage = screens.stage_of(self.view.width, ratio, foot, px("screen.shape"), need=need)
        self._picture(self.stage.bottom - under - high, under + screens.stack_height(blocks))
        self._top()
        screens.put_stack(self.sheet, blocks, self.stage.bottom - under)
        screens.put_rail(self.sheet, rail, self.centre, self.stage.bottom - under)
        if self.pages > 1:
            self._strip()
        screens.put_tabs(self.sheet, self.stage, tabs, font, px("tabs.icon"), px("tabs.home"),
                         rule=spec.rule("tabs.height"))
        ground = Box("card", "card", 0, 0, self.view.width, self.stage.height, token="card",
                     rule=spec.rule("screen.ratio"))
        return (ground, *self.sheet.boxes)

    # stage -------------------------------------------------------------------------------------------------------

    def _picture(self, free: float, words: float) -> None:
        """The media; what is missing stands above `free`, and the shade reaches above `words` px of text."""
        sheet, stage = self.sheet, self.stage
        screens.put_stage(sheet, stage, rule=spec.rule("screen.shape"))
        if self.shown:
            media = self.shown[self.page]
            screens.put_media(sheet, stage, media, f"{media.kind}:{self.page + 1}", blurred=media.kind == "image",
                              rule=spec.rule("screen.shape"))
        else:
            self._empty(free)
        screens.put_shade(sheet, stage, "shade.top", px("top.shade"), "shade", top=True, rule=spec.rule("top.shade"))
        shade = max(px("foot.shade"), words + px("foot.shade") / 2)
        screens.put_shade(sheet, stage, "shade.bottom", shade, "shade", rule=spec.rule("foot.shade"))

    @property
    def _plain(self) -> Font:
        return self.sheet.font(px("text.size"), px("text.line"))

    def _empty(self, above: float) -> None:
        name = "no_pictures" if self.view.surface == "images" else "no_video" if self.content.media else "no_media"
        word = spec.word(name, self.view.language)
        screens.put_empty(self.sheet, self.stage, word, self._plain, "muted", spec.rule("text.size"),
                          above)

    def _top(self) -> None:
        """Whose works one sees, the chosen one bold; and the search."""
        sheet, middle, half = self.sheet, self.view.width / 2, px("top.gap") / 2
        sheet.y = px("top.y")
        side = px("top.icon")
        room = max(1.0, middle - half - side - px("pad"))
        bold = sheet.font(px("top.size"), px("top.line"), 700)
        for name in ("following", "recommended"):
            word = spec.word(name, self.view.language)
            wide = min(room, sheet.metrics.advance(word, bold))
            x, token = (middle - half - wide, "muted") if name == "following" else (middle + half, "text")
            sheet.label(f"top:{name}", x, wide, word, bold, token, spec.rule("top.size"))
        sheet.y += (bold.line - side) / 2
        sheet.put("icon", "top:search", self.view.width - px("pad") - side, side, side, icon="search",
                  token="action", text=spec.word("search", self.view.language), rule=spec.rule("top.icon"))

    def _tabs(self) -> list[Tab]:
        def say(name: str) -> Tab:
            return (name, "", spec.word(name, self.view.language))

        return [say("home"), say("friends"), ("new", "circle-plus", ""), say("messages"), say("me")]

    # pictures ----------------------------------------------------------------------------------------------------

    def _strip_height(self) -> float:
        """Of the segments and of the number above them."""
        if self.pages < 2:
            return 0.0
        pill = self.sheet.font(px("pill.size"), px("pill.height"))
        return px("segments.height") + px("segments.top") + pill.line + px("pill.gap")

    def _strip(self) -> None:
        """One piece of the bar per picture, and which one it is."""
        sheet, pad = self.sheet, px("pad")
        sheet.y = self.stage.bottom - px("foot") - px("segments.height")
        screens.put_segments(
            sheet, self.pages, self.page, pad, self.view.width - 2 * pad, px("segments.height"), px("segments.gap"),
            rule=spec.rule("segments.gap"),
        )
        font = sheet.font(px("pill.size"), px("pill.height"))
        sheet.y -= px("segments.top") + font.line
        screens.put_pill(sheet, f"{self.page + 1} / {self.pages}", font, px("pill.pad"), 0, left=pad,
                         rule=spec.rule("pill.size"))

    # caption -----------------------------------------------------------------------------------------------------

    def _blocks(self) -> list[Block]:
        """Name, title where it has a line of its own, text, and the sound; the last one at the foot."""
        sheet, pad = self.sheet, px("pad")
        name = sheet.font(px("name.size"), px("name.line"), 700)
        made = [screens.line("name", pad, self.room, f"@{self.name}", name, gap=px("name.gap"),
                             rule=spec.rule("name.size"))]
        if title := self.content.title.strip() if self.content.mode != "api" else "":
            bold = sheet.font(px("title.size"), px("title.line"), 700)
            cut = ellipsized(title, bold, self.room, int(px("title.lines")), sheet.metrics)
            cut = Cut(title, sheet.metrics.lines(title, bold, self.room)) if self.view.unfolded else cut
            made.append(screens.words("title", pad, self.room, cut, bold, gap=px("title.gap"),
                                      rule=spec.rule("title.lines")))
        if text := sent(self.content):
            plain, fold = self._plain, self._folded(text)
            own = fold.runs(runs(fold.cut.text[: fold.kept]), "more", 700)
            made.append(screens.words("body", pad, self.room, fold.cut, plain, runs=own, rule=spec.rule("fold.lines")))
        return [*made, self._sound()]

    def _folded(self, text: str) -> Fold:
        """Three lines, then "… 展开"; folded text has no line breaks; unfolded "收起" ends what was folded."""
        more, less = (spec.word(name, self.view.language) for name in ("more", "less"))
        return fold_flat(text, self._plain, self.room, int(px("fold.lines")), more, less, self.sheet.metrics,
                         unfolded=self.view.unfolded)

    def _sound(self) -> Block:
        """The name of its sound, behind a note."""
        font = self.sheet.font(px("sound.size"), px("sound.line"))
        text = spec.word("sound", self.view.language).format(name=self.name)
        return sound(px("pad"), self.room, text, font, px("sound.icon"), px("sound.gap"), px("sound.top"),
                     rules=(spec.rule("sound.icon"), spec.rule("sound.size")))

    # rail --------------------------------------------------------------------------------------------------------

    def _rail(self) -> list[Item]:
        """From the top: the picture, like, comment, collect, share, the disc."""
        gap = px("icon.gap")
        made = [screens.face(
            initial(self.name), px("avatar"), ring=px("avatar.ring"), badge=px("follow"), gap=gap,
            rule=spec.rule("avatar"), ring_rule=spec.rule("avatar.ring"), badge_rule=spec.rule("follow"))]
        made += [self._button(name, drawn, gap) for name, drawn in spec.ACTIONS]
        return [*made, screens.disc(px("disc"), gap=gap, rule=spec.rule("disc"))]

    def _button(self, name: str, drawn: str, gap: float) -> Item:
        word = spec.word(name, self.view.language)
        return screens.button(
            name, drawn, word, px("icon"), label=word, font=self.label, room=self.label_room, gap=gap,
            space=px("label.gap"), rule=spec.rule("icon"), label_rule=spec.rule("label.size"))


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The work on one of the surfaces, `view.width` px wide."""
    if view.surface == "profile":
        return profile(content, view, metrics)
    player = _Player(content, view, metrics)
    boxes = player.boxes()
    return spec.TABLE.card(view, player.stage.height, boxes, "recalled", pages=player.pages, page=player.page)
