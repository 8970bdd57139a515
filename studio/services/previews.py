"""How a post will look: the platform's pure layout over the same Content that is checked and sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.core.card import View
from studio.core.errors import NotFound
from studio.core.post import Account, Post

if TYPE_CHECKING:
    from studio.core.card import Card, Metrics, Surface
    from studio.services.checks import Checks


class Previews:
    def __init__(self, checks: Checks) -> None:
        self._checks = checks

    def platforms(self) -> tuple[str, ...]:
        """Ids of all platforms that declare a surface."""
        from studio import platforms

        return tuple(name for name, p in platforms.every().items() if p.surfaces)

    def surfaces(self, platform: str) -> tuple[Surface, ...]:
        """The first is the default; NotFound when there is no such platform."""
        from studio import platforms

        return platforms.get(platform).surfaces

    def stand_in(self, platform: str) -> Account:
        """An account to preview with when none was added yet."""
        from studio import platforms

        declared = platforms.get(platform)
        name = declared.name.en
        return Account("preview", platform, declared.modes[0], name, name.lower())

    def card(self, post: Post, account: Account, view: View, metrics: Metrics) -> Card:
        """Boxes in logical px. view.surface "": the first one. NotFound when the platform has no such surface."""
        from studio import platforms

        content = self._checks.content(post, account)
        chosen = replace(view, surface=self._surface(account.platform, view.surface).id)
        card = platforms.get(account.platform).layout(content, chosen, metrics)
        return replace(card, names={media.media: media.name for media in content.media})

    def view(self, platform: str, surface: str = "", width: float | None = None, **more: Any) -> View:
        """How that surface is asked for when nothing else was chosen; `more` as `View` has it."""
        declared = self._surface(platform, surface)
        return View(declared.id, float(width or declared.widths[0]), **more)

    def _surface(self, platform: str, id: str) -> Surface:
        for surface in self.surfaces(platform):
            if id in ("", surface.id):
                return surface
        raise NotFound("surface", f"{platform}/{id}")
