"""Which word a character belongs to, and which one is being spoken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.core.opentime import Time
from studio.core.title import Title
from studio.core.title_motion import ABSENT, AT_REST, MOTIONS, SPOKEN, Pose
from studio.media.lettering.breaking import SPACES, may_break

if TYPE_CHECKING:
    from studio.media.lettering.layout import Layout

COMES = Fraction(1, 8)  # how long a word takes to appear as it is spoken
HOLD = Fraction(1, 2)  # a word stays lit over a shorter silence, or the caption flickers


def words_of(clusters: Sequence[str], spoken: Sequence[str]) -> list[tuple[int, int]]:
    """For each cluster its word, and which of the spoken ones that is (-1: none).

    Without spoken words they are what a reader would count: between spaces, each character in Chinese.
    """
    heard = _heard(clusters, spoken) if spoken else [-1] * len(clusters)
    found: list[tuple[int, int]] = []
    word = 0
    for at, cluster in enumerate(clusters):
        if at and (heard[at] != heard[at - 1] or (heard[at] < 0 and _begins(clusters[at - 1], cluster))):
            word += 1
        found.append((word, heard[at]))
    return found


def _begins(before: str, cluster: str) -> bool:
    return before == "\n" or before in SPACES or may_break(before, cluster)


def _heard(clusters: Sequence[str], spoken: Sequence[str]) -> list[int]:
    """Each spoken word is looked for behind the one before; one that was edited out of the text is passed over."""
    text = "".join(clusters).casefold()
    if len(text) != sum(map(len, clusters)):  # a letter that grows when it is folded (ß)
        text = "".join(clusters)
    owners = [at for at, cluster in enumerate(clusters) for _ in cluster]
    found, behind = [-1] * len(clusters), 0
    for number, word in enumerate(spoken):
        wanted = word.strip().casefold()
        start = text.find(wanted, behind) if wanted else -1
        if start >= 0:
            behind = start + len(wanted)
            for at in owners[start:behind]:
                found[at] = number
    return found


def spoken_poses(laid: Layout | None, title: Title, local: Time) -> list[Pose]:
    """How each word of a layout stands when it comes as it is spoken; one nobody spoke comes with the one before."""
    poses = [AT_REST] * (laid.words if laid else 0)
    begin = title.words[0].start
    heard = {piece.word: piece.spoken for piece in laid.pieces} if laid else {}
    for word in range(len(poses)):
        if (number := heard.get(word, -1)) >= 0:
            begin = title.words[number].start
        part = float((local - begin) / COMES)
        poses[word] = AT_REST if part >= 1 else MOTIONS[SPOKEN].pose(part) if part > 0 else ABSENT
    return poses


def speaking(title: Title, local: Time) -> int:
    """The index in `title.words` of the word that is spoken at `local`; -1 for none."""
    words = title.words
    at = bisect_right(words, local, key=lambda word: word.start) - 1
    if at < 0:
        return -1
    end = words[at].end
    if at + 1 < len(words) and words[at + 1].start - end < HOLD:
        end = words[at + 1].start
    return at if local < end else -1
