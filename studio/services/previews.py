"""How a post will look: the platform's pure layout over the same Content that is checked and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.core.card import View
from studio.core.errors import NotFound
from studio.core.post import Account, Content, Post, at_moment

if TYPE_CHECKING:
    from studio.core.card import Card, Metrics, Surface
    from studio.services.checks import Checks


class Previews:
    def __init__(self, checks: Checks, cover: Callable[[str], float | None] = lambda film: None) -> None:
        """cover: the moment of a film of the library that was chosen for its cover, seconds."""
        self._checks, self._cover = checks, cover
        self._covers: dict[str, float | None] = {}

    def forget(self, film: str) -> None:
        """Another moment was chosen for its cover."""
        self._covers.pop(film, None)

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
        platform = platforms.get(account.platform)
        card = platform.layout(content, chosen, metrics)
        names = {media.media: media.name for media in (*content.media, *view.others)}
        return covered(replace(card, names=names), self._moments(content, view, platform.cover_at(content)))

    def _moments(self, content: Content, view: View, chosen: float | None) -> dict[str, float]:
        """Film -> the moment that stands for it: the platform's own choice for the first, else its project's."""
        films = [media for media in (*content.media, *view.others) if media.kind == "video"]
        found = {media.media: at for media in films if (at := self._kept(media.media)) is not None}
        first = next((media for media in content.media if media.kind == "video"), None)
        if first is not None and chosen is not None and 0 <= chosen < float(first.duration or chosen + 1):
            found[first.media] = chosen
        return found

    def _kept(self, film: str) -> float | None:
        """Asked once: a card is laid out with every keystroke."""
        if film not in self._covers:
            self._covers[film] = self._cover(film)
        return self._covers[film]

    def view(self, platform: str, surface: str = "", width: float | None = None, **more: Any) -> View:
        """How that surface is asked for when nothing else was chosen; `more` as `View` has it."""
        declared = self._surface(platform, surface)
        return View(declared.id, float(width or declared.widths[0]), **more)

    def _surface(self, platform: str, id: str) -> Surface:
        for surface in self.surfaces(platform):
            if id in ("", surface.id):
                return surface
        raise NotFound("surface", f"{platform}/{id}")


def covered(card: Card, moments: Mapping[str, float]) -> Card:
    """The card with those films' pictures taken at these moments, wherever it shows them."""
    if not any(box.media in moments for box in card.boxes):
        return card
    named = {media: at_moment(media, at) for media, at in moments.items()}
    boxes = tuple(replace(box, media=named.get(box.media, box.media)) for box in card.boxes)
    more = {name: card.names[media] for media, name in named.items() if media in card.names}
    return replace(card, boxes=boxes, names={**card.names, **more})
