"""The typefaces of the machine, as a list to choose from."""

from __future__ import annotations

from studio.services.videos.typefaces import families


def test_families_are_named_once_and_without_the_studios_own_pieces():
    names = families()
    assert len(names) == len(set(names)) and all(name.strip() for name in names)
    assert not any(name.startswith(".") or "Yigao" in name for name in names)
