"""What an account will get of a post, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.core.finding import Finding, error, warning
from studio.core.post import Account, Content, Post, link_of, outdated, resolve
from studio.core.post import account_key as key_of

if TYPE_CHECKING:
    from studio.platforms.base import Count, Platform
    from studio.store.workspace import Workspace

_ORDER = {"error": 0, "warning": 1, "info": 2}


class Checks:
    """Quick enough for every keystroke: no network, and disk only for media that is new to us."""

    def __init__(
        self, workspace: Workspace, beside: Callable[[Content], Sequence[Finding]] = lambda content: ()
    ) -> None:
        """beside: what else is known of a post by now, at no cost."""
        self._workspace, self._beside = workspace, beside

    def content(self, post: Post, account: Account) -> Content:
        """Exactly what `account` will get; shown, checked and sent alike. No replies where there are no threads."""
        from studio import platforms

        content = resolve(post, account)
        return content if platforms.get(account.platform).threads else replace(content, replies=())

    def counts(self, post: Post, account: Account) -> Mapping[str, Count]:
        """Length and limit of each counted field, in the platform's own unit."""
        from studio import platforms

        return platforms.get(account.platform).count(self.content(post, account))

    def reply_counts(self, post: Post, account: Account) -> tuple[Count | None, ...]:
        """Length and limit of each reply's text, for those that `account` gets."""
        from studio import platforms

        platform, content = platforms.get(account.platform), self.content(post, account)
        return tuple(platform.count(link_of(content, n + 1)).get("text") for n in range(len(content.replies)))

    def findings(self, post: Post, account: Account) -> tuple[Finding, ...]:
        """Worst first: the platform's own checks, missing files, overrides whose base changed, what is covered."""
        from studio import platforms

        content = self.content(post, account)
        platform = platforms.get(account.platform)
        found = [
            *platform.check(content), *self._files(content), *self._sizes(platform, content),
            *self._outdated(post, account),
            *self._replies(platform, content, len(post.replies)), *self._beside(content),
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda f: _ORDER[f.severity]))

    def _files(self, content: Content) -> list[Finding]:
        """A library file that is gone cannot be sent."""
        files = self._workspace.files
        return [
            error("media.missing", f"media[{n}]", name=m.name or m.media[:12], number=n + 1)
            for n, m in enumerate(content.media) if not files.has(m.media)
        ]

    def _sizes(self, platform: Platform, content: Content) -> list[Finding]:
        """Films are sent as they are: one that is too big is told while there is time to make it smaller."""
        rule = platform.video_rule(content.identity)
        if rule is None or rule.bytes is None:
            return []
        limit, source, found = rule.bytes.value, rule.bytes.source, []
        for n, media in enumerate(content.media):
            if media.kind != "video" or not self._workspace.files.has(media.media):
                continue
            size = self._workspace.files.path(media.media).stat().st_size
            if size > limit:
                said = error if content.mode == "api" else warning  # its own page may take more
                found.append(said("media.too_big", f"media[{n}]", source, name=media.name, number=n + 1,
                                  bytes=size, limit=limit))
        return found

    def _replies(self, platform: Platform, content: Content, wanted: int) -> list[Finding]:
        """What is wrong with each link of the thread, or that there is none here."""
        if wanted > len(content.replies):
            return [warning("replies.left_out", "replies", count=wanted)]
        found = []
        for number in range(len(content.replies)):
            link = link_of(content, number + 1)
            wrong = [*platform.check(link), *self._files(link)]
            found += [replace(f, field=f"replies[{number}].{f.field or 'text'}") for f in wrong]
        return found

    def _outdated(self, post: Post, account: Account) -> list[Finding]:
        keys = (key_of(account.id), account.platform)
        return [Finding("override.outdated", "warning", "text", {"key": k}) for k in keys if outdated(post, k)]

