"""Cards for tests of what shows them."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Line, Rule, Run

FONT = Font(16, 20)
TOKENS = {"card": "#ffffff", "text": "#101010", "muted": "#606060", "link": "#0000ff", "line": "#dddddd",
          "badge": "#00aa00", "on-badge": "#ffffff", "fill": "#eeeeee", "on-fill": "#101010"}  # fmt: skip
RULE = Rule("fold.lines", 3, "lines", "Help page", "seen", "2026-11-22")


def words(text: str, x: float = 10, y: float = 10, name: str = "body", **more: object) -> Box:
    """One line of text, as wide as ten px for each letter."""
    line = Line(0, len(text), 10.0 * len(text))
    return Box("text", name, x, y, 10.0 * max(1, len(text)), 20, text=text, font=FONT, lines=(line,), rule=RULE,
               **more)  # type: ignore[arg-type]  # fmt: skip


def card(*boxes: Box, width: float = 200, height: float = 120, **more: object) -> Card:
    ground = Box("card", "card", 0, 0, width, height, token="card", rule=RULE)
    return Card("p", "feed", "light", width, height, (ground, *boxes), TOKENS, "2026-11-22", **more)  # type: ignore[arg-type]


def folded(text: str = "hello … more") -> Box:
    """A text whose label "more" ends its line."""
    run = Run(len(text) - 4, len(text), "muted")
    return words(text, folded=True, runs=(run,))


def pages(count: int = 3, page: int = 0) -> Card:
    """A carousel with its dots."""
    dots = [Box("fill", f"dot:{n + 1}", 80 + 12 * n, 100, 6, 6, token="fill", rule=RULE) for n in range(count)]
    shown = Box("image", f"image:{page + 1}", 0, 0, 200, 90, media="m", rule=RULE)
    return card(shown, *dots, pages=count, page=page)


class Ten:
    """Metrics: ten px for each letter, one line."""

    def lines(self, text: str, font: Font, width: float) -> tuple[Line, ...]:
        return (Line(0, len(text), 10.0 * len(text)),)

    def advance(self, text: str, font: Font) -> float:
        return 10.0 * len(text)
