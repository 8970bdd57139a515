"""A contract server of Douyin's open platform on loopback: validates what the real one validates, answers its bodies.

    with Douyin(now=clock) as server:
        mei = server.state.person("梅")
        app = server.state.app()
        access, refresh = server.state.grant(mei)
        server.fault("create_video", "drop_after")

The rules and their sources are in douyin_state. Errors come with HTTP 200, in the old form (data and extra) or the new
one (err_no). Both the header `access-token` and the query `access_token` are taken: DYD has the header, an older kit
the query. Both the new and the old addresses are there (SDK).
"""

from __future__ import annotations

from urllib.parse import urlencode

from tests.servers.douyin_http import FAULTS as FAULTS
from tests.servers.douyin_http import Data, Visit, good, granted, route
from tests.servers.douyin_http import Douyin as Douyin
from tests.servers.douyin_state import Person, Wrong
from tests.servers.douyin_told import comment as comment

# signing in -------------------------------------------------------------------------------------------------------


@route("GET", "/platform/oauth/connect")
def connect(visit: Visit) -> Data:
    """The page with the QR code: the browser is sent back when somebody agreed on the phone."""
    person = visit.server_.consents
    code = visit.state.agree(visit.query, person or Person("", ""))
    if person is None:
        raise Wrong(10002, "the user refused")
    said = {"code": code, "state": visit.query.get("state", ""), "scopes": visit.query.get("scope", "")}
    return {"location": f"{visit.query['redirect_uri']}?{urlencode(said)}"}


@route("POST", "/oauth/access_token")
def access_token(visit: Visit) -> Data:
    return granted(visit.state.exchange(visit.given()))


@route("POST", "/oauth/refresh_token")
def refresh_token(visit: Visit) -> Data:
    return granted(visit.state.refresh(visit.given()))


@route("POST", "/oauth/renew_refresh_token")
def renew_refresh_token(visit: Visit) -> Data:
    return granted(visit.state.renew(visit.given()))


@route("POST", "/oauth/client_token")
def client_token(visit: Visit) -> Data:
    return granted(visit.state.client_token(visit.given()))


@route("POST", "/oauth/userinfo")
def userinfo(visit: Visit) -> Data:
    given = visit.given()
    person = visit.state.who(given.get("access_token", ""), given.get("open_id", ""), "user_info")
    return granted({
        "open_id": person.open_id, "union_id": f"u-{person.open_id}", "nickname": person.nickname,
        "avatar": "https://p3.douyinpic.test/a.jpeg", "city": "", "province": "", "country": "", "gender": 0,
        "e_account_role": person.role, "error_code": 0, "description": "",
    })


# files and works --------------------------------------------------------------------------------------------------

V1 = "/api/douyin/v1/video"


@route("POST", f"{V1}/upload_video", "/video/upload")
def upload_video(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.video(visit.file("video")))


@route("POST", f"{V1}/init_video_part_upload", "/video/part/init")
def init(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.begin())


@route("POST", f"{V1}/upload_video_part", "/video/part/upload")
def part(visit: Visit) -> Data:
    visit.me("video.create.bind")
    size = visit.file("video")
    return good(visit.state.part(visit.query.get("upload_id", ""), visit.query.get("part_number", ""), size))


@route("POST", f"{V1}/complete_video_part_upload", "/video/part/complete")
def complete(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.complete(visit.query.get("upload_id", "")))


@route("POST", f"{V1}/upload_image", "/image/upload")
def upload_image(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.image(visit.file("image")))


@route("POST", f"{V1}/create_video", "/video/create")
def create_video(visit: Visit) -> Data:
    return good(visit.state.create(visit.me("video.create.bind"), visit.given()))


@route("POST", f"{V1}/create_image_text", "/image/create")
def create_image_text(visit: Visit) -> Data:
    return good(visit.state.create_images(visit.me("video.create.bind"), visit.given()))


@route("POST", "/video/delete")
def delete(visit: Visit) -> Data:
    visit.me("video.create.bind")
    del visit.state.works[visit.mine(str(visit.given().get("item_id"))).item_id]
    return good({})


@route("POST", f"{V1}/video_data", "/video/data")
def video_data(visit: Visit) -> Data:
    """DYD: item_ids or video_ids, one of them. Works of others are left out (contract-choice)."""
    person, given = visit.me("video.data.bind"), visit.given()
    names = [name for name in ("item_ids", "video_ids") if isinstance(given.get(name), list) and given[name]]
    if len(names) != 1:
        raise Wrong(2100005, "Parameter error")
    key = names[0].removesuffix("s")
    found = [work for work in visit.state.of(person) if getattr(work, key) in given[names[0]]]
    return good({"list": [visit.state.told(visit.state.looked_at(work)) for work in found]})


@route("GET", f"{V1}/video_list", "/video/list")
def video_list(visit: Visit) -> Data:
    """DYD: cursor and count; the count is 20 at most (contract-choice)."""
    person = visit.me("video.list.bind")
    cursor, count = int(visit.query.get("cursor", "0")), int(visit.query.get("count", "0"))
    if not 1 <= count <= 20:
        raise Wrong(2100005, "Parameter error")
    every = visit.state.of(person)
    shown = every[cursor : cursor + count]
    items = [visit.state.told(visit.state.looked_at(work)) for work in shown]
    return good({"list": items, "cursor": cursor + len(shown), "has_more": cursor + count < len(every)})
