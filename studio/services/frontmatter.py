"""YAML of strangers, read safely: no objects, no endless aliases, no depth that exhausts the machine.

Texts are taken as they are written: `title: 2026-12-01` is that text and no date, `tags: [yes]` is "yes".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import yaml

from studio.core.errors import Refused
from studio.core.finding import Finding, Value, error, warning

try:
    from yaml import CSafeDumper as Dumper
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

DEPTH = 20
NODES = 100_000  # with every alias counted as often as it is used


def load(text: str, first_line: int = 1) -> tuple[Any, int]:
    """The root node (None when empty) and the line number of its first line. Refused with line and column."""
    try:
        _measure(text, first_line)
        loader = Loader(text)
        try:
            return loader.get_single_node(), first_line
        finally:
            loader.dispose()
    except yaml.YAMLError as fault:
        raise Refused(_unreadable(fault, first_line)) from None


def _measure(text: str, first_line: int) -> None:
    """Depth and size by events, before anything is built: a few lines of aliases can mean billions of nodes."""
    sizes: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            within = any(anchor == event.anchor for anchor, _ in open_)
            total += NODES if within else sizes.get(event.anchor or "", 0)  # inside its own anchor it has no end
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, total))
            total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            sizes |= {anchor: total - before} if anchor else {}
        elif isinstance(event, yaml.ScalarEvent):
            sizes |= {event.anchor: 1} if event.anchor else {}
            total += 1
        if total >= NODES or len(open_) > DEPTH:
            line = (event.start_mark.line if event.start_mark else 0) + first_line
            raise Refused(error("document.too_deep", "document", line=line))


def _unreadable(fault: yaml.YAMLError, first_line: int) -> Finding:
    mark = getattr(fault, "problem_mark", None)
    line, column = (mark.line + first_line, mark.column + 1) if mark is not None else (first_line, 1)
    return error("document.yaml", "document", line=line, column=column, reason=str(getattr(fault, "problem", "") or ""))


def dump(data: Mapping[str, Any]) -> str:
    """Block style, short lists in line, keys in their order, no anchors."""

    class Plain(Dumper):  # a class of its own: representers are kept per class
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(
        dict(data), Dumper=Plain, allow_unicode=True, sort_keys=False, width=2**31 - 1, default_flow_style=None
    )


class Reader:
    """Takes nodes apart. Each wrong one is a finding with its line; all of them are told at once by `finish`."""

    def __init__(self, loaded: tuple[Any, int]) -> None:
        self._root, self._first = loaded
        self.remarks: list[Finding] = []
        self._wrong: list[Finding] = []

    def finish(self) -> None:
        """Refused when something was wrong."""
        if self._wrong:
            raise Refused(*self._wrong[:20])

    def line(self, node: Any) -> int:
        return int(node.start_mark.line) + self._first

    def finding(self, code: str, place: str, node: Any, **values: Value) -> Finding:
        """An error at the node."""
        values = {"key": place, "line": self.line(node), "column": int(node.start_mark.column) + 1, **values}
        return Finding(code, "error", place, values)

    def top(self, known: Iterable[str]) -> dict[str, Any]:
        """The front matter's own keys."""
        return self.fields(self._root, "", known)

    def fields(self, node: Any, place: str, known: Iterable[str]) -> dict[str, Any]:
        """The nodes by key; an unknown key is remarked and left out."""
        allowed, found = tuple(known), {}
        for key, value in self.pairs(node, place or "document").items():
            if key in allowed:
                found[key] = value
            else:
                whole = f"{place}.{key}" if place else key
                self.remarks.append(warning("document.unknown_key", whole, key=whole[:80], line=self.line(value)))
        return found

    def pairs(self, node: Any, place: str) -> dict[str, Any]:
        """A mapping with text keys; {} for nothing. A key that comes twice is remarked, the last one counts."""
        if node is None or self.is_null(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._bad(node, place, "mapping")
            return {}
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._bad(key, place, "text")
                continue
            if key.value in found:
                self.remarks.append(warning("document.key_twice", place, key=key.value[:80], line=self.line(key)))
            found[key.value] = value
        return found

    def sequence(self, node: Any, place: str) -> list[Any] | None:
        """A list; a single thing counts as a list of one. None for nothing."""
        if node is None or self.is_null(node):
            return None
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def words(self, node: Any, place: str) -> tuple[str, ...] | None:
        """A list of texts."""
        nodes = self.sequence(node, place)
        return None if nodes is None else tuple(self.text(n, place) or "" for n in nodes)

    def text(self, node: Any, place: str) -> str | None:
        """The text as written; None for nothing."""
        if node is None or self.is_null(node):
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._bad(node, place, "text")
            return ""
        if any("\ud800" <= c <= "\udfff" for c in node.value):
            self._wrong.append(self.finding("document.broken_text", place, node))
        return str(node.value)

    def flag(self, node: Any, place: str) -> bool:
        """true or false."""
        if node is None or self.is_null(node):
            return False
        if node.tag != "tag:yaml.org,2002:bool":
            self._bad(node, place, "true or false")
        return str(node.value).lower() in ("true", "yes", "on")

    def count(self, node: Any, place: str) -> int:
        """A whole number, 0 and up; 0 for nothing."""
        if node is None or self.is_null(node):
            return 0
        value = str(node.value) if self.is_scalar(node) else ""
        if not re.fullmatch("[0-9]{1,9}", value):
            self._bad(node, place, "0, 1, 2, 3…")
            return 0
        return int(value)

    def point(self, node: Any, place: str) -> tuple[float, float] | None:
        """[x, y], each 0..1."""
        nodes = self.sequence(node, place)
        if nodes is None:
            return None
        try:
            x, y = (float(n.value) for n in nodes)
        except (ValueError, TypeError):
            x = y = -1.0
        if not (0 <= x <= 1 and 0 <= y <= 1):
            self._bad(node, place, "[0..1, 0..1]")
            return None
        return x, y

    def data(self, node: Any, place: str) -> dict[str, object]:
        """A mapping of plain data, as JSON could hold it."""
        return {key: self._plain(value, f"{place}.{key}") for key, value in self.pairs(node, place).items()}

    def _plain(self, node: Any, place: str) -> object:
        if isinstance(node, yaml.MappingNode):
            return self.data(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(n, place) for n in node.value]
        return self._scalar(node, place)

    def _scalar(self, node: Any, place: str) -> object:
        try:
            value = yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            value = object()
        if isinstance(value, date | datetime):
            return self.text(node, place)
        if isinstance(value, float) and not math.isfinite(value):
            value = object()
        if isinstance(value, str):
            return self.text(node, place)
        if value is None or isinstance(value, bool | int | float):
            return value
        self._bad(node, place, "text, number, true or false")
        return None

    @staticmethod
    def is_scalar(node: Any) -> bool:
        return isinstance(node, yaml.ScalarNode)

    @staticmethod
    def is_null(node: Any) -> bool:
        return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"

    def _bad(self, node: Any, place: str, wanted: str) -> None:
        self._wrong.append(self.finding("document.wrong_kind", place, node, wanted=wanted))
