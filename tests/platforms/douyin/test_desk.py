"""The whole engine before the contract server: reviews, lost answers, rights taken away, a person's own hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.post import Account, Post
from studio.services.desk import Desk
from tests.media.make import photo
from tests.platforms.house import opened
from tests.servers.douyin import Douyin
from tests.services.fakes import Clock, FakeVault
from tests.services.looking import code, look_around

S = State
WALK = Path("assets/samples/walk.mp4")
TEXT = "周末好去处 #咖啡"


class Studio:
    """A desk before the server; both go by one clock."""

    def __init__(self, server: Douyin, clock: Clock, folder: Path) -> None:
        self.server, self.clock, self.folder, self.vault = server, clock, folder, FakeVault()
        self.mei, self.app = server.state.person("梅 Mei"), server.state.app()
        self.desk = self._opened()

    def _opened(self) -> Desk:
        return opened(self.folder, self.vault, self.clock)

    def restart(self) -> None:
        self.desk.close()
        self.desk = self._opened()

    def sign_in(self, scopes: str = "") -> Account:
        """With the browser, as a person does it."""
        fields = {"client_key": self.app.key, "client_secret": self.app.secret, "redirect_uri": self.app.redirect,
                  "scopes": scopes}
        begun = self.desk.accounts.authorize("douyin", fields, api_base=self.server.url)
        self.server.consents = self.mei
        came = httpx.get(begun.url, follow_redirects=False).headers["Location"]
        return self.desk.accounts.add("douyin", {**fields, "callback": came}, api_base=self.server.url)

    def post(self, text: str = TEXT, pictures: int = 0, **options: Any) -> Post:
        files = [WALK]
        if pictures:
            files = [self.folder / f"cup{number}.jpg" for number in range(pictures)]
            for number, path in enumerate(files):
                photo(900 + number, 1200).save(path)
        assets = [self.desk.library.add([path])[0].asset for path in files]
        made = self.desk.posts.create(text=text, media=tuple(a.as_media() for a in assets if a is not None))
        whole = replace(made, options={"douyin": options})
        self.desk.posts.save(whole)
        return whole

    def publish(self, post: Post, account: Account) -> Delivery:
        return self.desk.publishing.publish(post.id, account.id)

    def works(self) -> list[Any]:
        return list(self.server.state.works.values())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Douyin]:
    with Douyin(clock.now) as running:
        yield running


@pytest.fixture
def studio(server: Douyin, clock: Clock, tmp_path: Path) -> Iterator[Studio]:
    made = Studio(server, clock, tmp_path)
    yield made
    made.desk.close()


def test_a_video_is_published_when_its_review_is_over(studio: Studio) -> None:
    studio.server.state.review = 3
    account = studio.sign_in()
    assert (account.mode, account.name) == ("api", "梅 Mei")
    done = studio.publish(studio.post(cover_tsp=1.5), account)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    work, = studio.works()
    assert done.url == f"https://www.douyin.com/video/{work.video_id}" and work.asked["cover_tsp"] == 1.5
    assert len(studio.server.calls("create_video")) == 1 and len(studio.server.calls("video_data")) >= 4


def test_pictures_keep_their_order(studio: Studio) -> None:
    account = studio.sign_in()
    done = studio.publish(studio.post(pictures=7), account)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    work, = studio.works()
    handles = [handle["id"] for handle in done.handles["staged"]]
    assert work.asked["image_list"] == handles and len(set(handles)) == 7


def test_a_long_review_is_waited_for(studio: Studio) -> None:
    studio.server.state.review = None
    account = studio.sign_in()
    waits = studio.publish(studio.post(), account)
    assert waits.state is S.PROCESSING and code(waits) == "delivery.still_processing"
    studio.restart()
    studio.works()[0].ends = 5
    look_around(studio.desk, studio.clock)
    done = studio.desk.publishing.get(waits.id)
    assert done.state is S.PUBLISHED and len(studio.works()) == 1, done


def test_a_review_that_ends_badly_is_told(studio: Studio) -> None:
    studio.server.state.verdict = 2
    account = studio.sign_in()
    told = studio.publish(studio.post(), account)
    assert told.state is S.FAILED and code(told) == "douyin.not_suitable" and told.proof is None


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "garbage"])
@pytest.mark.parametrize("pictures", [0, 2])
def test_a_lost_answer_makes_no_second_post(studio: Studio, fault: str, pictures: int) -> None:
    account = studio.sign_in()
    studio.server.fault("create_", fault)
    done = studio.publish(studio.post(pictures=pictures), account)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert len(studio.works()) == 1 and len(studio.server.calls("/create_")) == 1


def test_what_never_arrived_is_asked_about_and_not_sent_again_by_itself(studio: Studio) -> None:
    account = studio.sign_in()
    studio.server.fault("create_video", "drop_before")
    lost = studio.publish(studio.post(), account)
    assert (lost.state, code(lost)) == (S.UNCONFIRMED, "delivery.not_found_on_platform") and studio.works() == []
    done = studio.desk.publishing.resend(lost.id)
    assert done.state is S.PUBLISHED and len(studio.works()) == 1
    assert len(studio.server.calls("upload_video")) == 2  # a fresh upload for each post


def test_an_upload_that_is_gone_at_the_last_moment_goes_up_anew(studio: Studio) -> None:
    account = studio.sign_in()
    studio.server.fault("create_video", "2190007")  # and it stays so for that upload
    failed = studio.publish(studio.post(), account)
    assert (failed.state, code(failed)) == (S.FAILED, "douyin.upload_gone") and studio.works() == []
    studio.server.state.videos.clear()
    done = studio.desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and len(studio.works()) == 1, done
    assert len(studio.server.calls("upload_video")) == 2


def test_where_nothing_can_be_listed_a_person_is_asked(studio: Studio) -> None:
    account = studio.sign_in("user_info,video.create.bind,video.data.bind")
    studio.server.fault("create_video", "drop_after")
    lost = studio.publish(studio.post(), account)
    assert (lost.state, code(lost)) == (S.UNCONFIRMED, "delivery.cannot_look") and len(studio.works()) == 1
    look_around(studio.desk, studio.clock)
    assert studio.desk.publishing.get(lost.id).state is S.UNCONFIRMED and len(studio.works()) == 1


def test_where_nothing_can_be_read_the_link_is_pasted(studio: Studio) -> None:
    account = studio.sign_in("user_info,video.create.bind")
    over = studio.publish(studio.post(), account)
    assert (over.state, code(over)) == (S.HANDED_OVER, "delivery.unreadable") and len(studio.works()) == 1


def test_a_token_that_ends_on_the_way_is_refreshed_and_kept(studio: Studio) -> None:
    account = studio.sign_in()
    studio.server.state.expire()
    done = studio.publish(studio.post(pictures=4), account)
    assert done.state is S.PUBLISHED, done
    token = studio.vault.read(account.id)["access_token"]
    assert token in studio.server.state.tokens and len(studio.server.calls("oauth/refresh_token")) == 1
    assert studio.server.calls("video_data")[-1].style == "header"


def test_a_dead_refresh_token_is_told_and_then_found_before_anything_is_planned(studio: Studio) -> None:
    account = studio.sign_in()
    studio.server.state.expire()
    studio.server.state.refreshes.clear()
    failed = studio.publish(studio.post(), account)
    assert (failed.state, code(failed)) == (S.FAILED, "douyin.refresh_dead") and studio.works() == []
    known = studio.desk.accounts.get(account.id)
    assert "douyin.refresh_dead" in [f.code for f in studio.desk.checks.findings(studio.post(), known)]
    again = studio.sign_in()
    assert again.id == account.id and "sign_in" not in again.identity
    assert studio.desk.publishing.resend(failed.id).state is S.PUBLISHED


def test_a_right_that_was_not_granted_is_found_before_anything_is_planned(studio: Studio) -> None:
    account = studio.sign_in("user_info,video.list.bind")
    post = studio.post()
    assert "douyin.no_capability" in [f.code for f in studio.desk.checks.findings(post, account)]
    assert not studio.desk.accounts.check(account.id).usable
    studio.server.seen.clear()
    failed = studio.publish(post, account)
    assert (failed.state, code(failed)) == (S.FAILED, "account.scopes")
    assert studio.server.calls("/api/douyin/v1/video/") == []


def test_a_capability_that_was_taken_away_leaves_it_to_a_person(studio: Studio) -> None:
    account = studio.sign_in()
    studio.server.fault("create_video", "28001018")
    waits = studio.publish(studio.post(pictures=0), account)
    assert (waits.state, code(waits)) == (S.WAITING, "douyin.not_permitted") and studio.works() == []
    sheet = studio.desk.by_hand.sheet(waits.id)
    assert [f.name for f in sheet.files] == ["01.mp4"] and sheet.steps[0] == "open" and sheet.steps[-1] == "paste"
    work = studio.server.state.put(studio.mei, {"text": TEXT}, 4)
    done = studio.desk.by_hand.paste(waits.id, f"看看 https://www.douyin.com/video/{work.video_id}?x=1 吧")
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert {m.name for m in studio.desk.insights.metrics(done.id)} >= {"views", "likes"}


def test_by_hand_with_a_code_for_the_phone(studio: Studio) -> None:
    account = studio.sign_in()
    studio.desk.accounts.set_setting(account.id, "media_base", "https://files.example.com/posts")
    waits = studio.publish(studio.post(mode="assisted", ai_generated=True), account)
    assert waits.state is S.WAITING, waits.error
    sheet = studio.desk.by_hand.sheet(waits.id)
    assert sheet.steps[:4] == ("scan", "open", "files", "copy:text") and "tick:0" in sheet.steps
    studio.restart()
    work = studio.server.state.scan(studio.desk.by_hand.sheet(waits.id).handoff.scan, studio.mei)
    done = studio.desk.by_hand.paste(waits.id, "https://v.douyin.com/iRNBho6u/")
    assert done.state is S.PUBLISHED and done.url == f"https://www.douyin.com/video/{work.video_id}"
    other = studio.publish(studio.post("另一篇", mode="assisted"), account)
    with pytest.raises(Refused) as refused:
        studio.desk.by_hand.paste(other.id, f"https://www.douyin.com/video/{work.video_id}")
    assert refused.value.findings


def test_nobody_needs_to_sign_in(studio: Studio) -> None:
    account = studio.desk.accounts.add("douyin", {"handle": "mei"}, name="梅")
    assert account.mode == "assisted" and studio.desk.accounts.check(account.id).usable
    waits = studio.publish(studio.post(pictures=3), account)
    assert waits.state is S.WAITING, waits.error
    assert [f.name for f in studio.desk.by_hand.sheet(waits.id).files] == ["01.jpg", "02.jpg", "03.jpg"]
    done = studio.desk.by_hand.paste(waits.id, "https://www.douyin.com/note/7215132967188970001")
    assert done.state is S.HANDED_OVER and studio.server.seen == []
    with pytest.raises(Refused):
        studio.desk.by_hand.paste(done.id, "https://www.tiktok.com/@x/video/1")


def test_no_secret_is_written_down(studio: Studio) -> None:
    account = studio.sign_in()
    studio.server.fault("upload_video", "10013")
    studio.publish(studio.post(), account)
    kept = studio.vault.read(account.id)
    secrets = [kept[name] for name in ("access_token", "refresh_token", "client_secret")]
    studio.desk.close()
    raw = b"".join(path.read_bytes() for path in (studio.folder / "w").rglob("*") if path.is_file())
    assert raw and not [value for value in secrets if value.encode() in raw]
    studio.desk = studio._opened()
