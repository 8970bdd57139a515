"""From a post to its video and back, in the real window."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.post import Media
from studio.ui.start import Studio
from tests.ui.real_window import Hands


@pytest.fixture
def studio(qapp, tmp_path):
    app = QApplication.instance()
    made = Studio(app, tmp_path / "workspace", "en")
    made.window.show()
    Hands(app, made.window).wait(lambda: made.desk is not None, "the workspace opens")
    yield made
    made.window.close()
    made.close()


def test_a_post_gets_a_video_and_the_film_lands_in_the_open_post(studio):
    post = studio.desk.posts.create(title="Three bakeries", text="At six.")
    studio._joined.open_post(post.id)
    draft = studio.window.pane("draft")
    QTest.qWait(50)
    [cut] = [action for action in draft.commands() if action.id == "draft.video"]
    cut.run()
    video = studio.window.pane("video")
    assert video.open is not None and video.open.timeline.name == "Three bakeries"
    first = video.open.session.id
    assert studio.desk.videos.post_of(first) == post.id
    film = Media("f" * 64, "video", "film.mp4", 1080, 1920, F(4))
    video.attaching.give(first, film)
    assert draft.open.post.media == (film,), "the open session has it, nothing was saved beside it"
    draft.open.undo()
    assert draft.open.post.media == ()
    studio._joined.cut_video(post.id)
    assert video.open.session.id == first, "the same video, not another one"
    assert Path(studio.desk.folder).exists()
