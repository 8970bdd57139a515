"""Where a post of an official account appears, and which drawing each place has. Numbers are in `spec`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.core.card import Card, Metrics, View
from studio.core.post import Content
from studio.platforms.wechat import rules, spec
from studio.platforms.wechat.layout_article import Article
from studio.platforms.wechat.layout_lists import Listed, ListedSmall, Push
from studio.platforms.wechat.layout_page import Page, is_image
from studio.platforms.wechat.layout_shared import Moments, Share
from studio.platforms.wechat.layout_slides import Slides
from studio.platforms.wechat.page import page

PLACES: Mapping[str, type[Page]] = {
    "article": Article, "image": Slides, "list": Listed, "list-small": ListedSmall, "push": Push, "share": Share,
    "moments": Moments,
}


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it is shown there, `view.width` px wide. Of a text that is far too long, its beginning.

    The page of an image post is that of its pictures, whichever page was asked for.
    """
    content = replace(content, text=content.text[: rules.HUGE])
    place = PLACES.get(view.surface, Article)
    if place is Article and is_image(content):
        place = Slides
    drawn = place(content, view, metrics)
    boxes = drawn.boxes()
    html = page(content, view) if place is Article else ""
    return spec.TABLE.card(
        view, drawn.height, boxes, drawn.confidence, pages=drawn.pages, page=drawn.shown, html=html
    )
