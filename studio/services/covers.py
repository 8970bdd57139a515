"""What a platform's own buttons and words would cover of a post's video: its titles and captions, faces, the focal
point.

Looking takes seconds and is a job's; what was found is remembered by the film's own hash, so that asking is free.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from studio.core.covering import Box, Kind, Part, findings, frame_of, hidden, laid_over
from studio.core.errors import Cancelled, Problem
from studio.core.event import Event
from studio.core.finding import Finding
from studio.core.post import Content, Media
from studio.core.safezone import HEIGHT, WIDTH, SafeZone

if TYPE_CHECKING:
    from studio.core.card import Card, Surface
    from studio.core.task import Task
    from studio.core.timeline import Clip, Timeline
    from studio.services.desk import Desk

VERSION = 1  # of what is remembered
TOLD = 64  # answers remembered: they are asked for with every keystroke, of films with hundreds of captions
POINT = 0.08  # of the picture's sides: what must be free around a focal point


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in a film. words: None when no project is known that it was exported from."""

    faces: tuple[Part, ...]
    words: tuple[Part, ...] | None

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*(self.words or ()), *self.faces)


class Covers:
    """changed: emitted with the id of a film that was looked at (from the job's thread)."""

    def __init__(self, desk: Desk) -> None:
        self.changed: Event[[str]] = Event()
        self._desk, self._folder = desk, desk.workspace.cache / "covers"
        self._seen: dict[str, Seen] = {}
        self._told: dict[object, tuple[Finding, ...]] = {}
        self._tried: set[str] = set()  # films whose project was looked for

    def zone(self, platform: str, surface: str = "") -> SafeZone | None:
        """What covers a video on a surface that fills the screen; "": the platform's first such surface."""
        shown = next((one for one in _screens(platform) if surface in ("", one.id)), None)
        zones = _zones(platform)
        if shown is None or not zones:
            return None
        return next((zone for zone in zones if zone.surface.en == shown.label.get("en")), zones[0])

    def film(self, content: Content) -> tuple[int, Media] | None:
        """(its number in the post, the film) that fills the screen there; None without one."""
        if self.zone(content.platform) is None:
            return None
        films = ((n, media) for n, media in enumerate(content.media) if media.kind == "video")
        return next((one for one in films if _fills(content.platform, one[1])), None)

    def known(self, content: Content, card: Card | None = None) -> tuple[Finding, ...]:
        """What is covered, as far as the film was looked at; quick enough for every keystroke.

        card    of a surface that fills the screen: what it lays over the film counts, too
        """
        film, zone = self.film(content), self.zone(content.platform, card.surface if card is not None else "")
        if film is None or zone is None:
            return ()
        number, media = film
        seen = self._known(media.media)
        over = _over(card)
        key = (content.platform, number, media.media, media.focus, id(seen), zone.surface.en, over)
        if key not in self._told:
            self._told[key] = self._findings(content.platform, number, media, zone, card)
            while len(self._told) > TOLD:
                self._told.pop(next(iter(self._told)))
        return self._told[key]

    def _findings(
        self, platform: str, number: int, media: Media, zone: SafeZone, card: Card | None
    ) -> tuple[Finding, ...]:
        seen = self._known(media.media)
        parts = [*(seen.parts if seen is not None else ()), *_focus(media)]
        found = hidden(parts, media.width or WIDTH, media.height or HEIGHT, zone, card)
        return findings(found, platform, f"media[{number}]", f"{zone.source} ({zone.read})")

    def wanted(self, content: Content) -> bool:
        """Whether looking would tell more; quick as `known`."""
        film = self.film(content)
        if film is None or film[1].media in self._tried:
            return False
        seen = self._known(film[1].media)
        return seen is None or seen.words is None

    def exported(self, film: str) -> None:
        """That film was exported from a project just now: it is worth another look."""
        self._tried.discard(film)
        self.changed.emit(film)

    def look(self, content: Content, task: Task[Any] | None = None) -> tuple[Finding, ...]:
        """Looks at the film if that was not done, then as `known`. For a job; a film that cannot be read has nothing
        that could be covered. Cancelled."""
        film = self.film(content)
        if film is not None and self.wanted(content):
            self._look(film[1], task)
            self._tried.add(film[1].media)
            self.changed.emit(film[1].media)
        return self.known(content)

    # inside ----------------------------------------------------------------------------------------------------

    def _look(self, media: Media, task: Task[Any] | None) -> None:
        before = self._known(media.media)
        faces = before.faces if before is not None else self._faces(media, task)
        project = self._project(media)
        words = words_of(self._desk.videos.get(project)) if project else None
        seen = self._seen[media.media] = Seen(faces or (), words)
        self._told.clear()
        if faces is not None:
            _write(self._file(media.media), seen)

    def _faces(self, media: Media, task: Task[Any] | None) -> tuple[Part, ...] | None:
        """None when they could not be looked for: that is not remembered, for the file may come back."""
        try:
            from studio.media.faces import in_film

            found = in_film(self._desk.library.path(media.media), media.duration, task)
        except Cancelled:
            raise
        except (Problem, OSError, ImportError):  # its checks say what is wrong with a file; no cascades: no faces
            return None
        return tuple(Part("face", float(face.at), face.box) for face in found)

    def _project(self, media: Media) -> str:
        from studio.services.videos.attaching import project_of

        return project_of(self._desk, media.media)

    def _known(self, media: str) -> Seen | None:
        if media not in self._seen and (kept := _read(self._file(media))) is not None:
            self._seen[media] = kept
        return self._seen.get(media)

    def _file(self, media: str) -> Path:
        return self._folder / media[:2] / f"{media}.json"


def _screens(platform: str) -> list[Surface]:
    from studio import platforms

    return [surface for surface in platforms.get(platform).surfaces if surface.form == "screen"]


def _zones(platform: str) -> Sequence[SafeZone]:
    from studio import platforms

    return platforms.get(platform).zones


def _fills(platform: str, film: Media) -> bool:
    """Whether it is played on the whole screen: upright ones are, others where there is nothing else."""
    from studio import platforms

    return film.height >= film.width or platforms.get(platform).surfaces[0].form == "screen"


def _over(card: Card | None) -> object:
    """What of a card changes what is covered."""
    return None if card is None else (frame_of(card), tuple(laid_over(card)))


def _focus(media: Media) -> list[Part]:
    if media.focus is None:
        return []
    x, y = media.focus
    return [Part("focus", 0.0, (x - POINT / 2, y - POINT / 2, POINT, POINT))]


def words_of(timeline: Timeline) -> tuple[Part, ...]:
    """Titles and captions of a project where they lie at the middle of their time. Measures each: takes a moment."""
    return tuple(part for track, clip, begin in _lettered(timeline)
                 if (part := _part(timeline, clip, track, begin)) is not None)


def _lettered(timeline: Timeline) -> Iterator[tuple[Kind, Clip, float]]:
    for track in timeline.tracks:
        if track.role in ("titles", "captions") and not track.hidden:
            kind: Kind = "caption" if track.role == "captions" else "title"
            yield from ((kind, placed.clip, float(placed.begin)) for placed in track.placed)


def _part(timeline: Timeline, clip: Clip, kind: Kind, begin: float) -> Part | None:
    from studio.services.videos.lying import lies

    box = lies(timeline, clip, clip.duration / 2) if clip.kind == "title" and clip.title is not None else None
    if box is None or clip.title is None:
        return None
    x, y, w, h = box.bounds
    wide, high = timeline.width, timeline.height
    return Part(kind, begin, (x / wide, y / high, w / wide, h / high), clip.title.text)


def _write(file: Path, seen: Seen) -> None:
    """Only a cache: where it cannot be written it is looked at again another day."""
    from studio.media.whole import whole

    words = None if seen.words is None else _plain(seen.words)
    data = {"version": VERSION, "faces": _plain(seen.faces), "words": words}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole(file) as out:
            out.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except OSError:
        return


def _plain(parts: Sequence[Part]) -> list[list[Any]]:
    return [[part.kind, part.at, list(part.box), part.text] for part in parts]


def _read(file: Path) -> Seen | None:
    try:
        data = json.loads(file.read_bytes())
        if data["version"] != VERSION:
            return None
        return Seen(_parts(data["faces"]), None if data["words"] is None else _parts(data["words"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _parts(data: Sequence[Any]) -> tuple[Part, ...]:
    return tuple(Part(kind, float(at), cast(Box, tuple(map(float, box))), str(text)) for kind, at, box, text in data)
