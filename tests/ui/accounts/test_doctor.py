"""The doctor's lines as data and as they are shown: order, heads, remedies, what waits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from studio.core.finding import error, info, warning
from studio.services.accounts import DoctorLine
from studio.ui.accounts.doctor import (
    Deed,
    Entry,
    NextPost,
    of_account,
    of_post,
    tally,
    waiting_words,
    worst_first,
)
from studio.ui.accounts.folding import Folding
from studio.ui.accounts.lines import DoctorList, LineRow
from studio.ui.widgets.base import column
from tests.ui.accounts.clinic import BY_HAND, COPY, OPEN, WALL, Clinic
from tests.ui.desks import press

ROAD = NextPost("p1", "Winter road book", "Fri 11 Dec, 08:00", ())


def lines(*findings, platform=None):
    declared = platform or Clinic()
    return [DoctorLine(finding, declared.remedies(finding, None)) for finding in findings]


def test_the_first_sentence_is_the_heading_and_facts_are_what_is_fine(theme):
    bad, hint, fine = of_account(lines(*WALL), "en", by_hand=True)
    assert (bad.tone, hint.tone, fine.tone) == ("error", "warning", "good")
    assert fine.title == "The server takes 5000 characters by now; it took 500 before"
    assert fine.more == "Look at what is scheduled for it." and fine.deeds == ()
    assert tally((bad, hint, fine)) == tally([fine, bad, hint]) and tally((fine,)).bad == 0


def test_a_fact_with_something_to_do_about_it_is_not_plainly_fine(theme):
    [entry] = of_account(lines(info("account.scopes", "account", scopes="comments")), "en", by_hand=True)
    assert entry.tone == "info" and tally([entry]) == tally([])


def test_what_is_copied_stands_before_what_ends_it(theme):
    [entry] = of_account(lines(WALL[0]), "zh_TW", by_hand=True)
    assert [deed.kind for deed in entry.deeds] == ["copy", "open"]
    assert [deed.words for deed in entry.deeds] == ["複製位址", "開啟白名單"]
    assert entry.deeds[0].value == "203.0.113.24"


def test_at_most_two_remedies_and_by_hand_only_where_there_is_another_way(theme):
    class Eager(Clinic):
        def remedies(self, finding, account):
            from studio.platforms.base import Remedy

            return (Remedy("open", OPEN, "https://a.example"), Remedy("copy", COPY, "x"), Remedy("by_hand", BY_HAND))

    found = lines(error("account.scopes", "account", scopes="post"), platform=Eager())
    [entry] = of_account(found, "en", by_hand=True)
    assert [deed.kind for deed in entry.deeds] == ["copy", "open"]
    only = lines(error("account.scopes", "account", scopes="post"))
    assert [deed.kind for deed in of_account(only, "en", by_hand=True)[0].deeds] == ["by_hand"]
    assert [deed.kind for deed in of_account(only, "en", by_hand=False)[0].deeds] == ["sign_in"]


@pytest.mark.parametrize(
    ("finding", "kinds"),
    [
        (error("login.expired", "account"), ["sign_in"]), (error("net.down", "account", host="h"), ["check"]),
        (error("account.closed", "account", reason="r"), ["page"]), (info("doctor.signed_in", "account"), []),
        (warning("account.limited", "account"), []),
    ],
)  # fmt: skip
def test_where_the_platform_has_no_remedy_ours_is_shown(theme, finding, kinds):
    [entry] = of_account([DoctorLine(finding)], "en", by_hand=True)
    assert [deed.kind for deed in entry.deeds] == kinds


def test_what_is_wrong_with_the_next_post_names_it_and_opens_it(theme):
    wrong = (warning("media.missing", "media", name="cup.jpg", number=1), error("login.expired", "account"))
    found = of_post(NextPost("p1", "x" * 60, "Fri 11 Dec, 08:00", (*wrong, info("doctor.signed_in"))), "en")
    assert [entry.tone for entry in found] == ["warning", "error"] and all(entry.post for entry in found)
    assert found[0].more.startswith("“" + "x" * 40 + "…”, Fri 11 Dec, 08:00. ")
    assert [deed for entry in found for deed in entry.deeds] == [Deed("draft", "Open the draft", "p1")] * 2


def test_a_next_post_that_fits_is_said_to_fit(theme):
    [entry] = of_post(ROAD, "en")
    assert (entry.tone, entry.title) == ("good", "The next post fits")
    assert entry.more == "“Winter road book” goes out Fri 11 Dec, 08:00."


def test_lines_stand_worst_first_and_else_as_they_came(theme):
    found = [Entry("good", "a"), Entry("error", "b"), Entry("warning", "c"), Entry("error", "d"), Entry("info", "e")]
    assert [entry.title for entry in worst_first(found)] == ["b", "d", "c", "e", "a"]


@pytest.mark.parametrize(
    ("count", "entries", "words"),
    [
        (0, [Entry("error", "a")], "Nothing is scheduled for this account"),
        (3, [Entry("warning", "a")], "3 scheduled posts. The first is NOW."),
        (1, [], "1 scheduled post: NOW"),
        (3, [Entry("error", "a")], "3 scheduled posts wait on this fix. The first is NOW."),
        (3, [Entry("error", "a"), Entry("error", "b", post=True)],
         "3 scheduled posts wait on these 2 fixes. The first is NOW."),
        (3, [Entry("error", "b", post=True)], "1 scheduled post waits on this fix: NOW"),
        (3, [Entry("error", "b", post=True)] * 2, "1 scheduled post waits on these 2 fixes: NOW"),
    ],
)  # fmt: skip
def test_what_waits_says_on_how_many_fixes(theme, count, entries, words):
    assert waiting_words(count, "NOW", entries) == words


# as they are shown ---------------------------------------------------------------------------------------------------

DEEDS = (Deed("copy", "Copy address", "203.0.113.24"), Deed("open", "Open white list", "https://clinic.example"))
LONG = Entry("error", "This computer's address is not on the list", "It is refused. Add it once; " * 4, "", DEEDS)


@pytest.fixture
def line(qtbot, theme):
    def make(entry, width=700, loud=False):
        made = LineRow(theme, entry, loud)
        qtbot.addWidget(made)
        made.resize(width, made.heightForWidth(width))
        made.show()
        return made

    return make


def test_buttons_stand_at_the_right_and_below_where_it_is_narrow(line):
    wide, narrow = line(LONG, 760), line(LONG, 360)
    assert wide.buttons[1].geometry().right() == 759 and wide.buttons[0].y() == wide.buttons[1].y() < 20
    assert narrow.buttons[0].y() > 60 and narrow.buttons[1].geometry().right() < 360
    for made in (wide, narrow):
        assert all(made.rect().contains(button.geometry()) for button in made.buttons)
        assert not made.buttons[0].geometry().intersects(made.buttons[1].geometry())


def test_what_is_fine_takes_one_line_where_there_is_room(line, theme):
    fine = Entry("good", "Account may publish", "freepublish is allowed")
    assert line(fine, 700).height() < line(fine, 220).height()
    assert line(fine, 700).height() == theme.icon_size(24) + 16


def test_only_the_first_blocking_line_has_the_filled_button(qtbot, theme):
    entries = [Entry("error", "no fix"), LONG, Entry("error", "b", deeds=(Deed("sign_in", "Sign in again"),))]
    found = DoctorList(theme)
    qtbot.addWidget(found)
    found.show_entries(entries)
    assert [[button.kind for button in row.buttons] for row in found.rows] == [
        [], ["secondary", "primary"], ["secondary"],
    ]  # fmt: skip


def test_copying_says_so_and_moves_nothing(line, monkeypatch):
    monkeypatch.setattr("studio.ui.accounts.copying.SAYS_SO", 30)
    made = line(LONG)
    copy, before = made.buttons[0], made.buttons[0].geometry()
    copy.click()
    assert QApplication.clipboard().text() == "203.0.113.24"
    assert copy.text() == "Copied" and copy.sizeHint() == before.size() and copy.geometry() == before


def test_copied_is_taken_back_after_a_while(line, qtbot, monkeypatch):
    monkeypatch.setattr("studio.ui.accounts.copying.SAYS_SO", 5)
    copy = line(LONG).buttons[0]
    copy.click()
    qtbot.waitUntil(lambda: copy.text() == "Copy address")


def test_lines_are_read_out_and_buttons_say_what_they_are_about(line):
    made = line(LONG)
    assert made.accessibleName().startswith("This computer's address is not on the list. It is refused.")
    assert made.buttons[1].accessibleName() == "Open white list"
    assert made.buttons[1].accessibleDescription() == LONG.title


def test_a_button_that_had_the_focus_gives_it_to_the_one_in_its_place(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    found = DoctorList(theme)
    window.setLayout(column(found))
    found.show_entries([LONG])
    window.resize(700, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before = found.buttons["open"]
    before.setFocus(Qt.FocusReason.TabFocusReason)
    found.show_entries([LONG])
    assert found.buttons["open"] is before, "what has not changed stays as it is"
    found.show_entries([Entry("good", "fine"), LONG])
    assert found.buttons["open"] is not before and found.buttons["open"].hasFocus()


def test_keys_press_the_buttons(line, qtbot):
    made = line(LONG)
    with qtbot.waitSignal(made.asked) as told:
        press(made.buttons[1], Qt.Key.Key_Space)
    assert told.args == [DEEDS[1]]


def test_two_things_fold_and_unfold(qtbot, theme):
    left, right = QWidget(), QWidget()
    right.setFixedSize(120, 30)
    both = Folding(left, right, 200)
    qtbot.addWidget(both)
    both.resize(400, 60)
    both.show()
    assert not both.folded and right.geometry().right() == 399
    both.resize(300, 60)
    assert both.folded and both.minimumSizeHint().width() == 0
    qtbot.waitUntil(lambda: right.x() == 0 and right.y() >= left.geometry().bottom())
    both.set_least(100)
    assert not both.folded
