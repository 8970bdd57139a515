"""Media that moved is drawn again once it was found."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from studio.ui.i18n import N
from tests.ui.video.conftest import until
from tests.ui.video.test_pane import now, opened


def test_a_film_that_was_found_again_has_its_pictures(pane, stage, film, tmp_path) -> None:
    opened(pane, stage, film)
    (id,) = now(pane).sources
    gone = replace(now(pane).sources[id], path=str(tmp_path / "gone" / film.name), media="", hash="")
    pane.open.session.edit(N("video", "Import files"), lambda t: replace(t, sources={id: gone}))
    pane.strips.forget(id)
    pane.strips.picture(gone, Fraction(0), Fraction(1))
    until(lambda: pane.strips.lost(gone))
    pane.projects.relink_in(film.parent)
    until(lambda: now(pane).sources[id] != gone)
    assert not pane.strips.lost(gone)
    until(lambda: pane.strips.picture(now(pane).sources[id], Fraction(0), Fraction(1)) is not None)
