"""The sheet with everything clients said about a post, by the preview it is about."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.core.errors import Problem
from studio.core.review import Place
from studio.services.reviews import Seen
from studio.ui.accounts.parts import clear
from studio.ui.i18n import tr
from studio.ui.preview.remarks import RemarkItem, go_on, in_use
from studio.ui.relay import Relay
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.preview.reviewing import Reviewing

MOST = 200  # comments that are shown at once


class CommentSheet(Sheet):
    """Of the post that is open; follows what is settled, deleted and taken in meanwhile."""

    def __init__(self, reviewing: Reviewing) -> None:
        super().__init__(reviewing.theme, tr("reviewing", "What clients said"), width=640)
        self._reviewing = reviewing
        assert reviewing.view.post is not None
        self._post = reviewing.view.post
        self.items: list[RemarkItem] = []
        self.which = Segments(self.theme, [("open", tr("reviewing", "Open")), ("all", tr("reviewing", "All"))])
        self.take = Button(self.theme, tr("reviewing", "Take in a client’s comments…"), "secondary", "file-input")
        self.listed = ScrollColumn(self.theme, padding=0, gap=8)
        self.header.addWidget(self.which)
        self.set_body(self.listed)
        foot = QWidget()
        foot.setLayout(row(None, self.take))
        self.set_footer(foot)
        self.which.chosen.connect(self._fill)
        self.take.clicked.connect(reviewing.ask_file)
        self.take.why_not(self._why_read_only())
        Relay(reviewing.desk.reviews.changed, self._fill, self)
        self._fill()
        if not self.items:
            self.which.set_value("all")
            self._fill()

    def _why_read_only(self) -> str:
        return tr("reviewing", "This workspace can only be read") if self._reviewing.desk.read_only else ""

    def _wanted(self) -> list[Seen]:
        """What is asked for, one preview after the other, each with its oldest first."""
        try:
            every = self._reviewing.desk.reviews.of(self._post.id)
        except Problem as fault:
            self._reviewing.refused(fault)
            return []
        shown = [seen for seen in every if seen.open or self.which.value == "all"]
        return sorted(shown[:MOST], key=lambda seen: _where(seen.remark.place))

    def _fill(self, _: object = None) -> None:
        used = in_use(self.items)
        clear(self.listed.column)
        self.items = []
        for _where_it_is, group in groupby(self._wanted(), key=lambda seen: _where(seen.remark.place)):
            seen = list(group)
            self.listed.column.addWidget(Label(self._heading(seen[0].remark.place), "small", "text", 600))
            for one in seen:
                self.listed.column.addWidget(self._item(one))
        if not self.items:
            self.listed.column.addWidget(Label(tr("reviewing", "Nothing is open"), "small", "text-2"))
        self.listed.column.addStretch(1)
        self.listed.updateGeometry()
        go_on(self.items, used, self.take if self.take.isEnabled() else self.cross)

    def _item(self, seen: Seen) -> RemarkItem:
        item = RemarkItem(self.theme, 0, seen, self._reviewing.clock, not self._reviewing.desk.read_only)
        item.settled.connect(lambda done: self._reviewing.settle(seen.key, done))
        item.deleted.connect(lambda: self._reviewing.delete(seen.key))
        self.items.append(item)
        return item

    def _heading(self, place: Place) -> str:
        """"Weibo · Mill Street · Feed · Dark"; ids where a name is not known any more."""
        desk, language = self._reviewing.desk, self.theme.language.code
        names = {account.id: account.name for account in desk.accounts.list()}
        platform, surface = place.platform, place.surface
        if place.platform in desk.previews.platforms():
            platform = desk.accounts.platform(place.platform).name.say(language)
            declared = {each.id: each for each in desk.previews.surfaces(place.platform)}.get(place.surface)
            surface = declared.label.get(language, surface) if declared is not None else surface
        theme = tr("reviewing", "Dark") if place.theme == "dark" else tr("reviewing", "Light")
        parts = [platform, names.get(place.account, ""), surface, theme]
        return " · ".join(dict.fromkeys(part for part in parts if part))


def _where(place: Place) -> tuple[str, ...]:
    return place.platform, place.account, place.surface, place.theme
