"""A finding: what is wrong with one field of a document, as data.

The words are made later, in the reader's language, from `code` and `values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Literal

Severity = Literal["error", "warning", "info"]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one field.

    code      stable dotted name, such as "text.too_long"; the catalogue of words is keyed by it
    severity  "error" blocks publishing, "warning" and "info" do not
    field     "title", "text", "link", "media", "media[2].alt", "account", "workspace", ...
    values    what the sentence needs: {"count": 150, "limit": 140}
    source    where the rule was read and when ("atproto lexicon app.bsky.feed.post, 2026-08"), or ""
    """

    code: str
    severity: Severity = "error"
    field: str = ""
    values: Mapping[str, Value] = default(default_factory=dict)
    source: str = ""

    @property
    def blocks(self) -> bool:
        """True when publishing must not go on."""
        return self.severity == "error"


def error(code: str, field: str = "", source: str = "", **values: Value) -> Finding:
    """A finding that blocks."""
    return Finding(code, "error", field, values, source)


def warning(code: str, field: str = "", source: str = "", **values: Value) -> Finding:
    """A finding that does not block."""
    return Finding(code, "warning", field, values, source)


def info(code: str, field: str = "", source: str = "", **values: Value) -> Finding:
    """A neutral fact."""
    return Finding(code, "info", field, values, source)


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those that block, in order."""
    return tuple(f for f in findings if f.blocks)


def to_json(finding: Finding) -> dict[str, object]:
    """Plain data for JSON; the caller adds "text" in the reader's language."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "field": finding.field,
        "values": dict(finding.values),
        "source": finding.source,
    }
