"""The view follows what matters, jumps where the film is cut, and never leaves the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.curve import Curve, Key
from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.timeline import Clip, Source, Timeline, Track, Transform
from studio.core.words import N
from studio.media.cutting.reframe import Focus, curves, focus
from studio.media.video.compositor import Compositor
from studio.media.video.sources import described
from tests.media import make
from tests.media.cutting.test_scenes import SIZE, Pixels, film, shot

TALL = Fraction(9, 16)


def person(n: int, x: float, y: float = 0.5, seed: int = 1) -> Pixels:
    """Somebody's face, nodding a little, before a quiet wall."""
    wall = (shot(seed)[:90, :160].astype(int) // 6 + 90).astype(np.uint8)
    rows, columns = np.mgrid[0:90, 0:160]
    inside = ((columns - x * 160) / 12) ** 2 + ((rows - y * 90 - 2 * np.sin(n)) / 16) ** 2 < 1
    wall[inside] = (214, 160, 132)
    wall[inside & ((columns + n) % 7 < 2)] = (120, 70, 60)
    return wall


def made(path: Path, where: Callable[[int], float], count: int = 75) -> Source:
    return described(film(path, count, lambda n: person(n, where(n))))


def looking(points: list[Focus], at: Fraction) -> float:
    """Where the view is at a moment."""
    before = [one for one in points if one.at <= at][-1]
    after = next((one for one in points if one.at > at), before)
    if after.cut or after is before:
        return before.x
    return before.x + (after.x - before.x) * float((at - before.at) / (after.at - before.at))


def test_somebody_who_walks_is_followed(tmp_path: Path) -> None:
    def where(n: int) -> float:
        return 0.25 + 0.5 * min(1, max(0, (n - 10) / 55))
    source = made(tmp_path / "a.mp4", where)
    points = focus(Path(source.path), Fraction(0), Fraction(3), TALL)
    for n in range(0, 75, 5):
        assert abs(looking(points, Fraction(n, 25)) - where(n)) < 0.13, n
    assert len(points) < 14


def test_somebody_who_sits_is_not_shaken_about(tmp_path: Path) -> None:
    source = made(tmp_path / "a.mp4", lambda n: 0.7 + 0.02 * np.sin(n / 3))
    points = focus(Path(source.path), Fraction(0), Fraction(3), TALL)
    assert len({one.x for one in points}) == 1 and abs(points[0].x - 0.7) < 0.1
    assert {one.y for one in points} == {0.5}
    x, y = curves(points, Clip("c", Fraction(3), source=source.id), (160, 90), (90, 160))
    assert not x.moves and not y.moves and x.value < 0


def test_at_a_cut_the_view_jumps_on_the_very_frame(tmp_path: Path) -> None:
    def picture(n: int) -> Pixels:
        return person(n, 0.2) if n < 40 else person(n, 0.8, seed=2)
    path = film(tmp_path / "a.mp4", 75, picture)
    points = focus(path, Fraction(0), Fraction(3), TALL)
    assert [one.at for one in points if one.cut] == [Fraction(0), Fraction(40, 25)]
    clip = Clip("c", Fraction(3), source="s")
    x, _ = curves(points, clip, SIZE, (90, 160))
    assert x.at(Fraction(39, 25)) > 40 and x.at(Fraction(40, 25)) < -40


def test_the_face_is_in_the_picture_of_the_compositor(tmp_path: Path) -> None:
    source = made(tmp_path / "a.mp4", lambda n: 0.8 - 0.6 * n / 74)
    points = focus(Path(source.path), Fraction(0), Fraction(3), TALL)
    clip = Clip("c", Fraction(3), source=source.id)
    x, y = curves(points, clip, (source.width, source.height), (90, 160))
    clip = replace(clip, transform=Transform(x=x, y=y))
    line = Timeline("t", 90, 160, Fraction(25), (Track("m", "main", (clip,)),), {source.id: source})
    compositor = Compositor(lambda one: Path(one.path))
    for n in (0, 20, 40, 60, 74):
        seen = np.asarray(compositor.picture(line, Fraction(n, 25))).astype(int)
        skin = (seen[..., 0] > 180) & (seen[..., 2] < 170)
        assert skin.any() and abs(np.nonzero(skin)[1].mean() - 45) < 28, n
        assert seen[:, 0].max() > 40 and seen[:, -1].max() > 40  # no black beside it
    compositor.close()


def test_a_tall_film_in_a_wide_canvas_is_followed_up_and_down(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 50, lambda n: person(n, 0.5, 0.25 + 0.5 * n / 49))
    points = focus(path, Fraction(0), Fraction(2), Fraction(4))
    assert points[0].y < 0.42 and points[-1].y > 0.58 and {one.x for one in points} == {0.5}


def test_a_phones_turned_film_is_seen_upright(tmp_path: Path) -> None:
    path = make.turned(film(tmp_path / "a.mp4", 50, lambda n: person(n, 0.8)))
    points = focus(path, Fraction(0), Fraction(2), Fraction(1))  # turned by a quarter: 0.8 across is 0.8 down
    assert abs(points[0].y - 0.8) < 0.13 or abs(points[0].y - 0.72) < 0.13
    assert points[0].x == 0.5


def test_only_the_stretch_is_looked_at(tmp_path: Path) -> None:
    source = made(tmp_path / "a.mp4", lambda n: 0.2 if n < 100 else 0.8, 125)
    points = focus(Path(source.path), Fraction(102, 25), Fraction(124, 25), TALL)
    assert points[0].at >= Fraction(102, 25) and points[-1].at < Fraction(124, 25) and points[0].x > 0.6


def test_backwards_and_faster_it_is_the_same_way(tmp_path: Path) -> None:
    points = [Focus(Fraction(0), 0.3, 0.5, True), Focus(Fraction(1), 0.6, 0.5), Focus(Fraction(1), 0.4, 0.5, True),
              Focus(Fraction(2), 0.4, 0.5)]
    points[1] = replace(points[1], at=Fraction(24, 25))
    clip = Clip("c", Fraction(1), source="s", speed=Fraction(2))
    forth, _ = curves(points, clip, (160, 90), (90, 160))
    back, _ = curves(points, replace(clip, reverse=True), (160, 90), (90, 160))
    for at in (Fraction(1, 10), Fraction(4, 10), Fraction(6, 10), Fraction(9, 10)):
        assert forth.at(at) == pytest.approx(back.at(1 - at), abs=1e-6)


def test_backwards_the_view_jumps_on_the_right_frame_too(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 75, lambda n: person(n, 0.2) if n < 40 else person(n, 0.8, seed=2))
    points = focus(path, Fraction(0), Fraction(3), TALL)
    clip = Clip("c", Fraction(3), source="s", reverse=True)
    x, _ = curves(points, clip, SIZE, (90, 160), frame=Fraction(1, 25))
    assert x.at(Fraction(34, 25)) < -40 and x.at(Fraction(35, 25)) > 40  # frame 40, then frame 39


def test_a_persons_own_key_frames_go_first() -> None:
    points = [Focus(Fraction(n, 2), 0.3 + n / 50, 0.5, n == 0) for n in range(13)]
    own = Curve(5.0, (Key(Fraction(3), 33.0, "both"),))
    x, _ = curves(points, Clip("c", Fraction(6), source="s"), (160, 90), (90, 160), (own, Curve()))
    assert Key(Fraction(3), 33.0, "both") in x.keys and x.at(Fraction(3)) == 33.0
    assert not [key for key in x.keys if key.at != 3 and abs(key.at - 3) < 1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.floats(0, 1), st.floats(0, 1), st.booleans()), max_size=12),
    st.sampled_from([(1920, 1080), (1080, 1920), (640, 480), (3, 5)]),
    st.sampled_from([(1080, 1920), (1920, 1080), (2, 2)]),
    st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 3)]), st.booleans(),
)
def test_the_canvas_is_always_covered(
    given_: list[tuple[int, float, float, bool]], picture: tuple[int, int], canvas: tuple[int, int], speed: Fraction,
    reverse: bool,
) -> None:
    points = [Focus(Fraction(at, 25), x, y, cut) for at, x, y, cut in sorted(given_)]
    clip = Clip("c", Fraction(8) / speed, source="s", speed=speed, reverse=reverse)
    scale = max(canvas[0] / picture[0], canvas[1] / picture[1])
    for curve, side, seen in zip(curves(points, clip, picture, canvas), picture, canvas, strict=True):
        assert [key.at for key in curve.keys] == sorted({key.at for key in curve.keys})
        for n in range(9):
            assert abs(curve.at(n / speed)) <= (side * scale - seen) / 2 + 0.01


def test_nothing_to_see_and_nothing_to_read(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 10, lambda n: person(n, 0.5))
    assert focus(path, Fraction(5), Fraction(6), TALL) == []
    assert curves([], Clip("c", Fraction(1)), (160, 90), (90, 160)) == (Curve(0.0), Curve(0.0))
    grey = film(tmp_path / "grey.mp4", 30, lambda n: np.full((90, 160, 3), 128, np.uint8))
    assert all(abs(one.x - 0.5) < 0.1 for one in focus(grey, Fraction(0), Fraction(1), TALL))
    for bad in (tmp_path / "no.mp4", make.song(tmp_path / "a.mp3")):
        with pytest.raises(Refused):
            focus(bad, Fraction(0), Fraction(1), TALL)


def test_cancelling_stops_it(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 10, lambda n: person(n, 0.5))
    task: Task[object] = Task(N("job", "Following"), "render", lambda: 0.0)
    task.cancel()
    with pytest.raises(Cancelled):
        focus(path, Fraction(0), Fraction(1), TALL, task)
