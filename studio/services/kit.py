"""A folder with everything a person needs to post by hand: numbered files, texts to copy, covers, and what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.handoff import HandOff
from studio.core.ids import new_id
from studio.core.post import Content, Media, link_of
from studio.core.words import N, tight
from studio.services.fitting import Fitting
from studio.services.words import speak

if TYPE_CHECKING:
    from studio.platforms.base import Platform, Upload
    from studio.store.workspace import Workspace

README = "README.txt"
_SUFFIX = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}


@dataclass(frozen=True, slots=True)
class Kit:
    """folder: where it is. media: what is dropped in, in order. others: texts, covers, README."""

    folder: Path
    media: tuple[Path, ...]
    others: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        return (*self.media, *self.others)


def numbered(folder: Path) -> tuple[Path, ...]:
    """The media of a kit that lies in `folder`, in order."""
    return tuple(sorted(path for path in folder.iterdir() if path.stem.isdigit()))


class Kits:
    """keep_metadata   whether a person wants places and serial numbers published"""

    def __init__(self, workspace: Workspace, fitting: Fitting, keep_metadata: bool, language: str) -> None:
        self._workspace, self._fitting, self._keep, self._language = workspace, fitting, keep_metadata, language

    def write(
        self, content: Content, platform: Platform, handoff: HandOff, out: Path,
        report: Callable[[float], None] = lambda part: None,
    ) -> Kit:
        """All of it or nothing. Refused: something else lies in `out`, a file of the post is gone."""
        out = out.absolute()
        if out.exists() and not _empty(out):
            raise _taken(out)
        name = f".{out.name}.{new_id()}.part"
        part = out / name if out.exists() else out.with_name(name)  # a folder that is there stays the one it is
        part.mkdir(parents=True)
        try:
            self._fill(part, content, platform, handoff, report)
            _settle(part, out)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        media = numbered(out)
        return Kit(out, media, tuple(sorted(p for p in out.iterdir() if p not in media)))

    def _fill(
        self, folder: Path, content: Content, platform: Platform, handoff: HandOff, report: Callable[[float], None]
    ) -> None:
        uploads, _ = self._fitting.ready(content, platform, self._keep, lambda part: report(part * 0.8))
        media = [upload for upload in uploads if upload.role != "cover"]
        digits = max(2, len(str(len(media))))  # so that every list of files has them in their order
        names = [f"{n:0{digits}}{_ending(upload)}" for n, upload in enumerate(media, 1)]
        for upload, name in zip(media, names, strict=True):
            shutil.copyfile(upload.path, folder / name)  # never a link: a person may edit what is theirs
        self._of_replies(folder, content, platform)
        self._covers(folder, content, platform)
        texts = [(f"{piece.name}.txt", piece.text) for piece in handoff.pieces]
        texts += [(f"{piece.name}.html", piece.html) for piece in handoff.pieces if piece.html]
        alts = [f"{name}\t{upload.alt}" for name, upload in zip(names, media, strict=True) if upload.alt]
        texts += [("alt.txt", "\n".join(alts))] if alts else []
        texts.append((README, self.instructions(content, platform, handoff, names)))
        for name, text in texts:
            (folder / name).write_text(f"{text}\n", encoding="utf-8", newline="\n")
        report(1.0)

    def _of_replies(self, folder: Path, content: Content, platform: Platform) -> None:
        """What the later parts of a thread bring along: "reply-1-01.jpg"."""
        for number in range(1, len(content.replies) + 1):
            uploads, _ = self._fitting.ready(link_of(content, number), platform, self._keep, lambda part: None)
            for n, upload in enumerate(uploads, 1):
                shutil.copyfile(upload.path, folder / f"reply-{number}-{n:02}{_ending(upload)}")

    # -- covers --------------------------------------------------------------------------------------------------

    def _covers(self, folder: Path, content: Content, platform: Platform) -> None:
        """In every size the platform's page asks for, from the first picture, or from a frame of the first film."""
        if not (platform.covers and content.media):
            return
        first = next((m for m in platform.wants(content) if m.role == "cover" and m.media is not None), None)
        media = first.media if first is not None and first.media is not None else content.media[0]
        if (source := self._still(media, folder)) is None:
            return
        from studio.media.crop import cover
        from studio.media.probe import probe

        for size in platform.covers:
            cover(source, probe(source), size.width, size.height, folder / f"{size.name}.jpg", media.focus)
        if source.parent == folder:
            source.unlink()

    def _still(self, media: Media, folder: Path) -> Path | None:
        path = self._workspace.files.path(media.media)
        if media.kind == "image":
            return path
        from studio.media.clips import poster

        picture = poster(path) if media.kind == "video" else None
        if picture is None:
            return None
        target = folder / "still.png"
        picture.convert("RGB").save(target)
        return target

    def instructions(self, content: Content, platform: Platform, handoff: HandOff, files: Sequence[str]) -> str:
        """What is to do, step by step, as the README has it."""
        return "\n".join(self._steps(content, platform, handoff, files))

    # -- what to do ----------------------------------------------------------------------------------------------

    def _steps(self, content: Content, platform: Platform, handoff: HandOff, files: Sequence[str]) -> Iterable[str]:
        name = platform.name.say(self._language)
        yield self._say("Posting to {platform} by hand", platform=name)
        yield ""
        for number, step in enumerate(self._each(handoff, files, name), 1):
            yield f"{number}. {step}"
        if content.media and any(media.alt for media in content.media):
            yield ""
            yield self._say("alt.txt has the description of each picture, for people who cannot see it.")

    def _each(self, handoff: HandOff, files: Sequence[str], name: str) -> Iterable[str]:
        yield self._say("Open {page} in your browser and sign in.", page=handoff.page)
        if handoff.draft:
            yield self._say("The draft lies there already: open it.")
        elif files and handoff.files:
            yield self._say("Put in the files in this order: {files}", files=", ".join(files))
        for piece in () if handoff.draft else handoff.pieces:
            yield self._say("Copy what is in {file} and paste it.", file=f"{piece.name}.txt")
        for tick in handoff.ticks:
            yield tick.say(self._language)
        yield self._say("Look it over and publish it on {platform}.", platform=name)
        yield self._say("Copy the link of your post and paste it in Yigao, so that it is kept as proof.")

    def _say(self, text: str, **values: object) -> str:
        return tight(speak(N("kit", text, **values), self._language))


def _ending(upload: Upload) -> str:
    return _SUFFIX.get(upload.mime) or upload.path.suffix or Path(upload.name).suffix


def _empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _taken(folder: Path) -> Refused:
    return Refused(error("kit.not_empty", "out", folder=str(folder)))


def _settle(part: Path, out: Path) -> None:
    """What was made ready in `part` is what lies in `out`. Refused: somebody else was quicker."""
    if part.parent == out:
        for path in part.iterdir():
            os.replace(path, out / path.name)
        return
    try:
        os.replace(part, out)
    except OSError:
        if not out.is_dir() or _empty(out):
            raise
        raise _taken(out) from None
