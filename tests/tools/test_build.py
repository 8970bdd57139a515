"""Resources are compiled when an input's content changed, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import build

ROOT = Path(__file__).resolve().parent.parent.parent
QRC = '<RCC><qresource prefix="/"><file alias="{alias}">assets/a.txt</file></qresource></RCC>'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree with one asset."""
    for folder in ("assets", "studio/ui", "tools"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "resources.qrc").write_text(QRC.format(alias="a"))
    (tmp_path / "assets" / "a.txt").write_text("one")
    return tmp_path


READ = """
import runpy, sys
from PySide6.QtCore import QFile
runpy.run_path(sys.argv[1])
file = QFile(":/a")
assert file.open(QFile.OpenModeFlag.ReadOnly)
print(file.readAll().data().decode())
"""


def test_an_asset_can_be_read_from_what_was_compiled(checkout):
    build.ensure(checkout)
    loader = str(checkout / build.OUTPUT)
    assert subprocess.check_output([sys.executable, "-c", READ, loader], text=True) == "one\n"


def test_nothing_is_done_twice(checkout):
    build.ensure(checkout)
    (checkout / build.BINARY).write_text("as it was")
    build.ensure(checkout)
    assert (checkout / build.BINARY).read_text() == "as it was"


def test_new_times_alone_change_nothing(checkout):
    """A fresh checkout of the same content keeps what was made."""
    build.ensure(checkout)
    (checkout / build.BINARY).write_text("as it was")
    os.utime(checkout / "assets" / "a.txt", (1, 1))
    build.ensure(checkout)
    assert (checkout / build.BINARY).read_text() == "as it was"


@pytest.mark.parametrize("changed", ["assets/a.txt", "resources.qrc"])
def test_new_content_is_compiled(checkout, changed):
    build.ensure(checkout)
    (checkout / build.BINARY).write_text("as it was")
    new = QRC.format(alias="b") if changed == "resources.qrc" else "two, longer"
    (checkout / changed).write_text(new)
    build.ensure(checkout)
    assert (checkout / build.BINARY).read_bytes().startswith(b"qres")


@pytest.mark.parametrize("lost", [build.OUTPUT, build.BINARY])
def test_a_lost_output_is_made_again(checkout, lost):
    build.ensure(checkout)
    (checkout / lost).unlink()
    build.ensure(checkout)
    assert (checkout / lost).is_file()


def test_translations_come_first(checkout):
    """What tools/i18n.py makes may be named in resources.qrc."""
    made = "from pathlib import Path; Path('assets/a.txt').write_text('made')"
    (checkout / "tools" / "i18n.py").write_text(made)
    (checkout / "assets" / "a.txt").unlink()
    build.ensure(checkout)
    assert (checkout / build.OUTPUT).is_file()


def test_a_missing_asset_is_named_and_nothing_is_written(checkout):
    (checkout / "assets" / "a.txt").unlink()
    with pytest.raises(build.BuildError, match=r"names files that are not there: assets/a\.txt"):
        build.ensure(checkout)
    assert list((checkout / "studio" / "ui").iterdir()) == []


def test_a_checkout_without_resources_is_left_alone(tmp_path):
    build.ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_this_checkout_is_compiled_whole():
    if not (ROOT / "resources.qrc").is_file():
        pytest.skip("no resources yet")
    build.ensure(ROOT)
    assert build.outputs_there(ROOT)
