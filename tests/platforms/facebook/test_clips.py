"""Videos and reels: pieces that go on where they stopped, and what Facebook makes of them afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Later, NotThere, Refused, Rejected, SignInAgain, Uncertain, Unstaged
from studio.platforms.base import Upload
from studio.platforms.facebook.clips import Seen
from studio.platforms.facebook.publisher import FacebookPublisher
from tests.platforms.facebook.desk import REELS, RUPLOAD, TEXT, VIDEOS, Clock, Desk, Kept, clip, codes
from tests.servers.facebook import Facebook

REEL = {"as": "reel"}
KINDS = pytest.mark.parametrize("options", [{}, REEL], ids=["video", "reel"])


class Slept(list[float]):
    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def publisher(desk: Desk, slept: Slept | None = None, **access: Any) -> FacebookPublisher:
    return FacebookPublisher(desk.access(**access), slept if slept is not None else Slept())


def staged(desk: Desk, options: Any, file: Upload, kept: Kept | None = None, slept: Slept | None = None) -> Any:
    made, what = publisher(desk, slept), desk.post(uploads=[file], title="散步", options=options)
    plan = made.plan(what, [file])
    return made, what, plan, [made.stage(0, file, plan, (kept or Kept()).held())]


def bytes_there(server: Facebook) -> bytes:
    return bytes(next(iter(server.state.videos.values())).body)


@KINDS
def test_it_is_sent_made_visible_waited_for_and_read_back(
    desk: Desk, server: Facebook, clock: Clock, options: Any
) -> None:
    server.state.piece, server.state.slow = 2000, 30
    file = clip(desk.folder, 5000, tall=True)
    made, what, plan, handles = staged(desk, options, file)
    assert bytes_there(server) == file.path.read_bytes() and desk.texts() == []
    receipt = made.commit(what, [file], plan, handles)
    assert not receipt.done and not made.check(receipt).done
    clock.on(seconds=31)
    live = made.check(receipt)
    video = handles[0]["video"]
    assert live.done and live.url == (
        f"https://www.facebook.com/reel/{video}/" if options else
        f"https://www.facebook.com/{desk.page.id}/videos/{video}/")
    proof = made.read_back(what, [file], plan, live)
    assert proof.whole and [(line.what, line.found) for line in proof.lines] == [
        ("text", TEXT), ("title", "散步"), ("media", "1")]
    assert desk.texts() == ([] if options else [TEXT])


def test_a_video_goes_in_the_pieces_facebook_names(desk: Desk, server: Facebook) -> None:
    server.state.piece = 2000
    staged(desk, {}, clip(desk.folder, 5000))
    assert len(desk.lines("/videos")) == 1 + 3 and [e.sent > 1900 for e in desk.exchanges[2:5]] == [True, True, False]


def test_numbers_as_text_or_not_make_no_difference(desk: Desk, server: Facebook) -> None:
    server.texts = True
    made, what, plan, handles = staged(desk, REEL, clip(desk.folder, tall=True))
    assert made.check(made.commit(what, [], plan, handles)).done


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "5xx_after", "transient"])
def test_a_piece_whose_answer_is_lost_is_not_doubled(desk: Desk, server: Facebook, fault: str) -> None:
    """After a lost answer the offset is wrong: 1363037 tells the right one."""
    server.state.piece, slept = 2000, Slept()
    file = clip(desk.folder, 5000)
    server.fault(fault, only=VIDEOS, skip=2)
    staged(desk, {}, file, slept=slept)
    assert bytes_there(server) == file.path.read_bytes() and len(slept) == 1


def test_only_a_part_of_a_piece_arrived(desk: Desk, server: Facebook) -> None:
    server.state.piece, file = 4000, clip(desk.folder, 9000)
    server.fault("partial", only=VIDEOS, skip=1, amount=2500)
    staged(desk, {}, file)
    assert bytes_there(server) == file.path.read_bytes()


@pytest.mark.parametrize(("fault", "amount"), [("partial", 3000), ("drop_before", 0), ("drop_after", 0)])
def test_a_reel_goes_on_from_the_byte_facebook_has(desk: Desk, server: Facebook, fault: str, amount: int) -> None:
    file = clip(desk.folder, 8000, tall=True)
    server.fault(fault, only=RUPLOAD, amount=amount)
    staged(desk, REEL, file)
    assert bytes_there(server) == file.path.read_bytes()
    sent = [e.sent for e in desk.exchanges if e.path.startswith("/video-upload")]
    assert sent == {"partial": [8000, 5000], "drop_before": [8000, 8000], "drop_after": [8000]}[fault]


@KINDS
def test_after_the_end_of_our_process_it_goes_on(desk: Desk, server: Facebook, options: Any) -> None:
    server.state.piece, file, kept = 2000, clip(desk.folder, 9000, tall=True), Kept()
    only, skip = (RUPLOAD, 0) if options else (VIDEOS, 3)
    server.fault("partial", only=only, skip=skip, amount=1500)
    server.fault("unavailable", only="/", times=50, skip=2 if options else 4)  # what the cut one left
    with pytest.raises(Later):
        staged(desk, options, file, kept)
    server.faults.clear()
    before = len(server.state.videos)
    staged(desk, options, file, kept)
    assert len(server.state.videos) == before == 1 and bytes_there(server) == file.path.read_bytes()


def test_an_upload_facebook_has_forgotten_is_begun_anew(desk: Desk, server: Facebook) -> None:
    server.state.piece, file, kept = 2000, clip(desk.folder, 5000), Kept()
    server.fault("unavailable", only=VIDEOS, times=50, skip=2)
    with pytest.raises(Later):
        staged(desk, {}, file, kept)
    server.faults.clear()
    server.state.videos.clear()
    staged(desk, {}, file, kept)
    assert bytes_there(server) == file.path.read_bytes()


def test_a_forgotten_reel_is_begun_anew(desk: Desk, server: Facebook) -> None:
    file, kept = clip(desk.folder, tall=True), Kept()
    server.fault("unavailable", only=RUPLOAD, times=50)
    with pytest.raises(Later):
        staged(desk, REEL, file, kept)
    server.faults.clear()
    server.state.videos.clear()
    staged(desk, REEL, file, kept)
    assert bytes_there(server) == file.path.read_bytes()


def test_a_token_that_ends_on_the_way_asks_for_a_sign_in(desk: Desk, server: Facebook) -> None:
    server.state.piece = 2000
    server.fault("token_expired", only=VIDEOS, skip=2)
    with pytest.raises(SignInAgain):
        staged(desk, {}, clip(desk.folder))


def test_the_token_goes_nowhere_else(desk: Desk, server: Facebook) -> None:
    server.rupload = "https://rupload.example.com"
    with pytest.raises(Refused) as refused:
        staged(desk, REEL, clip(desk.folder, tall=True))
    assert codes(refused.value) == ["net.redirected"]
    server.rupload = "https://rupload.facebook.com"  # the real one is called at the account's own address here
    file = clip(desk.folder, tall=True)
    staged(desk, REEL, file)
    assert bytes(list(server.state.videos.values())[-1].body) == file.path.read_bytes()


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "transient_after", "drop_before"])
@KINDS
def test_a_lost_answer_is_looked_up_by_the_videos_id(desk: Desk, server: Facebook, options: Any, fault: str) -> None:
    file = clip(desk.folder, tall=True)
    made, what, plan, handles = staged(desk, options, file)
    assert made.look(plan, handles) is None
    server.fault(fault, only=REELS if options else VIDEOS)
    with pytest.raises(Uncertain):
        made.commit(what, [file], plan, handles)
    found = made.look(plan, handles)
    assert (found is None) == (fault == "drop_before")
    if found is not None:
        assert found.done and made.read_back(what, [file], plan, found).whole
        assert len(server.posts(desk.page.id)) == (0 if options else 1)


@KINDS
def test_a_yes_that_says_no_is_looked_up(desk: Desk, server: Facebook, options: Any) -> None:
    file = clip(desk.folder, tall=True)
    made, what, plan, handles = staged(desk, options, file)
    server.fault("success_false", only=REELS if options else VIDEOS)
    with pytest.raises(Uncertain):
        made.commit(what, [file], plan, handles)
    assert made.look(plan, handles) is None


@KINDS
def test_what_facebook_cannot_process_is_refused_in_its_words(desk: Desk, server: Facebook, options: Any) -> None:
    server.state.processing = "fail"
    file = clip(desk.folder, tall=True)
    made, what, plan, handles = staged(desk, options, file)
    receipt = made.commit(what, [file], plan, handles)
    with pytest.raises(Rejected) as failed:
        made.check(receipt)
    assert codes(failed.value) == ["facebook.video_failed"] and "decoded" in str(failed.value.findings)


@KINDS
def test_what_is_never_processed_stays_under_way(desk: Desk, server: Facebook, clock: Clock, options: Any) -> None:
    server.state.processing = "never"
    file = clip(desk.folder, tall=True)
    made, what, plan, handles = staged(desk, options, file)
    receipt = made.commit(what, [file], plan, handles)
    clock.on(hours=5)
    assert not made.check(receipt).done


def test_the_thirty_first_reel_of_a_day_waits(desk: Desk, server: Facebook, clock: Clock) -> None:
    file = clip(desk.folder, tall=True)
    for _ in range(30):
        made, what, plan, handles = staged(desk, REEL, file)
        made.commit(what, [file], plan, handles)
    made, what, plan, handles = staged(desk, REEL, file)
    with pytest.raises(Later) as full:
        made.commit(what, [file], plan, handles)
    assert codes(full.value) == ["net.rate_limited_unknown"]
    clock.on(hours=25)
    assert made.commit(what, [file], plan, handles) is not None


@KINDS
def test_an_upload_that_lay_too_long_is_staged_anew(desk: Desk, server: Facebook, clock: Clock, options: Any) -> None:
    file = clip(desk.folder, tall=True)
    made, _, plan, handles = staged(desk, options, file)
    clock.on(hours=21)
    assert made.ready(plan, handles) is None
    server.state.videos.clear()
    with pytest.raises(Unstaged):
        made.ready(plan, handles)


def test_a_video_that_is_gone_is_not_there(desk: Desk, server: Facebook) -> None:
    file = clip(desk.folder)
    made, what, plan, handles = staged(desk, {}, file)
    receipt = made.commit(what, [file], plan, handles)
    server.state.videos.clear()
    with pytest.raises(NotThere):
        made.check(receipt)
    assert made.look(plan, handles) is None


def test_a_file_that_is_no_video_is_refused_before_it_is_sent(desk: Desk, tmp_path: Path) -> None:
    small = clip(desk.folder, 800)
    with pytest.raises(Refused) as refused:
        publisher(desk).plan(desk.post(uploads=[small]), [small])
    assert codes(refused.value) == ["facebook.video_small"]


def test_the_status_is_read_however_it_is_spelt() -> None:
    """The sample of Meta's page: still uploading, and already said that it shall be published."""
    seen = Seen({"status": {
        "video_status": "processing", "uploading_phase": {"status": "in_progress", "bytes_transfered": 50002},
        "processing_phase": {"status": "not_started"}, "publishing_phase": {
            "status": "not_started", "publish_status": "published", "publish_time": "2026-11-22T10:00:00+0000"}}})
    assert seen.asked and not seen.live and not seen.waits and seen.trouble() == ""
    done = Seen({"status": {"publishing_phase": {"status": "completed", "publish_status": "published"}}})
    assert done.live
    one = Seen({"status": {"video_status": "error", "processing_phase": {
        "status": "error", "error": {"message": "no sound"}}}})
    assert one.trouble() == "no sound"
    assert Seen({"status": "odd"}).trouble() == "" and Seen({"status": {"video_status": "expired"}}).gone
    assert Seen({"status": {"video_status": "upload_failed"}}).trouble() == "upload_failed"


def test_both_spellings_of_the_bytes_are_taken(desk: Desk) -> None:
    from studio.platforms.chunks import At
    from studio.platforms.facebook.clips import ReelDialect
    from studio.platforms.facebook.graph import Api
    from tests.platforms.fakes import FakeTransport, answer

    for name in ("bytes_transfered", "bytes_transferred"):
        said = answer({"status": {"uploading_phase": {"status": "in_progress", name: "700"}}, "id": "5"})
        api = Api(FakeTransport([said]), "v25.0", "t", page="1")
        assert ReelDialect(api, clip(desk.folder)).ask(At({"video": "5", "url": "x"})).offset == 700
