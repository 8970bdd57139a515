"""What the publish sheet says of posts that go by the person's hand: what is handed over, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from studio.ui.i18n import tr

if TYPE_CHECKING:
    from studio.ui.draft.open_post import AccountView

MINUTES: Final = {"assisted": 2, "kit": 3}
MANY: Final = 9  # files from which putting them in takes another minute


def minutes(views: Sequence[AccountView]) -> int:
    """About how long a person needs for these: looked at with a watch in hand, not promised."""
    return sum(MINUTES.get(view.content.mode, 0) + (len(view.content.media) > MANY) for view in views)


def handed(view: AccountView) -> list[str]:
    """What is handed over: "6 pictures", "title 18/30", "text 88/1000"."""
    content = view.content
    pictures = tr("draft", "%n pictures", n=len(content.media))
    if any(media.kind != "image" for media in content.media):
        pictures = tr("draft", "%n files", n=len(content.media))
    return [
        pictures if content.media else "",
        tr("draft", "title {count}", count=_count(view, "title", content.title)) if content.title else "",
        tr("draft", "text {count}", count=_count(view, "text", content.text)) if content.text else "",
    ]


def _count(view: AccountView, field: str, words: str) -> str:
    found = view.counts.get(field)
    if found is None:
        return str(len(words))
    return f"{found.count}/{found.limit}" if found.limit is not None else str(found.count)


def fix_of(view: AccountView, about_media: bool) -> tuple[str, str] | None:
    """(key, words) of the way around what the API does not take, or None. about_media: it is about how many files."""
    if view.by_hand is None:
        return None
    words = tr("draft", "Go by hand")
    if about_media and len(view.content.media) > 1:
        words = tr("draft", "Go by hand, all %n pictures", n=len(view.content.media))
    return f"by-hand:{view.account.id}", words
