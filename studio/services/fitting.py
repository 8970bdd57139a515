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
    from studio.platforms.base import Fact, ImageRule, Platform, Upload
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
    """The same original and rules always give the same bytes, so a repeat stages the same thing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def ready(
        self, content: Content, platform: Platform, keep_metadata: bool, report: Report
    ) -> tuple[list[Upload], list[Finding]]:
        """Uploads in the post's order, and what was changed on the way. Refused when a file is gone or swapped."""
        uploads: list[Upload] = []
        changes: list[Finding] = []
        rule = platform.image_rule(content.identity)
        for number, media in enumerate(content.media):
            report(number / max(1, len(content.media)))
            upload, changed = self._one(media, rule, keep_metadata)
            uploads.append(upload)
            changes += changed
        return uploads, changes

    def _one(self, media: Media, rule: ImageRule | None, keep: bool) -> tuple[Upload, Sequence[Finding]]:
        if broken := self._workspace.files.verify(media.media):
            raise Refused(*(replace(f, values={**f.values, "name": media.name}) for f in broken))  # not its hash
        path = self._workspace.files.path(media.media)
        if media.kind == "image" and rule is not None:
            return self._image(media, path, rule, keep or media.keep_metadata)
        return self._clip(media, path, keep or media.keep_metadata)

    def _image(self, media: Media, path: Path, rule: ImageRule, keep: bool) -> tuple[Upload, Sequence[Finding]]:
        from studio.media.fit import fit
        from studio.media.probe import probe
        from studio.platforms.base import Upload

        out = self._workspace.cache / "ready"
        out.mkdir(parents=True, exist_ok=True)
        fitted = fit(path, probe(path), limits(rule), out, name=media.name, keep_metadata=keep)
        return Upload(
            path=fitted.path, mime=fitted.mime, bytes=fitted.bytes, sha256=fitted.sha256, width=fitted.width,
            height=fitted.height, alt=media.alt, name=media.name,
        ), fitted.changes

    def _clip(self, media: Media, path: Path, keep: bool) -> tuple[Upload, Sequence[Finding]]:
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
            duration=None if known.duration is None else float(known.duration),
        ), fitted.changes
