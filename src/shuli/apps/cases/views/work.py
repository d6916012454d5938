"""The pages of one's own work: My work, notifications, search, the movable clock."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.cases import operations, queries, shell, timers, todo
from shuli.apps.cases.pages import lists, mine, replies, starting
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.publication import pages
from shuli.apps.catalogue.register import reviewing
from shuli.apps.directory import queries as directory
from shuli.kit import clock
from shuli.kit.permissions import requires

PAGE = 25
TABS = ("todo", "to_read", "started", "drafts", "done")


@require_GET
@requires("member")
def my_work(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    found, own = shell.standing(request), queries.own(person)
    rows = _tab_rows(tab, person, request.GET.get("only", ""), found)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "tab_items": mine.tabs(person, tab, found, own),
        "only": request.GET.get("only", ""),
        "page": page,
        "rows": mine.tab_rows(tab, page.object_list, person),
        "counters": mine.figures(found, own),
        "startable": starting.start_rows(person),
        "unread": mine.notification_rows(queries.notifications(person, unread=True)[:5]),
        "greeting": mine.greeting(request.user),
        "verdict": mine.verdict(found),
        "readings": [*pages.to_read(person), *reviewing.due_for(person)],
        "beside": mine.beside(person),
        "now": clock.now(),
    }
    return render(request, "cases/my_work.html", context)


def _tab_rows(tab: str, person: str, only: str, found: todo.Standing) -> Any:
    if tab == "to_read":
        return queries.notifications(person)
    if tab == "started":
        return queries.started_by(person)
    if tab == "drafts":
        return queries.drafts(person)
    if tab == "done":
        return queries.done_by(person)
    return todo.narrowed(person, only, found)


@require_GET
@requires("member")
def notifications(request: HttpRequest) -> HttpResponse:
    rows = queries.notifications(request.user.get_username())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": mine.notification_rows(page.object_list)}
    return render(request, "cases/notifications.html", context)


@require_POST
@requires("member")
def read(request: HttpRequest) -> HttpResponse:
    ids = [int(value) for value in request.POST.getlist("id") if value.isdigit()]
    operations.mark_read(request.user.get_username(), ids or None)
    return redirect(replies.back(request, "cases:notifications"))


@require_GET
@requires("member")
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    person = request.user.get_username()
    cases = queries.cases(person, queries.CaseFilter(text=text))[:PAGE] if text else []
    context = {
        "text": text,
        "cases": lists.case_rows(cases),
        "processes": lists.process_links(catalogue.matching(text)) if text else [],
        "people": lists.people_links(directory.search_people(text, limit=10)) if text else [],
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
    return render(request, "cases/clock.html", {"now": clock.now(), "next_due": timers.next_due()})


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
