"""An upload in pieces inside a send: what was kept of it lets another process, and a person's second try, go on."""

from __future__ import annotations

import pytest

from studio.core.delivery import State
from studio.core.errors import Cancelled
from studio.core.task import Task
from studio.core.words import N
from studio.platforms.chunks import send
from studio.platforms.transport import Transport
from studio.platforms.tus import Tus
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.servers.faultproxy import FaultProxy
from tests.services.fakes import Died, FakePublisher

S = State
PIECE = 64 << 10
PATCH = "^PATCH "


class Uploading(FakePublisher):
    """Sends its files to a real tus server."""

    endpoint = ""
    on_progress = staticmethod(lambda gone: None)

    def stage(self, number, upload, plan, held):
        def progress(gone, whole):
            self.on_progress(gone)
            self.access.transport.progress(gone, whole)

        dialect = Tus(self.access.transport, self.endpoint, upload, piece=PIECE)
        done = send(upload, dialect, held, progress=progress, sleep=lambda seconds: None)
        return {**super().stage(number, upload, plan, held), **done}


@pytest.fixture
def uploading(fake, tus, monkeypatch):
    """The fake platform with uploads through a proxy; its class, to be steered."""
    with FaultProxy(tus.url) as proxy:
        kind = type("Steered", (Uploading,), {"endpoint": tus.endpoint, "proxy": proxy})
        monkeypatch.setattr(fake, "publisher", lambda access: kind(fake, access))
        yield kind


def opened(folder, vault, proxy):
    workspace = Workspace.open(folder)
    return Desk(workspace, vault, Owners(workspace.cache / "owners"), lambda base: Transport(proxy.url, attempts=1))


@pytest.fixture
def desk(tmp_path, vault, uploading):
    made = opened(tmp_path / "w", vault, uploading.proxy)
    yield made
    made.close()


@pytest.fixture
def post(desk, tmp_path):
    """With a picture of some hundred KB."""
    from PIL import Image

    path = tmp_path / "noise.jpg"
    Image.effect_noise((900, 700), 90).convert("RGB").save(path, quality=95)
    return desk.posts.create(text="Hello", media=(desk.library.add([path])[0].asset.as_media(),))


def size(desk, post):
    return desk.workspace.files.path(post.media[0].media).stat().st_size


def sent(uploading):
    return sum(seen.sent for seen in uploading.proxy.seen if seen.method == "PATCH")


def arrived(tus, desk, post):
    original = desk.workspace.files.path(post.media[0].media).read_bytes()
    return [path.read_bytes() for path in tus.uploads()] == [original]


def at(bytes_there, what):
    """Does it once, when so many bytes are there."""
    left = [what]

    def progress(gone):
        if gone >= bytes_there and left:
            raise left.pop()

    return staticmethod(progress)


def test_another_process_goes_on_where_the_first_one_died(tmp_path, desk, account, post, vault, uploading, fake, tus):
    whole = size(desk, post)
    assert whole > 4 * PIECE
    uploading.on_progress = at(2 * PIECE + 1000, Died)
    with pytest.raises(Died):
        desk.publishing.publish(post.id, account.id)
    desk.close()
    again = opened(tmp_path / "w", vault, uploading.proxy)
    again.publishing.run_due()
    [delivery] = again.publishing.list(post=post.id)
    assert delivery.state is S.PUBLISHED and delivery.proof.whole and fake.server.texts() == ["Hello"]
    assert arrived(tus, again, post) and sent(uploading) <= whole + PIECE
    again.close()


def test_a_person_tries_again_after_a_long_cut(desk, account, post, uploading, fake, tus):
    uploading.proxy.refuse(only="^(PATCH|HEAD) ", skip=3, times=1000)
    failed = desk.publishing.publish(post.id, account.id)
    assert failed.state is S.FAILED and failed.error[0].code == "net.broken" and fake.server.posts == {}
    uploading.proxy.clear()
    assert desk.publishing.resend(failed.id).state is S.PUBLISHED
    assert arrived(tus, desk, post) and sent(uploading) == size(desk, post)


def test_over_means_from_the_first_byte(desk, account, post, uploading, fake, tus):
    uploading.proxy.refuse(only="^(PATCH|HEAD) ", skip=3, times=1000)
    failed = desk.publishing.publish(post.id, account.id)
    uploading.proxy.clear()
    assert desk.publishing.resend(failed.id, over=True).state is S.PUBLISHED
    assert len(tus.uploads()) == 2 and sent(uploading) == size(desk, post) + 3 * PIECE


def test_cancelled_in_the_middle_of_a_piece(desk, account, post, uploading, fake):
    task = Task(N("job", "Publishing"), "network", lambda: 0.0)
    uploading.on_progress = staticmethod(lambda gone: task.cancel() if gone > PIECE else None)
    with pytest.raises(Cancelled):
        desk.publishing.publish(post.id, account.id, task)
    [delivery] = desk.publishing.list(post=post.id)
    assert delivery.state is S.CANCELLED and fake.server.posts == {} and sent(uploading) < size(desk, post)


def test_a_file_that_changes_while_it_is_sent_is_never_half_of_both(desk, account, post, uploading, fake, tus):
    """The fitted copy in the cache, which cleaners may touch."""
    path = desk.workspace.files.path(post.media[0].media)

    def change(gone):
        ready = [each for each in (desk.workspace.cache / "ready").glob("*") if each.is_file()]
        for each in ready or [path]:
            if gone > PIECE and each.read_bytes()[:2] == b"\xff\xd8":
                each.write_bytes(b"\xff\xd9" + each.read_bytes()[2:])

    before = path.read_bytes()
    uploading.on_progress = staticmethod(change)
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.FAILED and delivery.error[0].code == "media.changed" and fake.server.posts == {}
    uploading.on_progress = staticmethod(lambda gone: None)
    path.chmod(0o644)
    path.write_bytes(before)
    for each in (desk.workspace.cache / "ready").glob("*"):
        each.unlink()
    done = desk.publishing.resend(delivery.id)
    assert done.state is S.PUBLISHED and tus.uploads()
    assert before in [each.read_bytes() for each in tus.uploads()]
