"""A dynamic, laid out for a person and followed to its link."""

from __future__ import annotations

from collections.abc import Iterator
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

LINK = "https://t.bilibili.com/912345678901234567"


@pytest.fixture
def network() -> Offline:
    return Offline()


@pytest.fixture
def desk(tmp_path: Path, network: Offline) -> Iterator[Desk]:
    workspace, clock = Workspace.open(tmp_path / "w"), Clock()
    made = Desk(
        workspace, FakeVault(), Owners(workspace.cache / "owners"), lambda base: network,  # type: ignore[arg-type]
        now=clock.now, sleep=clock.sleep,
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def account(desk: Desk) -> Account:
    return desk.accounts.add("bilibili", {"handle": "mei"}, name="梅")


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    path = tmp_path / "cup.jpg"
    photo(1200, 900).save(path)
    asset = desk.library.add([path])[0].asset
    assert asset is not None
    made = Post(text="周末去了旧书店", media=(asset.as_media(),), tags=("咖啡",))
    desk.posts.save(made)
    return made


def test_a_dynamic_is_laid_out_and_followed_to_its_link(
    desk: Desk, account: Account, post: Post, network: Offline
) -> None:
    assert account.mode == "assisted" and desk.accounts.check(account.id).usable
    waits = desk.publishing.publish(post.id, account.id)
    assert waits.state is State.WAITING, waits.error
    sheet = desk.by_hand.sheet(waits.id)
    assert [f.name for f in sheet.files] == ["01.jpg"] and sheet.steps[:3] == ("open", "files", "copy:text")
    assert (sheet.folder / "text.txt").read_text("utf-8").strip() == "周末去了旧书店\n#咖啡#"
    with pytest.raises(Refused):
        desk.by_hand.paste(waits.id, "https://space.bilibili.com/123456")
    done = desk.by_hand.paste(waits.id, f"看看 {LINK}?spm_id_from=333")
    assert (done.state, done.url) == (State.HANDED_OVER, LINK) and network.calls == []


def test_a_kit_has_the_cover_in_its_shape(desk: Desk, post: Post, tmp_path: Path) -> None:
    files = desk.by_hand.export(post.id, desk.previews.stand_in("bilibili"), tmp_path / "kit", "zh_CN")
    assert {"01.jpg", "text.txt", "cover-1146x717.jpg"} <= {path.name for path in files}
