"""What the window says: the lines of its list, what comes next, and how it stands with its time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studio.core.handoff import HandOff, Piece
from studio.core.post import Account, Content, Media
from studio.core.words import Words
from studio.services.byhand import steps_of
from studio.ui.handoff import steps

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 9, 12, tzinfo=UTC)  # 20:00 there
PICTURE = Media("a" * 64, "image", "a.png", 800, 600)
VIDEO = Media("b" * 64, "video", "b.mp4", 1080, 1920, Fraction(241, 10))


@dataclass
class Named:
    name: Words = field(default_factory=lambda: Words("Douyin", "抖音", "抖音"))


@dataclass
class Sheet:
    """As `HandSheet`, as far as words go."""

    content: Content
    handoff: HandOff
    files: tuple[Path, ...]
    steps: tuple[str, ...]
    account: Account = field(default_factory=lambda: Account("a", "douyin", name="Old Town Walks"))
    platform: Named = field(default_factory=Named)


def sheet(media=(PICTURE,), files=None, ticks=1, names=("title", "text"), **more):
    tick = Words("Tick “AI-generated content”", "勾选“含 AI 生成内容”", "勾選「含 AI 生成內容」")
    pieces = tuple(Piece(name, f"the {name}") for name in names)
    handoff = HandOff("https://creator.example/up", pieces, bool(media), (tick,) * ticks, **more)
    found = tuple(Path(f"{n}.jpg") for n in range(len(media) if files is None else files))
    content = Content("p", "douyin", "a", "assisted", "Title", "Text", tuple(media), "", ())
    return Sheet(content, handoff, found, steps_of(handoff, len(found)))


@pytest.fixture(params=["en", "zh_CN", "zh_TW"])
def spoken(request, language):
    language.set(request.param)
    return request.param


def titles(made, *done):
    return [row.title for row in steps.rows(made, done, "en")]


def test_steps_of_one_kind_are_one_line_as_drawn(theme):
    assert titles(sheet((VIDEO,), files=2)) == [
        "Open the creator page", "Drop in video and cover", "Paste title and text", "Tick “AI-generated content”",
        "Press Publish on Douyin", "Paste the link",
    ]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (sheet((VIDEO,)), "Drop in the video"), (sheet((PICTURE,) * 3), "Drop in the pictures"),
        (sheet((PICTURE, VIDEO)), "Drop in the files"), (sheet((PICTURE,), files=3), "Drop in the files"),
        (sheet(names=("text",)), "Paste the text"), (sheet(names=("title", "text", "tags")), "Paste 3 texts"),
        (sheet(ticks=3), "Choose 3 things"), (sheet(draft=True), "Publish the draft on Douyin"),
        (sheet(scan="fake://x"), "Scan it with your phone"),
    ],
)  # fmt: skip
def test_each_line_says_what_it_is_about(theme, made, words):
    assert words in titles(made)


def test_a_draft_that_lies_there_has_neither_files_nor_texts(theme):
    assert titles(sheet(draft=True, ticks=0)) == [
        "Open the creator page", "Publish the draft on Douyin", "Paste the link"]


def test_progress_counts_half_a_line_as_half(theme):
    made = sheet()
    shown = steps.rows(made, {"open", "files", "copy:title"}, "en")
    assert steps.next_row(shown) == 2 and not shown[2].over and shown[2].done == 1
    assert steps.fraction(shown) == pytest.approx(2.5 / 6)
    assert steps.fraction(steps.rows(made, (), "en")) == 0 and steps.fraction(steps.rows(made, made.steps, "en")) == 1
    assert steps.next_row(steps.rows(made, made.steps, "en")) == 5


def test_the_next_deed_goes_from_text_to_text(theme):
    made = sheet()
    shown = steps.rows(made, {"open", "files"}, "en")
    assert steps.deed(made, shown[2], {"open", "files"}).words == "Copy title"
    deed = steps.deed(made, shown[2], {"copy:title"})
    assert (deed.step, deed.words, deed.next) == ("copy:text", "Copy text", "Next: paste the text")


def test_a_step_nobody_declared_is_an_error_here_not_a_guess(theme):
    with pytest.raises(KeyError):
        steps.kind_of("dance:1")
    with pytest.raises(KeyError):
        steps.piece_of(sheet(), "copy:digest")


def test_every_word_is_there_in_every_language(spoken):
    texts = sheet((), names=("link", "comment", "digest", "author"))
    for made in (sheet((VIDEO,), files=2, scan="x"), sheet((PICTURE,) * 9, ticks=3), texts):
        shown = steps.rows(made, ("open",), spoken)
        said = [text for row in shown for text in (row.title, row.note, steps.deed(made, row, ()).words)]
        assert all("{" not in text and "%n" not in text for text in said) and all(row.title for row in shown)
        assert not any("!" in text or "！" in text for text in said)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(0), "Planned for 20:00, right on time"), (timedelta(minutes=-5), "Planned for 19:55, right on time"),
        (timedelta(minutes=12), "Planned for 20:12, in 12 min"), (timedelta(hours=3), "Planned for 23:00, not yet due"),
        (timedelta(minutes=-25), "Planned for 19:35, 25 min late"),
        (timedelta(hours=-5), "Planned for 15:00, 5 h late"),
    ],
)  # fmt: skip
def test_how_it_stands_with_its_time(theme, left, words):
    assert steps.planned(NOW + left, NOW, ZONE, "en") == words


def test_another_day_is_named(theme):
    assert steps.planned(NOW - timedelta(days=3), NOW, ZONE, "en").endswith("3 days late")
    assert "6" in steps.planned(NOW - timedelta(days=3), NOW, ZONE, "en")


def test_whose_it_is_and_what(theme):
    assert steps.kind_line(sheet((VIDEO,))) == "Old Town Walks · video 0:24 · 1080×1920"
    assert steps.kind_line(sheet((PICTURE,) * 6)) == "Old Town Walks · 6 pictures"
    assert steps.kind_line(sheet(())) == "Old Town Walks · text only"
    nameless = replace(sheet((PICTURE, VIDEO)), account=Account("a", "douyin"))
    assert steps.kind_line(nameless) == "2 files"
