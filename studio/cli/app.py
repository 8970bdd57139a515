"""What every command works with: the common options, the workspace, and the two ways to answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO, TypeVar

import click

from studio.core.errors import Refused
from studio.core.finding import Finding, error, to_json
from studio.core.words import Marked
from studio.services import words

if TYPE_CHECKING:
    from studio.core.card import Theme
    from studio.core.post import Account, Post
    from studio.core.task import Task
    from studio.services.desk import Desk

T = TypeVar("T")
OK, REFUSED, USAGE, UNCONFIRMED, CANCELLED = 0, 1, 2, 3, 130


class CardPainter(Protocol):
    """Paints one preview into a PNG at `out`.

    width   logical px, None: the surface's reference width; scale: device px per logical px
    more    "text", "unfolded" and "page" as `core.card.View` has them
    Gives {"file", "width", "height", "boxes": [{"kind", "x", "y", "w", "h", "text", "lines", "crop", "folded"}]}
    in logical px. NotFound when the platform has no such surface.
    """

    def __call__(
        self, desk: Desk, post: Post, account: Account, *, surface: str, theme: Theme, width: float | None,
        scale: float, language: str, out: Path, **more: Any,
    ) -> Any: ...


class App:
    """One run of one command. The workspace is opened when a command first asks for it."""

    def __init__(self, workspace: Path | None, as_json: bool, language: str, painter: CardPainter) -> None:
        self.as_json, self.language, self.painter = as_json, language, painter
        self._workspace, self._desk = workspace, None  # type: tuple[Path | None, Desk | None]

    @property
    def folder(self) -> Path:
        """The workspace's folder: the one named, else the platform's data folder."""
        if self._workspace is None:
            from studio.services.places import default_workspace

            self._workspace = default_workspace()
        return self._workspace

    def use_workspace(self, folder: Path) -> None:
        """Another default; a workspace named on the command line stays."""
        self._workspace = self._workspace or folder

    def make_folder(self, folder: Path) -> None:
        """Refused when it cannot be made."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            raise Refused(error("out.unwritable", "out", name=str(folder), reason=reason)) from fault

    @property
    def desk(self) -> Desk:
        """The open workspace. WorkspaceProblem when it cannot be opened."""
        if self._desk is None:
            from studio.services.desk import Desk

            self._desk = Desk.open(self.folder)
        return self._desk

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def t(self, text: str, /, **values: object) -> str:
        """A text of the commands in the person's language; `text` must be a literal (a test reads the source)."""
        return words.speak(Marked("cli", text, values), self.language)

    def say(self, line: str) -> None:
        """One line of the human answer, on standard output; nothing with --json."""
        if not self.as_json:
            write(sys.stdout, line)

    def tell(self, line: str) -> None:
        """One line of progress, on standard error."""
        write(sys.stderr, line)

    def answer(self, document: Any) -> None:
        """The one JSON document; nothing without --json."""
        if self.as_json:
            write(sys.stdout, as_text(document))

    def described(self, findings: Iterable[Finding]) -> list[dict[str, object]]:
        """Findings as JSON, each with its sentence in the person's language."""
        return [described(f, self.language) for f in findings]

    def remark(self, findings: Iterable[Finding]) -> None:
        """Findings for people: each one a line on standard error; with --json they are in the document."""
        if not self.as_json:
            self.tell_findings(findings)

    def tell_findings(self, findings: Iterable[Finding]) -> None:
        """Each a line on standard error, always."""
        for finding in findings:
            self.tell(self._line(finding.severity, words.say(finding, self.language)))

    def _line(self, severity: str, text: str) -> str:
        lines = {"error": self.t("Error: {text}", text=text), "warning": self.t("Note: {text}", text=text)}
        return lines.get(severity, text)

    def refuse(self, findings: Sequence[Finding], **also: object) -> None:
        """The whole answer of a command that was refused."""
        self.answer({**also, "findings": self.described(findings)})
        self.remark(findings)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns for people, wide characters counted as two."""
        from studio.cli.table import lines

        if not self.as_json:
            write(sys.stdout, "\n".join(lines(heads, rows)))

    def work(self, name: Marked, act: Callable[[Task[T]], T]) -> T:
        """Runs a long piece of work here, with its steps on standard error; Ctrl-C stops it at a safe point."""
        from studio.cli.working import work

        return work(name, act, lambda step: self.tell(words.speak(step, self.language)))


def described(finding: Finding, language: str) -> dict[str, object]:
    """{"code","severity","field","values","text","source"}."""
    plain = to_json(finding)
    return {**{k: plain[k] for k in ("code", "severity", "field", "values")},
            "text": words.say(finding, language), "source": plain["source"]}


def as_text(document: Any) -> str:
    """JSON, readable where the characters can be written at all (half a surrogate pair cannot).

    A list has one element a line: indenting would take the encoder's slow way, which ten thousand rows feel.
    """
    text = _encoded(document, False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _encoded(document, True)
    return text


def _encoded(document: Any, ascii_only: bool) -> str:
    if isinstance(document, list):
        rows = (json.dumps(one, ensure_ascii=ascii_only, default=_plain) for one in document)
        return "[\n" + ",\n".join(rows) + "\n]"
    return json.dumps(document, ensure_ascii=ascii_only, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def write(stream: TextIO | None, line: str) -> None:
    """One line, with a replacement for what the terminal cannot show. None: a program without a console."""
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


pass_app = click.make_pass_decorator(App)
