"""Context processors."""

from typing import Any

from django.http import HttpRequest

from shuli.kit.shell import Shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template its surroundings."""
    return {"shell": Shell(request)}
