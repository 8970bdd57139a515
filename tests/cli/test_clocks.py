"""schedule --ahead and --again, publish --hurry, delivery resend --over, and whose clock fires."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.core.post import Reply
from studio.store.workspace import Workspace


def soon(**units):
    return (datetime.now(UTC) + timedelta(**units)).isoformat(timespec="seconds")


@pytest.fixture
def schedule(cli, post, account):
    def call(*options, as_json=True, **units):
        at = soon(**(units or {"hours": 2}))
        return cli("schedule", post, "--account", account, "--at", at, "--zone", "UTC", *options, as_json=as_json)

    return call


def test_this_computer_fires_unless_it_is_said(cli, schedule):
    made = schedule().json
    assert made["clock"] == "here"
    shown = cli("delivery", "show", made["delivery"])
    assert {k: shown.json[k] for k in ("clock", "ahead", "link", "wake")} == {
        "clock": "here", "ahead": False, "link": 0, "wake": None}
    told = cli("delivery", "show", made["delivery"], as_json=False).out
    assert "This computer sends it, and must be on at that time." in told


def test_ahead_it_lies_with_the_platform(cli, schedule, fake):
    fake.times()
    made = schedule("--ahead").json
    assert made["clock"] == "platform"
    id = made["delivery"]
    assert "Until it is left there, this computer must be on." in cli("delivery", "show", id, as_json=False).out
    cli("publish", "--due", "--now", soon(seconds=2))
    shown = cli("delivery", "show", id)
    assert (shown.json["state"], shown.json["ahead"], len(fake.server.scheduled)) == ("scheduled", True, 1)
    assert "This computer may be off." in cli("delivery", "show", id, as_json=False).out
    assert cli("delivery", "cancel", id).json["state"] == "cancelled" and fake.server.scheduled == {}


def test_ahead_is_refused_where_there_is_no_timer_and_when_it_is_too_soon(schedule, fake):
    assert schedule("--ahead").codes == ["ahead.no_timer"]
    fake.times(least=600)
    assert schedule("--ahead", minutes=5).codes == ["ahead.too_soon"]


def test_scheduling_what_is_live_is_refused_unless_it_is_said(cli, post, account, schedule, fake):
    cli("publish", post, "--account", account)
    assert schedule().codes == ["delivery.already_published"]
    assert schedule("--again").json["state"] == "scheduled"


def test_hurry_does_not_wait_for_the_pace(cli, post, account, fake):
    cli("account", "pace", account, "--gap", "60")
    cli("publish", post, "--account", account)
    waits = cli("publish", post, "--account", account, "--again")
    assert waits.json["state"] == "due" and len(fake.server.posts) == 1
    shown = cli("delivery", "show", waits.json["delivery"]).json
    assert shown["wake"] > soon(minutes=50)
    cli("delivery", "cancel", waits.json["delivery"])
    told = cli("publish", post, "--account", account, "--again", as_json=False)
    assert "--hurry" in told.err
    cli("delivery", "cancel", cli("deliveries", "--state", "due").json[0]["delivery"])
    hurried = cli("publish", post, "--account", account, "--again", "--hurry")
    assert (hurried.status, hurried.json["state"], len(fake.server.posts)) == (0, "published", 2)


@pytest.mark.parametrize(("over", "texts"), [(False, 2), (True, 3)])
def test_resend_goes_on_or_starts_over(cli, tmp_path, post, account, fake, over, texts):
    fake.threads = True
    workspace = Workspace.open(tmp_path / "w")
    workspace.posts.save(replace(workspace.posts.get(post), replies=(Reply("Two"),)))
    workspace.close()
    fake.server.faults = {"commit": ["", "refused"]}
    failed = cli("publish", post, "--account", account)
    assert failed.json["state"] == "failed" and len(fake.server.posts) == 1
    sent = cli("delivery", "resend", failed.json["delivery"], *(["--over"] if over else []))
    assert (sent.status, sent.json["state"], len(fake.server.posts)) == (0, "published", texts)


@pytest.mark.parametrize(("language", "words"), [("zh_CN", "由这台电脑发出"), ("zh_TW", "由這台電腦送出")])
def test_in_chinese(cli, schedule, language, words):
    id = schedule().json["delivery"]
    assert words in cli("delivery", "show", id, as_json=False, language=language).out
