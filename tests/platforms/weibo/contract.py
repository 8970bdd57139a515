"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

from tests.platforms.fakes import Answer, Call, answer

ACCOUNT = {"uid": "1234567890", "app_key": "1352222456", "safe_domain": "example.com"}
SECRETS = {"access_token": "a-secret-of-mine", "app_secret": "a-secret-of-mine", "by": "token", "ends": ""}
FIELDS = {
    "app_key": "1352222456", "app_secret": "a-secret-of-mine", "access_token": "a-secret-of-mine",
    "safe_domain": "example.com",
}
LINKS = {
    "https://weibo.com/1234567890/Nabc1XyZ2": {"uid": "1234567890", "bid": "Nabc1XyZ2"},
    "https://m.weibo.cn/detail/4987654321098765": {"id": "4987654321098765"},
}


def refusal(call: Call) -> Answer:
    """A token that is over, as Weibo says it: the code is a text or a number."""
    return answer({"error": "expired_token", "error_code": "21327", "request": "/2/account/get_uid.json"}, 403)
