"""Below the text: tools with the live counter, the media strip, link and tags, and what follows as replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from studio.ui.draft.counter import Counter
from studio.ui.draft.edits import read_tags, write_tags
from studio.ui.draft.margin import MarginNotes
from studio.ui.draft.media_strip import MediaStrip
from studio.ui.draft.thread import ThreadEditor
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, ground, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.preview.pictures import Pictures
    from studio.ui.theme import Theme


BELOW: Final = ("text", "media", "link", "tags", "replies")


class UndoneField(Field):
    """A line whose undo is the post's."""

    undone = Signal()
    redone = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and its kin go to the post's history."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redone.emit()
        else:
            super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Shows another text; the caret stays where it can."""
        if text != self.text():
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))


class FieldScroll(QScrollArea):
    """As high as the fields it holds, and scrolling them where a low window or large text leaves less."""

    def __init__(self, theme: Theme, fields: FieldBlock) -> None:
        super().__init__()
        self._fields = fields
        ground(self.viewport(), "none")
        ground(fields, "none")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(fields)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        overlay_bars(theme, self)
        fields.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All of it."""
        return QSize(400, self._fields.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        """The tools and a row of tiles."""
        return QSize(200, min(140, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notes wrap anew, so the height may be another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A note or a row of tiles came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class FieldBlock(Live, QWidget):
    """linked(text), tagged(tags): a field was written. tool(name): "hash", "at", "link", "media"."""

    linked = Signal(str)
    tagged = Signal(tuple)
    tool = Signal(str)
    undone = Signal()
    redone = Signal()

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        super().__init__()
        self._theme = theme
        self.hash = ToolButton(theme, "hash")
        self.at = ToolButton(theme, "at-sign")
        self.pick = ToolButton(theme, "image-plus")
        self.go_link = ToolButton(theme, "link")
        self.counter = Counter(theme)
        self.media_label = Label("", "small", "text-2")
        self.media_hint = ElidedLabel("", "small", "text-3")
        self.strip = MediaStrip(theme, pictures)
        self.link = UndoneField(theme, "link", size="small")
        self.tags = UndoneField(theme, "tag", size="small")
        self.replies = ThreadEditor(theme)
        self.replies_label = Label("", "small", "text-2")
        self.link_label = Label("", "small", "text-2")
        self.tags_label = Label("", "small", "text-2")
        self.notes = {area: MarginNotes(theme, anchored=False) for area in BELOW}
        self._tools = QWidget()
        self._build()
        self.retranslate()

    def show_values(self, link: str, tags: tuple[str, ...]) -> None:
        """Shows the fields of a tab, without telling that they were written."""
        self.link.show_text(link)
        if read_tags(self.tags.text()) != tags:
            self.tags.show_text(write_tags(tags))

    def set_locked(self, locked: bool) -> None:
        """Nothing can be changed."""
        for field in (self.link, self.tags):
            field.setReadOnly(locked)
        for button in (self.hash, self.at, self.pick):
            button.setEnabled(not locked)
        self.strip.set_locked(locked)
        self.replies.set_locked(locked)

    def anchor(self, area: str) -> QWidget:
        """The widget a margin note of that area stands beside."""
        return {"media": self.strip, "link": self.link, "tags": self.tags, "replies": self.replies}[area]

    def set_hint(self, text: str = "") -> None:
        """What happens with the media now ("Adding 2 of 5"); "" for how to use it."""
        self.media_hint.set_text(text or tr("draft", "Drag to reorder, Ctrl+V to paste"))

    def _build(self) -> None:
        tools = self._tools
        tools.setLayout(row(self.hash, self.at, self.go_link, self.pick, None, self.counter, gap=2))
        self.media_hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = row(self.media_label, self.media_hint)
        head.setStretch(1, 1)
        media = column(head, self.strip, gap=8)
        for notes in self.notes.values():
            notes.hide()
        self.setLayout(column(
            self.notes["text"], tools, media, self.notes["media"],
            self._line(self.link_label, self.link), self.notes["link"],
            self._line(self.tags_label, self.tags), self.notes["tags"],
            self._line(self.replies_label, self.replies), self.notes["replies"], gap=8,
        ))  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.hash.clicked.connect(lambda: self.tool.emit("hash"))
        self.at.clicked.connect(lambda: self.tool.emit("at"))
        self.pick.clicked.connect(lambda: self.tool.emit("media"))
        self.go_link.clicked.connect(lambda: self.link.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.link.textEdited.connect(lambda text: self.linked.emit(text.strip()))
        self.tags.textEdited.connect(lambda text: self.tagged.emit(read_tags(text)))
        for field in (self.link, self.tags, self.replies):
            field.undone.connect(self.undone)
            field.redone.connect(self.redone)

    def _line(self, label: Label, field: QWidget) -> QWidget:
        label.setBuddy(field)
        holder = QWidget()
        line = row(label, field, gap=12)
        if field is self.replies:
            line.setAlignment(label, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        holder.setLayout(line)
        return holder

    def retranslate(self) -> None:
        self.hash.set_tip(tr("draft", "Insert a tag"))
        self.at.set_tip(tr("draft", "Insert a mention"))
        self.pick.set_tip(tr("draft", "Add pictures or video"))
        self.go_link.set_tip(tr("draft", "Go to the link"))
        self.media_label.setText(tr("draft", "Pictures and video"))
        self.link_label.setText(tr("draft", "Link"))
        self.tags_label.setText(tr("draft", "Tags"))
        self.replies_label.setText(tr("draft", "Replies"))
        self.link.setAccessibleName(tr("draft", "Link"))
        self.tags.setAccessibleName(tr("draft", "Tags"))
        self.link.setPlaceholderText(tr("draft", "The address this post leads to, optional"))
        self.tags.setPlaceholderText(tr("draft", "#tags, with spaces between, optional"))
        self.set_hint()
        self.restyle()

    def restyle(self) -> None:
        labels = (self.link_label, self.tags_label, self.replies_label)
        widest = max(self._theme.width("small", label.text()) for label in labels)
        for label in labels:
            label.setFixedWidth(widest + 4)
        self.replies_label.setFixedHeight(self._theme.px(32))
        self._tools.setFixedHeight(self._theme.px(32))
