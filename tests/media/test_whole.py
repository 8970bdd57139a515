"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media.whole import whole


def test_it_takes_the_place_of_the_old_one_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a.jpg"
    target.write_bytes(b"old")
    with whole(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new" and list(tmp_path.iterdir()) == [target]


def test_a_fault_leaves_everything_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.jpg"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match="no"), whole(target) as file:
        file.write(b"half")
        raise ValueError("no")
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]
