"""What an account can do, asked with reads that change nothing; each line with its one fix.

Source: the pages of stable_token, freepublish, comment, datacube, material and openapi/quota on
developers.weixin.qq.com, and guide/product/publish, read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import Finding, error, info, warning
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access, Json, Remedy
from studio.platforms.wechat import limits
from studio.platforms.wechat.api import Api
from studio.platforms.wechat.codes import BUSY, LATER, NOT_ALLOWED, NOT_COUNTED_YET, code_of, number
from studio.platforms.wechat.seek import BEIJING

Learnt = dict[str, str]
CONSOLE = "https://mp.weixin.qq.com"
DEVELOPERS = "https://developers.weixin.qq.com/platform"
FULL = 0.95  # of the library
LOW = 0.1  # of a day's calls
NO_COMMENTS = (NOT_ALLOWED, 48015, 88000)
CALLS = ("/cgi-bin/draft/add", "/cgi-bin/media/uploadimg", "/cgi-bin/freepublish/submit")


def publishing(access: Access, learnt: Learnt) -> list[Finding]:
    """May it publish by the API? Only verified accounts may."""
    return _publishing(Api(access), learnt)


def _publishing(api: Api, learnt: Learnt) -> list[Finding]:
    data = api.call("/cgi-bin/freepublish/batchget", {"offset": 0, "count": 1, "no_content": 1})
    code = code_of(data)
    if code == NOT_ALLOWED:
        learnt["publish"] = "no"
        return [warning("wechat.no_publish", "account")]
    if code:
        raise api.trouble(data)
    learnt["publish"] = "yes"
    return [info("wechat.can_publish", "account")]


def _drafts(api: Api, learnt: Learnt) -> list[Finding]:
    data = api.call("/cgi-bin/draft/count", method="GET")
    if code_of(data) == NOT_ALLOWED:
        learnt["drafts"] = "no"
        return [error("wechat.no_drafts", "account")]
    if code_of(data):
        raise api.trouble(data)
    learnt["drafts"] = "yes"
    return [info("wechat.drafts", "account", count=number(data.get("total_count")) or 0)]


def _comments(api: Api, learnt: Learnt) -> list[Finding]:
    """There is no article 0: one that has comments says so, one that has not says that it has none."""
    asked = {"msg_data_id": 0, "index": 0, "begin": 0, "count": 1, "type": 0}
    code = _answered(api, api.call("/cgi-bin/comment/list", asked))
    learnt["comments"] = "no" if code in NO_COMMENTS else "yes"
    return [info("wechat.no_comments" if code in NO_COMMENTS else "wechat.has_comments", "account")]


def _statistics(api: Api, learnt: Learnt) -> list[Finding]:
    day = f"{api.now().astimezone(BEIJING) - timedelta(days=1):%Y-%m-%d}"
    code = _answered(api, api.call("/datacube/getarticletotaldetail", {"begin_date": day, "end_date": day}))
    learnt["statistics"] = "no" if code == NOT_ALLOWED else "yes"
    return [info("wechat.statistics_no" if code == NOT_ALLOWED else "wechat.statistics_yes", "account")]


def _answered(api: Api, data: Json) -> int:
    """The code of a question that was heard: what is only too much or too busy for now says nothing of the account."""
    code = code_of(data)
    if code == BUSY or (code in LATER and code != NOT_COUNTED_YET):
        raise api.trouble(data)
    return code


def _library(api: Api, learnt: Learnt) -> list[Finding]:
    data = api.good("/cgi-bin/material/get_materialcount", method="GET")
    count, limit = number(data.get("image_count")) or 0, limits.LIBRARY_IMAGES.value
    if count >= limit * FULL:
        return [warning("wechat.library_nearly", "account", limits.LIBRARY_IMAGES.source, count=count, limit=limit)]
    return [info("wechat.library", "account", count=count)]


def _quota(api: Api, learnt: Learnt) -> list[Finding]:
    """Of the calls that a post needs, the one with the least left; nothing where it is not told."""
    left: list[tuple[float, str, int, int]] = []
    for path in CALLS:
        data = api.call("/cgi-bin/openapi/quota/get", {"cgi_path": path})
        quota = data.get("quota")
        if code_of(data) or not isinstance(quota, dict):
            continue
        if most := number(quota.get("daily_limit")):
            remain = number(quota.get("remain")) or 0
            left.append((remain / most, path.rpartition("/cgi-bin/")[2], remain, most))
    if not left:
        return []
    share, call, remain, most = min(left)
    if remain <= 0:
        return [warning("wechat.quota_used", "account", call=call, limit=most)]  # there are new ones tomorrow
    if share < LOW:
        return [warning("wechat.quota_low", "account", call=call, remain=remain, limit=most)]
    return [info("wechat.quota", "account", call=call, remain=remain, limit=most)]


PROBES: tuple[Callable[[Api, Learnt], list[Finding]], ...] = (
    _publishing, _drafts, _quota, _library, _comments, _statistics)
BLOCKING = frozenset({
    "wechat.address", "wechat.secret", "wechat.app_id", "wechat.admin", "wechat.no_drafts", "wechat.limited",
    "wechat.banned", "login.expired",
})
ORDER = {"error": 0, "warning": 1, "info": 2}


def doctor(access: Access) -> tuple[Finding, ...]:
    """Every line, worst first. What is learnt of the account is kept with it. Later when nobody answers."""
    return _looked(access, PROBES, [info("wechat.address_known", "account"), info("wechat.token_good", "account")])


def health(access: Access) -> tuple[Finding, ...]:
    """What stands in the way of a post now: address, token, permissions."""
    try:
        return tuple(f for f in _looked(access, (_publishing, _drafts), []) if f.severity == "error")
    except Later as later:
        return later.findings


def _looked(
    access: Access, probes: tuple[Callable[[Api, Learnt], list[Finding]], ...], good: list[Finding]
) -> tuple[Finding, ...]:
    api, learnt, found = Api(access), Learnt(), list(good)
    try:
        api.renew()  # the token's own address is the first to say that this computer's is not on the list
    except (Refused, SignInAgain) as problem:
        return problem.findings
    for probe in probes:
        try:
            found += probe(api, learnt)
        except (Refused, Later, SignInAgain) as problem:
            found += [f for f in map(_weighed, problem.findings) if f not in found]
    access.learn(learnt)
    return tuple(sorted(found, key=lambda f: ORDER[f.severity]))


def _weighed(finding: Finding) -> Finding:
    """Only what keeps the account from posting blocks; a question that was not answered is a remark."""
    return finding if finding.code in BLOCKING else replace(finding, severity="warning")


_OPEN = Words("Open the developer platform", "打开微信开发者平台", "打開微信開發者平台")
_PAGE = Words("Open mp.weixin.qq.com", "打开公众平台", "打開公眾平台")
_COPY = Words("Copy the address", "复制 IP 地址", "複製 IP 位址")
_SIGN_IN = Words("Sign in again", "重新登录", "重新登入")
_HAND = Words("Post by hand", "改为手动发布", "改為手動發佈")
_AT_PAGE = frozenset({
    "wechat.agreement", "wechat.limited", "wechat.banned", "wechat.draft_unfit", "wechat.page_only",
    "wechat.save_first", "wechat.library_nearly", "wechat.library_full", "wechat.no_comments",
    "wechat.original_failed", "wechat.failed_there", "wechat.review_refused", "wechat.removed", "wechat.blocked",
})
_AT_DEVELOPERS = frozenset({"wechat.admin", "wechat.quota_used", "wechat.quota_low", "wechat.quota_day"})


def remedies(finding: Finding, account: Account) -> tuple[Remedy, ...]:
    """What to do about a finding; the first is the one to begin with."""
    code = finding.code
    if code == "wechat.address":
        address = str(finding.values.get("address", ""))
        return (Remedy("copy", _COPY, address), Remedy("open", _OPEN, DEVELOPERS))
    if code in ("wechat.secret", "wechat.app_id", "login.expired"):
        return (Remedy("sign_in", _SIGN_IN),)
    if code in ("wechat.no_publish", "wechat.no_drafts", "wechat.not_allowed", "wechat.refused"):
        return (Remedy("by_hand", _HAND),)
    if code in _AT_DEVELOPERS:
        return (Remedy("open", _OPEN, DEVELOPERS),)
    return (Remedy("open", _PAGE, CONSOLE),) if code in _AT_PAGE else ()
