"""The whole engine with posts that a person makes on X: made ready, waited for, followed to their link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.post import Account, Post, Reply
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.media.make import photo
from tests.platforms.fakes import Offline
from tests.services.fakes import Clock, FakeVault

LINK = "https://x.com/mei_cafe/status/1346889436626259968"


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
def account(desk: Desk) -> Account:
    return desk.accounts.add("twitter", {"handle": "mei_cafe"}, name="梅")


def test_a_thread_is_laid_out_and_followed_to_its_link(
    desk: Desk, account: Account, network: Offline, tmp_path: Path
) -> None:
    path = tmp_path / "cup.jpg"
    photo(1200, 900).save(path)
    asset = desk.library.add([path])[0].asset
    assert asset is not None
    post = Post(text="周末去了旧书店", media=(asset.as_media(),), tags=("咖啡",), link="https://example.com/a",
                replies=(Reply("第二段"),))
    desk.posts.save(post)
    waits = desk.publishing.publish(post.id, account.id)
    assert waits.state is State.WAITING, waits.error
    sheet = desk.by_hand.sheet(waits.id)
    assert [f.name for f in sheet.files] == ["01.jpg"] and "copy:comment" in sheet.steps
    assert (sheet.folder / "text.txt").read_text("utf-8").strip().endswith("#咖啡\n\nhttps://example.com/a")
    with pytest.raises(Refused):
        desk.by_hand.paste(waits.id, "https://x.com/mei_cafe")
    done = desk.by_hand.paste(waits.id, f"看 {LINK}?s=20")
    assert (done.state, done.url) == (State.HANDED_OVER, LINK) and network.calls == []


def test_premium_is_a_setting(desk: Desk, account: Account) -> None:
    long = Post(text="周" * 200)
    assert [f.code for f in desk.checks.findings(long, account)] == ["text.too_long"]
    premium = desk.accounts.set_setting(account.id, "length", "25000")
    assert desk.checks.findings(long, premium) == ()
