"""Context processors."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shuli.kit.shell import Shell


def installation(request: HttpRequest) -> dict[str, Any]:
    """Give every template its surroundings, and what kind of installation this is."""
    return {
        "shell": Shell(request),
        "is_demo": settings.SHULI_DEMO,
        "is_demo_sign_in": settings.SHULI_DEMO_SIGN_IN,
    }
