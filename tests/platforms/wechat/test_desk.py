"""The whole engine before the contract server: publishing, lost answers, drafts left to a person, restarts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.errors import Later, Refused
from tests.platforms.wechat.studio import Studio
from tests.servers.faultproxy import FaultProxy
from tests.servers.wechat import WeChat
from tests.services.fakes import Clock

S = State
SUBMIT = r"^POST /cgi-bin/freepublish/submit"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[WeChat]:
    with WeChat(clock.now) as running:
        yield running


@pytest.fixture
def studio(server: WeChat, proxy: FaultProxy, clock: Clock, tmp_path: Path) -> Iterator[Studio]:
    made = Studio(server, proxy, clock, tmp_path)
    yield made
    made.desk.close()


def test_an_article_is_published_and_proved(studio: Studio) -> None:
    post = studio.post("甲\n\n![](photo2.jpg)\n\n乙", files=5, author="梅")
    done = studio.publish(post)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert done.url.startswith("https://mp.weixin.qq.com/s?__biz=") and studio.titles() == ["周末好去处"]
    assert studio.server.state.drafts == {} and studio.server.state.stripped == []
    assert studio.server.twice() == [] and len(studio.server.state.stored) == 6
    assert studio.desk.accounts.get(studio.account.id).identity["publish"] == "yes"
    studio.server.assert_raw()


def test_pictures_go_up_four_at_a_time(studio: Studio) -> None:
    studio.server.gather = 4
    assert studio.publish(studio.post(files=11)).state is S.PUBLISHED
    assert studio.server.busiest == 4


def test_a_token_that_ended_is_renewed_once_for_all_hands(studio: Studio) -> None:
    post = studio.post(files=8)
    studio.server.state.expire_token()
    studio.server.gather = 4
    asked = studio.server.asked("/cgi-bin/stable_token")
    done = studio.publish(post)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole
    assert studio.server.asked("/cgi-bin/stable_token") == asked + 1 and studio.server.twice() == []
    assert studio.vault.kept[studio.account.id]["access_token"] in studio.server.state.tokens


def test_numbers_and_comments_of_what_was_published_are_read(studio: Studio) -> None:
    done = studio.publish(studio.post())
    there = next(iter(studio.server.state.published.values()))
    there.comments.append({"user_comment_id": 5, "openid": "o5", "create_time": 1500000000, "content": "好"})
    assert [c.text for c in studio.desk.insights.comments(done.id).items] == ["好"]
    assert studio.desk.insights.reply(done.id, "5", "谢谢") == "5.reply" and there.comments[0]["reply"]
    with pytest.raises(Later):  # of the first day nothing is counted yet
        studio.desk.insights.metrics(done.id)


def test_what_stands_in_the_way_is_found_before_it_is_scheduled(studio: Studio) -> None:
    studio.server.state.listed = set()
    assert [f.code for f in studio.desk.accounts.check(studio.account.id).findings] == ["wechat.address"]
    studio.server.state.listed = None
    studio.server.state.verified = False
    assert studio.desk.accounts.check(studio.account.id).usable
    account = studio.desk.accounts.get(studio.account.id)
    assert "wechat.no_publish" in [f.code for f in studio.desk.checks.findings(studio.post(), account)]


def test_a_lost_answer_is_looked_up_and_makes_one_article_only(studio: Studio) -> None:
    studio.proxy.lose_reply(only=SUBMIT)
    studio.server.state.polls = 0
    sleep = studio.clock.sleep

    def meanwhile(seconds: float) -> None:
        sleep(seconds)
        studio.server.state.finish()

    studio.clock.sleep = meanwhile  # type: ignore[method-assign]
    studio.restart()
    done = studio.publish(studio.post())
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert studio.titles() == ["周末好去处"] and studio.server.asked("/cgi-bin/freepublish/submit") == 1


def test_a_request_that_never_arrived_is_never_sent_again_by_itself(studio: Studio) -> None:
    studio.proxy.refuse(only=SUBMIT)
    done = studio.publish(studio.post())
    assert done.state is S.UNCONFIRMED and studio.titles() == []
    assert studio.server.asked("/cgi-bin/freepublish/submit") == 0


def test_after_a_broken_upload_what_is_up_stays_up(studio: Studio) -> None:
    studio.server.fail("drop_before", "/cgi-bin/media/uploadimg")
    failed = studio.publish(studio.post(files=7))
    assert failed.state is S.FAILED and studio.server.state.drafts == {}
    before = len(studio.server.state.stored)
    done = studio.desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert before > 0 and len(studio.server.state.stored) == 8 and studio.server.twice() == []


def test_a_draft_whose_answer_was_lost_does_not_pile_up(studio: Studio) -> None:
    studio.proxy.lose_reply(only=r"^POST /cgi-bin/draft/add")
    failed = studio.publish(studio.post())
    assert failed.state is S.FAILED and len(studio.server.state.drafts) == 1
    studio.restart()
    done = studio.desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert studio.server.asked("/cgi-bin/draft/add") == 1 and studio.server.state.drafts == {}
    assert studio.server.twice() == []


def test_an_edit_after_a_failure_makes_a_draft_of_its_own(studio: Studio) -> None:
    studio.server.state.codes["/cgi-bin/freepublish/submit"] = [53501]
    post = studio.post()
    failed = studio.publish(post)
    assert failed.state is S.FAILED and [f.code for f in failed.error] == ["wechat.too_often"]
    studio.desk.posts.save(replace(studio.desk.posts.get(post.id), text="改过的一段。"))
    done = studio.desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert next(iter(studio.server.state.published.values())).article["content"].count("改过的一段") == 1


def test_where_it_may_not_publish_the_draft_waits_for_a_person(studio: Studio) -> None:
    studio.server.state.verified = False
    done = studio.publish(studio.post())
    assert done.state is S.WAITING and [f.code for f in done.error] == ["wechat.no_publish"], done
    assert len(studio.server.state.drafts) == 1
    assert studio.desk.accounts.get(studio.account.id).identity["publish"] == "no"
    sheet = studio.desk.by_hand.sheet(done.id)
    assert sheet.handoff.draft and sheet.steps == ("open", "tick:0", "tick:1", "press", "paste")
    assert {path.name for path in sheet.folder.rglob("cover-*")} == {"cover-900x383.jpg", "cover-383x383.jpg"}


def test_wholly_by_hand_everything_is_laid_ready(studio: Studio) -> None:
    account = studio.desk.accounts.add("wechat", {"handle": "旧书店"}, mode="assisted")
    post = studio.post("甲\n\n![](photo2.jpg)\n\n乙", files=2, author="梅")
    done = studio.desk.publishing.publish(post.id, account.id)
    assert done.state is S.WAITING and studio.server.state.drafts == {}
    sheet = studio.desk.by_hand.sheet(done.id)
    assert [path.name for path in sheet.files] == ["01.jpg", "02.jpg"] and not sheet.handoff.draft
    assert [piece.name for piece in sheet.handoff.pieces] == ["title", "author", "text"]
    assert "[02 photo2.jpg]" in (sheet.folder / "text.html").read_text("utf-8")
    studio.desk.by_hand.paste(done.id, "https://mp.weixin.qq.com/s/Abc_dEF-123456")
    assert studio.desk.publishing.get(done.id).state in (S.PUBLISHED, S.HANDED_OVER)


def test_a_pasted_link_of_a_handed_over_article_is_verified(studio: Studio) -> None:
    studio.server.state.verified = False
    done = studio.publish(studio.post())
    studio.server.state.verified = True
    draft = next(iter(studio.server.state.drafts.values()))
    job = studio.server.state.submit(draft.id)
    studio.server.state.finish()  # the person pressed its button
    address = next(iter(studio.server.state.published.values())).url
    studio.desk.by_hand.paste(done.id, address)
    after = studio.desk.publishing.get(done.id)
    assert after.state is S.PUBLISHED and after.proof is not None and after.proof.whole and job.number


def test_a_review_that_refuses_is_told_and_nothing_is_called_published(studio: Studio) -> None:
    studio.server.state.outcome = 4
    done = studio.publish(studio.post())
    assert done.state is S.FAILED and "wechat.review_refused" in [f.code for f in done.error]


def test_an_address_off_the_list_is_said_before_anything_is_sent(studio: Studio) -> None:
    studio.server.state.listed = set()
    done = studio.publish(studio.post())
    assert done.state is S.FAILED and "wechat.address" in [f.code for f in done.error]
    assert studio.server.state.stored == [] and studio.server.state.drafts == {}


def test_a_used_up_quota_is_tried_later(studio: Studio) -> None:
    studio.server.state.quota["/cgi-bin/draft/add"] = 0
    done = studio.publish(studio.post())
    assert done.state in (S.FAILED, S.DUE) and "wechat.quota_day" in [f.code for f in done.error]
    assert studio.titles() == []


def test_a_picture_outside_that_cannot_be_had_stops_it_before_anything_is_sent(studio: Studio) -> None:
    done = studio.publish(studio.post("![](https://127.0.0.1:1/none.png)"))
    assert done.state is S.FAILED and done.error and done.error[0].field == "text", done
    assert studio.server.state.stored == [] and studio.server.state.drafts == {}


def test_a_wrong_secret_is_refused_on_its_field(studio: Studio) -> None:
    for fields, field in (
        ({"app_id": studio.server.state.app_id, "app_secret": "wrong-secret"}, "app_secret"),
        ({"app_id": "wx0000000000000000", "app_secret": studio.server.state.secret}, "app_id"),
    ):
        with pytest.raises(Refused) as refused:
            studio.desk.accounts.add("wechat", fields, api_base=studio.proxy.url)
        assert [f.field for f in refused.value.findings] == [field]
        assert "wrong-secret" not in repr(refused.value.findings)
