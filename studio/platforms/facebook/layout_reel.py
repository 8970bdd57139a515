"""A reel as it fills a phone: the video, the rail at its side, the page and the words at its foot."""

from __future__ import annotations

from studio.core.card import Box, Card, Metrics, View
from studio.core.post import Content
from studio.platforms import screens
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.captions import person, sound
from studio.platforms.facebook import spec
from studio.platforms.facebook.layout import runs
from studio.platforms.facebook.message import message, normal
from studio.platforms.facebook.spec import px
from studio.platforms.folding import fold_lines
from studio.platforms.screens import Block, Item


class _Reel:
    """One layout: the blocks and buttons first, then the screen that holds them."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.name = content.name or content.handle
        self.x = px("reel.pad")
        self.aside = min(max(px("reel.icon"), px("reel.label.room")), view.width / 4)  # width of the rail
        self.w = max(1.0, view.width - self.aside - 3 * self.x)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        blocks, items = [self._page(), *self._words(), self._sound()], self._rail()
        need = self._head_height() + px("reel.bottom") + max(screens.stack_height(blocks), screens.rail_height(items))
        stage = screens.stage_of(self.view.width, px("reel.ratio"), 0, px("reel.shape"), fill=True, need=need)
        self.height = stage.height
        screens.put_stage(self.sheet, stage, token="stage", rule=spec.rule("reel.shape"))
        floor = stage.bottom - px("reel.bottom")
        self._video(stage, floor - screens.stack_height(blocks))
        screens.put_shade(self.sheet, stage, "shade", px("reel.shade"), "shade", rule=spec.rule("reel.shade"))
        self._head()
        screens.put_rail(self.sheet, items, self.view.width - self.x - self.aside / 2, floor)
        screens.put_stack(self.sheet, blocks, floor)
        ground = Box("card", "card", 0, 0, self.view.width, stage.height, token="stage", rule=spec.rule("reel.ratio"))
        return (ground, *self.sheet.boxes)

    def _video(self, stage: screens.Stage, above: float) -> None:
        """The first video there is, else the first file; upright ones fill the screen. above: where words begin."""
        media = next((m for m in self.content.media if m.kind == "video"), next(iter(self.content.media), None))
        if media is None:
            font = self.sheet.font(px("reel.text.size"), px("reel.text.line"))
            screens.put_empty(self.sheet, stage, self._word("no_media"), font, "on-stage", spec.rule("reel.shape"),
                              above)
            return
        name = "video:1" if media.kind == "video" else "image:1"
        screens.put_media(self.sheet, stage, media, name, fill=True, upright=px("reel.upright"), blurred=True,
                          rule=spec.rule("reel.upright"))

    def _word(self, name: str) -> str:
        return spec.word(name, self.view.language)

    def _head_height(self) -> float:
        return px("reel.head") + 2 * px("reel.head.line") * self.view.text

    def _head(self) -> None:
        font = self.sheet.font(px("reel.head.size"), px("reel.head.line"), 700)
        self.sheet.y = px("reel.head")
        self.sheet.label("reels", self.x, self.view.width - 2 * self.x, self._word("reels"), font, "on-stage",
                         spec.rule("reel.head.size"))

    def _rail(self) -> list[Item]:
        font = self.sheet.font(px("reel.label.size"), px("reel.label.line"))
        return [
            screens.button(name, icon, self._word(name), px("reel.icon"), label=self._word(name), font=font,
                           room=self.aside, gap=px("reel.icon.gap"), token="on-stage", rule=spec.rule("reel.icon"),
                           label_rule=spec.rule("reel.label.size"), label_token="on-stage")
            for name, icon in spec.ACTIONS
        ]

    # at the foot -------------------------------------------------------------------------------------------------

    def _page(self) -> Block:
        """Its picture, its name, and the button to follow it."""
        font = self.sheet.font(px("reel.name.size"), px("reel.name.line"), 600)
        return person(self.x, self.w, self.name, font, px("reel.avatar"), px("reel.gap"), self._word("follow"),
                      px("reel.follow.pad"), px("line"), token="on-stage", below=px("reel.gap"),
                      rules=(spec.rule("reel.avatar"), spec.rule("reel.name.size"), spec.rule("reel.follow.pad")))

    def _words(self) -> list[Block]:
        """Two lines of them; all of them when they were tapped."""
        text, font = normal(message(self.content)), self.sheet.font(px("reel.text.size"), px("reel.text.line"))
        if not text:
            return []
        metrics, own = self.sheet.metrics, runs(text)
        if self.view.unfolded:
            cut, marks = Cut(text, metrics.lines(text, font, self.w)), own
        else:
            lead = spec.ELLIPSIS.get(self.view.language, spec.ELLIPSIS["en"])
            folded = fold_lines(text, font, self.w, int(px("reel.lines")), self._word("more"), metrics, lead=lead)
            cut, marks = folded.cut, folded.runs(own, "on-stage", 600)
        white = [type(run)(run.start, run.end, "on-stage", 600) for run in marks]
        return [screens.words("body", self.x, self.w, cut, font, token="on-stage", runs=white, gap=px("reel.gap"),
                              rule=spec.rule("reel.lines"))]

    def _sound(self) -> Block:
        font = self.sheet.font(px("reel.sound.size"), px("reel.sound.line"))
        return sound(self.x, self.w, f"{self._word('sound')} · {self.name}", font, px("reel.sound.icon"),
                     px("reel.gap"), 0.0, tokens=("on-stage", "on-stage"),
                     rules=(spec.rule("reel.sound.icon"), spec.rule("reel.sound.size")))


def reel(content: Content, view: View, metrics: Metrics) -> Card:
    """The reel on a phone `width` px wide."""
    made = _Reel(content, view, metrics)
    boxes = made.boxes()
    return spec.TABLE.card(view, made.height, boxes, "third-party")
