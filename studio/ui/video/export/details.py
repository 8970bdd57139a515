"""What a person changes about a preset before an export, and a preset of one's own made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.core.export import QUALITY, Preset
from studio.core.timeline import Timeline
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.choice import Combo, Segments, Switch
from studio.ui.widgets.field import Field, Form
from studio.ui.widgets.stepper import NumberField

if TYPE_CHECKING:
    from studio.ui.theme import Theme

SIDES = (2160, 1440, 1080, 720, 540, 360)
MEGABYTE = 1_000_000
BETTER, WORSE = 0.4, 0.35  # of the way from the usual quality to the best, and to the worst


@dataclass(frozen=True, slots=True)
class Changes:
    """side: px of the shorter side, 0 as the preset; quality: "small", "" or "best"; megabytes: at most, 0 no limit."""

    side: int = 0
    quality: str = ""
    megabytes: int = 0
    hardware: bool = True
    smart: bool = True


def changed(preset: Preset, timeline: Timeline, changes: Changes) -> Preset:
    """The preset with these changes; a limit of the platform's own stays where it is smaller."""
    made = replace(preset, hardware=preset.hardware and changes.hardware, smart=preset.smart and changes.smart)
    if changes.side:
        scale = changes.side / min(timeline.width, timeline.height)
        made = replace(made, width=_even(timeline.width * scale), height=_even(timeline.height * scale))
    if changes.megabytes:
        most = changes.megabytes * MEGABYTE
        made = replace(made, bytes=most if preset.bytes is None else min(most, preset.bytes))
    if changes.quality and preset.video in QUALITY and preset.bitrate is None:
        best, usual, worst = QUALITY[preset.video]
        base = preset.quality or usual
        to, part = (best, BETTER) if changes.quality == "best" else (worst, WORSE)
        made = replace(made, quality=round(base + (to - base) * part))
    return made


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


class Details(QWidget):
    """edited(): something was changed. kept(str): to be saved under that name. gone(): the own preset, to be removed.

    Folded until it is asked for.
    """

    edited = Signal()
    kept = Signal(str)
    gone = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.more = Link(theme, tr("video", "More settings"), icon="sliders-horizontal", tall=True)
        self.inside = QWidget()
        self.inside.hide()
        self.side = Combo(theme, [("0", tr("video", "As the format says")), *((str(s), f"{s}p") for s in SIDES)])
        self.quality = Segments(theme, [
            ("small", tr("video", "Smaller")), ("", tr("video", "Usual")), ("best", tr("video", "Better")),
        ])  # fmt: skip
        self.quality.set_value("")
        self.limit = NumberField(theme, 0, 100_000, 0)
        self.limit.setSuffix(" MB")
        self.limit.setSpecialValueText(tr("video", "No limit"))
        self.hardware, self.smart = Switch(tr("video", "Graphics card")), Switch(tr("video", "Copy what is unchanged"))
        for switch in (self.hardware, self.smart):
            switch.setChecked(True)
        self.name = Field(theme)
        self.name.setPlaceholderText(tr("video", "Name of your preset"))
        name(self.name, tr("video", "Name of your preset"))
        self.save = Button(theme, tr("video", "Save preset"), "secondary")
        self.remove = Button(theme, tr("video", "Remove preset"), "danger")
        self._lay_out()
        self._connect()

    @property
    def changes(self) -> Changes:
        """As it is set now."""
        return Changes(
            int(self.side.value or 0), self.quality.value, self.limit.value(), self.hardware.isChecked(),
            self.smart.isChecked(),
        )  # fmt: skip

    def show_preset(self, preset: Preset, own: bool) -> None:
        """What of it can be changed."""
        self.side.setEnabled(bool(preset.video))
        self.quality.setEnabled(preset.video in QUALITY and preset.bitrate is None)
        self.limit.setEnabled(bool(preset.video) and preset.container not in ("gif", "frames"))
        self.remove.setVisible(own)

    def reset(self) -> None:
        """Nothing is changed any more."""
        self.side.set_value("0")
        self.quality.set_value("")
        self.limit.setValue(0)
        self.hardware.setChecked(True)
        self.smart.setChecked(True)

    def _lay_out(self) -> None:
        form = Form()
        form.add(tr("video", "Size"), self.side)
        form.add(tr("video", "Quality"), self.quality)
        form.add(tr("video", "File size"), self.limit)
        form.addRow("", self.hardware)
        form.addRow("", self.smart)
        own = QWidget()
        own.setLayout(row(self.name, self.save, self.remove))
        form.add(tr("video", "Your preset"), own)
        self.inside.setLayout(form)
        self.setLayout(column(row(self.more, None), self.inside, gap=4))

    def _connect(self) -> None:
        self.more.clicked.connect(lambda: self.inside.setVisible(self.inside.isHidden()))
        self.side.chosen.connect(lambda _key: self.edited.emit())
        self.quality.chosen.connect(lambda _key: self.edited.emit())
        self.limit.valueChanged.connect(lambda _value: self.edited.emit())
        for switch in (self.hardware, self.smart):
            switch.toggled.connect(lambda _on: self.edited.emit())
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self.gone)

    def _save(self) -> None:
        if words := self.name.text().strip():
            self.name.clear()
            self.kept.emit(words)
        else:
            self.name.setFocus()
