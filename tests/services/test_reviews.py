"""A page for a client that loads nothing, and comments that come back once, to the right post, as text."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from PIL import Image

from studio.core.errors import NotFound, Refused
from studio.core.post import Account, Reply
from studio.core.review import Answer, Place, Remark, answer_to_json, key_of
from studio.services import reviews, words
from studio.services.reviews import Shot
from tests.store.disks import disk, unwritable

AT = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)> \u202e O\'Neil & \ud800'


class Reader(HTMLParser):
    """What a page is made of: every tag with its attributes, and the text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.said = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self):
        return "".join(self.said)

    def each(self, wanted):
        return [attributes for tag, attributes in self.tags if tag == wanted]


@pytest.fixture
def post(desk, account):
    return desk.posts.create(title="Picks", text="Hello\nthere", tags=("a",), accounts=(account.id,))


@pytest.fixture
def picture(tmp_path):
    Image.new("RGB", (8, 6), "orange").save(tmp_path / "p.png")
    return (tmp_path / "p.png").read_bytes()


@pytest.fixture
def surface(desk):
    return desk.previews.surfaces("fake")[0].id


@pytest.fixture
def shot(account, picture, surface):
    return Shot(account, surface, "light", 390.4, 500.0, picture, "Hello there")


@pytest.fixture
def written(desk, post, shot, tmp_path):
    def write(shots=(shot,), post=post, **more):
        return desk.reviews.write(post, shots, tmp_path / "r.html", **more).read_text(encoding="utf-8")

    return write


def data_of(page):
    return json.loads(page.partition('id="review">')[2].partition("</script>")[0])


def answering(page, *remarks):
    """What the script in the page would save."""
    data = data_of(page)
    made = tuple(Remark(
        f"c{n}", data["post"], Place(**data["previews"][one.get("preview", "p1")]), one.get("author", "Ana"),
        one.get("text", "Brighter"), one.get("verdict", ""), one.get("point"), one.get("at", AT))
        for n, one in enumerate(remarks))  # fmt: skip
    return json.dumps(answer_to_json(Answer(data["review"], data["post"], made)))


def code(act, *values):
    with pytest.raises(Refused) as refused:
        act(*values)
    return refused.value.findings[0].code


# the page


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_page_shows_every_preview_and_the_texts(written, shot, language):
    page = written([shot, replace(shot, theme="dark")], who="Mill", language=language)
    read = Reader(page)
    pictures = read.each("img")
    assert [(p["width"], p["height"]) for p in pictures] == [("390", "500")] * 2
    assert all(p["src"].startswith("data:image/png;base64,iVBOR") and "Hello there" in p["alt"] for p in pictures)
    assert "Hello\nthere" in read.text and "Picks" in read.text and "#a" in read.text and "Mill" in read.text
    assert read.each("html")[0]["lang"] == {"en": "en", "zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}[language]
    assert not re.search(r"\{(who|when|platform|surface|heading|account)\}", page), "every place is filled"
    if language != "en":
        assert "Approve" not in page and "Save comments" not in page


def test_the_page_can_load_and_send_nothing(written):
    read = Reader(written())
    policy = next(m["content"] for m in read.each("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy and "form-action 'none'" in policy and "base-uri 'none'" in policy
    assert not any(a for _, a in read.tags if {"href", "action", "style", "srcset"} & a.keys())
    assert all(a["src"].startswith("data:") for _, a in read.tags if "src" in a)
    assert not any(name.startswith("on") for _, a in read.tags for name in a)
    assert [s.get("type") for s in read.each("script")] == ["application/json", None]


def test_the_hashes_are_those_of_its_style_and_script(written):
    import base64
    import hashlib

    page = written()
    for tag in ("style", "script"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", page, re.S)[1]
        assert base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode() in page


def test_names_are_never_markup(written, desk, account, post, shot):
    whose = replace(account, name=NASTY, handle=NASTY)
    nasty = replace(post, title=NASTY, text=NASTY, link=NASTY, tags=(NASTY,), replies=(Reply(NASTY),))
    page = written([replace(shot, account=whose, spoken=NASTY)], post=nasty, who=NASTY)
    read, plain = Reader(page), Reader(written())
    assert [tag for tag, _ in read.tags if tag != "dt" and tag != "dd"] == [
        tag for tag, _ in plain.tags if tag != "dt" and tag != "dd"]
    assert "\u202e" not in page and page.count("</script>") == 2
    assert "alert(1)" in read.text


def test_texts_of_an_account_that_gets_others_are_shown_too(written, desk, account, post, shot):
    from studio.core.post import with_override

    page = written(post=with_override(post, account.platform, text="Only here"))
    assert "Only here" in Reader(page).text and len(Reader(page).each("details")) == 2
    assert len(Reader(written()).each("details")) == 1


def test_what_cannot_be_written_is_refused_and_leaves_nothing(desk, post, shot, tmp_path, monkeypatch):
    write = desk.reviews.write
    assert code(write, post, [], tmp_path / "r.html") == "review.nothing"
    assert code(write, post, [shot], tmp_path / "no" / "r.html") == "out.unwritable"
    (tmp_path / "taken").mkdir()
    assert code(write, post, [shot], tmp_path / "taken") == "out.unwritable"
    with unwritable(tmp_path / "taken"):
        assert code(write, post, [shot], tmp_path / "taken" / "r.html") == "out.unwritable"
    monkeypatch.setattr(reviews, "LARGEST", 10)
    assert code(write, post, [shot], tmp_path / "r.html") == "review.too_heavy"
    assert not list(tmp_path.rglob("*.part")) and not (tmp_path / "r.html").exists()
    with pytest.raises(NotFound):
        write(post, [replace(shot, surface="nowhere", picture=b"")], tmp_path / "r.html")


def test_a_full_disk_leaves_the_file_that_was_there(desk, post, shot, tmp_path):
    with disk(tmp_path / "full", "128k") as place:
        desk.reviews.write(post, [shot], place / "r.html")
        before = (place / "r.html").read_bytes()
        heavy = replace(shot, picture=shot.picture + bytes(200_000))
        assert code(desk.reviews.write, post, [heavy], place / "r.html") == "out.unwritable"
        assert (place / "r.html").read_bytes() == before and [p.name for p in place.iterdir()] == ["r.html"]


# what comes back


def test_comments_come_back_to_their_place(desk, written, post, account, surface):
    told = []
    desk.reviews.changed.connect(told.append)
    taken = desk.reviews.read(answering(written(), {"text": "<b>Brighter</b>", "point": (0.25, 0.5)},
                                        {"text": "", "verdict": "approved"}))
    assert (taken.new, taken.changed, taken.known, taken.findings) == (2, 0, 0, ())
    said, verdict = sorted(desk.reviews.of(post.id), key=lambda seen: seen.remark.id)
    assert (said.remark.text, said.remark.point, said.older, said.open) == ("<b>Brighter</b>", (0.25, 0.5), False, True)
    assert (said.remark.place.account, said.remark.place.surface) == (account.id, surface)
    assert (verdict.remark.verdict, verdict.open) == ("approved", False)
    assert told == [post.id]


def test_the_same_file_twice_counts_once(desk, written, post):
    file = answering(written(), {}, {})
    assert desk.reviews.read(file).new == 2
    desk.reviews.resolve(desk.reviews.of(post.id)[0].key)
    assert (desk.reviews.read(file).new, desk.reviews.read(file).known) == (0, 2)
    assert sum(seen.remark.resolved is None for seen in desk.reviews.of(post.id)) == 1
    later = json.loads(file)
    later["remarks"][0].update(text="Darker", at=(AT + timedelta(1)).isoformat())
    assert desk.reviews.read(json.dumps(later)).changed == 1


def test_comments_on_an_older_version_are_taken_and_marked(desk, written, post):
    file = answering(written(), {})
    desk.posts.save(replace(post, text="Hello again"))
    taken = desk.reviews.read(file)
    assert (taken.new, [f.code for f in taken.findings]) == (1, ["review.older"])
    assert [seen.older for seen in desk.reviews.of(post.id)] == [True]
    desk.posts.save(post)
    assert [seen.older for seen in desk.reviews.of(post.id)] == [False]


def test_two_platforms_without_an_account_are_told_apart(desk, post, fake):
    stand_in = desk.previews.stand_in("fake")
    look = desk.reviews.look(post, stand_in)
    here, gone = Place("preview", "fake", "feed", "light", look), Place("preview", "gone", "feed", "light", look)
    seen = desk.reviews.seen(post, [Remark("c1", post.id, here, text="x"), Remark("c2", post.id, gone, text="y")])
    assert [one.older for one in seen] == [False, True]


def test_an_account_that_was_removed_meanwhile_is_no_trouble(desk, written, post, account):
    file = answering(written(), {})
    desk.accounts.remove(account.id)
    assert desk.reviews.read(file).new == 1 and len(desk.reviews.of(post.id)) == 1


def test_comments_on_another_post_or_on_none_are_refused(desk, written, post):
    file, other = answering(written(), {}), desk.posts.create(title="Other")
    assert code(desk.reviews.read, file, other.id) == "review.other_post"
    desk.posts.delete(post.id)
    assert code(desk.reviews.read, file) == "review.no_post"
    assert code(desk.reviews.read, file, other.id) == "review.other_post"


def test_a_file_without_comments_and_other_files_are_refused(desk, written, tmp_path):
    assert code(desk.reviews.read, answering(written())) == "review.empty"
    assert code(desk.reviews.read_file, tmp_path / "gone.json") == "file.trouble"
    assert code(desk.reviews.read_file, tmp_path) == "file.trouble"
    assert code(desk.reviews.read_file, tmp_path / "r.html") == "review.unreadable"
    with (tmp_path / "big.json").open("wb") as big:
        big.truncate(50_000_000)
    assert code(desk.reviews.read_file, tmp_path / "big.json") == "review.too_big"


def test_a_deleted_comment_can_be_brought_back(desk, written, post):
    desk.reviews.read(answering(written(), {}))
    key = key_of(post.id, "c0")
    remark = desk.reviews.delete(key)
    assert desk.reviews.of(post.id) == ()
    desk.reviews.put_back(remark)
    assert [seen.key for seen in desk.reviews.of(post.id)] == [key]
    for act in (desk.reviews.resolve, desk.reviews.delete):
        with pytest.raises(NotFound):
            act("nothing")
    assert desk.reviews.resolve(key).resolved is not None and desk.reviews.resolve(key, False).resolved is None


def test_accounts_without_a_name_and_posts_without_a_word(written, desk, shot):
    empty = desk.posts.create()
    page = written([replace(shot, account=Account("x", "fake"))], post=empty)
    assert data_of(page)["file"] == "comments.json" and not Reader(page).each("details")
