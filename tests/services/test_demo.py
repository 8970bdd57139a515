"""The demo: every step of the main job, with what it made."""

import pytest

from studio.core.errors import Cancelled
from studio.core.task import Task
from studio.core.words import N
from studio.services.demo import Demo, proved
from studio.services.desk import Desk


@pytest.fixture
def whole(tmp_path):
    desk = Desk.open(tmp_path / "w")
    yield desk
    desk.close()


def demo(desk, tmp_path, told, language="en"):
    painted = []

    def paint(post, account, surface, file):
        painted.append((account.platform, surface, file.name))
        return {"file": str(file), "width": 1, "height": 1, "boxes": []}

    return Demo(desk, paint, language, tmp_path, lambda step: told.append(step.text)), painted


def task():
    return Task(N("job", "Preparing"), "store", lambda: 0.0)


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_the_whole_job_is_done(whole, tmp_path, language):
    told = []
    job, painted = demo(whole, tmp_path, told, language)
    shown = job.run(task())
    assert proved(shown) and len(told) == 6 and shown.video.is_file()
    assert shown.post.language == language and len(shown.post.media) == 4
    assert {p["platform"] for p in shown.previews} == set(shown.checks) == set(whole.previews.platforms())
    assert len(painted) == len({name for _, _, name in painted})
    assert whole.posts.get(shown.post.id) == shown.post
    assert all(d.proof.url for d in shown.deliveries)


def test_it_can_be_stopped_between_steps(whole, tmp_path):
    running = task()
    job, _ = demo(whole, tmp_path, [])
    job._tell = lambda step: running.cancel()
    with pytest.raises(Cancelled):
        job.run(running)
    assert whole.publishing.list() == []


def test_it_may_run_again(whole, tmp_path):
    first = demo(whole, tmp_path, [])[0].run(task())
    second = demo(whole, tmp_path, [])[0].run(task())
    assert first.post.id != second.post.id and proved(second)
    kinds = [asset.probe.kind for asset in whole.library.list()]
    assert kinds.count("image") == 3 and kinds.count("video") in (1, 2), "the film may be packed otherwise in the file"
