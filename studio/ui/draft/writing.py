"""Joins the open post and the editor: what is written becomes edits, what changed is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from studio.core.finding import Finding
from studio.core.post import Account, Post
from studio.services.words import say
from studio.ui.draft import edits
from studio.ui.draft.alt_editor import AltEditor
from studio.ui.draft.open_post import AccountView, OpenPost, Snapshot, hand_mode
from studio.ui.draft.remarks import Remark, remarks
from studio.ui.draft.tabs import BASE, TabText
from studio.ui.draft.text_box import local_files, png_of
from studio.ui.draft.thread_edits import Replies
from studio.ui.i18n import N, tr
from studio.ui.widgets.marks import MODES

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane


SETTLE_MS: Final = 120
"""A pause in typing after which the figures inside notes are drawn anew."""


class Writing(QObject):
    """Holds which tab is open; everything else is in the post."""

    def __init__(self, pane: DraftPane) -> None:
        super().__init__(pane)
        self._pane, self.editor, self._theme = pane, pane.editor, pane.theme
        self.tab = BASE
        self.snapshot: Snapshot | None = None
        self._shown: tuple[str, str] = ("", "")
        self._walked = -1
        self._noted: list[Remark] = []
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(lambda: self.editor.show_remarks(self._noted))
        self.alt = AltEditor(pane.theme, pane.editor)
        self._wire()
        self.replies = Replies(self)

    @property
    def open(self) -> OpenPost | None:
        """The open post."""
        return self._pane.open

    @property
    def account(self) -> Account | None:
        """Whose version is written now; None for the base."""
        post = self.open
        return next((a for a in post.accounts() if a.id == self.tab), None) if post and self.tab else None

    # showing ---------------------------------------------------------------------------------------------------

    def show_post(self, post: OpenPost) -> None:
        """Another post was opened: its base tab."""
        self.tab, self._shown, self.snapshot, self._walked = BASE, ("", ""), None, -1
        self.alt.hide()
        post.edited.connect(lambda *_: self._refresh())
        post.evaluated.connect(self._evaluated)
        post.saved.connect(self._say_saved)
        post.troubled.connect(self._troubled)
        self._lock(post.read_only)
        self.editor.show_remarks([])
        self._refresh()
        self._say_saved(True)
        post.evaluate_now()

    def show_nothing(self) -> None:
        """No post is open."""
        self.snapshot = None
        self.editor.text.open_text("")
        self._pane.preview.show_post(None, ())

    def open_tab(self, key: str) -> None:
        """Shows the base or an account's version."""
        post = self.open
        if post is None or (key and key not in [a.id for a in post.accounts()]):
            return
        self.tab = key
        post.session.seal()
        self.editor.tabs.set_current(key)
        self._refresh()
        if self.snapshot is not None:
            self._evaluated(self.snapshot)
        self._pane.preview.reveal(key)

    def say_again(self) -> None:
        """The language changed: tabs, counters and notes in its words."""
        if self.snapshot is not None:
            self._evaluated(self.snapshot)
        if self.open is not None:
            self._say_saved(not self.open.session.dirty)
            self._lock(self.open.read_only)

    def _refresh(self) -> None:
        """Every field of the tab, from the post. Only what differs is touched."""
        post = self.open
        if post is None:
            return
        document, account = post.post, self.account
        if self.tab and account is None:
            self.tab = BASE
        value = edits.value
        self.editor.title.show_text(value(document, account, "title"))
        text = value(document, account, "text")
        if self._shown != (document.id, self.tab):
            self._shown = (document.id, self.tab)
            self.editor.text.open_text(text)
        else:
            self.editor.text.set_text(text)
        fields = self.editor.fields
        fields.strip.show_media(value(document, account, "media"))
        fields.show_values(value(document, account, "link"), value(document, account, "tags"))
        fields.replies.show_replies(document.id, document.replies)

    def _evaluated(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        language = self._theme.language.code
        if self.tab and snapshot.view(self.tab) is None:
            self.tab = BASE
            self._refresh()
        self.editor.tabs.show_tabs(self._tab_texts(snapshot), self.tab)
        view = snapshot.view(self.tab) if self.tab else None
        self._count(snapshot, view)
        self.editor.drift.setVisible(bool(view and view.outdated))
        self.editor.way.show_view(view, self.open is not None and not self.open.read_only)
        self._note(remarks(snapshot, view.account if view else None, language))
        self._pane.bar.show_snapshot(snapshot)
        self._pane.preview.show_post(snapshot.post, [v.account for v in snapshot.views], self.tab)

    def _note(self, found: list[Remark]) -> None:
        """A note comes and goes at once; when only its figures changed it waits until the hand rests."""
        self._noted = found
        if [_kind(r) for r in found] != [_kind(r) for r in self.editor.remarks()]:
            self._settle.stop()
            self.editor.show_remarks(found)
        elif found != self.editor.remarks():
            self._settle.start()

    def _tab_texts(self, snapshot: Snapshot) -> list[TabText]:
        language = self._theme.language.code
        base = TabText(BASE, tr("draft", "Base"), tr("draft", "%n chars", n=len(snapshot.post.text)))
        return [base, *(_tab(view, language) for view in snapshot.views)]

    def _count(self, snapshot: Snapshot, view: AccountView | None) -> None:
        fields, count = self.editor.fields, view.counts.get("text") if view else None
        self.editor.text.set_over(count.over if count else None)
        fields.counter.show_length(len(view.content.text if view else snapshot.post.text), count)
        fields.replies.show_counts(view.replies if view else ())

    # writing ---------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        editor, fields = self.editor, self.editor.fields
        editor.title.textEdited.connect(lambda text: self._write("title", edits.plain(text)))
        editor.text.written.connect(lambda text: self._write("text", text))
        fields.linked.connect(lambda text: self._write("link", edits.plain(text)))
        fields.tagged.connect(lambda tags: self._write("tags", tags))
        fields.tool.connect(self._tool)
        for source in (editor.title, editor.text, fields):
            source.undone.connect(self.undo)
            source.redone.connect(self.redo)
        editor.text.left.connect(self._seal)
        editor.history.clicked.connect(self.undo)
        editor.tabs.chosen.connect(self.open_tab)
        editor.drift.reset.clicked.connect(self.reset)
        editor.drift.difference.clicked.connect(self.show_difference)
        editor.way.chosen.connect(lambda by_hand: self.go(self.tab, by_hand))
        editor.files.connect(self.add_files)
        editor.picture.connect(self._add_picture)
        editor.fixed.connect(self.fix)
        strip = fields.strip
        strip.moved.connect(self._move)
        strip.removed.connect(self._remove)
        strip.alt_wanted.connect(self.open_alt)
        strip.add_wanted.connect(self.pick_files)
        strip.paste_wanted.connect(self.paste)
        self.alt.written.connect(self._write_alt)
        self.alt.closed.connect(lambda _: strip.setFocus(Qt.FocusReason.OtherFocusReason))
        self._pane.intake.busy.connect(lambda n: fields.set_hint(tr("draft", "Adding…") if n else ""))

    def edit(self, name: object, change: Callable[[Post, Account | None], Post], merge: str = "") -> None:
        """One edit of the tab's version."""
        post, account = self.open, self.account
        if post is not None:
            post.edit(name, lambda p: change(p, account), merge)  # type: ignore[arg-type]

    def _write(self, field: str, value: object) -> None:
        names = {
            "title": N("draft", "Write title"), "text": N("draft", "Write"), "link": N("draft", "Write link"),
            "tags": N("draft", "Write tags"),
        }  # fmt: skip
        self.edit(names[field], lambda p, w: edits.set_field(p, w, field, value), f"{field}:{self.tab}")

    def _write_alt(self, number: int, text: str) -> None:
        if self.open and number < len(edits.value(self.open.post, self.account, "media")):
            change = lambda p, w: edits.set_alt(p, w, number, text)  # noqa: E731
            self.edit(N("draft", "Write alt text"), change, f"alt:{self.tab}:{number}")

    def _move(self, number: int, to: int) -> None:
        self.edit(N("draft", "Move picture"), lambda p, w: edits.move_media(p, w, number, to))

    def _remove(self, number: int) -> None:
        self.edit(N("draft", "Take picture out"), lambda p, w: edits.remove_media(p, w, number))

    def undo(self) -> None:
        """One step of the post's history back."""
        if self.open:
            self.open.undo()

    def redo(self) -> None:
        """And forward."""
        if self.open:
            self.open.redo()

    def _seal(self) -> None:
        if self.open:
            self.open.session.seal()

    def reset(self) -> None:
        """The account gets the base again."""
        if (account := self.account) is not None:
            self.edit(N("draft", "Reset to base"), lambda p, _: edits.reset(p, account))

    def show_difference(self) -> None:
        """The base and this version side by side."""
        from studio.ui.draft.difference import Difference

        post, account = self.open, self.account
        if post is None or account is None:
            return
        sheet = Difference(self._theme, post.post, account)
        sheet.kept.connect(lambda: self.edit(N("draft", "Keep this version"), lambda p, _: edits.keep_own(p, account)))
        sheet.taken.connect(self.reset)
        sheet.open_over(self._pane.window())

    # media -----------------------------------------------------------------------------------------------------

    def add_files(self, paths: list[Path]) -> None:
        """Takes files into the library and into this tab's version."""
        if self.open and not self.open.read_only:
            self._pane.intake.add_files(paths, self.open, self.account)

    def _add_picture(self, data: bytes) -> None:
        if self.open and not self.open.read_only:
            self._pane.intake.add_picture(data, self.open, self.account)

    def paste(self) -> None:
        """Files or a picture from the clipboard."""
        mime = QGuiApplication.clipboard().mimeData()
        if paths := local_files(mime):
            self.add_files(paths)
        elif mime.hasImage():
            self._add_picture(png_of(mime))

    def pick_files(self) -> None:
        """The system's file dialog."""
        dialog = QFileDialog(self._pane.window(), tr("draft", "Add pictures or video"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add_files([Path(name) for name in names]))
        dialog.open()

    def open_alt(self, number: int) -> None:
        """The alt text of one picture."""
        post = self.open
        if post is None or post.read_only:
            return
        media = edits.value(post.post, self.account, "media")
        strip = self.editor.fields.strip
        tile = strip.place_of(number)
        self.alt.open_at(number, media[number], QRect(strip.mapTo(self.editor, tile.topLeft()), tile.size()))

    def _tool(self, name: str) -> None:
        text = self.editor.text
        if name == "media":
            self.pick_files()
        else:
            mark = {"hash": "#", "at": "@"}[name]
            text.insert(mark if text.at_word_start() else f" {mark}")

    # notes -----------------------------------------------------------------------------------------------------

    def walk(self, by: int) -> None:
        """F8: to the next note, and to what it is about."""
        found = [r for r in self.editor.remarks() if r.note.severity != "info" or r.note.fixes]
        if found:
            self._walked = (self._walked + by) % len(found) if self._walked >= 0 else (0 if by > 0 else len(found) - 1)
            self.editor.point_at(found[self._walked])

    def fix(self, fix: str, remark: Remark) -> None:
        """Does what a note's link says."""
        what, _, rest = fix.partition(":")
        post = self.open
        if post is None:
            return
        if what == "alt":
            self.open_alt(int(rest))
        elif what == "tab":
            self.open_tab(rest)
            self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif what == "reply":
            self.editor.fields.replies.go_to(int(rest))
        elif what == "accounts":
            self._pane.accounts_asked.emit()
        else:
            self._fix_by_edit(what, rest, post)

    def _fix_by_edit(self, what: str, rest: str, post: OpenPost) -> None:
        if what == "add-link":
            self.edit(N("draft", "Add the link to the text"), edits.link_into_text)
        elif what == "remove":
            self._remove(int(rest))
        elif what == "cut":
            self._cut(rest, post)
        elif what == "first":
            owner, _, limit = rest.partition(":")
            account = next((a for a in post.accounts() if a.id == owner), None)
            post.edit(N("draft", "Send fewer pictures"), lambda p: edits.first_media(p, account, int(limit)))
        elif what in ("by-hand", "by-api"):
            self.go(rest, what == "by-hand")

    def go(self, owner: str, by_hand: bool) -> None:
        """This post goes to an account by the person's hand, or as the account does."""
        post = self.open
        account = next((a for a in post.accounts() if a.id == owner), None) if post else None
        if post is None or account is None:
            return
        mode = hand_mode(self._pane.desk.accounts.platform(account.platform)) if by_hand else account.mode
        if mode is not None:
            name = N("draft", "Go by hand") if by_hand else N("draft", "Go by the API")
            post.edit(name, lambda p: edits.set_mode(p, account, mode))

    def _cut(self, owner: str, post: OpenPost) -> None:
        view = self.snapshot.view(owner) if self.snapshot else None
        count = view.counts.get("text") if view else None
        if view is not None and count is not None and count.over is not None:
            kept = view.content.text[: count.over].rstrip()
            post.edit(N("draft", "Cut the text"), lambda p: edits.set_field(p, view.account, "text", kept))

    # state -----------------------------------------------------------------------------------------------------

    def _say_saved(self, saved: bool) -> None:
        post = self.open
        if post is None:
            return
        mark = self.editor.saved
        if post.read_only:
            mark.say("lock", "text-2", tr("draft", "Read only"))
        elif post.session.problem is not None:
            mark.say("circle-alert", "bad", tr("draft", "Not saved"))
        elif saved:
            mark.say("check", "text-3", tr("draft", "Saved"))
        else:
            mark.say("loader-circle", "text-3", tr("draft", "Saving…"))

    def _troubled(self, finding: Finding | None) -> None:
        self._say_saved(finding is None)
        self.editor.saved.setToolTip(say(finding, self._theme.language.code) if finding else "")
        self._pane.troubled.emit(finding)

    def _lock(self, locked: bool) -> None:
        editor = self.editor
        editor.title.setReadOnly(locked)
        editor.text.setReadOnly(locked)
        editor.fields.set_locked(locked)
        editor.history.setEnabled(not locked)
        why = self._pane.desk.why
        reason = say(why, self._theme.language.code) if locked and why else ""
        self._pane.bar.lock(reason)


def _kind(remark: Remark) -> tuple[str, str, int | None, tuple[str, ...]]:
    """What a note is about, without its figures."""
    return remark.code, remark.area, remark.number, tuple(text for _, text in remark.note.fixes)


def _tab(view: AccountView, language: str) -> TabText:
    info, count = view.info, view.counts.get("text")
    initial = info.initial.get(language) or info.initial.get("en", "?")
    if count is None:
        words, tone = tr("draft", "%n chars", n=len(view.content.text)), ""
    else:
        words = f"{count.count}/{count.limit}" if count.limit is not None else str(count.count)
        tone = "bad" if count.limit is not None and count.count > count.limit else ""
    name = info.name.say(language)
    mark = MODES[view.content.mode][0] if view.hand else ""
    return TabText(view.account.id, name, words, tone, initial, info.colour, view.differs, mark)


