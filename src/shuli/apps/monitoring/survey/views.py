"""The customer's page, the departments' ratings, and what came of it all."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.answering import tell
from shuli.apps.monitoring.alerting.words import process_name
from shuli.apps.monitoring.survey import answering, pages, plans
from shuli.kit import clock, limits
from shuli.kit.allowance import Allowance
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.permissions import requires

ASKED = Allowance(per_minute=limits.SURVEYS_PER_MINUTE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("public")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a customer, or thank them; who has the link is asked no more than that."""
    row = answering.by_token(token)
    if row is None:
        raise Http404
    if not ASKED.take(request.META.get("REMOTE_ADDR", ""), clock.now()):
        busy = render(request, "monitoring/survey.html", {"state": "busy"}, status=429)
        busy["Retry-After"] = "60"
        return busy
    state, problem = ("asked" if answering.is_open(row) else "answered" if row.answered_at else "over"), ""
    if request.method == "POST":
        taken = answering.answer_by_customer(
            row, request.POST.get("answer", ""), request.POST.get("comment", "")
        )
        if not isinstance(taken, Refusal):
            state = "thanks"
        elif taken.code == "survey_without_answer":
            problem = sentence(taken)
    context = {
        "state": state,
        "problem": problem,
        "number": row.case.number,
        "process": process_name(row.case.process_key),
        "company": directory.company_name(),
        "answers": answering.ANSWERS.items(),
    }
    return render(request, "monitoring/survey.html", context)


@require_safe
@requires("member")
def ratings(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/ratings.html", pages.ratings_page(request.user.get_username()))


@require_POST
@requires("member")
def rate(request: HttpRequest, survey: int) -> HttpResponse:
    said, comment = request.POST.get("answer", ""), request.POST.get("comment", "")
    taken = answering.answer_by_department(request.user.get_username(), survey, said, comment)
    return tell(request, taken, _("Thank you. Your rating counts."), reverse("monitoring:ratings"))


@require_safe
@requires("member")
def surveys(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/surveys.html", pages.surveys_page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("owner")
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Show whom a process asks and what answers count; take changes of its owner."""
    person = request.user.get_username()
    if catalogue.process(key) is None:
        raise Http404
    if not plans.may_keep(person, key):
        raise Denied("scores_of_others")
    plans.add_scores(key)
    row = plans.plan_of(key)
    form = pages.PlanForm(
        request.POST or None, initial=pages.plan_values(row), process=key, scores=plans.scores_of(key)
    )
    if form.is_valid():
        plans.save(person, key, form.facts(), form.points())
        messages.success(request, _("Saved."))
        return redirect("monitoring:survey_plan", key)
    title = _("Satisfaction: %(process)s") % {"process": process_name(key)}
    context = {"form": form, "title": title, "back": reverse("monitoring:surveys")}
    return render(request, "monitoring/entry_form.html", context)
