"""Times as people say them, in the window's language and in one zone. Stored times stay UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QLocale

from studio.services import places
from studio.ui.i18n import tr

SHORT, LONG = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat


def system_zone() -> str:
    """The IANA name of this computer's zone; "UTC" when it has none we know. Qt's own answer takes 80 ms."""
    return places.system_zone()


def zone_name(setting: object) -> str:
    """The zone that the setting means: its own name, or the computer's for "system" and anything unknown."""
    return places.chosen_zone(setting)


def local(at: datetime, zone: tzinfo) -> datetime:
    """A stored time on the clock of the zone."""
    return at.astimezone(zone)


def clock(at: datetime, zone: tzinfo) -> str:
    """Hours and minutes, 24 h: "18:30"."""
    return local(at, zone).strftime("%H:%M")


def month_title(first: date, language: str) -> str:
    """The month above the grid: "December 2026", 2026 年 12 月."""
    name = QLocale(language).standaloneMonthName(first.month, LONG)
    return tr("moment", "{month_name} {year}", month_name=name, year=first.year, month=first.month)


def weekday(number: int, language: str, long: bool = False) -> str:
    """The name of day 1 (Monday) to 7 (Sunday): "Mon", 周一, 週一."""
    return QLocale(language).dayName(number, LONG if long else SHORT)


def day(when: date, language: str) -> str:
    """A day in a sentence: "Wed 9 Dec", 12 月 9 日 周三."""
    name = QLocale(language).monthName(when.month, SHORT)
    return tr(
        "moment", "{weekday} {day} {month_name}",
        weekday=weekday(when.isoweekday(), language), day=when.day, month_name=name, month=when.month,
    )  # fmt: skip


def moment(at: datetime, zone: tzinfo, language: str) -> str:
    """Day and time: "Wed 9 Dec 18:30", 12 月 9 日 周三 18:30."""
    return tr("moment", "{day}, {clock}", day=day(local(at, zone).date(), language), clock=clock(at, zone))


def ago(at: datetime | None, now: datetime, zone: tzinfo, language: str) -> str:
    """How long since `at`, up to a day; then the day itself. "never" for None."""
    if at is None:
        return tr("moment", "never")
    minutes = int((now.astimezone(UTC) - at.astimezone(UTC)).total_seconds() // 60)
    if minutes < 1:
        return tr("moment", "just now")
    if minutes < 60:
        return tr("moment", "%n minutes ago", n=minutes)
    if minutes < 24 * 60:
        return tr("moment", "%n hours ago", n=minutes // 60)
    return moment(at, zone, language)
