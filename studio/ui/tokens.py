"""The table of looks: every colour and every text size of the studio, light and dark.

Nothing else in the project holds a colour value or a font size (previews use their platforms' own tokens). `theme.py`
turns this table into a palette and a style sheet; `tests/ui/test_contrast.py` computes every ratio from it.
"""

from __future__ import annotations

from typing import NamedTuple

COLOURS: dict[str, tuple[str, str]] = {
    "window": ("#F2F2EF", "#131417"),
    "surface": ("#FFFFFF", "#1A1B1F"),
    "sunken": ("#F8F8F6", "#151619"),
    "raised": ("#FFFFFF", "#25272C"),
    "stage": ("#E6E6E2", "#0C0D0F"),
    "line": ("#E2E2DD", "#2C2E34"),
    "line-2": ("#C9C9C3", "#43464E"),
    "control": ("#83868E", "#747883"),
    "hover": ("#F0F0ED", "#24262B"),
    "press": ("#E6E6E2", "#2C2E35"),
    "text": ("#1C1D21", "#ECEDF0"),
    "text-2": ("#565962", "#ABAEB8"),
    "text-3": ("#666972", "#8D919C"),
    "accent": ("#3F4FD0", "#5563E0"),
    "accent-hover": ("#3443BC", "#4F5DD9"),
    "accent-tint": ("#EBEDFC", "#262A4A"),
    "accent-text": ("#3645BF", "#A6B0FF"),
    "on-accent": ("#FFFFFF", "#FFFFFF"),
    "selection": ("#E3E6FB", "#2B3058"),
    "focus": ("#3F4FD0", "#8C98FF"),
    "good": ("#176F3F", "#5CC98A"),
    "good-tint": ("#E4F4EA", "#17301F"),
    "warn": ("#8F5A00", "#E6B04E"),
    "warn-tint": ("#FDF1DA", "#33280F"),
    "bad": ("#BE2C3C", "#FF8087"),
    "bad-tint": ("#FCE9EA", "#3B1B20"),
    "bad-fill": ("#BE2C3C", "#C23B49"),
    "info": ("#1766A8", "#6FB6F2"),
    "info-tint": ("#E5F1FA", "#142A3D"),
    "now": ("#CE3E27", "#FF6A4D"),
    "on-now": ("#FFFFFF", "#131417"),
    "on-mark": ("#FFFFFF", "#131417"),
    "clip-captions": ("#4A3A12", "#4A3A12"),
    "clip-captions-edge": ("#8A6B1E", "#8A6B1E"),
    "on-clip-captions": ("#F2D48C", "#F2D48C"),
    "clip-titles": ("#3C2A55", "#3C2A55"),
    "clip-titles-edge": ("#6C4E96", "#6C4E96"),
    "on-clip-titles": ("#DCC8F6", "#DCC8F6"),
    "clip-main": ("#2C2F36", "#2C2F36"),
    "clip-main-edge": ("#4A4E58", "#4A4E58"),
    "on-clip-main": ("#ECEDF0", "#ECEDF0"),
    "clip-overlay": ("#173A43", "#173A43"),
    "clip-overlay-edge": ("#2F6A78", "#2F6A78"),
    "on-clip-overlay": ("#B4E2EC", "#B4E2EC"),
    "clip-voice": ("#14301F", "#14301F"),
    "clip-voice-edge": ("#2F7048", "#2F7048"),
    "on-clip-voice": ("#79D09B", "#79D09B"),
    "clip-music": ("#10263C", "#10263C"),
    "clip-music-edge": ("#28598A", "#28598A"),
    "on-clip-music": ("#7DB9EE", "#7DB9EE"),
    "clip-sound": ("#2A2C3C", "#2A2C3C"),
    "clip-sound-edge": ("#50547A", "#50547A"),
    "on-clip-sound": ("#B6BCEB", "#B6BCEB"),
    "label": ("#B80C0D0F", "#B80C0D0F"),
    "on-label": ("#FFFFFF", "#FFFFFF"),
    "scrim": ("#61000000", "#61000000"),
    "shadow": ("#29000000", "#47000000"),
}
"""Token -> (light, dark). `scrim`, `shadow` and `label` carry their alpha first (#AARRGGBB). The clips of a timeline
stand on dark grounds in both: the pictures on them are the document."""


class StateLook(NamedTuple):
    """How a delivery state looks: text colour and tint (light, dark), icon name, English word."""

    text: tuple[str, str]
    tint: tuple[str, str]
    icon: str
    word: str


STATES: dict[str, StateLook] = {
    "draft": StateLook(("#5E616A", "#A3A7B1"), ("#EEEEEB", "#26282D"), "file-pen-line", "Draft"),
    "scheduled": StateLook(("#3645BF", "#A6B0FF"), ("#EBEDFC", "#262A4A"), "calendar-clock", "Scheduled"),
    "held": StateLook(("#4F5B6B", "#A9B6C8"), ("#E9EDF1", "#252B33"), "circle-pause", "Held"),
    "due": StateLook(("#0B6A78", "#5CC6D4"), ("#E0F3F5", "#11292D"), "alarm-clock", "Due"),
    "sending": StateLook(("#1766A8", "#6FB6F2"), ("#E5F1FA", "#142A3D"), "circle-arrow-up", "Sending"),
    "published": StateLook(("#176F3F", "#5CC98A"), ("#E4F4EA", "#17301F"), "circle-check", "Published"),
    "unconfirmed": StateLook(("#7D3BB3", "#CE9BF5"), ("#F4EAFB", "#2E2039"), "circle-question-mark", "Unconfirmed"),
    "waiting": StateLook(("#8F5A00", "#E6B04E"), ("#FDF1DA", "#33280F"), "hand", "Needs you"),
    "failed": StateLook(("#BE2C3C", "#FF8087"), ("#FCE9EA", "#3B1B20"), "circle-x", "Failed"),
    "missed": StateLook(("#A0451A", "#F29A70"), ("#FCEBE2", "#37221A"), "alarm-clock-off", "Missed"),
    "cancelled": StateLook(("#666972", "#8D919C"), ("#00000000", "#00000000"), "ban", "Cancelled"),
}

MACHINE_STATES: dict[str, str] = {
    "preparing": "sending",
    "staging": "sending",
    "committing": "sending",
    "processing": "sending",
    "waiting_for_user": "waiting",
    "handed_over": "waiting",
}
"""A delivery's machine state -> the state people see, where the two names differ."""


class Role(NamedTuple):
    """A text role: size and line height in px at 100 %, Latin and CJK, and its weight."""

    size: int
    line: int
    cjk_line: int
    weight: int = 400
    mono: bool = False


ROLES: dict[str, Role] = {
    "display": Role(28, 36, 40, 600),
    "title": Role(18, 26, 28, 600),
    "heading": Role(15, 22, 24, 600),
    "body": Role(13, 18, 20),
    "small": Role(12, 18, 18),
    "caption": Role(11, 16, 16),
    "badge": Role(10, 12, 12, 600),
    "editor": Role(16, 26, 30),
    "code": Role(12, 18, 18, mono=True),
}

PLATFORM_INK = "#23252B"
"""An ink disc needs a ring in dark themes; this is the disc colour that counts as ink."""

DURATIONS = {"fast": 90, "normal": 160, "slow": 220}
"""Milliseconds; all 0 with reduced motion."""

SHADOWS = {"popup": (6, 18, 0.16), "dialog": (24, 64, 0.28), "drag": (6, 18, 0.22)}
"""Kind -> (downward offset px, blur px, opacity)."""
