"""A video on YouTube's surfaces, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from studio.core.card import Card, Metrics, View
from studio.core.post import Content
from studio.platforms.youtube.layout_cards import card, mobile, search
from studio.platforms.youtube.layout_shorts import shorts
from studio.platforms.youtube.layout_watch import watch

SURFACES = {"shorts": shorts, "watch": watch, "card": card, "search": search, "mobile": mobile}


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The video on one of the surfaces, `view.width` px wide."""
    return SURFACES[view.surface](content, view, metrics)
