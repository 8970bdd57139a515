"""What a client says about the previews of a post, and the file it comes back in.

The file comes from outside: everything in it is checked before any of it is taken, and nothing of it is ever markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, NoReturn

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Content
from studio.core.schema import content_to_json, lift, stamp

Verdict = Literal["", "approved", "changes"]
Point = tuple[float, float]
VERDICTS: tuple[Verdict, ...] = ("", "approved", "changes")
MOST_BYTES = 4_000_000  # of a file of comments
MOST = 2000  # comments in one file
LAST_YEAR = 2999  # of the moment of a comment
LONGEST, LONGEST_NAME = 5000, 80  # characters of a comment, of a name
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}", re.ASCII)
# Controls but tab and line feed, halves of surrogate pairs, and what turns the order of the letters around it.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Place:
    """One preview: what of which account.

    look   fingerprint of what that account got when the preview was made, see `look_of`
    """

    account: str
    platform: str
    surface: str
    theme: Literal["light", "dark"] = "light"
    look: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment or verdict on one preview.

    id        as the review file gave it; the workspace keeps it under `key_of(post, id)`
    text      plain text, may be empty with a verdict
    point     where on the card it is about, (x, y) in 0..1 from the top left; None: the card as a whole
    at        when it was written, UTC, by the client's clock
    resolved  when it was settled here, UTC; None while it is open
    """

    id: str
    post: str
    place: Place
    author: str = ""
    text: str = ""
    verdict: Verdict = ""
    point: Point | None = None
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    resolved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A file of comments that came back: for which post, from which review, and what it says."""

    review: str
    post: str
    remarks: tuple[Remark, ...]


def look_of(content: Content) -> str:
    """A fingerprint of everything a preview shows of it but the account's own name: 16 hex digits."""
    import hashlib

    plain = content_to_json(replace(content, name="", handle="", identity={}))
    written = json.dumps(plain, sort_keys=True, default=str)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def key_of(post: str, id: str) -> str:
    """The name of a comment in the workspace: one file can never touch what another post's file brought."""
    import hashlib

    return hashlib.sha256(f"{post}\n{id}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def cleaned(text: str, most: int, *, lines: bool = True) -> str:
    """Text from outside: at most `most` characters, without controls and without marks that turn its direction."""
    plain = _UNFIT.sub("", text[: 2 * most].replace("\r\n", "\n").replace("\r", "\n"))
    return (plain if lines else " ".join(plain.split())).strip()[:most].strip()


def to_json(remark: Remark) -> dict[str, Any]:
    """Plain data; `from_json` gives an equal remark back."""
    return stamp("remark", {
        "id": remark.id, "post": remark.post, "place": place_to_json(remark.place), "author": remark.author,
        "text": remark.text, "verdict": remark.verdict, "point": list(remark.point) if remark.point else None,
        "at": remark.at.isoformat(), "resolved": remark.resolved.isoformat() if remark.resolved else None,
    })


def from_json(data: Mapping[str, Any]) -> Remark:
    """Refused when it is no remark this version can read; see `answer_from` for files from outside."""
    plain = lift("remark", data)
    return replace(
        _remark(plain, plain["post"], _place(plain["place"])),
        resolved=None if plain["resolved"] is None else _moment(plain["resolved"]),
    )


def place_to_json(place: Place) -> dict[str, str]:
    return {"account": place.account, "platform": place.platform, "surface": place.surface, "theme": place.theme,
            "look": place.look}


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """What the script in a review file writes, for tests and other tools."""
    return stamp("remarks", {"review": answer.review, "post": answer.post, "remarks": [
        {"id": r.id, "place": place_to_json(r.place), "author": r.author, "text": r.text, "verdict": r.verdict,
         "point": list(r.point) if r.point else None, "at": r.at.isoformat()} for r in answer.remarks]})


def answer_from(data: bytes | str) -> Answer:
    """The comments of a file or of pasted text. All of it is right, or nothing is taken.

    Refused: review.too_big, review.too_many, review.unreadable (no such file, damaged, or changed by hand),
    document.newer.
    """
    if len(data) > MOST_BYTES:
        raise Refused(error("review.too_big", "review", limit=MOST_BYTES // 1_000_000))
    try:
        plain = lift("remarks", _loaded(data))
        listed = plain["remarks"]
        if not isinstance(listed, list):
            _wrong()
        if len(listed) > MOST:
            raise Refused(error("review.too_many", "review", count=len(listed), limit=MOST))
        post = _matching(_ID, plain["post"])
        remarks = tuple(_remark(one, post, _place(one["place"])) for one in listed)
        return Answer(_matching(_ID, plain["review"]), post, _once_each(remarks))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as fault:
        raise Refused(error("review.unreadable", "review")) from fault
    except Refused as refused:
        if any(f.code == "document.unreadable" for f in refused.findings):
            raise Refused(error("review.unreadable", "review")) from refused
        raise


def _loaded(data: bytes | str) -> Mapping[str, Any]:
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    loaded = json.loads(text.strip().lstrip("\ufeff"), parse_constant=_wrong)
    return loaded if isinstance(loaded, dict) else _wrong()


def _wrong(*_: object) -> NoReturn:
    raise ValueError


def _remark(plain: Mapping[str, Any], post: str, place: Place) -> Remark:
    verdict = plain["verdict"]
    if verdict not in VERDICTS:
        _wrong()
    made = Remark(
        _matching(_ID, plain["id"]), post, place, cleaned(_text(plain["author"]), LONGEST_NAME, lines=False),
        cleaned(_text(plain["text"]), LONGEST), verdict, _point(plain["point"]), _moment(_text(plain["at"])),
    )
    return made if made.text or made.verdict else _wrong()


def _place(plain: Mapping[str, Any]) -> Place:
    theme = plain["theme"]
    if theme not in ("light", "dark"):
        _wrong()
    return Place(
        _matching(_ID, plain["account"]), _matching(_KEY, plain["platform"]), _matching(_KEY, plain["surface"]), theme,
        _matching(_ID, plain["look"]) if plain["look"] != "" else "",
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else _wrong()


def _matching(pattern: re.Pattern[str], value: object) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else _wrong()


def _point(value: object) -> Point | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        _wrong()
    x, y = (_share(part) for part in value)
    return x, y


def _share(value: object) -> float:
    right = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if right else _wrong()  # type: ignore[arg-type]  # a number, as the line above made sure


def _moment(text: str) -> datetime:
    """Of years that every clock and every zone can tell."""
    found = datetime.fromisoformat(text)
    moment = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return moment if 1970 <= moment.year <= LAST_YEAR else _wrong()


def _once_each(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Of those with one id the latest, in the order in which they first stood."""
    kept: dict[str, Remark] = {}
    for remark in remarks:
        if remark.id not in kept or kept[remark.id].at <= remark.at:
            kept[remark.id] = remark
    return tuple(kept.values())
