"""The words of a note: who, title and text, when, and the bar to answer with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.core.card import Font, Run, View
from studio.core.post import Content
from studio.platforms import chips
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.text import NAME_ENDS, TAG_ENDS, initial
from studio.platforms.xiaohongshu import rules, spec
from studio.platforms.xiaohongshu.spec import px
from studio.platforms.xiaohongshu.times import said

ICONS = {"face": "smile"}
#: Topics, people, and codes of the app's own faces ("[笑哭R]"), which are drawn as pictures.
MARKS = re.compile(
    r"(?P<face>\[[\u4e00-\u9fa5a-zA-Z]{1,8}R\])"
    rf"|(?P<topic>[#＃][^{TAG_ENDS}]+)|(?P<mention>@[^{NAME_ENDS}]+)"
)


_PAGE = {"line": "line", "action": "action", "fill": "fill", "say": "muted"}
_SCREEN = {"line": "screen.line", "action": "screen.text", "fill": "screen.fill", "say": "screen.muted"}


class Words:
    """Puts them into the column (x, w) from the sheet's height on, which moves below them. dark: over a clip."""

    def __init__(self, sheet: Sheet, content: Content, view: View, x: float, w: float, dark: bool = False) -> None:
        self.sheet, self.content, self.view, self.x, self.w = sheet, content, view, x, w
        self.tokens = _SCREEN if dark else _PAGE
        self.field = sheet.font(px("field.size"), px("field.height"))
        self.foot_height = max(px("foot.height"), self.field.line)

    def head(self, where: str) -> None:
        """The picture and the name beside it. where: "panel." on the web, else ""."""
        sheet, name = self.sheet, self.content.name or self.content.handle
        side = min(px(f"{where}avatar"), self.w)
        font = sheet.font(px(f"{where}name.size"), px(f"{where}name.line"), 500)
        high, top = max(side, font.line), sheet.y
        sheet.y = top + (high - side) / 2
        sheet.put("avatar", "avatar", self.x, side, side, text=initial(name), token="avatar",
                  radius=side / 2, rule=spec.rule(f"{where}avatar"))
        left = self.x + side + px(f"{where}avatar.gap")
        sheet.y = top + (high - font.line) / 2
        if left < self.x + self.w:
            sheet.label("name", left, self.x + self.w - left, name, font, rule=spec.rule(f"{where}name.size"))
        sheet.y = top + high

    def text(self) -> None:
        """Title, text with its topics, and when it was posted."""
        sheet, title, text = self.sheet, self.content.title.strip(), rules.body(self.content)
        sheet.y += px("text.top")
        if title:
            self._words("title", title, sheet.font(px("title.size"), px("title.line"), 600), "title.size")
            sheet.y += px("title.gap")
        if text:
            self._body(text)
        sheet.y += px("date.top")
        font = sheet.font(px("date.size"), px("date.line"))
        when = said(self.view.posted, self.view.now, self.view.language)
        sheet.label("time", self.x, self.w, when, font, "muted", spec.rule("date.size"))
        sheet.y += font.line + px("foot.top")

    def _body(self, text: str) -> None:
        """Topics and people in another colour; addresses are plain text."""
        drawn, spans = chips.shown(text, None, MARKS, {"face": chips.face})
        font, top = self.sheet.font(px("text.size"), px("text.line")), self.sheet.y
        cut = self._words("body", drawn, font, "text.size", chips.runs(spans, "link", ICONS))
        chips.put_icons(self.sheet, cut, font, spans, ICONS, (self.x, top), self.view.width, rule=spec.rule("face"),
                        part=px("face"))

    def _words(self, name: str, text: str, font: Font, source: str, found: Sequence[Run] = ()) -> Cut:
        cut = Cut(text, self.sheet.metrics.lines(text, font, self.w))
        self.sheet.words(name, self.x, self.w, cut, font, runs=found, rule=spec.rule(source))
        return cut

    def foot(self, left: float, width: float) -> None:
        """A line from `left`, a field to say something, then like, collect and comment at the right."""
        sheet, icon, high = self.sheet, px("foot.icon"), self.foot_height
        sheet.put("line", "line", left, width, px("line"), token=self.tokens["line"], rule=spec.rule("line"))
        top, each = sheet.y, self.w / (2 * len(spec.ACTIONS))
        icon = min(icon, each)
        step = min(icon + px("foot.gap"), 2 * each)
        right = self.x + self.w - len(spec.ACTIONS) * step
        sheet.y = top + (high - icon) / 2
        for number, (name, drawn) in enumerate(spec.ACTIONS):
            sheet.put("icon", f"action:{name}", right + (number + 1) * step - icon, icon, icon, icon=drawn,
                      token=self.tokens["action"], text=spec.word(name, self.view.language),
                      rule=spec.rule("foot.icon"))
        self._field(top, right - self.x)
        sheet.y = top + high

    def _field(self, top: float, wide: float) -> None:
        """Left out where there is no room for it."""
        sheet, high, pad = self.sheet, self.field.line, px("field.pad")
        if wide < high:
            return
        sheet.y = top + (self.foot_height - high) / 2
        sheet.put("fill", "field", self.x, wide, high, token=self.tokens["fill"], radius=high / 2,
                  rule=spec.rule("field.height"))
        if wide > 2 * pad:
            sheet.label("say", self.x + pad, wide - 2 * pad, spec.word("say", self.view.language), self.field,
                        self.tokens["say"], spec.rule("field.size"))
