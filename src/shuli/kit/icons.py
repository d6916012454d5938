"""Icons are symbols of one file, made by the front end's build from the names in frontend/icons.txt."""

import re
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = Path(__file__).parent / "static" / "built" / "sprite.svg"


class UnknownIconError(LookupError):
    """A template asked for an icon that the sprite does not hold."""


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Return the icons that the built sprite holds; empty while the front end is not built."""
    return frozenset(re.findall(r'id="i-([\w-]+)"', SPRITE.read_text())) if SPRITE.exists() else frozenset()


def icon(name: str, extra: str = "") -> SafeString:
    """Return an icon that says nothing on its own: a word or an aria-label must stand beside it."""
    if names() and name not in names():
        raise UnknownIconError(
            f"Expected an icon of frontend/icons.txt but found {name!r}. Add it there and build the front end."
        )
    return format_html(
        '<svg class="sl-i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {extra}" if extra else "",
        static("built/sprite.svg"),
        name,
    )
