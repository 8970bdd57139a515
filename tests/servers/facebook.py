"""A contract server of the Graph API on loopback: graph, graph-video, rupload and the login dialog in one process.

    with Facebook(now=clock) as server:
        mei = server.state.person("Mei")
        page = server.state.page(mei, "Bookshop", "bookshop")
        token = server.state.token(mei, page)
        server.fault("drop_after", only=r"^POST .*/feed")

It refuses what the real one refuses, in its form. Rules and their sources are in facebook_doors, facebook_state and
facebook_video; objects in facebook_bodies; what breaks by name in facebook_http.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.servers import facebook_bodies as bodies
from tests.servers import facebook_video as clips
from tests.servers.facebook_doors import Wrong, no_such
from tests.servers.facebook_http import ID, Facebook, Visit, paged, route

__all__ = ["Facebook"]

# signing in ----------------------------------------------------------------------------------------------------------


@route("GET", "/dialog/oauth")
def dialog(visit: Visit, _: re.Match[str]) -> object:
    said = visit.state.dialog(visit.query, visit.server_.consents)
    visit.location = f"{visit.query['redirect_uri']}?{urlencode(said)}#_=_"
    return b"<html></html>"


@route("GET", "/oauth/access_token")
def exchange(visit: Visit, _: re.Match[str]) -> object:
    return visit.state.exchange(visit.query)


@route("GET", "/debug_token")
def debug(visit: Visit, _: re.Match[str]) -> object:
    """FB-TOK: with the app's own token, id|secret."""
    state = visit.state
    if visit.given.get("access_token") != f"{state.app}|{state.secret}":
        raise Wrong(100, "(#100) You must provide an app access token")
    return {"data": state.inspected(visit.given.get("input_token", ""))}


@route("GET", "/me")
def me(visit: Visit, _: re.Match[str]) -> object:
    found = visit.token()
    if found.page is not None:
        return bodies.page(found.page, visit.fields)
    return bodies.pick("User", {"id": found.person.id, "name": found.person.name}, visit.fields)


@route("GET", "/me/accounts")
def accounts(visit: Visit, _: re.Match[str]) -> object:
    every = visit.state.accounts(visit.token())
    names = bodies.asked(visit.fields) or ["id", "name", "access_token", "tasks"]
    return paged(visit, [{n: page[n] for n in names if n in page} for page in every])


@route("GET", "/me/permissions")
def permissions(visit: Visit, _: re.Match[str]) -> object:
    found = visit.token()
    if found.page is not None:
        raise Wrong(100, "(#100) Tried accessing nonexisting field (permissions) on node type (Page)")
    return {"data": [{"permission": "public_profile", "status": "granted"}, *(
        {"permission": scope, "status": "granted"} for scope in found.scopes)]}


@route("DELETE", "/me/permissions")
def revoke(visit: Visit, _: re.Match[str]) -> object:
    visit.state.revoke(visit.token())
    return {"success": True}


# a page --------------------------------------------------------------------------------------------------------------


@route("POST", f"/{ID}/photos")
def photos(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_manage_posts", "CREATE_CONTENT")
    return visit.state.stage(page, visit.given, visit.file)


@route("POST", f"/{ID}/feed")
def feed(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_manage_posts", "CREATE_CONTENT")
    return bodies.post(visit.state, visit.state.feed(page, visit.given), visit.fields)


@route("GET", f"/{ID}/(feed|posts|published_posts)")
def listed(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_read_engagement")
    items = visit.state.of(page.id)
    if found[2] == "feed":  # FB-PAGE: includes unpublished
        items = [*visit.state.waiting(page.id), *items]
    return paged(visit, [bodies.post(visit.state, post, visit.fields) for post in items])


@route("GET", f"/{ID}/scheduled_posts")
def waiting(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_read_engagement")
    return paged(visit, [bodies.post(visit.state, post, visit.fields) for post in visit.state.waiting(page.id)])


@route("POST", f"/{ID}/videos")
def videos(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_manage_posts", "CREATE_CONTENT")
    return clips.videos(visit.state, page, visit.given, visit.file)


@route("POST", f"/{ID}/video_reels")
def reels(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_manage_posts", "CREATE_CONTENT")
    base = visit.server_.rupload or f"{visit.server_.url}"
    return clips.reels(visit.state, page, visit.given, f"{base}/video-upload/v25.0")


@route("GET", f"/{ID}/video_reels")
def reels_there(visit: Visit, found: re.Match[str]) -> object:
    page = visit.state.of_page(visit.token(), found[1], "pages_read_engagement")
    mine = [v for v in visit.state.videos.values() if v.reel and v.page == page.id and visit.state.live(v)]
    return paged(visit, [{
        "id": v.id, "description": v.description, "updated_time": clips.stamp(v.finished or visit.state.now()),
    } for v in mine])


@route("RUPLOAD", "/video-upload/.*")
def rupload(visit: Visit, found: re.Match[str]) -> object:
    """FB-REELS: only with the header form "OAuth"."""
    if visit.command != "POST" or not visit.headers.get("Authorization", "").startswith("OAuth "):
        raise Wrong(190, "rupload needs Authorization: OAuth")
    visit.token()
    return clips.rupload(visit.state, found[0].rpartition("/")[2], dict(visit.headers.items()), visit.raw)


# objects -------------------------------------------------------------------------------------------------------------


def _object(visit: Visit, id: str) -> str:
    """Which kind it is, when this token may see it."""
    state, token = visit.state, visit.token()
    kinds: Mapping[str, Mapping[str, Any]] = {
        "page": state.pages, "post": state.posts, "video": state.videos, "comment": state.comments}
    kind = next((name for name, known in kinds.items() if id in known), "photo" if state.photo(id) else "")
    owner = getattr(state.photo(id), "page", "") or getattr(kinds.get(kind, {}).get(id), "page", token.page)
    if not kind or (kind in ("post", "video", "photo") and (token.page is None or token.page.id != owner)):
        raise no_such(id)
    return kind


@route("GET", f"/{ID}")
def show(visit: Visit, found: re.Match[str]) -> object:
    state, id = visit.state, found[1]
    kind = _object(visit, id)
    if kind == "page":
        return bodies.page(state.pages[id], visit.fields)
    if kind == "post":
        return bodies.post(state, state.posts[id], visit.fields)
    if kind == "video":
        return bodies.video(state, state.videos[id], visit.fields)
    return bodies.photo(state.photos[id], visit.fields) if kind == "photo" else bodies.comment(
        state, state.comments[id], visit.fields)


@route("POST", f"/{ID}")
def change(visit: Visit, found: re.Match[str]) -> object:
    _object(visit, found[1])
    visit.state.changed(found[1], visit.given)
    return {"success": True}


@route("DELETE", f"/{ID}")
def delete(visit: Visit, found: re.Match[str]) -> object:
    _object(visit, found[1])
    visit.state.delete(found[1])
    return {"success": True}


@route("GET", f"/{ID}/comments")
def comments(visit: Visit, found: re.Match[str]) -> object:
    """A person's token gets nothing; only filter=stream has the answers among them."""
    if visit.token().page is None:
        return {"data": []}
    _object(visit, found[1])
    items = visit.state.below(found[1])
    if visit.given.get("filter") != "stream":
        items = [c for c in items if c.parent in ("", found[1])]
    if visit.given.get("order") == "reverse_chronological":
        items = items[::-1]
    return paged(visit, [bodies.comment(visit.state, c, visit.fields) for c in items])


@route("POST", f"/{ID}/comments")
def say(visit: Visit, found: re.Match[str]) -> object:
    """FB-POSTS: pages_manage_engagement and MODERATE."""
    _object(visit, found[1])
    token = visit.token()
    page = visit.state.of_page(token, token.page.id if token.page else "", "pages_manage_engagement", "MODERATE")
    made = visit.state.comment(found[1], page.id, page.name, visit.given.get("message", ""))
    return {"id": made.id}


@route("GET", f"/{ID}/insights")
def insights(visit: Visit, found: re.Match[str]) -> object:
    """FB-INS: read_insights and ANALYZE."""
    kind, token = _object(visit, found[1]), visit.token()
    if "read_insights" not in token.scopes:
        raise Wrong(10, "(#10) Requires read_insights permission")
    if kind != "post":
        raise Wrong(100, "(#100) Tried accessing nonexisting field (insights)")
    return bodies.insights(found[1], visit.given.get("metric", ""), visit.given.get("period", ""))
