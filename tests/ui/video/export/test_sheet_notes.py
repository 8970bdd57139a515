"""The notes of the export sheet are as high as what they say."""

from __future__ import annotations

from studio.ui.sheet import open_sheets
from studio.ui.widgets.note import Note
from tests.ui.video.conftest import until
from tests.ui.video.test_pane import opened

LONG = "Caption 2 runs at 26 characters a second; 20 can be followed. Shorten it or let it stay longer."


def test_a_note_in_a_wide_place_is_as_high_as_its_words(pane, stage):
    opened(pane, stage)
    pane.export()
    (sheet,) = open_sheets(stage.window)
    for _ in range(2):
        sheet.notes.addWidget(Note(stage.theme, "warning", LONG, source="Netflix Timed Text Style Guide, English"))
    until(lambda: all(note.width() > 400 for note in notes(sheet)))
    until(lambda: all(note.height() == note.heightForWidth(note.width()) for note in notes(sheet)), 2)


def notes(sheet) -> list[Note]:
    return [note for note in sheet.findChildren(Note) if note.isVisible()]
