"""Presets follow from what the platforms declare, with their sources; a person's own are kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from studio.core import export
from studio.core.errors import Refused
from studio.core.timeline import Clip, Timeline, Track
from studio.platforms import every, get
from studio.services.videos.presets import Presets, every_platform, fitted, for_platform


class Kept:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def get(self, key: str, default: Any) -> Any:
        return self.values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        self.values[key] = value


def line(width: int = 1080, height: int = 1920, seconds: int = 10) -> Timeline:
    clip = Clip("c", Fraction(seconds), "solid")
    return Timeline("t", width, height, tracks=(Track("m", "main", (clip,)),))


def codes(preset: export.Preset, timeline: Timeline) -> list[str]:
    return [finding.code for finding in export.check(preset, timeline)]


@pytest.mark.parametrize("name", sorted(every()))
def test_every_platform_that_takes_films_has_a_preset_with_sources(name: str) -> None:
    platform = get(name)
    found = for_platform(platform)
    assert bool(found) == (platform.videos is not None or platform.shorts is not None)
    for preset in found:
        limits = ("bytes", "seconds", "shortest", "narrowest", "widest", "rate", "peak")
        assert {limit for limit in limits if getattr(preset, limit) is not None} <= set(preset.sources)
        assert export.from_json(export.to_json(preset)) == preset


def test_what_a_platform_would_refuse_is_said_before_the_export() -> None:
    douyin, = for_platform(get("douyin"))
    assert codes(douyin, line()) == [] and codes(douyin, line(seconds=901)) == ["video.export_long"]
    assert codes(douyin, line(1920, 1080)) == ["video.export_shape"]
    page, reel = for_platform(get("facebook"))
    assert codes(page, line(1920, 1080)) == [] and codes(page, line(2400, 1000)) == ["video.export_shape"]
    assert codes(reel, line(seconds=2)) == ["video.export_short"]
    assert codes(reel, line(seconds=91)) == ["video.export_long"]


def test_an_account_s_own_server_may_have_other_limits() -> None:
    mastodon, = for_platform(get("mastodon"))
    assert mastodon.bytes == 103_809_024 and mastodon.rate == 120


def test_a_size_turns_with_the_canvas_and_the_most_pixels_hold() -> None:
    douyin, = for_platform(get("douyin"))
    assert export.size(fitted(douyin, line(3840, 2160)), line(3840, 2160)) == (1920, 1080)
    assert export.size(fitted(douyin, line(2160, 3840)), line(2160, 3840)) == (1080, 1920)
    mastodon = get("mastodon")
    big = line(7680, 4320)
    width, height = export.size(fitted(for_platform(mastodon)[0], big, mastodon.videos), big)
    assert width * height <= 8_294_400 and (width, height) == (3840, 2160)


def test_own_presets_are_kept_renamed_and_removed() -> None:
    kept = Kept()
    presets = Presets(kept)  # type: ignore[arg-type]
    mine = presets.save(replace(export.USUAL, quality=18), "给客户看")
    assert Presets(kept).get(mine.id).label.zh_CN == "给客户看"  # type: ignore[arg-type]
    again = presets.save(replace(mine, quality=16), "给客户看 2")
    assert again.id == mine.id and presets.own() == (again,)
    kept.values["export.presets"].append({"kind": "export", "schema": 99})
    assert presets.own() == (again,)
    presets.remove(mine.id)
    assert presets.own() == ()
    with pytest.raises(Refused):
        presets.get(mine.id)


def test_every_id_is_there_once() -> None:
    ids = [preset.id for preset in (*export.PRESETS, *every_platform())]
    assert len(ids) == len(set(ids))
