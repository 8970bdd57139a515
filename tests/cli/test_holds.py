"""hold, resume, holds and account pace: what people without a window do about when things go out."""

from datetime import UTC, datetime, timedelta

import pytest


def soon(minutes=1):
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat(timespec="seconds")


def due(cli, at):
    """publish --due as if it were that time."""
    return cli("publish", "--due", "--now", at).json


def test_a_hold_on_everything(cli, post, account):
    made = cli("hold", "--reason", "the news is bad")
    assert made.status == 0
    assert {k: made.json[k] for k in ("platform", "account", "reason")} == {
        "platform": None, "account": None, "reason": "the news is bad"}
    assert cli("holds").json == [made.json]
    refused = cli("publish", post, "--account", account)
    assert (refused.status, refused.codes) == (1, ["hold.active"])


def test_what_was_held_never_fires_by_itself(cli, post, account, fake):
    id = cli("schedule", post, "--account", account, "--at", soon(), "--zone", "UTC").json["delivery"]
    cli("hold", "--reason", "wait", "--platform", "fake")
    moment = soon(2)
    assert [d["state"] for d in due(cli, moment)] in ([], ["held"])
    assert cli("delivery", "show", id).json["state"] == "held"
    assert fake.server.posts == {}


def test_a_resume_says_what_waits_for_a_person(cli, post, account, fake):
    id = cli("schedule", post, "--account", account, "--at", soon(0), "--zone", "UTC").json["delivery"]
    cli("hold", "--reason", "wait", "--account", account)
    cli("publish", "--due")
    ended = cli("resume", "--account", account)
    assert (ended.status, ended.json["waiting"], ended.json["holds"]) == (0, [id], [])
    assert [h["account"] for h in ended.json["resumed"]] == [account]
    assert cli("publish", "--due").json == [] and fake.server.posts == {}
    sent = cli("delivery", "resend", id)
    assert (sent.status, sent.json["state"], len(fake.server.posts)) == (0, "published", 1)


def test_holds_end_one_by_one(cli, account):
    cli("hold", "--reason", "all")
    cli("hold", "--reason", "one", "--account", account)
    ended = cli("resume")
    assert [h["reason"] for h in ended.json["resumed"]] == ["all"]
    assert [h["reason"] for h in ended.json["holds"]] == ["one"]
    assert cli("resume").json["resumed"] == []


def test_what_is_said_to_people(cli, account):
    assert "everything" in cli("hold", "--reason", "all", as_json=False).out
    assert "all" in cli("holds", as_json=False).out
    assert "The hold is over: everything." in cli("resume", as_json=False).out
    assert "no such hold" in cli("resume", as_json=False).out
    assert "@mill" in cli("hold", "--reason", "one", "--account", account, as_json=False).out
    assert "假" in cli("hold", "--reason", "歇一歇", "--platform", "fake", as_json=False, language="zh_CN").out
    assert "仍在暂停" not in cli("holds", as_json=False, language="zh_CN").out


@pytest.mark.parametrize(("words", "status", "code"), [
    (["hold"], 2, "usage.missing"), (["hold", "--reason", " "], 1, "hold.reason"),
    (["hold", "--reason", "x", "--account", "nobody"], 1, "not_found"),
    (["hold", "--reason", "x", "--account", "a", "--platform", "fake"], 2, "usage.wrong"),
    (["resume", "--account", "nobody"], 1, "not_found"),
])
def test_a_hold_that_cannot_be(cli, account, words, status, code):
    answer = cli(*words)
    assert (answer.status, answer.codes) == (status, [code])
    assert cli("holds").json == []


def test_a_platform_that_is_none_cannot_rest(cli):
    assert cli("hold", "--reason", "x", "--platform", "nowhere").codes == ["not_found"]


def test_an_accounts_pace(cli, account):
    assert cli("account", "pace", account).json == {
        "account": account, "gap": 0, "jitter": 0, "daily": 0, "quiet": "", "own": False}
    chosen = cli("account", "pace", account, "--gap", "30", "--jitter", "5", "--quiet", "23:00-07:00").json
    assert chosen == {"account": account, "gap": 30, "jitter": 5, "daily": 0, "quiet": "23:00-07:00", "own": True}
    assert cli("account", "pace", account, "--daily", "4").json == {**chosen, "daily": 4}
    assert cli("account", "pace", account, "--quiet", "").json == {**chosen, "daily": 4, "quiet": ""}
    said = cli("account", "pace", account, as_json=False).out
    assert "30 minutes" in said and "At most 4" in said
    assert cli("account", "pace", account, "--default").json["own"] is False


@pytest.mark.parametrize(("options", "status", "code"), [
    (["--gap", "-1"], 1, "pace.gap"), (["--daily", "5000"], 1, "pace.daily"), (["--jitter", "99999"], 1, "pace.jitter"),
    (["--quiet", "late"], 1, "pace.quiet"), (["--quiet", "07:00-07:00"], 1, "pace.quiet"),
    (["--gap", "soon"], 2, "usage.bad_value"), (["--default", "--gap", "3"], 2, "usage.wrong"),
])
def test_a_pace_that_cannot_be(cli, account, options, status, code):
    answer = cli("account", "pace", account, *options)
    assert (answer.status, answer.codes) == (status, [code])
    assert cli("account", "pace", account).json["own"] is False


def test_a_gap_alone_is_said_without_a_surplus_of_nothing(cli, account):
    assert "At least 30 minutes between two posts." in cli("account", "pace", account, "--gap", "30", as_json=False).out


def test_what_a_hold_stops_is_told_by_the_run_that_met_it(cli, post, account):
    id = cli("schedule", post, "--account", account, "--at", soon(), "--zone", "UTC").json["delivery"]
    cli("hold", "--reason", "wait")
    [met] = due(cli, soon(2))
    assert (met["delivery"], met["state"]) == (id, "held")


def test_what_waits_for_its_pace_goes_at_once_when_asked_to_hurry(cli, post, account, fake):
    cli("account", "pace", account, "--gap", "30")
    cli("publish", post, "--account", account)
    waits = cli("publish", post, "--account", account, "--again").json
    assert "pace" in cli("delivery", "show", waits["delivery"], as_json=False).err
    sent = cli("publish", post, "--account", account, "--hurry")
    assert (sent.status, sent.json["delivery"], sent.json["state"]) == (0, waits["delivery"], "published")
    assert len(fake.server.posts) == 2


def test_a_thread_s_next_part_says_when_it_goes(cli, account, fake, tmp_path):
    fake.threads = True
    (tmp_path / "t.md").write_text("---\nreplies: [{text: Two, after: 30}]\n---\nOne")
    thread = cli("post", "import", str(tmp_path / "t.md")).json["post"]
    sent = cli("publish", thread, "--account", account, as_json=False)
    assert "Parts that are live: 1. The next one goes at" in sent.err


def test_the_second_post_waits_for_its_accounts_pace(cli, post, account, fake):
    cli("account", "pace", account, "--gap", "30")
    assert cli("publish", post, "--account", account).json["state"] == "published"
    again = cli("publish", post, "--account", account, "--again")
    assert again.json["state"] == "due" and len(fake.server.posts) == 1
