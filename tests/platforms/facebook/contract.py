"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

from tests.platforms.fakes import Answer, Call, answer

ACCOUNT = {"id": "1122", "username": "bookshop", "app": "77", "scopes": (
    "pages_show_list pages_read_engagement pages_manage_posts pages_manage_engagement")}
SECRETS = {
    "access_token": "a-secret-of-mine", "user_token": "a-secret-of-mine", "app_id": "77",
    "app_secret": "a-secret-of-mine", "ends": "",
}
FIELDS = {"page_id": "1122", "page_access_token": "a-secret-of-mine", "version": "v25.0"}
LINKS = {
    "https://www.facebook.com/1122_3344": {"page": "1122", "post": "3344"},
    "https://www.facebook.com/bookshop/posts/3344?__tn__=K-R": {"name": "bookshop", "post": "3344"},
    "https://m.facebook.com/bookshop/posts/a-day-out/pfbid0AbC9?id=5": {"name": "bookshop", "post": "pfbid0AbC9"},
    "https://www.facebook.com/permalink.php?story_fbid=pfbid0AbC9&id=1122&sfnsn=mo": {
        "post": "pfbid0AbC9", "page": "1122"},
    "https://www.facebook.com/reel/5534": {"video": "5534"},
    "https://www.facebook.com/bookshop/videos/5534/": {"video": "5534"},
    "https://www.facebook.com/watch/?v=5534": {"video": "5534"},
    "https://www.facebook.com/photo/?fbid=99&set=a.1": {"photo": "99"},
    "https://www.facebook.com/share/p/1AbCdE/": {"share": "1AbCdE"},
    "https://fb.watch/x-Y_z/": {"share": "x-Y_z"},
}


def refusal(call: Call) -> Answer:
    """A token that is over, as Facebook says it: the status is 400."""
    told = {"message": "Error validating access token", "type": "OAuthException", "code": 190, "error_subcode": 467}
    return answer({"error": {**told, "fbtrace_id": "Fz54k3GZrio"}}, 400)
