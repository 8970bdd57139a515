"""Addresses that people paste: is it a post of this platform, and which?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.handoff import Link

LONGEST = 2048  # characters of an address
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff\u2060"))
_ENDS = ".,;:!?)"  # of the sentence around it
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。）】」]+", re.IGNORECASE)


def pasted(text: str) -> str:
    """The first address in what was pasted: apps copy a whole sentence around it. "" when there is none."""
    found = _ADDRESS.search(text.translate(_INVISIBLE)[:LONGEST * 4])
    return "" if found is None or len(found[0]) > LONGEST else found[0].rstrip(_ENDS)


def recognised(text: str, patterns: Sequence[str], keep: Sequence[str] = ()) -> Link | None:
    """The post an address is of, or None.

    patterns   regular expressions for the whole of "host/path?query", the host in lower case without "www."; the
               query holds only the parameters in `keep`, in that order, so most patterns end with the path
    """
    try:
        parts = urlsplit(pasted(text))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    asked = dict(parse_qsl(parts.query))
    query = urlencode([(name, asked[name]) for name in keep if name in asked])
    plain = f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
    for pattern in patterns:
        if found := re.fullmatch(pattern, plain):
            handle = {name: value for name, value in found.groupdict().items() if value}
            address = f"https://{parts.netloc.rpartition('@')[2]}{parts.path}" + (f"?{query}" if query else "")
            return Link(address, handle)
    return None


def not_it() -> Refused:
    """The link leads to somebody else's post, or to another one."""
    return Refused(error("handoff.not_it", "link"))
