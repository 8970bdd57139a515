"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

from tests.platforms.fakes import Answer, Call, answer

ACCOUNT = {"app_id": "wx0123456789abcdef"}
SECRETS = {"app_id": "wx0123456789abcdef", "app_secret": "a-secret-of-mine"}
FIELDS = dict(SECRETS)
LINKS = {
    "https://mp.weixin.qq.com/s/AbC-d_e1234567890123456": {"key": "AbC-d_e1234567890123456"},
    "https://mp.weixin.qq.com/s?__biz=MzI1&mid=2247483656&idx=1&sn=abcdef0123&scene=21": {
        "biz": "MzI1", "mid": "2247483656", "idx": "1", "sn": "abcdef0123"},
}


def refusal(call: Call) -> Answer:
    """A wrong secret, as WeChat says it: the status is 200."""
    return answer({"errcode": 40125, "errmsg": "invalid appsecret"})
