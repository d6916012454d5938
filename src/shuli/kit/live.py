"""The counts in navigation and bell, asked for every half minute by the island `live`."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from shuli.kit.components.words import unread_label
from shuli.kit.permissions import requires
from shuli.kit.shell import Shell


@requires("member")
@require_GET
def live(request: HttpRequest) -> JsonResponse:
    """Answer with what waits for the signed-in person."""
    shell = Shell(request)
    counts = {link.entry.key: link.count for link in shell.links if link.entry.count}
    return JsonResponse(
        {"counts": {**counts, "unread": shell.unread}, "labels": {"unread": unread_label(shell.unread)}},
    )
