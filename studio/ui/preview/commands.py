"""What can be done with previews, as data: the pane's menu, a card's own menu, keys and the palette read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.actions import Action
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.ui.preview.view import PreviewView

CONTEXT = N("preview", "Preview")


def commands(view: PreviewView) -> list[Action]:
    """Of the card that is current: the one last pointed at, clicked or walked to, else the first that is seen."""

    def shows() -> bool:
        return view.current() is not None

    return [
        Action("preview.copy", N("preview", "Copy as picture"), view.saver.copy, "Ctrl+Shift+C", "copy", shows,
               "fz fuzhi tp tupian png clipboard", CONTEXT),
        Action("preview.save", N("preview", "Save as picture…"), view.saver.save, "Ctrl+Shift+S", "image-down", shows,
               "bc baocun tp tupian png file", CONTEXT),
        Action("preview.save_all", N("preview", "Save all as pictures…"), view.saver.save_all, "", "folder-input",
               shows, "bc baocun qb quanbu tp tupian png folder", CONTEXT),
        Action("preview.phone", N("preview", "Check on a phone…"), view.saver.phone, "", "smartphone", shows,
               "sj shouji zs zhenshi qr erweima phone", CONTEXT),
    ]  # fmt: skip


def looks(view: PreviewView) -> list[Action]:
    """How all cards are shown."""

    def shows() -> bool:
        return view.current() is not None

    return [
        Action("preview.scope", N("preview", "All previews or one large"), view.other_scope, "", "expand", shows,
               "all one qb quanbu dg dange", CONTEXT),
        Action("preview.surface", N("preview", "Next surface"), view.next_surface, "", "layout-panel-left", shows,
               "place feed article wz weizhi xyg xiayige", CONTEXT),
        Action("preview.fold", N("preview", "Whole text or folded"), view.other_fold, "", "fold-vertical", shows,
               "more unfold zk zhankai zd zhedie qw quanwen", CONTEXT),
        Action("preview.theme", N("preview", "Light or dark cards"), view.other_theme, "", "sun", shows,
               "sqs shense qs qianse theme", CONTEXT),
        Action("preview.larger", N("preview", "Larger text in previews"), lambda: view.step_text(1), "", "zoom-in",
               shows, "zt ziti fd fangda size", CONTEXT),
        Action("preview.smaller", N("preview", "Smaller text in previews"), lambda: view.step_text(-1), "", "zoom-out",
               shows, "zt ziti sx suoxiao size", CONTEXT),
    ]  # fmt: skip
