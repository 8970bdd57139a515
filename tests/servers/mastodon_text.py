"""How a Mastodon server counts a text and dresses it as HTML; written from its sources, not from ours.

Sources, Mastodon source of August 2026: StatusLengthValidator (graphemes; an address 23; a mention without its host),
TextFormatter and simple_format (paragraphs, <br />, addresses cut by invisible spans after 30 characters).
"""

from __future__ import annotations

import html
import re

import regex

ADDRESS = re.compile(r"https?://[^\s<>()?]+\.[^\s<>()?]*[^\s<>()?!*\"'「」;:=,.$%\[\]~&|@](?:\?[^\s<>]*[\w/=#-])?")
MENTION = re.compile(r"(?<![=/\w])@([A-Za-z0-9_]+)(?:@([\w.-]+\w))?")
TAG = re.compile(r"(?:^|(?<=\s))[#＃](\w*[^\W\d_]\w*)")


def counted(text: str, url: int = 23) -> int:
    """Graphemes as the server counts them."""
    short = ADDRESS.sub("x" * url, text)
    short = MENTION.sub(lambda m: f"@{m[1]}", short)
    return len(regex.findall(r"\X", short))


def linked(address: str) -> str:
    host = address.index("//") + 2
    prefix = address[: host + 4 if address[host:].startswith("www.") else host]
    shown, rest = address[len(prefix) : len(prefix) + 30], address[len(prefix) + 30 :]
    cut = "ellipsis" if rest else ""
    e = html.escape
    return (
        f'<a href="{e(address)}" target="_blank" rel="nofollow noopener" translate="no">'
        f'<span class="invisible">{e(prefix)}</span><span class="{cut}">{e(shown)}</span>'
        f'<span class="invisible">{e(rest)}</span></a>'
    )


def dressed(text: str, base: str, known: tuple[str, ...]) -> str:
    """The HTML of a status. known: user names of this server, whose mentions become links."""
    made, at = [], 0
    found = sorted([*ADDRESS.finditer(text), *MENTION.finditer(text), *TAG.finditer(text)], key=lambda m: m.start())
    for each in found:
        if each.start() < at:
            continue
        made.append(html.escape(text[at : each.start()], quote=True))
        made.append(_entity(each, base, known))
        at = each.end()
    made.append(html.escape(text[at:], quote=True))
    return simple("".join(made))


def _entity(found: re.Match[str], base: str, known: tuple[str, ...]) -> str:
    if found.re is ADDRESS:
        return linked(found[0])
    if found.re is TAG:
        href = f"{base}/tags/{found[1]}"
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{found[1]}</span></a>'
    if found[1] not in known:
        return html.escape(found[0])
    return (
        f'<span class="h-card" translate="no"><a href="{base}/@{found[1]}" class="u-url mention">@<span>{found[1]}'
        "</span></a></span>"
    )


def simple(text: str) -> str:
    """Rails' simple_format, then without line ends."""
    paragraphs = re.split(r"\n\n+", text.replace("\r\n", "\n"))
    return "".join(f"<p>{p}</p>" for p in (re.sub(r"\n", "<br />", p) for p in paragraphs))
