"""Building SVG as text: escaped, without script or style, its colours taken from the page's tokens."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from html import escape
from typing import Literal

from msgspec import Struct

# Token of the page's style sheet, and the colour where there is none (an exported file).
TOKENS: Mapping[str, tuple[str, str]] = {
    "ink": ("--sl-ink", "#1a2029"),
    "line": ("--sl-ink-3", "#626c7a"),
    "soft-line": ("--sl-line-2", "#828c9a"),
    "surface": ("--sl-surface", "#ffffff"),
    "sunken": ("--sl-sunken", "#f1f3f6"),
    "accent": ("--sl-accent", "#2a58cf"),
    "accent-fill": ("--sl-accent-fill", "#2a58cf"),
    "accent-soft": ("--sl-accent-soft", "#edf2ff"),
    "late": ("--sl-late", "#b42318"),
    "late-soft": ("--sl-late-soft", "#fdf0ee"),
    "risk": ("--sl-risk", "#8a4b00"),
    "risk-soft": ("--sl-risk-soft", "#fff4df"),
    "ok": ("--sl-ok", "#1b6e43"),
    "ok-soft": ("--sl-ok-soft", "#e9f6ee"),
    "heat-1": ("--sl-heat-1", "#fff8ec"),
    "heat-2": ("--sl-heat-2", "#fde8c4"),
    "heat-3": ("--sl-heat-3", "#f9cf8b"),
    "heat-4": ("--sl-heat-4", "#f0a95a"),
}
WHITE = "#ffffff"
Medium = Literal["page", "paper"]


def colour(name: str, medium: Medium) -> str:
    """Return a colour for a page, which has tokens and may be dark, or for paper."""
    if name not in TOKENS:
        return name
    token, plain = TOKENS[name]
    return f"var({token}, {plain})" if medium == "page" else plain


class Look(Struct, frozen=True, kw_only=True):
    """How one element is coloured; a marker changes it."""

    fill: str = "surface"
    stroke: str = "line"
    text: str = "ink"
    icon: str = "line"
    width: float = 1.5
    bold: bool = False


# Later rows go before earlier ones, where an element has several markers.
MARKERS: Mapping[str, Mapping[str, str | float | bool]] = {
    "sl-h1": {"fill": "heat-1"},
    "sl-h2": {"fill": "heat-2"},
    "sl-h3": {"fill": "heat-3"},
    "sl-h4": {"fill": "heat-4"},
    "sl-done": {"fill": "accent-soft", "stroke": "accent", "icon": "accent", "width": 1.8},
    "sl-now": {"fill": "accent-fill", "stroke": "accent-fill", "text": WHITE, "icon": WHITE, "bold": True, "width": 2.0},
    # what a new version changes; the pins beside them say so in words
    "sl-changed": {"fill": "risk-soft", "stroke": "risk", "text": "risk", "icon": "risk", "width": 2.0},
    "sl-added": {"fill": "ok-soft", "stroke": "ok", "text": "ok", "icon": "ok", "width": 2.4},
    "sl-removed": {"fill": "late-soft", "stroke": "late", "text": "late", "icon": "late", "width": 2.4},
    "sl-late": {"fill": "late-soft", "stroke": "late", "text": "late", "icon": "late", "bold": True, "width": 2.4},
}  # fmt: skip


def look_of(markers: Collection[str], medium: Medium) -> Look:
    """Return the colours of an element with these markers, ready to be written."""
    fields: dict[str, str | float | bool] = {}
    for name, changes in MARKERS.items():
        if name in markers:
            fields |= changes
    plain = Look(**fields)  # type: ignore[arg-type]
    named = {name: colour(getattr(plain, name), medium) for name in ("fill", "stroke", "text", "icon")}
    return Look(**named, width=plain.width, bold=plain.bold)


# What XML cannot hold, and what only half stands for a letter.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def tag(name: str, content: str | Iterable[str] = "", **attributes: object) -> str:
    """Return one SVG element; `class_` and `stroke_width` are written class and stroke-width, None is left out."""
    written = "".join(
        [
            f' {_attribute(key)}="{_word(value)}"'
            for key, value in attributes.items()
            if value is not None and value != ""
        ]
    )
    inner = content if isinstance(content, str) else "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def words(text: str) -> str:
    """Return a text as it may stand between tags."""
    return escape(FORBIDDEN.sub("", text), quote=False)


def n(value: float) -> str:
    """Return a length with at most two digits behind the point."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def _word(value: object) -> str:
    if isinstance(value, str):
        return escape(FORBIDDEN.sub("", value))
    return n(float(value)) if isinstance(value, float | int) else escape(str(value))
