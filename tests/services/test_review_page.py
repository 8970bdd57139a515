"""Whatever stands in a post, the page that shows it has the same elements, and says it letter by letter."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.core.review import Place
from studio.services.review_page import Page, Picture, Texts, answer_name, page
from tests.services.test_reviews import NASTY, Reader

AT = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
PICTURE = Picture(Place("a1", "somewhere", "feed"), "P", "A", "S", 390, 500, b"\x89PNG", "spoken")
PLAIN = Page("r1", "p1", "T", "W", AT, (Texts("", "t", "x", "l", ("g",), ("r",)), Texts("A", "u", "y")), (PICTURE,) * 2)
anything = st.text(min_size=1, max_size=30).filter(str.strip)


def hostile(text):
    """Every word of the page replaced by `text`."""
    texts = tuple(Texts(t.account and text, text, text, t.link and text, tuple(text for _ in t.tags),
                        tuple(text for _ in t.replies)) for t in PLAIN.texts)
    picture = replace(PICTURE, platform=text, account=text, surface=text, spoken=text)
    return replace(PLAIN, heading=text, who=text, texts=texts, pictures=(picture,) * 2)


@given(anything, st.sampled_from(["en", "zh_CN", "zh_TW"]))
@example(NASTY, "en")
@example("</title></style></script><!--", "en")
@example("{{body}} {{policy}} {who} {0} %s $x", "zh_CN")
@example("]]>\u2028\u2029\x00\r\n\u202e", "zh_TW")
@settings(max_examples=40)
def test_no_text_becomes_markup(text, language):
    made, plain = Reader(page(hostile(text), language)), Reader(page(PLAIN, language))
    assert [tag for tag, _ in made.tags] == [tag for tag, _ in plain.tags]
    assert [set(attributes) for _, attributes in made.tags] == [set(attributes) for _, attributes in plain.tags]


@given(anything)
@example(NASTY)
@settings(max_examples=40)
def test_what_the_script_reads_is_what_was_meant(text):
    raw = page(hostile(text), "en").partition('id="review">')[2].partition("</script>")[0]
    assert not set("<>&") & set(raw)
    data = json.loads(raw)
    assert (data["review"], data["post"], set(data["previews"])) == ("r1", "p1", {"p1", "p2"})


@given(st.text(max_size=60))
@example("../../etc/passwd")
@example("CON: a/b\\c\u202ejpg")
def test_the_file_that_comes_back_has_a_plain_name(heading):
    name = answer_name(heading)
    assert name.startswith("comments") and name.endswith(".json") and len(name) < 50
    assert not set('/\\:*?"<>|. \u202e\n\x00') & set(name.removesuffix(".json"))
