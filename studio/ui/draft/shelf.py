"""Posts as things: make, copy, delete and bring back, take in from files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from studio.core.errors import Problem
from studio.core.post import Post
from studio.ui.actions import fill
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.sheet import Confirm
from studio.ui.widgets.menu import menu

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane


class Shelf(QObject):
    """Every way a post comes or goes."""

    def __init__(self, pane: DraftPane) -> None:
        super().__init__(pane)
        self._pane, self._desk = pane, pane.desk
        pane.editor.more.clicked.connect(self.show_menu)
        first = pane.first
        first.wrote.connect(self.new)
        first.imported.connect(self.pick_import)
        first.connected.connect(pane.accounts_asked)
        first.sampled.connect(self.sample)
        first.dropped.connect(self.take_in)

    def new(self) -> None:
        """An empty post for the accounts of the last one, open and ready to type."""
        if self._desk.read_only:
            return
        chosen = self._pane.open.post.accounts if self._pane.open else self._only_accounts()
        self._made(lambda: self._desk.posts.create(accounts=chosen))

    def duplicate(self) -> None:
        """A copy of the open post."""
        post = self._pane.open
        if post is not None and not self._desk.read_only and post.session.flush():
            id = post.post.id
            self._made(lambda: self._desk.posts.duplicate(id))

    def delete(self) -> None:
        """Asks, then deletes; a toast brings it back."""
        post = self._pane.open
        if post is None or self._desk.read_only:
            return
        document = post.post
        heading = document.heading[:60] or tr("draft", "Untitled")
        Confirm(
            self._pane.theme, tr("draft", "Delete “{heading}”?", heading=heading),
            tr("draft", "The post goes and its schedules are cancelled. Its pictures stay in the library."),
            [("keep", tr("draft", "Keep it"), "secondary"), ("delete", tr("draft", "Delete"), "danger-filled")], "keep",
        ).ask(self._pane.window(), lambda answer: self._delete(document) if answer == "delete" else None)

    def sample(self, then: str = "open") -> None:
        """The sample post, in the language in use. then: "preview" shows its preview, "publish" goes to the button."""
        language = self._pane.theme.language.code

        def work(task: Any) -> Post:
            from studio.services.first import find_sample, open_sample

            return find_sample(self._desk) or open_sample(self._desk, language)

        def arrived(post: Post) -> None:
            self._arrived(post)
            pane = self._pane
            pane.preview.show()
            target = {"preview": pane.preview.scope, "publish": pane.bar.publish}.get(then, pane.editor.text)
            target.setFocus(Qt.FocusReason.OtherFocusReason)

        self._submit(work, arrived)

    def pick_import(self) -> None:
        """The system's file dialog for Markdown posts."""
        dialog = QFileDialog(self._pane.window(), tr("draft", "Import posts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("draft", "Posts (*.md *.markdown *.txt)"), tr("draft", "All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_in([Path(name) for name in names]))
        dialog.open()

    def take_in(self, paths: list[Path]) -> None:
        """Markdown files and folders become posts; pictures and clips become one new post."""
        if self._desk.read_only:
            return
        posts = [p for p in paths if p.is_dir() or p.suffix.lower() in (".md", ".markdown", ".txt")]
        media = [p for p in paths if p not in posts]
        for path in posts:
            self._import(path)
        if media:
            self.new()
            self._pane.writing.add_files(media)

    def show_menu(self) -> None:
        """What else can be done with the open post."""
        names = ("draft.media", "draft.accounts", "draft.preview", "draft.kit", "draft.duplicate", "draft.import",
                 "draft.delete")  # fmt: skip
        offered = {action.id: action for action in self._pane.commands()}
        entries = menu(self._pane)
        fill(entries, self._pane.theme, [offered[name] for name in names])
        button = self._pane.editor.more
        at = QPoint(button.width() - entries.sizeHint().width(), button.height() + 4)
        entries.popup(button.mapToGlobal(at))

    # inside ----------------------------------------------------------------------------------------------------

    def wanted(self, what: str) -> None:
        """What the list was asked for: "new", "duplicate" or "delete"."""
        {"new": self.new, "duplicate": self.duplicate, "delete": self.delete}[what]()

    def _only_accounts(self) -> tuple[str, ...]:
        """With one account (the practice account of a new workspace) there is nothing to choose."""
        accounts = self._desk.accounts.list()
        return (accounts[0].id,) if len(accounts) == 1 else ()

    def _made(self, make: Any) -> None:
        try:
            post: Post = make()
        except Problem as problem:
            self._pane.tell(list(findings_of(problem)))
            return
        self._pane.list.clear_filter()
        if self._pane.open_post(post.id):
            self._pane.list.reload(post.id)
            self._pane.editor.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self, document: Post) -> None:
        pane = self._pane
        pane.discard()
        try:
            self._desk.posts.delete(document.id)
        except Problem as problem:
            pane.tell(list(findings_of(problem)))
            pane.open_post(document.id)
            return
        pane.close_post()
        pane.list.reload()
        pane.toaster.show(tr("draft", "Post deleted"), lambda: self._bring_back(document))

    def _bring_back(self, document: Post) -> None:
        try:
            self._desk.posts.save(document)
        except Problem as problem:
            self._pane.tell(list(findings_of(problem)))
            return
        self._pane.open_post(document.id)
        self._pane.list.reload(document.id)

    def _import(self, path: Path) -> None:
        def work(task: Any) -> Any:
            from studio.services.markdown import import_post

            return import_post(self._desk, path)

        self._submit(work, self._imported)

    def _submit(self, work: Any, done: Any) -> None:
        self._pane.bridge.submit("store", N("draft", "Importing"), work, done=done, failed=self._refused, owner=self)

    def _imported(self, result: Any) -> None:
        self._pane.tell(list(result.findings))
        self._arrived(result.post)

    def _arrived(self, post: Post) -> None:
        if not post.accounts and (chosen := self._only_accounts()):
            post = replace(post, accounts=chosen)
            self._desk.posts.save(post)
        self._pane.open_post(post.id)
        self._pane.list.reload(post.id)

    def _refused(self, fault: BaseException) -> None:
        self._pane.tell(list(findings_of(fault)))
