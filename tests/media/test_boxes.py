"""The place goes out of a film, the frames stay where they are."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from studio.media.boxes import without_remarks
from studio.media.fit import fit_clip
from studio.media.probe import probe
from tests.media import make

PLACE = "+48.8583+002.2945/"


def frames(path: Path) -> list[tuple[bytes, int | None]]:
    """Every packet's bytes and time."""
    with av.open(str(path)) as file:
        return [(bytes(packet), packet.pts) for packet in file.demux() if packet.size]


@pytest.mark.parametrize("options", [{}, {"movflags": "+faststart"}, {"movflags": "use_metadata_tags"}])
@pytest.mark.parametrize("name", ["a.mp4", "a.mov"])
def test_the_place_goes(tmp_path: Path, name: str, options: dict[str, str]) -> None:
    path = make.clip(tmp_path / name, metadata={"location": PLACE}, options=options)
    secrets = [PLACE.encode(), b"loci"]  # MP4 has it as numbers in a box of that name
    assert any(secret in path.read_bytes() for secret in secrets)
    done = fit_clip(path, probe(path), tmp_path / "out")
    assert [f.code for f in done.changes] == ["media.metadata_removed"]
    assert not any(secret in done.path.read_bytes() for secret in secrets)
    assert done.bytes == path.stat().st_size
    assert frames(done.path) == frames(path)
    assert not probe(done.path).has_location


def test_a_turned_film_stays_turned(tmp_path: Path) -> None:
    path = make.turned(make.clip(tmp_path / "a.mp4", metadata={"location": PLACE}))
    done = fit_clip(path, probe(path), tmp_path / "out")
    assert done.path != path
    assert probe(done.path).orientation == 6


def test_what_tells_nothing_or_is_wanted_is_sent_as_it_is(tmp_path: Path) -> None:
    plain = make.clip(tmp_path / "a.mp4")
    assert fit_clip(plain, probe(plain), tmp_path / "out").path == plain
    told = make.clip(tmp_path / "b.mp4", metadata={"location": PLACE})
    done = fit_clip(told, probe(told), tmp_path / "out", keep_metadata=True)
    assert (done.path, done.changes) == (told, ())
    assert not (tmp_path / "out").exists()


def test_a_type_that_cannot_be_cleaned_is_warned_of(tmp_path: Path) -> None:
    path = make.clip(tmp_path / "a.mkv", metadata={"location": PLACE})
    found = probe(path)
    assert found.has_location
    done = fit_clip(path, found, tmp_path / "out", name="Holiday.mkv")
    (finding,) = done.changes
    assert (finding.code, finding.severity, finding.values["name"]) == ("media.location_kept", "warning", "Holiday.mkv")


def test_long_boxes_and_boxes_to_the_end(tmp_path: Path) -> None:
    """A length of 1 means the real one follows in 8 bytes; a length of 0 means up to the end."""
    inner = make.box(b"trak", make.box(b"tkhd", b"kept") + make.box(b"udta", b"PLACE"))
    long = b"\0\0\0\x01uuid" + (16 + 9).to_bytes(8, "big") + b"PLACEPLAC"
    path = tmp_path / "a.mp4"
    film = make.box(b"moov", inner) + b"\0\0\0\0mdat" + b"PLACE in a frame"
    path.write_bytes(make.box(b"ftyp", b"mp42") + long + film)
    data = b"".join(without_remarks(path))
    assert len(data) == path.stat().st_size
    assert data.count(b"PLACE") == 1 and data.endswith(b"mdatPLACE in a frame")
    assert b"kept" in data and data.count(b"free") == 2


def test_broken_boxes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(make.box(b"moov", b"\0\0\xff\xffudta"))
    with pytest.raises(ValueError):
        list(without_remarks(path))
