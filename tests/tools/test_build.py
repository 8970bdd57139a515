"""Resources are made when the content of an input changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools import build

ROOT = Path(__file__).resolve().parent.parent.parent
MAKER = """
from pathlib import Path
made = Path("studio/ui/yigao.rcc")
made.write_text(Path("assets/icons/a.svg").read_text())
with open("runs", "a") as runs:
    runs.write("run\\n")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree with one icon, and a maker that counts its runs."""
    for folder in ("assets/icons", "studio/ui", "tools"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "assets/icons/a.svg").write_text("one")
    (tmp_path / build.MAKER).write_text(MAKER)
    return tmp_path


def runs(checkout: Path) -> int:
    return len((checkout / "runs").read_text().splitlines())


def test_nothing_is_made_twice(checkout):
    build.ensure(checkout)
    build.ensure(checkout)
    assert runs(checkout) == 1


def test_new_times_alone_change_nothing(checkout):
    build.ensure(checkout)
    os.utime(checkout / "assets/icons/a.svg", (1, 1))
    build.ensure(checkout)
    assert runs(checkout) == 1


def test_new_content_is_made_anew(checkout):
    build.ensure(checkout)
    (checkout / "assets/icons/a.svg").write_text("two, longer")
    build.ensure(checkout)
    assert (checkout / build.OUTPUT).read_text() == "two, longer"


def test_a_new_and_a_removed_input_are_seen(checkout):
    build.ensure(checkout)
    (checkout / "assets/icons/b.svg").write_text("b")
    build.ensure(checkout)
    (checkout / "assets/icons/b.svg").unlink()
    build.ensure(checkout)
    assert runs(checkout) == 3


def test_a_lost_output_is_made_again(checkout):
    build.ensure(checkout)
    (checkout / build.OUTPUT).unlink()
    build.ensure(checkout)
    assert (checkout / build.OUTPUT).is_file()


def test_a_failure_is_told_and_tried_again(checkout):
    (checkout / "assets/icons/a.svg").rename(checkout / "assets/icons/b.svg")
    for _ in range(2):
        with pytest.raises(build.BuildError, match=r"a\.svg"):
            build.ensure(checkout)
    (checkout / "assets/icons/b.svg").rename(checkout / "assets/icons/a.svg")
    build.ensure(checkout)
    assert runs(checkout) == 1


def test_a_tree_without_a_maker_is_left_alone(tmp_path):
    build.ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_this_checkout_was_made_whole():
    build.ensure(ROOT)
    assert (ROOT / build.OUTPUT).read_bytes().startswith(b"qres")
