"""Posts of a page: what goes out, what is unknown afterwards, and that there is never a second one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.core.delivery import Proof
from studio.core.errors import Later, NotThere, Refused, SignInAgain, Uncertain, Unstaged
from tests.platforms.facebook.desk import FEED, START, TEXT, Clock, Desk, Kept, codes, photo
from tests.platforms.fakes import unheld
from tests.servers.facebook import Facebook

LINK = "https://example.com/a?b=1&c=周"
LOST = ["drop_after", "5xx_after", "transient_after"]


def read(desk: Desk, sent: tuple[Any, ...], what: Any, uploads: Any = ()) -> Proof:
    publisher, plan, _, receipt = sent
    proof: Proof = publisher.read_back(what, uploads, plan, receipt)
    return proof


def test_a_text_is_posted_and_read_back(desk: Desk, server: Facebook) -> None:
    what = desk.post(tags=("citywalk",))
    sent = desk.send(what)
    post, receipt = server.posts(desk.page.id)[0], sent[3]
    assert post.message == f"{TEXT}\n\n#citywalk" and (receipt.done, receipt.held) == (True, False)
    assert receipt.url == f"https://www.facebook.com/bookshop/posts/{post.id.partition('_')[2]}"
    proof = read(desk, sent, what)
    assert proof.whole and proof.at == START and [line.what for line in proof.lines] == ["text"]


def test_every_path_has_the_version_and_no_address_has_the_token(desk: Desk) -> None:
    desk.identity["set.version"] = "v26.0"
    desk.send(desk.post())
    assert desk.exchanges and all(e.path.startswith("/v26.0/") for e in desk.exchanges)
    assert desk.token not in str(desk.exchanges)


def test_a_link_has_its_own_field_and_is_read_back(desk: Desk, server: Facebook) -> None:
    what = desk.post("看看", link=LINK)
    sent = desk.send(what)
    assert server.posts(desk.page.id)[0].link == LINK and server.posts(desk.page.id)[0].message == "看看"
    proof = read(desk, sent, what)
    assert proof.whole and [(line.what, line.found) for line in proof.lines][1:] == [("link", LINK)]


def test_the_card_of_a_film_elsewhere_is_no_media_of_ours(desk: Desk, server: Facebook) -> None:
    what = desk.post("看看", link="https://www.youtube.com/watch?v=abc")
    publisher = desk.publisher()
    plan, _ = desk.staged(publisher, what)
    server.fault("drop_after", only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    found = publisher.look(plan, [])
    assert found is not None and publisher.read_back(what, [], plan, found).whole


def test_media_nobody_sent_show_in_the_proof(desk: Desk, server: Facebook) -> None:
    what = desk.post()
    sent = desk.send(what)
    server.state.posts[sent[3].handle["post"]].photos = ("1",)
    proof = read(desk, sent, what)
    assert [(line.what, line.same) for line in proof.lines] == [("text", True), ("media", False)]


def test_a_link_without_words_is_a_post(desk: Desk, server: Facebook) -> None:
    what = desk.post("", link=LINK)
    assert read(desk, desk.send(what), what).whole and server.posts(desk.page.id)[0].message == ""


@pytest.mark.parametrize("number", [1, 2, 10])
def test_photos_are_staged_unpublished_and_then_named_in_one_post(desk: Desk, server: Facebook, number: int) -> None:
    files = [photo(desk.folder, n, alt=f"第 {n} 张") for n in range(number)]
    what = desk.post(uploads=files)
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, what, files)
    assert desk.texts() == [] and not any(p.published or p.temporary for p in server.state.photos.values())
    assert publisher.ready(plan, handles) is None
    receipt = publisher.commit(what, files, plan, handles)
    assert server.posts(desk.page.id)[0].photos == tuple(h["id"] for h in handles)
    proof = publisher.read_back(what, files, plan, receipt)
    assert proof.whole and [line.what for line in proof.lines] == [
        "text", "media", *(f"alt:{n + 1}" for n in range(number))]
    assert proof.lines[1].found == str(number) and proof.lines[2].found == "第 0 张"


def test_the_link_goes_into_the_text_beside_photos(desk: Desk, server: Facebook) -> None:
    files = [photo(desk.folder)]
    desk.send(desk.post("看看", uploads=files, link=LINK), files)
    post = server.posts(desk.page.id)[0]
    assert (post.message, post.link) == (f"看看\n\n{LINK}", "")


def test_the_files_own_name_stays_here(desk: Desk) -> None:
    from studio.platforms.chunks import form
    from studio.platforms.transport import Slice

    path = photo(desk.folder).path
    body, _ = form({"published": "false"}, "source", "1.jpg", "image/jpeg", Slice(path, 0, path.stat().st_size))
    assert isinstance(body, tuple) and b"photo1" not in b"".join(p for p in body if isinstance(p, bytes))


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "5xx_after", "transient", "unavailable"])
def test_a_photo_whose_answer_is_lost_is_simply_sent_again(desk: Desk, server: Facebook, fault: str) -> None:
    files, kept = [photo(desk.folder)], Kept()
    publisher, what = desk.publisher(), desk.post(uploads=files)
    plan = publisher.plan(what, files)
    server.fault(fault, only="/photos")
    with pytest.raises(Later):
        publisher.stage(0, files[0], plan, kept.held())
    handle = publisher.stage(0, files[0], plan, kept.held())
    publisher.commit(what, files, plan, [handle])
    assert [p.photos for p in server.posts(desk.page.id)] == [(handle["id"],)]


def test_a_photo_that_is_there_is_not_sent_again(desk: Desk, server: Facebook, clock: Clock) -> None:
    files, kept = [photo(desk.folder)], Kept()
    publisher = desk.publisher()
    plan = publisher.plan(desk.post(uploads=files), files)
    first = publisher.stage(0, files[0], plan, kept.held())
    assert desk.publisher().stage(0, files[0], plan, kept.held())["id"] == first["id"]
    clock.on(hours=21)
    assert desk.publisher().stage(0, files[0], plan, kept.held())["id"] != first["id"]


def test_photos_that_lay_there_too_long_are_staged_anew(desk: Desk, clock: Clock) -> None:
    files = [photo(desk.folder)]
    publisher, what = desk.publisher(), desk.post(uploads=files)
    plan, handles = desk.staged(publisher, what, files)
    clock.on(hours=21)
    assert publisher.ready(plan, handles) is None
    clock.on(hours=4)
    with pytest.raises(Unstaged) as gone:
        publisher.ready(plan, handles)
    assert codes(gone.value) == ["media.gone_there"]


def test_a_photo_that_vanishes_just_before_the_post_is_staged_anew(desk: Desk, server: Facebook) -> None:
    files = [photo(desk.folder)]
    publisher, what = desk.publisher(), desk.post(uploads=files)
    plan, handles = desk.staged(publisher, what, files)
    server.state.photos.clear()
    with pytest.raises(Unstaged):
        publisher.commit(what, files, plan, handles)
    assert desk.texts() == []


def test_a_picture_facebook_cannot_take_is_said_so(desk: Desk, server: Facebook) -> None:
    bad = photo(desk.folder)
    bad.path.write_bytes(b"GIF89a" + b"x" * (5 << 20))
    publisher = desk.publisher()
    plan = publisher.plan(desk.post(uploads=[bad]), [bad])
    for raw in (b"GIF89a" + b"x" * (bad.bytes - 6), b"x" * bad.bytes):
        bad.path.write_bytes(raw)
        with pytest.raises(Refused) as refused:
            publisher.stage(0, bad, plan, unheld())
        assert codes(refused.value) == ["facebook.photo_refused"] and refused.value.findings[0].field == "media[0]"


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_is_uncertain_and_found(desk: Desk, server: Facebook, fault: str) -> None:
    files = [photo(desk.folder)]
    publisher, what = desk.publisher(), desk.post(uploads=files)
    plan, handles = desk.staged(publisher, what, files)
    server.fault(fault, only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, files, plan, handles)
    found = desk.publisher().look(plan, handles)
    assert found is not None and desk.texts() == [TEXT]
    assert publisher.read_back(what, files, plan, found).whole


@pytest.mark.parametrize("fault", ["drop_before", "transient", "unavailable"])
def test_what_never_arrived_is_uncertain_too_and_not_found(desk: Desk, server: Facebook, fault: str) -> None:
    publisher, what = desk.publisher(), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault(fault, only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) is None and desk.texts() == []


def test_a_post_that_is_listed_late_is_found_when_it_is(desk: Desk, server: Facebook, clock: Clock) -> None:
    server.state.lag = 30
    publisher, what = desk.publisher(), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault("drop_after", only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) is None
    clock.on(seconds=31)
    assert publisher.look(plan, []) is not None


def test_the_same_text_by_hand_an_hour_ago_is_not_ours(desk: Desk, server: Facebook, clock: Clock) -> None:
    server.state.by_hand(desk.page, TEXT, START - timedelta(hours=1))
    publisher, what = desk.publisher(), desk.post()
    plan, _ = desk.staged(publisher, what)
    with pytest.raises(Uncertain) as duplicate:  # Facebook refuses it as the same as its last post
        publisher.commit(what, [], plan, [])
    assert codes(duplicate.value) == ["facebook.duplicate"]
    assert publisher.look(plan, []) is None and desk.texts() == [TEXT]


def test_nor_is_one_by_hand_a_minute_ago(desk: Desk, server: Facebook, clock: Clock) -> None:
    server.state.by_hand(desk.page, TEXT, START - timedelta(seconds=60))
    publisher = desk.publisher()
    plan, _ = desk.staged(publisher, desk.post())
    assert publisher.look(plan, []) is None


def test_a_duplicate_after_a_lost_answer_is_ours(desk: Desk, server: Facebook) -> None:
    publisher, what = desk.publisher(), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault("drop_after", only=FEED)
    for _ in range(2):
        with pytest.raises(Uncertain):
            publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) is not None and desk.texts() == [TEXT]


def test_photos_that_another_post_has_by_now_mean_that_it_may_be_there(desk: Desk, server: Facebook) -> None:
    files = [photo(desk.folder)]
    publisher, what = desk.publisher(), desk.post("", uploads=files)
    plan, handles = desk.staged(publisher, what, files)
    server.fault("drop_after", only=FEED)
    for _ in range(2):
        with pytest.raises(Uncertain):
            publisher.commit(what, files, plan, handles)
    assert publisher.look(plan, handles) is not None and len(server.posts(desk.page.id)) == 1


def test_two_that_look_the_same_are_not_guessed_between(desk: Desk, server: Facebook) -> None:
    publisher = desk.publisher()
    plan, _ = desk.staged(publisher, desk.post())
    server.state.by_hand(desk.page, TEXT)
    server.state.by_hand(desk.page, f" {TEXT}\n")
    with pytest.raises(Refused) as several:
        publisher.look(plan, [])
    assert codes(several.value) == ["publish.several"]


@pytest.mark.parametrize(("other", "files"), [("别的", 0), (TEXT, 1)])
def test_another_text_or_other_media_is_another_post(desk: Desk, server: Facebook, other: str, files: int) -> None:
    publisher = desk.publisher()
    plan, _ = desk.staged(publisher, desk.post())
    with server.changed() as state:
        state.publish(desk.page, other, photos=("1",) * files)
    assert publisher.look(plan, []) is None


@pytest.mark.parametrize("tells", [True, False])
def test_posts_without_words_are_told_apart_by_what_they_show(
    desk: Desk, server: Facebook, tells: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Facebook does not tell what a post leads to, two that could be it are not guessed between."""
    files = [photo(desk.folder)]
    for what, given in ((desk.post("", link=LINK), []), (desk.post("", uploads=files), files)):
        publisher = desk.publisher()
        plan, handles = desk.staged(publisher, what, given)
        with server.changed() as state:
            state.publish(desk.page, "", link="" if given else "https://example.com/other", photos=("1",) * len(given))
        server.fault("drop_after", only=FEED)
        with pytest.raises(Uncertain):
            publisher.commit(what, given, plan, handles)
        if tells:
            found = publisher.look(plan, handles)
            assert found is not None and found.handle["post"] == server.posts(desk.page.id)[-1].id
        else:
            server.fault("transient", only=r"^GET /v25.0/\d+_\d+$", times=9)
            with pytest.raises(Refused):
                publisher.look(plan, handles)
            server.faults.clear()


@pytest.mark.parametrize("ours", [timedelta(hours=9), -timedelta(hours=9)])
def test_a_wrong_clock_here_hides_nothing(desk: Desk, server: Facebook, clock: Clock, ours: timedelta) -> None:
    clock.ours = ours
    publisher, what = desk.publisher(), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault("drop_after", only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) is not None


def test_it_is_found_among_many(desk: Desk, server: Facebook, clock: Clock) -> None:
    publisher = desk.publisher()
    plan, _ = desk.staged(publisher, desk.post())
    wanted = server.state.by_hand(desk.page, TEXT)
    for number in range(60):
        clock.on(seconds=1)
        server.state.by_hand(desk.page, f"{number}")
    found = publisher.look(plan, [])
    assert found is not None and found.handle["post"] == wanted.id


def test_what_waits_since_long_hides_nothing(desk: Desk, server: Facebook, clock: Clock) -> None:
    """/feed has the unpublished ones as well."""
    desk.send(desk.post("下个月的"), at=START + timedelta(days=20))
    clock.on(days=2)
    publisher, what = desk.publisher(), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault("drop_after", only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    assert publisher.look(plan, []) is not None


@pytest.mark.parametrize("texts", [False, True])
def test_numbers_may_come_as_text(desk: Desk, server: Facebook, texts: bool) -> None:
    server.texts = texts
    files = [photo(desk.folder)]
    what = desk.post(uploads=files)
    assert read(desk, desk.send(what, files), what, files).whole
    server.fault("rate_limited", only=FEED, amount=12)
    with pytest.raises(Later) as limited:
        desk.send(desk.post("另一段"))
    assert limited.value.after == 720


@pytest.mark.parametrize(("fault", "code", "after"), [
    ("rate_limited", "net.rate_limited", 300), ("rate_limited_plain", "net.rate_limited_unknown", None),
])
def test_a_rate_limit_is_no_unknown_outcome(desk: Desk, server: Facebook, fault: str, code: str, after: Any) -> None:
    server.fault(fault, only=FEED, amount=5)
    with pytest.raises(Later) as limited:
        desk.send(desk.post())
    assert (codes(limited.value), limited.value.after, desk.texts()) == ([code], after, [])


@pytest.mark.parametrize(("fault", "code", "kind"), [
    ("blocked", "facebook.blocked", Refused), ("checkpointed", "facebook.checkpointed", SignInAgain),
    ("token_expired", "login.expired", SignInAgain),
])
def test_a_no_is_definite(desk: Desk, server: Facebook, fault: str, code: str, kind: type[Exception]) -> None:
    server.fault(fault, only=FEED)
    with pytest.raises(kind) as refused:
        desk.send(desk.post())
    assert codes(refused.value) == [code] and desk.texts() == []


def test_a_checkpointed_person_is_known_before_anything_is_sent(desk: Desk) -> None:
    desk.mei.checkpointed = True
    with pytest.raises(SignInAgain) as stopped:
        desk.publisher().plan(desk.post(), [])
    assert codes(stopped.value) == ["facebook.checkpointed"]


def test_a_token_without_the_right_is_refused_with_the_next_step(desk: Desk, server: Facebook) -> None:
    desk.secrets = {"access_token": server.state.token(desk.mei, desk.page, ("pages_read_engagement",))}
    with pytest.raises(Refused) as refused:
        desk.send(desk.post())
    assert codes(refused.value) == ["account.not_allowed"] and "pages_manage_posts" in str(refused.value.findings)
    assert desk.texts() == []


def test_the_token_of_a_person_is_none_of_the_page(desk: Desk, server: Facebook) -> None:
    desk.secrets = {"access_token": server.state.token(desk.mei)}
    with pytest.raises(Refused) as refused:
        desk.publisher().plan(desk.post(), [])
    assert codes(refused.value) == ["account.not_allowed"]


def test_eleven_photos_are_refused_before_anything_is_sent(desk: Desk) -> None:
    files = [photo(desk.folder, n) for n in range(11)]
    with pytest.raises(Refused) as refused:
        desk.publisher().plan(desk.post(uploads=files), files)
    assert codes(refused.value) == ["media.too_many"] and desk.lines() == []


def test_without_a_token_there_is_no_publisher(desk: Desk) -> None:
    desk.secrets = {}
    with pytest.raises(SignInAgain):
        desk.publisher()


def test_what_was_deleted_there_is_not_there(desk: Desk, server: Facebook) -> None:
    what = desk.post()
    publisher, plan, _, receipt = desk.send(what)
    server.state.delete(receipt.handle["post"])
    with pytest.raises(NotThere):
        publisher.read_back(what, [], plan, receipt)


def test_what_was_changed_there_shows_in_the_proof(desk: Desk, server: Facebook) -> None:
    what = desk.post()
    sent = desk.send(what)
    server.state.changed(sent[3].handle["post"], {"message": "改了"})
    proof = read(desk, sent, what)
    assert not proof.whole and proof.lines[0].found == "改了"


def test_a_post_keeps_its_line_breaks(desk: Desk, tmp_path: Path) -> None:
    what = desk.post("一\n\n二\n三 &a=b+c%20 \U0001f469\u200d\U0001f4bb")
    assert read(desk, desk.send(what), what).whole
