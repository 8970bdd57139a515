"""Resources are compiled when an input's content changed, and only then."""

from __future__ import annotations

import os
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


def test_an_asset_can_be_read_from_the_compiled_file(checkout):
    build.ensure(checkout)
    code = (checkout / build.OUTPUT).read_text()
    assert "qRegisterResourceData" in code
    compile(code, build.OUTPUT, "exec")


def test_nothing_is_done_twice(checkout):
    build.ensure(checkout)
    (checkout / build.OUTPUT).write_text("# as it was")
    build.ensure(checkout)
    assert (checkout / build.OUTPUT).read_text() == "# as it was"


def test_new_times_alone_change_nothing(checkout):
    """A fresh checkout of the same content keeps what was made."""
    build.ensure(checkout)
    (checkout / build.OUTPUT).write_text("# as it was")
    os.utime(checkout / "assets" / "a.txt", (1, 1))
    build.ensure(checkout)
    assert (checkout / build.OUTPUT).read_text() == "# as it was"


@pytest.mark.parametrize("changed", ["assets/a.txt", "resources.qrc"])
def test_new_content_is_compiled(checkout, changed):
    build.ensure(checkout)
    (checkout / build.OUTPUT).write_text("# as it was")
    new = QRC.format(alias="b") if changed == "resources.qrc" else "two, longer"
    (checkout / changed).write_text(new)
    build.ensure(checkout)
    assert "qRegisterResourceData" in (checkout / build.OUTPUT).read_text()


def test_a_lost_output_is_made_again(checkout):
    build.ensure(checkout)
    (checkout / build.OUTPUT).unlink()
    build.ensure(checkout)
    assert (checkout / build.OUTPUT).is_file()


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
