import random
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core import likeness as module
from studio.core.likeness import DUPLICATE, SAMPLE, SHORT, SIMILAR, Match, alike, likeness, normal

LETTERS = "abcdefghij 天地玄黄宇宙洪荒日月盈昃"
texts = st.one_of(st.text(max_size=60), st.text(LETTERS, max_size=200))
ENGLISH = "Our weekend picks: a small café behind the old mill, quiet, with a garden. Open from nine."
CHINESE = "周末好去处：老磨坊后面的小咖啡馆，安静，有院子，早上九点开门，拿铁很好喝，带一本书去坐坐吧。"
REWRITTEN = "老磨坊后面有家安静的小咖啡馆，周末好去处，有院子，九点开门，推荐拿铁，可以带本书坐坐。"
OTHER = "新一期视频上线了：怎样用三盏灯拍出电影感的人像，附灯位图和参数，评论区提问我会回答。"


def grams(text):
    return {text[i:i + 3] for i in range(len(text) - 2)}


def plainly(one, other):
    """The definition, word for word."""
    one, other = normal(one), normal(other)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if min(len(one), len(other)) < SHORT:
        ratio = SequenceMatcher(None, *sorted((one, other)), autojunk=False).ratio()
        return ratio / (2 - ratio)
    return len(grams(one) & grams(other)) / len(grams(one) | grams(other))


@settings(max_examples=300)
@given(texts, texts)
def test_it_is_the_share_of_common_3_grams(one, other):
    score = likeness(one, other)
    assert 0.0 <= score <= 1.0
    assert score == pytest.approx(plainly(one, other))
    assert score == likeness(other, one)


@given(texts)
def test_a_text_is_like_itself(text):
    assert likeness(text, text) == (1.0 if normal(text) else 0.0)


@given(texts)
def test_form_does_not_count(text):
    if text.isascii():
        assert likeness(text, f"  {text.upper()}\n\n") == (1.0 if normal(text) else 0.0)
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        assert normal(wide) == normal(text)


@given(texts, st.lists(texts, max_size=8))
def test_the_best_of_many_is_the_first_of_the_best(text, others):
    match = alike(text, others)
    scores = [plainly(text, other) for other in others]
    best = max(scores, default=0.0)
    if match is None:
        assert best < SIMILAR
    else:
        assert match.score == pytest.approx(best)
        assert match.index == scores.index(best) or match.score == pytest.approx(scores[match.index])
        assert match.kind == ("duplicate" if match.score >= DUPLICATE else "similar")


@pytest.mark.parametrize(("one", "other"), [
    ("See https://example.com/a?b=1 today", "see  https://example.org/other TODAY"),
    ("Ｈｅｌｌｏ　ｗｏｒｌｄ", "hello world"),
    ("zero\u200bwidth", "zerowidth"),
    (ENGLISH, ENGLISH.replace(". ", ".\n\n") + " https://t.example/xyz"),
])
def test_the_same_in_another_dress(one, other):
    assert likeness(one, other) == 1.0


def test_links_alone_are_alike_only_when_they_are_the_same():
    assert likeness("https://example.com/spring", "https://example.com/spring") == 1.0
    assert likeness("https://example.com/spring", "https://other.example/2026/autumn-picks") < SIMILAR


@pytest.mark.parametrize(("one", "other", "kind"), [
    (ENGLISH, ENGLISH.replace("nine", "ten"), "duplicate"),
    (CHINESE, CHINESE.replace("九点", "十点"), "duplicate"),
    (CHINESE, CHINESE + "（地址见评论区，停车方便，附近还有书店）", "similar"),
    ("早安，今天也要加油鸭！", "早安，今天也要加油哦！", "duplicate"),
    ("Good morning, Berlin", "Good morning, Munich", "similar"),
    (CHINESE, OTHER, None),
    (ENGLISH, "A new lens arrived and I spent the whole Sunday taking pictures of snails in the rain.", None),
    ("Hello world", "New video out now", None),
    ("", "", None),
])
def test_what_people_would_call_it(one, other, kind):
    match = alike(one, [other])
    assert (match and match.kind) == kind


def test_a_rewritten_text_is_not_taken_for_a_copy():
    assert likeness(CHINESE, REWRITTEN) < DUPLICATE


def test_the_place_of_the_match():
    assert alike(CHINESE, [OTHER, CHINESE, CHINESE]) == Match(1, 1.0)
    assert alike(CHINESE, []) is None


@pytest.mark.parametrize("changed", [0.0, 0.02, 0.1, 0.3])
def test_long_texts_are_sampled_and_the_sample_is_fair(changed):
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 9))) for _ in range(3000)]
    other = [w if rng.random() > changed else w[::-1] for w in words]
    one, two = " ".join(words), " ".join(other)
    assert len(grams(one)) > 10 * SAMPLE
    exact = len(grams(one) & grams(two)) / len(grams(one) | grams(two))
    assert likeness(one, two) == pytest.approx(exact, abs=0.08)
    assert likeness(one, one[:len(one) // 50]) < 0.2


def test_texts_are_taken_apart_once():
    module._shape.cache_clear()
    others = [f"{CHINESE}{n}" for n in range(500)]
    for end in range(10):
        alike(CHINESE + "好" * end, others)
    assert module._shape.cache_info().misses == 500 + 10
