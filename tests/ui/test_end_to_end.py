"""The main job in a real window on a real X server: write, add a photo, publish, read the page on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from studio.ui.resources import ROOT, prepare

OUT = ROOT / "tests" / "out"


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of 1920x1080 on a free display number."""
    server = shutil.which("Xvfb")
    if server is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Xvfb is missing: install it, or run the set-up")
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    arguments = [server, "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(arguments, pass_fds=[write], stderr=subprocess.DEVNULL) as running:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
        running.terminate()


def environment(display: str, home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_CONFIG_HOME": str(home), "LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_a_draft_with_a_photo_is_published_by_the_visible_buttons(display, tmp_path, language):
    prepare()
    OUT.mkdir(exist_ok=True)
    photo = tmp_path / "cafe.jpg"
    shutil.copy(ROOT / "assets" / "samples" / "cafe.jpg", photo)
    command = [sys.executable, "-W", "error", "-m", "tests.ui.real_window", str(tmp_path / "w"), str(photo), str(OUT)]
    done = subprocess.run(
        [*command, language], cwd=ROOT, env=environment(display, tmp_path), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["platform"] == "xcb"
    assert told["state"] == "published" and told["whole"]
    page = Path(unquote(urlsplit(told["url"]).path))
    html = page.read_text(encoding="utf-8")
    assert told["title"] == f"E2E {language}" and told["title"] in html
    assert told["text"] and told["text"] in html
    assert [p for p in page.parent.rglob("*") if p.suffix in (".jpg", ".jpeg")], "the photo lies beside the page"
    assert len(told["shots"]) == 4 and all(Path(shot).stat().st_size > 20_000 for shot in told["shots"])
