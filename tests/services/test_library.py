import time

import pytest
from PIL import Image

from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.words import N


@pytest.fixture
def photos(tmp_path):
    made = []
    for number in range(6):
        path = tmp_path / f"photo {number}.jpg"
        Image.new("RGB", (400, 300), (number * 40, 90, 120)).save(path)
        made.append(path)
    return made


def test_files_come_in_in_order_with_thumbnails(desk, photos):
    added = desk.library.add(photos)
    assert [a.asset.name for a in added] == [p.name for p in photos]
    for one in added:
        asset = desk.library.get(one.asset.id)
        assert (asset.probe.width, asset.probe.height, asset.probe.mime) == (400, 300, "image/jpeg")
        assert desk.library.path(asset.id).read_bytes() == one.path.read_bytes()
        with Image.open(desk.library.cached_thumbnail(asset.id)) as thumb:
            assert max(thumb.size) == 240


def test_the_same_file_twice_is_one(desk, photos, tmp_path):
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(photos[0].read_bytes())
    first, second = desk.library.add([photos[0], copy])
    again = desk.library.add([photos[0]])[0]
    assert first.asset.id == second.asset.id == again.asset.id
    assert len(desk.library.list()) == 1 and not again.new


def test_one_bad_file_does_not_stop_the_others(desk, photos, tmp_path):
    bad = [tmp_path / "empty.jpg", tmp_path / "broken.jpg", tmp_path / "folder", tmp_path / "gone.jpg"]
    bad[0].write_bytes(b"")
    bad[1].write_bytes(photos[0].read_bytes()[:300])
    bad[2].mkdir()
    added = desk.library.add([photos[0], *bad, photos[1]])
    assert [a.asset is not None for a in added] == [True, False, False, False, False, True]
    assert all(a.findings for a in added[1:5])
    assert len(desk.library.list()) == 2
    left = [p for p in desk.folder.rglob("*") if p.is_file() and (".part" in str(p) or "/new/" in str(p))]
    assert left == []


def test_cancelling_keeps_what_was_finished_and_leaves_no_parts(desk, photos, tmp_path, monkeypatch):
    for number in range(20):
        photos.append(tmp_path / f"more {number}.jpg")
        Image.new("RGB", (30, 30), (number * 9, 1, 2)).save(photos[-1])
    one = desk.library._one
    monkeypatch.setattr(desk.library, "_one", lambda path: (time.sleep(0.05), one(path))[1])
    task = Task(N("job", "Adding"), "store", lambda: 0.0)
    task.changed.connect(lambda t: (t.fraction or 0) >= 0.1 and not t.cancelled and t.cancel())
    with pytest.raises(Cancelled):
        desk.library.add(photos, task)
    kept = desk.library.list()
    assert 0 < len(kept) < len(photos)
    assert all(desk.library.path(a.id).exists() for a in kept)
    assert [p for p in desk.folder.rglob("*.part") if p.is_file()] == []
    originals = {p.stem for p in (desk.folder / "media").rglob("*.jpg")}
    assert originals == {a.id for a in kept}, "no file without its row"


def test_a_pasted_picture(desk, photos):
    added = desk.library.add_bytes("../../evil/pasted.png", photos[0].read_bytes())
    assert added.asset.probe.mime == "image/jpeg" and added.asset.name == "pasted.jpg"


def test_alt_text_is_found_by_search_in_chinese_too(desk, photos):
    asset = desk.library.add(photos[:2])[0].asset
    desk.library.set_alt(asset.id, "阳光下的一杯咖啡")
    assert [a.id for a in desk.library.list("咖啡")] == [asset.id]
    assert desk.library.get(asset.id).as_media().alt == "阳光下的一杯咖啡"


def test_a_used_file_is_not_removed(desk, photos):
    asset = desk.library.add(photos[:1])[0].asset
    post = desk.posts.create(title="Uses it", media=(asset.as_media(),))
    assert [row.heading for row in desk.library.used_in(asset.id)] == ["Uses it"]
    with pytest.raises(Refused):
        desk.library.remove(asset.id)
    desk.posts.delete(post.id)
    desk.library.remove(asset.id)
    assert desk.library.list() == []


def test_a_deleted_cache_is_made_again(desk, photos):
    import shutil

    asset = desk.library.add(photos[:1])[0].asset
    shutil.rmtree(desk.folder / "cache")
    assert desk.library.cached_thumbnail(asset.id) is None
    with Image.open(desk.library.thumbnail(asset.id, 120)) as thumb:
        assert max(thumb.size) == 120


def test_a_deleted_or_swapped_original_is_told(desk, photos):
    one, two = (a.asset for a in desk.library.add(photos[:2]))
    desk.library.path(one.id).unlink()
    path = desk.library.path(two.id)
    path.chmod(0o644)
    path.write_bytes(b"something else")
    assert [f.code for f in desk.library.check(one.id)] == ["media.missing"]
    assert [f.code for f in desk.library.check(two.id)] == ["media.swapped"]
