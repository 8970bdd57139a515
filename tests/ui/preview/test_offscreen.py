import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from studio.core.errors import NotFound, Refused
from studio.services.desk import Desk
from studio.services.first import open_sample
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.offscreen import easel, paint
from studio.ui.resources import ROOT


@pytest.fixture
def desk(tmp_path):
    made = Desk.open(tmp_path / "w")
    yield made
    made.close()


def test_every_platform_in_both_themes_and_three_languages(qapp, desk, tmp_path):
    post = open_sample(desk, "zh_CN")
    for platform in desk.previews.platforms():
        account = desk.previews.stand_in(platform)
        seen, grounds = set(), set()
        for theme in ("light", "dark"):
            view = desk.previews.view(platform, theme=theme)
            grounds.add(desk.previews.card(post, account, view, QtMetrics(["Inter"])).tokens["card"])
            for language in ("en", "zh_CN", "zh_TW") if theme == "light" else ("zh_TW",):
                out = tmp_path / "p.png"
                told = paint(desk, post, account, theme=theme, language=language, scale=1.25, out=out)
                image = QImage(told["file"])
                assert told["width"] == desk.previews.surfaces(platform)[0].widths[0]
                assert (image.width(), image.height()) == (round(told["width"] * 1.25), round(told["height"] * 1.25))
                bodies = [b for b in told["boxes"] if b["name"].partition(":")[0] == "body"]  # articles have paragraphs
                assert bodies or any(b["name"] == "title" and b["lines"] for b in told["boxes"]), platform
                for body in bodies:
                    assert "".join(body["lines"]) == body["text"].replace("\n", "")
                seen.add((theme, image.pixelColor(image.width() - 30, 10).name()))
        assert len({colour for _, colour in seen}) == len(grounds), "dark cards are dark, where the platform's are"


def test_the_picture_shows_the_pictures(qapp, desk, tmp_path):
    post = open_sample(desk, "en")
    account = desk.accounts.list()[0]
    told = paint(desk, post, account, out=tmp_path / "a.png")
    bare = paint(desk, replace(post, media=()), account, out=tmp_path / "b.png")
    assert told["height"] > bare["height"]
    box = next(b for b in told["boxes"] if b["name"] == "image:1")
    image = QImage(told["file"])
    x, y, w, h = (int(box[key]) for key in "xywh")
    inside = [image.pixelColor(x + i * w // 9, y + j * h // 9).saturation() for i in range(1, 9) for j in range(1, 9)]
    assert max(inside) > 120, "the avenue is orange"


def test_the_reader_may_have_larger_letters_and_the_whole_text(qapp, desk, tmp_path):
    post, account = open_sample(desk, "en"), desk.previews.stand_in("mastodon")
    post = replace(post, text="\n".join(f"line {n}" for n in range(60)), media=())
    as_it_is = paint(desk, post, account, out=tmp_path / "a.png")
    larger = paint(desk, post, account, text=1.5, out=tmp_path / "b.png")
    whole = paint(desk, post, account, unfolded=True, out=tmp_path / "c.png")
    assert larger["height"] > as_it_is["height"] and whole["height"] > as_it_is["height"]
    assert any(b["folded"] for b in as_it_is["boxes"]) and "line 59" in str(whole["boxes"])


def test_many_pictures_share_one_easel(qapp, desk, tmp_path):
    post = open_sample(desk, "en")
    made = easel(desk, "en")
    for platform in desk.previews.platforms():
        for surface in desk.previews.surfaces(platform):
            paint(desk, post, desk.previews.stand_in(platform), surface=surface.id, out=tmp_path / "p.png")
    assert easel(desk, "en") is made and easel(desk, "zh_CN") is not made


def test_what_cannot_be_painted_is_refused(qapp, desk, tmp_path):
    post, account = open_sample(desk, "en"), desk.accounts.list()[0]
    with pytest.raises(NotFound):
        paint(desk, post, account, surface="nowhere", out=tmp_path / "p.png")
    with pytest.raises(Refused):
        paint(desk, post, account, scale=400.0, out=tmp_path / "p.png")
    with pytest.raises(OSError):
        paint(desk, post, account, out=tmp_path / "no folder" / "p.png")
    assert not list(tmp_path.glob("*.part")) and not (tmp_path / "p.png").exists()


def test_it_needs_no_application_no_screen_and_no_widgets(tmp_path):
    code = (
        "import sys; from pathlib import Path; from studio.services.desk import Desk\n"
        "from studio.services.first import open_sample; from studio.app import paint_card\n"
        f"desk = Desk.open(Path({str(tmp_path / 'w')!r})); post = open_sample(desk, 'en')\n"
        f"told = paint_card(desk, post, desk.accounts.list()[0], out=Path({str(tmp_path / 'p.png')!r}))\n"
        "assert 'PySide6.QtWidgets' not in sys.modules, 'widgets were loaded'\n"
        "print(told['width']); desk.close()"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 300 and (tmp_path / "p.png").stat().st_size > 5000
