"""What each command answers: the JSON as promised, sentences for people, and the exit status."""

import json
import os
import re
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from studio.cli import run
from studio.core.delivery import State
from studio.services.library import Library
from studio.services.posts import Posts
from tests.cli.conftest import SECRET

OUTCOME = {"delivery", "state", "url", "proof", "error"}
FINDING = {"code", "severity", "field", "values", "text", "source"}
SOON = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def test_import_answers_with_the_post(cli, folder):
    answer = cli("post", "import", folder)
    assert (answer.status, set(answer.json), answer.json["findings"]) == (0, {"post", "findings"}, [])


def test_a_refused_import_leaves_no_post(cli, folder):
    (folder / "post.md").write_text("---\nmedia: ['../../etc/passwd', gone.jpg]\n---\nx")
    answer = cli("post", "import", folder / "post.md")
    assert answer.status == 1
    assert answer.json["post"] is None
    assert answer.codes == ["media.outside", "media.no_file"]
    assert set(answer.json["findings"][0]) == FINDING
    assert cli("post", "list").json == []


def test_broken_front_matter_tells_where(cli, folder):
    (folder / "post.md").write_text("---\ntitle: [\n---\nx")
    answer = cli("post", "import", folder / "post.md", as_json=False)
    assert answer.status == 1 and answer.out == ""
    assert re.search(r"line \d+, column \d+", answer.err)


def test_list_and_show_and_export(cli, post, tmp_path):
    rows = cli("post", "list").json
    assert [(r["post"], r["heading"], r["state"], r["at"], r["pictures"]) for r in rows] == [
        (post, "Picks", "draft", None, 1)]
    assert [r["post"] for r in cli("post", "list", "--search", "周末").json] == [post]
    assert cli("post", "list", "--state", "published").json == []
    shown = cli("post", "show", post).json
    assert (shown["post"], shown["title"], shown["text"], shown["deliveries"]) == (post, "Picks", "周末 text.", [])
    out = cli("post", "export", post, "--out", tmp_path / "out").json
    assert [p.rsplit("/", 1)[1] for p in out["files"]] == ["post.md", "cafe.jpg"]
    assert cli("post", "import", tmp_path / "out").status == 0


def test_check_has_findings_and_refuses_what_blocks(cli, fake, account, tmp_path):
    (tmp_path / "long.md").write_text("x" * 51)
    post = cli("post", "import", tmp_path / "long.md").json["post"]
    answer = cli("post", "check", post, "--account", account)
    assert (answer.status, answer.codes) == (1, ["text.too_long"])
    assert "51" in answer.json["findings"][0]["text"] and "50" in answer.json["findings"][0]["text"]
    assert cli("post", "check", post, "--platform", "fake").codes == ["text.too_long"]
    assert cli("post", "check", post).status == 2


def test_what_is_not_there_is_refused(cli):
    for command in (["post", "show"], ["account", "check"], ["delivery", "show"], ["media", "show"]):
        answer = cli(*command, "nothing")
        assert (answer.status, answer.codes) == (1, ["not_found"]), command


def test_preview_paints_what_was_asked(cli, post, practice, painter, tmp_path):
    answer = cli("preview", post, "--platform", "practice", "--theme", "dark", "--width", "300", "--scale", "2",
                 "--out", tmp_path / "p.png")
    assert set(answer.json) == {"file", "width", "height", "boxes"}
    _, whom, _, options = painter.asked[0]
    assert whom == "practice"
    assert {k: v for k, v in options.items() if k != "out"} == {
        "surface": "", "theme": "dark", "width": 300.0, "scale": 2.0, "language": "en", "text": 1.0, "unfolded": False,
        "page": 0}
    assert cli("preview", post, "--account", practice, "--out", tmp_path / "q.png").status == 0
    assert painter.asked[1][2] == practice
    assert cli("preview", post, "--platform", "practice").status == 2


def test_previews_are_listed_with_their_widths(cli):
    listed = cli("preview", "--list").json
    assert {p["id"] for p in listed} >= {"bluesky", "practice"}
    assert all(s["id"] and s["width"] > 0 for p in listed for s in p["surfaces"])


def test_publish_and_read_back(cli, post, practice):
    answer = cli("publish", post, "--account", practice)
    done = answer.json
    assert (answer.status, set(done), done["state"], done["error"]) == (0, OUTCOME, "published", None)
    assert done["url"] and done["proof"]["whole"] and all(line["same"] for line in done["proof"]["lines"])
    again = cli("publish", post, "--account", practice)
    assert (again.status, again.codes) == (1, ["delivery.already_published"])
    assert cli("publish", post, "--account", practice, "--again").json["state"] == "published"
    assert {d["state"] for d in cli("deliveries", "--post", post).json} == {"published"}
    assert cli("post", "list").json[0]["state"] == "published"


def test_a_refused_publish_says_why_in_its_error(cli, fake, account, tmp_path):
    (tmp_path / "long.md").write_text("x" * 51)
    post = cli("post", "import", tmp_path / "long.md").json["post"]
    answer = cli("publish", post, "--account", account)
    assert (answer.status, answer.json["state"]) == (1, "failed")
    assert [f["code"] for f in answer.json["error"]["findings"]] == ["text.too_long"]
    assert answer.json["error"]["text"]


def unconfirmed(cli, fake, account, folder):
    post = cli("post", "import", folder).json["post"]
    fake.server.faults = {"commit": ["drop_before"], "look": ["lag"] * 9}
    return cli("publish", post, "--account", account)


def test_an_unknown_outcome_has_its_own_status(cli, fake, account, folder):
    answer = unconfirmed(cli, fake, account, folder)
    assert (answer.status, answer.json["state"]) == (3, "unconfirmed")
    assert fake.server.log.count("commit") == 1
    listed = cli("deliveries", "--state", "unconfirmed").json
    assert [d["delivery"] for d in listed] == [answer.json["delivery"]]


def test_a_person_confirms(cli, fake, account, folder):
    id = unconfirmed(cli, fake, account, folder).json["delivery"]
    wrong = cli("delivery", "confirm", id, "--url", "javascript:x")
    assert (wrong.status, wrong.codes) == (1, ["delivery.url"])
    done = cli("delivery", "confirm", id, "--url", "https://fake.example/1")
    assert (done.status, done.json["state"], done.json["url"]) == (0, "published", "https://fake.example/1")


def test_a_person_sends_it_again(cli, fake, account, folder):
    id = unconfirmed(cli, fake, account, folder).json["delivery"]
    fake.server.faults = {}
    done = cli("delivery", "resend", id)
    assert (done.status, done.json["state"]) == (0, "published")
    story = cli("delivery", "show", id).json
    assert set(story) > OUTCOME and {"at", "step", "phase", "who", "data"} == set(story["steps"][0])
    assert sum(s["phase"] == "begun" and s["step"].startswith("commit") for s in story["steps"]) == 2


def test_schedule_tells_the_time_in_utc(cli, post, practice):
    answer = cli("schedule", post, "--account", practice, "--at", "2036-12-01T09:00", "--zone", "Asia/Shanghai",
                 "--late", "ask")
    assert answer.status == 0
    assert {k: answer.json[k] for k in ("state", "at", "zone", "late")} == {
        "state": "scheduled", "at": "2036-12-01T01:00:00Z", "zone": "Asia/Shanghai", "late": "ask"}
    twice = cli("schedule", post, "--account", practice, "--at", SOON)
    assert (twice.status, twice.codes) == (1, ["delivery.already_open"])
    gone = cli("delivery", "cancel", answer.json["delivery"])
    assert (gone.status, gone.json["state"]) == (0, "cancelled")


def test_a_time_that_clocks_skip_is_remarked(cli, post, practice):
    answer = cli("schedule", post, "--account", practice, "--at", "2037-03-29T02:30", "--zone", "Europe/Berlin")
    assert answer.json["at"] == "2037-03-29T01:30:00Z"
    assert "does not exist" in answer.err and "03:30" in answer.err


@pytest.mark.parametrize(("options", "utc", "said"), [
    ([], "2037-10-25T00:30:00Z", "The first"), (["--second"], "2037-10-25T01:30:00Z", "The second"),
])
def test_a_time_that_comes_twice_is_remarked(cli, post, practice, options, utc, said):
    answer = cli("schedule", post, "--account", practice, "--at", "2037-10-25T02:30", "--zone", "Europe/Berlin",
                 *options)
    assert answer.json["at"] == utc
    assert "comes twice" in answer.err and said in answer.err


def test_the_second_of_a_time_that_comes_once_is_that_time(cli, post, practice):
    answer = cli("schedule", post, "--account", practice, "--at", SOON, "--zone", "UTC", "--second")
    assert (answer.status, answer.err) == (0, "")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--at", "2020-01-01T09:00"], "time.past"), (["--at", "noon"], "time.unreadable"),
        (["--at", SOON, "--zone", "Mars/Base"], "zone.unknown"),
        (["--at", SOON, "--zone", "../../etc"], "zone.unknown"),
        (["--at", SOON, "--late", "maybe"], "late.unreadable"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(cli, post, practice, options, code):
    answer = cli("schedule", post, "--account", practice, *options)
    assert (answer.status, answer.codes) == (1, [code])
    assert cli("deliveries").json == []


def test_all_that_is_due_is_published(cli, post, practice):
    assert cli("publish", "--due").json == []
    id = cli("schedule", post, "--account", practice, "--at", "2036-12-01T09:00", "--zone", "UTC").json["delivery"]
    assert cli("publish", "--due", "--now", "2036-12-01T08:59:59").json == []
    answer = cli("publish", "--due", "--now", "2036-12-01T09:01")
    assert answer.status == 0
    assert [(d["delivery"], d["state"]) for d in answer.json] == [(id, "published")]
    assert set(answer.json[0]) == OUTCOME
    assert cli("publish", "--due", "--now", "2036-12-01T09:02").json == []


def test_what_is_too_late_is_missed_and_not_sent(cli, post, practice):
    cli("schedule", post, "--account", practice, "--at", "2036-12-01T09:00", "--zone", "UTC", "--late", "post:15m")
    answer = cli("publish", "--due", "--now", "2036-12-01T12:00")
    assert (answer.status, [d["state"] for d in answer.json]) == (0, ["missed"])
    assert [f["code"] for f in answer.json[0]["error"]["findings"]] == ["delivery.missed"]
    assert cli("publish", "--due", "--now", "2036-12-01T12:00").json == []


def test_media_comes_into_the_library(cli, folder):
    answer = cli("media", "add", folder / "cafe.jpg", "--alt", "A cup")
    row = answer.json[0]
    assert {"media", "kind", "width", "height", "duration", "sha256"} <= set(row)
    assert (answer.status, row["kind"], row["width"], row["duration"], row["alt"]) == (0, "image", 80, None, "A cup")
    assert row["media"] == row["sha256"]
    assert cli("media", "list").json == [row]
    shown = cli("media", "show", row["media"]).json
    assert (shown["alt"], shown["orientation"], shown["posts"], shown["findings"]) == ("A cup", 1, [], [])


def test_refused_files_are_told_beside_those_that_came_in(cli, folder):
    (folder / "empty.jpg").write_bytes(b"")
    answer = cli("media", "add", folder / "empty.jpg", folder / "cafe.jpg", folder / "gone.jpg")
    assert answer.status == 1
    assert (answer.codes, len(answer.json["media"])) == (["media.empty", "media.no_file"], 1)


def test_backup_and_restore(cli, post, tmp_path):
    made = cli("backup", "--out", tmp_path / "b.zip").json
    assert made["file"] == str(tmp_path / "b.zip") and made["bytes"] > 0
    cli("post", "import", tmp_path / "in")
    assert len(cli("post", "list").json) == 2
    done = cli("restore", tmp_path / "b.zip")
    assert (done.status, done.json["posts"], done.json["media"], done.json["missing"]) == (0, 1, 1, [])
    assert [r["post"] for r in cli("post", "list").json] == [post]
    assert done.json["kept"]
    (tmp_path / "bad.zip").write_bytes(b"x")
    assert cli("restore", tmp_path / "bad.zip").codes == ["backup.corrupt"]


def test_doctor_has_findings_and_facts(cli, post):
    answer = cli("doctor", "--deep")
    assert set(answer.json) == {"findings", "facts"}
    assert answer.status == (1 if any(f["severity"] == "error" for f in answer.json["findings"]) else 0)
    assert answer.json["facts"]["posts"] == 1
    assert "vault.none" in answer.codes


@pytest.mark.parametrize(
    "command",
    ["image presets", "calendar list --from x"],
)
def test_what_is_not_built_says_so(cli, command):
    answer = cli(*command.split())
    assert (answer.status, answer.codes) == (2, ["not_built"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("nonsense", "usage.no_command"), ("post nonsense", "usage.no_command"),
        ("post list --colour", "usage.no_option"),
        ("post show", "usage.missing"), ("schedule X", "usage.missing"), ("preview X", "usage.missing"),
        ("post list --limit none", "usage.bad_value"), ("deliveries --state odd", "usage.bad_value"),
        ("publish X --account Y --now 2036-01-01", "usage.wrong"), ("", "usage.missing"), ("account", "usage.missing"),
        ("post show a b", "usage.wrong"),
    ],
)
def test_wrong_usage_has_its_own_status(cli, words, code):
    answer = cli(*words.split())
    assert (answer.status, answer.codes) == (2, [code])


def test_a_wrong_common_option_is_wrong_usage(capsys, painter):
    assert run(["--json", "--language", "fr", "post", "list"], painter) == 2
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "usage.bad_value"


def test_help_and_version_are_answers(cli):
    assert "--workspace" in cli("--help", as_json=False).out
    assert cli("post", "import", "--help", as_json=False).status == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", cli("--version", as_json=False).out)
    assert set(cli("--version").json) == {"version"}


def test_a_fault_of_ours_tells_where_and_never_what(cli, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(Posts, "list", broken)
    answer = cli("post", "list")
    assert (answer.status, answer.codes) == (1, ["fault"])
    assert "test_commands.py" in answer.err and SECRET not in answer.err + answer.out


def test_a_place_that_cannot_be_written_is_told(cli, post, tmp_path):
    (tmp_path / "taken").write_text("x")
    answer = cli("post", "export", post, "--out", tmp_path / "taken" / "inside")
    assert (answer.status, answer.codes) == (1, ["file.trouble"])
    answer = cli("preview", post, "--platform", "practice", "--out", tmp_path / "taken" / "inside.png")
    assert (answer.status, answer.codes) == (1, ["out.unwritable"])


def test_ctrl_c_stops_an_import_and_leaves_nothing(cli, folder, monkeypatch):
    add = Library.add

    def interrupted(self, paths, task=None):
        done = add(self, paths, task)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.3)  # the wish travels through a thread
        return done

    (folder / "second.jpg").write_bytes((folder / "cafe.jpg").read_bytes() + b"\0")
    (folder / "post.md").write_text("---\nmedia: [cafe.jpg, second.jpg]\n---\nx")
    monkeypatch.setattr(Library, "add", interrupted)
    answer = cli("post", "import", folder)
    assert (answer.status, answer.codes) == (130, ["cancelled"])
    assert cli("post", "list").json == [] and cli("media", "list").json == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_before_the_send_cancels_the_delivery(cli, fake, account, folder, monkeypatch):
    post = cli("post", "import", folder).json["post"]
    plan = fake.publisher

    def interrupted(access):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.3)
        return plan(access)

    fake.publisher = interrupted
    answer = cli("publish", post, "--account", account)
    assert answer.status == 130
    assert "commit" not in fake.server.log
    assert [d["state"] for d in cli("deliveries").json] == [State.CANCELLED.value]


COMMANDS = [
    "account list", "account fields practice", "account fields bluesky", "account check {account}", "post list",
    "post show {post}", "post check {post} --platform bluesky", "post export {post} --out {out}/x",
    "preview --list", "preview {post} --platform practice --out {out}/p.png", "deliveries", "publish --due",
    "publish {post} --account {account}", "post list --search nothing", "media list", "media show {media}",
    "backup --out {out}/b.zip", "restore {out}/b.zip", "doctor", "post show nothing", "nonsense", "hold", "--help",
    "schedule {post} --account {account} --at 2036-12-01T09:00", "schedule {post} --account {account} --at noon",
]


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_command_speaks_the_language(cli, folder, tmp_path, language):
    """No sentence is left untranslated, and --json is one document, whatever the command."""
    (tmp_path / "out").mkdir()
    names = {"out": tmp_path / "out", "account": cli("account", "list").json[0]["account"],
             "post": cli("post", "import", folder).json["post"], "media": cli("media", "list").json[0]["media"]}
    for line in COMMANDS:
        words = line.format(**names).split()
        people = cli(*words, as_json=False, language=language)
        assert people.status in (0, 1, 2), line
        assert people.out or people.err, line
        if language != "en" and not people.out.startswith(("Usage", "{")):
            text = (people.out + people.err).replace("Usage: yigao [OPTIONS] [COMMAND] [ARGS]...", "")
            assert re.search("[\u4e00-\u9fff]", text) or line.startswith("post export"), (line, text)
        if "--help" not in words:
            assert isinstance(cli(*words, language=language).json, list | dict), line
