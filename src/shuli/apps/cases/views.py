"""The pages of a task and of a case, and the verbs on them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.cases import answers, archiving, case_pages, operations, pages, queries, refusals
from shuli.apps.cases.models import Case, Task
from shuli.core.engine import Refused
from shuli.kit import clock
from shuli.kit.permissions import requires

PAGE = 25


def _task(request: HttpRequest, pk: int) -> Task:
    found = queries.task_for(request.user.get_username(), pk)
    if found is None:
        raise Http404
    return found


def _case(request: HttpRequest, number: str) -> Case:
    found = queries.case_for(request.user.get_username(), number)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("case")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    person = request.user.get_username()
    operations.touch(found, person)
    return render(request, "cases/task.html", case_pages.task_page(found, person))


@require_POST
@requires("task")
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    verdict = operations.Verdict(
        decision="reject" if request.POST.get("decision") == "reject" else "approve",
        opinion=request.POST.get("opinion", "").strip(),
        signed=request.POST.get("signed") == "on",
    )
    outcome = pages.once(request, f"complete {pk}", lambda: operations.complete(pk, person, raw, verdict))
    if isinstance(outcome, operations.Done):
        messages.success(request, _("“%(node)s” is done.") % {"node": pages.task_name(found)})
        return pages.after_task(found, person)
    found.refresh_from_db()
    context = case_pages.task_page(found, person, raw=raw, outcome=outcome, verdict=verdict)
    return render(request, "cases/task.html", context, status=refusals.status_of(outcome))


@require_POST
@requires("task")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    return pages.draft_saved(request, operations.save_draft(pk, request.user.get_username(), raw))


@require_POST
@requires("task")
def state(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    return JsonResponse(answers.states(found.case, found, raw, request.user.get_username()))


@require_POST
@requires("task")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    answer = operations.claim(pk, request.user.get_username())
    return pages.answered(request, answer, "cases:task", pk)


@require_POST
@requires("task")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    answer = operations.release(pk, request.user.get_username())
    return pages.answered(request, answer, "cases:task", pk)


@require_POST
@requires("task")
def return_task(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    answer = pages.once(request, f"return {pk}", lambda: operations.return_task(pk, person, to, reason))
    if isinstance(answer, Refused):
        return pages.refused(request, answer, found)
    messages.success(request, _("Returned. Whoever has it now sees your reason."))
    return pages.after_task(found, person)


@require_POST
@requires("task")
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    answer = pages.once(request, f"transfer {pk}", lambda: operations.transfer(pk, person, to, reason))
    if isinstance(answer, Refused):
        return pages.refused(request, answer, found)
    messages.success(request, _("Transferred. The time limit goes on."))
    return pages.after_task(found, person)


@require_POST
@requires("case")
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    answer = operations.report_problem(pk, request.user.get_username(), request.POST.get("text", ""))
    if isinstance(answer, Refused):
        return pages.refused(request, answer, found)
    messages.success(request, _("Thank you. The process owner has been told."))
    return redirect("cases:task", pk=pk)


@require_GET
@requires("member")
def cases(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    wanted = pages.case_filter(request.GET)
    page = Paginator(queries.cases(person, wanted), PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/cases.html", pages.cases_page(request, page, wanted))


@require_GET
@requires("case")
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = _case(request, number)
    return render(request, "cases/case.html", case_pages.case_page(found, request.user.get_username()))


@require_POST
@requires("case")
def comment(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    text = request.POST.get("text", "")
    answer = pages.once(
        request,
        f"comment {number}",
        lambda: operations.comment(
            found.pk, person, text, pages.mentioned(text), request.POST.get("node", "")
        ),
    )
    if isinstance(answer, Refused):
        return pages.refused(request, answer)
    return redirect(pages.back(request, "cases:case", number) + "#talk")


@require_POST
@requires("case")
def attach(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    upload = request.FILES.get("file")
    if upload is None:
        return pages.refused(request, Refused(code="file_missing"))
    answer = operations.attach(found.pk, person, request.POST.get("document", ""), upload)
    if isinstance(answer, Refused):
        return pages.refused(request, answer)
    messages.success(request, _("“%(file)s” has been attached.") % {"file": upload.name})
    return redirect(pages.back(request, "cases:case", number) + "#docs")


@require_POST
@requires("case")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    answer = operations.withdraw(found.pk, person, request.POST.get("reason", ""))
    return pages.answered(request, answer, "cases:case", number)


@require_POST
@requires("owner")
def terminate(request: HttpRequest, number: str) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    answer = operations.terminate(found.pk, person, request.POST.get("reason", ""))
    return pages.answered(request, answer, "cases:case", number)


@require_POST
@requires("owner")
def retry(request: HttpRequest, number: str, incident: int) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    answer = operations.retry_incident(found.pk, incident, person)
    return pages.answered(request, answer, "cases:case", number)


@require_POST
@requires("case")
def reveal(request: HttpRequest, number: str, record: int) -> HttpResponse:
    found, person = _case(request, number), request.user.get_username()
    answer = operations.reveal(found.pk, record, request.POST.get("field", ""), person)
    if isinstance(answer, Refused):
        return pages.refused(request, answer)
    return HttpResponse(answer, content_type="text/plain; charset=utf-8")


@require_GET
@requires("case")
def archive(request: HttpRequest, number: str) -> FileResponse:
    found = _case(request, number)
    package = archiving.package(found, clock.now())
    return FileResponse(package, as_attachment=True, filename=f"{found.number}.zip")
