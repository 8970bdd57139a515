"""Files over there: in one piece, in parts, and going on after something broke."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Later, Refused, SignInAgain
from studio.platforms.base import Fact, Upload
from studio.platforms.chunks import At
from studio.platforms.douyin import facts
from studio.platforms.douyin.api import Api
from studio.platforms.douyin.upload import Parts, Uploads
from tests.platforms.douyin.desk import TEXT, Desk, Kept, clip, codes, photo
from tests.servers.douyin import Douyin

KB = 1 << 10


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, server: Douyin) -> None:
    """A thousandth of everything: parts of 20 KB from 50 KB on, 5 KB at least."""
    monkeypatch.setattr(Parts, "piece", 20 * KB)
    monkeypatch.setattr(facts, "PARTS_FROM", Fact(50 * KB, "test"))
    monkeypatch.setattr(facts, "LEAST_PART", Fact(5 * KB, "test"))
    monkeypatch.setattr("studio.platforms.chunks.PAUSES", (0.0,))
    server.state.least_part = 5 * KB


def uploads(desk: Desk) -> Uploads:
    return Uploads(Api(desk.access()))


def sizes(server: Douyin) -> list[tuple[int, int]]:
    """(part number, bytes) of each part that was looked at."""
    came = [seen for seen in server.calls("upload_video_part") if seen.files]
    return [(int(seen.query["part_number"]), seen.files["video"][2]) for seen in came]


def test_over_fifty_megabytes_goes_in_parts(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    """The real numbers, once."""
    file = clip(tmp_path, 62 << 20)
    assert uploads(desk).send(0, file, Kept())["id"] in server.state.videos
    assert sizes(server) == [(1, 20 << 20), (2, 20 << 20), (3, 22 << 20)]  # a rest of 2 MB is too small for a part
    assert server.state.sizes == [62 << 20] and server.calls("upload_video/") == []


def test_up_to_fifty_goes_in_one_piece(desk: Desk, server: Douyin, tmp_path: Path, small: None) -> None:
    assert uploads(desk).send(0, clip(tmp_path, 48 * KB), Kept())["id"] in server.state.videos
    assert server.calls("part") == [] and server.state.sizes == [48 * KB]


def test_what_was_sent_is_not_sent_again(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    kept, file = Kept(), photo(tmp_path)
    first = uploads(desk).send(0, file, kept)
    assert uploads(desk).send(0, file, kept) == first and len(server.calls("upload_image")) == 1
    assert server.calls("upload_image")[0].files["image"][:2] == ("1.jpg", "image/jpeg")


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "5xx_before", "2100004"])
def test_a_part_that_was_lost_goes_again(
    desk: Desk, server: Douyin, tmp_path: Path, small: None, fault: str
) -> None:
    server.fault("upload_video_part", fault, times=2)
    assert uploads(desk).send(0, clip(tmp_path, 70 * KB), Kept())["id"] in server.state.videos
    assert server.state.sizes == [70 * KB]


def test_it_goes_on_where_it_stopped(desk: Desk, server: Douyin, tmp_path: Path, small: None) -> None:
    kept, file = Kept(), clip(tmp_path, 90 * KB)
    _cut_at_third(desk, server, file, kept)
    assert [number for number, _ in sizes(server)] == [1, 2]
    server.seen.clear()
    assert uploads(desk).send(0, file, kept)["id"] in server.state.videos
    assert [number for number, _ in sizes(server)] == [3, 4, 5]
    assert server.calls("init_video") == [] and server.state.sizes == [90 * KB]


def _cut_at_third(desk: Desk, server: Douyin, file: Upload, kept: Kept) -> None:
    """As if the studio had been told to wait, or ended, when two parts were there."""
    server.fault("upload_video_part", "28001052", skip=2)
    with pytest.raises(Later):
        uploads(desk).send(0, file, kept)


def test_a_token_that_is_over_in_the_middle(desk: Desk, server: Douyin, tmp_path: Path, small: None) -> None:
    server.fault("upload_video_part", "2190008", skip=1)
    assert uploads(desk).send(0, clip(tmp_path, 90 * KB), Kept())["id"] in server.state.videos
    assert server.state.sizes == [90 * KB] and len(server.calls("oauth/refresh_token")) == 1
    server.fault("upload_video_part", "2190008", times=2)
    with pytest.raises(SignInAgain):
        uploads(desk).send(0, clip(tmp_path, 90 * KB), Kept())


def test_the_person_can_stop_it(desk: Desk, tmp_path: Path, small: None) -> None:
    class Stop(Exception):
        pass

    def progress(gone: int, whole: int) -> None:
        if gone > 45 * KB:
            raise Stop

    access, kept = desk.access(), Kept()
    access.transport.progress = progress
    with pytest.raises(Stop):
        Uploads(Api(access)).send(0, clip(tmp_path, 90 * KB), kept)
    assert kept.before["offset"] == 40 * KB


def test_after_two_hours_it_begins_anew(desk: Desk, server: Douyin, tmp_path: Path, small: None) -> None:
    kept, file = Kept(), clip(tmp_path, 90 * KB)
    _cut_at_third(desk, server, file, kept)
    desk.clock.on(hours=2)
    server.seen.clear()
    assert uploads(desk).send(0, file, kept)["id"] in server.state.videos
    assert [number for number, _ in sizes(server)][:2] == [1, 2] and len(server.calls("init_video")) == 1


def test_an_upload_that_is_gone_before_its_time_begins_anew(
    desk: Desk, server: Douyin, tmp_path: Path, small: None
) -> None:
    kept, file = Kept(), clip(tmp_path, 90 * KB)
    _cut_at_third(desk, server, file, kept)
    server.state.parts.clear()
    assert uploads(desk).send(0, file, kept)["id"] in server.state.videos and server.state.sizes == [90 * KB]


def test_one_that_is_always_gone_is_left_for_later(desk: Desk, server: Douyin, tmp_path: Path, small: None) -> None:
    kept, file = Kept(), clip(tmp_path, 90 * KB)
    _cut_at_third(desk, server, file, kept)
    server.fault("complete_video_part", "2100005")
    _complete_only(kept, file)
    with pytest.raises(Later) as later:
        uploads(desk).send(0, file, kept)
    assert codes(later.value) == ["upload.forgotten"] and dict(kept.before) == {}
    assert uploads(desk).send(0, file, kept)["id"] in server.state.videos


def _complete_only(kept: Kept, file: Upload) -> None:
    """As if the process had ended before the last request."""
    kept.before = {**kept.before, "offset": file.bytes}


def test_what_a_fresh_upload_refuses_is_refused(desk: Desk, server: Douyin, tmp_path: Path, small: None) -> None:
    server.fault("upload_video_part", "2100005")
    with pytest.raises(Refused) as refused:
        uploads(desk).send(0, clip(tmp_path, 90 * KB), Kept())
    assert codes(refused.value) == ["platform.refused"]


@pytest.mark.parametrize(("code", "said"), [
    ("2190005", "media.too_big_for_server"), ("2190006", "douyin.video_too_long"), ("28001018", "douyin.not_permitted"),
])
def test_a_refused_file(desk: Desk, server: Douyin, tmp_path: Path, code: str, said: str) -> None:
    server.fault("upload_video", code)
    with pytest.raises(Refused) as refused:
        uploads(desk).send(0, clip(tmp_path), Kept())
    assert codes(refused.value) == [said]


def test_a_video_the_platform_measures_as_too_long(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    server.state.long_videos = True
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(TEXT, [clip(tmp_path)]), [clip(tmp_path)])
    assert codes(refused.value) == ["douyin.video_too_long"]


def test_an_answer_without_an_id_is_none(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any, **__: Any) -> dict[str, Any]:
        return {"video": None, "image": {}}

    monkeypatch.setattr(Api, "ask", nothing)
    for file in (clip(tmp_path), photo(tmp_path)):
        with pytest.raises(Later):
            uploads(desk).send(0, file, Kept())


@settings(max_examples=200)
@given(st.integers(50_000_001, 4 << 30))
def test_parts_are_whole_big_enough_and_few(size: int) -> None:
    parts, at, number = Parts.__new__(Parts), 0, 0
    while at < size:
        end = parts.end(At({}, at), size)
        number += 1
        assert end - at >= facts.LEAST_PART.value and at // parts.piece + 1 == number
        assert end - at < facts.PART.value + facts.LEAST_PART.value
        at = end
    assert at == size
