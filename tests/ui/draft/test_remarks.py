from dataclasses import replace

from studio.core.finding import error, info, warning
from studio.core.post import Account, Media, Post
from studio.services.desk import Desk
from studio.ui.draft.open_post import AccountView, Snapshot
from studio.ui.draft.remarks import area_of, number_of, remarks

A, B = Account("a", "bluesky", name="Mill"), Account("b", "practice")


def view(desk, account, *findings):
    post = Post(text="x" * 400, media=(Media("1"),))
    info_ = desk.accounts.platform(account.platform)
    counts = desk.checks.counts(post, account)
    return AccountView(account, info_, desk.checks.content(post, account), counts, tuple(findings), False, False)


def test_fields_and_numbers():
    assert area_of(error("x", "media[2].alt")) == "media" and number_of(error("x", "media[2].alt")) == 2
    assert area_of(error("x", "account")) == "text" and number_of(error("x", "text")) is None


def test_the_base_says_a_shared_finding_once_and_names_whose_another_is(qapp, language, tmp_path):
    desk = Desk.open(tmp_path)
    long = error("text.too_long", "text", "lexicon, read 2026-08", count=400, limit=300)
    alt = warning("media.no_alt", "media[0].alt", "somewhere", name="cup.jpg", number=1)
    snapshot = Snapshot(Post(), (view(desk, A, long, alt), view(desk, B, replace(alt, source="elsewhere"))))
    found = remarks(snapshot, None, "en")
    assert [(r.code, r.owner) for r in found] == [("text.too_long", "a"), ("media.no_alt", "")]
    assert found[0].note.detail.startswith("Bluesky") and not found[1].note.detail.startswith("Bluesky")
    assert found[0].place == 300 and found[1].number == 0
    assert found[0].note.fixes[0][0] == "tab:a" and found[1].note.fixes[0][0] == "alt:0"
    own = remarks(snapshot, A, "en")
    assert own[0].note.fixes[0][0] == "cut:a"
    desk.close()


def test_at_most_three_notes_per_field_worst_first(qapp, language, tmp_path):
    desk = Desk.open(tmp_path)
    many = [info("a.one", "text"), warning("b.two", "text"), error("c.three", "text"), warning("d.four", "text"),
            warning("e.five", "text")]
    found = remarks(Snapshot(Post(), (view(desk, A, *many),)), A, "en")
    assert [r.note.severity for r in found] == ["error", "warning", "warning", "info"]
    assert found[-1].note.sentence == "2 more"
    desk.close()


def test_an_outdated_version_is_told_by_the_strip_only(qapp, language, tmp_path):
    desk = Desk.open(tmp_path)
    stale = warning("override.outdated", "text", key="account:a")
    assert remarks(Snapshot(Post(), (view(desk, A, stale),)), A, "en") == []
    desk.close()
