"""A video's card at home, on its author's page and on the site, and a dynamic, as boxes. Numbers in `spec`."""

from __future__ import annotations

from studio.core.card import Card, Metrics, View
from studio.core.post import Content
from studio.platforms.bilibili import spec
from studio.platforms.bilibili.layout_cards import Home, Web
from studio.platforms.bilibili.layout_dynamic import Dynamic


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post, `width` px wide. A card at home shows its title only."""
    made: Home | Web | Dynamic
    if view.surface == "dynamic":
        made = Dynamic(content, view, metrics)
    else:
        made = (Web if view.surface == "desktop" else Home)(content, view, metrics)
    boxes = made.boxes()
    return spec.TABLE.card(view, boxes[0].h, boxes, "recalled" if view.surface == "desktop" else "third-party")
