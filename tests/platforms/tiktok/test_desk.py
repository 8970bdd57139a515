"""The whole engine with a photo post that a person publishes: made ready, waited for, followed to its address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.post import Post
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.media.make import photo
from tests.platforms.fakes import Offline
from tests.services.fakes import Clock, FakeVault


@pytest.fixture
def network() -> Offline:
    return Offline()


@pytest.fixture
def desk(tmp_path: Path, network: Offline) -> Iterator[Desk]:
    workspace, clock = Workspace.open(tmp_path / "w"), Clock()
    made = Desk(
        workspace, FakeVault(), Owners(workspace.cache / "owners"), lambda base: network,  # type: ignore[arg-type]
        now=clock.now, sleep=clock.sleep,
    )
    yield made
    made.close()


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    for number in range(2):
        photo(800 + number, 600).save(tmp_path / f"cup{number}.png")
    added = desk.library.add([tmp_path / "cup0.png", tmp_path / "cup1.png"])
    media = tuple(each.asset.as_media() for each in added if each.asset is not None)
    made = Post(title="旧书店", text="周末去了旧书店", media=media, tags=("咖啡",))
    desk.posts.save(made)
    return made


def test_pictures_are_laid_out_and_followed_to_their_address(desk: Desk, post: Post, network: Offline) -> None:
    account = desk.accounts.add("tiktok", {"handle": "mei"}, name="梅")
    waits = desk.publishing.publish(post.id, account.id)
    assert waits.state is State.WAITING, waits.error
    sheet = desk.by_hand.sheet(waits.id)
    assert [f.name for f in sheet.files] == ["01.jpg", "02.jpg"], "PNG is not taken"
    assert (sheet.folder / "cover-1080x1920.jpg").is_file()
    assert (sheet.folder / "text.txt").read_text("utf-8").strip() == "周末去了旧书店 #咖啡"
    with pytest.raises(Refused):
        desk.by_hand.paste(waits.id, "https://www.tiktok.com/@mei")
    address = "https://www.tiktok.com/@mei/photo/7215132967188970002"
    done = desk.by_hand.paste(waits.id, f"{address}?_r=1")
    assert (done.state, done.url) == (State.HANDED_OVER, address) and network.calls == []


def test_the_length_of_a_caption_can_be_set(desk: Desk) -> None:
    account = desk.accounts.add("tiktok", {"handle": "mei"}, name="梅")
    assert [setting.name for setting, _ in desk.accounts.settings(account.id)] == ["caption"]
    assert desk.accounts.set_setting(account.id, "caption", "4000").identity == {"set.caption": "4000"}
