"""What the publish sheet says of posts that go by the person's hand: what is handed over, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from studio.ui.i18n import tr

if TYPE_CHECKING:
    from studio.core.post import Media
    from studio.ui.draft.open_post import AccountView

MINUTES: Final = {"assisted": 2, "kit": 3}
MANY: Final = 9  # files from which putting them in takes another minute


def minutes(views: Sequence[AccountView]) -> int:
    """About how long a person needs for these: looked at with a watch in hand, not promised."""
    return sum(MINUTES.get(view.content.mode, 0) + (len(view.content.media) > MANY) for view in views)


def media_words(media: Sequence[Media]) -> str:
    """"6 pictures", or files where there is a video among them; "" for none."""
    if not media:
        return ""
    if any(one.kind != "image" for one in media):
        return tr("draft", "%n pictures", n=len(media))
    return tr("draft", "%n photos", n=len(media))


def handed(view: AccountView) -> list[str]:
    """What is handed over: "6 photos", "title 18/30", "text 88/1000". A title only where the platform has one."""
    content = view.content
    title = _count(view, "title") if content.title and "title" in view.counts else ""
    text = _count(view, "text") or (str(len(content.text)) if content.text else "")
    return [
        media_words(content.media), tr("draft", "title {count}", count=title) if title else "",
        tr("draft", "text {count}", count=text) if content.text else "",
    ]  # fmt: skip


def _count(view: AccountView, field: str) -> str:
    found = view.counts.get(field)
    if found is None:
        return ""
    return f"{found.count}/{found.limit}" if found.limit is not None else str(found.count)


def fix_of(view: AccountView) -> tuple[str, str] | None:
    """(key, words) of the way around what the API does not take, or None."""
    if view.by_hand is None:
        return None
    words, number = tr("draft", "Go by hand"), len(view.content.media)
    if number > 1 and any(f.field.startswith("media") for f in view.findings if f.severity != "info"):
        words = tr("draft", "Go by hand, all %n photos", n=number)
    return f"by-hand:{view.account.id}", words
