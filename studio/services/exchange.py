"""Posts in and out as files: a Markdown text, a folder, or a `.yigao` package. All of a post comes in, or nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from studio.core.errors import Refused
from studio.core.finding import Finding, error, warning
from studio.core.post import FIELDS, Media, Override, Post, Reply, all_media, fingerprint
from studio.services import markdown
from studio.services.markdown import Change, Item, Part, Sheet

if TYPE_CHECKING:
    from studio.core.asset import Asset
    from studio.core.task import Task
    from studio.services.accounts import Accounts
    from studio.services.library import Added, Library
    from studio.services.posts import Posts

TEXTS = (".md", ".markdown", ".txt")
PACKAGE = ".yigao"
PROJECT = ".json"  # of a video
# Endings that a folder's files are taken in by; what they are is decided by their bytes.
MEDIA = frozenset(
    ".jpg .jpeg .jpe .jfif .png .gif .webp .avif .heic .heif .tif .tiff .bmp .mp4 .m4v .mov .webm .mkv .avi .mpg .mpeg "
    ".mp3 .m4a .aac .wav .flac .ogg .opus".split()
)
Place = Mapping[str, Path]  # a name in the text -> the file it means


@dataclass(frozen=True, slots=True)
class Imported:
    """The new post, and remarks that did not stop it."""

    post: Post
    findings: tuple[Finding, ...]


class Exchange:
    """Built by whoever needs it from a desk's parts."""

    def __init__(self, posts: Posts, library: Library, accounts: Accounts) -> None:
        self._posts, self._library, self._accounts = posts, library, accounts

    def read(self, path: Path, task: Task[Any] | None = None) -> Imported:
        """A new post from a Markdown file, a folder or a package.

        Refused with every finding there is: then no post was made, and no file stays that was not here before.
        Cancelled likewise.
        """
        if path.is_dir():
            return self._folder(path, task)
        if not path.is_file():
            raise Refused(error("document.no_file", "document", name=path.name))
        if path.suffix.lower() == PACKAGE:
            from studio.services.packages import unpacked

            with unpacked(path) as (post, files):
                return self._package(post, files, task)
        sheet, remarks = _sheet_of(path)
        return self._make(sheet, path.parent, remarks, task)

    def _folder(self, folder: Path, task: Task[Any] | None) -> Imported:
        texts, files = _contents(folder)
        if len(texts) > 1:
            raise Refused(error("document.several_texts", "document", names=", ".join(p.name for p in texts[:5])))
        if not texts and not files:
            raise Refused(error("document.nothing", "document", name=folder.name))
        sheet, remarks = _sheet_of(texts[0]) if texts else (Sheet(), ())
        if sheet.media is None:
            follow = {item.file for part in sheet.replies for item in part.media}
            sheet = replace(sheet, media=tuple(Item(p.name) for p in files if p.name not in follow))
        return self._make(sheet, folder, remarks, task)

    def _make(self, sheet: Sheet, folder: Path, remarks: Sequence[Finding], task: Task[Any] | None) -> Imported:
        places = find(markdown.items(sheet), folder)
        assets, seen = self._take(list(dict.fromkeys(places.values())), task)
        known = {a.id for a in self._accounts.list()}
        unknown = tuple(warning("document.unknown_account", "accounts", id=a[:80]) for a in sheet.accounts
                        if a not in known)
        post = post_of(sheet, lambda item: _media(item, assets[places[item.file]]))
        post = replace(post, accounts=tuple(a for a in sheet.accounts if a in known))
        self._posts.save(post)
        return Imported(post, (*remarks, *seen, *unknown))

    def _package(self, post: Post, files: Mapping[str, Path], task: Task[Any] | None) -> Imported:
        assets, seen = self._take(list(files.values()), task)
        known = {a.id for a in self._accounts.list()}
        fresh = Post()

        def here(media: Media) -> Media:
            real = assets[files[media.media]].as_media()
            return replace(real, name=media.name, alt=media.alt, focus=media.focus, keep_metadata=media.keep_metadata)

        made = replace(
            with_media(post, here), id=fresh.id, created=fresh.created, updated=fresh.updated,
            accounts=tuple(a for a in post.accounts if a in known),
        )
        self._posts.save(made)
        return Imported(made, seen)

    def _take(self, paths: list[Path], task: Task[Any] | None) -> tuple[dict[Path, Asset], tuple[Finding, ...]]:
        """All files into the library, or none that was not there before."""
        added: list[Added] = []
        try:
            for path in paths:  # one by one: what came in is known even when the next one is cancelled
                if task is not None:
                    task.check()
                added += self._add(path, task)
            if any(one.asset is None for one in added):
                raise Refused(*(f for one in added if one.asset is None for f in one.findings))
        except BaseException:
            self._forget(added)
            raise
        return {one.path: one.asset for one in added if one.asset}, tuple(f for one in added for f in one.findings)

    def _add(self, path: Path, task: Task[Any] | None) -> list[Added]:
        """One file into the library; a video project is exported first, and the film comes in."""
        if path.suffix.lower() != PROJECT:
            return self._library.add([path])
        from tempfile import TemporaryDirectory

        from studio.services.library import Added
        from studio.services.videos.rendering import render_file

        with TemporaryDirectory(prefix="yigao-") as work:
            film = Path(work) / f"{path.stem}.mp4"
            try:
                render_file(path, film, task=task)
            except Refused as refused:
                return [Added(path, None, refused.findings)]
            return [replace(one, path=path) for one in self._library.add([film])]

    def _forget(self, added: Iterable[Added]) -> None:
        for one in added:
            if one.new and one.asset is not None and not self._library.used_in(one.asset.id):
                self._library.remove(one.asset.id)

    def write(self, post: Post, out: Path) -> list[Path]:
        """The post as files: `out` ending in .md or .yigao is that file, anything else a folder.

        Gives what was written, the text first. Refused: a library file is gone, or `out` is taken by something else.
        """
        missing = [m for m in every_media(post) if not self._there(m)]
        if missing:
            raise Refused(*(error("media.missing", "media", name=m.name or m.media[:12]) for m in missing))
        if out.suffix.lower() == PACKAGE:
            from studio.services.packages import pack

            return [pack(post, {m.media: self._library.path(m.media) for m in every_media(post)}, out)]
        return self._write_text(post, *_target(out))

    def _there(self, media: Media) -> bool:
        try:
            return self._library.path(media.media).is_file()
        except Refused:
            return False

    def _write_text(self, post: Post, folder: Path, text: Path) -> list[Path]:
        names = file_names(every_media(post), taken=text.name)
        sheet = sheet_of(post, lambda m: self._item(m, names[m.media]))
        data = markdown.compose(sheet).encode()
        folder.mkdir(parents=True, exist_ok=True)
        copies = [(self._library.path(id), folder / name) for id, name in names.items()]
        _refuse_taken(copies)
        for source, target in copies:
            whole(target, partial(shutil.copyfile, source))
        whole(text, lambda part: part.write_bytes(data))
        return [text, *(target for _, target in copies)]

    def _item(self, media: Media, file: str) -> Item:
        """The name is written only where reading the file would give another one."""
        told = "" if media.name == file == self._library.get(media.media).name else media.name
        return Item(file, media.alt, told, media.focus, media.keep_metadata)


def _sheet_of(path: Path) -> tuple[Sheet, tuple[Finding, ...]]:
    try:
        with path.open("rb") as file:
            data = file.read(markdown.MOST + 1)
    except PermissionError:
        raise Refused(error("media.no_permission", "document", name=path.name)) from None
    return markdown.parse(markdown.decode(data))


def _contents(folder: Path) -> tuple[list[Path], list[Path]]:
    """The texts and the media files right in the folder, 2.jpg before 10.jpg; hidden files are left out."""
    try:
        inside = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))]
    except PermissionError:
        raise Refused(error("media.no_permission", "document", name=folder.name)) from None
    ordered = sorted(inside, key=lambda p: natural(p.name))
    return ([p for p in ordered if p.suffix.lower() in TEXTS[:2]], [p for p in ordered if p.suffix.lower() in MEDIA])


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in names as numbers."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(int(p), "") if p.isdigit() and p.isascii() else (-1, p) for p in parts]


def find(items: Iterable[Item], folder: Path) -> dict[str, Path]:
    """The file of each item. Refused with all of them that are missing or outside the folder."""
    root = folder.resolve()
    found, wrong = dict[str, Path](), list[Finding]()
    for number, item in enumerate(items):
        if item.file in found:
            continue
        place = f"media[{number}]"
        try:
            found[item.file] = _inside(item.file, root, place)
        except Refused as refused:
            wrong += refused.findings
    if wrong:
        raise Refused(*wrong)
    return found


def _inside(name: str, root: Path, place: str) -> Path:
    """Below `root` after every link was followed; whether a file outside exists is not told."""
    try:
        path = (root / name).resolve()
        outside = PurePath(name).is_absolute() or not path.is_relative_to(root)
        there = not outside and path.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, with a NUL, or links in a circle
        outside = there = False
    if outside:
        raise Refused(error("media.outside", place, name=name[:200]))
    if not there:
        raise Refused(error("media.no_file", place, name=name[:200]))
    return path


def _media(item: Item, asset: Asset) -> Media:
    plain = asset.as_media()
    return replace(plain, name=item.name or plain.name, alt=item.alt, focus=item.focus,
                   keep_metadata=item.keep_metadata)


def post_of(sheet: Sheet, media: Callable[[Item], Media]) -> Post:
    """A new post with the sheet's contents."""
    base = Post(
        title=sheet.title, text=sheet.text, media=tuple(media(i) for i in sheet.media or ()), link=sheet.link,
        tags=sheet.tags, language=sheet.language, options=sheet.options,
        replies=tuple(Reply(p.text, tuple(media(i) for i in p.media), p.after) for p in sheet.replies),
    )
    made = {key: _override(base, change, media) for key, change in sheet.overrides.items()}
    return replace(base, overrides={k: o for k, o in made.items() if any(getattr(o, f) is not None for f in FIELDS)})


def _override(base: Post, change: Change, media: Callable[[Item], Media]) -> Override:
    files = None if change.media is None else tuple(media(i) for i in change.media)
    plain = Override(change.title, change.text, files, change.link, change.tags)
    return replace(plain, base=fingerprint(base, plain) if change.base is None else change.base)


def sheet_of(post: Post, item: Callable[[Media], Item]) -> Sheet:
    """The post as text; `item` names each file."""

    def change(override: Override) -> Change:
        files = None if override.media is None else tuple(item(m) for m in override.media)
        base = None if override.base == fingerprint(post, override) else override.base
        return Change(override.title, override.text, files, override.link, override.tags, base)

    return Sheet(
        post.title, post.text, tuple(item(m) for m in post.media), post.link, post.tags, post.language,
        {k: change(o) for k, o in post.overrides.items()}, {k: dict(o) for k, o in post.options.items()}, post.accounts,
        tuple(Part(r.text, tuple(item(m) for m in r.media), r.after) for r in post.replies),
    )


def every_media(post: Post) -> list[Media]:
    """Each file once, those of the base first."""
    files: dict[str, Media] = {}
    for media in all_media(post):
        files.setdefault(media.media, media)
    return list(files.values())


def with_media(post: Post, change: Callable[[Media], Media]) -> Post:
    """The post with each of its files changed, in the base, overrides and replies; fingerprints follow."""
    replies = tuple(replace(r, media=tuple(change(m) for m in r.media)) for r in post.replies)
    base = replace(post, media=tuple(change(m) for m in post.media), replies=replies)

    def moved(override: Override) -> Override:
        files = None if override.media is None else tuple(change(m) for m in override.media)
        new = replace(override, media=files)
        fresh = override.base == fingerprint(post, override)
        return replace(new, base=fingerprint(base, new)) if fresh else new

    return replace(base, overrides={k: moved(o) for k, o in post.overrides.items()})


def file_names(files: Iterable[Media], taken: str = "") -> dict[str, str]:
    """A name for each file that is safe on every system and not used twice."""
    names: dict[str, str] = {}
    used = {taken.casefold()}
    for media in files:
        plain = safe_name(media.name or media.media[:12])
        stem, suffix = PurePath(plain).stem, PurePath(plain).suffix
        choices = (plain, *(f"{stem}-{n}{suffix}" for n in range(2, 10_000)))
        names[media.media] = next(c for c in choices if c.casefold() not in used)
        used.add(names[media.media].casefold())
    return names


def safe_name(name: str) -> str:
    """Without what any system forbids in a file's name; at most 100 characters, the ending kept."""
    clean = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]', "_", name).strip(" .") or "file"
    stem, suffix = PurePath(clean).stem, PurePath(clean).suffix[:12]
    reserved = re.fullmatch(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]", stem.split(".")[0])
    return ("_" if reserved else "") + stem[: 100 - len(suffix)] + suffix


def _target(out: Path) -> tuple[Path, Path]:
    """The folder, and the text's own path."""
    if out.suffix.lower() in TEXTS:
        return out.parent, out
    if out.exists() and not out.is_dir():
        raise Refused(error("document.taken", "out", name=out.name))
    return out, out / "post.md"


def _refuse_taken(copies: Iterable[tuple[Path, Path]]) -> None:
    """Another file of that name is never written over."""
    from studio.services.fitting import sha256_of

    for source, target in copies:
        if target.exists() and (not target.is_file() or sha256_of(source) != sha256_of(target)):
            raise Refused(error("document.taken", "out", name=target.name))


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Written beside and then put in place, so that it is there whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        write(part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
