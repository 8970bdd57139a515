"""Full-text search that finds Chinese by one character or more, and Latin words by their beginning.

Text is cut into tokens here, in Python, when it is written and when it is asked for, so every database sees the
same: each Han, kana, Hangul or Thai character is a token of its own (those scripts have no spaces between words,
and a two-character word must be found), each emoji too; everything else is a run of letters and digits, folded
to lower case without accents. A word of the query must appear as its tokens side by side; its last run of
letters may go on. All words of the query must appear.

SQLite keeps the tokens in FTS5 ("ascii" tokenizer: every character above U+007F is part of a token, so its cut
is ours). PostgreSQL matches the same column with LIKE, made quick by a pg_trgm index (see `ddl.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, literal_column, select, text

_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_SIGNS = "\u2190-\u2bff\U0001f000-\U0001faff"  # arrows to stars, emoji
_APART = f"[{_ALONE}{_SIGNS}]"
_TOKEN = f"{_APART}|[^\\W_{_ALONE}]+"
_ACCENTS = "[\u0300-\u036f]+"
# Compiling these takes longer than opening the workspace, and a list without a query needs none of them.
_compiled = cache(re.compile)


def _fold(text: str) -> str:
    """Lower case, full-width as half-width, Latin accents dropped."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _compiled(_ACCENTS).sub("", split)).casefold()


def tokens(text: str) -> list[str]:
    """The tokens of `text` in order. Never fails, whatever the text holds."""
    return _compiled(_TOKEN).findall(_fold(text))


def words(parts: Iterable[str]) -> str:
    """What the search column holds for these texts: " token token ... ", with a bar that no phrase crosses.

    The bar is a token to FTS5 and is never made from text, so no query has it.
    """
    cut = (" ".join(tokens(part)) for part in parts if part)
    return " " + " ‖ ".join(c for c in cut if c) + " "


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand side by side; `open`: the last one may go on."""

    tokens: tuple[str, ...]
    open: bool


def phrases(query: str) -> tuple[Phrase, ...]:
    """One phrase for each word of the query that has any token."""
    cut = (tuple(tokens(word)) for word in query.split())
    return tuple(Phrase(t, open=not _compiled(_APART).fullmatch(t[-1])) for t in cut if t)


def match(query: str) -> str:
    """The FTS5 expression. Tokens are letters, digits and signs only, so nothing needs escaping."""
    return " AND ".join(f'"{" ".join(p.tokens)}"' + (" *" if p.open else "") for p in phrases(query))


def like(phrase: Phrase) -> str:
    """The LIKE pattern of a phrase over a `words` column. Tokens hold no % and no _."""
    return "% " + " ".join(phrase.tokens) + ("%" if phrase.open else " %")


def found(query: str, table: Table, dialect: str) -> ColumnElement[bool]:
    """The condition "this row's words have the query" on `table` (with columns `number` and `words`).

    A query with nothing to look for (only punctuation) finds nothing.
    """
    wanted = phrases(query)
    if not wanted:
        return false()
    if dialect != "sqlite":
        return and_(*(table.c.words.like(like(p)) for p in wanted))
    return table.c.number.in_(_rows(index_name(table), match(query)))


def _rows(index: str, expression: str) -> Select[Any]:
    found_by = text(f"{index} MATCH :expression").bindparams(expression=expression)
    return select(literal_column("rowid")).select_from(text(index)).where(found_by)


def index_name(table: Table) -> str:
    """Name of the FTS5 table beside `table`: post_doc -> post_search, asset -> asset_search."""
    return table.name.removesuffix("_doc") + "_search"
