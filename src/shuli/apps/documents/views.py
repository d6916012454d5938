"""Files come in and go out here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from shuli.apps.documents import operations, previews, queries
from shuli.apps.documents.models import Attachment
from shuli.apps.documents.names import clean_name
from shuli.apps.documents.paper.fonts import NoFontError
from shuli.kit.errors import Refusal, sentence
from shuli.kit.failure_pages import json_answer
from shuli.kit.permissions import requires

logger = logging.getLogger(__name__)

# What a browser shows by itself without running anything of it. SVG is not taken at all.
SHOWN_INLINE = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}
)
# Whatever a file holds, a browser that opens it has no scripts, no origin and nothing to load.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'none'; base-uri 'none'"
# Chrome's own PDF viewer does not open in a sandbox; it keeps a document's scripts to itself.
SEALED_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'; base-uri 'none'"


def attachment_response(row: Attachment, *, as_file: bool = False) -> FileResponse:
    """Send a file: to be shown where that is safe and wanted, else to be saved."""
    is_shown = row.media_type in SHOWN_INLINE and not as_file
    response = FileResponse(
        queries.open_attachment(row),
        as_attachment=not is_shown,
        filename=row.file_name,
        content_type=row.media_type if is_shown else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (
        SEALED_PDF if is_shown and row.media_type == "application/pdf" else SEALED
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def file_response(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Send a file that the program has made; it is saved, so that a browser runs nothing that it holds."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=clean_name(name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@contextmanager
def fonts_needed() -> Iterator[None]:
    """Answer with what to install where nothing can be set for want of a font."""
    try:
        yield
    except NoFontError as error:
        raise Refusal("no_font", status=409, what=str(error)) from error


@require_safe
@requires("case")
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _readable(request, pk)
    with _found(row):
        response = attachment_response(row, as_file="download" in request.GET)
    if "framed" in request.GET:  # in the preview's frame, and in no other page's
        response["X-Frame-Options"] = "SAMEORIGIN"
        sealed = response["Content-Security-Policy"]
        response["Content-Security-Policy"] = sealed.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
    return response


@require_safe
@requires("case")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a file without running anything of it, with its versions."""
    row = _readable(request, pk)
    with _found(row):
        context = previews.preview_page(row)
    return render(request, "documents/preview.html", context)


def _readable(request: HttpRequest, pk: int) -> Attachment:
    row = queries.attachment_for(request.user.get_username(), pk)
    if row is None:
        raise Http404
    return row


@contextmanager
def _found(row: Attachment) -> Iterator[None]:
    """Answer that a file's content is gone where the disk has lost it."""
    try:
        yield
    except FileNotFoundError as error:
        logger.exception("attachment lost", extra={"attachment": row.pk})
        raise Refusal("file_lost", status=404, name=row.file_name) from error


@require_POST
@requires("member")
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file for a form that is being filled in."""
    file = request.FILES.get("file")
    if file is None:
        return _not_taken("file_missing")
    stored = operations.store_loose(file, request.user.get_username())
    if isinstance(stored, operations.NotStored):
        return _not_taken(stored.code, **stored.params)
    return JsonResponse({"id": str(stored.pk), "name": stored.file_name}, status=201)


def _not_taken(code: str, **params: Any) -> HttpResponse:
    message = sentence(Refusal(code, **params))
    return json_answer({"error": {"code": code, "message": message}}, 422)


@require_POST
@requires("case")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a file and go back to the page that asked."""
    answer = operations.withdraw_attachment(pk, request.user.get_username(), request.POST.get("reason", ""))
    if isinstance(answer, Refusal):
        raise answer
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "/")
