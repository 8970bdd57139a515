"""Posts in and out as files: all of a post comes in, or nothing; out and in again is the same post."""

import json
import os
import stat
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.errors import Cancelled, NotFound, Refused
from studio.core.post import Override, Post, Reply, outdated, with_override
from studio.core.task import Task
from studio.core.words import N
from studio.services import packages
from studio.services.exchange import Exchange, every_media, file_names, natural, safe_name


@pytest.fixture
def exchange(desk):
    return Exchange(desk.posts, desk.library, desk.accounts)


def picture(path: Path, shade: int = 90) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (80, 60), (shade, 90, 120)).save(path)
    return path


@pytest.fixture
def folder(tmp_path):
    """A post.md and two pictures beside it."""
    home = tmp_path / "in"
    picture(home / "cafe.jpg", 10)
    picture(home / "more" / "street.jpg", 20)
    (home / "post.md").write_text(
        "---\ntitle: Picks\nmedia:\n  - {file: cafe.jpg, alt: A cup}\n  - {file: more/street.jpg, alt: A street}\n"
        "overrides:\n  fake: {text: short, media: [cafe.jpg]}\noptions:\n  fake: {loud: true}\n---\nThe text.\n"
    )
    return home


def refused(call, *rest):
    with pytest.raises(Refused) as caught:
        call(*rest)
    return [(f.code, f.values.get("name")) for f in caught.value.findings]


def nothing_came(desk):
    files = desk.workspace.folder / "media"
    left = [p for p in files.rglob("*") if p.is_file()] if files.exists() else []
    return desk.posts.count() == 0 and desk.library.list() == [] and left == []


def test_a_post_comes_in_with_its_files(desk, exchange, folder):
    done = exchange.read(folder / "post.md")
    post = desk.posts.get(done.post.id)
    assert post == done.post and done.findings == ()
    assert (post.title, post.text, post.options) == ("Picks", "The text.", {"fake": {"loud": True}})
    assert [(m.name, m.alt, m.width, m.height) for m in post.media] == [
        ("cafe.jpg", "A cup", 80, 60), ("street.jpg", "A street", 80, 60)]
    assert desk.library.path(post.media[0].media).read_bytes() == (folder / "cafe.jpg").read_bytes()
    override = post.overrides["fake"]
    assert (override.text, override.media[0].media) == ("short", post.media[0].media)
    assert not outdated(post, "fake")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "../in2/x.jpg", "more/../../x.jpg", "link.jpg", "away/x.jpg"])
def test_a_path_out_of_the_folder_is_refused(desk, exchange, folder, tmp_path, name):
    outside = picture(tmp_path / "in2" / "x.jpg")
    (folder / "link.jpg").symlink_to(outside)
    (folder / "away").symlink_to(outside.parent)
    (folder / "post.md").write_text(f"---\nmedia: ['{name}', cafe.jpg]\n---\nx")
    assert refused(exchange.read, folder / "post.md") == [("media.outside", name)]
    assert nothing_came(desk)


def test_links_in_a_circle_and_odd_names_are_missing_files(desk, exchange, folder):
    (folder / "a.jpg").symlink_to(folder / "b.jpg")
    (folder / "b.jpg").symlink_to(folder / "a.jpg")
    long = "x" * 5000
    (folder / "post.md").write_text(f'---\nmedia: [a.jpg, "nul\\0.jpg", {long}, more, "https://example.com/a.jpg"]\n---\n')
    codes = {code for code, _ in refused(exchange.read, folder / "post.md")}
    assert codes == {"media.no_file"}
    assert nothing_came(desk)


def test_every_missing_file_is_told_and_nothing_comes_in(desk, exchange, folder):
    (folder / "post.md").write_text("---\nmedia: [cafe.jpg, gone.jpg, also.jpg]\n---\nx")
    assert refused(exchange.read, folder / "post.md") == [("media.no_file", "gone.jpg"), ("media.no_file", "also.jpg")]
    assert nothing_came(desk)


def test_a_broken_picture_takes_the_others_back(desk, exchange, folder):
    (folder / "broken.jpg").write_bytes((folder / "cafe.jpg").read_bytes()[:300])
    (folder / "post.md").write_text("---\nmedia: [cafe.jpg, broken.jpg]\n---\nx")
    assert refused(exchange.read, folder / "post.md") == [("media.unreadable", "broken.jpg")]
    assert nothing_came(desk)


def test_what_was_here_before_stays_when_an_import_is_refused(desk, exchange, folder):
    kept = desk.library.add([folder / "cafe.jpg"])[0].asset
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "post.md").write_text("---\nmedia: [cafe.jpg, empty.jpg]\n---\nx")
    assert refused(exchange.read, folder / "post.md") == [("media.empty", "empty.jpg")]
    assert [a.id for a in desk.library.list()] == [kept.id]


def test_cancelling_leaves_nothing(desk, exchange, folder):
    class Impatient(Task):
        asked = 0

        def check(self):
            self.asked += 1
            if self.asked > 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        exchange.read(folder / "post.md", Impatient(N("job", "Preparing"), "store", lambda: 0.0))
    assert nothing_came(desk)


def test_broken_text_brings_nothing_in(desk, exchange, folder):
    (folder / "post.md").write_text("---\ntitle: [\n---\nx")
    assert refused(exchange.read, folder / "post.md")[0][0] == "document.yaml"
    (folder / "post.md").write_bytes("周末".encode("gbk"))
    assert refused(exchange.read, folder / "post.md")[0][0] == "document.not_utf8"
    (folder / "post.md").write_bytes(b"x" * (17 << 20))
    assert refused(exchange.read, folder / "post.md")[0][0] == "document.too_large"
    assert nothing_came(desk)


def test_what_is_not_there_is_said(exchange, tmp_path):
    assert refused(exchange.read, tmp_path / "none.md") == [("document.no_file", "none.md")]
    assert refused(exchange.read, tmp_path / "none.yigao") == [("document.no_file", "none.yigao")]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_text_without_rights_is_refused(exchange, folder):
    (folder / "post.md").chmod(0)
    try:
        assert refused(exchange.read, folder / "post.md") == [("media.no_permission", "post.md")]
    finally:
        (folder / "post.md").chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_a_folder_with_one_text_is_that_post(exchange, folder):
    done = exchange.read(folder)
    assert [m.name for m in done.post.media] == ["cafe.jpg", "street.jpg"]


def test_a_text_that_names_no_files_takes_those_of_its_folder(exchange, tmp_path):
    for number in (10, 2, 1):
        picture(tmp_path / "in" / f"{number}.jpg", number)
    (tmp_path / "in" / "post.md").write_text("Only words")
    (tmp_path / "in" / ".hidden.jpg").write_bytes(b"x")
    (tmp_path / "in" / "notes.pdf").write_bytes(b"x")
    done = exchange.read(tmp_path / "in")
    assert ([m.name for m in done.post.media], done.post.text) == (["1.jpg", "2.jpg", "10.jpg"], "Only words")


def test_a_text_that_wants_no_files_gets_none(exchange, tmp_path):
    picture(tmp_path / "in" / "a.jpg")
    (tmp_path / "in" / "post.md").write_text("---\nmedia: []\n---\nOnly words")
    assert exchange.read(tmp_path / "in").post.media == ()


def test_a_folder_of_pictures_is_a_post_of_pictures(exchange, tmp_path):
    picture(tmp_path / "in" / "a.jpg", 1)
    picture(tmp_path / "in" / "b.JPG", 2)
    post = exchange.read(tmp_path / "in").post
    assert ([m.name for m in post.media], post.text) == (["a.jpg", "b.JPG"], "")


def test_a_folder_that_could_mean_two_posts_is_refused(desk, exchange, folder):
    (folder / "second.md").write_text("x")
    assert refused(exchange.read, folder)[0][0] == "document.several_texts"
    assert nothing_came(desk)


def test_an_empty_folder_is_refused(exchange, tmp_path):
    (tmp_path / "in").mkdir()
    assert refused(exchange.read, tmp_path / "in") == [("document.nothing", "in")]


def test_accounts_that_are_not_here_are_left_out_and_said(exchange, account, tmp_path):
    (tmp_path / "post.md").write_text(f"---\naccounts: [{account.id}, other]\n---\nx")
    done = exchange.read(tmp_path / "post.md")
    assert done.post.accounts == (account.id,)
    assert [(f.code, f.values["id"]) for f in done.findings] == [("document.unknown_account", "other")]


def test_a_mislabelled_picture_comes_in_with_a_remark(exchange, tmp_path):
    Image.new("RGB", (20, 20)).save(tmp_path / "a.jpg", "PNG")
    (tmp_path / "post.md").write_text("---\nmedia: [a.jpg]\n---\nx")
    done = exchange.read(tmp_path / "post.md")
    assert done.post.media[0].name == "a.png"
    assert [f.code for f in done.findings] == ["media.mislabelled"]


def same(first, second):
    """Equal in all but id and times."""
    return replace(second, id=first.id, created=first.created, updated=first.updated) == first


@pytest.mark.parametrize("out", ["out", "out/text.md", "out.yigao"])
def test_out_and_in_again_is_the_same_post(desk, exchange, folder, tmp_path, out):
    post = exchange.read(folder).post
    written = exchange.write(post, tmp_path / out)
    assert all(f.is_file() for f in written)
    assert [p for p in tmp_path.rglob("*.part") if p.is_file()] == []
    again = exchange.read(tmp_path / out).post
    assert again.id != post.id and same(post, again)
    assert len(desk.library.list()) == 2


@pytest.mark.parametrize("out", ["out", "out.yigao"])
def test_a_thread_goes_out_and_in_again_with_its_files(desk, exchange, folder, tmp_path, out):
    post = exchange.read(folder / "post.md").post
    mine = desk.library.add([picture(tmp_path / "third.jpg", 30)])[0].asset.as_media()
    thread = replace(post, replies=(Reply("The second."), Reply("The third.", (replace(mine, alt="A gate"),), 10)))
    exchange.write(thread, tmp_path / out)
    again = exchange.read(tmp_path / out).post
    assert again.replies == thread.replies and again.media == thread.media


def test_a_folder_s_files_that_a_reply_names_are_not_in_the_post_too(exchange, tmp_path):
    for name, shade in (("a.jpg", 10), ("b.jpg", 20)):
        picture(tmp_path / "in" / name, shade)
    (tmp_path / "in" / "post.md").write_text("---\nreplies: [{text: Two, media: [b.jpg]}]\n---\nOne")
    post = exchange.read(tmp_path / "in").post
    assert [m.name for m in post.media] == ["a.jpg"] and [m.name for m in post.replies[0].media] == ["b.jpg"]


def test_an_override_stays_out_of_date(exchange, folder, tmp_path):
    post = exchange.read(folder).post
    post = replace(with_override(post, "fake", title="old"), title="new")
    assert outdated(post, "fake")
    for out in ("a", "a.yigao"):
        exchange.write(post, tmp_path / out)
        assert outdated(exchange.read(tmp_path / out).post, "fake")


def test_two_files_of_one_name_get_two(desk, exchange, tmp_path):
    first = desk.library.add([picture(tmp_path / "1" / "a.jpg", 1)])[0].asset
    second = desk.library.add([picture(tmp_path / "2" / "a.jpg", 2)])[0].asset
    post = desk.posts.create(media=(first.as_media(), second.as_media()))
    names = sorted(p.name for p in exchange.write(post, tmp_path / "out"))
    assert names == ["a-2.jpg", "a.jpg", "post.md"]
    assert same(post, exchange.read(tmp_path / "out").post)


def test_exporting_twice_is_fine_and_other_files_are_never_written_over(exchange, folder, tmp_path):
    post = exchange.read(folder).post
    exchange.write(post, tmp_path / "out")
    exchange.write(post, tmp_path / "out")
    (tmp_path / "out" / "cafe.jpg").write_bytes(b"mine")
    assert refused(exchange.write, post, tmp_path / "out") == [("document.taken", "cafe.jpg")]
    assert (tmp_path / "out" / "cafe.jpg").read_bytes() == b"mine"
    (tmp_path / "taken").write_bytes(b"mine")
    assert refused(exchange.write, post, tmp_path / "taken") == [("document.taken", "taken")]


def test_a_post_whose_file_is_gone_is_not_half_exported(desk, exchange, folder, tmp_path):
    post = exchange.read(folder).post
    desk.library.path(post.media[0].media).unlink()
    assert refused(exchange.write, post, tmp_path / "out") == [("media.missing", "cafe.jpg")]
    assert not (tmp_path / "out").exists()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=3), NAMES, TEXTS, st.sampled_from(["d", "d.yigao"]),
    st.none() | TEXTS, st.none() | st.lists(TEXTS, max_size=2),
)
def test_any_post_survives_the_way(desk, exchange, tmp_path, title, text, link, tags, name, alt, out, other, few):
    asset = desk.library.add([picture(tmp_path / "p.jpg")])[0].asset
    media = replace(asset.as_media(), name=name, alt=alt, focus=(0.5, 0.25), keep_metadata=True)
    post = Post(title=title, text=text, link=link, tags=tuple(tags), media=(media,), options={"p": {"a": [1, None]}})
    post = with_override(post, "p", text=other, tags=None if few is None else tuple(few), media=(media,))
    place = tmp_path / str(len(list(tmp_path.iterdir())))
    exchange.write(post, place / out)
    assert same(post, exchange.read(place / out).post)


def test_half_characters_travel_in_a_package(desk, exchange, tmp_path):
    post = desk.posts.create(text="half \ud83d")
    assert refused(exchange.write, post, tmp_path / "x")[0][0] == "document.broken_text"
    exchange.write(post, tmp_path / "x.yigao")
    assert exchange.read(tmp_path / "x.yigao").post.text == "half \ud83d"


def package(path, head, files=(), names=None):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if head is not None:
            archive.writestr("post.json", json.dumps(head))
        for name, data in files:
            archive.writestr(name, data)
    return path


def head_of(desk, exchange, folder, tmp_path):
    post = exchange.read(folder).post
    exchange.write(post, tmp_path / "good.yigao")
    with zipfile.ZipFile(tmp_path / "good.yigao") as archive:
        head = json.loads(archive.read("post.json"))
        files = [(n, archive.read(n)) for n in archive.namelist() if n != "post.json"]
    desk.posts.delete(post.id)
    for asset in desk.library.list():
        desk.library.remove(asset.id)
    return head, files


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/abs.txt", "media/../../evil", "media/..", "C:\\x", "media/a\\b", "other/x.jpg", "media/a:b"],
)
def test_a_package_that_could_write_elsewhere_is_refused(desk, exchange, folder, tmp_path, name):
    head, files = head_of(desk, exchange, folder, tmp_path)
    package(tmp_path / "bad.yigao", head, [*files, (name, b"x")])
    assert refused(exchange.read, tmp_path / "bad.yigao")[0][0] == "package.unsafe"
    assert nothing_came(desk)


def spoiled():
    """(what, a change to head and files) of packages that must be refused whole."""
    def head(change):
        return lambda head, files: (change(head), files)

    def post(**values):
        return head(lambda h: {**h, "post": {**h["post"], **values}})

    media = {"media": "zz", "kind": "image", "name": "", "width": 1, "height": 1, "duration": None, "alt": "",
             "focus": None, "keep_metadata": False}
    return {
        "no head": lambda h, f: (None, f), "a list": head(lambda h: [h]),
        "another kind": head(lambda h: {**h, "kind": "x"}),
        "no post": head(lambda h: {k: v for k, v in h.items() if k != "post"}), "title of number": post(title=3),
        "tags of number": post(tags=[1]), "no media": post(media=None), "an unknown file": post(media=[media]),
        "text of list": post(text=["x"]), "options of text": post(options={"p": "x"}),
        "odd time": post(created="yesterday"),
        "files of list": head(lambda h: {**h, "files": []}), "odd id": head(lambda h: {**h, "files": {"x": "media/a"}}),
        "a file that is not there": lambda h, f: (h, f[:1]), "other bytes": lambda h, f: (h, [(f[0][0], b"x"), *f[1:]]),
        "a name twice": lambda h, f: (h, [*f, f[0]]),
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", spoiled())
def test_a_damaged_package_is_refused_whole(desk, exchange, folder, tmp_path, what):
    head, files = spoiled()[what](*head_of(desk, exchange, folder, tmp_path))
    package(tmp_path / "bad.yigao", head, files)
    assert refused(exchange.read, tmp_path / "bad.yigao")[0][0] == "package.unreadable"
    assert nothing_came(desk)


def test_a_package_of_the_future_is_refused(desk, exchange, folder, tmp_path):
    head, files = head_of(desk, exchange, folder, tmp_path)
    package(tmp_path / "bad.yigao", {**head, "schema": 9}, files)
    assert refused(exchange.read, tmp_path / "bad.yigao")[0][0] == "document.newer"
    package(tmp_path / "bad.yigao", {**head, "post": {**head["post"], "schema": 99}}, files)
    assert refused(exchange.read, tmp_path / "bad.yigao")[0][0] == "document.newer"


def test_a_package_has_its_bounds(desk, exchange, folder, tmp_path, monkeypatch):
    head, files = head_of(desk, exchange, folder, tmp_path)
    package(tmp_path / "many.yigao", head, [*files, *((f"media/{n}.jpg", b"") for n in range(300))])
    assert refused(exchange.read, tmp_path / "many.yigao")[0][0] == "package.too_large"
    monkeypatch.setattr(packages, "BYTES_MOST", 100)
    package(tmp_path / "big.yigao", head, files)
    assert refused(exchange.read, tmp_path / "big.yigao")[0][0] == "package.too_large"


@pytest.mark.parametrize("cut", [0, 10, 0.5, 0.9])
def test_a_package_cut_short_is_refused(desk, exchange, folder, tmp_path, cut):
    head_of(desk, exchange, folder, tmp_path)
    data = (tmp_path / "good.yigao").read_bytes()
    (tmp_path / "cut.yigao").write_bytes(data[: int(cut if cut > 1 else len(data) * cut)])
    assert refused(exchange.read, tmp_path / "cut.yigao")[0][0] == "package.unreadable"
    assert nothing_came(desk)


def test_numbers_in_names_sort_as_numbers():
    assert sorted(["b10", "b9", "A2", "a10", "²"], key=natural) == ["A2", "a10", "b9", "b10", "²"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a/b:c.jpg", "a_b_c.jpg"), ("CON.jpg", "_CON.jpg"), ("..", "file"), ("x" * 300 + ".jpeg", "x" * 95 + ".jpeg"),
     ("周末 咖啡.jpg", "周末 咖啡.jpg"), ("a. ", "a"), ("\ud800.png", "_.png")],
)
def test_names_are_safe_on_every_system(name, safe):
    assert safe_name(name) == safe


@given(st.lists(st.text(max_size=8), max_size=8))
def test_no_two_files_get_one_name(names):
    from studio.core.post import Media

    given = [Media(f"{n:064x}", name=name) for n, name in enumerate(names)]
    found = file_names(given, taken="post.md")
    assert len({n.casefold() for n in (*found.values(), "post.md")}) == len(names) + 1
    assert all(n and not set(n) & set('/\\:*?"<>|\0') and n not in (".", "..") for n in found.values())


def test_every_file_is_counted_once_those_of_the_base_first(desk, tmp_path):
    first, second = (desk.library.add([picture(tmp_path / f"{n}.jpg", n)])[0].asset.as_media() for n in (1, 2))
    post = Post(media=(second,), overrides={"p": Override(media=(first, second))})
    assert [m.media for m in every_media(post)] == [second.media, first.media]


def test_a_post_that_is_not_there_is_not_found(desk):
    with pytest.raises(NotFound):
        desk.posts.get("nothing")
