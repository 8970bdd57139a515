"""A work in the full-screen player, as boxes. The numbers and their sources are in `spec`; most are to be measured."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, one_line
from studio.platforms.douyin import spec
from studio.platforms.douyin.spec import px
from studio.platforms.douyin.text import marks, sent


def contained(media: Media, width: float, height: float) -> tuple[float, float, float, float]:
    """Where a picture stands, whole, in the middle of the stage; 9:16 where its size is not known."""
    ratio = media.width / media.height if media.width and media.height else 9 / 16
    w = min(width, height * ratio)
    h = min(height, w / ratio)
    return (width - w) / 2, (height - h) / 2, w, h


def runs(text: str) -> tuple[Run, ...]:
    """Topics and people are white and bold."""
    return tuple(Run(found.start(), found.end(), "text", 700) for found in marks(text))


class _Player:
    """One layout: the stage, what lies on it from the bottom up, and the rail at the right."""

    def __init__(self, content: Content, width: float, metrics: Metrics, language: str) -> None:
        self.content, self.width, self.language = content, width, language
        self.height = round(width * px("stage"))
        self.sheet, self.metrics = Sheet(metrics), metrics
        self.bottom = self.floor = self.height - px("foot")  # of the caption, and of the rail

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        ground = Box("card", "card", 0, 0, self.width, self.height, token="card", rule=spec.rule("stage"))
        self._stage()
        if len(self.content.media) > 1:
            self._segments(len(self.content.media))
        self._caption()
        self._rail()
        return (ground, *self.sheet.boxes)

    # stage -------------------------------------------------------------------------------------------------------

    def _stage(self) -> None:
        sheet = self.sheet
        if not self.content.media:
            font = Font(px("text.size"), px("text.line"))
            label = one_line(spec.word("no_media", self.language), font, self.width - 2 * px("pad"), self.metrics)
            wide = self.metrics.advance(label, font)
            sheet.y = self.height / 4
            sheet.label("no_media", (self.width - wide) / 2, wide, label, font, "muted", spec.rule("text.size"))
            return
        first = self.content.media[0]
        x, sheet.y, w, h = contained(first, self.width, self.height)
        kind = "video" if first.kind == "video" else "image"
        sheet.put("video" if kind == "video" else "image", f"{kind}:1", x, w, h, media=first.media,
                  crop=(0.0, 0.0, 1.0, 1.0), rule=spec.rule("stage"))

    def _segments(self, number: int) -> None:
        """One piece of the bar per picture, and which one it is."""
        gap, left, room = px("segments.gap"), px("pad"), self.width - 2 * px("pad")
        wide = max(0.5, (room - (number - 1) * gap) / number) if number * gap < room else room / number
        step = wide + gap if number * gap < room else wide
        self.sheet.y = self.bottom - px("segments.height")
        for at in range(number):
            self.sheet.put("fill", f"segment:{at + 1}", left + at * step, wide, px("segments.height"),
                           token="segment" if at else "segment.on", rule=spec.rule("segments.gap"))
        self.bottom -= px("segments.height") + px("segments.top")
        self.floor = self.bottom
        self._pill(f"1 / {number}")

    def _pill(self, text: str) -> None:
        font = Font(px("pill.size"), px("pill.height"))
        wide = self.metrics.advance(text, font) + 2 * px("pill.pad")
        self.sheet.y = self.bottom - px("pill.height")
        self.sheet.put("badge", "number", px("pad"), wide, px("pill.height"), text=text, font=font, token="badge",
                       radius=px("pill.height") / 2, align="center", rule=spec.rule("pill.size"))
        self.bottom -= px("pill.height") + px("pill.gap")

    # caption -----------------------------------------------------------------------------------------------------

    @property
    def room(self) -> float:
        """Width of the caption."""
        return max(1.0, self.width * px("text.part") - px("pad"))

    def _caption(self) -> None:
        """Name, title where it has a line of its own, and text; they end above the foot."""
        content, name = self.content, Font(px("name.size"), px("name.line"), 700)
        title = content.title.strip() if content.mode != "api" else ""
        text, plain = self._folded(sent(content)), Font(px("text.size"), px("text.line"))
        bold, head = Font(px("title.size"), px("title.line"), 700), Cut("", ())
        if title:
            shown = one_line(title, bold, self.room * px("title.lines"), self.metrics)
            head = Cut(shown, self.metrics.lines(shown, bold, self.room))
        high = name.line + px("name.gap") + len(text.lines) * plain.line
        high += len(head.lines) * bold.line + px("title.gap") if title else 0.0
        self.sheet.y = max(0.0, self.bottom - high)
        shown = f"@{content.name or content.handle}"
        self.sheet.label("name", px("pad"), self.room, shown, name, rule=spec.rule("name.size"))
        self.sheet.y += name.line + px("name.gap")
        if title:
            self.sheet.words("title", px("pad"), self.room, head, bold, rule=spec.rule("title.size"))
            self.sheet.y += px("title.gap")
        if text.text:
            self.sheet.words("body", px("pad"), self.room, text, plain, runs=runs(text.text),
                             rule=spec.rule("fold.lines"))

    def _folded(self, text: str) -> Cut:
        """Three lines, then "… 展开"; folded text has no line breaks."""
        font, most = Font(px("text.size"), px("text.line")), int(px("fold.lines"))
        if not text:
            return Cut("", ())
        if len(whole := self.metrics.lines(text, font, self.room)) <= most:
            return Cut(text, whole)
        flat, more = " ".join(text.split()), f"… {spec.word('more', self.language)}"
        lines = self.metrics.lines(flat, font, self.room)
        if len(lines) <= most:  # the line breaks alone made it long
            return Cut(flat, lines, folded=True)
        left = self.room - self.metrics.advance(more, font)
        last = one_line(flat[lines[most - 1].start :], font, max(1.0, left), self.metrics).rstrip("… ")
        shown = flat[: lines[most - 1].start] + last + more
        return Cut(shown, self.metrics.lines(shown, font, self.room)[:most], folded=True)

    # rail --------------------------------------------------------------------------------------------------------

    def _rail(self) -> None:
        """From the top: the picture, like, comment, collect, share, the disc."""
        sheet, side, label = self.sheet, px("avatar"), Font(px("label.size"), px("label.line"))
        centre = self.width - px("rail.right") - side / 2
        each = px("icon") + label.line + px("icon.gap")
        sheet.y = self.floor - px("disc") - len(spec.ACTIONS) * each - side - px("icon.gap")
        self._avatar(centre)
        sheet.y += side + px("icon.gap")
        for name, drawn in spec.ACTIONS:
            self._action(name, drawn, centre, label)
        sheet.put("fill", "disc", centre - px("disc") / 2, px("disc"), px("disc"), token="badge",
                  radius=px("disc") / 2, rule=spec.rule("disc"))

    def _avatar(self, centre: float) -> None:
        sheet, side, name = self.sheet, px("avatar"), self.content.name or self.content.handle
        sheet.put("fill", "avatar.ring", centre - side / 2, side, side, token="ring", radius=side / 2,
                  rule=spec.rule("avatar.ring"))
        ring, top = px("avatar.ring"), sheet.y
        sheet.y = top + ring
        sheet.put("avatar", "avatar", centre - side / 2 + ring, side - 2 * ring, side - 2 * ring,
                  text=name.strip()[:1].upper(), token="avatar", radius=side / 2 - ring, rule=spec.rule("avatar"))
        sheet.y = top + side - px("follow") / 2
        sheet.put("icon", "follow", centre - px("follow") / 2, px("follow"), px("follow"), icon="circle-plus",
                  token="brand", rule=spec.rule("follow"))
        sheet.y = top

    def _action(self, name: str, drawn: str, centre: float, font: Font) -> None:
        sheet, size, text = self.sheet, px("icon"), spec.word(name, self.language)
        sheet.put("icon", f"action:{name}", centre - size / 2, size, size, icon=drawn, token="action", text=text,
                  rule=spec.rule("icon"))
        sheet.y += size
        room = min(2 * (self.width - centre), px("avatar") + px("rail.right"))
        shown = one_line(text, font, room, self.metrics)
        wide = self.metrics.advance(shown, font)
        sheet.label(f"label:{name}", centre - wide / 2, wide, shown, font, rule=spec.rule("label.size"))
        sheet.y += font.line + px("icon.gap")


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The work in the player, `width` px wide; dark in both themes."""
    player = _Player(content, view.width, metrics, view.language)
    boxes = player.boxes()
    return spec.TABLE.card(view, player.height, boxes, "recalled")
