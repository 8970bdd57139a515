"""What stands beside a post in the grid of an account's page: the first picture of the posts around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.core.errors import NotFound
from studio.core.post import Account, Media, resolve
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.services.desk import Desk


class Neighbours(QObject):
    """Asked with every keystroke, so it remembers until a post or its time changes.

    without   the id of the post that is open: it has its own cell
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[tuple[str, str], tuple[Media, ...]] = {}
        self.without = ""
        Relay(desk.posts.changed, self._post_changed, self)
        for changed in (desk.accounts.changed, desk.publishing.changed, desk.calendar.changed):
            Relay(changed, lambda *_: self._known.clear(), self)

    def __call__(self, account: Account) -> tuple[Media, ...]:
        """Newest first; nothing for a platform without such a grid."""
        key = (account.id, self.without)
        if key not in self._known:
            self._known[key] = self._found(account)
        return self._known[key]

    def _found(self, account: Account) -> tuple[Media, ...]:
        planner = self._desk.planner
        if account.id not in [each.id for each in planner.accounts()]:
            return ()
        posts = [cell.post for cell in planner.grid(account).cells if cell.post != self.without]
        return tuple(media for media in (self._first(post, account) for post in posts) if media is not None)

    def _first(self, post: str, account: Account) -> Media | None:
        try:
            content = resolve(self._desk.posts.get(post), account)
        except NotFound:
            return None
        return next(iter(content.media), None)

    def _post_changed(self, post: str) -> None:
        if post != self.without:
            self._known.clear()
