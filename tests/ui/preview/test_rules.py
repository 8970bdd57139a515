"""Each element says in words what its rule is and where that was read."""

from dataclasses import replace

import pytest

from studio.core.card import Box, Rule
from studio.ui.preview.rules import amount_of, figure, name_of, says, source_of, words_of
from tests.ui.preview.cards import RULE, Ten, words


def rule(name, value, unit="px", confidence="seen"):
    return Rule(name, value, unit, "Instagram help page", confidence, "2026-11-22")


def test_a_fold_says_after_how_many_lines(language):
    said = words_of(words("hello"), "en")
    assert said.name == "Text" and said.says == "folds after 3 lines · 50 × 20 px"
    assert said.source == "Help page, seen 22 Nov 2026"
    assert said.spoken == "Text: folds after 3 lines · 50 × 20 px. Help page, seen 22 Nov 2026"


def test_in_chinese(language):
    language.set("zh_CN")
    said = words_of(words("hello"), "zh_CN")
    assert (said.name, said.says) == ("正文", "超过 3 行折叠 · 50 × 20 px")
    assert said.source == "Help page，2026 年 11 月 22 日 所见"
    language.set("zh_TW")
    assert words_of(words("hello"), "zh_TW").name == "內文"


@pytest.mark.parametrize(("given", "said"), [
    (rule("media.ratio", 1.91, "ratio"), "shape of 1.91 : 1"),
    (rule("text.size", 15), "letters of 15 px"), (rule("text.line", 21.5), "line height of 21.5 px"),
    (rule("card.title.lines", 2, "lines"), "at most 2 lines"), (rule("text.lines", 1, "lines"), "at most 1 line"),
    (rule("fold.count", 140, "characters"), "folds after 140 characters"), (rule("media.gap", 2), "gap of 2 px"),
    (rule("avatar", 48), "48 px"), (rule("grid.most", 4, "number"), "at most 4"), (rule("like", 0, "word"), ""),
    (rule("one.least", 0.5, "ratio"), "at least 0.5 : 1"), (rule("pad.top", 12), "12 px above"),
])  # fmt: skip
def test_what_a_rule_says(language, given, said):
    assert says(given) == said


def test_how_sure_a_source_is_is_said(language):
    assert source_of(rule("a", 1, confidence="third-party"), "en").endswith("second-hand, seen 22 Nov 2026")
    assert source_of(rule("a", 1, confidence="recalled"), "en").endswith("from memory, 22 Nov 2026")


@pytest.mark.parametrize(("name", "kind", "said"), [
    ("image:2", "image", "Picture 2"), ("link.title", "text", "Title of the link"), ("link.rule", "line", "Link card"),
    ("zzz", "text", "Words"), ("zzz", "fill", "Ground"), ("zzz:4", "icon", "Sign 4"), ("dot:1", "fill", "Dot 1"),
])  # fmt: skip
def test_every_element_has_a_name(language, name, kind, said):
    assert name_of(Box(kind, name, 0, 0, 9, 9, rule=RULE)) == said


def test_a_button_says_which(language):
    assert name_of(Box("icon", "action:like", 0, 0, 9, 9, text="Like")) == "Button “Like”"


def test_without_a_rule_there_is_its_size(language):
    said = words_of(replace(words("hello"), rule=None), "en")
    assert (said.says, said.source) == ("50 × 20 px", "")
    assert figure(2.0) == "2" and figure(1.777) == "1.78" and amount_of(rule("c", 0, "colour")) == ""


def test_every_box_of_every_platform_has_words(language):
    """Whatever a layout calls a thing: it has a name a person understands, never its key."""
    from studio import platforms
    from studio.core.card import View
    from studio.core.post import Account, Post, resolve
    from tests.platforms.fakes import media

    post = Post(title="T", text="hello #walk https://example.com/a " * 30, link="https://example.com/a",
                media=tuple(media(f"{n}.jpg", 1200, 900, "A cup") for n in range(3)))  # fmt: skip
    for name, declared in platforms.every().items():
        content = resolve(post, Account("a", name, declared.modes[0], "Mill", "mill"))
        for surface in declared.surfaces:
            for box in declared.layout(content, View(surface.id, float(surface.widths[0])), Ten()).boxes:
                said = words_of(box, "en")
                assert said.name and ":" not in said.name and "." not in said.name.partition("“")[0], box.name
