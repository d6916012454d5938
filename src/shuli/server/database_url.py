"""postgresql:// addresses, as Django wants them."""

from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

SCHEMES = frozenset({"postgres", "postgresql"})


def django_database(url: str) -> dict[str, Any]:
    """Translate an address into an entry of Django's DATABASES.

    `host` in the query names a socket folder; further query parameters go to libpq as they are.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(
            f"Expected DATABASE_URL to begin with postgresql:// but found {parts.scheme or 'no scheme'}."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "shuli",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }


def socket_url(*, folder: str, port: int, user: str, password: str, database: str) -> str:
    """Return the address of a database behind a Unix socket."""

    def quoted(text: str) -> str:
        return quote(text, safe="")

    return f"postgresql://{quoted(user)}:{quoted(password)}@/{quoted(database)}?host={quoted(folder)}&port={port}"
