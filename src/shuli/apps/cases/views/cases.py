"""The pages of cases and the verbs on one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.cases import archiving, mending, operations, papers, queries
from shuli.apps.cases.models import Case
from shuli.apps.cases.pages import lists, replies
from shuli.apps.cases.pages.case import case_page
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper.content import side
from shuli.apps.documents.views import file_response
from shuli.core.engine import Refused
from shuli.kit import clock
from shuli.kit.paging import LongList
from shuli.kit.permissions import requires

PAGE = 25


def _case(request: HttpRequest, number: str) -> Case:
    found = queries.case_for(request.user.get_username(), number)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("member")
def cases(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    wanted = lists.case_filter(request.GET)
    page = LongList(queries.cases(person, wanted), PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/cases.html", lists.cases_page(request, page, wanted))


@require_GET
@requires("case")
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = _case(request, number)
    return render(request, "cases/case.html", case_page(found, request.user.get_username()))


@require_POST
@requires("case")
def comment(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    text = request.POST.get("text", "")
    answer = replies.once(
        request,
        f"comment {number}",
        lambda: operations.comment(
            found.pk, person, text, directory.mentioned_in(text), request.POST.get("node", "")
        ),
    )
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    return redirect(replies.back(request, "cases:case", number) + "#talk")


@require_POST
@requires("case")
def attach(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    upload = request.FILES.get("file")
    if upload is None:
        return replies.refused(request, Refused(code="file_missing"))
    former = request.POST.get("version_of", "")
    version_of = int(former) if former.isdigit() else None
    answer = operations.attach(found.pk, person, request.POST.get("document", ""), upload, version_of)
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    messages.success(request, _("“%(file)s” has been attached.") % {"file": upload.name})
    return redirect(replies.back(request, "cases:case", number) + "#docs")


Verb = Callable[[int, str, str], operations.Done | Refused]


def _asked(request: HttpRequest, number: str, verb: str, run: Verb) -> HttpResponse:
    """Carry out a verb on the whole case, once for each key of its dialog, and show the case."""
    found, person = _case(request, number), request.user.get_username()
    reason = request.POST.get("reason", "")
    answer = replies.once(request, f"{verb} {number}", lambda: run(found.pk, person, reason))
    return replies.answered(request, answer, "cases:case", number)


@require_POST
@requires("case")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    return _asked(request, number, "withdraw", operations.withdraw)


@require_POST
@requires("owner")
def suspend(request: HttpRequest, number: str) -> HttpResponse:
    return _asked(request, number, "suspend", operations.suspend)


@require_POST
@requires("owner")
def resume(request: HttpRequest, number: str) -> HttpResponse:
    return _asked(request, number, "resume", lambda pk, person, _reason: operations.resume(pk, person))


@require_POST
@requires("owner")
def terminate(request: HttpRequest, number: str) -> HttpResponse:
    return _asked(request, number, "terminate", operations.terminate)


@require_POST
@requires("owner")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    to = request.POST.get("to", "")
    return _asked(
        request, number, "reopen", lambda pk, person, reason: operations.reopen(pk, person, to, reason)
    )


@require_POST
@requires("case")
def start_activity(request: HttpRequest, number: str, token: int) -> HttpResponse:
    node = request.POST.get("node", "")
    return _asked(
        request,
        number,
        f"start {token} {node}",
        lambda pk, person, _reason: operations.start_activity(pk, person, token, node),
    )


@require_POST
@requires("case")
def finish_activities(request: HttpRequest, number: str, token: int) -> HttpResponse:
    return _asked(
        request,
        number,
        f"finish {token}",
        lambda pk, person, _reason: operations.finish_activities(pk, person, token),
    )


@require_POST
@requires("case")
def urge(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    text = request.POST.get("text", "")
    answer = replies.once(request, f"urge {number}", lambda: operations.urge_case(found.pk, person, text))
    if isinstance(answer, operations.Done):
        messages.success(request, _("They have been urged."))
    return replies.answered(request, answer, "cases:case", number)


@require_POST
@requires("case")
def copies(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    people, text = request.POST.getlist("readers"), request.POST.get("reason", "")
    answer = replies.once(
        request, f"copies {number}", lambda: operations.send_copies(found.pk, person, people, text)
    )
    if isinstance(answer, operations.Done):
        messages.success(request, _("The copies have been sent."))
    return replies.answered(request, answer, "cases:case", number)


@require_POST
@requires("owner")
def retry(request: HttpRequest, number: str, incident: int) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    raw = mending.posted(found, incident, request.POST)
    answer = replies.once(
        request,
        f"retry {number} {incident}",
        lambda: operations.retry_incident(found.pk, incident, person, raw),
    )
    if isinstance(answer, operations.Done):
        messages.success(request, _("The step was tried again."))
    return replies.answered(request, answer, "cases:case", number)


@require_POST
@requires("case")
def reveal(request: HttpRequest, number: str, record: int) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    answer = operations.reveal(found.pk, record, request.POST.get("field", ""), person)
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    return HttpResponse(answer, content_type="text/plain; charset=utf-8")


@require_GET
@requires("case")
def archive(request: HttpRequest, number: str) -> FileResponse:
    found = _case(request, number)
    package = archiving.package(found, clock.now())
    return FileResponse(package, as_attachment=True, filename=f"{found.number}.zip")


@require_GET
@requires("case")
def paper(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """Send a document of the case as a Word or Excel file, filled in."""
    found, language = _case(request, number), side(request.GET.get("language") or get_language() or "zh")
    made = papers.paper(found, document, request.user.get_username(), language)
    if made is None:
        raise Http404
    return file_response(made.content, made.media_type, made.name)
