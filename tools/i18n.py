"""Make the translations and the compiled resources.

    python tools/i18n.py            # tables -> assets/i18n/*.ts -> *.qm -> studio/ui/yigao.rcc
    python tools/i18n.py --check    # read every table; change nothing

The tables are `assets/i18n/words/<area>.tsv`: UTF-8, tabs, first line `context source zh_CN zh_TW`. A fifth column `en`
holds the English singular and plural of a text with `%n` as `one|many`, and the English of a text whose source is a
bare name (such as a state). A line break in a text is written `\\n`.
`findings.tsv` has its own shape (keyed by code) and is read by `studio.services.words`, not by Qt.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
WORDS, OUT = ROOT / "assets" / "i18n" / "words", ROOT / "assets" / "i18n"
QRC = ROOT / "resources.qrc"
RCC = ROOT / "studio" / "ui" / "yigao.rcc"
HEADER = ["context", "source", "zh_CN", "zh_TW"]


@dataclass(frozen=True, slots=True)
class Row:
    """One text in three languages; `english` has singular and plural of a `%n` text, or words for a bare name."""

    context: str
    source: str
    zh_CN: str
    zh_TW: str
    english: tuple[str, ...] = ()
    area: str = ""

    @property
    def plural(self) -> bool:
        """Whether the text counts something."""
        return "%n" in self.source

    def forms(self, language: str) -> tuple[str, ...]:
        """The translation, or all its plural forms, in `en`, `zh_CN` or `zh_TW`."""
        return (self.english or (self.source,)) if language == "en" else (getattr(self, language),)


def read(folder: Path = WORDS) -> list[Row]:
    """Every row of every table. ValueError naming file and line for a broken one."""
    return [row for path in sorted(folder.glob("*.tsv")) for row in read_table(path)]


def read_table(path: Path) -> Iterator[Row]:
    """The rows of one table; nothing for the finding catalogue."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t") if lines else []
    if head[:1] == ["code"]:
        return
    if head[:4] != HEADER:
        raise ValueError(f"{path.name}: the first line must be {' '.join(HEADER)}")
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            yield parse(line, path.stem, f"{path.name}:{number}")


def parse(line: str, area: str, where: str) -> Row:
    """One line of a table."""
    cells = [cell.replace("\\n", "\n") for cell in line.split("\t")]
    if len(cells) < 4 or not all(cells[:4]):
        raise ValueError(f"{where}: needs context, source, zh_CN and zh_TW")
    english = tuple(cells[4].split("|")) if len(cells) > 4 and cells[4] else ()
    if (2 if "%n" in cells[1] else len(english[:1])) != len(english):
        raise ValueError(f"{where}: a text with %n, and only that, needs a fifth column one|many")
    return Row(cells[0], cells[1], cells[2], cells[3], english, area)


def ts(rows: Iterable[Row], language: str) -> str:
    """The Qt translation source of one language."""
    by_context: dict[str, dict[str, Row]] = {}
    for row in rows:
        if language != "en" or row.english not in ((), (row.source,)):
            by_context.setdefault(row.context, {})[row.source] = row
    parts = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    for context, messages in sorted(by_context.items()):
        parts += ["<context>", f"    <name>{escape(context)}</name>"]
        parts += [message(row, language) for _, row in sorted(messages.items())]
        parts.append("</context>")
    return "\n".join([*parts, "</TS>", ""])


def message(row: Row, language: str) -> str:
    """One message of a translation source."""
    forms = row.forms(language)
    if row.plural:
        inside = "".join(f"<numerusform>{escape(form)}</numerusform>" for form in forms)
        head = '    <message numerus="yes">'
    else:
        inside, head = escape(forms[0]), "    <message>"
    body = f"<source>{escape(row.source)}</source><translation>{inside}</translation>"
    return f"{head}{body}</message>"


def tool(name: str) -> str:
    """Path of a Qt tool that comes with PySide6 (`lrelease`, `rcc`)."""
    import PySide6

    home = Path(PySide6.__file__).parent
    for place in (home / "Qt" / "libexec" / name, home / name, home / f"{name}.exe"):
        if place.exists():
            return str(place)
    raise FileNotFoundError(f"{name}: not found beside PySide6")


def compile_translations(rows: list[Row]) -> None:
    """Write the .ts files that changed and all .qm files."""
    for language in ("en", "zh_CN", "zh_TW"):
        path = OUT / f"yigao_{language}.ts"
        text = ts(rows, language)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
        run(tool("lrelease"), "-silent", str(path), "-qm", str(path.with_suffix(".qm")))


def qrc() -> str:
    """The resource list: every asset the window reads, and the script names Qt looks for."""
    lines = ["<RCC>", '  <qresource prefix="/yigao">']
    for folder, pattern in (("icons", "*.svg"), ("fonts", "*.[to]tf"), ("theme", "*"), ("i18n", "*.ts")):
        for path in sorted((ROOT / "assets" / folder).glob(pattern)):
            name = f"{folder}/{path.name}".replace(".ts", ".qm")
            lines += [f'    <file alias="{alias}">assets/{name}</file>' for alias in aliases(name)]
    return "\n".join([*lines, "  </qresource>", "</RCC>", ""])


def aliases(name: str) -> list[str]:
    """An asset's names: Hong Kong, Macau and Singapore look for the script, not the country."""
    script = name.replace("zh_CN", "zh_Hans").replace("zh_TW", "zh_Hant")
    return [name] if script == name else [name, script]


def compile_resources() -> None:
    """Write resources.qrc if the assets changed, and the file the window reads, whole or not at all.

    Not compressed: what lies plain in the file is mapped, and costs nothing until it is used.
    """
    text = qrc()
    if not QRC.exists() or QRC.read_text(encoding="utf-8") != text:
        QRC.write_text(text, encoding="utf-8", newline="\n")
    part = RCC.with_suffix(f".{os.getpid()}.part")
    run(tool("rcc"), "--binary", "--no-compress", str(QRC), "-o", str(part))
    part.replace(RCC)


def run(*command: str) -> None:
    """Run a tool; its own words on failure."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


def main() -> None:
    """Check, and unless asked only to check, build."""
    rows = read()
    if "--check" not in sys.argv:
        compile_translations(rows)
        compile_resources()
    print(f"{len(rows)} texts in English, 简体 and 繁體")


if __name__ == "__main__":
    main()
