"""The whole engine with a platform that no program posts to: made ready, waited for, proved as far as it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.post import Account, Post
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.media.make import photo
from tests.platforms.fakes import Offline
from tests.services.fakes import Clock, FakeVault

S = State
LINK = "https://www.xiaohongshu.com/explore/65f0c1a2000000001203abcd"


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


@pytest.fixture
def network() -> Offline:
    return Offline()


@pytest.fixture
def desk(tmp_path: Path, vault: FakeVault, network: Offline) -> Iterator[Desk]:
    workspace, clock = Workspace.open(tmp_path / "w"), Clock()
    made = Desk(
        workspace, vault, Owners(workspace.cache / "owners"), lambda base: network,  # type: ignore[arg-type]
        now=clock.now, sleep=clock.sleep,
    )
    yield made
    made.close()


@pytest.fixture
def account(desk: Desk) -> Account:
    return desk.accounts.add("xiaohongshu", {"handle": "mei"}, name="梅")


@pytest.fixture
def note(desk: Desk, tmp_path: Path) -> Post:
    media = []
    for number in range(3):
        path = tmp_path / f"cup{number}.jpg"
        photo(1200 + number, 900).save(path)
        asset = desk.library.add([path])[0].asset
        assert asset is not None
        media.append(asset.as_media())
    made = Post(title="旧书店", text="周末去了旧书店", media=tuple(media), tags=("咖啡", "citywalk"))
    desk.posts.save(made)
    return made


def test_an_account_needs_no_sign_in_and_nobody_is_asked(desk: Desk, account: Account, vault: FakeVault) -> None:
    assert (account.mode, account.handle, account.name) == ("assisted", "mei", "梅") and vault.log == []
    assert desk.accounts.check(account.id).usable
    with pytest.raises(Refused) as refused:
        desk.accounts.add("xiaohongshu", {}, mode="api")
    assert [f.code for f in refused.value.findings] == ["account.mode"]


def test_a_note_is_laid_out_and_followed_to_its_link(
    desk: Desk, account: Account, note: Post, network: Offline
) -> None:
    waits = desk.publishing.publish(note.id, account.id)
    assert waits.state is S.WAITING, waits.error
    sheet = desk.by_hand.sheet(waits.id)
    assert [f.name for f in sheet.files] == ["01.jpg", "02.jpg", "03.jpg"]
    assert sheet.steps[:5] == ("open", "files", "copy:title", "copy:text", "copy:tags")
    assert (sheet.folder / "tags.txt").read_text("utf-8").strip() == "#咖啡 #citywalk"
    assert (sheet.folder / "cover-1080x1440.jpg").is_file()
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waits.id, "https://www.xiaohongshu.com/user/profile/65f0c1a2000000001203abcd")
    assert [f.code for f in refused.value.findings] == ["handoff.not_a_link"]
    done = desk.by_hand.paste(waits.id, f"梅发布了一篇笔记 {LINK}?xsec_token=AB 快来看")
    assert (done.state, done.url) == (S.HANDED_OVER, LINK) and done.proof is not None and network.calls == []


def test_the_number_of_pictures_can_be_set(desk: Desk, account: Account, note: Post) -> None:
    assert desk.checks.findings(note, desk.accounts.get(account.id)) == ()
    assert [setting.name for setting, _ in desk.accounts.settings(account.id)] == ["images"]
    changed = desk.accounts.set_setting(account.id, "images", "9")
    assert changed.identity == {"set.images": "9"}
    many = replace(note, media=tuple(replace(note.media[0], name=f"{n}.jpg") for n in range(10)))
    assert [f.code for f in desk.checks.findings(many, changed)] == ["media.too_many"]


def test_a_kit_for_somebody_without_an_account(desk: Desk, note: Post, tmp_path: Path) -> None:
    files = desk.by_hand.export(note.id, desk.previews.stand_in("xiaohongshu"), tmp_path / "kit", "zh_CN")
    names = {path.name for path in files}
    assert {"01.jpg", "02.jpg", "03.jpg", "title.txt", "text.txt", "tags.txt", "cover-1080x1440.jpg"} <= names
    readme = next(path for path in files if path.name.startswith("README"))
    assert "creator.xiaohongshu.com" in readme.read_text("utf-8") and "上传图文" in readme.read_text("utf-8")
