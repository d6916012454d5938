"""What calls to other programs carry, from a file of the operator's, so that no model and no database holds it.

    [erp]
    hosts = ["erp.example.com"]
    header = "Authorization"
    value = "Bearer …"

A credential goes to its own hosts only: whoever draws a model cannot have it sent elsewhere.
"""

import tomllib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


class NotAllowedError(LookupError):
    """A call names a credential that is not there, or is for other hosts."""


def header_of(name: str, url: str) -> tuple[str, str]:
    """Return the header that a call to this address carries. Raises NotAllowedError."""
    entry = _entries().get(name, {})
    host = (urlsplit(url).hostname or "").lower()
    if host not in [str(one).lower() for one in entry.get("hosts", ())]:
        raise NotAllowedError(f"Expected a credential {name} for {host} but found none in SHULI_CREDENTIALS.")
    return str(entry["header"]), str(entry["value"])


def _entries() -> dict[str, dict[str, Any]]:
    path = settings.SHULI_CREDENTIALS
    if path is None or not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))
