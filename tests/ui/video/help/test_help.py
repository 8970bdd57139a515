"""Help with cutting in the window: what is found is shown first, ticked by a person, and can be undone."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.core.captions import cues_of
from studio.core.edits.place import append
from studio.core.title import Word
from studio.core.transcript import Transcript
from studio.services.videos.projects import clip_of, knowing
from studio.services.videos.transcribing import Transcribing, Wanted
from studio.ui.sheet import Sheet, open_sheets
from studio.ui.video.help.engine_sheet import EngineSheet
from studio.ui.video.help.helper import Helper, clock
from studio.ui.video.help.proposals import Proposal, ProposalSheet
from studio.ui.video.help.transcript import TranscriptSheet
from studio.ui.video.help.words import WordsHelper
from tests.services.videos.test_helping import film, sound
from tests.ui.desks import Stage

WORDS = ["Um,", "good", "morning", "Halm."]
SAID = Transcript(tuple(Word(text, F(at), F(at + 1)) for at, text in enumerate(WORDS)), "en")


class Host:
    """Records where it was asked to go."""

    def __init__(self, session, clip):
        self.session, self.clip, self.sought = session, clip, []

    def chosen_clip(self):
        return self.clip

    def seek(self, t):
        self.sought.append(t)


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture
def helped(stage, tmp_path):
    """helped(file, role): a Helper over a project with all of that file on a track of that role."""
    kept = []

    def make(path, role="main", kind=Helper):
        timeline = stage.desk.videos.create(rate=F(25))
        [source], _ = stage.desk.videos.add_files([path])
        timeline = append(knowing(timeline, [source]), timeline.role(role).id, clip_of(source, timeline))
        stage.desk.videos.save(timeline)
        session = stage.desk.videos.open(timeline.id)
        kept.append(session)
        host = Host(session, timeline.role(role).placed[0].clip.id)
        pane = stage.show(QWidget())
        helper = kind(stage.theme, stage.desk, stage.bridge, stage.toaster, host, pane)
        said = []
        helper.refused.connect(said.append)
        return helper, host, said

    yield make
    for session in kept:
        session.close()


def sheet(stage) -> Sheet:
    [found] = open_sheets(stage.window)
    return found


def test_scenes_are_offered_and_only_those_ticked_are_split(stage, helped, tmp_path):
    helper, host, said = helped(film(tmp_path / "f.mp4", [(200, 30, 30), (20, 160, 40), (30, 40, 190)]))
    helper.scenes()
    stage.settle()
    offered = sheet(stage)
    assert len(offered.boxes) == 2 and offered.go.text() == "Split at 2 scenes"
    offered.boxes[0].setChecked(False)
    assert offered.go.text() == "Split at 1 scene"
    offered.looked.emit(F(2))
    offered.go.click()
    assert [p.begin for p in host.session.timeline.role("main").placed] == [0, 2] and host.sought == [F(2)]
    host.session.undo()
    assert len(host.session.timeline.role("main").placed) == 1 and said == []


def test_pauses_are_cut_out_of_a_voice(stage, helped, tmp_path):
    helper, host, _ = helped(sound(tmp_path / "s.wav", [(1, True), (2, False), (1, True)]), "voice")
    helper.pauses()
    stage.settle()
    sheet(stage).go.click()
    assert host.session.timeline.duration < 3


def test_nothing_found_is_said(stage, helped, tmp_path):
    helper, _, _ = helped(film(tmp_path / "f.mp4", [(200, 30, 30)]))
    helper.scenes()
    stage.settle()
    assert not isinstance(sheet(stage), ProposalSheet)


def test_what_was_looked_at_must_still_be_there(stage, helped, tmp_path):
    helper, host, said = helped(film(tmp_path / "f.mp4", [(200, 30, 30), (20, 160, 40)]))
    helper.scenes()
    host.session.edit(clip_name(), lambda t: type(t)(t.id))
    stage.settle()
    assert open_sheets(stage.window) == [] and said == ["The clip was changed meanwhile; look again"]


def clip_name():
    from studio.core.words import N

    return N("videohelp", "Show")


def test_without_a_clip_nothing_happens(stage, helped, tmp_path):
    helper, host, said = helped(film(tmp_path / "f.mp4", [(200, 30, 30)]))
    host.clip = ""
    helper.beats()
    assert said == ["Choose a clip first"]
    assert not any(action.enabled_when() for action in helper.commands())


def test_all_and_none(stage):
    made = ProposalSheet(stage.theme, "Found", [Proposal(F(n), str(n)) for n in range(3)], lambda n: f"Cut {n}")
    made.open_over(stage.show(QWidget()).window())
    made.all.click()
    assert made.chosen() == () and not made.go.isEnabled()
    made.all.click()
    assert made.chosen() == (0, 1, 2) and made.go.text() == "Cut 3"
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_a_text_is_struck_out_and_put_back(stage):
    asked = []
    made = TranscriptSheet(stage.theme, SAID, clip_of_film())
    made.cut_asked.connect(asked.append)
    made.open_over(stage.show(QWidget()).window())
    assert not made.cut.isEnabled()
    made.fillers.click()
    assert made.text.gone == {0}
    cursor = made.text.textCursor()
    at = made.text.toPlainText().index("morning")
    cursor.setPosition(at)
    cursor.setPosition(at + 7, QTextCursor.MoveMode.KeepAnchor)
    made.text.setTextCursor(cursor)
    QTest.keyClick(made.text, Qt.Key.Key_Delete)
    assert made.text.gone == {0, 2}
    QTest.keyClick(made.text, Qt.Key.Key_Delete)
    assert made.text.gone == {0}
    made.cut.click()
    [[(start, end)]] = asked
    assert start == 0 and 0 < end <= 1


def clip_of_film():
    from tests.core.edits.lines import shot

    return shot(4, 0, name="walk")


def test_what_is_fetched_is_said_before(stage, tmp_path):
    hearing = Transcribing(tmp_path / "hearing")
    made, asked = EngineSheet(stage.theme, hearing, "en"), []
    made.asked.connect(asked.append)
    made.open_over(stage.show(QWidget()).window())
    assert "288 MB" in made.go.text() and "288 MB" in made.words.text()
    made.engine.set_value("sphinx")
    assert "29 MB" in made.go.text()
    made.go.click()
    assert asked == [Wanted("sphinx", "en-us", "")]


def test_captions_from_a_file_and_back_to_one(stage, helped, tmp_path):
    helper, host, said = helped(film(tmp_path / "f.mp4", [(200, 30, 30)]), kind=WordsHelper)
    (tmp_path / "in.srt").write_text("1\n00:00:00,100 --> 00:00:00,900\n三点前\n", encoding="gb18030")
    helper.read(tmp_path / "in.srt")
    assert [cue.text for cue in cues_of(host.session.timeline)] == ["三点前"]
    helper.write(tmp_path / "out.vtt")
    assert "三点前" in (tmp_path / "out.vtt").read_text(encoding="utf-8")
    helper.read(tmp_path / "nothing.srt")
    helper.listen()
    assert len(said) == 2 and "f" in said[1], "the film has no sound"


def test_moments_are_written_as_people_read_them():
    assert [clock(F(n)) for n in (0, F(19, 2), F(125))] == ["0:00.0", "0:09.5", "2:05.0"]
