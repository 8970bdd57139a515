"""The page of an image post: the first picture decides how high the stage is; the others stand whole on it."""

from __future__ import annotations

from studio.core.card import Font
from studio.core.post import Media
from studio.platforms.boxes import Cut
from studio.platforms.folding import fold_lines
from studio.platforms.wechat import options, times
from studio.platforms.wechat.layout_page import Page
from studio.platforms.wechat.spec import px, rule


def stage_height(width: float, first: Media) -> float:
    """px, for the stage `width` px wide on a phone."""
    shape = first.width / first.height if first.width > 0 and first.height > 0 else 1.0
    return width / min(max(shape, px("slide.least")), px("slide.most"))


def dots(number: int, shown: int) -> list[tuple[int, str]]:
    """Which dots there are, (number from 0, size key): all of a few; of many a window around the one that is shown.

    Where the window hides some, its outermost dot is the smallest and the next one small.
    """
    most = int(px("dots.most"))
    first = min(max(0, shown - most // 2), max(0, number - most))
    last = min(number, first + most) - 1
    return [(each, _size(each, first, last, number)) for each in range(first, last + 1)]


def _size(each: int, first: int, last: int, number: int) -> str:
    """"dot", "dot.mini" or "dot.micro"."""
    from_left = each - first if first > 0 else 2
    from_right = last - each if last < number - 1 else 2
    return ("dot.micro", "dot.mini", "dot")[min(from_left, from_right, 2)]


class Slides(Page):
    """Pictures, dots, title, text, time; on a wide page the words stand beside the stage."""

    def draw(self) -> None:
        files = options.pictures(self.content)
        self.wide = self.width >= px("slide.wide.from")
        self.pages = max(1, len(files))
        self.shown = min(max(0, self.view.page), self.pages - 1)
        if self.wide and files:
            self._beside(files)
        else:
            self.column(px("page.side"))
            self._above(files)
        self.bar()

    def column(self, side: float) -> None:
        """As wide as the page; wide pages are drawn by `_beside`."""
        self.w = max(1.0, self.width - 2 * side)
        self.x = (self.width - self.w) / 2

    def _above(self, files: tuple[Media, ...]) -> None:
        if files:
            self.sheet.y = 0.0
            high = stage_height(self.width, files[0])
            self._stage(files, 0.0, self.width, high)
            self.sheet.y = high
            self._dots(len(files), 0.0, self.width)
            self.sheet.y += px("slide.after")
        self._words()

    def _beside(self, files: tuple[Media, ...]) -> None:
        high = px("slide.wide.height")
        wide = high * px("slide.wide")
        whole = wide + px("slide.wide.gap") + px("slide.text")
        left = max(0.0, (self.width - whole) / 2)
        top = self.sheet.y
        self._stage(files, left, wide, high)
        self.sheet.y = top + high
        self._dots(len(files), left, wide)
        bottom, self.sheet.y = self.sheet.y, top
        self.x = left + wide + px("slide.wide.gap")
        self.w = max(1.0, min(px("slide.text"), self.width - self.x))
        self._words()
        self.sheet.y = max(bottom, self.sheet.y)
        self.column(px("page.side"))

    # the stage -------------------------------------------------------------------------------------------------

    def _stage(self, files: tuple[Media, ...], x: float, w: float, high: float) -> None:
        """The picture that is shown, and its number."""
        media, name, top = files[self.shown], f"image:{self.shown + 1}", self.sheet.y
        self.sheet.put("fill", "stage", x, w, high, token="stage", rule=rule("slide.least"))
        if self.shown == 0:
            self.picture(name, media, x, w, high, "slide.least")
        else:
            wide, tall = _inside(media, w, high)
            self.sheet.y = top + (high - tall) / 2
            self.picture(name, media, x + (w - wide) / 2, wide, tall, "slide.least")
        self.sheet.y = top
        self._number(x + w, top + high, w)

    def _number(self, right: float, bottom: float, room: float) -> None:
        """n/N in the stage's bottom right corner."""
        if self.pages < 2:
            return
        font, label, inset = self.font("number"), f"{self.shown + 1}/{self.pages}", px("number.inset")
        wide = min(room - 2 * inset, self.wide_of(label, font) + 2 * px("number.pad"))
        top, self.sheet.y = self.sheet.y, bottom - inset - font.line
        self.sheet.put("badge", "number", right - inset - wide, wide, font.line, text=label, font=font, token="badge",
                       align="center", radius=font.line / 2, rule=rule("number.size"))
        self.sheet.y = top

    def _dots(self, number: int, x: float, w: float) -> None:
        """Below the stage, in the middle, one step apart."""
        if number < 2:
            return
        shown, step, biggest = dots(number, self.shown), px("dot.step"), px("dot")
        sheet, top = self.sheet, self.sheet.y + px("dots.top")
        first = x + (w - (len(shown) - 1) * step) / 2
        for at, (each, key) in enumerate(shown):
            size = px(key)
            sheet.y = top + (biggest - size) / 2
            sheet.put("fill", f"dot:{each + 1}", first + at * step - size / 2, size, size, radius=size / 2,
                      token="dot.on" if each == self.shown else "dot", rule=rule("dot.step"))
        sheet.y = top + biggest

    # words -----------------------------------------------------------------------------------------------------

    def _words(self) -> None:
        self.title()
        if text := self.content.text.strip():
            self._text(text, self.font("text"))
            self.sheet.y += px("block.gap")
        font = self.font("meta")
        x = self.x
        for name, said, token in (("name", self.account, "link"), ("time", times.brief(self.view), "muted")):
            if said and (room := self.x + self.w - x) > font.size:
                wide = min(room, self.wide_of(said, font))
                self.sheet.label(name, x, wide, said, font, token, rule("meta.size"))
                x += wide + px("meta.gap")
        self.sheet.y += font.line

    def _text(self, text: str, font: Font) -> None:
        """Its first lines; all of them when it was opened, then with the word that closes it again."""
        metrics, most = self.sheet.metrics, int(px("slide.lines"))
        fold = fold_lines(text, font, self.w, most, self.word("more"), metrics)
        if not self.view.unfolded or not fold.cut.folded:
            self.sheet.words("body", self.x, self.w, fold.cut, font, runs=fold.runs((), "link"),
                             rule=rule("slide.lines"))
            return
        whole = Cut(text, metrics.lines(text, font, self.w))
        self.sheet.words("body", self.x, self.w, whole, font, rule=rule("slide.lines"))
        self.sheet.label("less", self.x, min(self.w, self.wide_of(self.word("less"), font)), self.word("less"), font,
                         "link", rule("slide.lines"))
        self.sheet.y += font.line


def _inside(media: Media, w: float, h: float) -> tuple[float, float]:
    """The largest size of a picture's own shape in that room; all of it when its shape is not known."""
    if media.width <= 0 or media.height <= 0:
        return w, h
    scale = min(w / media.width, h / media.height)
    return media.width * scale, media.height * scale
