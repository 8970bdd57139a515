"""A reel as it fills a phone: the video, the rail at its side, the person and one line of words at its foot."""

from __future__ import annotations

from studio.core.card import Box, Card, Metrics, Run, View
from studio.core.post import Content
from studio.platforms import screens
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.captions import person
from studio.platforms.folding import fold_lines
from studio.platforms.instagram import spec
from studio.platforms.instagram.spec import px
from studio.platforms.instagram.text import runs, shown
from studio.platforms.screens import Block, Item, Stage


class _Reel:
    """One layout. Where things are across the screen does not hang on its height, so the words come first."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.handle = content.handle or content.name
        self.usual = usual = self._stage(0.0)
        self.x = px("reel.pad")
        self.w = max(1.0, usual.x(px("reel.right")) - self.x)
        self.rail = usual.x(px("reel.rail"))
        self.room = max(1.0, 2 * (view.width - self.rail))

    def _stage(self, need: float) -> Stage:
        return screens.stage_of(self.view.width, px("reel.ratio"), px("reel.foot"), px("reel.shape"), fill=True,
                                need=need)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        blocks, items = [self._person(), *self._words()], self._items()
        below = max(screens.stack_height(blocks) + px("reel.words.bottom"),
                    screens.rail_height(items) + px("reel.rail.bottom"))
        head = self.sheet.font(px("reel.head.size"), px("reel.head.line"), 700)
        top = max(0.0, usual_end(self.usual) - 2 * head.line)
        stage = self._stage(below + top + 2 * head.line + px("reel.foot"))
        self.height = stage.height
        screens.put_stage(self.sheet, stage, token="stage", rule=spec.rule("reel.foot"))
        self._video(stage, stage.bottom - px("reel.words.bottom") - screens.stack_height(blocks))
        screens.put_shade(self.sheet, stage, "shade", px("reel.shade"), "shade", rule=spec.rule("reel.shade"))
        self.sheet.y = top
        self.sheet.label("reels", self.x, self.w, self._word("reels"), head, "on-stage", spec.rule("reel.head.end"))
        screens.put_rail(self.sheet, items, self.rail, stage.bottom - px("reel.rail.bottom"))
        screens.put_stack(self.sheet, blocks, stage.bottom - px("reel.words.bottom"))
        ground = Box("card", "card", 0, 0, self.view.width, stage.height, token="stage", rule=spec.rule("reel.ratio"))
        return (ground, *self.sheet.boxes)

    def _word(self, name: str) -> str:
        return spec.word(name, self.view.language)

    def _video(self, stage: Stage, above: float) -> None:
        """The first clip there is, else the first file; upright ones fill the screen. above: where words begin."""
        files = self.content.media
        media = next((m for m in files if m.kind == "video"), next(iter(files), None))
        if media is None:
            font = self.sheet.font(px("reel.text.size"), px("reel.text.line"))
            screens.put_empty(self.sheet, stage, self._word("no_media"), font, "on-stage", spec.rule("reel.shape"),
                              above)
            return
        screens.put_media(self.sheet, stage, media, "video:1" if media.kind == "video" else "image:1", fill=True,
                          upright=px("reel.upright"), blurred=True, rule=spec.rule("reel.shape"))

    def _items(self) -> list[Item]:
        """The buttons, then the one for more, then the sound."""
        size, gap = min(px("reel.icon"), self.room), px("reel.icon.gap")
        made = [
            screens.button(name, icon, self._word(name), size, gap=gap, token="on-stage", rule=spec.rule("reel.rail"))
            for name, icon in spec.ACTIONS
        ]
        more = screens.button("options", "ellipsis", self._word("options"), size, gap=gap, token="on-stage",
                              rule=spec.rule("reel.rail"))
        disc = screens.disc(min(px("reel.disc"), self.room), gap=gap, token="badge", rule=spec.rule("reel.disc"))
        return [*made, more, disc]

    # at the foot -------------------------------------------------------------------------------------------------

    def _person(self) -> Block:
        """Picture, name, and the button to follow."""
        font = self.sheet.font(px("reel.name.size"), px("reel.text.line"), 600)
        return person(self.x, self.w, self.handle, font, px("reel.avatar"), px("reel.gap"), self._word("follow"),
                      px("reel.follow.pad"), px("line"), token="on-stage", below=px("reel.gap"),
                      rules=(spec.rule("reel.avatar"), spec.rule("reel.name.size"), spec.rule("reel.follow.pad")))

    def _words(self) -> list[Block]:
        """One line of them; all of them when they were tapped."""
        text, font = shown(self.content), self.sheet.font(px("reel.text.size"), px("reel.text.line"))
        if not text:
            return []
        metrics, own = self.sheet.metrics, [Run(run.start, run.end, "on-stage", 600) for run in runs(text)]
        if self.view.unfolded:
            cut, marks = Cut(text, metrics.lines(text, font, self.w)), own
        else:
            folded = fold_lines(text, font, self.w, int(px("reel.lines")), "", metrics, lead="…")
            cut, marks = folded.cut, [run for run in folded.runs(own, "on-stage") if run.start < run.end]
        return [screens.words("body", self.x, self.w, cut, font, token="on-stage", runs=marks,
                              rule=spec.rule("reel.lines"))]


def usual_end(stage: Stage) -> float:
    """Where the controls at the top end, on a screen that was not made higher."""
    return stage.top + stage.room * px("reel.head.end")


def reel(content: Content, view: View, metrics: Metrics) -> Card:
    """The reel on a phone `width` px wide."""
    made = _Reel(content, view, metrics)
    boxes = made.boxes()
    return spec.TABLE.card(view, made.height, boxes, "third-party")
