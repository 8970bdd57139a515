"""What a real browser engine makes of a review file, and that what it saves is what is taken in."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from studio.services.desk import Desk
from studio.services.first import open_sample
from studio.services.reviews import Shot
from studio.ui.preview.offscreen import paint
from studio.ui.resources import ROOT

NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)> O\'Neil &'


@pytest.fixture
def desk(tmp_path):
    made = Desk.open(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def shown(qapp, desk, tmp_path):
    """A post whose names are hostile, and its review file."""
    post = replace(open_sample(desk, "en"), title=NASTY)
    desk.posts.save(post)
    shots = []
    for theme in ("light", "dark"):
        account = replace(desk.accounts.list()[0], name=NASTY)
        told = paint(desk, post, account, theme=theme, out=tmp_path / "p.png")
        surface = desk.previews.surfaces(account.platform)[0].id
        shots.append(Shot(account, surface, theme, told["width"], told["height"], (tmp_path / "p.png").read_bytes()))
    return post, desk.reviews.write(post, shots, tmp_path / "review.html", who=NASTY)


def test_a_client_comments_in_a_browser_and_the_comments_come_back(desk, shown, tmp_path):
    post, file = shown
    done = subprocess.run([sys.executable, "-m", "tests.ui.preview.client", str(file), str(tmp_path)], cwd=ROOT,
                          capture_output=True, text=True)
    if done.returncode == 77:
        pytest.skip("no browser engine here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["complaints"] == [] and told["able"] == "able"
    assert (told["bold"], told["marks"], told["pressed"], told["wide"]) == (0, 3, 2, False)
    assert (told["kept"], told["poisoned"]) == (3, 0), "it is there after a reload; what others put there is not"
    assert set(told["asked"]) <= {"file", "data", "blob"}, "nothing was asked of the network"
    assert "alert(1)" in told["read"] and told["shown"] and "Scripts are off" in told["read"]
    taken = desk.reviews.read_file(tmp_path / told["answer"].rsplit("/")[-1], post.id)
    assert (taken.new, taken.findings) == (5, ())
    said = {(s.remark.place.theme, s.remark.text, s.remark.verdict): s.remark for s in desk.reviews.of(post.id)}
    assert set(said) == {("light", "<b>Brighter</b>", ""), ("dark", "By key", ""), ("light", "", "approved"),
                         ("dark", "", "changes"), ("dark", "Never added", "")}
    assert {remark.author for remark in said.values()} == {"Ana"}
    assert said["light", "<b>Brighter</b>", ""].point == pytest.approx((0.25, 0.5), abs=0.01)
    assert said["dark", "By key", ""].point == pytest.approx((0.49, 0.51), abs=0.001)
