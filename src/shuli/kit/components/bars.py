"""Shares for bars that SVG attributes draw, because a style attribute is forbidden; and mentions in a comment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, kw_only=True, slots=True)
class Waited:
    """A bar of the limit used; shares in percent, written for an attribute."""

    waiting: str
    handling: str
    waiting_seconds: float
    handling_seconds: float


def share(value: float, most: float) -> str:
    """Return a share in percent with a point, whatever the language: 44.4%."""
    return f"{_percent(value, most):.1f}%"


def _percent(value: float, most: float) -> float:
    return min(max(value / most, 0.0), 1.0) * 100 if most else 0.0


def waited(waiting: float, handling: float, limit: float | None) -> Waited:
    """Return the bar's parts: shares of the limit, or of both together once they are more."""
    most = max(limit or 0, waiting + handling)
    return Waited(
        waiting=share(waiting, most),
        handling=share(handling, most),
        waiting_seconds=waiting,
        handling_seconds=handling,
    )


def mentions(text: str, names: Sequence[str]) -> SafeString:
    """Return a comment's text with the people it mentions marked."""
    if not names:
        return format_html("{}", text)
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("@(?:" + "|".join(re.escape(str(escape(name))) for name in longest_first) + ")")
    marked = pattern.sub(lambda found: f'<span class="sl-at">{found[0]}</span>', str(escape(text)))
    return mark_safe(marked)  # noqa: S308 -- escaped one line above
