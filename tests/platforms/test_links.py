"""What people paste, and which post it is of."""

from __future__ import annotations

import pytest

from studio.platforms.links import pasted, recognised

PATTERNS = (r"example\.com/(?P<user>\d+)/(?P<id>\w+)", r"m\.example\.com/p\?id=(?P<id>\w+)")


@pytest.mark.parametrize(("text", "url", "handle"), [
    ("https://www.example.com/12/AbC", "https://www.example.com/12/AbC", {"user": "12", "id": "AbC"}),
    ("看看这个：https://example.com/12/AbC?s=app 打开", "https://example.com/12/AbC", {"user": "12", "id": "AbC"}),
    ("\u200bhttps://example.com/12/AbC/\n", "https://example.com/12/AbC/", {"user": "12", "id": "AbC"}),
    ("https://m.example.com/p?x=1&id=7#top", "https://m.example.com/p?id=7", {"id": "7"}),
    ("HTTPS://EXAMPLE.com/12/a", "https://EXAMPLE.com/12/a", {"user": "12", "id": "a"}),
    ("发出去了！https://example.com/12/AbC！快看", "https://example.com/12/AbC", {"user": "12", "id": "AbC"}),
    ("《周末》https://example.com/12/AbC；在这里", "https://example.com/12/AbC", {"user": "12", "id": "AbC"}),
    ("读 https://shop.test/a 后发的 https://example.com/12/AbC", "https://example.com/12/AbC",
     {"user": "12", "id": "AbC"}),
])
def test_a_post_is_recognised(text: str, url: str, handle: dict[str, str]) -> None:
    found = recognised(text, PATTERNS, ("id",))
    assert found is not None and (found.url, dict(found.handle)) == (url, handle)


@pytest.mark.parametrize("text", [
    "", "no address", "https://example.com/12", "https://evil.test/example.com/12/a",
    "https://example.com.evil.test/1/a",
    "https://user:pass@evil.test/12/AbC", "https://[bad/12/a", "ftp://example.com/12/a", "https://m.example.com/p?x=1",
    "https://example.com/12/" + "a" * 5000, "example.com/12/AbC",
])
def test_anything_else_is_not(text: str) -> None:
    assert recognised(text, PATTERNS, ("id",)) is None


def test_who_one_is_signed_in_as_is_not_kept() -> None:
    found = recognised("https://me:secret@example.com/12/a", PATTERNS)
    assert found is not None and "secret" not in found.url


def test_the_address_is_taken_out_of_a_sentence() -> None:
    assert pasted("我发了（https://example.com/12/a）。") == "https://example.com/12/a"
    assert pasted("https://example.com/a/b1, open the app") == "https://example.com/a/b1"
    assert pasted("It is here (https://example.com/12/a).") == "https://example.com/12/a"


def test_who_one_is_signed_in_as_is_not_in_any_address() -> None:
    assert pasted("https://me:secret@other.test/x?y=a@b") == "https://other.test/x?y=a@b"
    assert pasted("https://me:secret@other.test") == "https://other.test"
