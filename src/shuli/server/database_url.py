"""postgresql:// addresses, as Django wants them."""

from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

# How often a statement is asked before it is planned once for all; what must be so from the first time says so itself.
PREPARE_AFTER = 5
SCHEMES = frozenset({"postgres", "postgresql"})

# Over a network a peer can vanish without a word: a cable, a switch, a frozen machine. Both ends then give up within
# fifteen seconds, so that the locks of a transaction that nobody will end are free before its work is taken over.
CLIENT_GIVES_UP = {
    "keepalives": "1",
    "keepalives_idle": "5",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "14000",
}
SERVER_GIVES_UP = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 -c tcp_user_timeout=14000"


def django_database(url: str) -> dict[str, Any]:
    """Translate an address into an entry of Django's DATABASES.

    `host` in the query names a socket folder; `prepare=off` is for a pooler that mixes up prepared statements; further
    query parameters go to libpq as they are, also in place of what is said here about networks: a pooler that takes no
    `options` gets an empty one.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(
            f"Expected DATABASE_URL to begin with postgresql:// but found {parts.scheme or 'no scheme'}."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    if host and not host.startswith("/"):
        options = CLIENT_GIVES_UP | {"options": SERVER_GIVES_UP} | options
    options["prepare_threshold"] = None if options.pop("prepare", "on") == "off" else PREPARE_AFTER
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "shuli",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": {name: value for name, value in options.items() if value},
    }


def socket_url(*, folder: str, port: int, user: str, password: str, database: str) -> str:
    """Return the address of a database behind a Unix socket."""

    def quoted(text: str) -> str:
        return quote(text, safe="")

    return f"postgresql://{quoted(user)}:{quoted(password)}@/{quoted(database)}?host={quoted(folder)}&port={port}"
