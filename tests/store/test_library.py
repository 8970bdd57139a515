"""Assets, accounts and settings come back as they were kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.asset import Asset, Probe
from studio.core.errors import NotFound
from studio.core.finding import error, warning
from studio.core.post import Account, Media, Post, Reply
from studio.store.workspace import Workspace
from tests.store.strategies import ids, moments, tags, texts, values

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PICTURE = Probe("image", "image/jpeg", ".jpg", 4000, 3000, 6, has_location=True, mode="RGB")
CLIP = Probe("video", "video/mp4", ".mp4", 1080, 1920, duration=Fraction(1001, 30000), frames=0)

probes = st.builds(
    Probe, kind=st.sampled_from(["image", "video", "audio", "other"]), mime=texts, suffix=texts,
    width=st.integers(0, 10**6), height=st.integers(0, 10**6), orientation=st.integers(1, 8),
    duration=st.none() | st.fractions(0, 10**5), frames=st.integers(0, 9), has_alpha=st.booleans(),
    has_location=st.booleans(), mode=texts,
)
assets = st.builds(
    Asset, id=ids, name=texts, bytes=st.integers(0, 2**50), probe=probes, alt=texts, tags=tags, created=moments
)


@settings(deadline=None, max_examples=50)
@given(asset=assets)
def test_any_asset_comes_back(shared: Workspace, asset: Asset) -> None:
    shared.assets.save(asset)
    assert shared.assets.get(asset.id) == asset
    shared.assets.remove(asset.id)
    assert not shared.assets.has(asset.id)


def test_lists_and_counts_by_words_and_kind(workspace: Workspace) -> None:
    photo = Asset("1" * 64, "IMG_1234.jpg", 10, PICTURE, "上海外滩的夜景", ("night",), NOW)
    clip = Asset("2" * 64, "clip.mp4", 20, CLIP, created=NOW + timedelta(1))
    workspace.assets.save_many([photo, clip])
    get = workspace.assets.list
    assert get() == [clip, photo] and workspace.assets.count() == 2
    assert get("外滩") == get("img 123") == get("night") == [photo] and workspace.assets.count("外滩") == 1
    assert get(kind="video") == [clip] and get("clip", "image") == []
    assert get(limit=1) == [clip] and get(offset=1) == [photo] and get(limit=1, offset=1) == [photo]


def test_saving_again_replaces_and_keeps_the_place(workspace: Workspace) -> None:
    photo = Asset("1" * 64, "a.jpg", 10, PICTURE, created=NOW)
    workspace.assets.save(photo)
    workspace.assets.save(replace(photo, name="b.jpg"))
    assert workspace.assets.list("b") == workspace.assets.list() and workspace.assets.list("a.jpg") == []


def test_alt_text_and_tags(workspace: Workspace) -> None:
    photo = Asset("1" * 64, "a.jpg", 10, PICTURE, created=NOW)
    workspace.assets.save(photo)
    workspace.assets.set_alt(photo.id, "灯塔 \ud800")
    workspace.assets.set_tags(photo.id, ["sea", "夜"])
    assert workspace.assets.get(photo.id) == replace(photo, alt="灯塔 \ud800", tags=("sea", "夜"))
    assert workspace.assets.count("灯塔") == workspace.assets.count("夜") == 1


def test_used_in_names_the_posts(workspace: Workspace) -> None:
    id = "1" * 64
    first, second = Post(media=(Media(id),), updated=NOW), Post(media=(Media(id),), updated=NOW + timedelta(1))
    for post in (first, second, Post()):
        workspace.posts.save(post)
    assert workspace.assets.used_in(id) == (second.id, first.id)
    assert workspace.assets.used_in("none") == ()


def test_a_file_that_only_a_reply_has_is_used(workspace: Workspace) -> None:
    thread = Post(replies=(Reply("two", (Media("2" * 64),)),))
    workspace.posts.save(thread)
    assert workspace.assets.used_in("2" * 64) == (thread.id,)


def test_no_such_asset(workspace: Workspace) -> None:
    workspace.assets.remove("none")
    for ask in (workspace.assets.get, lambda id: workspace.assets.set_alt(id, "x")):
        with pytest.raises(NotFound, match="not_found"):
            ask("none")


def test_accounts_in_the_order_they_came(workspace: Workspace) -> None:
    accounts = [Account(f"z{9 - n}", "bluesky", "api", f"名 {n}", "h", "", {"did": "x"}, NOW) for n in range(3)]
    for account in accounts:
        workspace.accounts.save(account)
    assert workspace.accounts.list() == accounts
    renamed = replace(accounts[0], name="new")
    workspace.accounts.save(renamed)
    assert workspace.accounts.list() == [renamed, *accounts[1:]]
    workspace.accounts.remove(renamed.id)
    workspace.accounts.remove(renamed.id)
    assert workspace.accounts.list() == accounts[1:]
    with pytest.raises(NotFound):
        workspace.accounts.get(renamed.id)


def test_health_is_remembered(workspace: Workspace) -> None:
    workspace.accounts.save(Account("a", "bluesky"))
    assert workspace.accounts.health("a") == (None, ())
    findings = (error("login.expired", "account", "source", n=1), warning("quota.low"))
    workspace.accounts.set_health("a", NOW, iter(findings))
    assert workspace.accounts.health("a") == (NOW, findings)
    workspace.accounts.save(Account("a", "bluesky", name="renamed"))
    assert workspace.accounts.health("a") == (NOW, findings)
    for ask in (workspace.accounts.health, lambda id: workspace.accounts.set_health(id, NOW, ())):
        with pytest.raises(NotFound):
            ask("none")


@settings(deadline=None, max_examples=50)
@given(key=texts, value=values)
def test_any_setting_comes_back(shared: Workspace, key: str, value: object) -> None:
    shared.settings.set(key, value)
    assert shared.settings.get(key, "default") == value


def test_settings_have_defaults_and_are_replaced(workspace: Workspace) -> None:
    assert workspace.settings.get("theme") is None and workspace.settings.get("theme", "dark") == "dark"
    workspace.settings.set("theme", "light")
    workspace.settings.set("theme", None)
    assert workspace.settings.get("theme", "dark") is None
    assert workspace.settings.all() == {"theme": None}
    with pytest.raises(TypeError):
        workspace.settings.set("theme", object())
