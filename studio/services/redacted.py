"""What a journal line holds, as short text that may be shown and copied: sizes, hashes, ids; never a secret.

The engine keeps secrets out of the journal. This is the second lock: whatever is shown or copied passes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

HIDDEN = "…"
LONGEST = 300  # characters of one value
_NAMES = re.compile(
    r"token|secret|passw|passphrase|authori[sz]|cookie|bearer|jwt|signature|credential|api_?key|nonce|dpop|verifier"
    r"|^(code|state|sig|key_?id|sessdata|bili_jct)$",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(Bearer|Basic|DPoP|OAuth)\s+[\w.~+/=-]{6,}", re.IGNORECASE)
_JWT = re.compile(r"\beyJ[\w-]{5,}\.[\w-]{5,}(\.[\w-]*)?")
_QUERY = re.compile(r"([?&#;][^=&#?\s]{1,60})=([^&#\s]+)")
_PAIR = re.compile(
    r"(?i)\b([\w-]*(?:token|secret|passw\w*|api_?key|cookie|signature)[\w-]*)(\"?\s*[=:]\s*\"?)[^\s&,;\"']+")
_USER = re.compile(r"(?<=//)[^/@\s]+@")
_HASH = re.compile(r"[0-9a-f]{40,128}", re.IGNORECASE)


def safe(text: str) -> str:
    """`text` without anything that looks like a token, a password or the values of a query that carries one."""
    clean = _BEARER.sub(rf"\1 {HIDDEN}", text)
    clean = _JWT.sub(HIDDEN, clean)
    clean = _USER.sub("", clean)
    clean = _QUERY.sub(_asked, clean)
    return _PAIR.sub(rf"\1\2{HIDDEN}", clean)


def size(bytes: int) -> str:
    """"412 B", "412 KB", "1.8 MB", "2.1 GB"."""
    if bytes < 1000:
        return f"{bytes} B"
    for unit, factor in (("KB", 1e3), ("MB", 1e6), ("GB", 1e9)):
        if bytes < factor * 1000 or unit == "GB":
            amount = bytes / factor
            return f"{amount:.1f} {unit}" if unit != "KB" and amount < 100 else f"{amount:.0f} {unit}"
    raise AssertionError


def short_hash(text: str) -> str:
    """"9f2c…71ae" of a long hexadecimal hash."""
    return f"{text[:4]}…{text[-4:]}" if len(text) > 12 else text


def pairs(data: Mapping[str, Any]) -> str:
    """All of a step's data in one line: "status 200 · uri at://… · sha256 9f2c…71ae"."""
    return " · ".join(_flat(data, ""))


def _flat(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not _NAMES.search(str(key)):
                yield from _flat(inner, str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            yield from _flat(inner, name)
    elif value not in (None, "", True, False):
        yield f"{name} {_shown(name, value)}".strip()
    elif isinstance(value, bool) and name:
        yield f"{name} {'yes' if value else 'no'}"


def _shown(name: str, value: object) -> str:
    if name == "bytes" and isinstance(value, int):
        return size(value)
    text = safe(" ".join(str(value).split()))
    if _HASH.fullmatch(text):
        return short_hash(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _asked(found: re.Match[str]) -> str:
    name = found[1]
    return f"{name}={HIDDEN}" if _NAMES.search(name[1:]) else found[0]
