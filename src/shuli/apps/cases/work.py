"""The pages of one's own work: My work, starting a process, notifications, search, the movable clock."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.cases import answers, operations, pages, queries, timers
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused
from shuli.core.forms import parse_post
from shuli.kit import clock
from shuli.kit.forms import states_for_page
from shuli.kit.permissions import requires

PAGE = 25
TABS = ("todo", "to_read", "started", "drafts", "done")


@require_GET
@requires("member")
def my_work(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    rows = _tab_rows(tab, person, request.GET.get("only", ""))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "tab_items": pages.tabs(person, tab),
        "only": request.GET.get("only", ""),
        "page": page,
        "rows": pages.tab_rows(tab, page.object_list),
        "counters": pages.figures(person),
        "startable": pages.start_rows(person),
        "unread": pages.notification_rows(queries.notifications(person, unread=True)[:5]),
        "greeting": pages.greeting(request.user),
        "verdict": pages.verdict(person),
        "now": clock.now(),
    }
    return render(request, "cases/my_work.html", context)


def _tab_rows(tab: str, person: str, only: str) -> Any:
    if tab == "to_read":
        return queries.notifications(person)
    if tab == "started":
        return queries.started_by(person)
    if tab == "drafts":
        return queries.drafts(person)
    if tab == "done":
        return queries.done_by(person)
    return queries.narrowed(queries.inbox(person), only)


@require_GET
@requires("member")
def start_list(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    return render(request, "cases/start_list.html", {"startable": pages.start_rows(person)})


@require_http_methods(["GET", "POST"])
@requires("member")
def start(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if not catalogue.may_start(key, person):
        return pages.refused(request, Refused(code="may_not_start"))
    if request.method == "GET":
        draft = queries.start_draft(person, key)
        return render(
            request, "cases/start.html", pages.start_page(key, draft.answers if draft else {}, person)
        )
    raw = answers.posted(request.POST, catalogue.start_form(key))
    outcome = pages.once(request, f"start {key}", lambda: operations.start_case(key, person, raw))
    if isinstance(outcome, operations.Unfit):
        context = pages.start_page(key, raw, person, outcome.validation.errors)
        return render(request, "cases/start.html", context, status=422)
    if isinstance(outcome, Refused):
        return pages.refused(request, outcome)
    return _after_start(request, outcome.case_id, person)


def _after_start(request: HttpRequest, case_id: int, person: str) -> HttpResponse:
    case = queries.case_by_id(person, case_id)
    messages.success(request, _("%(number)s has been started.") % {"number": case.number if case else ""})
    first = queries.first_open_task(case_id, person)
    if first is not None:
        return redirect("cases:task", pk=first.pk)
    return redirect("cases:case", number=case.number) if case else redirect("cases:my_work")


@require_POST
@requires("member")
def start_draft(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if not catalogue.may_start(key, person):
        return pages.refused(request, Refused(code="may_not_start"))
    form = catalogue.start_form(key)
    raw = parse_post(form, dict(request.POST.lists())) if form else {}
    answer = operations.save_start_draft(key, person, raw)
    return pages.draft_saved(request, answer)


@require_POST
@requires("member")
def start_state(request: HttpRequest, key: str) -> HttpResponse:
    if not catalogue.may_start(key, request.user.get_username()):
        return pages.refused(request, Refused(code="may_not_start"))
    form = catalogue.start_form(key)
    raw = answers.posted(request.POST, form)
    person = {"user": request.user.get_username()}
    return JsonResponse(states_for_page(form, raw, person) if form else {})


@require_GET
@requires("member")
def notifications(request: HttpRequest) -> HttpResponse:
    rows = queries.notifications(request.user.get_username())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": pages.notification_rows(page.object_list)}
    return render(request, "cases/notifications.html", context)


@require_POST
@requires("member")
def read(request: HttpRequest) -> HttpResponse:
    ids = [int(value) for value in request.POST.getlist("id") if value.isdigit()]
    operations.mark_read(request.user.get_username(), ids or None)
    return redirect(pages.back(request, "cases:notifications"))


@require_GET
@requires("member")
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    person = request.user.get_username()
    cases = queries.cases(person, queries.CaseFilter(text=text))[:PAGE] if text else []
    context = {
        "text": text,
        "cases": pages.case_rows(cases),
        "processes": pages.process_links(catalogue.matching(text)) if text else [],
        "people": pages.people_links(directory.search_people(text, limit=10)) if text else [],
    }
    template = "cases/_found.html" if request.headers.get("HX-Request") else "cases/search.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@requires("demo")
def clock_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        to = _wanted_moment(request)
        if to is None or to < clock.now():
            messages.error(request, _("Choose a moment later than now; the clock only moves forward."))
        else:
            fired = timers.advance_clock(to)
            messages.success(request, _("The clock has moved; %(n)s timers fired on the way.") % {"n": fired})
        return redirect("cases:clock")
    return render(request, "cases/clock.html", pages.clock_page())


def _wanted_moment(request: HttpRequest) -> datetime | None:
    steps = {"hour": {"hours": 1}, "day": {"days": 1}, "three_days": {"days": 3}, "week": {"days": 7}}
    step = steps.get(request.POST.get("step", ""))
    if step is not None:
        return clock.now() + timedelta(**step)
    try:
        naive = datetime.fromisoformat(request.POST.get("to", ""))
    except ValueError:
        return None
    return timezone.make_aware(naive) if naive.tzinfo is None else naive
