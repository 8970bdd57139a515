"""The files it gets, and what a person gets into their hands."""

from __future__ import annotations

from typing import get_args

from studio.core.handoff import HandOff, Link, PieceName
from studio.platforms.base import ImageRule
from tests.platforms.contract.cases import Case, complete, rule
from tests.platforms.fakes import Offline, media

FOREIGN = (
    "", "not an address", "https://example.com", "https://example.com/x", "https://example.com/2026/11/post-1?id=7",
    "ftp://example.com/x", "https://[bad", "javascript:alert(1)",
)


@rule
def what_it_wants_of_the_files_is_in_order(case: Case) -> None:
    for mode in case.modes:
        what = case.sample(mode, pictures=[media("a"), media("b"), media("c")] if case.platform.images else [])
        wants = case.platform.wants(what)
        assert wants == case.platform.wants(what)
        for want in wants:
            assert (want.media is None) == bool(want.url) and (want.rule is None or isinstance(want.rule, ImageRule))
            assert not want.url or want.url.startswith(("https://", "http://"))
            assert want.media is None or want.media.kind != "image" or want.rule is not None, want
        posts = [want.media for want in wants if want.media is not None and not want.role]
        assert posts == [m for m in what.media if m in posts], mode


def assert_handed(case: Case, handed: HandOff) -> None:
    assert case.platform.embedded or handed.page.startswith("https://"), handed.page
    for piece in handed.pieces:
        assert piece.name in get_args(PieceName) and piece.text.strip(), piece
        assert piece.limit is None or piece.limit > 0, piece
        assert "<" not in piece.html or ">" in piece.html
    names = [piece.name for piece in handed.pieces]
    assert len(names) == len(set(names)), names
    assert all(complete(words) for words in handed.ticks)
    assert not handed.scan or not handed.scan.isspace()


@rule
def it_is_handed_over_whole_and_purely(case: Case) -> None:
    for mode in case.modes:
        whole = case.sample(mode, tags=("咖啡", "citywalk"), link="https://example.com/a")
        bare = case.sample(mode, "", title="", link="", tags=(), options={})
        for what in (whole, case.sample(mode), bare):
            handed = case.platform.handoff(what)
            assert handed == case.platform.handoff(what)
            assert_handed(case, handed)
            assert handed.files is bool(what.media), mode
        said = " ".join(piece.text for piece in case.platform.handoff(whole).pieces)
        assert whole.text.split()[0] in said, mode


@rule
def foreign_addresses_are_not_its_posts(case: Case) -> None:
    for address in FOREIGN:
        assert case.platform.link(address) is None, address


@rule
def its_own_addresses_are_recognised(case: Case) -> None:
    """Those its own tests give."""
    for pasted, handle in case.links().items():
        for text in (pasted, f"看看 {pasted} 吧", f"{pasted}\n"):
            link = case.platform.link(text)
            assert link is not None and dict(link.handle) == dict(handle), text
            assert link.url.startswith("https://") and link == case.platform.link(text)


@rule
def an_account_without_a_sign_in_asks_nothing(case: Case) -> None:
    """Assisted and kit accounts have no secrets: nobody is asked for anything, and nothing is claimed."""
    if case.platform.embedded:
        return
    for mode in ("assisted", "kit"):
        offline = Offline()
        given, what = case.access(offline, mode), case.sample(mode)
        link = Link("https://example.com/1", case.handle())
        assert case.platform.verify(given, what, link) is None
        made = case.platform.prepare(given, what)
        assert_handed(case, case.platform.handoff(what, made))
        assert offline.calls == []
