"""A card's caption says as much as there is room for."""

import pytest

from studio.ui.preview.caption import Badge, Chooser

TEXTS = ("Layout checked 12 Oct · second-hand", "Checked 12 Oct · second-hand", "12 Oct · second-hand")


@pytest.fixture
def badge(qtbot, theme):
    made = Badge("caption", "text-2")
    qtbot.addWidget(made)
    made.resize(900, 20)
    made.show()
    made.tell(TEXTS, "Its measures were read elsewhere.")
    return made


def test_the_longest_that_fits_is_shown(badge):
    shown = []
    for width in range(900, 40, -4):
        badge.resize(width, 20)
        if badge.text() not in shown:
            shown.append(badge.text())
    assert tuple(shown[:3]) == TEXTS
    assert all(text.endswith("…") for text in shown[3:]) and shown[-1] != TEXTS[-1]


def test_the_tool_tip_has_all_of_it(badge):
    badge.resize(60, 20)
    assert badge.toolTip() == f"{TEXTS[0]}\nIts measures were read elsewhere."
    assert badge.accessibleName() == TEXTS[0] and "elsewhere" in badge.accessibleDescription()


def test_a_chooser_has_a_chevron_only_where_there_is_a_choice(qtbot, theme):
    made = Chooser(theme, "Feed")
    qtbot.addWidget(made)
    wide = made.sizeHint().width()
    made.setEnabled(False)
    assert made.sizeHint().width() < wide
