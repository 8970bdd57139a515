"""Makes a post's files ready for a platform: converted, shrunk and cleaned as its rules ask, on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import Finding, error
from studio.core.post import Content, Media

if TYPE_CHECKING:
    from studio.media.fit import Limits
    from studio.platforms.base import Fact, ImageRule, Platform, Upload, Want
    from studio.services.fetching import Fetching
    from studio.store.workspace import Workspace

Report = Callable[[float], None]


def _number(fact: Fact | None) -> int | None:
    return None if fact is None else fact.value


def limits(rule: ImageRule) -> Limits:
    """A platform's rule as the media room understands it."""
    from studio.media.fit import Limits

    return Limits(
        formats=rule.formats, bytes=_number(rule.bytes), edge=_number(rule.edge),
        pixels=_number(rule.pixels), animated=rule.animated,
    )


def sha256_of(path: Path) -> str:
    """Hex digest, read in pieces."""
    import hashlib  # loads OpenSSL, which a start can do without

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Fitting:
    """The same original and rules always give the same bytes, so a repeat stages the same thing.

    fetching   for pictures outside; None: there are none
    """

    def __init__(self, workspace: Workspace, fetching: Fetching | None = None) -> None:
        self._workspace, self._fetching = workspace, fetching

    def ready(
        self, content: Content, platform: Platform, keep_metadata: bool, report: Report
    ) -> tuple[list[Upload], list[Finding]]:
        """Uploads in the order the platform wants, and what was changed on the way.

        Refused when a file is gone or swapped, or a picture outside cannot be had; Later when it cannot be had now.
        """
        uploads: list[Upload] = []
        changes: list[Finding] = []
        wanted = platform.wants(content)
        for number, want in enumerate(wanted):
            report(number / max(1, len(wanted)))
            upload, changed = self._one(want, keep_metadata)
            uploads.append(upload)
            changes += changed
        return uploads, changes

    def _one(self, want: Want, keep: bool) -> tuple[Upload, Sequence[Finding]]:
        if want.media is None:
            return self._from_outside(want)
        media = want.media
        if broken := self._workspace.files.verify(media.media):
            raise Refused(*(replace(f, values={**f.values, "name": media.name}) for f in broken))  # not its hash
        path = self._workspace.files.path(media.media)
        if media.kind == "image" and want.rule is not None:
            return self._image(want, media.name, media.alt, path, keep or media.keep_metadata)
        return self._clip(want, media, path, keep or media.keep_metadata)

    def _from_outside(self, want: Want) -> tuple[Upload, Sequence[Finding]]:
        assert self._fetching is not None
        name = want.url.partition("?")[0].rstrip("/").rpartition("/")[2][:80] or "picture"
        return self._image(want, name, "", self._fetching.get(want.url), False)

    def _image(
        self, want: Want, name: str, alt: str, path: Path, keep: bool
    ) -> tuple[Upload, Sequence[Finding]]:
        from studio.media.fit import fit
        from studio.media.probe import probe
        from studio.platforms.base import ImageRule, Upload

        out = self._workspace.cache / "ready"
        out.mkdir(parents=True, exist_ok=True)
        rule = want.rule
        assert isinstance(rule, ImageRule)
        fitted = fit(path, probe(path), limits(rule), out, name=name, keep_metadata=keep)
        return Upload(
            path=fitted.path, mime=fitted.mime, bytes=fitted.bytes, sha256=fitted.sha256, width=fitted.width,
            height=fitted.height, alt=alt, name=name, role=want.role,
        ), fitted.changes

    def _clip(self, want: Want, media: Media, path: Path, keep: bool) -> tuple[Upload, Sequence[Finding]]:
        from studio.media.fit import fit_clip
        from studio.media.probe import probe
        from studio.platforms.base import Upload

        known = probe(path)
        if known.kind != media.kind:
            raise Refused(error("media.swapped", "media", name=media.name))
        fitted = fit_clip(path, known, self._workspace.cache / "ready", name=media.name, keep_metadata=keep)
        return Upload(
            path=fitted.path, mime=fitted.mime, bytes=fitted.bytes, sha256=fitted.sha256, width=fitted.width,
            height=fitted.height, alt=media.alt, name=media.name, kind=known.kind,
            duration=None if known.duration is None else float(known.duration), role=want.role,
        ), fitted.changes
