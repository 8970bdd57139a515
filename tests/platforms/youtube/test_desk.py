"""The whole engine with a video that a person uploads: made ready, waited for, followed to its address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.post import Post
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.media.make import clip, photo
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
    film, picture = clip(tmp_path / "film.mp4"), tmp_path / "cup.jpg"
    photo(1600, 1200).save(picture)
    media = [added.asset.as_media() for added in desk.library.add([film, picture]) if added.asset is not None]
    made = Post(title="旧书店", text="周末去了旧书店", media=tuple(media), tags=("咖啡", "old books"))
    desk.posts.save(made)
    return made


def test_a_video_is_laid_out_and_followed_to_its_address(desk: Desk, post: Post, network: Offline) -> None:
    account = desk.accounts.add("youtube", {"handle": "mei"}, name="梅")
    assert account.mode == "assisted" and desk.accounts.check(account.id).usable
    waits = desk.publishing.publish(post.id, account.id)
    assert waits.state is State.WAITING, waits.error
    sheet = desk.by_hand.sheet(waits.id)
    assert [f.name for f in sheet.files] == ["01.mp4"], "the picture is no file of its own"
    with Image.open(sheet.folder / "cover-1280x720.jpg") as thumbnail:
        assert thumbnail.size == (1280, 720)
        assert thumbnail.getpixel((640, 360)) != (0, 0, 0)
    assert (sheet.folder / "tags.txt").read_text("utf-8").strip() == "咖啡, old books"
    with pytest.raises(Refused):
        desk.by_hand.paste(waits.id, "https://www.youtube.com/@mei")
    done = desk.by_hand.paste(waits.id, "看看 https://youtu.be/dQw4w9WgXcQ?si=AbC 吧")
    assert (done.state, done.url) == (State.HANDED_OVER, "https://youtu.be/dQw4w9WgXcQ") and network.calls == []
