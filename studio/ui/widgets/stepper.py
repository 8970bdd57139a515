"""Fields that count: a number, a date with its calendar, a time. Arrows up and down change the part at the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QDateEdit,
    QDateTimeEdit,
    QSpinBox,
    QTimeEdit,
    QToolButton,
)

from studio.ui.widgets.base import Live, dress

if TYPE_CHECKING:
    from studio.ui.theme import Theme

DATE_FORMATS = {"en": "ddd d MMM", "zh_CN": "M 月 d 日 ddd", "zh_TW": "M 月 d 日 ddd"}
"""As people say a day that is near; the year stands in the tool tip and in the month that opens."""


def _prepare(box: QAbstractSpinBox, theme: Theme, icon: str, size: str) -> None:
    """Our height, room for an icon. Qt's style sheet does not keep the inner field off the border; margins do."""
    dress(box, size=size)
    box.setProperty("ring", 7)
    left = 10 + (theme.icon_size(14) + 8 if icon else 0)
    like_combo = isinstance(box, QDateTimeEdit) and box.calendarPopup()  # that shape does keep the padding
    box.lineEdit().setTextMargins(left - 11 if like_combo else left, 0, 0 if like_combo else 10, 0)
    box.setMinimumWidth(theme.width("body", _longest(box)) + left + 24)


def _longest(box: QAbstractSpinBox) -> str:
    if isinstance(box, QSpinBox):
        return box.textFromValue(box.maximum()) + box.suffix()
    if isinstance(box, QTimeEdit):
        return "00:00"
    assert isinstance(box, QDateTimeEdit)
    return box.locale().toString(QDate(2028, 12, 27), box.displayFormat())


def _draw_icon(box: QAbstractSpinBox, theme: Theme, icon: str) -> None:
    painter = QPainter(box)
    side = theme.icon_size(14)
    theme.draw_icon(painter, QRectF(10, 0, side, box.height()), icon, 14, "text-2")


class NumberField(QSpinBox):
    """A whole number: `NumberField(theme, 1, 60, 15)`."""

    def __init__(self, theme: Theme, least: int, most: int, value: int, size: str = "normal") -> None:
        super().__init__()
        self._theme = theme
        self.setRange(least, most)
        self.setValue(value)
        _prepare(self, theme, "", size)


class TimeField(QTimeEdit):
    """A time of day, 24 hours."""

    def __init__(self, theme: Theme, size: str = "normal") -> None:
        super().__init__()
        self._theme = theme
        self.setDisplayFormat("HH:mm")
        _prepare(self, theme, "clock", size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the clock."""
        super().paintEvent(event)
        _draw_icon(self, self._theme, "clock")


class DateField(Live, QDateEdit):
    """A date in the language in use; F4, or a press on the arrow at its end, opens a month to choose from."""

    def __init__(self, theme: Theme, size: str = "normal") -> None:
        super().__init__()
        self._theme, self._box_size = theme, size
        self.setCalendarPopup(True)
        self.setCalendarWidget(MonthPicker(theme))
        self.dateChanged.connect(self._say_year)
        self.retranslate()

    def retranslate(self) -> None:
        """Take format and names of days in the language in use."""
        code = self._theme.language.code
        self.setLocale(QLocale(code))
        self.setDisplayFormat(DATE_FORMATS[code])
        _prepare(self, self._theme, "calendar-days", self._box_size)
        self.setMinimumWidth(self.minimumWidth() + 20)
        self._say_year()

    def _say_year(self) -> None:
        self.setToolTip(self.locale().toString(self.date(), QLocale.FormatType.LongFormat))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then calendar and arrow."""
        super().paintEvent(event)
        _draw_icon(self, self._theme, "calendar-days")
        painter = QPainter(self)
        place = QRectF(self.width() - 26, 0, 18, self.height())
        self._theme.draw_icon(painter, place, "chevron-down", 14, "text-2")


class MonthPicker(Live, QCalendarWidget):
    """A month to choose a day from: Monday first, weekends in quiet ink, our arrows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Names of days and months in the language in use."""
        self.setLocale(QLocale(self._theme.language.code))

    def restyle(self) -> None:
        """Colours of days and arrows."""
        plain, quiet = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.color("text"))
        quiet.setForeground(self._theme.color("text-2"))
        for day in Qt.DayOfWeek:
            weekend = day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
            self.setWeekdayTextFormat(day, quiet if weekend else plain)
        self.setHeaderTextFormat(quiet)
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(self._theme.icon(icon, 16))
