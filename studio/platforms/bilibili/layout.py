"""A video's card at home, on its author's page and on the site, on the whole screen, and a dynamic, as boxes.

Numbers and sources in `spec`.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, View
from studio.core.post import Content
from studio.platforms.bilibili import spec
from studio.platforms.bilibili.layout_cards import Home, Web
from studio.platforms.bilibili.layout_dynamic import Dynamic
from studio.platforms.bilibili.layout_story import Story

_MADE: Mapping[str, type[Home | Web | Dynamic | Story]] = {"dynamic": Dynamic, "desktop": Web, "story": Story}


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post, `width` px wide. A card at home shows its title only."""
    boxes = _MADE.get(view.surface, Home)(content, view, metrics).boxes()
    recalled = view.surface in ("desktop", "story")
    return spec.TABLE.card(view, boxes[0].h, boxes, "recalled" if recalled else "third-party")
