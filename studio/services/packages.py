"""`.yigao`: one post and its files in one zip.

    post.json        {"kind": "package", "schema": 1, "post": {...}, "files": {<id>: "media/cafe.jpg"}}
    media/cafe.jpg   the originals, named by post.json and by nothing else
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zlib import error as ZlibError

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Post
from studio.core.schema import post_from_json, post_to_json

HEAD = "post.json"
SCHEMA = 1
HEAD_MOST = 16 << 20  # bytes of post.json
FILES_MOST = 200
BYTES_MOST = 8 << 30  # of all files unpacked
_PIECE = 1 << 20
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME = re.compile(r"media/[^/\\:\x00-\x1f]{1,150}")


def pack(post: Post, files: Mapping[str, Path], out: Path) -> Path:
    """Writes the package, whole or not at all; replaces one of that name. `files`: id -> original."""
    from studio.services.exchange import every_media, file_names, whole

    names = {id: f"media/{name}" for id, name in file_names(every_media(post)).items()}
    head = {"kind": "package", "schema": SCHEMA, "post": post_to_json(post),
            "files": names}

    def write(part: Path) -> None:
        with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED) as archive:
            archive.writestr(HEAD, json.dumps(head, ensure_ascii=True, indent=1), zipfile.ZIP_DEFLATED)
            for id, name in names.items():
                archive.write(files[id], name)

    out.parent.mkdir(parents=True, exist_ok=True)
    whole(out, write)
    return out


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[Post, dict[str, Path]]]:
    """The post and its files (id -> path) in a folder that is gone afterwards.

    Refused: package.unreadable, package.unsafe (a name that leads out), package.too_large, document.newer.
    Every file is checked against its hash.
    """
    with TemporaryDirectory(prefix="yigao-") as work:
        try:
            with zipfile.ZipFile(file) as archive:
                read = _read(archive, Path(work), file.name)
        except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, UnicodeError) as fault:
            raise _unreadable(file.name) from fault
        yield read


def _unreadable(name: str) -> Refused:
    return Refused(error("package.unreadable", "document", name=name))


def _read(archive: zipfile.ZipFile, work: Path, name: str) -> tuple[Post, dict[str, Path]]:
    entries = {e.filename: e for e in archive.infolist()}
    _check_entries(archive, name)
    head = _head(archive, entries, name)
    post, wanted = _post(head, name), _files(head, name)
    if any(path not in entries for path in wanted.values()) or not _names_all(post, wanted):
        raise _unreadable(name)
    return post, {id: _extract(archive, entries[path], id, work, name) for id, path in wanted.items()}


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    for entry in entries:
        inner = entry.filename
        if inner != HEAD and inner != "media/" and (not _NAME.fullmatch(inner) or inner.endswith(("/..", "/."))):
            raise Refused(error("package.unsafe", "document", name=name, inner=inner[:100]))
    if len(entries) > FILES_MOST or sum(e.file_size for e in entries) > BYTES_MOST:
        raise Refused(error("package.too_large", "document", name=name, limit=FILES_MOST))
    if len({e.filename for e in entries}) != len(entries):
        raise _unreadable(name)


def _head(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], name: str) -> dict[str, Any]:
    if HEAD not in entries or entries[HEAD].file_size > HEAD_MOST:
        raise _unreadable(name)
    try:
        with archive.open(HEAD) as file:
            head = json.loads(file.read(HEAD_MOST + 1))
    except (ValueError, RecursionError):
        raise _unreadable(name) from None
    if not isinstance(head, dict) or head.get("kind") != "package" or not isinstance(head.get("schema"), int):
        raise _unreadable(name)
    if head["schema"] > SCHEMA:
        raise Refused(error("document.newer", "document", kind="package", number=head["schema"], known=SCHEMA))
    return head


def _post(head: Mapping[str, Any], name: str) -> Post:
    """The post when all of it is what it should be; a stranger's file may hold anything."""
    try:
        post = post_from_json(head["post"])
        again = post_from_json(json.loads(json.dumps(post_to_json(post))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise _unreadable(name) from None
    if again != post or not _texts(post):
        raise _unreadable(name)
    return post


def _texts(post: Post) -> bool:
    words: list[Any] = [post.title, post.text, post.link, post.language, *post.tags, *post.accounts]
    media = list(post.media)
    for key, override in post.overrides.items():
        changed = (override.title, override.text, override.link)
        words += [key, override.base, *(c for c in changed if c is not None), *(override.tags or ())]
        media += override.media or ()
    for reply in post.replies:
        words.append(reply.text)
        media += reply.media
    for m in media:
        words += [m.media, m.name, m.alt]
    flags = all(isinstance(m.keep_metadata, bool) for m in media)
    flags = flags and all(type(reply.after) is int and reply.after >= 0 for reply in post.replies)
    return flags and all(isinstance(word, str) for word in words)


def _files(head: Mapping[str, Any], name: str) -> dict[str, str]:
    files = head.get("files")
    if not isinstance(files, dict):
        raise _unreadable(name)
    for id, path in files.items():
        if not _ID.fullmatch(id) or not isinstance(path, str):
            raise _unreadable(name)
    return files


def _names_all(post: Post, wanted: Mapping[str, str]) -> bool:
    from studio.services.exchange import every_media

    return all(m.media in wanted for m in every_media(post))


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, id: str, work: Path, name: str) -> Path:
    """Into a folder of its own under its own name; never more bytes than it says it has."""
    place = work / id
    place.mkdir()
    path = place / Path(entry.filename).name
    hashing = hashlib.sha256()
    with archive.open(entry) as source, path.open("xb") as target:
        _copy(source, target, entry.file_size, hashing, name)
    if hashing.hexdigest() != id:
        raise _unreadable(name)
    return path


def _copy(source: IO[bytes], target: IO[bytes], most: int, hashing: Any, name: str) -> None:
    while piece := source.read(_PIECE):
        most -= len(piece)
        if most < 0:
            raise _unreadable(name)
        hashing.update(piece)
        target.write(piece)


