"""The theme: one call changes everything, at any scale, in any language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.fonts import BUNDLED, LATIN_IN_CJK, Fonts
from studio.ui.i18n import Language
from studio.ui.resources import ASSETS, Resources
from studio.ui.style import style_sheet
from studio.ui.theme import Theme
from studio.ui.tokens import COLOURS, MACHINE_STATES, ROLES, STATES
from studio.ui.widgets.base import dress, ground
from studio.ui.widgets.label import Label


def faces_of(text: str, font: QFont) -> set[str]:
    """Families of the faces that really draw a text."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


def ground_colour(widget: QWidget) -> str:
    return widget.grab().toImage().pixelColor(2, 2).name()


def test_one_call_changes_what_is_drawn(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    ground(widget, "surface")
    widget.show()
    assert ground_colour(widget) == COLOURS["surface"][0].lower()
    theme.apply(qapp, "dark")
    assert ground_colour(widget) == COLOURS["surface"][1].lower()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(COLOURS["window"][1])


def test_changed_is_told_once_per_change(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.dark))
    theme.apply(qapp, "dark")
    theme.apply(qapp, "light")
    assert told == [True, False]


def test_every_token_is_a_colour_in_both_themes() -> None:
    for name, pair in COLOURS.items():
        assert all(QColor(value).isValid() for value in pair), name


def test_the_style_sheet_has_no_place_left_unfilled(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "@" not in sheet.split("*/", 1)[1]
    assert "$" not in sheet.split("*/", 1)[1]


def test_the_style_sheet_holds_no_colour_of_its_own() -> None:
    template = (ASSETS / "theme" / "studio.qss").read_text(encoding="utf-8")
    assert "#" not in template and "rgb" not in template


def test_every_machine_state_has_a_look(theme: Theme) -> None:
    for state in [*STATES, *MACHINE_STATES]:
        look = theme.state(state)
        assert look.words and look.icon and look.text.isValid()
    assert theme.state("committing").name == "sending"


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.25, 2.0])
def test_every_role_follows_the_scale(theme: Theme, scale: float) -> None:
    theme.scale = scale
    theme.refresh()
    for name, role in ROLES.items():
        assert theme.font(name).pixelSize() == max(8, round(role.size * scale))
        assert theme.line(name) == round(role.line * scale)


def test_chinese_has_more_room_between_lines(theme: Theme, language: Language) -> None:
    language.set("zh_CN")
    assert theme.line("editor") == 30
    assert theme.line("body") == 20
    language.set("en")
    assert theme.line("editor") == 26


def test_labels_take_size_and_weight_of_their_role(qtbot: QtBot, theme: Theme) -> None:
    label = Label("Accounts", "title")
    qtbot.addWidget(label)
    label.show()
    assert (label.font().pixelSize(), label.font().weight()) == (18, 600)
    dress(label, role="caption")
    assert label.font().pixelSize() == 11


def test_latin_is_inter(theme: Theme) -> None:
    assert QFontInfo(theme.font("body")).family() == "Inter Yigao"
    assert QFontInfo(theme.font("body", 600)).weight() == 600


def test_tabular_figures_have_one_width(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font("body", None, True))
    widths = {metrics.horizontalAdvance(figure) for figure in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize("sign", "·—‘’“”…")
def test_punctuation_is_full_width_in_chinese_and_narrow_in_english(
    theme: Theme, language: Language, sign: str
) -> None:
    assert faces_of(sign, theme.font("body")) == {"Inter Yigao"}
    language.set("zh_CN")
    assert not faces_of(sign, theme.font("body")) & {"Inter Yigao", LATIN_IN_CJK}


@pytest.mark.parametrize(("code", "sample"), [("zh_CN", "稿件排期发布账号"), ("zh_TW", "稿件排程發佈帳號與設定")])
def test_the_bundled_chinese_face_has_the_characters(
    qapp: QApplication, resources: Resources, code: str, sample: str
) -> None:
    family = Fonts(resources).load_bundled(code)
    assert family == BUNDLED[code]
    font = QFont([family])
    assert faces_of(sample, font) == {family}


def test_without_a_chinese_face_the_bundled_one_is_used(qapp: QApplication, resources: Resources) -> None:
    class Bare(Fonts):
        def _order(self, language: str, mono: bool) -> list[str]:
            return self._chinese(language, installed=set())

    assert Bare(resources).families("zh_TW") == [BUNDLED["zh_TW"]]
    assert Bare(resources).families("zh_CN") == [BUNDLED["zh_CN"]]
    assert Bare(resources).families("en") == [BUNDLED["zh_CN"]]


def test_reduced_motion_ends_every_animation(theme: Theme) -> None:
    theme.motion = True
    assert [theme.duration(name) for name in ("fast", "normal", "slow")] == [90, 160, 220]
    theme.motion = False
    assert {theme.duration(name) for name in ("fast", "normal", "slow")} == {0}


def test_type_hierarchy_goes_down_in_size() -> None:
    sizes = [ROLES[name].size for name in ("display", "title", "heading", "body", "small", "caption", "badge")]
    assert all(bigger > smaller for bigger, smaller in pairwise(sizes))


def test_resources_are_read_from_the_tree_when_not_compiled(tmp_path: object) -> None:
    tree = Resources(rcc=ASSETS / "no-such-file.rcc")
    assert not tree.compiled
    assert tree.read("theme/seal.svg").startswith(b"<svg")
    with pytest.raises(FileNotFoundError):
        tree.read("icons/no-such-icon.svg")


def test_high_contrast_loses_tints_but_no_words(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "_wants_contrast", lambda: True)
    theme.refresh()
    assert theme.color("line") == theme.color("text-2") == theme.color("text")
    assert theme.color("bad-tint") == theme.state("failed").tint == theme.color("surface")
    assert (theme.state("failed").words, theme.state("failed").icon) == ("Failed", "circle-x")
    assert theme.color("bad") != theme.color("text")
