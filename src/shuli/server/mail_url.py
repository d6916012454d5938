"""Where mail goes: SHULI_SMTP_URL, or files in the data folder."""

from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(url: str | None) -> dict[str, Any]:
    """Return Django's EMAIL_ settings. smtp:// asks for STARTTLS when a user is named; smtps:// is encrypted throughout."""
    if url is None:
        return {"EMAIL_BACKEND": "shuli.kit.mail.FileBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(
            "Expected SHULI_SMTP_URL like smtp://user:password@mail.example:587 but found another form."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }
