from fractions import Fraction

import numpy as np
import pytest

from studio.core.errors import Cancelled, Refused
from studio.media import faces
from tests.media import make
from tests.media.drawn import film, still


def grey(picture):
    return np.asarray(picture.convert("L"))


@pytest.mark.parametrize("side", [100, 160, 300])
def test_a_face_is_found_where_it_is(side):
    (box, *rest) = faces.in_picture(grey(still((360, 640), (30, 200), side)))
    assert rest == []
    x, y, w, h = box
    middle = (30 + side / 2) / 360, (200 + side * 0.54) / 640
    assert abs(x + w / 2 - middle[0]) < 0.05 and abs(y + h / 2 - middle[1]) < 0.05
    assert 0.5 < w * 360 / side < 1.0


def test_two_faces_the_larger_first():
    picture = still((640, 360), (20, 20), 280)
    picture.paste(still((140, 140), (0, 0), 140), (460, 150))
    first, second = faces.in_picture(grey(picture))
    assert first[0] < 0.5 < second[0] and first[2] > second[2]


@pytest.mark.parametrize("picture", [
    still((360, 640), None), make.photo(360, 640), make.photo(640, 360, 7), make.photo(8, 8), make.photo(2, 900),
])
def test_none_where_there_is_none(picture):
    assert faces.in_picture(grey(picture)) == []


def test_a_face_upside_down_is_none():
    assert faces.in_picture(grey(still((360, 640), (30, 200)).rotate(180))) == []


def test_a_film_tells_when_its_face_is_seen(tmp_path):
    found = faces.in_film(film(tmp_path / "a.mp4", (20, 300), seconds=4, until=2.0), Fraction(4))
    assert [face.at for face in found] == [0, 1]
    assert all(face.box[0] < 0.3 and 0.4 < face.box[1] < 0.7 for face in found)
    assert faces.in_film(film(tmp_path / "b.mp4", None), Fraction(2)) == ()


def test_a_film_that_lies_on_its_side_is_looked_at_upright(tmp_path):
    path = tmp_path / "a.mp4"
    lying = make.turned(film(path, (20, 300)))
    assert faces.in_film(lying, Fraction(2)) == ()  # an upright face, which is shown lying
    picture = still((360, 640), (20, 300)).rotate(90, expand=True)  # and one that lies in the file
    import av

    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", 8)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"
        for _ in range(16):
            file.mux(video.encode(av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")))
        file.mux(video.encode(None))
    (first, *_) = faces.in_film(make.turned(path), Fraction(2))
    assert first.box[0] < 0.3 and 0.4 < first.box[1] < 0.7


def test_a_face_must_last(tmp_path):
    assert faces.in_film(film(tmp_path / "a.mp4", (20, 300), until=0.2), Fraction(2)) == ()


def test_how_many_pictures_are_looked_at():
    assert faces.sampled(None) == faces.sampled(Fraction(0)) == faces.sampled(Fraction(1, 3)) == [0]
    assert faces.sampled(Fraction(3)) == [0, 1, 2]
    long = faces.sampled(Fraction(3600))
    assert len(long) == faces.MOST and long[1] == 150


@pytest.mark.parametrize("box, other, shared", [
    ((0, 0, 1, 1), (0, 0, 1, 1), 1.0), ((0, 0, 0.5, 1), (0.5, 0, 0.5, 1), 0.0),
    ((0, 0, 1, 1), (0, 0, 0.5, 1), 0.5), ((0, 0, 0.2, 0.2), (0.5, 0.5, 0.2, 0.2), 0.0),
])
def test_what_two_boxes_share(box, other, shared):
    assert faces.overlap(box, other) == pytest.approx(shared)


def test_what_cannot_be_looked_at(tmp_path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\0\0\0\x18ftypmp42" + b"x" * 900)
    for path in (broken, tmp_path / "gone.mp4", make.song(tmp_path / "song.mp3")):
        with pytest.raises(Refused):
            faces.in_film(path, Fraction(1))


def test_it_stops_when_asked(tmp_path):
    class Task:
        def progress(self, fraction):
            raise Cancelled

    with pytest.raises(Cancelled):
        faces.in_film(film(tmp_path / "a.mp4", (20, 300)), Fraction(2), Task())
