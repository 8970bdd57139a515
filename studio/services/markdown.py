"""A post as text: Markdown with YAML front matter. Only text and structure; files are `exchange`'s business.

    ---
    title: Weekend picks
    tags: [周末, citywalk]
    media:
      - {file: cafe.jpg, alt: A cup on a sunny table}
    overrides:
      weibo: {text: "..."}
    options:
      mastodon: {visibility: unlisted}
    ---
    The base text.

The body is the base text with the blank lines around it taken off; a text that would not survive that stands
under `text:` in the front matter. Everything else that the front matter may hold: `link`, `language`, `accounts`, and
`replies`, what follows as a thread or first comment: `- {text: "...", media: [...], after: 10}` (minutes), or the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.errors import Refused
from studio.core.finding import Finding, error
from studio.services import frontmatter
from studio.services.frontmatter import Reader

if TYPE_CHECKING:
    from studio.core.post import Post
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.services.exchange import Imported

MOST = 16 << 20  # bytes of a whole file; a text of 1 MB with overrides is far below
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
SURROGATE = re.compile("[\ud800-\udfff]")
FIELDS = ("title", "text", "tags", "link", "media", "replies", "language", "overrides", "options", "accounts")
OVERRIDABLE = ("title", "text", "media", "link", "tags")


def import_post(desk: Desk, path: Path, task: Task[Any] | None = None) -> Imported:
    """A new post from a Markdown file, a folder or a `.yigao` package; see `exchange.Exchange.read`."""
    from studio.services.exchange import Exchange

    return Exchange(desk.posts, desk.library, desk.accounts).read(path, task)


def export_post(desk: Desk, post: Post, out: Path) -> list[Path]:
    """The post as files that `import_post` reads back; see `exchange.Exchange.write`."""
    from studio.services.exchange import Exchange

    return Exchange(desk.posts, desk.library, desk.accounts).write(post, out)


@dataclass(frozen=True, slots=True)
class Item:
    """One file as the text names it. file: a path relative to the text. name: "" when the file's own is meant."""

    file: str
    alt: str = ""
    name: str = ""
    focus: tuple[float, float] | None = None
    keep_metadata: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a platform or account has instead of the base; None: as the base. base: None: made from the text itself."""

    title: str | None = None
    text: str | None = None
    media: tuple[Item, ...] | None = None
    link: str | None = None
    tags: tuple[str, ...] | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One more link of a thread, or the first comment. after: minutes to wait after the link before it."""

    text: str = ""
    media: tuple[Item, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A post as text has it. media: None when the text does not speak of any."""

    title: str = ""
    text: str = ""
    media: tuple[Item, ...] | None = None
    link: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    overrides: Mapping[str, Change] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    replies: tuple[Part, ...] = ()


def items(sheet: Sheet) -> Iterable[Item]:
    """Every file it names, in the base, in overrides and in replies."""
    yield from sheet.media or ()
    for change in sheet.overrides.values():
        yield from change.media or ()
    for part in sheet.replies:
        yield from part.media


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark, any line ends. Refused with the line of the first wrong byte."""
    if len(data) > MOST:
        raise Refused(error("document.too_large", "document", megabytes=len(data) >> 20, limit=MOST >> 20))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(error("document.not_utf8", "document", line=data[: fault.start].count(b"\n") + 1)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str) -> tuple[Sheet, tuple[Finding, ...]]:
    """The sheet and remarks that do not stop it. Refused, with line and column, when it cannot be read."""
    if SURROGATE.search(text):
        raise Refused(error("document.broken_text", "text"))
    front, body = split(text)
    if front is None:
        return Sheet(text=trimmed(body)), ()
    reader = Reader(frontmatter.load(front, first_line=2))
    sheet = _sheet(reader, trimmed(body))
    reader.finish()
    return sheet, tuple(reader.remarks)


def split(text: str) -> tuple[str | None, str]:
    """Front matter and body; None without front matter. Refused when it is never closed."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return None, text
    for number, line in enumerate(lines[1:], 1):
        if _END.fullmatch(line):
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :])
    raise Refused(error("document.not_closed", "document"))


def trimmed(body: str) -> str:
    """Without blank lines before, and without white space after."""
    lines = body.rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def _sheet(reader: Reader, body: str) -> Sheet:
    top = reader.top(FIELDS)
    text = reader.text(top.get("text"), "text")
    if text is not None and body:
        raise Refused(reader.finding("document.text_twice", "text", top["text"]))
    return Sheet(
        title=reader.text(top.get("title"), "title") or "", text=body if text is None else text,
        media=_items(reader, top.get("media")), link=reader.text(top.get("link"), "link") or "",
        tags=reader.words(top.get("tags"), "tags") or (), language=reader.text(top.get("language"), "language") or "",
        overrides={k: _change(reader, k, v) for k, v in reader.pairs(top.get("overrides"), "overrides").items()},
        options={k: reader.data(v, f"options.{k}") for k, v in reader.pairs(top.get("options"), "options").items()},
        accounts=reader.words(top.get("accounts"), "accounts") or (), replies=_parts(reader, top.get("replies")),
    )


def _parts(reader: Reader, node: Any) -> tuple[Part, ...]:
    nodes = reader.sequence(node, "replies") or ()
    return tuple(_part(reader, n, f"replies[{i}]") for i, n in enumerate(nodes))


def _part(reader: Reader, node: Any, place: str) -> Part:
    """{text: ..., media: [...], after: minutes}, or the bare text."""
    if reader.is_scalar(node):
        return Part(reader.text(node, place) or "")
    given = reader.fields(node, place, ("text", "media", "after"))
    media = _items(reader, given.get("media"), f"{place}.media") or ()
    return Part(reader.text(given.get("text"), f"{place}.text") or "", media,
                reader.count(given.get("after"), f"{place}.after"))


def _change(reader: Reader, key: str, node: Any) -> Change:
    place = f"overrides.{key}"
    given = reader.fields(node, place, (*OVERRIDABLE, "base"))
    title, text, link, base = (reader.text(given.get(k), f"{place}.{k}") for k in ("title", "text", "link", "base"))
    tags, media = reader.words(given.get("tags"), f"{place}.tags"), _items(reader, given.get("media"), f"{place}.media")
    return Change(title, text, media, link, tags, base)


def _items(reader: Reader, node: Any, place: str = "media") -> tuple[Item, ...] | None:
    nodes = reader.sequence(node, place)
    return None if nodes is None else tuple(_item(reader, n, f"{place}[{i}]") for i, n in enumerate(nodes))


def _item(reader: Reader, node: Any, place: str) -> Item:
    """{file: ..., alt: ...}, or the bare name."""
    line = reader.line(node)
    if reader.is_scalar(node):
        return Item(reader.text(node, place) or "", line=line)
    given = reader.fields(node, place, ("file", "alt", "name", "focus", "keep_metadata"))
    file, alt, name = (reader.text(given.get(k), f"{place}.{k}") or "" for k in ("file", "alt", "name"))
    if not file:
        raise Refused(reader.finding("document.no_file_name", place, node))
    focus = reader.point(given.get("focus"), f"{place}.focus")
    return Item(file, alt, name, focus, reader.flag(given.get("keep_metadata"), place), line)


def compose(sheet: Sheet) -> str:
    """The text that `parse` reads back as an equal sheet. Refused: half characters, which no file can hold."""
    in_body = bool(sheet.text) and sheet.text == trimmed(sheet.text) and "\r" not in sheet.text
    front: dict[str, Any] = {"title": sheet.title}
    if sheet.text and not in_body:
        front["text"] = sheet.text
    front |= {"tags": list(sheet.tags), "link": sheet.link, "language": sheet.language}
    front["media"] = [_plain_item(i) for i in sheet.media or ()]
    front["replies"] = [_plain_part(p) for p in sheet.replies]
    front["overrides"] = {k: _plain_change(c) for k, c in sheet.overrides.items()}
    front |= {"options": {k: dict(o) for k, o in sheet.options.items()}, "accounts": list(sheet.accounts)}
    kept = {k: v for k, v in front.items() if v not in ("", [], {})}
    text = f"---\n{frontmatter.dump(kept)}---\n{sheet.text if in_body else ''}"
    if SURROGATE.search(text):
        raise Refused(error("document.broken_text", "text"))
    return text if text.endswith("\n") else text + "\n"


def _plain_item(item: Item) -> dict[str, Any]:
    plain: dict[str, Any] = {"file": item.file, "alt": item.alt}
    if item.name:
        plain["name"] = item.name
    if item.focus is not None:
        plain["focus"] = list(item.focus)
    if item.keep_metadata:
        plain["keep_metadata"] = True
    return plain


def _plain_part(part: Part) -> dict[str, Any]:
    plain: dict[str, Any] = {"text": part.text}
    if part.media:
        plain["media"] = [_plain_item(i) for i in part.media]
    if part.after:
        plain["after"] = part.after
    return plain


def _plain_change(change: Change) -> dict[str, Any]:
    plain = {name: getattr(change, name) for name in (*OVERRIDABLE, "base") if getattr(change, name) is not None}
    if change.media is not None:
        plain["media"] = [_plain_item(i) for i in change.media]
    if change.tags is not None:
        plain["tags"] = list(change.tags)
    return plain
