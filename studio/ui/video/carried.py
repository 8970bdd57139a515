"""What is dragged from the bin to the timeline: one MIME type, the things as JSON.

`[{"kind": "source", "id": "…", "seconds": "5", "sound": false}, …]`; kinds: source (id of one of the
timeline's sources), asset (id of a file in the library that is not among them yet), title (name of a preset), effect
and transition (their names). Files from elsewhere come as URLs, as everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QMimeData

MIME = "application/x-yigao-video"


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing. seconds: how long it will be on the timeline, as a fraction in text, "" for what has no length."""

    kind: str
    id: str
    seconds: str = ""
    sound: bool = False  # it has no picture
    label: str = ""  # what it is called, in the language in use


def pack(things: Sequence[Carried]) -> QMimeData:
    """The things as data to drag or copy."""
    data = QMimeData()
    data.setData(MIME, json.dumps([asdict(thing) for thing in things]).encode())
    return data


def unpack(data: QMimeData) -> list[Carried]:
    """What was packed; [] for anything else."""
    if not data.hasFormat(MIME):
        return []
    try:
        found = json.loads(bytes(data.data(MIME).data()))
        return [Carried(**thing) for thing in found]
    except (ValueError, TypeError):
        return []
