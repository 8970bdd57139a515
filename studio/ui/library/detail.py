"""One file up close: picture, facts, alt text, where it is used, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.core.asset import Asset
from studio.core.finding import Finding
from studio.services.words import say
from studio.ui.accounts.detail import clear
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.library.words import facts, kind_icon
from studio.ui.sheet import does_it
from studio.ui.widgets.base import Live, column, dress, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.note import Note
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Picture(QWidget):
    """The thumbnail, whole, on the stage."""

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme, self._thumbs = theme, thumbs
        self._asset: Asset | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbs.ready.connect(lambda _id: self.update())

    def show_asset(self, asset: Asset) -> None:
        """Show this file."""
        self._asset = asset
        self.setAccessibleName(asset.alt or asset.name)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the column, 200 px high."""
        return QSize(240, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("stage"))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect, 8, 8)
        if self._asset is None:
            return
        found = self._thumbs.get(self._asset.id)
        if found is None:
            self._theme.draw_icon(painter, rect, kind_icon(self._asset.probe.kind), 24, "text-3")
        else:
            painter.drawPixmap(inside(found, rect.adjusted(8, 8, -8, -8)), found, QRectF(found.rect()))


def inside(pixmap: QPixmap, rect: QRectF) -> QRectF:
    """The largest place of the picture's shape in `rect`, never enlarged."""
    size = QSize(pixmap.size())
    if size.width() > rect.width() or size.height() > rect.height():
        size = size.scaled(rect.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(rect.center())
    return place


class AltEditor(QPlainTextEdit):
    """left(): the focus went away; the text is saved then. Tab leaves, Ctrl+Enter saves."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, kind="box", role="body")
        self.setTabChangesFocus(True)
        self.setFixedHeight(92)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves and stays."""
        if does_it(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AssetDetail(Live, QWidget):
    """described(id, alt); asked(what): "folder", "check", "remove"; post_opened(id)."""

    described = Signal(str, str)
    asked = Signal(str)
    post_opened = Signal(str)

    def __init__(self, theme: Theme, thumbs: Thumbs, read_only: bool = False) -> None:
        super().__init__()
        self.theme, self._read_only = theme, read_only
        self.asset: Asset | None = None
        self._uses: tuple[tuple[str, str], ...] = ()
        self.picture = Picture(theme, thumbs)
        self.name = ElidedLabel("", "heading")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self.alt_label, self.alt = Label("", "small", "text-2"), AltEditor()
        self.alt_label.setBuddy(self.alt)
        self.alt.setReadOnly(read_only)
        self.saved = Label("", "caption", "text-3")
        self.used_label = Label("", "small", "text-2")
        self._used = QVBoxLayout()
        self._used.setSpacing(4)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self.folder = Button(theme, icon="folder-open", size="small")
        self.check = Button(theme, icon="shield-check", size="small")
        self.remove = Button(theme, kind="danger", icon="trash-2", size="small")
        area = ScrollColumn(theme, padding=16, gap=10)
        label, deeds = row(self.alt_label, None, self.saved), row(self.folder, self.check, None)
        for part in (self.picture, self.name, self._facts, self._notes, label, self.alt, self.used_label, self._used,
                     deeds, row(self.remove, None)):  # fmt: skip
            area.column.addWidget(part) if isinstance(part, QWidget) else area.column.addLayout(part)
        area.column.addStretch(1)
        self.setLayout(column(area))
        self.alt.left.connect(self.save_alt)
        self.alt.textChanged.connect(lambda: self.saved.setText(""))
        for key, button in (("folder", self.folder), ("check", self.check), ("remove", self.remove)):
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
        self.retranslate()

    def show_asset(self, asset: Asset, uses: Sequence[tuple[str, str]]) -> None:
        """Show a file; `uses`: (post id, heading). What was typed for another file is saved first."""
        other = self.asset is None or self.asset.id != asset.id
        if other:
            self.save_alt()
        self.asset, self._uses = asset, tuple(uses)
        if other or not self.alt.hasFocus():
            self.alt.setPlainText(asset.alt)
        if other:
            self.say(())
        self.picture.show_asset(asset)
        self.retranslate()

    def save_alt(self) -> None:
        """Tell the alt text if it changed."""
        if self.asset is None or self._read_only:
            return
        words = self.alt.toPlainText().strip()
        if words != self.asset.alt:
            self.described.emit(self.asset.id, words)

    def say(self, findings: Sequence[Finding]) -> None:
        """What a check found, or why something was refused."""
        clear(self._notes)
        for finding in findings:
            self._notes.addWidget(Note(self.theme, finding.severity, say(finding, self.theme.language.code)))

    def say_fine(self) -> None:
        """The original is there, byte for byte."""
        self.say(())
        self._notes.addWidget(Label(tr("library", "The original is there, unchanged."), "small", "good"))

    def retranslate(self) -> None:
        """Say everything again."""
        self.alt_label.setText(tr("library", "Alt text"))
        self.alt.setPlaceholderText(tr("library", "What should someone know who cannot see it?"))
        name(self.alt, tr("library", "Alt text"))
        self.folder.setText(tr("library", "Show in folder"))
        self.check.setText(tr("library", "Check original"))
        self.remove.setText(tr("library", "Remove from library"))
        for button in (self.folder, self.check, self.remove):
            button.updateGeometry()
        if self.asset is None:
            return
        self.name.set_text(self.asset.name)
        clear(self._facts)
        for label, value in facts(self.asset):
            words = Label(label, "small", "text-2")
            words.setMinimumWidth(72)
            self._facts.addLayout(row(words, Label(value, "small"), None, gap=8))
        self._say_uses()

    def _say_uses(self) -> None:
        clear(self._used)
        self.used_label.setText(
            tr("library", "Used in %n posts", n=len(self._uses)) if self._uses else tr("library", "Not used yet")
        )
        for post, heading in self._uses:
            link = Link(self.theme, heading or tr("library", "Untitled"), icon="pen-line", tall=True)
            link.clicked.connect(lambda _=False, post=post: self.post_opened.emit(post))
            self._used.addWidget(link)
        if self._read_only:
            self.remove.why_not(tr("library", "This window only reads the workspace."))
        else:
            self.remove.why_not(tr("library", "Take it out of its posts first.") if self._uses else "")
