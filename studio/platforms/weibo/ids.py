"""Numbers of posts and the short form they have in addresses.

Source: facts of November 2026, 2.4: seven decimal digits from the right become four of base 62 (0-9a-zA-Z), filled up
with zeros but for the first. No page of Weibo's says so; several public clients do it alike (read 2026-11-30, one names
the pair 4885639100630954, MzVRA2E8G). Where the server can be asked (querymid, queryid), it has the last word.
"""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_DECIMAL, _SHORT = 7, 4  # digits of a group in either form

#: What people copy (facts of November 2026, 9; the forms of the app are recalled).
LINKS = (
    r"m\.weibo\.(?:cn|com)/(?:status|detail)/(?P<id>\d{12,20})",
    r"weibo\.com/detail/(?P<id>\d{12,20})",
    r"(?:m\.)?weibo\.(?:com|cn)/(?P<uid>\d{5,12})/(?P<id>\d{12,20})",
    r"(?:m\.)?weibo\.(?:com|cn)/(?P<uid>\d{5,12})/(?P<bid>[0-9a-zA-Z]{8,11})",
    r"m\.weibo\.cn/(?:status|detail)/(?P<bid>[0-9a-zA-Z]{8,11})",
    r"weibo\.com/detail/(?P<bid>[0-9a-zA-Z]{8,11})",
)


def short(mid: str) -> str:
    """"3504803600502730" as "z20XK26My"; "" for what is no number."""
    if not (mid.isascii() and mid.isdigit()):
        return ""
    groups = _groups(str(int(mid)), _DECIMAL)
    return "".join(_base62(int(group)).rjust(_SHORT, "0") for group in groups).lstrip("0") or "0"


def long(bid: str) -> str:
    """Back to the number; "" for what is no such form."""
    if not bid or any(digit not in _VALUES for digit in bid):
        return ""
    numbers = [_number(group) for group in _groups(bid, _SHORT)]
    if any(number >= 10**_DECIMAL for number in numbers):
        return ""
    return "".join(str(number).rjust(_DECIMAL, "0") for number in numbers).lstrip("0") or "0"


def address(uid: str, bid: str) -> str:
    """Where people see it; "" when one of the two is not known."""
    return f"https://weibo.com/{uid}/{bid}" if uid and bid else ""


def _groups(text: str, size: int) -> list[str]:
    """From the right."""
    first = len(text) % size
    head = [text[:first]] if first else []
    return head + [text[at : at + size] for at in range(first, len(text), size)]


def _base62(number: int) -> str:
    made = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        made = _DIGITS[digit] + made
    return made or "0"


def _number(text: str) -> int:
    made = 0
    for digit in text:
        made = made * len(_DIGITS) + _VALUES[digit]
    return made
