"""What an account will get of a post, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.core.finding import Finding, error
from studio.core.post import Account, Content, Post, outdated, resolve
from studio.core.post import account_key as key_of

if TYPE_CHECKING:
    from studio.platforms.base import Count
    from studio.store.workspace import Workspace

_ORDER = {"error": 0, "warning": 1, "info": 2}


class Checks:
    """Quick enough for every keystroke: no network, and disk only for media that is new to us."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def content(self, post: Post, account: Account) -> Content:
        """Exactly what `account` will get; shown, checked and sent alike."""
        return resolve(post, account)

    def counts(self, post: Post, account: Account) -> Mapping[str, Count]:
        """Length and limit of each counted field, in the platform's own unit."""
        from studio import platforms

        return platforms.get(account.platform).count(self.content(post, account))

    def findings(self, post: Post, account: Account) -> tuple[Finding, ...]:
        """Worst first: the platform's own checks, missing files, overrides whose base changed."""
        from studio import platforms

        content = self.content(post, account)
        found = [*platforms.get(account.platform).check(content), *self._files(content), *self._outdated(post, account)]
        return tuple(sorted(found, key=lambda f: _ORDER[f.severity]))

    def _files(self, content: Content) -> list[Finding]:
        """A library file that is gone cannot be sent."""
        files = self._workspace.files
        return [
            error("media.missing", f"media[{n}]", name=m.name or m.media[:12], number=n + 1)
            for n, m in enumerate(content.media) if not files.has(m.media)
        ]

    def _outdated(self, post: Post, account: Account) -> list[Finding]:
        keys = (key_of(account.id), account.platform)
        return [Finding("override.outdated", "warning", "text", {"key": k}) for k in keys if outdated(post, k)]

