"""What the panel of one delivery does to it, and what shows afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.ui.i18n import tr
from studio.ui.problems import sentence
from studio.ui.sheet import Confirm

if TYPE_CHECKING:
    from studio.core.delivery import Delivery
    from studio.ui.calendar.delivery import DeliveryPopover
    from studio.ui.calendar.pane import CalendarPane
    from studio.ui.calendar.popover import Popover
    from studio.ui.widgets.button import Kind


class Acting(QObject):
    """Acts for the pane that it belongs to."""

    def __init__(self, pane: CalendarPane) -> None:
        super().__init__(pane)
        self._pane = pane

    def act(self, panel: DeliveryPopover, what: str) -> None:
        """One of the panel's answers: "open", "see", "hand", "time", "again", "look", "send" or "cancel"."""
        delivery = panel.delivery
        if what == "open":
            panel.close_up()
            self._pane.open_post.emit(delivery.post)
        elif what == "story":
            panel.close_up()
            self._pane.followed.emit("outbox", (delivery.id,))
        elif what == "hand":
            panel.close_up()
            self._pane.hand_asked.emit(delivery.id)
        elif what == "see":
            QDesktopServices.openUrl(QUrl(delivery.url))
        elif what == "time":
            panel.close_up()
            self._pane.change_time(delivery, panel.accessibleName())
        elif what == "again":
            self._ask_again(panel)
        else:
            self._do(panel, what)

    def _do(self, panel: DeliveryPopover, what: str) -> None:
        panel.set_busy(what, True)
        failed = lambda fault: self._failed_act(panel, fault)  # noqa: E731
        self._pane.deeds.act(what, panel.delivery, self._acted(panel, what), failed)

    def _ask_again(self, panel: DeliveryPopover) -> None:
        """A second send is asked about: the first may be live."""
        choices: list[tuple[str, str, Kind]] = [
            ("keep", tr("calendar", "Leave it"), "secondary"),
            ("again", tr("calendar", "Send a second time"), "danger-filled"),
        ]
        sentence = tr("calendar", "It was sent once and may be live. Look on the platform first: sending it again can "
                                  "make a second post.")  # fmt: skip
        question = Confirm(self._pane.theme, tr("calendar", "Send it a second time?"), sentence, choices, "keep")
        question.ask(self._pane.window(), lambda key: self._do(panel, "again") if key == "again" else None)

    def _acted(self, panel: Popover, what: str) -> Callable[[Delivery], object]:
        def done(delivery: Delivery) -> None:
            if self._pane.popover is panel:
                panel.close_up()
                if what in ("look", "send", "again"):
                    self._pane.reload()
                    self._pane.open_delivery(delivery.id, looked=True)

        return done

    def _failed_act(self, panel: Popover, fault: BaseException) -> None:
        if self._pane.popover is panel:
            panel.close_up()
        self._pane.complain(sentence(fault, self._pane.theme.language.code))

    def replanned(self, before: Sequence[tuple[str, datetime]]) -> None:
        """The order of a profile grid is another one; it can be undone."""
        pane = self._pane

        def undo() -> None:
            pane.deeds.replan(before, lambda _: pane.reload(), pane.refused)

        pane.toaster.show(tr("calendar", "%n posts have another time", n=len(before)), undo)
        pane.reload()
