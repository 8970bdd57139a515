"""Films of the library played where they are looked at: silent, without a project."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from studio.core.errors import NotFound, Refused
from studio.core.finding import Finding, error
from studio.core.ids import new_id
from studio.core.timeline import Clip, Source, Timeline, Track

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.services.videos.player import Player

RATE = Fraction(30)
"""Pictures a second at most, and where nobody knows how many a film has: somebody writes meanwhile."""


BUDGET = 48 * 1024 * 1024  # bytes of pictures kept: a short film is not decoded again when it begins anew


class Clips:
    """Makes a timeline of a library file, and a player for such timelines."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def timeline(self, media: str) -> Timeline:
        """A film as a timeline with nothing else on it, as large as the film. Opens the file: for a job.

        Refused: media.no_picture (sound), clip.no_length, video.source_missing, media.unreadable and its like.
        NotFound: the library has no such file.
        """
        return whole_film(self._source(media))

    def player(self) -> Player:
        """A silent player; its pictures are read from a film's proxy where there is one."""
        from studio.services.videos.player import Player
        from studio.services.videos.watching import StandIns

        videos = self._desk.videos
        where = StandIns(videos.cache, videos.where).watched

        def compositor() -> Any:
            from studio.media.video.compositor import Compositor

            return Compositor(where)

        return Player(compositor, None, budget=BUDGET)

    def _source(self, media: str) -> Source:
        asset = self._desk.library.get(media)
        try:
            return self._desk.videos.source(asset)
        except NotFound as gone:
            raise Refused(error("video.source_missing", "media", name=asset.name)) from gone
        except Refused as refused:  # it knows the file by its hash only
            raise Refused(*(_named(found, asset.name) for found in refused.findings)) from refused


def _named(found: Finding, name: str) -> Finding:
    return replace(found, values={**found.values, "name": name}) if "name" in found.values else found


def whole_film(source: Source) -> Timeline:
    """All of a film, in pictures of its own size; Refused where there is nothing to play."""
    if source.kind == "audio" or not source.width or not source.height:
        raise Refused(error("media.no_picture", "media", name=source.name))
    rate = slower(source.rate)
    frames = int((source.duration or 0) * rate)
    if source.kind != "video" or frames < 1:
        raise Refused(error("clip.no_length", "media", name=source.name))
    clip = Clip("film", frames / rate, source=source.id, fit="fill")
    tracks = (Track("main", "main", (clip,)),)
    return Timeline(new_id(), source.width, source.height, rate, tracks, sources={source.id: source})


def slower(rate: Fraction | None) -> Fraction:
    """A whole part of the film's own rate, so that every picture is shown as long as the next."""
    if not rate or rate <= 0:
        return RATE
    return rate / ceil(rate / RATE)
