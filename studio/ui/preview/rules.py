"""What a box of a card is called, and what its rule says: "Text: at most 3 lines. Help page, seen 22 Nov 2026"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from studio.core.card import Box, Rule
from studio.ui.i18n import tight, tr
from studio.ui.preview.look import day_text
from studio.ui.preview.spots import number_of, stem


@dataclass(frozen=True, slots=True)
class RuleWords:
    """name: of the element; says: what its rule says; source: where that was read, and when."""

    name: str
    says: str
    source: str

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        named = ": ".join(part for part in (self.name, self.says) if part)
        return ". ".join(part for part in (named, self.source) if part)


def words_of(box: Box, language: str) -> RuleWords:
    """In the window's language."""
    rule = box.rule
    measured = tr("preview", "{w} × {h} px", w=figure(box.w), h=figure(box.h))
    named = name_of(box)
    if rule is None:
        return RuleWords(named, measured, "")
    said = says(rule)
    return RuleWords(named, f"{said} · {measured}" if said else measured, source_of(rule, language))


def name_of(box: Box) -> str:
    """Its name, with its number where there are several."""
    names = _names()
    kind = stem(box.name)
    named = next((names[part] for part in _shorter(kind) if part in names), _kind_word(box))
    number = number_of(box.name)
    if number:
        return f"{named} {number}"
    detail = box.text if kind in ("action", "label") else ""
    return tr("preview", "{what} “{words}”", what=named, words=detail) if detail else named


def _shorter(name: str) -> list[str]:
    """"link.title.mark": itself, "link.title", "link"."""
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def source_of(rule: Rule, language: str) -> str:
    """Where the number was read, how sure that is, and when."""
    day = day_text(rule.seen, language, year=True)
    if rule.confidence == "seen":
        return tr("preview", "{source}, seen {day}", source=rule.source, day=day)
    if rule.confidence == "third-party":
        return tr("preview", "{source}, second-hand, seen {day}", source=rule.source, day=day)
    return tr("preview", "{source}, from memory, {day}", source=rule.source, day=day)


def says(rule: Rule) -> str:
    """The rule in words: by the last part of its name that says something, else its bare amount."""
    amount = amount_of(rule)
    if not amount:
        return ""
    makers = _sentences()
    parts = rule.name.replace("_", ".").split(".")
    wanted = ["fold"] if "fold" in parts else list(reversed(parts))
    return tight(next((makers[part](amount) for part in wanted if part in makers), amount))


def amount_of(rule: Rule) -> str:
    """The number with its unit; "" for a word or a colour."""
    if rule.unit in ("word", "colour"):
        return ""
    if rule.unit == "lines":
        return tr("preview", "%n lines", n=round(rule.value))
    if rule.unit == "characters":
        return tr("preview", "%n characters", n=round(rule.value))
    if rule.unit == "ratio":
        return f"{figure(rule.value)} : 1"
    return figure(rule.value) if rule.unit == "number" else f"{figure(rule.value)} px"


def figure(value: float) -> str:
    """Two decimals at most, none where they say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


Sentence = Callable[[str], str]


def _sentences() -> dict[str, Sentence]:
    """Part of a rule's name -> what it says of an amount."""
    return {
        "fold": lambda a: tr("preview", "folds after {amount}", amount=a),
        "lines": lambda a: tr("preview", "at most {amount}", amount=a),
        "most": lambda a: tr("preview", "at most {amount}", amount=a),
        "least": lambda a: tr("preview", "at least {amount}", amount=a),
        "ratio": lambda a: tr("preview", "shape of {amount}", amount=a),
        "shape": lambda a: tr("preview", "shape of {amount}", amount=a),
        "size": lambda a: tr("preview", "letters of {amount}", amount=a),
        "line": lambda a: tr("preview", "line height of {amount}", amount=a),
        "radius": lambda a: tr("preview", "corners of {amount}", amount=a),
        "gap": lambda a: tr("preview", "gap of {amount}", amount=a),
        "pad": lambda a: tr("preview", "margin of {amount}", amount=a),
        "inset": lambda a: tr("preview", "{amount} from the edge", amount=a),
        "top": lambda a: tr("preview", "{amount} above", amount=a),
        "bottom": lambda a: tr("preview", "{amount} below", amount=a),
        "left": lambda a: tr("preview", "{amount} at the left", amount=a),
        "right": lambda a: tr("preview", "{amount} at the right", amount=a),
        "height": lambda a: tr("preview", "{amount} high", amount=a),
        "width": lambda a: tr("preview", "{amount} wide", amount=a),
        "columns": lambda a: tr("preview", "{amount} columns", amount=a),
    }


KINDS: Final = {
    "text": "words", "image": "image", "video": "video", "icon": "icon", "line": "line", "badge": "badge",
    "avatar": "avatar", "backdrop": "backdrop",
}  # fmt: skip


def _kind_word(box: Box) -> str:
    """A box whose name says nothing to a person is called after what it is."""
    return {
        "words": tr("preview", "Words"), "image": tr("preview", "Picture"), "video": tr("preview", "Video"),
        "icon": tr("preview", "Sign"), "line": tr("preview", "Line"), "badge": tr("preview", "Badge"),
        "avatar": tr("preview", "Profile picture"), "backdrop": tr("preview", "Blurred ground"),
    }.get(KINDS.get(box.kind, ""), tr("preview", "Ground"))  # fmt: skip


def _names() -> dict[str, str]:
    """Name of a box, without its number -> what a person calls it."""
    return {
        "name": tr("preview", "Name"), "handle": tr("preview", "Handle"), "time": tr("preview", "Time"),
        "date": tr("preview", "Time"), "meta": tr("preview", "Time"), "avatar": tr("preview", "Profile picture"),
        "body": tr("preview", "Text"), "caption": tr("preview", "Text"), "text": tr("preview", "Text"),
        "title": tr("preview", "Title"), "summary": tr("preview", "Summary"), "image": tr("preview", "Picture"),
        "cover": tr("preview", "Cover"), "video": tr("preview", "Video"), "alt": tr("preview", "Mark of the alt text"),
        "others": tr("preview", "Pictures that are not shown"), "more": tr("preview", "Rest of the text"),
        "less": tr("preview", "Rest of the text"), "action": tr("preview", "Button"),
        "label": tr("preview", "Label"), "count": tr("preview", "Count"), "link": tr("preview", "Link card"),
        "link.title": tr("preview", "Title of the link"), "link.host": tr("preview", "Address of the link"),
        "link.about": tr("preview", "Summary of the link"), "link.address": tr("preview", "Address of the link"),
        "number": tr("preview", "Number of the picture"), "dot": tr("preview", "Dot"),
        "segment": tr("preview", "Dot"), "cell": tr("preview", "Cell of the grid"), "follow": tr("preview", "Button"),
        "play": tr("preview", "Sign"), "duration": tr("preview", "Length"), "music": tr("preview", "Music"),
        "visibility": tr("preview", "Visibility"), "warning": tr("preview", "Content warning"),
        "poll": tr("preview", "Poll"), "source": tr("preview", "Source"), "chip": tr("preview", "Link in the text"),
        "card": tr("preview", "Whole card"), "ground": tr("preview", "Ground"), "line": tr("preview", "Line"),
        "verified": tr("preview", "Sign"), "rail": tr("preview", "Buttons"), "tags": tr("preview", "Tags"),
        "place": tr("preview", "Place"), "bar": tr("preview", "Bar"), "comment": tr("preview", "Comment"),
    }  # fmt: skip
