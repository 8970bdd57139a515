"""Which presets there are for commands, and which one a file's name asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from studio.core.errors import Refused
from studio.core.export import BY_ID, PRESETS, Preset
from studio.core.finding import error

BY_ENDING: Mapping[str, str] = {
    ".mp4": "mp4", ".m4v": "mp4", ".webm": "webm-vp9", ".mov": "prores", ".gif": "gif", ".m4a": "m4a", ".mp3": "mp3",
    ".wav": "wav", ".flac": "flac", "": "png",
}


def every_preset() -> tuple[Preset, ...]:
    """The built-in ones, then those that follow from what platforms declare."""
    from studio.services.videos.presets import every_platform

    return (*PRESETS, *every_platform())


def named(name: str) -> Preset:
    """Refused: there is none of that name."""
    found = BY_ID.get(name) or next((each for each in every_preset() if each.id == name), None)
    if found is None:
        raise Refused(error("video.no_preset", "preset", name=name, known=", ".join(p.id for p in every_preset())))
    return found


def preset_for(name: str, out: Path) -> Preset:
    """The preset of that name, or for "" the usual one of the file's ending.

    Refused: no such preset, an ending that no preset has, a file whose ending belongs to another kind.
    """
    if name:
        found = named(name)
        if found.ending and out.suffix.lower() != found.ending and out.suffix.lower() in BY_ENDING:
            raise Refused(error("video.ending", "out", name=out.name, wanted=found.ending))
        return found
    if out.suffix.lower() not in BY_ENDING:
        known = ", ".join(each for each in BY_ENDING if each)
        raise Refused(error("video.no_ending", "out", name=out.name, known=known))
    return named(BY_ENDING[out.suffix.lower()])
