"""What adding an account asks for: the platform, the way, and what that way needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.core.finding import Finding
from studio.core.post import Account, Mode
from studio.services.words import say
from studio.ui.accounts.fields import FieldBlock, LoginField
from studio.ui.accounts.parts import clear
from studio.ui.accounts.ways import WayChoice, way_words
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Link
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.note import Note

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo
    from studio.ui.theme import Theme


class AccountForm(QWidget):
    """changed(): other fields are shown. again: an account that signs in (again); then platform and way are fixed."""

    changed = Signal()

    def __init__(self, theme: Theme, infos: Sequence[PlatformInfo], again: Account | None) -> None:
        super().__init__()
        self._theme, self._language, self._again = theme, theme.language.code, again
        self._infos = {info.id: info for info in infos}
        self._direct = False
        self.blocks: dict[str, FieldBlock] = {}
        self.platform = Combo(theme, [(info.id, info.name.say(self._language)) for info in infos])
        self.ways = WayChoice(theme)
        self.other = Link(theme, "", icon="chevron-right", tall=True)
        self.own = Link(theme, tr("accounts", "Your own server"), icon="chevron-right", tall=True)
        self.base = FieldBlock(
            theme, tr("accounts", "API address"),
            tr("accounts", "Only for a server of your own: every request goes there instead."),
        )  # fmt: skip
        self._lay_out()
        self.platform.chosen.connect(self.show_platform)
        self.ways.chosen.connect(lambda _mode: self._show_fields())
        self.other.clicked.connect(self._turn)
        self.own.clicked.connect(self.show_own)
        self.show_platform(again.platform if again is not None else next(iter(self._infos), ""))
        if again is not None and again.api_base:
            self.show_own()
            self.base.field.setText(again.api_base)

    @property
    def info(self) -> PlatformInfo | None:
        """The platform that is chosen."""
        return self._infos.get(self.platform.value)

    @property
    def mode(self) -> Mode:
        """The way that is chosen."""
        if self._again is not None or self.info is None:
            return "api"
        return next((mode for mode in self.info.modes if mode == self.ways.value), self.info.modes[0])

    @property
    def by_browser(self) -> bool:
        """Whether signing in by the browser is what is shown."""
        info = self.info
        return self.mode == "api" and info is not None and info.browser is not None and not self._direct

    @property
    def given(self) -> dict[str, str]:
        """What was typed."""
        return {id: block.field.text() for id, block in self.blocks.items()}

    def show_platform(self, id: str) -> None:
        """Another platform: its disc, its ways, the first of them chosen."""
        info = self._infos.get(id)
        if info is None:
            return
        self.platform.set_value(id)
        clear(self._disc)
        initial = info.initial.get(self._language) or info.initial.get("en", "?")
        self._disc.addWidget(Disc(self._theme, initial, info.colour, 28))
        self._direct = False
        self.ways.show_modes(info.modes)
        several = len(info.modes) > 1 and self._again is None
        self._ways.setVisible(several or (self._again is None and info.modes[0] != "api"))
        self.ways.setVisible(several)
        self._only.setVisible(not several)
        self._only.setText(way_words(info.modes[0]))
        self._show_fields()

    def choose_way(self, mode: str) -> None:
        """As if the person had chosen it."""
        self.ways.set_value(mode)
        self._show_fields()

    def show_own(self) -> None:
        """The field for a server of one's own."""
        self.base.show()
        self.own.hide()

    def set_running(self, on: bool) -> None:
        """Nothing can be typed meanwhile."""
        for block in (*self.blocks.values(), self.base):
            block.setEnabled(not on)
        self.platform.setEnabled(not on and self._again is None)
        self.ways.setEnabled(not on)

    def focus_first(self) -> None:
        """The first field."""
        if self.blocks:
            next(iter(self.blocks.values())).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, findings: Sequence[Finding]) -> None:
        """Each finding beside its field; what is about no field stands above them."""
        clear(self._notes)
        places, first = {**self.blocks, "api_base": self.base}, True
        for block in places.values():
            block.say("")
        for finding in findings:
            block_, words = places.get(finding.field), say(self._named(finding), self._language)
            if block_ is None:
                self._notes.addWidget(Note(self._theme, finding.severity, words, source=finding.source))
                continue
            if block_ is self.base:
                self.show_own()
            block_.say(words)
            if first:
                block_.field.setFocus(Qt.FocusReason.OtherFocusReason)
            first = False

    # inside ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        name(self.platform, tr("accounts", "Platform"))
        self._disc, self._fields, self._notes = row(), column(gap=14), column()
        self._only = Label("", "small", "text-2", wrap=True)
        self._ways = QWidget()
        self._ways.setLayout(column(
            Label(tr("accounts", "How posts get there"), "small", "text-2"), self.ways, self._only, gap=4))
        head = row(self._disc, self.platform, gap=12)
        head.setStretch(1, 1)
        self.base.hide()
        self.setLayout(column(
            column(Label(tr("accounts", "Platform"), "small", "text-2"), head, gap=4), self._ways, self._notes,
            self._fields, self.other, self.own, self.base, gap=12,
        ))  # fmt: skip

    def _turn(self) -> None:
        """From the browser to the fields, or back."""
        self._direct = not self._direct
        self._show_fields()

    def _show_fields(self) -> None:
        """Those of the way that is shown."""
        clear(self._fields)
        self.blocks = {}
        self.say(())
        if (info := self.info) is None:
            return
        self.blocks = self._login_blocks(info) if self.mode == "api" else self._hand_blocks()
        for block in self.blocks.values():
            self._fields.addWidget(block)
            block.show()  # a layout would do that later, and what is hidden takes no focus
        browser = info.browser
        both = browser is not None and any(f.name != "callback" and not _in(f, browser) for f in info.fields)
        self.other.setVisible(both and self.mode == "api")
        self.other.setText(
            tr("accounts", "Sign in without the browser") if self.by_browser
            else tr("accounts", "Sign in with the browser")
        )  # fmt: skip
        self.other.updateGeometry()
        self.own.setVisible(self.mode == "api" and self.base.isHidden())
        if self.mode != "api":
            self.base.hide()
        self.changed.emit()

    def _hand_blocks(self) -> dict[str, FieldBlock]:
        """By hand nobody signs in."""
        theme, handle = self._theme, tr("accounts", "Handle there")
        return {
            "name": FieldBlock(theme, tr("accounts", "Name"), tr("accounts", "What you call it here")),
            "handle": FieldBlock(
                theme, tr("accounts", "{label} (may stay empty)", label=handle),
                tr("accounts", "What it is called on the platform, to tell two accounts apart"),
            ),
        }  # fmt: skip

    def _login_blocks(self, info: PlatformInfo) -> dict[str, FieldBlock]:
        wanted = [f for f in info.fields if f.name != "callback" and (not self.by_browser or _in(f, info.browser))]
        told = not self.by_browser and any(field.required for field in wanted)  # else one of several is needed
        blocks = {field.name: self._block(field, told and not field.required) for field in wanted}
        for number, (id, block) in enumerate(blocks.items()):
            if known := self._known(id, number):
                block.field.setText(known)
        return blocks

    def _known(self, id: str, number: int) -> str:
        """What a field is filled with when somebody signs in again: what the account knows, else who it is."""
        if self._again is None:
            return ""
        who = self._again.handle if number == 0 and not self.by_browser and self._again.mode == "api" else ""
        return self._again.identity.get(id, "") or who

    def _block(self, field: LoginField, optional: bool) -> FieldBlock:
        label = field.label.say(self._language)
        if optional:
            label = tr("accounts", "{label} (may stay empty)", label=label)
        return FieldBlock(self._theme, label, field.help.say(self._language), field.secret, field.default)

    def _named(self, finding: Finding) -> Finding:
        """A finding that names a field by its id names it by its label."""
        block = self.blocks.get(str(finding.values.get("name", "")))
        if block is None:
            return finding
        values = {**finding.values, "name": block.label.text()}
        return Finding(finding.code, finding.severity, finding.field, values, finding.source)


def _in(field: LoginField, browser: Any) -> bool:
    """Whether the browser's way needs this field."""
    return browser is not None and field.name in browser.fields
