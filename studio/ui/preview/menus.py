"""The menus at the head of the previews: the device, light or dark, and what can be done with a card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui.actions import fill
from studio.ui.i18n import LANGUAGES, tr
from studio.ui.preview.commands import commands
from studio.ui.preview.look import AUTO, SCALES, SIZES
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.ui.preview.frame import Frame
    from studio.ui.preview.view import PreviewView


def device_menu(view: PreviewView, parent: QWidget) -> QMenu:
    """Width of the device, size of text, language of the platform's words."""
    made, chosen = menu(parent), view.chosen
    widths = [(0, tr("preview", "What fits"))] + [(w, f"{w} px") for w in view.widths()]
    _part(made, view, tr("preview", "Device width"), widths, chosen.width, lambda value: view.choose(width=value))
    sizes = [(size, tr("preview", "{percent} %", percent=size)) for size in SIZES]
    _part(made, view, tr("preview", "Text size"), sizes, chosen.text, lambda value: view.choose(text=value))
    tongues = [(AUTO, tr("preview", "As the window")), *LANGUAGES.items()]
    _part(made, view, tr("preview", "Words of the platform"), tongues, chosen.language,
          lambda value: view.choose(language=value))  # fmt: skip
    made.addSeparator()
    whole = add(made, view.theme, tr("preview", "Whole text"), run=view.other_fold)
    whole.setCheckable(True)
    whole.setChecked(chosen.unfolded)
    return made


def theme_menu(view: PreviewView, parent: QWidget) -> QMenu:
    """As the window, light, dark."""
    made = menu(parent)
    choices = [(AUTO, tr("preview", "As the window")), ("light", tr("preview", "Light")),
               ("dark", tr("preview", "Dark"))]  # fmt: skip
    _choices(made, view, choices, view.chosen.theme, lambda value: view.choose(theme=value))
    return made


def card_menu(view: PreviewView, frame: Frame | None, parent: QWidget) -> QMenu:
    """What can be done with one card: whose it is, ours, then what others put there (`view.more`)."""
    made = menu(parent)
    if frame is not None:
        whose = add(made, view.theme, f"{frame.platform_name} · {frame.surface_name}")
        whose.setEnabled(False)
    fill(made, view.theme, commands(view))
    scales = [(scale, tr("preview", "{scale}x", scale=scale) + size_words(frame, scale)) for scale in SCALES]
    _part(made, view, tr("preview", "Size of the picture"), scales, view.chosen.scale,
          lambda value: view.choose(scale=value))  # fmt: skip
    if view.more:
        made.addSeparator()
        fill(made, view.theme, view.more)
    return made


def size_words(frame: Frame | None, scale: int) -> str:
    """How large the picture of a card becomes: "  824 × 1,830 px"."""
    card = frame.canvas.card if frame is not None else None
    if card is None:
        return ""
    return "\t" + tr("preview", "{w} × {h} px", w=round(card.width * scale), h=round(card.height * scale))


def _part(
    into: QMenu, view: PreviewView, title: str, choices: Sequence[tuple[Any, str]], now: object,
    choose: Callable[[Any], object],
) -> None:
    """A menu of its own inside `into`, with what is chosen now beside its title."""
    inner = menu(into)
    word = next((text for value, text in choices if value == now), "").partition("\t")[0]
    inner.setTitle(f"{title}\t{word}" if word else title)
    into.addMenu(inner)
    _choices(inner, view, choices, now, choose)


def _choices(
    into: QMenu, view: PreviewView, choices: Sequence[tuple[Any, str]], now: object, choose: Callable[[Any], object]
) -> None:
    group = QActionGroup(into)
    for value, text in choices:
        entry = add(into, view.theme, text, run=partial(choose, value))
        entry.setCheckable(True)
        entry.setChecked(value == now)
        group.addAction(entry)
