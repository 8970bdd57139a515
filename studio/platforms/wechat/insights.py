"""Numbers and comments of one article.

Source: the datacube and comment pages on developers.weixin.qq.com, read 2026-11-22. An article is known there as
`msg_data_id` and the number of its place, from 1 in the statistics and from 0 among the comments; where the answer with
it got lost, the statistics of its day tell it by the title. The old names are out of maintenance and asked only where
the new one gives nothing. Days are those of Beijing, and end yesterday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from studio.core.delivery import Receipt
from studio.core.errors import Later, Problem, Refused
from studio.core.finding import error
from studio.core.insight import Comment, Comments, Metric, Name
from studio.platforms.base import Access, Insights
from studio.platforms.transport import visible
from studio.platforms.wechat.api import Api
from studio.platforms.wechat.codes import code_of, number
from studio.platforms.wechat.seek import BEIJING, moment

SPAN = 30  # days that the new name gives at once
NEXT_DAY = 6 * 3600.0  # seconds until it is worth asking again for what is counted once a day
PAGE = 49  # of 1 to 50; 50 itself was refused in one report
NEW, OLD = "/datacube/getarticletotaldetail", "/datacube/getarticletotal"
NO_SUCH_MESSAGE = 88001
#: our name -> the platform's, of the new and of the old answers; of two, the first that is there
NAMES: tuple[tuple[Name, tuple[str, ...]], ...] = (
    ("views", ("read_count", "int_page_read_count")), ("readers", ("read_user", "int_page_read_user")),
    ("shares", ("share_count", "share_user")), ("saves", ("add_to_fav_count", "add_to_fav_user")),
    ("reach", ("target_user",)),
)


class WeChatInsights(Insights):
    """See `Insights`."""

    def __init__(self, access: Access) -> None:
        self._api = Api(access)

    # numbers -----------------------------------------------------------------------------------------------------

    def metrics(self, receipt: Receipt) -> tuple[Metric, ...]:
        """As of the last whole day. Later while nothing is counted yet; Refused where the account gets none."""
        day, last = self._days(receipt)
        row = self._row(f"{self._number(receipt)}_{_index(receipt)}", day, last)
        found = []
        for name, own in NAMES:
            known = next((each for each in own if number(row.get(each)) is not None), None)
            if known:
                found.append(Metric(name, float(number(row[known]) or 0), known))
        return tuple(found)

    def _days(self, receipt: Receipt) -> tuple[date, date]:
        """The day it was published and the last that can be asked for. Later while that is before it."""
        day, last = _day(receipt), (self._api.now().astimezone(BEIJING) - timedelta(days=1)).date()
        if day > last:
            raise Later(error("wechat.not_counted_yet", "account"), after=NEXT_DAY)
        return day, last

    def _number(self, receipt: Receipt) -> int:
        """`msg_data_id`. Refused (wechat.no_number) where nobody tells it."""
        known, title = number(receipt.handle.get("msg_data_id")), receipt.handle.get("title")
        if known is not None:
            return known
        if title:
            day = self._days(receipt)[0].isoformat()
            rows = _rows(self._api.good(OLD, {"begin_date": day, "end_date": day}))
            found = {number(str(row.get("msgid")).partition("_")[0]) for row in rows if row.get("title") == title}
            if len(found) == 1 and (one := found.pop()) is not None:
                return one
        raise Refused(error("wechat.no_number", "account"))

    def _row(self, msgid: str, day: date, last: date) -> Mapping[str, Any]:
        """The newest counted day of the article."""
        refused: Problem | None = None
        for path, until in ((NEW, min(last, day + timedelta(days=SPAN - 1))), (OLD, day)):
            try:
                data = self._api.good(path, {"begin_date": day.isoformat(), "end_date": until.isoformat()})
            except Refused as problem:
                refused = refused or problem
                continue
            if row := _newest(row for row in _rows(data) if str(row.get("msgid")) == msgid):
                return row
        if refused is not None:
            raise refused
        raise Later(error("wechat.not_counted_yet", "account"), after=NEXT_DAY)

    # comments ----------------------------------------------------------------------------------------------------

    def comments(self, receipt: Receipt, after: str = "") -> Comments:
        """A page, oldest or newest first as the platform has them; the author's own answer follows its comment."""
        begin = number(after) or 0
        data = self._api.call("/cgi-bin/comment/list", {
            **self._place(receipt), "begin": begin, "count": PAGE, "type": 0})
        if code_of(data) == NO_SUCH_MESSAGE:
            return Comments()
        if code_of(data):
            raise self._api.trouble(data)
        rows = [row for row in data.get("comment") or () if isinstance(row, dict)]
        ends = begin + len(rows)
        more = bool(rows) and ends < (number(data.get("total")) or 0)
        return Comments(tuple(item for row in rows for item in _comments(row)), str(ends) if more else "")

    def reply(self, receipt: Receipt, comment: str, text: str) -> str:
        """One answer per comment is all there can be."""
        id = number(comment)
        if id is None:
            raise Refused(error("wechat.comment_gone", "account", error="", reason="", rid=""))
        asked = {**self._place(receipt), "user_comment_id": id, "content": text}
        self._api.token()
        with visible():
            self._api.good("/cgi-bin/comment/reply/add", asked)
        return f"{id}.reply"

    def _place(self, receipt: Receipt) -> dict[str, int]:
        return {"msg_data_id": self._number(receipt), "index": _index(receipt) - 1}


def _index(receipt: Receipt) -> int:
    """Its place among the articles of one message, from 1."""
    return number(receipt.handle.get("index")) or 1


def _day(receipt: Receipt) -> date:
    """The day it was published, in Beijing."""
    try:
        at = datetime.fromisoformat(str(receipt.handle.get("at") or receipt.handle.get("begun") or ""))
    except ValueError:
        raise Refused(error("wechat.no_number", "account")) from None
    return at.astimezone(BEIJING).date()


def _rows(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = data.get("list")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _newest(rows: Iterator[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Counts are whole ones up to each day, so the newest has all; {} without one."""
    days = [day for row in rows for day in row.get("detail_list") or row.get("details") or () if isinstance(day, dict)]
    return max(days, key=lambda day: str(day.get("stat_date") or ""), default={})


def _comments(row: Mapping[str, Any]) -> Iterator[Comment]:
    """A comment, and the author's answer, which comes as an object or as a list."""
    id, given = str(row.get("user_comment_id") or ""), row.get("reply")
    answers = [a for a in (given if isinstance(given, list) else [given]) if isinstance(a, dict) and a.get("content")]
    yield Comment(id, str(row.get("openid") or ""), str(row.get("content") or ""), moment(row.get("create_time")),
                  replies=len(answers))
    for at, answer in enumerate(answers):
        yield Comment(f"{id}.reply{at or ''}", "", str(answer["content"]), moment(answer.get("create_time")),
                      mine=True, parent=id)
