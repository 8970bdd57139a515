"""The bodies of the WeChat API, in the shapes of the official samples (facts sheet, sections 1.1 to 1.10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.servers.wechat_state import BEIJING, Draft, Job, Published, State, Token, Wrong

OK = {"errcode": 0, "errmsg": "ok"}
RID = "6584fd9e-56fbbc7e-310e0214"


def numbers(state: State, told: dict[str, int]) -> dict[str, Any]:
    """As numbers, or as texts where the state says so."""
    return {name: str(value) if state.strings else value for name, value in told.items()}


def failed(wrong: Wrong, state: State) -> dict[str, Any]:
    """COM: real errors end with the request's id."""
    return {**numbers(state, {"errcode": wrong.code}), "errmsg": f"{wrong.message} rid: {RID}", **wrong.more}


def token(state: State, found: Token) -> dict[str, Any]:
    left = round((found.ends - state.now()).total_seconds())
    return {"access_token": found.value, **numbers(state, {"expires_in": left})}


def times(state: State, at: datetime) -> dict[str, Any]:
    seconds = round(at.timestamp())
    return numbers(state, {"create_time": seconds, "update_time": seconds})


def article(found: dict[str, Any], url: str, bare: bool = False) -> dict[str, Any]:
    """One news_item. bare: without its content, as no_content asks for."""
    shown = {
        "title": found["title"], "author": found.get("author", ""), "digest": _digest(found),
        "content": "" if bare else found["content"], "content_source_url": found.get("content_source_url", ""),
        "thumb_media_id": found.get("thumb_media_id", ""), "show_cover_pic": 0, "url": url,
        "need_open_comment": found.get("need_open_comment", 0),
        "only_fans_can_comment": found.get("only_fans_can_comment", 0),
        "thumb_url": "http://mmbiz.qpic.cn/mmbiz_jpg/thumb/0?wx_fmt=jpeg",
    }
    if found.get("article_type") == "newspic":
        shown |= {"article_type": "newspic", "image_info": found["image_info"]}
    return shown


def _digest(found: dict[str, Any]) -> str:
    """DOC: an empty one becomes the first 54 characters of the text."""
    import re
    from html import unescape

    made = " ".join(unescape(re.sub(r"<[^>]*>", " ", found["content"])).split())[:54]
    return str(found.get("digest") or made)


def draft(state: State, found: Draft, bare: bool = False) -> dict[str, Any]:
    url = f"http://mp.weixin.qq.com/s?__biz=MzA4MDEyMzQ1Ng==&tempkey={found.id[:12]}"
    return {"news_item": [article(found.article, url, bare)], **times(state, found.made)}


def draft_item(state: State, found: Draft, bare: bool) -> dict[str, Any]:
    told = draft(state, found, bare)
    return {"media_id": found.id, "content": told, "update_time": told["update_time"]}


def published(found: Published, bare: bool = False) -> dict[str, Any]:
    return {**article(found.article, found.url, bare), "is_deleted": found.deleted}


def published_item(state: State, found: Published, bare: bool) -> dict[str, Any]:
    told = times(state, found.at)
    content = {"news_item": [published(found, bare)], **told}
    return {"article_id": found.id, "content": content, "update_time": told["update_time"]}


def accepted(state: State, job: Job) -> dict[str, Any]:
    """DOC writes texts, real answers have numbers."""
    return {**OK, **numbers(state, {"publish_id": job.id, "msg_data_id": job.number})}


def job(state: State, found: Job, status: int) -> dict[str, Any]:
    told = {"publish_id": str(found.id), **numbers(state, {"publish_status": status})}
    if status != 0:
        return {**told, "fail_idx": [1] if status in (2, 4) else []}
    item = {"idx": 1, "article_url": state.published[found.article].url}
    return {**told, "article_id": found.article, "article_detail": {"count": 1, "item": [item]}, "fail_idx": []}


def day(at: datetime, back: int = 0) -> str:
    return f"{at.astimezone(BEIJING) - timedelta(days=back):%Y-%m-%d}"


def _rows(state: State, begin: str, end: str) -> list[tuple[Published, list[str]]]:
    """Articles of those days, each with the days that are counted."""
    found = []
    for each in state.published.values():
        first = day(each.at)
        if begin <= first <= end:
            span = [day(each.at + timedelta(days=n)) for n in range(30)]
            found.append((each, [d for d in span if d < day(state.now())]))
    return found


def total_detail(state: State, begin: str, end: str) -> dict[str, Any]:
    """The newer name: counts are whole ones up to each day."""
    rows = [
        {"ref_date": day(p.at), "msgid": f"{p.number}_1", "publish_type": 1, "detail_list": [
            {"stat_date": d, **numbers(state, {"read_user": 10 * n, "share_user": n}), "read_user_source": []}
            for n, d in enumerate(days, start=1)
        ]}
        for p, days in _rows(state, begin, end)
    ]
    return {"list": rows, "is_delay": False}


def summary(state: State, begin: str, end: str) -> dict[str, Any]:
    """Of the first day only."""
    rows = [
        {"ref_date": day(p.at), "msgid": f"{p.number}_1", "title": p.article["title"], "int_page_read_user": 20,
         "int_page_read_count": 25, "ori_page_read_user": 0, "ori_page_read_count": 0, "share_user": 1,
         "share_count": 2, "add_to_fav_user": 1, "add_to_fav_count": 1}
        for p, days in _rows(state, begin, end) if days
    ]
    return {"list": rows}


def total(state: State, begin: str, end: str) -> dict[str, Any]:
    rows = [
        {"ref_date": day(p.at), "msgid": f"{p.number}_1", "title": p.article["title"], "details": [
            {"stat_date": d, "target_user": 261917, "int_page_read_user": 20 * n, "int_page_read_count": 25 * n,
             "ori_page_read_user": 0, "ori_page_read_count": 0, "share_user": n, "share_count": 2 * n,
             "add_to_fav_user": n, "add_to_fav_count": n}
            for n, d in enumerate(days, start=1)
        ]}
        for p, days in _rows(state, begin, end)
    ]
    return {"list": rows}
