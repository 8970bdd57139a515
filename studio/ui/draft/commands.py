"""What can be done in the Draft pane, for menus, keys and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.actions import Action
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane


def commands(pane: DraftPane) -> list[Action]:
    """In the order menus show them."""

    def has_post() -> bool:
        return pane.open is not None

    def may_write() -> bool:
        return pane.open is not None and not pane.desk.read_only

    def may_make() -> bool:
        return not pane.desk.read_only

    context = N("draft", "Drafts")
    shelf, writing, out = pane.shelf, pane.writing, pane.way_out
    return [
        Action("draft.new", N("draft", "New draft"), shelf.new, "Ctrl+N", "square-pen", may_make,
               "new write xj xinjian xg xiegao", context),
        Action("draft.publish", N("draft", "Publish…"), out.publish, "Ctrl+Return", "send", may_write,
               "send post fb fabu", context),
        Action("draft.schedule", N("draft", "Schedule…"), out.schedule, "Ctrl+Shift+Return", "calendar-clock",
               may_write, "later time pq paiqi ds dingshi", context),
        Action("draft.kit", N("draft", "Export kit…"), out.kits.ask, "", "package", has_post,
               "scb sucaibao dc daochu files folder", context),
        Action("draft.accounts", N("draft", "Choose accounts"), out.choose_accounts, "", "circle-user-round", may_write,
               "zh zhanghao platforms", context),
        Action("draft.next_tab", N("draft", "Next account tab"), lambda: pane.editor.tabs.step(1), "Ctrl+Tab", "",
               has_post, "xyg xiayige", context),
        Action("draft.previous_tab", N("draft", "Previous account tab"), lambda: pane.editor.tabs.step(-1),
               "Ctrl+Shift+Tab", "", has_post, "syg shangyige", context),
        Action("draft.undo", N("draft", "Undo"), writing.undo, "Ctrl+Z", "undo-2", may_write, "cx chexiao", context),
        Action("draft.redo", N("draft", "Redo"), writing.redo, "Ctrl+Shift+Z", "redo-2", may_write, "cz chongzuo",
               context),
        Action("draft.media", N("draft", "Add pictures or video"), writing.pick_files, "Ctrl+Shift+M", "image-plus",
               may_write, "photo tj tianjia tp tupian", context),
        Action("draft.video", N("draft", "Cut a video for this post"),
               lambda: pane.video_asked.emit(pane.open.post.id) if pane.open else None, "Ctrl+Shift+V", "clapperboard",
               may_write, "video film timeline sp shipin jj jianji", context),
        Action("draft.next_note", N("draft", "Next note"), lambda: writing.walk(1), "F8", "circle-alert", has_post,
               "problem wt wenti", context),
        Action("draft.previous_note", N("draft", "Previous note"), lambda: writing.walk(-1), "Shift+F8", "", has_post,
               "problem wt wenti", context),
        Action("draft.search", N("draft", "Search posts"), pane.list.focus_search, "Ctrl+F", "search",
               keywords="find ss sousuo", context=context),
        Action("draft.preview", N("draft", "Show or hide the preview"), pane.toggle_preview, "Ctrl+Shift+P",
               "smartphone", has_post, "yl yulan", context),
        *pane.preview.commands(),
        Action("draft.duplicate", N("draft", "Duplicate"), shelf.duplicate, "Ctrl+D", "copy", may_write,
               "fz fuzhi copy", context),
        Action("draft.delete", N("draft", "Delete…"), shelf.delete, "", "trash-2", may_write, "remove sc shanchu",
               context),
        Action("draft.import", N("draft", "Import from a folder or file…"), shelf.pick_import, "", "folder-input",
               may_make, "markdown open dr daoru", context),
    ]  # fmt: skip
