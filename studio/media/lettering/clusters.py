"""What a reader takes for one character: a letter with its accents, a flag, a family joined out of four emoji."""

from __future__ import annotations

import unicodedata

ZWJ, TEXT_STYLE, EMOJI_STYLE = "\u200d", "\ufe0e", "\ufe0f"
KEYCAP = "\u20e3"
JAMO_LEADS, JAMO_TAILS = range(0x1100, 0x1160), range(0x1160, 0x1200)
FLAGS, SKIN, TAGS = range(0x1F1E6, 0x1F200), range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080)
PICTURES = (range(0x1F000, 0x1F1E6), range(0x1F200, 0x1FB00), range(0x2190, 0x2C00), range(0x3030, 0x3031))
# Of the basic plane, what is a coloured picture without being asked to be one (Unicode 16, emoji-data.txt).
COLOURED = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)


def clusters(text: str) -> list[str]:
    """The text cut between what readers take for characters; joined again it is the same text."""
    found: list[str] = []
    for char in text:
        if found and _joins(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _joins(before: str, char: str) -> bool:
    code, last = ord(char), before[-1]
    if last in "\n\t " or last == "\u200b":
        return False
    if char == ZWJ or unicodedata.category(char) in ("Mn", "Me", "Mc") or code in SKIN or code in TAGS:
        return True
    if last == ZWJ:
        return pictorial(char)
    if code in FLAGS:
        return len(before) == 1 and ord(before) in FLAGS
    if code in JAMO_TAILS:
        return ord(last) in JAMO_LEADS or ord(last) in JAMO_TAILS
    return unicodedata.combining(last) == 9 and unicodedata.category(char) == "Lo"  # 9: virama, joins consonants


def pictorial(char: str) -> bool:
    """Whether a character is, or can be, a small picture."""
    return any(ord(char) in pictures for pictures in PICTURES)


def emoji(cluster: str) -> bool:
    """Whether a cluster is drawn in colours of its own."""
    if cluster.endswith(TEXT_STYLE):
        return False
    first = ord(cluster[0])
    return (
        EMOJI_STYLE in cluster or cluster.endswith(KEYCAP) or cluster[0] in COLOURED
        or (first in FLAGS and len(cluster) > 1) or 0x1F300 <= first < 0x1FB00 or first in (0x1F004, 0x1F0CF, 0x1F18E)
        or 0x1F191 <= first <= 0x1F19A or 0x1F201 <= first <= 0x1F251
    )
