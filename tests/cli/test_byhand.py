"""Posting by hand without the window: the kit, what to do, the link at the end, and what came of it."""

import json
from pathlib import Path

from studio.core.errors import Refused, Uncertain
from studio.core.finding import error, warning
from studio.core.insight import Comment, Comments, Metric
from studio.platforms.base import Insights

HAND = ("account", "add", "fake", "--mode", "assisted", "--handle", "@mill")
GOOD = json.dumps({"user": "mill", "password": "right"})


class Told(Insights):
    """Tells two numbers and two pages of comments; replies fail as the test says."""

    def __init__(self, faults):
        self.replies, self.faults = [], faults

    def metrics(self, receipt):
        return (Metric("views", 1284, "plays"), Metric("likes", 7))

    def comments(self, receipt, after=""):
        if after:
            return Comments((Comment("2", "Ann", "第二条", mine=True, parent="1"),))
        return Comments((Comment("1", "Bo", "好看"),), after="next")

    def reply(self, receipt, comment, text):
        self.replies.append((receipt.handle["key"], comment, text))
        if self.faults:
            raise self.faults.pop(0)
        return "r1"


def test_the_kit_of_a_post(cli, fake, post, tmp_path):
    answer = cli("post", "kit", post, "--platform", "fake", "--out", tmp_path / "kit", language="zh_TW")
    names = {file.rpartition("/")[2] for file in answer.json["files"]}
    assert answer.status == 0 and names == {
        "01.jpg", "README.txt", "alt.txt", "cover-900x383.jpg", "text.txt", "title.txt"}
    assert "親手" in (tmp_path / "kit" / "README.txt").read_text("utf-8")
    again = cli("post", "kit", post, "--platform", "fake", "--out", tmp_path / "kit")
    assert (again.status, again.codes) == (1, ["kit.not_empty"])
    assert cli("post", "kit", post, "--out", tmp_path / "x").codes == ["usage.missing"]


def test_the_whole_way_by_hand(cli, post, fake):
    account = cli(*HAND).json["account"]
    waiting = cli("publish", post, "--account", account)
    assert (waiting.status, waiting.json["state"]) == (1, "waiting_for_user")
    id = waiting.json["delivery"]
    shown = cli("delivery", "hand", id).json
    assert [s["step"] for s in shown["steps"]] == ["open", "files", "copy:title", "copy:text", "press", "paste"]
    assert shown["page"] == "https://fake.example/new" and len(shown["files"]) == 1
    assert "https://fake.example/new" in cli("delivery", "hand", id, as_json=False).out
    assert "貼回一稿" in cli("delivery", "hand", id, as_json=False, language="zh_TW").out
    assert cli("publish", post, "--account", account).codes == ["delivery.already_open"]
    assert cli("delivery", "remind", id, "--minutes", "5").status == 0
    assert cli("delivery", "confirm", id, "--url", "https://nowhere.example/1").codes == ["handoff.not_a_link"]
    done = cli("delivery", "confirm", id, "--url", "https://fake.example/k1").json
    assert (done["state"], done["url"]) == ("handed_over", "https://fake.example/k1")
    assert cli("delivery", "hand", id).codes == ["delivery.wrong_state"]
    assert "Published" in cli("deliveries", as_json=False).out


def test_it_did_not_work(cli, post, fake):
    id = cli("publish", post, "--account", cli(*HAND).json["account"]).json["delivery"]
    failed = cli("delivery", "failed", id, "--reason", "page was down").json
    assert failed["state"] == "failed" and "page was down" in failed["error"]["text"]


def test_a_reminder_is_never_further_off_than_it_says(cli, post, fake):
    id = cli("publish", post, "--account", cli(*HAND).json["account"]).json["delivery"]
    assert cli("delivery", "remind", id, "--minutes", "10081").status == 2
    told = cli("delivery", "remind", id, "--minutes", "10080", as_json=False)
    assert told.status == 0 and "10080" in told.out


def test_what_lies_ready_may_be_taken_away(cli, post, fake):
    id = cli("publish", post, "--account", cli(*HAND).json["account"]).json["delivery"]
    folder = Path(cli("delivery", "hand", id).json["folder"])
    (folder / "README.txt").unlink()
    (folder / "01.jpg").unlink()
    told = cli("delivery", "hand", id, as_json=False)
    assert told.status == 0 and str(folder) in told.out
    assert cli("delivery", "hand", id).json["files"] == []


def test_any_link_when_the_person_insists(cli, post, fake):
    id = cli("publish", post, "--account", cli(*HAND).json["account"]).json["delivery"]
    done = cli("delivery", "confirm", id, "--url", "https://nowhere.example/1", "--anyway").json
    assert done["state"] == "handed_over" and done["proof"] is None


def test_what_the_api_sent_and_cannot_read_is_proved_by_its_link_as_well(cli, post, account, fake):
    """As in the window: any address is no proof."""
    fake.readable = False
    sent = cli("publish", post, "--account", account).json
    assert sent["state"] == "handed_over"
    wrong = cli("delivery", "confirm", sent["delivery"], "--url", "https://nowhere.example/1")
    assert wrong.codes == ["handoff.not_a_link"]
    there = f"https://fake.example/{next(iter(fake.server.posts))}"
    done = cli("delivery", "confirm", sent["delivery"], "--url", there)
    assert done.json["state"] == "published" and done.json["proof"] is not None


def test_numbers_comments_and_a_reply(cli, post, account, fake, monkeypatch):
    told = Told([])
    monkeypatch.setattr(fake, "insights", lambda access: told, raising=False)
    id = cli("publish", post, "--account", account).json["delivery"]
    assert cli("delivery", "numbers", id).json == [
        {"name": "views", "value": 1284, "own": "plays"}, {"name": "likes", "value": 7, "own": ""}]
    assert "1,284" in cli("delivery", "numbers", id, as_json=False).out
    first = cli("delivery", "comments", id).json
    assert first["after"] == "next" and [c["id"] for c in first["comments"]] == ["1"]
    second = cli("delivery", "comments", id, "--after", "next").json
    assert second["after"] is None and second["comments"][0]["parent"] == "1"
    assert cli("delivery", "reply", id, "1", "谢谢").json["reply"] == "r1"
    assert cli("delivery", "reply", id, "1", "谢谢").json["reply"] == "r1"
    assert len(told.replies) == 1, "the same answer is sent once"
    assert cli("delivery", "reply", id, "1", "  ").codes == ["post.empty"]


def test_a_reply_whose_answer_got_lost_is_not_sent_again(cli, post, account, fake, monkeypatch):
    told = Told([Uncertain(error("net.server_fault", "account", host="fake.example", status=502))])
    monkeypatch.setattr(fake, "insights", lambda access: told, raising=False)
    id = cli("publish", post, "--account", account).json["delivery"]
    assert cli("delivery", "reply", id, "1", "谢谢").status == 3
    assert cli("delivery", "reply", id, "1", "谢谢").status == 3
    assert len(told.replies) == 1


def test_a_refused_reply_may_be_tried_again(cli, post, account, fake, monkeypatch):
    told = Told([Refused(error("insight.no_reply", "account"))])
    monkeypatch.setattr(fake, "insights", lambda access: told, raising=False)
    id = cli("publish", post, "--account", account).json["delivery"]
    assert cli("delivery", "reply", id, "1", "谢谢").codes == ["insight.no_reply"]
    assert cli("delivery", "reply", id, "1", "谢谢").json["reply"] == "r1"


def test_a_platform_that_tells_nothing_says_so(cli, post, account, fake):
    id = cli("publish", post, "--account", account).json["delivery"]
    assert cli("delivery", "numbers", id).codes == ["insight.none"]


def test_before_something_is_scheduled_the_doctor_is_asked(cli, post, account, fake):
    when = ("schedule", post, "--account", account, "--at", "2031-12-01T09:00", "--zone", "UTC")
    fake.doctor = lambda access: (error("account.closed", "account", reason="suspended"),)
    refused = cli(*when)
    assert (refused.status, refused.codes) == (1, ["account.closed"])
    assert cli(*when, "--unseen").json["state"] == "scheduled"


def test_a_hint_of_the_doctor_stops_nothing(cli, post, account, fake):
    fake.doctor = lambda access: (warning("account.limited", "account"),)
    made = cli("schedule", post, "--account", account, "--at", "2031-12-01T09:00", "--zone", "UTC", as_json=False)
    assert made.status == 0 and "Note:" in made.err


def test_offline_everything_can_still_be_scheduled(cli, post, account, fake):
    when = ("schedule", post, "--account", account, "--at", "2031-12-01T09:00", "--zone", "UTC")
    fake.server.faults["health"] = ["later"]
    made = cli(*when)
    assert made.json["state"] == "scheduled"
    fake.doctor = lambda access: (error("net.down", "account", host="fake.example"),)
    cli("delivery", "cancel", made.json["delivery"])
    assert cli(*when).json["state"] == "scheduled"


def test_by_hand_nobody_is_asked(cli, post, fake):
    account = cli(*HAND).json["account"]
    fake.doctor = lambda access: (error("account.closed", "account", reason="suspended"),)
    made = cli("schedule", post, "--account", account, "--at", "2031-12-01T09:00", "--zone", "UTC")
    assert made.json["state"] == "scheduled"
