"""What Douyin's open platform tells of works: numbers and comments; and its shares. A part of the contract server."""

from __future__ import annotations

from tests.servers.douyin_http import Data, Douyin, Visit, good, route
from tests.servers.douyin_state import Work, Wrong

# numbers and comments ---------------------------------------------------------------------------------------------

TOTALS = {"play": "play_count", "like": "digg_count", "comment": "comment_count", "share": "share_count"}


def _counted(visit: Visit) -> Work | None:
    """DYD: the first numbers come the next day, for works of the last 30 days."""
    visit.me("data.external.item")
    work = visit.mine(visit.query.get("item_id", ""))
    age = (visit.state.now() - work.made).days
    return work if 1 <= age <= 30 else None


@route("GET", "/data/external/item/base")
def item_base(visit: Visit) -> Data:
    work = _counted(visit)
    if work is None:
        return good({"result": {}})
    told = {f"total_{name}": work.counts.get(own, 0) for name, own in TOTALS.items()}
    return good({"result": {**told, "avg_play_duration": 4.2}})


def _by_day(visit: Visit) -> Data:
    """DYD: date_type 7, 15 or 30; the key is the number's own name."""
    if visit.query.get("date_type") not in ("7", "15", "30"):
        raise Wrong(2100005, "Parameter error")
    work, name = _counted(visit), visit.seen.path.rstrip("/").rpartition("/")[2]
    whole = 0 if work is None else work.counts.get(TOTALS[name], 0)
    days = [{"date": "2026-11-25", name: str(whole // 2)}, {"date": "2026-11-26", name: str(whole - whole // 2)}]
    return good({"result_list": [] if work is None else days})


for _name in TOTALS:
    route("GET", f"/data/external/item/{_name}")(_by_day)


@route("GET", "/item/comment/list", "/video/comment/list")
def comments(visit: Visit) -> Data:
    visit.me("item.comment")
    return _comments(visit, [c for c in visit.mine(visit.query["item_id"]).comments if not c["to"]])


@route("GET", "/item/comment/reply/list", "/video/comment/reply/list")
def answers(visit: Visit) -> Data:
    visit.me("item.comment")
    work = visit.mine(visit.query["item_id"])
    return _comments(visit, [c for c in work.comments if c["to"] == visit.query["comment_id"]])


def _comments(visit: Visit, every: list[Data]) -> Data:
    cursor, count = int(visit.query.get("cursor", "0")), int(visit.query.get("count", "10"))
    shown = [{k: v for k, v in c.items() if k != "to"} for c in every[cursor : cursor + count]]
    more = cursor + count < len(every)
    return good({"list": shown, "cursor": cursor + len(shown), "has_more": more})


@route("POST", "/item/comment/reply", "/video/comment/reply")
def reply(visit: Visit) -> Data:
    """DYD: 2111001 a word that may not be said, 2111004 not a comment of this work."""
    person, given = visit.me("item.comment"), visit.given()
    work = visit.mine(str(given.get("item_id")))
    to = next((c for c in work.comments if c["comment_id"] == given.get("comment_id")), None)
    if to is None:
        raise Wrong(2111004, "the comment is not of this video")
    if "敏感" in str(given.get("content")):
        raise Wrong(2111001, "the comment has a sensitive word")
    to["reply_comment_total"] += 1
    return good({"comment_id": comment(visit.server_, work, person.open_id, person.nickname, given["content"],
                                       to["comment_id"])})


def comment(server: Douyin, work: Work, user: str, name: str, text: str, to: str = "") -> str:
    """Somebody says something under a work. SDK: a comment as it is listed."""
    id = server.state.id("c")
    work.comments.append({
        "comment_id": id, "comment_user_id": user, "content": text, "digg_count": 0, "reply_comment_total": 0,
        "create_time": round(server.state.now().timestamp()), "top": False, "avatar": "", "nick_name": name, "to": to,
    })
    return id


# shares -----------------------------------------------------------------------------------------------------------


@route("GET", "/open/getticket")
def getticket(visit: Visit) -> Data:
    app = visit.state.client(visit.headers.get("access-token", ""), "open.get.ticket")
    ticket = visit.state.id("ticket").strip("@+/=")
    visit.state.tickets[ticket] = app
    return good({"ticket": ticket, "expires_in": "7200"})


@route("GET", "/share-id")
def share_id(visit: Visit) -> Data:
    """SDK: a new one, or what became of one; the name of the latter's field is contract-choice."""
    visit.state.client(visit.headers.get("access-token") or visit.query.get("access_token", ""))
    if (asked := visit.query.get("share_id")) is not None:
        return good({"share_id": asked, "video_id": visit.state.shares.get(asked, "")})
    made = visit.state.number()
    visit.state.shares[made] = ""
    return good({"share_id": made})


@route("POST", "/api/douyin/v1/schema/get_share")
def get_share(visit: Visit) -> Data:
    visit.state.client(visit.headers.get("access-token", ""), "jump.basic")
    given = visit.given()
    if given.get("client_ticket") not in visit.state.tickets or not str(given.get("video_path")).startswith("https://"):
        raise Wrong(28001007, "bad parameter", new=True)
    if int(given.get("expire_at", 0)) <= visit.state.now().timestamp():
        raise Wrong(28001007, "bad parameter", new=True)
    schema = f"snssdk1128://webview?url=https%3A%2F%2Fopen.douyin.test%2Fshare%3Fstate%3D{given['state']}"
    return {"data": {"schema": schema}, "err_no": 0, "err_msg": "", "log_id": "20261124"}
