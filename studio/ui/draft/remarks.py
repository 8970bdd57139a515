"""Which notes stand beside which field, and what their links do: findings turned into margin notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from studio.core.finding import Finding
from studio.core.post import Account
from studio.services.words import say
from studio.ui.draft.open_post import AccountView, Snapshot
from studio.ui.i18n import tr
from studio.ui.problems import split
from studio.ui.widgets.note import NoteText

AREAS: Final = ("title", "text", "media", "link", "tags", "replies")
MOST: Final = 3  # notes per field; the rest is counted
_NUMBER: Final = re.compile(r"\[(\d+)\]")
_DAY: Final = re.compile(r"20\d\d-\d\d(-\d\d)?")
_QUIET: Final = frozenset({"override.outdated"})  # shown by the strip above the text


@dataclass(frozen=True, slots=True)
class Remark:
    """A note and where it belongs.

    area     one of AREAS
    place    for the text: the character beside whose line it stands, None for the first
    number   for media and replies: which one (from 0), or None
    owner    the account it is about, "" when it is about all of them
    origin   where its rule was read, in full
    """

    area: str
    note: NoteText
    place: int | None = None
    number: int | None = None
    owner: str = ""
    origin: str = ""
    code: str = ""


def area_of(finding: Finding) -> str:
    """The field a finding stands beside; what is about the account or the whole post stands beside the text."""
    name = finding.field.split("[")[0].split(".")[0]
    return name if name in AREAS else "text"


def number_of(finding: Finding) -> int | None:
    """Which file a finding is about."""
    found = _NUMBER.search(finding.field)
    return int(found[1]) if found else None


def remarks(snapshot: Snapshot, account: Account | None, language: str) -> list[Remark]:
    """The notes of one tab, by area, worst first. On the base: those of every account, said once."""
    views = [v for v in snapshot.views if account is None or v.account.id == account.id]
    found: list[Remark] = []
    for finding, owners in _same(views).values():
        if finding.code not in _QUIET:
            found.append(_remark(finding, owners, account, len(views), language))
    return _few(sorted(found, key=_order), language)


def _same(views: list[AccountView]) -> dict[tuple[str, str, str], tuple[Finding, list[AccountView]]]:
    """Equal findings of several accounts, once, with whose they are."""
    groups: dict[tuple[str, str, str], tuple[Finding, list[AccountView]]] = {}
    for view in views:
        for finding in view.findings:
            key = (finding.code, finding.field, repr(sorted(finding.values.items())))
            groups.setdefault(key, (finding, []))[1].append(view)
    return groups


def _remark(
    finding: Finding, owners: list[AccountView], account: Account | None, of: int, language: str
) -> Remark:
    whose = "" if account is not None or len(owners) == of else names(owners, language)
    sentence, rest = split(say(finding, language))
    detail = "\n".join(filter(None, (whose, _which(finding), rest)))
    source = read_on(finding.source) if len(owners) == 1 and finding.severity == "error" else ""
    owned = whose or _which(finding)
    note = NoteText(finding.severity, sentence, tuple(fixes(finding, owners, account)), detail, source, owned)
    count = owners[0].counts.get("text")
    here = area_of(finding) == "text"
    place = count.over if count is not None and here and finding.code.startswith("text.too") else None
    owner = owners[0].account.id if len(owners) == 1 or account is not None else ""
    return Remark(area_of(finding), note, place, number_of(finding), owner, finding.source, finding.code)


def _which(finding: Finding) -> str:
    """Which reply it is about, where it is about one."""
    number = number_of(finding) if area_of(finding) == "replies" else None
    return tr("draft", "Reply {number}", number=number + 1) if number is not None else ""


def read_on(source: str) -> str:
    """The day a rule was read, short; the whole source is the note's tool tip."""
    found = _DAY.search(source)
    return tr("draft", "Rule read {day}", day=found[0]) if found else ""


def names(views: list[AccountView], language: str) -> str:
    """The platforms of some accounts, as a list in words."""
    return tr("draft", ", ").join(dict.fromkeys(v.info.name.say(language) for v in views))


def fixes(finding: Finding, owners: list[AccountView], account: Account | None) -> list[tuple[str, str]]:
    """(what to do, its words): each is one undoable edit or a jump."""
    return [*_own_fixes(finding, owners, account), *_by_hand(finding, owners)]


def _by_hand(finding: Finding, owners: list[AccountView]) -> list[tuple[str, str]]:
    """What the API does not take may be fine by hand."""
    if not finding.blocks or len(owners) != 1 or owners[0].by_hand is None:
        return []
    return [(f"by-hand:{owners[0].account.id}", tr("draft", "Go by hand"))]


def _own_fixes(finding: Finding, owners: list[AccountView], account: Account | None) -> list[tuple[str, str]]:
    number, found = number_of(finding), []
    if area_of(finding) == "replies":
        return [(f"reply:{number}", tr("draft", "Go to it"))] if number is not None else []
    if finding.field.endswith(".alt") and number is not None:
        found.append((f"alt:{number}", tr("draft", "Write it")))
    elif finding.code.startswith("text.too"):
        found += _too_long(owners, account)
    elif finding.code == "link.not_in_text":
        found.append(("add-link", tr("draft", "Add it")))
    elif finding.code in ("media.too_many", "media.mixed") and isinstance(finding.values.get("limit"), int):
        limit = finding.values["limit"]
        target = owners[0].account.id
        found.append((f"first:{target}:{limit}", tr("draft", "Send the first %n", n=int(str(limit)))))
    elif number is not None and finding.blocks:
        found.append((f"remove:{number}", tr("draft", "Take it out")))
    elif finding.code.startswith(("account.", "login.")):
        found.append(("accounts", tr("draft", "Open accounts")))
    return found


def _too_long(owners: list[AccountView], account: Account | None) -> list[tuple[str, str]]:
    target = owners[0].account.id
    cut = (f"cut:{target}", tr("draft", "Cut it here"))
    if account is not None:
        return [cut]
    return [(f"tab:{target}", tr("draft", "Write a shorter one"))]


_RANK = {"error": 0, "warning": 1, "info": 2}


def _order(remark: Remark) -> tuple[int, int, int]:
    return AREAS.index(remark.area), _RANK[remark.note.severity], remark.number or 0


def _few(found: list[Remark], language: str) -> list[Remark]:
    """At most three per field, then how many more there are."""
    result: list[Remark] = []
    for area in AREAS:
        here = [r for r in found if r.area == area]
        result += here[:MOST]
        if len(here) > MOST:
            more = NoteText("info", tr("draft", "%n more", n=len(here) - MOST))
            result.append(Remark(area, more))
    return result
