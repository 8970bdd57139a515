"""Publishes into a folder: written whole or not at all, and read back from the written files.

<folder>/index.html            the timeline, newest first, rebuilt from the posts
<folder>/posts/<key>/          index.html, post.json and the media of one post
<folder>/posts/.<key>.part/    a post that is being staged
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import Later, NotThere, Refused
from studio.core.finding import blocking, error
from studio.core.ids import new_id
from studio.core.post import Content, Media
from studio.core.slot import iso
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.boxes import cover
from studio.platforms.practice import page, rules

SHOWN = 200  # newest posts on the timeline
PIECE = 1 << 20
FORGOTTEN = 30 * 86_400  # seconds
_SUFFIX = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "image/avif": ".avif",
    "video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov",
}


def sha256_of(path: Path) -> str:
    """Hex digest, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _synced(path: Path, data: bytes) -> None:
    """Writes a file that is on disk when this returns, whole or not at all."""
    part = path.with_name(f"{path.name}.{new_id()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> str:
    """Copies in pieces, synced; gives the SHA-256 of what was copied."""
    part, digest = target.with_name(f"{target.name}.{new_id()}.part"), hashlib.sha256()
    try:
        with source.open("rb") as read, part.open("wb") as write:
            while piece := read.read(PIECE):
                digest.update(piece)
                write.write(piece)
            write.flush()
            os.fsync(write.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest()


def _sync_folder(path: Path) -> None:
    """Makes a rename durable where the system allows it."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Shelf:
    """The folder with its posts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.posts = folder, folder / "posts"

    def part(self, key: str) -> Path:
        return self.posts / f".{key}.part"

    def place(self, key: str) -> Path:
        return self.posts / key

    def keys(self) -> list[str]:
        """Of whole posts, oldest first: keys sort by time."""
        if not self.posts.is_dir():
            return []
        return sorted(p.name for p in self.posts.iterdir() if not p.name.startswith(".") and (p / "post.json").exists())

    def sweep(self, now: datetime) -> None:
        """Removes what was staged a month ago and never became a post."""
        for part in self.posts.glob(".*.part") if self.posts.is_dir() else ():
            if now.timestamp() - part.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(part, ignore_errors=True)

    def rebuild(self) -> None:
        """Writes the timeline from the posts. A post that another process adds meanwhile is not lost:
        whoever writes last looks again."""
        written: list[str] | None = None
        while (keys := self.keys()) != written:
            shown = [self._post(key) for key in reversed(keys[-SHOWN:])]
            timeline = page.timeline(shown, max(0, len(keys) - SHOWN))
            _synced(self.folder / "index.html", timeline.encode("utf-8", "replace"))
            written = keys

    def _post(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.place(key) / "post.json").read_text("utf-8"))
        return found


class PracticePublisher(Publisher):
    """See `Publisher`. The key of the plan names the post's folder, so a repeat finds its own post."""

    idempotent = True

    def __init__(self, access: Access) -> None:
        self._access, self._shelf = access, Shelf(access.folder)

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Chooses the key and the time."""
        if bad := blocking(rules.check(content)):
            raise Refused(*bad)
        parent = self._access.reply_to["parent"]["key"] if self._access.reply_to else ""
        return {"key": new_id(), "at": iso(self._access.now()), "reply_to": parent}

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Copies one file beside the post that will be; its handle names the copy."""
        name = f"{number + 1}{_SUFFIX.get(upload.mime, '.bin')}"
        try:
            folder = self._shelf.part(plan["key"])
            folder.mkdir(parents=True, exist_ok=True)
            copied = _copy(upload.path, folder / name)
        except FileNotFoundError:
            raise Refused(error("media.missing", f"media[{number}]", name=upload.name, number=number + 1)) from None
        except OSError as fault:
            raise unwritable(fault) from fault
        if copied != upload.sha256:
            raise Refused(error("media.swapped", f"media[{number}]", name=upload.name, number=number + 1))
        return {"file": name, "sha256": copied, "bytes": upload.bytes}

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """Moves the whole post to its place in one step. Repeating it changes nothing."""
        if self.look(plan, handles) is None:
            try:
                self._write(_document(content, uploads, plan, handles))
            except OSError as fault:
                if self.look(plan, handles) is None:
                    raise unwritable(fault) from fault
        with suppress(OSError):  # the post is there; reading it back brings the timeline up to date, or says why not
            self._shelf.rebuild()
        return self._receipt(plan)

    def _write(self, post: Mapping[str, Any]) -> None:
        part = self._shelf.part(post["key"])
        part.mkdir(parents=True, exist_ok=True)
        _synced(part / "index.html", page.post_page(post).encode())
        _synced(part / "post.json", json.dumps(post, ensure_ascii=False, indent=1).encode())
        part.rename(self._shelf.place(post["key"]))
        _sync_folder(self._shelf.posts)

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """The post's receipt when its folder is in place."""
        return self._receipt(plan) if (self._shelf.place(plan["key"]) / "post.json").exists() else None

    def _receipt(self, plan: Json) -> Receipt:
        address = (self._shelf.place(plan["key"]) / "index.html").resolve().as_uri()
        return Receipt(address, {"key": plan["key"]})

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """Parses the written page and hashes the files it names."""
        place = self._shelf.place(plan["key"])
        try:
            found = page.read((place / "index.html").read_bytes().decode("utf-8"))
            self._shelf.rebuild()
        except FileNotFoundError:
            raise NotThere(error("publish.not_there", "account", key=plan["key"])) from None
        except OSError as fault:
            raise unwritable(fault) from fault
        lines = [
            Compared("title", content.title, found.title), Compared("text", content.text, found.text),
            Compared("link", content.link, found.link),
            *([Compared("reply", plan["reply_to"], found.reply)] if plan.get("reply_to") else []),
            Compared("tags", " ".join(page.clean_tags(content.tags)), " ".join(found.tags)),
            Compared("media", str(len(uploads)), str(len(found.media))), *_compared(place, uploads, found.media),
        ]
        return Proof(receipt.url, datetime.fromisoformat(plan["at"]), tuple(lines))


def _document(content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> dict[str, Any]:
    media = [
        {
            "file": h["file"], "kind": u.kind, "alt": u.alt, "width": u.width, "height": u.height,
            "sha256": u.sha256, "position": _position(m),
        }
        for m, u, h in zip(content.media, uploads, handles, strict=True)
    ]
    return {
        "key": plan["key"], "at": plan["at"], "title": content.title, "text": content.text, "link": content.link,
        "tags": page.clean_tags(content.tags), "language": content.language, "media": media,
        "reply_to": plan.get("reply_to", ""),
    }


def _position(media: Media) -> str:
    """CSS object-position that crops to a square as the preview does; "" for the middle."""
    if media.focus is None:
        return ""
    x, y, w, h = cover(media.width, media.height, 1, 1, media.focus)
    across, down = (100 * at / (1 - part) if part < 1 else 50 for at, part in ((x, w), (y, h)))
    return f"{across:.1f}% {down:.1f}%"


def _compared(place: Path, uploads: Sequence[Upload], found: Sequence[tuple[str, str]]) -> list[Compared]:
    lines = []
    for number, (upload, (name, alt)) in enumerate(zip(uploads, found, strict=False), start=1):
        path = place / name
        lines.append(Compared(f"media:{number}", upload.sha256, sha256_of(path) if path.is_file() else ""))
        lines.append(Compared(f"alt:{number}", upload.alt, alt))
    return lines


def unwritable(fault: OSError) -> Later:
    """A full disk, or a folder that cannot be written."""
    code = "workspace.full" if fault.errno in (errno.ENOSPC, errno.EDQUOT) else "workspace.read_only"
    return Later(error(code, "workspace"))
