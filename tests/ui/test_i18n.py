"""Words: every text of the window is in the tables, in both Chinese scripts, and nothing in the tables is unused."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from studio.core.words import N
from studio.ui.i18n import LANGUAGES, Language, language_of, said, tr
from studio.ui.resources import ROOT, Resources
from studio.ui.widgets.base import Live
from tools.i18n import Row, parse, read, ts

CALLS = {"tr", "N"}
ROWS = read()


Call = tuple[str, str, str, frozenset[str] | None]
"""Context, text, where it stands, names of the values given (None: given as a mapping)."""


def texts_in(path: Path) -> Iterator[Call]:
    """Every marked text of a source file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            literals = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
            if len(literals) == 2 and all(isinstance(value, str) for value in literals):
                names = [keyword.arg for keyword in node.keywords]
                given = None if None in names else frozenset("%n" if name == "n" else str(name) for name in names)
                yield str(literals[0]), str(literals[1]), f"{path.relative_to(ROOT)}:{node.lineno}", given
            elif node.func.id == "tr" and len(node.args) >= 2:
                raise AssertionError(f"{path}:{node.lineno}: tr() needs two literal texts")


def sources() -> list[Path]:
    """Everything but the files that define `tr` and `N` themselves."""
    definers = {ROOT / "studio" / "ui" / "i18n.py", ROOT / "studio" / "core" / "words.py"}
    return [path for path in sorted((ROOT / "studio").rglob("*.py")) if path not in definers]


CALLED = [call for path in sources() for call in texts_in(path)]
USED = {(context, text): where for context, text, where, _ in CALLED}
KNOWN = {(row.context, row.source): row for row in ROWS}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} | set(re.findall("%n", text))


def test_every_text_is_in_the_tables() -> None:
    missing = [f"{where}: {context}: {text}" for (context, text), where in USED.items() if (context, text) not in KNOWN]
    assert missing == []


def literals(room: str) -> set[str]:
    """Every string written out in a room: services name their steps without a marker."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "studio" / room).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_row_is_unused() -> None:
    """Rows that are looked up by a name (states, what the headless commands say) are tested where they are used."""
    windows = [row for row in ROWS if row.area != "cli" and (row.area, row.context) != ("core", "state")]
    spoken = literals("services") | literals("core")
    lost = [row for row in windows if (row.context, row.source) not in USED]
    unused = [f"{row.area}.tsv: {row.context}: {row.source}" for row in lost
              if row.area != "core" or row.source not in spoken]  # fmt: skip
    assert unused == []


def test_no_text_stands_in_two_tables() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in ROWS:
        assert seen.setdefault((row.context, row.source), row.area) == row.area, row
    assert len(seen) == len(ROWS), "a text stands twice in one table"


def test_every_place_to_fill_gets_a_value_in_every_language() -> None:
    """English may say {month_name} where Chinese says {month}: both must be given."""
    empty = []
    for context, text, where, given in CALLED:
        row = KNOWN.get((context, text))
        if row is None or given is None:
            continue
        forms = [form for code in ("en", "zh_CN", "zh_TW") for form in row.forms(code)]
        empty += [f"{where}: {hole} in {form!r}" for form in forms for hole in holes(form) - given]
    assert empty == []


def test_counts_are_said_in_every_language() -> None:
    counting = [row for row in ROWS if row.plural]
    assert [row for row in counting if "%n" not in row.zh_CN or "%n" not in row.zh_TW] == []


def test_chinese_is_chinese() -> None:
    """A translation left in English is a mistake unless it has no words (names, figures, signs)."""
    same = [row.source for row in ROWS if row.zh_CN == row.source and re.search("[a-z]{4}", row.source)]
    assert [text for text in same if text not in {"Markdown", "Bluesky", "English"}] == []


def test_chinese_uses_full_width_punctuation() -> None:
    wrong = re.compile(r"[\u4e00-\u9fff][,;!?]|[\u4e00-\u9fff]\.(?![a-z0-9])|\.\.\.")
    assert [row.zh_CN for row in ROWS if wrong.search(row.zh_CN)] == []
    assert [row.zh_TW for row in ROWS if wrong.search(row.zh_TW)] == []


def test_traditional_uses_its_own_quotes() -> None:
    assert [row.zh_TW for row in ROWS if re.search("[“”]", row.zh_TW)] == []
    assert [row.zh_CN for row in ROWS if re.search("[「」]", row.zh_CN)] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en-GB", "en"), ("C", "en"), ("zh-CN", "zh_CN"), ("zh", "zh_CN"), ("zh-Hans-SG", "zh_CN"), ("zh_SG", "zh_CN"),
        ("zh-TW", "zh_TW"), ("zh-Hant-HK", "zh_TW"), ("zh_HK.UTF-8", "zh_TW"), ("zh-MO", "zh_TW"),
        ("zh-Hans-HK", "zh_CN"), ("yue-HK", "zh_TW"), ("de-DE", None),
    ],
)  # fmt: skip
def test_the_system_language_becomes_one_of_ours(name: str, code: str | None) -> None:
    assert language_of(name) == code


def test_languages_switch_live(language: Language) -> None:
    assert tr("state", "Published") == "Published"
    language.set("zh_CN")
    assert tr("state", "Published") == "已发布"
    language.set("zh_TW")
    assert tr("state", "Published") == "已發布"
    assert language.cjk
    language.set("en")
    assert tr("state", "Published") == "Published"


def test_plurals(language: Language) -> None:
    assert (tr("jobs", "%n min left", n=1), tr("jobs", "%n min left", n=12)) == ("1 min left", "12 min left")
    language.set("zh_CN")
    assert tr("jobs", "%n min left", n=12) == "还需 12 分钟"


def test_values_fill_their_places_after_translation(language: Language) -> None:
    language.set("zh_TW")
    assert tr("palette", "Nothing found for “{words}”", words="{x}") == "沒有找到「{x}」"
    assert said(N("jobs", "%n s left", n=3)) == "還需 3 秒"


def test_a_language_we_do_not_speak_is_refused(language: Language) -> None:
    with pytest.raises(ValueError, match="de"):
        language.set("de")


def test_widgets_hear_of_a_new_language(qtbot: object, language: Language) -> None:
    class Greeting(Live, QLabel):
        def retranslate(self) -> None:
            self.setText(tr("state", "Failed"))

    label = Greeting()
    qtbot.addWidget(label)  # type: ignore[attr-defined]
    label.retranslate()
    language.set("zh_CN")
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    QApplication.processEvents()
    assert label.text() == "失败"


def test_every_language_has_its_own_name() -> None:
    assert LANGUAGES == {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}


def test_a_broken_row_is_named() -> None:
    with pytest.raises(ValueError, match=r"x\.tsv:3"):
        parse("context\tsource\tonly one", "x", "x.tsv:3")
    with pytest.raises(ValueError, match="fifth column"):
        parse("c\t%n files\t%n 个\t%n 個", "x", "x.tsv:4")


def test_the_translation_source_is_escaped_and_sorted() -> None:
    text = ts([Row("b", "Q & A", "问 <答>", "問"), Row("a", "%n s", "%n 秒", "%n 秒", ("%n s", "%n s"))], "zh_CN")
    assert "<source>Q &amp; A</source><translation>问 &lt;答&gt;</translation>" in text
    assert text.index("<name>a</name>") < text.index("<name>b</name>")
    assert "<numerusform>%n 秒</numerusform>" in text


@pytest.mark.parametrize(
    ("name", "word"),
    [("zh_HK", "已發布"), ("zh_MO", "已發布"), ("zh_SG", "已发布"), ("zh_TW", "已發布"), ("zh_CN", "已发布")],
)
def test_qt_itself_finds_the_words_by_script(resources: Resources, name: str, word: str) -> None:
    """Hong Kong, Macau and Singapore look for zh_Hant and zh_Hans, which stand in the resources as aliases."""
    found = QTranslator()
    assert found.load(QLocale(name), "yigao", "_", resources.path("i18n"))
    assert found.translate("state", "Published") == word
