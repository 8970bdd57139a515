"""The whole engine before the contract server: signing in, publishing, lost answers, its timer, comments, by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.post import Post, Reply
from studio.services.desk import Desk
from tests.platforms.facebook.desk import COMMENTS, FEED, REELS, RUPLOAD, VIDEOS, codes, photo
from tests.platforms.house import opened
from tests.servers.facebook import Facebook
from tests.servers.facebook_doors import SCOPES
from tests.services.fakes import Clock, FakeVault
from tests.services.looking import code, look, look_around

S = State
HOUR = timedelta(hours=1)
TEXT = "周末好去处 #咖啡"
REEL: dict[str, Any] = {"as": "reel"}
WALK = Path("assets/samples/walk.mp4")


class Studio:
    """A desk whose only account is a page at the server; both go by one clock."""

    def __init__(self, server: Facebook, clock: Clock, folder: Path, scopes: tuple[str, ...] = SCOPES) -> None:
        self.server, self.clock, self.folder, self.vault = server, clock, folder, FakeVault()
        self.mei = server.state.person("Mei")
        self.page = server.state.page(self.mei, "Bookshop 书店", "bookshop")
        self.desk = self._opened()
        self.account = self.desk.accounts.add("facebook", self._fields(scopes), api_base=server.url)

    def _fields(self, scopes: tuple[str, ...]) -> dict[str, str]:
        """As the person pastes them after agreeing in the browser."""
        self.server.consents = self.mei
        fields = {"app_id": "77", "app_secret": "app-secret-of-mine"}
        begun = self.desk.accounts.authorize("facebook", fields, api_base=self.server.url)
        address = httpx.URL(begun.url).copy_set_param("scope", ",".join(scopes))
        return {**fields, "callback": httpx.get(address).headers["Location"]}

    def _opened(self) -> Desk:
        return opened(self.folder, self.vault, self.clock)

    def restart(self) -> None:
        self.desk.close()
        self.desk = self._opened()

    def post(
        self, text: str = TEXT, replies: tuple[str, ...] = (), files: int = 0, clip: bool = False, **options: Any
    ) -> Post:
        paths = [photo(self.folder, number + 1).path for number in range(files)] + ([WALK] if clip else [])
        media = []
        for number, path in enumerate(paths):
            asset = self.desk.library.add([path])[0].asset
            assert asset is not None
            media.append(replace(asset.as_media(), alt=f"第 {number + 1} 张" if not clip else ""))
        made = self.desk.posts.create(text=text, media=tuple(media))
        whole = replace(made, replies=tuple(Reply(reply) for reply in replies), options={"facebook": options})
        self.desk.posts.save(whole)
        return whole

    def publish(self, post: Post) -> Delivery:
        return self.desk.publishing.publish(post.id, self.account.id)

    def ahead(self, post: Post, when: timedelta = 2 * HOUR) -> Delivery:
        """Left with Facebook's timer."""
        made = self.desk.calendar.schedule(post.id, self.account.id, self.clock.now() + when, ahead=True)
        look(self.desk)
        return self.now(made)

    def now(self, delivery: Delivery) -> Delivery:
        return self.desk.publishing.get(delivery.id)

    def texts(self) -> list[str]:
        return [post.message for post in self.server.posts(self.page.id)]

    def waiting(self) -> list[str]:
        return [post.message for post in self.server.state.waiting(self.page.id)]

    def comments(self) -> list[str]:
        return [c.message for c in self.server.state.comments.values()]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Facebook]:
    with Facebook(clock.now) as running:
        yield running


@pytest.fixture
def studio(server: Facebook, clock: Clock, tmp_path: Path) -> Iterator[Studio]:
    made = Studio(server, clock, tmp_path)
    yield made
    made.desk.close()


def proved(delivery: Delivery) -> bool:
    return delivery.state is S.PUBLISHED and delivery.proof is not None and delivery.proof.whole


def test_a_post_with_photos_is_published_and_proved(studio: Studio) -> None:
    done = studio.publish(studio.post(files=3))
    assert proved(done), done
    post = studio.server.posts(studio.page.id)[0]
    assert len(post.photos) == 3 and done.url.endswith(f"/bookshop/posts/{post.id.partition('_')[2]}")
    assert {p.alt for p in studio.server.state.photos.values()} == {"第 1 张", "第 2 张", "第 3 张"}


def test_photos_are_made_smaller_than_four_megabytes(studio: Studio, tmp_path: Path) -> None:
    from PIL import Image

    Image.effect_noise((3000, 2400), 90).convert("RGB").save(tmp_path / "noise.png")
    assert (tmp_path / "noise.png").stat().st_size > 4_000_000
    asset = studio.desk.library.add([tmp_path / "noise.png"])[0].asset
    assert asset is not None
    post = replace(studio.post(), media=(asset.as_media(),))
    studio.desk.posts.save(post)
    assert proved(studio.publish(post))
    assert all(p.bytes <= 4_000_000 for p in studio.server.state.photos.values())


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "transient_after"])
def test_a_lost_answer_makes_no_second_post(studio: Studio, fault: str) -> None:
    studio.server.fault(fault, only=FEED)
    done = studio.publish(studio.post(files=1))
    assert proved(done) and studio.texts() == [TEXT]


def test_a_post_that_is_listed_late_is_found_all_the_same(studio: Studio) -> None:
    studio.server.state.lag = 45
    studio.server.fault("drop_after", only=FEED)
    done = studio.publish(studio.post())
    assert proved(done) and studio.texts() == [TEXT]


def test_what_never_arrived_is_asked_about_and_sent_again_by_a_person_only(studio: Studio) -> None:
    studio.server.fault("drop_before", only=FEED)
    done = studio.publish(studio.post())
    assert (done.state, code(done)) == (S.UNCONFIRMED, "delivery.not_found_on_platform") and studio.texts() == []
    assert proved(studio.desk.publishing.resend(done.id)) and studio.texts() == [TEXT]


def test_the_same_text_by_hand_an_hour_before_is_never_adopted(studio: Studio, clock: Clock) -> None:
    studio.server.state.by_hand(studio.page, TEXT, clock.now() - HOUR)
    done = studio.publish(studio.post())
    assert (done.state, done.url) == (S.UNCONFIRMED, "") and studio.texts() == [TEXT]


def test_a_rate_limit_is_waited_for(studio: Studio, clock: Clock) -> None:
    studio.server.fault("rate_limited", only=FEED, amount=7)
    made = studio.desk.calendar.schedule(studio.post().id, studio.account.id, clock.now() + HOUR)
    look_around(studio.desk, clock)
    done = studio.now(made)
    assert proved(done) and clock.now() - made.at >= timedelta(minutes=7)


def test_a_blocked_page_is_not_tried_again(studio: Studio) -> None:
    studio.server.fault("blocked", only=FEED)
    done = studio.publish(studio.post())
    assert (done.state, code(done)) == (S.FAILED, "facebook.blocked")
    assert sum(path.endswith("/feed") for method, path in studio.server.seen if method == "POST") == 1


def test_photos_facebook_lost_meanwhile_are_uploaded_anew_by_itself(studio: Studio, clock: Clock) -> None:
    studio.server.fault("rate_limited", only=FEED, amount=6)
    made = studio.desk.calendar.schedule(studio.post(files=2).id, studio.account.id, clock.now() + HOUR)
    look_around(studio.desk, clock, made.at + timedelta(minutes=1))
    assert studio.now(made).state is S.DUE and len(studio.server.state.photos) == 2
    studio.server.state.photos.clear()
    look_around(studio.desk, clock)
    assert proved(studio.now(made)) and studio.texts() == [TEXT]


FAULTS = ("drop_before", "drop_after", "5xx_after", "unavailable", "transient", "transient_after", "rate_limited")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_breaks_and_wherever_there_is_one_post_at_most(studio: Studio, clock: Clock, seed: int) -> None:
    """Faults at random requests of each post; published means that it is there, once."""
    chance = random.Random(seed)
    ends = set()
    for number in range(12):
        text = f"第 {number} 篇：{chance.random():.12f} 讲的是 {chance.randrange(10**9)}"
        post = studio.post(text, files=number % 3, replies=("留言",) if number % 4 == 0 else ())
        studio.server.faults.clear()
        for _ in range(chance.randint(1, 3)):
            studio.server.fault(chance.choice(FAULTS), only="v25", skip=chance.randint(0, 9), amount=1)
        done = studio.publish(post)
        assert studio.texts().count(text) <= 1, done
        if done.state is S.PUBLISHED:
            assert studio.texts().count(text) == 1 and proved(done)
        ends.add(done.state)
        clock.passes(minutes=5)
        studio.server.state.comments.clear()
    assert S.PUBLISHED in ends


# before scheduling -----------------------------------------------------------------------------------------------


def test_a_token_without_the_right_to_publish_is_found_before_anything_is_planned(
    server: Facebook, clock: Clock, tmp_path: Path
) -> None:
    studio = Studio(server, clock, tmp_path, ("pages_show_list", "pages_read_engagement"))
    try:
        lacking = studio.desk.accounts.rights(studio.account)
        assert [(f.code, f.values) for f in lacking] == [("account.scopes", {"scopes": "pages_manage_posts"})]
        with pytest.raises(Refused) as refused:
            studio.desk.calendar.schedule(studio.post().id, studio.account.id, clock.now() + HOUR)
        assert codes(refused.value) == ["account.scopes"]
        done = studio.publish(studio.post())
        assert (done.state, code(done)) == (S.FAILED, "account.scopes") and studio.texts() == []
    finally:
        studio.desk.close()


def test_eleven_photos_are_found_before_anything_is_planned(studio: Studio, clock: Clock) -> None:
    post = studio.post(files=11)
    found = studio.desk.checks.findings(post, studio.account)
    assert [f.code for f in found if f.blocks] == ["media.too_many"]
    done = studio.publish(post)
    assert (done.state, code(done)) == (S.FAILED, "media.too_many") and studio.server.state.photos == {}


def test_a_checkpointed_account_is_a_health_finding_and_a_typed_stop(studio: Studio) -> None:
    studio.mei.checkpointed = True
    health = studio.desk.accounts.check(studio.account.id)
    assert not health.usable and [f.code for f in health.findings] == ["facebook.checkpointed"]
    done = studio.publish(studio.post())
    assert (done.state, code(done)) == (S.FAILED, "facebook.checkpointed") and studio.texts() == []
    studio.mei.checkpointed = False
    assert studio.desk.accounts.check(studio.account.id).usable
    assert proved(studio.desk.publishing.resend(done.id))


def test_a_comment_with_a_picture_is_found_beside_its_reply(studio: Studio) -> None:
    post = studio.post(files=1)
    whole = replace(post, replies=(Reply("地图", media=post.media),))
    found = [f for f in studio.desk.checks.findings(whole, studio.account) if f.blocks]
    assert [(f.code, f.field) for f in found] == [("facebook.comment_media", "replies[0].media")]


# videos ----------------------------------------------------------------------------------------------------------


def test_a_video_is_published_when_facebook_has_processed_it(studio: Studio) -> None:
    studio.server.state.slow, studio.server.state.piece = 40, 1 << 16
    done = studio.publish(studio.post(clip=True))
    assert proved(done) and studio.texts() == [TEXT] and "/videos/" in done.url


@pytest.mark.parametrize(("options", "only", "skip"), [({}, VIDEOS, 2), (REEL, REELS, 1)])
def test_a_lost_finish_makes_no_second_video(studio: Studio, options: Any, only: str, skip: int) -> None:
    studio.server.state.piece, studio.server.state.slow = WALK.stat().st_size, 20
    studio.server.fault("drop_after", only=only, skip=skip)
    done = studio.publish(studio.post(clip=True, **options))
    assert proved(done) and len(studio.server.state.videos) == 1
    assert studio.texts() == ([] if options else [TEXT]) and ("/reel/" in done.url) == bool(options)


def test_a_reel_that_is_cut_goes_on(studio: Studio) -> None:
    studio.server.fault("partial", only=RUPLOAD, amount=100_000)
    assert proved(studio.publish(studio.post(clip=True, **REEL)))
    video = next(iter(studio.server.state.videos.values()))
    assert video.received == video.size > 100_000


def test_a_video_facebook_cannot_process_is_never_called_published(studio: Studio) -> None:
    studio.server.state.processing = "fail"
    done = studio.publish(studio.post(clip=True))
    assert (done.state, code(done)) == (S.FAILED, "facebook.video_failed") and studio.texts() == []


# comments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["", "drop_after", "drop_before"])
def test_the_first_comment_and_what_follows_it(studio: Studio, clock: Clock, fault: str) -> None:
    if fault:
        studio.server.fault(fault, only=COMMENTS)
    done = studio.publish(studio.post(replies=("第一条 https://a.cn/map", "第二条"), files=1))
    if fault == "drop_before":
        assert (done.state, done.link, studio.comments()) == (S.UNCONFIRMED, 1, [])
        done = studio.desk.publishing.resend(done.id)
    assert proved(done) and studio.texts() == [TEXT] and studio.comments() == ["第一条 https://a.cn/map", "第二条"]
    assert done.proof is not None and {"2:reply", "3:text"} <= {line.what for line in done.proof.lines}
    assert done.url == studio.now(done).url and "/posts/" in done.url


# Facebook's timer ------------------------------------------------------------------------------------------------


def test_what_lies_there_is_live_at_its_time_with_its_comment(studio: Studio) -> None:
    lies = studio.ahead(studio.post(files=2, replies=("第一条",)))
    assert (lies.state, lies.ahead) == (S.SCHEDULED, True), lies
    assert studio.waiting() == [TEXT] and studio.texts() == [] and studio.comments() == []
    studio.restart()
    look_around(studio.desk, studio.clock)
    done = studio.now(lies)
    assert proved(done), done
    assert studio.texts() == [TEXT] and studio.comments() == ["第一条"] and studio.waiting() == []


def test_it_is_cancelled_moved_and_replaced_there(studio: Studio) -> None:
    lies = studio.ahead(studio.post("先写的"))
    assert studio.desk.publishing.cancel(lies.id).state is S.CANCELLED and studio.waiting() == []
    lies = studio.ahead(studio.post("另一篇讲旧书店的稿子"))
    later = lies.at + HOUR
    studio.desk.calendar.move(lies.id, later)
    look(studio.desk)
    assert [post.at for post in studio.server.state.waiting(studio.page.id)] == [later]
    studio.desk.posts.save(replace(studio.desk.posts.get(lies.post), text="后来改的", updated=studio.clock.now()))
    studio.clock.passes(minutes=2)
    look_around(studio.desk, studio.clock, later - timedelta(minutes=20))
    assert studio.waiting() == ["后来改的"]
    look_around(studio.desk, studio.clock)
    assert proved(studio.now(lies)) and studio.texts() == ["后来改的"]


def test_a_lost_answer_of_the_timer_makes_no_second(studio: Studio) -> None:
    studio.server.fault("drop_after", only=FEED)
    lies = studio.ahead(studio.post())
    look_around(studio.desk, studio.clock, studio.clock.now() + timedelta(minutes=10))
    assert studio.now(lies).ahead and studio.waiting() == [TEXT]
    look_around(studio.desk, studio.clock)
    assert proved(studio.now(lies)) and studio.texts() == [TEXT]


# leaving ---------------------------------------------------------------------------------------------------------


def test_no_secret_is_kept_outside_the_vault_and_leaving_takes_the_rights_back(studio: Studio) -> None:
    studio.server.fault("blocked", only=FEED)
    studio.publish(studio.post())
    studio.publish(studio.post("别的内容，讲咖啡馆"))
    secrets = [value for value in studio.vault.read(studio.account.id).values() if len(value) > 12]
    raw = b"".join(path.read_bytes() for path in (studio.folder / "w").glob("studio.db*"))
    assert len(secrets) == 3 and not any(secret.encode() in raw for secret in secrets)
    studio.desk.accounts.remove(studio.account.id)
    assert ("DELETE", "/v25.0/me/permissions") in studio.server.seen
