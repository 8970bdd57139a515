"""A review by commands: the page goes out, the comments come back, are listed, settled and forgotten."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.core.review import Answer, Place, Remark, answer_to_json
from studio.services.desk import Desk

AT = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)


@pytest.fixture
def page(cli, post, practice, tmp_path):
    """What the script of an exported page works with."""
    answer = cli("review", "export", post, "--out", tmp_path / "r.html", "--account", practice)
    assert answer.status == 0
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    return json.loads(re.search(r'id="review">(.*?)</script>', text)[1])


@pytest.fixture
def back(page, tmp_path):
    """A file as the page saves it."""
    def write(*texts, verdict="", post=None):
        place = Place(**page["previews"]["p1"])
        remarks = tuple(Remark(f"c{n}", page["post"], place, "Ana", text, verdict, at=AT + n * timedelta(hours=1))
                        for n, text in enumerate(texts))
        file = tmp_path / "comments.json"
        file.write_text(json.dumps(answer_to_json(Answer(page["review"], post or page["post"], remarks))))
        return file

    return write


def test_the_page_has_the_previews_that_were_asked_for(cli, post, practice, painter, tmp_path):
    answer = cli("review", "export", post, "--out", tmp_path / "r.html", "--account", practice, "--theme", "both",
                 "--scale", "1.5", "--who", "Mill", language="zh_TW")
    assert (answer.json["post"], answer.json["file"]) == (post, str(tmp_path / "r.html"))
    assert [(p["account"], p["theme"]) for p in answer.json["previews"]] == [(practice, "light"), (practice, "dark")]
    assert answer.json["bytes"] == (tmp_path / "r.html").stat().st_size
    assert {options["scale"] for *_, options in painter.asked} == {1.5}
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "審閱" in text and "Mill" in text and text.count("<figure") == 2


def test_without_accounts_every_platform_is_shown(cli, post, tmp_path):
    every = [(p["id"], s["id"]) for p in cli("preview", "--list").json for s in p["surfaces"]]
    shown = cli("review", "export", post, "--out", tmp_path / "r.html").json["previews"]
    assert [(p["platform"], p["surface"]) for p in shown] == every
    surface = every[-1][1]
    few = cli("review", "export", post, "--out", tmp_path / "r.html", "--surface", surface).json["previews"]
    assert {p["surface"] for p in few} == {surface}


def test_comments_come_back_are_listed_and_settled(cli, post, page, back):
    taken = cli("review", "import", back("<b>Brighter</b>", "Shorter")).json
    assert taken == {"post": post, "new": 2, "changed": 0, "known": 0, "findings": []}
    assert cli("review", "import", back("<b>Brighter</b>", "Shorter")).json["known"] == 2
    rows = cli("review", "list", post).json
    assert [(r["author"], r["text"], r["verdict"], r["older"]) for r in rows] == [
        ("Ana", "<b>Brighter</b>", None, False), ("Ana", "Shorter", None, False)]
    key = rows[0]["remark"]
    assert cli("review", "resolve", key).json["resolved"]
    assert [r["remark"] for r in cli("review", "list", post, "--open").json] == [rows[1]["remark"]]
    assert cli("review", "resolve", key, "--reopen").json["resolved"] is None
    assert cli("review", "delete", key).json == {"remark": key, "post": post}
    assert len(cli("review", "list", post).json) == 1


def test_people_read_a_table(cli, post, back):
    cli("review", "import", back("Brighter\nthan before", verdict="changes"), as_json=False)
    said = cli("review", "list", post, as_json=False)
    assert "Ana" in said.out and "asks for changes Brighter than before" in said.out


def test_comments_may_come_by_standard_input(cli, post, back):
    assert cli("review", "import", "-", stdin=back("Brighter").read_text()).json["new"] == 1
    assert cli("review", "import", "-", stdin="{}").codes == ["review.unreadable"]


def test_what_fits_no_post_is_refused(cli, post, back, tmp_path):
    assert cli("review", "import", back("x", post="other")).codes == ["review.no_post"]
    assert cli("review", "import", back("x"), "--post", "other").codes == ["review.other_post"]
    assert cli("review", "import", back()).codes == ["review.empty"]
    assert cli("review", "import", tmp_path / "gone.json").codes == ["file.trouble"]
    for command in (["list", "gone"], ["resolve", "gone"], ["delete", "gone"], ["export", "gone", "--out", "x.html"]):
        answer = cli("review", *command)
        assert (answer.status, answer.codes) == (1, ["not_found"]), command


def test_where_the_page_cannot_be_written(cli, post, practice, tmp_path):
    answer = cli("review", "export", post, "--out", tmp_path / "no" / "r.html", "--account", practice)
    assert (answer.status, answer.codes) == (1, ["out.unwritable"])
    assert cli("review", "export", post, "--out", tmp_path / "r.html", "--surface", "none").codes == ["review.nothing"]
    assert cli("review", "export", post).status == 2


def test_every_surface_in_one_go(cli, post, practice, painter, tmp_path):
    every = [(p["id"], s["id"]) for p in cli("preview", "--list").json for s in p["surfaces"]]
    answer = cli("preview", post, "--all", "--out", tmp_path / "all", "--theme", "dark", "--text-size", "1.3",
                 "--unfolded", "--page", "2")
    assert [(p["platform"], p["surface"]) for p in answer.json] == every
    assert len({p["file"] for p in answer.json}) == len(every) == len(list((tmp_path / "all").glob("*.png")))
    assert set(answer.json[0]) == {"platform", "account", "surface", "theme", "file", "width", "height", "boxes"}
    assert {tuple(options[k] for k in ("theme", "text", "unfolded", "page")) for *_, options in painter.asked} == {
        ("dark", 1.3, True, 1)}
    mine = cli("preview", post, "--all", "--account", practice, "--out", tmp_path / "mine").json
    assert {p["account"] for p in mine} == {practice}
    assert len(cli("preview", post, "--everywhere", "--out", tmp_path / "all").json) == len(every)
    for wrong in (["--surface", "feed"], ["--width", "300"], ["--page", "0"], ["--text-size", "9"]):
        assert cli("preview", post, "--all", "--out", tmp_path / "x", *wrong).status == 2


def test_a_post_with_accounts_is_shown_for_them_or_everywhere(cli, post, practice, tmp_path):
    desk = Desk.open(tmp_path / "w")
    desk.posts.save(replace(desk.posts.get(post), accounts=(practice,)))
    desk.close()
    platforms = [p["id"] for p in cli("preview", "--list").json]
    out = tmp_path / "r.html"
    assert {p["account"] for p in cli("preview", post, "--all", "--out", tmp_path / "a").json} == {practice}
    assert {p["account"] for p in cli("review", "export", post, "--out", out).json["previews"]} == {practice}
    for command in (["preview", post, "--everywhere", "--out", tmp_path / "b"],
                    ["review", "export", post, "--everywhere", "--out", out]):
        answer = cli(*command).json
        shown = answer if isinstance(answer, list) else answer["previews"]
        assert {p["platform"] for p in shown} == set(platforms) and shown[0]["account"] == practice


def test_two_accounts_of_one_platform_have_files_of_their_own(cli, account, post, tmp_path):
    other = cli("account", "add", "fake", stdin='{"user": "bakery", "password": "right"}').json["account"]
    desk = Desk.open(tmp_path / "w")
    desk.posts.save(replace(desk.posts.get(post), accounts=(account, other, "gone")))
    desk.close()
    made = cli("preview", post, "--all", "--out", tmp_path / "all").json
    assert {p["account"] for p in made} == {account, other} and len({p["file"] for p in made}) == len(made)
